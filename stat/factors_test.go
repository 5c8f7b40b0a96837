package stat_test

import (
	"math"
	"testing"

	"mizan/stat"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// The eigenvalues of [[2 1] [1 2]] are 3 and 1; those of a matrix of ones are
// its size and zeros.
func TestEigen(t *testing.T) {
	half := math.Sqrt(0.5)
	values, vectors := stat.Eigen([][]float64{{2, 1}, {1, 2}})
	sameColumn(t, "values", values, []float64{3, 1})
	sameColumn(t, "first vector", vectors[0], []float64{half, half})
	sameColumn(t, "second vector", vectors[1], []float64{half, -half})
	values, vectors = stat.Eigen([][]float64{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}})
	sameColumn(t, "values of ones", values, []float64{3, 0, 0})
	sameColumn(t, "vector of ones", vectors[0], []float64{math.Sqrt(1. / 3), math.Sqrt(1. / 3), math.Sqrt(1. / 3)})
	if values, vectors = stat.Eigen(nil); values != nil || vectors != nil {
		t.Error("an empty matrix has no eigenvalues")
	}
}

// hundredths draws figures that are no wonders of smallness, at which gonum
// panics.
func hundredths(low, high int) *rapid.Generator[float64] {
	return rapid.Map(rapid.IntRange(low, high), func(i int) float64 { return float64(i) / 100 })
}

// symmetric draws a symmetric matrix, sometimes singular.
func symmetric(t *rapid.T) [][]float64 {
	n := rapid.IntRange(1, 12).Draw(t, "n")
	value := rapid.OneOf(hundredths(-1000, 1000), hundredths(-2, 2))
	a := make([][]float64, n)
	for i := range a {
		a[i] = make([]float64, n)
		for j := range i + 1 {
			a[i][j] = value.Draw(t, "a")
			a[j][i] = a[i][j]
		}
	}
	return a
}

func TestEigenAgainstGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := symmetric(t)
		n := len(a)
		values, vectors := stat.Eigen(a)
		dense := mat.NewSymDense(n, nil)
		size := 1.0
		for i := range n {
			for j := range n {
				dense.SetSym(i, j, a[i][j])
				size = math.Max(size, math.Abs(a[i][j])*float64(n))
			}
		}
		var want mat.EigenSym
		if !want.Factorize(dense, false) { //nolint:misspell // gonum's word
			t.Fatal("gonum gave up")
		}
		for k, v := range values {
			if w := want.Values(nil)[n-1-k]; math.Abs(v-w) > 1e-11*size {
				t.Fatalf("eigenvalue %d is %v, gonum has %v", k, v, w)
			}
			length := 0.0
			for i := range n {
				length += vectors[k][i] * vectors[k][i]
				av := 0.0
				for j := range n {
					av += a[i][j] * vectors[k][j]
				}
				if math.Abs(av-v*vectors[k][i]) > 1e-11*size {
					t.Fatalf("vector %d: row %d is %v, want %v", k, i, av, v*vectors[k][i])
				}
			}
			if math.Abs(length-1) > 1e-12 || stat.Sum(vectors[k]) < -1e-9 {
				t.Fatalf("vector %d has length %v and sum %v", k, length, stat.Sum(vectors[k]))
			}
		}
	})
}

func TestCorrelations(t *testing.T) {
	r, rows := stat.Correlations([][]float64{{1, 2, 3, 9, nan}, {2, 4, 6, nan, 1}, {3, 2, 1, 5, 5}, {7, 7, 7, 1, 2}})
	if rows != 3 {
		t.Errorf("%d complete rows, want 3", rows)
	}
	for i, want := range [][]float64{{1, 1, -1, nan}, {1, 1, -1, nan}, {-1, -1, 1, nan}, {nan, nan, nan, nan}} {
		sameColumn(t, "row of correlations", r[i], want)
	}
	if r, rows = stat.Correlations(nil); len(r) != 0 || rows != 0 {
		t.Error("nothing has no correlations")
	}
}

func TestSolvePositive(t *testing.T) {
	x, ok := stat.SolvePositive([][]float64{{4, 2}, {2, 3}}, []float64{8, 8})
	if !ok {
		t.Fatal("refused")
	}
	sameColumn(t, "by hand", x, []float64{1, 2})
	for _, a := range [][][]float64{{{1, 2}, {2, 4}}, {{1, 2}, {2, 1}}, {{0}}, {{nan}}} {
		if x, ok := stat.SolvePositive(a, make([]float64, len(a))); ok {
			t.Errorf("%v is singular or not positive, and gave %v", a, x)
		}
	}
}

