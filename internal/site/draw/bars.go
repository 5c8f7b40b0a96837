package draw

import "math"

// BarChart is a list of bars, each with a second mark if there is one.
type BarChart struct {
	Width, Height string
	Bars          []bar
}

// bar is a figure beside its name.
type bar struct {
	Label, URL           string
	Y, TextY             string
	X, Length            string
	LabelX               string
	Mark                 string // place of the second figure, "" if none
	MarkFrom, MarkTo     string
	Value, ValueX, Title string
	Heavy                bool // set off
}

// Barred is what a bar is made of. Mark is a second figure, missing if there is
// none.
type Barred struct {
	Label, URL, Value, Title string
	Heavy                    bool
	V, Mark                  float64
}

const (
	barHeight, barRoom, barWidth = 24.0, 240.0, 900.0
	barValueRoom                 = 70.0
)

// Bars places figures of 0 and more beside their names; nil where all are 0.
func (h Hand) Bars(list []Barred) *BarChart {
	most := 0.0
	for _, b := range list {
		for _, v := range []float64{b.V, b.Mark} {
			if v > most {
				most = v
			}
		}
	}
	if most == 0 {
		return nil
	}
	turn := h.turnWide(barWidth)
	place := func(x, wide float64) string { return Coordinate(turn(x, wide)) }
	length := func(v float64) float64 { return (barWidth - barRoom - barValueRoom) * max(0, finite(v)) / most }
	ch := &BarChart{Width: Coordinate(barWidth), Height: Coordinate(barHeight * float64(len(list)))}
	for i, of := range list {
		y := barHeight * float64(i)
		end := length(of.V)
		b := bar{
			Label: of.Label, URL: of.URL, Y: Coordinate(y + 4), TextY: Coordinate(y + 17), X: place(barRoom, end), Length: Coordinate(end),
			Value: of.Value, Title: of.Title, Heavy: of.Heavy, LabelX: place(barRoom-8, 0), MarkFrom: Coordinate(y + 1), MarkTo: Coordinate(y + 23),
		}
		if !math.IsNaN(of.Mark) {
			b.Mark = place(barRoom+length(of.Mark), 0)
			end = max(end, length(of.Mark))
		}
		b.ValueX = place(barRoom+end+8, 0)
		ch.Bars = append(ch.Bars, b)
	}
	return ch
}
