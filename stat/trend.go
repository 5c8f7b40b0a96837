package stat

import "math"

// CAGR is the compound annual growth rate of a series between its first and
// its last observation: t are times in years, ascending, y the values there.
//
//	(y_last / y_first)^(1 / (t_last - t_first)) - 1
//
// It is 0 where both are equal, infinite where the first alone is 0, and NaN
// with fewer than 2 observations or where the sign changes.
func CAGR(t, y []float64) float64 {
	first, last := observed(y)
	switch {
	case last <= first:
		return math.NaN()
	case y[first] == y[last]:
		return 0
	}
	return math.Pow(y[last]/y[first], 1/(t[last]-t[first])) - 1
}

// observed are the positions of the first and of the last value that is not
// missing; len(y) and -1 if there is none.
func observed(y []float64) (first, last int) {
	last = -1
	first = len(y)
	for i, v := range y {
		if v == v {
			first = min(first, i)
			last = i
		}
	}
	return first, last
}

// PercentChange is the change per year of a series in percent of where it
// began: t are times in years, ascending, y the values there. It is taken from
// the line a + b t of least squares through all observations; through two, the
// line joins them.
//
//	100 b / (a + b t_first)
//
// It is 0 where all are equal and NaN with fewer than 2 observations.
func PercentChange(t, y []float64) float64 {
	a, b := complete(t, y)
	if len(a) < 2 {
		return math.NaN()
	}
	if !spread(b) {
		return 0
	}
	slope := Covariance(a, b) / Variance(a)
	return 100 * slope / (Mean(b) + float64(slope*(a[0]-Mean(a))))
}

// Latest is the part of a series that ends with its last observation and holds
// k times, missing ones too. There is none (false) where the series has not
// more than k times up to there, or no observation.
//
// The rule is COINr's for use_latest.
func Latest(y []float64, k int) (from, to int, ok bool) {
	_, last := observed(y)
	from, to = last+1-k, last+1
	return from, to, k > 0 && last >= 0 && from >= 0 && len(y) > k
}

// Interpolated is the value of a series at a time, on the straight line between
// the neighbouring observations; NaN outside of what was observed.
func Interpolated(t, y []float64, at float64) float64 {
	before := -1
	for i, v := range y {
		switch {
		case v != v:
		case t[i] == at:
			return v
		case t[i] < at:
			before = i
		case before < 0:
			return math.NaN()
		default:
			return y[before] + float64((v-y[before])*((at-t[before])/(t[i]-t[before])))
		}
	}
	return math.NaN()
}
