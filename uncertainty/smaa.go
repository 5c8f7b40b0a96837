package uncertainty

import (
	"math"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/stat"
)

// SMAA tells what weights speak for each unit (stochastic multicriteria
// acceptability analysis), over the weights that are drawn; with `simplex` these
// are all weights there are. Rank acceptabilities are those of Unit.
//
// Source: Lahdelma, Hokkanen and Salminen (1998), SMAA: stochastic
// multiobjective acceptability analysis; Lahdelma and Salminen (2001), SMAA-2.
type SMAA struct {
	Nodes []string   `json:"nodes"` // whose weights vary
	Units []SMAAUnit `json:"units"` // that are first in some draw, in order
}

// SMAAUnit is a unit that is first with some weights.
type SMAAUnit struct {
	Unit  string  `json:"unit"`
	First float64 `json:"first"` // the share of draws in which it is first
	// Confidence is the share of draws, of all that varies but the weights, in
	// which it is first with its central weights.
	Confidence mizan.Number `json:"confidence"`
	// Central are the shares of weights among siblings, on average over the
	// draws in which it is first; parallel to SMAA.Nodes.
	Central mizan.Column `json:"central"`
}

// Draws with which confidence is asked: few where each is a build of its own.
const (
	confidenceDraws = 512
	confidenceAlone = 64
)

func (m *Model) smaa(c *counts, made int) *SMAA {
	if !m.varyWeights() || c.Kept == 0 {
		return nil
	}
	out := &SMAA{Nodes: []string{}, Units: []SMAAUnit{}}
	vary := make([]bool, len(m.base.Nodes))
	if s := m.structures.at(0); s.err == nil {
		for n, at := range s.place {
			vary[n] = at >= 0 && s.weigher.vary[at]
		}
	}
	for n, node := range m.base.Nodes {
		if vary[n] {
			out.Nodes = append(out.Nodes, node.Code)
		}
	}
	var central [][]float64 // per unit of out, per node of the project
	for u := range c.Units {
		one := &c.Units[u]
		first := 0.0
		if i := 1 - one.Ranks.From; i >= 0 && i < len(one.Ranks.Counts) {
			first = float64(one.Ranks.Counts[i])
		}
		if first == 0 || one.Central == nil {
			continue
		}
		shares := make([]float64, len(m.base.Nodes))
		row := SMAAUnit{Unit: m.base.Units[u], First: first / float64(c.Kept), Central: mizan.Column{}}
		for n, sum := range one.Central {
			shares[n] = float64(sum) / (1 << 32) / first
			if vary[n] {
				row.Central = append(row.Central, shares[n])
			}
		}
		out.Units = append(out.Units, row)
		central = append(central, shares)
	}
	m.confidence(out, central, made)
	return out
}

// confidence draws all but the weights anew.
func (m *Model) confidence(out *SMAA, central [][]float64, made int) {
	draws := confidenceDraws
	switch {
	case m.each:
		draws = confidenceAlone
	case m.combos == 1:
		draws = 1
	}
	draws = min(draws, made)
	firsts, kept := make([][]bool, draws), make([]bool, draws)
	stat.InParallel(draws, func(k int) {
		u := make([]float64, len(m.inputs))
		m.Point(k, u)
		firsts[k], kept[k] = m.firstWith(u, out, central)
	})
	for i := range out.Units {
		n, first := 0, 0
		for k := range draws {
			if kept[k] {
				n++
				if firsts[k][i] {
					first++
				}
			}
		}
		out.Units[i].Confidence = missingIf(float64(first)/float64(n), n == 0)
	}
}

// firstWith reports, for each unit, whether it is first at a point with its
// central weights in place of the point's.
func (m *Model) firstWith(u []float64, out *SMAA, central [][]float64) ([]bool, bool) {
	s := m.structures.at(m.structureAt(u))
	if s.err != nil {
		return nil, false
	}
	result, weigher, err := m.read(s, u, false)
	if err != nil {
		return nil, false
	}
	k, err := build.NewKernel(result, m.Year(), build.KernelOptions{Vary: weigher.vary})
	if err != nil {
		return nil, false
	}
	e := k.Evaluator()
	first := make([]bool, len(out.Units))
	for i := range out.Units {
		w := k.Weights()
		for n, at := range s.place {
			if at >= 0 && weigher.vary[at] {
				w[at] = central[i][n]
			}
		}
		scores, err := e.Top(w)
		if err != nil {
			return nil, false
		}
		first[i] = isFirst(scores, slices.Index(m.base.Units, out.Units[i].Unit))
	}
	return first, true
}

func isFirst(scores []float64, unit int) bool {
	best := math.Inf(-1)
	for _, v := range scores {
		if v == v {
			best = max(best, v)
		}
	}
	return unit >= 0 && scores[unit] == best
}
