package network

import (
	"math"
)

// paths walks the shortest paths from one node after another. Its arrays are
// reused.
type paths struct {
	g        *Graph
	weighted bool
	arcs     *arcs // that are walked
	distance []float64
	count    []float64 // shortest paths to each node
	before   [][]int32 // the nodes that come last before each on them
	order    []int32   // nodes as they were reached, the nearest first
	done     []bool
	queue    heap
}

func newPaths(g *Graph, a *arcs, weighted bool) *paths {
	return &paths{
		g: g, weighted: weighted, arcs: a,
		distance: make([]float64, g.N), count: make([]float64, g.N), before: make([][]int32, g.N),
		order: make([]int32, 0, g.N), done: make([]bool, g.N),
	}
}

// same reports whether two lengths of paths are equal but for rounding. Lengths
// are sums of reciprocals, so that 1/3 + 1/6 and 1/2 would differ else.
func same(a, b float64) bool { return math.Abs(a-b) <= 1e-12*min(a, b) }

// from finds the shortest paths from a node to all others. The length of a link
// is 1, or 1/weight: strong ties are short.
func (p *paths) from(source int) {
	for i := range p.distance {
		p.distance[i], p.count[i], p.before[i], p.done[i] = math.Inf(1), 0, p.before[i][:0], false
	}
	p.order = p.order[:0]
	p.distance[source], p.count[source] = 0, 1
	if !p.weighted {
		p.byLinks(source)
		return
	}
	p.queue.add(0, int32(source))
	for len(p.queue) > 0 {
		v := p.queue.take().node
		if p.done[v] {
			continue
		}
		p.done[v] = true
		p.order = append(p.order, v)
		to, weights := p.arcs.of(int(v))
		for k, w := range to {
			p.reach(v, w, p.distance[v]+1/weights[k])
		}
	}
}

// reach takes up a path of length d to w by v.
func (p *paths) reach(v, w int32, d float64) {
	switch {
	case p.done[w]:
	case same(d, p.distance[w]):
		p.count[w] += p.count[v]
		p.before[w] = append(p.before[w], v)
	case d < p.distance[w]:
		p.distance[w], p.count[w] = d, p.count[v]
		p.before[w] = append(p.before[w][:0], v)
		p.queue.add(d, w)
	}
}

// byLinks finds the paths with the fewest links, breadth first.
func (p *paths) byLinks(source int) {
	p.order = append(p.order, int32(source))
	for at := 0; at < len(p.order); at++ {
		v := p.order[at]
		to, _ := p.arcs.of(int(v))
		for _, w := range to {
			if math.IsInf(p.distance[w], 1) {
				p.distance[w] = p.distance[v] + 1
				p.order = append(p.order, w)
			}
			if p.distance[w] == p.distance[v]+1 {
				p.count[w] += p.count[v]
				p.before[w] = append(p.before[w], v)
			}
		}
	}
}

// Betweenness is how often each node lies between two others:
//
//	b_i = sum over pairs s, t of (shortest paths from s to t by i) / (all shortest paths from s to t)
//
// each pair once in undirected graphs, ordered pairs in directed ones. With
// weighted the length of a link is 1/weight, else 1. Pairs without a path count
// nothing. It is not divided by the number of pairs.
//
// Source: Freeman (1977), A set of measures of centrality based on betweenness;
// Brandes (2001), A faster algorithm for betweenness centrality; lengths as
// Newman (2001), Scientific collaboration networks II.
func (g *Graph) Betweenness(weighted bool) []float64 {
	p := newPaths(g, &g.out, weighted)
	between, share := make([]float64, g.N), make([]float64, g.N)
	for s := range g.N {
		p.from(s)
		clear(share)
		for k := len(p.order) - 1; k > 0; k-- {
			w := p.order[k]
			for _, v := range p.before[w] {
				share[v] += p.count[v] / p.count[w] * (1 + share[w])
			}
			between[w] += share[w]
		}
	}
	if !g.Directed {
		for i := range between {
			between[i] /= 2
		}
	}
	return between
}

// Closeness is the reciprocal of the mean distance of the others to each node,
// times the share of the others that can reach it:
//
//	c_i = (r-1)/(n-1) * (r-1) / (sum of the distances of the r-1 nodes that reach i)
//
// It is between 0 (nobody) and, with lengths of 1, 1 (tied to all). With
// weighted the length of a link is 1/weight. It is NaN below two nodes.
//
// Source: Wasserman and Faust (1994), Social network analysis, 5.2.2.
func (g *Graph) Closeness(weighted bool) []float64 {
	p := newPaths(g, &g.in, weighted)
	c := make([]float64, g.N)
	for i := range c {
		p.from(i)
		sum := 0.0
		for _, v := range p.order {
			sum += p.distance[v]
		}
		r := float64(len(p.order) - 1)
		switch {
		case g.N < 2:
			c[i] = math.NaN()
		case r > 0:
			c[i] = r / float64(g.N-1) * r / sum
		}
	}
	return c
}

// heap is a queue of nodes, the nearest first, ties by node.
type heap []entry

type entry struct {
	key  float64
	node int32
}

func (e entry) less(o entry) bool { return e.key < o.key || e.key == o.key && e.node < o.node }

func (h *heap) add(key float64, node int32) {
	*h = append(*h, entry{key, node})
	s := *h
	for i := len(s) - 1; i > 0; {
		up := (i - 1) / 2
		if !s[i].less(s[up]) {
			break
		}
		s[i], s[up] = s[up], s[i]
		i = up
	}
}

func (h *heap) take() entry {
	s := *h
	first, last := s[0], len(s)-1
	s[0] = s[last]
	s = s[:last]
	for i := 0; ; {
		least := i
		for _, c := range [2]int{2*i + 1, 2*i + 2} {
			if c < last && s[c].less(s[least]) {
				least = c
			}
		}
		if least == i {
			break
		}
		s[i], s[least] = s[least], s[i]
		i = least
	}
	*h = s
	return first
}
