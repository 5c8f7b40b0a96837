package stat

import "math"

// leastPivot is the share of a column's length below which what is left of it,
// once the columns before it are taken out, is rounding.
const leastPivot = 1e-10

// LeastSquares finds the coefficients b, one per column of x, that make the
// sum of squares of y - x b least, by Householder's QR. The columns have the
// length of y and none of the values may be missing.
//
//	min |y - x b|^2;  Q'x = R, R b = Q'y
//
// dependent is -1, or the first column that the columns before it make up (or
// that is 0 throughout, or for which there are no rows left); there are then no
// coefficients.
//
// Source: Householder (1958), Unitary triangularization of a nonsymmetric
// matrix; Golub and Van Loan (2013), Matrix Computations, section 5.3.
func LeastSquares(x [][]float64, y []float64) (b []float64, dependent int) {
	q, r := make([][]float64, len(x)), make([]float64, len(x))
	for j := range x {
		q[j] = append([]float64(nil), x[j]...)
	}
	rest := append([]float64(nil), y...)
	for j, col := range q {
		if j >= len(y) {
			return nil, j
		}
		v := col[j:]
		length := norm(v)
		if !(length > leastPivot*norm(x[j])) {
			return nil, j
		}
		// The reflection that turns the rest of the column into its first axis
		// is away from it, so that nothing cancels.
		r[j] = -math.Copysign(length, v[0])
		v[0] -= r[j]
		for _, other := range q[j+1:] {
			reflect(v, other[j:])
		}
		reflect(v, rest[j:])
	}
	b = rest[:len(x)]
	for j := len(b) - 1; j >= 0; j-- {
		b[j] /= r[j]
		for i := range j {
			b[i] -= float64(q[j][i] * b[j])
		}
	}
	return b, -1
}

// reflect mirrors y at the plane that stands upright on v.
func reflect(v, y []float64) {
	var vv, vy float64
	for i, a := range v {
		vv += float64(a * a)
		vy += float64(a * y[i])
	}
	f := 2 * vy / vv
	for i, a := range v {
		y[i] -= float64(f * a)
	}
}

// norm is the length of a vector, safe from overflow by a scale.
func norm(v []float64) float64 {
	var most, sum float64
	for _, a := range v {
		most = max(most, math.Abs(a))
	}
	if most == 0 || math.IsInf(most, 0) {
		return most
	}
	for _, a := range v {
		sum += float64((a / most) * (a / most))
	}
	return most * math.Sqrt(sum)
}
