package stat

import "math"

// PAWNSlices are the rows of a sample, cut into slices by the values of one
// input.
type PAWNSlices struct {
	slice []int32 // by row
	n     int
}

// NewPAWNSlices cuts rows by the values of x into n slices of, as nearly as
// equal values allow, equal numbers of rows: equal values stay together, and an
// input of at most n different values has a slice for each. Nothing may be
// missing.
func NewPAWNSlices(x []float64, n int) PAWNSlices {
	s := PAWNSlices{slice: make([]int32, len(x))}
	order := Order(x)
	values := 0
	for i, at := range order {
		if i == 0 || x[at] != x[order[i-1]] {
			values++
		}
	}
	last := -1
	for i := 0; i < len(order); {
		j := i + 1
		for j < len(order) && x[order[j]] == x[order[i]] {
			j++
		}
		// The part of n in which the first of the equal values stands.
		part := i * n / len(order)
		if values <= n || part != last {
			s.n++
		}
		last = part
		for _, at := range order[i:j] {
			s.slice[at] = int32(s.n - 1)
		}
		i = j
	}
	return s
}

// Count is the number of slices.
func (s PAWNSlices) Count() int { return s.n }

// Shuffled is slices of the same sizes to which rows were given at random: what
// an input that does nothing looks like.
func (s PAWNSlices) Shuffled(seed, number uint64) PAWNSlices {
	places := make([]int, len(s.slice))
	Permute(places, NewStream(seed, shuffling, number))
	t := PAWNSlices{slice: make([]int32, len(s.slice)), n: s.n}
	for i, p := range places {
		t.slice[i] = s.slice[p]
	}
	return t
}

// Steps are the values of an output as numbers of the different values met, in
// their order: all that a comparison of distributions needs. -1 is missing.
type Steps struct {
	step []int32
	n    int
}

// NewSteps numbers the values of y.
func NewSteps(y []float64) Steps {
	s := Steps{step: make([]int32, len(y))}
	for i := range s.step {
		s.step[i] = -1
	}
	last := math.NaN()
	for _, at := range Order(y) {
		if y[at] != last {
			s.n++
			last = y[at]
		}
		s.step[at] = int32(s.n - 1)
	}
	return s
}

// PAWNIndex sums up the distances of the slices' distributions: each is the
// Kolmogorov-Smirnov statistic between the output in the slice and the output
// in all rows, from 0 (the input tells nothing of the output) to 1.
type PAWNIndex struct {
	Median, Mean, Max float64
	Slices            int // that had rows
}

// Index compares the distribution of an output in each slice with that in all
// rows; rows in which the output is missing are left out. With none it is NaN.
//
//	KS_s = max over y of |F_s(y) - F(y)|
//
// Source: Pianosi and Wagener (2018), Distribution-based sensitivity analysis
// from a generic input-output sample.
func (s PAWNSlices) Index(y Steps) PAWNIndex { return s.index(y, nil) }

// Interval is how far the median may be off: the interval in which the given
// share of the medians lies that come of so many resamples, in which rows are
// drawn with replacement, moved so that their mean is the median of all rows.
// (Fewer different rows look less alike, so that resamples have greater
// distances.) It is NaN where Index is.
func (s PAWNSlices) Interval(y Steps, resamples int, share float64, seed uint64) (low, high float64) {
	medians := make([]float64, resamples)
	times, stream := make([]float64, len(s.slice)), NewStream(seed, resampling, 0)
	for r := range medians {
		stream.Reset(uint64(r))
		resample(times, stream)
		medians[r] = s.index(y, times).Median
	}
	move := s.Index(y).Median - Mean(medians)
	low, high = PercentileInterval(medians, share)
	return max(0, low+move), min(1, high+move)
}

// index counts every row, or each so many times.
func (s PAWNSlices) index(y Steps, times []float64) PAWNIndex {
	counts := make([]float64, s.n*y.n)
	all := make([]float64, y.n)
	sizes := make([]float64, s.n)
	total := 0.0
	for i, step := range y.step {
		if step < 0 {
			continue
		}
		n := 1.0
		if times != nil {
			n = times[i]
		}
		counts[int(s.slice[i])*y.n+int(step)] += n
		sizes[s.slice[i]] += n
		all[step] += n
		total += n
	}
	var distances []float64
	for k, size := range sizes {
		if size == 0 {
			continue
		}
		var within, whole, far float64
		for step, c := range counts[k*y.n:][:y.n] {
			within += c
			whole += all[step]
			far = max(far, math.Abs(within/size-whole/total))
		}
		distances = append(distances, far)
	}
	p := PAWNIndex{Median: Median(distances), Mean: Mean(distances), Max: math.NaN(), Slices: len(distances)}
	if len(distances) > 0 {
		p.Max = MomentsOf(distances).Max
	}
	return p
}
