package alliance

import (
	"math"
	"math/bits"

	"mizan/stat"
)

// A game gives every coalition of n members a value. Coalitions are numbered:
// bit i of the number tells whether member i belongs, so that the values of a
// game are 2^n numbers, the first that of nobody.

// Shapley is the Shapley value of each member: its contribution to the value of
// the coalition that it joins, on average over all orders in which the members
// can join. The values add up to v(all) - v(nobody).
//
//	sum over coalitions S without i of |S|! (n - |S| - 1)! / n! (v(S and i) - v(S))
//
// values has 2^n elements, none missing; n is at most 30. It panics if the
// length is no power of two.
//
// Source: Shapley (1953), A value for n-person games.
func Shapley(values []float64) []float64 {
	shapley, _ := powers(values)
	return shapley
}

// Banzhaf is the Banzhaf value of each member: its contribution to the value of
// a coalition, on average over all coalitions without it. The values do not add
// up to that of all. In a game whose coalitions either win (1) or lose (0) it is
// the share of coalitions that win by the member and would lose without.
//
//	sum over coalitions S without i of (v(S and i) - v(S)) / 2^(n-1)
//
// The argument is that of Shapley.
//
// Source: Banzhaf (1965), Weighted voting doesn't work; Owen (1975).
func Banzhaf(values []float64) []float64 {
	_, banzhaf := powers(values)
	return banzhaf
}

// powers are the two values of each member.
func powers(values []float64) (shapley, banzhaf []float64) {
	n := membersOf(values)
	share := sizeShares(n)
	shapley, banzhaf = make([]float64, n), make([]float64, n)
	for i := range n {
		for size, sum := range marginals(values, n, i) {
			shapley[i] += float64(share[size] * sum)
			banzhaf[i] += sum
		}
		banzhaf[i] /= float64(int(1) << (n - 1))
	}
	return shapley, banzhaf
}

// membersOf is the number of members of a game.
func membersOf(values []float64) int {
	n := bits.Len(uint(len(values))) - 1
	if len(values) == 0 || len(values) != 1<<n {
		panic("alliance: the values of a game are not those of all coalitions")
	}
	return n
}

// sizeShares are the shares of orders in which a given member joins a given
// coalition of each size: s! (n - s - 1)! / n!.
func sizeShares(n int) []float64 {
	share := make([]float64, n)
	for s := range share {
		share[s] = 1 / (float64(n) * choose(n-1, s))
	}
	return share
}

// choose is the number of ways to choose k of n, exact while it is below 2^53.
func choose(n, k int) float64 {
	c := 1.0
	for i := range k {
		c = c * float64(n-i) / float64(i+1)
	}
	return math.Round(c)
}

// marginals sums what member i adds to the coalitions without it, by their
// size. Coalitions of one half of the numbers are summed at a time, so that no
// sum has too many terms of its own.
func marginals(values []float64, n, i int) []float64 {
	total := make([]float64, n)
	const block = 1 << 10
	low := 1<<i - 1
	for from := 0; from < len(values)/2; from += block {
		var part [32]float64
		for k := from; k < min(from+block, len(values)/2); k++ {
			s := k&low | k&^low<<1
			part[bits.OnesCount(uint(k))] += values[s|1<<i] - values[s]
		}
		for size := range total {
			total[size] += part[size]
		}
	}
	return total
}

// Estimate is a figure found by sampling, with its standard error; 0 if it is
// exact.
type Estimate struct {
	Value         float64 `json:"value"`
	StandardError float64 `json:"standard_error"`
}

// purposes of the streams of random numbers.
const (
	shapleyPurpose = 0x5368_6170 // "Shap"
	banzhafPurpose = 0x4261_6e7a // "Banz"
)

// walk tells the values of all coalitions of neighbours on a circle of members:
// values[s][g][k] is that of the k + 1 from the place s on, in game g.
type walk func(circle []int, values [][][]float64)

