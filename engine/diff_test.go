package engine_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mizan"
	"mizan/dataset"
	"mizan/engine"
)

// near takes numbers for equal that differ by rounding, and NaN for equal to NaN.
var near = cmp.Options{cmpopts.EquateApprox(0, 1e-12), cmp.Comparer(func(a, b mizan.Number) bool {
	x, y := float64(a), float64(b)
	return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= 1e-12
})}

// TestDiff: with even weights AAA has 50, BBB 62.5 and CCC 37.5, so that AAA
// and CCC change places.
func TestDiff(t *testing.T) {
	a, b := run(t, input()), run(t, input("framework.food.weight=1"))
	d, err := engine.Diff(a, b, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []engine.UnitChange{
		{Unit: "AAA", RankA: 3, RankB: 2, Move: 1, ScoreA: 25, ScoreB: 50},
		{Unit: "CCC", RankA: 2, RankB: 3, Move: -1, ScoreA: 56.25, ScoreB: 37.5},
		{Unit: "BBB", RankA: 1, RankB: 1, Move: 0, ScoreA: 68.75, ScoreB: 62.5},
	}
	if diff := cmp.Diff(want, d.Units, near, cmpopts.IgnoreFields(engine.UnitChange{}, "Causes")); diff != "" {
		t.Errorf("units (-want +got):\n%s", diff)
	}
	causes := []engine.Cause{
		{Code: "a", A: 37.5, B: 25, Change: -12.5, RawA: 10, RawB: 10},
		{Code: "b", A: 18.75, B: 12.5, Change: -6.25, RawA: 20, RawB: 20},
		{Code: "c", A: 0, B: 0, Change: 0, RawA: 3, RawB: 3},
	}
	if diff := cmp.Diff(causes, d.Units[1].Causes, near); diff != "" {
		t.Errorf("causes of CCC (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]engine.SpecChange{{Path: "framework.food.weight", A: "3", B: "1"}}, d.Spec); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	// Ranks 3 1 2 and 2 1 3: sum of squares 2, so Spearman is 1 - 6*2/(3*8);
	// of three pairs two agree.
	agreement := engine.Agreement{Common: 3, Spearman: 0.5, Kendall: 1.0 / 3, Pearson: d.Agreement.Pearson, MeanMove: 2.0 / 3}
	if diff := cmp.Diff(agreement, d.Agreement, near); diff != "" {
		t.Errorf("agreement (-want +got):\n%s", diff)
	}
}

// TestDiffUnits: a unit that enters and an indicator that leaves.
func TestDiffUnits(t *testing.T) {
	a, b := run(t, input()), run(t, input("build.screen.min_coverage=0.3", "framework.b="))
	d, err := engine.Diff(a, b, 2023)
	if err != nil {
		t.Fatal(err)
	}
	if !cmp.Equal(d.OnlyB, []string{"DDD"}) || len(d.OnlyA) != 0 {
		t.Errorf("only in A %v, only in B %v", d.OnlyA, d.OnlyB)
	}
	for _, u := range d.Units {
		sum := 0.0
		for _, c := range u.Causes {
			sum += float64(c.Change)
		}
		if want := float64(u.ScoreB - u.ScoreA); math.Abs(sum-want) > 1e-9 {
			t.Errorf("%s: causes add up to %v, the score changed by %v", u.Unit, sum, want)
		}
	}
	back, err := engine.ReadReport(document(t, b))
	if err != nil {
		t.Fatal(err)
	}
	fromFile, err := engine.Diff(a, back, 2023)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, fromFile, near); diff != "" {
		t.Errorf("a report from a file compares otherwise (-run +read):\n%s", diff)
	}
}

func TestDiffYears(t *testing.T) {
	a, b := run(t, input()), run(t, input("period.year=2022"))
	d, err := engine.Diff(a, b, 0)
	if err != nil || d.A.Year != 2023 || d.B.Year != 2022 {
		t.Errorf("no common year: %+v, %v", d, err)
	}
	if _, err := engine.Diff(a, b, 2023); err == nil {
		t.Error("a year that B lacks is taken")
	}
}

func TestDiffSpecs(t *testing.T) {
	read := func(edits ...string) *engine.Report { return run(t, input(edits...)) }
	base := read().Spec
	for _, test := range []struct {
		edit string
		want []engine.SpecChange
	}{
		{"title.en=Other", nil},
		{"variants=", nil},
		{"build.normalise.to=[1, 100]", []engine.SpecChange{{Path: "build.normalise.to", A: "[0,100]", B: "[1,100]"}}},
		{"build.treat.method=log", []engine.SpecChange{{Path: "build.treat.method", A: "none", B: "log"}}},
		{"build.treat={method: none, each: {a: log}}", []engine.SpecChange{{Path: "build.treat.each.a.method", A: "", B: "log"}}},
		{"build.denominate.a=heads", []engine.SpecChange{{Path: "build.denominate.a.by", B: "heads"}, {Path: "build.denominate.a.scale", B: "1"}, {Path: "build.denominate.a.operation", B: "divide"}}},
		{"period.look_back=2", []engine.SpecChange{{Path: "period.look_back", A: "1", B: "2"}}},
		{"units.exclude=[AAA]", []engine.SpecChange{{Path: "units.exclude", A: "", B: `["AAA"]`}}},
		{"indicators.c.direction=1", []engine.SpecChange{{Path: "indicators.c.direction", A: "-1", B: "1"}}},
	} {
		s, err := engine.Parse(input(test.edit))
		if err != nil {
			t.Errorf("%s: %v", test.edit, err)
			continue
		}
		if diff := cmp.Diff(test.want, engine.DiffSpecs(base, s)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.edit, diff)
		}
	}
}

// TestCompare: ranks are counted anew among the units of both.
func TestCompare(t *testing.T) {
	g, err := engine.Compare(run(t, input()), 0, "paper", []dataset.Score{{Unit: "AAA", Value: 2}, {Unit: "CCC", Value: 2}, {Unit: "ZZZ", Value: 9}})
	if err != nil {
		t.Fatal(err)
	}
	want := []engine.UnitChange{
		{Unit: "AAA", RankA: 2, RankB: 1, Move: 1, ScoreA: 25, ScoreB: 2},
		{Unit: "CCC", RankA: 1, RankB: 1, Move: 0, ScoreA: 56.25, ScoreB: 2},
	}
	if diff := cmp.Diff(want, g.Units, near); diff != "" {
		t.Errorf("units (-want +got):\n%s", diff)
	}
	if !cmp.Equal(g.OnlyA, []string{"BBB"}) || !cmp.Equal(g.OnlyPublished, []string{"ZZZ"}) {
		t.Errorf("only in A %v, only published %v", g.OnlyA, g.OnlyPublished)
	}
	// All published scores are equal: there is no correlation to speak of.
	if !math.IsNaN(float64(g.Agreement.Spearman)) || g.Agreement.Common != 2 {
		t.Errorf("agreement: %+v", g.Agreement)
	}
	for _, few := range [][]dataset.Score{nil, {{Unit: "AAA", Value: 1}}} {
		if g, err := engine.Compare(run(t, input()), 2023, "few", few); err != nil || !math.IsNaN(float64(g.Agreement.Pearson)) {
			t.Errorf("%d scores: %+v, %v", len(few), g, err)
		}
	}
}

func TestExplain(t *testing.T) {
	r := run(t, input())
	e, err := r.Explain("CCC", 2023)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, s := range e.Pillars {
		sum += float64(s.Contribution)
	}
	if math.Abs(sum-56.25) > 1e-12 || e.Rank != 2 || e.Of != 3 {
		t.Errorf("pillars add up to %v; %+v", sum, e)
	}
	// BBB is 12.5 ahead. a is at the top already; b weighs 0.375 and needs
	// 33.3 points more, which BBB has; c weighs 0.25 and needs 50, as BBB has.
	up := &engine.Gap{Unit: "BBB", Rank: 1, Gap: 12.5, Changes: []engine.Change{
		{Code: "b", Value: 20, Score: 50, Needed: 50 + 12.5/0.375, Like: "BBB", LikeValue: 30},
		{Code: "c", Value: 3, Score: 0, Needed: 50, Like: "BBB", LikeValue: 2},
	}}
	if diff := cmp.Diff(up, e.Up, near); diff != "" {
		t.Errorf("up (-want +got):\n%s", diff)
	}
	// AAA is 31.25 behind; a would have to fall by 83.3 points.
	down := &engine.Gap{Unit: "AAA", Rank: 3, Gap: 31.25, Changes: []engine.Change{
		{Code: "a", Value: 10, Score: 100, Needed: 100 - 31.25/0.375, Like: "AAA", LikeValue: 0},
	}}
	if diff := cmp.Diff(down, e.Down, near); diff != "" {
		t.Errorf("down (-want +got):\n%s", diff)
	}
	if e, err := r.Explain("DDD", 2023); err != nil || e.NotRanked == "" {
		t.Errorf("screened out: %+v, %v", e, err)
	}
	if _, err := r.Explain("XXX", 2023); err == nil {
		t.Error("an unknown unit is explained")
	}
	if _, err := r.Explain("CCC", 1900); err == nil {
		t.Error("an unknown year is explained")
	}
}

// The pillar food is turned: AAA, BBB, CCC have 0, 75, 75 of it, which the top
// sees as 100, 25, 25; with c = 100, 50, 0 that is 100, 31.25, 18.75.
func TestExplainReversed(t *testing.T) {
	r := run(t, input("framework.food.direction=-1"))
	e, err := r.Explain("CCC", 2023)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(float64(e.Score)-18.75) > 1e-12 || e.Rank != 3 {
		t.Errorf("score %v, rank %v", e.Score, e.Rank)
	}
	food := engine.Standing{
		Code: "food", Value: mizan.Number(nan), Score: 75, Rank: 1, Of: 3, Weight: 0.75, Contribution: 18.75, LessIsBetter: true,
	}
	if diff := cmp.Diff(food, e.Pillars[0], near); diff != "" {
		t.Errorf("food (-want +got):\n%s", diff)
	}
	// a is the highest of all, which now is the worst; b, in the middle, is
	// what CCC does best.
	if len(e.Strengths) != 1 || e.Strengths[0].Code != "b" || len(e.Weaknesses) != 1 || e.Weaknesses[0].Code != "a" {
		t.Errorf("strengths %v, weaknesses %v", e.Strengths, e.Weaknesses)
	}
	// BBB is 12.5 ahead: a or b would have to fall by 33.3 points, which for a
	// brings it below BBB's 50 and for b near AAA's 0.
	want := []engine.Change{
		{Code: "a", Value: 10, Score: 100, Needed: 100 - 12.5/0.375, Like: "BBB", LikeValue: 5},
		{Code: "b", Value: 20, Score: 50, Needed: 50 - 12.5/0.375, Like: "AAA", LikeValue: 10},
		{Code: "c", Value: 3, Score: 0, Needed: 50, Like: "BBB", LikeValue: 2},
	}
	got := slices.Clone(e.Up.Changes)
	slices.SortFunc(got, func(a, b engine.Change) int { return strings.Compare(a.Code, b.Code) })
	if diff := cmp.Diff(want, got, near); diff != "" || math.Abs(e.Up.Gap-12.5) > 1e-12 {
		t.Errorf("up by %v (-want +got):\n%s", e.Up.Gap, diff)
	}
	d, err := engine.Diff(run(t, input()), r, 2023)
	if err != nil {
		t.Fatal(err)
	}
	if want := []engine.SpecChange{{Path: "framework.food.direction", B: "-1"}}; !cmp.Equal(d.Spec, want) {
		t.Errorf("settings that differ: %v, want %v", d.Spec, want)
	}
}
