package build

import "mizan"

var screenCoverageAndNonzero = Entry{
	Method: mizan.Method{
		Stage: mizan.Screen, Name: "coverage-and-nonzero",
		Summary: "Keep the units that have values for enough of the indicators, of which enough are not zero.",
		Formula: "keep if values / indicators >= min_coverage and values that are not zero / values >= min_nonzero",
		Missing: "Missing values count against the coverage; a unit without any value is removed.",
		Source:  coinTool,
		Options: []mizan.Option{minCoverage, minNonzero, screenOn, screenForce},
	},
	NewScreener: func(o Options) (Screener, error) { return newShares(o, true, true) },
}
