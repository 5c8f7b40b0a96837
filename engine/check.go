package engine

import (
	"mizan"
	"mizan/dataset"
	"mizan/target"
)

// leastPaths is how many paths are drawn of each target to see whether it can
// be followed at all.
const leastPaths = 100

// Check reads what the project names and a build does not need, such as its
// tables of ties and supply and the past that its targets look back on, and
// returns what there is to say of it. Errors are mizan.Problems, all of them.
func (r *Report) Check() ([]mizan.Finding, error) {
	_, findings, wrong := r.Ties()
	_, more, err := r.Supply()
	findings, wrong = append(findings, more...), both(wrong, err)
	_, err = dataset.LoadLocations(r.Spec, r.files)
	wrong = both(wrong, err)
	if len(r.Spec.Targets) > 0 {
		_, err := r.Targets(target.Options{Paths: leastPaths})
		wrong = both(wrong, err)
	}
	return findings, wrong
}
