package draw

import (
	"math"
	"strings"
)

// Radar is the scores of one around a centre, beside those in the middle of all.
type Radar struct {
	Width, Height       float64
	Summary             string
	Rings               []string // polygons of equal score
	Spokes              []spoke
	Own, Middle         string
	Dots                []Dot
	CentreX, CentreY, R string
}

// spoke is the axis of one part, with its name in one line or two.
type spoke struct {
	X, Y, TextX, TextY, Anchor, Label, Value string
	Lines                                    []string
}

// RadarPart is what a spoke is made of: the scores as shares of the radius.
type RadarPart struct {
	Label, Value string
	Own, Middle  float64
}

const radarWidth, radarHeight, radarRadius = 500.0, 360.0, 112.0

// Radar draws the parts from the top round.
func (h Hand) Radar(parts []RadarPart) *Radar {
	turn := h.turn(radarWidth)
	angle := func(i int) float64 { return 2*math.Pi*float64(i)/float64(len(parts)) - math.Pi/2 }
	at := func(i int, share float64) (x, y float64) {
		return turn(radarWidth/2 + radarRadius*share*math.Cos(angle(i))), radarHeight/2 + radarRadius*share*math.Sin(angle(i))
	}
	polygon := func(share func(i int) float64) string {
		var points []string
		for i := range parts {
			x, y := at(i, share(i))
			points = append(points, Coordinate(x)+","+Coordinate(y))
		}
		return strings.Join(points, " ")
	}
	r := &Radar{Width: radarWidth, Height: radarHeight, CentreX: Coordinate(radarWidth / 2), CentreY: Coordinate(radarHeight / 2)}
	for _, ring := range []float64{.25, .5, .75, 1} {
		r.Rings = append(r.Rings, polygon(func(int) float64 { return ring }))
	}
	r.Own = polygon(func(i int) float64 { return parts[i].Own })
	r.Middle = polygon(func(i int) float64 { return parts[i].Middle })
	var words []string
	for i, p := range parts {
		x, y := at(i, 1)
		tx, ty := at(i, 1.13)
		s := spoke{X: Coordinate(x), Y: Coordinate(y), TextX: Coordinate(tx), TextY: Coordinate(ty + 4), Label: p.Label, Value: p.Value, Lines: twoLines(p.Label)}
		switch cos := math.Cos(angle(i)); {
		case cos > .2:
			s.Anchor = "start"
		case cos < -.2:
			s.Anchor = "end"
		default:
			s.Anchor = "middle"
		}
		if up := 15 * float64(len(s.Lines)-1); y < radarHeight/2-1 {
			s.TextY = Coordinate(ty + 4 - up)
		} else if y < radarHeight/2+radarRadius/2 {
			s.TextY = Coordinate(ty + 4 - up/2)
		}
		r.Spokes = append(r.Spokes, s)
		dx, dy := at(i, p.Own)
		r.Dots = append(r.Dots, Dot{Coordinate(dx), Coordinate(dy), p.Label + h.Colon + p.Value})
		words = append(words, p.Label+h.Colon+p.Value)
	}
	r.Summary = strings.Join(words, h.Semicolon)
	return r
}
