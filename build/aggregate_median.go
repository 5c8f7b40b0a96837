package build

import (
	"cmp"
	"math"
	"slices"

	"mizan"
)

var aggregateMedian = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "median",
		Summary: "The child in the middle of the weights, so that no child far off moves the score.",
		Formula: "the least x such that the children up to it have at least half of the sum of weights; " +
			"if they have exactly half, the mean of it and the next",
		Missing: withoutScore,
		Source:  "Edgeworth (1888), On a new method of reducing observations; interpolated: matrixStats (Bengtsson)",
		Options: []mizan.Option{
			{
				Name: "interpolate", Kind: mizan.BoolOption, Default: false,
				Summary: "whether to interpolate between the middles of the weights, as R's matrixStats does; with unequal weights a better child can then lower the score",
			},
			availabilityOption,
		},
	},
	UnitByUnit: true,
	NewAggregator: func(o Options) (Aggregator, error) {
		return median{o.number("min_available"), o.flag("interpolate")}, nil
	},
}

type median struct {
	least       float64
	interpolate bool
}

// weighted is a child's value with its weight and position.
type weighted struct {
	x, w float64
	at   int
}

func (m median) Aggregate(g *Group, out []float64) error {
	scratch := make([]weighted, 0, len(g.X))
	for u := range out {
		scratch = scratch[:0]
		for i, x := range g.X {
			scratch = append(scratch, weighted{x[u], g.W[i], i})
		}
		left, right, t := m.middle(scratch)
		out[u] = math.NaN()
		if right.at >= 0 {
			out[u] = left.x + float64(t*(right.x-left.x))
		}
	}
	dropScarce(g, out, m.least)
	return nil
}

// middle finds the two children between which the middle of the weights lies,
// and how far it is from the first to the second; right.at is -1 if there are
// none. It sorts its argument; of equal children the lighter one stands first,
// so that the order of the children plays no part.
func (m median) middle(s []weighted) (left, right weighted, t float64) {
	s = slices.DeleteFunc(s, func(c weighted) bool { return c.x != c.x || !(c.w > 0) })
	slices.SortFunc(s, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.w, b.w), cmp.Compare(a.at, b.at))
	})
	var half float64
	for _, c := range s {
		half += c.w / 2
	}
	if m.interpolate {
		return between(s, half)
	}
	var sum float64
	for i, c := range s {
		sum += c.w
		// Sums of weights such as 0.1 and 0.2 miss their half by a rounding.
		if math.Abs(sum-half) <= 1e-12*half && i+1 < len(s) {
			return c, s[i+1], 0.5
		}
		if sum > half {
			return c, c, 0
		}
	}
	return weighted{at: -1}, weighted{at: -1}, 0
}

// between finds the two children whose middles of weight lie before and after
// one half of all weight.
func between(s []weighted, half float64) (left, right weighted, t float64) {
	left.at, right.at = -1, -1
	var sum, before float64
	for _, c := range s {
		here := sum + c.w/2
		sum += c.w
		if here >= half {
			if left.at < 0 || here == half {
				return c, c, 0
			}
			return left, c, (half - before) / (here - before)
		}
		left, before = c, here
	}
	return left, left, 0
}

// Shares divides the score between the two children next to the middle.
func (m median) Shares(x, w []float64, _ float64, out []float64) {
	s := make([]weighted, len(x))
	for i, v := range x {
		out[i] = 0
		if v != v {
			out[i] = v
		}
		s[i] = weighted{v, w[i], i}
	}
	left, right, t := m.middle(s)
	if right.at < 0 {
		return
	}
	if left.at == right.at {
		out[right.at] = right.x
		return
	}
	out[left.at] = left.x * (1 - t)
	out[right.at] = right.x * t
}
