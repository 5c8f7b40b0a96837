package spec_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mizan/spec"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const sample = "testdata/project.yaml"

// withoutPlaces compares specs up to where their parts were written.
var withoutPlaces = cmp.Options{cmpopts.IgnoreUnexported(spec.Spec{}, spec.Edit{}, spec.Factor{}, spec.Alternative{}), cmpopts.EquateEmpty(), cmpopts.EquateNaNs()}

func apply(t *testing.T, s *spec.Spec, texts ...string) *spec.Spec {
	t.Helper()
	var edits []spec.Edit
	for _, text := range texts {
		e, err := spec.ParseEdit(text)
		if err != nil {
			t.Fatal(err)
		}
		edits = append(edits, e)
	}
	out, err := s.Apply(edits...)
	if err != nil {
		t.Fatalf("%v: %v", texts, err)
	}
	return out
}

// steps writes a step shortly: method, options and deviations.
func steps(ss ...spec.Step) string {
	var out []string
	for _, s := range ss {
		words := []string{s.Method}
		for _, o := range s.Options {
			words = append(words, fmt.Sprintf("%s=%v", o.Name, o.Value))
		}
		for _, e := range s.Each {
			words = append(words, e.Code+":"+steps(e.Step))
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, "; ")
}

func TestEditsOfSteps(t *testing.T) {
	s, _ := load(t, sample)
	treat := func(s *spec.Spec) string { return steps(s.Build.Treat) }
	normalise := func(s *spec.Spec) string { return steps(s.Build.Normalise) }
	aggregate := func(s *spec.Spec) string { return steps(s.Build.Aggregate...) }
	for _, tt := range []struct {
		edits string
		of    func(*spec.Spec) string
		want  string
	}{
		{"build.normalise.method=z-score", normalise, "z-score"},
		{"build.normalise.method=min-max", normalise, "min-max to=[1 100]"},
		{"build.normalise=rank", normalise, "rank"},
		{"build.normalise={method: min-max, to: [0, 10]}", normalise, "min-max to=[0 10]"},
		{"build.normalise.to=[0, 10]", normalise, "min-max to=[0 10]"},
		{"build.normalise.to.1=10", normalise, "min-max to=[1 10]"},
		{"build.normalise.over=panel", normalise, "min-max to=[1 100] over=panel"},
		{"build.normalise=", normalise, "min-max"},
		{"build.treat.method=power", treat, "power over=panel debt:log"},
		{"build.treat.each.debt.base=10", treat, "winsorise max_points=5 over=panel debt:log base=10"},
		{"build.treat.each.debt.method=none", treat, "winsorise max_points=5 over=panel debt:none"},
		{"build.treat.each.patents={method: power, root: 3}", treat, "winsorise max_points=5 over=panel debt:log patents:power root=3"},
		{"build.treat.each.debt=", treat, "winsorise max_points=5 over=panel"},
		{"build.aggregate=median", aggregate, "median"},
		{"build.aggregate=[{method: geometric-mean}, median]", aggregate, "geometric-mean; median"},
		{"build.aggregate=", aggregate, "arithmetic-mean"},
		{"build.aggregate.1.method=median", aggregate, "arithmetic-mean; median"},
		{"build.aggregate.2=median", aggregate, "arithmetic-mean; geometric-mean; median"},
		{"build.aggregate.0=", aggregate, "geometric-mean"},
		{"build.aggregate=median build.aggregate.method=harmonic-mean", aggregate, "harmonic-mean"},
		{"build.aggregate=median build.aggregate.0.power=2", aggregate, "median power=2"},
		{"build.aggregate=[median] build.aggregate.power=2", aggregate, "median power=2"},
		{"build.weights.method=equal", func(s *spec.Spec) string { return steps(s.Build.Weights) }, "equal"},
		{"build.impute.by=income", func(s *spec.Spec) string { return steps(s.Build.Impute) }, "median by=income"},
		{"build.screen.method=coverage", func(s *spec.Spec) string { return steps(s.Build.Screen) }, "coverage min_coverage=0.65"},
		{"build.screen.method=nonzero", func(s *spec.Spec) string { return steps(s.Build.Screen) }, "nonzero"},
		{"build.screen.force={RUS: keep}", func(s *spec.Spec) string { return steps(s.Build.Screen) }, "coverage min_coverage=0.65 force=map[RUS:keep]"},
		{"framework.ground.aggregate.method=median", func(s *spec.Spec) string { return steps(*s.Framework.Children[1].Aggregate) }, "median"},
		{"framework.talent.aggregate.method=median", func(s *spec.Spec) string { return steps(*s.Framework.Children[0].Aggregate) }, "median"},
	} {
		edits := strings.Split(strings.ReplaceAll(tt.edits, " build.", "\nbuild."), "\n")
		if got := tt.of(apply(t, s, edits...)); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.edits, got, tt.want)
		}
	}
	if got := normalise(s); got != "min-max to=[1 100]" {
		t.Errorf("the spec itself was changed: %s", got)
	}
}

func weights(n spec.Node) string {
	out := fmt.Sprintf("%s %v", n.Code, *n.Weight)
	for _, c := range n.Children {
		out += " (" + weights(c) + ")"
	}
	return out
}

