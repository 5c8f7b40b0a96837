package engine

import (
	"mizan"
	"mizan/dataset"
	"mizan/network"
)

// Supply reads the tables of supply that the project declares, once. Errors are
// mizan.Problems: those of the tables, and a report that was read from a
// document.
func (r *Report) Supply() ([]*mizan.Supply, []mizan.Finding, error) {
	return r.supply.of(r, "tables of supply", dataset.LoadSupply)
}

// Dependence looks at a table of supply, with the alliances of the project or
// with groups of one's own in their place; "" is the first table. Errors are
// mizan.Problems.
func (r *Report) Dependence(code string, o network.SupplyOptions, own ...network.Group) (*network.SupplyResult, error) {
	t, err := r.FindSupply(code)
	if err != nil {
		return nil, err
	}
	return network.RunSupply(t, r.groups(own), o)
}

// FindSupply is the table of supply of a code; "" is the first. Errors are
// mizan.Problems.
func (r *Report) FindSupply(code string) (*mizan.Supply, error) {
	all, _, err := r.Supply()
	if err != nil {
		return nil, err
	}
	return findTable(r.Project.ID, all, code, func(t *mizan.Supply) string { return t.Code },
		tableWords{"supply", "tables of supply", "table of supply", "[{code: chips, file: data/chips.csv}]"})
}
