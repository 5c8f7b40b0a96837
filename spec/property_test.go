package spec_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"mizan"
	"mizan/spec"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"
)

// anyText draws text of any characters that a file can hold.
var anyText = rapid.StringOf(rapid.RuneFrom([]rune("abcXYZ 019-_.,:;#'\"\\/{}[]|>&*!%@`?\t\n\u00a0éжщعم中文😀\u202e\u200d~=")))

func anyLabel(t *rapid.T, name string) mizan.Text {
	langs := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"", "en", "ar", "ru", "zh", "zh-Hans"}), rapid.ID[string]).Draw(t, name)
	out := mizan.Text{}
	for _, l := range langs {
		out[l] = anyText.Draw(t, name+l)
	}
	return out
}

// anyValue draws the value of an option.
func anyValue(t *rapid.T, depth int) any {
	kinds := 4
	if depth > 0 {
		kinds = 6
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		return rapid.Float64().Filter(func(v float64) bool { return !math.IsInf(v, 0) && (v != 0 || !math.Signbit(v)) }).Draw(t, "number")
	case 1:
		return anyText.Draw(t, "text")
	case 2:
		return rapid.Bool().Draw(t, "bool")
	case 3:
		return nil
	case 4:
		out := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			out = append(out, anyValue(t, depth-1))
		}
		return out
	}
	out := map[string]any{}
	for range rapid.IntRange(0, 3).Draw(t, "entries") {
		out[anyText.Draw(t, "key")] = anyValue(t, depth-1)
	}
	return out
}

