package network

import (
	"slices"

	"mizan/stat"
)

// purposes of random streams, so that no two share a number.
const (
	forCommunities = 0x6e657401 + iota
	forPermutations
	forBootstrap
)

// Modularity is how much more of the weight lies within the communities than
// if the ends of links met at random:
//
//	Q = sum over i, j in one community of (w_ij/W - resolution s_i s_j/W^2)
//
// where W is the weight of all arcs (twice that of all links in an undirected
// graph), s_i the strength from i and s_j that to j. of gives the community of
// every node; a negative one is none, and counts for nothing. It is below 1,
// and 0 with all in one community at resolution 1. NaN without links.
//
// Source: Newman and Girvan (2004); Leicht and Newman (2008) for directed
// graphs; Reichardt and Bornholdt (2006) for the resolution.
func (g *Graph) Modularity(of []int, resolution float64) float64 {
	out, in := g.Strength(), g.InStrength()
	total := stat.Sum(out)
	top := -1
	for _, c := range of {
		top = max(top, c)
	}
	from, to := make([]float64, top+1), make([]float64, top+1)
	within := 0.0
	for i, c := range of {
		if c < 0 {
			continue
		}
		from[c] += out[i]
		to[c] += in[i]
		ends, weights := g.out.of(i)
		for k, j := range ends {
			if of[j] == c {
				within += weights[k]
			}
		}
	}
	expected := 0.0
	for c := range from {
		expected += float64(from[c] / total * (to[c] / total))
	}
	return ratio(within, total) - float64(resolution*expected)
}

// Louvain divides a graph into communities by moving nodes, and then whole
// communities, as long as the modularity grows. Since the result hangs on the
// order in which nodes are looked at, it is begun in several orders, drawn from
// the seed, and the best is kept, of equals the first. stability is the mean
// adjusted Rand index of the other divisions with it, NaN for one beginning.
//
// Communities are numbered by their strength, the strongest 0; nodes without a
// link are in none, -1.
//
// Source: Blondel, Guillaume, Lambiotte and Lefebvre (2008), Fast unfolding of
// communities in large networks.
func (g *Graph) Louvain(resolution float64, seed uint64, beginnings int) (of []int, modularity, stability float64) {
	all := make([][]int, beginnings)
	best := 0
	for k := range all {
		all[k] = g.numbered(newLouvain(g, resolution).divide(stat.NewStream(seed, forCommunities, uint64(k))))
		q := g.Modularity(all[k], resolution)
		// Divisions that are equal but for rounding are equal.
		if k == 0 || q > modularity+1e-12 {
			best, modularity = k, q
		}
	}
	if beginnings < 1 {
		return nil, 0, 0
	}
	sum := 0.0
	for k, other := range all {
		if k != best {
			sum += AdjustedRand(all[best], other)
		}
	}
	return all[best], modularity, ratio(sum, float64(beginnings-1))
}

// numbered numbers communities by strength, then by their first node.
func (g *Graph) numbered(of []int) []int {
	strength := g.Strength()
	for i, in := range g.InStrength() {
		strength[i] += in
	}
	sums, first := make([]float64, g.N), make([]int, g.N)
	for i := len(of) - 1; i >= 0; i-- {
		sums[of[i]] += strength[i]
		first[of[i]] = i
	}
	order := slices.Compact(slices.Sorted(slices.Values(of)))
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case sums[a] != sums[b] && sums[a] > sums[b]:
			return -1
		case sums[a] != sums[b]:
			return 1
		}
		return first[a] - first[b]
	})
	number := make([]int, g.N)
	for k, c := range order {
		number[c] = k
	}
	out := make([]int, len(of))
	for i, c := range of {
		out[i] = number[c]
		if strength[i] == 0 {
			out[i] = -1
		}
	}
	return out
}

// louvain is one level of the method: nodes that stand for one or many.
type louvain struct {
	n          int
	resolution float64
	total      float64 // weight of all arcs of the graph
	start      []int32 // links in both directions together
	to         []int32
	weight     []float64
	out, in    []float64 // strengths, loops included
}

func newLouvain(g *Graph, resolution float64) *louvain {
	l := &louvain{n: g.N, resolution: resolution, out: g.Strength(), in: g.InStrength()}
	l.total = stat.Sum(l.out)
	sum := make([]float64, g.N)
	l.start = make([]int32, 1, g.N+1)
	for i := range g.N {
		var touched []int32
		for _, a := range [2]*arcs{&g.out, &g.in} {
			ends, weights := a.of(i)
			for k, j := range ends {
				if sum[j] == 0 {
					touched = append(touched, j)
				}
				sum[j] += weights[k]
			}
		}
		l.flush(touched, sum)
	}
	return l
}

