package build

import (
	"mizan"
	"mizan/stat"
)

var imputeGroupMean = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "group-mean",
		Summary: "Give each missing value the mean of the observed values in the unit's group.",
		Formula: "x_u = sum of observed x in the group of u / their number",
		Missing: "A unit of no group, and a group without any value, stay missing.",
		Source:  handbook + ", step 3 (conditional mean imputation)",
		Options: []mizan.Option{groupOption},
	},
	ColumnByColumn: true,
	NewImputer:     func(o Options) (Imputer, error) { return newGroupFill(o, stat.Mean, "mean") },
}
