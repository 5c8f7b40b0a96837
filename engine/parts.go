package engine

import (
	"fmt"
	"strings"

	"mizan"
	"mizan/network"
	"mizan/scenario"
	"mizan/spec"
)

// Parts are the parts of the document that a build does not need, and that are
// in it only where they were asked for.
func Parts() []string { return []string{PartNetwork, PartSupply, PartUncertainty, PartScenarios} }

// The parts of the document that are asked for.
const (
	PartNetwork     = "network"     // every table of ties as a network
	PartSupply      = "supply"      // every table of supply
	PartUncertainty = "uncertainty" // how sure the ranks are
	PartScenarios   = "scenarios"   // what the what-ifs lead to
)

// partDraws is how often ties are drawn anew for the intervals of the document.
const partDraws = 200

// Add fills in parts of the document, as the commands of the same names tell
// them without any flags. A part of which the project says nothing is an error.
// Errors are mizan.Problems, of all parts: those of Network, Dependence and
// Uncertain, and parts that there are not.
func (r *Report) Add(parts ...string) error {
	var wrong error
	for _, part := range parts {
		var err error
		switch part {
		case PartNetwork:
			err = r.addNetworks()
		case PartSupply:
			err = r.addSupply()
		case PartUncertainty:
			err = r.addUncertainty()
		case PartScenarios:
			err = r.addScenarios()
		default:
			remedy := "the parts are " + strings.Join(Parts(), ", ")
			if near, ok := spec.Suggest(part, Parts()); ok {
				remedy = fmt.Sprintf("did you mean %q?", near)
			}
			err = mizan.Problems{{ID: "unknown-part", Cause: fmt.Sprintf("the document has no part %q", part), Remedy: remedy}}
		}
		wrong = both(wrong, err)
	}
	return wrong
}

func (r *Report) addNetworks() error {
	if _, err := r.FindTies(""); err != nil {
		return err
	}
	all, _, err := r.Ties()
	r.Networks = nil
	for _, t := range all {
		n, one := r.Network(t.Code, network.Options{Threshold: -1, Draws: partDraws})
		if err = both(err, one); one == nil {
			r.Networks = append(r.Networks, n)
		}
	}
	return err
}

func (r *Report) addSupply() error {
	if _, err := r.FindSupply(""); err != nil {
		return err
	}
	all, _, err := r.Supply()
	r.Dependences = nil
	for _, t := range all {
		d, one := r.Dependence(t.Code, network.SupplyOptions{Trust: 1})
		if err = both(err, one); one == nil {
			r.Dependences = append(r.Dependences, d)
		}
	}
	return err
}

func (r *Report) addUncertainty() error {
	m, err := r.Uncertain()
	if err != nil {
		return err
	}
	if err := m.Check(); err != nil {
		return err
	}
	r.Uncertainty = r.Intervals()
	return nil
}

func (r *Report) addScenarios() error {
	if r.Spec == nil || len(r.Spec.Scenarios) == 0 {
		return mizan.Problems{{ID: "no-scenarios", Cause: fmt.Sprintf("%s has no scenarios", r.Project.ID), Remedy: "declare some under `scenarios`"}}
	}
	list, err := scenario.Find(r.Spec, nil)
	if err != nil {
		return err
	}
	st, err := r.Scenarios(scenario.Options{})
	if err != nil {
		return err
	}
	r.Tried, err = st.Run(list)
	return err
}
