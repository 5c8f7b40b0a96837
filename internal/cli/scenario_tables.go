package cli

import (
	"io"
	"strconv"
	"strings"

	"mizan/scenario"
)

// scenarioTables are the tables of `mizan scenario -o`.
var scenarioTables = []struct {
	name  string
	write func(w io.Writer, r *scenario.Result) error
}{
	{"units", scenarioUnits},
	{"nodes", scenarioNodes},
	{"assumptions", scenarioAssumptions},
	{"attribution", scenarioAttribution},
	{"figures", scenarioFigures},
}

var moveHead = []string{
	"score_before", "score_after", "rank_before", "rank_after", "in", "score_move", "places",
	"score_move_low", "score_move_median", "score_move_high", "places_low", "places_median", "places_high",
	"rank_before_low", "rank_before_high", "rank_after_low", "rank_after_high", "rises", "falls",
}

// moveCells are the cells of a movement; those over the draws are empty without
// any.
func moveCells(m *scenario.Move) []string {
	cells := []string{
		exactNumber(m.Before.Score), exactNumber(m.After.Score), exactNumber(m.Before.Rank), exactNumber(m.After.Rank), m.In, exact(m.Score()), exact(m.Places()),
	}
	if m.Over == nil {
		return append(cells, make([]string, len(moveHead)-len(cells))...)
	}
	o := m.Over
	return append(cells,
		exactNumber(o.Score.Low), exactNumber(o.Score.Median), exactNumber(o.Score.High), exactNumber(o.Places.Low), exactNumber(o.Places.Median), exactNumber(o.Places.High),
		exactNumber(o.RankBefore.Low), exactNumber(o.RankBefore.High), exactNumber(o.RankAfter.Low), exactNumber(o.RankAfter.High), exact(o.Rises), exact(o.Falls))
}

func scenarioUnits(w io.Writer, r *scenario.Result) error {
	return table(w, func(add func(cells ...string)) {
		add(append([]string{"scenario", "unit"}, moveHead...)...)
		for i := range r.Scenarios {
			s := &r.Scenarios[i]
			for u := range s.Units {
				add(append([]string{s.ID, s.Units[u].Code}, moveCells(&s.Units[u])...)...)
			}
		}
	})
}

func scenarioNodes(w io.Writer, r *scenario.Result) error {
	return table(w, func(add func(cells ...string)) {
		add(append([]string{"scenario", "unit", "code"}, moveHead...)...)
		for i := range r.Scenarios {
			s := &r.Scenarios[i]
			for n := range s.Nodes {
				add(append([]string{s.ID, s.Unit, s.Nodes[n].Code}, moveCells(&s.Nodes[n])...)...)
			}
		}
	})
}

func scenarioAssumptions(w io.Writer, r *scenario.Result) error {
	return table(w, func(add func(cells ...string)) {
		add("scenario", "id", "text", "distribution", "low", "middle", "high", "source", "correlation", "drives")
		for i := range r.Scenarios {
			s := &r.Scenarios[i]
			for _, a := range s.Assumptions {
				add(s.ID, a.ID, a.Text.In("en"), a.Distribution, exactNumber(a.Low), exactNumber(a.Middle), exactNumber(a.High), a.Source, exactNumber(a.Correlation), exactNumber(a.Drives))
			}
		}
	})
}

func scenarioAttribution(w io.Writer, r *scenario.Result) error {
	return table(w, func(add func(cells ...string)) {
		add("scenario", "unit", "edit", "kind", "says", "assumptions", "score", "places")
		for i := range r.Scenarios {
			s := &r.Scenarios[i]
			for k, p := range s.Attribution.Parts {
				e := &s.Edits[k]
				add(s.ID, s.Unit, p.Edit, e.Kind, e.Says, strings.Join(e.Assumptions, " "), exactNumber(p.Score), exactNumber(p.Places))
			}
		}
	})
}

func scenarioFigures(w io.Writer, r *scenario.Result) error {
	return table(w, func(add func(cells ...string)) {
		add("scenario", "unit", "indicator", "year", "before", "after", "by")
		for i := range r.Scenarios {
			s := &r.Scenarios[i]
			for _, f := range s.Figures {
				by := "edit"
				if f.Link {
					by = "link"
				}
				add(s.ID, f.Unit, f.Indicator, strconv.Itoa(f.Year), exactNumber(f.Before), exactNumber(f.After), by)
			}
		}
	})
}
