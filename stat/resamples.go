package stat

import "slices"

// Resamples say, resample by resample, how often each of n things counts: the
// bootstrap draws n of them with replacement.
//
// Source: Efron (1979), Bootstrap methods: another look at the jackknife.
type Resamples [][]float64

// NewResamples draws so many resamples of n things. Each hangs on the seed and
// its number alone.
func NewResamples(n, resamples int, seed uint64) Resamples {
	all := make(Resamples, resamples)
	stream := NewStream(seed, resampling, 0)
	for r := range all {
		all[r] = make([]float64, n)
		stream.Reset(uint64(r))
		resample(all[r], stream)
	}
	return all
}

// resample writes how often each of len(counts) things is drawn.
func resample(counts []float64, stream *Stream) {
	clear(counts)
	for range counts {
		counts[stream.Below(len(counts))]++
	}
}

// PercentileInterval is the interval between the (1-share)/2 quantiles of x
// from below and above; NaN if there are no values.
func PercentileInterval(x []float64, share float64) (low, high float64) {
	s := Present(make([]float64, 0, len(x)), x)
	slices.Sort(s)
	tail := (1 - share) / 2
	return QuantileOfSorted(s, tail), QuantileOfSorted(s, 1-tail)
}
