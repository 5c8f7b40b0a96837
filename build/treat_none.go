package build

import "mizan"

var treatNone = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "none",
		Summary: "Leave outliers as they are.",
		Formula: "x",
		Missing: "Stays missing.",
		Source:  handbook + ", step 3",
	},
	NewTreater: func(Options) (Treater, error) { return noTreater{}, nil },
}

type noTreater struct{}

func (noTreater) FitTreat([]float64) (Treatment, error) {
	return Treatment{Transform: identity{}, Applied: "none"}, nil
}
