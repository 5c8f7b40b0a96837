package engine

import (
	"mizan"
	"mizan/audit"
)

// Audit asks of the build what a statistical reviewer would. Errors are
// mizan.Problems: those of audit.Run, and a report that was read from a
// document, which does not hold what an audit needs.
func (r *Report) Audit(o audit.Options) (*audit.Result, error) {
	if r.Spec == nil || r.Panel == nil || r.Result == nil {
		return nil, mizan.Problems{{
			ID: "not-a-build", Cause: "a report that was read from a document cannot be audited",
			Remedy: "audit the project it was built from",
		}}
	}
	if o.Year != 0 {
		if err := r.HasYear(o.Year); err != nil {
			return nil, err
		}
	}
	in := r.inside()
	return audit.Run(in.Spec, in.Panel, in.Result, o)
}
