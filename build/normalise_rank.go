package build

import "mizan"

var normaliseRank = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "rank",
		Summary: "Replace each value by its rank from below, so that the best gets the most.",
		Formula: "1 + number of values below d x, d = direction (ties: min)",
		Missing: "Stays missing and counts for nothing.",
		Source:  handbook + ", step 5 (ranking)",
		Options: []mizan.Option{tiesOption},
	},
	NewNormaliser: func(o Options) (Normaliser, error) { return ranking{o.text("ties"), 0}, nil },
}

// ranking gives each value its rank less an offset.
type ranking struct {
	ties   string
	offset float64
}

func (n ranking) FitNormalise(x []float64, direction int) (Transform, error) {
	return newPlacing(x, direction, n.ties, func(r float64) float64 { return r - n.offset }), nil
}
