package build

import (
	"math"

	"mizan"
)

var normaliseGoalposts = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "goalposts",
		Summary: "Map the way between two fixed posts onto the scores; what lies beyond a post gets the score of the post.",
		Formula: "(x - L) / (H - L) for direction 1, (H - x) / (H - L) for -1, cut to [0, 1], then onto [low, high]; with log: ln x, ln L, ln H",
		Missing: "Stays missing. With log, a value that is not positive is an error.",
		Source:  "UNDP, Human Development Report, technical notes (health, education and, with log, income index)",
		Options: []mizan.Option{
			{Name: "posts", Kind: mizan.RangeOption, Required: true, Summary: "the two posts [L, H], in the indicator's own measure"},
			toOption(1),
			{Name: "truncate", Kind: mizan.BoolOption, Default: true, Summary: "whether values beyond a post get the score of the post"},
			{Name: "log", Kind: mizan.BoolOption, Default: false, Summary: "whether values and posts are compared in natural logarithms"},
		},
	},
	Mirror:        endsOfTo,
	NewNormaliser: newGoalposts,
}

type goalposts struct {
	l, h, low, high float64
	truncate, log   bool
}

func newGoalposts(o Options) (Normaliser, error) {
	g := goalposts{truncate: o.flag("truncate"), log: o.flag("log")}
	g.l, g.h = o.pair("posts")
	g.low, g.high = o.pair("to")
	if g.log && !(g.l > 0) {
		return nil, badReference("posts", "the post %s has no logarithm", "give positive posts, or leave `log` out", figure(g.l))
	}
	return g, nil
}

func (g goalposts) FitNormalise(x []float64, direction int) (Transform, error) {
	a, b := g.l, g.h
	if g.log {
		if err := notPositive(x, 0, "goalposts in logarithms are defined for positive values only",
			"leave `log` out for this indicator, or correct the figure"); err != nil {
			return nil, err
		}
		a, b = math.Log(a), math.Log(b)
	}
	if direction < 0 {
		a, b = -b, -a
	}
	l := newLine(direction, a, b, g.low, g.high, Parameter{"low post", g.l}, Parameter{"high post", g.h})
	if g.truncate {
		l.floor, l.ceiling = g.low, g.high
	}
	if g.log {
		return logLine{l}, nil
	}
	return l, nil
}

// logLine is a line in logarithms.
type logLine struct{ line }

func (l logLine) Apply(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	return l.line.Apply(math.Log(x))
}

func (l logLine) ApplyTo(dst, src []float64) {
	for i, v := range src {
		dst[i] = l.Apply(v)
	}
}
