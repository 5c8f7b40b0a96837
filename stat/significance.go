package stat

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// PearsonP is the probability, under independence and normality, of a
// product-moment correlation as far from 0 as r over n pairs, on either side.
// It is NaN for fewer than 3 pairs or where r is missing.
//
//	t = r sqrt((n-2) / (1-r^2)) has n-2 degrees of freedom
//
// Source: Student (1908), Probable error of a correlation coefficient.
func PearsonP(r float64, n int) float64 {
	if n < 3 || r != r {
		return math.NaN()
	}
	// P(|T| > t) = I_x(df/2, 1/2) with x = df / (df + t^2), which is 1 - r^2.
	return mathext.RegIncBeta(float64(n-2)/2, 0.5, (1-r)*(1+r))
}

// SpearmanP is the probability, under independence, of a rank correlation as
// far from 0 as that of x and y, on either side, over the pairs of which
// neither value is missing. It is NaN for fewer than 3 pairs or where a sample
// has no spread.
//
// Without ties, and up to 1290 pairs, it is that of
//
//	S = sum (rank x - rank y)^2 = (n^3 - n) (1 - rho) / 6
//
// exact up to 9 pairs and by an Edgeworth series above; in other cases that of
// PearsonP with rho in place of r.
//
// Source: Best and Roberts (1975), Algorithm AS 89; the limits are those of R.
func SpearmanP(x, y []float64) float64 {
	a, b := complete(x, y)
	Ranks(a, a, TiesAverage)
	Ranks(b, b, TiesAverage)
	return (&rankTails{}).spearman(pearson(a, b), len(a), tied(a) || tied(b))
}

// tied reports whether ranks hold a tie: averages of ties add up to the same
// sum, but not to the same sum of squares.
func tied(ranks []float64) bool {
	n := float64(len(ranks))
	sum := 0.0
	for _, r := range ranks {
		sum += float64(r * r)
	}
	return sum != n*(n+1)*(2*n+1)/6
}

// exactSpearman is the most pairs for which the tail is counted, largestSeries
// the most for which the series is used.
const (
	exactSpearman = 9
	largestSeries = 1290
)

// rankTails gives tail probabilities of rank statistics and keeps the
// distributions it has counted.
type rankTails struct {
	squares [exactSpearman + 1][]float64 // by n, then S/2
	swaps   map[int][]float64            // by n, then number of swaps
}

func (t *rankTails) spearman(rho float64, n int, ties bool) float64 {
	if n < 3 || rho != rho {
		return math.NaN()
	}
	if ties || n > largestSeries {
		return PearsonP(rho, n)
	}
	top := float64(n) * (float64(n)*float64(n) - 1) / 3
	s := 2 * math.Round(top*(1-rho)/4)
	if s > top/2 {
		return math.Min(1, 2*t.atLeast(s, n))
	}
	return math.Min(1, 2*(1-t.atLeast(s+2, n)))
}

// atLeast is P(S >= s) for n pairs without ties. S is even.
func (t *rankTails) atLeast(s float64, n int) float64 {
	top := float64(n) * (float64(n)*float64(n) - 1) / 3
	switch {
	case s <= 0:
		return 1
	case s > top:
		return 0
	case n <= exactSpearman:
		if t.squares[n] == nil {
			t.squares[n] = squaresOfPermutations(n)
		}
		p := 0.0
		for _, v := range t.squares[n][int(s/2):] {
			p += v
		}
		return p
	}
	b := 1 / float64(n)
	x := (6*(s-1)*b/(float64(n)*float64(n)-1) - 1) * math.Sqrt(1/b-1)
	y := x * x
	u := x * b * (0.2274 + b*(0.2531+0.1745*b) + y*(-0.0758+b*(0.1033+0.3932*b)-
		y*b*(0.0879+0.0151*b-y*(0.0072-0.0831*b+y*b*(0.0131-4.6e-4*y)))))
	return math.Max(0, math.Min(1, u/math.Exp(y/2)+math.Erfc(x/math.Sqrt2)/2))
}