func TestEditsOfTheFramework(t *testing.T) {
	s, _ := load(t, sample)
	const whole = "top 1 (talent 2 (researchers 1) (patents 0.5)) (ground 1 (internet_pct 1) (debt 1))"
	if got := weights(s.Framework); got != whole {
		t.Fatal(got)
	}
	for edit, want := range map[string]string{
		"framework.talent.weight=5":                       strings.Replace(whole, "talent 2", "talent 5", 1),
		"framework.patents.weight=3":                      strings.Replace(whole, "patents 0.5", "patents 3", 1),
		"framework.talent.patents.weight=3":               strings.Replace(whole, "patents 0.5", "patents 3", 1),
		"framework.top.talent.patents.weight=3":           strings.Replace(whole, "patents 0.5", "patents 3", 1),
		"framework.children.talent.children.1.weight=3":   strings.Replace(whole, "patents 0.5", "patents 3", 1),
		"framework.0.1.weight=3":                          strings.Replace(whole, "patents 0.5", "patents 3", 1),
		"framework.patents.weight=":                       strings.Replace(whole, "patents 0.5", "patents 1", 1),
		"framework.researchers.weight=0":                  strings.Replace(whole, "researchers 1", "researchers 0", 1),
		"framework.patents=":                              strings.Replace(whole, " (patents 0.5)", "", 1),
		"framework.ground=":                               "top 1 (talent 2 (researchers 1) (patents 0.5))",
		"framework.ground={code: pop, weight: 4}":         "top 1 (talent 2 (researchers 1) (patents 0.5)) (pop 4)",
		"framework.talent.children.2={code: pop}":         strings.Replace(whole, "(patents 0.5)", "(patents 0.5) (pop 1)", 1),
		"framework.ground.children=[{code: pop}]":         "top 1 (talent 2 (researchers 1) (patents 0.5)) (ground 1 (pop 1))",
		"framework={code: all, children: [{code: debt}]}": "all 1 (debt 1)",
	} {
		if got := weights(apply(t, s, edit).Framework); got != want {
			t.Errorf("%s: got %q, want %q", edit, got, want)
		}
	}
}

func TestEditsOfTheRest(t *testing.T) {
	s, _ := load(t, sample)
	for _, tt := range []struct {
		edit string
		got  func(*spec.Spec) any
		want any
	}{
		{"title=Trial", func(s *spec.Spec) any { return s.Title.In("en") }, "Trial"},
		{"title.ru=Образец", func(s *spec.Spec) any { return s.Title.In("ru") + s.Title.In("ar") }, "Образецعيّنة"},
		{"indicators.researchers.name.ru=Учёные", func(s *spec.Spec) any { return s.Indicators[0].Name[""] + s.Indicators[0].Name["ru"] }, "ResearchersУчёные"},
		{"indicators.debt.direction=1", func(s *spec.Spec) any { return s.Indicators[3].Direction }, 1},
		{"framework.talent.direction=-1", func(s *spec.Spec) any { return s.Framework.Children[0].Direction }, -1},
		{"framework.talent.direction=1", func(s *spec.Spec) any { return s.Framework.Children[0].Direction }, 1},
		{"indicators.patents.pool={weighted_mean: pop}", func(s *spec.Spec) any { return s.Indicators[1].Pool }, spec.Pool{Rule: "weighted_mean", By: "pop"}},
		{"indicators.new={absent: 0}", func(s *spec.Spec) any { return *s.Indicators[5].Absent }, 0.0},
		{"period={from: 2019, to: 2021}", func(s *spec.Spec) any { return s.Period.Years() }, []int{2019, 2020, 2021}},
		{"units.exclude=[RUS, CHN]", func(s *spec.Spec) any { return s.Units.Exclude }, []string{"RUS", "CHN"}},
		{"units.exclude.0=NO", func(s *spec.Spec) any { return s.Units.Exclude }, []string{"NO"}},
		{
			"build.denominate.patents.scale=1e6", func(s *spec.Spec) any { return s.Build.Denominate[0] },
			spec.Denominator{Code: "patents", By: "pop", Scale: 1e6, Operation: "divide"},
		},
		{"build.denominate=", func(s *spec.Spec) any { return len(s.Build.Denominate) }, 0},
		{"published.other-2023.file=x.csv", func(s *spec.Spec) any { return s.Published[0].File }, "x.csv"},
		{
			"observations.1={file: b.csv, format: wide}", func(s *spec.Spec) any { return s.Observations[1] },
			spec.DataFile{File: "b.csv", Format: "wide", Unit: "unit", Extra: "error"},
		},
	} {
		if d := cmp.Diff(tt.want, tt.got(apply(t, s, tt.edit))); d != "" {
			t.Errorf("%s (-want +got)\n%s", tt.edit, d)
		}
	}
}

