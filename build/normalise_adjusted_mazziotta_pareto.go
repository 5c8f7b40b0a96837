package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var normaliseAdjustedMazziottaPareto = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "adjusted-mazziotta-pareto",
		Summary: "Map the range onto 70 to 130, or, with a reference, a range of the same width around it, so that the reference gets 100.",
		Formula: "(x - L) / (H - L) (high - low) + low, its mirror image for direction -1; [L, H] = posts, or else min and max; " +
			"with a reference r: [r - w, r + w], w = (H - L) / 2",
		Missing: "Stays missing and plays no part in min and max. If all values are equal, or the unit of reference has no value, there is no score. Over the panel the latest value of the unit of reference counts.",
		Source:  "Mazziotta and Pareto (2016), Social Indicators Research 127, the adjusted Mazziotta-Pareto index",
		Options: []mizan.Option{
			{Name: "posts", Kind: mizan.RangeOption, Summary: "the least and the greatest value [L, H] over all times to be compared, in place of those at hand"},
			{Name: "reference", Kind: mizan.NumberOption, Summary: "the value that gets the middle of the scores, in the indicator's own measure"},
			{Name: "reference_unit", Kind: mizan.UnitOption, Summary: "the unit whose value is the reference"},
			{Name: "to", Kind: mizan.RangeOption, Default: []float64{70, 130}, Summary: "the scores that the two ends get; the reference gets their middle"},
		},
	},
	Lowest: func(o Options) float64 {
		if o.given("posts") || o.given("reference") || o.given("reference_unit") {
			return math.NaN()
		}
		return lowestOfTo(o)
	},
	Mirror: endsOfTo,
	NewNormaliser: func(o Options) (Normaliser, error) {
		n := adjusted{reference: o.number("reference"), unit: o.text("reference_unit")}
		n.l, n.h = o.pair("posts")
		n.low, n.high = o.pair("to")
		if n.unit != "" && n.reference == n.reference {
			return nil, badReference("reference_unit", "there is a reference and a reference_unit", "give one of the two")
		}
		return n, nil
	},
}

type adjusted struct {
	l, h      float64 // posts; NaN if not given
	reference float64 // NaN if not given
	unit      string  // "" if not given
	low, high float64
}

func (n adjusted) FitNormalise(x []float64, direction int) (Transform, error) {
	if n.unit != "" {
		return nil, badReference("reference_unit", "the units of the values are not known", "give the values with their units")
	}
	return n.fit(x, n.reference, direction)
}

func (n adjusted) FitNormaliseUnits(x []float64, units []string, direction int) (Transform, error) {
	if n.unit == "" {
		return n.fit(x, n.reference, direction)
	}
	reference, err := valueOf(x, units, n.unit, "reference_unit")
	if err != nil {
		return allMissing{}, err
	}
	return n.fit(x, reference, direction)
}

func (n adjusted) fit(x []float64, reference float64, direction int) (Transform, error) {
	lo, hi := stat.MinMax(x)
	if lo != lo {
		return degenerate(lo)
	}
	if n.l == n.l {
		lo, hi = n.l, n.h
	}
	if !(lo < hi) {
		return degenerate(lo)
	}
	params := []Parameter{{"low post", lo}, {"high post", hi}}
	if reference == reference {
		half := (hi - lo) / 2
		lo, hi = reference-half, reference+half
		params = []Parameter{{"low post", lo}, {"reference", reference}, {"high post", hi}}
	}
	if direction < 0 {
		lo, hi = -hi, -lo
	}
	return newLine(direction, lo, hi, n.low, n.high, params...), nil
}
