package export

import (
	"math"
	"strconv"
	"strings"
)

// gap stands where there is no figure.
const gap = "–"

// fixed writes v with a number of decimals and a true minus sign.
func fixed(v float64, digits int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return gap
	}
	t := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Trim(t, "-0.") == "" {
		t = strings.TrimPrefix(t, "-")
	}
	return strings.Replace(t, "-", "−", 1)
}

// correlation writes a coefficient with two decimals.
func correlation(r float64) string { return fixed(r, 2) }

// percent writes a share; rounding makes neither nothing nor the whole of what
// is not.
func percent(share float64) string {
	switch {
	case share > 0 && share < 0.005:
		return "< 1 %"
	case share < 1 && share > 0.99:
		share = 0.99
	}
	t := fixed(100*share, 0)
	if t == gap {
		return gap
	}
	return t + " %"
}

// probability writes a p value.
func probability(p float64) string {
	if p < 0.001 {
		return "< 0.001"
	}
	return fixed(p, 3)
}

// brief writes a figure in a dense table: three significant digits, with a
// letter for thousands, millions and what follows.
func brief(v float64) string {
	a := math.Abs(v)
	for i, letter := range []string{"k", "M", "G", "T"} {
		if unit := math.Pow(1000, float64(i+1)); a >= 10*unit && a < 10000*unit || i == 3 && a >= 10*unit {
			return number(v/unit, 3) + " " + letter
		}
	}
	return number(v, 3)
}

// number writes a figure with so many significant digits, or all of those
// before the point.
func number(v float64, digits int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return gap
	}
	a := math.Abs(v)
	var t string
	switch {
	case v == 0:
		return "0"
	case a >= 1e15 || a < 1e-4:
		t = strconv.FormatFloat(v, 'g', digits, 64)
	default:
		t = strconv.FormatFloat(v, 'f', max(0, digits-1-int(math.Floor(math.Log10(a)))), 64)
		if strings.Contains(t, ".") {
			t = strings.TrimRight(strings.TrimRight(t, "0"), ".")
		}
	}
	return strings.ReplaceAll(t, "-", "−")
}
