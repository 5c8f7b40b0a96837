package build

import (
	"fmt"
	"slices"

	"mizan"
	"mizan/stat"
)

// Kernel evaluates the framework of a Result in one year under any weights. It
// is made once and serves any number of evaluations, each of which costs a few
// microseconds: values lie in flat arrays, and adjacent aggregates that share a
// mean are taken together, with the products of their weights.
//
// The scores that Evaluator.Top gives agree with those of Plan.Run to within
// 1e-12 of the score; Evaluator.Nodes gives its bits, more slowly. Missing
// values are treated as Plan.Run treats them.
//
// Besides the units of the result there may be extra units, given by their
// normalised indicators. They change nothing for the others: methods that
// compare units with one another see the units of the result and one extra
// unit at a time, and its rank is the one it would hold among them.
//
// A Kernel is not changed by use and may serve several goroutines, each with
// an Evaluator of its own.
type Kernel struct {
	result  *Result
	y       int
	nodes   []node
	units   []string    // of the result, then the extra ones
	own     int         // units of the result
	weights []float64   // of the result, one per node
	fixed   []bool      // nodes whose scores do not depend on the weights that vary
	columns [][]float64 // per fixed node its value in every unit; nil for the others
	// compares tells that there are extra units and methods that compare units
	// with one another, so that each extra unit is evaluated with the others.
	// The columns of fixed aggregates then hold nothing for extra units.
	compares bool
	order    []int32 // of the units of the result in its ranking, the best first
	program  *program
}

// KernelOptions say what a kernel is for.
type KernelOptions struct {
	// Extra are units beyond those of the result.
	Extra []ExtraUnit
	// Vary tells, per node, whether its weight may differ from the result's;
	// nil = all may. What lies below weights that do not vary is computed once.
	Vary []bool
}

// ExtraUnit is a unit that is not of the result, such as a pooled alliance.
type ExtraUnit struct {
	Code       string
	Normalised []float64 // parallel to Result.Indicators; missing is NaN
}

// NewKernel makes the kernel of a result in a year. Errors, as mizan.Problems:
// a year that the result lacks, an extra unit for which an aggregation is not
// defined. It panics if an extra unit has not one value per indicator, or Vary
// not one per node.
func NewKernel(r *Result, year int, o KernelOptions) (*Kernel, error) {
	k := &Kernel{result: r, nodes: r.plan.nodes, own: len(r.Units), y: slices.Index(r.Years, year)}
	if k.y < 0 {
		var ps mizan.Problems
		ps.Add("unknown-year", mizan.Place{}, fmt.Sprintf("there is no year %d", year), "name a year of the panel")
		return nil, ps
	}
	if o.Vary != nil && len(o.Vary) != len(k.nodes) {
		panic("build: KernelOptions.Vary is not parallel to the nodes")
	}
	k.units = slices.Clip(r.Units)
	for _, e := range o.Extra {
		if len(e.Normalised) != len(r.Indicators) {
			panic("build: ExtraUnit.Normalised is not parallel to the indicators")
		}
		k.units = append(k.units, e.Code)
	}
	for _, n := range k.nodes {
		k.compares = k.compares || n.Level > 1 && !n.aggregate.entry.UnitByUnit && len(o.Extra) > 0
	}
	k.rank()
	k.weigh()
	k.fix(o.Vary)
	if err := k.fill(o.Extra); err != nil {
		return nil, err
	}
	k.program = compileProgram(k)
	return k, nil
}

// rank finds the order of the units in the result.
func (k *Kernel) rank() {
	k.order = make([]int32, 0, k.own)
	scores := k.result.Scores.Column(k.y, len(k.nodes)-1)
	for _, u := range slices.Backward(stat.Order(scores)) {
		k.order = append(k.order, int32(u))
	}
	for u, v := range scores {
		if v != v {
			k.order = append(k.order, int32(u))
		}
	}
}

// weigh lists the weights of the result, one per node.
func (k *Kernel) weigh() {
	k.weights = make([]float64, len(k.nodes))
	k.weights[len(k.nodes)-1] = 1
	for n := range k.nodes {
		for i, c := range k.nodes[n].children {
			k.weights[c] = k.result.weights[n][i]
		}
	}
}