// sampleShapley estimates the Shapley values of n members in several games from
// random circles of members. Of each circle all coalitions are valued that are
// neighbours on it; every member then joins once at every place, from either
// side. So what hangs on the place, above all on coming first, does not vary
// from circle to circle, and the estimates add up to v(all) - v(nobody). The
// standard error is that of the mean over the circles.
//
// Source: Castro, Gomez and Tejada (2009), Polynomial calculation of the Shapley
// value based on sampling; every place in turn: Castro, Gomez, Molina and Tejada
// (2017), Improving polynomial estimation of the Shapley value by stratified
// random sampling.
func sampleShapley(n, circles int, seed uint64, empty []float64, worker func() walk) [][]Estimate {
	games := len(empty)
	found := make([][]float64, circles) // [circle][game*n + member]
	stat.InParallelWith(circles, func() func(int) {
		w := worker()
		circle := make([]int, n)
		values := make([][][]float64, n) // [start][game][length - 1]
		for s := range values {
			values[s] = grid(games, n)
		}
		return func(k int) {
			shuffle(circle, stat.NewStream(seed, shapleyPurpose, uint64(k)))
			w(circle, values)
			found[k] = make([]float64, games*n)
			for g := range games {
				joinAround(circle, values, g, empty[g], found[k][g*n:(g+1)*n])
			}
		}
	})
	return estimates(found, games, n)
}

// joinAround averages what the members of a circle add to the neighbours on
// either side of them.
func joinAround(circle []int, values [][][]float64, g int, empty float64, out []float64) {
	n := len(circle)
	value := func(start, length int) float64 {
		if length == 0 {
			return empty
		}
		return values[start%n][g][length-1]
	}
	for at, member := range circle {
		sum := 0.0
		for length := range n {
			sum += value(at-length+n, length+1) - value(at-length+n, length)
			sum += value(at, length+1) - value(at+1, length)
		}
		out[member] = sum / float64(2*n)
	}
}

// sampleBanzhaf estimates the Banzhaf values of n members in several games from
// random coalitions. Each is valued as it is and with every member in turn taken in
// or out: value(in, values) puts the first into values[g][0], and that which the
// member i makes into values[g][i+1].
func sampleBanzhaf(n, coalitions int, seed uint64, games int, worker func() func(in []bool, values [][]float64)) [][]Estimate {
	found := make([][]float64, coalitions)
	stat.InParallelWith(coalitions, func() func(int) {
		value := worker()
		in, values := make([]bool, n), grid(games, n+1)
		return func(k int) {
			s := stat.NewStream(seed, banzhafPurpose, uint64(k))
			for i := range in {
				in[i] = s.Below(2) == 1
			}
			value(in, values)
			found[k] = make([]float64, games*n)
			for g, v := range values {
				for i, belongs := range in {
					with, without := v[i+1], v[0]
					if belongs {
						with, without = without, with
					}
					found[k][g*n+i] = with - without
				}
			}
		}
	})
	return estimates(found, games, n)
}

// estimates are the means of what was found, with their standard errors.
func estimates(found [][]float64, games, n int) [][]Estimate {
	out := make([][]Estimate, games)
	for g := range out {
		for i := range n {
			var all welford
			for _, one := range found {
				all.add(one[g*n+i])
			}
			out[g] = append(out[g], Estimate{all.mean, all.standardError()})
		}
	}
	return out
}

func grid(rows, columns int) [][]float64 {
	g := make([][]float64, rows)
	for i := range g {
		g[i] = make([]float64, columns)
	}
	return g
}

// shuffle makes a random order of all members (Fisher and Yates, in the form of
// Durstenfeld 1964).
func shuffle(order []int, s *stat.Stream) {
	for i := range order {
		order[i] = i
	}
	for i := len(order) - 1; i > 0; i-- {
		j := s.Below(i + 1)
		order[i], order[j] = order[j], order[i]
	}
}

// welford is a running mean with the sum of squares about it.
//
// Source: Welford (1962), Note on a method for calculating corrected sums of
// squares and products.
type welford struct {
	n          int
	mean, rest float64
}

func (w *welford) add(x float64) {
	w.n++
	d := x - w.mean
	w.mean += d / float64(w.n)
	w.rest += float64(d * (x - w.mean))
}

// standardError is that of the mean; NaN of fewer than two values.
func (w *welford) standardError() float64 {
	if w.n < 2 {
		return math.NaN()
	}
	return math.Sqrt(w.rest / float64(w.n-1) / float64(w.n))
}
