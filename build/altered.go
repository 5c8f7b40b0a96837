package build

import (
	"math"
	"slices"

	"mizan"
)

// Altered evaluates a framework on other figures of a few indicators: what
// hangs on them is imputed, treated and normalised anew, and all else is taken
// from the result of the kernel. Each evaluation costs a small part of what
// Result.With does, and gives the same bits. It belongs to one goroutine.
type Altered struct {
	k       *Kernel
	e       *Evaluator
	touched []alteration
	watched []int // codes of the panel that may have other figures
}

// alteration is an indicator of which the figures, or those by which it is
// divided, may be others.
type alteration struct {
	c     int // among the indicators of the framework
	x, by int // codes of the panel; by is -1 if it is divided by nothing
	scale float64
	op    string
	gaps  []int // rows among the kept units that have no figure
	rows  []int // units that were not screened out

	given, treated []float64
	matrix         *Matrix // with gaps: the one column, for the imputer
	imputer        Imputer
}

// Altered prepares the evaluation of other figures of some indicators of the
// project, given by their codes; those that the framework does not need change
// nothing. It reports false where all must be built anew: a panel of several
// years, an imputation that looks at several indicators together, a screening
// of imputed figures, extra units.
func (k *Kernel) Altered(codes []string) (*Altered, bool) {
	r := k.result
	p := r.plan
	if len(r.Years) != 1 || len(k.units) != k.own {
		return nil, false
	}
	if on, _ := p.screen.options["on"].(string); p.screen.name() != "none" && on == "imputed" {
		return nil, false
	}
	plain := func(s stage[Imputer]) bool { return s.name() == "none" || s.entry.ColumnByColumn }
	if !plain(p.impute.all) {
		return nil, false
	}
	for _, s := range p.impute.each {
		if !plain(s) {
			return nil, false
		}
	}
	a := &Altered{k: k}
	for _, code := range codes {
		if c := r.panel.Code(code); c >= 0 {
			a.watched = append(a.watched, c)
		}
	}
	var own []int
	for c, ind := range p.indicators {
		by := -1
		if ind.denominator != nil {
			by = r.panel.Code(ind.denominator.By)
		}
		one := alteration{c: c, x: r.panel.Code(ind.code), by: by}
		if own, divided := slices.Contains(a.watched, one.x), by >= 0 && slices.Contains(a.watched, by); !own && !divided {
			continue
		}
		if ind.denominator != nil {
			one.scale, one.op = ind.denominator.Scale, ind.denominator.Operation
		}
		a.prepare(&one)
		a.touched = append(a.touched, one)
		own = append(own, c)
	}
	a.e = k.Evaluator()
	a.e.levels = k.levelsOwning(own)
	a.e.columns = a.e.levels.columns
	return a, true
}

// prepare finds the gaps of an indicator and who fills them.
func (a *Altered) prepare(one *alteration) {
	r := a.k.result
	given := r.Denominated.Column(0, one.c)
	one.given, one.treated = make([]float64, len(given)), make([]float64, len(given))
	for u, v := range given {
		if r.verdicts != nil && !r.verdicts[0][u].Keep {
			continue
		}
		if v != v {
			one.gaps = append(one.gaps, len(one.rows))
		}
		one.rows = append(one.rows, u)
	}
	s := r.plan.impute.of(r.Indicators[one.c])
	if len(one.gaps) == 0 || s.name() == "none" {
		return
	}
	ind := r.plan.indicators[one.c]
	m := &Matrix{Codes: []string{ind.code}, Columns: [][]float64{make([]float64, len(one.rows))}, Directions: []int{ind.direction}, Parents: []string{ind.parent}}
	for _, u := range one.rows {
		m.Units = append(m.Units, r.Units[u])
		m.Years = append(m.Years, r.Years[0])
	}
	groups := map[string][]string{}
	m.Groups = func(name string) ([]string, bool) {
		all, known := r.panel.Group(name)
		list := groups[name]
		if list == nil {
			list = make([]string, len(one.rows))
			for i, u := range one.rows {
				list[i] = all[u]
			}
			groups[name] = list
		}
		return list, known
	}
	one.matrix, one.imputer = m, s.method
}

// Nodes gives the scores of every node, [node][unit], on the figures of a panel
// that differs from the kernel's in the indicators that were named alone. ok is
// false where the figures must be built anew by Result.With: where another
// figure is missing or zero than before, or a method refuses one. Weights and
// errors are those of Evaluator.Nodes, whose result too is overwritten by the
// next call.
func (a *Altered) Nodes(panel *mizan.Panel, weights []float64) (columns [][]float64, ok bool, err error) {
	before := a.k.result.panel
	for _, c := range a.watched {
		if !samePattern(before.Column(0, c), panel.Column(0, c)) {
			return nil, false, nil
		}
	}
	for i := range a.touched {
		if !a.alter(&a.touched[i], panel) {
			return nil, false, nil
		}
	}
	columns, err = a.e.Nodes(weights)
	return columns, true, err
}

// Ranks is Evaluator.Ranks.
func (a *Altered) Ranks(dst []int32, scores []float64) { a.e.Ranks(dst, scores) }

// alter makes the normalised column of an indicator. It reports false where a
// figure must be looked at by a whole build.
func (a *Altered) alter(one *alteration, panel *mizan.Panel) bool {
	r := a.k.result
	copy(one.given, panel.Column(0, one.x))
	if one.by >= 0 {
		for u, v := range panel.Column(0, one.by) {
			if v == 0 && one.given[u] == one.given[u] && one.op != "multiply" {
				return false
			}
			one.given[u] = denominated(one.given[u], v, one.scale, one.op)
			if math.IsInf(one.given[u], 0) {
				return false
			}
		}
	}
	if !samePattern(r.Denominated.Column(0, one.c), one.given) {
		return false
	}
	if one.imputer != nil {
		x := one.matrix.Columns[0]
		for i, u := range one.rows {
			x[i] = one.given[u]
		}
		if one.imputer.Impute(one.matrix) != nil {
			return false
		}
		for i, u := range one.rows {
			one.given[u] = x[i]
		}
	}
	if r.verdicts != nil {
		for u, v := range r.verdicts[0] {
			if !v.Keep {
				one.given[u] = math.NaN()
			}
		}
	}
	code := r.Indicators[one.c]
	t, err := r.plan.treat.of(code).method.FitTreat(one.given)
	if err != nil {
		return false
	}
	treated := one.given
	if _, same := t.Transform.(identity); !same && t.Transform != nil {
		treated = one.treated
		applyTo(t.Transform, treated, one.given)
	}
	n, err := fitNormalise(r.plan.normalise.of(code).method, treated, r.Units, r.plan.indicators[one.c].direction)
	if err != nil || n == nil {
		return false
	}
	to := a.e.levels.columns[one.c]
	applyTo(n, to, treated)
	for u, v := range to {
		if (one.given[u] == one.given[u]) != (v == v) || math.IsInf(v, 0) || math.IsInf(treated[u], 0) {
			return false
		}
	}
	return true
}

// samePattern reports whether the same figures are missing, and the same zero.
func samePattern(a, b []float64) bool {
	for i, v := range a {
		w := b[i]
		if (v == v) != (w == w) || (v == 0) != (w == 0) {
			return false
		}
	}
	return true
}
