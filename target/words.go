package target

import (
	"math"
	"strconv"
)

// Words writes a value as people read it: four significant digits, and what is
// large in words, as in "109 billion".
func Words(v float64) string {
	v = round(v, 4)
	for _, s := range []struct {
		from float64
		word string
	}{{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}} {
		if math.Abs(v) >= s.from && math.Abs(v) < 1e18 {
			return figure(v/s.from) + s.word
		}
	}
	return figure(v)
}

// figure writes a value in a sentence: four significant digits.
func figure(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "no figure"
	}
	return number(round(v, 4))
}

// rate writes a yearly growth as a percentage.
func rate(v float64) string { return number(round(100*v, 3)) + " %" }

// round keeps significant digits.
func round(v float64, digits int) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return v
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
	if err != nil {
		return v
	}
	return r
}
