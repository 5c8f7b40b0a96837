package build

import (
	"math"
	"reflect"
	"slices"

	"mizan"
	"mizan/spec"
)

// Rerun is Run on the panel of an earlier result, which may be of any project.
// It gives what Run would, bit by bit, and takes from the earlier result what
// must come out the same: what was imputed, learnt or ranked from the same
// figures by the same step. So a build that differs by one component, weight or
// mean costs little more than what hangs on it. Errors are those of Run.
func (p *Plan) Rerun(earlier *Result) (*Result, error) {
	return p.run(earlier.panel, newBase(earlier), true)
}

// With is the result of the same project on other figures: a panel of the same
// units, codes and years. It gives what Run would, bit by bit, and takes over
// what comes out the same, as Rerun does; so a build in which few indicators
// have other figures costs little more than these. Without rank, Ranks is nil.
// Errors are those of Run.
func (r *Result) With(panel *mizan.Panel, rank bool) (*Result, error) {
	return r.plan.run(panel, newBase(r), rank)
}

// base is an earlier result, to take from. A nil base has nothing.
type base struct {
	*Result
	code map[string]int // position of a node
}

func newBase(r *Result) *base {
	b := &base{Result: r, code: make(map[string]int, len(r.plan.nodes))}
	for i := range r.plan.nodes {
		b.code[r.plan.nodes[i].Code] = i
	}
	return b
}

// node is the position of a node in the earlier result.
func (b *base) node(code string) (int, bool) {
	if b == nil {
		return 0, false
	}
	i, ok := b.code[code]
	return i, ok
}

// indicator is the position of an indicator in the earlier result.
func (b *base) indicator(code string) (int, bool) {
	i, ok := b.node(code)
	return i, ok && i < len(b.Indicators)
}

// sameStep reports whether two steps are the same method with the same options,
// over the same years.
func sameStep[M any](a, b stage[M]) bool {
	return a.entry.Name == b.entry.Name && a.over == b.over &&
		slices.EqualFunc(a.step.Options, b.step.Options, func(x, y spec.OptionValue) bool {
			return x.Name == y.Name && reflect.DeepEqual(x.Value, y.Value)
		})
}

// sameFigures reports whether two columns hold the same figures; missing is the
// same as missing.
func sameFigures(a, b []float64) bool {
	for i, v := range a {
		if w := b[i]; math.Float64bits(v) != math.Float64bits(w) && (v == v || w == w) {
			return false
		}
	}
	return true
}

// sameKept reports whether the same units are kept in every year.
func sameKept(a, b [][]Verdict) bool {
	for y := range max(len(a), len(b)) {
		var one, other []Verdict
		if a != nil {
			one = a[y]
		}
		if b != nil {
			other = b[y]
		}
		for u := range max(len(one), len(other)) {
			if (one == nil || one[u].Keep) != (other == nil || other[u].Keep) {
				return false
			}
		}
	}
	return true
}

// early are the verdicts that were known before the imputation.
func (b *base) early() [][]Verdict {
	if on, _ := b.plan.screen.options["on"].(string); on == "imputed" {
		return nil
	}
	return b.verdicts
}

// sameInput reports whether an imputer that looks at all indicators is given
// what it was given before.
func (r *run) sameInput() bool {
	b := r.base
	same := func(a, b indicator) bool {
		return a.code == b.code && a.direction == b.direction && a.parent == b.parent
	}
	return slices.EqualFunc(r.plan.indicators, b.plan.indicators, same) && sameFigures(r.result.Denominated.Values, b.Denominated.Values)
}

// sameIndicators reports whether the framework has the indicators that it had,
// so that whole tables can be shared.
func (r *run) sameIndicators() bool {
	return r.base != nil && slices.Equal(r.result.Indicators, r.base.Indicators)
}

// samePanel reports whether the figures are those of the earlier result.
func (r *run) samePanel() bool { return r.base != nil && r.base.panel == r.panel }

// sameDenominators reports whether, besides, all are divided as they were.
func (r *run) sameDenominators() bool {
	return r.sameIndicators() && slices.EqualFunc(r.plan.indicators, r.base.plan.indicators, func(a, b indicator) bool {
		return reflect.DeepEqual(a.denominator, b.denominator)
	})
}

