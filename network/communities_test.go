package network_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"mizan"
	"mizan/network"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"
	"pgregory.net/rapid"
)

// unweighted is Zachary's club, as the literature divides it: who met whom.
func unweighted(t testing.TB) *network.Graph {
	t.Helper()
	c := table(t, "testdata/karate.csv")
	a, b := numbers(t, c["a"]), numbers(t, c["b"])
	links := mizan.Ties{}
	for i := range a {
		links.Links = append(links.Links, mizan.Tie{A: int32(a[i]) - 1, B: int32(b[i]) - 1, Weight: 1})
	}
	links.Sort()
	return network.NewGraph(34, false, links.Links, 0)
}

// The best division of the karate club has the modularity 0.4198 (Brandes et
// al. 2008, On modularity clustering); igraph 0.10.2 finds it by exhausting all.
// That of the two clubs it broke into is by NetworkX 2.8.8: as members went, and
// with member 9 in the faction that he had been of.
func TestKarateClub(t *testing.T) {
	g := unweighted(t)
	of, q, stability := g.Louvain(1, 1, 50)
	if math.Abs(q-0.4197896) > 1e-7 {
		t.Errorf("modularity %v, the best is 0.4197896", q)
	}
	if n := slices.Max(of) + 1; n != 4 {
		t.Errorf("%d communities, the best division has 4", n)
	}
	if math.IsNaN(stability) || stability <= 0 || stability > 1 {
		t.Errorf("stability %v", stability)
	}
	factions := make([]int, 34)
	for i := range factions {
		factions[i] = 1
	}
	for _, i := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21} {
		factions[i] = 0
	}
	near(t, "modularity of the factions", []float64{g.Modularity(factions, 1)}, []float64{0.3582347140039448}, 1e-12)
	factions[8] = 1
	near(t, "modularity of the factions, with member 9", []float64{g.Modularity(factions, 1)}, []float64{0.37146614069691}, 1e-12)
	weighted := numbered(t, "testdata/karate.csv", 34, false)
	factions[8] = 0
	near(t, "modularity of the factions by weight", []float64{weighted.Modularity(factions, 1)}, []float64{0.39143756676224206}, 1e-12)
}

// By hand: two triangles joined by a link. All seven links weigh 1, so W = 14;
// each triangle has arcs of 6 within and strength 7.
func TestTwoTriangles(t *testing.T) {
	g := drawn(7, [3]float64{0, 1, 1}, [3]float64{0, 2, 1}, [3]float64{1, 2, 1}, [3]float64{2, 3, 1}, [3]float64{3, 4, 1}, [3]float64{3, 5, 1}, [3]float64{4, 5, 1})
	of, q, stability := g.Louvain(1, 7, 10)
	if !slices.Equal(of, []int{0, 0, 0, 1, 1, 1, -1}) {
		t.Errorf("%v", of)
	}
	near(t, "modularity, stability", []float64{q, stability}, []float64{12./14 - 0.5, 1}, 1e-15)
	near(t, "with resolution 2", []float64{g.Modularity(of, 2)}, []float64{12./14 - 1}, 1e-15)
	// A resolution near 0 makes one community, a large one many.
	one, _, _ := g.Louvain(0.01, 7, 3)
	many, _, _ := g.Louvain(9, 7, 3)
	if slices.Max(one) != 0 || slices.Max(many) != 5 {
		t.Errorf("%v %v", one, many)
	}
	if _, q, s := network.NewGraph(3, false, nil, 0).Louvain(1, 1, 2); !math.IsNaN(q) || !math.IsNaN(s) {
		t.Errorf("without links there is nothing to divide: %v %v", q, s)
	}
}

