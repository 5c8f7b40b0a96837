package engine

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"mizan/alliance"
	"mizan/claim"
	"mizan/spec"
)

// ReadArticle reads the claims of an article and checks them against the
// report: ranks against its ranks, figures against its raw figures, memberships
// against its alliances. Options may name language and year of the article; the
// names come from the report. The error is a fault of the lexicon.
func (r *Report) ReadArticle(text string, o claim.Options) (*claim.Reading, error) {
	o.Units = r.Units
	for _, i := range r.Indicators {
		o.Indicators = append(o.Indicators, claim.Named{Code: i.Code, Name: i.Name})
	}
	if r.Spec != nil {
		for _, a := range r.Spec.Alliances {
			o.Alliances = append(o.Alliances, claim.Named{Code: a.Code, Name: a.Name})
		}
	}
	reading, err := claim.Read(text, o)
	if err != nil {
		return nil, err
	}
	facts, err := r.facts()
	if err != nil {
		return nil, err
	}
	claim.Check(reading, facts)
	return reading, nil
}

// facts are what the report holds to check claims against.
func (r *Report) facts() (*claim.Facts, error) {
	f := &claim.Facts{}
	r.rankFacts(f)
	r.levelFacts(f)
	if r.Spec == nil {
		return f, nil
	}
	for _, a := range r.Spec.Alliances {
		f.Members = append(f.Members, memberFacts(r.Spec, &a)...)
	}
	return f, r.targetFacts(f)
}

// targetFacts are the promises of the project as it states them, and what they
// start from.
func (r *Report) targetFacts(f *claim.Facts) error {
	if len(r.Spec.Targets) == 0 {
		return nil // and no lexicon is needed
	}
	titles := make([]string, len(r.Spec.Targets))
	for i := range titles {
		t := &r.Spec.Targets[i]
		titles[i] = t.Title.In("en") + ". " + t.What.In("en")
	}
	topics, err := claim.Topics("en", titles)
	if err != nil {
		return err
	}
	for i := range r.Spec.Targets {
		t := &r.Spec.Targets[i]
		add := func(p spec.TargetFigure, baseline bool) {
			if p.Year == 0 || !p.Given() && (baseline || t.Multiple == 0) {
				return
			}
			fact := claim.TargetFact{
				ID: t.ID, Unit: t.Unit, Topics: topics[i], Measure: claim.Number, Year: p.Year, Value: p.Value, Baseline: baseline,
			}
			switch currency := cmp.Or(p.Currency, t.Currency); {
			case currency != "":
				fact.Measure, fact.Currency = claim.Money, currency
			case strings.HasPrefix(t.Measure, "%"):
				fact.Measure = claim.Percent
			}
			if !baseline {
				fact.Multiple = t.Multiple
			}
			f.Targets = append(f.Targets, fact)
		}
		add(t.Baseline, true)
		add(t.Goal(), false)
	}
	return nil
}

func (r *Report) rankFacts(f *claim.Facts) {
	top := len(r.Ranks.Codes) - 1
	intervals := r.Intervals()
	for y, year := range r.Years {
		column := r.Ranks.Column(y, top)
		of := 0
		for _, v := range column {
			if v == v {
				of++
			}
		}
		for u, v := range column {
			if v == v {
				fact := claim.RankFact{Unit: r.Units[u].Code, Year: year, Rank: v, Of: of}
				if intervals != nil && intervals.Year == year {
					if i := &intervals.Units[u]; i.Ranked > 0 {
						fact.Low, fact.High = float64(i.Low), float64(i.High)
					}
				}
				f.Ranks = append(f.Ranks, fact)
			}
		}
	}
}

// levelFacts are the raw figures with the years that they are of.
func (r *Report) levelFacts(f *claim.Facts) {
	if r.Panel == nil {
		return
	}
	measure := map[string]string{}
	for _, i := range r.Indicators {
		measure[i.Code] = i.Measure
	}
	for y := range r.Panel.Years {
		for c, code := range r.Panel.Codes {
			for u, v := range r.Panel.Column(y, c) {
				if math.IsNaN(v) {
					continue
				}
				f.Levels = append(f.Levels, claim.LevelFact{
					Code: code, Unit: r.Panel.Units[u], Year: int(r.Panel.Cell(y, c, u).Year), Value: v, Measure: measure[code],
				})
			}
		}
	}
}

// memberFacts are the memberships of an alliance, those of the alliances that
// it includes among them.
func memberFacts(s *spec.Spec, a *spec.Alliance) []claim.MemberFact {
	var list []claim.MemberFact
	for _, m := range alliance.Spans(s, a) {
		list = append(list, claim.MemberFact{
			Alliance: a.Code, Unit: m.Unit, Status: m.Status, From: yearOf(m.From), To: yearOf(m.To), Incomplete: a.Incomplete,
		})
	}
	return list
}

func yearOf(d spec.Date) int {
	if len(d) < 4 {
		return 0
	}
	y, err := strconv.Atoi(string(d[:4]))
	if err != nil {
		return 0
	}
	return y
}