func anyStep(t *rapid.T, path string, each bool, codes []string) spec.Step {
	s := spec.Step{Method: rapid.StringMatching(`[a-z]{1,8}(-[a-z]+)?`).Draw(t, "method"), Path: path}
	names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z_]{1,6}`), 0, 3, rapid.ID[string]).Draw(t, "options")
	for _, n := range names {
		if n != "method" && n != "each" {
			s.Options = append(s.Options, spec.OptionValue{Name: n, Value: anyValue(t, 2)})
		}
	}
	if each {
		for _, c := range rapid.SliceOfDistinct(rapid.SampledFrom(codes), rapid.ID[string]).Draw(t, "each") {
			s.Each = append(s.Each, spec.EachStep{Code: c, Step: anyStep(t, path+".each."+c, false, nil)})
		}
	}
	return s
}

// anyNode draws a framework over codes; every code stands once.
func anyNode(t *rapid.T, code string, codes []string, count *int) spec.Node {
	weight := rapid.Float64Range(0.001, 10).Draw(t, "weight")
	n := spec.Node{Code: code, Weight: &weight, Direction: 1, Name: anyLabel(t, "name")}
	if code != "top" {
		n.Direction = rapid.SampledFrom([]int{1, -1}).Draw(t, "direction")
	}
	for len(codes) > 0 {
		take := rapid.IntRange(1, len(codes)).Draw(t, "take")
		part := codes[:take]
		codes = codes[take:]
		if take == 1 && rapid.Bool().Draw(t, "leaf") {
			w := rapid.Float64Range(0.001, 10).Draw(t, "weight")
			n.Children = append(n.Children, spec.Node{Code: part[0], Weight: &w, Direction: 1})
			continue
		}
		if *count++; *count > 20 {
			for _, c := range part {
				w := 1.0
				n.Children = append(n.Children, spec.Node{Code: c, Weight: &w, Direction: 1})
			}
			continue
		}
		n.Children = append(n.Children, anyNode(t, fmt.Sprintf("agg%d", *count), part, count))
	}
	if rapid.Bool().Draw(t, "own") {
		path := "framework." + code + ".aggregate"
		if code == "top" {
			path = "framework.aggregate"
		}
		s := anyStep(t, path, false, nil)
		n.Aggregate = &s
	}
	return n
}

func anySpec(t *rapid.T) *spec.Spec {
	s := spec.Defaults()
	s.ID = rapid.StringMatching(`[a-z0-9]{1,8}(-[a-z0-9]{1,8})?`).Draw(t, "id")
	s.Title, s.Description = anyLabel(t, "title"), anyLabel(t, "description")
	if rapid.Bool().Draw(t, "imprint") {
		s.Imprint = anyImprint(t)
	}
	s.Period.LookBack = rapid.IntRange(0, 9).Draw(t, "look back")
	s.Period.From = rapid.IntRange(1, 9000).Draw(t, "from")
	s.Period.To = s.Period.From + rapid.IntRange(0, 50).Draw(t, "years")
	s.Units.Exclude = rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Z]{2,3}|NO|[0-9]{1,3}|true|null`), 0, 3, rapid.ID[string]).Draw(t, "exclude")
	s.Observations = []spec.DataFile{{File: "data/o.csv", Format: "tidy", Unit: "unit", Extra: "ignore"}}
	codes := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z][a-z0-9_]{0,6}|[0-9]{1,4}|عدد|人口|no|null|1e3`), 2, 8, rapid.ID[string]).
		Filter(func(cs []string) bool {
			return !slices.ContainsFunc(cs, func(c string) bool {
				return slices.Contains([]string{"code", "name", "weight", "direction", "aggregate", "children", "top"}, c)
			})
		}).Draw(t, "codes")
	for _, c := range codes {
		i := spec.Indicator{Code: c, Name: anyLabel(t, "name"), Direction: rapid.SampledFrom([]int{1, -1}).Draw(t, "direction")}
		if rapid.Bool().Draw(t, "given") {
			absent, back := rapid.Float64Range(-9, 9).Draw(t, "absent"), rapid.IntRange(0, 9).Draw(t, "back")
			i.Absent, i.LookBack, i.Range = &absent, &back, []float64{-10, absent + 10}
		}
		s.Indicators = append(s.Indicators, i)
	}
	count := 0
	s.Framework = anyNode(t, "top", codes, &count)
	one := 1.0
	s.Framework.Weight = &one
	s.Build.Denominate = []spec.Denominator{{Code: codes[0], By: codes[1], Scale: rapid.Float64Range(0.1, 1e9).Draw(t, "scale"), Operation: "divide"}}
	s.Build.Treat = anyStep(t, "build.treat", true, codes)
	s.Build.Normalise = anyStep(t, "build.normalise", true, codes)
	s.Build.Aggregate = nil
	for i := range rapid.IntRange(1, 3).Draw(t, "levels") {
		s.Build.Aggregate = append(s.Build.Aggregate, anyStep(t, fmt.Sprintf("build.aggregate.%d", i), false, nil))
	}
	if rapid.Bool().Draw(t, "audit") {
		s.Audit.Thresholds = map[string]float64{"min_alpha": rapid.Float64Range(0, 1).Draw(t, "alpha"), "redundant": 0.9}
		s.Audit.Silence = []spec.Silence{{Finding: "outlier", Code: codes[:rapid.IntRange(1, 2).Draw(t, "silenced")], With: codes[1], Unit: "NO", Year: rapid.IntRange(0, 2000).Draw(t, "year"), Reason: "it is so: №1"}, {Finding: "x", Reason: "null"}}
	}
	if rapid.Bool().Draw(t, "alliances") {
		s.Indicators[0].Pool, s.Indicators[0].PoolReason = spec.Pool{Rule: "sum", Joint: "articles"}, "amounts: €"
		s.Indicators[1].Pool = spec.Pool{Rule: "weighted_mean", By: codes[0]}
		s.Alliances = []spec.Alliance{
			{Code: "eu", Name: anyLabel(t, "name"), Members: []spec.Member{
				{Unit: "NO", From: "1958-01-01", To: "2020-01", Status: "member", Source: "https://example.org/a b"},
				{Unit: "NO", From: "2020-02", Status: rapid.SampledFrom(spec.Statuses()).Draw(t, "status")},
			}},
			{Code: "null", Incomplete: true, Note: "№: true", Source: "x", Members: []spec.Member{
				{Alliance: "eu", From: "2001", Status: "member"}, {Unit: "1", Outside: true, Status: "partner", Note: "[x]"},
			}},
		}
	}
	if rapid.Bool().Draw(t, "targets") {
		anyTargets(t, s)
	}
	if rapid.Bool().Draw(t, "uncertainty") {
		s.Uncertainty = anyUncertainty(t, codes)
	}
	if rapid.Bool().Draw(t, "figures") {
		s.Figures = []spec.Figure{
			{Code: codes[1], Unit: "NO", Value: anyFigure(t)},
			{Code: codes[1], Unit: "1 a.b", Year: s.Period.From, Value: math.NaN()},
			{Code: codes[1], Unit: "1 a.b", Year: s.Period.To, Value: anyFigure(t)},
			{Code: codes[0], Unit: "null", Value: anyFigure(t)},
		}
		if s.Period.From == s.Period.To {
			s.Figures = slices.Delete(s.Figures, 1, 2)
		}
	}
	if rapid.Bool().Draw(t, "supply") {
		s.Locations = spec.LocationFile{File: "data/locations.csv", Origin: "null"}
		s.Supply = []spec.SupplyTable{
			{
				Code: "chips", Name: anyLabel(t, "name"), File: "data/c.csv", Kind: spec.SupplyUse, Measure: "TFlop/s", Year: 2025, Suppliers: "data/s.csv",
				Unknown: []string{"Unknown", "no"}, Without: []string{"none"}, Sample: "10 %: a sample", Origin: "x", Columns: spec.SupplyColumns{Unit: "iso3", Quantity: "rmax: t"},
			},
			{
				Code: "1", File: "data/p.csv", Kind: spec.SupplyProvision, Terms: spec.TermsNonCommercial, Note: "[n]",
				Stages: []spec.SupplyStage{{Code: "light", Goods: []string{"N1", "2"}, Any: rapid.Bool().Draw(t, "any")}},
			},
		}
		s.ValueFunctions = []spec.ValueFunction{
			{Of: spec.ValueReach, Top: rapid.IntRange(1, 5).Draw(t, "top")},
			{Of: spec.ValueScore},
			{Of: spec.ValueCoverage, Supply: "chips"},
			{Of: spec.ValueSelfSufficiency, Supply: "1"},
			{Of: spec.ValueBestOf},
		}
	}
	if rapid.Bool().Draw(t, "ties") || s.Indicators[0].Pool.Joint != "" {
		s.Ties = []spec.TieTable{
			{
				Code: "articles", Covers: spec.CoversListed, Name: anyLabel(t, "name"), File: "data/t.csv", Measure: "articles: №", Totals: codes[0], Lacks: []string{"NO"}, Origin: "x", Note: "[x]",
				Form:  rapid.SampledFrom([]string{spec.FormPairs, spec.FormBoth, spec.FormDirected}).Draw(t, "form"),
				Least: rapid.Float64Range(0, 99).Draw(t, "least"), Threshold: rapid.Float64Range(0, 99).Draw(t, "threshold"),
				Columns: spec.TieColumns{A: "from: a", B: "null"}, Partial: []spec.PartialYear{{Year: 2025, Note: "three: quarters"}},
			},
			{Code: "null", Covers: spec.CoversAll, File: "data/w.csv", Form: spec.FormWorks, Year: rapid.IntRange(0, 2000).Draw(t, "year"), Columns: spec.TieColumns{Units: "who", Weight: "works"}},
		}
	}
	if rapid.Bool().Draw(t, "sources") {
		s.DataSources = []spec.DataSource{{
			Code: "wdi", Connector: "world: bank", Series: []spec.SourceSeries{{Code: codes[0], Key: "A.B: c"}}, File: "data/w.csv",
			From: rapid.IntRange(0, 2000).Draw(t, "from"), URL: "https://example.org/?a=b#c", Options: map[string]string{"null": "1", "b: c": "null"},
			Units: map[string]string{"Côte d'Ivoire": "CIV", "no": "NOR"}, Origin: "x",
		}, {
			Code: "counted", Connector: spec.SQLConnector, Series: []spec.SourceSeries{{Code: codes[0], Key: "select 'a: b' as unit, -- # null\n\t2020 as year,\n\n 1 as value\n"}},
			File: "data/c.csv", URL: "clickhouse://u@h:9000/d", Tables: map[string]string{"works": "raw/works: all"}, Origin: "x",
		}}
	}
	s.Variants = []spec.Variant{{Code: "v", Edits: []spec.Edit{
		{Set: "title", To: anyText.Draw(t, "to")},
		{Set: "build.treat.option", To: anyValue(t, 2)},
		{Remove: "build.denominate"},
	}}}
	return s
}

// anyTargets draws targets, with figures in all forms, and what they need.
func anyTargets(t *rapid.T, s *spec.Spec) {
	limit := rapid.Float64Range(1e3, 1e6).Draw(t, "limit")
	value := rapid.Float64Range(-1e3, 1e3)
	s.Rates = []spec.Rate{{From: "USD", To: "RUB", Date: "2023-12-29", Rate: rapid.Float64Range(0.01, 1000).Draw(t, "rate"), Source: "cbr", Note: "№: 1"}}
	s.Projections = spec.Projections{
		Paths: rapid.IntRange(100, 1e6).Draw(t, "paths"), Seed: rapid.IntRange(0, 9).Draw(t, "seed"), Models: []string{"linear"},
		Damping: rapid.Float64Range(0.1, 1).Draw(t, "damping"), Thresholds: map[string]float64{"on_track": 0.9},
	}
	s.Targets = []spec.Target{
		{
			ID: "a-b", Unit: "NO", Title: anyLabel(t, "title"), Promise: "p", Reading: anyLabel(t, "reading"), What: anyLabel(t, "what"),
			Measure: "RUB: a year", Kind: "cumulative", From: 2024, Currency: "RUB", Prices: "constant 2020", RateDate: "2023-12-29",
			Baseline:     spec.TargetFigure{Year: 2023, Value: value.Draw(t, "base"), Currency: "USD"},
			Observations: []spec.TargetFigure{{Year: 2020, Value: value.Draw(t, "earlier")}, {Year: 2024, Value: 1, Prices: "current", Source: "x", Note: "?"}},
			Target:       []spec.TargetFigure{{Year: 2027, Value: 1}, {Year: 2030, Value: value.Draw(t, "goal"), Currency: "USD", RateDate: "2023-12-29"}},
			Direction:    1, NaturalLimit: &limit, Body: anyLabel(t, "body"), Theme: "jobs", Source: "https://example.org/a b", Place: "p. 3: §2", Note: anyLabel(t, "note"),
		},
		{
			ID: "c", Unit: "1", Outside: true, Kind: "stock", Baseline: spec.TargetFigure{Year: 2023, Value: math.NaN()}, Multiple: rapid.Float64Range(1.1, 9).Draw(t, "multiple"),
			Target: []spec.TargetFigure{{Year: 2030, Value: 7}}, Direction: -1,
		},
	}
}

func anyFigure(t *rapid.T) float64 { return rapid.Float64Range(-10, 0).Draw(t, "figure") }

func anyUncertainty(t *rapid.T, codes []string) *spec.Uncertainty {
	between := []float64{0, rapid.Float64Range(0.1, 9).Draw(t, "most")}
	factors := []spec.Factor{
		{ID: "w", Title: anyLabel(t, "title"), Weights: &spec.VaryWeights{Spread: 0.25, Levels: []int{1, 2}}},
		{Weights: &spec.VaryWeights{Dirichlet: 20, Codes: codes[:1]}},
		{Weights: &spec.VaryWeights{Within: 0.1}},
		{Weights: &spec.VaryWeights{Simplex: "indicators"}},
		{Weights: &spec.VaryWeights{Bounds: []spec.WeightBounds{{Code: codes[0], Between: between}}}},
		{Choose: "title", From: []spec.Alternative{
			{AsIs: true},
			{To: "null"},
			{To: anyText.Draw(t, "to")},
			{Title: anyLabel(t, "choice"), Edits: []spec.Edit{{Remove: "build.denominate"}, {Set: "description", To: "as-is"}}},
			{Edits: []spec.Edit{}},
		}, Chances: []float64{1, 2, 0.5, 3, 1}},
		{Range: "framework.weight", Between: between},
		{Range: "period.look_back", Between: []float64{0, 3}, Whole: true},
		{Drop: []string{"indicators"}, Nothing: new(0.5)},
		{Drop: codes},
		{Error: &spec.VaryFigures{SD: map[string]float64{codes[0]: 1}, Relative: map[string]float64{"": 0.1}, Data: true}},
		{Redraw: "build.treat"},
	}
	return &spec.Uncertainty{
		Draws: rapid.IntRange(1, 1e9).Draw(t, "draws"), Seed: rapid.IntRange(0, 1<<53-1).Draw(t, "seed"), Top: []int{1, 5},
		Failed: rapid.SampledFrom([]string{"refuse", "count"}).Draw(t, "failed"),
		Preset: rapid.SampledFrom(append(spec.Presets(), "")).Draw(t, "preset"),
		Vary:   factors[:rapid.IntRange(0, len(factors)).Draw(t, "factors")],
	}
}

// What is written in canonical form is read back as the same project, and the
// text of an edit as the same edit.
func TestCanonicalRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySpec(t)
		text := s.Canonical()
		got, err := spec.Parse("mizan.yaml", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if d := cmp.Diff(s, got, withoutPlaces); d != "" {
			t.Fatalf("(-made +read)\n%s\n%s", d, text)
		}
		if again := got.Canonical(); string(again) != string(text) {
			t.Fatalf("once\n%s\ntwice\n%s", text, again)
		}
		for _, e := range s.Variants[0].Edits {
			back, err := spec.ParseEdit(e.String())
			if err != nil {
				t.Fatalf("%s: %v", e, err)
			}
			if d := cmp.Diff(e, back, withoutPlaces); d != "" {
				t.Fatalf("%s (-made +read)\n%s", e, d)
			}
		}
	})
}

// seeds are the smaller real projects and the golden files; minimising an input
// as long as the longest project would take the whole time of a run.
func seeds(f *testing.F) {
	for _, file := range []string{projects[0], sample} {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	archives, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range archives {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range archive.Files {
			f.Add(part.Data)
		}
	}
}

// sound checks what holds of every outcome: problems are complete, and what is
// accepted survives its canonical form.
func sound(t *testing.T, s *spec.Spec, err error) {
	t.Helper()
	if err != nil {
		var ps mizan.Problems
		if !errors.As(err, &ps) || len(ps) == 0 {
			t.Fatalf("not problems: %v", err)
		}
		for _, p := range ps {
			if p.ID == "" || p.Cause == "" || p.Remedy == "" || p.Place.File == "" {
				t.Fatalf("incomplete problem %#v", p)
			}
		}
		return
	}
	text := s.Canonical()
	again, err := spec.Parse("canonical.yaml", text)
	if err != nil {
		t.Fatalf("the canonical form is refused: %v\n%s", err, text)
	}
	if d := cmp.Diff(s, again, withoutPlaces); d != "" {
		t.Fatalf("the canonical form differs (-read +again)\n%s\n%s", d, text)
	}
}

func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := spec.Parse("mizan.yaml", text)
		sound(t, s, err)
	})
}

func FuzzEdit(f *testing.F) {
	for _, e := range []string{
		"build.normalise.method=z-score", "framework.patents=", "build.aggregate=[{method: median}]", "title.ru=x", "period={from: 1, to: 3}",
		"build.treat.each.debt.method=log", "framework.talent.children.2={code: pop}", "units.only.0=NO", "build.denominate.patents.scale=1e6",
		"indicators.patents.pool={weighted_mean: pop}", "variants.lean.edits.0.remove=framework.debt", "framework.0.1.weight=3", "x=[", "=",
	} {
		f.Add(e)
	}
	text, err := os.ReadFile(sample)
	if err != nil {
		f.Fatal(err)
	}
	s, err := spec.Parse("mizan.yaml", text)
	if err != nil {
		f.Fatal(err)
	}
	before := s.Hash()
	f.Fuzz(func(t *testing.T, text string) {
		e, err := spec.ParseEdit(text)
		if err != nil {
			sound(t, nil, err)
			return
		}
		out, err := s.Apply(e, spec.Edit{Remove: "id"}, spec.Edit{Set: "id", To: "sample"})
		if err == nil && len(out.Variants) > 0 {
			// Variants of an edited project may no longer fit it.
			out, err = out.Apply(spec.Edit{Remove: "variants"})
		}
		if err != nil {
			var ps mizan.Problems
			if !errors.As(err, &ps) {
				t.Fatalf("not problems: %v", err)
			}
			return
		}
		sound(t, out, nil)
		if s.Hash() != before {
			t.Fatal("the spec itself was changed")
		}
	})
}

func BenchmarkParse(b *testing.B) {
	_, text := load(b, projects[1])
	for b.Loop() {
		if _, err := spec.Parse("mizan.yaml", text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	s, _ := load(b, projects[1])
	for b.Loop() {
		s.Hash()
	}
}

func BenchmarkApply(b *testing.B) {
	s, _ := load(b, projects[1])
	e, err := spec.ParseEdit("build.normalise.method=z-score")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Apply(e); err != nil {
			b.Fatal(err)
		}
	}
}
