package engine

import (
	"mizan"
	"mizan/dataset"
)

// supplies are the tables of supply of a build, read when they are first asked
// for.
type supplies struct {
	all      []*mizan.Supply
	findings []mizan.Finding
	err      error
}

// Supply reads the tables of supply that the project declares, once. Errors are
// mizan.Problems: those of the tables, and a report that was read from a
// document.
func (r *Report) Supply() ([]*mizan.Supply, []mizan.Finding, error) {
	if r.Spec == nil || r.files == nil || r.Panel == nil {
		return nil, nil, notABuild("has no tables of supply")
	}
	r.supplyOnce.Do(func() {
		r.supply.all, r.supply.findings, r.supply.err = dataset.LoadSupply(r.Spec, r.files, r.Panel.Units)
	})
	return r.supply.all, r.supply.findings, r.supply.err
}
