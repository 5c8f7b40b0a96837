package engine

import "mizan/uncertainty"

// Sensitivity tells which of the things that vary drive the ranks, overall and
// of each unit. Errors are mizan.Problems: those of Uncertain and of
// uncertainty.Model.Sensitivity.
func (r *Report) Sensitivity(o uncertainty.SensitivityOptions) (*uncertainty.SensitivityResult, error) {
	m, err := r.Uncertain()
	if err != nil {
		return nil, err
	}
	return m.Sensitivity(o)
}
