package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var normaliseFractionOfMax = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "fraction-of-max",
		Summary: "Divide by the highest value; for an indicator of direction -1, divide the lowest value by it.",
		Formula: "x / max for direction 1, min / x for direction -1 (x / min with lower: direct); then 0 and 1 onto [low, high]",
		Missing: "Stays missing and plays no part in max and min. There is no score if the maximum (for -1 the minimum) is not positive.",
		Source:  handbook + ", step 5 (distance to a reference); Becker et al. (2022), COINr",
		Options: []mizan.Option{
			{
				Name: "lower", Kind: mizan.ChoiceOption, Default: "inverse", Choices: []string{"inverse", "direct"},
				Summary: "for an indicator of direction -1: inverse gives the best unit the most; direct is COINr's x / min, which gives the worst the most",
			},
			{Name: "to", Kind: mizan.RangeOption, Default: []float64{0, 1}, Summary: "the scores that nothing and the maximum get"},
		},
	},
	Mirror: endsOfTo,
	NewNormaliser: func(o Options) (Normaliser, error) {
		n := fractionOfMax{direct: o.text("lower") == "direct"}
		n.low, n.high = o.pair("to")
		return n, nil
	},
}

type fractionOfMax struct {
	direct    bool
	low, high float64
}

func (n fractionOfMax) FitNormalise(x []float64, direction int) (Transform, error) {
	lo, hi := stat.MinMax(x)
	name, reference := "max", hi
	if direction < 0 {
		name, reference = "min", lo
	}
	if reference != reference {
		return degenerate(reference)
	}
	if reference == 0 || reference < 0 && !n.direct {
		said := noFractionMax
		if name == "min" {
			said = noFractionMin
		}
		return allMissing{}, learnsNothing("not-positive", said.Say("value", figure(reference)))
	}
	return fraction{reference, direction < 0 && !n.direct, name, n.low, n.high}, nil
}

type fraction struct {
	reference float64
	inverse   bool
	name      string
	low, high float64
}

func (f fraction) Apply(x float64) float64 {
	switch {
	case !f.inverse:
		return f.scale(x / f.reference)
	case x > 0:
		return f.scale(f.reference / x)
	}
	return math.NaN()
}

func (f fraction) scale(y float64) float64 { return float64(y*(f.high-f.low)) + f.low }

func (f fraction) Parameters() []Parameter { return []Parameter{{f.name, f.reference}} }
