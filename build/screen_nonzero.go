package build

import "mizan"

var screenNonzero = Entry{
	Method: mizan.Method{
		Stage: mizan.Screen, Name: "nonzero",
		Summary: "Keep the units of whose values enough are not zero.",
		Formula: "keep if values that are not zero / values >= min_nonzero",
		Missing: "Missing values do not count; a unit without any value is removed.",
		Source:  coinTool,
		Options: []mizan.Option{minNonzero, screenOn, screenForce},
	},
	NewScreener: func(o Options) (Screener, error) { return newShares(o, false, true) },
}
