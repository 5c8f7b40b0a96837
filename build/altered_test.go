package build_test

import (
	"math"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"mizan"
	"mizan/build"
	"mizan/dataset"
	"mizan/spec"
)

// otherFigures is a panel with some figures of some codes changed: scaled, set
// or taken away.
func otherFigures(t *rapid.T, panel *mizan.Panel) (*mizan.Panel, []string) {
	out := *panel
	out.Values = slices.Clone(panel.Values)
	var codes []string
	for range rapid.IntRange(1, 3).Draw(t, "codes") {
		c := rapid.IntRange(0, len(panel.Codes)-1).Draw(t, "code")
		codes = append(codes, panel.Codes[c])
		for range rapid.IntRange(1, 3).Draw(t, "cells") {
			y, u := rapid.IntRange(0, len(panel.Years)-1).Draw(t, "year"), rapid.IntRange(0, len(panel.Units)-1).Draw(t, "unit")
			v := &out.Column(y, c)[u]
			switch rapid.IntRange(0, 9).Draw(t, "how") {
			case 0:
				*v = math.NaN()
			case 1:
				*v = rapid.Float64Range(-10, 10).Draw(t, "value")
			default:
				*v *= rapid.Float64Range(0.1, 3).Draw(t, "factor")
			}
		}
	}
	return &out, codes
}

// TestWithIsRun: a build on other figures that takes over what it can is the
// build, bit by bit.
func TestWithIsRun(t *testing.T) {
	done := 0
	rapid.Check(t, func(t *rapid.T) {
		d := drawAggregated(t)
		if edited, err := d.spec.Apply(someEdits(t, d.spec)...); err == nil {
			d.spec = edited
		}
		earlier, err := run(d.spec, d.panel)
		if err != nil {
			return
		}
		other, _ := otherFigures(t, d.panel)
		want, wantErr := run(d.spec, other)
		got, err := earlier.With(other, true)
		if text(err) != text(wantErr) {
			t.Fatalf("With: %s\nRun: %s", text(err), text(wantErr))
		}
		if err == nil {
			sameResult(t, got, want)
			done++
		}
	})
	if done < 30 {
		t.Errorf("only %d builds were compared", done)
	}
}

// sameNodes compares scores of all nodes bit by bit.
func sameNodes(t interface{ Fatalf(string, ...any) }, r *build.Result, got, want [][]float64) {
	for n, column := range want {
		for u, w := range column {
			if v := got[n][u]; math.Float64bits(v) != math.Float64bits(w) && (v == v || w == w) {
				t.Fatalf("%s of %s is %v, want %v", r.Nodes[n].Code, r.Units[u], v, w)
			}
		}
	}
}

// altered compares the quick evaluation of other figures with a whole build. It
// reports whether there was a quick one.
func altered(t interface{ Fatalf(string, ...any) }, r *build.Result, other *mizan.Panel, codes []string, weights []float64) bool {
	k, err := build.NewKernel(r, r.Years[len(r.Years)-1], build.KernelOptions{})
	if err != nil {
		return false
	}
	a, ok := k.Altered(codes)
	if !ok {
		return false
	}
	whole, wholeErr := r.With(other, false)
	got, ok, err := a.Nodes(other, weights)
	if !ok {
		return false
	}
	if wholeErr != nil {
		if err == nil {
			t.Fatalf("the whole build fails, %v, and the quick one does not", wholeErr)
		}
		return true
	}
	if err != nil {
		return false // the weights are others than the whole build's
	}
	of, err := build.NewKernel(whole, k.Year(), build.KernelOptions{})
	if err != nil {
		t.Fatalf("%v", err)
	}
	want, err := of.Evaluator().Nodes(weights)
	if err != nil {
		t.Fatalf("%v", err)
	}
	sameNodes(t, r, got, want)
	return true
}

func TestAlteredIsWith(t *testing.T) {
	done := 0
	rapid.Check(t, func(t *rapid.T) {
		d := drawAggregated(t)
		if edited, err := d.spec.Apply(someEdits(t, d.spec)...); err == nil {
			d.spec = edited
		}
		r, err := run(d.spec, d.panel)
		if err != nil {
			return
		}
		other, codes := otherFigures(t, d.panel)
		k, err := build.NewKernel(r, r.Years[len(r.Years)-1], build.KernelOptions{})
		if err != nil {
			return
		}
		weights := k.Weights()
		for i := range weights {
			weights[i] *= rapid.Float64Range(0.5, 2).Draw(t, "weight")
		}
		if altered(t, r, other, codes, weights) {
			done++
		}
	})
	if done < 10 {
		t.Errorf("only %d quick evaluations were compared", done)
	}
}

// TestAlteredFlagship: the same for the AI race, whatever indicator changes, and
// that the quick way serves there.
func TestAlteredFlagship(t *testing.T) {
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
	r, err := run(s, panel)
	if err != nil {
		t.Fatal(err)
	}
	k, err := build.NewKernel(r, r.Years[0], build.KernelOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for c, code := range panel.Codes {
		other := *panel
		other.Values = slices.Clone(panel.Values)
		column := other.Column(0, c)
		for u := range column {
			if u%7 == 0 {
				column[u] *= 0.5
			}
		}
		if !altered(t, r, &other, []string{code}, k.Weights()) {
			t.Errorf("%s cannot be altered quickly", code)
		}
	}
}
