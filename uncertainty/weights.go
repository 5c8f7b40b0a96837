package uncertainty

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mathext"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// The kinds of weightRule.
const (
	weightSpread = iota
	weightWithin
	weightDirichlet
	weightSimplex // of siblings
	weightFlat    // the simplex of all indicators
	weightBounds
)

// weightRule is how weights vary: of each of some nodes by one number from 0
// to 1. Nodes are positions among those of the project.
type weightRule struct {
	kind      int
	nodes     []int
	by        float64 // spread, half width, or concentration
	low, high []float64
}

// weights compiles a factor of weights.
func (c *compiler) weights(f *factor, v *spec.VaryWeights) *weightRule {
	r := &weightRule{}
	if v.Bounds != nil {
		r.kind = weightBounds
		for _, b := range v.Bounds {
			n := c.node(b.Code)
			if n < 0 || n == len(c.base.Nodes)-1 {
				c.add(f, "unknown-code", fmt.Sprintf("there is no %q whose weight could vary", b.Code), c.nearest(b.Code))
				continue
			}
			r.nodes, r.low, r.high = append(r.nodes, n), append(r.low, b.Between[0]), append(r.high, b.Between[1])
		}
		f.tell(sayBounds.Say())
		return r
	}
	r.nodes = c.chosen(f, v)
	what := c.whichWeights(v)
	switch {
	case v.Spread != 0:
		r.kind, r.by = weightSpread, v.Spread
		f.tell(saySpread.Say("of", what, "low", figure(1-v.Spread), "high", figure(1+v.Spread)))
	case v.Within != 0:
		r.kind, r.by = weightWithin, v.Within
		f.tell(sayWithin.Say("of", what, "share", figure(v.Within)))
	case v.Dirichlet != 0:
		r.kind, r.by = weightDirichlet, v.Dirichlet
		f.tell(sayDirichlet.Say("of", what, "a", figure(v.Dirichlet)))
	case v.Simplex == "indicators":
		r.kind, r.nodes = weightFlat, positions(len(c.base.Indicators))
		f.tell(sayAnyWeights.Say())
	default:
		r.kind = weightSimplex
		f.tell(sayShares.Say("of", what))
	}
	return r
}

