package source

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"mizan"
)

// pick says what of a table is a series: `COLUMN`, the sum or the number of
// rows, and the rows that count: `COLUMN[NAME=VALUE; OTHER=VALUE]`,
// `sum(COLUMN)`, `count()`.
type pick struct {
	how     string // "", sum, count
	column  string
	filters []filter
}

type filter struct {
	column string
	values []string // one of them, with | between
}

// parsePick reads a key. A name that holds brackets itself is written in
// double quotes.
func parsePick(key string) (pick, error) {
	var p pick
	rest := strings.TrimSpace(key)
	if quoted, ok := strings.CutPrefix(rest, `"`); ok {
		name, after, closed := strings.Cut(quoted, `"`)
		if !closed {
			return p, fmt.Errorf("the quotation mark in %s is not closed", quote(key))
		}
		p.column, rest = name, strings.TrimSpace(after)
	} else {
		name, after := rest, ""
		if i := strings.IndexByte(rest, '['); i >= 0 {
			name, after = rest[:i], rest[i:]
		}
		p.column, rest = strings.TrimSpace(name), after
		for _, how := range []string{"sum", "count"} {
			if inner, ok := strings.CutPrefix(p.column, how+"("); ok && strings.HasSuffix(inner, ")") {
				p.how, p.column = how, strings.Trim(strings.TrimSpace(strings.TrimSuffix(inner, ")")), `"`)
			}
		}
	}
	if rest == "" {
		return p, p.check(key)
	}
	inner, closed := strings.CutSuffix(strings.TrimPrefix(rest, "["), "]")
	if !closed {
		return p, fmt.Errorf("%s is no series; write COLUMN[NAME=VALUE]", quote(key))
	}
	for _, f := range strings.Split(inner, ";") {
		name, value, ok := strings.Cut(f, "=")
		if !ok || strings.TrimSpace(name) == "" {
			return p, fmt.Errorf("%s is no filter; write NAME=VALUE", quote(f))
		}
		var values []string
		for _, v := range strings.Split(value, "|") {
			values = append(values, strings.TrimSpace(v))
		}
		p.filters = append(p.filters, filter{strings.TrimSpace(name), values})
	}
	return p, p.check(key)
}

func (p pick) check(key string) error {
	if p.how == "count" && p.column != "" || p.how != "count" && p.column == "" && len(p.filters) == 0 {
		return fmt.Errorf("%s names no column; write COLUMN, sum(COLUMN) or count()", quote(key))
	}
	return nil
}

// tableRule says where units and years are in a table.
type tableRule struct {
	unit    string // the column of the units
	split   string // what stands between several units in a cell, "" = there is one
	year    string // the column of the years; "" = each column of a year is one
	fixed   int    // the year of all rows, where there is no column
	date    bool   // the column holds dates, of which the year counts
	prefix  string // years across: the column is prefix + year; "" = the year alone
	running bool   // sums and counts run on: each year holds those before
	missing []string
	scale   float64 // what values are multiplied by; 0 = 1
	add     []filter
}

// tableYears are the columns of a table that are years.
type tableYears struct {
	at   []int
	year []int
}

// pickSeries takes one series out of a table.
func (t *rowTable) pickSeries(q *Query, f *finder, code string, p pick, r tableRule) ([]Observation, error) {
	unit := t.column(r.unit)
	if unit < 0 {
		return nil, t.lacks(r.unit, "give the column of units as option unit")
	}
	filters, err := t.filterColumns(append(slices.Clone(r.add), p.filters...))
	if err != nil {
		return nil, err
	}
	var across tableYears
	value, year := -1, -1
	switch {
	case r.fixed != 0:
	case r.year == "":
		across = t.yearColumns(r.prefix + or0(p.column, p.how == ""))
		if len(across.at) == 0 {
			return nil, t.lacks(r.prefix+p.column+"2020", "no column is a year; give the column of years as option year")
		}
	default:
		if year = t.column(r.year); year < 0 {
			return nil, t.lacks(r.year, "give the column of years as option year")
		}
	}
	if p.how != "count" && len(across.at) == 0 {
		if value = t.column(p.column); value < 0 {
			return nil, t.lacks(p.column, "check the series")
		}
	}
	sums := map[Observation]float64{} // by unit and year
	var order []Observation
	for n, row := range t.rows {
		if !filters.fit(row) {
			continue
		}
		units := []string{cellOf(row, unit)}
		if r.split != "" {
			units = strings.FieldsFunc(units[0], func(c rune) bool { return strings.ContainsRune(r.split, c) })
		}
		cells, err := t.figures(row, n, p, r, value, year, across)
		if err != nil {
			return nil, err
		}
		counted := map[string]bool{}
		for _, name := range units {
			u, ok := f.unit(name)
			if !ok || counted[u] {
				continue
			}
			counted[u] = true
			for _, c := range cells {
				if !r.running && (c.Year < q.From || c.Year > q.To) || c.Year > q.To {
					continue
				}
				key := Observation{Unit: u, Series: code, Year: c.Year}
				if p.how == "" {
					key.Value = c.Value
					order = append(order, key)
					continue
				}
				if _, known := sums[key]; !known {
					order = append(order, key)
				}
				sums[key] += c.Value
			}
		}
	}
	if p.how == "" {
		return order, nil
	}
	return summed(q, r, order, sums), nil
}

