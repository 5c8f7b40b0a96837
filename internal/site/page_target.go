package site

import (
	"math"
	"slices"

	"mizan/internal/site/address"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/spec"
	"mizan/target"
)

// targetView is the page of one promise.
type targetView struct {
	Title, ID, Lead string
	Holder          link
	Readings        []link
	Reading         string
	What            *link
	WhatLabel       string
	Measured        string
	Body, Theme     string
	Source          sourceWords
	Place           string
	Note            []string
	State           string
	Points          []pointRow
	Growth          []growthRow
	SumWords        []string
	Chart           *fanView
	Fan             *figureFrame
	Verdicts        []verdictRow
	Scales          *draw.VerdictChart
	Judges          *figureFrame
	Disagree        bool
	Models          []modelRow
	Probability     string
	Error           string
	Basis           string
	Few             bool
	Milestones      []pointRow
	Path            *targetPath
	Conversions     []string
	Findings        []findingRow
	Command         string
}

type pointRow struct {
	Name, Value, Year, Note string
	Implied                 bool
	Source                  sourceWords
}

type growthRow struct{ Name, Span, Compound, Step, Multiple string }

type verdictRow struct {
	Method, Figure, FigureIs, Says, Grade, Rule, Detail, Why, Source string
}

type modelRow struct {
	Name, Formula string
	Probability   gauge
	Median        string
}

// targetPath is the table of the path that a promise needs.
type targetPath struct {
	Heads []string
	Rows  [][]string
}

type findingRow struct{ ID, Severity, Message, Remedy string }

// toldElsewhere are the findings that the page tells in its own words.
var toldElsewhere = []string{"converted", "methods-disagree", "no-baseline", "no-data-after-baseline", "few-changes"}

func targetPage(c *visit) (any, error) {
	id := c.r.PathValue("id")
	r, t := c.book.target(id)
	if t == nil {
		var ids []string
		if c.book.Spec != nil {
			for _, s := range c.book.Spec.Targets {
				ids = append(ids, s.ID)
			}
		}
		return nil, missing("target", id, ids)
	}
	v := &targetView{
		Title: c.targetTitle(t), ID: t.ID, Reading: c.Text(t.Reading, ""), Body: c.Text(t.Body, ""), Theme: c.themeName(t.Theme),
		Source: c.originOf(t.Source), Place: t.Place, Note: language.Paragraphs(c.Text(t.Note, "")), Measured: c.howMeasured(t),
		Command: "mizan target " + shellWord(t.ID) + c.projectFlag(), Disagree: !t.Agree && len(t.Verdicts) > 0,
	}
	c.addSubject(v, r, t)
	c.addPoints(v, t)
	c.addGrowth(v, t)
	if v.Chart = c.fanOfTarget(t, v.Title); v.Chart != nil {
		v.Fan = c.fanFrame(t)
	}
	c.addVerdicts(v, r, t)
	c.addEnsemble(v, r, t)
	v.Path = c.pathTable(t)
	for _, x := range t.Conversions {
		v.Conversions = append(v.Conversions, c.T("target.conversion", "of", c.Word("target.of", x.Of), "year", year(x.Year),
			"given", c.Money(x.Currency, c.Amount(float64(x.Given))), "unit", c.Money(x.From, "1"), "rate", c.Money(x.To, c.Figure(float64(x.Rate))),
			"date", c.Date(string(x.Date)), "source", c.originOf(x.Source).Publisher, "converted", c.Money(t.Currency, c.Amount(float64(x.Converted)))))
	}
	for _, f := range t.Findings {
		if !slices.Contains(toldElsewhere, f.ID) {
			v.Findings = append(v.Findings, findingRow{f.ID, string(f.Severity), c.remark(&f), c.cure(&f)})
		}
	}
	return v, nil
}

