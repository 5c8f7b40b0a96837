package oracle_test

import (
	"math"
	"strconv"
	"testing"

	"mizan/build"
	"mizan/internal/oracle"
	"mizan/stat"
	"mizan/uncertainty"
)

// twister is R's generator of random numbers, the Mersenne Twister of
// Matsumoto and Nishimura (1998), seeded as R's set.seed does.
type twister struct {
	state [624]uint32
	at    int
}

func newTwister(seed uint32) *twister {
	for range 50 {
		seed = 69069*seed + 1
	}
	t := &twister{at: 624}
	for i := range 625 {
		seed = 69069*seed + 1
		if i > 0 { // the first is the position, which R sets to the end
			t.state[i-1] = seed
		}
	}
	return t
}

// uniform is R's runif.
func (t *twister) uniform() float64 {
	if t.at == 624 {
		for i := range t.state {
			y := t.state[i]&0x80000000 | t.state[(i+1)%624]&0x7fffffff
			t.state[i] = t.state[(i+397)%624] ^ y>>1
			if y&1 == 1 {
				t.state[i] ^= 0x9908b0df
			}
		}
		t.at = 0
	}
	y := t.state[t.at]
	t.at++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	y ^= y >> 18
	return float64(y) * 2.3283064365386963e-10
}

// matrix fills rows x columns column by column, as R does.
func (t *twister) matrix(rows, columns int) [][]float64 {
	m := make([][]float64, rows)
	for i := range m {
		m[i] = make([]float64, columns)
	}
	for j := range columns {
		for i := range rows {
			m[i][j] = t.uniform()
		}
	}
	return m
}

func draws() []entry {
	const drawn = "drawn by R's generator, which the test computes; Mizan draws from streams of its own"
	const told = "`uncertainty`: max_points 1 to 5; min-max or z-score; weights of levels 2 and 3 ± 25 %; arithmetic or geometric mean"
	const chosen = "the draws are those that COINr made of its sample"
	return []entry{
		{file: "sensitivity/R_runif_seed42.csv", verdict: matched, how: "R's Mersenne Twister, in the test", why: drawn, compare: func(c *comparison) {
			r := newTwister(42)
			for i, u := range oracle.Read(c.T, "sensitivity/R_runif_seed42.csv").Numbers(c.T, "u") {
				c.same(r.uniform(), u, i)
			}
		}},
		{file: "sensitivity/UA_sample.csv", verdict: matched, how: "R's Mersenne Twister, in the test", why: drawn, compare: func(c *comparison) {
			m := newTwister(1).matrix(100, 4)
			for i, row := range oracle.Read(c.T, "sensitivity/UA_sample.csv").Rows {
				for j := range m[i] {
					c.same(m[i][j], oracle.Number(c.T, row["V"+strconv.Itoa(j+1)]), i, j)
				}
			}
		}},
		{
			file: "sensitivity/UA_alternative_index.csv", verdict: differs, how: "the choice of u among m is the whole part of u m",
			why: "COINr's fault 17: it cuts the range of what happened to be drawn into m bins, not 0 to 1", compare: alternatives,
		},
		{file: "sensitivity/noisy_weights_seed100.csv", verdict: matched, how: told, why: "the weights of each draw, from R's numbers", compare: noisyWeights},
		{file: "sensitivity/UA_Nominal.csv", verdict: matched, how: "the build without draws", compare: nominal},
		{file: "sensitivity/UA_Scores.csv", verdict: matched, how: told, why: chosen, compare: func(c *comparison) { c.drawn("sensitivity/UA_Scores.csv", false) }},
		{file: "sensitivity/UA_Ranks.csv", verdict: matched, how: told, why: chosen, compare: func(c *comparison) { c.drawn("sensitivity/UA_Ranks.csv", true) }},
		{file: "sensitivity/UA_RankStats.csv", verdict: matched, how: told + "; `stat.Mean`, `stat.Quantile`", why: chosen, compare: rankStatistics},
		{file: "sensitivity/estimator_ishigami.csv", verdict: matched, how: "the plan of `stat.Saltelli`", why: drawn, compare: ishigami},
		{file: "sensitivity/estimator_ishigami_indices.csv", verdict: matched, how: "`stat.SobolSums`, centre 0", compare: ishigamiIndices},
	}
}

