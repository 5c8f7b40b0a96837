package scenario_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mizan/engine"
	"mizan/projects"
	"mizan/scenario"
	"mizan/spec"
)

// aiRace builds the flagship project with edits.
func aiRace(t testing.TB, edits ...spec.Edit) *engine.Report {
	t.Helper()
	files, ok := projects.FS("ai-race")
	if !ok {
		t.Fatal("the project ai-race is not embedded")
	}
	text, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: files, Edits: edits})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// only is the edits that leave the flagship one scenario.
func only(s map[string]any) []spec.Edit {
	return []spec.Edit{{Set: "scenarios", To: []any{s}}, {Set: "uncertainty.draws", To: 300.0}}
}

// TestNothingChanges: a scenario without edits is the index itself, to the bit,
// in the project as it stands and in every draw.
func TestNothingChanges(t *testing.T) {
	r := aiRace(t, only(map[string]any{"id": "nothing"})...)
	o := try(t, r, scenario.Options{}).Scenarios[0]
	if o.Draws != 300 || o.Failed != 0 {
		t.Fatalf("%d draws, %d failed", o.Draws, o.Failed)
	}
	for u, m := range o.Units {
		top := len(r.Nodes) - 1
		if v := r.Scores.At(0, top, u); v != v {
			if m.Before.Score == m.Before.Score || m.After.Score == m.After.Score {
				t.Errorf("%s has no score in the index, and %+v here", m.Code, m)
			}
			continue
		}
		if float64(m.Before.Score) != r.Scores.At(0, top, u) || float64(m.Before.Rank) != r.Ranks.At(0, top, u) {
			t.Errorf("%s is not as the index has it: %+v", m.Code, m.Before)
		}
		if m.Before != m.After || m.Over.Rises != 0 || m.Over.Falls != 0 || m.Over.ScoreBefore != m.Over.ScoreAfter || m.Over.Score.Low != 0 || m.Over.Score.High != 0 {
			t.Errorf("%s moves: %+v", m.Code, m)
		}
	}
	for _, m := range o.Nodes {
		if m.Before != m.After && !math.IsNaN(float64(m.Before.Score)) {
			t.Errorf("%s of %s moves", m.Code, o.Unit)
		}
	}
	if len(o.Figures)+len(o.Attribution.Parts) != 0 || o.Attribution.Score != 0 {
		t.Errorf("figures %v, attribution %+v", o.Figures, o.Attribution)
	}
}

// someEdits are edits of figures of the project of three.
func someEdits(t *rapid.T) string {
	text := ""
	for i := range rapid.IntRange(1, 5).Draw(t, "edits") {
		op := rapid.SampledFrom([]string{"set", "scale", "add"}).Draw(t, "op")
		text += fmt.Sprintf("      - {id: e%d, indicators: %s, units: %s, op: %s, value: %v}\n", i,
			rapid.SampledFrom([]string{"chips", "papers", "[chips, papers]"}).Draw(t, "indicators"),
			rapid.SampledFrom([]string{"AAA", "BBB", "CCC", "[AAA, CCC]"}).Draw(t, "units"), op, rapid.Float64Range(0.1, 3).Draw(t, "value"))
	}
	if rapid.Bool().Draw(t, "project") {
		text += "      - {set: framework.papers.weight, to: 2.5}\n"
	}
	if rapid.Bool().Draw(t, "unite") {
		text += "      - {unite: pact}\n"
	}
	return text
}

// TestAttributionAddsUp: the parts of the edits are the movement.
func TestAttributionAddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := report(t, allied+"scenarios:\n  - id: some\n    edits:\n"+someEdits(rt))
		res, err := tryAll(r, scenario.Options{Unit: rapid.SampledFrom([]string{"AAA", "BBB", "CCC"}).Draw(rt, "unit")})
		if err != nil {
			return // figures that cannot be built
		}
		o := res.Scenarios[0]
		m := o.Move(o.Unit)
		if math.IsNaN(m.Score()) || slices.ContainsFunc(o.Findings, func(f finding) bool { return f.ID == "no-attribution" }) {
			return
		}
		score, places := 0.0, 0.0
		for _, p := range o.Attribution.Parts {
			score += float64(p.Score)
			places += float64(p.Places)
		}
		if math.Abs(score-m.Score()) > 1e-9 || math.Abs(places-m.Places()) > 1e-9 {
			rt.Fatalf("parts add up to %v points and %v places, the movement is %v and %v", score, places, m.Score(), m.Places())
		}
	})
}

