package cli

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/engine"
	"mizan/scenario"
)

// noForecast stands below every scenario.
const noForecast = "A mechanical what-if, no forecast: nothing answers that is not declared."

// scenarios prints several scenarios side by side.
func (w *printer) scenarios(r *engine.Report, lang string) {
	res := r.Tried
	l := newLabels(r, lang)
	w.head(r, lang, res.Year)
	if len(res.Scenarios) == 0 {
		fmt.Fprintf(w, "\nThe project has no scenarios; `mizan scenario --edit 'CODE.UNIT*=0.5'` tries an edit.\n")
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("Scenarios, beside the index as it stands"))
	heads := []string{"scenario", "title", "unit", ">score", ">after", ">rank", ">after"}
	if res.Draws > 0 {
		heads = append(heads, ">90 % of ranks", ">places, 90 %", ">rises", ">falls")
	}
	t := newTable(heads...)
	for i := range res.Scenarios {
		s := &res.Scenarios[i]
		m := s.Move(s.Unit)
		row := []string{s.ID, s.Title.In(lang), s.Unit, l.score(m.Before.Score), l.score(m.After.Score), whole(float64(m.Before.Rank)), whole(float64(m.After.Rank))}
		if o := m.Over; o != nil {
			row = append(row, fromTo(o.RankAfter.Low, o.RankAfter.High, 0), fromTo(o.Places.Low, o.Places.High, 0), shareOf(o.Rises), shareOf(o.Falls))
		}
		for len(row) < len(heads) {
			row = append(row, noValue)
		}
		t.add(row...)
	}
	t.write(w, w.style, "  ")
	if res.Draws > 0 {
		fmt.Fprintf(w, "\n  %s\n", w.dim(fmt.Sprintf("over %s draws, which both sides share; places: those risen, less than 0 where the unit falls", grouped(res.Draws))))
	}
	fmt.Fprintf(w, "\n%s\n`mizan scenario ID` tells of one.\n", noForecast)
}

// fromTo writes the ends of an interval.
func fromTo(low, high mizan.Number, decimals int) string {
	a, b := fixed(noMinus(float64(low), decimals), decimals), fixed(noMinus(float64(high), decimals), decimals)
	if a == b {
		return a
	}
	return a + " to " + b
}

// noMinus is 0 for what would be written as -0.00.
func noMinus(v float64, decimals int) float64 {
	if v < 0 && math.Round(v*math.Pow10(decimals)) == 0 {
		return 0
	}
	return v
}

// scenario prints one scenario in full.
func (w *printer) scenario(r *engine.Report, s *scenario.Outcome, p *project, lang string) {
	l := newLabels(r, lang)
	w.head(r, lang, r.Tried.Year)
	fmt.Fprintf(w, "\n%s\n", w.bold(named(s.Title.In(lang), s.ID)))
	if text := s.Description.In(lang); text != "" {
		w.wrap("", text)
	}
	if text := s.Limits.In(lang); text != "" {
		w.wrap("Limits: ", text)
	}
	w.scenarioAnswer(l, s)
	w.scenarioEdits(s, lang)
	w.scenarioAssumptions(s, lang)
	w.scenarioAttribution(l, s)
	w.scenarioNodes(r, l, s)
	w.scenarioAllies(l, s)
	w.scenarioOthers(l, s)
	w.scenarioFigures(l, s)
	if len(s.Findings) > 0 {
		fmt.Fprintln(w)
		w.printFindings(p.place, s.Findings)
	}
	fmt.Fprintf(w, "\n%s\n", noForecast)
}

// scenarioAnswer says in words what becomes of the unit.
func (w *printer) scenarioAnswer(l *labels, s *scenario.Outcome) {
	m := s.Move(s.Unit)
	line := fmt.Sprintf("%s: %s points, rank %s, in place of %s and rank %s", l.unitOf(s.Unit), l.score(m.After.Score), whole(float64(m.After.Rank)), l.score(m.Before.Score), whole(float64(m.Before.Rank)))
	if m.In != "" {
		line += ", as a part of " + m.In
	}
	if len(s.Assumptions) > 0 {
		line += ", at the middle of the assumptions"
	}
	fmt.Fprintln(w)
	w.wrap("", line+".")
	if o := m.Over; o != nil {
		w.wrap("", fmt.Sprintf("Over %s draws: %s points (%s in 90 %% of them), rank %s (before %s); it gains places in %s, loses some in %s.",
			grouped(s.Draws), signed(float64(o.Score.Median), l.digits), signed(float64(o.Score.Low), l.digits)+" to "+signed(float64(o.Score.High), l.digits),
			fromTo(o.RankAfter.Low, o.RankAfter.High, 0), fromTo(o.RankBefore.Low, o.RankBefore.High, 0), shareOf(o.Rises), shareOf(o.Falls)))
	}
	for _, c := range s.Causes {
		w.wrap("", fmt.Sprintf("%s could not be built: %s.", plural(c.Draws, "draw"), c.Cause))
	}
}

