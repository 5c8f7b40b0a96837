package scenario

import (
	"hash/fnv"
	"math"

	"gonum.org/v1/gonum/mathext"

	"mizan/spec"
	"mizan/stat"
)

// Quantile is the number below which a share u of a distribution lies, for u
// between 0 and 1. It rises with u, so that a draw is the quantile of a uniform
// number.
//
//	uniform     low + u (high - low)
//	triangular  low + sqrt(u (high - low) (mode - low)) up to the mode, high - sqrt((1 - u) (high - low) (high - mode)) beyond
//	pert        low + (high - low) B(u; 1 + 4 (mode - low) / (high - low), 1 + 4 (high - mode) / (high - low)), B the quantile of the beta distribution
//	normal      mean + sd z, z the quantile of the standard normal distribution between its bounds
//	values      the first value up to which a share u of the chances lies
//
// Sources: Malcolm, Roseboom, Clark and Fazar (1959), Application of a technique
// for research and development program evaluation; Vose (2008), Risk analysis.
func Quantile(d spec.Distribution, u float64) float64 {
	p := d.Parameters
	switch d.Kind {
	case spec.Uniform:
		return p[0] + float64(u*(p[1]-p[0]))
	case spec.Triangular:
		low, mode, high := p[0], p[1], p[2]
		if u*(high-low) <= mode-low {
			return low + math.Sqrt(u*(high-low)*(mode-low))
		}
		return high - math.Sqrt((1-u)*(high-low)*(high-mode))
	case spec.PERT:
		low, mode, high := p[0], p[1], p[2]
		a, b := 1+4*(mode-low)/(high-low), 1+4*(high-mode)/(high-low)
		return low + float64((high-low)*mathext.InvRegIncBeta(a, b, u))
	case spec.Normal:
		return normal(p[0], p[1], d.Within, u)
	case spec.Discrete:
		return discrete(p, d.Chances, u)
	}
	return p[0]
}

// normal is the quantile of a normal distribution between bounds, if there are
// any. It is reckoned in the tail that lies nearer, so that bounds far from the
// mean lose no digits.
func normal(mean, sd float64, within []float64, u float64) float64 {
	if within == nil {
		return mean + float64(sd*mathext.NormalQuantile(u))
	}
	low, high := (within[0]-mean)/sd, (within[1]-mean)/sd
	below := func(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }
	sign := 1.0
	if low > 0 { // both bounds above the mean: look at the mirror image
		low, high, u, sign = -high, -low, 1-u, -1
	}
	a, b := below(low), below(high)
	z := mathext.NormalQuantile(a + float64(u*(b-a)))
	return min(max(mean+float64(sd*sign*z), within[0]), within[1])
}

func discrete(values, chances []float64, u float64) float64 {
	if chances == nil {
		return values[min(int(u*float64(len(values))), len(values)-1)]
	}
	total := 0.0
	for _, c := range chances {
		total += c
	}
	sum := 0.0
	for i, c := range chances {
		if sum += c; u*total < sum {
			return values[i]
		}
	}
	return values[len(values)-1]
}

// middle is what an assumption is where nothing is drawn: its median.
func middle(d spec.Distribution) float64 { return Quantile(d, 0.5) }

// drawAll draws an assumption as often as wanted. Draw k hangs on the seed, the
// ID of the assumption and k alone: scenarios that share an ID share its draws,
// and another assumption changes none.
func drawAll(d spec.Distribution, id string, seed uint64, n int) []float64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	s := stat.NewStream(seed, h.Sum64()|1<<63, 0)
	list := make([]float64, n)
	for k := range list {
		s.Reset(uint64(k))
		list[k] = Quantile(d, s.Uniform())
	}
	return list
}
