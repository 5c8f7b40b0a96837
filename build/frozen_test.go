package build_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"mizan/build"
	"mizan/dataset"
	"mizan/spec"
)

// frozenProject has three units with the figures 0, 8 and 27 and one step of
// each stage.
func frozenProject(t *testing.T, treat, normalise, direction string) *build.Result {
	t.Helper()
	text := fmt.Sprintf(`
mizan: 1
id: x
period: {year: 2020}
observations: [{file: o.csv}]
indicators: {a: {direction: %s}, p: {}}
framework: {code: top, children: [{code: a}]}
build: {treat: %s, normalise: %s}
`, direction, treat, normalise)
	return runText(t, text, "unit,indicator,year,value\nA,a,2020,0\nB,a,2020,8\nC,a,2020,27\nA,p,2020,1\nB,p,2020,2\nC,p,2020,4\n")
}

func runText(t *testing.T, text, figures string) *build.Result {
	t.Helper()
	s, err := spec.Parse("mizan.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	panel, _, err := dataset.Load(s, fstest.MapFS{"o.csv": {Data: []byte(figures)}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := run(s, panel)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// By hand: the cube roots of 0, 8 and 27 are 0, 2 and 3, so that 64, with the
// root 4, is 133.3 on the scale of 0 to 100; of ranks it is the fourth; a post at
// 20 holds it at the post.
func TestFrozen(t *testing.T) {
	for _, tt := range []struct {
		treat, normalise, direction string
		x, want                     float64
		reach                       build.Reach
	}{
		{"{method: power, root: 3}", "{method: min-max, to: [0, 100]}", "1", 64, 400.0 / 3, build.Carried},
		{"{method: power, root: 3}", "{method: min-max, to: [0, 100]}", "1", 27, 100, build.Within},
		{"{method: power, root: 3}", "{method: min-max, to: [0, 100]}", "1", 1, 100.0 / 3, build.Within},
		{"none", "{method: min-max, to: [0, 100]}", "-1", -27, 200, build.Carried},
		{"none", "{method: min-max, to: [0, 100]}", "-1", 54, -100, build.Within},
		{"none", "rank", "1", 64, 4, build.Placed},
		{"none", "rank", "1", 9, 3, build.Within},
		{"none", "percentile-rank", "1", 64, 1, build.Placed},
		{"none", "{method: goalposts, posts: [0, 20]}", "1", 64, 1, build.Held},
		{"none", "{method: goalposts, posts: [0, 20]}", "1", 10, 0.5, build.Within},
		{"{method: trim-percentiles, low: 0, high: 50}", "{method: min-max, to: [0, 100]}", "1", 64, 100, build.Held},
		{"none", "{method: min-max, to: [0, 100]}", "1", math.NaN(), math.NaN(), build.Within},
	} {
		list, err := frozenProject(t, tt.treat, tt.normalise, tt.direction).Frozen(2020)
		if err != nil {
			t.Fatal(err)
		}
		f := &list[0]
		_, got := f.Apply(tt.x)
		if !within(got, tt.want, 1e-12) || f.Reach(tt.x) != tt.reach {
			t.Errorf("%s, %s, direction %s: %v becomes %v (%s), want %v (%s)", tt.treat, tt.normalise, tt.direction, tt.x, got, f.Reach(tt.x), tt.want, tt.reach)
		}
		column := []float64{tt.x}
		if f.Normalise(column, column); !sameBits(column, []float64{got}) {
			t.Errorf("in a column %v becomes %v, alone %v", tt.x, column[0], got)
		}
		if low, high := f.Range(); low != 0 || high != 27 {
			t.Errorf("the range is %v to %v", low, high)
		}
	}
	if _, err := frozenProject(t, "none", "rank", "1").Frozen(1999); err == nil || !strings.Contains(err.Error(), "there is no year 1999") {
		t.Errorf("the error of an unknown year is %v", err)
	}
}

// Frozen is what the build did: of every figure of a unit it makes the score of
// that unit.
func TestFrozenIsRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAggregated(t)
		r, err := run(d.spec, d.panel)
		if err != nil {
			return
		}
		list, err := r.Frozen(2020)
		if err != nil {
			t.Fatal(err)
		}
		for c := range list {
			for u := range r.Units {
				treated, normalised := list[c].Apply(r.Screened.At(0, c, u))
				if !sameBits([]float64{treated, normalised}, []float64{r.Treated.At(0, c, u), r.Normalised.At(0, c, u)}) {
					t.Fatalf("%s of %s: %v and %v, the build has %v and %v", r.Indicators[c], r.Units[u], treated, normalised, r.Treated.At(0, c, u), r.Normalised.At(0, c, u))
				}
			}
		}
	})
}

