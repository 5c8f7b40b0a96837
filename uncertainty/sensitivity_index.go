package uncertainty

import (
	"cmp"
	"fmt"
	"slices"

	"mizan"
	"mizan/spec"
)

// Sensitivity tells which of the factors drive the ranks: overall, by the mean
// absolute shift of ranks R_S, and for each unit that has a rank, by its rank.
// Points are those of the method's own plan, and for PAWN the model's draws.
// Errors, as mizan.Problems: what Check refuses, options that mean nothing, a
// unit without a rank, too few draws.
func (m *Model) Sensitivity(o SensitivityOptions) (*SensitivityResult, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	reference := m.Reference()
	if err := m.checkUnit(o.Unit, reference); err != nil {
		return nil, err
	}
	o.Method = cmp.Or(o.Method, Sobol)
	if o.Draws == 0 {
		o.Draws = m.sensitivityDraws(&o)
	}
	model := m.sensitivityModel(reference)
	targets := []SensitivityTarget{{}}
	for u, code := range m.Units() {
		targets = append(targets, SensitivityTarget{Unit: code, Reference: int(reference[u])})
	}
	r, err := model.analyse(o, targets)
	if err != nil {
		return nil, err
	}
	ranked := r.Units[:0]
	for _, t := range r.Units {
		if t.Reference > 0 {
			ranked = append(ranked, t)
		}
	}
	r.Units = ranked
	r.ID, r.Hash, r.Year = m.spec.ID, m.spec.Hash(), m.Year()
	return r, nil
}

// checkUnit refuses a unit that does not exist or has no rank; "" is none.
func (m *Model) checkUnit(code string, reference []int32) error {
	if code == "" {
		return nil
	}
	u := slices.Index(m.Units(), code)
	if u < 0 {
		remedy := "name a unit of the project"
		if near, ok := spec.Suggest(code, m.Units()); ok {
			remedy = fmt.Sprintf("did you mean %q?", near)
		}
		return mizan.Problems{{ID: "unknown-unit", Cause: fmt.Sprintf("there is no unit %q", code), Remedy: remedy}}
	}
	if reference[u] == 0 {
		return mizan.Problems{{ID: "not-ranked", Cause: fmt.Sprintf("the unit %s has no rank in %d", code, m.Year()), Remedy: "name a unit that is ranked"}}
	}
	return nil
}

// Draws where every draw has a build of its own, and where somebody waits.
const (
	aloneDraws      = 10_000
	quickDraws      = 20_000
	quickAloneDraws = 1_500
	quickTolerance  = 0.1
)

// sensitivityDraws is how many draws are made if nothing is said; 0 = the
// default of the method.
func (m *Model) sensitivityDraws(o *SensitivityOptions) int {
	inputs := len(m.inputs) + 2
	if o.SecondOrder {
		inputs *= 2
	}
	switch {
	case o.Quick && m.each:
		o.Tolerance = cmp.Or(o.Tolerance, quickTolerance)
		return max(quickAloneDraws, inputs*leastRows)
	case o.Quick:
		o.Tolerance = cmp.Or(o.Tolerance, quickTolerance)
		return max(quickDraws, inputs*leastRows)
	case m.each && o.Method == Sobol:
		return max(aloneDraws, inputs*leastRows)
	}
	return 0
}

func (m *Model) sensitivityModel(reference []int32) *sensitivityModel {
	out := &sensitivityModel{outputs: 1 + len(reference), seed: uint64(m.config.Seed), plain: m.Point}
	for _, in := range m.inputs {
		f := m.factors[in.Factor]
		one := sensitivityInput{id: in.ID, factor: in.Factor, code: in.Code, level: in.Level}
		if in.Choices > 0 {
			one.ends = f.upTo
		}
		out.inputs = append(out.inputs, one)
	}
	for _, f := range m.factors {
		one := SensitivityFactor{ID: f.ID, Kind: f.Kind, Title: f.Title, About: f.About, Said: f.Said}
		for _, c := range f.Choices {
			one.Labels = append(one.Labels, c.Label)
		}
		out.factors = append(out.factors, one)
	}
	for _, in := range m.inputs {
		out.factors[in.Factor].Inputs++
	}
	out.worker = func() func(dst, u []float64) error {
		w := m.newWorker()
		ranks := make([]int32, len(reference))
		return func(dst, u []float64) error {
			if err := w.ranks(ranks, u); err != nil {
				return err
			}
			shiftOutputs(dst, ranks, reference)
			return nil
		}
	}
	return out
}
