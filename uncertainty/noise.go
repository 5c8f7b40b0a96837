package uncertainty

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"

	"mizan"
	"mizan/spec"
	"mizan/stat"
)

// The purposes of streams under the seed of a project, so that no two share a
// number.
const (
	purposeStructure = iota // the inputs that choose the structure
	purposeInputs           // the other inputs
	purposeNoise            // errors of measurement, numbered by the input
)

// noise is the error of measurement of figures of the panel.
type noise struct {
	columns []noisyColumn
}

// noisyColumn is the error of one indicator in one year.
type noisyColumn struct {
	y, c     int
	cells    []noisyCell
	low, upp float64 // of the indicator's range
	relative bool    // some error is relative
}

type noisyCell struct {
	unit int
	kind noiseKind
	size float64 // standard deviation, sigma of the logarithm, or half the rounding
}

type noiseKind uint8

const (
	normalNoise noiseKind = iota
	relativeNoise
	roundingNoise
)

// noiseOf compiles a factor of errors of measurement.
func (c *compiler) noiseOf(f *factor) *noise {
	v := f.spec.Error
	f.tell(sayMeasurement.Say("what", aboutNoise(v)))
	c.checkNoise(f, v)
	out := newNoise(v, c.spec, c.panel)
	if out.columns == nil && len(c.problems) == 0 {
		c.add(f, "bad-factor", "no figure has an error of measurement", "name indicators that have figures")
	}
	return out
}

// newNoise finds the error of every figure of a panel.
func newNoise(v *spec.VaryFigures, s *spec.Spec, panel *mizan.Panel) *noise {
	out := &noise{}
	for _, ind := range s.Indicators {
		c := panel.Code(ind.Code)
		if c < 0 {
			continue
		}
		for y := range panel.Years {
			col := noisyColumn{y: y, c: c, low: math.Inf(-1), upp: math.Inf(1)}
			if ind.Range != nil {
				col.low, col.upp = ind.Range[0], ind.Range[1]
			}
			for u := range panel.Units {
				if cell, is := noiseAt(v, panel, y, c, u); is {
					col.cells = append(col.cells, cell)
					col.relative = col.relative || cell.kind == relativeNoise
				}
			}
			if col.cells != nil {
				out.columns = append(out.columns, col)
			}
		}
	}
	return out
}

// aboutNoise says which errors figures have.
func aboutNoise(v *spec.VaryFigures) mizan.Said {
	var said mizan.Said
	add := func(s mizan.Said) {
		if said.Text != "" {
			s = sayBoth.Say("what", said, "more", s)
		}
		said = s
	}
	for _, p := range []struct {
		all, some mizan.Sentence
		by        map[string]float64
	}{{saySD, saySDOf, v.SD}, {sayRelative, sayRelativeOf, v.Relative}, {sayRounding, sayRoundingOf, v.Rounding}} {
		if p.by == nil {
			continue
		}
		if all, ok := p.by[""]; ok && len(p.by) == 1 {
			add(p.all.Say("by", figure(all)))
			continue
		}
		add(p.some.Say("n", len(p.by)))
	}
	if v.Data {
		add(sayOfData.Say())
	}
	return said
}

// checkNoise tells of indicators that do not exist, or that have an error of
// two kinds, and of standard deviations that the data do not give.
func (c *compiler) checkNoise(f *factor, v *spec.VaryFigures) {
	var codes []string
	for _, by := range []map[string]float64{v.SD, v.Relative, v.Rounding} {
		for code := range by {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	for i, code := range codes {
		known := code == "" || slices.ContainsFunc(c.spec.Indicators, func(x spec.Indicator) bool { return x.Code == code })
		switch {
		case !known:
			c.add(f, "unknown-indicator", fmt.Sprintf("there is no indicator %q", code), c.nearest(code))
		case i > 0 && codes[i-1] == code && code != "":
			c.add(f, "bad-factor", code+" has an error of two kinds", "keep one of sd, relative and rounding for it")
		case i > 0 && codes[i-1] == code:
			c.add(f, "bad-factor", "all indicators have an error of two kinds", "name the indicators in all but one of sd, relative and rounding")
		}
	}
	if v.Data && c.panel.SDs == nil {
		c.add(f, "no-deviations", "the data give no standard deviations", "add a column `sd` to a tidy file of figures, or give `sd` here")
	}
}

// noiseAt is the error of a figure: what the data say of it, else what is said
// of its indicator, else of all. A figure that is missing or a structural zero
// has none.
func noiseAt(v *spec.VaryFigures, panel *mizan.Panel, y, c, u int) (noisyCell, bool) {
	x := panel.At(y, c, u)
	i := (y*len(panel.Codes)+c)*len(panel.Units) + u
	if x != x || panel.Cells[i].Status == mizan.StructuralZero {
		return noisyCell{}, false
	}
	if v.Data && panel.SDs != nil && panel.SDs[i] > 0 {
		return noisyCell{u, normalNoise, panel.SDs[i]}, true
	}
	for _, key := range []string{panel.Codes[c], ""} {
		if sd, ok := v.SD[key]; ok {
			return noisyCell{u, normalNoise, sd}, sd > 0
		}
		if sd, ok := v.Relative[key]; ok {
			return noisyCell{u, relativeNoise, math.Sqrt(math.Log1p(sd * sd))}, sd > 0 && x != 0
		}
		if step, ok := v.Rounding[key]; ok {
			return noisyCell{u, roundingNoise, step / 2}, step > 0
		}
	}
	return noisyCell{}, false
}

// apply writes figures with errors to the values of a panel whose figures are
// given, drawing from a stream.
//
//	normal: x + sd z; relative: x exp(s z - s^2 / 2), s^2 = ln(1 + sd^2); rounding: x + step (u - 1/2)
//
// A figure that would leave its indicator's range is held at its end.
func (n *noise) apply(values []float64, panel *mizan.Panel, s *stat.Stream) {
	var u, grown []float64
	for _, col := range n.columns {
		u = slices.Grow(u[:0], len(col.cells))[:len(col.cells)]
		s.Uniforms(u)
		grown = col.growth(grown[:0], u)
		from := (col.y*len(panel.Codes) + col.c) * len(panel.Units)
		for i, cell := range col.cells {
			x := values[from+cell.unit]
			switch cell.kind {
			case normalNoise:
				x += float64(cell.size * mathext.NormalQuantile(u[i]))
			case relativeNoise:
				x *= grown[i]
			default:
				x += float64(cell.size * (2*u[i] - 1))
			}
			values[from+cell.unit] = min(max(x, col.low), col.upp)
		}
	}
}

// growth appends the factors of relative errors; 1 for errors of other kinds.
func (col *noisyColumn) growth(dst, u []float64) []float64 {
	if !col.relative {
		return dst
	}
	for i, cell := range col.cells {
		power := 0.0
		if cell.kind == relativeNoise {
			power = float64(cell.size*mathext.NormalQuantile(u[i])) - float64(cell.size*cell.size)/2
		}
		dst = append(dst, power)
	}
	stat.Exps(dst, dst)
	return dst
}

// numberOf is the number of the stream of an input between 0 and 1.
func numberOf(u float64) uint64 { return uint64(u * (1 << 52)) }
