package cli

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/alliance"
	"mizan/engine"
)

// alliances prints the standing of every alliance, the best first.
func (w *printer) alliances(r *engine.Report, st *alliance.Study, list []alliance.Brief, lang string) {
	w.head(r, lang, st.Year())
	if len(list) == 0 {
		fmt.Fprintf(w, "\nThe project has no alliances; `mizan alliance --members A,B` looks at any units together.\n")
		return
	}
	l := newLabels(r, lang)
	fmt.Fprintf(w, "\n%s\n", w.bold("Alliances, each as one unit in place of its members"))
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b alliance.Brief) int { return cmp.Compare(downward(a.Score), downward(b.Score)) })
	heads := []string{"code", "name", ">members", ">score", ">rank", ">of", ">gap", "to", ">gain", "over"}
	drawn := slices.ContainsFunc(list, func(b alliance.Brief) bool { return b.Interval != nil })
	if drawn {
		heads = slices.Insert(heads, 6, ">90 % of scores", ">of ranks")
	}
	t := newTable(heads...)
	incomplete := false
	for _, b := range list {
		members := fmt.Sprint(len(b.Members))
		if b.Incomplete {
			members, incomplete = members+"*", true
		}
		if n := len(b.Outside); n > 0 {
			members += fmt.Sprintf(" of %d", len(b.Members)+n)
		}
		row := []string{b.Code, b.Name.In(lang), members, l.score(b.Score), orNone(b.Rank), orNone(b.Of), l.score(b.Gap), b.Leader, l.score(b.Gain), b.Best}
		if drawn {
			row = slices.Insert(row, 6, l.range90(&b.Interval.Score), ranks90(&b.Interval.Rank))
		}
		t.add(row...)
	}
	t.write(w, w.style, "  ")
	fmt.Fprintf(w, "\n  %s\n", w.dim("gap: to the best unit outside; gain: over the best member. Members that are no units of the project are not pooled."))
	if incomplete {
		fmt.Fprintf(w, "  %s\n", w.dim("* the list of members is incomplete"))
	}
	fmt.Fprintf(w, "\n`mizan alliance CODE` tells of one.\n")
}

// range90 writes the range in which 90 % of the draws lie.
func (l *labels) range90(s *alliance.Spread) string {
	if s == nil || s.Low != s.Low {
		return noValue
	}
	return l.score(s.Low) + " to " + l.score(s.High)
}

func ranks90(s *alliance.Spread) string {
	if s == nil || s.Low != s.Low {
		return noValue
	}
	low, high := whole(float64(s.Low)), whole(float64(s.High))
	if low == high {
		return low
	}
	return low + " to " + high
}

// downward is a key that puts high scores first and missing ones last.
func downward(v mizan.Number) float64 {
	if math.IsNaN(float64(v)) {
		return math.Inf(1)
	}
	return -float64(v)
}

func orNone(n int) string {
	if n == 0 {
		return noValue
	}
	return fmt.Sprint(n)
}

// alliance prints one alliance from all sides.
func (w *printer) alliance(r *engine.Report, d *alliance.Detail, lang string) {
	l := newLabels(r, lang)
	w.allianceHead(r, l, d, lang)
	w.allianceScores(r, l, d)
	w.allianceContributions(l, d)
	w.alliancePivot(l, d)
	w.allianceComplement(l, d)
	w.allianceOtherwise(l, d)
	w.allianceYears(l, d)
	w.allianceFigures(r, l, d, lang)
	w.allianceFindings(l, d)
}

// standing says in words how an alliance stands.
func (l *labels) standing(s alliance.Score) string {
	if s.Rank == 0 {
		return "no score"
	}
	text := fmt.Sprintf("%s points, rank %d of %d", l.score(s.Score), s.Rank, s.Of)
	switch gap := float64(s.Gap); {
	case s.Leader == "":
	case gap < 0:
		text += fmt.Sprintf(", %s behind %s (%s)", l.score(-s.Gap), l.unitOf(s.Leader), l.score(s.LeaderScore))
	default:
		text += fmt.Sprintf(", %s ahead of %s (%s)", l.score(s.Gap), l.unitOf(s.Leader), l.score(s.LeaderScore))
	}
	return text
}

func (l *labels) moreOrLess(gain mizan.Number) string {
	if gain < 0 {
		return l.score(-gain) + " less than it has alone"
	}
	return l.score(gain) + " more than it has alone"
}

