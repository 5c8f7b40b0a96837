package draw

import (
	"math"
	"strings"

	"mizan/stat"
)

// MoveChart shows where ranks move: a line for each unit from its rank before to
// that after.
type MoveChart struct {
	Width, Height float64
	Summary       string
	Rows          []shiftRow
	Ticks         []Tick
	Foot, Top     string
	Start, End    string
}

// shiftRow is a unit in a move chart.
type shiftRow struct {
	Label, Short, Text, Way string
	TextY, Y                string
	From, To, Low, High     string // across; Low is "" without an interval
	About                   bool
}

// Shift is what a row of a move chart is made of: ranks, missing where there are
// none.
type Shift struct {
	Label, Text, Way string
	About            bool // it is set off
	Before, After    float64
	Low, High        float64 // the interval of the rank after
}

const (
	moveWidth, moveStep = 460.0, 38.0
	moveMargin          = 10.0
)

// Moves draws who has a rank before and after; nil where nobody has.
func (h Hand) Moves(list []Shift, write func(float64) string) *MoveChart {
	ch := &MoveChart{Width: moveWidth}
	turn := h.turn(moveWidth)
	first, last := math.Inf(1), 2.0
	for _, m := range list {
		for _, r := range stat.Present(nil, []float64{m.Before, m.After, m.Low, m.High}) {
			first, last = min(first, r), max(last, r)
		}
	}
	if first = max(1, first-2); first >= last {
		first = 1
	}
	place := func(rank float64) string {
		return Coordinate(turn(moveMargin + (moveWidth-2*moveMargin)*(rank-first)/(last-first)))
	}
	var words []string
	for _, m := range list {
		if math.IsNaN(m.Before) || math.IsNaN(m.After) {
			continue
		}
		top := moveStep * float64(len(ch.Rows))
		row := shiftRow{
			Label: m.Label, Short: elide(m.Label, (moveWidth-90)/13), Text: m.Text, Way: m.Way, About: m.About,
			TextY: Coordinate(top + 15), Y: Coordinate(top + 26), From: place(m.Before), To: place(m.After),
		}
		if m.Low < m.High {
			row.Low, row.High = place(m.Low), place(m.High)
		}
		words = append(words, m.Label+h.Colon+m.Text)
		ch.Rows = append(ch.Rows, row)
	}
	if len(ch.Rows) == 0 {
		return nil
	}
	foot := moveStep * float64(len(ch.Rows))
	ch.Height, ch.Foot, ch.Top = foot+20, Coordinate(foot+15), Coordinate(foot)
	ch.Start, ch.End = Coordinate(turn(moveMargin)), Coordinate(turn(moveWidth-moveMargin))
	for _, rank := range []float64{first, math.Round((first + last) / 2), last} {
		ch.Ticks = append(ch.Ticks, Tick{place(rank), write(rank)})
	}
	ch.Summary = strings.Join(words, h.Semicolon)
	return ch
}
