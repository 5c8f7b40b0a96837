package build

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan/stat"

	"mizan"
)

// matrix is the rows of some years of a table, for a method that looks at all
// indicators at once: those of the units that were not screened out, year below
// year, rows ascending. The columns may be the table's own and must not be
// written to.
func (r *run) matrix(t *mizan.Table, years []int) (m *Matrix, rows []int) {
	m = &Matrix{Codes: r.result.Indicators, Columns: make([][]float64, len(r.result.Indicators))}
	for _, y := range years {
		for u, code := range t.Units {
			if r.kept(y, u) {
				m.Units = append(m.Units, code)
				m.Years = append(m.Years, t.Years[y])
				rows = append(rows, y*len(t.Units)+u)
			}
		}
	}
	for c, ind := range r.plan.indicators {
		m.Directions = append(m.Directions, ind.direction)
		m.Parents = append(m.Parents, ind.parent)
		if len(years) == 1 && len(rows) == len(t.Units) {
			m.Columns[c] = t.Column(years[0], c)
			continue
		}
		m.Columns[c] = make([]float64, len(rows))
		for i, row := range rows {
			m.Columns[c][i] = t.At(row/len(t.Units), c, row%len(t.Units))
		}
	}
	m.Groups = func(name string) ([]string, bool) {
		labels, known := r.panel.Group(name)
		list := make([]string, len(rows))
		for i, row := range rows {
			list[i] = labels[row%len(t.Units)]
		}
		return list, known
	}
	return m, rows
}

func (r *run) kept(y, u int) bool { return r.verdicts == nil || r.verdicts[y][u].Keep }

// spans are the sets of years that a step looks at together.
func (r *run) spans(over string) [][]int {
	n := len(r.result.Years)
	all := make([]int, n)
	each := make([][]int, n)
	for y := range n {
		all[y], each[y] = y, []int{y}
	}
	if over == "panel" {
		return [][]int{all}
	}
	return each
}

// screenEarly screens before the imputation, unless the step asks for the
// imputed table: a unit that is left out must not lend its figures to others.
func (r *run) screenEarly() {
	switch on, _ := r.plan.screen.options["on"].(string); on {
	case "raw":
		r.screen(r.result.Raw)
	case "denominated":
		r.screen(r.result.Denominated)
	}
}

// screenLate makes the screened table.
func (r *run) screenLate() {
	res := r.result
	if on, _ := r.plan.screen.options["on"].(string); on == "imputed" {
		r.screen(res.Imputed)
	}
	res.Screened = res.Imputed
	res.verdicts = r.verdicts
	if r.verdicts == nil {
		return
	}
	for y, year := range res.Years {
		for u, v := range r.verdicts[y] {
			switch {
			case !v.Keep:
				res.Removed = append(res.Removed, Removal{res.Units[u], year, v.Reason, v.Said})
			case v.Reason != "":
				r.find(mizan.Finding{
					ID: "kept-by-force", Severity: mizan.Info, Unit: res.Units[u], Year: r.several(y),
				}.With(r.forced(res.Units[u], v, y)))
			}
		}
	}
	if len(res.Removed) == 0 {
		return
	}
	res.Screened = res.Imputed.Clone()
	for y := range res.Years {
		for u, v := range r.verdicts[y] {
			for c := 0; !v.Keep && c < len(res.Indicators); c++ {
				res.Screened.Column(y, c)[u] = math.NaN()
			}
		}
	}
	if r.nobodyLeft() {
		r.find(mizan.Finding{
			ID: "all-screened-out", Severity: mizan.Fail, Place: r.plan.spec.Place(r.plan.screen.step.Path),
		}.With(findAllOut.Say("unit", res.Removed[0].Unit, "why", mizan.Said{Text: res.Removed[0].Reason, Saying: res.Removed[0].Said})))
	}
}

func (r *run) nobodyLeft() bool {
	return len(r.result.Removed) == len(r.result.Units)*len(r.result.Years)
}

// forced says why a unit stays that screening would remove.
func (r *run) forced(unit string, v Verdict, y int) mizan.Said {
	if len(r.panel.Years) == 1 {
		return findForced.Say("unit", unit, "why", v.why())
	}
	return findForcedIn.Say("unit", unit, "year", r.panel.Years[y], "why", v.why())
}

func (r *run) screen(t *mizan.Table) {
	if r.plan.screen.name() == "none" {
		return
	}
	verdicts := make([][]Verdict, len(t.Years))
	for y := range t.Years {
		m, _ := r.matrix(t, []int{y})
		v, err := r.plan.screen.method.Screen(m)
		if err != nil {
			r.failed(r.plan.screen.step.Path, err)
			return
		}
		verdicts[y] = v
	}
	r.verdicts = verdicts
}

