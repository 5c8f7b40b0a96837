package build

import "mizan"

var normaliseScaled = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "scaled",
		Summary: "Map a given interval onto the scores, the same for every data set and without cutting off.",
		Formula: "(x - a) / (b - a) (high - low) + low for direction 1, (b - x) / (b - a) (high - low) + low for -1; [a, b] = from",
		Missing: "Stays missing.",
		Source:  handbook + ", step 5; Becker et al. (2022), COINr",
		Options: []mizan.Option{
			{Name: "from", Kind: mizan.RangeOption, Default: []float64{0, 100}, Summary: "the interval, in the indicator's own measure"},
			toOption(100),
			{
				Name: "reflect", Kind: mizan.BoolOption, Default: true,
				Summary: "whether direction -1 turns the interval round, so that its high end scores low; if not, the value changes its sign before the interval is applied",
			},
		},
	},
	Mirror: endsOfTo,
	NewNormaliser: func(o Options) (Normaliser, error) {
		var s scaled
		s.a, s.b = o.pair("from")
		s.low, s.high = o.pair("to")
		s.reflect = o.flag("reflect")
		return s, nil
	},
}

type scaled struct {
	a, b, low, high float64
	reflect         bool
}

func (s scaled) FitNormalise(_ []float64, direction int) (Transform, error) {
	a, b := s.a, s.b
	if direction < 0 && s.reflect {
		a, b = -s.b, -s.a
	}
	return newLine(direction, a, b, s.low, s.high, Parameter{"from low", s.a}, Parameter{"from high", s.b}), nil
}
