package engine

import (
	"mizan"
	"mizan/dataset"
	"mizan/spec"
	"mizan/uncertainty"
)

// Sensitivity tells which of the things that vary drive the ranks, overall and
// of each unit. Errors are mizan.Problems: those of uncertainty.New and
// Model.Sensitivity, and a report that was read from a document.
func (r *Report) Sensitivity(o uncertainty.SensitivityOptions) (*uncertainty.SensitivityResult, error) {
	m, err := r.uncertainModel()
	if err != nil {
		return nil, err
	}
	return m.Sensitivity(o)
}

func (r *Report) uncertainModel() (*uncertainty.Model, error) {
	if r.Spec == nil || r.Panel == nil || r.Result == nil {
		return nil, mizan.Problems{{ID: "not-a-build", Cause: "a report that was read from a document cannot be built anew", Remedy: "name the project it was built from"}}
	}
	return uncertainty.New(r.Spec, r.Panel, r.Result, uncertainty.Options{Load: func(s *spec.Spec) (*mizan.Panel, error) {
		panel, _, err := dataset.Load(s, r.files)
		return panel, err
	}})
}
