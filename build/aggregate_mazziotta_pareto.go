package build

import (
	"math"

	"mizan"
)

var aggregateMazziottaPareto = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "mazziotta-pareto",
		Summary: "The arithmetic mean less a penalty for unbalance among a unit's children (Mazziotta-Pareto index, and the adjusted one).",
		Formula: "m -+ s^2 / m, m = sum w x / sum w, s^2 = sum w (x - m)^2 / sum w: the penalty is s times the coefficient of variation s / m.\n" +
			"The index wants the normalisation mazziotta-pareto (mean 100, deviation 10); the adjusted index, which can be compared from\n" +
			"year to year, wants adjusted-mazziotta-pareto (70 to 130, the reference at 100)",
		Missing: withoutScore + " Children whose mean is not above 0 are an error.",
		Source: "De Muro, Mazziotta and Pareto (2011), Composite indices of development and poverty: an application to MDGs; " +
			"adjusted: Mazziotta and Pareto (2016), Social Indicators Research 127",
		Options: []mizan.Option{
			{
				Name: "penalty", Kind: mizan.ChoiceOption, Default: "minus", Choices: []string{"minus", "plus"},
				Summary: "minus where more is better (development), plus where less is (poverty). A child far above the others may lower the score of minus",
			},
			availabilityOption,
		},
	},
	UnitByUnit: true,
	NewAggregator: func(o Options) (Aggregator, error) {
		sign := -1.0
		if o.text("penalty") == "plus" {
			sign = 1
		}
		return penalised{o.number("min_available"), sign}, nil
	},
}

type penalised struct{ least, sign float64 }

func (m penalised) Aggregate(g *Group, out []float64) error {
	if err := (arithmetic{}).Aggregate(g, out); err != nil {
		return err
	}
	var bad *BadValue
	for u, mean := range out {
		if mean <= 0 {
			bad = refuse(bad, g, lowest(g, u), u, "the Mazziotta-Pareto index needs children whose mean is above 0",
				"normalise by mazziotta-pareto or adjusted-mazziotta-pareto")
		}
	}
	if bad != nil {
		return bad
	}
	squares, weights := make([]float64, len(out)), make([]float64, len(out))
	for i, x := range g.X {
		w := g.W[i]
		for u, v := range x {
			if v == v && w != 0 {
				d := v - out[u]
				squares[u] += float64(w * float64(d*d))
				weights[u] += w
			}
		}
	}
	for u, mean := range out {
		if weights[u] != 0 {
			out[u] += m.sign * (squares[u] / weights[u]) / mean
		}
	}
	dropScarce(g, out, m.least)
	return nil
}

// lowest is the child with the lowest value of a unit.
func lowest(g *Group, u int) int {
	low := -1
	for i, x := range g.X {
		if x[u] == x[u] && g.W[i] != 0 && (low < 0 || x[u] < g.X[low][u]) {
			low = i
		}
	}
	return low
}

// Shares gives x_i df/dx_i = w_i x_i (1 -+ (2 (x_i - m) / m - s^2 / m^2)).
func (m penalised) Shares(x, w []float64, _ float64, out []float64) {
	var weights, mean, variance float64
	for i, v := range x {
		if v == v {
			weights += w[i]
			mean += float64(w[i] * v)
		}
	}
	mean /= weights
	for i, v := range x {
		if v == v {
			variance += float64(w[i]*float64((v-mean)*(v-mean))) / weights
		}
	}
	for i, v := range x {
		slope := 1 + float64(m.sign*(2*(v-mean)/mean-variance/(mean*mean)))
		out[i] = float64(w[i]*v) / weights * slope
		if v == v && math.IsNaN(out[i]) {
			out[i] = 0
		}
	}
}
