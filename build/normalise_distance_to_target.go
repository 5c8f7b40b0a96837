package build

import "mizan"

var normaliseDistanceToTarget = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "distance-to-target",
		Summary: "The share of the way from the worst unit to a target that a unit has gone.",
		Formula: "(x - min) / (target - min) for direction 1, (max - x) / (max - target) for -1; then onto [low, high]",
		Missing: "Stays missing and plays no part in min and max.",
		Source:  handbook + ", step 5 (distance to a reference)",
		Options: []mizan.Option{
			{Name: "target", Kind: mizan.NumberOption, Required: true, Summary: "the target, in the indicator's own measure; it must be better than the worst value"},
			{Name: "cap", Kind: mizan.BoolOption, Default: false, Summary: "whether a unit beyond the target gets no more than the target"},
			toOption(1),
		},
	},
	Lowest: lowestOfTo,
	Mirror: endsOfTo,
	NewNormaliser: func(o Options) (Normaliser, error) {
		n := distanceToTarget{target: o.number("target"), cap: o.flag("cap")}
		n.low, n.high = o.pair("to")
		return n, nil
	},
}

type distanceToTarget struct {
	target    float64
	cap       bool
	low, high float64
}

func (n distanceToTarget) FitNormalise(x []float64, direction int) (Transform, error) {
	lo, _ := directedRange(x, direction)
	if lo != lo {
		return degenerate(lo)
	}
	worst, target := directed(lo, direction), directed(n.target, direction)
	if !(lo < target) {
		return nil, badReference("target", "the target %s is no better than the worst value, %s",
			"give a target that lies beyond the worst value, or use goalposts", figure(n.target), figure(worst))
	}
	l := newLine(direction, lo, target, n.low, n.high, Parameter{"worst", worst}, Parameter{"target", n.target})
	if n.cap {
		l.ceiling = n.high
	}
	return l, nil
}
