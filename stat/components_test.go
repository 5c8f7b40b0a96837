package stat_test

import (
	"math"
	"slices"
	"testing"

	"mizan/stat"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// Two columns with correlation r have the eigenvalues 1+|r| and 1-|r|, along
// the diagonals. Here r = 0.8 and -0.8, as TestCorrelation has it for ranks.
func TestPrincipalComponentsOfTwo(t *testing.T) {
	x := []float64{1, 2, nan, 3, 4, 5, 9}
	up := []float64{2, 1, 7, 4, 3, 5, nan}
	down := []float64{-2, -1, 7, -4, -3, -5, nan}
	h := math.Sqrt(0.5)
	for _, tt := range []struct {
		y             []float64
		first, second []float64
	}{{up, []float64{h, h}, []float64{h, -h}}, {down, []float64{h, -h}, []float64{h, h}}} {
		c, ok := stat.PrincipalComponents([][]float64{x, tt.y})
		if !ok || c.N != 5 {
			t.Fatalf("%v over %+v", ok, c)
		}
		sameColumn(t, "eigenvalues", c.Values, []float64{1.8, 0.2})
		sameColumn(t, "first", c.Loadings[0], tt.first)
		sameColumn(t, "second", c.Loadings[1], tt.second)
		if !near(c.Share(1), 0.9) || !near(c.Share(2), 1) {
			t.Errorf("shares %v and %v", c.Share(1), c.Share(2))
		}
	}
}

// Three columns that are the same thing have one component; where there is
// nothing to explain there is none.
func TestPrincipalComponentsAtTheEdge(t *testing.T) {
	x := []float64{1, 4, 2, 8}
	c, ok := stat.PrincipalComponents([][]float64{x, x, x})
	third := math.Sqrt(1.0 / 3)
	if !ok {
		t.Fatal("no components")
	}
	sameColumn(t, "eigenvalues", c.Values, []float64{3, 0, 0})
	sameColumn(t, "first", c.Loadings[0], []float64{third, third, third})
	for _, columns := range [][][]float64{nil, {x}, {x, {1, 1, 1, 1}}, {{1, 2}, {2, 1}}, {x, {nan, nan, 1, 2}}} {
		if _, ok := stat.PrincipalComponents(columns); ok {
			t.Errorf("%v has components", columns)
		}
	}
}

func TestPrincipalComponentsContract(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k, n := rapid.IntRange(2, 8).Draw(t, "k"), rapid.IntRange(3, 30).Draw(t, "n")
		columns := make([][]float64, k)
		for i := range columns {
			columns[i] = rapid.SliceOfN(rapid.Float64Range(-10, 10), n, n).Draw(t, "x")
			if lo, hi := stat.MinMax(columns[i]); hi-lo < 1e-3 {
				return
			}
		}
		c, ok := stat.PrincipalComponents(columns)
		if !ok {
			t.Fatal("no components")
		}
		sum := 0.0
		for i, v := range c.Values {
			sum += v
			if v < 0 || i > 0 && v > c.Values[i-1] {
				t.Fatalf("eigenvalues %v", c.Values)
			}
		}
		if math.Abs(sum-float64(k)) > 1e-9 || math.Abs(c.Share(k)-1) > 1e-9 {
			t.Fatalf("the eigenvalues of %d columns add up to %v", k, sum)
		}
		r := stat.Correlate(columns, stat.ByPearson)
		for m, v := range c.Loadings {
			length, total := 0.0, 0.0
			for i, x := range v {
				length += x * x
				total += x
				rv := 0.0
				for j, y := range v {
					rv += r.R[i*k+j] * y
				}
				if math.Abs(rv-c.Values[m]*x) > 1e-9 {
					t.Fatalf("R v = %v, lambda v = %v", rv, c.Values[m]*x)
				}
			}
			if math.Abs(length-1) > 1e-9 {
				t.Fatalf("component %d has the length %v", m, length)
			}
			first := slices.IndexFunc(v, func(x float64) bool { return math.Abs(x) > 1e-6 })
			if total < -1e-6 || math.Abs(total) < 1e-12 && v[first] < 0 {
				t.Fatalf("the sign of %v", v)
			}
		}
	})
}

