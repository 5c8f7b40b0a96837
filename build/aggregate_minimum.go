package build

import (
	"math"

	"mizan"
)

var aggregateMinimum = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "minimum",
		Summary: "The lowest child, which nothing makes up for.",
		Formula: "min x over the children of a weight above 0",
		Missing: withoutScore,
		Source:  means + " (the limit of the generalised mean)",
		Options: []mizan.Option{availabilityOption},
	},
	UnitByUnit:    true,
	NewAggregator: func(o Options) (Aggregator, error) { return minimum{o.number("min_available")}, nil },
}

type minimum struct{ least float64 }

func (m minimum) Aggregate(g *Group, out []float64) error {
	for u := range out {
		out[u] = math.NaN()
	}
	for i, x := range g.X {
		if !(g.W[i] > 0) {
			continue
		}
		for u, v := range x {
			if v < out[u] || out[u] != out[u] {
				out[u] = v
			}
		}
	}
	dropScarce(g, out, m.least)
	return nil
}

// Shares gives the whole score to the lowest child, the first of them if
// several are equal.
func (minimum) Shares(x, w []float64, score float64, out []float64) {
	given := false
	for i, v := range x {
		out[i] = 0
		switch {
		case v != v:
			out[i] = v
		case !given && w[i] > 0 && v == score:
			out[i], given = v, true
		}
	}
}
