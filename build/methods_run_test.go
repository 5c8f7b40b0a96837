package build_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"mizan"
	"mizan/build"
	"mizan/spec"
	"mizan/stat"
)

// set is the spec of wide with other weights and aggregation.
func set(t *testing.T, s *spec.Spec, at string, to any) *spec.Spec {
	t.Helper()
	out, err := s.Apply(spec.Edit{Set: at, To: to})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Contributions add up to the top score also where shares hang on the whole
// group, and are missing where there are none.
func TestContributionsOfGroups(t *testing.T) {
	type o = map[string]any
	s, panel := wide(30, 8, 5)
	for _, tt := range []struct {
		step any
		told bool
	}{
		{o{"method": "borda-count"}, true},
		{o{"method": "promethee-ii"}, true},
		{o{"method": "benefit-of-the-doubt"}, true},
		{o{"method": "ordered-weighted-average", "order_weights": []any{1.0, 2.0}}, true},
		{o{"method": "mean-min"}, true},
		{o{"method": "mazziotta-pareto"}, true},
		{o{"method": "copeland"}, false},
		{o{"method": "topsis"}, false},
	} {
		// The upper level is an arithmetic mean, so that one level hangs on
		// the group.
		r := runWide(t, set(t, s, "build.aggregate", []any{tt.step, "arithmetic-mean"}), panel)
		top := r.Scores.Column(0, len(r.Nodes)-1)
		for u, unit := range r.Units {
			c, err := r.Contributions(unit, 2020)
			if err != nil {
				t.Fatal(err)
			}
			sum, missing := stat.Sum(c), len(c)-stat.Count(c)
			if tt.told && math.Abs(sum-top[u]) > 1e-9 || !tt.told && missing != len(c) {
				t.Errorf("%v: %s has %v, and contributions of %v (%d missing)", tt.step, unit, top[u], sum, missing)
			}
			trace, err := r.Trace(unit, r.Indicators[0], 2020)
			if err != nil {
				t.Fatal(err)
			}
			if last := trace.Path[len(trace.Path)-1].Contribution; tt.told && math.Abs(float64(last)-c[0]) > 1e-9 {
				t.Errorf("%v: the trace of %s ends with %v, the contribution is %v", tt.step, unit, last, c[0])
			}
		}
	}
}

// What a method of weighting learnt stands with the aggregate whose children it
// weighed.
func TestLearntWeights(t *testing.T) {
	type o = map[string]any
	s, panel := wide(60, 8, 5)
	for _, tt := range []struct {
		step  o
		first string
	}{
		{o{"method": "equal-influence"}, "objective"},
		{o{"method": "principal-components"}, "eigenvalue"},
		{o{"method": "regression", "outcome": "i002"}, "share of variance"},
		{o{"method": "critic"}, "information of i000"},
	} {
		r := runWide(t, set(t, s, "build.weights", tt.step), panel)
		for _, n := range r.Nodes {
			switch {
			case n.Level == 1 && n.Learnt != nil:
				t.Errorf("%s: the indicator %s learnt %v", tt.step["method"], n.Code, n.Learnt)
			case n.Code == "p0" && (len(n.Learnt) == 0 || n.Learnt[0].Name != tt.first):
				t.Errorf("%s: %s learnt %v, want %s", tt.step["method"], n.Code, n.Learnt, tt.first)
			}
		}
	}
}

// The indicator i002 has direction -1 (less is better) and stands in the first
// group: as an outcome it is turned round, as its score is.
func TestOutcomeIsDirected(t *testing.T) {
	s, panel := wide(60, 8, 5)
	for c := range panel.Codes {
		for u := range panel.Units {
			panel.Values[c*len(panel.Units)+u] = float64((u*7+c*11+u*u*c)%31) + 1
		}
	}
	s = set(t, s, "build.treat", "none")
	s = set(t, s, "build.weights", map[string]any{"method": "regression", "outcome": "i002"})
	s = set(t, s, "build.aggregate", "arithmetic-mean")
	s, err := s.Apply(spec.Edit{Remove: "framework.p1"})
	if err != nil {
		t.Fatal(err)
	}
	r := runWide(t, s, panel)
	for _, n := range r.Nodes {
		want := 0.0
		if n.Code == "i002" {
			want = 1
		}
		if n.Parent == "p0" && math.Abs(n.Weight-want) > 1e-9 {
			t.Errorf("%s weighs %v, want %v", n.Code, n.Weight, want)
		}
	}
}

// A method that can say nothing of a group leaves a finding, and the build goes
// on.
func TestDegenerateAggregate(t *testing.T) {
	s, panel := wide(1, 4, 5)
	for i := range panel.Values {
		panel.Values[i] = 3
	}
	s = set(t, set(t, s, "build.normalise", "none"), "build.treat", "none")
	r := runWide(t, set(t, s, "build.aggregate", "topsis"), panel)
	found := 0
	for _, f := range r.Findings {
		if f.ID == "no-spread" && strings.Contains(f.Message, "children of p") && f.Remedy != "" {
			found++
		}
	}
	if found != 2 {
		t.Errorf("findings %v", r.Findings)
	}
}

// Codes that options name must stand in the framework; other faults of a group
// are told when it runs.
func TestNamedCodes(t *testing.T) {
	type o = map[string]any
	s, panel := wide(20, 4, 5)
	for _, tt := range []struct {
		at    string
		step  any
		id    string
		cause string
	}{
		{"build.weights", o{"method": "swing", "points": o{"p0": 100.0, "p11": 50.0}}, "unknown-code", `points of swing names "p11", which is not in the framework`},
		{"build.weights", o{"method": "ahp", "comparisons": o{"p0": o{"q": 3.0}}}, "unknown-code", `comparisons of ahp names "q", which is not in the framework`},
		{"build.aggregate", o{"method": "choquet", "interaction": o{"i000": o{"i001": 0.1, "i00": 0.1}}}, "unknown-code", `interaction of choquet names "i00", which is not in the framework`},
		{"build.weights", o{"method": "swing", "points": o{"p0": 100.0}}, "bad-option", `points names some children of top, but not p1`},
		{"build.weights", o{"method": "swing", "points": o{"p0": 100.0, "p1": 50.0}}, "", ""},
	} {
		plan, err := build.Compile(set(t, s, tt.at, tt.step))
		if err == nil {
			_, err = plan.Run(panel)
		}
		var p *mizan.Problem
		switch {
		case tt.id == "" && err != nil:
			t.Errorf("%v: %v", tt.step, err)
		case tt.id != "" && (!errors.As(err, &p) || p.ID != tt.id || !strings.HasSuffix(p.Cause, tt.cause) || p.Remedy == ""):
			t.Errorf("%v: %v, want %s", tt.step, err, tt.cause)
		}
	}
}
