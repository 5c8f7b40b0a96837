package audit_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mizan"
	"mizan/audit"
	"mizan/build"
	"mizan/dataset"
	"mizan/internal/oracle"
	"mizan/spec"
)

var pair = project{framework: "{code: top, children: [{code: a}, {code: b}]}", figures: map[string][]float64{"a": five, "b": five}}

// TestAnswers: an answer fits what it names, and nothing else; the codes of a
// pair stand in either order. What is answered no longer weighs.
func TestAnswers(t *testing.T) {
	for answer, fits := range map[string]bool{
		"finding: redundant-pair":                            true,
		"finding: redundant-pair, code: a":                   true,
		"finding: redundant-pair, code: b":                   true,
		"finding: redundant-pair, code: a, with: b":          true,
		"finding: redundant-pair, code: b, with: a":          true,
		"finding: redundant-pair, code: [top, b]":            true,
		"finding: redundant-pair, code: [b], with: a":        true,
		"finding: redundant-pair, code: [top, b], with: top": false,
		"finding: redundant-pair, year: 2020":                true,
		"finding: redundant-pair, year: 2019":                false,
		"finding: redundant-pair, code: top":                 false,
		"finding: redundant-pair, code: a, with: top":        false,
		"finding: redundant-pair, code: a, unit: U01":        false,
		"finding: dominates-parent, code: a, with: b":        false,
		"finding: negative-pair, code: a":                    false,
	} {
		p := pair
		p.rest = "audit: {silence: [{" + answer + ", reason: Both are wanted}]}"
		s, panel, r := p.make(t)
		out := audited(t, s, panel, r)
		for _, c := range out.Checks {
			if c.ID != "pairs" {
				continue
			}
			want, reason := audit.Warning, ""
			if fits {
				want, reason = audit.Pass, "Both are wanted"
			}
			if c.Verdict != want || c.Findings[0].Answer != reason {
				t.Errorf("%s: the verdict is %s, answered %q", answer, c.Verdict, c.Findings[0].Answer)
			}
			if weighs := slices.ContainsFunc(out.Findings(), func(f audit.Finding) bool { return f.ID == "redundant-pair" }); weighs == fits {
				t.Errorf("%s: the finding weighs: %t", answer, weighs)
			}
		}
	}
}

// TestSummary: two checks of the pair warn of the same thing, one is answered.
func TestSummary(t *testing.T) {
	s, panel, r := pair.make(t)
	out := audited(t, s, panel, r)
	count := map[audit.Verdict]int{}
	findings := 0
	for _, c := range out.Checks {
		count[c.Verdict]++
		findings += len(c.Findings)
		if (c.Looked == 0) != (c.Verdict == audit.None) || c.Rule == "" || c.Title == "" || c.Source == "" || c.Part == "" {
			t.Errorf("%s: verdict %s of %d, rule %q", c.ID, c.Verdict, c.Looked, c.Rule)
		}
		if c.Verdict == audit.None && c.Note == "" && c.ID != "answers" {
			t.Errorf("%s does not say why it looked at nothing", c.ID)
		}
	}
	got := out.Summary
	want := audit.Summary{Pass: count[audit.Pass], Warn: count[audit.Warning], Fail: count[audit.Failed], None: count[audit.None], Findings: findings}
	if got != want {
		t.Errorf("summary %+v, want %+v", got, want)
	}
	if n := len(out.Checks); n != 22 {
		t.Errorf("%d checks", n)
	}
}

