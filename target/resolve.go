package target

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/spec"
)

// Check asks of a project what its figures can answer of its targets: that
// units, indicators' baselines and sources exist, and that names of models and
// thresholds do. Errors are mizan.Problems.
func Check(s *spec.Spec, units []mizan.Unit, origins []mizan.Origin) error {
	const otherwise = "or give an address with https://"
	_, problems := resolve(s)
	problems = append(problems, checkModels(s)...)
	var codes []string
	for _, u := range units {
		codes = append(codes, u.Code)
	}
	for i := range s.Targets {
		t := &s.Targets[i]
		if t.Unit != "" && !t.Outside && !slices.Contains(codes, t.Unit) {
			problems = append(problems, s.Problem("unknown-unit", s.TargetPath(i, "unit"), fmt.Sprintf("the project has no unit %q", t.Unit),
				hintUnit(t.Unit, units)))
		}
		problems = append(problems, s.CheckOrigin(s.TargetPath(i, "source"), t.Source, origins, otherwise)...)
		problems = append(problems, s.CheckOrigin(s.TargetPath(i, "baseline."+strconv.Itoa(t.Baseline.Year)+".source"), t.Baseline.Source, origins, otherwise)...)
		for _, f := range t.Observations {
			problems = append(problems, s.CheckOrigin(s.TargetPath(i, "observations."+strconv.Itoa(f.Year)+".source"), f.Source, origins, otherwise)...)
		}
		for _, f := range t.Target {
			problems = append(problems, s.CheckOrigin(s.TargetPath(i, "target."+strconv.Itoa(f.Year)+".source"), f.Source, origins, otherwise)...)
		}
	}
	for i, r := range s.Rates {
		problems = append(problems, s.CheckOrigin(fmt.Sprintf("rates.%d.source", i), r.Source, origins, otherwise)...)
	}
	return problems.OrNil()
}

// hintUnit suggests a unit by code or by name.
func hintUnit(code string, units []mizan.Unit) string {
	if near, ok := spec.SuggestUnit(code, units); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "name a unit of the project, or write `outside: true` if it is none"
}

// resolveTarget turns a record of the project into a track: figures of the
// indicator taken from the history, money converted, what is implied filled in.
func resolveTarget(s *spec.Spec, history *mizan.Panel, at int) (*Track, mizan.Problems) {
	r := &s.Targets[at]
	t := &Track{
		ID: r.ID, Unit: r.Unit, Alliance: r.Alliance, Title: r.Title, Promise: r.Group(), Reading: r.Reading,
		Indicator: r.Indicator, What: r.What, Measure: r.Measure, Kind: r.Kind, Currency: r.Currency, Prices: r.Prices,
		Direction: r.Direction, NaturalLimit: r.NaturalLimit, Body: r.Body, Theme: r.Theme, Source: r.Source, Place: r.Place, Note: r.Note,
	}
	t.Holder = holder(s, history, r)
	w := &resolver{spec: s, record: r, track: t, at: at}
	if r.Indicator != "" {
		w.indicator(history)
	} else {
		w.own()
	}
	w.ends()
	if len(w.problems) > 0 {
		return t, w.problems
	}
	w.latest()
	if t.Kind == spec.KindCumulative {
		t.From = r.From
		if t.From == 0 && t.Baseline != nil {
			t.From = t.Baseline.Year + 1
		}
	}
	return t, nil
}

// holder is the name of who promises.
func holder(s *spec.Spec, history *mizan.Panel, r *spec.Target) mizan.Text {
	if r.Alliance != "" {
		for _, a := range s.Alliances {
			if a.Code == r.Alliance && len(a.Name) > 0 {
				return a.Name
			}
		}
		return mizan.Text{"": r.Alliance}
	}
	if history != nil {
		if u := history.Unit(r.Unit); u >= 0 && len(history.Info[u].Name) > 0 {
			return history.Info[u].Name
		}
	}
	return mizan.Text{"": r.Unit}
}

type resolver struct {
	spec     *spec.Spec
	record   *spec.Target
	track    *Track
	at       int
	problems mizan.Problems
}

func (w *resolver) problem(id, key, cause, remedy string) {
	w.problems = append(w.problems, w.spec.Problem(id, w.spec.TargetPath(w.at, key), cause, remedy))
}

// indicator takes the series of an indicator from the history, and the latest
// figures of all units for reference.
func (w *resolver) indicator(history *mizan.Panel) {
	t := w.track
	for _, ind := range w.spec.Indicators {
		if ind.Code == t.Indicator {
			if len(t.What) == 0 {
				t.What = ind.Name
			}
			t.Measure = cmp.Or(t.Measure, ind.Measure)
		}
	}
	if len(t.What) == 0 {
		t.What = mizan.Text{"": t.Indicator}
	}
	if history == nil {
		return
	}
	c, u := history.Code(t.Indicator), history.Unit(t.Unit)
	if c < 0 || u < 0 {
		return
	}
	for y, year := range history.Years {
		if v := history.At(y, c, u); !math.IsNaN(v) {
			p := Point{Year: year, Value: mizan.Number(v)}
			if o := history.Cell(y, c, u).Origin; int(o) < len(history.Origins) {
				p.Source = history.Origins[o].Code
			}
			t.Series = append(t.Series, p)
		}
	}
	if len(t.Series) > 0 {
		last := t.Series[len(t.Series)-1].Year
		t.reference, t.referenceYear = latestOf(history, c, last), last
	}
}