// squaresOfPermutations is how the sum of squared differences of a permutation
// of n places with the order itself is distributed, by half the sum. It is
// counted by sets of places taken: place k+1 goes to one that is free.
func squaresOfPermutations(n int) []float64 {
	half := n*(n*n-1)/6 + 1
	ways := make([][]float64, 1<<n)
	ways[0] = make([]float64, 2*half)
	ways[0][0] = 1
	for set := range ways {
		from := ways[set]
		if from == nil {
			continue
		}
		k := 0
		for s := set; s > 0; s &= s - 1 {
			k++
		}
		for place := range n {
			if set>>place&1 == 1 {
				continue
			}
			next := set | 1<<place
			if ways[next] == nil {
				ways[next] = make([]float64, 2*half)
			}
			d := (k - place) * (k - place)
			for s, v := range from[:2*half-d] {
				ways[next][s+d] += v / float64(n-k)
			}
		}
	}
	all := ways[len(ways)-1]
	out := make([]float64, half)
	for i := range out {
		out[i] = all[2*i]
	}
	return out
}

// KendallP is the probability, under independence, of a rank correlation
// tau-b as far from 0 as that of x and y, on either side, over the pairs of
// which neither value is missing. It is NaN for fewer than 3 pairs or where a
// sample has no spread.
//
// Without ties and below 50 pairs it is counted; in other cases it is that of
// the normal distribution with the variance that allows for ties:
//
//	S = concordant - discordant,  z = S / sqrt(v)
//	v = (v0 - vt - vu)/18 + v1 + v2
//	v0 = n(n-1)(2n+5), vt = sum t(t-1)(2t+5) over the ties of x, vu of y
//	v1 = sum t(t-1) sum u(u-1) / (2n(n-1))
//	v2 = sum t(t-1)(t-2) sum u(u-1)(u-2) / (9n(n-1)(n-2))
//
// Source: Kendall (1970), Rank Correlation Methods; the limit of 50 is R's.
func KendallP(x, y []float64) float64 {
	a, b := complete(x, y)
	return (&rankTails{}).kendall(Kendall(a, b), a, b)
}

const exactKendall = 50

func (t *rankTails) kendall(tau float64, a, b []float64) float64 {
	n := len(a)
	if n < 3 || tau != tau {
		return math.NaN()
	}
	pairs := float64(n) * float64(n-1) / 2
	x, y := tiesOf(a), tiesOf(b)
	if x.pairs == 0 && y.pairs == 0 && n < exactKendall {
		discordant := int(math.Round(pairs * (1 - math.Abs(tau)) / 2))
		p := 0.0
		for _, v := range t.swapsOf(n)[:discordant+1] {
			p += v
		}
		return math.Min(1, 2*p)
	}
	s := tau * math.Sqrt((pairs-x.pairs/2)*(pairs-y.pairs/2))
	f := float64(n)
	v := (float64(f*(f-1)*(2*f+5))-x.spread-y.spread)/18 + x.pairs*y.pairs/(2*f*(f-1)) + x.triples*y.triples/(9*f*(f-1)*(f-2))
	return math.Erfc(math.Abs(s) / math.Sqrt(v) / math.Sqrt2)
}

// tieSums are the sums over groups of t equal values of t(t-1), t(t-1)(t-2)
// and t(t-1)(2t+5).
type tieSums struct{ pairs, triples, spread float64 }

func tiesOf(x []float64) tieSums {
	s := slices.Clone(x)
	slices.Sort(s)
	var sums tieSums
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		t := float64(j - i)
		sums.pairs += t * (t - 1)
		sums.triples += t * (t - 1) * (t - 2)
		sums.spread += t * (t - 1) * (2*t + 5)
		i = j
	}
	return sums
}

// swapsOf is how the number of swaps (inversions) in a random permutation of n
// places is distributed: the next place adds 0 to its number of places before.
func (t *rankTails) swapsOf(n int) []float64 {
	if d, ok := t.swaps[n]; ok {
		return d
	}
	d := []float64{1}
	for m := 2; m <= n; m++ {
		next := make([]float64, len(d)+m-1)
		for k, v := range d {
			for j := range m {
				next[k+j] += v / float64(m)
			}
		}
		d = next
	}
	if t.swaps == nil {
		t.swaps = map[int][]float64{}
	}
	t.swaps[n] = d
	return d
}
