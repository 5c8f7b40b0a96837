package stat

import "math"

// NonNegativeLeastSquares finds the x >= 0 that makes the sum of squares of
// a x - b least, given the Gram matrix a'a, which must be positive definite,
// and a'b; false if it is not. The solution is then the only one.
//
// Source: Lawson and Hanson (1974), Solving Least Squares Problems, chapter 23.
func NonNegativeLeastSquares(gram [][]float64, ab []float64) (x []float64, ok bool) {
	n := len(ab)
	x = make([]float64, n)
	if _, ok := SolvePositive(gram, ab); !ok {
		return nil, false
	}
	free := make([]bool, n)
	scale := 0.0
	for _, v := range ab {
		scale = math.Max(scale, math.Abs(v))
	}
	for range 10 * (n + 1) {
		enter := -1
		steepest := 1e-13 * scale
		for j := range n {
			slope := ab[j]
			for k, v := range x {
				slope -= float64(gram[j][k] * v)
			}
			if !free[j] && slope > steepest {
				enter, steepest = j, slope
			}
		}
		if enter < 0 {
			break
		}
		free[enter] = true
		x = withinBounds(gram, ab, x, free)
	}
	return x, true
}

// withinBounds solves for the free variables, going only so far that none
// becomes negative; the one that stops it is then no longer free.
func withinBounds(gram [][]float64, ab, x []float64, free []bool) []float64 {
	for {
		z := solveFree(gram, ab, free)
		step, stopped := 1.0, -1
		for j, f := range free {
			if !f || z[j] > 0 {
				continue
			}
			if s := reach(x[j], z[j]); stopped < 0 || s < step {
				step, stopped = s, j
			}
		}
		if stopped < 0 {
			return z
		}
		for j := range x {
			x[j] += float64(step * (z[j] - x[j]))
		}
		x[stopped], free[stopped] = 0, false
	}
}

// reach is how far from x to z, which is not above 0, the way to 0 is.
func reach(x, z float64) float64 {
	if x <= 0 {
		return 0
	}
	return x / (x - z)
}

// solveFree solves the equations of the free variables; the others are 0.
func solveFree(gram [][]float64, ab []float64, free []bool) []float64 {
	var at []int
	for j, f := range free {
		if f {
			at = append(at, j)
		}
	}
	a, b := make([][]float64, len(at)), make([]float64, len(at))
	for i, p := range at {
		b[i] = ab[p]
		for _, q := range at {
			a[i] = append(a[i], gram[p][q])
		}
	}
	z := make([]float64, len(free))
	if part, ok := SolvePositive(a, b); ok {
		for i, p := range at {
			z[p] = part[i]
		}
	}
	return z
}
