package stat_test

import (
	"math"
	"testing"

	"mizan/stat"

	"pgregory.net/rapid"
)

func TestSummarise(t *testing.T) {
	s := stat.Summarise([]float64{0, 3, nan, 3, 0, 0, 6, nan})
	want := stat.Summary{N: 8, Available: 6, NonZero: 3, Unique: 3, Same: 3, Min: 0, Max: 6, Mean: 2, Median: 1.5}
	if s.N != want.N || s.Available != want.Available || s.NonZero != want.NonZero || s.Unique != want.Unique || s.Same != want.Same {
		t.Errorf("counts %+v", s)
	}
	// Squares of 0 3 3 0 0 6 less their mean 2: 4+1+1+4+4+16 = 30, over 5.
	sameColumn(t, "measures", []float64{s.Min, s.Max, s.Mean, s.Median, s.SD}, []float64{0, 6, 2, 1.5, math.Sqrt(6)})
	sameColumn(t, "shares", []float64{s.Availability(), s.NonZeroShare(), s.UniqueShare(), s.SameShare()}, []float64{0.75, 0.5, 0.5, 0.5})
	empty := stat.Summarise([]float64{nan, nan})
	sameColumn(t, "of nothing", []float64{empty.Mean, empty.Min, empty.Availability(), empty.NonZeroShare(), empty.SameShare()}, []float64{nan, nan, 0, nan, nan})
}

func TestGroupRanksDown(t *testing.T) {
	x := []float64{5, 7, nan, 7, 1, 9, 3}
	labels := []string{"a", "a", "a", "b", "b", "", "b"}
	got := make([]float64, len(x))
	stat.GroupRanksDown(got, x, labels, stat.TiesMin)
	sameColumn(t, "ranks", got, []float64{2, 1, nan, 1, 3, nan, 2})
	stat.GroupRanksDown(x, x, []string{"a", "a", "a", "a", "a", "a", "a"}, stat.TiesMin)
	sameColumn(t, "in place", x, []float64{4, 2, nan, 2, 6, 1, 5})
}

func TestTrends(t *testing.T) {
	years := []float64{2018, 2019, 2020, 2021, 2022}
	tests := []struct {
		y                  []float64
		growth, percentage float64
	}{
		{[]float64{100, 110, 121, 133.1, 146.41}, 0.1, nan},
		{[]float64{nan, 100, nan, 121, nan}, 0.1, 10.5},
		// The line through 1 3 2 4 6 has the slope 11/10 and begins at 1.
		{[]float64{1, 3, 2, 4, 6}, math.Pow(6, 0.25) - 1, 110},
		{[]float64{4, 4, nan, 4, 4}, 0, 0},
		{[]float64{0, 0, nan, nan, 0}, 0, 0},
		{[]float64{0, nan, nan, nan, 3}, math.Inf(1), math.Inf(1)},
		{[]float64{-2, nan, nan, nan, 3}, nan, -62.5},
		{[]float64{nan, 7, nan, nan, nan}, nan, nan},
		{[]float64{nan, nan, nan, nan, nan}, nan, nan},
	}
	for i, tt := range tests {
		if got := stat.CAGR(years, tt.y); !near(got, tt.growth) {
			t.Errorf("%v grows by %v, want %v", tt.y, got, tt.growth)
		}
		if got := stat.PercentChange(years, tt.y); i > 0 && !near(got, tt.percentage) {
			t.Errorf("%v changes by %v %%, want %v", tt.y, got, tt.percentage)
		}
	}
}

// A line is measured exactly, whatever is missing in between.
func TestPercentChangeOfLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, slope := rapid.Float64Range(1, 100).Draw(t, "start"), rapid.Float64Range(-5, 5).Draw(t, "slope")
		var years, y []float64
		first := nan
		for i := range 8 {
			years = append(years, 2000+float64(i))
			v := start + slope*float64(i)
			if rapid.Bool().Draw(t, "missing") {
				v = nan
			} else if first != first {
				first = v
			}
			y = append(y, v)
		}
		if stat.Count(y) < 2 || math.Abs(first) < 0.1 || math.Abs(slope) < 0.01 {
			return
		}
		if got, want := stat.PercentChange(years, y), 100*slope/first; math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestLatest(t *testing.T) {
	for _, tt := range []struct {
		y        []float64
		k        int
		from, to int
		ok       bool
	}{
		{[]float64{1, 2, 3, 4, 5}, 3, 2, 5, true},
		{[]float64{1, 2, nan, 4, nan}, 3, 1, 4, true},
		{[]float64{1, 2, 3}, 3, 0, 3, false}, // not longer than k
		{[]float64{1, nan, nan, nan}, 2, -1, 1, false},
		{[]float64{nan, nan, nan, nan}, 2, -2, 0, false},
		{[]float64{1, 2}, 0, 2, 2, false},
	} {
		from, to, ok := stat.Latest(tt.y, tt.k)
		if from != tt.from || to != tt.to || ok != tt.ok {
			t.Errorf("the last %d of %v are %d to %d, %t", tt.k, tt.y, from, to, ok)
		}
	}
}

func TestInterpolated(t *testing.T) {
	years, y := []float64{2000, 2001, 2003, 2004}, []float64{nan, 2, 8, nan}
	for at, want := range map[float64]float64{2000: nan, 2001: 2, 2001.5: 3.5, 2002: 5, 2003: 8, 2003.5: nan, 2010: nan} {
		if got := stat.Interpolated(years, y, at); !near(got, want) {
			t.Errorf("at %v: %v, want %v", at, got, want)
		}
	}
}
