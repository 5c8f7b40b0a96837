package build

import (
	"math"

	"mizan"
)

var aggregateArithmetic = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "arithmetic-mean",
		Summary: "The weighted sum: a low child is made up for in full by a high one.",
		Formula: "sum w x / sum w",
		Missing: withoutScore,
		Source:  handbook + ", step 6 (additive aggregation); " + means,
		Options: []mizan.Option{availabilityOption},
	},
	UnitByUnit:    true,
	NewAggregator: func(o Options) (Aggregator, error) { return arithmetic{o.number("min_available")}, nil },
}

type arithmetic struct{ least float64 }

func (a arithmetic) Aggregate(g *Group, out []float64) error {
	weights := make([]float64, len(out))
	clear(out)
	for i, x := range g.X {
		w := g.W[i]
		if w == 0 {
			continue
		}
		for u, v := range x {
			if v == v {
				out[u] += float64(w * v)
				weights[u] += w
			}
		}
	}
	for u, w := range weights {
		if w == 0 {
			out[u] = math.NaN()
			continue
		}
		out[u] /= w
	}
	dropScarce(g, out, a.least)
	return nil
}

// Shares gives w x / sum w.
func (arithmetic) Shares(x, w []float64, _ float64, out []float64) {
	var weights float64
	for i, v := range x {
		if v == v {
			weights += w[i]
		}
	}
	for i, v := range x {
		out[i] = float64(w[i]*v) / weights
	}
}
