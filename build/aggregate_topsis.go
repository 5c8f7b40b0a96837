package build

import (
	"fmt"
	"math"

	"mizan"
)

var aggregateTopsis = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "topsis",
		Summary: "How near a unit is to the best values of all children together, and how far from the worst: 1 is the best there is in every child, 0 the worst.",
		Formula: "d- / (d+ + d-), d+ = sqrt(sum (v - best v)^2), d- = sqrt(sum (v - worst v)^2);\n" +
			"v = w x / sqrt(sum over units of x^2), or w x with rescale: none",
		Missing: withoutScore + " Distances run over the children that have a value. " +
			"Where best and worst are the same in all of them nothing can be said and there is no score.",
		Source: "Hwang and Yoon (1981), Multiple Attribute Decision Making",
		Options: []mizan.Option{
			{
				Name: "rescale", Kind: mizan.ChoiceOption, Default: "vector", Choices: []string{"vector", "none"},
				Summary: "vector: each child is divided by the length of its column, as the authors do; none: children are taken as they were normalised",
			},
			availabilityOption,
		},
	},
	Mirror: func(Options) float64 { return 1 },
	NewAggregator: func(o Options) (Aggregator, error) {
		return topsis{o.number("min_available"), o.text("rescale") == "vector"}, nil
	},
}

type topsis struct {
	least  float64
	vector bool
}

func (t topsis) Aggregate(g *Group, out []float64) error {
	n := len(out)
	best, worst, have := make([]float64, n), make([]float64, n), make([]bool, n)
	for i, x := range g.X {
		w := g.W[i]
		if w == 0 {
			continue
		}
		if t.vector {
			w /= length(x)
		}
		lo, hi := math.Inf(1), math.Inf(-1)
		for _, v := range x {
			if v == v {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
		for u, v := range x {
			if v == v {
				up, down := w*(hi-v), w*(v-lo)
				best[u] += float64(up * up)
				worst[u] += float64(down * down)
				have[u] = true
			}
		}
	}
	var flat []int
	for u := range out {
		near, far := math.Sqrt(worst[u]), math.Sqrt(best[u])
		out[u] = near / (near + far)
		if have[u] && near+far == 0 {
			flat = append(flat, u)
		}
	}
	dropScarce(g, out, t.least)
	if len(flat) > 0 {
		return noDifferences(g, flat)
	}
	return nil
}

// length is the root of the sum of squares, 1 if that is 0.
func length(x []float64) float64 {
	var l float64
	for _, v := range x {
		if v == v {
			l = math.Hypot(l, v)
		}
	}
	if l == 0 {
		return 1
	}
	return l
}

// noDifferences says that the units of a group are all alike in the children that
// some of them have.
func noDifferences(g *Group, flat []int) *Degenerate {
	return learnsNothing("no-spread", noDifference.Say("code", g.Parent, "units", andMore(g, flat)))
}

// andMore names the first of some units and counts the others.
func andMore(g *Group, units []int) string {
	if len(units) == 1 {
		return g.Units[units[0]]
	}
	return fmt.Sprintf("%s (and %d more)", g.Units[units[0]], len(units)-1)
}
