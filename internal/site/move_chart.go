package site

import (
	"math"
	"strings"

	"mizan/scenario"
	"mizan/stat"
)

// moveChart shows where a scenario moves ranks: a line for each unit from its
// rank as it stands to that after, the unit that it is about first.
type moveChart struct {
	Width, Height float64
	Summary       string
	Rows          []shiftRow
	Ticks         []tick
	Foot, Top     string
	Start, End    string
}

type shiftRow struct {
	Label, Short, Text, Way string
	TextY, Y                string
	From, To, Low, High     string // across; Low is "" without an interval
	About                   bool
}

const (
	moveWidth, moveStep = 460.0, 38.0
	moveMargin          = 10.0
)

// addShifts draws the unit that a scenario is about and the others that move most.
func (c *visit) addShifts(v *scenarioView, o *scenario.Outcome, others []*scenario.Move) {
	var moves []*scenario.Move
	if m := o.Move(o.Unit); m != nil {
		moves = append(moves, m)
	}
	moves = append(moves, others...)
	ch := &moveChart{Width: moveWidth}
	turn := c.hand().turn(moveWidth)
	first, last := math.Inf(1), 2.0
	ranks := func(m *scenario.Move) (before, after, low, high float64) {
		before, after, low, high = float64(m.Before.Rank), float64(m.After.Rank), math.NaN(), math.NaN()
		if m.Over != nil {
			low, high = float64(m.Over.RankAfter.Low), float64(m.Over.RankAfter.High)
		}
		return before, after, low, high
	}
	for _, m := range moves {
		before, after, low, high := ranks(m)
		for _, r := range stat.Present(nil, []float64{before, after, low, high}) {
			first, last = min(first, r), max(last, r)
		}
	}
	if first = max(1, first-2); first >= last {
		first = 1
	}
	place := func(rank float64) string {
		return coordinate(turn(moveMargin + (moveWidth-2*moveMargin)*(rank-first)/(last-first)))
	}
	table := &figureTable{Columns: []string{c.T("scenario.unit"), c.T("scenario.rank"), c.T("scenario.after"), c.T("scenario.points")}}
	var words []string
	for _, m := range moves {
		before, after, low, high := ranks(m)
		name := c.unitLink(m.Code).Label
		table.Rows = append(table.Rows, []figureCell{{Text: name}, numberCell(before, c.Whole), numberCell(after, c.Whole), numberCell(m.Score(), c.gained)})
		if math.IsNaN(before) || math.IsNaN(after) {
			continue
		}
		top := moveStep * float64(len(ch.Rows))
		row := shiftRow{
			Label: name, Short: elide(name, (moveWidth-90)/13), Text: c.T("scenario.move", "before", c.Whole(before), "after", c.Whole(after)),
			TextY: coordinate(top + 15), Y: coordinate(top + 26), From: place(before), To: place(after), About: m.Code == o.Unit, Way: c.rankMove(m).Way,
		}
		if low < high {
			row.Low, row.High = place(low), place(high)
		}
		words = append(words, name+c.T("colon")+row.Text)
		ch.Rows = append(ch.Rows, row)
	}
	if len(ch.Rows) == 0 {
		return
	}
	foot := moveStep * float64(len(ch.Rows))
	ch.Height, ch.Foot, ch.Top = foot+20, coordinate(foot+15), coordinate(foot)
	ch.Start, ch.End = coordinate(turn(moveMargin)), coordinate(turn(moveWidth-moveMargin))
	for _, rank := range []float64{first, math.Round((first + last) / 2), last} {
		ch.Ticks = append(ch.Ticks, tick{place(rank), c.Whole(rank)})
	}
	ch.Summary = strings.Join(words, c.T("list.semicolon"))
	v.Moves = ch
	v.MovesFrame = &figureFrame{
		ID: "moves", File: "scenario-" + o.ID, Class: "moves", Table: table, Sources: c.sourcesOf(c.book.top),
		Title: c.T("scenario.moves.title", "name", v.Unit.Label, "before", v.Move.Before, "after", v.Move.After, "points", v.Gained),
	}
}