func (w *printer) scenarioEdits(s *scenario.Outcome, lang string) {
	if len(s.Edits) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("Edits"))
	for _, e := range s.Edits {
		lead := "  " + e.ID + ": "
		w.wrap(lead, e.Says)
		if text := e.Text.In(lang); text != "" {
			w.wrap(strings.Repeat(" ", len([]rune(lead))), text)
		}
		if len(e.Dependence) > 0 {
			var parts []string
			for _, d := range e.Dependence {
				parts = append(parts, fmt.Sprintf("%s %s", d.Unit, percent(float64(d.Share))))
			}
			w.wrap(strings.Repeat(" ", len([]rune(lead))), "share by the table: "+strings.Join(parts[:min(len(parts), 12)], ", "))
		}
	}
	for _, k := range s.Links {
		w.wrap("  link: ", k.Says)
		if text := k.Text.In(lang); text != "" {
			w.wrap("        ", text+" ("+cmp.Or(k.Source, "assumed")+")")
		}
	}
}

func (w *printer) scenarioAssumptions(s *scenario.Outcome, lang string) {
	if len(s.Assumptions) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("Assumptions"))
	t := newTable("id", "distribution", ">middle", ">drives", "source")
	for _, a := range s.Assumptions {
		t.add(a.ID, a.Distribution, short(float64(a.Middle)), drives(a.Drives), cmp.Or(a.Source, "assumed"))
	}
	t.write(w, w.style, "  ")
	for _, a := range s.Assumptions {
		w.wrap("  "+a.ID+": ", a.Text.In(lang))
	}
	if s.Draws > 0 {
		fmt.Fprintf(w, "  %s\n", w.dim("drives: the share of the movement's variance, by ranks, that goes with it; the rest is the index's own uncertainty and what they do together"))
	}
}

func drives(v mizan.Number) string {
	if v != v {
		return noValue
	}
	return shareOf(float64(v))
}

func (w *printer) scenarioAttribution(l *labels, s *scenario.Outcome) {
	a := s.Attribution
	if len(a.Parts) < 2 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("What moves "+l.unitOf(s.Unit)+", by edit"))
	t := newTable("edit", ">points", ">places")
	for _, p := range a.Parts {
		t.add(p.Edit, signed(noMinus(float64(p.Score), l.digits), l.digits), signed(noMinus(float64(p.Places), 1), 1))
	}
	t.add("together", signed(float64(a.Score), l.digits), signed(float64(a.Places), 0))
	t.write(w, w.style, "  ")
	if a.Orders > 0 {
		fmt.Fprintf(w, "  %s\n", w.dim(fmt.Sprintf("means over %d random orders of the edits", a.Orders)))
	}
}

// mostNodes is how many nodes are printed with their indicators.
const mostNodes = 25

