package dataset

import (
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/spec"
)

// spread brings the standard deviations that the data give to the cells whose
// figures they belong to.
func (l *loader) spread(p *mizan.Panel) {
	if len(l.sds) == 0 {
		return
	}
	p.SDs = make([]float64, len(p.Values))
	for i, cell := range p.Cells {
		p.SDs[i] = math.NaN()
		if sd, given := l.sds[fileLine{cell.File, cell.Line}]; given && cell.Line > 0 {
			p.SDs[i] = sd
		}
	}
}

// edit puts the figures of the project file in place of those of the panel.
func (l *loader) edit(p *mizan.Panel) {
	if len(l.spec.Figures) == 0 {
		return
	}
	for _, f := range l.spec.Figures {
		c := l.codes[f.Code]
		u, known := slices.BinarySearch(p.Units, f.Unit)
		if !known {
			l.unknownUnit(p, f)
			continue
		}
		for y, year := range p.Years {
			if f.Year != 0 && f.Year != year {
				continue
			}
			i := (y*len(p.Codes)+c)*len(p.Units) + u
			p.Values[i] = f.Value
			if p.SDs != nil {
				p.SDs[i] = math.NaN()
			}
			p.Cells[i] = mizan.Cell{Year: int16(year), Status: mizan.Edited}
			if math.IsNaN(f.Value) {
				p.Cells[i] = mizan.Cell{}
			}
		}
	}
}

func (l *loader) unknownUnit(p *mizan.Panel, f spec.Figure) {
	remedy := "name a unit of the project"
	if near, ok := spec.Suggest(f.Unit, p.Units); ok {
		remedy = fmt.Sprintf("did you mean %q?", near)
	}
	at := l.spec.FigurePlace(f)
	cause := fmt.Sprintf("the figure of %s is of %q, which is not a unit of the project", f.Code, f.Unit)
	l.problems.Add("unknown-unit", at, cause, remedy)
}
