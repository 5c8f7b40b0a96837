package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var weighFactors = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "factor-analysis",
		Summary: "Weights by the factors behind the children: each child has its squared loading on the factor that it belongs to.",
		Formula: "factors: principal components of the correlations with an eigenvalue above min_eigenvalue, loadings v sqrt(e), turned by varimax;\n" +
			"w_i = (l_ik^2 / V_k) (V_k / sum V), V_k = sum_i l_ik^2, k = the factor on which child i has its greatest loading; rescaled to the sum 1",
		Missing: completeUnits,
		Source: "Nicoletti, Scarpetta and Boylaud (2000), Summary indicators of product market regulation; " + handbook + ", step 6 and its table of the Technology Achievement Index; " +
			"Kaiser (1958) for varimax",
		Options: []mizan.Option{
			{
				Name: "min_eigenvalue", Kind: mizan.NumberOption, Default: 1.0, Min: new(0.0),
				Summary: "components with a greater eigenvalue are kept, at least the first",
			},
			{Name: "factors", Kind: mizan.WholeOption, Min: new(1.0), Summary: "how many components are kept, whatever their eigenvalues"},
		},
	},
	NewWeigher: func(o Options) (Weigher, error) { return factors{o.number("min_eigenvalue"), o.whole("factors")}, nil },
}

type factors struct {
	least float64
	count int // 0 = by eigenvalue
}

func (f factors) Weigh(g *Group) ([]float64, error) { return learnWeights(f, g) }

// Learn tells the number of factors, the share of the variance that they
// explain, and the number of units.
func (f factors) Learn(g *Group) ([]float64, []Parameter, error) {
	if len(g.Children) == 1 {
		return []float64{1}, nil, nil
	}
	r, units, err := correlated(g)
	if err != nil {
		return nil, nil, err
	}
	values, vectors := stat.Eigen(r)
	loadings := vectors[:f.kept(values)]
	explained := 0.0
	for k, v := range loadings {
		explained += values[k]
		for i := range v {
			v[i] *= math.Sqrt(math.Max(0, values[k]))
		}
	}
	loadings = stat.Varimax(loadings)
	w := make([]float64, len(g.Children))
	for i := range w {
		l := belongs(loadings, i)
		w[i] = l * l
	}
	return rescaled(w), []Parameter{{"factors", float64(len(loadings))}, {"share of variance", explained / float64(len(w))}, {"units", float64(units)}}, nil
}

// kept is the number of factors.
func (f factors) kept(values []float64) int {
	if f.count > 0 {
		return min(f.count, len(values))
	}
	n := 1
	for n < len(values) && values[n] > f.least {
		n++
	}
	return n
}

// belongs is the loading of a child on the factor that it belongs to: the
// greatest one, as in the Handbook, where a strong negative loading does not
// count since the child runs against the factor; if none is positive, the
// farthest from 0.
func belongs(loadings [][]float64, i int) float64 {
	best := loadings[0][i]
	for _, l := range loadings[1:] {
		if l[i] > best {
			best = l[i]
		}
	}
	if best > 0 {
		return best
	}
	for _, l := range loadings {
		best = math.Max(best, math.Abs(l[i]))
	}
	return best
}
