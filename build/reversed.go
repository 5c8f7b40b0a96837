package build

import (
	"fmt"
	"math"

	"mizan"
)

// Reversed aggregates. A node of direction -1 measures something bad: it keeps
// its own score, and its parent sees that score mirrored about the middle of
// the scale that its indicators are normalised to,
//
//	seen = low + high - score
//
// where low + high is the sum of the ends of that scale, or twice its mean, and
// 0 where no scale is known, which makes it -score. All that evaluates a
// framework looks at children through seen or Seen.

// seen is a column of a node's scores as its parent sees them: the column
// itself, or a mirrored copy; missing stays missing.
func (n *node) seen(column []float64) []float64 {
	if !n.Reversed {
		return column
	}
	return n.mirrorTo(make([]float64, len(column)), column)
}

// mirrorTo writes the mirrored scores to dst, which may be the column itself.
func (n *node) mirrorTo(dst, column []float64) []float64 {
	for i, v := range column {
		dst[i] = n.Mirror - v
	}
	return dst
}

// Seen is a score of the node as its parent sees it: mirrored where the node is
// reversed, else the score itself; missing stays missing.
func (n *Node) Seen(score float64) float64 {
	if n.Reversed {
		return n.Mirror - score
	}
	return score
}

// seenIn is a value that the parent sees, for the trace; nil where it is no
// other than the node's score.
func (n *node) seenIn(seen float64) *mizan.Number {
	if !n.Reversed {
		return nil
	}
	return new(mizan.Number(seen))
}

// Facing tells, per node, whether a higher score is better for the top (+1) or
// worse (-1): the product of the directions from the node up. Nodes are those of
// a Result, parents after their children.
func Facing(nodes []Node) []int {
	at := make(map[string]int, len(nodes))
	for i, n := range nodes {
		at[n.Code] = i
	}
	facing := make([]int, len(nodes))
	for i := len(nodes) - 1; i >= 0; i-- {
		facing[i] = 1
		if up, ok := at[nodes[i].Parent]; ok {
			facing[i] = facing[up]
		}
		if nodes[i].Reversed {
			facing[i] = -facing[i]
		}
	}
	return facing
}

// scale is what is known beforehand of the scores of a node.
type scale struct {
	sum   float64 // of the ends, or twice the mean; NaN = nothing is known
	from  string  // the node that has it
	clash string  // another node whose scale is different, "" = none
	other float64 // the sum of that
}

// mirrors finds for every reversed aggregate the middle of its scale. It
// refuses one that stands over scales with different middles, and aggregations
// that need positive values over one that is mirrored at or below zero.
func (c *compiler) mirrors(p *Plan) {
	scales := make([]scale, len(p.nodes))
	for i := range p.nodes {
		n := &p.nodes[i]
		s := &scales[i]
		*s = scale{sum: math.NaN(), from: n.Code}
		if n.Level == 1 {
			if step := p.normalise.of(n.Code); step.entry.Mirror != nil {
				s.sum = step.entry.Mirror(step.options)
			}
			continue
		}
		if n.aggregate.entry.Mirror != nil {
			s.sum = n.aggregate.entry.Mirror(n.aggregate.options)
		} else {
			s.join(scales, n.children)
		}
		if !n.Reversed {
			continue
		}
		if s.clash != "" {
			c.add("no-common-scale", "framework."+n.Code+".direction",
				fmt.Sprintf("%s has direction -1 and cannot be mirrored: the middle of the scores of %s is %s, that of %s is %s",
					n.Code, s.from, figure(s.sum/2), s.clash, figure(s.other/2)),
				"normalise what stands below it to one scale, such as `to: [0, 100]`, or turn the directions of its indicators")
		}
		if s.sum == s.sum {
			n.Mirror = s.sum
		}
	}
}

// join takes the scale that children have in common; those of which nothing is
// known do not count.
func (s *scale) join(all []scale, children []int) {
	for _, child := range children {
		of := all[child]
		switch {
		case s.clash != "" || of.sum != of.sum:
		case of.clash != "":
			*s = of
		case s.sum != s.sum:
			*s = of
		case of.sum != s.sum:
			s.clash, s.other = of.from, of.sum
		}
	}
}

// refuseMirrored refuses an aggregation that needs positive scores over a
// reversed aggregate that is mirrored at or below zero: it would need one whose
// scores are all below the middle of its scale.
func (c *compiler) refuseMirrored(p *Plan) {
	for _, n := range p.nodes {
		e := n.aggregate.entry
		if n.Level == 1 || e.NeedsPositive == nil || !e.NeedsPositive(n.aggregate.options) {
			continue
		}
		for _, i := range n.children {
			child := p.nodes[i]
			if child.Reversed && child.Mirror <= 0 && *child.declared != 0 {
				c.add("not-positive", n.aggregate.step.Path,
					fmt.Sprintf("the %s of %s is defined for positive values only, and %s, which has direction -1, is seen as %s less its score",
						e.Name, n.Code, child.Code, figure(child.Mirror)), positiveRemedy)
				break
			}
		}
	}
}
