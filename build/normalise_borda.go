package build

import (
	"math"

	"mizan"
)

var normaliseBorda = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "borda",
		Summary: "Count the units that a unit surpasses.",
		Formula: "number of values below d x, d = direction (ties: min)",
		Missing: "Stays missing and counts for nothing.",
		Source:  "Borda (1784), Mémoire sur les élections au scrutin",
		Options: []mizan.Option{tiesOption},
	},
	Lowest: func(o Options) float64 {
		if o.text("ties") == "min" {
			return 0
		}
		return math.NaN()
	},
	NewNormaliser: func(o Options) (Normaliser, error) { return ranking{o.text("ties"), 1}, nil },
}
