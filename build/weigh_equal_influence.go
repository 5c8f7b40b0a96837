package build

import (
	"math"

	"mizan"
)

var weighEqualInfluence = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "equal-influence",
		Summary: "Weights by what they bring about: those with which the children have the same influence on their parent (or on the top), or the influences that are asked for.",
		Formula: "min mean_i (c_i / sum c - t_i / sum t)^2 over w >= 0, c_i = the influence of child i on what is made with w, t = targets;\n" +
			"correlation: c = Pearson's r; rank-correlation: c = Spearman's; correlation-ratio: c = the share of the parent's variance that lies\n" +
			"between classes of the child (units sorted by the child, in round(sqrt n) classes of equal number, 2 to 10)",
		Missing: "Influence is measured in the units with both values. " + missingChildren,
		Source: "Becker, Saisana, Paruolo and Vandecasteele (2017), Weights and importance in composite indicators: closing the gap; " +
			"Paruolo, Saisana and Saltelli (2013), Ratings and rankings: voodoo or science?; Pearson (1905) for the ratio. " +
			"COINr has the same objective, for a level on the top, and lets weights become negative",
		Options: onTop(
			mizan.Option{
				Name: "targets", Kind: mizan.MapOption, Min: new(0.0),
				Summary: "the influence of each child in proportion, such as {skills: 2, roads: 1}; a child that is not named has 1",
			},
			measureOption,
		),
	},
	NewWeigher: func(o Options) (Weigher, error) {
		return equalInfluence{o.numbers("targets"), o.text("measure"), topLevel(o)}, nil
	},
}

type equalInfluence struct {
	targets map[string]float64
	measure string
	level   int // whose influence on the top is sought; 0 = that of every group on its parent
}

// Names are the codes that have targets.
func (e equalInfluence) Names() []OptionCodes {
	if e.targets == nil {
		return nil
	}
	return []OptionCodes{{"targets", sortedKeys(e.targets)}}
}

func (e equalInfluence) TopLevel() int { return e.level }

func (e equalInfluence) Weigh(g *Group) ([]float64, error) { return learnWeights(e, g) }

// Learn tells the objective that was reached, 0 where the targets are met, and
// the influence of each child as a share of all.
func (e equalInfluence) Learn(g *Group) ([]float64, []Parameter, error) {
	return e.LearnTop(levelOf(g))
}

// LearnTop is Learn for any nodes and what they make.
func (e equalInfluence) LearnTop(l *Level) ([]float64, []Parameter, error) {
	if len(l.Codes) == 1 {
		return []float64{1}, nil, nil
	}
	p, err := newInfluences(l, e.measure, e.targets)
	if err != nil {
		return nil, nil, err
	}
	part, gap, err := p.search((*influences).gaps)
	if err != nil {
		return nil, nil, err
	}
	w := p.weights(part)
	shares, err := p.shares(w)
	if err != nil {
		return nil, nil, err
	}
	if math.IsInf(gap, 1) {
		return nil, nil, p.without()
	}
	return w, append([]Parameter{{"objective", gap / float64(len(w))}}, influencesOf(l.Codes, shares)...), nil
}
