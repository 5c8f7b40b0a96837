package stat

import (
	"math"
)

// LinearImportance is how much of the variance of y a straight line in x
// explains, from 0 to 1: the squared correlation, over the pairs of which
// neither value is missing. NaN for fewer than 3 pairs or without spread.
//
// Source: Paruolo, Saisana and Saltelli (2013), Ratings and rankings: voodoo
// or science?, who set it beside nominal weights.
func LinearImportance(x, y []float64) float64 {
	a, b := complete(x, y)
	if len(a) < 3 {
		return math.NaN()
	}
	r := pearson(a, b)
	return r * r
}

// leastForCurve is the fewest different values of x that a curve is fitted to.
const leastForCurve = 5

// Importance is how much of the variance of y any smooth curve in x explains,
// from 0 to 1: the squared correlation ratio (first-order sensitivity index),
// over the pairs of which neither value is missing. The curve m is LocalLinear
// with the bandwidth of BandwidthByLeavingOut. NaN for fewer than 5 different
// values of x or without spread.
//
//	V(E(y|x)) / V(y), estimated by sum (m(x) - mean m)^2 / sum (y - mean y)^2
//
// Source: Paruolo, Saisana and Saltelli (2013); the ratio is Pearson's (1905).
func Importance(x, y []float64) float64 {
	a, b := complete(x, y)
	if distinct(a) < leastForCurve || !spread(b) {
		return math.NaN()
	}
	m := LocalLinear(a, b, BandwidthByLeavingOut(a, b))
	return math.Min(1, MomentsOf(m).S2/MomentsOf(b).S2)
}

func distinct(x []float64) int {
	n := 0
	order := Order(x)
	for k, i := range order {
		if k == 0 || x[i] != x[order[k-1]] {
			n++
		}
	}
	return n
}

// LocalLinear is the smooth curve of y in x at every x: the value there of the
// straight line fitted with the weights exp(-((x_j - x)/h)^2 / 2). Where all
// the weight lies at one x it is the weighted mean of y. No value may be
// missing, and h must be positive.
//
// Source: Cleveland (1979); Fan and Gijbels (1996), Local Polynomial Modelling
// and Its Applications.
func LocalLinear(x, y []float64, h float64) []float64 {
	m := make([]float64, len(x))
	f := newLocalFit(len(x))
	for i := range x {
		f.at(x, i, h)
		m[i], _ = f.line(y, 1)
	}
	return m
}

// localFit is the fit of a straight line around one point.
type localFit struct{ distance, weight []float64 }

func newLocalFit(n int) *localFit { return &localFit{make([]float64, n), make([]float64, n)} }

// at weighs all points by their distance from x_i, measured in h.
func (f *localFit) at(x []float64, i int, h float64) {
	for j, v := range x {
		d := (v - x[i]) / h
		f.distance[j], f.weight[j] = d, math.Exp(-float64(d*d)/2)
	}
}

// line is the line's value at the point, and the weight that the point's own y
// has in it, from 0 to 1. scale is the bandwidth in the measure of distances.
func (f *localFit) line(y []float64, scale float64) (m, own float64) {
	var s0, s1, s2, t0, t1 float64
	for j, w := range f.weight {
		d := f.distance[j]
		wd := float64(w * d)
		s0 += w
		s1 += wd
		s2 += float64(wd * d)
		t0 += float64(w * y[j])
		t1 += float64(wd * y[j])
	}
	det := float64(s0*s2) - float64(s1*s1)
	if det <= 1e-12*float64(s0*s0)*float64(scale*scale) {
		return t0 / s0, 1 / s0
	}
	return (float64(s2*t0) - float64(s1*t1)) / det, s2 / det
}

// The bandwidths that are tried: from sixteen times the rule of thumb, where
// the curve is nearly straight, down by factors of the root of 2 to an eighth.
const (
	widest     = 16
	bandwidths = 15
)

// BandwidthByLeavingOut is the bandwidth of LocalLinear with which each y is
// foretold best by the others. It is sought among 15 values,
//
//	h = s n^(-1/5) 2^(k/2), k = -6 … 8,
//	s = the smaller of standard deviation and interquartile range / 1.349
//
// by the mean of ((y - m(x)) / (1 - own weight))^2, which is the error where
// the point is left out; of equals the wider one. A point so far off that it
// has all the weight in its own fit is foretold by the mean of the others. No
// value may be missing, and x must have some spread.
//
// Source: Stone (1974), Cross-validatory choice and assessment of statistical
// predictions; the rule of thumb after Silverman (1986).
func BandwidthByLeavingOut(x, y []float64) float64 {
	s := SD(x)
	if q := (Quantile(x, 0.75) - Quantile(x, 0.25)) / 1.349; q > 0 {
		s = math.Min(s, q)
	}
	top := s * math.Pow(float64(len(x)), -0.2) * widest
	errs := leaveOneOut(x, y, top)
	best := 0
	for k, e := range errs {
		if e < errs[best]*(1-1e-9) { // what rounding decides is equal
			best = k
		}
	}
	return top * math.Pow(2, -float64(best)/2)
}

// leaveOneOut is the sum of squared errors when each point is foretold by the
// others, for every bandwidth from h down. A bandwidth narrower by the root of
// 2 squares the weights.
func leaveOneOut(x, y []float64, h float64) (errs [bandwidths]float64) {
	n, mean := float64(len(x)), Mean(y)
	f := newLocalFit(len(x))
	for i := range x {
		f.at(x, i, h)
		scale := 1.0
		for k := range errs {
			m, own := f.line(y, scale)
			e := (y[i] - m) / (1 - own)
			if own > 1-1e-6 {
				e = (y[i] - mean) * n / (n - 1)
			}
			errs[k] += float64(e * e)
			scale /= math.Sqrt2
			for j, w := range f.weight {
				f.weight[j] = w * w
			}
		}
	}
	return errs
}
