package build

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"mizan"
)

// Outsiders scores units that are not of the index through the framework as it
// was built: by its weights and its means, and on its scale. It may serve
// several goroutines at once.
//
// An outsider stands in place of some units of the index: an alliance in place
// of its members. For methods that look at each unit by itself that makes no
// difference to its scores; those that compare units see the outsider and the
// units that remain.
type Outsiders struct {
	r        *Result
	y        int
	compares bool // some method compares units
	nameless []string
}

// nameless is what alliances are called in messages.
var nameless = []string{"the alliance"}

// mostNameless is how many outsiders are scored at a time without naming them anew.
const mostNameless = 256

// Outsiders prepares the scoring of a year. Errors, as mizan.Problems: a year
// that the result lacks.
func (r *Result) Outsiders(year int) (*Outsiders, error) {
	y := slices.Index(r.Years, year)
	if y < 0 {
		var ps mizan.Problems
		ps.Add("unknown-year", mizan.Place{}, fmt.Sprintf("there is no year %d", year), "name a year of the panel")
		return nil, ps
	}
	o := &Outsiders{r: r, y: y, nameless: slices.Repeat(nameless, mostNameless)}
	for _, n := range r.plan.nodes {
		o.compares = o.compares || n.Level > 1 && !n.aggregate.entry.UnitByUnit
	}
	return o, nil
}

// Compares reports whether some method of aggregation compares units, so that
// a score hangs on who else is there.
func (o *Outsiders) Compares() bool { return o.compares }

// Join puts one outsider, by its normalised indicators, into the index in place
// of some units, given by their positions in ascending order. It returns the
// scores of every node, [node][unit], over the units that remain and the
// outsider, and the outsider's position there: that of the first unit that it
// replaces, else the last. An outsider that has the indicators of the one unit
// that it replaces gets the scores of that unit, bit by bit.
//
// Weights are per node within its parent, as Kernel.Weights; nil = those of the
// result. Errors, as mizan.Problems: values for which an aggregation is not
// defined.
func (o *Outsiders) Join(normalised []float64, instead []int, weights []float64) (scores [][]float64, at int, err error) {
	at = len(o.r.Units) - len(instead)
	if len(instead) > 0 {
		at = instead[0]
	}
	join := func(column []float64, v float64) []float64 {
		list := make([]float64, 0, len(column)+1)
		for u, x := range column {
			switch {
			case u == at && len(instead) > 0:
				list = append(list, v)
			case !slices.Contains(instead, u):
				list = append(list, x)
			}
		}
		if len(instead) == 0 {
			list = append(list, v)
		}
		return list
	}
	var names []string
	for u, code := range o.r.Units {
		if u == at && len(instead) > 0 {
			code = "the alliance"
		} else if slices.Contains(instead, u) {
			continue
		}
		names = append(names, code)
	}
	if len(instead) == 0 {
		names = append(names, "the alliance")
	}
	scores = make([][]float64, len(o.r.plan.nodes))
	for n, node := range o.r.plan.nodes {
		if node.Level == 1 {
			scores[n] = join(o.r.Scores.Column(o.y, n), normalised[n])
			continue
		}
		scores[n] = make([]float64, len(names))
	}
	return scores, at, o.aggregate(scores, names, weights)
}

// Score scores a batch of outsiders: scores are columns over the outsiders, one
// per node; those of the indicators hold their normalised values, and those of
// the aggregates are filled in. instead gives the units that each replaces, and
// is looked at where methods compare units; nil = none. The other arguments and
// the errors are those of Join.
func (o *Outsiders) Score(scores [][]float64, instead func(k int) []int, weights []float64) error {
	if !o.compares {
		return o.aggregate(scores, nil, weights)
	}
	indicators := len(o.r.Indicators)
	normalised := make([]float64, indicators)
	for k := range scores[0] {
		for c := range normalised {
			normalised[c] = scores[c][k]
		}
		var replaced []int
		if instead != nil {
			replaced = instead(k)
		}
		joined, at, err := o.Join(normalised, replaced, weights)
		if err != nil {
			return err
		}
		for n := indicators; n < len(scores); n++ {
			scores[n][k] = joined[n][at]
		}
	}
	return nil
}

// aggregate fills the columns of the aggregates. names are those of the units,
// for messages; nil = they are all alliances.
func (o *Outsiders) aggregate(columns [][]float64, names []string, weights []float64) error {
	r := &run{plan: o.r.plan, panel: o.r.panel, result: o.r}
	if names == nil {
		names = o.nameless
		if n := len(columns[0]); n <= len(names) {
			names = names[:n]
		} else {
			names = slices.Repeat(nameless, n)
		}
	}
	for n := range o.r.plan.nodes {
		node := &o.r.plan.nodes[n]
		if node.Level == 1 {
			continue
		}
		g := &Group{Parent: node.Code, Children: node.Children, Units: names, W: o.r.weights[n]}
		if weights != nil {
			g.W = make([]float64, len(node.children))
		}
		for i, c := range node.children {
			g.X = append(g.X, o.r.plan.nodes[c].seen(columns[c]))
			if weights != nil {
				g.W[i] = weights[c]
			}
		}
		err := node.aggregate.method.Aggregate(g, columns[n])
		var nothing *Degenerate
		if err == nil || errors.As(err, &nothing) {
			continue
		}
		r.failed(node.aggregate.step.Path, err)
		return r.problems.OrNil()
	}
	return nil
}

// PlaceOf is the rank that a value holds among others and itself, at a position
// of a column: 1 = the highest, ties share the smaller rank; 0 for a missing
// value. of counts those that have a rank.
func PlaceOf(column []float64, at int) (rank, of int) {
	for _, v := range column {
		if v == v {
			of++
		}
		if v > column[at] {
			rank++
		}
	}
	if math.IsNaN(column[at]) {
		return 0, of
	}
	return rank + 1, of
}

// Monotone reports whether it is sure that a better figure never lowers the
// score of an outsider at the top, nor a worse one raises it: every aggregation
// is a mean, a median or a minimum under weights of which none is negative, and
// every normalisation rises, or falls, throughout. "Better" is as Facing has it.
func (o *Outsiders) Monotone() bool {
	for n, node := range o.r.plan.nodes {
		if node.Level == 1 {
			name := o.r.plan.normalise.of(node.Code).name()
			if name == normaliseFractionOfMax.Name || name == normaliseDistanceToTarget.Name {
				return false
			}
			continue
		}
		switch node.aggregate.name() {
		case aggregateArithmetic.Name, aggregateGeometric.Name, aggregateHarmonic.Name, aggregateGeneralised.Name,
			aggregateMedian.Name, aggregateMinimum.Name, aggregateOrdered.Name:
		default:
			return false
		}
		if slices.ContainsFunc(o.r.weights[n], func(w float64) bool { return w < 0 }) {
			return false
		}
	}
	return true
}