// unitOf is the name of a unit, or its code.
func (l *labels) unitOf(code string) string { return cmp.Or(l.unit[code], code) }

func (l *labels) codeOf(code string) string { return cmp.Or(l.code[code], code) }

func (l *labels) unitList(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = l.unitOf(c)
	}
	return listed(names)
}

// listed joins names as a sentence does.
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func (l *labels) allianceName(g *alliance.Group, members []string, lang string) string {
	if g.Code == "" {
		return l.unitList(members)
	}
	return cmp.Or(g.Name.In(lang), g.Code)
}

// shareOf writes a share of draws: neither none nor all is rounded to.
func shareOf(v float64) string {
	switch {
	case v > 0 && v < 0.01:
		return "less than 1 %"
	case v > 0.99 && v < 1:
		return "more than 99 %"
	}
	return percent(v)
}

func asOf(day string) string {
	if day == alliance.Now {
		return ""
	}
	return ", as of " + day
}

// allianceScores prints the aggregates, each below its parent.
func (w *printer) allianceScores(r *engine.Report, l *labels, d *alliance.Detail) {
	fmt.Fprintf(w, "\n%s\n", w.bold("Standing"))
	at := map[string]alliance.Score{}
	for _, s := range d.Scores {
		at[s.Code] = s
	}
	heads := []string{"", ">score", ">rank", ">gap", "to", ">gain", "over"}
	if d.Interval != nil {
		heads = slices.Insert(heads, 3, ">90 % of scores", ">of ranks")
	}
	t := newTable(heads...)
	var down func(code, indent string)
	down = func(code, indent string) {
		n := r.Node(code)
		if n.Level == 1 {
			return
		}
		s := at[code]
		row := []string{indent + l.codeOf(code), l.score(s.Score), rankOf(mizan.Number(orNaN(s.Rank)), s.Of), l.score(s.Gap), l.unitOf(s.Leader), l.score(s.Gain), l.unitOf(s.Best)}
		if d.Interval != nil {
			row = slices.Insert(row, 3, l.range90(s.Scores), ranks90(s.Ranks))
		}
		t.add(row...)
		for _, child := range n.Children {
			down(child, indent+"  ")
		}
	}
	down(r.Top(), "")
	t.write(w, w.style, "  ")
}

func orNaN(rank int) float64 {
	if rank == 0 {
		return math.NaN()
	}
	return float64(rank)
}

// allianceOtherwise prints the standing with more members counted.
func (w *printer) allianceOtherwise(l *labels, d *alliance.Detail) {
	if len(d.Otherwise) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("With others counted"))
	heads := []string{"", ">score", ">rank", "of whom"}
	if d.Interval != nil {
		heads = slices.Insert(heads, 3, ">90 % of scores")
	}
	t := newTable(heads...)
	for _, b := range d.Otherwise {
		status := b.Statuses[len(b.Statuses)-1]
		var more []string
		for _, m := range b.Members {
			if !slices.Contains(d.Members, m) {
				more = append(more, m)
			}
		}
		row := []string{"and " + status, l.score(b.Score), rankOf(mizan.Number(orNaN(b.Rank)), b.Of), l.unitList(more)}
		if b.Interval != nil {
			row = slices.Insert(row, 3, l.range90(&b.Interval.Score))
		}
		t.add(row...)
	}
	t.write(w, w.style, "  ")
}

// allianceYears prints the standing over the years.
func (w *printer) allianceYears(l *labels, d *alliance.Detail) {
	if len(d.Years) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("Over the years, with the members of the time and with those pooled above"))
	t := newTable(">year", ">members", ">score", ">rank", ">gap", "to", ">as above", ">rank", ">gap")
	for _, y := range d.Years {
		t.add(fmt.Sprint(y.Year), fmt.Sprint(len(y.Then.Members)), l.score(y.Then.Score), orNone(y.Then.Rank), l.score(y.Then.Gap), y.Then.Leader,
			l.score(y.Now.Score), orNone(y.Now.Rank), l.score(y.Now.Gap))
	}
	t.write(w, w.style, "  ")
}

