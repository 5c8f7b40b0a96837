package draw

import (
	"math"
	"strings"
)

// PeersChart sets scores below one another as bars, each with its interval if that
// is known.
type PeersChart struct {
	Width, Height float64
	Summary       string
	Rows          []peerRow
	Start, End    string // where labels begin and figures end
	Foot          string
	Marks         []Tick
}

// peerRow is a bar with its label above it.
type peerRow struct {
	Label, URL, Text, Class string
	Short                   string // the label so far as there is room
	TextY, BarY             string
	X, Length, Dot          string
	Low, High, RangeY       string // of the interval; "" = not drawn
}

// Peer is what a row of a peers chart is made of; Low and High are equal where
// there is no interval.
type Peer struct {
	Label, URL, Class string
	Value, Low, High  float64
}

const (
	peersWidth, peersStep = 420.0, 40.0
	peersMargin           = 6.0
)

// Peers draws bars on an axis from low to high, or as far as they go; write tells a
// value, mark a mark of the axis.
func (h Hand) Peers(list []Peer, low, high float64, write, mark func(float64) string) *PeersChart {
	for _, p := range list {
		low, high = min(low, p.Value), max(high, p.Value)
	}
	turn := h.turn(peersWidth)
	place := func(v float64) float64 {
		return peersMargin + (peersWidth-2*peersMargin)*(v-low)/(high-low)
	}
	ch := &PeersChart{
		Width: peersWidth, Height: peersStep*float64(len(list)) + 20, Start: Coordinate(turn(peersMargin)),
		End: Coordinate(turn(peersWidth - peersMargin)), Foot: Coordinate(peersStep*float64(len(list)) + 14),
	}
	var words []string
	for i, p := range list {
		top := peersStep * float64(i)
		from, to := turn(place(low)), turn(place(p.Value))
		r := peerRow{
			Label: p.Label, URL: p.URL, Class: p.Class, Text: write(p.Value), Short: elide(p.Label, (peersWidth-70)/13),
			TextY: Coordinate(top + 17), BarY: Coordinate(top + 24), RangeY: Coordinate(top + 28.5),
			X: Coordinate(min(from, to)), Length: Coordinate(math.Abs(to - from)), Dot: Coordinate(to),
		}
		if p.Low < p.High {
			r.Low, r.High = Coordinate(turn(place(p.Low))), Coordinate(turn(place(p.High)))
		}
		words = append(words, r.Label+h.Colon+r.Text)
		ch.Rows = append(ch.Rows, r)
	}
	for _, v := range []float64{low, (low + high) / 2, high} {
		ch.Marks = append(ch.Marks, Tick{Coordinate(turn(place(v))), mark(v)})
	}
	ch.Summary = strings.Join(words, h.Semicolon)
	return ch
}
