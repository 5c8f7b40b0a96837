package build

import (
	"math"

	"mizan"
)

// availabilityOption is the data threshold of every aggregation.
var availabilityOption = mizan.Option{
	Name: "min_available", Kind: mizan.NumberOption, Default: 0.0, Min: new(0.0), Max: new(1.0),
	Summary: "a unit with values for a smaller share of the children than this gets no score",
}

// withoutScore is the rule for missing values of every aggregation.
const withoutScore = "A child without a value is left out and the weights of the others count alone; " +
	"a unit gets no score if no child has a value, or fewer than min_available of them."

func always(Options) bool { return true }

// dropScarce takes the score from units that have values for a smaller share
// of the children than least. The quotient of counts is rounded once, as least
// was, so that exactly the share asked for is enough.
func dropScarce(g *Group, out []float64, least float64) {
	if !(least > 0) {
		return
	}
	have := make([]int, len(out))
	for _, x := range g.X {
		for u, v := range x {
			if v == v {
				have[u]++
			}
		}
	}
	for u, n := range have {
		if float64(n)/float64(len(g.X)) < least {
			out[u] = math.NaN()
		}
	}
}

// geometric is the kind of the geometric mean.
const geometric = "geometric"

// quasi is a weighted mean of transformed values: g(sum w f(x) / sum w).
type quasi struct {
	kind    string  // quasi of the same kind are the same mean
	least   float64 // min_available
	forward func(x float64) float64
	back    func(y float64) float64
	// refuses says for which values the mean is not defined; nil = for none.
	refuses       func(x float64) bool
	needs, remedy string
	// slope is x f'(x) up to a constant factor; a child's share of the score
	// is in proportion to w times it.
	slope func(x float64) float64
}

func (q quasi) Aggregate(g *Group, out []float64) error {
	weights := make([]float64, len(out))
	clear(out)
	var bad *BadValue
	for i, x := range g.X {
		w := g.W[i]
		if w == 0 {
			continue
		}
		for u, v := range x {
			if v != v {
				continue
			}
			if q.refuses != nil && q.refuses(v) {
				bad = refuse(bad, g, i, u, q.needs, q.remedy)
				continue
			}
			out[u] += float64(w * q.forward(v))
			weights[u] += w
		}
	}
	if bad != nil {
		return bad
	}
	for u, w := range weights {
		out[u] = q.back(out[u] / w)
		if w == 0 {
			out[u] = math.NaN()
		}
	}
	dropScarce(g, out, q.least)
	return nil
}

// refuse notes the first bad value and counts the others.
func refuse(bad *BadValue, g *Group, child, unit int, needs, remedy string) *BadValue {
	if bad != nil {
		bad.More++
		return bad
	}
	return &BadValue{
		ID: "not-positive", Row: unit, Value: g.X[child][unit], Needs: needs, Remedy: remedy,
		Unit: g.Units[unit], Code: g.Children[child],
	}
}

func (q quasi) Shares(x, w []float64, score float64, out []float64) {
	var sum float64
	for i, v := range x {
		out[i] = math.NaN()
		if v != v {
			continue
		}
		out[i] = 0
		if w[i] != 0 {
			out[i] = float64(w[i] * q.slope(v))
			sum += out[i]
		}
	}
	for i := range out {
		out[i] = out[i] / sum * score
	}
}

const positiveRemedy = "normalise to a range above 0, such as `to: [1, 100]`, or use arithmetic-mean"
