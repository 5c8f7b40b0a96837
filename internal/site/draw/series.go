package draw

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// SeriesChart is a curve over the years for every unit, a few of them set off.
type SeriesChart struct {
	Width, Height          string
	Left, Right, Up0, Foot string
	Across, Up             []Tick
	Lines                  []seriesCurve
	Logarithmic            bool
}

// seriesCurve is one unit: its points, and where its name stands if it is set
// off.
type seriesCurve struct {
	Code, Name, Points string
	X, Y, TextX, TextY string // of the last point and of the name
	Chosen             int    // its colour, from 1; 0 = not set off
	Single             bool   // one point alone
}

// SeriesCourse is what a curve is made of: figures parallel to the years, missing
// where there are none. Chosen is its colour, from 1; 0 = it is not set off.
type SeriesCourse struct {
	Code, Name string
	Chosen     int
	Values     []float64
}

const (
	seriesWidth, seriesHeight = 900.0, 380.0
	seriesLeft, seriesRight   = 70.0, 150.0
	seriesTop, seriesBottom   = 14.0, 30.0
	seriesTicks               = 5
)

// seriesScale places years and figures of a series in its chart.
type seriesScale struct {
	first, last int
	low, high   float64
	logarithmic bool
	mirrored    bool
}

func (s seriesScale) x(year int) float64 {
	x := seriesLeft + (seriesWidth-seriesLeft-seriesRight)*float64(year-s.first)/float64(max(s.last-s.first, 1))
	if s.mirrored {
		return seriesWidth - x
	}
	return x
}

func (s seriesScale) y(v float64) float64 {
	low, high := s.low, s.high
	if s.logarithmic {
		low, high, v = math.Log10(low), math.Log10(high), math.Log10(v)
	}
	return seriesHeight - seriesBottom - (seriesHeight-seriesTop-seriesBottom)*(v-low)/(high-low)
}

// seriesScaleOf fits a scale to figures by years. A series whose figures are all
// above 0 and reach over more than three powers of ten is drawn on a logarithmic
// axis.
func (h Hand) seriesScaleOf(years []int, all []float64) seriesScale {
	s := seriesScale{first: years[0], last: years[len(years)-1], low: math.Inf(1), high: math.Inf(-1), mirrored: h.Mirrored}
	for _, v := range all {
		if !math.IsNaN(v) {
			s.low, s.high = math.Min(s.low, v), math.Max(s.high, v)
		}
	}
	switch {
	case s.low > 0 && s.high/s.low > 1000:
		s.logarithmic = true
	case s.low > 0 && s.low < s.high/2:
		s.low = 0
	case s.low == s.high:
		s.low, s.high = s.low-1, s.high+1
	}
	return s
}

// ticks are round figures on the axis.
func (s seriesScale) ticks(write func(float64) string) []Tick {
	var list []Tick
	if s.logarithmic {
		for e := math.Ceil(math.Log10(s.low)); e <= math.Floor(math.Log10(s.high)+1e-9); e++ {
			v := math.Pow(10, e)
			list = append(list, Tick{Coordinate(s.y(v)), write(v)})
		}
		return list
	}
	step := roundStep((s.high - s.low) / seriesTicks)
	for v := math.Ceil(s.low/step) * step; v <= s.high*(1+1e-9)+1e-12; v += step {
		if math.Abs(v) < step/1e6 {
			v = 0
		}
		list = append(list, Tick{Coordinate(s.y(v)), write(v)})
	}
	return list
}

// Series draws curves over years, in the order given. all are the figures that the
// scale has to hold, also of curves that are not drawn.
func (h Hand) Series(years []int, list []SeriesCourse, all []float64, write func(float64) string) *SeriesChart {
	scale, turn := h.seriesScaleOf(years, all), h.turn(seriesWidth)
	ch := &SeriesChart{
		Width: Coordinate(seriesWidth), Height: Coordinate(seriesHeight), Logarithmic: scale.logarithmic, Up: scale.ticks(write),
		Left: Coordinate(turn(seriesLeft)), Right: Coordinate(turn(seriesWidth - seriesRight)), Up0: Coordinate(turn(seriesLeft - 8)), Foot: Coordinate(seriesHeight - 8),
	}
	step := max(1, (scale.last-scale.first+fanYears-1)/fanYears)
	for year := scale.last; year >= scale.first; year -= step {
		ch.Across = append(ch.Across, Tick{Coordinate(scale.x(year)), strconv.Itoa(year)})
	}
	var free []float64 // heights that names have taken
	for _, of := range list {
		curve := seriesCurve{Code: of.Code, Name: of.Name, Chosen: of.Chosen}
		var points []string
		for i, v := range of.Values {
			if !math.IsNaN(v) {
				curve.X, curve.Y = Coordinate(scale.x(years[i])), Coordinate(scale.y(v))
				points = append(points, curve.X+","+curve.Y)
			}
		}
		curve.Points, curve.Single = strings.Join(points, " "), len(points) == 1
		if end, err := strconv.ParseFloat(curve.Y, 64); err == nil {
			if curve.Chosen > 0 {
				for slices.ContainsFunc(free, func(taken float64) bool { return math.Abs(taken-end) < 15 }) {
					end += 4
				}
				free = append(free, end)
			}
			curve.TextY = Coordinate(end + 4)
		}
		curve.TextX = Coordinate(turn(seriesWidth - seriesRight + 8))
		ch.Lines = append(ch.Lines, curve)
	}
	return ch
}