// tryAll is try with its error.
func tryAll(r *engine.Report, o scenario.Options) (*scenario.Result, error) {
	st, err := r.Scenarios(o)
	if err != nil {
		return nil, err
	}
	list, err := scenario.Find(r.Spec, nil)
	if err != nil {
		return nil, err
	}
	return st.Run(list)
}

// TestManyEditsAddUp: beyond 12 edits orders are drawn, and the parts still add
// up.
func TestManyEditsAddUp(t *testing.T) {
	text := three + "scenarios:\n  - id: many\n    edits:\n"
	for i := range 14 {
		text += fmt.Sprintf("      - {indicators: chips, units: %s, op: scale, value: %v}\n", []string{"AAA", "BBB", "CCC"}[i%3], 1+float64(i)/20)
	}
	o := try(t, report(t, text), scenario.Options{}).Scenarios[0]
	sum := 0.0
	for _, p := range o.Attribution.Parts {
		sum += float64(p.Score)
	}
	near(t, "sum", sum, o.Move(o.Unit).Score())
	if o.Attribution.Orders == 0 {
		t.Error("nobody is told that orders were drawn")
	}
}

// TestOrders: edits that scale commute; one that sets what another scales does
// not, and is found.
func TestOrders(t *testing.T) {
	r := report(t, three+lines("scenarios:", "  - id: orders", "    edits:",
		"      - {id: half, indicators: chips, units: [AAA, BBB], op: scale, value: 0.5}",
		"      - {id: third, indicators: chips, units: AAA, op: scale, value: 0.3}",
		"      - {id: fix, indicators: chips, units: BBB, op: set, value: 30}",
		"      - {id: more, indicators: papers, units: BBB, op: add, value: 3}",
		"      - {id: one, set: framework.chips.weight, to: 2}",
		"      - {id: two, set: framework.chips.weight, to: 3}"))
	o := try(t, r, scenario.Options{}).Scenarios[0]
	var pairs []string
	for _, p := range o.Orders {
		pairs = append(pairs, p.First+" "+p.Second)
	}
	if want := []string{"half fix", "one two"}; !slices.Equal(pairs, want) {
		t.Errorf("pairs that do not commute: %v, want %v", pairs, want)
	}
}

// TestCommutingOrder: a scenario whose edits commute leads to the same in any
// order.
func TestCommutingOrder(t *testing.T) {
	edits := []string{
		"{indicators: chips, units: AAA, op: scale, value: 0.5}", "{indicators: papers, units: [AAA, BBB], op: scale, value: 1.25}",
		"{indicators: chips, units: CCC, op: add, value: 4}", "{set: framework.papers.weight, to: 2}",
	}
	rapid.Check(t, func(rt *rapid.T) {
		order := rapid.Permutation(edits).Draw(rt, "order")
		text := allied + "scenarios:\n"
		for i, list := range [][]string{edits, order} {
			text += fmt.Sprintf("  - id: s%d\n    edits:\n", i)
			for _, e := range list {
				text += "      - " + e + "\n"
			}
		}
		res := try(t, report(t, text), scenario.Options{})
		for u := range res.Scenarios[0].Units {
			a, b := res.Scenarios[0].Units[u].After, res.Scenarios[1].Units[u].After
			if a != b {
				rt.Fatalf("%s is %+v, or %+v in another order", res.Scenarios[0].Units[u].Code, a, b)
			}
		}
	})
}

