package uncertainty_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"mizan"
	"mizan/spec"
	"mizan/uncertainty"
)

// three are factors of which every combination can be built by hand.
const three = `uncertainty:
  vary:
    - {id: scale, choose: build.normalise, from: [as-is, {method: min-max, to: [1, 1000]}, rank]}
    - {id: gaps, choose: build.impute, from: [as-is, mean], chances: [1, 3]}
    - {id: mean, choose: build.aggregate, from: [as-is, [arithmetic-mean, geometric-mean]]}
`

// exact decomposes the variance of every output over all combinations of the
// alternatives of three: each is built by hand, as a project of its own.
//
//	S_i = V(E(y | i)) / V(y),  ST_i = E(V(y | all but i)) / V(y)
type exact struct {
	sizes   []int
	chances [][]float64
	y       [][]float64 // by combination, then output: R_S, then shifts
}

func enumerate(t *testing.T, text string, from [][]string, paths []string, chances [][]float64) *exact {
	t.Helper()
	p := load(t, files(text))
	reference := p.model(t).Reference()
	e := &exact{chances: chances}
	for _, f := range from {
		e.sizes = append(e.sizes, len(f))
	}
	for number := range e.sizes[0] * e.sizes[1] * e.sizes[2] {
		var edits []spec.Edit
		for i, c := range e.choices(number) {
			if v := from[i][c]; v != "as-is" {
				edit, err := spec.ParseEdit(paths[i] + "=" + v)
				if err != nil {
					t.Fatal(err)
				}
				edits = append(edits, edit)
			}
		}
		r := load(t, files(text), edits...).build(t)
		ranks := r.Ranks.Column(len(r.Years)-1, len(r.Nodes)-1)
		y := []float64{0}
		for u, rank := range ranks {
			y = append(y, rank-float64(reference[u]))
			y[0] += math.Abs(rank-float64(reference[u])) / float64(len(ranks))
		}
		e.y = append(e.y, y)
	}
	return e
}

func (e *exact) choices(number int) []int {
	out := make([]int, len(e.sizes))
	for i := len(e.sizes) - 1; i >= 0; i-- {
		out[i] = number % e.sizes[i]
		number /= e.sizes[i]
	}
	return out
}

// moments are the mean and the variance of an output over the combinations
// that keep takes.
func (e *exact) moments(o int, keep func(choices []int) bool) (weight, mean, variance float64) {
	square := 0.0
	for number, y := range e.y {
		c := e.choices(number)
		if !keep(c) {
			continue
		}
		w := 1.0
		for i, k := range c {
			w *= e.chances[i][k]
		}
		weight, mean, square = weight+w, mean+w*y[o], square+w*y[o]*y[o]
	}
	mean /= weight
	return weight, mean, square/weight - mean*mean
}

func (e *exact) indices(o, factor int) (first, total float64) {
	_, all, v := e.moments(o, func([]int) bool { return true })
	for c := range e.sizes[factor] {
		w, mean, _ := e.moments(o, func(x []int) bool { return x[factor] == c })
		first += w * (mean - all) * (mean - all)
	}
	for number := range e.y {
		fixed := e.choices(number)
		if fixed[factor] != 0 {
			continue
		}
		w, _, variance := e.moments(o, func(x []int) bool {
			for i := range x {
				if i != factor && x[i] != fixed[i] {
					return false
				}
			}
			return true
		})
		total += w * variance
	}
	return first / v, total / v
}

