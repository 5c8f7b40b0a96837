package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

// outlierTest holds the limits beyond which both skewness and kurtosis must
// lie for an indicator to need treatment.
type outlierTest struct{ skewness, kurtosis float64 }

// check says whether the values pass: |skewness| < limit or kurtosis < limit.
// It is not known where neither passes and one of the two cannot be computed
// (too few values, or no spread).
func (t outlierTest) check(x []float64) (c Check, known bool) {
	return t.checkMoments(stat.MomentsOf(x))
}

func (t outlierTest) checkMoments(m stat.Moments) (c Check, known bool) {
	c = Check{Skewness: m.Skewness(), Kurtosis: m.Kurtosis()}
	c.Pass = math.Abs(c.Skewness) < t.skewness || c.Kurtosis < t.kurtosis
	known = c.Pass || c.Skewness == c.Skewness && c.Kurtosis == c.Kurtosis
	return c, known
}

// treatOptions are the options of when to treat, with their defaults.
func treatOptions(when string, more ...mizan.Option) []mizan.Option {
	return append(more,
		mizan.Option{
			Name: "when", Kind: mizan.ChoiceOption, Default: when, Choices: []string{"always", "outliers"},
			Summary: "whether every indicator is treated, or only one that fails the test for outliers",
		},
		mizan.Option{
			Name: "skewness", Kind: mizan.NumberOption, Default: 2.0, Min: new(0.0),
			Summary: "the test is passed if the absolute skewness is below this",
		},
		mizan.Option{
			Name: "kurtosis", Kind: mizan.NumberOption, Default: 3.5,
			Summary: "the test is passed if the excess kurtosis is below this",
		})
}

func newOutlierTest(o Options) outlierTest {
	return outlierTest{o.number("skewness"), o.number("kurtosis")}
}

// direct is a Treater that transforms all values of an indicator by one
// function.
type direct struct {
	name   string
	always bool
	test   outlierTest
	fit    func(x []float64) (Transform, error)
}

func newDirect(name string, o Options, fit func(x []float64) (Transform, error)) (Treater, error) {
	return direct{name, o.text("when") == "always", newOutlierTest(o), fit}, nil
}

func (d direct) FitTreat(x []float64) (Treatment, error) {
	before, known := d.test.check(x)
	untreated := Treatment{Transform: identity{}, Applied: "none", Checks: []Check{before}}
	if !d.always && (before.Pass || !known) {
		return untreated, nil
	}
	t, err := d.fit(x)
	if err != nil || t == nil {
		return untreated, err
	}
	y := make([]float64, len(x))
	applyTo(t, y, x)
	after, _ := d.test.check(y)
	return Treatment{Transform: t, Applied: d.name, Checks: []Check{before, after}}, nil
}

// identity leaves values as they are.
type identity struct{}

func (identity) Apply(x float64) float64    { return x }
func (identity) ApplyTo(dst, src []float64) { copy(dst, src) }
func (identity) Parameters() []Parameter    { return nil }

// chain applies one transform after another.
type chain struct{ first, second Transform }

func (c chain) Apply(x float64) float64 { return c.second.Apply(c.first.Apply(x)) }
func (c chain) Parameters() []Parameter {
	return append(c.first.Parameters(), c.second.Parameters()...)
}

// shiftedLog is ln(x - from + add), or its mirror -ln(from - x + add).
type shiftedLog struct {
	from, add float64
	mirror    bool
	params    []Parameter
}

func (l shiftedLog) Apply(x float64) float64 {
	sign := 1.0
	d := x - l.from
	if l.mirror {
		d, sign = -d, -1
	}
	if d += l.add; d > 0 {
		return sign * math.Log(d)
	}
	return math.NaN()
}

func (l shiftedLog) Parameters() []Parameter { return l.params }

// notPositive is the error of a logarithm that meets a value it is not defined
// for, or nil; add is what is added to every value.
func notPositive(x []float64, add float64, needs, remedy string) error {
	var bad *BadValue
	for i, v := range x {
		if !(v+add <= 0) {
			continue
		}
		if bad == nil {
			bad = &BadValue{ID: "not-positive", Row: i, Value: v, Needs: needs, Remedy: remedy}
			continue
		}
		bad.More++
	}
	if bad == nil {
		return nil
	}
	return bad
}
