package build

import "mizan"

var imputeNone = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "none",
		Summary: "Leave missing values missing.",
		Formula: "x",
		Missing: "Stays missing; the aggregation leaves the child out.",
		Source:  handbook + ", step 3",
	},
	NewImputer: func(Options) (Imputer, error) { return noImputer{}, nil },
}

type noImputer struct{}

func (noImputer) Impute(*Matrix) error { return nil }