// gonum finds the same eigenvalues, of indefinite and singular matrices too. It
// panics where entries are 1e-100 of others, so entries are whole here.
func TestSymmetricEigenAgainstGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 12).Draw(t, "k")
		a := make([]float64, k*k)
		scale := rapid.SampledFrom([]float64{1e-8, 1, 1e8}).Draw(t, "scale")
		for i := range k {
			for j := range i + 1 {
				v := scale * float64(rapid.IntRange(-1024, 1024).Draw(t, "a")) / 1024
				a[i*k+j], a[j*k+i] = v, v
			}
		}
		values, vectors := stat.SymmetricEigen(a, k)
		var eigen mat.EigenSym
		if !eigen.Factorize(mat.NewSymDense(k, a), true) { //nolint:misspell // the name is gonum's
			return // gonum gives up
		}
		for i, want := range eigen.Values(nil) {
			if got := values[k-1-i]; math.Abs(got-want) > 1e-12*scale*float64(k) {
				t.Fatalf("eigenvalues %v, gonum has %v", values, eigen.Values(nil))
			}
		}
		for m, v := range vectors {
			for i := range k {
				sum := -values[m] * v[i]
				for j := range k {
					sum += a[i*k+j] * v[j]
				}
				if math.Abs(sum) > 1e-12*scale*float64(k) {
					t.Fatalf("A v - lambda v = %v", sum)
				}
			}
		}
	})
}

// Three columns worked by hand, with variances of 5/3 each.
func TestCronbach(t *testing.T) {
	a, b, c := []float64{1, 2, 3, 4}, []float64{1, 3, 2, 4}, []float64{2, 4, 1, 3}
	// cov(a,b) = 4/3, cov(a,c) = 0, cov(b,c) = 1: V = 5 + 14/3 = 29/3, so
	// alpha = 3/2 (14/3)/(29/3) = 21/29.
	if got := stat.Cronbach([][]float64{a, b, c}); !near(got, 21.0/29) {
		t.Errorf("alpha is %v, want %v", got, 21.0/29)
	}
	// Equal columns have alpha 1; opposite ones have nothing in common.
	if got := stat.Cronbach([][]float64{a, a}); !near(got, 1) {
		t.Errorf("alpha of equal columns is %v", got)
	}
	if got := stat.Cronbach([][]float64{a, {4, 3, 2, 1}}); got == got {
		t.Errorf("alpha of opposite columns is %v", got)
	}
	if got := stat.Cronbach([][]float64{a}); got == got {
		t.Errorf("alpha of one column is %v", got)
	}
	// Rows with holes: complete ones are the four above.
	hole := [][]float64{append([]float64{9}, a...), append([]float64{nan}, b...), append([]float64{5}, c...)}
	if got := stat.CronbachComplete(hole); !near(got, 21.0/29) {
		t.Errorf("alpha of complete rows is %v", got)
	}
}

func TestCovariance(t *testing.T) {
	if got := stat.Covariance([]float64{1, 2, nan, 6}, []float64{2, 4, 7, 3}); !near(got, 0.5) {
		t.Errorf("covariance %v, want 1/2", got) // (-2)(-1) + (-1)(1) + 3(0) = 1, over 2
	}
	if got := stat.Covariance([]float64{1, nan}, []float64{2, 3}); got == got {
		t.Errorf("covariance of one pair is %v", got)
	}
}

func BenchmarkPrincipalComponents(b *testing.B) {
	columns := benchmarkColumns(50, 200, false)
	for b.Loop() {
		stat.PrincipalComponents(columns)
	}
}
