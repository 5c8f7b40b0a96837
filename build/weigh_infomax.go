package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var weighInfomax = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "infomax",
		Summary: "The weights with which the parent tells most of its children: the sum of their influences on it is greatest.",
		Formula: "max sum_i c_i over w >= 0, c_i = the influence of child i on the parent made with w;\n" +
			influenceFormula + ".\n" +
			"For correlations with an arithmetic mean, without gaps, that is w_i in proportion to 1 / the standard deviation of child i",
		Missing: "Influence is measured in the units with both values. " + missingChildren,
		Source:  "Becker et al. (2022), COINr, get_opt_weights (infomax), whose weights may become negative",
		Options: []mizan.Option{measureOption},
	},
	NewWeigher: func(o Options) (Weigher, error) { return infomax{o.text("measure")}, nil },
}

type infomax struct{ measure string }

func (m infomax) Weigh(g *Group) ([]float64, error) { return learnWeights(m, g) }

// Learn tells the sum that was reached, at most the number of children, and the
// influence of each child.
func (m infomax) Learn(g *Group) ([]float64, []Parameter, error) {
	if len(g.Children) == 1 {
		return []float64{1}, nil, nil
	}
	if err := spreadOut(g); err != nil {
		return nil, nil, err
	}
	p := newInfluences(g, m.measure)
	part, _, err := p.search(p.untold)
	if err != nil {
		return nil, nil, err
	}
	w := p.weights(part)
	influence, err := p.influence(w)
	if err != nil {
		return nil, nil, err
	}
	learnt := []Parameter{{"sum of influences", stat.Sum(influence)}}
	for i, c := range g.Children {
		learnt = append(learnt, Parameter{"influence of " + c, influence[i]})
	}
	return w, learnt, nil
}

// untold has for each child the root of what its influence lacks of its bound,
// so that the sum of squares is least where the sum of influences is greatest.
func (p *influences) untold(part []float64) ([]float64, error) {
	c, err := p.influence(p.weights(part))
	if err != nil {
		return nil, err
	}
	for i, v := range c {
		c[i] = math.Sqrt(math.Max(0, 1-v))
	}
	return c, nil
}
