package build

import (
	"mizan"
	"mizan/stat"
)

var imputeRowMedian = Entry{
	Method: mizan.Method{
		Stage: mizan.Impute, Name: "row-median",
		Summary: "Place each missing value in its indicator's range at the median of the places of the unit's other indicators.",
		Formula: "z = (d x - min) / (max - min), min and max of d x, d = direction; a gap gets z = median of the unit's observed z, turned back into x",
		Missing: "A unit without any value, and an indicator without any, stay missing. An indicator whose values are all equal counts for nothing, and its gaps get that value.",
		Source:  handbook + ", step 3; Becker et al. (2022), COINr, impute_by = \"row\"",
		Options: []mizan.Option{withinOption},
	},
	NewImputer: func(o Options) (Imputer, error) { return rowFill{stat.Median, "median", o.text("within")}, nil },
}
