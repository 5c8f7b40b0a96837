package site

import (
	"html/template"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/spec"
)

const (
	mostCompared = 6
	mostOffered  = 1500   // names that the form suggests
	mostFacts    = 60_000 // scores that the page carries for its script
)

// compareView is the page that sets units and alliances side by side.
type compareView struct {
	Inputs  []compareInput
	Offered []string
	Unknown string
	Meant   string
	Action  string
	X, Y    []option
	Chosen  []chosenUnit
	Charts  []compareChart
	Rows    []compareRow
	Heads   []string
	Caption string
	Facts   template.JS // for the script; "" = too much to carry
}

type compareInput struct {
	ID, Value string
	N         int
}

// chosenUnit is one of those compared, with its sign.
type chosenUnit struct {
	Name, URL, Class, Sign string
	Rank, Score, Interval  string
}

// compareChart is a chart with its frame; it stays empty where there is none.
type compareChart struct {
	Frame   figureFrame
	Drawing *draw.Sketch
	Hint    string
}

type compareRow struct {
	Label, URL string
	Depth      string
	Less       bool
	Cells      []compareCell
}

type compareCell struct {
	Score, Rank string
	Best        bool
}

// compareURL is the address of the comparison of some codes. A written page reads
// them behind the #, a served one behind the ?.
func (c *visit) compareURL(codes ...string) string {
	if len(codes) == 0 {
		return c.to("/compare")
	}
	q := url.Values{"units": {strings.Join(codes, ",")}}.Encode()
	if c.site.config.Written {
		return c.to("/compare") + "#" + q
	}
	return c.to("/compare", "units", strings.Join(codes, ","))
}

// Compare is the address of the comparison of some codes with others.
func (f *frame) Compare(codes ...string) string { return f.visit.compareURL(codes...) }

func comparePage(c *visit) (any, error) {
	m := c.comparison()
	v := &compareView{Caption: c.T("compare.caption")}
	unknown := c.choose(m)
	m.reach(c.book.scale)
	if len(unknown) > 0 {
		v.Unknown = c.List(unknown)
		if s, ok := spec.Suggest(unknown[0], m.names()); ok {
			v.Meant = s
		}
	}
	c.compareForm(v, m)
	if len(m.chosen) == 0 {
		return v, nil
	}
	for i, who := range m.chosen {
		e := &m.all[who]
		v.Chosen = append(v.Chosen, chosenUnit{
			Name: e.name, URL: e.url, Class: draw.OfSeries("sign", i), Sign: draw.MarkerPath(i, 8, 8, 6),
			Rank: c.Whole(e.ranks[0]), Score: c.scored(e.scores[0]), Interval: e.interval,
		})
		v.Heads = append(v.Heads, e.name)
	}
	c.compareCharts(v, m)
	c.compareTable(v, m)
	return v, c.compareFacts(v, m)
}

// comparison gathers what there is to compare.
func (c *visit) comparison() *comparison {
	b := c.book
	m := &comparison{}
	var walk func(code string, depth, parent int)
	walk = func(code string, depth, parent int) {
		n := b.nodes[code]
		if n == nil {
			return
		}
		at := len(m.codes)
		m.codes = append(m.codes, comparedCode{code: code, name: c.label(code), depth: depth, parent: parent, facing: b.facing[code], indicator: len(n.Children) == 0})
		for _, child := range n.Children {
			walk(child, depth+1, at)
		}
	}
	walk(b.top, 0, -1)
	for u, unit := range b.Units {
		e := compared{code: unit.Code, name: c.unitName(u), url: c.unitURL(unit.Code), interval: c.interval(u)}
		for _, n := range m.codes {
			e.scores, e.ranks = append(e.scores, b.score(c.year, n.code, u)), append(e.ranks, b.rank(c.year, n.code, u))
		}
		for y := range b.Years {
			e.trend = append(e.trend, b.score(y, b.top, u))
		}
		m.all = append(m.all, e)
	}
	m.units = len(m.all)
	c.comparedAlliances(m)
	m.axes, m.rows = m.parts(), m.lines()
	m.x, m.y = c.codeAt(m, "x", 1), c.codeAt(m, "y", 2)
	return m
}

// comparedAlliances adds the alliances that have a score, each as one unit.
func (c *visit) comparedAlliances(m *comparison) {
	if !menuHas(c.book, "alliances") {
		return
	}
	st, err := c.study()
	if err != nil {
		return
	}
	for _, a := range c.overview(st) {
		g, err := st.Alliance(a.Code)
		if err != nil || math.IsNaN(float64(a.Score)) {
			continue
		}
		s, err := st.Standing(g)
		if err != nil {
			continue
		}
		scores, ranks := map[string]float64{}, map[string]float64{}
		for _, n := range s.Scores {
			scores[n.Code], ranks[n.Code] = float64(n.Score), float64(n.Rank)
			if n.Rank == 0 {
				ranks[n.Code] = math.NaN()
			}
		}
		e := compared{code: a.Code, name: c.Text(a.Name, a.Code), url: c.allianceURL(a.Code)}
		for _, n := range m.codes {
			score, ok := scores[n.code]
			if !ok {
				score = math.NaN()
			}
			rank, ok := ranks[n.code]
			if !ok {
				rank = math.NaN()
			}
			e.scores, e.ranks = append(e.scores, score), append(e.ranks, rank)
		}
		m.all = append(m.all, e)
	}
}

// parts are the axes of the radar: the highest level of the framework that has
// five to twelve codes, else three.
func (m *comparison) parts() []int {
	deepest := 0
	for _, n := range m.codes {
		deepest = max(deepest, n.depth)
	}
	for _, least := range []int{5, 3} {
		for depth := 1; depth <= deepest; depth++ {
			var level []int
			for i, n := range m.codes {
				if n.depth == depth {
					level = append(level, i)
				}
			}
			if len(level) >= least && len(level) <= 12 {
				return level
			}
		}
	}
	return nil
}

