package stat_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"mizan/stat"

	"pgregory.net/rapid"
)

// y = x of 20 values in 4 slices of 5: F in slice s is 0 before s/4 and 1 after
// (s+1)/4, so that the distances are 3/4, 1/2, 1/2, 3/4.
func TestPAWNByHand(t *testing.T) {
	x := make([]float64, 20)
	for i := range x {
		x[i] = float64((i * 7) % 20)
	}
	slices := stat.NewPAWNSlices(x, 4)
	got := slices.Index(stat.NewSteps(x))
	if slices.Count() != 4 || !near(got.Max, 0.75) || !near(got.Median, 0.625) || !near(got.Mean, 0.625) || got.Slices != 4 {
		t.Errorf("%+v", got)
	}
	// An alternative of two values has two slices however many are asked for.
	// y is 1, 2, 3 under the one and 3, 3, missing under the other: F is
	// 1/5, 2/5, 1; 1/3, 2/3, 1 and 0, 0, 1: distances 4/15 and 2/5.
	two := stat.NewPAWNSlices([]float64{1, 1, 1, 2, 2, 2}, 10)
	got = two.Index(stat.NewSteps([]float64{1, 2, 3, 3, 3, nan}))
	if two.Count() != 2 || !near(got.Max, 2./5) || !near(got.Median, 1./3) {
		t.Errorf("%+v", got)
	}
	if got := two.Index(stat.NewSteps(make([]float64, 6))); got.Max != 0 {
		t.Errorf("an output that does not vary: %+v", got)
	}
	if got := two.Index(stat.NewSteps([]float64{nan, nan, nan, nan, nan, nan})); got.Max == got.Max || got.Slices != 0 {
		t.Errorf("nothing known: %+v", got)
	}
	if none := stat.NewPAWNSlices(nil, 10); none.Count() != 0 {
		t.Errorf("no rows: %d slices", none.Count())
	}
}

// y = x1 + x2/2 of two uniform inputs: the distribution of y is known, in all
// and for x1 in (s/10, (s+1)/10), and so are the greatest distances. They are
// found here on a fine grid of y from the two integrals.
func TestPAWNOfASum(t *testing.T) {
	// P(x1 + x2/2 <= y) for x1 uniform on (a, b).
	cdf := func(y, a, b float64) float64 {
		inner := func(x float64) float64 { // integral over x1 of the part of x2
			v := min(max(y-x, 0), 0.5)
			return -v * v // of 2(y-x), by minus half its square
		}
		whole := min(max(y-0.5, a), b) // x1 below which x2 may be anything
		return (whole - a + inner(b) - inner(max(whole, a))) / (b - a)
	}
	var want []float64
	for s := range 10 {
		a, far := float64(s)/10, 0.0
		for y := 0.0; y < 1.5; y += 1e-3 {
			far = max(far, math.Abs(cdf(y, a, a+0.1)-cdf(y, 0, 1)))
		}
		want = append(want, far)
	}
	const n = 100_000
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		var u [2]float64
		stat.NewStream(1, 0, uint64(i)).Uniforms(u[:])
		x[i], y[i] = u[0], u[0]+u[1]/2
	}
	got := stat.NewPAWNSlices(x, 10).Index(stat.NewSteps(y))
	if math.Abs(got.Median-stat.Median(want)) > 0.01 || math.Abs(got.Max-slices.Max(want)) > 0.01 || math.Abs(got.Mean-stat.Mean(want)) > 0.01 {
		t.Errorf("got %+v, want distances %v", got, want)
	}
}

// The interval of y = x + noise holds the index of a far greater sample.
func TestPAWNInterval(t *testing.T) {
	index := func(n int) (stat.PAWNSlices, stat.Steps) {
		x, y := make([]float64, n), make([]float64, n)
		for i := range x {
			var u [2]float64
			stat.NewStream(3, uint64(n), uint64(i)).Uniforms(u[:])
			x[i], y[i] = u[0], u[0]+u[1]
		}
		return stat.NewPAWNSlices(x, 10), stat.NewSteps(y)
	}
	cut, y := index(200_000)
	truth := cut.Index(y).Median
	cut, y = index(2000)
	low, high := cut.Interval(y, 100, 0.95, 1)
	if !(low <= truth && truth <= high && high-low < 0.15) {
		t.Errorf("[%v, %v], and the index is %v", low, high, truth)
	}
	if low, high := cut.Interval(stat.NewSteps(make([]float64, 2000)), 20, 0.9, 1); low != 0 || high != 0 {
		t.Errorf("an output that does not vary: [%v, %v]", low, high)
	}
}

// What the input does not touch looks like its own shuffled slices.
func TestPAWNOfNothing(t *testing.T) {
	const n = 2000
	x, y := make([]float64, n), make([]float64, n)
	stat.NewStream(1, 0, 0).Uniforms(x)
	stat.NewStream(1, 0, 1).Uniforms(y)
	cut, steps := stat.NewPAWNSlices(x, 10), stat.NewSteps(y)
	var dummy []float64
	for k := range uint64(200) {
		dummy = append(dummy, cut.Shuffled(1, k).Index(steps).Median)
	}
	if low, high := stat.PercentileInterval(dummy, 0.99); cut.Index(steps).Median < low || cut.Index(steps).Median > high {
		t.Errorf("%v is not in [%v, %v]", cut.Index(steps).Median, low, high)
	}
	if tells := stat.NewPAWNSlices(y, 10).Index(steps).Median; tells < 2*slices.Max(dummy) {
		t.Errorf("the output itself: %v", tells)
	}
}

// Only the order of inputs and outputs matters, an index is from 0 to 1, and
// the slices of an input without ties differ by at most one row.
func TestPAWNProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "n")
		few := rapid.IntRange(1, 60).Draw(t, "values")
		column := rapid.SliceOfN(rapid.IntRange(-few, few), n, n)
		x, y := make([]float64, n), make([]float64, n)
		x3, y3 := make([]float64, n), make([]float64, n)
		for i, v := range column.Draw(t, "x") {
			x[i], x3[i] = float64(v), math.Exp(float64(v)/20)
		}
		for i, v := range column.Draw(t, "y") {
			y[i], y3[i] = float64(v), float64(v)*float64(v)*float64(v)
		}
		wanted := rapid.IntRange(1, 12).Draw(t, "slices")
		cut := stat.NewPAWNSlices(x, wanted)
		if cut.Count() < 1 || cut.Count() > wanted {
			t.Fatalf("%d slices for %d", cut.Count(), wanted)
		}
		a := cut.Index(stat.NewSteps(y))
		if b := stat.NewPAWNSlices(x3, wanted).Index(stat.NewSteps(y3)); a != b {
			t.Fatalf("%+v, and transformed %+v", a, b)
		}
		if a.Median < 0 || a.Max > 1 || a.Median > a.Max || a.Mean > a.Max+1e-12 {
			t.Fatalf("%+v", a)
		}
	})
}

func ExamplePAWNSlices_Index() {
	const n = 10_000
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		var u [2]float64
		stat.NewStream(1, 0, uint64(i)).Uniforms(u[:])
		x[i], y[i] = u[0], 10*u[0]+u[1]
	}
	index := stat.NewPAWNSlices(x, 10).Index(stat.NewSteps(y))
	fmt.Printf("from %.1f to %.1f\n", index.Median, index.Max)
	// Output: from 0.7 to 0.9
}
