package draw

import (
	"math"
	"strconv"
)

// Tick is a mark on an axis, at its coordinate, with its label.
type Tick struct{ At, Label string }

// Coordinate writes a place or a length for SVG, with one decimal.
func Coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// roundStep is the next of 1, 2 and 5 times a power of ten.
func roundStep(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range []float64{1, 2, 5} {
		if v <= k*power*(1+1e-9) {
			return k * power
		}
	}
	return 10 * power
}

// finite is v, or 0 where it is missing or not finite.
func finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

// niceStep is the least of 1, 2, 2.5 and 5 times a power of ten that is no less.
func niceStep(v float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*unit >= v {
			return m * unit
		}
	}
	return 10 * unit
}

// Steps are round values from low to high, about as many as wanted: multiples of 1,
// 2 or 5 times a power of ten.
func Steps(low, high float64, wanted int) []float64 {
	step := roundStep((high - low) / float64(wanted))
	var out []float64
	for k := math.Ceil(low/step - 1e-9); k*step <= high+step*1e-9; k++ {
		out = append(out, k*step)
	}
	return out
}

// DigitsOf are the decimals, 6 at most, with which all of the values can be written
// as they are.
func DigitsOf(values []float64) int {
	for digits := range 6 {
		exact := true
		for _, v := range values {
			written, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', digits, 64), 64)
			exact = exact && math.Abs(written-v) < 1e-9*math.Max(1, math.Abs(v))
		}
		if exact {
			return digits
		}
	}
	return 6
}

// extent is the range of values with a little room.
func extent(values []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	if math.IsInf(low, 0) {
		return 0, 1
	}
	if low == high {
		return low - 1, high + 1
	}
	room := (high - low) * .04
	return low - room, high + room
}