// impute fills gaps: the stage's step those of all indicators, then the steps
// of single indicators theirs, from the same table.
func (r *run) impute() {
	res := r.result
	res.Imputed = res.Denominated
	gaps := slices.ContainsFunc(res.Denominated.Values, func(v float64) bool { return v != v })
	if !gaps || r.plan.impute.all.name() == "none" && len(r.plan.impute.each) == 0 {
		return
	}
	res.Imputed = res.Denominated.Clone()
	res.imputations = map[string][]*imputation{}
	r.imputeBy(r.plan.impute.all, func(code string) bool { _, own := r.plan.impute.each[code]; return !own })
	for _, code := range res.Indicators {
		if s, own := r.plan.impute.each[code]; own {
			r.imputeBy(s, func(c string) bool { return c == code })
		}
	}
}

// imputation is a step of imputation with what it was given, for the trace.
type imputation struct {
	step  stage[Imputer]
	given *Matrix
	rows  []int // of each row of given: year x units + unit, ascending
}

func (r *run) imputeBy(s stage[Imputer], mine func(code string) bool) {
	res := r.result
	if s.name() == "none" {
		return
	}
	if mine = r.takeImputed(s, mine); !slices.ContainsFunc(res.Indicators, mine) {
		return
	}
	for _, years := range r.spans(s.over) {
		given, rows := r.matrix(res.Denominated, years)
		filled := *given
		filled.Columns = make([][]float64, len(given.Columns))
		for c, x := range given.Columns {
			filled.Columns[c] = slices.Clone(x)
		}
		if err := s.method.Impute(&filled); err != nil {
			r.failed(s.step.Path, err)
			return
		}
		how := &imputation{s, given, rows}
		units := len(res.Units)
		for c, code := range res.Indicators {
			if !mine(code) {
				continue
			}
			for i, row := range rows {
				res.Imputed.Column(row/units, c)[row%units] = filled.Columns[c][i]
			}
			res.imputations[code] = append(res.imputations[code], how)
		}
	}
}

// fitted is what a stage learnt of one indicator from some years together.
type fitted struct {
	Transform
	treatment *Treatment // of the treating stage
	years     []int      // positions
	told      bool       // there was something to tell of it
}

// fit is one task of a stage that works indicator by indicator.
type fit struct {
	c     int
	years []int
	out   fitted
	err   error
	taken bool // from an earlier result, where the indicator stands at from
	from  int
}

// fitAll lists the fits of a stage and makes them side by side.
func fitAll[M any](r *run, e eachStage[M], do func(s stage[M], f *fit)) []*fit {
	var fits []*fit
	for c, code := range r.result.Indicators {
		for _, years := range r.spans(e.of(code).over) {
			fits = append(fits, &fit{c: c, years: years})
		}
	}
	stat.InParallel(len(fits), func(i int) {
		f := fits[i]
		do(e.of(r.result.Indicators[f.c]), f)
		f.out.told = f.err != nil
	})
	return fits
}

// reference are the values from which a fit learns.
func reference(t *mizan.Table, f *fit) []float64 {
	if len(f.years) == 1 {
		return t.Column(f.years[0], f.c)
	}
	return gatherYears(t, f.c)
}

// table applies the fits to every column, and writes the values to room if that
// is given; those of a fit that is taken stand in a table of the earlier result.
// Where all leave values as they are the table is shared.
func (r *run) table(from *mizan.Table, fits []*fit, room []float64, before func(*base) *mizan.Table) *mizan.Table {
	same := func(f *fit) bool { _, ok := f.out.Transform.(identity); return ok }
	if !slices.ContainsFunc(fits, func(f *fit) bool { return !same(f) }) {
		return from
	}
	if room == nil && r.sameIndicators() && !slices.ContainsFunc(fits, func(f *fit) bool { return !f.taken }) {
		return before(r.base)
	}
	to := &mizan.Table{Units: from.Units, Codes: from.Codes, Years: from.Years, Values: room}
	if room == nil {
		to.Values = make([]float64, len(from.Values))
	}
	stat.InParallel(len(fits), func(i int) {
		for _, y := range fits[i].years {
			if fits[i].taken {
				copy(to.Column(y, fits[i].c), before(r.base).Column(y, fits[i].from))
				continue
			}
			applyTo(fits[i].out.Transform, to.Column(y, fits[i].c), from.Column(y, fits[i].c))
		}
	})
	return to
}

