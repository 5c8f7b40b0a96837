package site

import "math"

// barChart is a list of bars, each with a second mark if there is one.
type barChart struct {
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

// barred is what a bar is made of. Mark is a second figure, missing if there is
// none.
type barred struct {
	Label, URL, Value, Title string
	Heavy                    bool
	V, Mark                  float64
}

const (
	barHeight, barRoom, barWidth = 24.0, 240.0, 900.0
	barValueRoom                 = 70.0
)

// bars places figures of 0 and more beside their names; nil where all are 0.
func (h hand) bars(list []barred) *barChart {
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
	place := func(x, wide float64) string { return coordinate(turn(x, wide)) }
	length := func(v float64) float64 { return (barWidth - barRoom - barValueRoom) * max(0, finite(v)) / most }
	ch := &barChart{Width: coordinate(barWidth), Height: coordinate(barHeight * float64(len(list)))}
	for i, of := range list {
		y := barHeight * float64(i)
		end := length(of.V)
		b := bar{
			Label: of.Label, URL: of.URL, Y: coordinate(y + 4), TextY: coordinate(y + 17), X: place(barRoom, end), Length: coordinate(end),
			Value: of.Value, Title: of.Title, Heavy: of.Heavy, LabelX: place(barRoom-8, 0), MarkFrom: coordinate(y + 1), MarkTo: coordinate(y + 23),
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
