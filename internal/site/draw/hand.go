// Package draw makes the charts of the pages: numbers and words in, marks at their
// coordinates out, which templates write as SVG. It knows neither pages nor what the
// numbers are of. Missing values are NaN and leave gaps.
//
// A chart is asked of a [Hand], which knows which way the readers' script runs. What
// a chart is made of is a plain list of values, names and addresses; how values are
// written is a function that is handed in. Coordinates are texts with one decimal, so
// that the same numbers give the same bytes.
package draw

// Hand is how pictures are drawn for the readers of a language: which way they
// run, and what stands between the words that tell them.
type Hand struct {
	Mirrored  bool   // the script runs to the left, and so do axes, years and flows
	Colon     string // between a name and its figure
	Semicolon string // between such pairs
}

// turn mirrors places across a picture of a width, if the hand is mirrored.
func (h Hand) turn(width float64) func(float64) float64 {
	if h.Mirrored {
		return func(x float64) float64 { return width - x }
	}
	return func(x float64) float64 { return x }
}

// turnWide is turn for what has a breadth of its own: of a place and a breadth it
// gives the left edge.
func (h Hand) turnWide(width float64) func(x, wide float64) float64 {
	if h.Mirrored {
		return func(x, wide float64) float64 { return width - x - wide }
	}
	return func(x, _ float64) float64 { return x }
}

// anchor is the end of a text, as SVG calls it, that stands at its place: start and
// end are those of a script that runs to the right.
func (h Hand) anchor(end string) string {
	switch {
	case h.Mirrored && end == "start":
		return "end"
	case h.Mirrored && end == "end":
		return "start"
	}
	return end
}
