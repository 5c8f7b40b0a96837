package build

import (
	"math"

	"mizan"
)

var normaliseRank = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "rank",
		Summary: "Replace each value by its rank from below, so that the best gets the most.",
		Formula: "1 + number of values below d x, d = direction (ties: min); with to: (rank - 1) / (n - 1) (high - low) + low",
		Missing: "Stays missing and counts for nothing. With to, a single value has no score.",
		Source:  handbook + ", step 5 (ranking)",
		Options: []mizan.Option{tiesOption, rankToOption},
	},
	Lowest: func(o Options) float64 {
		if o.text("ties") == "min" {
			return lowestOfTo(o)
		}
		return math.NaN()
	},
	Mirror:        endsOfTo,
	NewNormaliser: func(o Options) (Normaliser, error) { return newRanking(o, 0), nil },
}

// newRanking gives ranks less an offset, or ranks mapped onto an interval.
func newRanking(o Options, offset float64) Normaliser {
	if !o.given("to") {
		return ranking{o.text("ties"), offset}
	}
	p := percentile{ties: o.text("ties")}
	p.low, p.high = o.pair("to")
	return p
}

// ranking gives each value its rank less an offset.
type ranking struct {
	ties   string
	offset float64
}

func (n ranking) FitNormalise(x []float64, direction int) (Transform, error) {
	return newPlacing(x, direction, n.ties, func(r float64) float64 { return r - n.offset }), nil
}
