package build

import "mizan"

var imputeNextObservation = yearMethod(mizan.Method{
	Name:    "next-observation",
	Summary: "Carry a unit's next observation back to the years without one.",
	Formula: "x_t = x_s, s the earliest year after t with a value",
	Missing: "Years after the last observation stay missing, and so does a unit without any.",
	Source:  handbook + ", step 3 (the mirror image of last-observation)",
}, func(_, after, _ int) (int, int) {
	return after, after
})
