package stat

import "math"

// SobolSums collects the rows of a plan of Saltelli for a number of factors and
// of outputs: sums that can be added, so that rows need not be kept and blocks
// of rows can be resampled. A row counts for a factor and an output if none of
// its three values is missing.
type SobolSums struct {
	factors, outputs int
	single           []moments2 // by output: A and B together
	pairs            []sobolPair
}

// moments2 are a count, a sum and a sum of squares.
type moments2 struct{ n, sum, square float64 }

// sobolPair are the sums of one factor and one output over n rows.
type sobolPair struct {
	n      float64
	cross  float64 // b (ab - a)
	step   float64 // ab - a
	square float64 // (ab - a)^2
}

// NewSobolSums makes sums of no rows.
func NewSobolSums(factors, outputs int) *SobolSums {
	return &SobolSums{
		factors: factors, outputs: outputs,
		single: make([]moments2, outputs), pairs: make([]sobolPair, factors*outputs),
	}
}

// AddBase adds the outputs of points A and B of a row to the variance.
func (s *SobolSums) AddBase(a, b []float64) {
	for o := range s.single {
		s.single[o].add(a[o])
		s.single[o].add(b[o])
	}
}

func (m *moments2) add(y float64) {
	if y != y {
		return
	}
	m.n++
	m.sum += y
	m.square += float64(y * y)
}

// AddFactor adds the outputs of points A, B and AB_i of a row for factor i.
func (s *SobolSums) AddFactor(factor int, a, b, ab []float64) {
	pairs := s.pairs[factor*s.outputs:][:s.outputs]
	for o := range pairs {
		step := ab[o] - a[o]
		cross := float64(b[o] * step)
		if cross != cross {
			continue
		}
		p := &pairs[o]
		p.n++
		p.cross += cross
		p.step += step
		p.square += float64(step * step)
	}
}

// Merge adds other sums of as many factors and outputs.
func (s *SobolSums) Merge(t *SobolSums) { s.merge(t, 1) }

func (s *SobolSums) merge(t *SobolSums, times float64) {
	for o, m := range t.single {
		s.single[o].n += times * m.n
		s.single[o].sum += times * m.sum
		s.single[o].square += times * m.square
	}
	for i, p := range t.pairs {
		q := &s.pairs[i]
		q.n += times * p.n
		q.cross += times * p.cross
		q.step += times * p.step
		q.square += times * p.square
	}
}

// Rows is the number of rows that counted for a factor and an output.
func (s *SobolSums) Rows(factor, output int) int { return int(s.pairs[factor*s.outputs+output].n) }

// Mean is the mean of an output over points A and B.
func (s *SobolSums) Mean(output int) float64 {
	m := s.single[output]
	return m.sum / m.n
}

// Variance is the variance of an output over points A and B together, with n-1
// below the line; NaN for fewer than two values.
func (s *SobolSums) Variance(output int) float64 {
	m := s.single[output]
	if m.n < 2 {
		return math.NaN()
	}
	v := (m.square - m.sum*m.sum/m.n) / (m.n - 1)
	// What rounding leaves of values that are all the same is no variance.
	if v <= 1e-13*m.square/m.n {
		return 0
	}
	return v
}

// Indices are the Sobol indices of a factor for an output: First is the share
// of the output's variance that goes if the factor alone is fixed, Total the
// share that stays if all the others are fixed. Both are estimates, so that
// they can leave 0 to 1 a little. They are NaN where the output does not vary
// or no row counted.
//
//	First = mean((b - centre)(ab - a)) / V,   Total = mean((ab - a)^2) / (2 V)
//
// Any centre gives the same on average; the mean of the output gives the least
// error, 0 the estimator of COINr.
//
// Sources: Saltelli and others (2010) for the first order, Jansen (1999) for
// the total.
func (s *SobolSums) Indices(factor, output int, centre float64) (first, total float64) {
	p := s.pairs[factor*s.outputs+output]
	v := s.Variance(output)
	if !(v > 0) || p.n == 0 {
		return math.NaN(), math.NaN()
	}
	return (p.cross - float64(centre*p.step)) / p.n / v, p.square / p.n / 2 / v
}

// SobolIndex are the indices of a factor for an output with their intervals.
type SobolIndex struct {
	First, FirstLow, FirstHigh float64
	Total, TotalLow, TotalHigh float64
	Rows                       int // that counted
}

// SobolBootstrap estimates the indices of every factor (rows) for one output
// from blocks of rows, and the intervals in which the given share (say 0.9) of
// the estimates from resampled blocks lies. All is NaN where the output does
// not vary; the intervals are with fewer than two blocks.
//
// Source: Archer, Saltelli and Sobol (1997), Sensitivity measures, ANOVA-like
// techniques and the use of bootstrap; Efron (1979) for percentile intervals.
func SobolBootstrap(blocks []*SobolSums, output, resamples int, share float64, seed uint64) []SobolIndex {
	if len(blocks) == 0 {
		return nil
	}
	factors := blocks[0].factors
	all := newOutputSums(factors)
	for _, b := range blocks {
		all.add(b, output, 1)
	}
	index := make([]SobolIndex, factors)
	for f := range index {
		index[f].First, index[f].Total = all.Indices(f, 0, all.Mean(0))
		index[f].Rows = all.Rows(f, 0)
	}
	first, total := make([][]float64, factors), make([][]float64, factors)
	if len(blocks) > 1 {
		counts := make([]float64, len(blocks))
		for r := range resamples {
			Resample(counts, NewStream(seed, resampling, uint64(r)))
			some := newOutputSums(factors)
			for i, b := range blocks {
				if counts[i] > 0 {
					some.add(b, output, counts[i])
				}
			}
			for f := range factors {
				s, t := some.Indices(f, 0, some.Mean(0))
				first[f], total[f] = append(first[f], s), append(total[f], t)
			}
		}
	}
	for f := range index {
		i := &index[f]
		i.FirstLow, i.FirstHigh = PercentileInterval(first[f], share)
		i.TotalLow, i.TotalHigh = PercentileInterval(total[f], share)
	}
	return index
}

// outputSums are the sums of one output of many.
type outputSums struct{ *SobolSums }

func newOutputSums(factors int) outputSums { return outputSums{NewSobolSums(factors, 1)} }

func (s outputSums) add(t *SobolSums, output int, times float64) {
	one := SobolSums{factors: t.factors, outputs: 1, single: t.single[output : output+1], pairs: make([]sobolPair, t.factors)}
	for f := range one.pairs {
		one.pairs[f] = t.pairs[f*t.outputs+output]
	}
	s.merge(&one, times)
}

// Resample writes how often each of len(counts) things is drawn in as many
// draws with replacement.
func Resample(counts []float64, stream *Stream) {
	clear(counts)
	for range counts {
		counts[stream.Below(len(counts))]++
	}
}

// PercentileInterval is the interval between the (1-share)/2 quantiles of x
// from below and above; NaN if there are no values.
func PercentileInterval(x []float64, share float64) (low, high float64) {
	tail := (1 - share) / 2
	return Quantile(x, tail), Quantile(x, 1-tail)
}
