package source

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"mizan"
)

// COINr makes a project of the two tables from which R's package COINr (from
// 1.0 on) builds a coin or a purse, as `write.csv` writes them.
//
// data is iData: a row per unit (and Time), with the columns uCode, optionally
// uName and Time, and a column for every row of iMeta that is not an Aggregate.
// meta is iMeta: Level, iCode, Parent, Direction, Weight and Type, optionally
// iName, Unit, Denominator, Target and the columns that Normalise takes when it
// is told to use iMeta. Missing is NA, NaN or an empty cell.
//
// Units and figures come out sorted by uCode, indicators in the order of iMeta.
// Figures keep the text that they had, so that they are the same doubles.
// Denominators become indicators outside the framework. What COINr is told in
// calls (imputation, treatment and so on) is not in the tables: the project
// builds with COINr's defaults, the minimum-maximum method on [0, 100] and
// arithmetic means. Each complete set of normalisation columns becomes a
// variant. Columns of the type Other are left out, with a finding.
//
// Where COINr demands that a parent stands exactly one level up, any level
// above will do. Errors are mizan.Problems, all at once: see the checks of
// iMeta (coinr_meta.go) and iData (coinr_data.go).
//
// Source: Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022),
// COINr: An R package for developing composite indicators; its manual pages
// check_iData, check_iMeta, new_coin and Normalise.
func COINr(data, meta Input, o Options) (*Project, error) {
	c := &coinr{reader: &reader{}, options: o}
	c.data, c.meta = readCSV(c.reader, data), readCSV(c.reader, meta)
	if c.data == nil || c.meta == nil || !c.findColumns() {
		return nil, c.err()
	}
	c.readMeta()
	c.checkTree()
	c.matchColumns()
	c.readData()
	if err := c.err(); err != nil {
		return nil, err
	}
	x := c.index()
	x.from = []string{tidy(path.Base(strings.ReplaceAll(data.Name, `\`, "/"))), tidy(path.Base(strings.ReplaceAll(meta.Name, `\`, "/")))}
	x.variant = c.variants()
	if err := c.err(); err != nil {
		return nil, err
	}
	c.rename(x)
	p := x.project(o)
	p.Findings = c.findings
	return p, nil
}

// coinr is one import.
type coinr struct {
	*reader
	options    Options
	data, meta *sheet
	rows       []*metaRow // of iMeta, in order
	byCode     map[string]*metaRow
	parents    map[string]bool // what stands in the column Parent
	top        *metaRow
	turned     []string // aggregates with a Direction of -1
	skipped    []string // codes whose parent stands more than one level up
	unitAt     int      // the column uCode of iData
	nameAt     int      // uName, or -1
	timeAt     int      // Time, or -1
	units      []unit
	groups     []*metaRow
	years      []int
	figures    []figures
}

// The types of iMeta's rows.
const (
	indicatorType   = "Indicator"
	aggregateType   = "Aggregate"
	groupType       = "Group"
	denominatorType = "Denominator"
	otherType       = "Other"
)

var metaTypes = []string{indicatorType, aggregateType, groupType, denominatorType, otherType}

// metaRow is a row of iMeta.
type metaRow struct {
	code      cell
	kind      string // one of metaTypes; "" if it is not known
	level     int    // 0 if there is none
	name      string
	measure   string
	parent    cell
	direction int
	weight    float64
	divisor   cell // Denominator
	cells     []cell
	column    int // of iData; -1 if it has none
	children  []*metaRow
}

// special are the columns of iData that iMeta does not describe.
var special = []string{"uCode", "uName", "Time"}

// findColumns reports columns without which nothing can be read.
func (c *coinr) findColumns() bool {
	before := len(c.problems)
	c.unitAt, c.nameAt, c.timeAt = c.data.column("uCode"), c.data.column("uName"), c.data.column("Time")
	c.needColumns(c.data, "iMeta", "iCode", "uCode")
	c.needColumns(c.meta, "iData", "uCode", "Level", "iCode", "Parent", "Direction", "Weight", "Type")
	return len(c.problems) == before
}

// needColumns reports columns that a table lacks. foreign is a column by which
// the other table is known.
func (c *coinr) needColumns(s *sheet, other, foreign string, names ...string) {
	at := mizan.Place{File: s.file, Line: 1}
	if len(s.names) > 0 {
		at = s.names[0].at
	}
	for _, name := range names {
		if s.column(name) >= 0 {
			continue
		}
		cause := fmt.Sprintf("the column %q is missing", name)
		if s.column(foreign) >= 0 {
			c.problem("swapped-files", at, cause, "this looks like "+other+"; are the two files swapped?")
			return
		}
		remedy := fmt.Sprintf("add it; the columns are: %s", some(s.header()))
		if near := c.nearest(name, s.header); near != "" {
			remedy = fmt.Sprintf("rename the column %s to %q", quote(near), name)
		} else if s.column("UnitCode") >= 0 || s.column("IndCode") >= 0 {
			remedy = "this looks like a table for COINr before 1.0; rename its columns as the manual of COINr's new_coin says"
		}
		c.problem("missing-column", at, cause, remedy)
	}
}

// index puts the tables together. The codes are still COINr's.
func (c *coinr) index() *index {
	x := &index{
		tool: "COINr", title: c.top.name, years: c.years, dated: c.timeAt >= 0,
		units: c.units, figures: c.figures, root: c.node(c.top),
	}
	names := map[string]bool{"unit": true, "name": true}
	for _, g := range c.groups {
		x.groups = append(x.groups, c.groupName(g, names))
	}
	x.methods = coinrMethods(x.groups)
	for _, outside := range []bool{false, true} {
		for _, m := range c.rows {
			if m.kind != indicatorType && m.kind != denominatorType || outside != (m.kind == denominatorType) {
				continue
			}
			s := &series{code: m.code.text, name: m.name, measure: m.measure, direction: m.direction, outside: outside}
			if s.name == s.code {
				s.name = ""
			}
			x.series = append(x.series, s)
			if !outside && m.divisor.text != "" {
				x.denoms = append(x.denoms, denominator{s.code, m.divisor.text})
			}
		}
	}
	return x
}

// groupName is the name of a group variable as a column of the file of units.
func (c *coinr) groupName(g *metaRow, taken map[string]bool) string {
	name := g.code.text
	if strings.HasPrefix(name, "name:") {
		name = cleanCode(name)
	}
	for i := 2; taken[name]; i++ {
		name = fmt.Sprintf("%s_%d", g.code.text, i)
	}
	taken[name] = true
	if name != g.code.text {
		c.finding("renamed-group", mizan.Info, fmt.Sprintf("the group variable %s is called %q here", quote(g.code.text), name), "")
	}
	return name
}

// node is a row of iMeta with all below it.
func (c *coinr) node(m *metaRow) *node {
	n := &node{code: m.code.text, name: m.name, weight: m.weight, level: m.level}
	for _, child := range m.children {
		n.children = append(n.children, c.node(child))
	}
	return n
}

// coinrMethods is the comment on the methods of the project.
func coinrMethods(groups []string) []string {
	lines := []string{
		"The tables do not hold the methods, which COINr is told in calls. These are its",
		"defaults; `mizan methods` lists the others, for example",
	}
	by := "income"
	if len(groups) > 0 {
		by = tidy(groups[len(groups)-1])
	}
	return append(lines,
		"  impute: {method: group-mean, by: "+yamlText(by)+"}",
		"  treat: {method: winsorise, max_points: 5}",
	)
}

// rename gives the project codes that Mizan takes, and says which changed.
func (c *coinr) rename(x *index) {
	var codes []string
	for _, s := range x.series {
		codes = append(codes, s.code)
	}
	for _, m := range c.rows {
		if m.kind == aggregateType {
			codes = append(codes, m.code.text)
		}
	}
	n := newNamer(codes)
	x.rename(n)
	c.tellRenamed(n)
}

// tellRenamed is the finding on codes that had to be changed.
func (r *reader) tellRenamed(n *namer) {
	if len(n.changed) == 0 {
		return
	}
	var pairs []string
	for _, code := range n.changed {
		pairs = append(pairs, fmt.Sprintf("%s is now %s", code, n.names[code]))
	}
	r.finding("renamed-codes", mizan.Info, "codes were changed, because Mizan's have letters, digits, _ and - and are none of "+
		"its own words: "+some(pairs), "")
}

// codesOf are the codes of iMeta of some types, for hints.
func (c *coinr) codesOf(kinds ...string) func() []string {
	return func() []string {
		var codes []string
		for _, m := range c.rows {
			if slices.Contains(kinds, m.kind) {
				codes = append(codes, m.code.text)
			}
		}
		return codes
	}
}
