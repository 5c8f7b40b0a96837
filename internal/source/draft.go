package source

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"mizan"
)

// Codes gives the series of a publisher codes of a project: small letters,
// with `_` for what no code has.
func Codes(keys []string) []Series {
	small := make([]string, len(keys))
	n := &namer{taken: map[string]bool{}, names: map[string]string{}}
	list := make([]Series, len(keys))
	for i, k := range keys {
		small[i] = strings.Trim(cleanCode(strings.ToLower(k)), "_-")
		if small[i] == "" {
			small[i] = "series"
		}
		list[i] = Series{Code: n.free(small[i]), Key: k}
	}
	return list
}

// Draft writes a project that is made of series of a connector: one level,
// equal weights, and a source by which `mizan data pull` brings the figures.
// Names and measures are those of the harvest, if it has them; the units are
// its units, or all for which there are figures.
func (c *Connector) Draft(q *Query, h *Harvest, id string, year, lookBack int) *Project {
	p := &Project{Indicators: len(q.Series), Aggregates: 1, Units: len(h.Units), Years: []int{year}}
	p.Files = append(p.Files, File{"mizan.yaml", c.draftFile(q, h, id, year, lookBack)})
	if len(h.Units) > 0 {
		rows := [][]string{{"unit", "name:en", "region", "income"}}
		for _, u := range h.Units {
			rows = append(rows, []string{u.Code, u.Name, u.Region, u.Income})
		}
		p.Files = append(p.Files, File{"data/units.csv", csvText(rows)})
	}
	w := &yaml{}
	w.line(0, "# Who published the figures, under which licence and where.")
	w.line(0, "%s:", yamlText(q.Source))
	w.line(1, "publisher: %s", yamlText(c.Publisher))
	w.line(1, "title: %s", yamlText(c.Title))
	if c.Licence != "" {
		w.line(1, "licence: %s", yamlText(c.Licence))
	}
	w.line(1, "url: %s", yamlText(c.URL))
	p.Files = append(p.Files, File{"data/origins.yaml", w.b})
	return p
}

func (c *Connector) draftFile(q *Query, h *Harvest, id string, year, lookBack int) []byte {
	file := "data/" + q.Source + ".csv"
	infos := map[string]SeriesInfo{}
	for _, s := range h.Series {
		infos[s.Code] = s
	}
	w := &yaml{}
	w.line(0, "# An index of series of this service: %s.", c.Title)
	w.line(0, "#")
	w.line(0, "#   mizan data pull     get the figures, and later what has changed")
	w.line(0, "#   mizan build         who stands where?")
	w.line(0, "mizan: 1")
	w.line(0, "id: %s", yamlText(id))
	w.line(0, "title: {en: %s} # as readers see it", yamlText(strings.ReplaceAll(id, "-", " ")))
	w.line(0, "")
	w.line(0, "# A unit without a figure of that year gets the latest of the years before.")
	w.line(0, "period: {year: %d, look_back: %d}", year, lookBack)
	w.line(0, "")
	if len(h.Units) > 0 {
		w.line(0, "units: {file: data/units.csv} # remove rows, or name units under `only`")
	}
	w.line(0, "observations: [{file: %s, origin: %s}]", yamlText(file), yamlText(q.Source))
	w.line(0, "origins: {file: data/origins.yaml}")
	w.line(0, "")
	w.line(0, "sources:")
	w.line(1, "- code: %s", yamlText(q.Source))
	w.line(2, "connector: %s", c.Name)
	w.line(2, "file: %s", yamlText(file))
	if q.Base != "" {
		w.line(2, "url: %s", yamlText(q.Base))
	}
	if len(q.Options) > 0 {
		var list []string
		for _, n := range sortedNames(q.Options) {
			list = append(list, yamlText(n)+": "+yamlText(q.Options[n]))
		}
		w.line(2, "options: {%s}", strings.Join(list, ", "))
	}
	w.line(2, "series:")
	for _, s := range q.Series {
		w.line(3, "%s: %s", yamlText(s.Code), yamlText(s.Key))
	}
	w.line(0, "")
	w.line(0, "# direction: -1 says that less is better. Nobody but you can know.")
	w.line(0, "indicators:")
	for _, s := range q.Series {
		info := infos[s.Code]
		keys := []string{"name: {en: " + yamlText(or(info.Name, s.Key)) + "}"}
		if info.Measure != "" {
			keys = append(keys, "measure: "+yamlText(info.Measure))
		}
		keys = append(keys, "direction: 1")
		w.line(1, "%s: {%s}", yamlText(s.Code), strings.Join(keys, ", "))
	}
	w.line(0, "")
	w.line(0, "framework:")
	w.line(1, "code: index")
	w.line(1, "children:")
	for _, s := range q.Series {
		w.line(2, "- {code: %s}", yamlText(s.Code))
	}
	w.line(0, "")
	w.line(0, "build:")
	w.line(1, "screen: {method: coverage, min_coverage: 0.65} # of its indicators a unit must have so many")
	w.line(1, "impute: {method: none}")
	w.line(1, "treat: {method: none}")
	w.line(1, "normalise: {method: min-max, to: [0, 100]}")
	w.line(1, "aggregate: {method: arithmetic-mean}")
	return w.b
}