// Hubert and Arabie's example has no published figure for the index; these are
// worked by hand. {0,1,2}{3,4,5} against {0,1}{2,3}{4,5}: together in both are
// 0-1 and 4-5, S=2, A=6, B=3, E=18/15.
func TestAdjustedRand(t *testing.T) {
	a := []int{0, 0, 0, 1, 1, 1, -1}
	for _, c := range []struct {
		b    []int
		want float64
	}{
		{[]int{5, 5, 5, 2, 2, 2, 0}, 1},
		{[]int{0, 0, 1, 1, 2, 2, 2}, (2 - 1.2) / (4.5 - 1.2)},
		{[]int{0, 0, 0, 0, 0, 0, 0}, 0},
	} {
		near(t, "adjusted Rand", []float64{network.AdjustedRand(a, c.b), network.AdjustedRand(c.b, a)}, []float64{c.want, c.want}, 1e-15)
	}
	if v := network.AdjustedRand([]int{0, 0}, []int{1, 1}); !math.IsNaN(v) {
		t.Errorf("two trivial divisions agree on nothing, found %v", v)
	}
}

// Gonum's Louvain method, begun as often, finds no better division of the real
// networks, and gives ours the same modularity.
func TestLouvainAgainstGonum(t *testing.T) {
	for _, c := range []struct {
		file, year string
		directed   bool
	}{{"ai-articles", "2023", false}, {"ai-articles", "2015", false}, {"github", "2024", true}} {
		g := realGraph(t, c.file, c.year, c.directed)
		var h graph.Graph
		var set func(a, b int, w float64)
		if c.directed {
			d := simple.NewWeightedDirectedGraph(0, 0)
			set = func(a, b int, w float64) { d.SetWeightedEdge(d.NewWeightedEdge(simple.Node(a), simple.Node(b), w)) }
			h = d
		} else {
			u := simple.NewWeightedUndirectedGraph(0, 0)
			set = func(a, b int, w float64) { u.SetWeightedEdge(u.NewWeightedEdge(simple.Node(a), simple.Node(b), w)) }
			h = u
		}
		for i := range g.N {
			for j := range g.N {
				if w := g.Weight(i, j); w > 0 {
					set(i, j, w)
				}
			}
		}
		of, q, _ := g.Louvain(1, 1, 50)
		division := make([][]graph.Node, slices.Max(of)+1)
		for i, k := range of {
			if k >= 0 {
				division[k] = append(division[k], simple.Node(i))
			}
		}
		near(t, c.file+": modularity by gonum", []float64{q}, []float64{community.Q(h, division, 1)}, 1e-12)
		for k := range uint64(20) {
			if theirs := community.Q(h, community.Modularize(h, 1, rand.NewPCG(k, 1)).Communities(), 1); theirs > q+1e-9 {
				t.Errorf("%s %s: modularity %v, gonum finds %v", c.file, c.year, q, theirs)
			}
		}
	}
}

// realGraph is the network of one year of a table of the AI race, all its units.
func realGraph(t testing.TB, file, year string, directed bool) *network.Graph {
	t.Helper()
	c := table(t, "../projects/ai-race/data/ties/"+file+".csv")
	units := slices.Compact(slices.Sorted(slices.Values(slices.Concat(c["a"], c["b"]))))
	ties := mizan.Ties{}
	for i, w := range numbers(t, c["weight"]) {
		if c["year"][i] == year {
			a, _ := slices.BinarySearch(units, c["a"][i])
			b, _ := slices.BinarySearch(units, c["b"][i])
			ties.Links = append(ties.Links, mizan.Tie{A: int32(a), B: int32(b), Weight: w})
		}
	}
	ties.Sort()
	return network.NewGraph(len(units), directed, ties.Links, 0)
}

// What must hold of any division: no node moved alone to the community of a
// neighbour makes the modularity grow, and equal divisions agree fully.
func TestAnyDivision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(t, "n")
		g := network.NewGraph(n, false, anyTies(t, n), 0)
		if g.Links() == 0 {
			return
		}
		of, q, _ := g.Louvain(1, rapid.Uint64().Draw(t, "seed"), 3)
		near := math.Abs(q - g.Modularity(of, 1))
		if near > 1e-12 || q < -1e-12 || q >= 1 {
			t.Fatalf("modularity %v, of the division %v", q, g.Modularity(of, 1))
		}
		alone := seq(n)
		if apart := g.Modularity(alone, 1); apart > q+1e-12 {
			t.Fatalf("all apart the modularity is %v, divided %v", apart, q)
		}
		if r := network.AdjustedRand(of, of); !math.IsNaN(r) && r != 1 {
			t.Fatalf("a division agrees with itself by %v", r)
		}
	})
}
