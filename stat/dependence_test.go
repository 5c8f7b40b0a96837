package stat_test

import (
	"math"
	"slices"
	"testing"

	"mizan/stat"

	"pgregory.net/rapid"
)

// Worked by hand with the weights k = exp(-1/2) at a distance of one h and k^4
// at two. At the middle of 1 0 1 the line is level: 2k/(1+2k). At an end, with
// d = 0, 1, 2 and y = 1, 0, 1: S0 = 1+k+k^4, S1 = k+2k^4, S2 = k+4k^4,
// T0 = 1+k^4, T1 = 2k^4, m = (S2 T0 - S1 T1)/(S0 S2 - S1^2).
func TestLocalLinear(t *testing.T) {
	k := math.Exp(-0.5)
	q := k * k * k * k
	end := ((k+4*q)*(1+q) - (k+2*q)*2*q) / ((1+k+q)*(k+4*q) - (k+2*q)*(k+2*q))
	got := stat.LocalLinear([]float64{-3, 0, 3}, []float64{1, 0, 1}, 3)
	sameColumn(t, "curve", got, []float64{end, 2 * k / (1 + 2*k), end})

	// A straight line is found whatever the bandwidth; equal x have their mean.
	x := []float64{0, 1, 5, 5, 9}
	for _, h := range []float64{0.01, 1, 1e6} {
		sameColumn(t, "line", stat.LocalLinear(x, []float64{1, 3, 11, 11, 19}, h), []float64{1, 3, 11, 11, 19})
	}
	sameColumn(t, "mean", stat.LocalLinear([]float64{2, 2, 2}, []float64{1, 3, 8}, 1), []float64{4, 4, 4})
}

// What a curve explains is known where y is a function of x: all of it. A
// straight line explains nothing of a parabola over a symmetric grid.
func TestImportance(t *testing.T) {
	var x, line, parabola, wave []float64
	for i := -20; i <= 20; i++ {
		v := float64(i) / 20
		x, line = append(x, v), append(line, 3-2*v)
		parabola, wave = append(parabola, v*v), append(wave, math.Sin(4*v))
	}
	if l, c := stat.LinearImportance(x, line), stat.Importance(x, line); !near(l, 1) || math.Abs(c-1) > 1e-9 {
		t.Errorf("of a line: %v and %v", l, c)
	}
	if l, c := stat.LinearImportance(x, parabola), stat.Importance(x, parabola); l > 1e-12 || c < 0.97 {
		t.Errorf("of a parabola: %v and %v", l, c)
	}
	if l, c := stat.LinearImportance(x, wave), stat.Importance(x, wave); l > 0.2 || c < 0.97 {
		t.Errorf("of a wave: %v and %v", l, c)
	}
	// r = 0.8 of five pairs, as TestCorrelation has it.
	if l := stat.LinearImportance([]float64{1, 2, 3, 4, 5, nan}, []float64{2, 1, 4, 3, 5, 9}); !near(l, 0.64) {
		t.Errorf("r = 0.8: %v", l)
	}
	for _, tt := range [][2][]float64{{{1, 2}, {1, 2}}, {{1, 1, 1, 1, 1, 1}, {1, 2, 3, 4, 5, 6}}, {{1, 2, 3, 4, 5}, {7, 7, 7, 7, 7}}} {
		if l, c := stat.LinearImportance(tt[0], tt[1]), stat.Importance(tt[0], tt[1]); l == l || c == c {
			t.Errorf("of %v: %v and %v", tt, l, c)
		}
	}
	if c := stat.Importance([]float64{1, 2, 3, 4, 4, 4}, []float64{1, 2, 3, 4, 5, 6}); c == c {
		t.Errorf("of four different values: %v", c)
	}
}

// Pure noise explains little; the estimate stays a share; units of measurement
// and the order of units do not matter.
func TestImportanceContract(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(6, 40).Draw(t, "n")
		x := rapid.SliceOfN(rapid.Float64Range(-10, 10), n, n).Draw(t, "x")
		y := rapid.SliceOfN(rapid.Float64Range(-10, 10), n, n).Draw(t, "y")
		for _, v := range [][]float64{x, y} {
			sorted := slices.Clone(v)
			slices.Sort(sorted)
			for i := 1; i < n; i++ {
				if sorted[i]-sorted[i-1] < 1e-3 {
					return // near ties: rounding would choose the bandwidth
				}
			}
		}
		s := stat.Importance(x, y)
		if !(s >= 0 && s <= 1) {
			t.Fatalf("importance %v", s)
		}
		h := stat.BandwidthByLeavingOut(x, y)
		x2 := make([]float64, n)
		for i, v := range x {
			x2[i] = 3*v + 7
		}
		if h2 := stat.BandwidthByLeavingOut(x2, y); math.Abs(h2/h/3-1) > 1e-9 {
			t.Fatalf("bandwidth %v, of three times x %v", h, h2)
		}
		slices.Reverse(x2)
		back := slices.Clone(y)
		slices.Reverse(back)
		if again := stat.Importance(x2, back); math.Abs(again-s) > 1e-6 {
			t.Fatalf("importance %v, the other way round %v", s, again)
		}
	})
}

func BenchmarkImportance(b *testing.B) {
	x, y := benchmarkColumn(200), benchmarkColumn(400)[200:]
	for b.Loop() {
		stat.Importance(x, y)
	}
}
