package build

import (
	"math"
	"slices"

	"mizan/stat"
)

// program is how a kernel computes the top in flat arrays.
//
// The units stand in slots: those that lack values for the same nodes form a
// cohort, for which the weights are rescaled once, and every cohort fills
// whole tiles. A step computes one node that does not share the mean of its
// parent from the nodes below that do not share its own.
type program struct {
	k       *Kernel
	cohorts []cohort
	unit    []int32 // of each slot; -1 = none
	steps   []step
	plain   bool // the slots are the units in their order, all of one cohort
}

// lanes is how many units are computed side by side: as many sums as the
// processor has room for.
const lanes = 8

// tile is the values of one input of a step in some units.
type tile [lanes]float64

// cohort is the units that have values for the same nodes.
type cohort struct {
	present  []bool // per node, for fixed nodes
	from, to int    // tiles
}

// step computes a node.
type step struct {
	node   int
	mean   *quasi  // nil = by general
	inner  []inner // aggregates taken together, the node itself first, parents before children
	inputs []input
	// tiles hold, tile by tile, a tile per input: what the mean sums. Those of
	// inputs that are computed are filled in by each evaluation.
	tiles   []tile
	dynamic bool // some input is computed
}

// inner is an aggregate of a step.
type inner struct {
	node, parent int
	children     []int
	least        float64 // min_available
}

// input is a node below a step.
type input struct {
	node, parent int
	fixed        bool
	refused      bool // the mean is not defined for some value of it
}

// meanOf is an aggregation as a mean of transformed values; nil if it is none.
func meanOf(a Aggregator) *quasi {
	switch m := a.(type) {
	case quasi:
		return &m
	case arithmetic:
		return &quasi{least: m.least}
	}
	return nil
}

// compileProgram makes the program of a kernel whose fixed columns are filled.
func compileProgram(k *Kernel) *program {
	p := &program{k: k}
	top := len(k.nodes) - 1
	if k.fixed[top] || k.compares {
		return p
	}
	p.findCohorts()
	for n := range k.nodes {
		if !k.fixed[n] && p.live(n) && (n == top || !p.joins(n)) {
			p.steps = append(p.steps, p.newStep(n))
		}
	}
	return p
}

// live reports whether the top needs a node computed.
func (p *program) live(n int) bool { return p.k.nodes[n].parent < 0 || !p.k.fixed[p.k.nodes[n].parent] }

// joins reports whether an aggregate is taken together with its parent: both
// are the same mean, and nothing is mirrored between them.
func (p *program) joins(n int) bool {
	if p.k.nodes[n].Reversed {
		return false
	}
	own, above := p.k.nodes[n].aggregate, p.k.nodes[p.k.nodes[n].parent].aggregate
	a, b := meanOf(own.method), meanOf(above.method)
	if a == nil || b == nil {
		return false
	}
	return a.kind == b.kind
}

// findCohorts sorts the units by which of the values they have.
func (p *program) findCohorts() {
	var leaves []int
	for n := range p.k.nodes {
		if p.k.fixed[n] && p.live(n) {
			leaves = append(leaves, n)
		}
	}
	at := map[string]int{}
	var units [][]int32
	for u := range p.k.units {
		present := make([]bool, len(p.k.nodes))
		key := make([]byte, len(leaves))
		for i, n := range leaves {
			if v := p.k.columns[n][u]; v == v {
				present[n], key[i] = true, 1
			}
		}
		i, known := at[string(key)]
		if !known {
			i = len(units)
			at[string(key)] = i
			units = append(units, nil)
			p.cohorts = append(p.cohorts, cohort{present: present})
		}
		units[i] = append(units[i], int32(u))
	}
	for i, list := range units {
		p.cohorts[i].from = len(p.unit) / lanes
		p.unit = append(p.unit, list...)
		for len(p.unit)%lanes != 0 {
			p.unit = append(p.unit, -1)
		}
		p.cohorts[i].to = len(p.unit) / lanes
	}
	p.plain = len(p.cohorts) == 1
}

func (p *program) newStep(n int) step {
	s := step{node: n, mean: meanOf(p.k.nodes[n].aggregate.method)}
	var walk func(m int)
	walk = func(m int) {
		node := &p.k.nodes[m]
		one := inner{node: m, parent: node.parent, children: node.children}
		if mean := meanOf(node.aggregate.method); mean != nil {
			one.least = mean.least
		}
		s.inner = append(s.inner, one)
		for _, c := range p.k.nodes[m].children {
			if !p.k.fixed[c] && p.joins(c) {
				walk(c)
				continue
			}
			s.inputs = append(s.inputs, input{node: c, parent: m, fixed: p.k.fixed[c]})
			s.dynamic = s.dynamic || !p.k.fixed[c]
		}
	}
	walk(n)
	if s.mean != nil {
		p.fillTiles(&s)
	}
	return s
}

