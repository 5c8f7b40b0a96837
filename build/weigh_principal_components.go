package build

import (
	"fmt"

	"mizan"
	"mizan/stat"
)

var weighPrincipal = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "principal-components",
		Summary: "Weights by how much each child has in common with the others: its part in the first principal component of their correlations.",
		Formula: "R v = e v with the greatest e, |v| = 1 and sum v >= 0;\n" +
			"squared-loadings: w_i = v_i^2, which add up to 1; loadings: w_i = v_i",
		Missing: completeUnits,
		Source:  handbook + ", step 6 (principal components); loadings: as in COINr (Becker), there with any sign",
		Options: []mizan.Option{
			{
				Name: "form", Kind: mizan.ChoiceOption, Default: "squared-loadings", Choices: []string{"squared-loadings", "loadings"},
				Summary: "squared-loadings as in the Handbook, or the loadings themselves",
			},
			{
				Name: "negative", Kind: mizan.ChoiceOption, Default: "refuse", Choices: []string{"refuse", "keep"},
				Summary: "what to do with a negative loading: refuse, or keep it as a negative weight, as COINr does",
			},
		},
	},
	NewWeigher: func(o Options) (Weigher, error) {
		return principal{o.text("form") == "loadings", o.text("negative") == "keep"}, nil
	},
}

type principal struct{ loadings, keep bool }

func (p principal) Weigh(g *Group) ([]float64, error) { return learnWeights(p, g) }

// Learn tells the eigenvalue, the share of the variance that the component
// explains, and the number of units.
func (p principal) Learn(g *Group) ([]float64, []Parameter, error) {
	if len(g.Children) == 1 {
		return []float64{1}, nil, nil
	}
	r, units, err := correlated(g)
	if err != nil {
		return nil, nil, err
	}
	values, vectors := stat.Eigen(r)
	w := vectors[0]
	for i, v := range w {
		switch {
		case !p.loadings:
			w[i] = v * v
		case v < 0 && !p.keep:
			return nil, nil, learnsNothing("negative-weight", negativeWeight.Say("code", g.Parent, "with", g.Children[i], "value", fmt.Sprintf("%.4g", v)))
		}
	}
	return w, []Parameter{{"eigenvalue", values[0]}, {"share of variance", values[0] / float64(len(w))}, {"units", float64(units)}}, nil
}
