package build

import (
	"math"
	"slices"

	"mizan/stat"
)

// Ranks writes the rank of every unit to dst, which has the length of scores,
// one per unit, as Top or Nodes last gave them for the top: 1 is the highest
// score, ties share the smaller rank, 0 stands for a unit without a score. An
// extra unit has the rank that it would hold among the units of the result.
func (e *Evaluator) Ranks(dst []int32, scores []float64) {
	n := e.sort(scores)
	rank := int32(1)
	for i, u := range e.order {
		switch {
		case i >= n:
			rank = 0
		case i > 0 && e.sorted[i] != e.sorted[i-1]:
			rank = int32(i + 1)
		}
		dst[u] = rank
	}
	for u := e.k.own; u < len(scores); u++ {
		others := scores[:e.k.own]
		if e.k.compares {
			others = e.joined[u-e.k.own].columns[len(e.k.nodes)-1][:e.k.own]
		}
		dst[u] = place(scores[u], others)
	}
}

// place is the rank of a score beside others; 0 if it is missing.
func place(score float64, others []float64) int32 {
	if score != score {
		return 0
	}
	rank := int32(1)
	for _, v := range others {
		if v > score {
			rank++
		}
	}
	return rank
}

// sort puts the units of the result in order, the best first, those without a
// score last, and returns how many have one. It inserts one after another in
// the order that they have in the result, which is near to any other as a rule;
// where that takes too many moves it sorts anew.
func (e *Evaluator) sort(scores []float64) int {
	have, moves := 0, 0
	sorted, order := e.sorted, e.order[:len(e.sorted)]
	for i, u := range e.k.order[:len(sorted)] {
		v := scores[u]
		if v != v {
			v = math.Inf(-1)
		} else {
			have++
		}
		j := i
		for ; j > 0; j-- {
			before := sorted[j-1]
			if before >= v {
				break
			}
			sorted[j], order[j] = before, order[j-1]
		}
		sorted[j], order[j] = v, u
		if moves += i - j; moves > mostMoves*len(sorted) {
			return e.sortAnew(scores)
		}
	}
	return have
}

// mostMoves is up to how many moves a unit inserting is quicker than sorting.
const mostMoves = 32

// sortAnew sorts without regard to the last order.
func (e *Evaluator) sortAnew(scores []float64) int {
	order := stat.Order(scores[:len(e.order)])
	slices.Reverse(order)
	for i, u := range order {
		e.order[i], e.sorted[i] = int32(u), scores[u]
	}
	at := len(order)
	for u := range e.order {
		if v := scores[u]; v != v {
			e.order[at], e.sorted[at] = int32(u), math.Inf(-1)
			at++
		}
	}
	return len(order)
}
