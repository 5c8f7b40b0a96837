package uncertainty_test

import (
	"fmt"
	"io/fs"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"mizan"
	"mizan/build"
	"mizan/dataset"
	"mizan/projects"
	"mizan/spec"
	"mizan/uncertainty"
)

// project is a project in memory.
type project struct {
	files fs.FS
	spec  *spec.Spec
	panel *mizan.Panel
}

// files are those of a small project, whose file ends in what is added: nine
// units, six indicators on three levels, gaps, a group and deviations.
func files(more string) fstest.MapFS {
	const head = `mizan: 1
id: small
period: {from: 2019, to: 2020}
units: {file: u.csv}
observations: [{file: o.csv}]
indicators: {a: {range: [0, 100]}, b: {direction: -1}, c: {}, d: {}, e: {}, pop: {}}
framework:
  code: top
  children:
    - {code: left, weight: 2, children: [{code: a}, {code: b, weight: 2}]}
    - {code: right, weight: 1, children: [{code: c}, {code: d, weight: 3}, {code: e}]}
build:
  denominate: {d: pop}
  impute: {method: hot-deck, by: region}
  treat: {method: winsorise, max_points: 1, skewness: 0.5, kurtosis: 0.5}
  normalise: {method: min-max, to: [1, 100]}
`
	units, data := "unit,name,region\n", "unit,indicator,year,value,sd\n"
	seed := uint64(7)
	next := func() float64 {
		seed = seed*6364136223846793005 + 1442695040888963407
		return float64(seed>>11) / (1 << 53)
	}
	for u := range 9 {
		units += fmt.Sprintf("U%d,Unit %d,%c\n", u, u, 'n'+rune(u%3))
		for _, code := range []string{"a", "b", "c", "d", "e", "pop"} {
			for year := 2019; year <= 2020; year++ {
				x := 5 + 90*math.Pow(next(), 6)
				if code != "pop" && next() < 0.2 {
					continue
				}
				data += fmt.Sprintf("U%d,%s,%d,%.3f,%.2f\n", u, code, year, x, next())
			}
		}
	}
	return fstest.MapFS{"mizan.yaml": {Data: []byte(head + more)}, "u.csv": {Data: []byte(units)}, "o.csv": {Data: []byte(data)}}
}

func load(t testing.TB, files fs.FS, edits ...spec.Edit) project {
	t.Helper()
	text, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := spec.Parse("mizan.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = s.Apply(edits...); err != nil {
		t.Fatal(err)
	}
	panel, _, err := dataset.Load(s, files)
	if err != nil {
		t.Fatal(err)
	}
	return project{files, s, panel}
}

func aiRace(t testing.TB, edits ...spec.Edit) project {
	t.Helper()
	files, ok := projects.FS("ai-race")
	if !ok {
		t.Fatal("there is no ai-race")
	}
	return load(t, files, edits...)
}

func (p project) read(s *spec.Spec) (*mizan.Panel, error) {
	panel, _, err := dataset.Load(s, p.files)
	return panel, err
}