// summed gives the sums of units and years; of running ones, of every year from
// the unit's first.
func summed(q *Query, r tableRule, order []Observation, sums map[Observation]float64) []Observation {
	var list []Observation
	if !r.running {
		for _, o := range order {
			v := sums[o]
			o.Value = v
			list = append(list, o)
		}
		return list
	}
	first := map[string]int{}
	code := ""
	for _, o := range order {
		code = o.Series
		if y, known := first[o.Unit]; !known || o.Year < y {
			first[o.Unit] = o.Year
		}
	}
	for _, u := range sortedYears(first) {
		total := 0.0
		for y := first[u]; y <= q.To; y++ {
			total += sums[Observation{Unit: u, Series: code, Year: y}]
			if y >= q.From {
				list = append(list, Observation{Unit: u, Series: code, Year: y, Value: total})
			}
		}
	}
	return list
}

func sortedYears(m map[string]int) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// datedValue is a figure of a row.
type datedValue struct {
	Year  int
	Value float64
}

// figures are the figures of a row: one, or one for each column of a year.
func (t *rowTable) figures(row []string, n int, p pick, r tableRule, value, year int, across tableYears) ([]datedValue, error) {
	scale := r.scale
	if scale == 0 {
		scale = 1
	}
	if len(across.at) > 0 {
		var list []datedValue
		for i, at := range across.at {
			v, ok, err := t.value(row, n, at, r)
			if err != nil {
				return nil, err
			}
			if ok {
				list = append(list, datedValue{across.year[i], v * scale})
			}
		}
		return list, nil
	}
	y := r.fixed
	if year >= 0 {
		text := cellOf(row, year)
		if r.date && len(text) > 4 {
			text = yearOfDate(text)
		}
		if text == "" {
			return nil, nil
		}
		var ok bool
		if y, ok = parseYear(text); !ok {
			return nil, badAnswer(t.url, fmt.Sprintf("row %d has the year %s", n+2, quote(text)), "only yearly series can be read; narrow the series down, or name the right column")
		}
	}
	if p.how == "count" {
		return []datedValue{{y, scale}}, nil
	}
	v, ok, err := t.value(row, n, value, r)
	if !ok || err != nil {
		return nil, err
	}
	return []datedValue{{y, v * scale}}, nil
}

// yearOfDate is the year in 2023-11-30, 30/11/2023 or 11/30/2023.
func yearOfDate(s string) string {
	if len(s) >= 5 && (s[4] == '-' || s[4] == '/' || s[4] == 'T') {
		return s[:4]
	}
	return s[len(s)-4:]
}

// value reads a cell; false if it is a missing value.
func (t *rowTable) value(row []string, n, at int, r tableRule) (float64, bool, error) {
	text := cellOf(row, at)
	if missing(text) || slices.Contains(r.missing, text) {
		return 0, false, nil
	}
	v, ok := parseNumber(text)
	if !ok {
		cause, _ := badNumber(text)
		return 0, false, badAnswer(t.url, fmt.Sprintf("row %d, column %s: %s", n+2, quote(t.head[at]), cause), "if it means a missing value, say so: option missing")
	}
	return v, true, nil
}

// yearColumns are the columns named by a year after a prefix.
func (t *rowTable) yearColumns(prefix string) tableYears {
	var ys tableYears
	for i, n := range t.head {
		rest, ok := strings.CutPrefix(n, prefix)
		if y, dated := parseYear(strings.TrimSpace(rest)); ok && dated && len(strings.TrimSpace(rest)) == 4 {
			ys.at, ys.year = append(ys.at, i), append(ys.year, y)
		}
	}
	return ys
}

// rowFilters are filters with their columns.
type rowFilters []struct {
	at     int
	values []string
}

func (t *rowTable) filterColumns(list []filter) (rowFilters, error) {
	var fs rowFilters
	for _, f := range list {
		at := t.column(f.column)
		if at < 0 {
			return nil, t.lacks(f.column, "check the series")
		}
		fs = append(fs, struct {
			at     int
			values []string
		}{at, f.values})
	}
	return fs, nil
}

func (fs rowFilters) fit(row []string) bool {
	for _, f := range fs {
		if !slices.Contains(f.values, cellOf(row, f.at)) {
			return false
		}
	}
	return true
}

func (t *rowTable) lacks(column, remedy string) error {
	return badAnswer(t.url, fmt.Sprintf("the table has no column %s; it has %s", quote(column), some(t.head)), remedy)
}

// or0 is a text, or none.
func or0(s string, yes bool) string {
	if yes {
		return s
	}
	return ""
}

// parseTables makes a Parse of a rule: every answer is a table of one series.
func parseTables(form func(q *Query) (tableForm, error), rule func(q *Query, p *Part) (pick, tableRule, error)) func(*Query, []Part) (*Harvest, error) {
	return func(q *Query, parts []Part) (*Harvest, error) {
		h := &Harvest{}
		f := newFinder(q)
		fm, err := form(q)
		if err != nil {
			return nil, mizan.Problems{{ID: "bad-option", Cause: err.Error(), Remedy: "correct the option"}}
		}
		tables := map[string]*rowTable{} // several series may be of one table
		for i := range parts {
			p := &parts[i]
			if p.Series < 0 || p.Series >= len(q.Series) {
				return nil, badAnswer(p.URL, "the answer belongs to no series", "pull again")
			}
			pk, r, err := rule(q, p)
			if err != nil {
				return nil, mizan.Problems{{ID: "bad-series", Cause: fmt.Sprintf("the series %s: %v", q.Series[p.Series].Code, err), Remedy: "correct it in the project file"}}
			}
			t := tables[p.URL]
			if t == nil {
				if t, err = readTable(p, fm); err != nil {
					return nil, err
				}
				tables[p.URL] = t
			}
			list, err := t.pickSeries(q, f, q.Series[p.Series].Code, pk, r)
			if err != nil {
				return nil, err
			}
			h.Observations = append(h.Observations, list...)
		}
		h.Findings = append(h.Findings, f.finding()...)
		return h, nil
	}
}

var errNoYear = errors.New("there is neither a column of years nor a year")
