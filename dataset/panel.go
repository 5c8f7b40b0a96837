package dataset

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"mizan"
)

// index brings all figures onto the panel's units and looks for observations
// that occur more than once. After it every cell and year has one figure.
//
// A column of a wide file stays as it is unless another file has the same
// indicator, and so does a row unless another row has its unit and year: only
// what may meet again becomes single figures.
func (l *loader) index() {
	nc, nu := len(l.spec.Indicators), len(l.units.sorted)
	if years := len(l.years); nu > 0 && nc > 0 && years > maxCells/nu/nc {
		l.problem("too-large", "period", fmt.Sprintf("%d units × %d indicators × %d years are more than a panel can hold", nu, nc, years),
			"shorten the period")
		return
	}
	l.seen = make([]int, nc)
	used := l.figures[:0]
	for _, f := range l.figures {
		if f.unit = l.units.position[f.unit]; f.unit >= 0 {
			used = append(used, f)
		}
	}
	l.figures = used
	for _, s := range l.sheets {
		for _, p := range s.parts {
			for i, u := range p.unit {
				if u >= 0 {
					p.unit[i] = l.units.position[u]
				}
			}
		}
	}
	l.freeColumns()
	l.replace()
	for _, s := range l.sheets {
		l.freeRows(s)
	}
	l.sortFigures()
	l.matchFigures()
}

// replace takes away what a later file has in a newer vintage: all figures of an
// indicator and unit of which that file has any. Both are single figures by now,
// since the indicator occurs in two files.
func (l *loader) replace() {
	replaces := func(file uint8) bool { return l.spec.Observations[file].Replaces == "yes" }
	type series struct {
		code uint16
		unit int32
	}
	newest := map[series]uint8{}
	for _, f := range l.figures {
		if s := (series{f.code, f.unit}); replaces(f.file) && f.file > newest[s] {
			newest[s] = f.file
		}
	}
	if len(newest) == 0 {
		return
	}
	l.figures = slices.DeleteFunc(l.figures, func(f figure) bool { return f.file < newest[series{f.code, f.unit}] })
}

// freeColumns makes figures of the columns whose indicator occurs in more than
// one file.
func (l *loader) freeColumns() {
	files := make([]int, len(l.spec.Indicators))
	for _, f := range l.figures {
		files[f.code] = 1
	}
	for _, s := range l.sheets {
		for _, c := range s.codes {
			files[c]++
		}
	}
	for _, s := range l.sheets {
		for k, c := range s.codes {
			if files[c] < 2 {
				continue
			}
			for _, p := range s.parts {
				for i := range p.unit {
					l.free(s, p, k, i)
				}
			}
			s.codes[k] = -1
		}
	}
}

// free makes a figure of the value in row i of column k.
func (l *loader) free(s *sheet, p *widePart, k, i int) {
	v := p.values[k][i]
	if p.unit[i] < 0 || s.codes[k] < 0 || math.IsNaN(v) {
		return
	}
	l.figures = append(l.figures, figure{
		value: v, unit: p.unit[i], line: p.line[i], code: uint16(s.codes[k]),
		year: p.year[i], origin: s.origins[k], file: s.file, status: mizan.Observed,
	})
}

// freeRows makes figures of the rows that share unit and year.
func (l *loader) freeRows(s *sheet) {
	var keys []uint64
	for _, p := range s.parts {
		for i, u := range p.unit {
			if u >= 0 {
				keys = append(keys, rowKey(u, p.year[i]))
			}
		}
	}
	if !slices.IsSorted(keys) {
		slices.Sort(keys)
	}
	twice := map[uint64]bool{}
	for i := 1; i < len(keys); i++ {
		if keys[i] == keys[i-1] {
			twice[keys[i]] = true
		}
	}
	if len(twice) == 0 {
		return
	}
	for _, p := range s.parts {
		for i, u := range p.unit {
			if u < 0 || !twice[rowKey(u, p.year[i])] {
				continue
			}
			for k := range s.codes {
				l.free(s, p, k, i)
			}
			p.unit[i] = -1
		}
	}
}

func rowKey(unit int32, year int16) uint64 { return uint64(unit)<<16 | uint64(year) }