// referenceSpan is how many years before the latest a figure of another unit
// may be from.
const referenceSpan = 5

// latestOf is the latest figure of every unit in a year or some years before.
func latestOf(history *mizan.Panel, c, year int) []float64 {
	col := make([]float64, len(history.Units))
	for u := range col {
		col[u] = math.NaN()
		for y, of := range history.Years {
			if v := history.At(y, c, u); of <= year && of >= year-referenceSpan && !math.IsNaN(v) {
				col[u] = v
			}
		}
	}
	return col
}

// own takes the figures of the record itself.
func (w *resolver) own() {
	t, r := w.track, w.record
	for _, f := range r.Observations {
		if f.Given() && f.Year != r.Baseline.Year {
			t.Series = append(t.Series, w.point("observation", f))
		}
	}
	switch f, ok := r.Observed(r.Baseline.Year); {
	case ok:
		t.Series = append(t.Series, w.point("baseline", f))
	case r.Multiple != 0 && r.Goal().Given() && r.Baseline.Year != 0:
		p := w.point("target", r.Goal())
		p.Year, p.Value, p.Implied = r.Baseline.Year, p.Value/mizan.Number(r.Multiple), true
		t.Conversions = nil // told with the target itself
		t.Series = append(t.Series, p)
	}
	slices.SortStableFunc(t.Series, func(a, b Point) int { return cmp.Compare(a.Year, b.Year) })
}

// ends finds the baseline in the series, and the value aimed at.
func (w *resolver) ends() {
	t, r := w.track, w.record
	for i := range t.Series {
		if t.Series[i].Year == r.Baseline.Year {
			t.Baseline = &t.Series[i]
		}
	}
	if r.Indicator != "" && r.Baseline.Year != 0 {
		w.baselineOfIndicator()
	}
	for i, f := range r.Target {
		if !f.Given() && t.Baseline != nil && r.Multiple != 0 {
			t.Goal = Point{Year: f.Year, Value: t.Baseline.Value * mizan.Number(r.Multiple), Implied: true}
			continue
		}
		p := w.point("target", f)
		if i < len(r.Target)-1 {
			t.Milestones = append(t.Milestones, p)
		} else {
			t.Goal = p
		}
	}
}

// baselineOfIndicator checks the baseline of a target on an indicator: its
// value is that of the project's data, and if the record states it too the two
// must agree.
func (w *resolver) baselineOfIndicator() {
	t, r := w.track, w.record
	if t.Baseline == nil && r.Baseline.Given() {
		t.Series = append(t.Series, w.point("baseline", r.Baseline))
		slices.SortStableFunc(t.Series, func(a, b Point) int { return cmp.Compare(a.Year, b.Year) })
		i := slices.IndexFunc(t.Series, func(p Point) bool { return p.Year == r.Baseline.Year })
		t.Baseline = &t.Series[i]
		return
	}
	if t.Baseline == nil {
		var years []string
		for _, p := range t.Series {
			years = append(years, strconv.Itoa(p.Year))
		}
		remedy := "give its value"
		if len(years) > 0 {
			remedy = "give its value, or take one of " + strings.Join(years, ", ")
		}
		w.problem("no-baseline", "baseline", fmt.Sprintf("%s has no figure of %s for %d", t.Indicator, t.Unit, r.Baseline.Year), remedy)
		return
	}
	if r.Baseline.Given() && r.Baseline.Value != float64(t.Baseline.Value) {
		w.problem("conflicting-figures", "baseline", fmt.Sprintf("the baseline is %s here and %s in the project's data", number(r.Baseline.Value), number(float64(t.Baseline.Value))),
			"leave the value out, or take `indicator` away")
	}
}

// point converts a figure of the record to the target's currency.
func (w *resolver) point(of string, f spec.TargetFigure) Point {
	t, r := w.track, w.record
	p := Point{Year: f.Year, Value: mizan.Number(f.Value), Source: cmp.Or(f.Source, r.Source), Note: f.Note}
	if f.Currency == "" || f.Currency == r.Currency {
		return p
	}
	on := f.RateDate
	if on == "" {
		on = r.RateDate
	}
	c, ok := w.spec.Convert(f.Currency, r.Currency, on)
	if !ok {
		w.problem("no-rate", "", fmt.Sprintf("there is no rate between %s and %s of %s", f.Currency, r.Currency, on), "add it under `rates`, with its source")
		return p
	}
	p.Value = mizan.Number(f.Value * c.Factor)
	if c.Inverse {
		p.Value = mizan.Number(f.Value / c.Rate.Rate)
	}
	t.Conversions = append(t.Conversions, Conversion{
		Of: of, Year: f.Year, Given: mizan.Number(f.Value), Currency: f.Currency, Converted: p.Value,
		From: c.Rate.From, To: c.Rate.To, Date: c.Rate.Date, Rate: mizan.Number(c.Rate.Rate), Inverse: c.Inverse, Source: c.Rate.Source,
	})
	return p
}

// latest finds the last figure after the baseline, and with it the state.
func (w *resolver) latest() {
	t := w.track
	if t.Baseline == nil {
		t.State = NoBaseline
		return
	}
	t.State = NoDataAfter
	for i := range t.Series {
		if p := &t.Series[i]; p.Year > t.Baseline.Year && p.Year <= t.Goal.Year {
			t.Latest = p
			t.State = Followed
			if p.Year == t.Goal.Year {
				t.State = Due
			}
		}
	}
}