// addSubject says who promises what, and how else it can be read.
func (c *visit) addSubject(v *targetView, r *target.Result, t *target.Track) {
	v.Holder = link{Label: c.Text(t.Holder, t.Unit+t.Alliance)}
	if _, known := c.book.units[t.Unit]; known {
		v.Holder = link{Label: c.unitName(c.book.units[t.Unit]), URL: c.unitURL(t.Unit)}
	}
	if t.Alliance != "" {
		v.Holder.URL = c.to("/alliance/" + address.Segment(t.Alliance))
	}
	v.WhatLabel = c.Text(t.What, "")
	if t.Indicator != "" {
		v.What = &link{Label: c.label(t.Indicator), URL: c.codeURL(t.Indicator)}
	}
	key := "target.lead.least"
	if t.Direction < 0 {
		key = "target.lead.most"
	}
	if t.Kind == spec.KindCumulative {
		key += ".sum"
	}
	v.Lead = c.T(key, "who", v.Holder.Label, "amount", c.ofTarget(t, float64(t.Goal.Value)), "year", year(t.Goal.Year))
	switch t.State {
	case target.NoBaseline:
		v.State = c.T("target.state.no-baseline")
	case target.NoDataAfter:
		v.State = c.T("target.state.no-data-after", "year", year(t.Baseline.Year))
	case target.Due:
		v.State = c.T("target.state.due")
	}
	for _, p := range r.Promises {
		if p.Code != t.Promise {
			continue
		}
		for _, id := range p.Targets {
			_, other := c.book.target(id)
			v.Readings = append(v.Readings, link{Label: c.Text(other.Reading, id), URL: c.targetURL(id), Here: id == t.ID})
		}
	}
}

func (c *visit) addPoints(v *targetView, t *target.Track) {
	add := func(name string, p *target.Point) {
		if p == nil {
			return
		}
		v.Points = append(v.Points, pointRow{
			Name: c.T("target.point." + name), Value: c.ofTarget(t, float64(p.Value)), Year: year(p.Year),
			Note: p.Note, Implied: p.Implied, Source: c.originOf(p.Source),
		})
	}
	for i := range t.Series {
		p := &t.Series[i]
		switch {
		case t.Baseline != nil && p.Year == t.Baseline.Year:
			add("baseline", p)
		case t.Indicator != "" && (t.Latest == nil || p.Year != t.Latest.Year):
			// The series of an indicator is in the chart and on its own page.
		case t.Latest != nil && p.Year == t.Latest.Year:
			add("latest", p)
		default:
			add("observed", p)
		}
	}
	for i := range t.Milestones {
		add("milestone", &t.Milestones[i])
	}
	add("target", &t.Goal)
}

func (c *visit) addGrowth(v *targetView, t *target.Track) {
	add := func(name string, g *target.Growth) {
		if g != nil {
			multiple := language.Gap
			if m := float64(g.Multiple); !math.IsNaN(m) && !math.IsInf(m, 0) {
				multiple = c.T("target.times", "n", c.Figure(m))
			}
			v.Growth = append(v.Growth, growthRow{
				c.T("target.growth." + name), c.T("target.span", "from", year(g.From), "to", year(g.To)),
				c.yearlyGrowth(float64(g.Compound)), c.stepOfTarget(t, float64(g.Step)), multiple,
			})
		}
	}
	add("observed", t.Observed)
	add("required", t.Required)
	add("now", t.RequiredNow)
	s := t.Sum
	if s == nil {
		return
	}
	total, even := c.ofTarget(t, float64(s.Total)), c.ofTarget(t, float64(s.Even))
	v.SumWords = append(v.SumWords, c.T("target.sum.even", "total", total, "from", year(s.From), "to", year(s.To), "even", even))
	if !math.IsNaN(float64(s.Growth)) {
		v.SumWords = append(v.SumWords, c.T("target.sum.growth", "growth", c.yearlyGrowth(float64(s.Growth)), "last", c.ofTarget(t, float64(s.Last)), "to", year(s.To)))
	}
	if s.Until != 0 {
		v.SumWords = append(v.SumWords, c.T("target.sum.so-far", "year", year(s.Until), "sum", c.ofTarget(t, float64(s.SoFar))))
	}
}

