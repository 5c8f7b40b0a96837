package build_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mizan"
	"mizan/build"
	"mizan/dataset"
	"mizan/spec"
	"mizan/stat"
)

// aggregations are steps of all kinds: means that share adjacent levels and
// some that do not, methods that look at a unit alone, and methods that compare
// units.
var aggregations = []any{
	"arithmetic-mean", "arithmetic-mean", "geometric-mean", "geometric-mean", "harmonic-mean",
	map[string]any{"method": "generalised-mean", "exponent": 2.0},
	map[string]any{"method": "generalised-mean", "exponent": -0.5},
	map[string]any{"method": "arithmetic-mean", "min_available": 0.6},
	map[string]any{"method": "geometric-mean", "min_available": 0.5},
	"median", "minimum", "mean-min",
	map[string]any{"method": "ordered-weighted-average", "exponent": 2.0},
	"mazziotta-pareto", "copeland", "topsis", "borda-count", "promethee-ii", "benefit-of-the-doubt",
}

// drawn is a random project with its panel.
type drawn struct {
	t     *rapid.T
	spec  *spec.Spec
	panel *mizan.Panel
}

func drawAggregated(t *rapid.T) drawn {
	_, files := drawProject(t)
	s, err := spec.Parse("mizan.yaml", files["mizan.yaml"].Data)
	if err != nil {
		t.Fatal(err)
	}
	steps := make([]any, 1+rapid.IntRange(0, 2).Draw(t, "steps"))
	for i := range steps {
		steps[i] = rapid.SampledFrom(aggregations).Draw(t, "step")
	}
	low := rapid.SampledFrom([]float64{-10, 0, 1}).Draw(t, "low")
	s = mustApply(t, s, spec.Edit{Set: "build.aggregate", To: steps},
		spec.Edit{Set: "build.normalise", To: map[string]any{"method": "min-max", "to": []any{low, 100.0}}})
	panel, _, err := dataset.Load(s, files)
	if err != nil {
		t.Fatal(err)
	}
	return drawn{t: t, spec: s, panel: panel}
}

func mustApply(t *rapid.T, s *spec.Spec, edits ...spec.Edit) *spec.Spec {
	out, err := s.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func run(s *spec.Spec, panel *mizan.Panel) (*build.Result, error) {
	plan, err := build.Compile(s)
	if err != nil {
		return nil, err
	}
	return plan.Run(panel)
}

// weights draws weights for the nodes that vary, some of them 0.
func (d drawn) weights(k *build.Kernel, vary []bool) ([]float64, []spec.Edit) {
	w := k.Weights()
	var edits []spec.Edit
	for n := range w[:len(w)-1] {
		if vary != nil && !vary[n] {
			continue
		}
		w[n] = rapid.SampledFrom([]float64{0, 0.1, 0.25, 1, 1.7, 3}).Draw(d.t, "weight")
		edits = append(edits, spec.Edit{Set: "framework." + k.Result().Nodes[n].Code + ".weight", To: w[n]})
	}
	return w, edits
}

// TestKernelIsRun: whatever the weights, a kernel says what a build of the
// project with these weights says, errors too.
func TestKernelIsRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAggregated(t)
		result, err := run(d.spec, d.panel)
		if err != nil {
			return // refused before any weight is drawn
		}
		var vary []bool
		if rapid.Bool().Draw(t, "some") {
			for range result.Nodes {
				vary = append(vary, rapid.Bool().Draw(t, "varies"))
			}
		}
		k, err := build.NewKernel(result, 2020, build.KernelOptions{Vary: vary})
		if err != nil {
			t.Fatal(err)
		}
		e := k.Evaluator()
		for range 3 {
			w, edits := d.weights(k, vary)
			edited, err := d.spec.Apply(edits...)
			if err != nil {
				continue // all weights below a node are 0
			}
			want, wantErr := run(edited, d.panel)
			nodes, err := e.Nodes(w)
			if text(err) != text(wantErr) && !strings.Contains(text(wantErr), "positive values only, and") {
				t.Fatalf("Nodes: %s\nrun: %s", text(err), text(wantErr))
			}
			top, topErr := e.Top(w)
			if text(topErr) != text(err) {
				t.Fatalf("Top: %s\nNodes: %s", text(topErr), text(err))
			}
			if wantErr != nil || err != nil {
				continue
			}
			for n := range nodes {
				if !sameBits(nodes[n], want.Scores.Column(0, n)) {
					t.Fatalf("scores of %s are %v, run gives %v", result.Nodes[n].Code, nodes[n], want.Scores.Column(0, n))
				}
			}
			ranked := want.Ranks.Column(0, len(nodes)-1)
			got := make([]int32, len(top))
			e.Ranks(got, nodes[len(nodes)-1])
			for u, v := range top {
				if !within(v, nodes[len(nodes)-1][u], 1e-12) {
					t.Fatalf("at the top unit %d has %v, level by level %v", u, v, nodes[len(nodes)-1][u])
				}
				if r := ranked[u]; r == r && got[u] != int32(r) || r != r && got[u] != 0 {
					t.Fatalf("ranks %v, run gives %v", got, ranked)
				}
			}
		}
	})
}

