package source

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mizan"
)

// COINTool makes a project of a workbook of the COIN Tool, the spreadsheet of
// the European Commission's Joint Research Centre, as .xlsx or .xlsm.
//
// Two sheets are read. Their layout was not taken from the workbook itself,
// which was not at hand, but from how COINr 1.1.14 reads it (import_coin_tool),
// for the released tool and for those before 2019:
//
//	Database   row 7 weight, 8 direction, 9 lower and 10 upper goalpost, 11 to 14
//	           the index, sub-index, pillar and sub-pillar that the indicator
//	           belongs to, 15 name, 16 code: from column E on, a column per
//	           indicator; from row 17 on a row per unit, its name in column B, its
//	           code in column C; a missing figure is n/a or an empty cell
//	Framework  a row per aggregate: its code (Index, si.01, p.01, sp.01) in
//	           column C, its weight in E, its name in H
//
// A level on which all indicators stand below one and the same aggregate was
// not used and is left out, save the index. Columns and rows without any figure
// are left out, with a finding where they have a name. Formulas count with the
// value that the spreadsheet last computed. Complete goalposts become a
// variant. All other sheets, with the tool's settings, denominators and groups,
// are not read: the project builds with min-max on [0, 100] and arithmetic
// means, whatever was chosen in the tool. The year is Options.Year, since the
// workbook has none.
//
// Errors are mizan.Problems, all at once: no workbook, no such sheet, no code,
// name or figures where the layout has them; a direction other than 1 and -1; a
// weight or figure that is no number; a unit or indicator that occurs twice; an
// aggregate that is not in Framework, or stands below two others. Their line
// and column are those of the cell, which is named besides.
//
// Source: Becker, Benavente, Dominguez Torreiro, Moura, Neves, Saisana and
// Vertesy (2019), COIN Tool User Guide (JRC); Becker et al. (2022), COINr.
func COINTool(book Input, o Options) (*Project, error) {
	t := newCOINTool(book.Name, o)
	if !t.open(book.Text) {
		return nil, t.err()
	}
	return t.project()
}

func newCOINTool(book string, o Options) *coinTool {
	return &coinTool{reader: &reader{}, book: book, options: o, parents: map[string]string{}, nodes: map[string]*node{}}
}

// project makes a project of the two sheets.
func (t *coinTool) project() (*Project, error) {
	x := t.read()
	if err := t.err(); err != nil {
		return nil, err
	}
	x.tool, x.from = "the COIN Tool", []string{baseName(t.book)}
	x.methods = []string{
		"The settings of the COIN Tool stand on sheets that are not read. `mizan methods`",
		"lists the methods, for example",
		"  treat: {method: winsorise, max_points: 5}",
	}
	t.rename(x)
	p := x.project(t.options)
	p.Findings = t.findings
	return p, nil
}

// The layout of the sheets; rows and columns count from 1.
const (
	databaseSheet  = "Database"
	frameworkSheet = "Framework"

	weightRow    = 7
	directionRow = 8
	lowerRow     = 9
	upperRow     = 10
	topRow       = 11 // the index; below it the levels down to the sub-pillar
	lowestRow    = 14
	nameRow      = 15
	codeRow      = 16
	firstUnitRow = 17

	unitNameColumn  = 2
	unitCodeColumn  = 3
	firstDataColumn = 5

	aggregateCodeColumn   = 3
	aggregateWeightColumn = 5
	aggregateNameColumn   = 8
)

// coinTool is one import.
type coinTool struct {
	*reader
	book      string
	options   Options
	database  grid
	framework grid
	parents   map[string]string // of aggregates, by code
	nodes     map[string]*node
}

// grid is a sheet: cells by row and column from 1, without the blanks around
// them.
type grid struct {
	sheet string
	rows  [][]string
}

func (g grid) text(row, column int) string {
	if row > len(g.rows) || column > len(g.rows[row-1]) {
		return ""
	}
	return strings.TrimSpace(g.rows[row-1][column-1])
}

// width is the number of columns.
func (g grid) width() int {
	most := 0
	for _, r := range g.rows {
		most = max(most, len(r))
	}
	return most
}