func positions(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// chosen are the nodes whose weights a factor varies: by level, by code, or
// all but the top.
func (c *compiler) chosen(f *factor, v *spec.VaryWeights) []int {
	for _, code := range v.Codes {
		if n := c.node(code); n < 0 || n == len(c.base.Nodes)-1 {
			c.add(f, "unknown-code", fmt.Sprintf("there is no %q whose weight could vary", code), c.nearest(code))
		}
	}
	var nodes []int
	for n, node := range c.base.Nodes[:len(c.base.Nodes)-1] {
		level := v.Levels == nil || slices.Contains(v.Levels, node.Level)
		code := v.Codes == nil || slices.Contains(v.Codes, node.Code)
		if level && code {
			nodes = append(nodes, n)
		}
	}
	if len(nodes) == 0 && len(c.problems) == 0 {
		c.add(f, "bad-factor", "no weight is of these levels and codes", "the framework has the levels 1 to "+fmt.Sprint(c.base.Nodes[len(c.base.Nodes)-1].Level-1)+" below its top")
	}
	return nodes
}

func (c *compiler) whichWeights(v *spec.VaryWeights) mizan.Said {
	levels := make([]string, len(v.Levels))
	for i, l := range v.Levels {
		levels[i] = fmt.Sprint(l)
	}
	level, codes := strings.Join(levels, ", "), strings.Join(v.Codes, ", ")
	switch {
	case v.Levels != nil && v.Codes != nil:
		return sayLevelOf.Say("levels", level, "codes", codes)
	case v.Levels != nil:
		return sayLevel.Say("levels", level)
	case v.Codes != nil:
		return sayWeightsOf.Say("codes", codes)
	}
	return sayAllWeights.Say()
}

// weigher draws the weights of one structure.
type weigher struct {
	base   []float64 // of the structure, one per node
	rules  []boundRule
	drops  []boundDrop
	vary   []bool // per node
	risky  bool   // all weights below an aggregate may come to 0
	result *build.Result
	parent []int
}

// boundRule is a rule with the nodes of a structure.
type boundRule struct {
	*weightRule
	first  int     // input of the first node
	at     []int   // per node of the rule: its position in the structure, -1 if it is not there
	groups [][]int // per aggregate, of rules about siblings: positions in at
	scale  []float64
	shape  []float64 // Dirichlet parameters
	leaves [][]int   // of the flat simplex: per aggregate of the structure the positions in at
}

// boundDrop is a factor that takes weights away, with the nodes of a structure.
type boundDrop struct {
	*factor
	at [][]int // per choice
}

// newWeigher fits the rules of a model to a structure whose weights are base.
func newWeigher(m *Model, result *build.Result, base []float64) *weigher {
	at := map[string]int{}
	for n, node := range result.Nodes {
		at[node.Code] = n
	}
	w := &weigher{base: base, vary: make([]bool, len(base)), result: result, parent: make([]int, len(base))}
	for n, node := range result.Nodes {
		w.parent[n] = -1
		if p, ok := at[node.Parent]; ok {
			w.parent[n] = p
		}
	}
	for _, f := range m.factors {
		if f.rule == nil {
			continue
		}
		b := boundRule{weightRule: f.rule, first: f.first}
		for _, n := range f.rule.nodes {
			pos, ok := at[m.base.Nodes[n].Code]
			if !ok || base[pos] == 0 && f.rule.kind != weightBounds {
				pos = -1
			}
			b.at = append(b.at, pos)
		}
		w.bind(&b)
		w.rules = append(w.rules, b)
	}
	w.bindDrops(m, at)
	return w
}

// bindDrops finds the nodes whose weights may be taken away. One such factor
// leaves something of every aggregate, several may not.
func (w *weigher) bindDrops(m *Model, at map[string]int) {
	for _, f := range m.factors {
		if !f.light {
			continue
		}
		d := boundDrop{factor: f, at: make([][]int, len(f.choices))}
		for i, c := range f.choices {
			for _, code := range c.dropped {
				if n, ok := at[code]; ok {
					d.at[i] = append(d.at[i], n)
					w.vary[n] = true
				}
			}
		}
		w.drops = append(w.drops, d)
	}
	w.risky = w.risky || len(w.drops) > 1
}

// bind marks the nodes that vary, and groups siblings.
func (w *weigher) bind(b *boundRule) {
	siblings := map[int]int{} // parent -> position in groups
	for i, n := range b.at {
		if n < 0 {
			continue
		}
		w.vary[n] = true
		g, known := siblings[w.parent[n]]
		if !known {
			g = len(b.groups)
			siblings[w.parent[n]] = g
			b.groups = append(b.groups, nil)
		}
		b.groups[g] = append(b.groups[g], i)
	}
	w.risky = w.risky || b.kind == weightSpread && b.by == 1 || b.kind == weightBounds && slices.Min(b.low) == 0
	switch b.kind {
	case weightWithin:
		b.scale = make([]float64, len(b.at))
		for i, n := range b.at {
			if n >= 0 {
				b.scale[i] = b.by * w.sumBelow(w.parent[n])
				w.risky = w.risky || b.scale[i] >= w.base[n]
			}
		}
	case weightDirichlet, weightSimplex:
		b.scale, b.shape = make([]float64, len(b.groups)), make([]float64, len(b.at))
		for g, members := range b.groups {
			for _, i := range members {
				b.scale[g] += w.base[b.at[i]]
			}
			for _, i := range members {
				b.shape[i] = 1
				if b.kind == weightDirichlet {
					b.shape[i] = b.by * w.base[b.at[i]] / b.scale[g]
				}
			}
		}
	case weightFlat:
		w.bindFlat(b)
	}
}

// bindFlat finds the indicators below each aggregate.
func (w *weigher) bindFlat(b *boundRule) {
	b.leaves = make([][]int, len(w.base))
	for i, n := range b.at {
		if n < 0 {
			continue
		}
		for p := w.parent[n]; p >= 0; p = w.parent[p] {
			if w.parent[p] >= 0 {
				b.leaves[p] = append(b.leaves[p], i)
				w.vary[p] = true
			}
		}
	}
}

func (w *weigher) sumBelow(parent int) float64 {
	sum := 0.0
	for n, p := range w.parent {
		if p == parent {
			sum += w.base[n]
		}
	}
	return sum
}

// into writes the weights at a point to dst. It is an error if all weights
// below an aggregate are 0.
func (w *weigher) into(dst, u []float64) error {
	copy(dst, w.base)
	for i := range w.rules {
		b := &w.rules[i]
		b.apply(dst, u[b.first:b.first+len(b.at)])
	}
	for i := range w.drops {
		d := &w.drops[i]
		for _, n := range d.at[d.choose(u[d.first])] {
			dst[n] = 0
		}
	}
	if !w.risky {
		return nil
	}
	if n := w.emptied(dst); n >= 0 {
		return mizan.Problems{{ID: "weights-all-zero", Cause: fmt.Sprintf("all weights below %q are zero", w.result.Nodes[n].Code), Remedy: "let the weights vary less"}}
	}
	return nil
}

// emptied is an aggregate below which all weights are 0, or -1.

func (w *weigher) emptied(weights []float64) int {
	sums := make([]float64, len(weights))
	for n, p := range w.parent {
		if p >= 0 {
			sums[p] += weights[n]
		}
	}
	for n, node := range w.result.Nodes {
		if node.Level > 1 && sums[n] == 0 {
			return n
		}
	}
	return -1
}

func (b *boundRule) apply(w, u []float64) {
	switch b.kind {
	case weightSpread:
		for i, n := range b.at {
			if n >= 0 {
				w[n] *= 1 + float64(b.by*(2*u[i]-1))
			}
		}
	case weightWithin:
		for i, n := range b.at {
			if n >= 0 {
				w[n] = max(0, w[n]+float64(b.scale[i]*(2*u[i]-1)))
			}
		}
	case weightBounds:
		for i, n := range b.at {
			if n >= 0 {
				w[n] = b.low[i] + float64(u[i]*(b.high[i]-b.low[i]))
			}
		}
	case weightFlat:
		b.flat(w, u)
	default:
		b.shares(w, u)
	}
}

// shares draws the shares of siblings: gamma variables in proportion to their
// sum have the Dirichlet distribution, exponential ones are uniform on the
// simplex.
//
// Source: Devroye (1986), Non-uniform random variate generation, chapters V.2
// and XI.4.
func (b *boundRule) shares(w, u []float64) {
	for g, members := range b.groups {
		sum := 0.0
		for _, i := range members {
			v := gamma(b.shape[i], u[i])
			w[b.at[i]] = v
			sum += v
		}
		for _, i := range members {
			w[b.at[i]] *= b.scale[g] / sum
		}
	}
}

func (b *boundRule) flat(w, u []float64) {
	sum := 0.0
	for i, n := range b.at {
		if n >= 0 {
			w[n] = gamma(1, u[i])
			sum += w[n]
		}
	}
	for n, leaves := range b.leaves {
		if leaves == nil {
			continue
		}
		total := 0.0
		for _, i := range leaves {
			total += w[b.at[i]]
		}
		w[n] = total / sum
	}
	for _, n := range b.at {
		if n >= 0 {
			w[n] /= sum
		}
	}
}

// gamma is the quantile of the gamma distribution of a shape and scale 1. It
// is kept above 0, so that no weight vanishes.
func gamma(shape, u float64) float64 {
	u = min(max(u, 0x1p-53), 1-0x1p-53)
	if shape == 1 {
		return -math.Log(1 - u)
	}
	return max(mathext.GammaIncRegInv(shape, u), math.SmallestNonzeroFloat64)
}
