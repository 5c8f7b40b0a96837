package site

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/dataset"
	"mizan/engine"
	"mizan/internal/site/language"
)

// book is a report with what the pages look up again and again.
type book struct {
	*engine.Report
	// What pages show of the report, with names that are tidied; they stand in
	// front of the report's own.
	Project    engine.Project
	Units      []mizan.Unit
	Nodes      []build.Node
	Indicators []engine.Indicator
	Origins    []mizan.Origin
	Findings   []mizan.Finding

	nodes      map[string]*build.Node
	indicators map[string]*engine.Indicator
	units      map[string]int
	groups     []string // names of the group variables, in order
	top        string
	scale      scale
	names      map[string]string // folded name or code -> code of the unit
	driven     drivers
	promised   promises
	tried      whatIfs
	hurried    quickly
	facing     map[string]int // of a node: -1 where a high score is bad for the top, else 1
	studies    studies        // of alliances
	sure       sureness
	course     courses  // intervals over the years
	leaning    leanings // what units have of suppliers
	audits     audits
	networks   networks  // of ties
	weighing   weighing  // for readers who set the weights
	gathering  gathering // for readers who build alliances
	published  publishers
}

func newBook(r *engine.Report) *book {
	b := &book{
		Report: r, nodes: map[string]*build.Node{}, indicators: map[string]*engine.Indicator{},
		units: map[string]int{}, names: map[string]string{}, facing: map[string]int{},
	}
	b.sure.draw = r.IntervalsOf
	b.tidyReport(r)
	for i, f := range build.Facing(b.Nodes) {
		b.facing[b.Nodes[i].Code] = f
	}
	for i := range b.Nodes {
		b.nodes[b.Nodes[i].Code] = &b.Nodes[i]
	}
	for i := range b.Indicators {
		b.indicators[b.Indicators[i].Code] = &b.Indicators[i]
	}
	groups := map[string]bool{}
	for i, u := range b.Units {
		b.units[u.Code] = i
		b.names[language.Fold(u.Code)] = u.Code
		for _, name := range u.Name {
			b.names[language.Fold(name)] = u.Code
		}
		for g := range u.Groups {
			groups[g] = true
		}
	}
	b.groups = slices.Sorted(maps.Keys(groups))
	if n := len(b.Nodes); n > 0 {
		b.top = b.Nodes[n-1].Code
	}
	b.scale = newScale(r.Scores)
	return b
}

func (b *book) hasVariant(code string) bool { return slices.Contains(b.variantCodes(), code) }

func (b *book) variantCodes() []string {
	var codes []string
	for _, v := range b.Project.Variants {
		codes = append(codes, v.Code)
	}
	return codes
}

// unitNames lists codes and English names, to find what was meant.
func (b *book) unitNames() []string {
	var names []string
	for _, u := range b.Units {
		names = append(names, u.Code)
		if n := u.Name.In("en"); n != "" {
			names = append(names, n)
		}
	}
	return names
}

// at reads a cell of a table by names; missing if the table lacks the code.
func at(t *mizan.Table, year int, code string, unit int) float64 {
	c := -1
	if t != nil {
		c = t.Code(code)
	}
	if c < 0 || year >= len(t.Years) || unit >= len(t.Units) {
		return math.NaN()
	}
	return t.At(year, c, unit)
}

func (b *book) score(year int, code string, unit int) float64 { return at(b.Scores, year, code, unit) }

func (b *book) rank(year int, code string, unit int) float64 { return at(b.Ranks, year, code, unit) }

// column returns the values of a code in a year, one per unit, all missing if
// the table lacks it.
func (b *book) column(t *mizan.Table, year int, code string) mizan.Column {
	col := make(mizan.Column, len(b.Units))
	for u := range col {
		col[u] = at(t, year, code, u)
	}
	return col
}

// byRank lists the units that have a rank for a code, best first, ties by code.
func (b *book) byRank(year int, code string) []int {
	ranks := b.column(b.Ranks, year, code)
	var order []int
	for u, r := range ranks {
		if !math.IsNaN(r) {
			order = append(order, u)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(ranks[i], ranks[j]) })
	return order
}

// source is where a raw figure comes from.
type source struct {
	Year   int // of the figure; 0 if missing
	Status string
	Origin *mizan.Origin // nil if none is stated
}

// source looks up the provenance of a raw cell.
func (b *book) source(year int, code string, unit int) source {
	c := slices.Index(b.Cells.Codes, code)
	if c < 0 {
		return source{Status: mizan.Missing.String()}
	}
	s := source{Year: b.Cells.Year[year][c][unit], Status: b.Cells.Status[year][c][unit]}
	if o := b.Cells.Origin[year][c][unit]; o > 0 && o < len(b.Origins) {
		s.Origin = &b.Origins[o]
	}
	return s
}

// coverage returns the counts of a year for one indicator, or nil.
func (b *book) coverage(year int, code string) *dataset.Coverage {
	for i := range b.Coverage {
		if b.Coverage[i].Year != b.Years[year] {
			continue
		}
		for j := range b.Coverage[i].Indicators {
			if b.Coverage[i].Indicators[j].Code == code {
				return &b.Coverage[i].Indicators[j]
			}
		}
	}
	return nil
}

// label is the name of a node or indicator in the language of the page.
func (c *visit) label(code string) string {
	if n := c.book.nodes[code]; n != nil {
		if s := n.Name.In(c.lang()); s != "" {
			return s
		}
	}
	if i := c.book.indicators[code]; i != nil {
		return c.Text(i.Name, code)
	}
	return code
}

// unitName is the name of a unit in the language of the page.
func (c *visit) unitName(u int) string {
	unit := c.book.Units[u]
	return c.Text(unit.Name, unit.Code)
}
