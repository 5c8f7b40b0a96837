package build

import (
	"errors"
	"math"
	"strings"
	"testing"

	"mizan"
)

// aggregator makes a method with options as a project gives them.
func aggregator(t testing.TB, name string, given map[string]any) Aggregator {
	t.Helper()
	e, opts := checked(t, mizan.Aggregate, name, given)
	ag, err := e.NewAggregator(opts)
	if err != nil {
		t.Fatal(err)
	}
	return ag
}

// scoresOf aggregates a group.
func scoresOf(t testing.TB, ag Aggregator, g *Group) []float64 {
	t.Helper()
	out := make([]float64, len(g.Units))
	if err := ag.Aggregate(g, out); err != nil {
		t.Fatal(err)
	}
	return out
}

// The weights that are best for a unit are what its shares are made of. By
// hand: beside (10, 1) and (6, 6) those of (5, 3) are 5/54 and 4/54; beside
// (4, 2), (2, 4) and (2, 2) a share of at most 3/4 leaves (4, 1) with 8/11. The
// weights of the units on the frontier are not unique and not looked at.
func TestBenefitShares(t *testing.T) {
	for _, tt := range []struct {
		given map[string]any
		x     [][]float64
		unit  int
		want  []float64
	}{
		{map[string]any{}, [][]float64{{10, 6, 5}, {1, 6, 3}}, 2, []float64{25. / 54, 12. / 54}},
		{map[string]any{"min_share": 0.25, "max_share": 0.75}, [][]float64{{4, 2, 2, 4}, {2, 4, 2, 1}}, 3, []float64{6. / 11, 2. / 11}},
	} {
		ag := aggregator(t, "benefit-of-the-doubt", tt.given)
		g := &Group{Parent: "top", Children: letters(2), Units: letters(len(tt.x[0])), X: tt.x, W: []float64{1, 1}}
		out, shares := scoresOf(t, ag, g), make([]float64, 2)
		sharesOf(t, "shares", ag, g, tt.unit, out[tt.unit], shares)
		sameColumn(t, "shares", shares, tt.want)
	}
}

// Measures of the children change nothing, nor do the declared weights unless
// they are zero.
func TestBenefitKnowsNoMeasure(t *testing.T) {
	ag := aggregator(t, "benefit-of-the-doubt", map[string]any{})
	g := &Group{
		Parent: "top", Children: letters(3), Units: letters(4), W: []float64{1, 1, 0},
		X: [][]float64{{10, 6, 5, 3}, {1, 6, 3, 3}, {0, 0, 0, 99}},
	}
	want := []float64{1, 1, 37. / 54, 0.5}
	sameColumn(t, "scores", scoresOf(t, ag, g), want)
	for i, k := range []float64{1e9, 1e-9} {
		for u := range g.X[i] {
			g.X[i][u] *= k
		}
	}
	g.W = []float64{7, 2, 0}
	sameColumn(t, "in other measures", scoresOf(t, ag, g), want)
}

