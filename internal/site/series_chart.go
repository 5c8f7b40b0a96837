package site

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan/stat"

	"mizan"
)

const (
	seriesWidth, seriesHeight = 900.0, 380.0
	seriesLeft, seriesRight   = 70.0, 150.0
	seriesTop, seriesBottom   = 14.0, 30.0
	seriesTicks               = 5
	setOff                    = 5 // curves that are set off at first
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

// seriesScaleOf fits a scale to a series. One whose figures are all above 0 and
// reach over more than three powers of ten is drawn on a logarithmic axis.
func seriesScaleOf(p *mizan.Panel, at int, years []int, mirrored bool) seriesScale {
	s := seriesScale{first: p.Years[years[0]], last: p.Years[years[len(years)-1]], low: math.Inf(1), high: math.Inf(-1), mirrored: mirrored}
	for _, y := range years {
		for _, v := range stat.Present(nil, p.Column(y, at)) {
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
func (s seriesScale) ticks(write func(float64) string) []tick {
	var list []tick
	if s.logarithmic {
		for e := math.Ceil(math.Log10(s.low)); e <= math.Floor(math.Log10(s.high)+1e-9); e++ {
			v := math.Pow(10, e)
			list = append(list, tick{coordinate(s.y(v)), write(v)})
		}
		return list
	}
	step := roundStep((s.high - s.low) / seriesTicks)
	for v := math.Ceil(s.low/step) * step; v <= s.high*(1+1e-9)+1e-12; v += step {
		if math.Abs(v) < step/1e6 {
			v = 0
		}
		list = append(list, tick{coordinate(s.y(v)), write(v)})
	}
	return list
}

// seriesChart draws every unit's curve and sets off the first few of the index,
// or of the series if it has no rank.
func (c *visit) seriesChart(p *mizan.Panel, code string, years []int) *seriesChart {
	at := p.Code(code)
	scale := seriesScaleOf(p, at, years, c.Dir == "rtl")
	chosen := c.setOff(p, at, years)
	turn := func(x float64) string {
		if c.Dir == "rtl" {
			x = seriesWidth - x
		}
		return coordinate(x)
	}
	ch := &seriesChart{
		Width: coordinate(seriesWidth), Height: coordinate(seriesHeight), Logarithmic: scale.logarithmic, Up: scale.ticks(c.Figure),
		Left: turn(seriesLeft), Right: turn(seriesWidth - seriesRight), Up0: turn(seriesLeft - 8), Foot: coordinate(seriesHeight - 8),
	}
	step := max(1, (scale.last-scale.first+fanYears-1)/fanYears)
	for year := scale.last; year >= scale.first; year -= step {
		ch.Across = append(ch.Across, tick{coordinate(scale.x(year)), strconv.Itoa(year)})
	}
	var free []float64 // heights that names have taken
	for _, u := range c.seriesOrder(p, at, years) {
		if len(ch.Lines) >= rowsPerPage && !slices.Contains(chosen, u) {
			continue // nobody tells so many curves apart
		}
		curve := seriesCurve{Code: p.Units[u], Name: c.panelName(p, u), Chosen: slices.Index(chosen, u) + 1}
		var points []string
		for _, y := range years {
			if v := p.At(y, at, u); !math.IsNaN(v) {
				curve.X, curve.Y = coordinate(scale.x(p.Years[y])), coordinate(scale.y(v))
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
			curve.TextY = coordinate(end + 4)
		}
		curve.TextX = turn(seriesWidth - seriesRight + 8)
		ch.Lines = append(ch.Lines, curve)
	}
	ch.Frame = c.seriesFrame(p, code, years, chosen)
	return ch
}

// setOff chooses the units of which the curve is set off.
func (c *visit) setOff(p *mizan.Panel, at int, years []int) []int {
	var chosen []int
	order := c.seriesOrder(p, at, years)
	for _, u := range c.book.byRank(c.year, c.book.top) {
		if i := p.Unit(c.book.Units[u].Code); i >= 0 && slices.Contains(order, i) && len(chosen) < setOff {
			chosen = append(chosen, i)
		}
	}
	if len(chosen) == 0 {
		chosen = order[:min(setOff, len(order))]
	}
	return chosen
}

// seriesFrame stands around the curves; its title says who has most, and since
// when the series runs.
func (c *visit) seriesFrame(p *mizan.Panel, code string, years, chosen []int) figureFrame {
	at := p.Code(code)
	last := fullYear(p, at, years)
	most := -1
	for u, v := range p.Column(last, at) {
		if !math.IsNaN(v) && (most < 0 || v > p.At(last, at, most)) {
			most = u
		}
	}
	f := figureFrame{ID: "years", File: code + "-years", Sources: c.panelSources(p, at)}
	if most >= 0 {
		f.Title = c.T("series.title", "series", c.label(code), "unit", c.panelName(p, most), "value", c.Figure(p.At(last, at, most)),
			"year", strconv.Itoa(p.Years[last]), "n", len(stat.Present(nil, p.Column(last, at))))
	}
	f.Table = &figureTable{Columns: []string{c.T("year")}}
	for _, u := range chosen {
		f.Table.Columns = append(f.Table.Columns, c.panelName(p, u))
	}
	for _, y := range years {
		row := []figureCell{{Text: strconv.Itoa(p.Years[y]), Value: strconv.Itoa(p.Years[y])}}
		for _, u := range chosen {
			row = append(row, numberCell(p.At(y, at, u), c.Figure))
		}
		f.Table.Rows = append(f.Table.Rows, row)
	}
	return f
}

// fullYear is the last year in which at least half as many units have a figure as
// in the fullest: the newest figures of a series may be those of a few.
func fullYear(p *mizan.Panel, at int, years []int) int {
	most := 0
	count := func(y int) int { return len(stat.Present(nil, p.Column(y, at))) }
	for _, y := range years {
		most = max(most, count(y))
	}
	for _, y := range slices.Backward(years) {
		if 2*count(y) >= most {
			return y
		}
	}
	return years[len(years)-1]
}

// panelSources lists the publishers of a series with their licences.
func (c *visit) panelSources(p *mizan.Panel, at int) []string {
	var names []string
	for _, o := range c.seriesOrigins(p, at) {
		name := o.Publisher
		if o.Licence != "" {
			name += " (" + o.Licence + ")"
		}
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
