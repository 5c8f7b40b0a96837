package draw

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan/stat"
)

// Curve is a line over the years, with a band around it if there is one.
type Curve struct {
	Title, Summary string
	Width, Height  float64
	Left, Right    string   // ends of the lines across
	Up0            string   // where the labels of the lines across stand
	Band           string   // polygon of an interval around the curve; "" = none
	Lines          []string // points of each unbroken stretch
	Dots           []Dot
	Across, Up     []Tick
	x              func(int) float64
	y              func(float64) float64
}

// Dot is a point with what is said of it.
type Dot struct{ X, Y, Title string }

const (
	chartWidth, chartHeight     = 360.0, 170.0
	marginLeft, marginRight     = 40.0, 20.0
	marginTop, marginBottom     = 12.0, 26.0
	maxYearLabels, yTicksWanted = 6, 3
)

// Curve draws values over years; nil where fewer than two are there.
// With downward, small values stand above, as ranks want it. Where the script
// runs to the left, so do the years.
func (h Hand) Curve(title string, years []int, values []float64, write func(float64) string, downward bool) *Curve {
	there := stat.Present(nil, values)
	if len(there) < 2 {
		return nil
	}
	return h.curveIn(title, years, values, slices.Min(there), slices.Max(there), write, downward)
}

// curveIn draws values between two ends, which hold them all.
func (h Hand) curveIn(title string, years []int, values []float64, low, high float64, write func(float64) string, downward bool) *Curve {
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
	turn := h.turn(chartWidth)
	x := func(i int) float64 {
		return turn(left + (chartWidth-left-marginRight)*float64(i)/float64(len(years)-1))
	}
	y := func(v float64) float64 {
		return chartHeight - marginBottom - (chartHeight-marginTop-marginBottom)*(v-low)/(high-low)
	}
	ch := &Curve{
		Title: title, Width: chartWidth, Height: chartHeight,
		Left: Coordinate(turn(left)), Right: Coordinate(turn(chartWidth - marginRight)), Up0: Coordinate(turn(left - 6)),
		x: x, y: y,
	}
	var stretch []string
	var words []string
	for i, v := range values {
		if math.IsNaN(v) {
			ch.Lines, stretch = append(ch.Lines, strings.Join(stretch, " ")), nil
			continue
		}
		px, py := Coordinate(x(i)), Coordinate(y(v))
		stretch = append(stretch, px+","+py)
		year := strconv.Itoa(years[i])
		label := year + h.Colon + write(v)
		ch.Dots = append(ch.Dots, Dot{px, py, label})
		words = append(words, label)
	}
	ch.Lines = append(ch.Lines, strings.Join(stretch, " "))
	ch.Summary = title + h.Colon + strings.Join(words, h.Semicolon)
	step := (len(years) + maxYearLabels - 1) / maxYearLabels
	for i := 0; i < len(years); i += step {
		ch.Across = append(ch.Across, Tick{Coordinate(x(i)), strconv.Itoa(years[i])})
	}
	for k := range yTicksWanted {
		v := low + (high-low)*float64(k)/float64(yTicksWanted-1)
		if downward {
			v = math.Round(v)
		}
		t := Tick{Coordinate(y(v)), write(v)}
		if !slices.Contains(ch.Up, t) {
			ch.Up = append(ch.Up, t)
		}
	}
	return ch
}

// Banded is a curve over the years with a band around it; nil where fewer
// than two values are there.
func (h Hand) Banded(title string, years []int, values, low, high []float64, write func(float64) string, downward bool) *Curve {
	ends := slices.Concat(values, low, high)
	there := stat.Present(nil, ends)
	if len(stat.Present(nil, values)) < 2 {
		return nil
	}
	ch := h.curveIn(title, years, values, slices.Min(there), slices.Max(there), write, downward)
	var over, under []string
	x, y := ch.x, ch.y
	for i := range years {
		if math.IsNaN(low[i]) || math.IsNaN(high[i]) {
			continue
		}
		over = append(over, Coordinate(x(i))+","+Coordinate(y(high[i])))
		under = append(under, Coordinate(x(i))+","+Coordinate(y(low[i])))
	}
	if len(over) > 1 {
		slices.Reverse(under)
		ch.Band = strings.Join(append(over, under...), " ")
	}
	return ch
}
