package network

import (
	"mizan"
)

// Graph is a weighted network on flat arrays. Nodes are 0 to N-1; arcs of a
// node stand in ascending order, so that sums are the same in every run.
type Graph struct {
	N        int
	Directed bool
	out, in  arcs // of an undirected graph the same
}

// arcs are the arcs of every node: those of node i are at start[i] to
// start[i+1].
type arcs struct {
	start  []int32
	to     []int32
	weight []float64
}

// of are the neighbours of a node and the weights of its arcs to them.
func (a *arcs) of(i int) (to []int32, weight []float64) {
	return a.to[a.start[i]:a.start[i+1]], a.weight[a.start[i]:a.start[i+1]]
}

// NewGraph makes a graph of n nodes from ties as mizan.Ties.Links holds them:
// each pair once, sorted. A tie counts as a link if its weight is above 0 and
// not below the threshold; ties with a node of n or more are passed over.
func NewGraph(n int, directed bool, ties []mizan.Tie, threshold float64) *Graph {
	g := &Graph{N: n, Directed: directed}
	counts := func(t mizan.Tie) bool {
		return t.Weight > 0 && t.Weight >= threshold && int(t.A) < n && int(t.B) < n && t.A != t.B
	}
	g.out = newArcs(n, ties, counts, true, !directed)
	g.in = g.out
	if directed {
		g.in = newArcs(n, ties, counts, false, true)
	}
	return g
}

// newArcs counts the arcs of each node, then fills them in. Since ties are
// sorted by A and B, arcs from A come in order of B, and those from B, filled
// before them, in order of A.
func newArcs(n int, ties []mizan.Tie, counts func(mizan.Tie) bool, forth, back bool) arcs {
	a := arcs{start: make([]int32, n+1)}
	for _, t := range ties {
		if !counts(t) {
			continue
		}
		if forth {
			a.start[t.A+1]++
		}
		if back {
			a.start[t.B+1]++
		}
	}
	for i := range n {
		a.start[i+1] += a.start[i]
	}
	a.to, a.weight = make([]int32, a.start[n]), make([]float64, a.start[n])
	next := append([]int32(nil), a.start[:n]...)
	add := func(from, to int32, w float64) {
		a.to[next[from]], a.weight[next[from]] = to, w
		next[from]++
	}
	if back {
		for _, t := range ties {
			if counts(t) {
				add(t.B, t.A, t.Weight)
			}
		}
	}
	if forth {
		for _, t := range ties {
			if counts(t) {
				add(t.A, t.B, t.Weight)
			}
		}
	}
	return a
}

// Links is how many links there are: pairs in an undirected graph, arcs in a
// directed one.
func (g *Graph) Links() int {
	if g.Directed {
		return len(g.out.to)
	}
	return len(g.out.to) / 2
}

// Total is the sum of the weights of all links, each once.
func (g *Graph) Total() float64 {
	sum := 0.0
	for _, s := range g.Strength() {
		sum += s
	}
	if g.Directed {
		return sum
	}
	return sum / 2
}

// Density is the share of the possible links that are there, from 0 to 1:
//
//	links / (n (n-1) / 2), directed links / (n (n-1))
//
// It is NaN below two nodes.
func (g *Graph) Density() float64 {
	possible := float64(g.N) * float64(g.N-1)
	if !g.Directed {
		possible /= 2
	}
	return ratio(float64(g.Links()), possible)
}

// Weight is the weight of the link from i to j, 0 if there is none.
func (g *Graph) Weight(i, j int) float64 {
	to, w := g.out.of(i)
	for k, t := range to {
		if int(t) == j {
			return w[k]
		}
	}
	return 0
}

// Degree is how many links each node has; in directed graphs those that lead
// from it.
func (g *Graph) Degree() []float64 { return degrees(&g.out, g.N) }

// InDegree is how many links lead to each node; in undirected graphs Degree.
func (g *Graph) InDegree() []float64 { return degrees(&g.in, g.N) }

func degrees(a *arcs, n int) []float64 {
	d := make([]float64, n)
	for i := range d {
		d[i] = float64(a.start[i+1] - a.start[i])
	}
	return d
}

// Strength is the sum of the weights of each node's links; in directed graphs
// of those that lead from it.
//
//	s_i = sum over j of w_ij
//
// Source: Barrat, Barthélemy, Pastor-Satorras and Vespignani (2004), The
// architecture of complex weighted networks.
func (g *Graph) Strength() []float64 { return strengths(&g.out, g.N) }

// InStrength is the sum of the weights of the links that lead to each node; in
// undirected graphs Strength.
func (g *Graph) InStrength() []float64 { return strengths(&g.in, g.N) }

func strengths(a *arcs, n int) []float64 {
	s := make([]float64, n)
	for i := range s {
		_, weights := a.of(i)
		for _, w := range weights {
			s[i] += w
		}
	}
	return s
}
