package build

import (
	"math"

	"mizan"
)

var aggregateMeanMin = Entry{
	Method: mizan.Method{
		Stage: mizan.Aggregate, Name: "mean-min",
		Summary: "Between the arithmetic mean and the lowest child: the farther the lowest lies below the mean, the lower the score.",
		Formula: "m - a (sqrt((m - min x)^2 + b^2) - b), m = sum w x / sum w, a = penalisation, b = complementarity",
		Missing: withoutScore,
		Source:  "Casadio Tarabusi and Guarini (2013), An unbalance adjustment method for development indicators, Social Indicators Research 112",
		Options: []mizan.Option{
			{
				Name: "penalisation", Kind: mizan.NumberOption, Default: 0.5, Min: new(0.0), Max: new(1.0),
				Summary: "how much unbalance costs: 0 is the arithmetic mean, 1 (with complementarity 0) the lowest child",
			},
			{
				Name: "complementarity", Kind: mizan.NumberOption, Default: 0.0, Min: new(0.0),
				Summary: "on the scale of the children: distances below the mean that are small beside it cost little; with 0 every distance costs in proportion",
			},
			availabilityOption,
		},
	},
	UnitByUnit: true,
	NewAggregator: func(o Options) (Aggregator, error) {
		return meanMin{o.number("min_available"), o.number("penalisation"), o.number("complementarity")}, nil
	},
}

type meanMin struct{ least, penalisation, complementarity float64 }

func (m meanMin) Aggregate(g *Group, out []float64) error {
	if err := (arithmetic{}).Aggregate(g, out); err != nil {
		return err
	}
	low := make([]float64, len(out))
	if err := (minimum{}).Aggregate(g, low); err != nil {
		return err
	}
	for u, mean := range out {
		k := m.share(mean - low[u])
		out[u] = mean - float64(k*(mean-low[u]))
	}
	dropScarce(g, out, m.least)
	return nil
}

// share is how far from the mean to the lowest child the score lies, d being
// the distance between the two: (sqrt(d^2 + b^2) - b) / d, written so that a
// large b takes no digits away.
func (m meanMin) share(d float64) float64 {
	if d <= 0 {
		return 0
	}
	return m.penalisation * d / (math.Hypot(d, m.complementarity) + m.complementarity)
}

// Shares divides the part of the mean by w x / sum w, and gives the part of the
// lowest child to it, the first of them if several are equal.
func (m meanMin) Shares(x, w []float64, score float64, out []float64) {
	arithmetic{}.Shares(x, w, score, out)
	var mean float64
	low := -1
	for i, v := range x {
		if v != v || !(w[i] > 0) {
			continue
		}
		mean += out[i]
		if low < 0 || v < x[low] {
			low = i
		}
	}
	if low < 0 {
		return
	}
	k := m.share(mean - x[low])
	for i := range out {
		out[i] *= 1 - k
	}
	out[low] += float64(k * x[low])
}
