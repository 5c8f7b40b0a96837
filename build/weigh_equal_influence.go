package build

import (
	"fmt"
	"math"

	"mizan"
	"mizan/stat"
)

var weighEqualInfluence = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "equal-influence",
		Summary: "Weights by what they bring about: those with which the children have the same influence on their parent, or the influences that are asked for.",
		Formula: "min mean_i (c_i / sum c - t_i / sum t)^2 over w >= 0, c_i = the influence of child i on the parent made with w, t = targets;\n" +
			influenceFormula,
		Missing: "Influence is measured in the units with both values. " + missingChildren,
		Source: "Becker, Saisana, Paruolo and Vandecasteele (2017), Weights and importance in composite indicators: closing the gap; " +
			"Paruolo, Saisana and Saltelli (2013), Ratings and rankings: voodoo or science?; Pearson (1905) for the ratio. " +
			"COINr has the same objective and lets weights become negative",
		Options: []mizan.Option{
			{
				Name: "targets", Kind: mizan.MapOption, Min: new(0.0),
				Summary: "the influence of each child in proportion, such as {skills: 2, roads: 1}; a child that is not named has 1",
			},
			measureOption,
		},
	},
	NewWeigher: func(o Options) (Weigher, error) {
		return equalInfluence{o.numbers("targets"), o.text("measure")}, nil
	},
}

type equalInfluence struct {
	targets map[string]float64
	measure string
}

// Names are the codes that have targets.
func (e equalInfluence) Names() []OptionCodes {
	if e.targets == nil {
		return nil
	}
	return []OptionCodes{{"targets", sortedKeys(e.targets)}}
}

func (e equalInfluence) Weigh(g *Group) ([]float64, error) { return learnWeights(e, g) }

// Learn tells the objective that was reached, 0 where the targets are met, and
// the influence of each child as a share of all.
func (e equalInfluence) Learn(g *Group) ([]float64, []Parameter, error) {
	if len(g.Children) == 1 {
		return []float64{1}, nil, nil
	}
	if err := spreadOut(g); err != nil {
		return nil, nil, err
	}
	p := newInfluences(g, e.measure)
	if err := e.aim(p); err != nil {
		return nil, nil, err
	}
	part, gap, err := p.search(p.gaps)
	if err != nil {
		return nil, nil, err
	}
	w := p.weights(part)
	influence, err := p.shares(w)
	if err != nil {
		return nil, nil, err
	}
	if math.IsInf(gap, 1) {
		return nil, nil, &Degenerate{
			"no-weights", fmt.Sprintf("the children of %s run against one another, so that none has an influence on it that can be shared", g.Parent),
			"check directions, or use other weights, such as equal",
		}
	}
	learnt := []Parameter{{"objective", gap / float64(len(w))}}
	for i, c := range g.Children {
		learnt = append(learnt, Parameter{"influence of " + c, influence[i]})
	}
	return w, learnt, nil
}

// aim sets the targets of a search.
func (e equalInfluence) aim(p *influences) error {
	p.target = nil
	for _, c := range p.g.Children {
		t, ok := e.targets[c]
		if !ok {
			t = 1
		}
		p.target = append(p.target, t)
	}
	if stat.Sum(p.target) == 0 {
		return &OptionError{"bad-option", "targets", "all children of " + p.g.Parent + " have the target 0", "give one a target above 0"}
	}
	p.target = rescaled(p.target)
	return nil
}

// gaps are the differences between influence and target.
func (p *influences) gaps(part []float64) ([]float64, error) {
	c, err := p.shares(p.weights(part))
	if err != nil {
		return nil, err
	}
	for i := range c {
		c[i] -= p.target[i]
	}
	return c, nil
}
