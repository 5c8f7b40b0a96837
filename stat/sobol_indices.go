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
func (s *SobolSums) Merge(t *SobolSums) {
	for o := range t.single {
		s.single[o].merge(&t.single[o], 1)
	}
	for i := range t.pairs {
		s.pairs[i].merge(&t.pairs[i], 1)
	}
}

func (m *moments2) merge(t *moments2, times float64) {
	m.n += float64(times * t.n)
	m.sum += float64(times * t.sum)
	m.square += float64(times * t.square)
}

func (p *sobolPair) merge(t *sobolPair, times float64) {
	p.n += float64(times * t.n)
	p.cross += float64(times * t.cross)
	p.step += float64(times * t.step)
	p.square += float64(times * t.square)
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
// the estimates from resampled blocks lies; again says how often each block
// counts, resample by resample. All is NaN where the output does not vary; the
// intervals are with fewer than two blocks.
//
// Source: Archer, Saltelli and Sobol (1997), Sensitivity measures, ANOVA-like
// techniques and the use of bootstrap; Efron (1979) for percentile intervals.
func SobolBootstrap(blocks []*SobolSums, output int, again Resamples, share float64) []SobolIndex {
	if len(blocks) == 0 {
		return nil
	}
	one := gather(blocks, output)
	all := make([]float64, len(blocks))
	for i := range all {
		all[i] = 1
	}
	sums := NewSobolSums(len(one.pairs), 1)
	one.add(sums, all)
	index := make([]SobolIndex, sums.factors)
	for f := range index {
		index[f].First, index[f].Total = sums.Indices(f, 0, sums.Mean(0))
		index[f].Rows = sums.Rows(f, 0)
	}
	first, total := make([][]float64, sums.factors), make([][]float64, sums.factors)
	if len(blocks) > 1 && sums.Variance(0) > 0 {
		for _, counts := range again {
			one.add(sums, counts)
			for f := range index {
				s, t := sums.Indices(f, 0, sums.Mean(0))
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

// outputBlocks are the sums of one output, block by block.
type outputBlocks struct {
	single []moments2
	pairs  [][]sobolPair // by factor
}

func gather(blocks []*SobolSums, output int) outputBlocks {
	o := outputBlocks{make([]moments2, len(blocks)), make([][]sobolPair, blocks[0].factors)}
	for f := range o.pairs {
		o.pairs[f] = make([]sobolPair, len(blocks))
		for k, b := range blocks {
			o.pairs[f][k] = b.pairs[f*b.outputs+output]
		}
	}
	for k, b := range blocks {
		o.single[k] = b.single[output]
	}
	return o
}

// add puts the blocks, each so many times, in place of what sums hold.
func (o *outputBlocks) add(sums *SobolSums, counts []float64) {
	var m moments2
	for k, times := range counts {
		m.merge(&o.single[k], times)
	}
	sums.single[0] = m
	for f, pairs := range o.pairs {
		var p sobolPair
		for k, times := range counts {
			p.merge(&pairs[k], times)
		}
		sums.pairs[f] = p
	}
}
