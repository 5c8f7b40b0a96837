package oracle_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan/stat"
)

// optimalWeights are weights by search. The manifest says to compare what is
// reached, not where: the objective.
func optimalWeights() []entry {
	return []entry{
		{
			file: "analysis/optw_equal_L3_default_weights.csv", verdict: excepted, how: shown("build.weights=equal-influence"),
			why: searched + "; here the objective is smaller", compare: func(c *comparison) { c.nearer("default") },
		},
		{
			file: "analysis/optw_equal_L3_tol1e8_weights.csv", verdict: matched, how: shown("build.weights=equal-influence") + " of the two sub-indices",
			compare: func(c *comparison) { c.sameOptimum("analysis/optw_equal_L3_tol1e8_weights.csv") },
		},
		{file: "analysis/optw_equal_L3_spearman_weights.csv", verdict: excepted, why: searched + "; Mizan's influence is not measured by ranks"},
		{file: "analysis/optw_equal_L2_default_weights.csv", verdict: excepted, why: searched + "; Mizan seeks the influence on the parent, not on the top"},
		{file: "analysis/optw_infomax_L2_tol1e6_weights.csv", verdict: excepted, why: searched + "; Mizan has no such search"},
		{
			file: "analysis/optw_unequal_L2_tol1e6_result.csv", verdict: excepted,
			why: searched + "; and COINr's faults 3 and 4: the targets go to the wrong components, and what it says to have reached is where it looked last",
		},
	}
}

const searched = "weights by search: the manifest says to compare what is reached"

// influence is the part of each child in the sum of the correlations with the
// weighted mean.
func influence(x [][]float64, w []float64, by func(x, y []float64) float64) []float64 {
	mean := make([]float64, len(x[0]))
	for u := range mean {
		for i := range x {
			mean[u] += w[i] * x[i][u]
		}
	}
	parts, sum := make([]float64, len(x)), 0.0
	for i := range x {
		parts[i] = by(x[i], mean)
		sum += parts[i]
	}
	for i := range parts {
		parts[i] /= sum
	}
	return parts
}

// gap is COINr's objective: the mean squared distance from equal parts.
func gap(parts []float64) float64 {
	sum := 0.0
	for _, p := range parts {
		sum += math.Pow(p-1/float64(len(parts)), 2)
	}
	return sum / float64(len(parts))
}

// nearer says that our weights of the two sub-indices bring their influence
// nearer to equal than COINr's.
func (c *comparison) nearer(name string) {
	r := c.oracle.build(c.T, asem, treated...)
	children := []string{"Conn", "Sust"}
	x := columns(r.Scores, children)
	theirs, ours := weightsIn(c.T, "analysis/optw_equal_L3_"+name+"_weights.csv", children), c.learnt(children, x)
	a, b := gap(influence(x, ours, stat.Pearson)), gap(influence(x, theirs, stat.Pearson))
	c.Logf("objective %.3g, COINr %.3g; weights %v, COINr %v", a, b, ours, theirs)
	c.values++
	if a > b+1e-20 {
		c.miss(fmt.Sprintf("objective %v, COINr %v", a, b))
		c.Error("COINr's weights are nearer")
	}
}

// sameOptimum compares the weights that were found, and those of the other
// levels, which stay as they are declared.
func (c *comparison) sameOptimum(file string) {
	r := c.oracle.build(c.T, asem, treated...)
	children := []string{"Conn", "Sust"}
	w := c.learnt(children, columns(r.Scores, children))
	for _, row := range read(c.T, file).rows {
		got := r.Node(row["iCode"]).Weight
		if i := slices.Index(children, row["iCode"]); i >= 0 {
			got = w[i] / (w[0] + w[1])
		}
		c.same(got, figure(c.T, row["Weight"]), row["iCode"])
	}
}

// learnt are the weights that a method of weighting finds for children.
func (c *comparison) learnt(children []string, x [][]float64) []float64 {
	c.Helper()
	table := "unit," + strings.Join(children, ",")
	for u := range x[0] {
		table += fmt.Sprintf("\nu%03d", u)
		for i := range x {
			table += fmt.Sprintf(",%v", x[i][u])
		}
	}
	r, err := small(c.T, table, "build.weights=equal-influence")
	if err != nil {
		c.Fatal(err)
	}
	var w []float64
	for _, code := range children {
		w = append(w, r.Node(code).Weight)
	}
	return w
}

func weightsIn(t testing.TB, file string, codes []string) []float64 {
	t.Helper()
	of := map[string]float64{}
	for _, row := range read(t, file).rows {
		of[row["iCode"]] = figure(t, row["Weight"])
	}
	var w []float64
	for _, code := range codes {
		w = append(w, of[code])
	}
	return w
}
