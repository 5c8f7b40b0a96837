package dataset

import (
	"fmt"
	"math"
	"slices"

	"mizan/spec"
)

// wideColumns are the positions of the columns of a wide file.
type wideColumns struct {
	width, unit, time int // time is -1 if all rows are of one year
	codes             []int
	cells             []int // parallel to codes
}

// sheet is a wide file: few rows of many values, kept as they are because a
// figure for each would take three times the memory.
type sheet struct {
	file    uint8
	codes   []int    // indicator of each column, -1 if its values are figures now
	origins []uint16 // of each column
	parts   []*widePart
}

// widePart is what a block of a wide file holds.
type widePart struct {
	rep    report
	units  words
	unit   []int32 // per row; first numbered within the block; -1 if not used
	year   []int16
	line   []int32
	values [][]float64 // per column, then row; missing is NaN
}

// wideHeader finds the columns.
func (l *loader) wideHeader(h *header, df spec.DataFile) (wideColumns, bool) {
	if i := h.find("indicator"); i >= 0 && h.find("value") >= 0 && !slices.ContainsFunc(h.names, l.declared) {
		h.row.problem(i, "not-wide", "there is a column of indicators: this is a tidy table",
			"take `format: wide` away from the file in the project file")
		return wideColumns{}, false
	}
	w := wideColumns{width: len(h.names), time: -1}
	time := df.Time
	if time == "" {
		time = "year"
	}
	h.distinct(func(name string) bool {
		_, ok := l.codes[name]
		return ok || name == df.Unit || name == time
	})
	w.unit = h.need(df.Unit, append([]string{time}, l.names...)...)
	switch at := h.find(time); {
	case df.Year != 0 && at >= 0:
		h.row.problem(at, "two-years", fmt.Sprintf("there is a column %q, and the project file says that all rows are of %d", time, df.Year),
			"remove the column, or the file's `year`")
		h.bad = true
	case df.Year != 0:
	case at < 0 && df.Time == "":
		h.row.problem(0, "missing-column", `there is no column "year"`, "add it, or give the year of all rows as the file's `year`, or the column's name as its `time`")
		h.bad = true
	default:
		w.time = h.need(time, append([]string{df.Unit}, l.names...)...)
	}
	var free []string // the indicators that no column names
	for _, name := range l.names {
		if h.find(name) < 0 {
			free = append(free, name)
		}
	}
	for i, name := range h.names {
		code, ok := l.codes[name]
		switch {
		case i == w.unit || i == w.time:
		case ok:
			w.codes = append(w.codes, code)
			w.cells = append(w.cells, i)
		case df.Extra != "ignore" && !h.bad:
			h.unknown(i, free)
		}
	}
	return w, !h.bad
}

// declared reports whether a name is that of an indicator.
func (l *loader) declared(name string) bool { _, ok := l.codes[name]; return ok }

// loadWide reads a wide file.
func (l *loader) loadWide(file uint8, df spec.DataFile, origin uint16, bs *blocks, b block, h *header, rep *report) {
	cols, ok := l.wideHeader(h, df)
	if !ok {
		return
	}
	if df.Year < 0 || df.Year > 9999 {
		l.problem("bad-year", fmt.Sprintf("observations.%d.year", file), fmt.Sprintf("the year %d is out of range", df.Year), "write a year from 1 to 9999")
		return
	}
	s := &sheet{file: file, codes: cols.codes}
	for _, c := range cols.codes {
		o := origin
		if o == defaultOrigin {
			o = l.origins.ofIndicator[c]
		}
		s.origins = append(s.origins, o)
	}
	s.parts = eachBlock(bs, b, func(b *block, out *widePart) { l.parseWide(b, out, cols, int16(df.Year)) })
	var units unknowns
	for _, p := range s.parts {
		rep.merge(&p.rep)
		ids := l.unitsOf(&p.units, &units)
		for i, u := range p.unit {
			p.unit[i] = ids[u]
		}
		p.units = words{}
	}
	l.tellUnits(&units, rep)
	l.sheets = append(l.sheets, s)
}

// parseWide reads the rows of a block.
func (l *loader) parseWide(b *block, p *widePart, cols wideColumns, year int16) {
	p.rep.file = b.file
	p.values = make([][]float64, len(cols.cells))
	var rows int // expected, from the length of the first
	b.rows(cols.width, &p.rep, func(r *row) {
		if rows == 0 {
			rows = len(b.text)/max(1, int(r.csv.InputOffset())) + 8
			p.grow(rows)
		}
		y, ok := year, true
		if cols.time >= 0 {
			if y, ok = parseYear(r.cell(cols.time)); !ok {
				cause, remedy := badYear(r.cell(cols.time))
				r.problem(cols.time, "bad-year", cause, remedy)
			}
		}
		if r.cell(cols.unit) == "" {
			r.problem(cols.unit, "missing-unit", "the unit is missing", "write the unit's code, or remove the row")
			ok = false
		}
		for k, i := range cols.cells {
			v := l.wideValue(r, i, cols.codes[k])
			if ok {
				p.values[k] = append(p.values[k], v)
			}
		}
		if ok {
			p.unit = append(p.unit, p.units.add(r, cols.unit))
			p.year = append(p.year, y)
			p.line = append(p.line, int32(r.line))
		}
	})
	p.units.settle(b, l.units.unknown)
}

// grow makes room for rows, so that appending copies nothing.
func (p *widePart) grow(rows int) {
	all := make([]float64, rows*len(p.values))
	for k := range p.values {
		p.values[k] = all[k*rows : k*rows : (k+1)*rows]
	}
	p.unit = make([]int32, 0, rows)
	p.year = make([]int16, 0, rows)
	p.line = make([]int32, 0, rows)
}

// wideValue reads the value in cell i, NaN if it is missing or not a number.
func (l *loader) wideValue(r *row, i, code int) float64 {
	text := r.cell(i)
	if missing(text) {
		return math.NaN()
	}
	v, ok := parseNumber(text)
	if !ok {
		cause, remedy := badNumber(text)
		r.problem(i, "bad-number", cause, remedy)
		return math.NaN()
	}
	if ind := &l.spec.Indicators[code]; ind.Range != nil && !inRange(r, i, v, ind) {
		return math.NaN()
	}
	return v
}
