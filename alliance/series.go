package alliance

import (
	"math"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/spec"
	"mizan/stat"
)

// series is one indicator with all that pooling it needs, in one year.
type series struct {
	code   string
	frozen *build.Frozen
	rule   spec.Pool
	by     spec.Pool // the rule of the denominator

	// Per unit; missing is NaN. A unit whose figure is missing and was imputed
	// has the raw figure that the imputed one stands for. Where a unit does not
	// count, it lacks the figure, its weight or its denominator.
	raw, weight, denominator, denominatorWeight []float64
	imputed, counts                             []bool
	// own is the denominated figure of each unit as the index has it.
	own []float64
	// joint are the works that two units share, [unit][unit], missing where that
	// is not known; nil without ties.
	joint [][]float64
}

// pooler pools the figures of units of an index in one year.
type pooler struct {
	result    *build.Result
	outsiders *build.Outsiders
	year, y   int
	series    []series
	ranked    []bool // per unit: has a score
	facing    []int  // per node: +1 where more is better for the top, else -1
	top       int    // position of the top among the nodes
	hidden    map[string]bool
}

// newPooler prepares a year. joint gives the works that two units share,
// [unit][unit], by the code of the ties.
func newPooler(s *spec.Spec, r *build.Result, year int, joint map[string][][]float64) (*pooler, error) {
	frozen, err := r.Frozen(year)
	if err != nil {
		return nil, err
	}
	outsiders, err := r.Outsiders(year)
	if err != nil {
		return nil, err
	}
	p := &pooler{result: r, outsiders: outsiders, year: year, y: slices.Index(r.Years, year), top: len(r.Nodes) - 1, facing: build.Facing(r.Nodes)}
	rules, panel := rulesOf(s), r.Panel()
	column := func(code string) []float64 {
		if c := panel.Code(code); c >= 0 {
			return panel.Column(p.y, c)
		}
		return nil
	}
	for c := range frozen {
		f := &frozen[c]
		one := series{code: f.Code, frozen: f, rule: rules[f.Code], own: r.Screened.Column(p.y, c)}
		one.weight = column(one.rule.By)
		if d := f.Denominator; d != nil {
			one.by = rules[d.By]
			one.denominator, one.denominatorWeight = column(d.By), column(one.by.By)
		}
		one.complete(r.Raw.Column(p.y, c), r.Imputed.Column(p.y, c))
		one.joint = joint[one.rule.Joint+one.rule.Internal]
		p.series = append(p.series, one)
	}
	for _, v := range r.Scores.Column(p.y, p.top) {
		p.ranked = append(p.ranked, v == v)
	}
	return p, nil
}

func rulesOf(s *spec.Spec) map[string]spec.Pool {
	rules := map[string]spec.Pool{}
	for _, i := range s.Indicators {
		rules[i.Code] = i.Pool
	}
	return rules
}

// complete puts the raw figure that stands for an imputed one where the raw
// figure is missing, and finds out whose figures can be pooled.
func (s *series) complete(raw, imputed []float64) {
	s.raw, s.imputed, s.counts = slices.Clone(raw), make([]bool, len(raw)), make([]bool, len(raw))
	for u, v := range raw {
		by := 1.0
		if s.denominator != nil {
			by = s.denominator[u]
		}
		if v != v && imputed[u] == imputed[u] {
			s.raw[u], s.imputed[u] = s.frozen.Undenominated(imputed[u], by), true
		}
		s.counts[u] = s.raw[u] == s.raw[u] && by == by &&
			weighs(s.rule.Rule, s.weight, u) && (s.denominator == nil || weighs(s.by.Rule, s.denominatorWeight, u))
	}
}

// weighs reports whether a unit has the weight that a rule asks for.
func weighs(rule string, weight []float64, u int) bool {
	return rule != spec.PoolWeightedMean || weight != nil && weight[u] > 0
}

// total is a figure that is being pooled, member by member.
type total struct {
	sum, weight float64
	count       int
	joint       float64 // works that two of the members share
	heaviest    float64 // the largest figure
}

// add takes up the figure of a member.
func (t *total) add(rule string, x float64, weight []float64, u int) {
	switch rule {
	case spec.PoolWeightedMean:
		t.sum += float64(weight[u] * x)
		t.weight += weight[u]
	case spec.PoolMax:
		if t.count == 0 || x > t.sum {
			t.sum = x
		}
	case spec.PoolMin:
		if t.count == 0 || x < t.sum {
			t.sum = x
		}
	default:
		t.sum += x
	}
	if t.count == 0 || x > t.heaviest {
		t.heaviest = x
	}
	t.count++
}

// value is the pooled figure: NaN where no figure counts, and where a series
// that does not pool has more than one.
func (t *total) value(rule string) float64 {
	switch {
	case t.count == 0:
		return math.NaN()
	case rule == spec.PoolWeightedMean:
		return t.sum / t.weight
	case rule == spec.PoolMean:
		return t.sum / float64(t.count)
	case rule == spec.PoolNone && t.count > 1:
		return math.NaN()
	}
	return t.sum
}

