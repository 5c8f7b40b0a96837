package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mizan/alliance"
)

// allianceContributions prints what each member adds, by every value function
// of the whole.
func (w *printer) allianceContributions(l *labels, d *alliance.Detail) {
	if len(d.Members) < 2 {
		return
	}
	score := &d.Contributions[0]
	var others []*alliance.Contributions
	for i := range d.Contributions[1:] {
		if c := &d.Contributions[i+1]; c.Declared {
			others = append(others, c)
		}
	}
	how := "exact"
	if !score.Exact {
		how = fmt.Sprintf("estimated from %d random circles of members, with standard errors", score.Circles)
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("What each member adds (Shapley values, "+how+")"))
	heads := []string{"", ">points"}
	if !score.Exact {
		heads = append(heads, ">±")
	}
	heads = append(heads, ">share", ">alone", ">if it left", ">redundant")
	for _, c := range others {
		heads = append(heads, ">"+gameName(c))
	}
	t := newTable(heads...)
	order := make([]int, len(d.Members))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(score.Members[b].Shapley.Value, score.Members[a].Shapley.Value)
	})
	for _, i := range order {
		m := score.Members[i]
		row := []string{l.unitOf(m.Unit), fixed(m.Shapley.Value, l.digits)}
		if !score.Exact {
			row = append(row, fixed(m.Shapley.StandardError, l.digits))
		}
		redundant := noValue
		if m.Redundancy == m.Redundancy {
			redundant = fixed(100*float64(m.Redundancy), 0) + " %"
		}
		row = append(row, percentOf(m.Shapley.Value/float64(score.Total)), l.score(m.Alone), l.score(-m.Loss), redundant)
		for _, c := range others {
			row = append(row, fixed(c.Members[i].Shapley.Value, l.digits))
		}
		t.add(row...)
	}
	total := []string{"together", fixed(float64(score.Total), l.digits)}
	if !score.Exact {
		total = append(total, "")
	}
	total = append(total, "", "", "", "")
	legend := "points: of the pooled score; redundant: the share of what a member has alone that the others have already"
	for _, c := range others {
		total = append(total, fixed(float64(c.Total), l.digits))
		legend += "; " + gameName(c) + ": of " + c.Summary
	}
	t.add(total...)
	t.write(w, w.style, "  ")
	w.wrap("  ", legend+".")
}

// gameName names a value function in a column.
func gameName(c *alliance.Contributions) string {
	return strings.TrimSpace(c.Game + " " + c.Supply)
}

// alliancePivot says whose leaving would cost the place.
func (w *printer) alliancePivot(l *labels, d *alliance.Detail) {
	p := d.Pivot
	if p == nil || len(d.Members) < 2 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold(fmt.Sprintf("Who decides that it passes %s (%s)", l.unitOf(p.Passed), l.score(p.Score))))
	switch {
	case len(p.Critical) == 0:
		fmt.Fprintf(w, "  No single member is needed.\n")
	case len(p.Critical) == 1:
		w.wrap("  ", l.unitOf(p.Critical[0])+" is needed: without it the others do not.")
	default:
		w.wrap("  ", "Needed are "+l.unitList(p.Critical)+": without any one of them the others do not.")
	}
	if len(p.Alone) > 0 {
		w.wrap("  ", l.unitList(p.Alone)+" would by "+plainOne(len(p.Alone), "itself", "themselves")+".")
	}
	var power []string
	for _, m := range p.Power.Members {
		if m.Shapley.Value >= 0.005 {
			power = append(power, fmt.Sprintf("%s %s / %s", l.unitOf(m.Unit), percentOf(m.Shapley.Value), percentOf(m.Banzhaf.Value)))
		}
	}
	if len(power) > 0 && len(power) < 12 {
		w.wrap("  ", "Power to decide (Shapley-Shubik / Banzhaf): "+strings.Join(power, ", ")+".")
	}
}

func plainOne(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}

// allianceComplement prints the members beside one another, and who alone is
// strong in what.
func (w *printer) allianceComplement(l *labels, d *alliance.Detail) {
	c := d.Complement
	if len(d.Members) < 2 {
		return
	}
	const most = 10
	fmt.Fprintf(w, "\n%s\n", w.bold(fmt.Sprintf("Who has what the others lack (strong: among the first %d units)", c.Strong)))
	heads := []string{"", ">pooled"}
	if len(c.Members) <= most {
		for _, m := range c.Members {
			heads = append(heads, ">"+m)
		}
	}
	t := newTable(append(heads, "strong")...)
	for _, p := range c.Pillars {
		row := []string{l.codeOf(p.Code), l.score(p.Pooled)}
		if len(c.Members) <= most {
			for _, s := range p.Scores {
				row = append(row, l.score(s))
			}
		}
		t.add(append(row, l.strong(p))...)
	}
	t.write(w, w.style, "  ")
	for _, m := range c.Members {
		if codes := alliance.Alone(c.Indicators, m); len(codes) > 0 {
			names := make([]string, len(codes))
			for i, code := range codes {
				names[i] = l.codeOf(code)
			}
			w.wrap("  ", fmt.Sprintf("%s alone is strong in %s: %s.", l.unitOf(m), plural(len(codes), "indicator"), strings.Join(names, "; ")))
		}
	}
}

// strong says who is strong in a pillar.
func (l *labels) strong(p alliance.Profile) string {
	switch len(p.Strong) {
	case 0:
		return "nobody: the gap remains"
	case 1:
		return l.unitOf(p.Strong[0]) + " alone"
	}
	return l.unitList(p.Strong)
}
