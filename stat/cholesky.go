package stat

import "math"

// Cholesky overwrites the lower triangle of a symmetric positive definite
// matrix, given by its rows, with its factor L; what is above the diagonal is
// neither read nor written.
//
//	A = L L'
//
// dependent is -1, or the first row of which nothing is left when the rows
// above it are taken out: its pivot is not above tolerance times its diagonal
// element. The matrix is then singular to that tolerance and only partly
// overwritten.
//
// Source: Cholesky (1910), as in Golub and Van Loan (2013), Matrix
// Computations, algorithm 4.2.1.
func Cholesky(a [][]float64, tolerance float64) (dependent int) {
	for j := range a {
		row := a[j]
		least := tolerance * row[j]
		for k := range j {
			above := a[k]
			s := row[k]
			for i, v := range above[:k] {
				s -= float64(row[i] * v)
			}
			row[k] = s / above[k]
		}
		d := row[j]
		for _, v := range row[:j] {
			d -= float64(v * v)
		}
		if !(d > least) || math.IsInf(d, 0) {
			return j
		}
		row[j] = math.Sqrt(d)
	}
	return -1
}

// CholeskySolve overwrites b with the solution x of A x = b, given the factor
// L of A.
func CholeskySolve(l [][]float64, b []float64) {
	for i, row := range l {
		s := b[i]
		for k, v := range row[:i] {
			s -= float64(v * b[k])
		}
		b[i] = s / row[i]
	}
	for i := len(l) - 1; i >= 0; i-- {
		b[i] /= l[i][i]
		for k, v := range l[i][:i] {
			b[k] -= float64(v * b[i])
		}
	}
}

// CholeskyInverse writes the inverse of A to inverse, a matrix of the same
// shape, given the factor L of A.
func CholeskyInverse(l, inverse [][]float64) {
	for i, row := range inverse {
		clear(row)
		row[i] = 1
		CholeskySolve(l, row)
	}
	// Rounding leaves the two halves apart by a last digit.
	for i, row := range inverse {
		for k := range i {
			inverse[k][i] = row[k]
		}
	}
}
