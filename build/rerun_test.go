package build_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mizan"
	"mizan/build"
	"mizan/dataset"
	"mizan/spec"
)

// sameResult compares two results bit by bit, with their findings and all that
// can be asked of them.
func sameResult(t interface{ Fatalf(string, ...any) }, got, want *build.Result) {
	tables := func(r *build.Result) map[string]*mizan.Table {
		return map[string]*mizan.Table{
			"raw": r.Raw, "denominated": r.Denominated, "imputed": r.Imputed, "screened": r.Screened,
			"treated": r.Treated, "normalised": r.Normalised, "scores": r.Scores, "ranks": r.Ranks,
		}
	}
	other := tables(want)
	for name, table := range tables(got) {
		if !slices.Equal(table.Codes, other[name].Codes) {
			t.Fatalf("%s: codes %v, want %v", name, table.Codes, other[name].Codes)
		}
		for i, v := range table.Values {
			if w := other[name].Values[i]; math.Float64bits(v) != math.Float64bits(w) && (v == v || w == w) {
				t.Fatalf("%s: value %d is %v, want %v", name, i, v, w)
			}
		}
	}
	if diff := cmp.Diff([]any{want.Nodes, want.Removed, want.Findings}, []any{got.Nodes, got.Removed, got.Findings}); diff != "" {
		t.Fatalf("nodes, removed or findings (-run +rerun)\n%s", diff)
	}
	for _, unit := range got.Units[:min(3, len(got.Units))] {
		for _, n := range got.Nodes {
			a, errA := got.Trace(unit, n.Code, got.Years[0])
			b, errB := want.Trace(unit, n.Code, got.Years[0])
			if diff := cmp.Diff(document(b, errB), document(a, errA)); diff != "" {
				t.Fatalf("trace of %s in %s (-run +rerun)\n%s", n.Code, unit, diff)
			}
		}
	}
}

func document(v any, err error) string {
	b, _ := json.Marshal(v)
	return fmt.Sprintf("%s %v", b, err)
}

// rerun builds an edited project afresh and from an earlier result, and wants
// the same.
func rerun(t interface{ Fatalf(string, ...any) }, earlier *build.Result, edited *spec.Spec, panel *mizan.Panel) *build.Result {
	plan, err := build.Compile(edited)
	if err != nil {
		return nil
	}
	want, wantErr := plan.Run(panel)
	got, err := plan.Rerun(earlier)
	if text(err) != text(wantErr) {
		t.Fatalf("Rerun: %s\nRun: %s", text(err), text(wantErr))
	}
	if err != nil {
		return nil
	}
	sameResult(t, got, want)
	return got
}