// TestThresholds: a project's limits take the place of the defaults; names and
// values that cannot be are told with their places.
func TestThresholds(t *testing.T) {
	p := pair
	p.rest = "audit: {thresholds: {redundant: 1}}"
	s, panel, r := p.make(t)
	out := audited(t, s, panel, r)
	for _, limit := range out.Thresholds {
		if limit.Name == "redundant" && (limit.Value != 1 || limit.Default != 0.9) {
			t.Errorf("%+v", limit)
		}
	}
	if len(out.Thresholds) != len(audit.Thresholds()) {
		t.Errorf("%d thresholds", len(out.Thresholds))
	}
	p.rest = "audit:\n  thresholds: {min_alfa: 0.5, min_coverage: 65, parent_high: -2, shift_places: 0, max_kurtosis: -9}\n  silence:\n    - {finding: redundant, reason: x}\n    - {finding: nothing-like-it, reason: x}"
	s, panel, r = p.make(t)
	for _, err := range []error{audit.CheckSpec(s), func() error { _, err := audit.Run(s, panel, r, audit.Options{}); return err }()} {
		var ps mizan.Problems
		if !errors.As(err, &ps) {
			t.Fatalf("not problems: %v", err)
		}
		var got []string
		for _, p := range ps {
			got = append(got, fmt.Sprintf("%s:%d: %s: %s; %.40s", p.ID, p.Place.Line, p.Place.File, p.Cause, p.Remedy))
		}
		want := []string{
			`unknown-threshold:12: mizan.yaml: there is no threshold "min_alfa"; did you mean "min_alpha"?`,
			`bad-threshold:12: mizan.yaml: min_coverage is 65; give a number from 0 to 1`,
			`bad-threshold:12: mizan.yaml: parent_high is -2; give a number from -1 to 1`,
			`bad-threshold:12: mizan.yaml: shift_places is 0; give a number of at least 1`,
			`unknown-finding:14: mizan.yaml: the audit has no finding "redundant"; did you mean "redundant-pair"?`,
			`unknown-finding:15: mizan.yaml: the audit has no finding "nothing-like-it"; its findings are compensable, contradict`,
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("(-want +got)\n%s", d)
		}
	}
	if err := audit.CheckSpec(spec.Defaults()); err != nil {
		t.Error(err)
	}
}

func TestYear(t *testing.T) {
	p := pair
	p.before = map[string][]float64{"a": {1, 1, 2, 2, 9}, "b": down}
	s, panel, r := p.make(t)
	for year, want := range map[int]float64{0: 1, 2020: 1, 2019: -0.7426106572325057} {
		out, err := audit.Run(s, panel, r, audit.Options{Year: year})
		if err != nil {
			t.Fatal(err)
		}
		// (1 1 2 2 9 less 3) x (2 1 0 -1 -2) = -17, over sqrt(58... x 10): S2 = 4+4+1+1+36.
		if got := out.Groups[0].R[0][1]; year == 2019 && math.Abs(got+17/math.Sqrt(460)) > 1e-12 || year != 2019 && got != want {
			t.Errorf("%d: %v", year, got)
		}
	}
	if _, err := audit.Run(s, panel, r, audit.Options{Year: 1999}); err == nil || !strings.Contains(err.Error(), "1999") {
		t.Errorf("a year that is not there: %v", err)
	}
}

// TestTrendTables by hand: U05 goes from 5 to 10, the others stay; of the
// pairs' ranks nothing moves.
func TestTrendTables(t *testing.T) {
	p := pair
	p.figures = map[string][]float64{"a": {1, 2, 3, 4, 10}, "b": {1, 2, 3, 4, 10}}
	p.before = map[string][]float64{"a": {1, 2, 3, nan, 5}, "b": {1, 2, 3, nan, 5}}
	s, panel, r := p.make(t)
	tr := audited(t, s, panel, r).Trends
	last := tr.Units[4]
	if last.CAGR != 1 || last.Change != 100 || last.First != 2019 || last.Last != 2020 || last.FirstRank != 1 || last.LastRank != 1 || last.Available != 1 {
		t.Errorf("%+v", last)
	}
	if fourth := tr.Units[3]; fourth.Available != 0.5 || fourth.First != 2020 || fourth.CAGR == fourth.CAGR {
		t.Errorf("%+v", fourth)
	}
	// Growth of 0 0 0 and 100 %: the median is 0. 9 of 10 figures are there.
	if a := tr.Indicators[0]; a.Units != 4 || a.CAGR != 0 || a.Change != 0 || !oracle.Near(float64(a.Available), 0.9) {
		t.Errorf("%+v", a)
	}
	// Ranks 4 3 2 - 1 become 5 4 3 2 1: a shift is one place, and three move.
	if y := tr.Stability[0]; y.Year != 2020 || y.Jumps != 3 || y.Mean != 0.75 || y.Spearman != 1 {
		t.Errorf("%+v", y)
	}
}

// TestStatisticsTable by hand.
func TestStatisticsTable(t *testing.T) {
	p := project{
		framework: "{code: top, children: [{code: a}, {code: b}]}", build: "impute: mean\nnormalise: none",
		figures: map[string][]float64{"a": {0, 2, 2, 4, nan}, "b": five}, sources: map[string][]int{"a": {2020, 2018, 2020, 2019, 0}},
	}
	s, panel, r := p.make(t)
	got := audited(t, s, panel, r).Statistics[0]
	m := got.Raw
	if m.N != 5 || m.Available != 4 || m.NonZero != 3 || m.Unique != 3 || m.Same != 2 || m.Min != 0 || m.Lower != 1.5 || m.Median != 2 || m.Upper != 2.5 || m.Max != 4 {
		t.Errorf("raw %+v", m)
	}
	if got.Imputed != 1 || got.OtherYear != 2 || got.EarliestAt != 2018 || got.LatestAt != 2020 || got.Untreated.Available != 5 || got.Untreated.Same != 3 {
		t.Errorf("%+v", got)
	}
}

