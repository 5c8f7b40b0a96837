package engine

import (
	"mizan"
	"mizan/target"
)

// leastPaths is how many paths are drawn of each target to see whether it can
// be followed at all.
const leastPaths = 100

// Check reads what the project names and a build does not need, such as its
// tables of ties and the past that its targets look back on, and returns what
// there is to say of it. Errors are mizan.Problems, all of them.
func (r *Report) Check() ([]mizan.Finding, error) {
	_, findings, err := r.Ties()
	if len(r.Spec.Targets) == 0 {
		return findings, err
	}
	_, wrong := r.Targets(target.Options{Paths: leastPaths})
	return findings, both(err, wrong)
}