// open reads the two sheets.
func (t *coinTool) open(text []byte) (ok bool) {
	book, err := openWorkbook(text, usualLimits)
	if err != nil {
		t.refuse(text, err)
		return false
	}
	for _, g := range []*grid{&t.database, &t.framework} {
		g.sheet = databaseSheet
		if g == &t.framework {
			g.sheet = frameworkSheet
		}
		g.rows, err = book.rows(g.sheet)
		switch {
		case errors.Is(err, errNoSheet):
			t.problem("missing-sheet", mizan.Place{File: t.book}, fmt.Sprintf("there is no sheet %q", g.sheet),
				"name a workbook of the COIN Tool; its sheets are "+some(book.names()))
		case err != nil:
			t.unreadable(err.Error())
		}
	}
	return len(t.problems) == 0
}

func (t *coinTool) unreadable(why string) {
	t.problem("unreadable-workbook", mizan.Place{File: t.book}, "the workbook cannot be read: "+why, "open it in a spreadsheet and save it anew as .xlsx")
}

// refuse says why a file is no workbook that can be read.
func (t *coinTool) refuse(text []byte, err error) {
	at := mizan.Place{File: t.book}
	switch {
	case len(text) == 0:
		t.problem("unreadable-workbook", at, "the file is empty", "name a workbook of the COIN Tool")
	case bytes.HasPrefix(text, []byte("\xd0\xcf\x11\xe0")):
		t.problem("unreadable-workbook", at, "the workbook is protected by a password, or in the format of Excel 97 to 2003",
			"open it in a spreadsheet and save it as .xlsx without a password")
	case !bytes.HasPrefix(text, []byte("PK")):
		t.problem("unreadable-workbook", at, "this is not a workbook", "name the .xlsx or .xlsm of the COIN Tool")
	default:
		t.unreadable(err.Error())
	}
}

// fault reports a problem at a cell.
func (t *coinTool) fault(id string, g grid, row, column int, cause, remedy string) {
	name := columnName(column) + strconv.Itoa(row)
	t.problem(id, mizan.Place{File: t.book + ", sheet " + g.sheet, Line: row, Column: column}, name+": "+cause, remedy)
}

// absent says whether a cell holds nothing, in the tool's own ways to say so.
func absent(s string) bool { return s == "" || s == "--" || strings.EqualFold(s, "n/a") || s == "NA" }

// read makes an index of the two sheets.
func (t *coinTool) read() *index {
	x := &index{years: []int{t.options.Year}}
	columns := t.columns()
	if len(columns) == 0 {
		return x
	}
	weights := t.readSeries(x, columns)
	t.readUnits(x, columns)
	t.readTree(x, columns, weights)
	t.readGoalposts(x, columns)
	switch year := t.options.Year; {
	case year < 1 || year > 9999:
		t.problem("missing-year", mizan.Place{File: t.book}, "the workbook does not say of which year its figures are", "give it: --year 2023")
	case t.options.Guessed:
		t.finding("guessed-year", mizan.Info, fmt.Sprintf("the workbook names no year; its figures are taken for those of %d", year), "say --year for another year")
	}
	return x
}

// columns finds the indicators that have figures, and tells those that have a
// name only.
func (t *coinTool) columns() []int {
	var used []int
	var empty []string
	for c := firstDataColumn; c <= t.database.width(); c++ {
		if t.hasFigures(c) {
			used = append(used, c)
		} else if name := t.database.text(nameRow, c); !absent(name) {
			empty = append(empty, tidy(name))
		}
	}
	if len(empty) > 0 {
		t.finding("left-out", mizan.Info, "indicators without any figure are left out: "+some(empty), "")
	}
	switch {
	case len(used) == 0:
		t.fault("no-figures", t.database, firstUnitRow, firstDataColumn, "there is no figure from here on",
			"fill the sheet, or check that this is a workbook of the COIN Tool: codes in row 16, units below, indicators from column E")
	case len(used) > most:
		t.fault("too-many-indicators", t.database, codeRow, firstDataColumn, fmt.Sprintf("%d indicators", len(used)), fmt.Sprintf("a project file holds %d", most))
		return nil
	}
	return used
}

func (t *coinTool) hasFigures(column int) bool {
	for r := firstUnitRow; r <= len(t.database.rows); r++ {
		if !absent(t.database.text(r, column)) {
			return true
		}
	}
	return false
}

