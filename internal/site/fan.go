package site

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan/target"
)

// fanChart shows what was observed, the paths that a promise needs and the fan
// of the paths that the models foretell, drawn by the server.
type fanChart struct {
	Title, Summary            string
	Width, Height             float64
	Left, Right, Foot         string
	Observed                  string // points
	Dots                      []dot
	Linear, Compound          string
	Outer, Inner, Median      string // polygons and a line
	Goal                      *dot
	GoalLabel                 string
	GoalAnchor                string
	Limit                     string // height of the natural limit
	LimitLabel                string
	Across, Up                []tick
	HasFan, HasPath, CutShort bool
	Sum                       bool
}

const (
	fanWidth, fanHeight    = 900.0, 350.0
	fanLeft, fanRight      = 84.0, 28.0
	fanTop, fanBottom      = 22.0, 34.0
	fanYears, fanTicks     = 9, 5
	fanRoom                = 1.35 // of the highest that matters, left for the fan
	earliestBeforeBaseline = 12
)

// plotted is a value of a year.
type plotted struct {
	year int
	v    float64
}

// newFanChart draws a target; nil where there is no baseline.
func newFanChart(t *target.Track, title string) *fanChart {
	if t.Baseline == nil {
		return nil
	}
	observed, fan := observedOf(t), fanOf(t)
	linear, compound := pathsOf(t)
	goal := plotted{t.Goal.Year, float64(t.Goal.Value)}
	ch := &fanChart{Title: title, Width: fanWidth, Height: fanHeight, HasFan: len(fan) > 0, HasPath: len(linear) > 1, Sum: t.Sum != nil}

	first, last := goal.year, goal.year
	low, high := math.Min(0, goal.v), goal.v
	for _, p := range slices.Concat(observed, linear) {
		first, last = min(first, p.year), max(last, p.year)
		low, high = math.Min(low, p.v), math.Max(high, p.v)
	}
	top := high
	for _, f := range fan {
		top = math.Max(top, finite(float64(f.P95)))
		low = math.Min(low, math.Max(finite(float64(f.P05)), low-(high-low)/4))
	}
	if room := low + (roomFor(fan, high)-low)*fanRoom; top > room {
		top, ch.CutShort = room, true
	}
	if t.NaturalLimit != nil && *t.NaturalLimit > top && *t.NaturalLimit < low+(top-low)*1.5 {
		top = *t.NaturalLimit
	}
	if top == low {
		top = low + 1
	}
	x := func(year int) float64 {
		return fanLeft + (fanWidth-fanLeft-fanRight)*float64(year-first)/float64(max(last-first, 1))
	}
	y := func(v float64) float64 {
		v = math.Min(math.Max(v, low), top)
		return fanHeight - fanBottom - (fanHeight-fanTop-fanBottom)*(v-low)/(top-low)
	}
	ch.place(x, y, t, observed, linear, compound, fan, goal)
	ch.axes(x, y, first, last, low, top, t)
	return ch
}

// roomFor is the highest value that the picture must have room for: that of
// what is known and needed, and the median path as far as three times as high.
func roomFor(fan []target.FanYear, high float64) float64 {
	room := high
	for _, f := range fan {
		room = math.Max(room, math.Min(finite(float64(f.P50)), 3*high))
	}
	return room
}

