package engine

import "mizan"

// Check reads what the project names and a build does not need, such as its
// tables of ties, and returns what there is to say of it. Errors are
// mizan.Problems, all of them.
func (r *Report) Check() ([]mizan.Finding, error) {
	_, findings, err := r.Ties()
	return findings, err
}