// someEdits are edits of every stage that a small random project survives.
func someEdits(t *rapid.T, s *spec.Spec) []spec.Edit {
	var codes, aggregates []string
	var walk func(n spec.Node)
	walk = func(n spec.Node) {
		if len(n.Children) == 0 {
			codes = append(codes, n.Code)
		} else if n.Code != s.Framework.Code {
			aggregates = append(aggregates, n.Code)
		}
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(s.Framework)
	anyone := rapid.SampledFrom(append(slices.Clone(codes), aggregates...))
	step := func(methods ...any) any { return rapid.SampledFrom(methods).Draw(t, "method") }
	type o = map[string]any
	all := []func() spec.Edit{
		func() spec.Edit { return spec.Edit{Remove: "framework." + anyone.Draw(t, "gone")} },
		func() spec.Edit {
			return spec.Edit{Set: "framework." + anyone.Draw(t, "node") + ".weight", To: step(0.0, 0.5, 3.0)}
		},
		func() spec.Edit {
			return spec.Edit{Set: "indicators." + rapid.SampledFrom(codes).Draw(t, "turned") + ".direction", To: step(1.0, -1.0)}
		},
		func() spec.Edit {
			return spec.Edit{Set: "build.impute", To: step("none", "mean", "median", "row-mean", o{"method": "em"}, o{"method": "nearest-neighbours", "k": 2.0})}
		},
		func() spec.Edit {
			return spec.Edit{Set: "build.screen", To: step("none", o{"method": "coverage", "min_coverage": 0.6}, o{"method": "coverage", "min_coverage": 0.8, "on": "imputed"})}
		},
		func() spec.Edit {
			return spec.Edit{Set: "build.treat", To: step("none", "winsorise", o{"method": "trim-percentiles", "low": 0.1, "high": 0.9})}
		},
		func() spec.Edit {
			return spec.Edit{Set: "build.normalise", To: step("z-score", "rank", o{"method": "min-max", "to": []any{1.0, 10.0}})}
		},
		func() spec.Edit {
			return spec.Edit{Set: "build.normalise.each." + rapid.SampledFrom(codes).Draw(t, "own"), To: step("z-score", "min-max")}
		},
		func() spec.Edit {
			return spec.Edit{Set: "build.weights", To: step("declared", "equal", "entropy", "critic", "principal-components", "equal-influence",
				"infomax", o{"method": "infomax", "on": "top", "level": 1.0})}
		},
		func() spec.Edit { return spec.Edit{Set: "build.aggregate", To: step(aggregations...)} },
		func() spec.Edit {
			return spec.Edit{Set: "build.denominate." + rapid.SampledFrom(codes).Draw(t, "divided"), To: rapid.SampledFrom(codes).Draw(t, "by")}
		},
	}
	if len(aggregates) > 0 {
		all = append(all, func() spec.Edit {
			return spec.Edit{Set: "framework." + rapid.SampledFrom(aggregates).Draw(t, "mirrored") + ".direction", To: step(1.0, -1.0)}
		})
	}
	var edits []spec.Edit
	for range rapid.IntRange(1, 3).Draw(t, "edits") {
		edits = append(edits, rapid.SampledFrom(all).Draw(t, "edit")())
	}
	return edits
}

// TestRerunIsRun: whatever was built before, a build from it is the build.
func TestRerunIsRun(t *testing.T) {
	done := 0
	rapid.Check(t, func(t *rapid.T) {
		d := drawAggregated(t)
		if edited, err := d.spec.Apply(someEdits(t, d.spec)...); err == nil && rapid.Bool().Draw(t, "start elsewhere") {
			d.spec = edited
		}
		earlier, err := run(d.spec, d.panel)
		if err != nil {
			return
		}
		for range 3 {
			edited, err := d.spec.Apply(someEdits(t, d.spec)...)
			if err != nil {
				continue
			}
			if r := rerun(t, earlier, edited, d.panel); r != nil {
				earlier, d.spec = r, edited
				done++
			}
		}
	})
	if done < 50 {
		t.Errorf("only %d builds were compared", done)
	}
}

// TestRerunFlagship: the same for the AI race, by year and over the panel,
// without each component in turn.
func TestRerunFlagship(t *testing.T) {
	text, err := os.ReadFile("../projects/ai-race/mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := spec.Parse("mizan.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	for _, variant := range []string{"", "trend"} {
		s := s
		if variant != "" {
			if s, err = s.Variant(variant); err != nil {
				t.Fatal(err)
			}
		}
		panel, _, err := dataset.Load(s, os.DirFS("../projects/ai-race"))
		if err != nil {
			t.Fatal(err)
		}
		earlier, err := run(s, panel)
		if err != nil {
			t.Fatal(err)
		}
		rerun(t, earlier, s, panel)
		for i, n := range earlier.Nodes {
			if n.Parent == "" || i%5 != 0 && n.Level == 1 {
				continue
			}
			edited, err := s.Apply(spec.Edit{Remove: "framework." + n.Code})
			if err != nil {
				t.Fatal(err)
			}
			if rerun(t, earlier, edited, panel) == nil {
				t.Errorf("%s: without %s it is not built", variant, n.Code)
			}
		}
	}
}
