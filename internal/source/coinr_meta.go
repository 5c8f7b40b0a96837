package source

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
)

// readMeta reads the rows of iMeta and reports what is wrong with each alone:
//
//   - iCode missing or twice;
//   - Type unknown; Level that does not fit the Type: 1 for an Indicator, more
//     for an Aggregate, none for the others;
//   - Direction of an indicator other than 1 and -1 (that of an aggregate plays
//     no part);
//   - Weight missing or negative, for what has a Parent.
func (c *coinr) readMeta() {
	c.byCode, c.parents = map[string]*metaRow{}, map[string]bool{}
	for _, cells := range c.meta.rows {
		m := &metaRow{code: c.field(cells, "iCode"), cells: cells, column: -1, direction: 1, weight: 1}
		if slices.Contains(special, m.code.text) {
			continue
		}
		c.parents[c.field(cells, "Parent").text] = true
		c.readKind(m)
		c.readLevel(m)
		m.name, m.measure = tidy(c.field(cells, "iName").text), tidy(c.field(cells, "Unit").text)
		if m.kind == indicatorType || m.kind == aggregateType {
			m.parent = c.field(cells, "Parent")
			c.readDirection(m)
			c.readWeight(m)
		}
		if m.kind == indicatorType {
			m.divisor = c.field(cells, "Denominator")
		}
		switch first, twice := c.byCode[m.code.text]; {
		case m.code.text == "":
			c.problem("missing-code", m.code.at, "the iCode is missing", "write a code, or remove the row")
			continue
		case twice:
			c.problem("duplicate-code", m.code.at, fmt.Sprintf("the iCode %s occurs twice, first in line %d", quote(m.code.text), first.code.at.Line),
				"give one of them another code")
			continue
		}
		c.byCode[m.code.text] = m
		c.rows = append(c.rows, m)
	}
	if n := len(c.codesOf(indicatorType, denominatorType)()); n > most {
		c.problem("too-many-indicators", mizan.Place{File: c.meta.file}, fmt.Sprintf("%d indicators and denominators", n),
			fmt.Sprintf("a project file holds %d: divide the index", most))
	}
}

// field is the cell of a column of iMeta; missing is "", and where there is no
// such column the cell of the code stands for the place.
func (c *coinr) field(cells []cell, name string) cell {
	i := c.meta.column(name)
	if i < 0 {
		return cell{"", cells[c.meta.column("iCode")].at}
	}
	// NA may be the code of a unit, but never that of an indicator: R would
	// read it as missing.
	if missing(cells[i].text) {
		return cell{"", cells[i].at}
	}
	return cells[i]
}

func (c *coinr) readKind(m *metaRow) {
	kind := c.field(m.cells, "Type")
	if slices.Contains(metaTypes, kind.text) {
		m.kind = kind.text
		return
	}
	remedy := "write " + strings.Join(metaTypes[:4], ", ") + " or " + metaTypes[4]
	if near := c.nearest(kind.text, func() []string { return metaTypes }); near != "" {
		remedy = fmt.Sprintf("write %q", near)
	}
	cause := "the Type is missing"
	if kind.text != "" {
		cause = "unknown Type " + quote(kind.text)
	}
	c.problem("bad-type", kind.at, cause, remedy)
}

func (c *coinr) readLevel(m *metaRow) {
	level := c.field(m.cells, "Level")
	v, ok := parseNumber(level.text)
	switch {
	case m.kind == "":
	case m.kind != indicatorType && m.kind != aggregateType:
		if level.text != "" {
			c.problem("bad-level", level.at, fmt.Sprintf("a row of Type %s has the Level %s", m.kind, quote(level.text)),
				"leave the Level empty: it is no part of the framework")
		}
	case level.text == "":
		c.problem("bad-level", level.at, "the Level is missing", "write 1 for an Indicator, more for an Aggregate")
	case !ok || v != math.Trunc(v) || v < 1 || v > 1000:
		c.problem("bad-level", level.at, quote(level.text)+" is not a Level", "write 1 for an Indicator, 2 for the aggregates above, and so on")
	case m.kind == indicatorType && v != 1:
		c.problem("bad-level", level.at, "an Indicator has the Level "+level.text, "write 1, or make it an Aggregate")
	case m.kind == aggregateType && v == 1:
		c.problem("bad-level", level.at, "an Aggregate has the Level 1", "write 2 or more, or make it an Indicator")
	default:
		m.level = int(v)
	}
}

func (c *coinr) readDirection(m *metaRow) {
	d := c.field(m.cells, "Direction")
	v, ok := parseNumber(d.text)
	switch {
	case ok && (v == 1 || v == -1):
		m.direction = int(v)
		if m.kind == aggregateType && v == -1 {
			c.turned = append(c.turned, m.code.text)
		}
	case m.kind == aggregateType && d.text == "":
	case d.text == "":
		c.problem("bad-direction", d.at, "the Direction is missing", "write 1 if more is better, -1 if less is")
	default:
		c.problem("bad-direction", d.at, "the Direction is "+quote(d.text), "write 1 if more is better, -1 if less is")
	}
}