// UnitCodes reads the column of units of a project's file of units; what is
// wrong with the file is for the build to say.
func UnitCodes(text []byte) []string {
	r := &reader{}
	s := readCSV(r, Input{Name: "units", Text: text})
	if s == nil || s.column("unit") < 0 {
		return nil
	}
	var codes []string
	for _, row := range s.rows {
		if code := row[s.column("unit")].text; code != "" {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// Count says what a harvest holds: figures, units with figures, and years.
func (h *Harvest) Count() (figures, units int, years []int) {
	seen := map[string]bool{}
	dates := map[int]bool{}
	for _, o := range h.Observations {
		seen[o.Unit], dates[o.Year] = true, true
	}
	for _, p := range h.Pairs {
		seen[p.A], seen[p.B], dates[p.Year] = true, true, true
	}
	for y := range dates {
		years = append(years, y)
	}
	slices.Sort(years)
	return len(h.Observations) + len(h.Pairs), len(seen), years
}

// Change is how a figure differs between two vintages.
type Change struct {
	Series string       `json:"indicator"`
	Unit   string       `json:"unit"`
	Other  string       `json:"other,omitempty"` // the second unit of a pair
	Year   int          `json:"year"`
	Was    mizan.Number `json:"was"`
	Now    mizan.Number `json:"now"`
	Kind   string       `json:"kind"` // added, removed, revised
}

// The kinds of changes.
const (
	Added   = "added"
	Removed = "removed"
	Revised = "revised"
)

// Compare lists how figures differ between two vintages, by series, unit and
// year.
func Compare(q *Query, was, now *Harvest) []Change {
	type cell struct {
		series, unit, other string
		year                int
	}
	index := func(h *Harvest) (map[cell]float64, []cell) {
		m := map[cell]float64{}
		var order []cell
		for _, o := range h.Observations {
			c := cell{o.Series, o.Unit, "", o.Year}
			m[c] = o.Value
			order = append(order, c)
		}
		for _, p := range h.Pairs {
			c := cell{p.Series, p.A, p.B, p.Year}
			m[c] = p.Weight
			order = append(order, c)
		}
		return m, order
	}
	before, first := index(was)
	after, second := index(now)
	var list []Change
	missing := mizan.Number(math.NaN())
	for _, c := range first {
		v := before[c]
		w, there := after[c]
		switch {
		case !there:
			list = append(list, Change{c.series, c.unit, c.other, c.year, mizan.Number(v), missing, Removed})
		case v != w:
			list = append(list, Change{c.series, c.unit, c.other, c.year, mizan.Number(v), mizan.Number(w), Revised})
		}
	}
	for _, c := range second {
		if _, there := before[c]; !there {
			list = append(list, Change{c.series, c.unit, c.other, c.year, missing, mizan.Number(after[c]), Added})
		}
	}
	place := map[string]int{}
	for i, s := range q.Series {
		place[s.Code] = i
	}
	slices.SortFunc(list, func(a, b Change) int {
		return cmp.Or(cmp.Compare(place[a.Series], place[b.Series]), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Other, b.Other), cmp.Compare(a.Year, b.Year))
	})
	return list
}