// readSeries reads name, code, direction and weight of the indicators and
// returns the weights.
func (t *coinTool) readSeries(x *index, columns []int) []float64 {
	first := map[string]int{}
	weights := make([]float64, len(columns))
	for i, c := range columns {
		s := &series{code: t.database.text(codeRow, c), direction: 1}
		if name := t.database.text(nameRow, c); !absent(name) {
			s.name = tidy(name)
		}
		switch before, twice := first[s.code]; {
		case absent(s.code):
			t.fault("missing-code", t.database, codeRow, c, "the indicator has figures but no code", "write a code, such as Ind.01")
		case twice:
			t.fault("duplicate-code", t.database, codeRow, c, fmt.Sprintf("the code %s stands in column %s too", quote(s.code), columnName(before)), "give one of them another code")
		}
		first[s.code] = c
		d := t.database.text(directionRow, c)
		switch v, ok := parseNumber(d); {
		case ok && (v == 1 || v == -1):
			s.direction = int(v)
		case absent(d):
			t.fault("bad-direction", t.database, directionRow, c, "the direction is missing", "write 1 if more is better, -1 if less is")
		default:
			t.fault("bad-direction", t.database, directionRow, c, "the direction is "+quote(d), "write 1 if more is better, -1 if less is")
		}
		weights[i] = t.weight(t.database, weightRow, c)
		x.series = append(x.series, s)
	}
	return weights
}

// weight reads the weight in a cell.
func (t *coinTool) weight(g grid, row, column int) float64 {
	text := g.text(row, column)
	v, ok := parseNumber(text)
	switch {
	case ok && v >= 0:
		return v
	case absent(text):
		t.fault("bad-weight", g, row, column, "the weight is missing", "write 1 if all weigh the same, 0 to leave it without weight")
	case ok:
		t.fault("bad-weight", g, row, column, "the weight "+text+" is negative", "write zero or more; set the direction to -1 where less is better")
	default:
		cause, remedy := badNumber(text)
		t.fault("bad-weight", g, row, column, cause, remedy)
	}
	return 1
}

// readUnits reads the units that have figures, and the figures.
func (t *coinTool) readUnits(x *index, columns []int) {
	first := map[string]int{}
	var empty []string
	for r := firstUnitRow; r <= len(t.database.rows); r++ {
		f := figures{unit: tidy(t.database.text(r, unitCodeColumn)), year: t.options.Year}
		filled := false
		for _, c := range columns {
			text := t.database.text(r, c)
			if absent(text) {
				text = ""
			}
			filled = filled || text != ""
			if text != "" && !decimal(text) {
				cause, remedy := badNumber(text)
				t.fault("bad-number", t.database, r, c, cause, remedy+"; the COIN Tool writes n/a")
			}
			f.values = append(f.values, text)
		}
		name := tidy(t.database.text(r, unitNameColumn))
		before, twice := first[f.unit]
		switch {
		case !filled:
			if f.unit != "" && f.unit != "--" {
				empty = append(empty, f.unit)
			}
			continue
		case f.unit == "" || f.unit == "--":
			t.fault("missing-unit", t.database, r, unitCodeColumn, "the unit has figures but no code", "write its code")
			continue
		case twice:
			t.fault("duplicate-unit", t.database, r, unitCodeColumn, fmt.Sprintf("the unit %s stands in row %d too", quote(f.unit), before), "keep one of the rows")
			continue
		}
		first[f.unit] = r
		x.units = append(x.units, unit{code: f.unit, name: name})
		x.figures = append(x.figures, f)
	}
	if len(empty) > 0 {
		t.finding("left-out", mizan.Info, "units without any figure are left out: "+some(empty), "")
	}
}

// rename gives the project codes that Mizan takes.
func (t *coinTool) rename(x *index) {
	var codes []string
	for _, s := range x.series {
		codes = append(codes, s.code)
	}
	n := newNamer(append(codes, x.root.aggregateCodes()...))
	x.rename(n)
	t.tellRenamed(n)
}

// aggregateCodes are the codes of the aggregates, from the top down.
func (n *node) aggregateCodes() []string {
	if len(n.children) == 0 {
		return nil
	}
	codes := []string{n.code}
	for _, c := range n.children {
		codes = slices.Concat(codes, c.aggregateCodes())
	}
	return codes
}