// A unit that takes its own place scores what it scores, bit by bit, alone and
// in a batch, and leaves the others as they are; with the weights of the result
// or given ones that are the same.
func TestOutsidersInPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAggregated(t)
		r, err := run(d.spec, d.panel)
		if err != nil {
			return
		}
		o, err := r.Outsiders(2020)
		if err != nil {
			t.Fatal(err)
		}
		k, err := build.NewKernel(r, 2020, build.KernelOptions{})
		if err != nil {
			t.Fatal(err)
		}
		batch := make([][]float64, len(r.Nodes))
		for n := range batch {
			batch[n] = make([]float64, len(r.Units))
			if n < len(r.Indicators) {
				copy(batch[n], r.Normalised.Column(0, n))
			}
		}
		for u := range r.Units {
			var own []float64
			for c := range r.Indicators {
				own = append(own, r.Normalised.At(0, c, u))
			}
			for _, weights := range [][]float64{nil, k.Weights()} {
				scores, at, err := o.Join(own, []int{u}, weights)
				if err != nil {
					t.Fatal(err)
				}
				for n := range scores {
					if at != u || !sameBits(scores[n], r.Scores.Column(0, n)) {
						t.Fatalf("with %s in its own place %s is %v, want %v", r.Units[u], r.Nodes[n].Code, scores[n], r.Scores.Column(0, n))
					}
				}
			}
		}
		if err := o.Score(batch, func(k int) []int { return []int{k} }, nil); err != nil {
			t.Fatal(err)
		}
		for n := range batch {
			if !sameBits(batch[n], r.Scores.Column(0, n)) {
				t.Fatalf("in a batch %s is %v, want %v", r.Nodes[n].Code, batch[n], r.Scores.Column(0, n))
			}
		}
	})
}

// By hand: Borda counts. Of three units the figures 1, 2, 3 give the points 0, 1
// and 2; an outsider with 2.5 in place of the first two beats nobody but is
// beaten once, among two units: 0 points, and the other has 1.
func TestOutsidersReplace(t *testing.T) {
	r := runText(t, `
mizan: 1
id: x
period: {year: 2020}
observations: [{file: o.csv}]
indicators: {a: {}}
framework: {code: top, children: [{code: a}]}
build: {normalise: none, aggregate: borda-count}
`, "unit,indicator,year,value\nA,a,2020,1\nB,a,2020,2\nC,a,2020,3\n")
	o, err := r.Outsiders(2020)
	if err != nil || !o.Compares() {
		t.Fatalf("%v, compares %v", err, o.Compares())
	}
	scores, at, err := o.Join([]float64{2.5}, []int{0, 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rank, of := build.PlaceOf(scores[1], at)
	if at != 0 || len(scores[1]) != 2 || scores[1][1] != scores[1][0]+1 || rank != 2 || of != 2 {
		t.Errorf("scores %v, the outsider at %d with rank %d of %d", scores[1], at, rank, of)
	}
}

func TestPlaceOf(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		column   []float64
		at       int
		rank, of int
	}{
		{[]float64{3, 1, 2}, 0, 1, 3},
		{[]float64{3, 1, 2}, 1, 3, 3},
		{[]float64{2, nan, 2}, 2, 1, 2},
		{[]float64{2, nan, 3}, 1, 0, 2},
	} {
		if rank, of := build.PlaceOf(tt.column, tt.at); rank != tt.rank || of != tt.of {
			t.Errorf("%v at %d: %d of %d, want %d of %d", tt.column, tt.at, rank, of, tt.rank, tt.of)
		}
	}
}
