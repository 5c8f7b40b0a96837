package stat_test

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"mizan/stat"

	"pgregory.net/rapid"
)

// Every cell of the matrix is what the function of two columns gives, with
// missing values and ties or without, whatever the number of processors.
func TestCorrelateIsPairwise(t *testing.T) {
	coefficients := map[stat.Coefficient][2]func(x, y []float64) float64{
		stat.ByPearson: {stat.Pearson, func(x, y []float64) float64 {
			n := 0
			for i := range x {
				if x[i] == x[i] && y[i] == y[i] {
					n++
				}
			}
			return stat.PearsonP(stat.Pearson(x, y), n)
		}},
		stat.BySpearman: {stat.Spearman, stat.SpearmanP},
		stat.ByKendall:  {stat.Kendall, stat.KendallP},
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "n")
		value := rapid.SampledFrom([]*rapid.Generator[float64]{
			rapid.Float64Range(-10, 10),
			rapid.Map(rapid.IntRange(0, 4), func(i int) float64 { return float64(i) }),
			rapid.OneOf(rapid.Float64Range(0, 10), rapid.Just(nan)),
		}).Draw(t, "kind")
		k := rapid.IntRange(1, 5).Draw(t, "k")
		columns := make([][]float64, k)
		for i := range columns {
			columns[i] = rapid.SliceOfN(value, n, n).Draw(t, "x")
			if lo, hi := stat.MinMax(columns[i]); hi-lo < 1e-3 && lo != hi {
				return // differences that vanish in rounding decide no coefficient
			}
		}
		for by, of := range coefficients {
			runtime.GOMAXPROCS(1 + k%3)
			c := stat.Correlate(columns, by)
			for i := range columns {
				for j := range columns {
					r, p, pairs := c.At(i, j)
					if want := of[0](columns[i], columns[j]); !near(r, want) {
						t.Fatalf("coefficient %d of %v and %v is %v, want %v", by, columns[i], columns[j], r, want)
					}
					want := of[1](columns[i], columns[j])
					// Near 1 the probability follows the last bits of r.
					if i != j && math.Abs(r) < 0.999 && !(math.Abs(p-want) <= 1e-7) && !near(p, want) {
						t.Fatalf("probability %d of %v and %v is %v, want %v", by, columns[i], columns[j], p, want)
					}
					if p < 0 || p > 1 || pairs > n {
						t.Fatalf("p = %v over %d pairs of %d", p, pairs, n)
					}
				}
			}
		}
	})
}

func TestCorrelateSameBits(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	columns := benchmarkColumns(40, 60, true)
	for _, by := range []stat.Coefficient{stat.ByPearson, stat.BySpearman, stat.ByKendall} {
		runtime.GOMAXPROCS(1)
		want := stat.Correlate(columns, by)
		for _, n := range []int{2, 8} {
			runtime.GOMAXPROCS(n)
			if got := stat.Correlate(columns, by); !slices.Equal(bits(got.R), bits(want.R)) || !slices.Equal(bits(got.P), bits(want.P)) {
				t.Errorf("coefficient %d differs with %d processors", by, n)
			}
		}
	}
}

func bits(x []float64) []uint64 {
	b := make([]uint64, len(x))
	for i, v := range x {
		b[i] = math.Float64bits(v)
	}
	return b
}

// Pearson's probabilities from the density of r; Spearman's and Kendall's by
// counting the permutations of four and five by hand.
func TestSignificance(t *testing.T) {
	// Under independence r has the density (1 - r^2)^((n-4)/2): uniform over 4
	// pairs, a polynomial over 6 and 12.
	for _, r := range []float64{0, 0.01, -0.3, 0.5, 0.576, 0.9, -0.999} {
		a := math.Abs(r)
		sameColumn(t, "probabilities of r", []float64{stat.PearsonP(r, 4), stat.PearsonP(r, 6), stat.PearsonP(r, 12)}, []float64{
			1 - a, 1 - (3*a-a*a*a)/2,
			1 - a*(1-4*a*a/3+6*math.Pow(a, 4)/5-4*math.Pow(a, 6)/7+math.Pow(a, 8)/9)*315/128,
		})
	}
	if got := stat.PearsonP(1, 5); got != 0 {
		t.Errorf("r = 1 has the probability %v", got)
	}
	tests := []struct {
		x, y              []float64
		spearman, kendall float64
	}{
		// 1 permutation of 24 has S = 0, and one has the largest.
		{[]float64{1, 2, 3, 4}, []float64{1, 2, 3, 4}, 2.0 / 24, 2.0 / 24},
		{[]float64{1, 2, 3, 4}, []float64{4, 3, 2, 1}, 2.0 / 24, 2.0 / 24},
		// One swap of neighbours: S <= 2 in 1 + 3 permutations, at most one inversion in 1 + 3.
		{[]float64{1, 2, 3, 4}, []float64{2, 1, 3, 4}, 8.0 / 24, 8.0 / 24},
		// Two swaps among five: S = 4; 1 + 4 + 3 permutations have S <= 4, 1 + 4 + 9 at most 2 inversions.
		{[]float64{1, 2, 3, 4, 5}, []float64{2, 1, 4, 3, 5}, 16.0 / 120, 28.0 / 120},
		{[]float64{1, 2}, []float64{1, 2}, nan, nan},
		{[]float64{1, 1, 1, nan}, []float64{1, 2, 3, 4}, nan, nan},
	}
	for _, tt := range tests {
		got := []float64{stat.SpearmanP(tt.x, tt.y), stat.KendallP(tt.x, tt.y)}
		sameColumn(t, "probabilities", got, []float64{tt.spearman, tt.kendall})
	}
}

