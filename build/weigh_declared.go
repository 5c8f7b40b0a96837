package build

import (
	"slices"

	"mizan"
)

var weighDeclared = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "declared",
		Summary: "The weights that stand in the framework.",
		Formula: "w_i as declared, 1 if not",
		Missing: "A unit's missing children are left out and the others' weights count alone.",
		Source:  handbook + ", step 6 (participatory and expert weights)",
	},
	NewWeigher: func(Options) (Weigher, error) { return declared{}, nil },
}

type declared struct{}

func (declared) Weigh(g *Group) ([]float64, error) { return slices.Clone(g.W), nil }