func (c *coinr) readWeight(m *metaRow) {
	w := c.field(m.cells, "Weight")
	v, ok := parseNumber(w.text)
	switch {
	case ok && v >= 0:
		m.weight = v
	case m.parent.text == "" && w.text == "":
	case w.text == "":
		c.problem("bad-weight", w.at, "the Weight is missing", "write 1 if all weigh the same, 0 to leave it without weight")
	case ok:
		c.problem("bad-weight", w.at, "the Weight "+w.text+" is negative", "write zero or more; set the Direction to -1 where less is better")
	default:
		cause, remedy := badNumber(w.text)
		c.problem("bad-weight", w.at, cause, remedy)
	}
}

// checkTree puts every row below its parent and reports: a parent that is not
// there, is no aggregate, or does not stand above; a row without parent that is
// not the top; several tops; a level that nobody has; aggregates without
// children, or whose children weigh nothing; denominators that are not there.
func (c *coinr) checkTree() {
	var tops []*metaRow
	highest := 0
	levels := map[int]bool{}
	for _, m := range c.rows {
		highest = max(highest, m.level)
		levels[m.level] = true
	}
	for _, m := range c.rows {
		switch {
		case m.kind != indicatorType && m.kind != aggregateType:
		case m.parent.text != "":
			c.adopt(m)
		case m.level > 0 && m.level == highest && m.kind == aggregateType:
			tops = append(tops, m)
		case m.level > 0:
			c.problem("missing-parent", m.parent.at, fmt.Sprintf("%s has no Parent and is not the top level", quote(m.code.text)),
				"name the aggregate above, or make it Other to leave it out")
		}
		c.checkDenominator(m)
	}
	for level := 1; level < highest; level++ {
		if !levels[level] {
			c.problem("level-gap", mizan.Place{File: c.meta.file}, fmt.Sprintf("there is a Level %d but no Level %d", highest, level),
				"number the levels 1, 2, 3, … without gaps")
			break
		}
	}
	c.checkTop(tops)
	for _, m := range c.rows {
		if m.kind == aggregateType {
			c.checkChildren(m)
		}
	}
	if highest > deepest {
		c.problem("too-deep", mizan.Place{File: c.meta.file}, fmt.Sprintf("there are %d levels", highest), fmt.Sprintf("a project holds %d", deepest))
	}
}

func (c *coinr) checkTop(tops []*metaRow) {
	switch {
	case len(tops) == 1:
		c.top = tops[0]
	case len(tops) > 1:
		for _, m := range tops[1:] {
			c.problem("several-tops", m.parent.at, fmt.Sprintf("%s has no Parent, and neither has %s", quote(m.code.text), quote(tops[0].code.text)),
				"put an aggregate above them, or import them one by one")
		}
	case len(c.problems) == 0:
		c.problem("no-top", mizan.Place{File: c.meta.file}, "no aggregate is the top of the index", "leave the Parent of the highest Level empty")
	}
}

// adopt puts a row below its parent.
func (c *coinr) adopt(m *metaRow) {
	parent, known := c.byCode[m.parent.text]
	fault := func(id, cause, remedy string) { c.problem(id, m.parent.at, cause, remedy) }
	switch {
	case !known:
		remedy := "add a row of Type Aggregate with this iCode, or name another"
		if near := c.nearest(m.parent.text, c.codesOf(aggregateType)); near != "" {
			remedy = "did you mean " + quote(near) + "?"
		}
		fault("unknown-parent", "there is no iCode "+quote(m.parent.text), remedy)
	case parent.kind == "" || parent.level == 0 && parent.kind == aggregateType || m.level == 0:
	case parent.kind != aggregateType:
		fault("bad-parent", fmt.Sprintf("the Parent %s is of Type %s", quote(m.parent.text), parent.kind), "name an Aggregate")
	case parent.level <= m.level:
		fault("bad-parent", fmt.Sprintf("the Parent %s is of Level %d, %s of Level %d", quote(m.parent.text), parent.level, quote(m.code.text), m.level),
			"name an aggregate of the level above")
	default:
		parent.children = append(parent.children, m)
		if parent.level > m.level+1 {
			c.skipped = append(c.skipped, m.code.text)
		}
	}
}

func (c *coinr) checkChildren(m *metaRow) {
	switch {
	case len(m.children) == 0 && m.level > 0 && !c.parents[m.code.text]:
		c.problem("empty-aggregate", m.code.at, fmt.Sprintf("nothing has the Parent %s", quote(m.code.text)), "name it as a Parent, or remove the row")
	case len(m.children) > 0 && c.node(m).allZero():
		c.problem("weights-all-zero", m.code.at, fmt.Sprintf("all weights below %s are zero", quote(m.code.text)), "give at least one of them a Weight above 0")
	}
}

func (c *coinr) checkDenominator(m *metaRow) {
	by := m.divisor
	if by.text == "" {
		return
	}
	switch d, known := c.byCode[by.text]; {
	case !known:
		remedy := "add a row of Type Denominator and its column of figures"
		if near := c.nearest(by.text, c.codesOf(denominatorType)); near != "" {
			remedy = "did you mean " + quote(near) + "?"
		}
		c.problem("unknown-denominator", by.at, "there is no iCode "+quote(by.text), remedy)
	case d == m:
		c.problem("bad-denominator", by.at, quote(by.text)+" is to be divided by itself", "name another series, or leave it empty")
	case d.kind != "" && d.kind != denominatorType && d.kind != indicatorType:
		c.problem("bad-denominator", by.at, fmt.Sprintf("%s is of Type %s", quote(by.text), d.kind), "make it a Denominator, or name another series")
	}
}
