package uncertainty

import (
	"errors"
	"slices"
	"strings"

	"mizan"
	"mizan/stat"
)

// counter draws and counts. It belongs to one goroutine.
type counter struct {
	m       *Model
	worker  *worker
	counts  *counts
	pairs   *pairs
	scale   scoreScale
	base    []int32 // reference ranks
	chosen  *stat.Stream
	rest    *stat.Stream
	u       []float64
	ranks   []int32
	block   []drawn
	offsets []int // of the choices of each structural factor in counts.Choices
	smaa    bool
	parents []int // of the nodes of the project
	sums    []float64
}

// drawn is a draw with the structure that it chose.
type drawn struct{ k, structure int }

func (m *Model) newCounter() *counter {
	seed := uint64(m.config.Seed)
	c := &counter{
		m: m, worker: m.newWorker(), counts: newCounts(m), base: m.Reference(), scale: m.scale(),
		chosen: stat.NewStream(seed, purposeStructure, 0), rest: stat.NewStream(seed, purposeInputs, 0),
		u: make([]float64, len(m.inputs)), ranks: make([]int32, len(m.base.Units)), smaa: m.varyWeights(),
		sums: make([]float64, len(m.base.Nodes)),
	}
	if c.counts.Beats != nil {
		c.pairs = newPairs(len(m.base.Units))
	}
	at := 0
	for _, size := range m.sizes {
		c.offsets = append(c.offsets, at)
		at += size
	}
	for _, n := range m.base.Nodes {
		c.parents = append(c.parents, m.node(n.Parent))
	}
	return c
}

// varyWeights reports whether some factor varies weights.
func (m *Model) varyWeights() bool {
	return slices.ContainsFunc(m.factors, func(f *factor) bool { return f.rule != nil })
}

func (m *Model) scale() scoreScale { return newScale(m.base.Scores.Column(m.y, len(m.base.Nodes)-1)) }

// run draws and counts the draws from first up to end, at most blockDraws.
// Draws of one structure are evaluated one after another, while its figures are
// near.
func (c *counter) run(first, end int) {
	c.block = c.block[:0]
	for k := first; k < end; k++ {
		d := drawn{k: k}
		if c.m.structural > 0 {
			c.chosen.Reset(uint64(k))
			c.chosen.Uniforms(c.u[:c.m.structural])
			d.structure = c.m.structureAt(c.u)
		}
		c.block = append(c.block, d)
	}
	if c.m.combos > 1 {
		slices.SortStableFunc(c.block, func(a, b drawn) int { return a.structure - b.structure })
	}
	if c.pairs != nil {
		c.pairs.clear()
	}
	for _, d := range c.block {
		if c.m.structural > 0 && c.m.each {
			c.chosen.Reset(uint64(d.k))
			c.chosen.Uniforms(c.u[:c.m.structural])
		}
		c.rest.Reset(uint64(d.k))
		c.rest.Uniforms(c.u[c.m.structural:])
		if err := c.draw(d); err != nil {
			group, text := reason(err)
			c.counts.fail(group, cause{Draws: 1, First: d.k, Text: text})
			c.tell(d.structure, 0, 1, 0)
		}
	}
	if c.pairs != nil {
		c.pairs.count(c.counts.Beats)
	}
}

// draw evaluates and counts one draw.
func (c *counter) draw(d drawn) error {
	ev, err := c.worker.of(d.structure)
	if err != nil {
		return err
	}
	var scores []float64
	e := ev.e
	if c.m.each {
		scores, e, err = c.worker.alone(ev, c.u)
	} else if err = ev.s.weigher.into(ev.w, c.u); err == nil {
		scores, err = ev.e.Top(ev.w)
	}
	if err != nil {
		return err
	}
	e.Ranks(c.ranks, scores)
	c.count(d, ev, scores)
	return nil
}

func (c *counter) count(d drawn, ev *evaluation, scores []float64) {
	shift, sum, ranked := 0, 0, 0
	units, base, scale := c.counts.Units[:len(c.ranks)], c.base[:len(c.ranks)], c.scale
	scores = scores[:len(c.ranks)]
	for u, r := range c.ranks {
		if r == 0 {
			continue
		}
		one := &units[u]
		v := scale.parts(scores[u])
		one.ScoreSum += v
		// window.add, which is not inlined.
		if i := int(r) - one.Ranks.From; uint(i) < uint(len(one.Ranks.Counts)) {
			one.Ranks.Counts[i]++
		} else {
			one.Ranks.add(int(r), 1)
		}
		if i := int(v/scoreParts) - one.Scores.From; uint(i) < uint(len(one.Scores.Counts)) {
			one.Scores.Counts[i]++
		} else {
			one.Scores.add(int(v/scoreParts), 1)
		}
		if ref := base[u]; ref != 0 {
			shift += abs(int(r - ref))
		}
		sum += int(r)
		ranked++
		if r == 1 && c.smaa {
			c.central(one, ev)
		}
	}
	c.counts.Kept++
	c.counts.Shift.add(shiftBin(shift), 1)
	c.counts.ShiftSum += int64(shift)
	c.tell(d.structure, 1, 0, int64(shift))
	if c.pairs != nil {
		c.pairs.add(c.ranks, sum, ranked)
	}
}

func abs(v int) int { return max(v, -v) }

// tell adds to the tallies of the choices of a structure.
func (c *counter) tell(structure int, kept, failed, shift int64) {
	for i := len(c.offsets) - 1; i >= 0; i-- {
		t := &c.counts.Choices[c.offsets[i]+structure%c.m.sizes[i]]
		structure /= c.m.sizes[i]
		t.Kept += kept
		t.Failed += failed
		t.ShiftSum += shift
	}
}

// central adds the shares of the weights of a draw to those with which a unit
// was first. A node that the draw's structure lacks has the share 0.
func (c *counter) central(one *unitCounts, ev *evaluation) {
	one.central(len(c.parents))
	clear(c.sums)
	place, parents, sums := ev.s.place, c.parents, c.sums
	for n, at := range place {
		if p := parents[n]; p >= 0 && at >= 0 {
			sums[p] += ev.w[at]
		}
	}
	for n, sum := range sums {
		if sum > 0 {
			sums[n] = (1 << 32) / sum
		}
	}
	for n, at := range place {
		if p := parents[n]; p >= 0 && at >= 0 {
			one.Central[n] += uint64(float64(ev.w[at]*sums[p]) + 0.5)
		}
	}
}

// reason is the name of the group of failures to which an error belongs, and
// what it says itself.
func reason(err error) (group, text string) {
	var ps mizan.Problems
	if !errors.As(err, &ps) || len(ps) == 0 {
		return "failed", err.Error()
	}
	first := ps[0]
	// The cause names a unit and a value, which differ from draw to draw, and
	// then what the method needs.
	if i := strings.LastIndex(first.Cause, ", and "); first.ID == "not-positive" && i >= 0 {
		return first.ID + first.Cause[i:], first.Cause
	}
	return first.ID, first.Cause
}