func sameBits(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x == y || x != x && y != y })
}

func within(a, b, tolerance float64) bool {
	return a == b || a != a && b != b || math.Abs(a-b) <= tolerance*max(1, math.Abs(b))
}

// TestKernelBits: level by level the scores have the bits of a build, at the top
// they are as near as can be told.
func TestKernelBits(t *testing.T) {
	s, panel := wide(37, 12, 3)
	k, err := build.NewKernel(runWide(t, s, panel), 2020, build.KernelOptions{})
	if err != nil {
		t.Fatal(err)
	}
	w := k.Weights()
	var edits []spec.Edit
	for n := range w[:len(w)-1] {
		w[n] *= 1 + 0.1*float64(n%5)
		edits = append(edits, spec.Edit{Set: "framework." + k.Result().Nodes[n].Code + ".weight", To: w[n]})
	}
	edited, err := s.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	want := runWide(t, edited, panel)
	e := k.Evaluator()
	top, err := e.Top(w)
	if err != nil {
		t.Fatal(err)
	}
	nodes, err := e.Nodes(w)
	if err != nil {
		t.Fatal(err)
	}
	for n := range nodes {
		if !sameBits(nodes[n], want.Scores.Column(0, n)) {
			t.Errorf("node %d is %v, run gives %v", n, nodes[n], want.Scores.Column(0, n))
		}
	}
	for u, v := range top {
		if !within(v, want.Scores.At(0, len(w)-1, u), 1e-13) {
			t.Errorf("the top of unit %d is %v, run gives %v", u, v, want.Scores.At(0, len(w)-1, u))
		}
	}
}

// TestExtraUnits: an extra unit scores what it would score as one more unit of
// the project, and the others what they score without it. Normalisation is
// none, so that another unit does not change the scale.
func TestExtraUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAggregated(t)
		d.spec = mustApply(t, d.spec, spec.Edit{Set: "build.normalise", To: "none"})
		all, err := run(d.spec, d.panel)
		if err != nil || len(d.panel.Units) < 3 {
			return
		}
		own := len(d.panel.Units) - 2
		result, err := run(mustApply(t, d.spec, spec.Edit{Set: "units.exclude", To: d.panel.Units[own:]}), first(d.panel, own))
		if err != nil {
			return
		}
		extra := make([]build.ExtraUnit, 2)
		for i := range extra {
			extra[i].Code = all.Units[own+i]
			for c := range all.Indicators {
				extra[i].Normalised = append(extra[i].Normalised, all.Normalised.At(0, c, own+i))
			}
		}
		k, err := build.NewKernel(result, 2020, build.KernelOptions{Extra: extra})
		if err != nil {
			t.Fatal(err)
		}
		e := k.Evaluator()
		nodes, err := e.Nodes(k.Weights())
		if err != nil {
			for i := range extra {
				if _, err := run(d.spec, joined(d.panel, own, own+i)); err != nil {
					return // as one more unit it cannot be scored either
				}
			}
			t.Fatal(err)
		}
		top, err := e.Top(k.Weights())
		if err != nil {
			t.Fatal(err)
		}
		ranks := make([]int32, len(top))
		e.Ranks(ranks, nodes[len(nodes)-1])
		for i := range extra {
			joined, err := run(d.spec, joined(d.panel, own, own+i))
			if err != nil {
				t.Fatal(err)
			}
			for n := range nodes {
				if got, want := nodes[n][own+i], joined.Scores.At(0, n, own); !within(got, want, 1e-12) {
					t.Fatalf("%s scores %v in %s, as one more unit %v", extra[i].Code, got, result.Nodes[n].Code, want)
				}
			}
			want := joined.Scores.At(0, len(nodes)-1, own)
			if !within(top[own+i], want, 1e-12) {
				t.Fatalf("%s scores %v at the top, as one more unit %v", extra[i].Code, top[own+i], want)
			}
			rank := joined.Ranks.At(0, len(nodes)-1, own)
			if rank != rank && ranks[own+i] != 0 || rank == rank && ranks[own+i] != int32(rank) {
				t.Fatalf("%s has rank %d, as one more unit %v", extra[i].Code, ranks[own+i], rank)
			}
		}
		for n := range nodes {
			if !sameBits(nodes[n][:own], result.Scores.Column(0, n)) {
				t.Fatalf("with extra units the others score %v in %s, without %v", nodes[n][:own], result.Nodes[n].Code, result.Scores.Column(0, n))
			}
		}
	})
}

