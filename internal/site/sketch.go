package site

import (
	"math"
	"strings"
	"unicode/utf8"
)

// sketch is a chart as paths and texts. What draws it is a plain function of
// numbers and names, which a script of the page repeats step by step when the
// reader chooses anew.
type sketch struct {
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
	sketch
	width float64
	rtl   bool
}

func (c *visit) newPen(class string, height float64) *pen {
	return &pen{sketch{Width: coordinate(sheet), Height: coordinate(height), Class: class}, sheet, c.Dir == "rtl"}
}

func (p *pen) x(v float64) float64 {
	if p.rtl {
		return p.width - v
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
		d.WriteString(coordinate(p.x(at.x)) + " " + coordinate(at.y))
	}
	if closed {
		d.WriteByte('Z')
	}
	p.Marks = append(p.Marks, mark{Class: class, D: d.String(), Title: title})
}

// marker sets the sign of the nth series: each has its own shape.
func (p *pen) marker(class, title string, n int, at point, r float64) {
	p.Marks = append(p.Marks, mark{Class: class, D: markerPath(n, p.x(at.x), at.y, r), Title: title})
}

func (p *pen) text(class string, at point, lines ...string) {
	p.Marks = append(p.Marks, mark{Class: class, X: coordinate(p.x(at.x)), Y: coordinate(at.y), Lines: lines})
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

func markerPath(n int, x, y, r float64) string {
	corners := shapes[n%len(shapes)]
	if corners == nil {
		radius, across := coordinate(r), coordinate(2*r)
		arc := "a" + radius + " " + radius + " 0 1 0 "
		return "M" + coordinate(x-r) + " " + coordinate(y) + arc + across + " 0" + arc + "-" + across + " 0Z"
	}
	var d strings.Builder
	for i, at := range corners {
		d.WriteByte("ML"[min(i, 1)])
		d.WriteString(coordinate(x+r*at.x) + " " + coordinate(y+r*at.y))
	}
	return d.String() + "Z"
}

// breadth is about how wide a text is, in letters of the Latin script.
func breadth(s string) float64 {
	n := 0.0
	for _, r := range s {
		if r >= 0x2E80 {
			n += 1.8
		} else {
			n++
		}
	}
	return n
}

// clipped cuts a text to a breadth.
func clipped(s string, most float64) string {
	if breadth(s) <= most {
		return s
	}
	for breadth(s) > most-1 {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.TrimRight(s, " ") + "…"
}

// wrapped breaks a text into two lines at most, between words.
func wrapped(s string, most float64) []string {
	words := strings.Fields(s)
	if len(words) == 1 && breadth(s) > most {
		return []string{clipped(s, most)}
	}
	line := ""
	for i, w := range words {
		if line != "" && breadth(line+" "+w) > most {
			return []string{clipped(line, most), clipped(strings.Join(words[i:], " "), most)}
		}
		line = strings.TrimSpace(line + " " + w)
	}
	return []string{clipped(line, most)}
}

// apart keeps labels at least a distance apart, moving them down, and all of
// them up again where the last goes past the end.
func apart(at []float64, order []int, distance, end float64) {
	for i := 1; i < len(order); i++ {
		at[order[i]] = math.Max(at[order[i]], at[order[i-1]]+distance)
	}
	for i := len(order) - 1; i >= 0; i-- {
		at[order[i]] = math.Min(at[order[i]], end-distance*float64(len(order)-1-i))
	}
}