// Where all that varies is a choice of methods, the indices of the ranks are
// known exactly from a build of each combination.
func TestSensitivityIsThatOfAllCombinations(t *testing.T) {
	e := enumerate(t, three,
		[][]string{{"as-is", "{method: min-max, to: [1, 1000]}", "rank"}, {"as-is", "mean"}, {"as-is", "[arithmetic-mean, geometric-mean]"}},
		[]string{"build.normalise", "build.impute", "build.aggregate"},
		[][]float64{{1. / 3, 1. / 3, 1. / 3}, {0.25, 0.75}, {0.5, 0.5}})
	m := load(t, files(three)).model(t)
	r, err := m.Sensitivity(uncertainty.SensitivityOptions{Draws: 100_000, Tolerance: -1})
	if err != nil {
		t.Fatal(err)
	}
	moved := 0
	for o, target := range append([]uncertainty.SensitivityTarget{r.Overall}, r.Units...) {
		_, mean, v := e.moments(o, func([]int) bool { return true })
		if math.Abs(float64(target.Mean)-mean-float64(target.Reference)) > 0.02 || math.Abs(float64(target.SD)-math.Sqrt(v)) > 0.02 {
			t.Errorf("%q: mean %v, sd %v; want %v, %v", target.Unit, target.Mean, target.SD, mean+float64(target.Reference), math.Sqrt(v))
		}
		if v == 0 {
			continue
		}
		moved++
		for f, effect := range target.Effects {
			first, total := e.indices(o, f)
			if got := effect.Sobol; math.Abs(float64(got.First)-first) > 0.03 || math.Abs(float64(got.Total)-total) > 0.03 {
				t.Errorf("%q, %s: first %.3f, want %.3f; total %.3f, want %.3f", target.Unit, effect.Factor, got.First, first, got.Total, total)
			}
		}
	}
	if moved < 5 {
		t.Errorf("only %d outputs move, which shows nothing", moved)
	}
}

// Whatever kind of factor varies, each method accounts for its draws, is the
// same for any number of workers, and can be written.
func TestSensitivityOfEveryKind(t *testing.T) {
	for name, section := range kinds {
		m := load(t, files("uncertainty: "+section+"\n")).model(t)
		for _, method := range []string{uncertainty.Sobol, uncertainty.Morris, uncertainty.PAWN} {
			var want []byte
			for _, workers := range []int{1, 8} {
				r, err := m.Sensitivity(uncertainty.SensitivityOptions{Method: method, By: uncertainty.ByInput, Draws: 300, Workers: workers})
				if err != nil {
					t.Fatalf("%s, %s: %v", name, method, err)
				}
				if a := r.Account; a.Requested != a.Kept+a.Failed || a.Requested == 0 || a.Requested > 300 {
					t.Errorf("%s, %s: %+v", name, method, a)
				}
				got, err := json.Marshal(r)
				if err != nil {
					t.Fatal(err)
				}
				if want == nil {
					want = got
				}
				if !bytes.Equal(got, want) {
					t.Errorf("%s, %s: %d workers give other bytes", name, method, workers)
				}
			}
		}
	}
}

func TestSensitivityGroups(t *testing.T) {
	m := load(t, files("uncertainty: {vary: [{id: w, weights: {spread: 0.25}}, {id: gaps, choose: build.impute, from: [as-is, mean]}]}\n")).model(t)
	for by, want := range map[string]string{
		uncertainty.ByFactor: "w gaps", // the project's order
		uncertainty.ByLevel:  "w.level-1 w.level-2 gaps",
		uncertainty.ByInput:  "w.a w.b w.c w.d w.e w.left w.right gaps",
	} {
		r, err := m.Sensitivity(uncertainty.SensitivityOptions{By: by, Draws: 1000})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, f := range r.Factors {
			ids = append(ids, f.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: %s, want %s", by, got, want)
		}
		if len(r.Units) != 9 || len(r.Overall.Effects) != len(ids) || r.ID != "small" || r.Year != 2020 {
			t.Errorf("%s: %d units, %d effects, %s %d", by, len(r.Units), len(r.Overall.Effects), r.ID, r.Year)
		}
	}
}

func TestSensitivityRefuses(t *testing.T) {
	m := load(t, files("uncertainty: {vary: [{weights: {spread: 0.25}}]}\n")).model(t)
	for _, tt := range []struct {
		o    uncertainty.SensitivityOptions
		want string
	}{
		{uncertainty.SensitivityOptions{Unit: "U99"}, `there is no unit "U99"; name a unit`},
		{uncertainty.SensitivityOptions{Draws: 47}, "allow at least 48"},
		{uncertainty.SensitivityOptions{Method: "soboll", By: "x"}, `unknown method "soboll"`},
	} {
		_, err := m.Sensitivity(tt.o)
		var ps mizan.Problems
		if !errors.As(err, &ps) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v", tt.o, err)
		}
	}
}