// fillTiles writes the transformed values of fixed inputs.
func (p *program) fillTiles(s *step) {
	s.tiles = make([]tile, len(p.unit)/lanes*len(s.inputs))
	for i := range s.inputs {
		in := &s.inputs[i]
		for slot, u := range p.unit {
			if u < 0 || !in.fixed {
				continue
			}
			v := p.k.nodes[in.node].Seen(p.k.columns[in.node][u])
			switch {
			case v != v:
				v = 0
			case s.mean.refuses != nil && s.mean.refuses(v):
				in.refused = true
				v = 0
			case s.mean.forward != nil:
				v = s.mean.forward(v)
			}
			s.tiles[slot/lanes*len(s.inputs)+i][slot%lanes] = v
		}
	}
}

// work is what one evaluator of a program writes to.
type work struct {
	p       *program
	tiles   [][]tile    // per step
	values  [][]float64 // per node that a step computes, by slot
	present [][]bool    // per cohort and node
	sum     []float64   // per node: of the weights of the children that have values
	scale   []float64   // per node
	shares  []float64   // per input of a step
	levels  *levels     // for steps without a mean
}

func (p *program) newWork() *work {
	nodes := len(p.k.nodes)
	w := &work{
		p: p, tiles: make([][]tile, len(p.steps)), values: make([][]float64, nodes),
		sum: make([]float64, nodes), scale: make([]float64, nodes),
	}
	for i, s := range p.steps {
		w.values[s.node] = make([]float64, len(p.unit))
		w.tiles[i] = s.tiles
		if s.dynamic {
			w.tiles[i] = slices.Clone(s.tiles)
		}
		if len(s.inputs) > len(w.shares) {
			w.shares = make([]float64, len(s.inputs))
		}
		if s.mean == nil {
			w.levels = p.k.levels()
		}
	}
	for _, pat := range p.cohorts {
		w.present = append(w.present, slices.Clone(pat.present))
	}
	return w
}

// run computes the top. It reports false where it cannot tell what Plan.Run
// would: a weight below zero, a value for which a mean is not defined.
func (w *work) run(weights []float64) bool {
	for _, v := range weights {
		if !(v >= 0) {
			return false
		}
	}
	for i := range w.p.steps {
		s := &w.p.steps[i]
		if s.mean == nil {
			if !w.general(s, weights) {
				return false
			}
			continue
		}
		if !w.fill(s, w.tiles[i], weights) {
			return false
		}
		for j := range w.p.cohorts {
			w.mean(s, j, w.tiles[i], weights)
		}
	}
	return true
}

// fill writes the transformed values of computed inputs, and looks for values
// that the mean refuses.
func (w *work) fill(s *step, tiles []tile, weights []float64) bool {
	for i, in := range s.inputs {
		if in.fixed {
			if in.refused && weights[in.node] != 0 {
				return false
			}
			continue
		}
		m, child := s.mean, &w.p.k.nodes[in.node]
		values := w.values[in.node]
		for t := range len(values) / lanes {
			x := (*tile)(values[t*lanes:])
			to := &tiles[t*len(s.inputs)+i]
			if m.forward == nil && !child.Reversed {
				*to = *x
				continue
			}
			if m.kind == geometric && !child.Reversed && logs(to, x) {
				continue
			}
			for l, v := range x {
				v = child.Seen(v)
				if m.refuses != nil && m.refuses(v) {
					if weights[in.node] != 0 && w.stands(t*lanes+l, in.node) {
						return false
					}
					to[l] = 0
					continue
				}
				to[l] = v
				if m.forward != nil {
					to[l] = m.forward(v)
				}
			}
		}
	}
	return true
}

// logs writes the logarithms of a tile. It reports false if one of the values
// is not above 0.
func logs(to, x *tile) bool {
	for _, v := range x {
		if !(v > 0) {
			return false
		}
	}
	stat.Logs(to[:], x[:])
	return true
}

// stands reports whether the unit of a slot has a value for a node.
func (w *work) stands(slot, n int) bool {
	if w.p.unit[slot] < 0 {
		return false
	}
	for j, pat := range w.p.cohorts {
		if slot < pat.to*lanes {
			return w.present[j][n]
		}
	}
	return false
}