// TestDocument: the same bytes for any number of processors, no number that is
// not finite, and the document reads back.
func TestDocument(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	s, panel, r := random(rand.New(rand.NewPCG(7, 1)), 24, 12, 3).make(t)
	var want []byte
	for _, n := range []int{1, 2, 8} {
		runtime.GOMAXPROCS(n)
		text, err := json.Marshal(audited(t, s, panel, r))
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = text
		}
		if !bytes.Equal(text, want) {
			t.Errorf("the document differs with %d processors", n)
		}
	}
	var back audit.Result
	if err := json.Unmarshal(want, &back); err != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(&back); err != nil || !bytes.Equal(again, want) {
		t.Errorf("the document is not what it was after being read: %v", err)
	}
}

// random makes a project of some pillars with random figures, gaps and ties.
func random(r *rand.Rand, units, indicators, pillars int) project {
	p := project{figures: map[string][]float64{}, build: "normalise: {method: min-max, to: [1, 100]}"}
	if r.IntN(2) == 0 {
		p.build = "impute: median\n" + p.build
	}
	groups := make([]string, pillars)
	for c := range indicators {
		x := make([]float64, units)
		for u := range x {
			switch v := r.NormFloat64(); {
			case r.IntN(12) == 0:
				x[u] = nan
			case c%4 == 0:
				x[u] = math.Round(v)
			default:
				x[u] = math.Exp(v)
			}
		}
		code := fmt.Sprintf("i%03d", c)
		p.figures[code] = x
		if g := r.IntN(pillars + 1); g < pillars {
			groups[g] += fmt.Sprintf("{code: %s, weight: %d}, ", code, r.IntN(3)+1)
		}
	}
	for g, children := range groups {
		if children != "" {
			p.framework += fmt.Sprintf("{code: g%d, weight: %d, children: [%s]}, ", g, r.IntN(3)+1, strings.TrimSuffix(children, ", "))
		}
	}
	p.framework = "{code: top, children: [" + strings.TrimSuffix(p.framework, ", ") + "]}"
	return p
}

// TestContract: whatever the project, the audit ends, its verdicts follow from
// its findings, and what it says of a part agrees with the whole.
func TestContract(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		p := random(rand.New(rand.NewPCG(seed, 2)), rapid.IntRange(2, 15).Draw(rt, "units"), rapid.IntRange(1, 9).Draw(rt, "indicators"), rapid.IntRange(1, 3).Draw(rt, "pillars"))
		if strings.Contains(p.framework, "children: []") {
			return // every indicator fell outside
		}
		s, panel, r := p.make(t)
		out := audited(t, s, panel, r)
		for _, c := range out.Checks {
			worst := audit.Pass
			for _, f := range c.Findings {
				if f.Severity == mizan.Fail {
					worst = audit.Failed
				} else if f.Severity == mizan.Warn && worst == audit.Pass {
					worst = audit.Warning
				}
			}
			if c.Looked > 0 && c.Verdict != worst {
				rt.Fatalf("%s: %s, and its findings are %v", c.ID, c.Verdict, c.Findings)
			}
		}
		for _, g := range out.Groups {
			sum := 0.0
			for _, v := range g.Eigenvalues {
				sum += v
			}
			if len(g.Eigenvalues) > 0 && math.Abs(sum-float64(len(g.Children))) > 1e-9 {
				rt.Fatalf("the eigenvalues of %s add up to %v", g.Code, sum)
			}
		}
		shares := map[string]float64{}
		for _, i := range out.Importance {
			if i.Share == i.Share {
				shares[i.Parent] += float64(i.Share)
			}
		}
		for parent, sum := range shares {
			if math.Abs(sum-1) > 1e-9 {
				rt.Fatalf("the importance below %s adds up to %v", parent, sum)
			}
		}
		for _, l := range out.LeaveOneOut {
			if l.Moved > 1 || l.Mean > l.Largest || l.Note == "" && len(l.Ranks) != len(r.Units) {
				rt.Fatalf("%+v", l)
			}
		}
	})
}

