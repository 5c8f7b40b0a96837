package build

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"mizan"
	"mizan/stat"

	"pgregory.net/rapid"
)

// The contracts that every method of the registry keeps, whatever figures it
// meets. The options are the defaults, and these where an option is required.
var required = map[string]map[string]any{
	"group-mean":       {"by": "g"},
	"group-median":     {"by": "g"},
	"hot-deck":         {"by": "g"},
	"regression":       {"on": []any{"x1"}},
	"em":               {"ridge": 0.1},
	"log-gii":          {"factor": 10.0},
	"distance-to-unit": {"unit": "A"},
	"goalposts":        {"posts": []any{2.0, 50.0}},
	"generalised-mean": {"exponent": 0.5},

	"ordered-weighted-average": {"order_weights": []any{1.0, 3.0, 2.0}},
	"choquet":                  {"interaction": map[string]any{}},
	"copeland":                 {"tie_tolerance": 1e-12},
}

// A promise is what the contracts ask of an aggregation.
type promise int

const (
	withinRange promise = 1 << iota // the score is never outside of the children's values
	rises                           // a better child never lowers the score
)

// broken lists what methods do not promise; the others promise all.
var broken = map[string]promise{
	"mazziotta-pareto":     withinRange | rises, // the penalty may exceed the distance to the lowest; a child far above the others adds to it
	"borda-count":          withinRange,         // points
	"copeland":             withinRange,         // victories
	"promethee-ii":         withinRange,         // flows
	"topsis":               withinRange,
	"benefit-of-the-doubt": withinRange, // relative to the best
}

func optionsFor(t testing.TB, e Entry, more map[string]any) Options {
	given := map[string]any{}
	for _, m := range []map[string]any{required[e.Name], more} {
		for k, v := range m {
			given[k] = v
		}
	}
	_, opts := checked(t, e.Stage, e.Name, given)
	return opts
}

// eachMethod runs a property on every method of a stage.
func eachMethod(t *testing.T, stage mizan.Stage, property func(t *rapid.T, e Entry)) {
	for _, e := range entries() {
		if e.Stage == stage {
			t.Run(e.Name, rapid.MakeCheck(func(t *rapid.T) { property(t, e) }))
		}
	}
}

// positive draws figures above 0, with ties, gaps and long tails.
func positive() *rapid.Generator[float64] {
	return rapid.OneOf(rapid.Float64Range(0.5, 1000), rapid.Map(rapid.IntRange(1, 6), func(i int) float64 { return float64(i) }),
		rapid.Just(nan), rapid.Float64Range(1e5, 1e9))
}

func column(t *rapid.T, name string, least, most int) []float64 {
	return rapid.SliceOfN(positive(), least, most).Draw(t, name)
}

// shuffled is x in the order of a permutation.
func shuffled(x []float64, order []int) []float64 {
	y := make([]float64, len(x))
	for i, k := range order {
		y[i] = x[k]
	}
	return y
}

func permutation(t *rapid.T, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return rapid.Permutation(order).Draw(t, "order")
}

func mustAgree(t *rapid.T, what string, got, want []float64) {
	agreeWithin(t, what, got, want, 1e-9)
}

