package site

import (
	"fmt"
	"math"
	"strconv"
	"strings"

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
	SumWords        string
	Chart           *fanChart
	Verdicts        []verdictRow
	Disagree        bool
	Judged          bool
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
		Title: c.targetTitle(t), ID: t.ID, Reading: c.text(t.Reading, ""), Body: c.text(t.Body, ""), Theme: human(t.Theme),
		Source: c.originOf(t.Source), Place: t.Place, Note: paragraphs(c.text(t.Note, "")), Measured: measured(t),
		Command: "mizan target " + shellWord(t.ID) + c.projectFlag(), Disagree: !t.Agree && len(t.Verdicts) > 0, Judged: len(t.Verdicts) > 0,
	}
	c.addSubject(v, r, t)
	c.addPoints(v, t)
	addGrowth(v, t)
	v.Chart = newFanChart(t, v.Title)
	addVerdicts(v, r, t)
	c.addEnsemble(v, r, t)
	v.Path = pathTable(t)
	for _, x := range t.Conversions {
		o := c.originOf(x.Source)
		v.Conversions = append(v.Conversions, fmt.Sprintf("The %s of %d is %s %s; at 1 %s = %s %s of %s (%s) that is %s %s.",
			x.Of, x.Year, targetFigure(float64(x.Given)), x.Currency, x.From, exact(float64(x.Rate)), x.To, x.Date, o.Publisher, targetFigure(float64(x.Converted)), t.Currency))
	}
	for _, f := range t.Findings {
		if f.ID == "converted" {
			continue // told above
		}
		v.Findings = append(v.Findings, findingRow{f.ID, string(f.Severity), f.Message, f.Remedy})
	}
	return v, nil
}

// addSubject says who promises what, and how else it can be read.
func (c *visit) addSubject(v *targetView, r *target.Result, t *target.Track) {
	v.Holder = link{Label: c.text(t.Holder, t.Unit+t.Alliance)}
	if _, known := c.book.units[t.Unit]; known {
		v.Holder.URL = c.unitURL(t.Unit)
	}
	v.WhatLabel = c.text(t.What, "")
	if t.Indicator != "" {
		v.What = &link{Label: c.label(t.Indicator), URL: c.codeURL(t.Indicator)}
	}
	side := "at least"
	if t.Direction < 0 {
		side = "at most"
	}
	v.Lead = fmt.Sprintf("%s promises %s %s by %d.", v.Holder.Label, side, targetAmount(t, float64(t.Goal.Value)), t.Goal.Year)
	if t.Kind == spec.KindCumulative {
		v.Lead = fmt.Sprintf("%s promises %s %s together by %d.", v.Holder.Label, side, targetAmount(t, float64(t.Goal.Value)), t.Goal.Year)
	}
	switch t.State {
	case target.NoBaseline:
		v.State = "The source has no value to start from, so that neither a path nor a verdict can be given."
	case target.NoDataAfter:
		v.State = fmt.Sprintf("Nothing is known after the baseline of %d: the path that the promise needs is all that can be told, and there is no verdict.", t.Baseline.Year)
	case target.Due:
		v.State = "The year of the target has come."
	}
	for _, p := range r.Promises {
		if p.Code != t.Promise {
			continue
		}
		for _, id := range p.Targets {
			_, other := c.book.target(id)
			v.Readings = append(v.Readings, link{Label: c.text(other.Reading, id), URL: c.targetURL(id), Here: id == t.ID})
		}
	}
}

func measured(t *target.Track) string {
	words := []string{map[string]string{
		spec.KindStock: "a stock", spec.KindFlow: "a flow", spec.KindCumulative: "a total over years", spec.KindShare: "a share",
	}[t.Kind]}
	if t.Measure != "" {
		words = append(words, t.Measure)
	}
	if t.Prices != "" {
		words = append(words, t.Prices+" prices")
	}
	if t.NaturalLimit != nil {
		words = append(words, "natural limit "+figure(*t.NaturalLimit))
	}
	return strings.Join(words, ", ")
}

func (c *visit) addPoints(v *targetView, t *target.Track) {
	add := func(name string, p *target.Point) {
		if p == nil {
			return
		}
		note := p.Note
		if p.Implied {
			note = strings.TrimPrefix(note+"; implied, not stated", "; ")
		}
		v.Points = append(v.Points, pointRow{Name: name, Value: targetAmount(t, float64(p.Value)), Year: strconv.Itoa(p.Year), Note: note, Source: c.originOf(p.Source)})
	}
	for i := range t.Series {
		p := &t.Series[i]
		switch {
		case t.Baseline != nil && p.Year == t.Baseline.Year:
			add("Baseline", p)
		case t.Indicator != "" && (t.Latest == nil || p.Year != t.Latest.Year):
			// The series of an indicator is in the chart and on its own page.
		case t.Latest != nil && p.Year == t.Latest.Year:
			add("Latest", p)
		default:
			add("Observed", p)
		}
	}
	for i := range t.Milestones {
		add("Milestone", &t.Milestones[i])
	}
	add("Target", &t.Goal)
}

