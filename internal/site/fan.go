package site

import (
	"math"
	"slices"
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
	GoalShift, NoteShift      string // of labels from their points
	UpAt                      string // where the labels of the lines across stand
	Limit                     string // height of the natural limit
	LimitLabel                string
	Across, Up                []tick
	HasFan, HasPath, CutShort bool
	Sum                       bool
}

const (
	fanWidth, fanHeight    = 760.0, 360.0
	fanLeft, fanRight      = 118.0, 26.0
	fanTop, fanBottom      = 26.0, 34.0
	fanYears, fanTicks     = 8, 5
	fanRoom                = 1.35 // of the highest that matters, left for the fan
	earliestBeforeBaseline = 12
)

// plotted is a value of a year.
type plotted struct {
	year int
	v    float64
}

// newFanChart draws a target; nil where there is no baseline. Where the script
// runs to the left, so do the years.
func (c *visit) newFanChart(t *target.Track, title string) *fanChart {
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
	turn := func(x float64) float64 {
		if c.Dir == "rtl" {
			return fanWidth - x
		}
		return x
	}
	x := func(year int) float64 {
		return turn(fanLeft + (fanWidth-fanLeft-fanRight)*float64(year-first)/float64(max(last-first, 1)))
	}
	y := func(v float64) float64 {
		v = math.Min(math.Max(v, low), top)
		return fanHeight - fanBottom - (fanHeight-fanTop-fanBottom)*(v-low)/(top-low)
	}
	ch.Left, ch.Right, ch.UpAt = coordinate(turn(fanLeft)), coordinate(turn(fanWidth-fanRight)), coordinate(turn(fanLeft-8))
	ch.GoalShift, ch.NoteShift = coordinate(turn(-10)-turn(0)), coordinate(turn(6)-turn(0))
	c.placeFan(ch, x, y, t, observed, linear, compound, fan, goal)
	c.fanAxes(ch, x, y, first, last, low, top, t)
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

// placeFan puts lines and areas at their coordinates.
func (c *visit) placeFan(ch *fanChart, x func(int) float64, y func(float64) float64, t *target.Track, observed, linear, compound []plotted, fan []target.FanYear, goal plotted) {
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
		label := year(p.year) + c.T("colon") + c.ofTarget(t, p.v)
		ch.Dots = append(ch.Dots, dot{coordinate(x(p.year)), coordinate(y(p.v)), label})
		words = append(words, label)
	}
	ch.Goal = &dot{coordinate(x(goal.year)), coordinate(y(goal.v)), c.T("target.fan.goal", "year", year(goal.year), "value", c.ofTarget(t, goal.v))}
	ch.GoalLabel = c.T("target.fan.label", "value", c.ofTarget(t, goal.v))
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
		words = append(words, c.T("target.fan.end", "p25", c.ofTarget(t, float64(end.P25)), "p75", c.ofTarget(t, float64(end.P75)),
			"p05", c.ofTarget(t, float64(end.P05)), "p95", c.ofTarget(t, float64(end.P95))))
	}
	ch.Summary = strings.Join(words, c.T("list.semicolon"))
}

// fanAxes makes round marks, the years, and the line of the natural limit.
func (c *visit) fanAxes(ch *fanChart, x func(int) float64, y func(float64) float64, first, last int, low, top float64, t *target.Track) {
	ch.Foot = coordinate(fanHeight - 10)
	step := max((last-first+fanYears-1)/fanYears, 1)
	for at := last; at >= first; at -= step {
		ch.Across = append(ch.Across, tick{coordinate(x(at)), year(at)})
	}
	slices.Reverse(ch.Across)
	size := roundStep((top - low) / fanTicks)
	for v := math.Ceil(low/size) * size; v <= top*(1+1e-9); v += size {
		if math.Abs(v) < size/1e6 {
			v = 0
		}
		ch.Up = append(ch.Up, tick{coordinate(y(v)), c.ofTarget(t, v)})
	}
	if t.NaturalLimit != nil && *t.NaturalLimit <= top && *t.NaturalLimit > low {
		ch.Limit, ch.LimitLabel = coordinate(y(*t.NaturalLimit)), c.T("target.limit", "value", c.ofTarget(t, *t.NaturalLimit))
	}
}

