package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/engine"
)

// rankingDocument is what `mizan build --format json` prints.
type rankingDocument struct {
	Project engine.Project  `json:"project"`
	Top     string          `json:"top"`
	Years   []rankedYear    `json:"years"`
	Removed []removedInYear `json:"removed"`
}

type rankedYear struct {
	Year  int          `json:"year"`
	Units []rankedUnit `json:"units"` // best first
}

type rankedUnit struct {
	Unit  string                  `json:"unit"`
	Name  string                  `json:"name,omitempty"`
	Rank  mizan.Number            `json:"rank"`
	Score mizan.Number            `json:"score"`
	Parts map[string]mizan.Number `json:"parts"` // the children of the top
}

type removedInYear struct {
	Unit   string `json:"unit"`
	Year   int    `json:"year"`
	Reason string `json:"reason"`
}

// ranking is the top of a build, ready to be printed.
type ranking struct {
	*engine.Report
	top   int   // position of the top code in scores and ranks
	parts []int // positions of its children
	lang  string
}

func newRanking(r *engine.Report, lang string) *ranking {
	k := &ranking{Report: r, lang: lang, top: r.Scores.Code(r.Top())}
	for _, code := range r.Node(r.Top()).Children {
		k.parts = append(k.parts, r.Scores.Code(code))
	}
	return k
}

// order lists the positions of the units that have a rank in year y (a
// position), best first, ties by code.
func (k *ranking) order(y int) []int {
	ranks := k.Ranks.Column(y, k.top)
	var list []int
	for u, r := range ranks {
		if !math.IsNaN(r) {
			list = append(list, u)
		}
	}
	slices.SortStableFunc(list, func(i, j int) int { return cmp.Compare(ranks[i], ranks[j]) })
	return list
}

func (k *ranking) document(years []int) rankingDocument {
	doc := rankingDocument{Project: k.Project, Top: k.Top(), Years: []rankedYear{}, Removed: []removedInYear{}}
	for _, y := range years {
		year := rankedYear{Year: k.Years[y], Units: []rankedUnit{}}
		for _, u := range k.order(y) {
			unit := rankedUnit{
				Unit: k.Units[u].Code, Name: k.Units[u].Name.In(k.lang), Parts: map[string]mizan.Number{},
				Rank: mizan.Number(k.Ranks.At(y, k.top, u)), Score: mizan.Number(k.Scores.At(y, k.top, u)),
			}
			for _, c := range k.parts {
				unit.Parts[k.Scores.Codes[c]] = mizan.Number(k.Scores.At(y, c, u))
			}
			year.Units = append(year.Units, unit)
		}
		doc.Years = append(doc.Years, year)
	}
	for _, g := range k.Removed {
		doc.Removed = append(doc.Removed, removedInYear{g.Unit, g.Year, g.Reason})
	}
	return doc
}

// csv writes a row per unit and year, best first.
func (k *ranking) csv(p *printer, years []int) error {
	w := bufio.NewWriter(p)
	head := []string{"rank", "unit", "name", "score"}
	if len(k.Years) > 1 {
		head = slices.Insert(head, 0, "year")
	}
	for _, c := range k.parts {
		head = append(head, k.Scores.Codes[c])
	}
	_, _ = w.WriteString(strings.Join(head, ",") + "\n")
	var b []byte
	for _, y := range years {
		for _, u := range k.order(y) {
			b = b[:0]
			if len(k.Years) > 1 {
				b = append(strconv.AppendInt(b, int64(k.Years[y]), 10), ',')
			}
			b = append(mizan.AppendNumber(b, k.Ranks.At(y, k.top, u), ""), ',')
			b = append(appendField(b, k.Units[u].Code), ',')
			b = append(appendField(b, k.Units[u].Name.In(k.lang)), ',')
			b = mizan.AppendNumber(b, k.Scores.At(y, k.top, u), "")
			for _, c := range k.parts {
				b = mizan.AppendNumber(append(b, ','), k.Scores.At(y, c, u), "")
			}
			_, _ = w.Write(append(b, '\n'))
		}
	}
	return w.Flush()
}

// text prints one year as a table; most is how many units at most, 0 = all.
func (k *ranking) text(p *printer, y, most int) {
	p.head(k.Report, k.lang, k.Years[y])
	heads := []string{">rank", "unit", "name", ">score"}
	for _, c := range k.parts {
		heads = append(heads, ">"+k.Scores.Codes[c])
	}
	t := newTable(heads...)
	order := k.order(y)
	d := decimals(k.Scores.Column(y, k.top))
	ds := make([]int, len(k.parts))
	for i, c := range k.parts {
		ds[i] = decimals(k.Scores.Column(y, c))
	}
	for i, u := range order {
		if most > 0 && i == most {
			break
		}
		row := []string{whole(k.Ranks.At(y, k.top, u)), k.Units[u].Code, k.Units[u].Name.In(k.lang), fixed(k.Scores.At(y, k.top, u), d)}
		for i, c := range k.parts {
			row = append(row, fixed(k.Scores.At(y, c, u), ds[i]))
		}
		t.add(row...)
	}
	fmt.Fprintln(p)
	t.write(p, p.style, "")
	if most > 0 && len(order) > most {
		fmt.Fprintf(p, "and %d more\n", len(order)-most)
	}
	for _, g := range k.Removed {
		if g.Year == k.Years[y] {
			fmt.Fprintf(p, "not ranked: %s (%s)\n", g.Unit, clean(g.Reason))
		}
	}
	if len(k.Years) > 1 {
		fmt.Fprintf(p, "other years, %s: --year\n", yearsOf(k.Report))
	}
}

// chooseYears are the positions of the wanted year, or of all if it is 0.
func chooseYears(r *engine.Report, year int) ([]int, error) {
	if year != 0 {
		if err := r.HasYear(year); err != nil {
			return nil, err
		}
		return []int{slices.Index(r.Years, year)}, nil
	}
	all := make([]int, len(r.Years))
	for y := range all {
		all[y] = y
	}
	return all, nil
}

// oneYear is the wanted year, or the latest if it is 0.
func oneYear(r *engine.Report, year int) (int, error) {
	if year == 0 {
		return r.Years[len(r.Years)-1], nil
	}
	return year, r.HasYear(year)
}

// appendField appends text as a field of CSV.
func appendField(b []byte, s string) []byte {
	s = guarded(s)
	if s == "" || !strings.ContainsAny(s, ",\"\r\n") && s[0] != ' ' && s[len(s)-1] != ' ' {
		return append(b, s...)
	}
	return append(append(append(b, '"'), strings.ReplaceAll(s, `"`, `""`)...), '"')
}
