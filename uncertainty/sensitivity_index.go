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
	if o.Draws == 0 && m.each && cmp.Or(o.Method, Sobol) == Sobol {
		o.Draws = max(defaultAloneDraws, (len(m.inputs)+2)*leastRows)
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

// defaultAloneDraws is the default of the method of Sobol where every draw has
// a build of its own.
const defaultAloneDraws = 10_000

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
		one := SensitivityFactor{ID: f.ID, Kind: f.Kind, Title: f.Title, About: f.About}
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
