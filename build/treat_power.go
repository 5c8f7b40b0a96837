package build

import (
	"math"

	"mizan"
)

var treatPower = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "power",
		Summary: "Raise to a power, keeping the sign: one half is the square root, one third the cube root.",
		Formula: "sign(x) |x|^exponent",
		Missing: "Stays missing.",
		Source:  "Tukey (1957), On the comparative anatomy of transformations",
		Options: treatOptions("always", mizan.Option{
			Name: "exponent", Kind: mizan.NumberOption, Default: 0.5,
			Summary: "the power, above 0; below 1 draws a long tail in",
		}),
	},
	NewTreater: func(o Options) (Treater, error) {
		p := o.number("exponent")
		if !(p > 0) {
			return nil, &OptionError{"bad-option", "exponent", "the exponent of a power must be above 0",
				"give a number above 0, or use log"}
		}
		return newDirect("power", o, func([]float64) (Transform, error) { return power{p}, nil })
	},
}

type power struct{ exponent float64 }

func (p power) Apply(x float64) float64 {
	switch p.exponent {
	case 0.5:
		return math.Copysign(math.Sqrt(math.Abs(x)), x)
	case 1.0 / 3:
		return math.Cbrt(x)
	}
	return math.Copysign(math.Pow(math.Abs(x), p.exponent), x)
}

func (p power) Parameters() []Parameter { return []Parameter{{"exponent", p.exponent}} }
