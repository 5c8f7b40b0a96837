package target

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// remark adds the findings of a target, with the place of what they are about.
func (t *Track) remark(s *spec.Spec, at int) {
	r := &s.Targets[at]
	add := func(id string, grade mizan.Severity, key, message, remedy string) {
		t.Findings = append(t.Findings, mizan.Finding{
			ID: id, Severity: grade, Unit: t.Unit, Code: t.ID, Message: message, Remedy: remedy,
			Place: s.Place(s.TargetPath(at, key)),
		})
	}
	t.remarkState(add)
	t.remarkValues(add)
	t.remarkMoney(r, add)
	if !t.Agree && len(t.Verdicts) > 0 {
		add("methods-disagree", mizan.Warn, "", "the methods disagree: "+t.sayings(), "say which method is meant when you call it on track or not")
	}
	if e := t.Ensemble; e != nil && e.Few {
		add("few-changes", mizan.Info, "observations", fmt.Sprintf("the paths are made of %s; how far changes spread is assumed, not measured", plural(e.Changes, "change")), "")
	}
}

type adder func(id string, grade mizan.Severity, key, message, remedy string)

func (t *Track) remarkState(add adder) {
	switch t.State {
	case NoBaseline:
		add("no-baseline", mizan.Info, "", "there is no baseline, so that neither path nor verdict can be given", "add `baseline` if the source has it")
	case NoDataAfter:
		add("no-data-after-baseline", mizan.Info, "baseline", fmt.Sprintf("nothing is known after the baseline of %d: the required path only, no verdict", t.Baseline.Year), "add what was observed since")
	}
	if t.Baseline != nil && t.Baseline.Implied {
		add("implied-baseline", mizan.Info, "multiple", fmt.Sprintf("the baseline of %s is implied by the target and the multiple, not stated", Words(float64(t.Baseline.Value))), "")
	}
	if t.Goal.Implied {
		add("implied-target", mizan.Info, "multiple", fmt.Sprintf("the target of %s is implied by the baseline and the multiple, not stated", Words(float64(t.Goal.Value))), "")
	}
}

func (t *Track) remarkValues(add adder) {
	if t.Baseline == nil {
		return
	}
	base, aim := float64(t.Baseline.Value), float64(t.aim.Value)
	if base == 0 {
		add("zero-baseline", mizan.Warn, "baseline", "the baseline is zero, from which no growth rate leads anywhere; methods of growth rates take 0.001 in its place",
			"take a later baseline, or judge by the linear methods")
	}
	if aim == 0 {
		add("zero-target", mizan.Warn, "target", "the target is zero, to which no growth rate leads; methods of growth rates take 0.001 in its place", "judge by the linear methods")
	}
	if base*aim < 0 {
		add("other-sign", mizan.Warn, "baseline", "baseline and target differ in sign, so that there is no growth rate and no verdict by one", "judge by the linear methods, or restate both as a ratio")
	}
	if t.reached(base) {
		word := "below"
		if t.Direction < 0 {
			word = "above"
		}
		add("target-behind-baseline", mizan.Warn, "target", fmt.Sprintf("the target is not beyond the baseline: it stands to keep it from falling %s", word), "check the values and the direction")
	}
	if t.Kind == spec.KindShare && t.NaturalLimit == nil {
		add("no-limit", mizan.Info, "kind", "a share without `natural_limit` has no logistic path", "add `natural_limit: 100` if it is a percentage")
	}
	if t.Sum != nil && math.IsNaN(float64(t.Sum.Growth)) {
		add("no-sum-path", mizan.Warn, "baseline", "no yearly growth of the baseline makes the total", "give the baseline as the flow of one year, above 0")
	}
	if t.Sum != nil {
		t.remarkGaps(add)
	}
}

// remarkGaps tells of years of a total that were not observed.
func (t *Track) remarkGaps(add adder) {
	var gaps []string
	for i := 1; i < len(t.Series); i++ {
		for y := t.Series[i-1].Year + 1; y < t.Series[i].Year; y++ {
			if y >= t.From && y <= t.Goal.Year {
				gaps = append(gaps, fmt.Sprint(y))
			}
		}
	}
	if len(gaps) > 0 {
		add("filled-years", mizan.Warn, "observations", "years of the total without a figure are put between their neighbours: "+strings.Join(gaps, ", "), "add the figures of these years")
	}
}

func (t *Track) remarkMoney(r *spec.Target, add adder) {
	for _, c := range t.Conversions {
		add("converted", mizan.Info, "currency", fmt.Sprintf("the %s of %d was converted: %s %s at %s %s = 1 %s of %s makes %s %s",
			c.Of, c.Year, Words(float64(c.Given)), c.Currency, number(float64(c.Rate)), c.To, c.From, c.Date, Words(float64(c.Converted)), t.Currency), "")
	}
	if r.Currency == "" {
		return
	}
	if r.Prices == "" {
		add("prices-not-stated", mizan.Info, "currency", "the price base is not stated, so that inflation may be part of the growth", "add `prices: current`, or of which year")
	}
	other := func(f spec.TargetFigure) bool { return f.Given() && f.Prices != "" && f.Prices != r.Prices }
	if other(r.Baseline) || slices.ContainsFunc(r.Observations, other) || slices.ContainsFunc(r.Target, other) {
		add("mixed-prices", mizan.Warn, "prices", "figures have different price bases, and none is converted", "give all figures at one price base")
	}
}

// sayings lists what the methods say.
func (t *Track) sayings() string {
	var parts []string
	for _, v := range t.Verdicts {
		if v.Grade != None && v.Grade != Distance {
			parts = append(parts, fmt.Sprintf("%s %s (%s)", v.Method, v.Says, figure(float64(v.Figure))))
		}
	}
	return strings.Join(parts, ", ")
}
