package live

import (
	"errors"
	"math"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/spec"
	"mizan/uncertainty"
)

// Session is one reader's reading of a project: methods, weights, ranks and
// draws. It serves one goroutine.
type Session struct {
	year  int
	spec  *spec.Spec // as the bundle has it
	panel *mizan.Panel
	first *build.Result // of spec

	edits     []spec.Edit // of methods
	switched  *spec.Spec  // spec with edits
	result    *build.Result
	evaluator *build.Evaluator
	given     []float64 // the weights of result
	ranks     []int32
	model     *uncertainty.Model // the last that was drawn from
}

// Open builds the project of a bundle. Errors are mizan.Problems.
func Open(text []byte) (*Session, error) {
	b, s, panel, err := read(text)
	if err != nil {
		return nil, err
	}
	o := &Session{year: b.Year, spec: s, panel: panel}
	return o, o.Switch(nil)
}

// Units lists the units; scores and ranks are parallel to it.
func (o *Session) Units() []string { return o.panel.Units }

// Nodes lists the indicators and aggregates of the framework as it stands, the
// top last; weights are parallel to it.
func (o *Session) Nodes() []build.Node { return o.result.Nodes }

// Weights are those of the build as it stands, of every node within its parent;
// 1 for the top.
func (o *Session) Weights() []float64 { return slices.Clone(o.given) }

// Switch builds the project with edits, which are kept until the next Switch.
// Errors, as mizan.Problems, leave the session as it was.
func (o *Session) Switch(edits []spec.Edit) error {
	s := o.spec
	if len(edits) > 0 {
		var err error
		if s, err = o.spec.Apply(edits...); err != nil {
			return err
		}
	}
	plan, err := build.Compile(s)
	if err != nil {
		return err
	}
	var result *build.Result
	if o.first == nil {
		result, err = plan.Run(o.panel)
	} else {
		result, err = plan.Rerun(o.first)
	}
	if err != nil {
		return err
	}
	kernel, err := build.NewKernel(result, o.year, build.KernelOptions{})
	if err != nil {
		return err
	}
	if o.first == nil {
		o.first = result
	}
	o.edits, o.switched, o.result, o.model = slices.Clone(edits), s, result, nil
	o.evaluator, o.given = kernel.Evaluator(), kernel.Weights()
	o.ranks = make([]int32, len(kernel.Units()))
	return nil
}

// Standing is a ranking under some weights.
type Standing struct {
	Scores [][]float64 // [node][unit], NaN for missing
	Ranks  []int32     // at the top; 0 for a unit without one
}

// Weigh ranks the units under weights that are parallel to Nodes. The scores
// are, bit by bit, those of a build with these weights, and are overwritten by
// the next call. Errors, as mizan.Problems: a weight that is no weight,
// aggregates without any, values for which an aggregation is not defined.
func (o *Session) Weigh(weights []float64) (Standing, error) {
	if err := o.check(weights); err != nil {
		return Standing{}, err
	}
	scores, err := o.evaluator.Nodes(weights)
	if err != nil {
		return Standing{}, err
	}
	o.evaluator.Ranks(o.ranks, scores[len(scores)-1])
	return Standing{Scores: scores, Ranks: o.ranks}, nil
}

// check refuses what no project could have for weights.
func (o *Session) check(weights []float64) error {
	var ps mizan.Problems
	if len(weights) != len(o.result.Nodes) {
		ps.Add("bad-weight", mizan.Place{}, "there is not one weight for each node", "give one for each")
		return ps
	}
	sums := map[string]float64{}
	for i, n := range o.result.Nodes {
		if w := weights[i]; !(w >= 0) || math.IsInf(w, 0) {
			ps.Add("bad-weight", mizan.Place{}, "the weight of "+n.Code+" is no weight", "give a number from 0 on")
		}
		sums[n.Parent] += weights[i]
	}
	for _, n := range o.result.Nodes {
		if len(n.Children) > 0 && sums[n.Code] == 0 {
			ps.Add("no-weight", mizan.Place{}, "nothing below "+n.Code+" has a weight", "give one of "+n.Children[0]+" and its siblings a weight above 0")
		}
	}
	return ps.OrNil()
}

// Edits are the typed edits that make the reading from the project as it is
// published: those of the methods, and those of weights that differ from the
// build's. Where weights are found from the data, all are set.
func (o *Session) Edits(weights []float64) []spec.Edit {
	edits := slices.Clone(o.edits)
	if slices.Equal(weights, o.given) {
		return edits
	}
	declared := o.switched.Build.Weights.Method == "declared"
	if !declared {
		edits = append(edits, spec.Edit{Set: "build.weights", To: "declared"})
	}
	for i, n := range o.result.Nodes[:len(o.result.Nodes)-1] {
		if !declared || weights[i] != o.given[i] {
			edits = append(edits, spec.Edit{Set: "framework." + n.Code + ".weight", To: weights[i]})
		}
	}
	return edits
}

// Draw draws the reading with these weights anew as often as the project says
// it is uncertain, but draws times. What varies is what the project says, save
// the methods that were switched; where that cannot be drawn from a bundle, the weights alone. Builds
// that earlier draws made are used again as far as they serve. Errors are
// mizan.Problems.
func (o *Session) Draw(weights []float64, draws int) (*uncertainty.Result, error) {
	if err := o.check(weights); err != nil {
		return nil, err
	}
	edits := append(o.Edits(weights), spec.Edit{Set: "uncertainty.draws", To: draws})
	m, err := o.drawn(edits)
	var ps mizan.Problems
	if errors.As(err, &ps) {
		m, err = o.drawn(append(edits, weightsVary(), spec.Edit{Set: "uncertainty.year", To: o.year}, spec.Edit{Set: "uncertainty.draws", To: draws}))
	}
	if err != nil {
		return nil, err
	}
	o.model = m
	state, err := m.Run(uncertainty.RunOptions{}, nil)
	if err != nil {
		return nil, err
	}
	return m.Intervals(state), nil
}

// drawn makes the model of the project with edits.
func (o *Session) drawn(edits []spec.Edit) (*uncertainty.Model, error) {
	s, err := o.spec.Apply(edits...)
	if err != nil {
		return nil, err
	}
	plan, err := build.Compile(s)
	if err != nil {
		return nil, err
	}
	result, err := plan.Rerun(o.result)
	if err != nil {
		return nil, err
	}
	m, err := uncertainty.New(s, o.panel, result, uncertainty.Options{Like: o.model, Fixed: o.edits})
	if err != nil {
		return nil, err
	}
	return m, m.Check()
}
