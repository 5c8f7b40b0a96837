package build

import (
	"slices"

	"mizan"
	"mizan/stat"
)

var aggregatePromethee = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "promethee-ii",
		Summary: "Net flows: how much a unit is preferred to the others, less how much they are preferred to it, child by child; from -1 to 1.",
		Formula: "sum w f / sum w, f(u) = sum_v (P(x_u - x_v) - P(x_v - x_u)) / (k-1) over the k units with a value;\n" +
			"usual: P(d) = 1 where d > 0, else 0;\n" +
			"linear: P(d) = (d - q) / (p - q) between q = indifference and p = preference, 0 below and 1 above",
		Missing: withoutScore + " A child that one unit alone has gives 0.",
		Source:  "Brans and Vincke (1985), A preference ranking organisation method, Management Science 31",
		Options: []mizan.Option{
			{
				Name: "criterion", Kind: mizan.ChoiceOption, Default: "usual", Choices: []string{"usual", "linear"},
				Summary: "usual: any difference is full preference; linear: preference grows with the difference",
			},
			{
				Name: "indifference", Kind: mizan.NumberOption, Default: 0.0, Min: new(0.0),
				Summary: "linear: differences up to this do not count, on the scale of the children",
			},
			{
				Name: "preference", Kind: mizan.NumberOption, Min: new(0.0),
				Summary: "linear: differences from this on count in full, on the scale of the children",
			},
			availabilityOption,
		},
	},
	Mirror:        func(Options) float64 { return 0 },
	NewAggregator: newPromethee,
}

func newPromethee(o Options) (Aggregator, error) {
	q, p := o.number("indifference"), o.number("preference")
	linear := o.text("criterion") == "linear"
	switch {
	case linear && !o.given("preference"):
		return nil, &OptionError{
			"missing-option", "preference", "the linear criterion needs the option preference",
			"give the difference from which on one unit is preferred in full, such as preference: 20",
		}
	case linear && !(q < p):
		return nil, &OptionError{"bad-option", "preference", "preference must be greater than indifference", "give a greater preference"}
	case !linear && (q != 0 || o.given("preference")):
		return nil, &OptionError{"bad-option", "criterion", "indifference and preference belong to the linear criterion", "give criterion: linear, or take them away"}
	case linear:
		return byChild{o.number("min_available"), func(out, x []float64, _ int) { linearFlows(out, x, q, p) }}, nil
	}
	return byChild{o.number("min_available"), usualFlows}, nil
}

// usualFlows are the net flows of one child by the usual criterion.
func usualFlows(out, x []float64, _ int) {
	stat.Ranks(out, x, stat.TiesAverage)
	n := float64(stat.Count(x))
	for u, r := range out {
		out[u] = (2*r - n - 1) / max(n-1, 1)
	}
}

// linearFlows are the net flows of one child by the linear criterion. Values
// are sorted, so that those that are far enough below or above, and those
// within the slope, are ranges of which sums are known.
func linearFlows(out, x []float64, q, p float64) {
	s := stat.Present(nil, x)
	slices.Sort(s)
	n := len(s)
	// Sums from the middle value on, so that little is lost by cancelling.
	var origin float64
	if n > 0 {
		origin = s[n/2]
	}
	upTo := make([]float64, n+1)
	for k, v := range s {
		upTo[k+1] = upTo[k] + (v - origin)
	}
	for u, v := range x {
		if v != v {
			out[u] = v
			continue
		}
		at := func(limit float64) int { k, _ := slices.BinarySearch(s, limit); return k }
		full, some := at(v-p), at(v-q)
		slope := float64(float64(some-full)*(v-q-origin)) - (upTo[some] - upTo[full])
		flow := float64(full) + slope/(p-q)
		none, part := at(v+q), at(v+p)
		slope = (upTo[part] - upTo[none]) - float64(float64(part-none)*(v+q-origin))
		flow -= float64(n-part) + slope/(p-q)
		out[u] = flow / float64(max(n-1, 1))
	}
}
