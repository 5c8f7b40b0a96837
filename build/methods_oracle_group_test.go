package build

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan/internal/oracle"
)

// customASEM is the example with the weights of weights_custom.csv.
func customASEM(t *testing.T) asem {
	t.Helper()
	a, w := readASEM(t), oracle.Read(t, "inputs/weights_custom.csv")
	for i, code := range w.Text("iCode") {
		a.weight[code] = w.Numbers(t, "Weight")[i]
	}
	return a
}

// group takes the children of an aggregate out of a table.
func groupOf(t *testing.T, f oracle.Frame, parent string, children []string, weight map[string]float64) *Group {
	t.Helper()
	g := &Group{Parent: parent, Children: children, Units: f.Text("uCode")}
	for _, c := range children {
		g.X = append(g.X, f.Numbers(t, c))
		g.W = append(g.W, weight[c])
	}
	return g
}

// With the custom weights COINr decides ties by sums of rounded weights. A
// tolerance, which is right by the figures, is known to differ from it in three
// scores of level 2.
func TestCopelandTies(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, in := customASEM(t), oracle.Read(t, "normalise/n_minmax_1_100.csv")
	var differ []string
	for _, parent := range a.levels[0] {
		g := groupOf(t, in, parent, a.children[parent], a.weight)
		exact := scoresOf(t, aggregator(t, "copeland", map[string]any{}), g)
		tolerant := scoresOf(t, aggregator(t, "copeland", map[string]any{"tie_tolerance": 1e-12}), g)
		for u := range exact {
			if exact[u] != tolerant[u] {
				differ = append(differ, parent+" "+g.Units[u])
			}
		}
	}
	if want := []string{"Physical AUT", "Physical EST", "Physical IRL"}; !slices.Equal(differ, want) {
		t.Errorf("%v differ, want %v", differ, want)
	}
}

func TestOracleOutranking(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	a, in := customASEM(t), oracle.Read(t, "pipeline/06_Normalised.csv")
	g := groupOf(t, in, "all", a.indicators, a.weight)
	got, want := OutrankingMatrix(g), oracle.Read(t, "analysis/outrank_indicators_wcustom.csv")
	for j, unit := range g.Units {
		column := make([]float64, len(g.Units))
		for i := range column {
			column[i] = got.Share[i][j]
		}
		sameColumn(t, "worse than by "+unit, column, want.Numbers(t, unit))
	}
	dominance := oracle.Read(t, "analysis/outrank_dominance.csv")
	pillars := groupOf(t, oracle.Read(t, "pipeline/07_Aggregated.csv"), "all", slices.Concat(a.levels[0]), equalWeights(a))
	gaps := groupOf(t, oracle.Read(t, "aggregate/NA_input_normalised.csv"), "all", a.indicators, equalWeights(a))
	for i, m := range []*Outranking{OutrankingMatrix(pillars), got, OutrankingMatrix(gaps)} {
		if float64(m.Dominant) != dominance.Numbers(t, "nDominant")[i] || !oracle.Near(m.Fraction, dominance.Numbers(t, "fracDominant")[i]) {
			t.Errorf("%s: %d pairs, %v", dominance.Text("case")[i], m.Dominant, m.Fraction)
		}
	}
}

func equalWeights(a asem) map[string]float64 {
	w := map[string]float64{}
	for code := range a.weight {
		w[code] = 1
	}
	return w
}

// The scores that lpSolve found. Its weights are one choice of several.
func TestOracleBenefit(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	for _, limits := range []string{"free", "share_0.05_0.5"} {
		for _, data := range []string{"amean_of_minmax_0.01_1", "rescaled_0.01_1"} {
			in := oracle.Read(t, "bod/input_pillars_"+data+".csv")
			want := oracle.Read(t, "bod/bod_"+limits+"_"+data+".csv")
			given := map[string]any{}
			if strings.HasPrefix(limits, "share") {
				given["min_share"], given["max_share"] = 0.05, 0.5
			}
			ag := aggregator(t, "benefit-of-the-doubt", given)
			pillars := in.Names[1:]
			g := groupOf(t, in, "Conn", pillars, equalWeights(readASEM(t)))
			out := scoresOf(t, ag, g)
			sameColumn(t, limits+" "+data, out, want.Numbers(t, "score"))
			checkShares(t, limits+" "+data, ag, g, out)
			if given["min_share"] == nil {
				continue
			}
			shares := make([]float64, len(pillars))
			for u, s := range out {
				sharesOf(t, "shares", ag, g, u, s, shares)
				for i, v := range shares {
					if v < 0.05*s-1e-9 || v > 0.5*s+1e-9 {
						t.Errorf("%s of %s has the share %v in %v", pillars[i], g.Units[u], v, s)
					}
				}
			}
		}
	}
}

// By hand: A is better than B in both, than C in the first, and the second they
// share is even.
func TestOutrankingMatrix(t *testing.T) {
	m := OutrankingMatrix(&Group{
		Units: letters(4), W: []float64{3, 1, 0},
		X: [][]float64{{3, 2, 1, nan}, {5, 4, 5, nan}, {0, 9, 9, 9}},
	})
	for i, want := range [][]float64{{0, 1, 0.875, nan}, {0, 0, 0.75, nan}, {0.125, 0.25, 0, nan}, {nan, nan, nan, 0}} {
		sameColumn(t, fmt.Sprint("row ", i), m.Share[i], want)
	}
	if m.Dominant != 1 || math.Abs(m.Fraction-1./6) > 1e-15 {
		t.Errorf("%d pairs, %v", m.Dominant, m.Fraction)
	}
	if m := OutrankingMatrix(&Group{Units: letters(1), W: []float64{1}, X: [][]float64{{1}}}); m.Dominant != 0 || m.Fraction != 0 {
		t.Error("a unit alone dominates nobody")
	}
}