func (p project) build(t testing.TB) *build.Result {
	t.Helper()
	plan, err := build.Compile(p.spec)
	if err != nil {
		t.Fatal(err)
	}
	r, err := plan.Run(p.panel)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (p project) model(t testing.TB) *uncertainty.Model {
	t.Helper()
	m, err := uncertainty.New(p.spec, p.panel, p.build(t), uncertainty.Options{Load: p.read})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// rebuilt is a project that was printed, built by hand.
func rebuilt(t *testing.T, files fs.FS, text []byte) *build.Result {
	t.Helper()
	s, err := spec.Parse("draw.yaml", text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	panel, _, err := dataset.Load(s, files)
	if err != nil {
		t.Fatal(err)
	}
	p := project{files, s, panel}
	return p.build(t)
}

// kinds are sections for every kind of factor, and for several together.
var kinds = map[string]string{
	"spread":       "{vary: [{weights: {spread: 0.25}}]}",
	"levels":       "{vary: [{weights: {spread: 1, levels: [2]}}]}",
	"within":       "{vary: [{weights: {within: 0.3, codes: [c, d, e]}}]}",
	"bounds":       "{vary: [{weights: {bounds: {left: [0, 4], d: [1, 2]}}}]}",
	"dirichlet":    "{vary: [{weights: {dirichlet: 8}}]}",
	"simplex":      "{vary: [{weights: simplex}]}",
	"flat":         "{vary: [{weights: {simplex: indicators}}]}",
	"normalise":    "{vary: [{choose: build.normalise, from: [as-is, z-score, {method: min-max, to: [0, 1]}]}]}",
	"impute":       "{vary: [{choose: build.impute, from: [as-is, none, mean], chances: [1, 2, 3]}]}",
	"aggregate":    "{vary: [{choose: build.aggregate, from: [as-is, [arithmetic-mean, geometric-mean], copeland]}]}",
	"treat":        "{vary: [{choose: build.treat, from: [as-is, none]}]}",
	"denominators": "{vary: [{from: [as-is, {edits: [{remove: build.denominate.d}]}, {edits: [{set: build.denominate.c, to: pop}]}]}]}",
	"read anew":    "{vary: [{choose: period.look_back, from: [0, 1]}, {from: [as-is, {edits: [{set: figures.a.U1, to: 30}]}]}]}",
	"drop":         "{vary: [{drop: indicators}, {weights: {spread: 0.5}}]}",
	"drop pillar":  "{vary: [{drop: pillars, nothing: 0.2}]}",
	"range":        "{vary: [{range: build.treat.skewness, between: [0.1, 2]}, {range: build.treat.max_points, between: [1, 3], whole: true}]}",
	"weight range": "{vary: [{range: framework.right.d.weight, between: [1, 5]}]}",
	"learnt":       "{vary: [{choose: build.weights, from: [as-is, equal, entropy]}, {weights: {spread: 0.25}}, {drop: [a, c]}]}",
	"some redraw":  "{vary: [{choose: build.impute, from: [as-is, mean]}, {redraw: build.impute}]}",
	"some range":   "{vary: [{choose: build.treat, from: [as-is, none]}, {range: build.treat.skewness, between: [0.1, 2]}]}",
	"error":        "{vary: [{error: {data: true, relative: {e: 0.2}, rounding: {pop: 5}}}]}",
	"error learnt": "{vary: [{error: {relative: 0.1}}, {choose: build.weights, from: [entropy]}, {weights: {spread: 0.25}}]}",
	"redraw":       "{vary: [{redraw: build.impute}]}",
	"redraw em":    "{vary: [{choose: build.impute, from: [{method: em, draw: true, ridge: 0.1}]}, {redraw: build.impute}]}",
	"together": `{vary: [{weights: {spread: 0.25}}, {choose: build.normalise, from: [as-is, z-score]}, {drop: [a, right]}, {error: {sd: {a: 2, b: 1}}},
  {redraw: build.impute}, {range: build.treat.skewness, between: [0.1, 2]}, {from: [as-is, {edits: [{set: figures.b.U1, to: 30}]}]}]}`,
}

// TestDrawsAreProjects: whatever varies, a draw that is printed as a project
// and built by hand has the scores of the draw.
func TestDrawsAreProjects(t *testing.T) {
	for name, section := range kinds {
		t.Run(name, func(t *testing.T) {
			p := load(t, files("uncertainty: "+section+"\n"))
			m := p.model(t)
			if err := m.Check(); err != nil {
				t.Fatal(err)
			}
			checkDraws(t, p, m, 12)
		})
	}
}

func checkDraws(t *testing.T, p project, m *uncertainty.Model, draws int) {
	t.Helper()
	distinct := map[string]bool{}
	for k := range draws {
		u := make([]float64, len(m.Inputs()))
		m.Point(k, u)
		s, err := m.Spec(u)
		if err != nil {
			t.Fatal(err)
		}
		var d build.Draw
		if err := m.Draw(k, &d); err != nil {
			t.Fatal(err)
		}
		r := rebuilt(t, p.files, s.Canonical())
		y := r.Scores.Year(m.Year())
		want := r.Scores.Column(y, len(r.Nodes)-1)
		kernel, err := build.NewKernel(d.Result, m.Year(), build.KernelOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := kernel.Evaluator().Top(d.Weights)
		if err != nil {
			t.Fatal(err)
		}
		for u := range got {
			if got[u] != want[u] && !(math.Abs(got[u]-want[u]) <= 1e-11*max(1, math.Abs(want[u]))) && (got[u] == got[u] || want[u] == want[u]) {
				t.Fatalf("draw %d: %s scores %v, built by hand %v\n%s", k, r.Units[u], got[u], want[u], s.Canonical())
			}
		}
		own, err := m.Scores(u)
		if err != nil {
			t.Fatal(err)
		}
		for u := range got {
			if own[u] != got[u] && !(math.Abs(got[u]-own[u]) <= 1e-11*max(1, math.Abs(want[u]))) && (got[u] == got[u] || own[u] == own[u]) {
				t.Fatalf("draw %d: %s scores %v, and %v when it is counted", k, r.Units[u], got[u], own[u])
			}
		}
		distinct[fmt.Sprint(got)] = true
	}
	if len(distinct) < 2 {
		t.Errorf("all draws are the same")
	}
}

// The presets on the flagship project, draw by draw.
func TestPresetsAreProjects(t *testing.T) {
	for _, preset := range spec.Presets() {
		t.Run(preset, func(t *testing.T) {
			p := aiRace(t, spec.Edit{Set: "uncertainty", To: map[string]any{"preset": preset}})
			m := p.model(t)
			if err := m.Check(); err != nil {
				t.Fatal(err)
			}
			checkDraws(t, p, m, 6)
		})
	}
}

// What cannot be is refused before anything is drawn, with its place and what
// to do.
func TestRefusals(t *testing.T) {
	for _, c := range []struct{ section, want string }{
		{"{vary: []}", `mizan.yaml:17:1: nothing varies; name a preset, or list factors under ` + "`vary`"},
		{"{year: 2018, vary: [{weights: simplex}]}", "mizan.yaml:17:15: there is no year 2018; name a year of `period`"},
		{"{vary: [{weights: {spread: 0.2, codes: lefd}}]}", `mizan.yaml:17:22: there is no "lefd" whose weight could vary; did you mean "left"?`},
		{"{vary: [{weights: {spread: 0.2, levels: [7]}}]}", "mizan.yaml:17:22: no weight is of these levels and codes; the framework has the levels 1 to 2 below its top"},
		{"{vary: [{drop: [a, zz]}]}", `mizan.yaml:17:22: there is no "zz" in the framework; name a node of the framework`},
		{"{vary: [{drop: top}]}", `mizan.yaml:17:22: without top nothing is left of the index; take it out of ` + "`drop`"},
		{"{vary: [{error: {sd: {zz: 1}}}]}", `mizan.yaml:17:22: there is no indicator "zz"; name a node of the framework`},
		{"{vary: [{error: {sd: {a: 1}, relative: {a: 0.1}}}]}", "mizan.yaml:17:22: a has an error of two kinds; keep one of sd, relative and rounding for it"},
		{"{vary: [{choose: build.normalise, from: [as-is, zscore]}]}", `mizan.yaml:17:22: normalise: with zscore the project cannot be built: unknown method "zscore"; did you mean "z-score"?`},
		{
			"{vary: [{choose: build.normalise, from: [as-is, {method: min-max, to: [0, 1]}]}, {choose: build.aggregate, from: [as-is, geometric-mean]}]}",
			"mizan.yaml:17:1: 1 of 4 combinations of choices cannot be built (normalise {method: min-max, to: [0, 1]}, aggregate geometric-mean): " +
				"the geometric-mean of left is defined for positive values only, and min-max puts the lowest unit of a at 0 or below; " +
				"normalise to a range above 0, such as `to: [1, 100]`, or use arithmetic-mean; or write `failed: count`, to count the draws that meet them",
		},
		{
			"{vary: [{choose: build.aggregate, from: [geometric-mean]}, {choose: build.normalise, from: [z-score]}]}",
			"mizan.yaml:17:22: aggregate: with geometric-mean the project cannot be built: the geometric-mean of left is defined for positive values only",
		},
		{"{vary: [{redraw: build.normalise}]}", `mizan.yaml:17:22: build.normalise.seed cannot vary: build.normalise.seed: the method "min-max" has no option "seed"`},
		{"{vary: [{choose: build.impute, from: [{method: em, ridge: 0.1}]}, {redraw: build.impute}]}", "mizan.yaml:17:80: build.impute.seed cannot vary: nothing hangs on it; name a step whose method draws by a seed"},
		{"{vary: [{range: build.treat.skewness, between: [-1, 2]}, {choose: units.exclude, from: [[U1]]}]}", "mizan.yaml:17:22: "},
	} {
		p := load(t, files("uncertainty: "+c.section+"\n"))
		m, err := uncertainty.New(p.spec, p.panel, p.build(t), uncertainty.Options{Load: p.read})
		if err == nil {
			err = m.Check()
		}
		if got := fmt.Sprint(err); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s\ngot  %s\nwant %s", c.section, got, c.want)
		}
	}
}
