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
		Summary: "The value in the middle of the weights, interpolated between the two children next to it.",
		Formula: "x at which the cumulated weights (each child's counted to its half) reach one half of their sum; of equal children the lighter stands first",
		Missing: withoutScore,
		Source:  "Edgeworth (1888), On a new method of reducing observations; interpolated as in matrixStats (Bengtsson)",
		Options: []mizan.Option{availabilityOption},
	},
	NewAggregator: func(o Options) (Aggregator, error) { return median{o.number("min_available")}, nil },
}

type median struct{ least float64 }

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
		left, right, t := middle(scratch)
		out[u] = math.NaN()
		if right.at >= 0 {
			out[u] = left.x + float64(t*(right.x-left.x))
		}
	}
	dropScarce(g, out, m.least)
	return nil
}

// middle finds the two children between which the middle of the weights lies,
// and how far from the first to the second; right.at is -1 if there are none.
// It sorts its argument; of equal children the lighter one stands first, so
// that the order of the children plays no part.
func middle(s []weighted) (left, right weighted, t float64) {
	s = slices.DeleteFunc(s, func(c weighted) bool { return c.x != c.x || !(c.w > 0) })
	slices.SortFunc(s, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.w, b.w), cmp.Compare(a.at, b.at))
	})
	var sum float64
	for _, c := range s {
		sum += c.w
	}
	left.at, right.at = -1, -1
	var before float64 // weights cumulated up to the middle of the last child
	var cumulated float64
	for _, c := range s {
		here := cumulated + c.w/2
		cumulated += c.w
		if here >= sum/2 {
			if left.at < 0 || here == sum/2 {
				return c, c, 0
			}
			return left, c, (sum/2 - before) / (here - before)
		}
		left, before = c, here
	}
	return left, left, 0
}

// Shares divides the score between the two children next to the middle.
func (median) Shares(x, w []float64, _ float64, out []float64) {
	s := make([]weighted, len(x))
	for i, v := range x {
		out[i] = 0
		if v != v {
			out[i] = v
		}
		s[i] = weighted{v, w[i], i}
	}
	left, right, t := middle(s)
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