// alternatives compares how a number chooses. COINr's own rule, on the same
// numbers, gives its file.
func alternatives(c *comparison) {
	sample, rows := newTwister(1).matrix(100, 4), oracle.Read(c.T, "sensitivity/UA_alternative_index.csv").Rows
	for j, a := range []struct {
		name string
		of   float64
	}{{"Winmax", 5}, {"Normalisation", 2}, {"Weights", 100}, {"Aggregation", 2}} {
		column := make([]float64, len(sample))
		for i := range sample {
			column[i] = sample[i][j]
		}
		low, high := stat.MinMax(column)
		for i, row := range rows {
			want := oracle.Number(c.T, row[a.name])
			c.same(math.Floor(column[i]*a.of)+1, want, i, a.name)
			bin := math.Min(a.of, math.Max(1, math.Ceil((column[i]-low)/(high-low)*a.of)))
			c.right(bin, want, i, a.name, "by COINr's rule")
		}
	}
}

// model is the specification of COINr's analysis.
func (c *comparison) model() *uncertainty.Model {
	c.Helper()
	r := c.builds.build(c.T, asem, with(treated, "uncertainty={vary: ["+
		"{choose: build.treat.max_points, from: [1, 2, 3, 4, 5]}, "+
		"{choose: build.normalise, from: [{method: min-max, to: [1, 100]}, {method: z-score, mean: 10, sd: 2}]}, "+
		"{weights: {spread: 0.25, levels: [2, 3]}}, "+
		"{choose: build.aggregate, from: [arithmetic-mean, geometric-mean]}]}")...)
	m, err := uncertainty.New(r.Spec, r.Panel, r.Result, uncertainty.Options{})
	if err != nil {
		c.Fatal(err)
	}
	return m
}

// noise is the uniform numbers of each of COINr's 100 sets of weights, by code:
// one after another, levels in order, codes in the order of the weights.
func noise(t testing.TB) []map[string]float64 {
	t.Helper()
	var codes []string
	for _, level := range []string{"2", "3"} {
		for _, row := range oracle.Read(t, "pipeline/00_Weights_Original.csv").Rows {
			if row["Level"] == level {
				codes = append(codes, row["iCode"])
			}
		}
	}
	r := newTwister(100)
	sets := make([]map[string]float64, 100)
	for k := range sets {
		sets[k] = map[string]float64{}
		for _, code := range codes {
			sets[k][code] = r.uniform()
		}
	}
	return sets
}

// inputs are the numbers of a draw: the middle of the bin of each choice, and
// the noise of the weights.
func point(m *uncertainty.Model, row map[string]float64, weights map[string]float64) []float64 {
	var u []float64
	names := []string{"Winmax", "Normalisation", "", "Aggregation"}
	for _, in := range m.Inputs() {
		if in.Choices > 0 {
			u = append(u, (row[names[in.Factor]]-0.5)/float64(in.Choices))
		} else {
			u = append(u, weights[in.Code])
		}
	}
	return u
}

func noisyWeights(c *comparison) {
	m, sets := c.model(), noise(c.T)
	at := map[string]int{}
	for i, n := range m.Base().Nodes {
		at[n.Code] = i
	}
	nominal := map[string]float64{"Winmax": 5, "Normalisation": 1, "Aggregation": 1}
	weights := make([][]float64, len(sets))
	for k, set := range sets {
		var d build.Draw
		if err := m.At(point(m, nominal, set), &d); err != nil {
			c.Fatal(err)
		}
		weights[k] = append([]float64(nil), d.Weights...)
	}
	for _, row := range oracle.Read(c.T, "sensitivity/noisy_weights_seed100.csv").Rows {
		k := int(oracle.Number(c.T, row["rep"])) - 1
		c.same(weights[k][at[row["iCode"]]], oracle.Number(c.T, row["Weight"]), k, row["iCode"])
	}
}

func nominal(c *comparison) {
	r := c.builds.build(c.T, asem, treated...)
	top := r.Scores.Code(r.Top())
	want := oracle.Read(c.T, "sensitivity/UA_Nominal.csv")
	for u, unit := range r.Result.Units {
		c.same(r.Scores.At(0, top, u), valueOf(c.T, want, unit, "Score"), unit)
		c.same(r.Ranks.At(0, top, u), valueOf(c.T, want, unit, "Rank"), unit, "rank")
	}
}

