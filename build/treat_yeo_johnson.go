package build

import (
	"math"

	"mizan"
)

var treatYeoJohnson = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "yeo-johnson",
		Summary: "The power transformation of Yeo and Johnson, which takes zero and negative values too.",
		Formula: "((x + 1)^lambda - 1) / lambda for x >= 0, or ln(x + 1) if lambda is 0; -((1 - x)^(2 - lambda) - 1) / (2 - lambda) for x < 0, or -ln(1 - x) if lambda is 2; " +
			"lambda, where it is not given, makes -n/2 ln(variance) + (lambda - 1) sum sign(x) ln(|x| + 1) greatest, within -5 and 5",
		Missing: "Stays missing and plays no part in lambda. Fewer than 3 values, or values that are all equal, are left as they are if lambda is not given.",
		Source:  "Yeo and Johnson (2000), A new family of power transformations to improve normality or symmetry",
		Options: treatOptions("always", lambdaOption),
	},
	NewTreater: func(o Options) (Treater, error) {
		return newDirect("yeo-johnson", o, func(x []float64) (Transform, error) {
			lambda := o.number("lambda")
			if lambda != lambda {
				if lambda = likelyYeoJohnson(x); lambda != lambda {
					return nil, nil
				}
			}
			return yeoJohnson{lambda}, nil
		})
	},
}

type yeoJohnson struct{ lambda float64 }

func (y yeoJohnson) Apply(x float64) float64 {
	if x < 0 {
		return -boxCoxOfLog(math.Log1p(-x), 2-y.lambda)
	}
	return boxCoxOfLog(math.Log1p(x), y.lambda)
}

func (y yeoJohnson) Parameters() []Parameter { return []Parameter{{"lambda", y.lambda}} }

// likelyYeoJohnson is the power that makes the values most like a normal
// distribution. The likelihood has one peak, since its logarithm is concave.
//
// Source of the concavity: Marchand, Muzellec, Béguier and Ogier du Terrail
// (2022), SecureFedYJ: a safe feature Gaussianization protocol.
func likelyYeoJohnson(x []float64) float64 {
	v, ok := forPower(x)
	if !ok {
		return math.NaN()
	}
	negative := 0
	for i := range v {
		if v[i] < 0 {
			negative++
		}
		v[i] = math.Log1p(math.Abs(v[i]))
	}
	if negative == len(v) {
		// The mirror image is positive, and its power the mirror image.
		return 2 - likelyPower(v, 0, 2-mostPower, 2-leastPower)
	}
	return likelyPower(v, negative, leastPower, mostPower)
}
