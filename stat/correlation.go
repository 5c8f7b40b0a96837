package stat

import (
	"math"
	"slices"
)

// complete copies the pairs of which neither value is missing.
func complete(x, y []float64) (a, b []float64) {
	n := min(len(x), len(y))
	a, b = make([]float64, 0, n), make([]float64, 0, n)
	for i := range n {
		if x[i] == x[i] && y[i] == y[i] {
			a = append(a, x[i])
			b = append(b, y[i])
		}
	}
	return a, b
}

// Pearson is the product-moment correlation of two samples of equal length,
// over the pairs of which neither value is missing. It is NaN for fewer than 2
// pairs or where a sample has no spread.
//
//	sum (x - mx)(y - my) / sqrt(sum (x - mx)^2 sum (y - my)^2)
//
// Source: Pearson (1895).
func Pearson(x, y []float64) float64 {
	return pearson(complete(x, y))
}

func pearson(a, b []float64) float64 {
	if len(a) < 2 || !spread(a) || !spread(b) {
		return math.NaN()
	}
	ma, mb := Mean(a), Mean(b)
	var xy, xx, yy float64
	for i := range a {
		da, db := a[i]-ma, b[i]-mb
		xy += float64(da * db)
		xx += float64(da * da)
		yy += float64(db * db)
	}
	return max(-1, min(1, xy/rootOfProduct(xx, yy)))
}

// rootOfProduct is sqrt(a b), which is exact where a = b, as with ranks; in two
// roots where the product would leave the range of a double.
func rootOfProduct(a, b float64) float64 {
	if p := a * b; p > 1e-290 && p < math.Inf(1) {
		return math.Sqrt(p)
	}
	return math.Sqrt(a) * math.Sqrt(b)
}

func spread(x []float64) bool {
	lo, hi := MinMax(x)
	return lo < hi
}

// Spearman is the rank correlation: Pearson's of the ranks, ties averaged,
// ranked among the pairs of which neither value is missing. NaN as Pearson.
//
// Source: Spearman (1904).
func Spearman(x, y []float64) float64 {
	a, b := complete(x, y)
	Ranks(a, a, TiesAverage)
	Ranks(b, b, TiesAverage)
	return pearson(a, b)
}

// Kendall is the rank correlation tau-b, which allows for ties, over the pairs
// of which neither value is missing. NaN for fewer than 2 pairs or where a
// sample has no spread.
//
//	(concordant - discordant) / sqrt((n0 - ties in x) (n0 - ties in y)),
//	n0 = n (n-1) / 2
//
// Source: Kendall (1945), The treatment of ties in ranking problems; counted
// by sorting as in Knight (1966).
func Kendall(x, y []float64) float64 {
	a, b := complete(x, y)
	n := len(a)
	if n < 2 || !spread(a) || !spread(b) {
		return math.NaN()
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		if a[i] != a[j] {
			return less(a[i], a[j])
		}
		return less(b[i], b[j])
	})
	var tiesX, tiesBoth, runX, runBoth float64
	sorted := make([]float64, n)
	for k, i := range order {
		sorted[k] = b[i]
		if k > 0 {
			sameX := a[i] == a[order[k-1]]
			if !sameX {
				runX, runBoth = 0, 0
			} else {
				runX++
				if b[i] == b[order[k-1]] {
					runBoth++
				} else {
					runBoth = 0
				}
			}
		}
		tiesX += runX
		tiesBoth += runBoth
	}
	swaps := mergeSwaps(sorted, make([]float64, n))
	var tiesY, runY float64
	for k := 1; k < n; k++ {
		if sorted[k] == sorted[k-1] {
			runY++
		} else {
			runY = 0
		}
		tiesY += runY
	}
	pairs := float64(n) * float64(n-1) / 2
	s := pairs - tiesX - tiesY + tiesBoth - 2*swaps
	return max(-1, min(1, s/math.Sqrt(float64(pairs-tiesX)*float64(pairs-tiesY))))
}

func less(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// mergeSwaps sorts s and returns how many pairs stood in the wrong order.
func mergeSwaps(s, spare []float64) float64 {
	n := len(s)
	if n < 2 {
		return 0
	}
	h := n / 2
	swaps := mergeSwaps(s[:h], spare[:h]) + mergeSwaps(s[h:], spare[h:])
	i, j := 0, h
	for k := range spare {
		if i < h && (j == n || s[i] <= s[j]) {
			spare[k] = s[i]
			i++
		} else {
			swaps += float64(h - i)
			spare[k] = s[j]
			j++
		}
	}
	copy(s, spare)
	return swaps
}