// scenarioNodes prints the nodes in which the unit moves, as the framework
// stands; where they are many, without the indicators.
func (w *printer) scenarioNodes(r *engine.Report, l *labels, s *scenario.Outcome) {
	moves := map[string]*scenario.Move{}
	for i := range s.Nodes {
		if m := &s.Nodes[i]; m.Before != m.After && !math.IsNaN(m.Score()) {
			moves[m.Code] = m
		}
	}
	heads := []string{"", ">score", ">after", ">rank", ">after"}
	if s.Draws > 0 {
		heads = append(heads, ">points, 90 %")
	}
	t := newTable(heads...)
	nodes := map[string]int{}
	for i, n := range r.Nodes {
		nodes[n.Code] = i
	}
	var walk func(i, depth int)
	walk = func(i, depth int) {
		n := &r.Nodes[i]
		if m := moves[n.Code]; m != nil && (n.Level > 1 || len(moves) <= mostNodes) {
			row := []string{strings.Repeat("  ", depth) + l.codeOf(m.Code), l.score(m.Before.Score), l.score(m.After.Score), whole(float64(m.Before.Rank)), whole(float64(m.After.Rank))}
			if m.Over != nil {
				row = append(row, fromTo(m.Over.Score.Low, m.Over.Score.High, l.digits))
			} else if s.Draws > 0 {
				row = append(row, noValue)
			}
			t.add(row...)
		}
		for _, child := range n.Children {
			walk(nodes[child], depth+1)
		}
	}
	walk(len(r.Nodes)-1, 0)
	if len(t.rows) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("Where "+l.unitOf(s.Unit)+" moves"))
	t.write(w, w.style, "  ")
	if len(moves) > mostNodes {
		fmt.Fprintf(w, "  %s\n", w.dim(fmt.Sprintf("and in %d indicators; -o FOLDER writes all", len(moves)-len(t.rows))))
	}
}

func (w *printer) scenarioAllies(l *labels, s *scenario.Outcome) {
	for _, a := range s.Alliances {
		line := fmt.Sprintf("%s as one: %s points, rank %s; with its members before %s and rank %s", a.Code, l.score(a.After.Score), whole(float64(a.After.Rank)), l.score(a.Before.Score), whole(float64(a.Before.Rank)))
		if a.RankAfter != nil {
			line += fmt.Sprintf("; over the draws rank %s, first in %s", fromTo(a.RankAfter.Low, a.RankAfter.High, 0), shareOf(float64(a.First)))
		}
		fmt.Fprintln(w)
		w.wrap("", line+".")
	}
}

// shownOthers is how many other units are told of.
const shownOthers = 10

// scenarioOthers prints the other units that move most.
func (w *printer) scenarioOthers(l *labels, s *scenario.Outcome) {
	var list []*scenario.Move
	united := slices.ContainsFunc(s.Alliances, func(a scenario.Allied) bool { return a.United })
	made := 0 // who move only because others stand as one
	for i := range s.Units {
		m := &s.Units[i]
		if united && m.In == "" && math.Abs(m.Score()) < 1e-9 {
			if m.Before.Rank != m.After.Rank {
				made++
			}
			continue
		}
		if m.Code != s.Unit && (m.Before.Rank != m.After.Rank || math.Abs(m.Score()) > 1e-9) && !math.IsNaN(m.Score()) {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b *scenario.Move) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Places()), math.Abs(a.Places())), cmp.Compare(math.Abs(b.Score()), math.Abs(a.Score())))
	})
	if made > 0 {
		fmt.Fprintf(w, "\n%s hold other ranks only because the members stand as one.\n", plural(made, "unit"))
	}
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("Who else moves"))
	t := newTable("unit", ">score", ">after", ">rank", ">after", ">rises", ">falls")
	for _, m := range list[:min(len(list), shownOthers)] {
		row := []string{l.unitOf(m.Code), l.score(m.Before.Score), l.score(m.After.Score), whole(float64(m.Before.Rank)), whole(float64(m.After.Rank)), noValue, noValue}
		if m.Over != nil {
			row[5], row[6] = shareOf(m.Over.Rises), shareOf(m.Over.Falls)
		}
		t.add(row...)
	}
	t.write(w, w.style, "  ")
	if more := len(list) - shownOthers; more > 0 {
		fmt.Fprintf(w, "  %s\n", w.dim(fmt.Sprintf("and %d more; --format csv lists all", more)))
	}
}

// shownFigures is how many changed figures are printed.
const shownFigures = 12

func (w *printer) scenarioFigures(l *labels, s *scenario.Outcome) {
	if len(s.Figures) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("Figures that change"))
	t := newTable("indicator", "unit", ">year", ">before", ">after", "")
	for _, f := range s.Figures[:min(len(s.Figures), shownFigures)] {
		by := ""
		if f.Link {
			by = "by a link"
		}
		t.add(l.codeOf(f.Indicator), f.Unit, fmt.Sprint(f.Year), short(float64(f.Before)), short(float64(f.After)), by)
	}
	t.write(w, w.style, "  ")
	if more := len(s.Figures) - shownFigures; more > 0 {
		fmt.Fprintf(w, "  %s\n", w.dim(fmt.Sprintf("and %d more; -o FOLDER writes all", more)))
	}
}
