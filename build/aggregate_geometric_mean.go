package build

import (
	"math"

	"mizan"
)

var aggregateGeometric = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "geometric-mean",
		Summary: "The weighted product: a low child is made up for only in part, and improving it pays most.",
		Formula: "exp(sum w ln x / sum w)",
		Missing: withoutScore + " A value that is not positive is an error.",
		Source:  handbook + ", step 6 (geometric aggregation); " + means,
		Options: []mizan.Option{availabilityOption},
	},
	NeedsPositive: always,
	UnitByUnit:    true,
	NewAggregator: func(o Options) (Aggregator, error) {
		return quasi{
			kind:  geometric,
			least: o.number("min_available"), forward: math.Log, back: math.Exp,
			refuses: func(x float64) bool { return x <= 0 },
			needs:   "the geometric mean is defined for positive values only", remedy: positiveRemedy,
			slope: func(float64) float64 { return 1 },
		}, nil
	},
}