// runs are the scores and ranks of the 100 draws, by draw and unit.
func (c *comparison) runs() (m *uncertainty.Model, scores [][]float64, ranks [][]int32) {
	c.Helper()
	m = c.model()
	sets := noise(c.T)
	for _, row := range oracle.Read(c.T, "sensitivity/UA_alternative_index.csv").Rows {
		choice := map[string]float64{}
		for name, text := range row {
			choice[name] = oracle.Number(c.T, text)
		}
		u := point(m, choice, sets[int(choice["Weights"])-1])
		s, err := m.Scores(u)
		if err != nil {
			c.Fatal(err)
		}
		r, err := m.Ranks(u)
		if err != nil {
			c.Fatal(err)
		}
		scores, ranks = append(scores, append([]float64(nil), s...)), append(ranks, append([]int32(nil), r...))
	}
	return m, scores, ranks
}

func (c *comparison) drawn(file string, ranked bool) {
	m, scores, ranks := c.runs()
	want := oracle.Read(c.T, file)
	for u, unit := range m.Units() {
		for k := range scores {
			got := scores[k][u]
			if ranked {
				got = float64(ranks[k][u])
			}
			c.same(got, valueOf(c.T, want, unit, "r_"+strconv.Itoa(k+1)), unit, k)
		}
	}
}

func rankStatistics(c *comparison) {
	m, _, ranks := c.runs()
	want := oracle.Read(c.T, "sensitivity/UA_RankStats.csv")
	for u, unit := range m.Units() {
		x := make([]float64, len(ranks))
		for k := range ranks {
			x[k] = float64(ranks[k][u])
		}
		c.same(float64(m.Reference()[u]), valueOf(c.T, want, unit, "Nominal"), unit, "nominal")
		for name, got := range map[string]float64{"Mean": stat.Mean(x), "Median": stat.Median(x), "Q5": stat.Quantile(x, 0.05), "Q95": stat.Quantile(x, 0.95)} {
			c.same(got, valueOf(c.T, want, unit, name), unit, name)
		}
	}
}

// ishigamiPlan is the sample of R's numbers by the plan of Saltelli: the rows
// of A, those of B, and A with one column of B.
func ishigamiPlan(t testing.TB) (rows [][]float64, y []float64) {
	t.Helper()
	const n, d = 1000, 3
	ab := newTwister(3).matrix(n, 2*d)
	plan, err := stat.NewSaltelli([]int{0, 1, 2}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i := range ab {
		rows = append(rows, ab[i][:d])
	}
	for i := range ab {
		rows = append(rows, ab[i][d:])
	}
	for factor := range d {
		for i := range ab {
			mixed := make([]float64, d)
			plan.Mix(mixed, ab[i][:d], ab[i][d:], factor)
			rows = append(rows, mixed)
		}
	}
	for _, x := range rows {
		var z [d]float64
		for j := range z {
			z[j] = x[j]*2*math.Pi - math.Pi
		}
		y = append(y, math.Sin(z[0])+7*math.Pow(math.Sin(z[1]), 2)+0.1*math.Pow(z[2], 4)*math.Sin(z[0]))
	}
	return rows, y
}

func ishigami(c *comparison) {
	rows, y := ishigamiPlan(c.T)
	for i, row := range oracle.Read(c.T, "sensitivity/estimator_ishigami.csv").Rows {
		for j := range rows[i] {
			c.same(rows[i][j], oracle.Number(c.T, row["X"+strconv.Itoa(j+1)]), i, j)
		}
		c.same(y[i], oracle.Number(c.T, row["y"]), i, "y")
	}
}

func ishigamiIndices(c *comparison) {
	_, y := ishigamiPlan(c.T)
	const n, d = 1000, 3
	s := stat.NewSobolSums(d, 1)
	for i := range n {
		s.AddBase(y[i:i+1], y[n+i:n+i+1])
		for f := range d {
			at := (2+f)*n + i
			s.AddFactor(f, y[i:i+1], y[n+i:n+i+1], y[at:at+1])
		}
	}
	for f, row := range oracle.Read(c.T, "sensitivity/estimator_ishigami_indices.csv").Rows {
		first, total := s.Indices(f, 0, 0)
		c.same(first, oracle.Number(c.T, row["Si"]), row["Variable"], "first")
		c.same(total, oracle.Number(c.T, row["STi"]), row["Variable"], "total")
		c.same(s.Variance(0), oracle.Number(c.T, row["Variance"]), row["Variable"], "variance")
	}
}
