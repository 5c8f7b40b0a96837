package build

import (
	"math"
	"slices"

	"mizan"
	"mizan/spec"
	"mizan/stat"
)

// Frozen is what a build learnt of one indicator in one year, as functions of
// one value: the scale on which a unit can be measured that is not of the
// index, such as a pooled alliance. The reference set does not change by it.
type Frozen struct {
	Code      string
	Direction int // +1 or -1
	// Denominator is by what the indicator is divided or multiplied; nil = by
	// nothing.
	Denominator *spec.Denominator

	treat, normalise Transform
	low, high        float64 // of the values from which the scale was learnt
}

// Frozen gives the scale of every indicator in a year, in the order of
// Indicators. Errors, as mizan.Problems: a year that the result lacks.
func (r *Result) Frozen(year int) ([]Frozen, error) {
	y := slices.Index(r.Years, year)
	if y < 0 {
		var ps mizan.Problems
		ps.Add("unknown-year", mizan.Place{}, "there is no year "+figure(float64(year)), "name a year of the panel")
		return nil, ps
	}
	list := make([]Frozen, len(r.Indicators))
	for c, ind := range r.plan.indicators {
		treated, normalised := fittedOf(r.treatments[c], y), fittedOf(r.normalisations[c], y)
		low, high := math.NaN(), math.NaN()
		for _, at := range normalised.years {
			l, h := stat.MinMax(r.Screened.Column(at, c))
			if !(low <= l) {
				low = l
			}
			if !(high >= h) {
				high = h
			}
		}
		list[c] = Frozen{
			Code: ind.code, Direction: ind.direction, Denominator: ind.denominator,
			treat: treated.Transform, normalise: normalised.Transform, low: low, high: high,
		}
	}
	return list, nil
}

// Denominated is a raw value divided or multiplied by a value of the
// denominator, as the project says: x / (by / scale), or x (by / scale). It is
// x where there is no denominator, and missing (NaN) where either is missing or
// the result is not finite.
func (f *Frozen) Denominated(x, by float64) float64 {
	if f.Denominator == nil {
		return x
	}
	return orMissing(denominated(x, by, f.Denominator.Scale, f.Denominator.Operation))
}

// Undenominated is the raw value that makes x with a value of the denominator:
// the inverse of Denominated. It is missing (NaN) where there is none.
func (f *Frozen) Undenominated(x, by float64) float64 {
	if f.Denominator == nil {
		return x
	}
	scale := f.Denominator.Scale
	if scale == 0 {
		scale = 1
	}
	by /= scale
	if f.Denominator.Operation == "multiply" {
		return orMissing(x / by)
	}
	return orMissing(x * by)
}

// Apply treats and normalises a denominated value. Missing (NaN) stays missing,
// and a value for which a method is not defined becomes missing.
func (f *Frozen) Apply(x float64) (treated, normalised float64) {
	treated = orMissing(f.treat.Apply(x))
	return treated, orMissing(f.normalise.Apply(treated))
}

// Normalise is Apply for several values at once: it writes the normalised value
// of every value of src to dst, which may be src.
func (f *Frozen) Normalise(dst, src []float64) {
	applyTo(f.treat, dst, src)
	allOrMissing(dst)
	applyTo(f.normalise, dst, dst)
	allOrMissing(dst)
}

// Range gives the least and the greatest value from which the scale was learnt,
// denominated and imputed, before any treatment; NaN if there was none.
func (f *Frozen) Range() (low, high float64) { return f.low, f.high }

// Reach says where a value lies on a frozen scale.
type Reach string

// The reaches: within the values from which the scale was learnt; beyond the
// best of them, and then carried on where the method is a formula, held where
// it is a cap, or placed before all where it is a rank.
const (
	Within  Reach = "within"
	Carried Reach = "carried-on"
	Held    Reach = "held"
	Placed  Reach = "placed"
)

// Reach says whether a denominated value is better than the best of those from
// which the scale was learnt, and what the methods make of it then. A missing
// value is within.
func (f *Frozen) Reach(x float64) Reach {
	best := f.high
	if f.Direction < 0 {
		best = f.low
	}
	if !(directed(x, f.Direction) > directed(best, f.Direction)) {
		return Within
	}
	if _, ranks := f.normalise.(placing); ranks {
		return Placed
	}
	// At a cap the score does not answer to more of the same.
	_, own := f.Apply(x)
	_, further := f.Apply(x + (x - best))
	if further > own {
		return Carried
	}
	return Held
}

// orMissing is a value that is a number; NaN otherwise.
func orMissing(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}

func allOrMissing(x []float64) {
	for i, v := range x {
		x[i] = orMissing(v)
	}
}
