package audit

import (
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// fixed are the methods of normalisation that do not depend on the year's own
// figures.
var fixed = []string{"goalposts", "scaled", "none"}

// trends follow scores, ranks and raw figures over the years of the panel.
func (a *auditor) trends() {
	r := a.result
	if len(r.Years) < 2 {
		a.check.Note = "the project has one year"
		return
	}
	t := &Trends{From: r.Years[0], To: r.Years[len(r.Years)-1], Units: a.unitTrends(), Indicators: a.indicatorTrends(), Stability: a.stability()}
	a.out.Trends = t
	a.check.Looked++
	over := "year"
	for _, o := range a.spec.Build.Normalise.Options {
		if s, ok := o.Value.(string); ok && o.Name == "over" {
			over = s
		}
	}
	if method := a.spec.Build.Normalise.Method; over == "year" && !slices.Contains(fixed, method) {
		a.find("years-not-comparable", about{code: a.code(a.top()), figure: math.NaN()},
			"%s is fitted to each year apart, so that scores of different years cannot be compared", method)
	}
	if a.y == 0 {
		return
	}
	top := a.top()
	before, now := r.Ranks.Column(a.y-1, top), r.Ranks.Column(a.y, top)
	for u, code := range r.Units {
		d := math.Abs(now[u] - before[u])
		if d != d {
			continue
		}
		a.check.Looked++
		if d >= float64(a.places()) {
			a.find("rank-jump", about{unit: code, code: a.code(top), year: a.year(), figure: d},
				"%s is %.0f in %d and was %.0f in %d", code, now[u], r.Years[a.y], before[u], r.Years[a.y-1])
		}
	}
}

// over is a cell's values year by year.
func over(t *mizan.Table, code, unit int) []float64 {
	x := make([]float64, len(t.Years))
	for y := range x {
		x[y] = t.At(y, code, unit)
	}
	return x
}

func (a *auditor) times() []float64 {
	t := make([]float64, len(a.result.Years))
	for y, year := range a.result.Years {
		t[y] = float64(year)
	}
	return t
}

func (a *auditor) unitTrends() []UnitTrend {
	r, top, times := a.result, a.top(), a.times()
	list := make([]UnitTrend, len(r.Units))
	for u, code := range r.Units {
		x := over(r.Scores, top, u)
		row := UnitTrend{
			Unit: code, Available: mizan.Number(float64(stat.Count(x)) / float64(len(x))),
			CAGR: mizan.Number(stat.CAGR(times, x)), Change: mizan.Number(stat.PercentChange(times, x)),
			FirstRank: mizan.Number(math.NaN()), LastRank: mizan.Number(math.NaN()),
		}
		for y, v := range x {
			if v != v {
				continue
			}
			rank := mizan.Number(r.Ranks.At(y, top, u))
			if row.First == 0 {
				row.First, row.FirstRank = r.Years[y], rank
			}
			row.Last, row.LastRank = r.Years[y], rank
		}
		list[u] = row
	}
	return list
}

func (a *auditor) indicatorTrends() []IndicatorTrend {
	r, times := a.result, a.times()
	list := make([]IndicatorTrend, len(r.Indicators))
	for c, code := range r.Indicators {
		var growth, change []float64
		there := 0
		for u := range r.Units {
			x := over(r.Raw, c, u)
			n := stat.Count(x)
			there += n
			if n < 2 {
				continue
			}
			list[c].Units++
			growth, change = append(growth, stat.CAGR(times, x)), append(change, stat.PercentChange(times, x))
		}
		list[c].Code = code
		list[c].Available = mizan.Number(float64(there) / float64(len(times)*len(r.Units)))
		list[c].CAGR, list[c].Change = mizan.Number(stat.Median(growth)), mizan.Number(stat.Median(change))
	}
	return list
}

// stability sets the ranking of every year beside that of the year before.
func (a *auditor) stability() []YearStability {
	r, top := a.result, a.top()
	list := []YearStability{}
	for y := 1; y < len(r.Years); y++ {
		before, now := r.Ranks.Column(y-1, top), r.Ranks.Column(y, top)
		row := YearStability{Year: r.Years[y], Spearman: mizan.Number(stat.Spearman(before, now))}
		sum, n := 0.0, 0
		for u := range r.Units {
			d := math.Abs(now[u] - before[u])
			if d != d {
				continue
			}
			sum, n = sum+d, n+1
			if d >= float64(a.places()) {
				row.Jumps++
			}
		}
		row.Mean = mizan.Number(sum / float64(n))
		list = append(list, row)
	}
	return list
}
