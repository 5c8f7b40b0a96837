package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var normaliseDistanceToUnit = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "distance-to-unit",
		Summary: "The share of the way from the worst unit to a unit of reference that a unit has gone.",
		Formula: "1 - (r - d x) / (r - min) (high - low) + low; r = d x of the unit of reference, min of d x, d = direction; the unit of reference gets high",
		Missing: "Stays missing and plays no part in min. If the unit of reference has no value, or is itself the worst, there is no score. Over the panel its latest value counts.",
		Source:  handbook + ", step 5 (distance to a reference)",
		Options: []mizan.Option{
			{Name: "unit", Kind: mizan.UnitOption, Required: true, Summary: "the unit of reference"},
			{Name: "cap", Kind: mizan.BoolOption, Default: false, Summary: "whether a unit beyond the unit of reference gets no more than it"},
			toOption(1),
		},
	},
	Lowest: lowestOfTo,
	Mirror: endsOfTo,
	NewNormaliser: func(o Options) (Normaliser, error) {
		n := distanceToUnit{unit: o.text("unit"), cap: o.flag("cap")}
		n.low, n.high = o.pair("to")
		return n, nil
	},
}

type distanceToUnit struct {
	unit      string
	cap       bool
	low, high float64
}

func (n distanceToUnit) FitNormalise([]float64, int) (Transform, error) {
	return nil, badReference("unit", "the units of the values are not known", "give the values with their units")
}

func (n distanceToUnit) FitNormaliseUnits(x []float64, units []string, direction int) (Transform, error) {
	value, err := valueOf(x, units, n.unit, "unit")
	if err != nil {
		return allMissing{}, err
	}
	lo, hi := directedRange(x, direction)
	if !(lo < hi) {
		return degenerate(directed(lo, direction))
	}
	reference := directed(value, direction)
	if !(lo < reference) {
		return allMissing{}, learnsNothing("no-spread", noDistance.Say("unit", n.unit, "value", figure(value)))
	}
	l := newLine(direction, lo, reference, n.low, n.high,
		Parameter{"worst", directed(lo, direction)}, Parameter{"reference", value})
	if n.cap {
		l.ceiling = n.high
	}
	return l, nil
}

// valueOf is the value of a unit among the reference values; the last one where
// it has several, since the years stand below one another. Errors: an
// *OptionError if there is no such unit, a *Degenerate if it has no value.
func valueOf(x []float64, units []string, unit, option string) (float64, error) {
	value, known := math.NaN(), false
	for i, v := range x {
		if units[i] != unit {
			continue
		}
		known = true
		if v == v {
			value = v
		}
	}
	switch {
	case !known:
		return value, badReference(option, "there is no unit %q", "give the code of a unit that is not screened out", unit)
	case value != value && stat.Count(x) == 0:
		_, err := degenerate(value)
		return value, err
	case value != value:
		return value, learnsNothing("no-reference", noReference.Say("unit", unit))
	}
	return value, nil
}
