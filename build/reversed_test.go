package build_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// Where the scores of a normalisation lie alike on both sides of their middle,
// mirroring a pillar is the same as turning the directions of its indicators.
// The two ways have nothing in common: one is in the normalisation.
func TestMirrorIsTurnedIndicators(t *testing.T) {
	type o = map[string]any
	for _, step := range []o{
		{"method": "none"},
		{"method": "min-max"},
		{"method": "min-max", "to": []any{1.0, 7.0}},
		{"method": "min-max", "to": []any{-3.0, -1.0}},
		{"method": "z-score"},
		{"method": "z-score", "mean": 10.0, "sd": 2.0},
		{"method": "scaled", "from": []any{0.0, 5.0}},
		{"method": "scaled", "from": []any{0.0, 5.0}, "to": []any{1.0, 2.0}},
		{"method": "rank", "to": []any{0.0, 100.0}, "ties": "average"},
		{"method": "borda", "to": []any{0.0, 10.0}, "ties": "average"},
		{"method": "percentile-rank", "ties": "average"},
		{"method": "percentile-rank", "to": []any{1.0, 100.0}, "ties": "average"},
		{"method": "distance-to-max"},
		{"method": "distance-to-max", "to": []any{1.0, 5.0}},
		{"method": "goalposts", "posts": []any{0.5, 3.0}},
		{"method": "goalposts", "posts": []any{0.5, 3.0}, "to": []any{1.0, 9.0}, "log": true},
		{"method": "mazziotta-pareto"},
		{"method": "adjusted-mazziotta-pareto"},
		{"method": "adjusted-mazziotta-pareto", "reference": 1.0},
	} {
		t.Run(fmt.Sprint(step), func(t *testing.T) {
			s, panel := wide(25, 6, 11)
			s = set(t, set(t, s, "build.aggregate", "arithmetic-mean"), "build.normalise", step)
			turned := s
			for _, i := range s.Indicators[3:] { // those of p1
				turned = set(t, turned, "indicators."+i.Code+".direction", float64(-i.Direction))
			}
			sameTop(t, runWide(t, set(t, s, "framework.p1.direction", -1.0), panel), runWide(t, turned, panel))
		})
	}
}

func sameTop(t *testing.T, a, b *build.Result) {
	t.Helper()
	top := len(a.Nodes) - 1
	spread := false
	for u, v := range a.Scores.Column(0, top) {
		w := b.Scores.Column(0, top)[u]
		spread = spread || v != a.Scores.Column(0, top)[0]
		if !(math.Abs(v-w) <= 1e-9*math.Max(1, math.Abs(w))) {
			t.Errorf("%s: %v, and %v with turned indicators", a.Units[u], v, w)
		}
	}
	if !spread {
		t.Error("all scores are equal")
	}
}

// A tournament has its own scale: net wins and net flows lie alike about 0, the
// nearness of TOPSIS and the benefit of the doubt go to 1, and Borda's count to
// a number of units that is not known beforehand.
func TestMirrorOfAggregates(t *testing.T) {
	for method, want := range map[string]float64{
		"copeland": 0, "promethee-ii": 0, "borda-count": 0, "topsis": 1, "benefit-of-the-doubt": 1,
		"median": 101, "minimum": 101, "mean-min": 101, "mazziotta-pareto": 101, "harmonic-mean": 101,
	} {
		s, panel := wide(12, 4, 3)
		s = set(t, set(t, s, "build.aggregate", []any{method, "arithmetic-mean"}), "framework.p0.direction", -1.0)
		r := runWide(t, s, panel)
		p0, p1 := r.Nodes[4], r.Nodes[5]
		if !p0.Reversed || p0.Mirror != want || p1.Reversed || p1.Mirror != 0 {
			t.Errorf("%s: %+v and %+v, want a mirror of %v", method, p0, p1, want)
		}
		for u := range r.Units {
			own, other, top := r.Scores.At(0, 4, u), r.Scores.At(0, 5, u), r.Scores.At(0, 6, u)
			if seen := want - own; math.Abs(top-(seen+2*other)/3) > 1e-9 { // weights 1 and 2
				t.Errorf("%s: %s has %v and %v, and %v at the top", method, r.Units[u], own, other, top)
			}
		}
	}
}

