package build

import (
	"math"

	"mizan"
)

var treatInverseHyperbolicSine = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "inverse-hyperbolic-sine",
		Summary: "Draw in both tails like a logarithm, with zero and negative values in their place.",
		Formula: "asinh(theta x) / theta = ln(theta x + sqrt((theta x)^2 + 1)) / theta",
		Missing: "Stays missing.",
		Source:  "Burbidge, Magee and Robb (1988), Alternative transformations to handle extreme values of the dependent variable",
		Options: treatOptions("always", mizan.Option{
			Name: "theta", Kind: mizan.NumberOption, Default: 1.0,
			Summary: "the scale, above 0; values much below 1/theta are hardly changed",
		}),
	},
	NewTreater: func(o Options) (Treater, error) {
		theta := o.number("theta")
		if !(theta > 0) {
			return nil, badReference("theta", "theta must be above 0", "give a number above 0; 1 is the usual one")
		}
		return newDirect("inverse-hyperbolic-sine", o, func([]float64) (Transform, error) { return hyperbolic{theta}, nil })
	},
}

type hyperbolic struct{ theta float64 }

func (h hyperbolic) Apply(x float64) float64 { return math.Asinh(h.theta*x) / h.theta }

func (h hyperbolic) Parameters() []Parameter { return []Parameter{{"theta", h.theta}} }
