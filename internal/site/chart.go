package site

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// lineChart is a small curve over the years, drawn by the server.
type lineChart struct {
	Title, Summary string
	Frame          *figureFrame // nil where the chart stays in its page
	Width, Height  float64
	Left, Right    string   // ends of the lines across
	Up0            string   // where the labels of the lines across stand
	Band           string   // polygon of an interval around the curve; "" = none
	Lines          []string // points of each unbroken stretch
	Dots           []dot
	Across, Up     []tick
	x              func(int) float64
	y              func(float64) float64
}

type dot struct{ X, Y, Title string }

// tick is a mark on an axis with its label.
type tick struct{ At, Label string }

const (
	chartWidth, chartHeight     = 360.0, 170.0
	marginLeft, marginRight     = 40.0, 20.0
	marginTop, marginBottom     = 12.0, 26.0
	maxYearLabels, yTicksWanted = 6, 3
)

// newLineChart draws values over years; nil where fewer than two are there.
// With downward, small values stand above, as ranks want it. Where the script
// runs to the left, so do the years.
func (c *visit) newLineChart(title string, years []int, values []float64, write func(float64) string, downward bool) *lineChart {
	there := present(values)
	if len(there) < 2 {
		return nil
	}
	return c.newLineChartIn(title, years, values, slices.Min(there), slices.Max(there), write, downward)
}

// newLineChartIn draws values between two ends, which hold them all.
func (c *visit) newLineChartIn(title string, years []int, values []float64, low, high float64, write func(float64) string, downward bool) *lineChart {
	if low == high {
		low, high = low-1, high+1
	}
	if downward {
		low, high = high, low
	}
	left := marginLeft // labels may be longer
	for _, v := range []float64{low, (low + high) / 2, high} {
		left = max(left, 11*textWidth(write(v))+10)
	}
	turn := c.turn(chartWidth)
	x := func(i int) float64 {
		return turn(left + (chartWidth-left-marginRight)*float64(i)/float64(len(years)-1))
	}
	y := func(v float64) float64 {
		return chartHeight - marginBottom - (chartHeight-marginTop-marginBottom)*(v-low)/(high-low)
	}
	ch := &lineChart{
		Title: title, Width: chartWidth, Height: chartHeight,
		Left: coordinate(turn(left)), Right: coordinate(turn(chartWidth - marginRight)), Up0: coordinate(turn(left - 6)),
		x: x, y: y,
	}
	var stretch []string
	var words []string
	for i, v := range values {
		if math.IsNaN(v) {
			ch.Lines, stretch = append(ch.Lines, strings.Join(stretch, " ")), nil
			continue
		}
		px, py := coordinate(x(i)), coordinate(y(v))
		stretch = append(stretch, px+","+py)
		year := strconv.Itoa(years[i])
		label := year + c.T("colon") + write(v)
		ch.Dots = append(ch.Dots, dot{px, py, label})
		words = append(words, label)
	}
	ch.Lines = append(ch.Lines, strings.Join(stretch, " "))
	ch.Summary = title + c.T("colon") + strings.Join(words, c.T("list.semicolon"))
	step := (len(years) + maxYearLabels - 1) / maxYearLabels
	for i := 0; i < len(years); i += step {
		ch.Across = append(ch.Across, tick{coordinate(x(i)), strconv.Itoa(years[i])})
	}
	for k := range yTicksWanted {
		v := low + (high-low)*float64(k)/float64(yTicksWanted-1)
		if downward {
			v = math.Round(v)
		}
		t := tick{coordinate(y(v)), write(v)}
		if !slices.Contains(ch.Up, t) {
			ch.Up = append(ch.Up, t)
		}
	}
	return ch
}

func coordinate(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }

// strip shows how the values of all units are spread: a thin line for each on
// an axis of 0 to 1000.
type strip struct {
	Lines             []stripLine
	BoxFrom, BoxWidth string // the middle half
	Median            string
	Low, Middle, High string // written values
	LowName, HighName string
	Logarithmic       bool
	Count             int
	Marked            string // name of the unit set off, if any
}

type stripLine struct {
	X, Title string
	Marked   bool
}

// newStrip draws values with the names of their units; nil where fewer than
// two are there. Positive values that reach over more than two powers of ten
// above the median stand on a logarithmic axis. marked is the position of a
// unit to set off, or -1.
func (c *visit) newStrip(values []float64, names []string, write func(float64) string, marked int) *strip {
	there := present(values)
	if len(there) < 2 {
		return nil
	}
	slices.Sort(there)
	low, high, mid := there[0], there[len(there)-1], median(there)
	s := &strip{
		Low: write(low), Middle: write(mid), High: write(high), Count: len(there),
		Logarithmic: low > 0 && high/mid > 100,
	}
	place := func(v float64) float64 { return v }
	if s.Logarithmic {
		place = math.Log10
	}
	from, width := place(low), place(high)-place(low)
	x := func(v float64) float64 {
		if width == 0 {
			return 500
		}
		return 4 + 992*(place(v)-from)/width
	}
	q1, q3 := there[len(there)/4], there[(3*len(there)-1)/4]
	s.BoxFrom, s.BoxWidth = coordinate(x(q1)), coordinate(x(q3)-x(q1))
	s.Median = coordinate(x(mid))
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		if v == low && s.LowName == "" {
			s.LowName = names[i]
		}
		if v == high && s.HighName == "" {
			s.HighName = names[i]
		}
		if i == marked {
			s.Marked = names[i]
		}
		s.Lines = append(s.Lines, stripLine{X: coordinate(x(v)), Title: names[i] + c.T("colon") + write(v), Marked: i == marked})
	}
	return s
}
