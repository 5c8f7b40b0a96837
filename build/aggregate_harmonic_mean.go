package build

import "mizan"

var aggregateHarmonic = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "harmonic-mean",
		Summary: "The mean of rates: a low child weighs still more than in the geometric mean.",
		Formula: "sum w / sum (w / x)",
		Missing: withoutScore + " A zero is an error; negative values are counted, but the result means little.",
		Source:  means,
		Options: []mizan.Option{availabilityOption},
	},
	NeedsPositive: always,
	UnitByUnit:    true,
	NewAggregator: func(o Options) (Aggregator, error) {
		inverse := func(x float64) float64 { return 1 / x }
		return quasi{
			kind:  "harmonic",
			least: o.number("min_available"), forward: inverse, back: inverse,
			refuses: func(x float64) bool { return x == 0 },
			needs:   "the harmonic mean is not defined where a value is zero", remedy: positiveRemedy,
			slope: inverse,
		}, nil
	},
}
