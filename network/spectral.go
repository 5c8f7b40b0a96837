package network

import (
	"math"
)

const (
	// Damping is the usual share of PageRank that follows links.
	Damping = 0.85

	tolerance = 1e-12
	mostTurns = 10_000
)

// PageRank is how often a walker is at each node who follows links in
// proportion to their weights, and with probability 1 - damping, or where no
// link leads on, goes to any node:
//
//	p_i = (1-d)/n + d (sum over j of p_j w_ji / s_j + (sum over j without links of p_j) / n)
//
// The values add up to 1. They are iterated until they change by no more than
// 1e-12 together.
//
// Source: Brin and Page (1998), The anatomy of a large-scale hypertextual web
// search engine.
func (g *Graph) PageRank(damping float64) []float64 {
	n := float64(g.N)
	strength := g.Strength()
	p, next := make([]float64, g.N), make([]float64, g.N)
	for i := range p {
		p[i] = 1 / n
	}
	for range mostTurns {
		idle := 0.0
		for i, s := range strength {
			if s == 0 {
				idle += p[i]
			}
		}
		changed := 0.0
		for i := range next {
			sum := 0.0
			from, weights := g.in.of(i)
			for k, j := range from {
				sum += float64(p[j] * (weights[k] / strength[j]))
			}
			next[i] = (1-damping)/n + float64(damping*(sum+idle/n))
			changed += math.Abs(next[i] - p[i])
		}
		p, next = next, p
		if changed <= tolerance {
			break
		}
	}
	return p
}

// Eigenvector is the centrality of each node as the sum of its neighbours', the
// largest being 1: the leading eigenvector of the weights,
//
//	lambda x_i = sum over j of w_ji x_j
//
// Where the graph falls into parts, only that with the largest eigenvalue is
// above 0. It is all NaN in a graph without links, and in one where it cannot
// be found, such as a directed graph without a circle.
//
// Source: Bonacich (1972), Factoring and weighting approaches to status scores
// and clique identification.
func (g *Graph) Eigenvector() []float64 {
	x, next := make([]float64, g.N), make([]float64, g.N)
	for i := range x {
		x[i] = 1
	}
	// A part of x itself is added in each turn, since a graph in two halves
	// would swing for ever.
	shift := 0.0
	for _, s := range g.InStrength() {
		shift = max(shift, s/8)
	}
	for range mostTurns {
		top := 0.0
		for i := range next {
			sum := float64(shift * x[i])
			from, weights := g.in.of(i)
			for k, j := range from {
				sum += float64(weights[k] * x[j])
			}
			next[i] = sum
			top = max(top, sum)
		}
		changed := 0.0
		for i := range next {
			next[i] /= top
			changed = max(changed, math.Abs(next[i]-x[i]))
		}
		x, next = next, x
		if changed <= tolerance {
			return x
		}
		if math.IsNaN(changed) {
			break
		}
	}
	for i := range x {
		x[i] = math.NaN()
	}
	return x
}
