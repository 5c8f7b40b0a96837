package audit

import (
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// auditor carries one audit from check to check.
type auditor struct {
	spec   *spec.Spec
	panel  *mizan.Panel
	result *build.Result
	limits limits
	out    *Result
	check  *Check // that is being answered

	y        int   // position of the year
	kept     []int // positions of the units that were not screened out in the year
	at       map[string]int
	scores   [][]float64 // by node: of the kept units
	ranks    [][]float64 // by node: of the kept units
	facing   [][]float64 // by node: its scores so that higher is better for the top
	children [][]int     // by node: positions of its children
	parent   []int       // by node: position of its parent, -1 for the top
}

func newAuditor(s *spec.Spec, panel *mizan.Panel, r *build.Result, o Options, l limits) (*auditor, error) {
	a := &auditor{spec: s, panel: panel, result: r, limits: l, at: map[string]int{}, y: len(r.Years) - 1}
	if o.Year != 0 {
		a.y = slices.Index(r.Years, o.Year)
	}
	if a.y < 0 {
		return nil, mizan.Problems{s.Problem("unknown-year", "period", fmt.Sprintf("there is no year %d in the build", o.Year), "name one of its years")}
	}
	gone := map[string]bool{}
	for _, g := range r.Removed {
		gone[g.Unit] = gone[g.Unit] || g.Year == r.Years[a.y]
	}
	for u, code := range r.Units {
		if !gone[code] {
			a.kept = append(a.kept, u)
		}
	}
	a.parent = make([]int, len(r.Nodes))
	a.children = make([][]int, len(r.Nodes))
	facing := build.Facing(r.Nodes)
	for i, n := range r.Nodes {
		a.at[n.Code] = i
		a.parent[i] = -1
		a.scores = append(a.scores, a.pick(r.Scores.Column(a.y, i)))
		a.ranks = append(a.ranks, a.pick(r.Ranks.Column(a.y, i)))
		a.facing = append(a.facing, a.scores[i])
		if facing[i] < 0 {
			a.facing[i] = negative(a.scores[i])
		}
		for _, c := range n.Children {
			a.children[i] = append(a.children[i], a.at[c])
			a.parent[a.at[c]] = i
		}
	}
	a.out = &Result{
		Format: Format, ID: s.ID, Hash: s.Hash(), Year: r.Years[a.y], Units: r.Units, Nodes: r.Nodes, Thresholds: l.list(),
		Size: []SizeCorrelation{}, Importance: []Importance{}, AddedValue: []AddedValue{},
		Compensability: []Comparison{}, LeaveOneOut: []LeftOut{},
	}
	for _, v := range a.ranks[a.top()] {
		if v == v {
			a.out.Ranked++
		}
	}
	a.out.Statistics = a.statistics()
	a.out.Availability = a.availability()
	a.out.Groups = a.groups()
	a.out.Across = a.across()
	return a, nil
}

// negative is a column with every sign changed.
func negative(x []float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = -v
	}
	return out
}

// pick takes the kept units of a column.
func (a *auditor) pick(column []float64) []float64 {
	x := make([]float64, len(a.kept))
	for i, u := range a.kept {
		x[i] = column[u]
	}
	return x
}

func (a *auditor) top() int               { return len(a.result.Nodes) - 1 }
func (a *auditor) node(i int) *build.Node { return &a.result.Nodes[i] }
func (a *auditor) code(i int) string      { return a.result.Nodes[i].Code }
func (a *auditor) unit(kept int) string   { return a.result.Units[a.kept[kept]] }
func (a *auditor) year() int              { return a.result.Years[a.y] }

// aggregates are the positions of the nodes that have children.
func (a *auditor) aggregates() []int {
	var list []int
	for i := range a.result.Nodes {
		if len(a.children[i]) > 0 {
			list = append(list, i)
		}
	}
	return list
}

// columnsOf are the scores of nodes, so that higher is better for the top.
func (a *auditor) columnsOf(nodes []int) [][]float64 {
	list := make([][]float64, len(nodes))
	for i, n := range nodes {
		list[i] = a.facing[n]
	}
	return list
}

// below lists the indicators under a node.
func (a *auditor) below(node int) []int {
	if len(a.children[node]) == 0 {
		return []int{node}
	}
	var list []int
	for _, c := range a.children[node] {
		list = append(list, a.below(c)...)
	}
	return list
}

// share is the node's weight within its parent, from 0 to 1.
func (a *auditor) share(node int) float64 {
	sum := 0.0
	for _, c := range a.children[a.parent[node]] {
		sum += a.node(c).Weight
	}
	if sum == 0 {
		return math.NaN()
	}
	return a.node(node).Weight / sum
}

// places is what counts as a shift of rank among so many units.
func (a *auditor) places() int {
	n := a.out.Ranked
	if n >= 100 {
		return int(a.limits[shiftPlaces])
	}
	return max(1, min(int(a.limits[shiftPlaces]), int(math.Round(float64(n)/10))))
}

// figure writes a figure in a message: two decimals, more where it is small.
func figure(v float64) string {
	if r := math.Round(v*100) / 100; r != 0 || v == 0 {
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.1g", v)
}

// count writes a number of things: "1 unit", "3 units".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// part writes a share in a message.
func part(v float64) string { return fmt.Sprintf("%.0f %%", 100*v) }
