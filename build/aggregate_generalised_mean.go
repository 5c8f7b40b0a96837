package build

import (
	"fmt"
	"math"

	"mizan"
)

var aggregateGeneralised = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "generalised-mean",
		Summary: "The power mean: exponent 1 is arithmetic, -1 harmonic, near 0 geometric; the lower, the less a low child is made up for.",
		Formula: "(sum w x^p / sum w)^(1/p), p = exponent",
		Missing: withoutScore + " A negative value is an error (except for exponent 1), and a zero for a negative exponent.",
		Source:  means,
		Options: []mizan.Option{
			{Name: "exponent", Kind: mizan.NumberOption, Required: true, Summary: "the exponent p, not 0"},
			availabilityOption,
		},
	},
	NeedsPositive: func(o Options) bool { return o.number("exponent") < 0 },
	UnitByUnit:    true,
	NewAggregator: newGeneralised,
}

func newGeneralised(o Options) (Aggregator, error) {
	p := o.number("exponent")
	if p == 0 {
		return nil, &OptionError{"bad-option", "exponent", "there is no generalised mean with exponent 0", "use geometric-mean, which is its limit"}
	}
	if p == 1 {
		return arithmetic{o.number("min_available")}, nil
	}
	power := func(x float64) float64 { return math.Pow(x, p) }
	q := quasi{
		kind:  fmt.Sprintf("power %v", p),
		least: o.number("min_available"), forward: power, back: func(y float64) float64 { return math.Pow(y, 1/p) },
		refuses: func(x float64) bool { return x < 0 },
		needs:   "the generalised mean is not defined where a value is negative", remedy: positiveRemedy,
		slope: power,
	}
	if p < 0 {
		q.refuses = func(x float64) bool { return x <= 0 }
		q.needs = "the generalised mean with a negative exponent is defined for positive values only"
	}
	return q, nil
}
