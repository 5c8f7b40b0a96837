package stat

import "math"

// Count is the number of values that are not missing.
func Count(x []float64) int {
	n := 0
	for _, v := range x {
		if v == v {
			n++
		}
	}
	return n
}

// Present appends the values of x that are not missing to dst, in their order.
func Present(dst, x []float64) []float64 {
	for _, v := range x {
		if v == v {
			dst = append(dst, v)
		}
	}
	return dst
}

// Sum adds the values that are not missing, correcting for what is lost by
// rounding at each step. The sum of nothing is 0.
//
//	c = sum of the parts of each addend that rounding dropped; sum + c
//
// Source: Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur
// Summation endlicher Summen.
func Sum(x []float64) float64 {
	var sum, lost float64
	for _, v := range x {
		if v != v {
			continue
		}
		t := sum + v
		if math.Abs(sum) >= math.Abs(v) {
			lost += (sum - t) + v
		} else {
			lost += (v - t) + sum
		}
		sum = t
	}
	if math.IsInf(sum, 0) || sum != sum {
		return sum
	}
	return sum + lost
}

// Mean is the arithmetic mean of the values that are not missing, NaN if
// there are none. A second pass takes out the rounding error of the first, so
// that the mean of equal values is that value.
//
//	m = sum x / n;  m + sum (x - m) / n
func Mean(x []float64) float64 {
	var sum float64
	n := 0
	for _, v := range x {
		if v == v {
			sum += v
			n++
		}
	}
	return refined(x, sum/float64(n), n)
}

// refined takes the rounding error out of the mean m of n values.
func refined(x []float64, m float64, n int) float64 {
	if math.IsInf(m, 0) || m != m {
		return m
	}
	var rest float64
	for _, v := range x {
		if v == v {
			rest += v - m
		}
	}
	return m + rest/float64(n)
}

// MinMax is the least and the greatest value, NaN and NaN if all are missing.
func MinMax(x []float64) (lo, hi float64) {
	i := 0
	for i < len(x) && x[i] != x[i] {
		i++
	}
	if i == len(x) {
		return math.NaN(), math.NaN()
	}
	lo, hi = x[i], x[i]
	for _, v := range x[i+1:] {
		if v < lo {
			lo = v
		}
		if v > hi {
			hi = v
		}
	}
	return lo, hi
}

// Moments are the count, the mean and the central sums of a sample, from
// which variance, skewness and kurtosis are made.
type Moments struct {
	N          int
	Mean       float64
	Min, Max   float64
	S2, S3, S4 float64 // sums of (x - mean)^k
}

// MomentsOf gathers the moments of the values that are not missing, in passes
// of fixed order. The sums of a sample without spread are exactly 0.
//
//	S_k = sum (x - mean)^k
func MomentsOf(x []float64) Moments {
	m := Moments{Min: math.Inf(1), Max: math.Inf(-1)}
	var sum float64
	for _, v := range x {
		if v != v {
			continue
		}
		m.N++
		sum += v
		if v < m.Min {
			m.Min = v
		}
		if v > m.Max {
			m.Max = v
		}
	}
	if m.N == 0 {
		nan := math.NaN()
		return Moments{Mean: nan, Min: nan, Max: nan}
	}
	m.Mean = refined(x, sum/float64(m.N), m.N)
	if !(m.Min < m.Max) {
		return m
	}
	for _, v := range x {
		if v != v {
			continue
		}
		d := v - m.Mean
		d2 := float64(d * d)
		m.S2 += d2
		m.S3 += float64(d2 * d)
		m.S4 += float64(d2 * d2)
	}
	return m
}

// Variance is S2/(n-1); NaN for fewer than 2 values.
func (m Moments) Variance() float64 {
	if m.N < 2 {
		return math.NaN()
	}
	return m.S2 / float64(m.N-1)
}

// Skewness is the adjusted sample skewness; NaN for fewer than 3 values or no
// spread.
//
//	g = sqrt(n) S3 / S2^1.5;  g sqrt(n (n-1)) / (n-2)
//
// Source: Joanes and Gill (1998), Comparing measures of sample skewness and
// kurtosis (their G1).
func (m Moments) Skewness() float64 {
	if m.N < 3 || m.S2 == 0 {
		return math.NaN()
	}
	n := float64(m.N)
	g := math.Sqrt(n) * m.S3 / (m.S2 * math.Sqrt(m.S2))
	return g * math.Sqrt(n*(n-1)) / (n - 2)
}

// Kurtosis is the adjusted sample excess kurtosis, 0 for the normal
// distribution; NaN for fewer than 4 values or no spread.
//
//	r = n S4 / S2^2;  ((n+1) (r-3) + 6) (n-1) / ((n-2) (n-3))
//
// Source: Joanes and Gill (1998) (their G2).
func (m Moments) Kurtosis() float64 {
	if m.N < 4 || m.S2 == 0 {
		return math.NaN()
	}
	n := float64(m.N)
	r := n * (m.S4 / m.S2) / m.S2
	return (float64((n+1)*(r-3)) + 6) * (n - 1) / ((n - 2) * (n - 3))
}

// Variance is the sample variance of the values that are not missing; NaN for
// fewer than 2.
//
//	sum (x - mean)^2 / (n - 1)
func Variance(x []float64) float64 { return MomentsOf(x).Variance() }

// SD is the sample standard deviation, the root of Variance.
func SD(x []float64) float64 { return math.Sqrt(Variance(x)) }

// Skewness is the adjusted sample skewness of the values that are not
// missing. The formula stands at Moments.Skewness.
func Skewness(x []float64) float64 { return MomentsOf(x).Skewness() }

// Kurtosis is the adjusted sample excess kurtosis of the values that are not
// missing. The formula stands at Moments.Kurtosis.
func Kurtosis(x []float64) float64 { return MomentsOf(x).Kurtosis() }
