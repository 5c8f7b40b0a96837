package network_test

import (
	"math"
	"slices"
	"testing"

	"mizan"
	"mizan/network"
	"mizan/stat"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d values, want %d", what, len(got), len(want))
		return
	}
	for i := range got {
		if math.Abs(got[i]-want[i]) > tolerance || math.IsNaN(got[i]) != math.IsNaN(want[i]) {
			t.Errorf("%s of node %d: %v, want %v", what, i+1, got[i], want[i])
		}
	}
}

// The measures that the National Science Foundation published with its matrix
// of joint AI articles: a link where there are 400 or more. Betweenness is
// published in whole numbers.
func TestPublishedByNSF(t *testing.T) {
	links, want := table(t, "testdata/nsf-links.csv"), table(t, "testdata/nsf-metrics.csv")
	units := slices.Sorted(slices.Values(want["unit"]))
	ties := mizan.Ties{}
	for i, w := range numbers(t, links["weight"]) {
		a, _ := slices.BinarySearch(units, links["a"][i])
		b, _ := slices.BinarySearch(units, links["b"][i])
		ties.Links = append(ties.Links, mizan.Tie{A: int32(a), B: int32(b), Weight: w})
	}
	ties.Sort()
	g := network.NewGraph(len(units), false, ties.Links, 400)
	ranks := func(x []float64) []float64 {
		out := make([]float64, len(x))
		for i := range x {
			x[i] = math.Round(x[i]*1e9) / 1e9 // equal but for rounding is equal
		}
		stat.RanksDown(out, x, stat.TiesMin)
		return out
	}
	inOrder := func(x []float64) []float64 {
		out := make([]float64, len(x))
		for i, u := range want["unit"] {
			at, _ := slices.BinarySearch(units, u)
			out[i] = x[at]
		}
		return out
	}
	if len(units) != 38 {
		t.Fatalf("%d countries, the publication has 38", len(units))
	}
	near(t, "degree", inOrder(g.Degree()), numbers(t, want["degree"]), 0)
	near(t, "strength", inOrder(g.Strength()), numbers(t, want["strength"]), 0)
	near(t, "betweenness", inOrder(g.Betweenness(false)), numbers(t, want["betweenness"]), 0.5)
	near(t, "rank by PageRank", inOrder(ranks(g.PageRank(network.Damping))), numbers(t, want["pagerank_rank"]), 0)
	near(t, "rank by closeness", inOrder(ranks(amongReached(g, g.Closeness(false)))), numbers(t, want["closeness_rank"]), 0)
	near(t, "rank by eigenvector", inOrder(ranks(g.Eigenvector())), numbers(t, want["eigenvector_rank"]), 0)
}

// amongReached takes off the share of the others that reach a node, which the
// publication leaves out: Czechia and Slovakia, tied to one another alone, come
// first there.
func amongReached(g *network.Graph, closeness []float64) []float64 {
	out := make([]float64, g.N)
	for i := range out {
		reached, queue := map[int]bool{i: true}, []int{i}
		for ; len(queue) > 0; queue = queue[1:] {
			for j := range g.N {
				if g.Weight(queue[0], j) > 0 && !reached[j] {
					reached[j] = true
					queue = append(queue, j)
				}
			}
		}
		out[i] = closeness[i] * float64(g.N-1) / float64(len(reached)-1)
	}
	return out
}

func TestAgainstNetworkX(t *testing.T) {
	for _, c := range []struct {
		name     string
		n        int
		directed bool
	}{{"karate", 34, false}, {"directed", 12, true}} {
		g := numbered(t, "testdata/"+c.name+".csv", c.n, c.directed)
		want := table(t, "testdata/"+c.name+"-networkx.csv")
		for name, got := range map[string][]float64{
			"betweenness": g.Betweenness(false), "betweenness_weighted": g.Betweenness(true),
			"closeness": g.Closeness(false), "closeness_weighted": g.Closeness(true),
			"pagerank": g.PageRank(network.Damping), "eigenvector": g.Eigenvector(),
		} {
			near(t, c.name+" "+name, got, numbers(t, want[name]), 1e-9)
		}
	}
}