func addGrowth(v *targetView, t *target.Track) {
	add := func(name string, g *target.Growth) {
		if g != nil {
			v.Growth = append(v.Growth, growthRow{
				name, fmt.Sprintf("%d–%d", g.From, g.To), signedPercent(float64(g.Compound)), targetStep(t, float64(g.Step)), targetFigure(float64(g.Multiple)),
			})
		}
	}
	add("Observed since the baseline", t.Observed)
	add("Required from the baseline", t.Required)
	add("Required from now", t.RequiredNow)
	if s := t.Sum; s != nil {
		v.SumWords = fmt.Sprintf("A total of %s over %d to %d is %s in every year", targetAmount(t, float64(s.Total)), s.From, s.To, targetAmount(t, float64(s.Even)))
		if !math.IsNaN(float64(s.Growth)) {
			v.SumWords += fmt.Sprintf(", or growth of %s a year to %s in %d", signedPercent(float64(s.Growth)), targetAmount(t, float64(s.Last)), s.To)
		}
		v.SumWords += "."
		if s.Until != 0 {
			v.SumWords += fmt.Sprintf(" By %d, %s have come together.", s.Until, targetAmount(t, float64(s.SoFar)))
		}
	}
}

func addVerdicts(v *targetView, r *target.Result, t *target.Track) {
	for i, x := range t.Verdicts {
		m := r.Methods[i]
		row := verdictRow{Method: m.Title, Figure: verdictFigure(float64(x.Figure)), FigureIs: m.Figure, Says: x.Says, Grade: string(x.Grade), Rule: x.Rule, Detail: x.Detail, Why: x.Why, Source: m.Source}
		if x.Says == "" {
			row.Says = "no verdict"
		}
		v.Verdicts = append(v.Verdicts, row)
	}
}

// verdictFigure writes ratios with three decimals and percentages with one.
func verdictFigure(v float64) string {
	if math.Abs(v) >= 10 {
		return fixed(v, 1)
	}
	return fixed(v, 3)
}

func (c *visit) addEnsemble(v *targetView, r *target.Result, t *target.Track) {
	e := t.Ensemble
	if e == nil {
		return
	}
	v.Probability, v.Few = probability(float64(e.Probability)), e.Few
	if e.Error > 0 { // none or all say nothing of the error
		v.Error = probability(float64(e.Error))
	}
	v.Basis = fmt.Sprintf("%s paths of %s, made of %s of the past", whole(float64(e.Paths)), counted(len(e.Models), "model"), counted(e.Changes, "change"))
	for _, m := range e.Models {
		row := modelRow{Name: m.Model, Probability: gauge{probability(float64(m.Probability)), fixed(100*float64(m.Probability), 1)}, Median: targetAmount(t, float64(m.Median))}
		for _, known := range r.Models {
			if known.Name == m.Model {
				row.Name, row.Formula = known.Title, known.Formula
			}
		}
		v.Models = append(v.Models, row)
	}
	for _, m := range e.Milestones {
		v.Milestones = append(v.Milestones, pointRow{Name: probability(float64(m.Probability)), Value: targetAmount(t, float64(m.Value)), Year: strconv.Itoa(m.Year)})
	}
}

func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// pathTable is the path that a promise needs, year by year.
func pathTable(t *target.Track) *targetPath {
	if t.Sum != nil {
		p := &targetPath{Heads: []string{"Year", "In the year", "Together"}}
		for _, y := range t.Sum.Path {
			p.Rows = append(p.Rows, []string{strconv.Itoa(y.Year), targetFigure(float64(y.Flow)), targetFigure(float64(y.Sum))})
		}
		if len(p.Rows) == 0 {
			return nil
		}
		return p
	}
	if len(t.Path) == 0 {
		return nil
	}
	p := &targetPath{Heads: []string{"Year", "Linear", "Constant growth"}}
	curve := t.NaturalLimit != nil && t.Direction > 0
	if curve {
		p.Heads = append(p.Heads, "Logistic curve")
	}
	for _, y := range t.Path {
		row := []string{strconv.Itoa(y.Year), targetFigure(float64(y.Linear)), targetFigure(float64(y.Compound))}
		if curve {
			row = append(row, targetFigure(float64(y.Logistic)))
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}
