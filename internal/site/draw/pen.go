package draw

import (
	"strings"
)

// Sketch is a chart as paths and texts. What draws it is a plain function of
// numbers and names, which a script of the page repeats step by step when the
// reader chooses anew.
type Sketch struct {
	Width, Height string
	Class, Label  string
	Marks         []mark
}

// mark is a path, or a text where D is empty.
type mark struct {
	Class, D, X, Y string
	Lines          []string
	Title          string
}

// pen draws on a sheet whose start is at the left, and turns it round where the
// script runs to the left.
type pen struct {
	Sketch
	rtl bool
}

// newPen gives a pen for an empty sheet of a class in the style sheet.
func (h Hand) newPen(class string, height float64) *pen {
	return &pen{Sketch{Width: Coordinate(sheet), Height: Coordinate(height), Class: class}, h.Mirrored}
}

func (p *pen) x(v float64) float64 {
	if p.rtl {
		return sheet - v
	}
	return v
}

// point is a place on the sheet.
type point struct{ x, y float64 }

// line joins points, and the last to the first if closed.
func (p *pen) line(class, title string, closed bool, points ...point) {
	var d strings.Builder
	for i, at := range points {
		d.WriteByte("ML"[min(i, 1)])
		d.WriteString(Coordinate(p.x(at.x)) + " " + Coordinate(at.y))
	}
	if closed {
		d.WriteByte('Z')
	}
	p.Marks = append(p.Marks, mark{Class: class, D: d.String(), Title: title})
}

// marker sets the sign of the nth series: each has its own shape.
func (p *pen) marker(class, title string, n int, at point, r float64) {
	p.Marks = append(p.Marks, mark{Class: class, D: MarkerPath(n, p.x(at.x), at.y, r), Title: title})
}

// text sets lines below one another.
func (p *pen) text(class string, at point, lines ...string) {
	p.Marks = append(p.Marks, mark{Class: class, X: Coordinate(p.x(at.x)), Y: Coordinate(at.y), Lines: lines})
}

// shapes are the corners of the markers, in units of their radius; the first is
// round.
var shapes = [][]point{
	nil,
	{{-.9, -.9}, {.9, -.9}, {.9, .9}, {-.9, .9}},
	{{0, -1.2}, {1.1, .8}, {-1.1, .8}},
	{{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}},
	{{0, 1.2}, {1.1, -.8}, {-1.1, -.8}},
	{{-.4, -1.2}, {.4, -1.2}, {.4, -.4}, {1.2, -.4}, {1.2, .4}, {.4, .4}, {.4, 1.2}, {-.4, 1.2}, {-.4, .4}, {-1.2, .4}, {-1.2, -.4}, {-.4, -.4}},
}

// MarkerPath is the outline of the sign of the nth series, counted from 0, around a
// place: each of the first six has its own shape, then they come again.
func MarkerPath(n int, x, y, r float64) string {
	corners := shapes[n%len(shapes)]
	if corners == nil {
		radius, across := Coordinate(r), Coordinate(2*r)
		arc := "a" + radius + " " + radius + " 0 1 0 "
		return "M" + Coordinate(x-r) + " " + Coordinate(y) + arc + across + " 0" + arc + "-" + across + " 0Z"
	}
	var d strings.Builder
	for i, at := range corners {
		d.WriteByte("ML"[min(i, 1)])
		d.WriteString(Coordinate(x+r*at.x) + " " + Coordinate(y+r*at.y))
	}
	return d.String() + "Z"
}