// Weights are learnt from what the parent sees: of two pillars that say the
// same, one of them turned, the correlation is positive and both weigh alike.
func TestWeightsOfReversed(t *testing.T) {
	s, panel := wide(40, 4, 9)
	for c := range panel.Codes {
		x := panel.Column(0, c)
		for u := range x {
			x[u] = float64((u*7+3*c*(u%5))%31) + 1
		}
	}
	copy(panel.Values[2*40:], panel.Values[:2*40]) // p1 is p0
	s = set(t, set(t, set(t, s, "build.weights", "principal-components"), "build.aggregate", "arithmetic-mean"), "build.treat", "none")
	for i, c := range []string{"i000", "i001", "i002", "i003"} {
		s = set(t, s, "indicators."+c+".direction", []float64{1, 1, -1, -1}[i])
	}
	r := runWide(t, set(t, s, "framework.p1.direction", -1.0), panel)
	if a, b := r.Nodes[4].Weight, r.Nodes[5].Weight; math.Abs(a-b) > 1e-9 || !(a > 0) {
		t.Errorf("pillars that are alike weigh %v and %v", a, b)
	}
}

// Facing is +1 below two reversed aggregates, -1 below one.
func TestFacing(t *testing.T) {
	nodes := []build.Node{
		{Code: "a", Parent: "shield"},
		{Code: "b", Parent: "threat"},
		{Code: "c", Parent: "top"},
		{Code: "shield", Parent: "threat", Reversed: true},
		{Code: "threat", Parent: "top", Reversed: true},
		{Code: "top"},
	}
	if got, want := build.Facing(nodes), []int{1, -1, 1, 1, -1, 1}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Slopes say what a small change does: an indicator is moved a little, on the
// frozen scale, and the top by its slope.
func TestSlopesOfReversed(t *testing.T) {
	s, panel := wide(20, 6, 4)
	for _, method := range []string{"arithmetic-mean", "geometric-mean", "harmonic-mean"} {
		s := set(t, set(t, s, "framework.p1.direction", -1.0), "build.treat", "none")
		s = set(t, set(t, s, "build.aggregate", method), "build.impute", "none")
		s, err := s.Apply(spec.Edit{Set: "build.normalise", To: map[string]any{"method": "scaled", "from": []any{-30.0, 60.0}, "to": []any{1.0, 100.0}}})
		if err != nil {
			t.Fatal(err)
		}
		base := runWide(t, s, panel)
		slopes, err := base.Slopes("U000003", 2020)
		if err != nil {
			t.Fatal(err)
		}
		for c, slope := range slopes {
			x := panel.Column(0, c)[3]
			if x != x {
				if slope == slope {
					t.Errorf("%s: the slope of %s, which is missing, is %v", method, panel.Codes[c], slope)
				}
				continue
			}
			moved := &mizan.Panel{Table: *panel.Clone(), Info: panel.Info, Origins: panel.Origins, Cells: panel.Cells}
			moved.Column(0, c)[3] += 1e-5
			after := runWide(t, s, moved)
			rise := after.Scores.At(0, c, 3) - base.Scores.At(0, c, 3)
			got := (after.Scores.At(0, 8, 3) - base.Scores.At(0, 8, 3)) / rise
			if math.Abs(got-slope) > 1e-5*math.Abs(slope) || (slope < 0) != (c >= 3) {
				t.Errorf("%s: a rise of %s moves the top by %v, its slope is %v", method, panel.Codes[c], got, slope)
			}
		}
	}
}
