package engine

import (
	"fmt"
	"strings"

	"mizan"
	"mizan/dataset"
	"mizan/network"
	"mizan/spec"
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
	if len(all) == 0 {
		return nil, mizan.Problems{{
			ID: "no-supply", Cause: fmt.Sprintf("%s has no tables of supply", r.Project.ID), Remedy: "declare one under `supply`: [{code: chips, file: data/chips.csv}]",
		}}
	}
	var codes []string
	for _, t := range all {
		if t.Code == code || code == "" {
			return t, nil
		}
		codes = append(codes, t.Code)
	}
	remedy := "the tables are " + strings.Join(codes, ", ")
	if near, ok := spec.Suggest(code, codes); ok {
		remedy = fmt.Sprintf("did you mean %q?", near)
	}
	return nil, mizan.Problems{{ID: "unknown-supply", Cause: fmt.Sprintf("%s has no table of supply %q", r.Project.ID, code), Remedy: remedy}}
}
