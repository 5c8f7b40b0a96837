package network

import (
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// Group is a set of units: the members of an alliance on the last day of a
// year.
type Group struct {
	Code    string
	Name    mizan.Text
	Members []string
}

// Division puts every unit into one of several parts, such as regions. Labels
// are by unit; a unit without one is in no part.
type Division struct {
	Code   string
	Labels map[string]string
}

// GroupResult is how a group is tied within itself and to the others.
type GroupResult struct {
	Code string     `json:"code"`
	Name mizan.Text `json:"name,omitempty"`
	// Members are those in the network; Absent those that are not.
	Members []string `json:"members"`
	Absent  []string `json:"absent"`
	// Links and weights within the group, and between it and the others (in
	// directed networks both ways).
	Within        int          `json:"within"`
	Across        int          `json:"across"`
	WithinWeight  float64      `json:"within_weight"`
	AcrossWeight  float64      `json:"across_weight"`
	WithinDensity mizan.Number `json:"within_density"`
	// EI is the E-I index of weights, EILinks that of links: -1 where all ties
	// are within, 1 where all are with others.
	EI      Interval `json:"ei"`
	EILinks Interval `json:"ei_links"`
	// Random is the mean of the E-I index of weights over groups of as many
	// units taken at random, and Inward the share of them that are tied inwards
	// at least as much.
	Random mizan.Number `json:"random"`
	Inward mizan.Number `json:"inward"`
	// Expected is what the model of ties lets one expect within the group, of
	// which Counted is the weight of the pairs that it covers; Ratio is
	// Counted / Expected.
	Expected mizan.Number `json:"expected"`
	Counted  mizan.Number `json:"counted"`
	Ratio    mizan.Number `json:"ratio"`
	// Effect is by how much membership of both sides multiplies the tie, other
	// things in the model being equal.
	Effect Interval `json:"effect"`
	// Modularity is what the group adds to the modularity of a division in
	// which it is one part; Rand how well it agrees, against all others
	// together, with the communities.
	Modularity mizan.Number `json:"modularity"`
	Rand       mizan.Number `json:"rand"`
	// Communities counts the members by community, which begins with 0.
	Communities []int `json:"communities"`
	// Before are the E-I index of weights and the members of Result.Since.
	Before        mizan.Number `json:"before"`
	BeforeMembers []string     `json:"before_members,omitempty"`
}

// Interval is a value with the bounds of its 90 % interval, NaN where there
// are none.
type Interval struct {
	Value mizan.Number `json:"value"`
	Low   mizan.Number `json:"low"`
	High  mizan.Number `json:"high"`
}

func bare(v float64) Interval {
	nan := mizan.Number(math.NaN())
	return Interval{mizan.Number(v), nan, nan}
}

// DivisionResult is how a division of all units goes with the ties.
type DivisionResult struct {
	Code       string       `json:"code"`
	Parts      int          `json:"parts"`
	Modularity mizan.Number `json:"modularity"`
	Rand       mizan.Number `json:"rand"` // with the communities
}

// EI is the index of Krackhardt and Stern:
//
//	(E - I) / (E + I)
//
// where I is what lies within a group and E what crosses its border. NaN for a
// group without ties.
//
// Source: Krackhardt and Stern (1988), Informal networks and crises.
func EI(within, across float64) float64 { return ratio(across-within, across+within) }

// ties sums what lies within a set of nodes and what crosses its border, by
// weight and by number. In directed graphs both directions count.
func (g *Graph) ties(in []bool) (within, across float64, links, crossing int) {
	for i := range g.N {
		ends, weights := g.out.of(i)
		for k, j := range ends {
			switch {
			case in[i] && in[j]:
				within += weights[k]
				links++
			case in[i] != in[j]:
				across += weights[k]
				crossing++
			}
		}
	}
	if !g.Directed {
		return within / 2, across / 2, links / 2, crossing / 2
	}
	return within, across, links, crossing
}

// marked are the nodes of a set, as flags.
func marked(n int, members []int) []bool {
	in := make([]bool, n)
	for _, m := range members {
		in[m] = true
	}
	return in
}

// permutations is how many random groups a group is held against.
const permutations = 999

// atRandom is the mean E-I index by weight of groups of size units taken at
// random among those that have a tie, and the share of them, the group itself
// included, whose index is no higher than its own.
//
// Source: the permutation test of Krackhardt and Stern (1988).
func (g *Graph) atRandom(members []int, own float64, seed, number uint64) (mean, inward float64) {
	out, in := g.Degree(), g.InDegree()
	var nodes []int
	size := 0
	for i := range g.N {
		if out[i]+in[i] > 0 {
			nodes = append(nodes, i)
			if slices.Contains(members, i) {
				size++
			}
		}
	}
	if size == 0 || size == len(nodes) || math.IsNaN(own) {
		return math.NaN(), math.NaN()
	}
	s := stat.NewStream(seed, forPermutations, number)
	sum, atMost := 0.0, 1
	for range permutations {
		for i := range size {
			j := i + s.Below(len(nodes)-i)
			nodes[i], nodes[j] = nodes[j], nodes[i]
		}
		within, across, _, _ := g.ties(marked(g.N, nodes[:size]))
		v := EI(within, across)
		sum += v
		if v <= own+1e-12 {
			atMost++
		}
	}
	return sum / permutations, float64(atMost) / (permutations + 1)
}

// group looks at one group.
func (a *analysis) group(r *Result, number int, gr Group) GroupResult {
	g := r.graph
	out := GroupResult{Code: gr.Code, Name: gr.Name, Members: a.present(r, gr.Members), Absent: []string{}}
	for _, code := range slices.Compact(slices.Sorted(slices.Values(gr.Members))) {
		if !slices.Contains(out.Members, code) {
			out.Absent = append(out.Absent, code)
		}
	}
	var members []int
	for _, code := range out.Members {
		i, _ := slices.BinarySearch(r.Units, code)
		members = append(members, i)
	}
	in := marked(g.N, members)
	out.WithinWeight, out.AcrossWeight, out.Within, out.Across = g.ties(in)
	pairs := float64(len(members)) * float64(len(members)-1)
	if !g.Directed {
		pairs /= 2
	}
	out.WithinDensity = mizan.Number(ratio(float64(out.Within), pairs))
	ei := EI(out.WithinWeight, out.AcrossWeight)
	out.EI, out.EILinks = bare(ei), bare(EI(float64(out.Within), float64(out.Across)))
	random, inward := g.atRandom(members, ei, a.options.Seed, uint64(number))
	out.Random, out.Inward = mizan.Number(random), mizan.Number(inward)
	part := make([]int, g.N)
	for i := range part {
		part[i] = -1
		if in[i] {
			part[i] = 0
		}
	}
	out.Modularity = mizan.Number(g.Modularity(part, a.options.Resolution))
	apart := make([]int, g.N)
	for i := range apart {
		apart[i] = 1
		if in[i] {
			apart[i] = 0
		}
	}
	out.Rand = mizan.Number(AdjustedRand(apart, r.community))
	out.Communities = make([]int, len(r.Communities))
	for _, m := range members {
		if c := r.community[m]; c >= 0 {
			out.Communities[c]++
		}
	}
	a.effect(r, in, &out)
	return out
}

// division looks at a division of the units.
func (a *analysis) division(r *Result, d Division) DivisionResult {
	number := map[string]int{}
	of := make([]int, r.graph.N)
	for i, code := range r.Units {
		label := d.Labels[code]
		if of[i] = -1; label == "" {
			continue
		}
		n, known := number[label]
		if !known {
			n = len(number)
			number[label] = n
		}
		of[i] = n
	}
	return DivisionResult{
		Code: d.Code, Parts: len(number),
		Modularity: mizan.Number(r.graph.Modularity(of, a.options.Resolution)), Rand: mizan.Number(AdjustedRand(of, r.community)),
	}
}
