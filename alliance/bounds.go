package alliance

import (
	"math"
	"slices"

	"mizan/spec"
)

// bounds tells how high the score of a coalition can come by taking in some of
// the candidates. It is a bound: no choice of them comes higher.
type bounds struct {
	p      *pooler
	kinds  []kind
	scores [][]float64 // a batch of one
	// most and least are, per number of candidates that are left out from the
	// front and per number of them that come in, what they can add to each sum:
	// [from][count][indicator]. For means they are, per from, the extreme values.
	most, least   [][][]float64
	highest       [][]float64 // [from][indicator]
	lowest        [][]float64
	everybody     []bool // per indicator: every candidate counts
	neverNegative []bool
}

// kind is how a pooled figure comes of those of the members.
type kind uint8

const (
	boundless kind = iota // nothing is sure
	additive              // the sum of what each member brings
	between               // between the members' own figures
	absent                // never there, of two members or more
)

// newBounds prepares the bounds for candidates of whom at most some come in.
func newBounds(p *pooler, candidates []int, most int) *bounds {
	b := &bounds{p: p, kinds: make([]kind, len(p.series)), everybody: make([]bool, len(p.series)), neverNegative: make([]bool, len(p.series))}
	for range p.result.Nodes {
		b.scores = append(b.scores, make([]float64, 1))
	}
	brings := grid(len(p.series), len(candidates))
	for c := range p.series {
		s := &p.series[c]
		b.kinds[c] = s.kind()
		b.everybody[c], b.neverNegative[c] = true, true
		for i, u := range candidates {
			brings[c][i] = s.brings(u)
			b.everybody[c] = b.everybody[c] && s.counts[u]
		}
		for u, v := range s.raw {
			b.neverNegative[c] = b.neverNegative[c] && (!s.counts[u] || v >= 0)
		}
	}
	for from := range len(candidates) + 1 {
		b.most, b.least = append(b.most, grid(most+1, len(p.series))), append(b.least, grid(most+1, len(p.series)))
		b.highest, b.lowest = append(b.highest, make([]float64, len(p.series))), append(b.lowest, make([]float64, len(p.series)))
		for c := range p.series {
			b.extremes(c, from, brings[c][from:], p.series[c].counts, candidates[from:])
		}
	}
	return b
}

// extremes fills in what the candidates from some place on can bring to an
// indicator.
func (b *bounds) extremes(c, from int, brings []float64, counts []bool, candidates []int) {
	var values []float64
	for i, v := range brings {
		if counts[candidates[i]] {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	b.highest[from][c], b.lowest[from][c] = math.Inf(-1), math.Inf(1)
	if n := len(values); n > 0 {
		b.highest[from][c], b.lowest[from][c] = values[n-1], values[0]
	}
	// Those who do not count bring nothing, so that a sum need not fall by all
	// who come in.
	for count := 1; count < len(b.most[from]); count++ {
		b.most[from][count][c], b.least[from][count][c] = b.most[from][count-1][c], b.least[from][count-1][c]
		if count <= len(values) {
			b.most[from][count][c] += math.Max(0, values[len(values)-count])
			b.least[from][count][c] += math.Min(0, values[count-1])
		}
	}
	if b.everybody[c] && len(values) > 0 {
		b.exact(c, from, values)
	}
}

// exact sharpens the sums where every candidate counts.
func (b *bounds) exact(c, from int, values []float64) {
	high, low := 0.0, 0.0
	for count := 1; count < len(b.most[from]) && count <= len(values); count++ {
		high += values[len(values)-count]
		low += values[count-1]
		b.most[from][count][c], b.least[from][count][c] = high, low
	}
}

// kind says how the series pools.
func (s *series) kind() kind {
	d := s.frozen.Denominator
	amount := s.rule.Rule == spec.PoolSum
	switch {
	case s.rule.Rule == spec.PoolNone:
		return absent
	case d == nil && amount:
		return additive
	case d == nil:
		return between
	case d.Operation != "multiply" && amount && s.by.Rule == spec.PoolSum && s.by.Joint+s.by.Internal == "" && s.positiveDenominator():
		return between
	case d.Operation == "multiply" && s.rule.Rule == spec.PoolWeightedMean && s.rule.By == d.By && s.by.Rule == spec.PoolSum:
		return additive
	}
	return boundless
}

// positiveDenominator reports whether all that is divided is divided by a
// number above 0.
func (s *series) positiveDenominator() bool {
	for u, counts := range s.counts {
		if counts && !(s.denominator[u] > 0) {
			return false
		}
	}
	return true
}

// brings is what a member brings to a sum, or its own figure among means.
func (s *series) brings(u int) float64 {
	by := 1.0
	if s.denominator != nil {
		by = s.denominator[u]
	}
	return s.frozen.Denominated(s.raw[u], by)
}

// best bounds the score of the coalition at hand of a player after so many more
// candidates have come in, of those from some place on; +Inf where nothing is
// sure.
func (b *bounds) best(pools []pool, from, count int) float64 {
	for c := range b.p.series {
		s := &b.p.series[c]
		t := &pools[c].figure
		_, now := s.value(&pools[c])
		high := float64(s.frozen.Direction*b.p.facing[c]) > 0
		v := math.NaN()
		switch b.kinds[c] {
		case boundless:
			return math.Inf(1)
		case absent:
		case additive:
			if t.count == 0 && !b.everybody[c] {
				return math.Inf(1)
			}
			v = b.sum(c, t, now, high, from, count)
		case between:
			if t.count == 0 && !b.everybody[c] {
				return math.Inf(1)
			}
			v = b.mean(c, &pools[c], now, high, from)
		}
		b.scores[c][0] = v
	}
	for c := range b.p.series {
		b.p.series[c].frozen.Normalise(b.scores[c], b.scores[c])
		if b.kinds[c] != absent && math.IsNaN(b.scores[c][0]) {
			return math.Inf(1)
		}
	}
	if err := b.p.outsiders.Score(b.scores, nil, nil); err != nil {
		return math.Inf(1)
	}
	top := b.scores[b.p.top][0]
	if top != top {
		return math.Inf(1)
	}
	return top + 1e-9*(1+math.Abs(top)) // more than rounding can make of it
}

// sum bounds a sum.
func (b *bounds) sum(c int, t *total, now float64, high bool, from, count int) float64 {
	s := &b.p.series[c]
	if t.count == 0 {
		now = 0
	} else if s.joint != nil {
		now = t.sum // of which something is taken off
	}
	switch {
	case high:
		return now + b.most[from][count][c]
	case s.joint != nil && b.neverNegative[c]:
		return 0
	case s.joint != nil:
		return math.Inf(-1)
	}
	return now + b.least[from][count][c]
}

// mean bounds a figure that lies between those of the members; what they have
// in common can only lower it.
func (b *bounds) mean(c int, p *pool, now float64, high bool, from int) float64 {
	s := &b.p.series[c]
	there := p.figure.count > 0
	switch {
	case high && there && s.joint != nil:
		return math.Max(s.frozen.Denominated(p.figure.sum, p.by.value(s.by.Rule)), b.highest[from][c])
	case high && there:
		return math.Max(now, b.highest[from][c])
	case high:
		return b.highest[from][c]
	case s.joint != nil && b.neverNegative[c]:
		return 0
	case s.joint != nil:
		return math.Inf(-1)
	case there:
		return math.Min(now, b.lowest[from][c])
	}
	return b.lowest[from][c]
}
