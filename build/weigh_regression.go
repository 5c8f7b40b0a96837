package build

import (
	"fmt"
	"math"

	"mizan"
	"mizan/stat"
)

var weighRegression = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "regression",
		Summary: "Weights by how each child goes with an outcome, the others held fixed: least squares with no weight below 0.",
		Formula: "min sum (y - a - sum_i b_i x_i)^2 subject to b >= 0;  w_i = b_i / sum b,\n" +
			"y = the outcome times its direction",
		Missing: "Learnt from the units that have the outcome and values for all children. " + missingChildren,
		Source:  handbook + ", step 6 (regression analysis); Lawson and Hanson (1974), Solving Least Squares Problems, chapter 23",
		Options: []mizan.Option{
			{
				Name: "outcome", Kind: mizan.CodeOption, Required: true,
				Summary: "the indicator that the aggregate is to foretell; it need not stand in the framework",
			},
		},
	},
	NewWeigher: func(o Options) (Weigher, error) { return outcomeFit{o.text("outcome")}, nil },
}

type outcomeFit struct{ outcome string }

func (r outcomeFit) Weigh(g *Group) ([]float64, error) { return learnWeights(r, g) }

// Learn tells how much of the outcome's variance is explained, and the number
// of units.
func (r outcomeFit) Learn(g *Group) ([]float64, []Parameter, error) {
	if len(g.Children) == 1 {
		return []float64{1}, nil, nil
	}
	var y []float64
	if g.Outcome != nil {
		y, _ = g.Outcome(r.outcome)
	}
	if len(y) != len(g.Units) || stat.Count(y) == 0 {
		return nil, nil, &OptionError{"bad-option", "outcome", fmt.Sprintf("the outcome %q has no figures in this year", r.outcome), "name an indicator that has some"}
	}
	full := stat.CompleteRows(append(append([][]float64(nil), g.X...), y))
	n := len(g.Children)
	units := len(full[n])
	if units < n+2 {
		return nil, nil, tooFew(g, units, n+2)
	}
	if err := spreadOut(&Group{Parent: g.Parent, Children: append(append([]string(nil), g.Children...), r.outcome), X: full}); err != nil {
		return nil, nil, err
	}
	z, size := standardised(full)
	gram, zy := products(z[:n], z[n])
	b, ok := stat.NonNegativeLeastSquares(gram, zy)
	if !ok {
		return nil, nil, learnsNothing("singular", dependent(g, gram))
	}
	explained := 0.0
	for i := range b {
		explained += float64(b[i] * zy[i])
		b[i] /= size[i]
	}
	if stat.Sum(b) == 0 {
		return nil, nil, learnsNothing("no-weights", noOutcome.Say("code", g.Parent, "with", r.outcome))
	}
	return rescaled(b), []Parameter{{"share of variance", explained}, {"units", float64(units)}}, nil
}

// standardised are columns less their means, divided by the root of the sum of
// squares, which is returned as size.
func standardised(x [][]float64) (z [][]float64, size []float64) {
	z, size = make([][]float64, len(x)), make([]float64, len(x))
	for i, column := range x {
		m := stat.MomentsOf(column)
		size[i] = math.Sqrt(m.S2)
		for _, v := range column {
			z[i] = append(z[i], (v-m.Mean)/size[i])
		}
	}
	return z, size
}

// products are the scalar products of columns with one another and with y.
func products(x [][]float64, y []float64) (gram [][]float64, xy []float64) {
	gram, xy = make([][]float64, len(x)), make([]float64, len(x))
	dot := func(a, b []float64) (s float64) {
		for i, v := range a {
			s += float64(v * b[i])
		}
		return s
	}
	for i := range x {
		xy[i] = dot(x[i], y)
		for j := range x {
			gram[i] = append(gram[i], dot(x[i], x[j]))
		}
	}
	return gram, xy
}

// dependent names the first child that is made of the children before it.
func dependent(g *Group, gram [][]float64) mizan.Said {
	for k := range gram {
		part := make([][]float64, k+1)
		for i := range part {
			part[i] = gram[i][:k+1]
		}
		if _, ok := stat.SolvePositive(part, make([]float64, k+1)); !ok {
			return dependentChild.Say("code", g.Children[k], "with", g.Parent)
		}
	}
	return dependentAll.Say("code", g.Parent)
}