// fanFrame is the frame of the picture of a target; the title says where its
// course leads.
func (c *visit) fanFrame(t *target.Track) *figureFrame {
	f := &figureFrame{ID: "path", File: "target-" + t.ID, Class: "line fan", Sources: c.sourcesOfTarget(t), Table: c.fanTable(t)}
	goal := c.ofTarget(t, float64(t.Goal.Value))
	by := year(t.Goal.Year)
	switch {
	case t.Reached():
		f.Title = c.T("target.fan.title.met", "what", c.targetTitle(t), "value", c.ofTarget(t, float64(t.Latest.Value)), "year", year(t.Latest.Year))
	case t.Ensemble != nil:
		f.Title = c.T("target.fan.title", "median", c.ofTarget(t, float64(t.Ensemble.Median)), "goal", goal, "year", by, "p", c.probability(float64(t.Ensemble.Probability)))
	case t.Required != nil && !math.IsNaN(float64(t.Required.Compound)):
		f.Title = c.T("target.fan.title.needs", "growth", c.yearlyGrowth(float64(t.Required.Compound)), "goal", goal, "year", by)
	case t.Required != nil:
		f.Title = c.T("target.fan.title.needs", "growth", c.stepOfTarget(t, float64(t.Required.Step)), "goal", goal, "year", by)
	default:
		f.Title = c.targetTitle(t)
	}
	return f
}

// fanTable is what the picture shows, year by year.
func (c *visit) fanTable(t *target.Track) *figureTable {
	table := &figureTable{Columns: []string{c.T("year"), c.T("target.fan.observed"), c.T("target.path.linear"), c.T("target.path.growth")}}
	fan := fanOf(t)
	if len(fan) > 0 {
		table.Columns = append(table.Columns, c.T("target.fan.quantile", "n", 5), c.T("target.fan.quantile", "n", 25), c.T("median.head"), c.T("target.fan.quantile", "n", 75), c.T("target.fan.quantile", "n", 95))
	}
	linear, compound := pathsOf(t)
	columns := [][]plotted{observedOf(t), linear, compound}
	if len(fan) > 0 {
		for _, of := range []func(f target.FanYear) float64{
			func(f target.FanYear) float64 { return float64(f.P05) }, func(f target.FanYear) float64 { return float64(f.P25) },
			func(f target.FanYear) float64 { return float64(f.P50) }, func(f target.FanYear) float64 { return float64(f.P75) },
			func(f target.FanYear) float64 { return float64(f.P95) },
		} {
			var list []plotted
			for _, f := range fan {
				list = append(list, plotted{f.Year, of(f)})
			}
			columns = append(columns, list)
		}
	}
	values := map[int][]float64{}
	var years []int
	for i, list := range columns {
		for _, p := range list {
			if values[p.year] == nil {
				values[p.year] = slices.Repeat([]float64{math.NaN()}, len(columns))
				years = append(years, p.year)
			}
			values[p.year][i] = p.v
		}
	}
	slices.Sort(years)
	for _, y := range years {
		row := []figureCell{{Text: year(y), Value: year(y)}}
		for _, v := range values[y] {
			row = append(row, numberCell(v, func(v float64) string { return c.ofTarget(t, v) }))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// miniPath is a target in a cell of a table: what was observed, the straight way
// to the target, and where the median path goes.
type miniPath struct {
	Width, Height              float64
	Observed, Needed, Median   string
	GoalX, GoalY, LastX, LastY string
}

const miniWidth, miniHeight, miniMargin = 110.0, 34.0, 5.0

// newMiniPath draws a target small; nil where there is no baseline.
func (c *visit) newMiniPath(t *target.Track) *miniPath {
	if t.Baseline == nil {
		return nil
	}
	observed := observedOf(t)
	needed, _ := pathsOf(t)
	goal := plotted{t.Goal.Year, float64(t.Goal.Value)}
	var median []plotted
	for _, f := range fanOf(t) {
		median = append(median, plotted{f.Year, float64(f.P50)})
	}
	if len(median) > 0 {
		median = append(observed[len(observed)-1:len(observed):len(observed)], median...)
	}
	first, last, low, high := goal.year, goal.year, goal.v, goal.v
	for _, p := range slices.Concat(observed, needed) {
		first, last, low, high = min(first, p.year), max(last, p.year), min(low, p.v), max(high, p.v)
	}
	if low == high {
		low, high = low-1, high+1
	}
	x := func(year int) float64 {
		v := miniMargin + (miniWidth-2*miniMargin)*float64(year-first)/float64(max(last-first, 1))
		if c.Dir == "rtl" {
			v = miniWidth - v
		}
		return v
	}
	y := func(v float64) float64 {
		return miniHeight - miniMargin - (miniHeight-2*miniMargin)*(min(max(v, low), high)-low)/(high-low)
	}
	line := func(list []plotted) string {
		var points []string
		for _, p := range list {
			points = append(points, coordinate(x(p.year))+","+coordinate(y(p.v)))
		}
		return strings.Join(points, " ")
	}
	m := &miniPath{
		Width: miniWidth, Height: miniHeight, Observed: line(observed), Needed: line(needed), Median: line(median),
		GoalX: coordinate(x(goal.year)), GoalY: coordinate(y(goal.v)),
	}
	if n := len(observed); n > 0 {
		m.LastX, m.LastY = coordinate(x(observed[n-1].year)), coordinate(y(observed[n-1].v))
	}
	return m
}
