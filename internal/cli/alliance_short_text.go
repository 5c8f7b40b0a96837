package cli

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/alliance"
	"mizan/engine"
	"mizan/spec"
)

// allianceShort prints one alliance on one screen: how it stands and how sure
// that is, who brings what, and what must be read with it.
func (w *printer) allianceShort(r *engine.Report, d *alliance.Detail, lang string) {
	l := newLabels(r, lang)
	w.allianceHead(r, l, d, lang)
	w.allianceShares(l, d)
	w.allianceOthersShort(l, d)
	w.alliancePillars(l, d)
	w.allianceSupplied(l, d)
	fmt.Fprintf(w, "\n%s\n", w.bold("Read with it"))
	w.findingsShort(l, d)
	w.figuresShort(r, l, d, lang)
	w.wrap("  - ", togetherOnly)
	fmt.Fprintf(w, "\n`--full` tells all: every score with its interval, the value of each member, every figure.\n")
}

// allianceHead says how an alliance stands and how sure that is.
func (w *printer) allianceHead(r *engine.Report, l *labels, d *alliance.Detail, lang string) {
	w.head(r, lang, d.Year)
	top := d.Scores[len(d.Scores)-1]
	fmt.Fprintf(w, "\n%s as one: %s\n", w.bold(l.allianceName(&d.Group, d.Members, lang)), l.standing(top))
	if i := d.Interval; i != nil && i.Draws > 0 {
		text := fmt.Sprintf("How sure: in 90 %% of %s draws of what might have been chosen otherwise %s points, rank %s", grouped(i.Draws), l.range90(&i.Score), ranks90(&i.Rank))
		if top.Leader != "" {
			text += fmt.Sprintf(", %s %s; ahead of it in %s of all", l.gap90(&i.Gap), l.unitOf(top.Leader), shareOf(i.Passes))
		}
		w.wrap("", text+".")
	}
	if len(d.Members) > 1 && !math.IsNaN(float64(top.Gain)) {
		fmt.Fprintf(w, "Best member: %s with %s, rank %d; together %s.\n", l.unitOf(top.Best), l.score(top.BestScore), top.BestRank, l.moreOrLess(top.Gain))
	}
	w.wrap("", fmt.Sprintf("Pooled: %s%s.", l.unitList(d.Members), asOf(d.Day)))
}

// gap90 says in words in which range 90 % of the gaps lie: "4.90 to 10.20
// behind".
func (l *labels) gap90(s *alliance.Spread) string {
	switch {
	case s.High < 0:
		return l.score(-s.High) + " to " + l.score(-s.Low) + " behind"
	case s.Low >= 0:
		return l.score(s.Low) + " to " + l.score(s.High) + " ahead of"
	}
	return l.score(-s.Low) + " behind to " + l.score(s.High) + " ahead of"
}

// sharesListed is how many members are named with what they add.
const sharesListed = 5

