package build

import (
	"math"

	"mizan"
)

var normaliseBorda = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "borda",
		Summary: "Count the units that a unit surpasses.",
		Formula: "number of values below d x, d = direction (ties: min); with to: that / (n - 1) (high - low) + low",
		Missing: "Stays missing and counts for nothing. With to, a single value has no score.",
		Source:  "Borda (1784), Mémoire sur les élections au scrutin",
		Options: []mizan.Option{tiesOption, rankToOption},
	},
	Lowest: func(o Options) float64 {
		switch {
		case o.text("ties") != "min":
			return math.NaN()
		case o.given("to"):
			return lowestOfTo(o)
		}
		return 0
	},
	Mirror:        endsOfTo,
	NewNormaliser: func(o Options) (Normaliser, error) { return newRanking(o, 1), nil },
}