func TestVariant(t *testing.T) {
	s, _ := load(t, sample)
	lean, err := s.Variant("lean")
	if err != nil {
		t.Fatal(err)
	}
	want := apply(t, s, "framework.patents=", "build.normalise.method=z-score")
	if lean.Hash() != want.Hash() || lean.Hash() == s.Hash() {
		t.Error("a variant is not the same as its edits")
	}
	_, err = s.Variant("leen")
	if err == nil || !strings.Contains(err.Error(), `there is no variant "leen"; did you mean "lean"?`) {
		t.Errorf("got %v", err)
	}
}

// Edits made in code do the same as edits that were read, and are named in
// problems as they would be written.
func TestEditsMadeInCode(t *testing.T) {
	s, _ := load(t, sample)
	edits := []spec.Edit{
		{Set: "build.normalise", To: map[string]any{"method": "min-max", "to": []any{0.0, 10.0}}},
		{Set: "framework.talent.weight", To: 3},
		{Remove: "framework.patents"},
	}
	got, err := s.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	want := apply(t, s, "build.normalise={method: min-max, to: [0, 10]}", "framework.talent.weight=3", "framework.patents=")
	if d := cmp.Diff(want, got, withoutPlaces); d != "" {
		t.Errorf("(-read +made)\n%s", d)
	}
	for _, e := range edits {
		again, err := spec.ParseEdit(e.String())
		if err != nil || again.String() != e.String() {
			t.Errorf("%s is read as %s (%v)", e, again, err)
		}
	}
	if _, err := s.Apply(spec.Edit{Set: "framework.talent.weight", To: -1}); err == nil ||
		err.Error() != "--set framework.talent.weight=-1: framework.talent.weight: the weight is negative (-1); give zero or more; set `direction: -1` where less is better" {
		t.Errorf("got %v", err)
	}
	for _, e := range []spec.Edit{{}, {Set: "id", To: struct{}{}}, {Set: "id", Remove: "id"}} {
		if _, err := s.Apply(e); err == nil {
			t.Errorf("%#v is accepted", e)
		}
	}
}

// A changed To counts, not the value that was read.
func TestEditChangedInCode(t *testing.T) {
	s, _ := load(t, sample)
	e, err := spec.ParseEdit("framework.talent.weight=3")
	if err != nil {
		t.Fatal(err)
	}
	e.To = 7.0
	out, err := s.Apply(e)
	if err != nil || *out.Framework.Children[0].Weight != 7 {
		t.Errorf("got %v, %v", weights(out.Framework), err)
	}
}

// A spec made in code can be edited too.
func TestApplyToSpecMadeInCode(t *testing.T) {
	s := spec.Defaults()
	s.ID, s.Period.Year = "made", 2023
	s.Observations = []spec.DataFile{{File: "o.csv"}}
	s.Indicators = []spec.Indicator{{Code: "a"}, {Code: "b"}}
	s.Framework = spec.Node{Code: "top", Children: []spec.Node{{Code: "a"}, {Code: "b"}}}
	out := apply(t, s, "framework.b.weight=2")
	if got := weights(out.Framework); got != "top 1 (a 1) (b 2)" {
		t.Error(got)
	}
	again, err := spec.Parse("made.yaml", s.Canonical())
	if err != nil || again.Hash() != s.Hash() {
		t.Errorf("%v\n%s", err, s.Canonical())
	}
	if p := s.Problem("x", "build.normalise", "cause", "remedy"); p.Error() != "cause; remedy" {
		t.Error(p)
	}
}

func TestDefaults(t *testing.T) {
	b := spec.Defaults().Build
	got := steps(append([]spec.Step{b.Impute, b.Screen, b.Treat, b.Normalise, b.Weights}, b.Aggregate...)...)
	if got != "none; none; none; min-max; declared; arithmetic-mean" {
		t.Error(got)
	}
	paths := []string{b.Impute.Path, b.Screen.Path, b.Treat.Path, b.Normalise.Path, b.Weights.Path, b.Aggregate[0].Path}
	if !slices.Equal(paths, []string{"build.impute", "build.screen", "build.treat", "build.normalise", "build.weights", "build.aggregate.0"}) {
		t.Error(paths)
	}
}

// TestParseRemoval: a removal is told as it was typed, and nothing is set by it.
func TestParseRemoval(t *testing.T) {
	e, err := spec.ParseRemoval("build.normalise.to")
	if err != nil || e.Remove != "build.normalise.to" || e.String() != "build.normalise.to=" {
		t.Errorf("%+v, %v", e, err)
	}
	for text, want := range map[string]string{
		"":                 "--unset : the edit names no path; name a key, such as build.treat",
		"build.treat=none": "--unset build.treat=none: the path of what is removed holds a `=`; write --unset PATH, or --set PATH=VALUE",
		"build..treat":     "--unset build..treat: the path \"build..treat\" has an empty part; join keys with single dots, such as build.normalise.method",
	} {
		if _, err := spec.ParseRemoval(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	s, err := spec.Parse("p.yaml", []byte("mizan: 1\nid: x\nperiod: {year: 2023}\nobservations: []\nindicators: {a: {}}\nframework: {code: top, children: [{code: a}]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	gone, err := spec.ParseRemoval("indicators.a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(gone); err == nil || !strings.HasPrefix(err.Error(), "--unset indicators.a: ") {
		t.Errorf("the removal is not named: %v", err)
	}
}
