package cli

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/engine"
	"mizan/spec"
	"mizan/target"
)

// targetList prints all targets, group by group.
func (w *printer) targetList(res *target.Result, by, lang string) {
	if len(res.Targets) == 0 {
		fmt.Fprintln(w, "The project has no targets; add them under `targets`.")
		return
	}
	of := map[string]*target.Track{}
	for i := range res.Targets {
		of[res.Targets[i].ID] = &res.Targets[i]
	}
	for _, grouping := range res.Groups {
		if grouping.By != by {
			continue
		}
		for _, g := range grouping.Groups {
			name := g.Name.In(lang)
			switch {
			case by == "unit":
				name = named(name, g.Key)
			case name == "":
				name = clean(g.Key)
			}
			if name == "" {
				name = "(none stated)"
			}
			fmt.Fprintf(w, "\n%s\n", w.bold(name))
			t := newTable("", ">", "", ">", "", "", "")
			for _, id := range g.Targets {
				t.add(targetRow(of[id])...)
			}
			t.write(w, w.style, "  ")
		}
	}
	fmt.Fprintf(w, "\n`mizan target ID` tells one in full. Probabilities: %d paths of %s.\n", res.Paths, modelWords(res.Models))
}

func modelWords(list []target.Model) string {
	var names []string
	for _, m := range list {
		names = append(names, m.Name)
	}
	return strings.Join(names, ", ")
}

// targetRow is one target in the list.
func targetRow(t *target.Track) []string {
	goal := amount(float64(t.Goal.Value), t) + fmt.Sprintf(" by %d", t.Goal.Year)
	need := ""
	switch g := firstGrowth(t.RequiredNow, t.Required); {
	case t.Reached():
		need = fmt.Sprintf("met in %d", t.Latest.Year)
	case g == nil:
	case !math.IsNaN(float64(g.Compound)):
		need = "needs " + signedPercent(float64(g.Compound)) + " a year"
	default:
		need = "needs " + withSign(float64(g.Step)) + " a year"
	}
	said := map[target.State]string{target.NoBaseline: "no baseline", target.NoDataAfter: "no figures since"}[t.State]
	if on, all := t.Pace(); all > 0 {
		said = fmt.Sprintf("on track by %d of %s", on, plural(all, "method"))
	}
	likely := ""
	if e := t.Ensemble; e != nil {
		likely = "probability " + probability(float64(e.Probability))
	}
	return []string{t.ID, goal, clean(t.Measure), need, said, likely, clean(t.Reading.In("en"))}
}

func firstGrowth(list ...*target.Growth) *target.Growth {
	for _, g := range list {
		if g != nil {
			return g
		}
	}
	return nil
}

// targets prints targets in full.
func (w *printer) targets(r *engine.Report, res *target.Result, place func(mizan.Place) mizan.Place, lang string) {
	for i := range res.Targets {
		if i > 0 {
			fmt.Fprintln(w)
		}
		t := &res.Targets[i]
		title := t.Title.In(lang)
		if title == "" {
			title = t.What.In(lang)
		}
		fmt.Fprintf(w, "%s (%s)\n", w.bold(clean(title)), t.ID)
		w.targetFacts(t, r, lang)
		w.targetPath(t)
		w.targetVerdicts(t, res)
		w.targetEnsemble(t)
		// Conversions stand among the facts.
		remarks := slices.DeleteFunc(slices.Clone(t.Findings), func(f mizan.Finding) bool { return f.ID == "converted" })
		if len(remarks) > 0 {
			fmt.Fprintf(w, "\n%s\n", w.bold("Remarks"))
			w.printFindings(place, remarks)
		}
	}
}

