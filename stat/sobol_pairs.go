package stat

import "math"

// SobolPairs collects what second-order indices need, for the pairs i < j of a
// number of factors and for one output: rows with points A, B, all AB_i and all
// BA_i (B with factor i from A). Missing values leave a row out of the pairs
// that need them.
type SobolPairs struct {
	factors int
	sums    []pairSums // (0,1), (0,2), (1,2), (0,3), ...
}

type pairSums struct{ n, cross, sum float64 }

// NewSobolPairs makes sums of no rows.
func NewSobolPairs(factors int) *SobolPairs {
	return &SobolPairs{factors: factors, sums: make([]pairSums, factors*(factors-1)/2)}
}

// Add adds a row: the output at A and B, at every AB_i and at every BA_i.
func (s *SobolPairs) Add(a, b float64, ab, ba []float64) {
	base := float64(a * b)
	k := 0
	for j := range ab {
		for i := range j {
			cross := float64(ba[i]*ab[j]) - base
			if cross == cross {
				s.sums[k].n++
				s.sums[k].cross += cross
				s.sums[k].sum += ba[i] + ab[j] - a - b
			}
			k++
		}
	}
}

// Merge adds other sums of as many factors.
func (s *SobolPairs) Merge(t *SobolPairs) {
	for k, p := range t.sums {
		s.sums[k].n += p.n
		s.sums[k].cross += p.cross
		s.sums[k].sum += p.sum
	}
}

// Closed is the share of the variance that goes if factors i and j are both
// fixed and nothing else; that of their interaction alone is Closed less the
// two first-order indices. centre is as for SobolSums.Indices.
//
//	mean((ba_i - centre)(ab_j - centre) - (a - centre)(b - centre)) / V
//
// It is NaN where there is no variance or no row.
//
// Source: Saltelli (2002), Making best use of model evaluations to compute
// sensitivity indices.
func (s *SobolPairs) Closed(i, j int, centre, variance float64) float64 {
	if i > j {
		i, j = j, i
	}
	p := s.sums[j*(j-1)/2+i]
	if !(variance > 0) || p.n == 0 {
		return math.NaN()
	}
	return (p.cross - float64(centre*p.sum)) / p.n / variance
}
