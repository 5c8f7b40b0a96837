package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var weighEntropy = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "entropy",
		Summary: "Weights by how unevenly each child is spread over the units: one that is the same everywhere tells nothing and gets 0.",
		Formula: "w_i = d_i / sum d, d_i = 1 + (1 / ln n) sum p ln p, p = x / sum x over the n units with a value",
		Missing: "Each child is looked at in the units that have it. " + missingChildren + " A negative value is an error.",
		Source:  "Shannon (1948), A mathematical theory of communication; as weights: Zeleny (1982), Multiple Criteria Decision Making; Hwang and Yoon (1981)",
	},
	NewWeigher: func(Options) (Weigher, error) { return entropy{}, nil },
}

type entropy struct{}

func (e entropy) Weigh(g *Group) ([]float64, error) { return learnWeights(e, g) }

// Learn tells the entropy of each child, from 0 to 1.
func (entropy) Learn(g *Group) ([]float64, []Parameter, error) {
	if len(g.Children) == 1 {
		return []float64{1}, nil, nil
	}
	if len(g.X) != len(g.Children) {
		return nil, nil, tooFew(g, 0, 1)
	}
	var bad *BadValue
	for i, x := range g.X {
		for u, v := range x {
			if v < 0 {
				bad = refuse(bad, g, i, u, "entropy is not defined where a value is negative", "normalise to a range from 0 up, such as `to: [0, 100]`")
			}
		}
	}
	if bad != nil {
		return nil, nil, bad
	}
	w, learnt := make([]float64, len(g.X)), make([]Parameter, len(g.X))
	for i, x := range g.X {
		if stat.Count(x) == 0 {
			return nil, nil, spreadOut(&Group{Parent: g.Parent, Children: g.Children[i : i+1], X: g.X[i : i+1]})
		}
		e := evenness(x)
		w[i] = 1 - e
		learnt[i] = Parameter{"entropy of " + g.Children[i], e}
	}
	if stat.Sum(w) == 0 {
		return nil, nil, learnsNothing("no-spread", allSame.Say("code", g.Parent))
	}
	return rescaled(w), learnt, nil
}

// evenness is the entropy of shares as a part of the greatest there can be: 1
// where all values are equal.
func evenness(x []float64) float64 {
	lo, hi := stat.MinMax(x)
	if lo == hi {
		return 1
	}
	sum, n := stat.Sum(x), float64(stat.Count(x))
	var h float64
	for _, v := range x {
		if v > 0 {
			p := v / sum
			h -= float64(p * math.Log(p))
		}
	}
	return math.Max(0, math.Min(1, h/math.Log(n)))
}
