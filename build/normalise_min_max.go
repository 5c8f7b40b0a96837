package build

import (
	"math"

	"mizan"
)

var normaliseMinMax = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "min-max",
		Summary: "Map the lowest value to one score and the highest to another, in a straight line.",
		Formula: "(d x - min) / (max - min) (high - low) + low; min and max of d x, d = direction",
		Missing: "Stays missing and plays no part in min and max. If all values are equal there is no score.",
		Source:  handbook + ", step 5",
		Options: []mizan.Option{
			toOption(100),
			{Name: "min", Kind: mizan.NumberOption, Summary: "the low end, in the indicator's own measure, in place of the lowest value"},
			{Name: "max", Kind: mizan.NumberOption, Summary: "the high end, in the indicator's own measure, in place of the highest value"},
		},
	},
	Lowest: func(o Options) float64 {
		if o.given("min") || o.given("max") {
			return math.NaN()
		}
		return lowestOfTo(o)
	},
	Mirror: endsOfTo,
	NewNormaliser: func(o Options) (Normaliser, error) {
		n := minMax{min: o.number("min"), max: o.number("max")}
		n.low, n.high = o.pair("to")
		if n.min >= n.max {
			return nil, badReference("max", "the max %s is not above the min %s", "swap them", figure(n.max), figure(n.min))
		}
		return n, nil
	},
}

type minMax struct{ min, max, low, high float64 } // min and max NaN if not given

func (n minMax) FitNormalise(x []float64, direction int) (Transform, error) {
	lo, hi := directedRange(x, 1)
	if lo != lo {
		return degenerate(lo)
	}
	spread := lo < hi
	if n.min == n.min {
		lo = n.min
	}
	if n.max == n.max {
		hi = n.max
	}
	if !(lo < hi) {
		if !spread && n.min != n.min && n.max != n.max {
			return degenerate(lo)
		}
		return allMissing{}, learnsNothing("no-spread", noRange.Say("low", figure(lo), "high", figure(hi)))
	}
	a, b := lo, hi
	if direction < 0 {
		a, b = -hi, -lo
	}
	return newLine(direction, a, b, n.low, n.high, Parameter{"min", lo}, Parameter{"max", hi},
		Parameter{"low", n.low}, Parameter{"high", n.high}), nil
}
