package engine

import (
	"mizan"
	"mizan/alliance"
)

// Alliances makes ready to look at sets of units as one. Errors are
// mizan.Problems: those of alliance.New, and a report that was read from a
// document, which does not hold the figures that are pooled.
func (r *Report) Alliances(o alliance.Options) (*alliance.Study, error) {
	if r.Spec == nil || r.Panel == nil || r.Result == nil {
		return nil, mizan.Problems{{
			ID: "not-a-build", Cause: "a report that was read from a document has no figures to pool",
			Remedy: "pool those of the project it was built from",
		}}
	}
	if o.Year != 0 {
		if err := r.HasYear(o.Year); err != nil {
			return nil, err
		}
	}
	if o.Ties == nil && len(r.Spec.Ties) > 0 && r.files != nil {
		all, _, err := r.Ties()
		if err != nil {
			return nil, err
		}
		o.Ties = tieTables(all)
	}
	return alliance.New(r.Spec, r.Panel, r.Result, o)
}