// Worked by hand: a star of four, and a path of four whose middle link is
// strong.
func TestByHand(t *testing.T) {
	star := drawn(4, [3]float64{0, 1, 1}, [3]float64{0, 2, 1}, [3]float64{0, 3, 2})
	near(t, "degree", star.Degree(), []float64{3, 1, 1, 1}, 0)
	near(t, "strength", star.Strength(), []float64{4, 1, 1, 2}, 0)
	near(t, "betweenness", star.Betweenness(false), []float64{3, 0, 0, 0}, 0)
	near(t, "closeness", star.Closeness(false), []float64{1, 3. / 5, 3. / 5, 3. / 5}, 1e-15)
	// Distances 1/w: the centre is 1, 1 and 1/2 from the others.
	near(t, "weighted closeness", star.Closeness(true)[:1], []float64{3 / 2.5}, 1e-15)
	// lambda^2 = 1 + 1 + 4, so that a leaf has w/sqrt(6) of the centre.
	near(t, "eigenvector", star.Eigenvector(), []float64{1, 1 / math.Sqrt(6), 1 / math.Sqrt(6), 2 / math.Sqrt(6)}, 1e-9)
	if star.Links() != 3 || star.Total() != 4 || star.Density() != 0.5 || star.Weight(0, 3) != 2 || star.Weight(1, 2) != 0 {
		t.Errorf("links %d, total %v, density %v", star.Links(), star.Total(), star.Density())
	}
	// By weights 0-1 is 1 directly, and 1/3 + 2/3 by 2: both ways count. Written
	// as 1/3 + 1/1.5 the sum is not 1 to the last bit.
	round := drawn(3, [3]float64{0, 1, 1}, [3]float64{0, 2, 3}, [3]float64{1, 2, 1.5})
	near(t, "weighted betweenness", round.Betweenness(true), []float64{0, 0, 0.5}, 0)
	// Two nodes that point at each other, and one that points at the first:
	// p3 = 0.05, p1 = 0.05 + 0.85 (p2 + p3), p2 = 0.05 + 0.85 p1.
	two := mizan.Ties{Links: []mizan.Tie{{A: 0, B: 1, Weight: 5}, {A: 1, B: 0, Weight: 1}, {A: 2, B: 0, Weight: 9}}}
	p1 := (0.05 + 0.85*0.05 + 0.85*0.05) / (1 - 0.85*0.85)
	near(t, "PageRank", network.NewGraph(3, true, two.Links, 0).PageRank(0.85), []float64{p1, 0.05 + 0.85*p1, 0.05}, 1e-11)
}

func TestEmptyGraphs(t *testing.T) {
	nan := math.NaN()
	for _, n := range []int{0, 1, 2} {
		g := network.NewGraph(n, false, nil, 0)
		zeros, missing := make([]float64, n), slices.Repeat([]float64{nan}, n)
		near(t, "betweenness", g.Betweenness(true), zeros, 0)
		near(t, "eigenvector", g.Eigenvector(), missing, 0)
		if n < 2 && !math.IsNaN(g.Density()) {
			t.Errorf("the density of %d nodes is %v", n, g.Density())
		}
		if n == 1 {
			near(t, "closeness", g.Closeness(false), missing, 0)
		}
		if n == 2 {
			near(t, "closeness", g.Closeness(false), zeros, 0)
			near(t, "PageRank", g.PageRank(network.Damping), []float64{0.5, 0.5}, 1e-15)
		}
	}
	// A directed graph without a circle has no eigenvector centrality.
	way := network.NewGraph(2, true, []mizan.Tie{{A: 0, B: 1, Weight: 1}}, 0)
	near(t, "eigenvector", way.Eigenvector(), []float64{nan, nan}, 0)
}

// anyTies draws the links of a graph of n nodes, with a few equal weights.
func anyTies(t *rapid.T, n int) []mizan.Tie {
	ties := mizan.Ties{}
	for a := range n {
		for b := a + 1; b < n; b++ {
			if rapid.Bool().Draw(t, "linked") {
				ties.Links = append(ties.Links, mizan.Tie{A: int32(a), B: int32(b), Weight: float64(rapid.IntRange(1, 4).Draw(t, "weight"))})
			}
		}
	}
	return ties.Links
}

