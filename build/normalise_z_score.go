package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var normaliseZScore = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "z-score",
		Summary: "Measure the distance from the mean in standard deviations.",
		Formula: "(d x - m) / s sd + mean; m and s the mean and standard deviation (n - 1) of d x, d = direction",
		Missing: "Stays missing and plays no part in m and s. If all values are equal there is no score.",
		Source:  handbook + ", step 5 (standardisation)",
		Options: []mizan.Option{
			{Name: "mean", Kind: mizan.NumberOption, Default: 0.0, Summary: "the mean of the scores"},
			{Name: "sd", Kind: mizan.NumberOption, Default: 1.0, Summary: "the standard deviation of the scores, above 0"},
		},
	},
	Lowest: func(o Options) float64 { return o.number("mean") },
	Mirror: twiceMean,
	NewNormaliser: func(o Options) (Normaliser, error) {
		z := zScore{o.number("mean"), o.number("sd")}
		if !(z.sd > 0) {
			return nil, badReference("sd", "the sd must be above 0", "give a number above 0")
		}
		return z, nil
	},
}

type zScore struct{ mean, sd float64 }

func (z zScore) FitNormalise(x []float64, direction int) (Transform, error) {
	m := stat.MomentsOf(x)
	s := math.Sqrt(m.Variance())
	if !(s > 0) {
		return degenerate(m.Min)
	}
	a := directed(m.Mean, direction)
	return newLine(direction, a, a+s, z.mean, z.mean+z.sd, Parameter{"mean", m.Mean}, Parameter{"sd", s}), nil
}
