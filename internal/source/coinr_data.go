package source

import (
	"cmp"
	"fmt"
	"slices"

	"mizan"
)

// matchColumns holds the columns of iData against the rows of iMeta and reports
// a column that iMeta does not describe, a row that has no column, and an
// aggregate that has one.
func (c *coinr) matchColumns() {
	for i, name := range c.data.names {
		if name.text == "" || slices.Contains(special, name.text) {
			continue
		}
		m, known := c.byCode[name.text]
		switch {
		case known && m.kind == aggregateType:
			c.problem("aggregate-column", name.at, fmt.Sprintf("the column %s is an Aggregate in %s", quote(name.text), c.meta.file),
				"remove the column: aggregates are computed")
		case known:
			if m.column < 0 {
				m.column = i
			}
		default:
			remedy := fmt.Sprintf("add a row for it to %s, of Type Other to leave it out, or remove the column", c.meta.file)
			if near := c.nearest(name.text, c.columnless); near != "" {
				remedy = "did you mean " + quote(near) + "?"
			}
			c.problem("unknown-column", name.at, fmt.Sprintf("the column %s is not in %s", quote(name.text), c.meta.file), remedy)
		}
	}
	for _, m := range c.rows {
		if m.column >= 0 || m.kind == aggregateType || m.kind == "" {
			continue
		}
		remedy := "add the column, or remove the row"
		if near := c.nearest(m.code.text, c.data.header); near != "" {
			remedy = fmt.Sprintf("is it the column %s? give both the same name", quote(near))
		}
		c.problem("missing-column", m.code.at, fmt.Sprintf("there is no column %s in %s", quote(m.code.text), c.data.file), remedy)
	}
	for _, m := range c.rows {
		if m.kind == groupType {
			c.groups = append(c.groups, m)
		}
	}
	c.tellMeta()
}

// columnless are the codes of iMeta that are no column of iData.
func (c *coinr) columnless() []string {
	var codes []string
	for _, m := range c.rows {
		if m.kind != aggregateType && c.data.column(m.code.text) < 0 {
			codes = append(codes, m.code.text)
		}
	}
	return codes
}

// carried are the columns of iMeta that are carried over.
var carried = []string{
	"Level", "iCode", "iName", "Parent", "Direction", "Weight", "Type", "Unit", "Denominator",
	"Target", "dist2targ_cap_max", "minmax_lower", "minmax_upper", "zscore_mean", "zscore_sd",
	"scaled_lower", "scaled_upper", "scale_factor", "goalpost_lower", "goalpost_upper", "goalpost_scale", "goalpost_trunc2posts",
}

// tellMeta says what of iMeta is not carried over, or not as COINr would.
func (c *coinr) tellMeta() {
	if len(c.turned) > 0 {
		remedy := "turn the indicators below, if it was meant"
		if c.turned[0] != c.top.code.text {
			remedy = "if it was meant, set `framework." + c.turned[0] + ".direction` to -1: its parent then sees its score mirrored"
		}
		c.finding("direction-of-aggregate", mizan.Warn, "the Direction -1 of an aggregate plays no part, as in COINr: "+some(c.turned), remedy)
	}
	if len(c.skipped) > 0 {
		c.finding("level-skipped", mizan.Info, "these stand more than one Level below their Parent, which COINr would refuse: "+some(c.skipped), "")
	}
	if others := c.codesOf(otherType)(); len(others) > 0 {
		c.finding("left-out", mizan.Info, "columns of Type Other are left out: "+some(others), "")
	}
	var more []string
	for _, n := range c.meta.names {
		if n.text != "" && !slices.Contains(carried, n.text) {
			more = append(more, n.text)
		}
	}
	if len(more) > 0 {
		c.finding("left-out", mizan.Info, fmt.Sprintf("columns of %s are left out: %s", c.meta.file, some(more)), "")
	}
}

// readData reads the rows of iData and reports units that are missing or occur
// twice in a year, times that are no years, and cells that are no numbers.
func (c *coinr) readData() {
	type key struct {
		unit string
		year int
	}
	seen := map[key]int{}
	named := map[string]*dated{}
	var order []string
	for _, cells := range c.data.rows {
		year, ok := c.yearOf(cells)
		code := cells[c.unitAt]
		if tidy(code.text) != code.text {
			c.problem("bad-unit", code.at, quote(code.text)+" has line breaks or several blanks", "write the unit's code in one word")
			ok = false
		}
		if code.text == "" {
			c.problem("missing-unit", code.at, "the uCode is missing", "write the unit's code, or remove the row")
			ok = false
		}
		f := figures{unit: code.text, year: year, values: c.valuesOf(cells)}
		if !ok {
			continue
		}
		if line, twice := seen[key{code.text, year}]; twice {
			cause, remedy := fmt.Sprintf("the uCode %s occurs twice, first in line %d", quote(code.text), line), "keep one of the rows"
			switch {
			case c.timeAt >= 0:
				cause = fmt.Sprintf("the uCode %s occurs twice in %d, first in line %d", quote(code.text), year, line)
			default:
				remedy = "keep one of the rows; if they are of several years, add the column Time"
			}
			c.problem("duplicate-unit", code.at, cause, remedy)
			continue
		}
		seen[key{code.text, year}] = code.at.Line
		c.figures = append(c.figures, f)
		if named[code.text] == nil {
			named[code.text] = &dated{}
			order = append(order, code.text)
		}
		named[code.text].add(c, cells, year)
	}
	for _, code := range order {
		u := named[code].latest
		u.code = code
		c.units = append(c.units, u)
	}
	if len(c.data.rows) == 0 && len(c.problems) == 0 {
		c.problem("no-units", mizan.Place{File: c.data.file}, "there is no row of figures", "add a row per unit")
	}
	c.tellMoved(order, named)
	c.settleYears()
}

