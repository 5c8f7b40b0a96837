package build

import "mizan"

var screenCoverage = Entry{
	Method: mizan.Method{
		Stage: mizan.Screen, Name: "coverage",
		Summary: "Keep the units that have values for enough of the indicators.",
		Formula: "keep if values / indicators >= min_coverage",
		Missing: "Missing values are what is counted; a zero is a value.",
		Source:  coinTool + "; " + handbook + ", step 2",
		Options: []mizan.Option{minCoverage, screenOn, screenForce},
	},
	NewScreener: func(o Options) (Screener, error) { return newShares(o, true, false) },
}
