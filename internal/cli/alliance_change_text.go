package cli

import (
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/alliance"
	"mizan/engine"
)

// change prints what becomes of an alliance.
func (w *printer) change(r *engine.Report, c *alliance.Change, lang string) {
	l := newLabels(r, lang)
	w.head(r, lang, c.Year)
	what := ""
	if len(c.Added) > 0 {
		what = "with " + l.unitList(c.Added)
	}
	if len(c.Removed) > 0 {
		if what != "" {
			what += " and "
		}
		what += "without " + l.unitList(c.Removed)
	}
	name := c.Before.Name.In(lang)
	if name == "" {
		name = l.unitList(c.Before.Members)
	}
	fmt.Fprintf(w, "\n%s %s\n", w.bold(name), what)
	w.wrap("  ", fmt.Sprintf("before: %s", l.briefly(c.Before)))
	w.wrap("  ", fmt.Sprintf("after:  %s", l.briefly(c.After)))
	difference := c.After.Score - c.Before.Score
	text := fmt.Sprintf("difference: %s points", signed(float64(difference), l.digits))
	if c.Difference != nil {
		text += fmt.Sprintf("; over %d draws %s to %s (90 %%), more in %s of them, a better rank in %s", c.After.Interval.Draws,
			signed(float64(c.Difference.Low), l.digits), signed(float64(c.Difference.High), l.digits), shareOf(float64(c.Better)), shareOf(float64(c.Ahead)))
	}
	w.wrap("  ", text+".")
	fmt.Fprintf(w, "\n%s\n", w.bold("Where"))
	t := newTable("", ">before", ">after", ">difference", ">rank", ">then")
	at := map[string]alliance.NodeChange{}
	for _, n := range c.Nodes {
		at[n.Code] = n
	}
	var down func(code, indent string)
	down = func(code, indent string) {
		n := r.Node(code)
		if n.Level == 1 {
			return
		}
		x := at[code]
		t.add(indent+l.codeOf(code), l.score(x.Before), l.score(x.After), signed(float64(x.Difference), l.digits), orNone(x.RankBefore), orNone(x.RankAfter))
		for _, child := range n.Children {
			down(child, indent+"  ")
		}
	}
	down(r.Top(), "")
	t.write(w, w.style, "  ")
	fmt.Fprintf(w, "\n%s\n", w.bold("The indicators that change most"))
	w.changedMost(r, l, c)
}

// changedMost prints the indicators by what their change is worth to the whole.
func (w *printer) changedMost(r *engine.Report, l *labels, c *alliance.Change) {
	const most = 8
	worth := func(n alliance.NodeChange) float64 {
		return math.Abs(float64(n.Difference)) * r.Node(n.Code).Effective
	}
	var list []alliance.NodeChange
	for _, n := range c.Nodes {
		if r.Node(n.Code).Level == 1 && worth(n) > 0 {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b alliance.NodeChange) int {
		switch {
		case worth(a) > worth(b):
			return -1
		case worth(a) < worth(b):
			return 1
		}
		return 0
	})
	t := newTable("", ">before", ">after", ">difference", ">weight")
	for _, n := range list[:min(most, len(list))] {
		t.add(l.codeOf(n.Code), l.score(n.Before), l.score(n.After), signed(float64(n.Difference), l.digits), percentOf(r.Node(n.Code).Effective))
	}
	t.write(w, w.style, "  ")
}

// briefly says in words how an alliance stands.
func (l *labels) briefly(b alliance.Brief) string {
	text := l.standing(alliance.Score{Score: b.Score, Rank: b.Rank, Of: b.Of, Leader: b.Leader, LeaderScore: b.LeaderScore, Gap: b.Gap})
	if b.Problem != "" {
		text += " (" + b.Problem + ")"
	}
	return text
}

