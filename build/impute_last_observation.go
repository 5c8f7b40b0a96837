package build

import "mizan"

var imputeLastObservation = yearMethod(mizan.Method{
	Name:    "last-observation",
	Summary: "Carry a unit's last observation forward to the years without one.",
	Formula: "x_t = x_s, s the latest year before t with a value",
	Missing: "Years before the first observation stay missing, and so does a unit without any.",
	Source:  handbook + ", step 3; " + yearSource + " (latest)",
}, func(before, _, _ int) (int, int) {
	return before, before
})
