package build

import (
	"math"
	"slices"

	"mizan/stat"
)

// The bounds of a power that is estimated.
const leastPower, mostPower = -5, 5

// forPower is the sample from which a power can be estimated: sorted, so that
// the order of the units does not matter. It is not ok if there are fewer than
// 3 values, or all are equal.
func forPower(x []float64) (v []float64, ok bool) {
	v = stat.Present(make([]float64, 0, len(x)), x)
	slices.Sort(v)
	return v, len(v) > 2 && v[0] < v[len(v)-1]
}

// likelyPower is the power, from low to high, that makes the likelihood
// greatest of values which are e^(power v) after the transformation, the first
// few (mirrored) its mirror image with the power 2 - lambda.
//
//	l(lambda) = -n/2 ln S + lambda J, S = sum (w - mean w)^2,
//	w = (e^(lambda v) - 1) / lambda, or -(e^((2-lambda) v) - 1) / (2-lambda),
//	J = sum v, those mirrored with a minus
//
// l is concave, so halving the interval finds where its slope is zero, to the
// last digits and without chance.
//
// Source: the profile likelihood of Box and Cox (1964), section 3; concavity:
// Kouider and Chen (1995), Concavity of Box-Cox log-likelihood function.
func likelyPower(v []float64, mirrored int, low, high float64) float64 {
	p := powerSlope{v: slices.Clone(v), mirrored: mirrored, w: make([]float64, len(v)), dw: make([]float64, len(v))}
	mean := 0.0
	if mirrored == 0 {
		// Dividing all by their geometric mean leaves the power as it is, J
		// zero, and no digits to lose where the values lie close together.
		mean = stat.Mean(v)
	}
	for i := range v {
		p.v[i] -= mean
		if i < mirrored {
			p.jacobian -= p.v[i]
		} else {
			p.jacobian += p.v[i]
		}
	}
	for range 60 { // 10 / 2^60 is below the last digit
		middle := (low + high) / 2
		switch slope := p.at(middle); {
		case slope > 0:
			low = middle
		case slope < 0:
			high = middle
		default:
			return middle
		}
	}
	return (low + high) / 2
}

// powerSlope is the derivative of the likelihood.
type powerSlope struct {
	v        []float64
	mirrored int
	jacobian float64
	w, dw    []float64 // room
}

func (p powerSlope) at(lambda float64) float64 {
	var sum float64
	for i, v := range p.v {
		if i < p.mirrored {
			p.w[i] = -boxCoxOfLog(v, 2-lambda)
			p.dw[i] = powerDerivative(v, 2-lambda)
		} else {
			p.w[i] = boxCoxOfLog(v, lambda)
			p.dw[i] = powerDerivative(v, lambda)
		}
		sum += p.w[i]
	}
	n := float64(len(p.v))
	mean := sum / n
	var s, ds float64
	for i, w := range p.w {
		s += float64((w - mean) * (w - mean))
		ds += float64((w - mean) * p.dw[i])
	}
	slope := p.jacobian - n*ds/s
	if s > 0 && slope == slope && !math.IsInf(slope, 0) {
		return slope
	}
	// The power is so far out that the values run together or overflow: the
	// peak lies towards 1.
	return 1 - lambda
}

// powerDerivative is the derivative by lambda of (e^(lambda v) - 1) / lambda:
// with t = lambda v,
//
//	v^2 (t e^t - e^t + 1) / t^2 = v^2 sum t^k (k+1) / (k+2)!
func powerDerivative(v, lambda float64) float64 {
	t := lambda * v
	if math.Abs(t) > 0.1 {
		return float64(v*v) * ((float64(t*math.Exp(t)) - math.Expm1(t)) / float64(t*t))
	}
	var sum float64
	term := 0.5 // t^k / (k+2)!
	for k := 0.0; k < 10; k++ {
		sum += float64(term * (k + 1))
		term *= t / (k + 3)
	}
	return float64(v*v) * sum
}