// With ties Spearman's is that of t: ranks 1.5 1.5 3 4 against 1 2 3.5 3.5 give
// rho = 8/9, t = rho sqrt(2/(1-rho^2)) = 2.7440, and P = 1 - t/sqrt(t^2+2) = 1 - rho
// for two degrees of freedom. Kendall's has S = 4, n = 4, one tie in each:
// v = (156 - 18 - 18)/18 + 4/24 = 6.8333.
func TestSignificanceWithTies(t *testing.T) {
	x, y := []float64{1, 1, 2, 3}, []float64{1, 2, 3, 3}
	want := []float64{1.0 / 9, math.Erfc(4 / math.Sqrt(156.0/18-2+1.0/6) / math.Sqrt2)}
	sameColumn(t, "probabilities", []float64{stat.SpearmanP(x, y), stat.KendallP(x, y)}, want)
}

// By counting every permutation, at the largest size that is exact.
func TestSpearmanPByCounting(t *testing.T) {
	for _, y := range [][]float64{{2, 1, 3, 4, 6, 5, 7}, {7, 1, 5, 2, 6, 3, 4}, {4, 5, 1, 7, 2, 6, 3}, {5, 7, 4, 6, 1, 3, 2}} {
		x := []float64{1, 2, 3, 4, 5, 6, 7}
		s := squares(x, y)
		below, above, all := 0.0, 0.0, 0.0
		permute(slices.Clone(x), 0, func(z []float64) {
			all++
			if squares(x, z) <= s {
				below++
			}
			if squares(x, z) >= s {
				above++
			}
		})
		want := math.Min(1, 2*math.Min(below, above)/all)
		if got := stat.SpearmanP(x, y); !near(got, want) {
			t.Errorf("%v: %v, by counting %v", y, got, want)
		}
	}
}

func squares(x, y []float64) float64 {
	s := 0.0
	for i := range x {
		s += (x[i] - y[i]) * (x[i] - y[i])
	}
	return s
}

func permute(x []float64, k int, visit func([]float64)) {
	if k == len(x) {
		visit(x)
		return
	}
	for i := k; i < len(x); i++ {
		x[k], x[i] = x[i], x[k]
		permute(x, k+1, visit)
		x[k], x[i] = x[i], x[k]
	}
}

// benchmarkColumns makes k columns of n values, about one in twenty missing
// with holes.
func benchmarkColumns(k, n int, holes bool) [][]float64 {
	all := benchmarkColumn(k * n)
	columns := make([][]float64, k)
	for i := range columns {
		columns[i] = all[i*n : (i+1)*n]
		for j := range columns[i] {
			if holes && (7*i+13*j)%19 == 0 {
				columns[i][j] = nan
			}
		}
	}
	return columns
}

// 500 indicators of 200 units: 125,250 pairs.
func BenchmarkCorrelate500(b *testing.B) {
	for _, tt := range []struct {
		name  string
		by    stat.Coefficient
		holes bool
	}{
		{"pearson", stat.ByPearson, false},
		{"pearson, holes", stat.ByPearson, true},
		{"spearman", stat.BySpearman, false},
		{"spearman, holes", stat.BySpearman, true},
		{"kendall", stat.ByKendall, false},
	} {
		columns := benchmarkColumns(500, 200, tt.holes)
		b.Run(tt.name, func(b *testing.B) {
			for b.Loop() {
				stat.Correlate(columns, tt.by)
			}
		})
	}
}
