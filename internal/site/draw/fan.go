package draw

import (
	"math"
	"slices"
	"strings"
)

// FanChart shows what was observed, the paths that a promise needs and the fan of
// the paths that models foretell.
type FanChart struct {
	Title, Summary            string
	Width, Height             float64
	Left, Right, Foot         string
	Observed                  string // points
	Dots                      []Dot
	Linear, Compound          string
	Outer, Inner, Median      string // polygons and a line
	Goal                      *Dot
	GoalLabel                 string
	GoalShift, NoteShift      string // of labels from their points
	UpAt                      string // where the labels of the lines across stand
	Limit                     string // height of the natural limit
	LimitLabel                string
	Across, Up                []Tick
	HasFan, HasPath, CutShort bool
}

// Plotted is a value of a year.
type Plotted struct {
	Year int
	V    float64
}

// FanYear is where the paths that models foretell lie in a year: the 5th, 25th,
// 50th, 75th and 95th percentile.
type FanYear struct {
	Year                    int
	P05, P25, P50, P75, P95 float64
}

// Promise is what a fan shows, each list by years. What is observed ends where the
// fan begins; Limit is what cannot be passed by nature, missing if there is none.
type Promise struct {
	Title            string
	Observed         []Plotted
	Linear, Compound []Plotted
	Fan              []FanYear
	Goal             Plotted
	Limit            float64

	Write      func(float64) string // a value
	WriteYear  func(int) string
	GoalTitle  string
	GoalLabel  string
	FanTitle   string // what is said of the last year of the fan
	LimitLabel string
}

const (
	fanWidth, fanHeight = 760.0, 360.0
	fanLeft, fanRight   = 118.0, 26.0
	fanTop, fanBottom   = 26.0, 34.0
	fanYears, fanTicks  = 8, 5
	fanRoom             = 1.35 // of the highest that matters, left for the fan
)

// Fan draws a promise. Where the script runs to the left, so do the years. The
// fan is cut where it goes beyond what there is room for.
func (h Hand) Fan(p Promise) *FanChart {
	ch := &FanChart{Title: p.Title, Width: fanWidth, Height: fanHeight, HasFan: len(p.Fan) > 0, HasPath: len(p.Linear) > 1}
	first, last := p.Goal.Year, p.Goal.Year
	low, high := math.Min(0, p.Goal.V), p.Goal.V
	for _, at := range slices.Concat(p.Observed, p.Linear) {
		first, last = min(first, at.Year), max(last, at.Year)
		low, high = math.Min(low, at.V), math.Max(high, at.V)
	}
	top := high
	for _, f := range p.Fan {
		top = math.Max(top, finite(f.P95))
		low = math.Min(low, math.Max(finite(f.P05), low-(high-low)/4))
	}
	if room := low + (roomFor(p.Fan, high)-low)*fanRoom; top > room {
		top, ch.CutShort = room, true
	}
	if p.Limit > top && p.Limit < low+(top-low)*1.5 {
		top = p.Limit
	}
	if top == low {
		top = low + 1
	}
	turn := h.turn(fanWidth)
	x := func(year int) float64 {
		return turn(fanLeft + (fanWidth-fanLeft-fanRight)*float64(year-first)/float64(max(last-first, 1)))
	}
	y := func(v float64) float64 {
		v = math.Min(math.Max(v, low), top)
		return fanHeight - fanBottom - (fanHeight-fanTop-fanBottom)*(v-low)/(top-low)
	}
	ch.Left, ch.Right, ch.UpAt = Coordinate(turn(fanLeft)), Coordinate(turn(fanWidth-fanRight)), Coordinate(turn(fanLeft-8))
	ch.GoalShift, ch.NoteShift = Coordinate(turn(-10)-turn(0)), Coordinate(turn(6)-turn(0))
	h.place(ch, &p, x, y)
	ch.axes(&p, x, y, first, last, low, top)
	return ch
}

// roomFor is the highest value that the picture must have room for: that of
// what is known and needed, and the median path as far as three times as high.
func roomFor(fan []FanYear, high float64) float64 {
	room := high
	for _, f := range fan {
		room = math.Max(room, math.Min(finite(f.P50), 3*high))
	}
	return room
}

// plot writes the points of a line.
func plot(list []Plotted, x func(int) float64, y func(float64) float64) string {
	var points []string
	for _, p := range list {
		points = append(points, Coordinate(x(p.Year))+","+Coordinate(y(p.V)))
	}
	return strings.Join(points, " ")
}

