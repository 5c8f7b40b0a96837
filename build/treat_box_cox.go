package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var treatBoxCox = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "box-cox",
		Summary: "The power transformation of Box and Cox, after moving the minimum to one, with a power that is given or the likeliest.",
		Formula: "(y^lambda - 1) / lambda, or ln y if lambda is 0; y = x - min + 1, or x if shift is false; " +
			"lambda, where it is not given, makes -n/2 ln(variance) + (lambda - 1) sum ln y greatest, within -5 and 5",
		Missing: "Stays missing and plays no part in lambda. Fewer than 3 values, or values that are all equal, are left as they are if lambda is not given. Without shift a value that is not positive is an error.",
		Source:  "Box and Cox (1964), An analysis of transformations",
		Options: treatOptions("always", lambdaOption, mizan.Option{
			Name: "shift", Kind: mizan.BoolOption, Default: true,
			Summary: "whether the minimum is moved to one first; if not, all values must be positive",
		}),
	},
	NewTreater: func(o Options) (Treater, error) {
		return newDirect("box-cox", o, func(x []float64) (Transform, error) {
			return fitBoxCox(x, o.number("lambda"), o.flag("shift"))
		})
	},
}

// lambdaOption is the power of a family of transformations.
var lambdaOption = mizan.Option{
	Name: "lambda", Kind: mizan.NumberOption,
	Summary: "the power: 0 is the logarithm, 1 changes only the place; the likeliest between -5 and 5 if it is left out",
}

func fitBoxCox(x []float64, lambda float64, shift bool) (Transform, error) {
	lo, _ := stat.MinMax(x)
	if lo != lo {
		return nil, nil
	}
	b := boxCox{lo, shift, lambda}
	if !shift {
		if err := notPositive(x, 0, "the transformation of Box and Cox is defined for positive values only",
			"leave `shift` out, or use yeo-johnson"); err != nil {
			return nil, err
		}
	}
	if lambda != lambda {
		if b.lambda = b.likely(x); b.lambda != b.lambda {
			return nil, nil
		}
	}
	return b, nil
}

type boxCox struct {
	min    float64
	shift  bool
	lambda float64
}

func (b boxCox) Apply(x float64) float64 {
	if y := b.shifted(x); y > 0 {
		return boxCoxOfLog(math.Log(y), b.lambda)
	}
	return math.NaN()
}

func (b boxCox) shifted(x float64) float64 {
	if b.shift {
		return x - b.min + 1
	}
	return x
}

func (b boxCox) Parameters() []Parameter {
	if b.shift {
		return []Parameter{{"min", b.min}, {"lambda", b.lambda}}
	}
	return []Parameter{{"lambda", b.lambda}}
}

// boxCoxOfLog is (e^(lambda v) - 1) / lambda, or v where lambda is 0, without
// loss of digits near it.
func boxCoxOfLog(v, lambda float64) float64 {
	if lambda == 0 {
		return v
	}
	return math.Expm1(lambda*v) / lambda
}

// likely is the power that makes the values most like a normal distribution;
// NaN if they are too few or all equal.
func (b boxCox) likely(x []float64) float64 {
	v, ok := forPower(x)
	if !ok {
		return math.NaN()
	}
	for i := range v {
		v[i] = math.Log(b.shifted(v[i]))
	}
	return likelyPower(v, 0, leastPower, mostPower)
}