// allianceFindings prints what a reader must know.
func (w *printer) allianceFindings(l *labels, d *alliance.Detail) {
	fmt.Fprintf(w, "\n%s\n", w.bold("Read with it"))
	for _, f := range d.Findings {
		text := f.Message
		var about []string
		for _, code := range f.Codes {
			about = append(about, l.codeOf(code))
		}
		for _, unit := range f.Units {
			about = append(about, l.unitOf(unit))
		}
		if len(about) > 0 {
			text += ": " + strings.Join(about, "; ")
		}
		w.wrap("  - ", clean(text)+".")
	}
	w.membershipNotes(l, d)
	w.wrap("  - ", togetherOnly)
}

// togetherOnly is what is true of every pooled alliance.
const togetherOnly = "A pooled alliance has no common government, budget or law; this is what its members have together, not what they can do together."

// membershipNotes prints what the project says of memberships, members of whom
// it says the same together.
func (w *printer) membershipNotes(l *labels, d *alliance.Detail) {
	var notes []string
	who := map[string][]string{}
	for _, m := range d.Memberships {
		if m.Note == "" {
			continue
		}
		key := m.Status + ": " + strings.TrimSuffix(m.Note, ".")
		if who[key] == nil {
			notes = append(notes, key)
		}
		who[key] = append(who[key], l.unitOf(m.Unit))
	}
	for _, note := range notes {
		w.wrap("  - ", clean(fmt.Sprintf("%s, %s.", listed(who[note]), note)))
	}
	if d.Note != "" && !d.Incomplete {
		w.wrap("  - ", clean(d.Note))
	}
}

// wrap prints text in lines of about a hundred columns, the first after a lead
// and the others indented as far.
func (w *printer) wrap(lead, text string) {
	const width = 100
	indent := strings.Repeat(" ", len([]rune(lead)))
	line, length := lead, 0
	for _, word := range strings.Fields(clean(text)) {
		n := columns.StringWidth(word)
		if length > 0 && len(indent)+length+1+n > width {
			fmt.Fprintln(w, line)
			line, length = indent, 0
		}
		if length > 0 {
			line += " "
			length++
		}
		line += word
		length += n
	}
	fmt.Fprintln(w, line)
}

// cautioned is how many figures are described at most.
const cautioned = 8

// allianceFigures tells what the figures are that move the alliance most, or
// that are not plainly observed.
func (w *printer) allianceFigures(r *engine.Report, l *labels, d *alliance.Detail, lang string) {
	if len(d.Members) < 2 {
		return
	}
	type moved struct {
		at   int
		gain float64
	}
	var list []moved
	for i := range d.Pooled {
		gain := r.Nodes[i].Effective * math.Abs(float64(d.Scores[i].Score)-float64(d.Scores[i].BestScore))
		switch {
		case !d.Pooled[i].Plain():
			list = append(list, moved{i, math.Inf(1)})
		case gain == gain:
			list = append(list, moved{i, gain})
		}
	}
	slices.SortStableFunc(list, func(a, b moved) int { return cmp.Compare(b.gain, a.gain) })
	fmt.Fprintf(w, "\n%s\n", w.bold("The figures that move it most, and those that are not plainly observed"))
	for _, m := range list[:min(cautioned, len(list))] {
		f := d.Pooled[m.at]
		about := ""
		measure := ""
		for _, ind := range r.Indicators {
			if ind.Code == f.Code {
				about, measure = ind.Description.In(lang), ind.Measure
			}
		}
		text := fmt.Sprintf("%s: %s, %s", l.codeOf(f.Code), strings.TrimSpace(short(float64(f.Raw))+" "+measure), f.Rule)
		if f.Most == f.Most && f.Most > f.Least {
			text += fmt.Sprintf("; %s to %s if all joint works are listed", short(float64(f.Least)), short(float64(f.Most)))
		}
		text += yearsFrom(f) + "."
		if about != "" {
			text += " " + about
		}
		w.wrap("  - ", text)
	}
}

// yearsFrom says from which years the members' figures are.
func yearsFrom(f alliance.Pooled) string {
	text := ""
	switch f.From {
	case 0:
	case f.To:
		text = fmt.Sprintf("; figures of %d", f.From)
	default:
		text = fmt.Sprintf("; figures of %d to %d", f.From, f.To)
	}
	for _, s := range f.Statuses {
		text += fmt.Sprintf(", %d %s", s.Count, s.Status)
	}
	if n := len(f.Imputed); n > 0 {
		text += fmt.Sprintf(", %d imputed", n)
	}
	return text
}
