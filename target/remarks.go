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
	add := func(id string, grade mizan.Severity, key string, said mizan.Said) {
		t.Findings = append(t.Findings, mizan.Finding{
			ID: id, Severity: grade, Unit: t.Unit, Code: t.ID, Place: s.Place(s.TargetPath(at, key)),
		}.With(said))
	}
	t.remarkState(add)
	t.remarkValues(add)
	t.remarkMoney(r, add)
	if !t.Agree && len(t.Verdicts) > 0 {
		add("methods-disagree", mizan.Warn, "", sayDisagree.Say("verdicts", t.sayings()))
	}
	if e := t.Ensemble; e != nil && e.Few {
		said := sayFewChanges.Say("n", e.Changes)
		if e.Changes == 1 {
			said = sayOneChange.Say()
		}
		add("few-changes", mizan.Info, "observations", said)
	}
}

type adder func(id string, grade mizan.Severity, key string, said mizan.Said)

func (t *Track) remarkState(add adder) {
	switch t.State {
	case NoBaseline:
		add("no-baseline", mizan.Info, "", sayNoBaseline.Say())
	case NoDataAfter:
		add("no-data-after-baseline", mizan.Info, "baseline", sayNoDataAfter.Say("year", t.Baseline.Year))
	}
	if t.Baseline != nil && t.Baseline.Implied {
		add("implied-baseline", mizan.Info, "multiple", sayImpliedBase.Say("value", Words(float64(t.Baseline.Value))))
	}
	if t.Goal.Implied {
		add("implied-target", mizan.Info, "multiple", sayImpliedTarget.Say("value", Words(float64(t.Goal.Value))))
	}
}

func (t *Track) remarkValues(add adder) {
	if t.Baseline == nil {
		return
	}
	base, aim := float64(t.Baseline.Value), float64(t.aim.Value)
	if base == 0 {
		add("zero-baseline", mizan.Warn, "baseline", sayZeroBaseline.Say())
	}
	if aim == 0 {
		add("zero-target", mizan.Warn, "target", sayZeroTarget.Say())
	}
	if base*aim < 0 {
		add("other-sign", mizan.Warn, "baseline", sayOtherSign.Say())
	}
	if t.reached(base) {
		said := sayBehindBelow
		if t.Direction < 0 {
			said = sayBehindAbove
		}
		add("target-behind-baseline", mizan.Warn, "target", said.Say())
	}
	if t.Kind == spec.KindShare && t.NaturalLimit == nil {
		add("no-limit", mizan.Info, "kind", sayShareLimit.Say())
	}
	if t.Sum != nil && math.IsNaN(float64(t.Sum.Growth)) {
		add("no-sum-path", mizan.Warn, "baseline", sayNoSumPath.Say())
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
		add("filled-years", mizan.Warn, "observations", sayFilled.Say("years", strings.Join(gaps, ", ")))
	}
}

func (t *Track) remarkMoney(r *spec.Target, add adder) {
	for _, c := range t.Conversions {
		said := sayConverted
		switch c.Of {
		case "baseline":
			said = sayConvertedBase
		case "target":
			said = sayConvertedAim
		}
		add("converted", mizan.Info, "currency", said.Say("year", c.Year, "given", Words(float64(c.Given)), "currency", c.Currency, "rate", number(float64(c.Rate)),
			"to", c.To, "from", c.From, "date", c.Date, "converted", Words(float64(c.Converted)), "own", t.Currency))
	}
	if r.Currency == "" {
		return
	}
	if r.Prices == "" {
		add("prices-not-stated", mizan.Info, "currency", sayPrices.Say())
	}
	other := func(f spec.TargetFigure) bool { return f.Given() && f.Prices != "" && f.Prices != r.Prices }
	if other(r.Baseline) || slices.ContainsFunc(r.Observations, other) || slices.ContainsFunc(r.Target, other) {
		add("mixed-prices", mizan.Warn, "prices", sayMixedPrices.Say())
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
