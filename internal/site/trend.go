package site

import (
	"math"
	"strconv"

	"mizan/internal/site/draw"
)

// trendHead tells what the small curves of the ranking show.
type trendHead struct {
	Label, Note string
	years       []int
}

// trendBook is the build whose years can be set side by side: that of the page
// if it has several, else the first reading that has; nil if none does. A
// reading that cannot be built is passed over; its own page says why.
func (c *visit) trendBook() (b *book, reading string) {
	if len(c.book.Years) > 1 {
		return c.book, c.variant
	}
	for _, variant := range c.base.variantCodes() {
		made, _ := c.site.builds.get(variant)
		if made.book != nil && len(made.book.Years) > 1 {
			return made.book, variant
		}
	}
	return nil, ""
}

// readingName is what a reading is called.
func (c *visit) readingName(code string) string {
	for _, v := range c.base.Project.Variants {
		if v.Code == code {
			return c.Text(v.Title, code)
		}
	}
	return c.T("variant.published")
}

// trendHead is nil where there is nothing to draw.
func (c *visit) trendHead() *trendHead {
	b, reading := c.trendBook()
	if b == nil {
		return nil
	}
	h := &trendHead{years: b.Years}
	h.Label = c.T("ranking.trend", "from", year(b.Years[0]), "to", year(b.Years[len(b.Years)-1]))
	h.Note = c.T("ranking.trend.note")
	if reading != c.variant {
		h.Note = c.T("ranking.trend.other", "reading", c.readingName(reading))
	}
	return h
}

// trends are the curves of all units, by code.
func (c *visit) trends() map[string]*trendCell {
	b, _ := c.trendBook()
	if b == nil {
		return nil
	}
	all := map[string]*trendCell{}
	for u, unit := range b.Units {
		if s := c.trendOf(b, u); s != nil {
			all[unit.Code] = s
		}
	}
	return all
}

// leastSpan is the part of the scale below which a change looks flat.
const leastSpan = 0.06

// trendCell is the curve of a unit's score over the years in a cell.
type trendCell struct {
	*draw.Spark
	Text, Says string // the change, and from where to where
	Value      string // of the change, for a script that sorts
	delta      float64
}

// change is how much the score changed; missing where there is no curve.
func (s *trendCell) change() float64 {
	if s == nil {
		return math.NaN()
	}
	return s.delta
}

// trendOf draws the score of a unit in a build; nil where fewer than two years
// have one. Where the script runs to the left, so do the years.
func (c *visit) trendOf(b *book, u int) *trendCell {
	values := make([]float64, len(b.Years))
	for y := range b.Years {
		values[y] = b.score(y, b.top, u)
	}
	drawn := c.hand().Spark(values, leastSpan*(b.scale.high-b.scale.low))
	if drawn == nil {
		return nil
	}
	first, last := drawn.First, drawn.Last
	s := &trendCell{Spark: drawn, delta: values[last] - values[first]}
	s.Text, s.Value = c.Signed(s.delta, b.scale.digits), strconv.FormatFloat(s.delta, 'g', 9, 64)
	s.Says = c.T("ranking.trend.says", "first", year(b.Years[first]), "from", c.Fixed(values[first], b.scale.digits),
		"last", year(b.Years[last]), "to", c.Fixed(values[last], b.scale.digits))
	return s
}
