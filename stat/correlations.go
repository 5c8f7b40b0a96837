package stat

import (
	"math"
)

// Coefficient names a coefficient of correlation.
type Coefficient int

// The coefficients of correlation.
const (
	ByPearson  Coefficient = iota // product-moment
	BySpearman                    // of ranks, ties averaged
	ByKendall                     // tau-b
)

// CorrelationMatrix is the correlation of every pair of k columns, pair (i, j) at
// i*k+j. A column without spread has no correlation (NaN), with itself
// neither.
type CorrelationMatrix struct {
	K int
	R []float64 // coefficients, from -1 to 1
	P []float64 // probability under independence, both sides
	N []int     // pairs of which neither value is missing
}

// At returns coefficient, probability and number of pairs of columns i and j.
func (c *CorrelationMatrix) At(i, j int) (r, p float64, n int) {
	k := i*c.K + j
	return c.R[k], c.P[k], c.N[k]
}

// Correlate is the correlation of every pair of columns of equal length, each
// over the rows in which neither value is missing, as Pearson, Spearman or
// Kendall give it, with PearsonP, SpearmanP or KendallP. Rows of the matrix
// are shared out to the processors; the result does not depend on how many
// there are.
func Correlate(columns [][]float64, by Coefficient) *CorrelationMatrix {
	k := len(columns)
	c := &CorrelationMatrix{K: k, R: make([]float64, k*k), P: make([]float64, k*k), N: make([]int, k*k)}
	if k == 0 {
		return c
	}
	list := make([]*correlated, k)
	for i, x := range columns {
		list[i] = newCorrelated(x, by)
	}
	InParallelWith(k, func() func(int) {
		w := newPairing(len(columns[0]), by)
		return func(i int) {
			for j := i; j < k; j++ {
				r, p, n := w.pair(list[i], list[j])
				c.R[i*k+j], c.P[i*k+j], c.N[i*k+j] = r, p, n
				c.R[j*k+i], c.P[j*k+i], c.N[j*k+i] = r, p, n
			}
		}
	})
	return c
}

// correlated is a column with what all its pairs share.
type correlated struct {
	x     []float64
	whole bool  // nothing is missing
	order []int // positions from the lowest value up (BySpearman)
	// unit is the column centred and of length 1, of its ranks BySpearman; nil
	// where something is missing, or where there is no spread.
	unit []float64
	ties bool
}

func newCorrelated(x []float64, by Coefficient) *correlated {
	c := &correlated{x: x, whole: Count(x) == len(x)}
	if by == BySpearman {
		c.order = Order(x)
	}
	if !c.whole || by == ByKendall {
		return c
	}
	if by == BySpearman {
		ranks := make([]float64, len(x))
		c.ties = rankInOrder(ranks, x, c.order)
		x = ranks
	}
	if m := MomentsOf(x); m.S2 > 0 {
		c.unit = make([]float64, len(x))
		for i, v := range x {
			c.unit[i] = (v - m.Mean) / math.Sqrt(m.S2)
		}
	}
	return c
}

// pairing holds what one worker needs again for each pair.
type pairing struct {
	by    Coefficient
	a, b  []float64
	place []int // of a row among the complete ones, or -1
	order []int
	tails rankTails
}

func newPairing(n int, by Coefficient) *pairing {
	return &pairing{by: by, a: make([]float64, n), b: make([]float64, n), place: make([]int, n), order: make([]int, n)}
}

func (w *pairing) pair(x, y *correlated) (r, p float64, n int) {
	if x.whole && y.whole && w.by != ByKendall {
		return w.wholePair(x, y)
	}
	a, b := w.complete(x.x, y.x)
	n = len(a)
	switch w.by {
	case BySpearman:
		tiesX, tiesY := w.rank(a, x), w.rank(b, y)
		r = pearson(a, b)
		return r, w.tails.spearman(r, n, tiesX || tiesY), n
	case ByKendall:
		r = Kendall(a, b)
		return r, w.tails.kendall(r, a, b), n
	}
	r = pearson(a, b)
	return r, PearsonP(r, n), n
}

func (w *pairing) wholePair(x, y *correlated) (r, p float64, n int) {
	n = len(x.x)
	if n < 2 || x.unit == nil || y.unit == nil {
		return math.NaN(), math.NaN(), n
	}
	// Four sums side by side are faster than one.
	var s0, s1, s2, s3 float64
	u, v := x.unit, y.unit[:len(x.unit)]
	i := 0
	for ; i+3 < len(u); i += 4 {
		s0 += float64(u[i] * v[i])
		s1 += float64(u[i+1] * v[i+1])
		s2 += float64(u[i+2] * v[i+2])
		s3 += float64(u[i+3] * v[i+3])
	}
	for ; i < len(u); i++ {
		s0 += float64(u[i] * v[i])
	}
	r = max(-1, min(1, (s0+s1)+(s2+s3)))
	if x == y {
		r = 1
	}
	if w.by == BySpearman {
		return r, w.tails.spearman(r, n, x.ties || y.ties), n
	}
	return r, PearsonP(r, n), n
}

// complete copies the rows in which neither is missing, and notes their places.
func (w *pairing) complete(x, y []float64) (a, b []float64) {
	n := 0
	for i := range x {
		w.place[i] = -1
		if x[i] == x[i] && y[i] == y[i] {
			w.a[n], w.b[n], w.place[i] = x[i], y[i], n
			n++
		}
	}
	return w.a[:n], w.b[:n]
}

// rank puts ranks in place of the values of the complete rows, by the order of
// the whole column, so that nothing is sorted for a pair. It reports ties.
func (w *pairing) rank(values []float64, of *correlated) bool {
	order := w.order[:0]
	for _, i := range of.order {
		if w.place[i] >= 0 {
			order = append(order, w.place[i])
		}
	}
	return rankInOrder(values, values, order)
}

// rankInOrder writes the ranks of x, ties averaged, to dst, which may be x, given
// the positions from the lowest value up. It reports whether there are ties.
func rankInOrder(dst, x []float64, order []int) (ties bool) {
	for i := 0; i < len(order); {
		v := x[order[i]]
		j := i + 1
		for j < len(order) && x[order[j]] == v {
			j++
		}
		ties = ties || j > i+1
		for _, at := range order[i:j] {
			dst[at] = float64(i+1+j) / 2
		}
		i = j
	}
	return ties
}
