package build

import (
	"math"
	"slices"

	"mizan"
)

// Withhold is the result as others may see it where some series may not be published
// again: the same scores and ranks, without the figures of those series, and without
// what other figures could be reckoned back from, which is what is divided or
// multiplied by them. Their normalised scores stay; the scale that they were found on
// goes. It serves to be looked at; analyses compute on the result itself.
func (r *Result) Withhold(codes map[string]bool) *Result {
	out := *r
	out.withheld = map[string]bool{}
	for c, code := range r.Indicators {
		d := r.plan.indicators[c].denominator
		if codes[code] || d != nil && codes[d.By] {
			out.withheld[code] = true
		}
	}
	out.Raw = Blank(r.Raw, codes)
	for _, t := range []**mizan.Table{&out.Denominated, &out.Imputed, &out.Screened, &out.Treated} {
		*t = Blank(*t, out.withheld)
	}
	out.panel = BlankPanel(r.panel, codes)
	return &out
}

// Blank is a table in which all values of some codes are missing.
func Blank(t *mizan.Table, codes map[string]bool) *mizan.Table {
	if t == nil || !slices.ContainsFunc(t.Codes, func(c string) bool { return codes[c] }) {
		return t
	}
	out := *t
	out.Values = slices.Clone(t.Values)
	for y := range t.Years {
		for c, code := range t.Codes {
			if codes[code] {
				column := out.Column(y, c)
				for u := range column {
					column[u] = math.NaN()
				}
			}
		}
	}
	return &out
}

// BlankPanel is a panel in which all figures of some codes are missing; where they
// come from stays.
func BlankPanel(p *mizan.Panel, codes map[string]bool) *mizan.Panel {
	out := *p
	out.Table = *Blank(&p.Table, codes)
	if p.SDs != nil {
		sds := p.Table
		sds.Values = p.SDs
		out.SDs = Blank(&sds, codes).Values
	}
	return &out
}

// hideSteps takes from the steps of a cell what the result withholds.
func (r *Result) hideSteps(code string, steps []TraceStep) []TraceStep {
	if r.withheld == nil {
		return steps
	}
	for i := range steps {
		s := &steps[i]
		if s.Stage == mizan.Impute && s.Note != sayObserved.Text {
			s.Note, s.Said = "", nil // it may tell figures of other series
		}
		if !r.withheld[code] {
			continue
		}
		s.Parameters = nil
		if s.Stage != mizan.Normalise && s.Stage != mizan.Screen {
			s.Note, s.Said = "", nil
		}
	}
	return steps
}