// first is a panel of the first units of another; joined adds one more.
func first(p *mizan.Panel, units int) *mizan.Panel { return joined(p, units, -1) }

func joined(p *mizan.Panel, units, more int) *mizan.Panel {
	keep := numbers(units)
	if more >= 0 {
		keep = append(keep, more)
	}
	q := *p
	q.Table = mizan.Table{Codes: p.Codes, Years: p.Years}
	q.Info, q.Cells = nil, nil
	for _, u := range keep {
		q.Units = append(q.Units, p.Units[u])
		q.Info = append(q.Info, p.Info[u])
	}
	for c := range p.Codes {
		for _, u := range keep {
			q.Values = append(q.Values, p.At(0, c, u))
			q.Cells = append(q.Cells, p.Cell(0, c, u))
		}
	}
	return &q
}

// TestKernelRanks: ranks are those of package stat, whatever was ranked before.
func TestKernelRanks(t *testing.T) {
	s, panel := wide(60, 4, 1)
	k, err := build.NewKernel(runWide(t, s, panel), 2020, build.KernelOptions{})
	if err != nil {
		t.Fatal(err)
	}
	e := k.Evaluator()
	rapid.Check(t, func(t *rapid.T) {
		x := make([]float64, 60)
		for u := range x {
			x[u] = float64(rapid.IntRange(-40, 40).Draw(t, "score"))
			if x[u] < -37 {
				x[u] = math.NaN()
			}
		}
		want, got := make([]float64, 60), make([]int32, 60)
		stat.RanksDown(want, x, stat.TiesMin)
		e.Ranks(got, x)
		for u := range want {
			if r := want[u]; r == r && got[u] != int32(r) || r != r && got[u] != 0 {
				t.Fatalf("ranks of %v are %v, want %v", x, got, want)
			}
		}
	})
}

func TestKernelUnknownYear(t *testing.T) {
	s, panel := wide(5, 4, 1)
	_, err := build.NewKernel(runWide(t, s, panel), 1999, build.KernelOptions{})
	if got := fmt.Sprint(err); got != "there is no year 1999; name a year of the panel" {
		t.Errorf("got %q", got)
	}
}

// An extra unit below zero has no geometric mean, and that is told.
func TestExtraUnitRefused(t *testing.T) {
	s, panel := wide(12, 4, 1)
	s, err := s.Apply(spec.Edit{Set: "build.aggregate", To: "geometric-mean"})
	if err != nil {
		t.Fatal(err)
	}
	k, err := build.NewKernel(runWide(t, s, panel), 2020, build.KernelOptions{Extra: []build.ExtraUnit{{"POOL", []float64{3, -2, 5, 5}}}})
	if err == nil {
		_, err = k.Evaluator().Top(k.Weights())
	}
	if got := text(err); !strings.Contains(got, "i001 of POOL is -2") {
		t.Errorf("got %q", got)
	}
}
