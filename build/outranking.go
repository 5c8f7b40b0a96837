package build

import "math"

// Outranking says of every pair of units how much speaks for the one being
// better than the other.
type Outranking struct {
	Units []string
	// Share[i][j] is the share of the weights of those children in which unit
	// i is better than j, equal ones counted half: 1 if i is better in every
	// child that both have, 0.5 if nothing is between them, NaN if they have
	// no child in common. The diagonal is 0; of two different units the shares
	// add up to 1.
	Share [][]float64
	// Dominant is the number of pairs of which one is better in every child;
	// Fraction is that as a share of all n (n-1) / 2 pairs.
	Dominant int
	Fraction float64
}

// OutrankingMatrix compares every pair of units, child by child.
//
//	o_ij = sum of w where x_i > x_j + half the sum where x_i = x_j,
//	o_ji = 1 - o_ij,  w rescaled to the sum 1
//
// Children that one of the two has no value for are left out and the weights
// of the others count alone. (COINr leaves the weights as they are, so that a
// gap speaks for the unit that stands later in the table.) Sums are rounded
// once. For n units it takes n^2 numbers of memory.
//
// Source: Munda and Nardo (2009), Noncompensatory/nonlinear composite
// indicators for ranking countries; OECD/JRC (2008), step 6.
func OutrankingMatrix(g *Group) *Outranking {
	n := len(g.Units)
	m := &Outranking{Units: g.Units, Share: make([][]float64, n)}
	p := newPairs(g)
	for i := range n {
		m.Share[i] = make([]float64, n)
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			o := p.share(i, j)
			m.Share[i][j], m.Share[j][i] = o, 1-o
			if o == 1 || o == 0 {
				m.Dominant++
			}
		}
	}
	if n > 1 {
		m.Fraction = float64(m.Dominant) / (float64(n) * float64(n-1) / 2)
	}
	return m
}

// pairs compares units by the children that have a weight.
type pairs struct {
	x [][]float64
	w []float64 // rescaled to the sum 1
	// even is whether all weights are equal: then shares are quotients of
	// counts, and exact.
	even bool
}

func newPairs(g *Group) pairs {
	p := pairs{even: true}
	var sum neumaier
	for i, w := range g.W {
		if w > 0 {
			p.x, p.w = append(p.x, g.X[i]), append(p.w, w)
			p.even = p.even && w == p.w[0]
			sum.add(w)
		}
	}
	total := sum.value()
	for i := range p.w {
		p.w[i] /= total
	}
	return p
}

// share is o_ij.
func (p pairs) share(i, j int) float64 {
	var better, equal, worse neumaier
	above, level, below := 0, 0, 0
	for k, x := range p.x {
		a, b := x[i], x[j]
		switch {
		case a > b:
			better.add(p.w[k])
			above++
		case a < b:
			worse.add(p.w[k])
			below++
		case a == b:
			equal.add(p.w[k])
			level++
		}
	}
	both := above + level + below
	switch {
	case both == 0:
		return math.NaN()
	case above == both:
		return 1
	case below == both:
		return 0
	case p.even:
		return (float64(above) + float64(level)/2) / float64(both)
	case both == len(p.x):
		return better.value() + equal.value()/2
	}
	share := better.value() + equal.value()/2
	return share / (share + equal.value()/2 + worse.value())
}

// neumaier is a sum that keeps what rounding drops; see stat.Sum.
type neumaier struct{ sum, lost float64 }

func (s *neumaier) add(v float64) {
	t := s.sum + v
	if math.Abs(s.sum) >= math.Abs(v) {
		s.lost += (s.sum - t) + v
	} else {
		s.lost += (v - t) + s.sum
	}
	s.sum = t
}

func (s *neumaier) value() float64 { return s.sum + s.lost }
