package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var normaliseMazziottaPareto = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "mazziotta-pareto",
		Summary: "Measure the distance from the mean in standard deviations of the whole population, by default on a scale of 100 with 10 to a deviation.",
		Formula: "mean + sd (d x - M) / S; M = mean of d x, S = sqrt(sum (x - M)^2 / n), d = direction",
		Missing: "Stays missing and plays no part in M and S. If all values are equal there is no score.",
		Source:  "De Muro, Mazziotta and Pareto (2011), Composite indices of development and poverty: an application to MDGs",
		Options: []mizan.Option{
			{Name: "mean", Kind: mizan.NumberOption, Default: 100.0, Summary: "the mean of the scores"},
			{Name: "sd", Kind: mizan.NumberOption, Default: 10.0, Summary: "the standard deviation (n) of the scores, above 0"},
		},
	},
	Lowest: func(o Options) float64 { return o.number("mean") },
	Mirror: twiceMean,
	NewNormaliser: func(o Options) (Normaliser, error) {
		z := mazziottaPareto{o.number("mean"), o.number("sd")}
		if !(z.sd > 0) {
			return nil, badReference("sd", "the sd must be above 0", "give a number above 0")
		}
		return z, nil
	},
}

type mazziottaPareto struct{ mean, sd float64 }

func (z mazziottaPareto) FitNormalise(x []float64, direction int) (Transform, error) {
	m := stat.MomentsOf(x)
	s := math.Sqrt(m.S2 / float64(m.N))
	if !(s > 0) {
		return degenerate(m.Min)
	}
	a := directed(m.Mean, direction)
	return newLine(direction, a, a+s, z.mean, z.mean+z.sd, Parameter{"mean", m.Mean}, Parameter{"sd", s}), nil
}
