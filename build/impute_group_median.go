package build

import (
	"mizan"
	"mizan/stat"
)

var imputeGroupMedian = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "group-median",
		Summary: "Give each missing value the median of the observed values in the unit's group.",
		Formula: "x_u = the middle observed x in the group of u, or the mean of the two in the middle",
		Missing: "A unit of no group, and a group without any value, stay missing.",
		Source:  handbook + ", step 3",
		Options: []mizan.Option{groupOption},
	},
	ColumnByColumn: true,
	NewImputer:     func(o Options) (Imputer, error) { return newGroupFill(o, stat.Median, "median") },
}
