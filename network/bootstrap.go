package network

import (
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// poissonOf draws a Poisson variable with a mean: below 30 by multiplying
// uniforms, above by transformed rejection.
//
// Source: Knuth (1969), The art of computer programming, 3.4.1; Hörmann (1993),
// The transformed rejection method for generating Poisson random variables.
func poissonOf(mean float64, s *stat.Stream) float64 {
	if mean < 30 {
		limit, product := math.Exp(-mean), 1.0
		for n := 0.0; ; n++ {
			if product *= s.Uniform(); product <= limit {
				return n
			}
		}
	}
	root, log := math.Sqrt(mean), math.Log(mean)
	b := 0.931 + 2.53*root
	a := -0.059 + 0.02483*b
	alpha := 1.1239 + 1.1328/(b-3.4)
	most := 0.9277 - 3.6224/(b-2)
	for {
		u, v := s.Uniform()-0.5, s.Uniform()
		us := 0.5 - math.Abs(u)
		k := math.Floor((2*a/us+b)*u + mean + 0.43)
		if us >= 0.07 && v <= most {
			return k
		}
		if k < 0 || us < 0.013 && v > us {
			continue
		}
		gamma, _ := math.Lgamma(k + 1)
		if math.Log(v)+math.Log(alpha)-math.Log(a/(us*us)+b) <= k*log-mean-gamma {
			return k
		}
	}
}

// redrawn are the ties as they might have been: each weight drawn anew as a
// count of independent events with the weight for its mean.
func redrawn(ties []mizan.Tie, s *stat.Stream) []mizan.Tie {
	out := slices.Clone(ties)
	for i := range out {
		out[i].Weight = poissonOf(out[i].Weight, s)
	}
	return out
}

// intervals draws the ties anew as often as the options say, and gives every
// metric of the units and every index of the groups the interval in which 90 %
// of the draws lie. Draw k has its own stream, so that the number of workers
// changes nothing.
func (a *analysis) intervals(r *Result) {
	draws := a.options.Draws
	if draws < 1 || r.Links == 0 {
		return
	}
	ties := a.links(r.Year)
	n := r.graph.N
	metrics, groups := len(r.Metrics), len(r.Groups)
	width := metrics*n + 2*groups
	table := make([]float64, draws*width) // [draw][value]
	stat.InParallel(draws, func(k int) {
		g := NewGraph(n, r.graph.Directed, redrawn(ties, stat.NewStream(a.options.Seed, forBootstrap, uint64(k))), r.Threshold)
		row := table[k*width : (k+1)*width]
		for m := range r.Metrics {
			copy(row[m*n:], r.Metrics[m].value(g))
		}
		for i, in := range a.members {
			within, across, links, crossing := g.ties(in)
			row[metrics*n+2*i], row[metrics*n+2*i+1] = EI(within, across), EI(float64(links), float64(crossing))
		}
	})
	column := make([]float64, draws)
	bounds := func(at int) (low, high float64) {
		for k := range column {
			column[k] = table[k*width+at]
		}
		return stat.Quantile(column, 0.05), stat.Quantile(column, 0.95)
	}
	for m := range r.Metrics {
		v := &r.Metrics[m]
		v.Low, v.High = make(mizan.Column, n), make(mizan.Column, n)
		for i := range n {
			v.Low[i], v.High[i] = bounds(m*n + i)
		}
	}
	for i := range r.Groups {
		for j, to := range []*Interval{&r.Groups[i].EI, &r.Groups[i].EILinks} {
			low, high := bounds(metrics*n + 2*i + j)
			to.Low, to.High = mizan.Number(low), mizan.Number(high)
		}
	}
	r.Draws = draws
}