// dated is what iData says of a unit, the latest year counting.
type dated struct {
	latest unit
	year   int
	rows   int
	moved  bool // a label differs from year to year
}

func (d *dated) add(c *coinr, cells []cell, year int) {
	u := unit{}
	if c.nameAt >= 0 && !missing(cells[c.nameAt].text) {
		u.name = tidy(cells[c.nameAt].text)
	}
	for _, g := range c.groups {
		label := ""
		if g.column >= 0 && !missing(cells[g.column].text) {
			label = tidy(cells[g.column].text)
		}
		u.labels = append(u.labels, label)
	}
	if d.rows++; d.rows > 1 {
		d.moved = d.moved || !slices.Equal(u.labels, d.latest.labels)
	}
	if d.rows == 1 || year >= d.year {
		d.latest, d.year = u, year
	}
}

// tellMoved says which units change their groups: a project has one label each.
func (c *coinr) tellMoved(order []string, named map[string]*dated) {
	var moved []string
	for _, code := range order {
		if named[code].moved {
			moved = append(moved, code)
		}
	}
	if len(moved) > 0 {
		c.finding("changing-groups", mizan.Warn, "units that change their groups over time have those of the latest year: "+some(moved), "")
	}
}

// yearOf reads the time of a row.
func (c *coinr) yearOf(cells []cell) (int, bool) {
	if c.timeAt < 0 {
		return c.options.Year, true
	}
	at := cells[c.timeAt]
	if year, ok := parseYear(at.text); ok {
		return year, true
	}
	if missing(at.text) {
		c.problem("bad-time", at.at, "the Time is missing", "write the year of the row")
		return 0, false
	}
	c.problem("bad-time", at.at, quote(at.text)+" is not a year", "write a whole year from 1 to 9999, such as 2023")
	return 0, false
}

// valuesOf reads the figures of a row, indicators first, then denominators.
func (c *coinr) valuesOf(cells []cell) []string {
	var values []string
	for _, kind := range []string{indicatorType, denominatorType} {
		for _, m := range c.rows {
			if m.kind != kind || m.column < 0 {
				continue
			}
			at := cells[m.column]
			text := at.text
			switch {
			case missing(text):
				text = ""
			case !decimal(text):
				cause, remedy := badNumber(text)
				c.problem("bad-number", at.at, cause+" ("+m.code.text+")", remedy)
			}
			values = append(values, text)
		}
	}
	return values
}

// maxYears is the longest panel of a project.
const maxYears = 1000

// settleYears finds the years of the figures.
func (c *coinr) settleYears() {
	if c.timeAt < 0 {
		c.years = []int{c.options.Year}
		switch year := c.options.Year; {
		case year < 1 || year > 9999:
			c.problem("missing-year", mizan.Place{File: c.data.file}, "there is no column Time, and no year is given", "say of which year the figures are: --year 2023")
		case c.options.Guessed:
			c.finding("guessed-year", mizan.Info, fmt.Sprintf("%s has no column Time; its figures are taken for those of %d", c.data.file, year),
				"say --year for another year")
		}
		return
	}
	for _, f := range c.figures {
		c.years = append(c.years, f.year)
	}
	slices.SortFunc(c.years, cmp.Compare)
	c.years = slices.Compact(c.years)
	if len(c.years) == 0 {
		return
	}
	first, last := c.years[0], c.years[len(c.years)-1]
	if last-first >= maxYears {
		c.problem("bad-time", c.data.names[c.timeAt].at, fmt.Sprintf("the Time runs from %d to %d", first, last),
			fmt.Sprintf("a project has at most %d years", maxYears))
		return
	}
	if !c.options.Guessed && c.options.Year != 0 {
		c.problem("two-years", c.data.names[c.timeAt].at, "there is a column Time, and --year says that all rows are of one year",
			"leave --year out, or remove the column")
	}
	if gaps := last - first + 1 - len(c.years); gaps > 0 {
		c.finding("years-without-figures", mizan.Warn, fmt.Sprintf("the years from %d to %d are built, %d of them without any figure", first, last, gaps),
			"set period.look_back to carry figures on, or period.year to build one year")
	}
}
