package stat_test

import (
	"math"
	"slices"
	"testing"

	"mizan/stat"

	gonum "gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"
)

var nan = math.NaN()

func near(a, b float64) bool {
	if a != a || b != b {
		return a != a && b != b
	}
	return a == b || math.Abs(a-b) <= 1e-10*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
}

func sameColumn(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if !slices.EqualFunc(got, want, near) {
		t.Errorf("%s:\ngot  %v\nwant %v", what, got, want)
	}
}

// The figures were worked by hand; skewness and kurtosis those of the
// functions skew and kurt of COINr 1.1.14.
func TestMoments(t *testing.T) {
	tests := []struct {
		x                                    []float64
		n                                    int
		mean, variance, skew, kurt, min, max float64
	}{
		{[]float64{3, 1, nan, 4, 1, 5, 9, 2, 6, 5, nan, 3.5}, 10, 3.95, 6.025, 0.75140866190149946, 0.69460466130633591, 1, 9},
		{[]float64{0, 0, 0, 1}, 4, 0.25, 0.25, 2, 4, 0, 1},
		{[]float64{-5, 0, 3, nan, 8, -5}, 5, 0.2, 30.7, 0.52733291489327094, -1.0698256745429671, -5, 8},
		{[]float64{2, 2, 2, 2}, 4, 2, 0, nan, nan, 2, 2},
		{[]float64{1, 2, 3}, 3, 2, 1, 0, nan, 1, 3},
		{[]float64{5, nan}, 1, 5, nan, nan, nan, 5, 5},
		{[]float64{nan}, 0, nan, nan, nan, nan, nan, nan},
		{nil, 0, nan, nan, nan, nan, nan, nan},
	}
	for _, tt := range tests {
		m := stat.MomentsOf(tt.x)
		got := []float64{float64(m.N), stat.Mean(tt.x), stat.Variance(tt.x), stat.Skewness(tt.x), stat.Kurtosis(tt.x), m.Min, m.Max}
		want := []float64{float64(tt.n), tt.mean, tt.variance, tt.skew, tt.kurt, tt.min, tt.max}
		if !slices.EqualFunc(got, want, near) {
			t.Errorf("%v:\ngot  %v\nwant %v", tt.x, got, want)
		}
		if !near(stat.SD(tt.x), math.Sqrt(tt.variance)) {
			t.Errorf("%v: sd %v", tt.x, stat.SD(tt.x))
		}
	}
}

// A tenth cannot be written exactly; the mean of tenths is a tenth all the
// same, and has no variance.
func TestEqualValuesHaveNoSpread(t *testing.T) {
	for n := 2; n < 2000; n += 13 {
		x := make([]float64, n)
		for i := range x {
			x[i] = 0.1
		}
		if m := stat.MomentsOf(x); m.Mean != 0.1 || m.S2 != 0 {
			t.Fatalf("%d values: mean %v, S2 %v", n, m.Mean, m.S2)
		}
	}
}

func TestSum(t *testing.T) {
	if got := stat.Sum([]float64{1, 1e100, nan, 1, -1e100}); got != 2 {
		t.Errorf("got %v, want 2 (the example of Neumaier)", got)
	}
	if got := stat.Sum([]float64{math.Inf(1), 1}); !math.IsInf(got, 1) {
		t.Errorf("got %v, want infinity", got)
	}
	if got := stat.Sum(nil); got != 0 {
		t.Errorf("the sum of nothing is %v", got)
	}
}

// The quantiles are those of R's default, for 1 2 4 7 7 10 13.
func TestQuantile(t *testing.T) {
	x := []float64{7, 1, 13, nan, 4, 7, 10, 2}
	for q, want := range map[float64]float64{0: 1, 0.1: 1.6, 0.5: 7, 0.9: 11.2, 1: 13, -0.1: nan, 1.1: nan} {
		if got := stat.Quantile(x, q); !near(got, want) {
			t.Errorf("quantile %v is %v, want %v", q, got, want)
		}
	}
	if got := stat.Quantile([]float64{nan}, 0.5); got == got {
		t.Errorf("the quantile of nothing is %v", got)
	}
	for _, tt := range []struct {
		x    []float64
		want float64
	}{{nil, nan}, {[]float64{nan, 3}, 3}, {[]float64{4, 1}, 2.5}, {[]float64{9, 1, 2}, 2}} {
		if got := stat.Median(tt.x); !near(got, tt.want) {
			t.Errorf("median of %v is %v", tt.x, got)
		}
	}
}

