package build

import "mizan"

var imputeConstant = yearMethod(mizan.Method{
	Name:    "constant",
	Summary: "Hold a unit's value until the next observation, and the first one back to the first year.",
	Formula: "x_t = x_s, s the latest year before t with a value, or else the earliest after t",
	Missing: "A unit without any observation stays missing.",
	Source:  yearSource,
}, func(before, after, _ int) (int, int) {
	if before < 0 {
		return after, after
	}
	return before, before
})
