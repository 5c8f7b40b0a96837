package target

import (
	"math"

	"mizan"
)

// CompoundGrowth is the constant yearly growth that leads from one value to
// another, as a share (0.05 = 5 % a year).
//
//	(to / from)^(1/years) - 1
//
// It is NaN where years is not above 0, a value is missing or zero, or the two
// differ in sign. Of two negative values it is the growth of their amounts.
func CompoundGrowth(from, to, years float64) float64 {
	if !(years > 0) || !(from*to > 0) {
		return math.NaN()
	}
	return math.Pow(to/from, 1/years) - 1
}

// LinearGrowth is the constant yearly step from one value to another.
//
//	(to - from) / years
//
// It is NaN where years is not above 0 or a value is missing.
func LinearGrowth(from, to, years float64) float64 {
	if !(years > 0) {
		return math.NaN()
	}
	return (to - from) / years
}

// LogisticGrowth is the constant yearly step of the log-odds on the way to a
// limit: the rate of the logistic curve through both values.
//
//	(logit(to/limit) - logit(from/limit)) / years,  logit(p) = ln(p / (1 - p))
//
// It is NaN where years is not above 0 or a value is not between 0 and limit.
func LogisticGrowth(from, to, limit, years float64) float64 {
	if !(years > 0) {
		return math.NaN()
	}
	return (logit(to/limit) - logit(from/limit)) / years
}

func logit(p float64) float64 {
	if !(p > 0 && p < 1) {
		return math.NaN()
	}
	return math.Log(p) - math.Log1p(-p)
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// Growth is the way from one year to another in three measures.
type Growth struct {
	From     int          `json:"from"`
	To       int          `json:"to"`
	Compound mizan.Number `json:"compound"` // share a year; null where a value is zero or the signs differ
	Step     mizan.Number `json:"step"`     // units of the measure a year
	Logistic mizan.Number `json:"logistic"` // log-odds a year; null without an upper limit
	Multiple mizan.Number `json:"multiple"` // last over first
}

// growth measures the way between two points.
func (t *Track) growth(a, b Point) *Growth {
	years := float64(b.Year - a.Year)
	if !(years > 0) {
		return nil
	}
	x, y := float64(a.Value), float64(b.Value)
	g := &Growth{
		From: a.Year, To: b.Year, Compound: mizan.Number(CompoundGrowth(x, y, years)),
		Step: mizan.Number(LinearGrowth(x, y, years)), Logistic: mizan.Number(math.NaN()), Multiple: mizan.Number(y / x),
	}
	if limit, ok := t.ceiling(); ok {
		g.Logistic = mizan.Number(LogisticGrowth(x, y, limit, years))
	}
	return g
}

// ceiling is the natural limit of what is to rise.
func (t *Track) ceiling() (float64, bool) {
	if t.NaturalLimit == nil || t.Direction < 0 || *t.NaturalLimit <= 0 {
		return 0, false
	}
	return *t.NaturalLimit, true
}

// PathYear is a year of the path that a promise needs, by three curves through
// baseline and target.
type PathYear struct {
	Year     int          `json:"year"`
	Linear   mizan.Number `json:"linear"`
	Compound mizan.Number `json:"compound"` // constant growth
	Logistic mizan.Number `json:"logistic"` // null without an upper limit
}

// requiredPath draws the curves from a to b, both included.
func (t *Track) requiredPath(a, b Point) []PathYear {
	g := t.growth(a, b)
	if g == nil {
		return nil
	}
	limit, _ := t.ceiling()
	start := float64(a.Value)
	var path []PathYear
	for y := a.Year; y <= b.Year; y++ {
		n := float64(y - a.Year)
		path = append(path, PathYear{
			Year:     y,
			Linear:   mizan.Number(start + n*float64(g.Step)),
			Compound: mizan.Number(start * math.Pow(1+float64(g.Compound), n)),
			Logistic: mizan.Number(limit * logistic(logit(start/limit)+n*float64(g.Logistic))),
		})
	}
	return path
}
