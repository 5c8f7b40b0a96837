package stat

import (
	"math"
	"slices"
)

// Summary is what an audit wants to know of one sample. Shares of nothing are
// NaN.
type Summary struct {
	N         int // values, missing ones too
	Available int // values that are not missing
	NonZero   int // of these, not 0
	Unique    int // different values
	Same      int // the most values that are equal

	Min, Max, Mean, Median, SD, Skewness, Kurtosis float64
}

// Summarise describes a sample; measures are of the values that are not
// missing, and NaN where there are too few of them.
func Summarise(x []float64) Summary {
	s := Present(make([]float64, 0, len(x)), x)
	slices.Sort(s)
	m := MomentsOf(s)
	out := Summary{
		N: len(x), Available: len(s), Min: m.Min, Max: m.Max, Mean: m.Mean, Median: medianOfSorted(s),
		SD: math.Sqrt(m.Variance()), Skewness: m.Skewness(), Kurtosis: m.Kurtosis(),
	}
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		out.Unique++
		out.Same = max(out.Same, j-i)
		if s[i] != 0 {
			out.NonZero += j - i
		}
		i = j
	}
	return out
}

// Availability is Available / N.
func (s Summary) Availability() float64 { return share(s.Available, s.N) }

// NonZeroShare is NonZero / Available.
func (s Summary) NonZeroShare() float64 { return share(s.NonZero, s.Available) }

// UniqueShare is Unique / Available.
func (s Summary) UniqueShare() float64 { return share(s.Unique, s.Available) }

// SameShare is Same / Available.
func (s Summary) SameShare() float64 { return share(s.Same, s.Available) }

func share(n, of int) float64 {
	if of == 0 {
		return math.NaN()
	}
	return float64(n) / float64(of)
}

// GroupRanksDown is RanksDown inside each group: values are ranked among those
// with the same label. Values without a label ("") get no rank.
func GroupRanksDown(dst, x []float64, labels []string, ties Ties) {
	ranked := make([]float64, len(x))
	for i := range ranked {
		ranked[i] = math.NaN()
	}
	done := map[string]bool{"": true}
	alone := make([]float64, len(x))
	for _, label := range labels {
		if done[label] {
			continue
		}
		done[label] = true
		for i, v := range x {
			alone[i] = math.NaN()
			if labels[i] == label {
				alone[i] = v
			}
		}
		RanksDown(alone, alone, ties)
		for i, r := range alone {
			if r == r {
				ranked[i] = r
			}
		}
	}
	copy(dst, ranked)
}
