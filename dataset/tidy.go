package dataset

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// tidyColumns are the positions of the columns of a tidy file, -1 if absent.
type tidyColumns struct {
	width                                            int
	unit, indicator, year, value, status, origin, sd int
}

// tidyPart is what a block of a tidy file holds. Units and origins are still
// numbered within the block, origins from 1.
type tidyPart struct {
	rep        report
	units      words
	indicators words
	statuses   words
	origins    words
	figures    []figure
	sds        []lineSD
	codeOf     []int          // per word of indicators: its position, -1 if unknown
	statusOf   []mizan.Status // per word of statuses
}

// tidyHeader finds the columns.
func (l *loader) tidyHeader(h *header, df spec.DataFile) (tidyColumns, bool) {
	if l.notTidy(h, df) {
		return tidyColumns{}, false
	}
	known := []string{df.Unit, "indicator", "year", "value", "status", "origin", "sd"}
	h.distinct(func(name string) bool { return slices.Contains(known, name) })
	t := tidyColumns{
		width: len(h.names), unit: h.need(df.Unit, known...), indicator: h.need("indicator", known...),
		year: h.need("year", known...), value: h.need("value", known...), status: h.find("status"), origin: h.find("origin"), sd: h.find("sd"),
	}
	if df.Extra != "ignore" && !h.bad {
		for i, name := range h.names {
			if !slices.Contains(known, name) {
				h.unknown(i, []string{"status", "origin", "sd"})
			}
		}
	}
	return t, !h.bad
}

// notTidy recognises a header of another form than that of a tidy file, and
// says so in place of naming every column that is missing.
func (l *loader) notTidy(h *header, df spec.DataFile) bool {
	isYear := func(name string) bool { _, ok := parseYear(name); return ok }
	code, year := slices.IndexFunc(h.names, l.declared), slices.IndexFunc(h.names, isYear)
	hasUnit, hasCode, hasValue := h.find(df.Unit) >= 0, h.find("indicator") >= 0, h.find("value") >= 0
	switch {
	case strings.HasPrefix(strings.ToLower(h.names[0]), "sep=") || len(h.names) == 1 && h.names[0] != df.Unit:
		h.row.problem(0, "no-header", "the first row is not the names of the columns", "delete what stands above them")
	case hasUnit && !hasCode && !hasValue && code >= 0:
		h.row.problem(code, "not-tidy", fmt.Sprintf("the column %q is an indicator: this is a wide table", h.names[code]),
			"write `format: wide` for the file in the project file")
	case hasUnit && hasCode && !hasValue && year >= 0:
		h.row.problem(year, "not-tidy", fmt.Sprintf("the column %q is a year", h.names[year]),
			"make a row of every figure, with its year in a column `year` and itself in a column `value`")
	default:
		return false
	}
	return true
}

// loadTidy reads a tidy file.
func (l *loader) loadTidy(file uint8, df spec.DataFile, origin uint16, bs *blocks, b block, h *header, rep *report) {
	cols, ok := l.tidyHeader(h, df)
	if !ok {
		return
	}
	parts := eachBlock(bs, b, func(b *block, out *tidyPart) { l.parseTidy(b, out, cols) })
	var units, indicators, statuses, origins unknowns
	total := len(l.figures)
	for _, p := range parts {
		total += len(p.figures)
	}
	all := make([]figure, len(l.figures), total)
	copy(all, l.figures)
	for i, p := range parts {
		rep.merge(&p.rep)
		unitOf := l.unitsOf(&p.units, &units)
		originOf := []uint16{origin}
		for _, w := range p.origins.list {
			id, ok := l.origins.resolve(w.text)
			if !ok {
				origins.add(w)
			}
			originOf = append(originOf, id)
		}
		for _, w := range p.indicators.list {
			if _, ok := l.codes[w.text]; !ok && df.Extra != "ignore" {
				indicators.add(w)
			}
		}
		for _, w := range p.statuses.list {
			if _, ok := mizan.ParseStatus(w.text); !ok {
				statuses.add(w)
			}
		}
		for _, f := range p.figures {
			if f.unit = unitOf[f.unit]; f.unit < 0 {
				continue
			}
			f.file, f.origin = file, originOf[f.origin]
			if f.origin == defaultOrigin {
				f.origin = l.origins.ofIndicator[f.code]
			}
			all = append(all, f)
		}
		for _, one := range p.sds {
			if l.sds == nil {
				l.sds = map[fileLine]float64{}
			}
			l.sds[fileLine{file, one.line}] = one.sd
		}
		parts[i] = nil
	}
	l.figures = all
	l.tellUnits(&units, rep)
	indicators.tell(rep, "indicator", l.names, "declare it under `indicators`, or write `extra: ignore` for the file")
	statuses.tell(rep, "status", mizan.StatusNames(), "known are: "+shorten(mizan.StatusNames()))
	remedy := fmt.Sprintf("add it to %s", l.origins.file)
	if l.origins.file == "" {
		remedy = "there are more than 65535 origins: is this their column?"
	}
	origins.tell(rep, "origin", l.origins.codes(), remedy)
}