// takeImputed copies what a step imputed before of the indicators that are
// its, and returns which of them are left.
func (r *run) takeImputed(s stage[Imputer], mine func(code string) bool) func(code string) bool {
	b, res := r.base, r.result
	if b == nil || !sameKept(r.verdicts, b.early()) || !s.entry.ColumnByColumn && !r.sameInput() {
		return mine
	}
	taken := map[string]bool{}
	for c, code := range res.Indicators {
		from, known := b.indicator(code)
		if !known || !mine(code) || !sameStep(s, b.plan.impute.of(code)) || !r.sameIn(res.Denominated, c, b.Denominated, from) {
			continue
		}
		taken[code] = true
		for y := range res.Years {
			copy(res.Imputed.Column(y, c), b.Imputed.Column(y, from))
		}
		res.imputations[code] = b.imputations[code]
	}
	return func(code string) bool { return mine(code) && !taken[code] }
}

// sameIn reports whether a code has the same column in two tables, in every
// year.
func (r *run) sameIn(now *mizan.Table, c int, before *mizan.Table, from int) bool {
	for y := range r.result.Years {
		if !sameFigures(now.Column(y, c), before.Column(y, from)) {
			return false
		}
	}
	return true
}

// takeFit gives a fit what the same step learnt before from the same figures.
// It reports false if there is no such, or if there was something to tell of it.
func (r *run) takeFit(f *fit, now, before *mizan.Table, fits [][]fitted, same bool) bool {
	if !same {
		return false
	}
	from, known := r.base.indicator(r.result.Indicators[f.c])
	if !known {
		return false
	}
	for _, old := range fits[from] {
		if !slices.Equal(old.years, f.years) || old.told {
			continue
		}
		for _, y := range f.years {
			if !sameFigures(now.Column(y, f.c), before.Column(y, from)) {
				return false
			}
		}
		f.out, f.taken, f.from = old, true, from
		return true
	}
	return false
}

// sameDirection reports whether an indicator has the direction that it had.
func (r *run) sameDirection(c int) bool {
	from, known := r.base.indicator(r.result.Indicators[c])
	return known && r.plan.indicators[c].direction == r.base.plan.indicators[from].direction
}

// takeWeights gives the weights of the children of an aggregate that the same
// step found before for the same group.
func (r *run) takeWeights(n int) (w []float64, learnt []Parameter, ok bool) {
	from, known := r.base.node(r.plan.nodes[n].Code)
	if !known || from < len(r.base.Indicators) || !sameStep(r.plan.weigh, r.base.plan.weigh) || !r.sameGroup(n, from) || !r.sameOutcomes() {
		return nil, nil, false
	}
	return r.base.weights[from], r.base.Nodes[from].Learnt, true
}

// sameGroup reports whether an aggregate has the same method, children, declared
// weights and scores as one of the earlier result.
func (r *run) sameGroup(n, from int) bool {
	node, old := &r.plan.nodes[n], &r.base.plan.nodes[from]
	if !slices.Equal(node.Children, old.Children) || !sameStep(node.aggregate, old.aggregate) {
		return false
	}
	for i, c := range node.children {
		now, before := &r.plan.nodes[c], &r.base.plan.nodes[old.children[i]]
		if *now.declared != *before.declared || now.Reversed != before.Reversed || now.Mirror != before.Mirror ||
			!r.sameIn(r.result.Scores, c, r.base.Scores, old.children[i]) {
			return false
		}
	}
	return true
}

// sameOutcomes reports whether what a method of weighting can ask for besides
// the children is the same: the figures of all indicators, with their
// directions, of the units that are kept.
func (r *run) sameOutcomes() bool {
	return r.samePanel() && sameKept(r.verdicts, r.base.verdicts) &&
		slices.EqualFunc(r.plan.spec.Indicators, r.base.plan.spec.Indicators, func(a, b spec.Indicator) bool {
			return a.Code == b.Code && a.Direction == b.Direction
		})
}

// takeScores copies the scores of an aggregate in a year from the earlier
// result, if they must be the same and nothing was told of them.
func (r *run) takeScores(n, y int) bool {
	from, known := r.base.node(r.plan.nodes[n].Code)
	if !known || from < len(r.base.Indicators) || r.base.told[from] || !slices.Equal(r.weights[n], r.base.weights[from]) || !r.sameGroup(n, from) {
		return false
	}
	copy(r.result.Scores.Column(y, n), r.base.Scores.Column(y, from))
	return true
}

// takeRanks copies the ranks of a code in a year, if its scores are the same.
func (r *run) takeRanks(ranks *mizan.Table, y, c int) bool {
	from, known := r.base.node(r.plan.nodes[c].Code)
	if !known || r.base.Ranks == nil || !sameFigures(r.result.Scores.Column(y, c), r.base.Scores.Column(y, from)) {
		return false
	}
	copy(ranks.Column(y, c), r.base.Ranks.Column(y, from))
	return true
}