func TestRanks(t *testing.T) {
	x := []float64{3, 1, nan, 4, 1, 5, 9, 2, 6, 5, nan, 3.5}
	for ties, want := range map[stat.Ties][]float64{
		stat.TiesMin:     {4, 1, nan, 6, 1, 7, 10, 3, 9, 7, nan, 5},
		stat.TiesMax:     {4, 2, nan, 6, 2, 8, 10, 3, 9, 8, nan, 5},
		stat.TiesAverage: {4, 1.5, nan, 6, 1.5, 7.5, 10, 3, 9, 7.5, nan, 5},
		stat.TiesFirst:   {4, 1, nan, 6, 2, 7, 10, 3, 9, 8, nan, 5},
	} {
		got := make([]float64, len(x))
		stat.Ranks(got, x, ties)
		sameColumn(t, "ranks", got, want)
	}
	got := slices.Clone(x)
	stat.RanksDown(got, got, stat.TiesMin)
	sameColumn(t, "from above", got, []float64{7, 9, nan, 5, 9, 3, 1, 8, 2, 3, nan, 6})
	zeros := []float64{0, math.Copysign(0, -1), math.Inf(-1), -1e-300, math.Inf(1)}
	stat.Ranks(zeros, zeros, stat.TiesMin)
	sameColumn(t, "zeros", zeros, []float64{3, 3, 1, 2, 5})
}

// Sorting by digits and by comparison give the same ranks as counting.
func TestRanksByCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{1, 7, 450}).Draw(t, "n")
		value := rapid.OneOf(rapid.Float64(), rapid.Map(rapid.IntRange(-3, 3), func(i int) float64 { return float64(i) }), rapid.Just(nan))
		x := rapid.SliceOfN(value, n, n).Draw(t, "x")
		up, down := make([]float64, n), make([]float64, n)
		stat.Ranks(up, x, stat.TiesMin)
		stat.RanksDown(down, x, stat.TiesMin)
		for i, v := range x {
			below, above := 1.0, 1.0
			for _, w := range x {
				if w < v {
					below++
				}
				if w > v {
					above++
				}
			}
			if v != v {
				below, above = nan, nan
			}
			if !near(up[i], below) || !near(down[i], above) {
				t.Fatalf("%v has the ranks %v and %v, want %v and %v", v, up[i], down[i], below, above)
			}
		}
		last := -1
		for _, at := range stat.Order(x) {
			if last >= 0 && (x[last] > x[at] || x[last] == x[at] && last > at) {
				t.Fatalf("positions %d and %d are in the wrong order", last, at)
			}
			last = at
		}
	})
}

// Tables worked by hand.
func TestCorrelation(t *testing.T) {
	tests := []struct {
		x, y                       []float64
		pearson, spearman, kendall float64
	}{
		{[]float64{1, 2, 3, 4, 5}, []float64{2, 4, 6, 8, 10}, 1, 1, 1},
		{[]float64{1, 2, 3, 4}, []float64{16, 9, 4, 1}, -0.9843740386976972, -1, -1},
		// Two swaps among five: rho = 1 - 6*4/120, tau = (8 - 2)/10.
		{[]float64{1, 2, 3, 4, 5}, []float64{2, 1, 4, 3, 5}, 0.8, 0.8, 0.6},
		// Ties: ranks 1.5 1.5 3 4 against 1 2 3.5 3.5, so rho = 4/4.5; tau = 4/5.
		{[]float64{1, 1, 2, 3}, []float64{1, 2, 3, 3}, 0.8181818181818182, 0.8888888888888888, 0.8},
		{[]float64{1, nan, 2, 3, 7}, []float64{2, 5, 4, 6, nan}, 1, 1, 1},
		{[]float64{1, 1, 1}, []float64{1, 2, 3}, nan, nan, nan},
		{[]float64{1}, []float64{1}, nan, nan, nan},
	}
	for _, tt := range tests {
		got := []float64{stat.Pearson(tt.x, tt.y), stat.Spearman(tt.x, tt.y), stat.Kendall(tt.x, tt.y)}
		sameColumn(t, "correlations", got, []float64{tt.pearson, tt.spearman, tt.kendall})
	}
}

