package build

import (
	"math"

	"mizan"
)

var normalisePercentileRank = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "percentile-rank",
		Summary: "The share of the other units that a unit surpasses.",
		Formula: "(rank - 1) / (n - 1) (high - low) + low; rank from below among the n values",
		Missing: "Stays missing and counts for nothing. A single value has no rank among others, so there is no score.",
		Source:  handbook + ", step 5",
		Options: []mizan.Option{tiesOption, toOption(1)},
	},
	Lowest: func(o Options) float64 {
		if o.text("ties") == "min" {
			return lowestOfTo(o)
		}
		return math.NaN()
	},
	Mirror: endsOfTo,
	NewNormaliser: func(o Options) (Normaliser, error) {
		p := percentile{ties: o.text("ties")}
		p.low, p.high = o.pair("to")
		return p, nil
	},
}

type percentile struct {
	ties      string
	low, high float64
}

func (n percentile) FitNormalise(x []float64, direction int) (Transform, error) {
	p := newPlacing(x, direction, n.ties, nil)
	others := float64(len(p.sorted) - 1)
	switch {
	case others < 0:
		return degenerate(math.NaN())
	case others == 0:
		return degenerate(x[first(x)])
	}
	p.rank = func(r float64) float64 {
		// A new value above all others stands no higher than the highest.
		return float64(min(1, (r-1)/others)*(n.high-n.low)) + n.low
	}
	return p, nil
}

// first is the position of the first value that is not missing.
func first(x []float64) int {
	for i, v := range x {
		if v == v {
			return i
		}
	}
	return -1
}