func (c *visit) addVerdicts(v *targetView, r *target.Result, t *target.Track) {
	for i := range t.Verdicts {
		m, x := &r.Methods[i], &t.Verdicts[i]
		v.Verdicts = append(v.Verdicts, verdictRow{
			Method: c.methodName(m), Figure: c.verdictFigure(float64(x.Figure)), FigureIs: c.T("target.figure." + m.Name), Says: c.verdictWords(x),
			Grade: string(x.Grade), Rule: c.bandWords(x.Rule), Detail: c.verdictNote(x, x.Detail), Why: c.verdictNote(x, x.Why), Source: m.Source,
		})
	}
	if len(v.Verdicts) == 0 {
		return
	}
	v.Scales = c.verdictChart(r, t, v.Verdicts)
	on, all := t.Pace()
	table := &figureTable{Columns: []string{c.T("target.table.method"), c.T("target.table.verdict"), c.T("target.table.figure"), c.T("target.table.is")}}
	for i, row := range v.Verdicts {
		table.Rows = append(table.Rows, []figureCell{{Text: row.Method}, {Text: row.Says}, numberCell(float64(t.Verdicts[i].Figure), c.verdictFigure), {Text: row.FigureIs}})
	}
	v.Judges = &figureFrame{
		ID: "verdicts", File: "verdicts-" + t.ID, Class: "judges", Title: c.T("target.judges", "on", on, "all", all, "what", v.Title),
		Sources: c.sourcesOfTarget(t), Table: table,
	}
}

// verdictNote is the detail of a verdict, or why there is none.
func (c *visit) verdictNote(x *target.Verdict, english string) string {
	if english == "" {
		return ""
	}
	return c.saying(x.Said, english)
}

// verdictFigure writes ratios with three decimals and percentages with one.
func (c *visit) verdictFigure(v float64) string {
	if math.Abs(v) >= 10 {
		return c.Fixed(v, 1)
	}
	return c.Fixed(v, 3)
}

func (c *visit) addEnsemble(v *targetView, r *target.Result, t *target.Track) {
	e := t.Ensemble
	if e == nil {
		return
	}
	v.Probability, v.Few = c.probability(float64(e.Probability)), e.Few
	if e.Error > 0 { // none or all say nothing of the error
		v.Error = c.probability(float64(e.Error))
	}
	v.Basis = c.T("target.basis", "paths", e.Paths, "models", len(e.Models), "changes", e.Changes)
	for _, m := range e.Models {
		p := float64(m.Probability)
		row := modelRow{Name: m.Model, Probability: gauge{c.probability(p), draw.Coordinate(100 * p)}, Median: c.ofTarget(t, float64(m.Median))}
		for _, known := range r.Models {
			if known.Name == m.Model {
				row.Name, row.Formula = known.Title, known.Formula
			}
		}
		if key := "target.model." + m.Model; c.Has(key) {
			row.Name, row.Formula = c.T(key), c.T("target.formula."+m.Model)
		}
		v.Models = append(v.Models, row)
	}
	for _, m := range e.Milestones {
		v.Milestones = append(v.Milestones, pointRow{Name: c.probability(float64(m.Probability)), Value: c.ofTarget(t, float64(m.Value)), Year: year(m.Year)})
	}
}

// pathTable is the path that a promise needs, year by year.
func (c *visit) pathTable(t *target.Track) *targetPath {
	if t.Sum != nil {
		p := &targetPath{Heads: []string{c.T("year"), c.T("target.path.in-year"), c.T("target.path.together")}}
		for _, y := range t.Sum.Path {
			p.Rows = append(p.Rows, []string{year(y.Year), c.ofTarget(t, float64(y.Flow)), c.ofTarget(t, float64(y.Sum))})
		}
		if len(p.Rows) == 0 {
			return nil
		}
		return p
	}
	if len(t.Path) == 0 {
		return nil
	}
	p := &targetPath{Heads: []string{c.T("year"), c.T("target.path.linear"), c.T("target.path.growth")}}
	curve := t.NaturalLimit != nil && t.Direction > 0
	if curve {
		p.Heads = append(p.Heads, c.T("target.path.logistic"))
	}
	for _, y := range t.Path {
		row := []string{year(y.Year), c.ofTarget(t, float64(y.Linear)), c.ofTarget(t, float64(y.Compound))}
		if curve {
			row = append(row, c.ofTarget(t, float64(y.Logistic)))
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}
