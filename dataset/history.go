package dataset

import (
	"fmt"
	"io/fs"
	"maps"
	"math"
	"slices"

	"mizan"
	"mizan/spec"
)

// History reads all figures that a project has, of whatever year: the past of
// its series, where Load has the years that are built. Years are those of
// which there is any figure, ascending. No year stands in for another, and
// `absent` is not filled in; what was not observed is missing. Problems are
// those of Load.
func History(s *spec.Spec, files fs.FS) (*mizan.Panel, error) {
	l := &loader{spec: s, files: files}
	l.checkSpec()
	l.origins = loadOrigins(l)
	l.units = loadUnits(l)
	for i := range s.Observations {
		l.loadFile(i)
	}
	l.settleUnits()
	l.years = l.yearsOfFigures()
	if nu, nc := len(l.units.sorted), len(s.Indicators); nu > 0 && nc > 0 && len(l.years) > maxCells/nu/nc {
		l.problem("too-large", "observations", fmt.Sprintf("%d units × %d indicators × %d years are more than a panel can hold", nu, nc, len(l.years)),
			"divide the project")
	}
	l.index()
	if slices.ContainsFunc(s.Observations, func(f spec.DataFile) bool { return f.Replaces == "yes" }) {
		l.years = l.yearsOfFigures()
	}
	for _, r := range l.reports {
		l.problems = append(l.problems, r.list()...)
	}
	if err := l.problems.OrNil(); err != nil {
		return nil, err
	}
	p := l.past()
	l.spread(p)
	return p, nil
}

// yearsOfFigures lists the years that figures are of.
func (l *loader) yearsOfFigures() []int {
	seen := map[int]bool{}
	for _, f := range l.figures {
		seen[int(f.year)] = true
	}
	for _, s := range l.sheets {
		for _, p := range s.parts {
			for _, y := range p.year {
				seen[int(y)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// past puts every figure into the cell of its own year.
func (l *loader) past() *mizan.Panel {
	units := make([]string, len(l.units.sorted))
	for i, u := range l.units.sorted {
		units[i] = u.Code
	}
	p := &mizan.Panel{Table: *mizan.NewTable(units, l.names, l.years), Origins: l.origins.list, Info: l.units.sorted}
	p.Cells = make([]mizan.Cell, len(p.Values))
	for _, df := range l.spec.Observations {
		p.Files = append(p.Files, df.File)
	}
	put := func(c, u int, v float64, cell mizan.Cell) {
		y, _ := slices.BinarySearch(p.Years, int(cell.Year))
		i := (y*len(p.Codes)+c)*len(p.Units) + u
		p.Values[i], p.Cells[i] = v, cell
	}
	for _, f := range l.figures {
		put(int(f.code), int(f.unit), f.value, mizan.Cell{Year: f.year, Origin: f.origin, File: f.file, Status: f.status, Line: f.line})
	}
	for _, s := range l.sheets {
		for _, part := range s.parts {
			for k, c := range s.codes {
				if c < 0 {
					continue
				}
				for i, v := range part.values[k] {
					if u := part.unit[i]; u >= 0 && !math.IsNaN(v) {
						put(c, int(u), v, mizan.Cell{Year: part.year[i], Origin: s.origins[k], File: s.file, Status: mizan.Observed, Line: part.line[i]})
					}
				}
			}
		}
	}
	return p
}
