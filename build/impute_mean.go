package build

import (
	"mizan"
	"mizan/stat"
)

var imputeMean = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "mean",
		Summary: "Give each missing value the mean of the indicator's observed values.",
		Formula: "x_u = sum of observed x / their number",
		Missing: "An indicator without any value stays missing.",
		Source:  handbook + ", step 3 (unconditional mean imputation)",
	},
	ColumnByColumn: true,
	NewImputer:     func(Options) (Imputer, error) { return columnFill{stat.Mean, "mean"}, nil },
}
