package build

import (
	"errors"
	"slices"
)

// levels evaluates a framework level by level through the aggregators, in the
// same arithmetic as Plan.Run.
type levels struct {
	k       *Kernel
	units   []string
	all     bool        // the fixed nodes too
	columns [][]float64 // per node its value in every unit
	groups  []*Group    // per aggregate
}

// levels evaluates all units together, or where methods compare units those of
// the result.
func (k *Kernel) levels() *levels {
	units := k.units
	if k.compares {
		units = units[:k.own]
	}
	return k.levelsOf(units, nil)
}

// levelsOwning is levels with columns of their own for some indicators, given by
// their positions, so that other values can be written there.
func (k *Kernel) levelsOwning(indicators []int) *levels { return k.levelsOf(k.units, indicators) }

func (k *Kernel) levelsOf(units []string, own []int) *levels {
	l := &levels{k: k, units: units, columns: make([][]float64, len(k.nodes))}
	for n, x := range k.columns {
		if x != nil {
			l.columns[n] = x[:len(units)]
		}
	}
	for _, n := range own {
		l.columns[n] = slices.Clone(l.columns[n])
	}
	l.makeGroups()
	return l
}

// joined evaluates the units of the result and one extra unit.
func (k *Kernel) joined(extra int) *levels {
	l := &levels{
		k: k, all: true, columns: make([][]float64, len(k.nodes)),
		units: append(slices.Clip(k.units[:k.own]), k.units[k.own+extra]),
	}
	for n := range k.result.Indicators {
		l.columns[n] = append(slices.Clone(k.columns[n][:k.own]), k.columns[n][k.own+extra])
	}
	l.makeGroups()
	return l
}

func (l *levels) makeGroups() {
	l.groups = make([]*Group, len(l.k.nodes))
	for n, node := range l.k.nodes {
		if l.columns[n] == nil {
			l.columns[n] = make([]float64, len(l.units))
		}
		if node.Level == 1 {
			continue
		}
		g := &Group{Parent: node.Code, Children: node.Children, Units: l.units, W: make([]float64, len(node.children))}
		for _, c := range node.children {
			x := l.columns[c]
			if l.k.nodes[c].Reversed {
				x = make([]float64, len(x)) // filled by aggregate
			}
			g.X = append(g.X, x)
		}
		l.groups[n] = g
	}
}

// run computes the aggregates that are not fixed, or all. Like Plan.Run it
// stops below the level above one with problems.
func (l *levels) run(weights []float64) error {
	r := &run{plan: l.k.result.plan, panel: l.k.result.panel}
	level := 0
	for n, node := range l.k.nodes {
		if node.Level == 1 || l.k.fixed[n] && !l.all {
			continue
		}
		if node.Level != level && len(r.problems) > 0 {
			break
		}
		level = node.Level
		if err := l.aggregate(n, weights); err != nil {
			r.failed(node.aggregate.step.Path, err)
		}
	}
	return r.problems.OrNil()
}

// aggregate computes a node from the columns of its children. Units of which
// the values tell nothing are without a score, as in Plan.Run.
func (l *levels) aggregate(n int, weights []float64) error {
	node := &l.k.nodes[n]
	for i, c := range node.children {
		l.groups[n].W[i] = weights[c]
		if child := &l.k.nodes[c]; child.Reversed {
			child.mirrorTo(l.groups[n].X[i], l.columns[c])
		}
	}
	err := node.aggregate.method.Aggregate(l.groups[n], l.columns[n])
	var nothing *Degenerate
	if errors.As(err, &nothing) {
		return nil
	}
	return err
}