// treat draws in or transforms skewed indicators.
func (r *run) treat() {
	res := r.result
	fits := fitAll(r, r.plan.treat, func(s stage[Treater], f *fit) {
		if b := r.base; b != nil && r.takeFit(f, res.Screened, b.Screened, b.treatments, sameStep(s, b.plan.treat.of(res.Indicators[f.c]))) {
			return
		}
		t, err := s.method.FitTreat(reference(res.Screened, f))
		f.out, f.err = fitted{Transform: t.Transform, treatment: &t, years: f.years}, err
		if f.out.Transform == nil {
			f.out.Transform = identity{}
		}
	})
	r.report(fits, func(code string) string { return r.plan.treat.of(code).step.Path })
	if len(r.problems) > 0 {
		return
	}
	res.Treated = r.table(res.Screened, fits, nil, func(b *base) *mizan.Table { return b.Treated })
	res.treatments = keep(fits)
	r.lost(fits, res.Screened, res.Treated, "treat", func(code string) string { return r.plan.treat.of(code).name() })
}

// normalise brings indicators onto one scale, on which higher is better.
func (r *run) normalise() {
	res := r.result
	fits := fitAll(r, r.plan.normalise, func(s stage[Normaliser], f *fit) {
		if b := r.base; b != nil && r.takeFit(f, res.Treated, b.Treated, b.normalisations, sameStep(s, b.plan.normalise.of(res.Indicators[f.c])) && r.sameDirection(f.c)) {
			return
		}
		t, err := fitNormalise(s.method, reference(res.Treated, f), res.Units, r.plan.indicators[f.c].direction)
		f.out, f.err = fitted{Transform: t, years: f.years}, err
		if t == nil {
			f.out.Transform = allMissing{}
		}
	})
	r.report(fits, func(code string) string { return r.plan.normalise.of(code).step.Path })
	if len(r.problems) > 0 {
		return
	}
	r.scores()
	res.Normalised = r.table(res.Treated, fits, r.scoresRoom(), func(b *base) *mizan.Table { return b.Normalised })
	res.normalisations = keep(fits)
	r.lost(fits, res.Treated, res.Normalised, "normalise", func(code string) string { return r.plan.normalise.of(code).name() })
}

func keep(fits []*fit) [][]fitted {
	var list [][]fitted
	for _, f := range fits {
		for f.c >= len(list) {
			list = append(list, nil)
		}
		list[f.c] = append(list[f.c], f.out)
	}
	return list
}

// report makes problems and findings of the errors of fits: a Degenerate one
// is a finding, since the work can go on without the indicator. Where all fits
// of an indicator tell the same it is told once.
func (r *run) report(fits []*fit, path func(code string) string) {
	for _, f := range fits {
		code := r.result.Indicators[f.c]
		var bad *BadValue
		var d *Degenerate
		switch {
		case f.err == nil:
		case errors.As(f.err, &d):
			r.find(mizan.Finding{
				ID: d.ID, Severity: mizan.Warn, Code: code, Year: r.several(f.years[0]),
			}.With(r.unscored(code, f, d)))
		case errors.As(f.err, &bad):
			units := len(r.result.Units)
			named := *bad
			named.Code, named.Unit = code, r.result.Units[bad.Row%units]+r.at(f.years[bad.Row/units%len(f.years)])
			r.failed(path(code), &named)
		default:
			r.failed(path(code), f.err)
		}
	}
}

// unscored says that an indicator has no score, and in which year if not in all.
func (r *run) unscored(code string, f *fit, d *Degenerate) mizan.Said {
	said := findNoScore.Say("code", code, "why", d.said())
	if len(f.years) == 1 && len(r.panel.Years) > 1 {
		said = findNoScoreIn.Say("code", code, "year", r.panel.Years[f.years[0]], "why", d.said())
	}
	said.Remedy = d.Remedy
	return said
}

// lost tells of values that a stage could not carry on, because the result is
// not a finite number. They become missing, never infinite.
func (r *run) lost(fits []*fit, before, after *mizan.Table, verb string, method func(code string) string) {
	if before == after {
		return
	}
	gone := make([][]string, len(r.result.Indicators))
	for _, f := range fits {
		var d *Degenerate
		if errors.As(f.err, &d) {
			continue
		}
		for _, y := range f.years {
			x, out := before.Column(y, f.c), after.Column(y, f.c)
			for u, v := range out {
				if x[u] == x[u] && (v != v || math.IsInf(v, 0)) {
					out[u] = math.NaN()
					gone[f.c] = append(gone[f.c], r.result.Units[u]+r.at(y))
				}
			}
		}
	}
	for c, cells := range gone {
		if len(cells) == 0 {
			continue
		}
		code := r.result.Indicators[c]
		r.find(mizan.Finding{
			ID: "no-finite-value", Severity: mizan.Warn, Code: code,
		}.With(findNoFinite.Say("method", method(code), "verb", verb, "code", code, "units", listed(cells))))
	}
}

// listed names a few and counts the rest.
func listed(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
