package spec

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

func sortFigures(fs []TargetFigure) {
	slices.SortStableFunc(fs, func(a, b TargetFigure) int { return cmp.Compare(a.Year, b.Year) })
}

// targets checks what can be known of targets without the figures of the
// project: who promises, the order of years, limits, and that every figure in
// another currency has its rate.
func (c *checker) targets() {
	seen := map[string]int{}
	var alliances []string
	for _, a := range c.spec.Alliances {
		alliances = append(alliances, a.Code)
	}
	for i := range c.spec.Targets {
		t := &targetCheck{checker: c, Target: &c.spec.Targets[i], index: i}
		if first, twice := seen[t.ID]; twice && t.ID != "" {
			t.fault("duplicate-code", "id", "the target "+quote(t.ID)+" is given twice"+lineOf(c.elementPlace("targets", first)), "give one of them another id")
		} else {
			seen[t.ID] = i
		}
		t.holder(alliances)
		t.subject()
		t.dates()
		t.values()
		t.money()
	}
}

type targetCheck struct {
	*checker
	*Target
	index int
}

// at is the tree of the target.
func (t *targetCheck) at() *node {
	return follow(t.doc.root, []hop{keyHop("targets"), itemHop(t.index)})
}

// given reports whether the target has a key.
func (t *targetCheck) given(key string) bool {
	n := t.at()
	return n.kind == mapping && n.find(key) >= 0
}

// fault reports a problem at a key of the target, and below it at further
// keys, as far as they stand.
func (t *targetCheck) fault(id, path, cause, remedy string) {
	n, place := t.at(), t.at().at
	for _, key := range strings.Split(path, ".") {
		if n.kind != mapping || n.find(key) < 0 {
			break
		}
		e := n.entries[n.find(key)]
		n, place = e.value, e.at
	}
	whole := "targets." + strconv.Itoa(t.index)
	if path != "" {
		whole += "." + path
	}
	t.report(id, whole, place, cause, remedy)
}

func (t *targetCheck) holder(alliances []string) {
	switch {
	case t.given("unit") && t.given("alliance"):
		t.fault("bad-target", "alliance", "the target names both a unit and an alliance", "name one of them")
	case !t.given("unit") && !t.given("alliance"):
		t.fault("bad-target", "", "the target does not say who promises", "add `unit:` with the code of a unit, or `alliance:`")
	case t.Alliance != "" && !slices.Contains(alliances, t.Alliance):
		t.fault("unknown-alliance", "alliance", "there is no alliance "+quote(t.Alliance), t.hint(t.Alliance, alliances, "declare it under `alliances`"))
	case t.Alliance != "" && t.Outside:
		t.fault("bad-target", "outside", "`outside` is for units, not for alliances", "take it away")
	}
}

// subject checks what is measured.
func (t *targetCheck) subject() {
	switch {
	case t.Indicator != "" && len(t.codes) > 0 && !t.known[t.Indicator]:
		t.fault("unknown-indicator", "indicator", "there is no indicator "+quote(t.Indicator), t.nearest(t.Indicator))
	case t.Indicator != "" && t.given("observations"):
		t.fault("bad-target", "observations", "the target has observations of its own and an indicator of the project", "keep one of them, or add the figures to the project's data")
	case t.Indicator != "" && (t.Alliance != "" || t.Outside):
		t.fault("bad-target", "indicator", "the project has figures of its own units only, and not of "+quote(t.Unit+t.Alliance), "give the figures under `observations`")
	case t.From != 0 && t.Kind != KindCumulative && t.Kind != "":
		t.fault("bad-target", "from", "`from` stands at a target that is no sum over years", "write `kind: cumulative`, or take it away")
	}
}

// dates checks the order of years.
func (t *targetCheck) dates() {
	goal, base := t.Goal(), t.Baseline
	if goal.Year == 0 || base.Year == 0 {
		return
	}
	for _, f := range t.Target.Target {
		if f.Year <= base.Year {
			t.fault("target-before-baseline", "target."+strconv.Itoa(f.Year), fmt.Sprintf("the target is of %d, not after the baseline of %d", f.Year, base.Year),
				"swap them, or correct the years")
			return
		}
	}
	switch {
	case t.Kind == KindCumulative && t.From > goal.Year:
		t.fault("bad-target", "from", fmt.Sprintf("the sum begins in %d, after the target of %d", t.From, goal.Year), "begin in that year or before")
	case t.Kind == KindCumulative && t.From != 0 && t.From <= base.Year:
		t.fault("bad-target", "from", fmt.Sprintf("the sum begins in %d, not after the baseline of %d", t.From, base.Year), "begin after the baseline, or give an earlier one")
	}
	for _, f := range t.Observations {
		if f.Year == base.Year && base.Given() && f.Given() && (f.Value != base.Value || f.Currency != base.Currency) {
			t.fault("conflicting-figures", "observations."+strconv.Itoa(f.Year), fmt.Sprintf("the figure of %d is %s here and %s as the baseline", f.Year, show(f.Value), show(base.Value)), "keep one of them")
		}
	}
}