// sortFigures sorts by indicator, unit, year, file and line: first into the
// cells of the panel by counting, then within each cell.
func (l *loader) sortFigures() {
	nu := len(l.units.sorted)
	cell := func(f figure) int { return int(f.code)*nu + int(f.unit) }
	within := func(a, b figure) int {
		return cmp.Or(cmp.Compare(a.year, b.year), cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	}
	if len(l.figures) == 0 {
		return
	}
	start := make([]int32, len(l.spec.Indicators)*nu+1)
	for _, f := range l.figures {
		start[cell(f)+1]++
	}
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	sorted := make([]figure, len(l.figures))
	for _, f := range l.figures {
		i := cell(f)
		sorted[start[i]] = f
		start[i]++
	}
	l.figures = sorted
	// Each start has moved on to the end of its cell.
	first := int32(0)
	for _, end := range start[:len(start)-1] {
		if end-first > 1 {
			slices.SortFunc(sorted[first:end], within)
		}
		first = end
	}
}

// matchFigures keeps one figure of those that share indicator, unit and year.
func (l *loader) matchFigures() {
	reports := map[string]*report{}
	for _, r := range l.reports {
		reports[r.file] = r
	}
	kept := l.figures[:0]
	var equal int
	for _, f := range l.figures {
		n := len(kept)
		if n == 0 || kept[n-1].code != f.code || kept[n-1].unit != f.unit || kept[n-1].year != f.year {
			kept = append(kept, f)
			continue
		}
		first := kept[n-1]
		what := fmt.Sprintf("%s, %s, %d", l.units.sorted[f.unit].Code, l.names[f.code], f.year)
		here, there := l.place(f), l.place(first)
		if f.value != first.value {
			reports[here.File].add(&mizan.Problem{
				ID: "conflicting-observations", Place: here,
				Cause:  fmt.Sprintf("%s is %s here and %s in %s", what, number(f.value), number(first.value), there),
				Remedy: "keep one of them",
			})
			continue
		}
		if equal++; equal <= listed {
			l.findings = append(l.findings, mizan.Finding{
				ID: "duplicate-observation", Severity: mizan.Warn,
				Message: fmt.Sprintf("%s occurs twice with the same value, also in %s", what, there),
				Remedy:  "remove one of them", Unit: l.units.sorted[f.unit].Code, Code: l.names[f.code], Year: int(f.year), Place: here,
			})
		}
	}
	if equal > listed {
		l.findings = append(l.findings, mizan.Finding{
			ID: "duplicate-observation", Severity: mizan.Warn,
			Message: fmt.Sprintf("and %d more observations occur twice with the same value", equal-listed), Remedy: "remove one of each",
		})
	}
	l.figures = kept
}

func (l *loader) place(f figure) mizan.Place {
	return mizan.Place{File: l.spec.Observations[f.file].File, Line: int(f.line)}
}

// panel chooses the figure of every cell.
func (l *loader) panel() *mizan.Panel {
	s := l.spec
	units := make([]string, len(l.units.sorted))
	for i, u := range l.units.sorted {
		units[i] = u.Code
	}
	p := &mizan.Panel{Table: *mizan.NewTable(units, l.names, l.years), Origins: l.origins.list, Info: l.units.sorted}
	p.Cells = make([]mizan.Cell, len(p.Values))
	for _, df := range s.Observations {
		p.Files = append(p.Files, df.File)
	}
	rules := make([]rule, len(s.Indicators))
	for c, ind := range s.Indicators {
		rules[c] = rule{back: s.Period.LookBack, ahead: s.Period.StandIn}
		if ind.LookBack != nil {
			rules[c].back = *ind.LookBack
		}
		if ind.StandIn != nil {
			rules[c].ahead = *ind.StandIn
		}
	}
	for _, f := range l.figures {
		c := int(f.code)
		l.seen[c]++
		offer(p, rules[c], c, int(f.unit), f.value, mizan.Cell{Year: f.year, Origin: f.origin, File: f.file, Status: f.status, Line: f.line})
	}
	for _, sh := range l.sheets {
		l.offerSheet(p, rules, sh)
	}
	for c, ind := range s.Indicators {
		if ind.Absent != nil {
			fillAbsent(p, c, *ind.Absent, l.origins.ofIndicator[c])
		}
	}
	return p
}

// offerSheet offers all values of a wide file, a column of a part at a time so
// that reading and writing both go forward.
func (l *loader) offerSheet(p *mizan.Panel, rules []rule, s *sheet) {
	for _, part := range s.parts {
		for k, c := range s.codes {
			if c < 0 {
				continue
			}
			for i, v := range part.values[k] {
				u := part.unit[i]
				if u < 0 || math.IsNaN(v) {
					continue
				}
				l.seen[c]++
				offer(p, rules[c], c, int(u), v, mizan.Cell{Year: part.year[i], Origin: s.origins[k], File: s.file, Status: mizan.Observed, Line: part.line[i]})
			}
		}
	}
}

// rule is how many years before and after a wanted year may serve for it.
type rule struct{ back, ahead int }

// offer puts a figure into the cells of all years that it serves better than
// the figure there. Which figure wins does not depend on the order of offers,
// because those of one unit and indicator are of different years.
func offer(p *mizan.Panel, r rule, c, u int, v float64, cell mizan.Cell) {
	from := p.Years[0]
	year := int(cell.Year)
	first := max(year-r.ahead-from, 0)
	last := min(year+r.back-from, len(p.Years)-1)
	for y := first; y <= last; y++ {
		i := (y*len(p.Codes)+c)*len(p.Units) + u
		held := p.Cells[i].Year
		if held != 0 && distance(from+y, int(held)) <= distance(from+y, year) {
			continue
		}
		p.Values[i] = v
		p.Cells[i] = cell
		if year > from+y {
			p.Cells[i].Status = mizan.StandIn
		}
	}
}

// distance orders the years that may serve for a wanted one: that year, the
// earlier ones from the latest, the later ones from the earliest.
func distance(wanted, year int) int {
	if year > wanted {
		return math.MaxInt16 + year - wanted
	}
	return wanted - year
}

// fillAbsent gives the units without a usable figure the indicator's value for
// those of which the source knows nothing.
func fillAbsent(p *mizan.Panel, c int, v float64, origin uint16) {
	for y, year := range p.Years {
		for u := range p.Units {
			i := (y*len(p.Codes)+c)*len(p.Units) + u
			if p.Cells[i].Status == mizan.Missing {
				p.Values[i] = v
				p.Cells[i] = mizan.Cell{Year: int16(year), Origin: origin, Status: mizan.StructuralZero}
			}
		}
	}
}
