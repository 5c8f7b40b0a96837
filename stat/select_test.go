package stat_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"mizan/stat"
)

// Selecting gives what sorting gives, whatever repeats and however x is
// arranged.
func TestSelectQuantilesIsSorting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 2000).Draw(t, "n")
		kinds := rapid.IntRange(1, 3).Draw(t, "kinds")
		seed := rapid.Uint64().Draw(t, "seed")
		s := stat.NewStream(seed, 0, 0)
		x := make([]float64, n)
		for i := range x {
			switch kinds {
			case 1:
				x[i] = s.Uniform()
			case 2:
				x[i] = float64(s.Below(5))
			default:
				x[i] = math.Inf(s.Below(3) - 1)
			}
		}
		if rapid.Bool().Draw(t, "sorted") {
			slices.Sort(x)
		}
		q := []float64{0, 0.05, 0.25, 0.5, 0.75, 0.95, 1}
		sorted := slices.Clone(x)
		slices.Sort(sorted)
		got := make([]float64, len(q))
		stat.SelectQuantiles(got, x, q)
		for i, p := range q {
			want := stat.QuantileOfSorted(sorted, p)
			if got[i] != want && !(math.IsNaN(got[i]) && math.IsNaN(want)) {
				t.Fatalf("%v: %v, want %v", p, got[i], want)
			}
		}
		slices.Sort(x)
		if !slices.Equal(x, sorted) {
			t.Fatal("values were lost")
		}
	})
}

// By hand: five values are their own quartiles.
func TestSelectQuantiles(t *testing.T) {
	got := make([]float64, 3)
	stat.SelectQuantiles(got, []float64{5, 1, 4, 2, 3}, []float64{0.25, 0.5, 0.75})
	if !slices.Equal(got, []float64{2, 3, 4}) {
		t.Errorf("quartiles %v", got)
	}
	stat.SelectQuantiles(got[:1], nil, []float64{0.5})
	if !math.IsNaN(got[0]) {
		t.Errorf("the median of nothing is %v", got[0])
	}
}
