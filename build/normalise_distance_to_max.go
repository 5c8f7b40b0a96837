package build

import "mizan"

var normaliseDistanceToMax = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "distance-to-max",
		Summary: "One less the distance from the best unit, in ranges.",
		Formula: "1 - (max - d x) / (max - min); min and max of d x, d = direction; then onto [low, high]",
		Missing: "Stays missing and plays no part in min and max. If all values are equal there is no score.",
		Source:  handbook + ", step 5 (distance to a reference)",
		Options: []mizan.Option{toOption(1)},
	},
	Lowest: lowestOfTo,
	Mirror: endsOfTo,
	NewNormaliser: func(o Options) (Normaliser, error) {
		var n distanceToMax
		n.low, n.high = o.pair("to")
		return n, nil
	},
}

type distanceToMax struct{ low, high float64 }

func (n distanceToMax) FitNormalise(x []float64, direction int) (Transform, error) {
	lo, hi := directedRange(x, direction)
	if !(lo < hi) {
		return degenerate(directed(lo, direction))
	}
	return newLine(direction, lo, hi, n.low, n.high,
		Parameter{"best", directed(hi, direction)}, Parameter{"worst", directed(lo, direction)}), nil
}
