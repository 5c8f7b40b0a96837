package build

import (
	"cmp"
	"math"
	"slices"

	"mizan"
)

var aggregateOrdered = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "ordered-weighted-average",
		Summary: "Weights by place and not by name: so much for a unit's best child, so much for its second best, down to its worst.",
		Formula: "sum_j (Q(s_j) - Q(s_{j-1})) x_(j), x_(1) >= x_(2) >= …, s_j = the share of the weights of the j best children;\n" +
			"Q(k/n) = the sum of the first k of n order weights, which are rescaled, and linear between; or Q(s) = s^exponent.\n" +
			"With equal weights and an order weight per child: the sum of order weight j times the j-th best child",
		Missing: withoutScore + " The order weights stretch over the children that have one.",
		Source:  "Yager (1988), On ordered weighted averaging aggregation operators in multicriteria decisionmaking; with weights of the children: Torra (1997), The weighted OWA operator",
		Options: []mizan.Option{
			{
				Name: "order_weights", Kind: mizan.ListOption, Min: new(0.0),
				Summary: "the weights by place, of the best child first; as many as there are children, or any number, which is then stretched",
			},
			{
				Name: "exponent", Kind: mizan.NumberOption, Min: new(0.0),
				Summary: "in place of order_weights: 1 is the arithmetic mean, above 1 leans to the worst children, below 1 to the best",
			},
			availabilityOption,
		},
	},
	UnitByUnit:    true,
	NewAggregator: newOrdered,
}

func newOrdered(o Options) (Aggregator, error) {
	list := o.list("order_weights")
	switch {
	case list == nil && !o.given("exponent"):
		return nil, &OptionError{"missing-option", "order_weights", "the order weights are not given", "give order_weights, such as [1, 2, 3], or exponent, such as 2"}
	case list != nil && o.given("exponent"):
		return nil, &OptionError{"bad-option", "exponent", "order_weights and exponent are both given", "keep one"}
	case list == nil:
		p := o.number("exponent")
		return ordered{o.number("min_available"), func(s float64) float64 { return math.Pow(s, p) }}, nil
	}
	upTo := make([]float64, len(list)+1)
	for k, w := range list {
		upTo[k+1] = upTo[k] + w
	}
	total := upTo[len(list)]
	if total == 0 {
		return nil, &OptionError{"bad-option", "order_weights", "all order weights are 0", "give at least one above 0"}
	}
	return ordered{o.number("min_available"), func(s float64) float64 {
		at := s * float64(len(list))
		k := min(int(at), len(list)-1)
		return (upTo[k] + float64((at-float64(k))*list[k])) / total
	}}, nil
}

// ordered is a mean by place; quantifier is Q, which rises from 0 to 1.
type ordered struct {
	least      float64
	quantifier func(s float64) float64
}

func (a ordered) Aggregate(g *Group, out []float64) error {
	s := make([]weighted, 0, len(g.X))
	for u := range out {
		s = s[:0]
		for i, x := range g.X {
			s = append(s, weighted{x[u], g.W[i], i})
		}
		out[u] = math.NaN()
		a.places(s, func(c weighted, share float64) {
			if out[u] != out[u] {
				out[u] = 0
			}
			out[u] += float64(share * c.x)
		})
	}
	dropScarce(g, out, a.least)
	return nil
}

// places calls f with every child that counts, the best first, and the weight
// of its place. It sorts its argument; of equal children the first stands
// first, which does not change the mean.
func (a ordered) places(s []weighted, f func(c weighted, share float64)) {
	s = slices.DeleteFunc(s, func(c weighted) bool { return c.x != c.x || !(c.w > 0) })
	slices.SortFunc(s, func(a, b weighted) int { return cmp.Or(cmp.Compare(b.x, a.x), cmp.Compare(a.at, b.at)) })
	var total, sum, before float64
	for _, c := range s {
		total += c.w
	}
	for _, c := range s {
		sum += c.w
		here := a.quantifier(sum / total)
		f(c, here-before)
		before = here
	}
}

// Shares gives each child the weight of its place times its value.
func (a ordered) Shares(x, w []float64, _ float64, out []float64) {
	s := make([]weighted, len(x))
	for i, v := range x {
		out[i] = 0
		if v != v {
			out[i] = v
		}
		s[i] = weighted{v, w[i], i}
	}
	a.places(s, func(c weighted, share float64) { out[c.at] = float64(share * c.x) })
}