// parseTidy reads the rows of a block.
func (l *loader) parseTidy(b *block, p *tidyPart, cols tidyColumns) {
	p.rep.file = b.file
	p.figures = make([]figure, 0, len(b.text)/24)
	b.rows(cols.width, &p.rep, func(r *row) {
		code, ok := p.code(r, cols.indicator, l.codes)
		if !ok {
			return
		}
		if f, ok := p.figure(r, cols, &l.spec.Indicators[code]); ok {
			f.code = uint16(code)
			p.figures = append(p.figures, f)
		}
	})
	p.units.settle(b, l.units.unknown)
	p.indicators.settle(b, func(s string) bool { _, ok := l.codes[s]; return !ok })
	p.statuses.settle(b, func(s string) bool { _, ok := mizan.ParseStatus(s); return !ok })
	p.origins.settle(b, l.origins.unknown)
}

// code is the position of a row's indicator; it is false if the project does
// not have it.
func (p *tidyPart) code(r *row, i int, codes map[string]int) (int, bool) {
	w := p.indicators.add(r, i)
	if int(w) == len(p.codeOf) {
		code, ok := codes[p.indicators.list[w].text]
		if !ok {
			code = -1
		}
		p.codeOf = append(p.codeOf, code)
	}
	return p.codeOf[w], p.codeOf[w] >= 0
}

// figure reads the figure of a row, all but its indicator; it is false if the
// value is missing or anything is wrong.
func (p *tidyPart) figure(r *row, cols tidyColumns, ind *spec.Indicator) (figure, bool) {
	f := figure{line: int32(r.line), status: mizan.Observed}
	fine := true
	fail := func(i int, id, cause, remedy string) {
		r.problem(i, id, cause, remedy)
		fine = false
	}
	if r.cell(cols.unit) == "" {
		fail(cols.unit, "missing-unit", "the unit is missing", "write the unit's code, or remove the row")
	} else {
		f.unit = p.units.add(r, cols.unit)
	}
	var ok bool
	if f.year, ok = parseYear(r.cell(cols.year)); !ok {
		cause, remedy := badYear(r.cell(cols.year))
		fail(cols.year, "bad-year", cause, remedy)
	}
	if cols.origin >= 0 && r.cell(cols.origin) != "" {
		if n := p.origins.add(r, cols.origin) + 1; n <= math.MaxUint16 {
			f.origin = uint16(n)
		} else {
			fail(cols.origin, "too-many-origins", "more than 65535 origins", "is this the column of origins?")
		}
	}
	if cols.status >= 0 {
		w := p.statuses.add(r, cols.status)
		if int(w) == len(p.statusOf) {
			status, ok := mizan.ParseStatus(p.statuses.list[w].text)
			if !ok {
				// loadTidy reports it.
				status = mizan.Observed
			}
			p.statusOf = append(p.statusOf, status)
		}
		f.status = p.statusOf[w]
	}
	text := r.cell(cols.value)
	if missing(text) {
		return f, false
	}
	if f.value, ok = parseNumber(text); !ok {
		cause, remedy := badNumber(text)
		fail(cols.value, "bad-number", cause, remedy)
	} else if !inRange(r, cols.value, f.value, ind) {
		fine = false
	}
	if cols.sd >= 0 && !p.sd(r, cols.sd) {
		fine = false
	}
	if f.status == mizan.Missing {
		fail(cols.status, "bad-status", "the status is missing but there is a value", "remove the value, or give its status")
	}
	return f, fine
}

// lineSD is the standard deviation of the figure in a line of a file.
type lineSD struct {
	line int32
	sd   float64
}

type fileLine struct {
	file uint8
	line int32
}

// sd reads the standard deviation of a row's figure, which may be missing.
func (p *tidyPart) sd(r *row, i int) bool {
	text := r.cell(i)
	if missing(text) {
		return true
	}
	v, ok := parseNumber(text)
	switch {
	case !ok:
		cause, remedy := badNumber(text)
		r.problem(i, "bad-number", cause, remedy)
	case v < 0:
		r.problem(i, "bad-number", "the standard deviation "+text+" is negative", "give the standard deviation of the figure, or leave it empty")
		ok = false
	case v > 0:
		p.sds = append(p.sds, lineSD{int32(r.line), v})
	}
	return ok
}