// next prints what every unit outside would bring.
func (w *printer) next(r *engine.Report, st *alliance.Study, g *alliance.Group, list []alliance.Next, lang string) {
	const shown = 15
	l := newLabels(r, lang)
	w.head(r, lang, st.Year())
	fmt.Fprintf(w, "\n%s\n", w.bold("What each unit outside would bring to "+l.allianceName(g, st.Pooled(g), lang)+" as its next member"))
	heads := []string{"", ">gain", ">score", ">rank", ">alone"}
	drawn := slices.ContainsFunc(list, func(n alliance.Next) bool { return n.Probability == n.Probability })
	if drawn {
		heads = append(heads, ">a gain in")
	}
	t := newTable(append(heads, "passes")...)
	add := func(n alliance.Next) {
		row := []string{l.unitOf(n.Unit), signed(float64(n.Gain), l.digits), l.score(n.Score), orNone(n.Rank), l.score(n.Alone)}
		if drawn {
			row = append(row, shareOf(float64(n.Probability)))
		}
		t.add(append(row, l.unitList(n.Passes))...)
	}
	for _, n := range list[:min(shown, len(list))] {
		add(n)
	}
	if len(list) > shown {
		t.add(fmt.Sprintf("… %d between", max(0, len(list)-shown-1)))
		add(list[len(list)-1])
	}
	t.write(w, w.style, "  ")
	w.wrap("  ", "gain: in points of the pooled score; a member with rates below those of the alliance can cost more than its amounts bring.")
}

// found prints the outcome of a search.
func (w *printer) found(r *engine.Report, g *alliance.Group, f *alliance.Found, lang string) {
	l := newLabels(r, lang)
	w.head(r, lang, f.Year)
	who := "The smallest alliances that pass "
	if g != nil {
		who = fmt.Sprintf("Who must join %s at least for it to pass ", l.allianceName(g, f.Start, lang))
	}
	goal := "a score of " + l.score(f.Goal)
	if f.Unit != "" {
		goal = fmt.Sprintf("%s (%s)", l.unitOf(f.Unit), l.score(f.Goal))
	}
	fmt.Fprintf(w, "\n%s\n", w.bold(who+goal))
	switch {
	case f.Size < 0:
		w.wrap("  ", fmt.Sprintf("None, with up to %d of %d units.", f.Most, f.Candidates))
	case f.Size == 0:
		w.wrap("  ", "Nobody: it does already.")
	default:
		w.passers(l, f)
	}
	w.wrap("  ", howFound(f))
}

// passers prints the alliances that pass.
func (w *printer) passers(l *labels, f *alliance.Found) {
	heads := []string{">score", ">ahead by"}
	drawn := slices.ContainsFunc(f.Alliances, func(a alliance.Passer) bool { return a.Probability == a.Probability })
	if drawn {
		heads = append(heads, ">passes in")
	}
	t := newTable(append(heads, "")...)
	for _, a := range f.Alliances {
		row := []string{l.score(a.Score), l.score(a.Margin)}
		if drawn {
			row = append(row, shareOf(float64(a.Probability)))
		}
		t.add(append(row, l.unitList(a.Joined))...)
	}
	t.write(w, w.style, "  ")
	if more := f.Count - len(f.Alliances); more > 0 {
		fmt.Fprintf(w, "  … and %d more of %s\n", more, plural(f.Size, "member"))
	}
}

// howFound says how sure it is that no alliance is missed.
func howFound(f *alliance.Found) string {
	of := mizan.AppendNumber(nil, float64(f.Of), "")
	switch f.Method {
	case "bounds":
		return fmt.Sprintf("%s; %d of %s combinations were valued, and for the others bounds show that they cannot pass.", countOf(f), f.Valued, of)
	case "sampled":
		return fmt.Sprintf("%s among a sample of %d of %s combinations: there may be others.", countOf(f), f.Valued, of)
	}
	return fmt.Sprintf("%s; all %s combinations were valued.", countOf(f), of)
}

func countOf(f *alliance.Found) string {
	switch f.Size {
	case -1:
		return "None was found"
	case 0:
		return "Nobody is needed"
	}
	if f.Count == 1 {
		return fmt.Sprintf("1 of size %d was found, none smaller", f.Size)
	}
	return fmt.Sprintf("%d of size %d were found, none smaller", f.Count, f.Size)
}
