package stat_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"mizan/stat"
)

// nearLog says that two logarithms agree to within 1e-15.
func nearLog(a, b float64) bool {
	return a == b || a != a && b != b || math.Abs(a-b) <= 1e-15*max(1, math.Abs(b))
}

// Package math is the reference.
func TestLogs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(0.5, 2), rapid.Float64Range(1e-300, 1e300), rapid.Float64Range(0, 1e-300),
			rapid.SampledFrom([]float64{1, 2, 100, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(1), 0x1p-1022, math.Nextafter(1, 0), math.Nextafter(1, 2)})), 1, 40).Draw(t, "x")
		got := make([]float64, len(x))
		stat.Logs(got, x)
		for i, v := range x {
			if !nearLog(got[i], math.Log(v)) {
				t.Fatalf("log(%v) is %v, want %v", v, got[i], math.Log(v))
			}
		}
	})
}

func TestExps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(-2, 2), rapid.Float64Range(-800, 800),
			rapid.SampledFrom([]float64{0, 1, -1, 710, -746, math.Inf(1), math.Inf(-1), math.NaN(), math.Ln2, 1e-300})), 1, 40).Draw(t, "x")
		got := make([]float64, len(x))
		stat.Exps(got, x)
		for i, v := range x {
			want := math.Exp(v)
			if got[i] != want && (got[i] == got[i] || want == want) && !(math.Abs(got[i]-want) <= 1e-15*want) {
				t.Fatalf("exp(%v) is %v, want %v", v, got[i], want)
			}
		}
	})
}

func BenchmarkLogs(b *testing.B) {
	x, y := make([]float64, 1024), make([]float64, 1024)
	for i := range x {
		x[i] = 1 + float64(i)/11
	}
	for _, c := range []struct {
		name string
		do   func()
	}{
		{"Logs", func() { stat.Logs(y, x) }},
		{"math.Log", func() {
			for i, v := range x {
				y[i] = math.Log(v)
			}
		}},
		{"Exps", func() { stat.Exps(y, x) }},
		{"math.Exp", func() {
			for i, v := range x {
				y[i] = math.Exp(v)
			}
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				c.do()
			}
		})
	}
}
