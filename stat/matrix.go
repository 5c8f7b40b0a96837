package stat

import (
	"math"
	"slices"
)

// Correlations is the matrix of Pearson's correlations of columns of equal
// length, over the rows in which no column is missing, with the number of
// those rows. The correlation with a column without spread is NaN, and so is
// all with fewer than 2 rows; the diagonal is 1 elsewhere.
func Correlations(columns [][]float64) (r [][]float64, rows int) {
	full := CompleteRows(columns)
	r = make([][]float64, len(full))
	for i := range full {
		r[i] = make([]float64, len(full))
		rows = len(full[i])
		for j := range i {
			r[i][j] = pearson(full[i], full[j])
			r[j][i] = r[i][j]
		}
		r[i][i] = 1
		if rows < 2 || !spread(full[i]) {
			r[i][i] = math.NaN()
		}
	}
	return r, rows
}

// CompleteRows copies the rows in which no column is missing.
func CompleteRows(columns [][]float64) [][]float64 {
	full := make([][]float64, len(columns))
	if len(columns) == 0 {
		return full
	}
	for u := range columns[0] {
		if slices.ContainsFunc(columns, func(x []float64) bool { return x[u] != x[u] }) {
			continue
		}
		for i, x := range columns {
			full[i] = append(full[i], x[u])
		}
	}
	return full
}

// Eigen gives the eigenvalues of a symmetric matrix, the greatest first, and
// the eigenvectors, of length 1, in the same order: a vectors[k] = values[k]
// vectors[k]. A vector's sign is that of a positive sum of its components; if
// they add up to nothing, its first component is positive. Nothing may be
// missing. a is not changed.
//
// Source: see SymmetricEigen.
func Eigen(a [][]float64) (values []float64, vectors [][]float64) {
	values, vectors = SymmetricEigen(slices.Concat(a...), len(a))
	for _, v := range vectors {
		orient(v)
	}
	return values, vectors
}

// turn turns two vectors in their plane by the angle of cosine c and sine d.
func turn(x, y []float64, c, d float64) {
	for k := range x {
		a, b := x[k], y[k]
		x[k], y[k] = float64(c*a)-float64(d*b), float64(d*a)+float64(c*b)
	}
}

// orient turns a vector round, in place, if its sign is the other one.
func orient(v []float64) {
	sum, first := Sum(v), 0.0
	for _, x := range v {
		if first == 0 && math.Abs(x) > 1e-8 {
			first = x
		}
	}
	if sum < -1e-12 || sum <= 1e-12 && first < 0 {
		for i := range v {
			v[i] = -v[i]
		}
	}
}

// SolvePositive solves a x = b for a symmetric positive definite matrix by
// Cholesky's factors; false if the matrix is singular, so that a row is, but
// for one part in 10^10, made of the rows before it, or not positive definite.
func SolvePositive(a [][]float64, b []float64) (x []float64, ok bool) {
	l := make([][]float64, len(a))
	for i, row := range a {
		l[i] = slices.Clone(row)
	}
	if Cholesky(l, 1e-10) >= 0 {
		return nil, false
	}
	x = slices.Clone(b)
	CholeskySolve(l, x)
	return x, true
}
