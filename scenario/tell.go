package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// tell fills in what a scenario says and what figures it changes, at the middle
// of its assumptions, with what a reader must know.
func (c *compiled) tell(o *Outcome, s *stand, sc *script) {
	missing := mizan.Number(math.NaN())
	o.Assumptions, o.Edits = []Assumed{}, []Edited{}
	for i, a := range c.Assumptions {
		low, high := a.Distribution.Support()
		o.Assumptions = append(o.Assumptions, Assumed{
			ID: a.ID, Text: a.Text, Distribution: a.Distribution.String(), Source: a.Source,
			Low: mizan.Number(low), Middle: mizan.Number(c.middle[i]), High: mizan.Number(high), Correlation: missing, Drives: missing,
		})
	}
	for i := range c.Edits {
		e := &c.Edits[i]
		one := Edited{ID: c.EditID(i), Kind: e.Kind(), Text: e.Text, Says: c.says(i)}
		list, _ := e.Quantities()
		for _, q := range list {
			if q.Assumption != "" && !slices.Contains(one.Assumptions, q.Assumption) {
				one.Assumptions = append(one.Assumptions, q.Assumption)
			}
		}
		one.Dependence = sc.sharesOf(i)
		o.Edits = append(o.Edits, one)
	}
	for _, l := range c.Links {
		one := Linked{Text: l.Text, Source: l.Source, Assumption: l.Elasticity.Assumption}
		said := linkSentence(l.Inverse, l.Lag > 0).Say("code", l.From, "share", c.quantity(l.Elasticity), "with", l.To, "lag", l.Lag)
		one.Says, one.Said = said.Text, said.Saying
		o.Links = append(o.Links, one)
	}
	before := s.Result.Panel()
	after := sc.apply(before, c.middle, true)
	edited, hidden := map[int]bool{}, false
	for _, ch := range sc.steps {
		for _, at := range ch.cells {
			edited[at] = true
		}
	}
	units, codes := len(before.Units), len(before.Codes)
	if after != before {
		for at, v := range before.Values {
			if w := after.Values[at]; v != w && (v == v || w == w) {
				if c.st.o.Hidden[before.Codes[at/units%codes]] {
					hidden = true
					continue
				}
				o.Figures = append(o.Figures, FigureNow{
					Unit: before.Units[at%units], Indicator: before.Codes[at/units%codes], Year: before.Years[at/units/codes],
					Before: mizan.Number(v), After: mizan.Number(w), Link: !edited[at],
				})
			}
		}
	}
	o.Findings = append(o.Findings, sc.findings...)
	c.idleLinks(o, before, after)
	if len(c.Edits) > 0 && len(o.Figures) == 0 && !hidden && !slices.ContainsFunc(c.Edits, func(e spec.ScenarioEdit) bool {
		return e.Kind() == spec.EditProject || e.Kind() == spec.EditMembership
	}) {
		o.Findings = append(o.Findings, mizan.Finding{
			ID: "nothing-changes", Severity: mizan.Warn,
		}.With(sayUnchanged.Say()))
	}
	if method := c.st.o.Baseline.Spec.Build.Weights.Method; method != "declared" && method != "equal" && after != before {
		o.Findings = append(o.Findings, mizan.Finding{
			ID: "weights-held", Severity: mizan.Info,
		}.With(sayWeightsHeld.Say("method", method)))
	}
}

// linkSentence is what a link says.
func linkSentence(inverse, later bool) mizan.Sentence {
	switch {
	case inverse && later:
		return sayLagLess
	case later:
		return sayLag
	case inverse:
		return sayLinkLess
	}
	return sayLink
}

// idleLinks tells of links from indicators that do not change.
func (c *compiled) idleLinks(o *Outcome, before, after *mizan.Panel) {
	for _, l := range c.Links {
		from := before.Code(l.From)
		changed := false
		for y := range before.Years {
			changed = changed || from >= 0 && !slices.EqualFunc(before.Column(y, from), after.Column(y, from), func(a, b float64) bool { return a == b || a != a && b != b })
		}
		if !changed {
			o.Findings = append(o.Findings, mizan.Finding{
				ID: "idle-link", Severity: mizan.Warn, Code: l.From,
			}.With(sayIdle.Say("code", l.From, "with", l.To)))
		}
	}
}

// sharesOf lists the dependences that tables gave for an edit.
func (w *script) sharesOf(edit int) []Share {
	var list []Share
	for _, ch := range w.steps {
		if ch.edit != edit || ch.share == nil {
			continue
		}
		for k, at := range ch.cells {
			unit := w.panel.Units[at%len(w.panel.Units)]
			if !slices.ContainsFunc(list, func(s Share) bool { return s.Unit == unit }) {
				list = append(list, Share{unit, mizan.Number(ch.share[k])})
			}
		}
	}
	return list
}

// quantity says a number, or the assumption that gives it.
func (c *compiled) quantity(q spec.Quantity) string {
	if q.Assumption == "" {
		return figure(q.Number)
	}
	return q.Assumption
}

// says is an edit in words, with assumptions by their IDs.
func (c *compiled) says(i int) string {
	e := &c.Edits[i]
	who := strings.Join(e.Units, ", ")
	if e.Alliance != "" {
		who = "the members of " + e.Alliance
	}
	what := strings.Join(slices.Concat(e.Indicators, e.Nodes), ", ") + " of " + who
	if len(e.Years) > 0 {
		what += " in " + strings.Trim(fmt.Sprint(e.Years), "[]")
	}
	switch e.Kind() {
	case spec.EditProject:
		if e.Edit.Remove != "" {
			return "without " + e.Edit.Remove
		}
		return e.Edit.String()
	case spec.EditMembership:
		switch {
		case e.Join != "":
			return who + " joins " + e.Join
		case e.Leave != "":
			return who + " leaves " + e.Leave
		}
		return e.Unite + " acts as one unit"
	case spec.EditLoss:
		return what + " × " + c.left(e)
	}
	switch e.Op {
	case spec.OpSet:
		return what + " = " + c.quantity(e.Value)
	case spec.OpScale:
		return what + " × " + c.quantity(e.Value)
	}
	return what + " + " + c.quantity(e.Value)
}

// left says what a loss leaves.
func (c *compiled) left(e *spec.ScenarioEdit) string {
	var share string
	switch {
	case e.Supply != "":
		share = "share from " + strings.Join(slices.Concat(e.Suppliers, e.Homes), ", ") + " in " + e.Supply
	case e.Ties != "":
		with := e.With
		if e.Partners != "" {
			with = append(slices.Clone(with), e.Partners)
		}
		share = "share with " + strings.Join(with, ", ") + " in " + e.Ties
	default:
		share = c.quantity(*e.Dependence)
	}
	if e.Exposure != nil {
		share += " × " + c.quantity(*e.Exposure)
	}
	for _, q := range []*spec.Quantity{e.Substitution, e.Rerouting} {
		if q != nil {
			share += " × (1 − " + c.quantity(*q) + ")"
		}
	}
	if e.Elasticity != nil {
		return "(1 − " + share + ")^" + c.quantity(*e.Elasticity)
	}
	return "(1 − " + share + ")"
}
