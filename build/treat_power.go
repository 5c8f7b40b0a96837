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
		Options: treatOptions("always",
			mizan.Option{
				Name: "exponent", Kind: mizan.NumberOption,
				Summary: "the power, above 0; below 1 draws a long tail in; 0.5 if neither this nor root is given",
			},
			mizan.Option{
				Name: "root", Kind: mizan.NumberOption,
				Summary: "the root in place of a power, above 0: 3 for the cube root, an exponent of 1/3",
			}),
	},
	NewTreater: newPower,
}

func newPower(o Options) (Treater, error) {
	p := 0.5
	for _, name := range []string{"exponent", "root"} {
		if o.given(name) && !(o.number(name) > 0) {
			return nil, &OptionError{
				"bad-option", name, "the " + name + " of a power must be above 0",
				"give a number above 0, or use log",
			}
		}
	}
	switch {
	case o.given("exponent") && o.given("root"):
		return nil, &OptionError{"bad-option", "root", "exponent and root are both given", "keep one: root 3 is the exponent 1/3"}
	case o.given("exponent"):
		p = o.number("exponent")
	case o.given("root"):
		p = 1 / o.number("root")
	}
	return newDirect("power", o, func([]float64) (Transform, error) { return power{p}, nil })
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

func (p power) ApplyTo(dst, src []float64) {
	if p.exponent == 1.0/3 {
		for i, v := range src {
			dst[i] = math.Cbrt(v)
		}
		return
	}
	for i, v := range src {
		dst[i] = p.Apply(v)
	}
}

func (p power) Parameters() []Parameter { return []Parameter{{"exponent", p.exponent}} }