// lines are the rows of the dumbbell: the top and what is below it, aggregates of
// the second level too where they are not many.
func (m *comparison) lines() []int {
	var first, both []int
	for i, n := range m.codes {
		if n.depth < 2 {
			first = append(first, i)
		}
		if n.depth < 2 || n.depth == 2 && !n.indicator {
			both = append(both, i)
		}
	}
	if len(both) <= 18 {
		return both
	}
	return first[:min(len(first), 18)]
}

// codeAt is the position of the code that the address names, else a default.
func (c *visit) codeAt(m *comparison, key string, otherwise int) int {
	asked := clip(c.query.Get(key))
	for i, n := range m.codes {
		if n.code == asked {
			return i
		}
	}
	var pillars []int
	for i, n := range m.codes {
		if n.depth == 1 {
			pillars = append(pillars, i)
		}
	}
	if len(pillars) >= otherwise {
		return pillars[otherwise-1]
	}
	return 0
}

func (m *comparison) names() []string {
	var names []string
	for _, e := range m.all {
		names = append(names, e.name, e.code)
	}
	return names
}

// choose reads who is to be compared: codes or names, in any language for units.
// Without any it takes the first three of the ranking; to one alone it adds the
// best other.
func (c *visit) choose(m *comparison) (unknown []string) {
	asked := strings.Split(c.query.Get("units"), ",")
	asked = append(asked, c.query["u"]...)
	at := map[string]int{}
	for i := len(m.all) - 1; i >= 0; i-- {
		at[language.Fold(m.all[i].name)] = i
	}
	for i := len(m.all) - 1; i >= 0; i-- {
		at[language.Fold(m.all[i].code)] = i
	}
	for _, name := range asked {
		name = clip(name)
		if name == "" || len(m.chosen) == mostCompared {
			continue
		}
		i, ok := at[language.Fold(name)]
		if !ok {
			if code, known := c.book.names[language.Fold(name)]; known {
				i, ok = c.book.units[code], true
			}
		}
		switch {
		case !ok:
			unknown = append(unknown, name)
		case !slices.Contains(m.chosen, i):
			m.chosen = append(m.chosen, i)
		}
	}
	if len(m.chosen) < 2 {
		wanted := 3 - len(m.chosen) // three, or one beside the one
		for _, u := range c.book.byRank(c.year, c.book.top) {
			if len(m.chosen) < wanted && !slices.Contains(m.chosen, u) {
				m.chosen = append(m.chosen, u)
			}
		}
	}
	return unknown
}

func (c *visit) compareForm(v *compareView, m *comparison) {
	for n := range mostCompared {
		in := compareInput{ID: "u" + strconv.Itoa(n+1), N: n + 1}
		if n < len(m.chosen) {
			in.Value = m.all[m.chosen[n]].name
		}
		v.Inputs = append(v.Inputs, in)
	}
	for _, e := range m.all[:min(len(m.all), mostOffered)] {
		v.Offered = append(v.Offered, e.name)
	}
	if !c.site.config.Written {
		v.Action = c.link(c.at, url.Values{}, nil)
	}
	for i, n := range m.codes {
		indent := strings.Repeat("\u2003", max(0, n.depth-1))
		v.X = append(v.X, option{Value: n.code, Label: indent + n.name, Selected: i == m.x})
		v.Y = append(v.Y, option{Value: n.code, Label: indent + n.name, Selected: i == m.y})
	}
}

// compareTable sets scores and ranks of every code side by side.
func (c *visit) compareTable(v *compareView, m *comparison) {
	for i, n := range m.codes {
		row := compareRow{Label: n.name, URL: c.codeURL(n.code), Depth: "depth-" + strconv.Itoa(min(n.depth, 4)), Less: n.facing < 0}
		best := math.Inf(-1)
		for _, who := range m.chosen {
			if s := float64(n.facing) * m.all[who].scores[i]; s > best {
				best = s
			}
		}
		for _, who := range m.chosen {
			s := m.all[who].scores[i]
			row.Cells = append(row.Cells, compareCell{Score: c.scored(s), Rank: c.Whole(m.all[who].ranks[i]), Best: float64(n.facing)*s == best})
		}
		v.Rows = append(v.Rows, row)
	}
}

// compareCharts draws all charts; one that cannot be drawn is left out.
func (c *visit) compareCharts(v *compareView, m *comparison) {
	sources, d := c.sourcesOf(c.book.top), c.drawn(m)
	add := func(id, title, hint string, s *draw.Sketch, t *figureTable) {
		if s == nil {
			return
		}
		s.Label = title
		v.Charts = append(v.Charts, compareChart{
			Frame:   figureFrame{ID: id, File: "compare-" + id, Class: "half", Title: title, Sources: sources, Table: t},
			Drawing: s, Hint: hint,
		})
	}
	add("radar", c.radarTitle(m), "", c.hand().Star(d), c.partsTable(m, m.axes))
	title, hint := c.scatterTitle(m)
	add("scatter", title, hint, c.hand().Scatter(d), c.scatterTable(m))
	bells := len(v.Charts)
	add("bells", c.bellsTitle(m), c.T("compare.bells.hint"), c.hand().Bells(d), c.partsTable(m, m.rows))
	add("trends", c.trendsTitle(m), "", c.hand().Courses(d), c.trendsTable(m))
	if len(v.Charts)%2 == 1 {
		v.Charts[bells].Frame.Class = "whole" // two in a row, this one alone
	}
}
