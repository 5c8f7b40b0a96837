package stat

import (
	"cmp"
	"math"
	"slices"
)

// maxSweeps is more than any symmetric matrix needs: the method converges
// quadratically, in six to ten sweeps.
const maxSweeps = 60

// SymmetricEigen are the eigenvalues of a symmetric k x k matrix, row by row in
// a flat slice, from the largest down, and a unit eigenvector for each.
//
//	A v = lambda v
//
// It is computed by Jacobi rotations in a fixed order, so that the bits are
// those of every machine. The matrix must be finite; it is not changed.
//
// Source: Jacobi (1846); the rotations as in Golub and Van Loan (1996), Matrix
// Computations, section 8.4.
func SymmetricEigen(matrix []float64, k int) (values []float64, vectors [][]float64) {
	a := slices.Clone(matrix)
	v := make([]float64, k*k) // an eigenvector per row
	total := 0.0
	for i := range k {
		v[i*k+i] = 1
		for j := range k {
			total += float64(a[i*k+j] * a[i*k+j])
		}
	}
	for range maxSweeps {
		off := 0.0
		for p := range k {
			for q := range p {
				off += float64(a[p*k+q] * a[p*k+q])
			}
		}
		if off <= 1e-32*total {
			break
		}
		for p := range k {
			for q := p + 1; q < k; q++ {
				rotate(a, v, k, p, q)
			}
		}
	}
	order := make([]int, k)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(a[j*k+j], a[i*k+i]) })
	for _, i := range order {
		values = append(values, a[i*k+i])
		vectors = append(vectors, v[i*k:(i+1)*k:(i+1)*k])
	}
	return values, vectors
}

// rotate turns the plane of p and q so that a_pq becomes 0.
func rotate(a, v []float64, k, p, q int) {
	apq := a[p*k+q]
	if apq == 0 {
		return
	}
	theta := (a[q*k+q] - a[p*k+p]) / (2 * apq)
	t := 1 / (math.Abs(theta) + math.Sqrt(float64(theta*theta)+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(float64(t*t)+1)
	s := t * c
	for i := range k {
		x, y := a[i*k+p], a[i*k+q]
		a[i*k+p], a[i*k+q] = float64(c*x)-float64(s*y), float64(s*x)+float64(c*y)
	}
	turn(a[p*k:(p+1)*k], a[q*k:(q+1)*k], c, s)
	turn(v[p*k:(p+1)*k], v[q*k:(q+1)*k], c, s)
	a[p*k+q], a[q*k+p] = 0, 0
}
