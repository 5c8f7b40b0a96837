package build

import "mizan"

var imputeLinearConstant = yearMethod(mizan.Method{
	Name:    "linear-constant",
	Summary: "Join a unit's observations by straight lines, hold the first and the last one beyond them, and a single one throughout.",
	Formula: "x_t = x_a + (x_b - x_a) (t - a) / (b - a), a and b the nearest years with a value before and after t; beyond the observations the nearest one",
	Missing: "A unit without any observation stays missing.",
	Source:  yearSource,
}, func(before, after, _ int) (int, int) {
	return nearestTwo(before, after)
})