// allianceShares names who adds most.
func (w *printer) allianceShares(l *labels, d *alliance.Detail) {
	if len(d.Members) < 2 {
		return
	}
	c := &d.Contributions[0]
	list := slices.Clone(c.Members)
	slices.SortStableFunc(list, func(a, b alliance.Contribution) int { return cmp.Compare(b.Shapley.Value, a.Shapley.Value) })
	var parts []string
	rest := 0.0
	for i, m := range list {
		if i >= sharesListed {
			rest += m.Shapley.Value
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %s (%s)", l.unitOf(m.Unit), fixed(m.Shapley.Value, l.digits), percentOf(m.Shapley.Value/float64(c.Total))))
	}
	if n := len(list) - sharesListed; n > 0 {
		parts = append(parts, fmt.Sprintf("%s %s (%s)", plural(n, "other"), fixed(rest, l.digits), percentOf(rest/float64(c.Total))))
	}
	how := ""
	if !c.Exact {
		how = ", estimated"
	}
	w.wrap("", "Each adds, in points on average over all orders of joining (Shapley value"+how+"): "+strings.Join(parts, ", ")+".")
}

// statusNames are the statuses of several members in words.
var statusNames = map[string]string{
	spec.StatusMember: "members", spec.StatusPartner: "partners", spec.StatusInvited: "those invited", spec.StatusDisputed: "disputed members",
}

// allianceOthersShort tells of the standing with more members counted.
func (w *printer) allianceOthersShort(l *labels, d *alliance.Detail) {
	var parts []string
	for _, b := range d.Otherwise {
		if b.Rank == 0 {
			continue
		}
		status := b.Statuses[len(b.Statuses)-1]
		parts = append(parts, fmt.Sprintf("with %s %s, rank %d of %d", statusNames[status], l.score(b.Score), b.Rank, b.Of))
	}
	if len(parts) > 0 {
		w.wrap("", "Counted otherwise: "+strings.Join(parts, "; ")+".")
	}
}

// alliancePillars sets the members beside one another in every pillar, with the
// distance from the leader.
func (w *printer) alliancePillars(l *labels, d *alliance.Detail) {
	at := map[string]alliance.Score{}
	for _, s := range d.Scores {
		at[s.Code] = s
	}
	c := d.Complement
	const most = 5
	beside := len(c.Members) > 1 && len(c.Members) <= most
	heads := []string{"", ">score", ">rank", ">gap", "to"}
	if beside {
		for _, m := range c.Members {
			heads = append(heads, ">"+m)
		}
	}
	if len(c.Members) > 1 {
		heads = append(heads, "strong")
		fmt.Fprintf(w, "\n%s\n", w.bold(fmt.Sprintf("Who has what the others lack (strong: among the first %d of all units)", c.Strong)))
	} else {
		fmt.Fprintf(w, "\n%s\n", w.bold("By pillar"))
	}
	t := newTable(heads...)
	for _, p := range c.Pillars {
		s := at[p.Code]
		row := []string{l.codeOf(p.Code), l.score(s.Score), rankOf(mizan.Number(orNaN(s.Rank)), s.Of), l.score(s.Gap), s.Leader}
		if beside {
			for _, v := range p.Scores {
				row = append(row, l.score(v))
			}
		}
		if len(c.Members) > 1 {
			row = append(row, l.strongShort(p))
		}
		t.add(row...)
	}
	t.write(w, w.style, "  ")
	if len(c.Members) < 2 {
		return
	}
	var parts []string
	for _, m := range c.Members {
		if codes := alliance.Alone(c.Indicators, m); len(codes) > 0 {
			parts = append(parts, fmt.Sprintf("%s in %d (%s)", l.unitOf(m), len(codes), l.someCodes(codes)))
		}
	}
	if len(parts) > 0 {
		w.wrap("  ", fmt.Sprintf("Alone strong, of %s: %s.", plural(len(c.Indicators), "indicator"), strings.Join(parts, "; ")))
	}
}

// strongShort says who is strong in a pillar, by codes where they are many.
func (l *labels) strongShort(p alliance.Profile) string {
	const most = 3
	if len(p.Strong) > most {
		return fmt.Sprintf("%s and %d others", strings.Join(p.Strong[:most], ", "), len(p.Strong)-most)
	}
	return l.strong(p)
}

// codesListed is how many codes are named of a list on one screen.
const codesListed = 3

// someCodes names the first codes of a list.
func (l *labels) someCodes(codes []string) string {
	var names []string
	for _, code := range codes[:min(codesListed, len(codes))] {
		names = append(names, l.codeOf(code))
	}
	if n := len(codes) - codesListed; n > 0 {
		names = append(names, plural(n, "other"))
	}
	return strings.Join(names, ", ")
}

// allianceSupplied tells on whose supply the members depend, by the value
// functions of supply.
func (w *printer) allianceSupplied(l *labels, d *alliance.Detail) {
	for i := range d.Contributions {
		c := &d.Contributions[i]
		if c.Supply == "" {
			continue
		}
		text := fmt.Sprintf("%s: %s %% is %s", c.Game, fixed(float64(c.Total), 0), strings.ReplaceAll(c.Summary, ", in per cent,", ""))
		if len(d.Members) > 1 && len(d.Members) <= sharesListed {
			var alone []string
			for _, m := range c.Members {
				alone = append(alone, fmt.Sprintf("%s %s %%", l.unitOf(m.Unit), fixed(float64(m.Alone), 0)))
			}
			text += "; alone: " + strings.Join(alone, ", ")
		}
		fmt.Fprintln(w)
		w.wrap("", strings.ToUpper(text[:1])+text[1:]+".")
	}
}

// findingsShort prints what a reader must know, lists of more than a few cut.
func (w *printer) findingsShort(l *labels, d *alliance.Detail) {
	supply := map[string]string{}
	for _, f := range d.Findings {
		text := f.Message
		if f.Code != "" { // of a table of supply, of which all is said in one
			text = strings.TrimPrefix(text, "the table of supply "+f.Code+": ")
		}
		if len(f.Codes) > 0 {
			text += ": " + l.someCodes(f.Codes)
		}
		if n := len(f.Units); n > 0 {
			names := make([]string, n)
			for i, unit := range f.Units {
				names[i] = l.unitOf(unit)
			}
			text += ": " + strings.Join(names, ", ")
		}
		switch {
		case f.Code == "":
			w.wrap("  - ", clean(text)+".")
		case supply[f.Code] == "":
			supply[f.Code] = "the table of supply " + f.Code + ": " + text
		default:
			supply[f.Code] += "; " + text
		}
	}
	for _, code := range slices.Sorted(maps.Keys(supply)) {
		w.wrap("  - ", clean(supply[code])+".")
	}
	w.membershipNotes(l, d)
}

// figuresShort tells of the figures that stand in for others, with what is known
// against them.
func (w *printer) figuresShort(r *engine.Report, l *labels, d *alliance.Detail, lang string) {
	for _, f := range d.Pooled {
		if f.Plain() {
			continue
		}
		about, measure := "", ""
		for _, ind := range r.Indicators {
			if ind.Code == f.Code {
				about, measure = ind.Description.In(lang), ind.Measure
			}
		}
		text := fmt.Sprintf("%s, %s%s. %s", l.codeOf(f.Code), strings.TrimSpace(short(float64(f.Raw))+" "+measure), standsIn(f, d.Year), about)
		w.wrap("  - ", strings.TrimSpace(text))
	}
}

// standsIn says from which years the figures are that are not plainly observed.
func standsIn(f alliance.Pooled, year int) string {
	text := yearsFrom(f)
	for _, s := range f.Statuses {
		if s.Status == mizan.StandIn.String() {
			text = strings.Replace(text, fmt.Sprintf(", %d %s", s.Count, s.Status), fmt.Sprintf(", %d standing in for %d", s.Count, year), 1)
		}
	}
	return strings.Replace(text, mizan.StructuralZero.String(), "zero because there is none", 1)
}