func agreeWithin(t *rapid.T, what string, got, want []float64, tolerance float64) {
	for i := range want {
		if got[i] != want[i] && !(math.Abs(got[i]-want[i]) <= tolerance*math.Max(1, math.Abs(want[i]))) && (got[i] == got[i] || want[i] == want[i]) {
			t.Fatalf("%s: value %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

// keepsOrder says that of two figures the better one never gets less.
func keepsOrder(t *rapid.T, x, y []float64, direction int) {
	for i := range x {
		for j := range x {
			a, b := directed(x[i], direction), directed(x[j], direction)
			if a < b && y[i] > y[j]+1e-9*math.Max(1, math.Abs(y[j])) || a == b && y[i] != y[j] && y[i] == y[i] {
				t.Fatalf("%v became %v, and %v became %v", x[i], y[i], x[j], y[j])
			}
		}
	}
}

// keepsMissing says that what is missing stays so, and nothing else becomes
// so.
func keepsMissing(t *rapid.T, x, y []float64) {
	for i := range x {
		if (x[i] != x[i]) != (y[i] != y[i]) {
			t.Fatalf("%v became %v", x[i], y[i])
		}
	}
}

// sameBothWays says that a column in one go is as value by value, in place too.
func sameBothWays(t *rapid.T, f Transform, x []float64) []float64 {
	y, inPlace := make([]float64, len(x)), slices.Clone(x)
	applyTo(f, y, x)
	applyTo(f, inPlace, inPlace)
	for i, v := range x {
		if one := f.Apply(v); math.Float64bits(one) != math.Float64bits(y[i]) && one == one || math.Float64bits(y[i]) != math.Float64bits(inPlace[i]) && y[i] == y[i] {
			t.Fatalf("%v is %v alone, %v in a column, %v in place", v, one, y[i], inPlace[i])
		}
	}
	return y
}

func TestNormaliseContract(t *testing.T) {
	eachMethod(t, mizan.Normalise, func(t *rapid.T, e Entry) {
		x := column(t, "x", 1, 40)
		direction := rapid.SampledFrom([]int{1, -1}).Draw(t, "direction")
		more := map[string]any{}
		if e.Name == "distance-to-target" {
			lo, hi := stat.MinMax(x)
			more["target"] = map[int]float64{1: hi + 1, -1: lo - 1}[direction]
			if lo != lo {
				more["target"] = 1.0
			}
		}
		n, err := e.NewNormaliser(optionsFor(tb(t), e, more))
		if err != nil {
			t.Fatal(err)
		}
		units := letters(len(x))
		f, err := fitNormalise(n, x, units, direction)
		var degenerate *Degenerate
		if errors.As(err, &degenerate) {
			if degenerate.ID == "" || degenerate.Remedy == "" || stat.Count(sameBothWays(t, f, x)) > 0 {
				t.Fatalf("a degenerate fit must have an ID and a remedy, and give no score: %v", err)
			}
			lo, hi := stat.MinMax(x)
			worst := map[int]float64{1: lo, -1: hi}[direction]
			if lo < hi && !(e.Name == "distance-to-unit" && (x[0] != x[0] || x[0] == worst)) {
				t.Fatalf("refused though there is a range: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		y := sameBothWays(t, f, x)
		keepsMissing(t, x, y)
		keepsOrder(t, x, y, direction)
		if e.Lowest != nil {
			low := e.Lowest(optionsFor(tb(t), e, more))
			if least, _ := stat.MinMax(y); low == low && least > low+1e-9 {
				t.Fatalf("the lowest score is %v, though %v was promised", least, low)
			}
		}
		order := permutation(t, len(x))
		moved := make([]string, len(units))
		for i, k := range order {
			moved[i] = units[k]
		}
		g, err := fitNormalise(n, shuffled(x, order), moved, direction)
		if err != nil {
			t.Fatal(err)
		}
		again := make([]float64, len(x))
		applyTo(g, again, shuffled(x, order))
		mustAgree(t, "units in another order", again, shuffled(y, order))
	})
}

func TestTreatContract(t *testing.T) {
	eachMethod(t, mizan.Treat, func(t *rapid.T, e Entry) {
		x := column(t, "x", 1, 40)
		more := map[string]any{}
		if e.Name != "none" {
			more["when"] = rapid.SampledFrom([]string{"always", "outliers"}).Draw(t, "when")
		}
		w, err := e.NewTreater(optionsFor(tb(t), e, more))
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.FitTreat(x)
		if err != nil {
			t.Fatal(err)
		}
		y := sameBothWays(t, f, x)
		keepsMissing(t, x, y)
		keepsOrder(t, x, y, 1)
		if f.Applied == "none" {
			mustAgree(t, "not treated", y, x)
		}
		order := permutation(t, len(x))
		g, err := w.FitTreat(shuffled(x, order))
		if err != nil {
			t.Fatal(err)
		}
		again := make([]float64, len(x))
		applyTo(g, again, shuffled(x, order))
		// Where a check lies within rounding of its limit, the order of the
		// units may tip it.
		if g.Applied == f.Applied && g.Details["points"] == f.Details["points"] {
			mustAgree(t, "units in another order", again, shuffled(y, order))
		}
	})
}

func TestScreenContract(t *testing.T) {
	eachMethod(t, mizan.Screen, func(t *rapid.T, e Entry) {
		n := rapid.IntRange(1, 12).Draw(t, "units")
		m := &Matrix{Units: letters(n)}
		figure := rapid.OneOf(rapid.Just(0.0), rapid.Just(nan), rapid.Float64Range(1, 9))
		for range rapid.IntRange(1, 8).Draw(t, "indicators") {
			m.Columns = append(m.Columns, rapid.SliceOfN(figure, n, n).Draw(t, "x"))
		}
		s, err := e.NewScreener(optionsFor(tb(t), e, nil))
		if err != nil {
			t.Fatal(err)
		}
		verdicts, err := s.Screen(m)
		if err != nil || len(verdicts) != n {
			t.Fatalf("%d verdicts, %v", len(verdicts), err)
		}
		for u, v := range verdicts {
			full := true
			for _, x := range m.Columns {
				full = full && x[u] > 0
			}
			if full && !v.Keep || v.Keep == (v.Reason != "") {
				t.Fatalf("unit %d, complete %v, got the verdict %v", u, full, v)
			}
		}
	})
}

// drawGroup draws an aggregate with children above 0, gaps, and weights of
// which some may be 0.
func drawGroup(t *rapid.T) *Group {
	units, children := rapid.IntRange(1, 6).Draw(t, "units"), rapid.IntRange(1, 7).Draw(t, "children")
	g := &Group{Parent: "top", Units: letters(units), Children: letters(children)}
	for range children {
		g.X = append(g.X, column(t, "x", units, units))
		g.W = append(g.W, rapid.SampledFrom([]float64{0, 0.5, 1, 2, 3}).Draw(t, "w"))
	}
	g.W[0]++
	return g
}

// scored aggregates a group; values that tell nothing are no fault.
func scored(t *rapid.T, ag Aggregator, g *Group) []float64 {
	out := make([]float64, len(g.Units))
	var degenerate *Degenerate
	if err := ag.Aggregate(g, out); err != nil && !errors.As(err, &degenerate) {
		t.Fatal(err)
	}
	return out
}

func TestAggregateContract(t *testing.T) {
	eachMethod(t, mizan.Aggregate, func(t *rapid.T, e Entry) {
		ag, err := e.NewAggregator(optionsFor(tb(t), e, nil))
		if err != nil {
			t.Fatal(err)
		}
		g := drawGroup(t)
		out := scored(t, ag, g)
		checkShares(tb(t), e.Name, ag, g, out)
		for u, s := range out {
			lo, hi := math.Inf(1), math.Inf(-1)
			for i, x := range g.X {
				if x[u] == x[u] && g.W[i] > 0 {
					lo, hi = min(lo, x[u]), max(hi, x[u])
				}
			}
			if missing := lo > hi; missing != (s != s) && e.Name != "topsis" || missing && s == s {
				t.Fatalf("the score %v of children from %v to %v", s, lo, hi)
			}
			if broken[e.Name]&withinRange == 0 && (s < lo-1e-9*lo || s > hi+1e-9*hi) {
				t.Fatalf("the score %v of children from %v to %v", s, lo, hi)
			}
		}
		// A linear programme rounds by the range of its columns.
		tolerance := 1e-9
		if e.Name == "benefit-of-the-doubt" {
			tolerance = 1e-7
		}
		h := *g
		k := rapid.Float64Range(0.01, 100).Draw(t, "factor")
		h.W = nil
		for _, w := range g.W {
			h.W = append(h.W, w*k)
		}
		agreeWithin(t, "all weights times a factor", comparison(e, g, scored(t, ag, &h)), comparison(e, g, out), tolerance)

		order := permutation(t, len(g.Children))
		h = Group{Parent: g.Parent, Units: g.Units}
		for _, i := range order {
			h.Children, h.X, h.W = append(h.Children, g.Children[i]), append(h.X, g.X[i]), append(h.W, g.W[i])
		}
		agreeWithin(t, "children in another order", comparison(e, g, scored(t, ag, &h)), comparison(e, g, out), tolerance)

		order = permutation(t, len(g.Units))
		h = Group{Parent: g.Parent, Units: shuffledUnits(g.Units, order), Children: g.Children, W: g.W}
		for _, x := range g.X {
			h.X = append(h.X, shuffled(x, order))
		}
		agreeWithin(t, "units in another order", comparison(e, &h, scored(t, ag, &h)), comparison(e, &h, shuffled(out, order)), tolerance)
	})
}

// comparison gives scores that agree to nine digits: those of a method
// that takes a great figure from another are divided by the unit's greatest
// child, of which they have the rounding.
func comparison(e Entry, g *Group, scores []float64) []float64 {
	if e.Name != "mazziotta-pareto" {
		return scores
	}
	list := make([]float64, len(scores))
	for u, s := range scores {
		size := 1.0
		for _, x := range g.X {
			if x[u] > size {
				size = x[u]
			}
		}
		list[u] = s / size
	}
	return list
}

func shuffledUnits(units []string, order []int) []string {
	list := make([]string, len(units))
	for i, k := range order {
		list[i] = units[k]
	}
	return list
}

// TestAggregateRises: where one child of one unit gets better and all else
// stays, that unit's score is never lower.
func TestAggregateRises(t *testing.T) {
	eachMethod(t, mizan.Aggregate, func(t *rapid.T, e Entry) {
		if broken[e.Name]&rises != 0 {
			return
		}
		ag, err := e.NewAggregator(optionsFor(tb(t), e, nil))
		if err != nil {
			t.Fatal(err)
		}
		g := drawGroup(t)
		before := scored(t, ag, g)
		better := *g
		better.X = slices.Clone(g.X)
		i, u := rapid.IntRange(0, len(g.X)-1).Draw(t, "child"), rapid.IntRange(0, len(g.Units)-1).Draw(t, "unit")
		better.X[i] = slices.Clone(g.X[i])
		better.X[i][u] += rapid.OneOf(rapid.Float64Range(0, 10), rapid.Float64Range(0, 1e6)).Draw(t, "raise")
		if after := scored(t, ag, &better); after[u] < before[u]-1e-9*math.Abs(before[u]) {
			t.Fatalf("child %d of unit %d raised from %v to %v lowered its score from %v to %v", i, u, g.X[i][u], better.X[i][u], before[u], after[u])
		}
	})
}

// TestAggregateRefuses: a mean that is not defined for zero says so, naming
// unit and child, whenever the registry says that it needs positive values.
func TestAggregateRefuses(t *testing.T) {
	for _, e := range entries() {
		if e.Stage != mizan.Aggregate {
			continue
		}
		more := map[string]any{}
		if e.Name == "generalised-mean" {
			more["exponent"] = -2.0
		}
		opts := optionsFor(t, e, more)
		ag, err := e.NewAggregator(opts)
		if err != nil {
			t.Fatal(err)
		}
		g := &Group{
			Parent: "top", Units: []string{"AUT", "BEL"}, Children: []string{"roads", "rails"},
			X: [][]float64{{1, 1}, {1, 0}}, W: []float64{1, 1},
		}
		err = ag.Aggregate(g, make([]float64, 2))
		var bad *BadValue
		needs := e.NeedsPositive != nil && e.NeedsPositive(opts)
		if needs != (err != nil) {
			t.Errorf("%s: needs positive values: %v, but a zero gave %v", e.Name, needs, err)
		}
		if err != nil && (!errors.As(err, &bad) || bad.Unit != "BEL" || bad.Code != "rails" || bad.Remedy == "") {
			t.Errorf("%s: %v must name unit, child and remedy", e.Name, err)
		}
	}
}

// quietT lets helpers for tests serve in properties.
type quietT struct {
	testing.TB
	r *rapid.T
}

func tb(t *rapid.T) testing.TB { return quietT{r: t} }

func (q quietT) Helper()                   {}
func (q quietT) Errorf(s string, a ...any) { q.r.Fatalf("%s", fmt.Sprintf(s, a...)) }
func (q quietT) Fatalf(s string, a ...any) { q.r.Fatalf("%s", fmt.Sprintf(s, a...)) }
func (q quietT) Fatal(a ...any)            { q.r.Fatal(a...) }
