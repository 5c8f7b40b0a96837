package export

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/engine"
	"mizan/spec"
)

var coinr = Format{
	Name:    "coinr",
	Summary: "iData.csv and iMeta.csv, from which R's COINr builds a coin or a purse",
	About: `Write the two tables from which R's package COINr (1.0 or later) builds a coin,
or a purse where there are several years (column Time):

  coin <- new_coin(read.csv("iData.csv"), read.csv("iMeta.csv"))

iData has the figures as chosen for each year, with groups and denominators; iMeta
has indicators, directions, the weights as they were used, and the tree. Where a
parent stands more than one level up, which COINr refuses, aggregates of one child
stand between. An indicator that is multiplied, or divided with a scale, comes with
its figures denominated. Methods are not in these tables: COINr is told them in
calls. ` + "`mizan import coinr`" + ` reads the tables back.`,
	Files: COINr,
}

// COINr lists the tables of an index as COINr takes them: what coinr.About says.
// Missing is NA or, of a number, an empty cell. Errors are mizan.Problems: an unknown year; an index with an
// aggregate of direction -1, which COINr has not got; a code that is text of
// which a spreadsheet makes a formula (see CSV).
//
// Source: Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022),
// COINr; its manual pages check_iData and check_iMeta.
func COINr(r *engine.Report, o Options) ([]File, error) {
	if o.Year != 0 {
		if err := r.HasYear(o.Year); err != nil {
			return nil, err
		}
	}
	if r.Spec == nil || r.Panel == nil {
		return nil, &mizan.Problem{ID: "not-a-build", Cause: "this report was read from a document and has no project", Remedy: "export from the project"}
	}
	if err := codesAreSafe(r, o); err != nil {
		return nil, err
	}
	for _, n := range r.Nodes {
		if n.Reversed {
			return nil, &mizan.Problem{
				ID: "reversed-aggregate", Cause: fmt.Sprintf("COINr has no aggregates of direction -1, as %s is", n.Code),
				Remedy: "turn the indicators below it instead, or export another form",
			}
		}
	}
	c := &coinrTables{Report: r, options: o, divisors: map[string]string{}}
	c.denominators()
	meta, data := c.meta(), c.data()
	return []File{
		{"iData.csv", func(w io.Writer) error { return CSV(w, naOf(data), o.Raw) }},
		{"iMeta.csv", func(w io.Writer) error { return CSV(w, naOf(meta), o.Raw) }},
	}, nil
}

// naOf has NA for missing texts, as R reads it; missing numbers are empty cells,
// which R reads as NA by itself.
func naOf(t *mizan.Relation) *mizan.Relation {
	out := *t
	out.Columns = slices.Clone(t.Columns)
	for i, c := range out.Columns {
		if text := c.Text; text != nil {
			out.Columns[i].Text = func(row int) string { return cmp.Or(text(row), "NA") }
		}
	}
	return &out
}

// coinrTables is one export.
type coinrTables struct {
	*engine.Report
	options  Options
	divisors map[string]string // indicator -> denominator, of plain divisions
	bases    []string          // denominators, in the order of the project
}

// denominators finds what COINr can divide by itself.
func (c *coinrTables) denominators() {
	used := map[string]bool{}
	for _, d := range c.Spec.Build.Denominate {
		if c.Node(d.Code) != nil && d.Operation != "multiply" && d.Scale == 1 {
			c.divisors[d.Code], used[d.By] = d.By, true
		}
	}
	for _, i := range c.Indicators {
		if used[i.Code] && !i.InFramework {
			c.bases = append(c.bases, i.Code)
		}
	}
}

// metaRow is a row of iMeta.
type metaRow struct {
	level                                      float64
	code, name, parent, kind, measure, divisor string
	direction, weight                          float64
}