// BadGroups: what a method is not defined for is refused by name.
func TestBadGroups(t *testing.T) {
	type o = map[string]any
	for _, tt := range []struct {
		method string
		given  o
		x      [][]float64
		has    []string // words of the message
	}{
		{"topsis", o{}, [][]float64{{1, 1}, {nan, 2}}, []string{"AUT", "top", "compare more units"}},
		{"benefit-of-the-doubt", o{}, [][]float64{{1, 1}, {-1, 2}}, []string{"rails of AUT is -1"}},
		{"benefit-of-the-doubt", o{"max_share": 0.5}, [][]float64{{1, 0}, {1, 2}}, []string{"roads of BEL is 0"}},
		{"benefit-of-the-doubt", o{"weights": "common"}, [][]float64{{1, nan}, {nan, 2}}, []string{"children of top", "impute"}},
		{"mazziotta-pareto", o{}, [][]float64{{0, 1}, {0, 2}}, []string{"roads of AUT is 0"}},
		{"choquet", o{"interaction": o{"roads": o{"rails": 1.0}}}, [][]float64{{1, 2}, {3, 4}}, nil},
		{"choquet", o{"interaction": o{"roads": o{"rail": 1.0}}}, [][]float64{{1, 2}, {3, 4}}, []string{"rail and roads", "children of one aggregate"}},
	} {
		g := &Group{Parent: "top", Children: []string{"roads", "rails"}, Units: []string{"AUT", "BEL"}, X: tt.x, W: []float64{1, 1}}
		err := aggregator(t, tt.method, tt.given).Aggregate(g, make([]float64, 2))
		if (err != nil) != (tt.has != nil) {
			t.Errorf("%s: %v", tt.method, err)
			continue
		}
		for _, word := range tt.has {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %q does not say %q", tt.method, err, word)
			}
		}
		var bad *BadValue
		var option *OptionError
		var degenerate *Degenerate
		if err != nil && !errors.As(err, &bad) && !errors.As(err, &option) && !errors.As(err, &degenerate) {
			t.Errorf("%s: %v is an error of no kind", tt.method, err)
		}
	}
}

// Every aggregation takes a group of one unit, of one child, and one in which
// nothing is known, and gives no score to a unit without any value.
func TestSmallGroups(t *testing.T) {
	for _, e := range entries() {
		if e.Stage != mizan.Aggregate {
			continue
		}
		ag, err := e.NewAggregator(optionsFor(t, e, nil))
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range [][][]float64{{{5}}, {{5}, {7}}, {{5, 6, nan}}, {{nan}}, {{nan, nan}, {nan, nan}}} {
			g := &Group{Parent: "top", Children: letters(len(x)), Units: letters(len(x[0])), X: x, W: []float64{1, 1}[:len(x)]}
			out := make([]float64, len(g.Units))
			err := ag.Aggregate(g, out)
			var degenerate *Degenerate
			if err != nil && !errors.As(err, &degenerate) {
				t.Errorf("%s: %v", e.Name, err)
			}
			for u, s := range out {
				have := false
				for i := range x {
					have = have || x[i][u] == x[i][u]
				}
				if have == math.IsNaN(s) && degenerate == nil || !have && s == s || math.IsInf(s, 0) {
					t.Errorf("%s: unit %d of %v got %v, %v", e.Name, u, x, s, err)
				}
			}
		}
	}
}

// A refused combination of options says which one.
func TestRefusedAggregates(t *testing.T) {
	type o = map[string]any
	for _, tt := range []struct {
		method string
		given  o
		option string
	}{
		{"ordered-weighted-average", o{}, "order_weights"},
		{"ordered-weighted-average", o{"order_weights": []any{0.0, 0.0}}, "order_weights"},
		{"ordered-weighted-average", o{"order_weights": []any{1.0}, "exponent": 2.0}, "exponent"},
		{"promethee-ii", o{"criterion": "linear"}, "preference"},
		{"promethee-ii", o{"criterion": "linear", "indifference": 5.0, "preference": 5.0}, "preference"},
		{"promethee-ii", o{"preference": 5.0}, "criterion"},
		{"benefit-of-the-doubt", o{"min_share": 0.4, "max_share": 0.4}, "max_share"},
		{"choquet", o{"interaction": o{"a": o{"a": 0.1}}}, "interaction"},
		{"choquet", o{"interaction": o{"a": o{"b": 0.1}, "b": o{"a": 0.2}}}, "interaction"},
	} {
		e, opts := checked(t, mizan.Aggregate, tt.method, tt.given)
		err := makeAny(e, opts)
		var bad *OptionError
		if !errors.As(err, &bad) || bad.Option != tt.option || bad.Remedy == "" {
			t.Errorf("%s: %v, want an error of option %s with a remedy", tt.method, err, tt.option)
		}
	}
}