func finite(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

// observedOf is what was observed, with some years before the baseline; of a
// total it is what came together.
func observedOf(t *target.Track) []plotted {
	var list []plotted
	if t.Sum != nil {
		total := 0.0
		list = append(list, plotted{t.Sum.From - 1, 0})
		for _, p := range t.Series {
			if p.Year >= t.Sum.From && p.Year <= t.Sum.To {
				total += float64(p.Value)
				list = append(list, plotted{p.Year, total})
			}
		}
		return list
	}
	for _, p := range t.Series {
		if p.Year >= t.Baseline.Year-earliestBeforeBaseline {
			list = append(list, plotted{p.Year, float64(p.Value)})
		}
	}
	return list
}

// pathsOf are the curves through baseline and target.
func pathsOf(t *target.Track) (linear, compound []plotted) {
	if t.Sum != nil {
		linear = append(linear, plotted{t.Sum.From - 1, 0})
		compound = append(compound, plotted{t.Sum.From - 1, 0})
		for i, y := range t.Sum.Path {
			linear = append(linear, plotted{y.Year, float64(t.Sum.Even) * float64(i+1)})
			compound = append(compound, plotted{y.Year, float64(y.Sum)})
		}
		return linear, compound
	}
	for _, y := range t.Path {
		linear = append(linear, plotted{y.Year, float64(y.Linear)})
		if !math.IsNaN(float64(y.Compound)) {
			compound = append(compound, plotted{y.Year, float64(y.Compound)})
		}
	}
	return linear, compound
}

func fanOf(t *target.Track) []target.FanYear {
	switch {
	case t.Ensemble == nil:
		return nil
	case t.Sum != nil:
		return t.Ensemble.FanSum
	}
	return t.Ensemble.Fan
}

// place puts lines and areas at their coordinates.
func (ch *fanChart) place(x func(int) float64, y func(float64) float64, t *target.Track, observed, linear, compound []plotted, fan []target.FanYear, goal plotted) {
	line := func(list []plotted) string {
		var points []string
		for _, p := range list {
			points = append(points, coordinate(x(p.year))+","+coordinate(y(p.v)))
		}
		return strings.Join(points, " ")
	}
	ch.Observed, ch.Linear, ch.Compound = line(observed), line(linear), line(compound)
	words := []string{ch.Title}
	for _, p := range observed {
		label := fmt.Sprintf("%d: %s", p.year, targetAmount(t, p.v))
		ch.Dots = append(ch.Dots, dot{coordinate(x(p.year)), coordinate(y(p.v)), label})
		words = append(words, label)
	}
	ch.Goal = &dot{coordinate(x(goal.year)), coordinate(y(goal.v)), fmt.Sprintf("target of %d: %s", goal.year, targetAmount(t, goal.v))}
	ch.GoalLabel = "target " + targetAmount(t, goal.v)
	words = append(words, ch.Goal.Title)
	if len(fan) > 0 {
		start := observed[len(observed)-1]
		band := func(under, over func(target.FanYear) float64) string {
			upper, lower := []plotted{start}, []plotted{start}
			for _, f := range fan {
				upper = append(upper, plotted{f.Year, over(f)})
				lower = append(lower, plotted{f.Year, under(f)})
			}
			slices.Reverse(lower)
			return line(append(upper, lower...))
		}
		ch.Outer = band(func(f target.FanYear) float64 { return float64(f.P05) }, func(f target.FanYear) float64 { return float64(f.P95) })
		ch.Inner = band(func(f target.FanYear) float64 { return float64(f.P25) }, func(f target.FanYear) float64 { return float64(f.P75) })
		middle := []plotted{start}
		for _, f := range fan {
			middle = append(middle, plotted{f.Year, float64(f.P50)})
		}
		ch.Median = line(middle)
		end := fan[len(fan)-1]
		words = append(words, fmt.Sprintf("half of the paths end between %s and %s, nine of ten between %s and %s",
			targetAmount(t, float64(end.P25)), targetAmount(t, float64(end.P75)), targetAmount(t, float64(end.P05)), targetAmount(t, float64(end.P95))))
	}
	ch.Summary = strings.Join(words, "; ")
}

// axes makes round marks, the years, and the line of the natural limit.
func (ch *fanChart) axes(x func(int) float64, y func(float64) float64, first, last int, low, top float64, t *target.Track) {
	ch.Left, ch.Right = coordinate(fanLeft), coordinate(fanWidth-fanRight)
	ch.Foot = coordinate(fanHeight - 10)
	step := max((last-first+fanYears-1)/fanYears, 1)
	for year := last; year >= first; year -= step {
		ch.Across = append(ch.Across, tick{coordinate(x(year)), strconv.Itoa(year)})
	}
	slices.Reverse(ch.Across)
	size := roundStep((top - low) / fanTicks)
	for v := math.Ceil(low/size) * size; v <= top*(1+1e-9); v += size {
		if math.Abs(v) < size/1e6 {
			v = 0
		}
		ch.Up = append(ch.Up, tick{coordinate(y(v)), targetFigure(v)})
	}
	if t.NaturalLimit != nil && *t.NaturalLimit <= top && *t.NaturalLimit > low {
		ch.Limit, ch.LimitLabel = coordinate(y(*t.NaturalLimit)), "natural limit "+targetAmount(t, *t.NaturalLimit)
	}
}

// roundStep is the next of 1, 2 and 5 times a power of ten.
func roundStep(v float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, k := range []float64{1, 2, 5} {
		if v <= k*power*(1+1e-9) {
			return k * power
		}
	}
	return 10 * power
}
