package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var treatBoxCox = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "box-cox",
		Summary: "The power transformation of Box and Cox, after moving the minimum to one.",
		Formula: "(y^lambda - 1) / lambda, or ln y if lambda is 0; y = x - min + 1",
		Missing: "Stays missing.",
		Source:  "Box and Cox (1964), An analysis of transformations",
		Options: treatOptions("always", mizan.Option{
			Name: "lambda", Kind: mizan.NumberOption, Required: true,
			Summary: "the power; 0 is the logarithm, 1 changes only the place",
		}),
	},
	NewTreater: func(o Options) (Treater, error) {
		return newDirect("box-cox", o, func(x []float64) (Transform, error) {
			lo, _ := stat.MinMax(x)
			if lo != lo {
				return nil, nil
			}
			return boxCox{lo, o.number("lambda")}, nil
		})
	},
}

type boxCox struct{ min, lambda float64 }

func (b boxCox) Apply(x float64) float64 {
	y := x - b.min + 1
	switch {
	case !(y > 0):
		return math.NaN()
	case b.lambda == 0:
		return math.Log(y)
	}
	return (math.Pow(y, b.lambda) - 1) / b.lambda
}

func (b boxCox) Parameters() []Parameter {
	return []Parameter{{"min", b.min}, {"lambda", b.lambda}}
}
