package engine

import (
	"mizan"
	"mizan/dataset"
)

// Check reads what the project names and a build does not need, such as its
// tables of ties and supply, and returns what there is to say of it. Errors are
// mizan.Problems, all of them.
func (r *Report) Check() ([]mizan.Finding, error) {
	_, findings, err := r.Ties()
	_, more, supplyErr := r.Supply()
	_, placesErr := dataset.LoadLocations(r.Spec, r.files)
	return append(findings, more...), both(both(err, supplyErr), placesErr)
}