// The point is best if no slope leads down: the conditions of Kuhn and Tucker.
func TestNonNegativeLeastSquares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 7).Draw(t, "variables")
		rows := n + rapid.IntRange(0, 8).Draw(t, "more rows")
		value := rapid.Map(rapid.IntRange(-9, 9), func(i int) float64 { return float64(i) })
		a := make([][]float64, n)
		for j := range a {
			a[j] = rapid.SliceOfN(value, rows, rows).Draw(t, "column")
			a[j][j] += 20 // so that the columns differ
		}
		b := rapid.SliceOfN(value, rows, rows).Draw(t, "b")
		dot := func(x, y []float64) (s float64) {
			for i := range x {
				s += x[i] * y[i]
			}
			return s
		}
		gram, ab := make([][]float64, n), make([]float64, n)
		for i := range n {
			ab[i] = dot(a[i], b)
			for j := range n {
				gram[i] = append(gram[i], dot(a[i], a[j]))
			}
		}
		x, ok := stat.NonNegativeLeastSquares(gram, ab)
		if !ok {
			return // dependent columns after all
		}
		for j := range n {
			slope := ab[j] - dot(gram[j], x)
			if x[j] < 0 || slope > 1e-8*gram[j][j] || x[j] > 0 && math.Abs(slope) > 1e-8*gram[j][j] {
				t.Fatalf("variable %d is %v and has the slope %v", j, x[j], slope)
			}
		}
	})
	if x, ok := stat.NonNegativeLeastSquares([][]float64{{1, 1}, {1, 1}}, []float64{1, 1}); ok {
		t.Errorf("equal columns gave %v", x)
	}
	// min (x - 1)^2 + (y + 1)^2, worked by eye.
	x, _ := stat.NonNegativeLeastSquares([][]float64{{1, 0}, {0, 1}}, []float64{1, -1})
	sameColumn(t, "by eye", x, []float64{1, 0})
}

// Two factors that were mixed by a turn of 30 degrees are found again.
func TestVarimaxTurnsBack(t *testing.T) {
	simple := [][]float64{{0.9, 0.8, 0.7, 0, 0}, {0, 0, 0, 0.6, 0.9}}
	c, d := math.Cos(math.Pi/6), math.Sin(math.Pi/6)
	mixed := [][]float64{make([]float64, 5), make([]float64, 5)}
	for i := range 5 {
		mixed[0][i] = c*simple[0][i] - d*simple[1][i]
		mixed[1][i] = d*simple[0][i] + c*simple[1][i]
	}
	got := stat.Varimax(mixed)
	for k := range got {
		sameColumn(t, "factor", got[k], simple[k])
	}
	if len(stat.Varimax(nil)) != 0 {
		t.Error("no factors, and yet some")
	}
}

// criterion is what varimax makes great.
func criterion(loadings [][]float64) (v float64) {
	n := float64(len(loadings[0]))
	for k := range loadings {
		var two, four float64
		for i := range loadings[k] {
			h := 0.0
			for _, f := range loadings {
				h += f[i] * f[i]
			}
			if h > 0 {
				z := loadings[k][i] * loadings[k][i] / h
				two += z
				four += z * z
			}
		}
		v += four/n - two*two/n/n
	}
	return v
}

// No turn of two factors makes the criterion greater, and what a variable
// shares with the factors together stays.
func TestVarimaxContract(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		factors, variables := rapid.IntRange(1, 4).Draw(t, "factors"), rapid.IntRange(4, 9).Draw(t, "variables")
		loadings := make([][]float64, factors)
		for k := range loadings {
			loadings[k] = rapid.SliceOfN(hundredths(-100, 100), variables, variables).Draw(t, "loadings")
		}
		got := stat.Varimax(loadings)
		best := criterion(got)
		for i := range variables {
			var before, after float64
			for k := range loadings {
				before += loadings[k][i] * loadings[k][i]
				after += got[k][i] * got[k][i]
			}
			if math.Abs(before-after) > 1e-12 {
				t.Fatalf("variable %d: %v became %v", i, before, after)
			}
		}
		for p := range factors {
			for q := range p {
				angle := rapid.Float64Range(-1, 1).Draw(t, "angle")
				c, d := math.Cos(angle), math.Sin(angle)
				turned := make([][]float64, factors)
				copy(turned, got)
				turned[p], turned[q] = make([]float64, variables), make([]float64, variables)
				for i := range variables {
					turned[p][i] = c*got[p][i] - d*got[q][i]
					turned[q][i] = d*got[p][i] + c*got[q][i]
				}
				if v := criterion(turned); v > best+1e-9 {
					t.Fatalf("turning %d and %d by %v makes %v of %v", p, q, angle, v, best)
				}
			}
		}
	})
}
