package build

import "mizan"

var weighEqual = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "equal",
		Summary: "The same weight for every child of an aggregate, whatever the framework declares.",
		Formula: "w_i = 1",
		Missing: "A unit's missing children are left out and the others' weights count alone.",
		Source:  handbook + ", step 6 (equal weighting)",
	},
	NewWeigher: func(Options) (Weigher, error) { return equal{}, nil },
}

type equal struct{}

func (equal) Weigh(g *Group) ([]float64, error) {
	w := make([]float64, len(g.Children))
	for i := range w {
		w[i] = 1
	}
	return w, nil
}
