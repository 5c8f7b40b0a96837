package export

import (
	"math"
	"strconv"
)

// drawing is a picture of simple shapes that the template writes as SVG. Sizes
// are in pixels; a shape's class says how the style sheet paints it, and its
// title is what a pointer that rests on it shows.
type drawing struct {
	Title         string // what the picture shows, for those who cannot see it
	Width, Height string
	Rects         []rect
	Lines         []segment
	Dots          []dot
	Texts         []words
}

type rect struct{ X, Y, W, H, Class, Fill, Title string }

type segment struct{ X1, Y1, X2, Y2, Class string }

type dot struct{ X, Y, R, Class, Title string }

// words is text at a point; Anchor is start, middle or end, Turn an angle.
type words struct{ X, Y, Anchor, Class, Turn, Text string }

func newDrawing(title string, width, height float64) *drawing {
	return &drawing{Title: title, Width: px(width), Height: px(height)}
}

// px writes a coordinate to a tenth of a pixel.
func px(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

func (d *drawing) rect(x, y, w, h float64, class, title string) {
	d.Rects = append(d.Rects, rect{px(x), px(y), px(w), px(h), class, "", title})
}

func (d *drawing) line(x1, y1, x2, y2 float64, class string) {
	d.Lines = append(d.Lines, segment{px(x1), px(y1), px(x2), px(y2), class})
}

func (d *drawing) dot(x, y, r float64, class, title string) {
	d.Dots = append(d.Dots, dot{px(x), px(y), px(r), class, title})
}

func (d *drawing) text(x, y float64, anchor, class, text string) {
	d.Texts = append(d.Texts, words{X: px(x), Y: px(y), Anchor: anchor, Class: class, Text: text})
}

// upright is text that is read from below.
func (d *drawing) upright(x, y float64, class, text string) {
	d.Texts = append(d.Texts, words{X: px(x), Y: px(y), Anchor: "start", Class: class, Turn: "-60", Text: text})
}

// span maps the values from low to high to the pixels from a to b.
type span struct{ low, high, a, b float64 }

func (s span) at(v float64) float64 {
	if s.high <= s.low {
		return (s.a + s.b) / 2
	}
	return s.a + (s.b-s.a)*(v-s.low)/(s.high-s.low)
}

// letterWidth is about how wide a letter of a label is.
const letterWidth = 5.6

// widest is the width of the longest of some labels.
func widest(labels []string) float64 {
	n := 0
	for _, l := range labels {
		n = max(n, len([]rune(l)))
	}
	return letterWidth * float64(n)
}