func TestCorrelationContract(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 60).Draw(t, "n")
		value := rapid.OneOf(rapid.Float64Range(-100, 100), rapid.Map(rapid.IntRange(0, 4), func(i int) float64 { return float64(i) }))
		x, y := rapid.SliceOfN(value, n, n).Draw(t, "x"), rapid.SliceOfN(value, n, n).Draw(t, "y")
		for _, v := range [][]float64{x, y} {
			if lo, hi := stat.MinMax(v); hi-lo < 1e-3 {
				return // the squares of smaller figures vanish in gonum's sums
			}
		}
		if got, want := stat.Pearson(x, y), gonum.Correlation(x, y, nil); math.Abs(got-want) > 1e-9 {
			t.Fatalf("Pearson %v, gonum has %v", got, want)
		}
		if got, want := stat.Kendall(x, y), countedTau(x, y); math.Abs(got-want) > 1e-12 {
			t.Fatalf("Kendall %v, by counting %v", got, want)
		}
		for _, f := range []func(x, y []float64) float64{stat.Pearson, stat.Spearman, stat.Kendall} {
			r := f(x, y)
			if r < -1 || r > 1 || math.Abs(r-f(y, x)) > 1e-12 || math.Abs(f(x, x)-1) > 1e-12 {
				t.Fatalf("r = %v, turned round %v, with itself %v", r, f(y, x), f(x, x))
			}
		}
	})
}

// countedTau is tau-b by looking at every pair.
func countedTau(x, y []float64) float64 {
	var s, nx, ny float64
	for i := range x {
		for j := range i {
			dx, dy := sign(x[i]-x[j]), sign(y[i]-y[j])
			s += dx * dy
			nx += dx * dx
			ny += dy * dy
		}
	}
	return s / math.Sqrt(nx*ny)
}

func sign(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// gonum has the same definitions; it knows no missing values.
func TestMomentsAgainstGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-1000, 1000), 4, 50).Draw(t, "x")
		m := stat.MomentsOf(x)
		if m.S2 < 1 {
			return
		}
		got := []float64{m.Mean, m.Variance(), m.Skewness(), m.Kurtosis()}
		want := []float64{gonum.Mean(x, nil), gonum.Variance(x, nil), gonum.Skew(x, nil), gonum.ExKurtosis(x, nil)}
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-8*math.Max(1, math.Abs(want[i])) {
				t.Fatalf("moment %d of %v is %v, gonum has %v", i+1, x, got[i], want[i])
			}
		}
	})
}

func benchmarkColumn(n int) []float64 {
	x := make([]float64, n)
	s := uint64(1)
	for i := range x {
		s = s*6364136223846793005 + 1442695040888963407
		x[i] = float64(s>>11) / (1 << 53) * 100
	}
	return x
}

func BenchmarkRanksDown(b *testing.B) {
	x := benchmarkColumn(100_000)
	dst := make([]float64, len(x))
	for b.Loop() {
		stat.RanksDown(dst, x, stat.TiesMin)
	}
}

func BenchmarkMoments(b *testing.B) {
	x := benchmarkColumn(100_000)
	for b.Loop() {
		stat.MomentsOf(x)
	}
}

func BenchmarkSpearman(b *testing.B) {
	x := benchmarkColumn(200)
	y := benchmarkColumn(400)[200:]
	for b.Loop() {
		stat.Spearman(x, y)
	}
}

func BenchmarkKendall(b *testing.B) {
	x := benchmarkColumn(200)
	y := benchmarkColumn(400)[200:]
	for b.Loop() {
		stat.Kendall(x, y)
	}
}
