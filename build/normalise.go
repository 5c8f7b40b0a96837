package build

import (
	"fmt"
	"math"

	"mizan"
	"mizan/stat"
)

// allMissing is the transform of a Degenerate fit: missing for every value.
type allMissing struct{}

func (allMissing) Apply(float64) float64   { return math.NaN() }
func (allMissing) Parameters() []Parameter { return nil }

// degenerate is the answer to reference values that tell nothing: all missing,
// or all equal to lo.
func degenerate(lo float64) (Transform, error) {
	if lo != lo {
		return allMissing{}, learnsNothing("no-values", noValues.Say())
	}
	return allMissing{}, learnsNothing("no-spread", noSpread.Say("value", figure(lo)))
}

// UnitNormaliser is a Normaliser that looks at whose value is which: units are
// the codes of the units, parallel to x. Where x holds several years, year below
// year, the units stand there once for every year.
type UnitNormaliser interface {
	Normaliser
	FitNormaliseUnits(x []float64, units []string, direction int) (Transform, error)
}

// fitNormalise fits a normaliser to the values of an indicator. Units are those
// of x, or those of one year where x holds several, year below year.
func fitNormalise(n Normaliser, x []float64, units []string, direction int) (Transform, error) {
	u, ok := n.(UnitNormaliser)
	if !ok {
		return n.FitNormalise(x, direction)
	}
	rows := units
	if len(units) > 0 && len(units) < len(x) {
		rows = make([]string, len(x))
		for i := range rows {
			rows[i] = units[i%len(units)]
		}
	}
	return u.FitNormaliseUnits(x, rows, direction)
}

func figure(v float64) string { return string(mizan.AppendNumber(nil, v, "missing")) }

// directed is a value that is the better the higher it is.
func directed(x float64, direction int) float64 {
	if direction < 0 {
		return -x
	}
	return x
}

// directedRange is the range of the reference values after the direction.
func directedRange(x []float64, direction int) (lo, hi float64) {
	lo, hi = stat.MinMax(x)
	if direction < 0 {
		return -hi, -lo
	}
	return lo, hi
}

// line maps the interval from a to b (of directed values) onto that from low
// to high; floor and ceiling cut off what lies outside.
type line struct {
	sign           float64 // the direction
	a, b           float64
	low, high      float64
	floor, ceiling float64
	params         []Parameter
}

// newLine is a line without limits.
func newLine(direction int, a, b, low, high float64, params ...Parameter) line {
	return line{
		sign: directed(1, direction), a: a, b: b, low: low, high: high,
		floor: math.Inf(-1), ceiling: math.Inf(1), params: params,
	}
}

func (l line) Apply(x float64) float64 {
	y := float64((float64(l.sign*x)-l.a)/(l.b-l.a)*(l.high-l.low)) + l.low
	switch {
	case y < l.floor:
		return l.floor
	case y > l.ceiling:
		return l.ceiling
	}
	return y
}

func (l line) ApplyTo(dst, src []float64) {
	for i, v := range src {
		dst[i] = l.Apply(v)
	}
}

func (l line) Parameters() []Parameter { return l.params }

// toOption is the interval onto which a method maps, from 0 to high by default.
func toOption(high float64) mizan.Option {
	return mizan.Option{
		Name: "to", Kind: mizan.RangeOption, Default: []float64{0, high},
		Summary: "the scores that the lowest and the highest value get",
	}
}

// endsOfTo is the sum of the ends of the option `to`, NaN if it is not given.
func endsOfTo(o Options) float64 {
	low, high := o.pair("to")
	return low + high
}

// twiceMean is the sum of two scores that lie alike about the option `mean`.
func twiceMean(o Options) float64 { return 2 * o.number("mean") }

// lowestOfTo is the lower end of the option `to`.
func lowestOfTo(o Options) float64 {
	low, _ := o.pair("to")
	return low
}

// rankToOption is the interval onto which ranks are mapped; they are left as
// counts if it is not given.
var rankToOption = mizan.Option{
	Name: "to", Kind: mizan.RangeOption,
	Summary: "the scores that the lowest and the highest rank get; ranks stay whole numbers if it is left out",
}

// tiesOption is the rule for equal values.
var tiesOption = mizan.Option{
	Name: "ties", Kind: mizan.ChoiceOption, Default: "min", Choices: []string{"min", "average", "max"},
	Summary: "the rank that equal values share",
}

// placing ranks a value among the reference values.
type placing struct {
	sorted []float64 // directed, ascending, none missing
	sign   float64
	ties   string
	rank   func(r float64) float64 // the score of a rank
	params []Parameter
}

// newPlacing sorts the reference values.
func newPlacing(x []float64, direction int, ties string, rank func(r float64) float64) placing {
	p := placing{sign: directed(1, direction), ties: ties, rank: rank}
	order := stat.Order(x)
	p.sorted = make([]float64, len(order))
	for i, at := range order {
		k := i
		if direction < 0 {
			k = len(order) - 1 - i
		}
		p.sorted[k] = directed(x[at], direction)
	}
	p.params = []Parameter{{"values", float64(len(order))}}
	return p
}

func (p placing) Apply(x float64) float64 {
	if x != x {
		return x
	}
	v := p.sign * x
	below := search(p.sorted, func(s float64) bool { return s >= v })
	through := below + search(p.sorted[below:], func(s float64) bool { return s > v })
	return p.score(below, through)
}

// score is the score of a value with so many values below it, and so many
// below or equal to it. A value that is none of the reference values takes the
// place at which it would stand.
func (p placing) score(below, through int) float64 {
	r := float64(below + 1)
	switch {
	case through == below:
	case p.ties == "max":
		r = float64(through)
	case p.ties == "average":
		r = float64(below+1+through) / 2
	}
	return p.rank(r)
}

// search is the number of leading elements for which after is false.
func search(s []float64, after func(float64) bool) int {
	i, j := 0, len(s)
	for i < j {
		if h := int(uint(i+j) >> 1); after(s[h]) {
			j = h
		} else {
			i = h + 1
		}
	}
	return i
}

// ApplyTo walks the values from the lowest to the highest beside the reference
// values, which is faster than a search for each.
func (p placing) ApplyTo(dst, src []float64) {
	order := stat.Order(src)
	for i := range dst {
		dst[i] = src[i] // missing stays missing
	}
	below, through := 0, 0
	for k := range order {
		at := order[k]
		if p.sign < 0 {
			at = order[len(order)-1-k]
		}
		v := p.sign * dst[at]
		for below < len(p.sorted) && p.sorted[below] < v {
			below++
		}
		through = max(through, below)
		for through < len(p.sorted) && p.sorted[through] <= v {
			through++
		}
		dst[at] = p.score(below, through)
	}
}

func (p placing) Parameters() []Parameter { return p.params }

// badReference is the error of a target or post that the values contradict.
func badReference(option, cause, remedy string, args ...any) error {
	return &OptionError{"bad-option", option, fmt.Sprintf(cause, args...), remedy}
}
