package build

import (
	"mizan"
	"mizan/stat"
)

var imputeMedian = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "median",
		Summary: "Give each missing value the median of the indicator's observed values.",
		Formula: "x_u = the middle observed x, or the mean of the two in the middle",
		Missing: "An indicator without any value stays missing.",
		Source:  handbook + ", step 3",
	},
	ColumnByColumn: true,
	NewImputer:     func(Options) (Imputer, error) { return columnFill{stat.Median, "median"}, nil },
}
