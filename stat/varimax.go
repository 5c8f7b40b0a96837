package stat

import (
	"math"
	"slices"
)

// Varimax turns factors in their common space so that each variable loads much
// on few of them: it maximises the variance of the squared loadings within
// each factor. loadings[k][i] is the loading of variable i on factor k; each
// variable is given the same length while turning (Kaiser's normalisation). The
// sum of a variable's squared loadings stays as it was. Factors stay in their
// order; the sign of each is that of a positive sum of its loadings. Nothing
// may be missing. loadings are not changed.
//
//	max sum_k (mean_i z_ki^4 - (mean_i z_ki^2)^2),  z_ki = loading / h_i,
//	h_i^2 = sum_k loading_ki^2
//
// Source: Kaiser (1958), The varimax criterion for analytic rotation in factor
// analysis.
func Varimax(loadings [][]float64) [][]float64 {
	z := make([][]float64, len(loadings))
	for k := range z {
		z[k] = slices.Clone(loadings[k])
	}
	if len(z) == 0 {
		return z
	}
	length := make([]float64, len(z[0]))
	for i := range length {
		for k := range z {
			length[i] = math.Hypot(length[i], z[k][i])
		}
		for k := range z {
			if length[i] > 0 {
				z[k][i] /= length[i]
			}
		}
	}
	for range 1000 {
		most := 0.0
		for p := range z {
			for q := range p {
				most = math.Max(most, math.Abs(turnPair(z[q], z[p])))
			}
		}
		if most < 1e-12 {
			break
		}
	}
	for k := range z {
		for i := range z[k] {
			z[k][i] *= length[i]
		}
		orient(z[k])
	}
	return z
}

// turnPair turns two factors by the angle at which their criterion is greatest
// and returns the angle.
func turnPair(x, y []float64) float64 {
	var a, b, c, d float64
	for i := range x {
		u, v := float64(x[i]*x[i])-float64(y[i]*y[i]), 2*float64(x[i]*y[i])
		a += u
		b += v
		c += float64(u*u) - float64(v*v)
		d += 2 * float64(u*v)
	}
	n := float64(len(x))
	angle := math.Atan2(d-2*float64(a*b)/n, c-(float64(a*a)-float64(b*b))/n) / 4
	turn(x, y, math.Cos(angle), -math.Sin(angle))
	return angle
}