// 500 indicators of 200 units in 25 pillars.
func BenchmarkRun500(b *testing.B) {
	s, panel, r := random(rand.New(rand.NewPCG(1, 1)), 200, 500, 25).make(b)
	b.ResetTimer()
	for b.Loop() {
		audited(b, s, panel, r)
	}
}

// TestLeftOutIsRebuilt: what is found without a component is what a whole build
// of the edited project finds, on the AI race and on random projects, with
// declared and with learnt weights.
func TestLeftOutIsRebuilt(t *testing.T) {
	text, err := os.ReadFile("../projects/ai-race/mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := spec.Parse("mizan.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	panel, _, err := dataset.Load(s, os.DirFS("../projects/ai-race"))
	if err != nil {
		t.Fatal(err)
	}
	r := run(t, s, panel)
	leftOutIsRebuilt(t, s, panel, r)
	p := random(rand.New(rand.NewPCG(7, 7)), 40, 14, 4)
	s, panel, r = p.make(t)
	leftOutIsRebuilt(t, s, panel, r)
	for _, weights := range []string{"equal", "entropy", "principal-components"} {
		s := edited(t, s, spec.Edit{Set: "build.weights", To: weights})
		plan, err := build.Compile(s)
		if err != nil {
			t.Fatal(err)
		}
		if r, err = plan.Run(panel); err != nil {
			continue // a group of which nothing can be learnt
		}
		leftOutIsRebuilt(t, s, panel, r)
	}
}

func leftOutIsRebuilt(t *testing.T, s *spec.Spec, panel *mizan.Panel, r *build.Result) {
	t.Helper()
	out := audited(t, s, panel, r)
	parent := map[string]string{}
	weight := map[string]float64{}
	for _, n := range r.Nodes {
		parent[n.Code], weight[n.Code] = n.Parent, n.Weight
	}
	alone := func(code string) bool {
		for c, up := range parent {
			if up == parent[code] && c != code && weight[c] > 0 {
				return false
			}
		}
		return true
	}
	if len(out.LeaveOneOut) == 0 {
		t.Fatal("nothing was left out")
	}
	for _, row := range out.LeaveOneOut {
		code := row.Code
		for alone(code) {
			code = parent[code]
		}
		edit := spec.Edit{Set: "framework." + code + ".weight", To: 0.0}
		if s.Build.Weights.Method != "declared" {
			edit = spec.Edit{Remove: "framework." + code}
		}
		plan, err := build.Compile(edited(t, s, edit))
		if err != nil {
			t.Fatal(err)
		}
		whole, err := plan.Run(panel)
		if err != nil {
			if row.Note == "" {
				t.Errorf("without %s: built, and a whole build says %v", row.Code, err)
			}
			continue
		}
		top, y := len(whole.Nodes)-1, len(whole.Years)-1
		for what, pair := range map[string][2]mizan.Column{
			"ranks": {row.Ranks, whole.Ranks.Column(y, top)}, "scores": {row.Scores, whole.Scores.Column(y, top)},
		} {
			for u, v := range pair[0] {
				if w := pair[1][u]; v != w && (v == v || w == w) {
					t.Errorf("without %s: %s of %s is %v, in a whole build %v", row.Code, what, r.Units[u], v, w)
				}
			}
		}
	}
}

// BenchmarkLeaveOneOut builds a project of 500 indicators without each fiftieth
// component: as the audit does where weights are declared (kernel), where they
// are learnt (rerun), and from the panel (whole).
func BenchmarkLeaveOneOut(b *testing.B) {
	s, panel, r := random(rand.New(rand.NewPCG(1, 1)), 200, 500, 25).make(b)
	kernel, err := build.NewKernel(r, 2020, build.KernelOptions{})
	if err != nil {
		b.Fatal(err)
	}
	e := kernel.Evaluator()
	edits := func(rebuild func(*build.Plan) (*build.Result, error)) {
		for i := 0; i < len(r.Nodes)-1; i += 50 {
			edited, err := s.Apply(spec.Edit{Remove: "framework." + r.Nodes[i].Code})
			if err != nil {
				b.Fatal(err)
			}
			plan, err := build.Compile(edited)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := rebuild(plan); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("kernel", func(b *testing.B) {
		for b.Loop() {
			for i := 0; i < len(r.Nodes)-1; i += 50 {
				w := kernel.Weights()
				w[i] = 0
				if _, err := e.Nodes(w); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("rerun", func(b *testing.B) {
		for b.Loop() {
			edits(func(p *build.Plan) (*build.Result, error) { return p.Rerun(r) })
		}
	})
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			edits(func(p *build.Plan) (*build.Result, error) { return p.Run(panel) })
		}
	})
}
