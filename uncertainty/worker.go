package uncertainty

import (
	"slices"

	"mizan/build"
)

// worker evaluates points, one at a time. It belongs to one goroutine.
type worker struct {
	m     *Model
	evals map[int]*evaluation // by structure
}

// evaluation is what evaluates the draws of one structure.
type evaluation struct {
	s *structure
	e *build.Evaluator
	w []float64
}

func (m *Model) newWorker() *worker { return &worker{m: m, evals: map[int]*evaluation{}} }

// evaluation finds the structure that inputs choose.
func (w *worker) evaluation(u []float64) (*evaluation, error) { return w.of(w.m.structureAt(u)) }

func (w *worker) of(number int) (*evaluation, error) {
	ev := w.evals[number]
	if ev == nil {
		s := w.m.structures.at(number)
		if s.err != nil {
			return nil, s.err
		}
		if len(w.evals) >= w.m.structures.most {
			clear(w.evals)
		}
		ev = &evaluation{s: s, e: s.kernel.Evaluator(), w: make([]float64, len(s.result.Nodes))}
		w.evals[number] = ev
	}
	return ev, nil
}

// scores gives the scores at the top at a point, and what ranks them.
func (w *worker) scores(u []float64) ([]float64, *build.Evaluator, error) {
	ev, err := w.evaluation(u)
	if err != nil {
		return nil, nil, err
	}
	if w.m.each {
		return w.alone(ev, u)
	}
	if err := ev.s.weigher.into(ev.w, u); err != nil {
		return nil, nil, err
	}
	scores, err := ev.e.Top(ev.w)
	return scores, ev.e, err
}

// alone evaluates a draw that shares its build with no other.
func (w *worker) alone(ev *evaluation, u []float64) ([]float64, *build.Evaluator, error) {
	result, weigher, err := w.m.read(ev.s, u, false)
	if err != nil {
		return nil, nil, err
	}
	if err := weigher.into(ev.w, u); err != nil {
		return nil, nil, err
	}
	k, err := build.NewKernel(result, w.m.Year(), build.KernelOptions{Vary: weigher.vary})
	if err != nil {
		return nil, nil, err
	}
	e := k.Evaluator()
	scores, err := e.Top(ev.w)
	return scores, e, err
}

// ranks writes the ranks at a point to dst, 0 for a unit without one.
func (w *worker) ranks(dst []int32, u []float64) error {
	scores, e, err := w.scores(u)
	if err != nil {
		return err
	}
	e.Ranks(dst, scores)
	return nil
}

// Draw writes draw k to d.
func (m *Model) Draw(k int, d *build.Draw) error {
	u := make([]float64, len(m.inputs))
	m.Point(k, u)
	return m.At(u, d)
}

// At writes the draw at a point to d. u has a number from 0 to 1 for each of
// Inputs.
func (m *Model) At(u []float64, d *build.Draw) error {
	s := m.structures.at(m.structureAt(u))
	if s.err != nil {
		return s.err
	}
	result, weigher, err := m.read(s, u, true)
	if err != nil {
		return err
	}
	d.Structure, d.Result = s.number, result
	if m.each {
		d.Structure = -1
	}
	d.Weights = slices.Grow(d.Weights[:0], len(result.Nodes))[:len(result.Nodes)]
	return weigher.into(d.Weights, u)
}

// read gives the build of a point, and what draws its weights. They are the
// structure's unless every draw has a build of its own; weights that are found
// from the figures are then found anew.
func (m *Model) read(s *structure, u []float64, rank bool) (*build.Result, *weigher, error) {
	if !m.each {
		return s.result, s.weigher, nil
	}
	result, err := s.own(m, u, rank)
	if err != nil {
		return nil, nil, err
	}
	if method := s.spec.Build.Weights.Method; method == "declared" || method == "equal" {
		return result, s.weigher, nil
	}
	weights, err := weightsOf(result, m.Year())
	if err != nil {
		return nil, nil, err
	}
	return result, newWeigher(m, result, weights, s.dropped), nil
}

// weightsOf are the weights of a build.
func weightsOf(r *build.Result, year int) ([]float64, error) {
	k, err := build.NewKernel(r, year, build.KernelOptions{Vary: make([]bool, len(r.Nodes))})
	if err != nil {
		return nil, err
	}
	return k.Weights(), nil
}

// Scores gives the scores at the top at a point, NaN for a unit without one.
func (m *Model) Scores(u []float64) ([]float64, error) {
	scores, _, err := m.newWorker().scores(u)
	return slices.Clone(scores), err
}

// Ranks gives the ranks at the top at a point, 0 for a unit without one.
func (m *Model) Ranks(u []float64) ([]int32, error) {
	ranks := make([]int32, len(m.base.Units))
	return ranks, m.newWorker().ranks(ranks, u)
}