func (c *coinrTables) meta() *mizan.Relation {
	nan := math.NaN()
	series := map[string]engine.Indicator{}
	for _, i := range c.Indicators {
		series[i.Code] = i
	}
	var rows []metaRow
	var walk func(code string)
	walk = func(code string) {
		n := c.Node(code)
		m := metaRow{level: float64(n.Level), code: n.Code, name: n.Name.In(c.options.Lang), parent: n.Parent, kind: "Aggregate", direction: 1, weight: n.Weight}
		if i, ok := series[n.Code]; ok && n.Level == 1 {
			m.kind, m.direction, m.measure, m.divisor = "Indicator", float64(i.Direction), i.Measure, c.divisors[n.Code]
			m.name = i.Name.In(c.options.Lang)
		}
		rows = append(rows, c.between(&m, *n)...)
		rows = append(rows, m)
		for _, child := range n.Children {
			walk(child)
		}
	}
	walk(c.Top())
	// Indicators first, as is usual; children stay in their order, in which they
	// are added up.
	slices.SortStableFunc(rows, func(a, b metaRow) int { return cmp.Compare(a.level, b.level) })
	for _, code := range c.bases {
		i := series[code]
		rows = append(rows, metaRow{level: nan, code: code, name: i.Name.In(c.options.Lang), kind: "Denominator", measure: i.Measure, direction: nan, weight: nan})
	}
	for _, g := range c.groups() {
		rows = append(rows, metaRow{level: nan, code: g, name: g, kind: "Group", direction: nan, weight: nan})
	}
	t := &mizan.Relation{Name: "iMeta", Rows: len(rows), Columns: []mizan.RelationColumn{
		{Name: "Level", Kind: mizan.WholeColumn, Number: func(i int) float64 { return rows[i].level }},
		{Name: "iCode", Kind: mizan.TextColumn, Text: func(i int) string { return rows[i].code }},
		{Name: "iName", Kind: mizan.TextColumn, Text: func(i int) string { return rows[i].name }},
		{Name: "Parent", Kind: mizan.TextColumn, Text: func(i int) string { return rows[i].parent }},
		{Name: "Direction", Kind: mizan.WholeColumn, Number: func(i int) float64 { return rows[i].direction }},
		{Name: "Weight", Kind: mizan.NumberColumn, Number: func(i int) float64 { return rows[i].weight }},
		{Name: "Type", Kind: mizan.TextColumn, Text: func(i int) string { return rows[i].kind }},
		{Name: "Unit", Kind: mizan.TextColumn, Text: func(i int) string { return rows[i].measure }},
	}}
	if len(c.bases) > 0 {
		t.Columns = append(t.Columns, mizan.RelationColumn{Name: "Denominator", Kind: mizan.TextColumn, Text: func(i int) string { return rows[i].divisor }})
	}
	return t
}

// between are aggregates of one child, for a node whose parent stands more than
// one level up; the node comes to stand below the lowest of them.
func (c *coinrTables) between(m *metaRow, n build.Node) []metaRow {
	parent := c.Node(n.Parent)
	if parent == nil {
		return nil
	}
	var rows []metaRow
	for level := parent.Level - 1; level > n.Level; level-- {
		code := fmt.Sprintf("%s_level%d", n.Code, level)
		for c.Node(code) != nil {
			code += "_"
		}
		rows = append(rows, metaRow{level: float64(level), code: code, name: m.name, parent: m.parent, kind: "Aggregate", direction: 1, weight: m.weight})
		m.parent, m.weight = code, 1
	}
	return rows
}

// groups are the variables by which units are grouped.
func (c *coinrTables) groups() []string {
	groups := map[string]bool{}
	for _, u := range c.Units {
		for g := range u.Groups {
			groups[g] = true
		}
	}
	return slices.Sorted(maps.Keys(groups))
}

func (c *coinrTables) data() *mizan.Relation {
	years := yearsOf(c.Report, c.options)
	at := func(i int) (u, y int) { return i / len(years), c.Panel.Year(years[i%len(years)]) }
	t := &mizan.Relation{Name: "iData", Rows: len(c.Units) * len(years), Columns: []mizan.RelationColumn{
		{Name: "uCode", Kind: mizan.TextColumn, Text: func(i int) string { u, _ := at(i); return c.Units[u].Code }},
		{Name: "uName", Kind: mizan.TextColumn, Text: func(i int) string {
			u, _ := at(i)
			return orCode(c.Units[u].Name, c.Units[u].Code).In(c.options.Lang)
		}},
	}}
	if len(c.Years) > 1 {
		t.Columns = append(t.Columns, mizan.RelationColumn{Name: "Time", Kind: mizan.WholeColumn, Number: func(i int) float64 { _, y := at(i); return float64(c.Panel.Years[y]) }})
	}
	for _, g := range c.groups() {
		t.Columns = append(t.Columns, mizan.RelationColumn{Name: g, Kind: mizan.TextColumn, Text: func(i int) string { u, _ := at(i); return c.Units[u].Groups[g] }})
	}
	for _, code := range slices.Concat(c.Result.Indicators, c.bases) {
		from, k := &c.Panel.Table, c.Panel.Code(code)
		if c.divisors[code] == "" && slices.ContainsFunc(c.Spec.Build.Denominate, func(d spec.Denominator) bool { return d.Code == code }) && c.Node(code) != nil {
			from, k = c.Stages.Denominated, c.Stages.Denominated.Code(code)
		}
		t.Columns = append(t.Columns, mizan.RelationColumn{Name: code, Kind: mizan.NumberColumn, Number: func(i int) float64 { u, y := at(i); return from.At(y, k, u) }})
	}
	return t
}