// targetFacts prints the record.
func (w *printer) targetFacts(t *target.Track, r *engine.Report, lang string) {
	table := newTable("", "")
	add := func(head, text string) {
		if text != "" {
			table.add(head, clean(text))
		}
	}
	add("promised by", t.Holder.In(lang))
	add("reading", t.Reading.In(lang))
	what := t.What.In(lang)
	if t.Indicator != "" {
		what = named(what, t.Indicator)
	}
	add("what", what)
	kind := t.Kind
	if t.Measure != "" {
		kind += ", " + t.Measure
	}
	if t.Prices != "" {
		kind += ", prices: " + t.Prices
	}
	if t.NaturalLimit != nil {
		kind += ", natural limit " + short(*t.NaturalLimit)
	}
	add("measured as", kind)
	add("answers for it", t.Body.In(lang))
	add("theme", t.Theme)
	add("source", sourceWords(t.Source, r))
	add("said in", t.Place)
	add("note", t.Note.In(lang))
	if t.Baseline != nil {
		add("baseline", w.point(t, *t.Baseline))
	}
	if t.Latest != nil {
		add("latest", w.point(t, *t.Latest))
	} else if t.Baseline != nil {
		add("latest", "nothing is known after the baseline")
	}
	for _, m := range t.Milestones {
		add("milestone", w.point(t, m))
	}
	side := "at least "
	if t.Direction < 0 {
		side = "at most "
	}
	add("target", side+w.point(t, t.Goal))
	for _, c := range t.Conversions {
		add("converted", conversion(c, t, r))
	}
	table.write(w, w.style, "  ")
	w.targetGrowth(t)
}

// sourceWords is an origin in words, or the address as it is.
func sourceWords(source string, r *engine.Report) string {
	for _, o := range r.Origins {
		if o.Code == source && source != "" {
			words := o.Publisher
			if o.Title != "" {
				words += ", " + o.Title
			}
			if o.URL != "" {
				words += ", " + o.URL
			}
			return words
		}
	}
	return source
}

func (w *printer) point(t *target.Track, p target.Point) string {
	s := fmt.Sprintf("%s in %d", amount(float64(p.Value), t), p.Year)
	if p.Implied {
		s += ", implied, not stated"
	}
	if p.Note != "" {
		s += " (" + p.Note + ")"
	}
	return s
}

// conversion tells by which rate a figure was converted.
func conversion(c target.Conversion, t *target.Track, r *engine.Report) string {
	return fmt.Sprintf("%s of %d: %s %s at 1 %s = %s %s of %s (%s) makes %s %s",
		c.Of, c.Year, scaled(float64(c.Given)), c.Currency, c.From, short(float64(c.Rate)), c.To, c.Date, sourceWords(c.Source, r), scaled(float64(c.Converted)), t.Currency)
}

// targetGrowth prints what was observed and what is required.
func (w *printer) targetGrowth(t *target.Track) {
	table := newTable("growth", "", ">a year", ">or a year", ">times")
	row := func(name string, g *target.Growth) {
		if g != nil {
			table.add(name, fmt.Sprintf("%d to %d", g.From, g.To), signedPercent(float64(g.Compound)), step(float64(g.Step), t), scaled(float64(g.Multiple)))
		}
	}
	row("observed", t.Observed)
	row("required from the baseline", t.Required)
	row("required from now", t.RequiredNow)
	if len(table.rows) > 0 {
		fmt.Fprintln(w)
		table.write(w, w.style, "  ")
	}
	if s := t.Sum; s != nil {
		fmt.Fprintf(w, "\n  A total of %s over %d to %d implies", amount(float64(s.Total), t), s.From, s.To)
		if !math.IsNaN(float64(s.Growth)) {
			fmt.Fprintf(w, " growth of %s a year to %s in %d, or", signedPercent(float64(s.Growth)), amount(float64(s.Last), t), s.To)
		}
		fmt.Fprintf(w, " %s every year.\n", amount(float64(s.Even), t))
		if s.Until != 0 {
			fmt.Fprintf(w, "  By %d %s have come together.\n", s.Until, amount(float64(s.SoFar), t))
		}
	}
}

// targetPath prints the path that the promise needs.
func (w *printer) targetPath(t *target.Track) {
	if len(t.Path) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("The path that it needs"))
	_, curve := ceiling(t)
	table := newTable("year", ">linear", ">constant growth")
	if curve {
		table = newTable("year", ">linear", ">constant growth", ">logistic")
	}
	if t.Sum != nil {
		table = newTable("year", ">flow", ">sum")
		for _, y := range t.Sum.Path {
			table.add(fmt.Sprint(y.Year), scaled(float64(y.Flow)), scaled(float64(y.Sum)))
		}
		table.write(w, w.style, "  ")
		return
	}
	for _, y := range t.Path {
		cells := []string{fmt.Sprint(y.Year), scaled(float64(y.Linear)), scaled(float64(y.Compound))}
		if curve {
			cells = append(cells, scaled(float64(y.Logistic)))
		}
		table.add(cells...)
	}
	table.write(w, w.style, "  ")
}

