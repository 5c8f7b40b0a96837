package stat_test

import (
	"math"
	"slices"
	"testing"

	"mizan/stat"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// The example of Golub and Van Loan's kind, worked by hand:
// 4 = 2^2, 12 = 2*6, 37 = 6^2 + 1, -16 = 2*(-8), -43 = 6*(-8) + 5,
// 98 = 64 + 25 + 9.
func TestCholesky(t *testing.T) {
	a := [][]float64{{4, nan, nan}, {12, 37, nan}, {-16, -43, 98}}
	if d := stat.Cholesky(a, 0); d != -1 {
		t.Fatalf("row %d is said to be dependent", d)
	}
	for i, want := range [][]float64{{2}, {6, 1}, {-8, 5, 3}} {
		sameColumn(t, "factor", a[i][:i+1], want)
	}
	// A (1, 2, 3)' = (4+24-48, 12+74-129, -16-86+294)'
	x := []float64{-20, -43, 192}
	stat.CholeskySolve(a, x)
	sameColumn(t, "solution", x, []float64{1, 2, 3})

	inverse := [][]float64{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}
	stat.CholeskyInverse(a, inverse)
	full := [][]float64{{4, 12, -16}, {12, 37, -43}, {-16, -43, 98}}
	for i := range full {
		for k := range full {
			var s, want float64
			for l := range full {
				s += full[i][l] * inverse[l][k]
			}
			if i == k {
				want = 1
			}
			if !near(s, want) {
				t.Errorf("A times its inverse is %v at %d, %d", s, i, k)
			}
		}
	}
}

func TestCholeskyOfDependentRows(t *testing.T) {
	for _, tt := range []struct {
		a    [][]float64
		want int
	}{
		{[][]float64{{1, 0}, {2, 4}}, 1}, // the second row is twice the first
		{[][]float64{{0}}, 0},
		{[][]float64{{1, 0, 0}, {0, 1, 0}, {1, 1, 1}}, 2}, // not positive: 1 - 1 - 1
		{[][]float64{{nan}}, 0},
		{[][]float64{}, -1},
	} {
		if got := stat.Cholesky(tt.a, 1e-12); got != tt.want {
			t.Errorf("%v: row %d is dependent, want %d", tt.a, got, tt.want)
		}
	}
}

// The line through (1, 6), (2, 5), (3, 7), (4, 10) is 3.5 + 1.4 x; the
// regression of Strang, and a plane that fits exactly.
func TestLeastSquares(t *testing.T) {
	ones := []float64{1, 1, 1, 1}
	for _, tt := range []struct {
		x    [][]float64
		y    []float64
		want []float64
	}{
		{[][]float64{ones, {1, 2, 3, 4}}, []float64{6, 5, 7, 10}, []float64{3.5, 1.4}},
		{[][]float64{{1, 1, 1}, {0, 1, 2}}, []float64{6, 0, 0}, []float64{5, -3}},
		{[][]float64{ones, {0, 1, 0, 1}, {0, 0, 1, 1}}, []float64{2, 5, 1, 4}, []float64{2, 3, -1}},
		{[][]float64{{2}}, []float64{6}, []float64{3}},
	} {
		x := slices.Clone(tt.x)
		got, dependent := stat.LeastSquares(tt.x, tt.y)
		if dependent != -1 {
			t.Errorf("column %d is said to be dependent", dependent)
			continue
		}
		sameColumn(t, "coefficients", got, tt.want)
		if !slices.EqualFunc(x, tt.x, slices.Equal) {
			t.Error("the columns were changed")
		}
	}
}

func TestLeastSquaresOfDependentColumns(t *testing.T) {
	for _, tt := range []struct {
		x    [][]float64
		want int
	}{
		{[][]float64{{1, 1, 1}, {1, 2, 3}, {3, 5, 7}}, 2}, // 1 + 2 x
		{[][]float64{{0, 0, 0}}, 0},
		{[][]float64{{1, 1, 1}, {1e9, 1e9, 1e9}}, 1},
		{[][]float64{{1, 2, 4}, {1, 1, 0}, {2, 0, 0}, {0, 0, 5}}, 3}, // four columns, three rows
	} {
		if b, got := stat.LeastSquares(tt.x, []float64{1, 2, 3}); got != tt.want || b != nil {
			t.Errorf("%v: column %d is dependent, want %d", tt.x, got, tt.want)
		}
	}
}

// gonum solves the same by its own QR.
func TestLeastSquaresAgainstGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, p := rapid.IntRange(4, 12).Draw(t, "rows"), rapid.IntRange(1, 4).Draw(t, "columns")
		x := make([][]float64, p)
		m := mat.NewDense(n, p, nil)
		for j := range x {
			x[j] = rapid.SliceOfN(rapid.Float64Range(-10, 10), n, n).Draw(t, "x")
			m.SetCol(j, x[j])
		}
		y := rapid.SliceOfN(rapid.Float64Range(-10, 10), n, n).Draw(t, "y")
		var qr mat.QR
		qr.Factorize(m) //nolint:misspell // the name is gonum's
		if qr.Cond() > 1e4 {
			return
		}
		want := mat.NewVecDense(p, nil)
		if err := qr.SolveVecTo(want, false, mat.NewVecDense(n, y)); err != nil {
			t.Fatal(err)
		}
		got, dependent := stat.LeastSquares(x, y)
		if dependent != -1 {
			t.Fatalf("column %d is said to be dependent; the condition number is %v", dependent, qr.Cond())
		}
		for j := range got {
			if d := math.Abs(got[j] - want.AtVec(j)); d > 1e-7*max(1, math.Abs(want.AtVec(j))) {
				t.Fatalf("coefficient %d is %v, gonum has %v", j, got[j], want.AtVec(j))
			}
		}
	})
}