// mean computes a step in the units of one cohort.
func (w *work) mean(s *step, at int, tiles []tile, weights []float64) {
	pat, present := &w.p.cohorts[at], w.present[at]
	w.rescale(s, present, weights)
	out := w.values[s.node][pat.from*lanes : pat.to*lanes]
	if !present[s.node] {
		clear(out)
		return
	}
	shares := w.shares[:len(s.inputs)]
	for i := range s.inputs {
		in := &s.inputs[i]
		shares[i] = 0
		if present[in.node] {
			shares[i] = w.scale[in.parent] * weights[in.node]
		}
	}
	n := len(s.inputs)
	sumTiles(out, tiles[pat.from*n:pat.to*n], shares, w.sum[s.node])
	switch {
	case s.mean.back == nil:
	case s.mean.kind == geometric:
		stat.Exps(out, out)
	default:
		for i, v := range out {
			out[i] = s.mean.back(v)
		}
	}
}

// rescale finds which aggregates of a step have a value in a cohort, the sums
// of the weights below each, and the product of the shares from the step's node
// down to each.
func (w *work) rescale(s *step, present []bool, weights []float64) {
	for i := len(s.inner) - 1; i >= 0; i-- {
		in := &s.inner[i]
		sum, have := 0.0, 0
		for _, c := range in.children {
			if present[c] {
				sum += weights[c]
				have++
			}
		}
		w.sum[in.node] = sum
		present[in.node] = sum != 0 && have > 0 && (in.least == 0 || !(float64(have)/float64(len(in.children)) < in.least))
	}
	for i := range s.inner {
		in := &s.inner[i]
		switch {
		case i == 0:
			w.scale[in.node] = 1
		case present[in.node]:
			w.scale[in.node] = w.scale[in.parent] * weights[in.node] / w.sum[in.node]
		default:
			w.scale[in.node] = 0
		}
	}
}

// sumTilesPlainly is sumTiles without regard to the processor.
func sumTilesPlainly(out []float64, tiles []tile, shares []float64, total float64) {
	n := len(shares)
	for len(out) >= lanes {
		x := tiles[:n]
		tiles = tiles[n:]
		var s0, s1, s2, s3, s4, s5, s6, s7 float64
		for i := range x {
			v := &x[i]
			e := shares[i]
			s0 += float64(e * v[0])
			s1 += float64(e * v[1])
			s2 += float64(e * v[2])
			s3 += float64(e * v[3])
			s4 += float64(e * v[4])
			s5 += float64(e * v[5])
			s6 += float64(e * v[6])
			s7 += float64(e * v[7])
		}
		to := (*tile)(out)
		to[0], to[1], to[2], to[3] = s0/total, s1/total, s2/total, s3/total
		to[4], to[5], to[6], to[7] = s4/total, s5/total, s6/total, s7/total
		out = out[lanes:]
	}
}

// general computes a step by its aggregator. It reports false for an error,
// and where units of one cohort do not all have a score or all have none.
func (w *work) general(s *step, weights []float64) bool {
	l := w.levels
	for _, c := range w.p.k.nodes[s.node].children {
		if !w.p.k.fixed[c] {
			w.scatter(l.columns[c], c)
		}
	}
	if err := l.aggregate(s.node, weights); err != nil {
		return false
	}
	out, to := l.columns[s.node], w.values[s.node]
	for j, pat := range w.p.cohorts {
		have, lack := false, false
		for slot := pat.from * lanes; slot < pat.to*lanes; slot++ {
			to[slot] = 0
			if u := w.p.unit[slot]; u >= 0 {
				if v := out[u]; v == v {
					to[slot], have = v, true
				} else {
					lack = true
				}
			}
		}
		if have && lack {
			return false
		}
		w.present[j][s.node] = have
	}
	return true
}

// scatter writes the values of a computed node to a column, unit by unit.
func (w *work) scatter(column []float64, n int) {
	values := w.values[n]
	if w.p.plain && w.present[0][n] {
		copy(column, values)
		return
	}
	for j, pat := range w.p.cohorts {
		present := w.present[j][n]
		for slot := pat.from * lanes; slot < pat.to*lanes; slot++ {
			u := w.p.unit[slot]
			switch {
			case u < 0:
			case present:
				column[u] = values[slot]
			default:
				column[u] = math.NaN()
			}
		}
	}
}
