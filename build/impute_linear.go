package build

import "mizan"

var imputeLinear = yearMethod(mizan.Method{
	Name:    "linear",
	Summary: "Join a unit's observations by straight lines, and hold the first and the last one beyond them.",
	Formula: "x_t = x_a + (x_b - x_a) (t - a) / (b - a), a and b the nearest years with a value before and after t; beyond the observations the nearest one",
	Missing: "A unit with fewer than two observations stays missing: no line goes through them. linear-constant fills those of one.",
	Source:  yearSource,
}, func(before, after, observed int) (int, int) {
	if observed < 2 {
		return -1, -1
	}
	return nearestTwo(before, after)
})
