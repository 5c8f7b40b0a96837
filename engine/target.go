package engine

import (
	"mizan"
	"mizan/dataset"
	"mizan/target"
)

// Targets follows the targets of the project. Errors are mizan.Problems: those
// of target.Run, and a report that was read from a document, which does not
// hold the past of the figures.
func (r *Report) Targets(o target.Options) (*target.Result, error) {
	history, err := r.history("followed")
	if err != nil {
		return nil, err
	}
	return target.Run(r.Spec, history, o)
}

// history reads all figures of the project, of every year.
func (r *Report) history(done string) (*mizan.Panel, error) {
	if r.Spec == nil || r.files == nil {
		return nil, mizan.Problems{{
			ID: "not-a-build", Cause: "the targets of a report that was read from a document cannot be " + done,
			Remedy: "name the project it was built from",
		}}
	}
	r.past.Do(func() { r.pastPanel, r.pastError = dataset.History(r.Spec, r.files) })
	return r.pastPanel, r.pastError
}