// What must hold of any graph: handshakes, the sum of betweenness over all
// nodes is the sum of (distance - 1) over pairs that are joined, PageRank adds
// up to 1, and renaming the nodes renames the results.
func TestAnyGraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(t, "n")
		ties := anyTies(t, n)
		g := network.NewGraph(n, false, ties, 0)
		if d := stat.Sum(g.Degree()); d != float64(2*g.Links()) || g.Links() != len(ties) {
			t.Fatalf("degrees add up to %v with %d links", d, g.Links())
		}
		if p := stat.Sum(g.PageRank(network.Damping)); math.Abs(p-1) > 1e-9 {
			t.Fatalf("PageRank adds up to %v", p)
		}
		inner := 0.0
		for s := range n {
			for _, d := range hops(g, s) {
				inner += max(0, d-1) / 2
			}
		}
		if b := stat.Sum(g.Betweenness(false)); math.Abs(b-inner) > 1e-9 {
			t.Fatalf("betweenness adds up to %v, want %v", b, inner)
		}
		order := rapid.Permutation(seq(n)).Draw(t, "order")
		moved := mizan.Ties{}
		for _, l := range ties {
			a, b := int32(order[l.A]), int32(order[l.B])
			moved.Links = append(moved.Links, mizan.Tie{A: min(a, b), B: max(a, b), Weight: l.Weight})
		}
		moved.Sort()
		h := network.NewGraph(n, false, moved.Links, 0)
		for name, of := range map[string]func(*network.Graph) []float64{
			"betweenness": func(g *network.Graph) []float64 { return g.Betweenness(true) },
			"closeness":   func(g *network.Graph) []float64 { return g.Closeness(true) },
			"PageRank":    func(g *network.Graph) []float64 { return g.PageRank(network.Damping) },
		} {
			x, y := of(g), of(h)
			for i := range x {
				if math.Abs(x[i]-y[order[i]]) > 1e-9 {
					t.Fatalf("%s of node %d is %v, renamed %v", name, i, x[i], y[order[i]])
				}
			}
		}
	})
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// hops are the distances in links from s by plain relaxation, 0 where there is
// no way.
func hops(g *network.Graph, s int) []float64 {
	d := make([]float64, g.N)
	for i := range d {
		d[i] = math.Inf(1)
	}
	d[s] = 0
	for range g.N {
		for i := range g.N {
			for j := range g.N {
				if g.Weight(i, j) > 0 {
					d[j] = min(d[j], d[i]+1)
				}
			}
		}
	}
	for i := range d {
		if math.IsInf(d[i], 1) {
			d[i] = 0
		}
	}
	return d
}

func TestMeasures(t *testing.T) {
	// 10 joint works of 50 and 20, of 1000 in all.
	want := map[string]float64{"association-strength": 10, "salton": 10 / math.Sqrt(1000), "jaccard": 10. / 60, "inclusion": 0.5}
	for _, m := range network.Measures() {
		near(t, m.Name, []float64{m.Value(10, 50, 20, 1000), m.Value(10, 0, 20, 1000), m.Value(10, math.NaN(), 20, 1000)}, []float64{want[m.Name], math.NaN(), math.NaN()}, 1e-12)
	}
	if len(want) != len(network.Measures()) {
		t.Error("a normalisation is not tested")
	}
}

// Perianes-Rodriguez, Waltman and van Eck: a work weighs one for each of its
// units. A work of three gives each pair a half, one of two gives its pair one.
func TestFractionalCounting(t *testing.T) {
	works := []mizan.Works{{Year: 2020, Units: []int32{0, 1, 2}, Number: 4}, {Year: 2020, Units: []int32{0, 1}, Number: 3}}
	ties := network.Fractional(works)
	g := network.NewGraph(3, false, ties, 0)
	near(t, "ties", []float64{g.Weight(0, 1), g.Weight(0, 2), g.Weight(1, 2)}, []float64{5, 2, 2}, 0)
	near(t, "strength is the number of works", g.Strength(), []float64{7, 7, 4}, 0)
}
