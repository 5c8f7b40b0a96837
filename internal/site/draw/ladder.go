package draw

import (
	"math"
)

// Ladder sets units below one another, each with a point on a common axis and,
// where it is known, the range that the point may lie in, or the place that it
// came from.
type Ladder struct {
	Width, Height string
	Summary       string
	Top, Bottom   string // ends of the lines of the axis
	LabelY        string
	Ticks         []Tick
	Rows          []rung
	End           string // where the written values end
}

// rung is one line of a ladder.
type rung struct {
	Name, URL, Text, Says string
	Y, NameX, BandY       string
	X, Low, High, From    string // places on the axis; "" = none
	Way                   string // up or down, for a row that moved
}

// LadderRow is what a rung is made of; NaN where there is none.
type LadderRow struct {
	Name, URL, Text, Says string
	At, Low, High, From   float64
}

// LadderMarks is about how many marks the axis of a ladder has.
const LadderMarks = 5

const (
	ladderWidth = 460.0
	ladderNames = 150.0 // room for names
	ladderTexts = 62.0  // room for written values
	ladderStep  = 27.0
	ladderHead  = 22.0
	ladderName  = 18 // characters of a name
)

// Ladder draws rows; with downward, small values stand at the far end, as
// ranks want it. Where the script runs to the left, so does the axis.
func (h Hand) Ladder(summary string, rows []LadderRow, write func(float64) string, downward bool) *Ladder {
	low, high := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		for _, v := range []float64{r.At, r.Low, r.High, r.From} {
			if !math.IsNaN(v) {
				low, high = math.Min(low, v), math.Max(high, v)
			}
		}
	}
	if len(rows) == 0 || math.IsInf(low, 0) {
		return nil
	}
	if low == high {
		low, high = low-1, high+1
	}
	turn := h.turn(ladderWidth)
	from, to := ladderNames+8, ladderWidth-ladderTexts-8
	x := func(v float64) string {
		share := (v - low) / (high - low)
		if downward {
			share = 1 - share
		}
		return Coordinate(turn(from + (to-from)*share))
	}
	bottom := ladderHead + ladderStep*float64(len(rows))
	l := &Ladder{
		Width: Coordinate(ladderWidth), Height: Coordinate(bottom + 4), Summary: summary,
		Top: Coordinate(ladderHead - 6), Bottom: Coordinate(bottom), LabelY: Coordinate(ladderHead - 10), End: Coordinate(turn(ladderWidth - 2)),
	}
	for _, v := range Steps(low, high, LadderMarks) {
		if downward && v != math.Trunc(v) {
			continue
		}
		l.Ticks = append(l.Ticks, Tick{x(v), write(v)})
	}
	place := func(v float64) string {
		if math.IsNaN(v) {
			return ""
		}
		return x(v)
	}
	for i, r := range rows {
		y := ladderHead + ladderStep*(float64(i)+.5)
		g := rung{
			Name: clipName(r.Name, ladderName), URL: r.URL, Text: r.Text, Says: r.Says, Y: Coordinate(y), BandY: Coordinate(y - ladderStep/2),
			NameX: Coordinate(turn(2)), X: place(r.At), Low: place(r.Low), High: place(r.High), From: place(r.From),
		}
		if moved := r.At - r.From; moved != 0 && !math.IsNaN(moved) {
			g.Way = "up"
			if moved < 0 != downward {
				g.Way = "down"
			}
		}
		l.Rows = append(l.Rows, g)
	}
	return l
}
