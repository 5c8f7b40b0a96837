package stat

import (
	"math"
	"slices"
)

// Median is the middle value of those not missing, or the mean of the two
// middle ones; NaN if there are none.
func Median(x []float64) float64 {
	s := Present(make([]float64, 0, len(x)), x)
	slices.Sort(s)
	return medianOfSorted(s)
}

func medianOfSorted(s []float64) float64 {
	n := len(s)
	switch {
	case n == 0:
		return math.NaN()
	case n%2 == 1:
		return s[n/2]
	}
	return (s[n/2-1] + s[n/2]) / 2
}

// Quantile is the q-th quantile, q from 0 to 1, of the values that are not
// missing: linear between the order statistics, NaN if there are none or q is
// outside.
//
//	h = (n-1) q;  x_(floor h) + (h - floor h) (x_(floor h + 1) - x_(floor h))
//
// Source: Hyndman and Fan (1996), Sample quantiles in statistical packages,
// definition 7, the usual one of R and Python.
func Quantile(x []float64, q float64) float64 {
	s := Present(make([]float64, 0, len(x)), x)
	slices.Sort(s)
	return QuantileOfSorted(s, q)
}

// QuantileOfSorted is Quantile for values already sorted, none missing.
func QuantileOfSorted(s []float64, q float64) float64 {
	if len(s) == 0 || !(q >= 0 && q <= 1) {
		return math.NaN()
	}
	h := float64(len(s)-1) * q
	i := int(h)
	if i+1 >= len(s) {
		return s[len(s)-1]
	}
	return s[i] + float64((h-float64(i))*(s[i+1]-s[i]))
}