// pool is a figure with its denominator that is being pooled.
type pool struct{ figure, by total }

// add takes up unit u, if it counts; before are the members already in.
func (s *series) add(p *pool, u int, before []int) {
	if !s.counts[u] {
		return
	}
	p.figure.add(s.rule.Rule, s.raw[u], s.weight, u)
	if s.denominator != nil {
		p.by.add(s.by.Rule, s.denominator[u], s.denominatorWeight, u)
	}
	if s.joint == nil {
		return
	}
	for _, v := range before {
		if w := s.joint[u][v]; w > 0 && s.counts[v] {
			p.figure.joint += w
		}
	}
}

// value is the pooled figure as published, and denominated.
func (s *series) value(p *pool) (raw, denominated float64) {
	raw = p.figure.value(s.rule.Rule)
	if s.joint != nil {
		raw = s.shared(&p.figure)
	}
	by := 1.0
	if s.denominator != nil {
		by = p.by.value(s.by.Rule)
	}
	return raw, s.frozen.Denominated(raw, by)
}

// shared takes off what members share. Of works that are counted whole for
// every member, S1 = the sum of counts and S2 = the sum of the counts of pairs,
// the number of different works is at least
//
//	2 S1 / (k + 1) - 2 S2 / (k (k + 1)),  k = 1 + floor(2 S2 / S1)
//
// which is S1 - S2 as long as 2 S2 < S1 (Bonferroni), and at most S1 less the
// shares of a tree of pairs (Hunter); see bounds. Works within the alliance
// that do not count at all are taken off for both members: S1 - 2 S2, at least
// zero.
//
// Source: Dawson and Sankoff (1967), An inequality for probabilities.
func (s *series) shared(t *total) float64 {
	s1, s2 := t.sum, t.joint
	switch {
	case t.count == 0:
		return math.NaN()
	case s.rule.Internal != "":
		return math.Max(0, s1-float64(2*s2))
	case !(s1 > 0) || s2 == 0:
		return s1
	}
	k := 1 + math.Floor(float64(2*s2)/s1)
	least := float64(2*s1)/(k+1) - float64(2*s2)/float64(k*(k+1))
	if k == 1 {
		least = s1 - s2
	}
	return math.Max(t.heaviest, least)
}

// column fills the denominated figures of an alliance of members, given by
// their positions in ascending order. An alliance of one has the figures of its
// member, with what was imputed.
func (p *pooler) column(dst []float64, members []int, pools []pool) {
	if len(members) == 1 {
		for c := range p.series {
			dst[c] = p.series[c].own[members[0]]
		}
		return
	}
	for c := range p.series {
		dst[c] = math.NaN()
		if p.anyRanked(members) {
			_, dst[c] = p.series[c].value(&pools[c])
		}
	}
}

func (p *pooler) anyRanked(members []int) bool {
	return slices.ContainsFunc(members, func(u int) bool { return p.ranked[u] })
}

// pools pools the members one after another in the order given.
func (p *pooler) pools(members []int) []pool {
	pools := make([]pool, len(p.series))
	for i, u := range members {
		for c := range p.series {
			p.series[c].add(&pools[c], u, members[:i])
		}
	}
	return pools
}

// most bounds the number of different works of members from above: the sum of
// counts less the joint works along the tree of pairs that shares most.
//
// Source: Hunter (1976), An upper bound for the probability of a union.
func (s *series) most(t *total, members []int) float64 {
	var in, out []int
	for _, u := range members {
		if s.counts[u] {
			out = append(out, u)
		}
	}
	tree := 0.0
	in, out = out[:1:1], out[1:]
	for len(out) > 0 {
		best, at := 0.0, 0
		for i, u := range out {
			for _, v := range in {
				if w := s.joint[u][v]; w > best {
					best, at = w, i
				}
			}
		}
		tree += best
		in = append(in, out[at])
		out = slices.Delete(slices.Clone(out), at, at+1)
	}
	return t.sum - tree
}

// inWords is the rule of pooling for a reader.
func (s *series) inWords() string {
	switch {
	case s.rule.Rule == spec.PoolWeightedMean:
		return "mean weighted by " + s.rule.By
	case s.rule.Rule == spec.PoolNone:
		return "not pooled"
	case s.rule.Joint != "":
		return "sum, joint works counted once (" + s.rule.Joint + ")"
	case s.rule.Internal != "":
		return "sum, less ties between members (" + s.rule.Internal + ")"
	}
	return s.rule.Rule
}

// spread is the least and the median of the values that are not missing.
func spread(x []float64) (lowest, median mizan.Number) {
	low, _ := stat.MinMax(x)
	return mizan.Number(low), mizan.Number(stat.Median(x))
}
