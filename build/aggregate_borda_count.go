package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var aggregateBorda = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "borda-count",
		Summary: "Each child is a voter that ranks the units: a point for each unit that is worse, weighted.",
		Formula: "sum w b / sum w, b = the number of units with a lower value + half of that with the same value,\n" +
			"times (n-1) / (k-1) where only k of the n units have a value",
		Missing: withoutScore + " A child that one unit alone has ranks nobody and gives (n-1)/2.",
		Source:  "Borda (1784), Mémoire sur les élections au scrutin; OECD/JRC (2008), step 6",
		Options: []mizan.Option{availabilityOption},
	},
	Mirror:        func(Options) float64 { return math.NaN() },
	NewAggregator: func(o Options) (Aggregator, error) { return byChild{o.number("min_available"), bordaPoints}, nil },
}

// bordaPoints are the points of one child, 0 to units-1.
func bordaPoints(out, x []float64, units int) {
	stat.Ranks(out, x, stat.TiesAverage)
	n, k := float64(units-1), float64(stat.Count(x)-1)
	for u, r := range out {
		switch {
		case k > 0:
			out[u] = (r - 1) * n / k
		case r == r:
			out[u] = n / 2
		default:
			out[u] = math.NaN()
		}
	}
}
