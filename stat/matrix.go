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
// Source: Jacobi (1846); the cyclic method as in Golub and Van
// Loan, Matrix Computations, section 8.5.
func Eigen(a [][]float64) (values []float64, vectors [][]float64) {
	n := len(a)
	s, v := make([][]float64, n), make([][]float64, n)
	for i := range n {
		s[i], v[i] = slices.Clone(a[i]), make([]float64, n)
		v[i][i] = 1
	}
	for range 60 {
		var off, on float64
		for p := range n {
			on += math.Abs(s[p][p])
			for q := range p {
				off += math.Abs(s[p][q])
			}
		}
		if off <= 1e-17*on {
			break
		}
		for p := range n {
			for q := range p {
				jacobi(s, v, q, p)
			}
		}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return less(s[j][j], s[i][i]) })
	for _, i := range order {
		values = append(values, s[i][i])
		vectors = append(vectors, oriented(v[i]))
	}
	return values, vectors
}

// jacobi turns the plane of p and q so that s[p][q] becomes 0; the rows of v
// turn with it.
func jacobi(s, v [][]float64, p, q int) {
	if s[p][q] == 0 {
		return
	}
	theta := (s[q][q] - s[p][p]) / (2 * s[p][q])
	t := math.Copysign(1, theta) / (math.Abs(theta) + math.Hypot(theta, 1))
	c := 1 / math.Hypot(t, 1)
	d := float64(t * c)
	for k := range s {
		a, b := s[k][p], s[k][q]
		s[k][p], s[k][q] = float64(c*a)-float64(d*b), float64(d*a)+float64(c*b)
	}
	turn(s[p], s[q], c, d)
	turn(v[p], v[q], c, d)
	s[p][q], s[q][p] = 0, 0
}

// turn turns two vectors in their plane by the angle of cosine c and sine d.
func turn(x, y []float64, c, d float64) {
	for k := range x {
		a, b := x[k], y[k]
		x[k], y[k] = float64(c*a)-float64(d*b), float64(d*a)+float64(c*b)
	}
}

// oriented turns a vector round, in place, if its sign is the other one.
func oriented(v []float64) []float64 {
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
	return v
}

// SolvePositive solves a x = b for a symmetric positive definite matrix by
// Cholesky's factors; false if the matrix is singular, so that a row is, but
// for one part in 10^10, made of the rows before it, or not positive definite.
func SolvePositive(a [][]float64, b []float64) (x []float64, ok bool) {
	n := len(b)
	l := make([][]float64, n)
	for i := range n {
		l[i] = make([]float64, i+1)
		for j := range i + 1 {
			sum := a[i][j]
			for k := range j {
				sum -= float64(l[i][k] * l[j][k])
			}
			if j < i {
				l[i][j] = sum / l[j][j]
				continue
			}
			if !(sum > 1e-10*a[i][i]) {
				return nil, false
			}
			l[i][i] = math.Sqrt(sum)
		}
	}
	x = slices.Clone(b)
	for i := range n {
		for k := range i {
			x[i] -= float64(l[i][k] * x[k])
		}
		x[i] /= l[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			x[i] -= float64(l[k][i] * x[k])
		}
		x[i] /= l[i][i]
	}
	return x, true
}
