package build

import (
	"mizan"
	"mizan/stat"
)

var weighCritic = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "critic",
		Summary: "Weights by what each child tells that the others do not: its spread times its want of correlation with them.",
		Formula: "w_i = c_i / sum c, c_i = s_i sum_j (1 - r_ij), s = the standard deviation of (x - min) / (max - min)",
		Missing: "Spread over the units with a value, correlations over those with both. " + missingChildren,
		Source:  "Diakoulaki, Mavrotas and Papayannakis (1995), Determining objective weights in multiple criteria problems: the CRITIC method",
	},
	NewWeigher: func(Options) (Weigher, error) { return critic{}, nil },
}

type critic struct{}

func (c critic) Weigh(g *Group) ([]float64, error) { return learnWeights(c, g) }

// Learn tells how much information each child has.
func (critic) Learn(g *Group) ([]float64, []Parameter, error) {
	if len(g.Children) == 1 {
		return []float64{1}, nil, nil
	}
	if err := spreadOut(g); err != nil {
		return nil, nil, err
	}
	w, learnt := make([]float64, len(g.X)), make([]Parameter, len(g.X))
	for i, x := range g.X {
		conflict := 0.0
		for j, y := range g.X {
			if i == j {
				continue
			}
			r := stat.Pearson(x, y)
			if r != r {
				return nil, nil, learnsNothing("no-values", noPair.Say("first", g.Children[i], "second", g.Children[j], "code", g.Parent))
			}
			conflict += 1 - r
		}
		lo, hi := stat.MinMax(x)
		w[i] = stat.SD(x) / (hi - lo) * conflict
		learnt[i] = Parameter{"information of " + g.Children[i], w[i]}
	}
	if stat.Sum(w) < 1e-12 {
		return nil, nil, learnsNothing("no-spread", allAgree.Say("code", g.Parent))
	}
	return rescaled(w), learnt, nil
}