// TestMonotone: the more chips, the higher the score, since more is better and
// all means are arithmetic.
func TestMonotone(t *testing.T) {
	r := aiRace(t, only(map[string]any{"id": "more", "edits": []any{map[string]any{"indicators": "gh_devs", "units": "RUS", "op": "scale", "value": 1.0}}})...)
	st, err := r.Scenarios(scenario.Options{Draws: -1})
	if err != nil {
		t.Fatal(err)
	}
	list, err := scenario.Find(r.Spec, nil)
	if err != nil {
		t.Fatal(err)
	}
	sw, err := st.Sweep(list[0], scenario.SweepOptions{Path: "edits.1.value", Low: 0.2, High: 5, Steps: 25})
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(sw.Steps); i++ {
		a, b := sw.Steps[i-1], sw.Steps[i]
		if b.After.Score <= a.After.Score || b.After.Rank > a.After.Rank {
			t.Errorf("from %v to %v the score goes from %v to %v, the rank from %v to %v", a.Value, b.Value, a.After.Score, b.After.Score, a.After.Rank, b.After.Rank)
		}
	}
}

// TestEmbargoAnswers: the embargo of the flagship answers with an interval, names
// every assumption by its ID, and another assumption makes another answer.
func TestEmbargoAnswers(t *testing.T) {
	answer := func(edits ...spec.Edit) *scenario.Outcome {
		r := aiRace(t, append([]spec.Edit{{Set: "uncertainty.draws", To: 400.0}}, edits...)...)
		st, err := r.Scenarios(scenario.Options{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := scenario.Find(r.Spec, []string{"chip-embargo"})
		if err != nil {
			t.Fatal(err)
		}
		res, err := st.Run(list)
		if err != nil {
			t.Fatal(err)
		}
		return &res.Scenarios[0]
	}
	o := answer()
	m := o.Move("RUS")
	if m == nil || m.Over == nil || !(m.Over.Score.Low < m.Over.Score.Median && m.Over.Score.Median < m.Over.Score.High && m.Over.Score.High < 0) {
		t.Fatalf("no interval of a loss: %+v", m)
	}
	var ids []string
	used := map[string]bool{}
	for _, e := range o.Edits {
		for _, id := range e.Assumptions {
			used[id] = true
		}
	}
	for _, l := range o.Links {
		used[l.Assumption] = true
	}
	for _, a := range o.Assumptions {
		ids = append(ids, a.ID)
		if !used[a.ID] || a.Text.In("en") == "" || math.IsNaN(float64(a.Drives)) {
			t.Errorf("assumption %s: used %v, %+v", a.ID, used[a.ID], a)
		}
	}
	if want := []string{"renewal", "substitution", "rerouting", "compute-to-papers"}; !slices.Equal(ids, want) {
		t.Errorf("assumptions %v, want %v", ids, want)
	}
	other := answer(spec.Edit{Set: "scenarios.chip-embargo.assumptions.rerouting.distribution", To: 0.95})
	if n := other.Move("RUS"); !(n.Over.Score.Low > m.Over.Score.Low && n.Over.Score.Median > m.Over.Score.Median && n.After.Score > m.After.Score) {
		t.Errorf("with nearly all re-routed Russia loses %+v, else %+v", n.Over.Score, m.Over.Score)
	}
	whole := answer(spec.Edit{Set: "scenarios.chip-embargo.assumptions.substitution.distribution", To: 1.0})
	if n := whole.Move("RUS"); n.Before != n.After || n.Over.Score.Low != 0 {
		t.Errorf("with all replaced Russia still moves: %+v", n)
	}
}

// TestTipping: AAA's chips with a factor x have the scale 20 to 80x; BBB has
// (40-20)/(80x-20) of it while 80x > 40. AAA scores 50 throughout; BBB's
// (100 x 20/(80x-20) + 100)/2 is always above. CCC: with papers set to y it has
// (y-10)/40 x 50; 50 is reached at y = 50, rank 2 with AAA's 50.
func TestTipping(t *testing.T) {
	r := report(t, three+lines("scenarios:", "  - {id: s, edits: [{indicators: papers, units: CCC, op: set, value: 30}]}"))
	st, err := r.Scenarios(scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := scenario.Find(r.Spec, nil)
	if err != nil {
		t.Fatal(err)
	}
	sweep := func(goal scenario.Goal, low, high float64) *scenario.Tipping {
		sw, err := st.Sweep(list[0], scenario.SweepOptions{Path: "edits.1.value", Low: low, High: high, Steps: 3, Goal: &goal})
		if err != nil {
			t.Fatal(err)
		}
		return sw.Tipping
	}
	// Score 40: (y-10)/40 x 50 = 40 at y = 42.
	tip := sweep(scenario.Goal{Score: 40}, 10, 50)
	if tip.Where != scenario.From || !tip.Monotone || math.Abs(float64(tip.Value)-42) > 1e-8 {
		t.Errorf("score 40: %+v, want from 42 on", tip)
	}
	if tip = sweep(scenario.Goal{Rank: 1}, 10, 30); tip.Where != scenario.Nowhere {
		t.Errorf("rank 1: %+v, want nowhere", tip)
	}
	if tip = sweep(scenario.Goal{Rank: 3}, 10, 30); tip.Where != scenario.Everywhere {
		t.Errorf("rank 3: %+v, want everywhere", tip)
	}
}

// TestSameDraws: the same however the draws are divided among processors.
func TestSameDraws(t *testing.T) {
	r := aiRace(t, spec.Edit{Set: "uncertainty.draws", To: 100.0})
	document := func() string {
		text, err := json.Marshal(try(t, r, scenario.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	many := document()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if document() != many {
		t.Error("one processor draws something else than several")
	}
}

// TestQuickIsWhole: a draw whose figures alone differ, which is evaluated
// quickly, is the project with these figures, built whole.
func TestQuickIsWhole(t *testing.T) {
	s := map[string]any{
		"id":          "quick",
		"assumptions": []any{map[string]any{"id": "x", "text": "a factor", "distribution": map[string]any{"uniform": []any{0.3, 0.30000001}}}},
		"edits":       []any{map[string]any{"indicators": []any{"gh_devs", "pop"}, "units": []any{"RUS", "USA"}, "op": "scale", "value": "x"}},
	}
	r := aiRace(t, append(only(s), spec.Edit{Set: "uncertainty", To: map[string]any{"draws": 20.0, "vary": []any{map[string]any{"weights": map[string]any{"spread": 1e-9}}}}})...)
	o := try(t, r, scenario.Options{}).Scenarios[0]
	figures := map[string]any{}
	for _, f := range o.Figures {
		if figures[f.Indicator] == nil {
			figures[f.Indicator] = map[string]any{}
		}
		figures[f.Indicator].(map[string]any)[f.Unit] = float64(f.After)
	}
	whole := aiRace(t, spec.Edit{Set: "figures", To: figures})
	top := len(whole.Nodes) - 1
	for u, m := range o.Units {
		want := whole.Scores.At(0, top, u)
		if want != want {
			continue
		}
		if math.Abs(float64(m.After.Score)-want) > 1e-12 || math.Abs(float64(m.Over.ScoreAfter.Median)-want) > 1e-5 || float64(m.After.Rank) != whole.Ranks.At(0, top, u) {
			t.Errorf("%s has %v, over the draws %v; built by hand %v", m.Code, m.After, m.Over.ScoreAfter, want)
		}
	}
}

// TestUnknown: names that do not exist are refused with what was meant.
func TestUnknown(t *testing.T) {
	r := report(t, three+lines("scenarios:", "  - {id: double, edits: [{indicators: chips, units: CCC, op: scale, value: 2}]}"))
	if _, err := scenario.Find(r.Spec, []string{"duoble"}); err == nil || !contains(err, `did you mean "double"?`) {
		t.Errorf("scenario: %v", err)
	}
	if _, err := r.Scenarios(scenario.Options{Unit: "AAB"}); err == nil || !contains(err, `did you mean "AAA"?`) {
		t.Errorf("unit: %v", err)
	}
	if _, err := r.Scenarios(scenario.Options{Year: 1999}); err == nil {
		t.Error("year 1999 is accepted")
	}
}

func contains(err error, text string) bool { return strings.Contains(err.Error(), text) }