func ceiling(t *target.Track) (float64, bool) {
	if t.NaturalLimit == nil || t.Direction < 0 {
		return 0, false
	}
	return *t.NaturalLimit, true
}

// targetVerdicts prints what the methods say, side by side.
func (w *printer) targetVerdicts(t *target.Track, res *target.Result) {
	if len(t.Verdicts) == 0 {
		return
	}
	title := "Verdicts: the methods agree"
	if !t.Agree {
		title = "Verdicts: the methods disagree"
	}
	fmt.Fprintf(w, "\n%s\n", w.bold(title))
	table := newTable("method", ">figure", "says", "because", "with")
	for i, v := range t.Verdicts {
		says, because := v.Says, v.Rule
		if v.Says == "" {
			says, because = "no verdict", v.Why
		}
		table.add(res.Methods[i].Title, verdictFigure(float64(v.Figure)), says, because, v.Detail)
	}
	table.write(w, w.style, "  ")
	for i, v := range t.Verdicts {
		if v.Says != "" {
			fmt.Fprintf(w, "  %s\n", w.dim(res.Methods[i].Title+": "+res.Methods[i].Figure))
		}
	}
}

// verdictFigure writes ratios with three decimals and percentages with one.
func verdictFigure(v float64) string {
	if math.Abs(v) >= 10 {
		return fixed(v, 1)
	}
	return fixed(v, 3)
}

// targetEnsemble prints probabilities and the fan.
func (w *printer) targetEnsemble(t *target.Track) {
	e := t.Ensemble
	if e == nil {
		return
	}
	likely := probability(float64(e.Probability))
	if e.Error > 0 { // none or all say nothing of the error
		likely += " ± " + probability(float64(e.Error))
	}
	fmt.Fprintf(w, "\n%s %s by %d paths, each of one of %s and of %s of the past\n", w.bold("Probability of reaching it:"), likely, e.Paths,
		plural(len(e.Models), "model"), plural(e.Changes, "change"))
	table := newTable("model", ">probability", fmt.Sprintf(">median in %d", t.Goal.Year))
	for _, m := range e.Models {
		table.add(m.Model, probability(float64(m.Probability)), scaled(float64(m.Median)))
	}
	table.write(w, w.style, "  ")
	for _, m := range e.Milestones {
		fmt.Fprintf(w, "  milestone %s in %d: %s\n", amount(float64(m.Value), t), m.Year, probability(float64(m.Probability)))
	}
	fan := e.Fan
	head := ">median"
	if t.Kind == spec.KindCumulative {
		fan, head = e.FanSum, ">median of the sum"
	}
	fmt.Fprintln(w)
	table = newTable("paths", ">5 %", ">25 %", head, ">75 %", ">95 %")
	for _, y := range fan {
		table.add(fmt.Sprint(y.Year), scaled(float64(y.P05)), scaled(float64(y.P25)), scaled(float64(y.P50)), scaled(float64(y.P75)), scaled(float64(y.P95)))
	}
	table.write(w, w.style, "  ")
}

// amount is a value with its currency, or with the sign of per cent.
func amount(v float64, t *target.Track) string {
	switch {
	case t.Currency != "":
		return scaled(v) + " " + t.Currency
	case strings.HasPrefix(t.Measure, "%"):
		return scaled(v) + " %"
	}
	return scaled(v)
}

// step is a yearly step: percentages move in points.
func step(v float64, t *target.Track) string {
	switch {
	case math.IsNaN(v):
		return noValue
	case t.Currency != "":
		return withSign(v) + " " + t.Currency
	case strings.HasPrefix(t.Measure, "%"):
		return withSign(v) + " points"
	}
	return withSign(v)
}

// scaled writes large values in words: 109 billion.
func scaled(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return noValue
	}
	return target.Words(v)
}

func withSign(v float64) string {
	s := scaled(v)
	if v > 0 {
		return "+" + s
	}
	return s
}

func signedPercent(v float64) string {
	if math.IsNaN(v) {
		return noValue
	}
	s := fixed(100*v, 1) + " %"
	if v > 0 {
		return "+" + s
	}
	return s
}

// probability writes a probability; only what no path did is 0 %, and what all
// did 100 %.
func probability(p float64) string {
	switch {
	case math.IsNaN(p):
		return noValue
	case p > 0 && p < 0.001:
		return "< 0.1 %"
	case p < 1 && p > 0.999:
		return "> 99.9 %"
	}
	return fixed(100*p, 1) + " %"
}