// values checks limits, and that the value aimed at is given or follows.
func (t *targetCheck) values() {
	goal, base := t.Goal(), t.Baseline
	switch {
	case t.Multiple == 1:
		t.fault("bad-target", "multiple", "the target is once the baseline", "say how many times the baseline the target is")
	case t.Multiple != 0 && goal.Given() && base.Given():
		t.fault("bad-target", "multiple", "the multiple is given beside both values", "leave out one of the three")
	case t.Multiple != 0 && !goal.Given() && !base.Given() && t.Indicator == "":
		t.fault("bad-target", "multiple", "neither the baseline nor the target has a value", "give one of them; the other follows from `multiple`")
	case t.Multiple != 0 && base.Year == 0:
		t.fault("bad-target", "multiple", "the multiple is of a baseline that has no year", "add `baseline:` with its year")
	case t.Multiple == 0 && goal.Year != 0 && !goal.Given():
		t.fault("bad-target", "target", fmt.Sprintf("the target of %d has no value", goal.Year), fmt.Sprintf("write {%d: VALUE}, or add `multiple:`", goal.Year))
	case t.Multiple == 0 && base.Year != 0 && !base.Given() && t.Indicator == "" && !t.observed(base.Year):
		t.fault("bad-target", "baseline", fmt.Sprintf("the baseline of %d has no value", base.Year), fmt.Sprintf("write {%d: VALUE}, or name the `indicator` that has it", base.Year))
	}
	if t.NaturalLimit == nil {
		return
	}
	limit := *t.NaturalLimit
	beyond := func(v float64) bool {
		if t.Direction < 0 {
			return v < limit
		}
		return v > limit
	}
	t.each(func(path string, f TargetFigure) {
		if f.Given() && f.Currency == "" && beyond(f.Value) {
			t.fault("beyond-limit", path, fmt.Sprintf("%s is beyond the natural limit of %s", show(f.Value), show(limit)), "correct the value, the direction or `natural_limit`")
		}
	})
}

func (t *targetCheck) observed(year int) bool {
	return slices.ContainsFunc(t.Observations, func(f TargetFigure) bool { return f.Year == year && f.Given() })
}

// each visits all figures of the target with their paths.
func (t *targetCheck) each(visit func(path string, f TargetFigure)) {
	visit("baseline."+strconv.Itoa(t.Baseline.Year), t.Baseline)
	for _, f := range t.Observations {
		visit("observations."+strconv.Itoa(f.Year), f)
	}
	for _, f := range t.Target.Target {
		visit("target."+strconv.Itoa(f.Year), f)
	}
}

// money checks that every figure in another currency than the target's has a
// rate of a stated date.
func (t *targetCheck) money() {
	t.each(func(path string, f TargetFigure) {
		if f.Currency == "" || f.Currency == t.Currency {
			return
		}
		switch on := Date(or(string(f.RateDate), string(t.RateDate))); {
		case t.Currency == "" && t.given("currency"):
		case t.Currency == "":
			t.fault("no-currency", path, "the figure is in "+f.Currency+" and the target has no currency", "add `currency:` to the target")
		case on == "":
			t.fault("no-rate-date", path, fmt.Sprintf("%s is converted to %s, and no date of the rate is given", f.Currency, t.Currency),
				"add `rate_date:`"+datesRemedy(t.spec.datesBetween(f.Currency, t.Currency)))
		default:
			if _, ok := t.spec.Convert(f.Currency, t.Currency, on); !ok {
				t.fault("no-rate", path, fmt.Sprintf("there is no rate between %s and %s of %s", f.Currency, t.Currency, on),
					"add it under `rates`, with its source"+datesRemedy(t.spec.datesBetween(f.Currency, t.Currency)))
			}
		}
	})
}

func datesRemedy(dates []string) string {
	if len(dates) == 0 {
		return ""
	}
	return "; there are rates of " + strings.Join(dates, ", ")
}

// Observed finds the figure of a year among baseline and observations.
func (t *Target) Observed(year int) (TargetFigure, bool) {
	if t.Baseline.Year == year && t.Baseline.Given() {
		return t.Baseline, true
	}
	for _, f := range t.Observations {
		if f.Year == year && f.Given() {
			return f, true
		}
	}
	return TargetFigure{Value: math.NaN()}, false
}

// TargetPath is the path of a key of a target, for Spec.Place and Problem.
func (s *Spec) TargetPath(i int, key string) string {
	return strings.TrimSuffix("targets."+strconv.Itoa(i)+"."+key, ".")
}
