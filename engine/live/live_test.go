package live_test

import (
	"io/fs"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"mizan/engine"
	"mizan/engine/live"
	"mizan/projects"
	"mizan/spec"
	"mizan/uncertainty"
)

// built builds an embedded project as the command line does.
func built(t testing.TB, name, variant string, edits ...spec.Edit) *engine.Report {
	t.Helper()
	files, _ := projects.FS(name)
	text, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: files, Variant: variant, Edits: edits})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func open(t testing.TB, r *engine.Report, year int) *live.Session {
	t.Helper()
	text, err := live.Bundle(r.Spec, r.Panel, r.Result, year)
	if err != nil {
		t.Fatal(err)
	}
	o, err := live.Open(text)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// sameStanding compares a standing with a build, to the last bit.
func sameStanding(t *testing.T, got live.Standing, want *engine.Report, year int) {
	t.Helper()
	y := slices.Index(want.Years, year)
	for n, node := range want.Nodes {
		for u, w := range want.Scores.Column(y, n) {
			if g := got.Scores[n][u]; math.Float64bits(g) != math.Float64bits(w) && (g == g || w == w) {
				t.Fatalf("%s of %s is %v, a build has %v", node.Code, want.Units[u].Code, g, w)
			}
		}
	}
	for u, w := range want.Ranks.Column(y, len(want.Nodes)-1) {
		if w != w {
			w = 0
		}
		if got.Ranks[u] != int32(w) {
			t.Fatalf("%s ranks %d, a build has it at %v", want.Units[u].Code, got.Ranks[u], w)
		}
	}
}

// TestWeighIsBuild: whatever the reader's weights, the session ranks as a build
// of the project with the edits that the session names.
func TestWeighIsBuild(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, p := range []struct {
		name, variant string
		year          int
		times         int
	}{{"ai-race", "", 2023, 12}, {"ai-race", "intensity", 2023, 4}, {"hdi", "", 2022, 4}, {"hdi", "", 1995, 4}} {
		r := built(t, p.name, p.variant)
		o := open(t, r, p.year)
		standing, err := o.Weigh(o.Weights())
		if err != nil {
			t.Fatal(err)
		}
		sameStanding(t, standing, r, p.year)
		for range p.times {
			w := o.Weights()
			for i := range len(w) - 1 {
				w[i] = math.Round(random.Float64()*1000) / 250
			}
			standing, err := o.Weigh(w)
			if err != nil {
				t.Fatal(err)
			}
			sameStanding(t, standing, built(t, p.name, p.variant, o.Edits(w)...), p.year)
		}
	}
}

// TestSwitchIsBuild: so with other methods.
func TestSwitchIsBuild(t *testing.T) {
	o := open(t, built(t, "ai-race", ""), 2023)
	for _, edits := range [][]spec.Edit{
		{{Set: "build.normalise", To: "rank"}},
		{{Set: "build.impute", To: "none"}, {Set: "framework.aggregate", To: "geometric-mean"}},
		{{Set: "build.treat", To: "none"}},
		nil,
	} {
		if err := o.Switch(edits); err != nil {
			t.Fatal(err)
		}
		w := o.Weights()
		w[0], w[len(w)-2] = 0, 2.5
		standing, err := o.Weigh(w)
		if err != nil {
			t.Fatal(err)
		}
		sameStanding(t, standing, built(t, "ai-race", "", o.Edits(w)...), 2023)
	}
	if err := o.Switch([]spec.Edit{{Set: "build.normalise", To: "minmax"}}); err == nil || !strings.Contains(err.Error(), `did you mean "min-max"?`) {
		t.Errorf("a method that does not exist: %v", err)
	}
	if _, err := o.Weigh(o.Weights()); err != nil {
		t.Errorf("after a switch that failed: %v", err)
	}
}

// TestDrawIsUncertainty: the intervals are those that `mizan uncertainty` draws
// of the project with the edits, also when builds are used again.
func TestDrawIsUncertainty(t *testing.T) {
	const draws = 300
	o := open(t, built(t, "ai-race", ""), 2023)
	w := o.Weights()
	for i := range 3 {
		w[len(w)-2-i] = float64(i) + 0.5
		got, err := o.Draw(w, draws)
		if err != nil {
			t.Fatal(err)
		}
		r := built(t, "ai-race", "", append(o.Edits(w), spec.Edit{Set: "uncertainty.draws", To: draws})...)
		m, err := r.Uncertain()
		if err != nil {
			t.Fatal(err)
		}
		state, err := m.Run(uncertainty.RunOptions{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := m.Result(state)
		for u := range want.Units {
			a, b := got.Units[u], want.Units[u]
			if a.Unit != b.Unit || a.Ranked != b.Ranked || a.First != b.First || !slices.Equal(a.Acceptability, b.Acceptability) || a.Ranked > 0 && (a.Low != b.Low || a.High != b.High) {
				t.Fatalf("%s: drawn %v %v–%v, `mizan uncertainty` has %v %v–%v", a.Unit, a.Median, a.Low, a.High, b.Median, b.Low, b.High)
			}
		}
	}
}

// TestDrawKeepsSwitched: a reader who chooses a mean is sure of it, so that
// draws vary the rest.
func TestDrawKeepsSwitched(t *testing.T) {
	o := open(t, built(t, "ai-race", ""), 2023)
	if err := o.Switch([]spec.Edit{{Set: "framework.aggregate", To: "minimum"}}); err != nil {
		t.Fatal(err)
	}
	got, err := o.Draw(o.Weights(), 500)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range got.Factors {
		if f.ID == "mean-of-pillars" {
			t.Error("the mean varies")
		}
	}
	if len(got.Factors) != 4 {
		t.Errorf("%d factors vary, the project has four besides the mean", len(got.Factors))
	}
}

// TestDrawWithoutUncertainty: a project that says nothing of it has its weights
// varied.
func TestDrawWithoutUncertainty(t *testing.T) {
	o := open(t, built(t, "hdi", ""), 2000)
	got, err := o.Draw(o.Weights(), 200)
	if err != nil {
		t.Fatal(err)
	}
	if got.Kept != 200 || got.Year != 2000 || len(got.Factors) != 1 || got.Factors[0].Kind != "weights" {
		t.Errorf("%d draws of %d, factors %v", got.Kept, got.Year, got.Factors)
	}
}

// TestBundleIsSmall: one year is enough where years do not hang on one another.
func TestBundleIsSmall(t *testing.T) {
	r := built(t, "hdi", "")
	text, err := live.Bundle(r.Spec, r.Panel, r.Result, 2022)
	if err != nil {
		t.Fatal(err)
	}
	if len(text) > 100_000 {
		t.Errorf("a bundle of one year of 33 has %d bytes", len(text))
	}
}

// TestRefused: what is no bundle and what are no weights is told, not built.
func TestRefused(t *testing.T) {
	for _, text := range []string{
		``, `[]`, `{}`, `{"format":2}`, `{"format":1,"year":1,"years":[1],"units":[{"code":"A"}],"panel":{"codes":["x"],"values":[[[]]]}}`,
		`{"format":1,"year":1,"years":[1],"units":[],"panel":{"codes":[],"values":[]},"spec":{"mizan":1,"mizan":1}}`,
		`{"format":1,"year":1,"years":[1],"units":[],"panel":{"codes":[],"values":[]},"spec":{"mizan":"one"}}`,
	} {
		if _, err := live.Open([]byte(text)); err == nil {
			t.Errorf("%s was opened", text)
		}
	}
	o := open(t, built(t, "hdi", ""), 2022)
	zero := make([]float64, len(o.Nodes()))
	minus := o.Weights()
	minus[0] = -1
	for _, w := range [][]float64{nil, zero, minus, append(o.Weights(), 1)} {
		if _, err := o.Weigh(w); err == nil {
			t.Errorf("the weights %v were taken", w)
		}
		if _, err := o.Draw(w, 100); err == nil {
			t.Errorf("the weights %v were drawn", w)
		}
	}
}

func BenchmarkWeigh(b *testing.B) {
	o := open(b, built(b, "ai-race", ""), 2023)
	w := o.Weights()
	for b.Loop() {
		if _, err := o.Weigh(w); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	o := open(b, built(b, "ai-race", ""), 2023)
	w := o.Weights()
	for i := 0; b.Loop(); i++ {
		w[len(w)-2] = 1 + float64(i%7)/10
		if _, err := o.Draw(w, 2000); err != nil {
			b.Fatal(err)
		}
	}
}
