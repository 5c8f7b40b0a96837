package engine

import (
	"mizan"
	"mizan/dataset"
)

// Complete fills in what Run left out: the provenance of every cell, the
// coverage of every year, contributions and the canonical spec. It returns the
// report itself and may be called again, but not from two goroutines at once.
// A report that was read from a document is complete.
func (r *Report) Complete() *Report {
	if r.Result == nil || r.Panel == nil || r.Spec == nil || r.Canonical != "" {
		return r
	}
	r.Cells = provenance(r.Panel)
	r.Coverage = coverage(r)
	r.Contributions = contributions(r)
	r.Allied = allied(r)
	r.Canonical = r.canonical()
	return r
}

// canonical is the spec without its variants: what was built, and nothing that
// was not.
func (r *Report) canonical() string {
	if len(r.Spec.Variants) == 0 {
		return r.whole
	}
	bare := *r.Spec
	bare.Variants = nil
	return string(bare.Canonical())
}

// contributions asks for every unit and year. A unit whose contributions do
// not exist has missing ones.
func contributions(r *Report) *mizan.Table {
	res := r.Result
	t := mizan.NewTable(res.Units, res.Indicators, res.Years)
	for u, unit := range res.Units {
		for y, year := range res.Years {
			parts, err := res.Contributions(unit, year)
			if err != nil {
				continue
			}
			for c, v := range parts {
				t.Column(y, c)[u] = v
			}
		}
	}
	return t
}

func provenance(p *mizan.Panel) Provenance {
	units := len(p.Units)
	out := Provenance{Codes: p.Codes}
	for y := range p.Years {
		years, statuses, origins := make([][]int, len(p.Codes)), make([][]string, len(p.Codes)), make([][]int, len(p.Codes))
		for c := range p.Codes {
			years[c], statuses[c], origins[c] = make([]int, units), make([]string, units), make([]int, units)
			for u := range units {
				cell := p.Cell(y, c, u)
				years[c][u], statuses[c][u], origins[c][u] = int(cell.Year), cell.Status.String(), int(cell.Origin)
			}
		}
		out.Year = append(out.Year, years)
		out.Status = append(out.Status, statuses)
		out.Origin = append(out.Origin, origins)
	}
	return out
}

func coverage(r *Report) []YearCoverage {
	r = r.inside() // a figure that is withheld is there
	list := make([]YearCoverage, len(r.Years))
	for y, year := range r.Years {
		list[y] = YearCoverage{
			Year:       year,
			Units:      dataset.CoverageByUnit(r.Panel, r.Result.Indicators, y),
			Indicators: dataset.CoverageByIndicator(r.Panel, r.Result.Indicators, y),
		}
	}
	return list
}