// place puts lines and areas at their coordinates.
func (h Hand) place(ch *FanChart, p *Promise, x func(int) float64, y func(float64) float64) {
	ch.Observed, ch.Linear, ch.Compound = plot(p.Observed, x, y), plot(p.Linear, x, y), plot(p.Compound, x, y)
	words := []string{ch.Title}
	for _, at := range p.Observed {
		label := p.WriteYear(at.Year) + h.Colon + p.Write(at.V)
		ch.Dots = append(ch.Dots, Dot{Coordinate(x(at.Year)), Coordinate(y(at.V)), label})
		words = append(words, label)
	}
	ch.Goal = &Dot{Coordinate(x(p.Goal.Year)), Coordinate(y(p.Goal.V)), p.GoalTitle}
	ch.GoalLabel = p.GoalLabel
	words = append(words, ch.Goal.Title)
	if len(p.Fan) > 0 && len(p.Observed) > 0 {
		start := p.Observed[len(p.Observed)-1]
		band := func(under, over func(FanYear) float64) string {
			upper, lower := []Plotted{start}, []Plotted{start}
			for _, f := range p.Fan {
				upper = append(upper, Plotted{f.Year, over(f)})
				lower = append(lower, Plotted{f.Year, under(f)})
			}
			slices.Reverse(lower)
			return plot(append(upper, lower...), x, y)
		}
		ch.Outer = band(func(f FanYear) float64 { return f.P05 }, func(f FanYear) float64 { return f.P95 })
		ch.Inner = band(func(f FanYear) float64 { return f.P25 }, func(f FanYear) float64 { return f.P75 })
		middle := []Plotted{start}
		for _, f := range p.Fan {
			middle = append(middle, Plotted{f.Year, f.P50})
		}
		ch.Median = plot(middle, x, y)
		words = append(words, p.FanTitle)
	}
	ch.Summary = strings.Join(words, h.Semicolon)
}

// axes makes round marks, the years, and the line of the natural limit.
func (ch *FanChart) axes(p *Promise, x func(int) float64, y func(float64) float64, first, last int, low, top float64) {
	ch.Foot = Coordinate(fanHeight - 10)
	step := max((last-first+fanYears-1)/fanYears, 1)
	for at := last; at >= first; at -= step {
		ch.Across = append(ch.Across, Tick{Coordinate(x(at)), p.WriteYear(at)})
	}
	slices.Reverse(ch.Across)
	size := roundStep((top - low) / fanTicks)
	for v := math.Ceil(low/size) * size; v <= top*(1+1e-9); v += size {
		if math.Abs(v) < size/1e6 {
			v = 0
		}
		ch.Up = append(ch.Up, Tick{Coordinate(y(v)), p.Write(v)})
	}
	if p.Limit <= top && p.Limit > low {
		ch.Limit, ch.LimitLabel = Coordinate(y(p.Limit)), p.LimitLabel
	}
}

// PathChart is a promise in a cell of a table: what was observed, the straight way
// to the target, and where the median path goes.
type PathChart struct {
	Width, Height              float64
	Observed, Needed, Median   string
	GoalX, GoalY, LastX, LastY string
}

const miniWidth, miniHeight, miniMargin = 110.0, 34.0, 5.0

// Path draws a promise small. What is observed and needed sets the scale; the
// median path is cut at its ends.
func (h Hand) Path(p Promise) *PathChart {
	var median []Plotted
	if len(p.Fan) > 0 && len(p.Observed) > 0 {
		median = append(median, p.Observed[len(p.Observed)-1])
	}
	for _, f := range p.Fan {
		median = append(median, Plotted{f.Year, f.P50})
	}
	first, last, low, high := p.Goal.Year, p.Goal.Year, p.Goal.V, p.Goal.V
	for _, at := range slices.Concat(p.Observed, p.Linear) {
		first, last, low, high = min(first, at.Year), max(last, at.Year), min(low, at.V), max(high, at.V)
	}
	if low == high {
		low, high = low-1, high+1
	}
	turn := h.turn(miniWidth)
	x := func(year int) float64 {
		return turn(miniMargin + (miniWidth-2*miniMargin)*float64(year-first)/float64(max(last-first, 1)))
	}
	y := func(v float64) float64 {
		return miniHeight - miniMargin - (miniHeight-2*miniMargin)*(min(max(v, low), high)-low)/(high-low)
	}
	m := &PathChart{
		Width: miniWidth, Height: miniHeight, Observed: plot(p.Observed, x, y), Needed: plot(p.Linear, x, y), Median: plot(median, x, y),
		GoalX: Coordinate(x(p.Goal.Year)), GoalY: Coordinate(y(p.Goal.V)),
	}
	if n := len(p.Observed); n > 0 {
		m.LastX, m.LastY = Coordinate(x(p.Observed[n-1].Year)), Coordinate(y(p.Observed[n-1].V))
	}
	return m
}