// flush writes the links of the next node, in the order of their ends.
func (l *louvain) flush(touched []int32, sum []float64) {
	slices.Sort(touched)
	for _, j := range touched {
		l.to = append(l.to, j)
		l.weight = append(l.weight, sum[j])
		sum[j] = 0
	}
	l.start = append(l.start, int32(len(l.to)))
}

// divide gives the community of every node.
func (l *louvain) divide(s *stat.Stream) []int {
	of := make([]int, l.n)
	for i := range of {
		of[i] = i
	}
	for level := l; ; {
		part, moved := level.move(s)
		if !moved {
			return of
		}
		part, count := consecutive(part)
		for i, c := range of {
			of[i] = part[c]
		}
		level = level.joined(part, count)
	}
}

// move moves nodes to the neighbouring community where the modularity gains
// most, in a random order, until none gains.
func (l *louvain) move(s *stat.Stream) (of []int, moved bool) {
	of = make([]int, l.n)
	order := make([]int, l.n)
	for i := range of {
		of[i], order[i] = i, i
	}
	for i := range order {
		j := i + s.Below(l.n-i)
		order[i], order[j] = order[j], order[i]
	}
	out, in := slices.Clone(l.out), slices.Clone(l.in)
	to := make([]float64, l.n) // weight from the node to each community
	var near []int
	for again := true; again; {
		again = false
		for _, i := range order {
			own := of[i]
			near = append(near[:0], own)
			for k := l.start[i]; k < l.start[i+1]; k++ {
				j := int(l.to[k])
				if c := of[j]; j != i {
					if to[c] == 0 && c != own {
						near = append(near, c)
					}
					to[c] += l.weight[k]
				}
			}
			out[own] -= l.out[i]
			in[own] -= l.in[i]
			gain := func(c int) float64 {
				met := float64(l.out[i]*in[c]) + float64(l.in[i]*out[c])
				return to[c] - float64(l.resolution*met/l.total)
			}
			best, most := own, gain(own)
			slices.Sort(near)
			for _, c := range near {
				// A gain that is but rounding is none.
				if v := gain(c); v > most+1e-12*l.total {
					best, most = c, v
				}
			}
			for _, c := range near {
				to[c] = 0
			}
			out[best] += l.out[i]
			in[best] += l.in[i]
			if best != own {
				of[i], again, moved = best, true, true
			}
		}
	}
	return of, moved
}

// consecutive numbers communities from 0 without gaps.
func consecutive(of []int) ([]int, int) {
	number := make([]int, len(of))
	for i := range number {
		number[i] = -1
	}
	count := 0
	part := make([]int, len(of))
	for i, c := range of {
		if number[c] < 0 {
			number[c] = count
			count++
		}
		part[i] = number[c]
	}
	return part, count
}

// joined makes one node of each community.
func (l *louvain) joined(part []int, count int) *louvain {
	members := make([][]int, count)
	for i, c := range part {
		members[c] = append(members[c], i)
	}
	next := &louvain{
		n: count, resolution: l.resolution, total: l.total, start: make([]int32, 1, count+1),
		out: make([]float64, count), in: make([]float64, count),
	}
	sum := make([]float64, count)
	for c, nodes := range members {
		var touched []int32
		for _, i := range nodes {
			next.out[c] += l.out[i]
			next.in[c] += l.in[i]
			for k := l.start[i]; k < l.start[i+1]; k++ {
				d := int32(part[l.to[k]])
				if sum[d] == 0 {
					touched = append(touched, d)
				}
				sum[d] += l.weight[k]
			}
		}
		next.flush(touched, sum)
	}
	return next
}

// AdjustedRand is how well two divisions of the same nodes agree: 1 where they
// are the same, about 0 where they agree no more than at random. Nodes that
// are in no part (negative) of either are passed over.
//
//	(S - E) / ((A+B)/2 - E), E = A B / C(n,2)
//
// where S, A and B are the numbers of pairs of nodes together in both, in the
// first and in the second. NaN below two nodes, and where both divisions are
// trivial (all together, or all apart, in both): then there is nothing to agree
// on.
//
// Source: Hubert and Arabie (1985), Comparing partitions.
func AdjustedRand(a, b []int) float64 {
	type pair struct{ a, b int }
	both := map[pair]int{}
	first, second := map[int]int{}, map[int]int{}
	n := 0
	for i := range a {
		if a[i] < 0 || b[i] < 0 {
			continue
		}
		n++
		both[pair{a[i], b[i]}]++
		first[a[i]]++
		second[b[i]]++
	}
	pairs := func(k int) int { return k * (k - 1) / 2 }
	// The sums are of whole numbers, so that the order of a map does not matter.
	s, x, y := 0, 0, 0
	for _, k := range both {
		s += pairs(k)
	}
	for _, k := range first {
		x += pairs(k)
	}
	for _, k := range second {
		y += pairs(k)
	}
	expected := ratio(float64(x)*float64(y), float64(pairs(n)))
	return ratio(float64(s)-expected, (float64(x)+float64(y))/2-expected)
}
