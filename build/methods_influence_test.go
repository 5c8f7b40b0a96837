package build

import (
	"math"
	"slices"
	"testing"

	"mizan/stat"

	"pgregory.net/rapid"
)

// optimised are the weights that COINr's get_opt_weights ended with.
func optimised(t *testing.T, file string, codes []string) []float64 {
	t.Helper()
	f := readFrame(t, "analysis/"+file+".csv")
	var w []float64
	for _, c := range codes {
		w = append(w, f.numbers(t, "Weight")[slices.Index(f.text["iCode"], c)])
	}
	return w
}

// influencesOf are the correlations of children with the parent that an
// aggregation makes with weights.
func influencesOf(t *testing.T, g *Group, a Aggregator, w []float64, by func(x, y []float64) float64) []float64 {
	t.Helper()
	h := *g
	h.W = w
	parent := scoresOf(t, a, &h)
	c := make([]float64, len(w))
	for i, x := range g.X {
		c[i] = by(x, parent)
	}
	return c
}

// unequal is the mean square of the differences between shares of influence and
// equal shares, which COINr's objective is the logarithm of.
func unequal(c []float64) float64 {
	gap := 0.0
	for _, v := range rescaled(c) {
		d := v - 1/float64(len(c))
		gap += d * d / float64(len(c))
	}
	return gap
}

// subIndices is the top of the ASEM example above its components: the mean of
// two sub-indices, each the weighted mean of its components. COINr weighs
// components by their correlations with this top.
type subIndices struct{ first int } // components of the first sub-index

func (s subIndices) Aggregate(g *Group, out []float64) error {
	clear(out)
	for _, part := range [][2]int{{0, s.first}, {s.first, len(g.X)}} {
		sub := &Group{X: g.X[part[0]:part[1]], W: g.W[part[0]:part[1]], Units: g.Units}
		mean := make([]float64, len(out))
		if err := (arithmetic{}).Aggregate(sub, mean); err != nil {
			return err
		}
		for u, v := range mean {
			out[u] += v / 2
		}
	}
	return nil
}

// COINr's searches for equal influence, and for the greatest sum of influences,
// compared by what they reach: ours gets at least as near. (Of unequal targets
// COINr mistakes which is whose, and its weights become negative: there is
// nothing to compare.)
func TestOracleInfluence(t *testing.T) {
	if !hasOracle(t) {
		return
	}
	in := readFrame(t, "pipeline/07_Aggregated.csv")
	ones := func(codes []string) map[string]float64 {
		m := map[string]float64{}
		for _, c := range codes {
			m[c] = 1
		}
		return m
	}
	subs := []string{"Conn", "Sust"}
	components := []string{"ConEcFin", "Instit", "P2P", "Physical", "Political", "Environ", "Social", "SusEcFin"}
	for _, tt := range []struct {
		file, method, measure string
		codes                 []string
		parent                Aggregator
		worse                 func(c []float64) float64
	}{
		{"optw_equal_L3_default_weights", "equal-influence", byCorrelation, subs, arithmetic{}, unequal},
		{"optw_equal_L3_tol1e8_weights", "equal-influence", byCorrelation, subs, arithmetic{}, unequal},
		{"optw_equal_L3_spearman_weights", "equal-influence", byRanks, subs, arithmetic{}, unequal},
		{"optw_equal_L2_default_weights", "equal-influence", byCorrelation, components, subIndices{5}, unequal},
		{"optw_infomax_L2_tol1e6_weights", "infomax", byCorrelation, components, subIndices{5}, func(c []float64) float64 { return -stat.Sum(c) }},
	} {
		by := stat.Pearson
		if tt.measure == byRanks {
			by = stat.Spearman
		}
		g := in.group(t, "Index", tt.codes, ones(tt.codes))
		g.Aggregator = tt.parent
		w, err := weigher(t, tt.method, map[string]any{"measure": tt.measure}).Weigh(g)
		if err != nil {
			t.Fatal(err)
		}
		theirs := optimised(t, tt.file, tt.codes)
		ours, reached := tt.worse(influencesOf(t, g, tt.parent, w, by)), tt.worse(influencesOf(t, g, tt.parent, theirs, by))
		if !(ours <= reached) || slices.Min(w) < 0 {
			t.Errorf("%s: %v at %v, COINr has %v at %v", tt.file, ours, w, reached, theirs)
		}
		if tt.codes[0] == "Conn" && math.Abs(w[0]-theirs[0]) > 0.02 {
			t.Errorf("%s: the first weight is %v, COINr's %v", tt.file, w[0], theirs[0])
		}
	}
}

// For correlations with an arithmetic mean without gaps the sum of influences is
// 1'Rv / sqrt(v'Rv), v the weights times standard deviations, R the matrix of
// correlations. By the inequality of Cauchy and Schwarz it is greatest, at
// sqrt(1'R1), where all v are the same.
func TestInfomaxClosedForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := complete(t)
		r, _ := stat.Correlations(g.X)
		sum := 0.0
		var want []float64
		for i, x := range g.X {
			want = append(want, 1/stat.SD(x))
			sum += stat.Sum(r[i])
		}
		w, learnt, err := weigher(tb(t), "infomax", map[string]any{}).(Learner).Learn(g)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range rescaled(want) {
			if math.Abs(w[i]-v) > 1e-6 {
				t.Fatalf("weights %v, want %v", w, rescaled(want))
			}
		}
		if learnt[0].Name != "sum of influences" || math.Abs(learnt[0].Value-math.Sqrt(sum)) > 1e-9 {
			t.Fatalf("%v, want %v", learnt[0], math.Sqrt(sum))
		}
	})
}

// Where there is no closed form none of the weights nearby tell more, and what
// is told of the influences is what the weights bring about.
func TestInfomaxIsGreatest(t *testing.T) {
	for _, mean := range []string{"geometric-mean", "harmonic-mean", "minimum", "median"} {
		for _, measure := range measureOption.Choices {
			rapid.Check(t, func(t *rapid.T) {
				g := complete(t)
				for i := range g.X {
					for u := range g.X[i] {
						g.X[i][u]++
					}
				}
				g.Aggregator = aggregator(tb(t), mean, map[string]any{})
				w, learnt, err := infomax{measure}.Learn(g)
				if err != nil {
					t.Fatal(err)
				}
				p := newInfluences(g, measure)
				total := func(part []float64) float64 {
					c, err := p.influence(p.weights(rescaled(part)))
					if err != nil {
						t.Fatal(err)
					}
					return stat.Sum(c)
				}
				part := make([]float64, len(w))
				for i := range w {
					part[i] = w[i] * p.sd[i]
				}
				if got := total(part); math.Abs(got-learnt[0].Value) > 1e-12 {
					t.Fatalf("the sum is %v, and said to be %v", got, learnt[0].Value)
				}
				for i := range part {
					for _, d := range []float64{-0.01, 0.01} {
						next := rescaled(part)
						next[i] = math.Max(0, next[i]+d)
						if got := total(next); got > learnt[0].Value+1e-8 {
							t.Fatalf("%s, %s: the sum is %v at %v, and %v with part %d changed by %v", mean, measure, learnt[0].Value, w, got, i, d)
						}
					}
				}
			})
		}
	}
}