// fix finds the nodes below which no weight varies.
func (k *Kernel) fix(vary []bool) {
	k.fixed = make([]bool, len(k.nodes))
	for n := range k.nodes {
		k.fixed[n] = k.nodes[n].Level == 1 || vary != nil
		for _, c := range k.nodes[n].children {
			k.fixed[n] = k.fixed[n] && k.fixed[c] && !vary[c]
		}
	}
}

// fill makes the columns of the fixed nodes, those of the extra units with the
// weights of the result.
func (k *Kernel) fill(extra []ExtraUnit) error {
	k.columns = make([][]float64, len(k.nodes))
	for n := range k.nodes {
		if !k.fixed[n] {
			continue
		}
		k.columns[n] = k.result.Scores.Column(k.y, n)
		if len(extra) == 0 {
			continue
		}
		k.columns[n] = append(slices.Clip(k.columns[n]), make([]float64, len(extra))...)
		for i, e := range extra {
			if n < len(e.Normalised) {
				k.columns[n][k.own+i] = e.Normalised[n]
			}
		}
	}
	if len(extra) == 0 || k.compares {
		return nil
	}
	l := k.levels()
	l.all = true
	return l.run(k.weights)
}

// Result is the result of which the kernel is.
func (k *Kernel) Result() *Result { return k.result }

// Year is the kernel's year.
func (k *Kernel) Year() int { return k.result.Years[k.y] }

// Units lists the units of the result and after them the extra ones. Scores
// and ranks are parallel to it.
func (k *Kernel) Units() []string { return k.units }

// Own is the number of units of the result.
func (k *Kernel) Own() int { return k.own }

// Weights are those of the result: of every node within its parent, not
// rescaled, parallel to Result.Nodes; 1 for the top. The caller may change
// them.
func (k *Kernel) Weights() []float64 { return slices.Clone(k.weights) }

// Evaluator is what one goroutine needs to evaluate a kernel. Its results are
// overwritten by its next call.
type Evaluator struct {
	k       *Kernel
	work    *work
	top     []float64
	levels  *levels
	joined  []*levels   // per extra unit, where methods compare units
	columns [][]float64 // what Nodes gives

	order  []int32 // of the units of the result, as they were ranked last
	sorted []float64
}

// Evaluator makes a new evaluator.
func (k *Kernel) Evaluator() *Evaluator {
	return &Evaluator{
		k: k, work: k.program.newWork(), top: make([]float64, len(k.units)),
		order: make([]int32, k.own), sorted: make([]float64, k.own),
	}
}

// Top gives the score of every unit at the top of the framework under weights
// that are parallel to Result.Nodes, as Kernel.Weights are; NaN for a unit
// without one. Of nodes that do not vary (KernelOptions.Vary) the weights are
// taken to be the result's. Errors, as mizan.Problems: values for which an
// aggregation is not defined.
func (e *Evaluator) Top(weights []float64) ([]float64, error) {
	top := len(e.k.nodes) - 1
	if e.k.fixed[top] && !e.k.compares {
		return e.k.columns[top], nil
	}
	if !e.k.compares && e.work.run(weights) {
		e.work.scatter(e.top, top)
		return e.top, nil
	}
	columns, err := e.Nodes(weights)
	if err != nil {
		return nil, err
	}
	return columns[top], nil
}

// Nodes gives the scores of every node, [node][unit], bit by bit as Plan.Run
// would: level by level. Weights and errors are those of Top.
func (e *Evaluator) Nodes(weights []float64) ([][]float64, error) {
	if e.levels == nil {
		e.prepare()
	}
	if err := e.levels.run(weights); err != nil {
		return nil, err
	}
	for i, l := range e.joined {
		if err := l.run(weights); err != nil {
			return nil, err
		}
		for n, x := range l.columns {
			copy(e.columns[n], e.levels.columns[n])
			e.columns[n][e.k.own+i] = x[e.k.own]
		}
	}
	return e.columns, nil
}

// prepare makes what Nodes needs.
func (e *Evaluator) prepare() {
	e.levels = e.k.levels()
	e.columns = e.levels.columns
	if !e.k.compares {
		return
	}
	e.columns = make([][]float64, len(e.k.nodes))
	for n := range e.columns {
		e.columns[n] = make([]float64, len(e.k.units))
	}
	for i := range e.k.units[e.k.own:] {
		e.joined = append(e.joined, e.k.joined(i))
	}
}
