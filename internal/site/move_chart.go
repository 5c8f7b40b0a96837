package site

import (
	"math"

	"mizan/internal/site/draw"
	"mizan/scenario"
)

// addShifts draws the unit that a scenario is about and the others that move most.
func (c *visit) addShifts(v *scenarioView, o *scenario.Outcome, others []*scenario.Move) {
	var moves []*scenario.Move
	if m := o.Move(o.Unit); m != nil {
		moves = append(moves, m)
	}
	moves = append(moves, others...)
	table := &figureTable{Columns: []string{c.T("scenario.unit"), c.T("scenario.rank"), c.T("scenario.after"), c.T("scenario.points")}}
	var list []draw.Shift
	for _, m := range moves {
		s := draw.Shift{Label: c.unitLink(m.Code).Label, Before: float64(m.Before.Rank), After: float64(m.After.Rank), Low: math.NaN(), High: math.NaN(), About: m.Code == o.Unit}
		if m.Over != nil {
			s.Low, s.High = float64(m.Over.RankAfter.Low), float64(m.Over.RankAfter.High)
		}
		s.Text, s.Way = c.T("scenario.move", "before", c.Whole(s.Before), "after", c.Whole(s.After)), c.rankMove(m).Way
		list = append(list, s)
		table.Rows = append(table.Rows, []figureCell{{Text: s.Label}, numberCell(s.Before, c.Whole), numberCell(s.After, c.Whole), numberCell(m.Score(), c.gained)})
	}
	v.Moves = c.hand().Moves(list, c.Whole)
	if v.Moves == nil {
		return
	}
	v.MovesFrame = &figureFrame{
		ID: "moves", File: "scenario-" + o.ID, Class: "moves", Table: table, Sources: c.sourcesOf(c.book.top),
		Title: c.T("scenario.moves.title", "name", v.Unit.Label, "before", v.Move.Before, "after", v.Move.After, "points", v.Gained),
	}
}
