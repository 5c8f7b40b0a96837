package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var weighInfomax = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "infomax",
		Summary: "Weights with which the parent (or the top) tells the most of its children: those at which their correlations with it add up to the most.",
		Formula: "max sum_i c_i over w >= 0, c_i = the correlation of child i with what is made with w",
		Missing: "Correlations are taken over the units with both values. " + missingChildren,
		Source:  "Becker et al. (2022), COINr (get_opt_weights, infomax), where weights can become negative",
		Options: onTop(mizan.Option{
			Name: "measure", Kind: mizan.ChoiceOption, Default: byCorrelation, Choices: []string{byCorrelation, byRanks}, Summary: "Pearson's or Spearman's correlation",
		}),
	},
	NewWeigher: func(o Options) (Weigher, error) { return infomax{o.text("measure"), topLevel(o)}, nil },
}

type infomax struct {
	measure string
	level   int
}

func (m infomax) TopLevel() int { return m.level }

func (m infomax) Weigh(g *Group) ([]float64, error) { return learnWeights(m, g) }

// Learn tells the sum of the correlations, and each of them.
func (m infomax) Learn(g *Group) ([]float64, []Parameter, error) { return m.LearnTop(levelOf(g)) }

// LearnTop is Learn for any nodes and what they make.
func (m infomax) LearnTop(l *Level) ([]float64, []Parameter, error) {
	if len(l.Codes) == 1 {
		return []float64{1}, nil, nil
	}
	p, err := newInfluences(l, m.measure, nil)
	if err != nil {
		return nil, nil, err
	}
	part, _, err := p.search((*influences).lacks)
	if err != nil {
		return nil, nil, err
	}
	w := p.weights(part)
	c, err := p.influence(w)
	if err != nil {
		return nil, nil, err
	}
	if !(stat.Sum(c) > 0) {
		return nil, nil, p.without()
	}
	return w, append([]Parameter{{"sum of correlations", stat.Sum(c)}}, influencesOf(l.Codes, c)...), nil
}

// lacks are the roots of what each correlation lacks to 1: the sum of their
// squares is least where the sum of the correlations is greatest.
func (p *influences) lacks(part []float64) ([]float64, error) {
	c, err := p.influence(p.weights(part))
	if err != nil {
		return nil, err
	}
	for i := range c {
		c[i] = math.Sqrt(math.Max(0, 1-c[i]))
	}
	return c, nil
}
