package draw

import (
	"math"
	"slices"
	"strconv"

	"mizan/stat"
)

// Compared is one of those that are compared: a score for each code, and the scores
// of the first code over the years, if there are any.
type Compared struct {
	Name          string
	Scores, Trend []float64
}

// ComparedPart is what is compared; 0 is the depth of the top.
type ComparedPart struct {
	Name  string
	Depth int
}

// Comparison is what the charts of a comparison show; units come before all others.
type Comparison struct {
	All       []Compared
	Units     int
	Parts     []ComparedPart
	Chosen    []int   // positions in All
	Axes      []int   // of the star, positions in Parts
	Rows      []int   // of the bells, likewise
	X, Y      int     // of the scatter, likewise
	Years     []int   // of the trends
	Low, High float64 // of the scale of scores

	Says  func(who, what string, v float64) string // of a point
	Fixed func(v float64, digits int) string
}

// Sizes of the charts. The script compare.js has the same.
const (
	sheet       = 460.0 // width of all
	starHeight  = 366.0
	starX       = 230.0
	starY       = 182.0
	starRadius  = 118.0
	starLabel   = 15.0 // breadth of a line of a label
	bellNames   = 158.0
	bellStep    = 30.0
	bellHead    = 24.0
	bellLabel   = 22.0
	plotLeft    = 44.0
	plotRight   = 14.0
	plotTop     = 14.0
	plotBottom  = 44.0
	plotHeight  = 380.0
	plotLabel   = 16.0
	trendHeight = 250.0
	trendRight  = 110.0
)

// ScatterMost is how many units are drawn beside those that were chosen.
const ScatterMost = 1000

// OfSeries is the class, in the style sheet, of a kind of mark of the ith of those
// chosen.
func OfSeries(kind string, i int) string { return kind + " s" + strconv.Itoa(i) }

// share is the place of a score on the scale of the charts, from 0 to 1.
func (m *Comparison) share(v float64) float64 {
	return math.Min(1, math.Max(0, (v-m.Low)/(m.High-m.Low)))
}

// Star draws the chosen over the axes; nil where there are fewer than three.
func (h Hand) Star(m *Comparison) *Sketch {
	n := len(m.Axes)
	if n < 3 {
		return nil
	}
	p := h.newPen("radar", starHeight)
	at := func(k int, share float64) point {
		a := 2*math.Pi*float64(k)/float64(n) - math.Pi/2
		return point{starX + starRadius*share*math.Cos(a), starY + starRadius*share*math.Sin(a)}
	}
	for _, f := range []float64{.25, .5, .75, 1} {
		var ring []point
		for k := range n {
			ring = append(ring, at(k, f))
		}
		p.line("ring", "", true, ring...)
	}
	for k, code := range m.Axes {
		p.line("spoke", "", false, point{starX, starY}, at(k, 1))
		starName(p, at(k, 1+12/starRadius), wrapped(m.Parts[code].Name, starLabel))
	}
	for i, who := range m.Chosen {
		e := &m.All[who]
		var points []point
		for k, code := range m.Axes {
			if v := e.Scores[code]; !math.IsNaN(v) {
				points = append(points, at(k, m.share(v)))
			}
		}
		p.line(OfSeries("area", i), e.Name, true, points...)
		for k, code := range m.Axes {
			if v := e.Scores[code]; !math.IsNaN(v) {
				p.marker(OfSeries("sign", i), m.Says(e.Name, m.Parts[code].Name, v), i, at(k, m.share(v)), 4)
			}
		}
	}
	return &p.Sketch
}

// starName sets the name of an axis beside its end.
func starName(p *pen, at point, lines []string) {
	more := 13 * float64(len(lines)-1)
	class, dx, dy := "name middle", at.x-starX, at.y-starY
	switch {
	case dx > 20:
		class = "name start"
	case dx < -20:
		class = "name end"
	}
	switch {
	case dy > 60:
		at.y += 9
	case dy < -60:
		at.y -= more
	default:
		at.y += 4 - more/2
	}
	p.text(class, at, lines...)
}

// Bells sets the chosen on one line for each of the rows.
func (h Hand) Bells(m *Comparison) *Sketch {
	bottom := bellHead + bellStep*float64(len(m.Rows))
	p := h.newPen("bells", bottom+4)
	x := func(share float64) float64 { return bellNames + 10 + (sheet-bellNames-26)*share }
	marks := Steps(m.Low, m.High, 5)
	for _, v := range marks {
		p.line("grid", "", false, point{x(m.share(v)), bellHead - 8}, point{x(m.share(v)), bottom})
		p.text("axis middle", point{x(m.share(v)), bellHead - 12}, m.Fixed(v, DigitsOf(marks)))
	}
	for k, code := range m.Rows {
		y := bellHead + bellStep*(float64(k)+.5)
		low, high := math.Inf(1), math.Inf(-1)
		for _, who := range m.Chosen {
			if v := m.All[who].Scores[code]; !math.IsNaN(v) {
				low, high = math.Min(low, m.share(v)), math.Max(high, m.share(v))
			}
		}
		class := "name start"
		if m.Parts[code].Depth < 2 {
			class = "name start strong"
		}
		p.text(class, point{2, y + 4}, clipped(m.Parts[code].Name, bellLabel))
		if low < high {
			p.line("span", "", false, point{x(low), y}, point{x(high), y})
		}
		for i, who := range m.Chosen {
			if v := m.All[who].Scores[code]; !math.IsNaN(v) {
				p.marker(OfSeries("sign", i), m.Says(m.All[who].Name, m.Parts[code].Name, v), i, point{x(m.share(v)), y}, 5)
			}
		}
	}
	return &p.Sketch
}

// Scatter draws all units by two codes, and sets off the chosen.
func (h Hand) Scatter(m *Comparison) *Sketch {
	p := h.newPen("scatter", plotHeight)
	var xs, ys []float64
	for _, e := range m.All {
		xs, ys = append(xs, e.Scores[m.X]), append(ys, e.Scores[m.Y])
	}
	lowX, highX := extent(xs)
	lowY, highY := extent(ys)
	x := func(v float64) float64 { return plotLeft + (sheet-plotLeft-plotRight)*(v-lowX)/(highX-lowX) }
	y := func(v float64) float64 {
		return plotHeight - plotBottom - (plotHeight-plotTop-plotBottom)*(v-lowY)/(highY-lowY)
	}
	marksX, marksY := Steps(lowX, highX, 5), Steps(lowY, highY, 5)
	for _, v := range marksX {
		p.line("grid", "", false, point{x(v), plotTop}, point{x(v), plotHeight - plotBottom})
		p.text("axis middle", point{x(v), plotHeight - plotBottom + 15}, m.Fixed(v, DigitsOf(marksX)))
	}
	for _, v := range marksY {
		p.line("grid", "", false, point{plotLeft, y(v)}, point{sheet - plotRight, y(v)})
		p.text("axis end", point{plotLeft - 6, y(v) + 4}, m.Fixed(v, DigitsOf(marksY)))
	}
	arrow := "→"
	if p.rtl {
		arrow = "←"
	}
	p.text("name end", point{sheet - plotRight, plotHeight - 8}, clipped(m.Parts[m.X].Name, 44)+" "+arrow)
	p.text("name start", point{plotLeft + 4, plotTop + 4}, "↑ "+clipped(m.Parts[m.Y].Name, 44))
	for u := range m.All[:min(m.Units, ScatterMost)] {
		if slices.Contains(m.Chosen, u) || math.IsNaN(xs[u]) || math.IsNaN(ys[u]) {
			continue
		}
		p.marker("other", m.All[u].Name, 0, point{x(xs[u]), y(ys[u])}, 3)
	}
	var labelled []int
	at := make([]float64, len(m.Chosen))
	for i, who := range m.Chosen {
		if math.IsNaN(xs[who]) || math.IsNaN(ys[who]) {
			continue
		}
		p.marker(OfSeries("sign", i), m.All[who].Name, i, point{x(xs[who]), y(ys[who])}, 6)
		labelled, at[i] = append(labelled, i), y(ys[who])+4
	}
	slices.SortStableFunc(labelled, func(a, b int) int { return sign(at[a] - at[b]) })
	apart(at, labelled, 14, plotHeight-plotBottom-2)
	for _, i := range labelled {
		who := m.Chosen[i]
		class, dx := "label start", 10.0
		if x(xs[who]) > sheet*.62 {
			class, dx = "label end", -10
		}
		p.text(class, point{x(xs[who]) + dx, at[i]}, clipped(m.All[who].Name, plotLabel))
	}
	return &p.Sketch
}

func sign(v float64) int {
	switch {
	case v < 0:
		return -1
	case v > 0:
		return 1
	}
	return 0
}

// Courses draws the scores of the chosen units over the years; nil for one year.
func (h Hand) Courses(m *Comparison) *Sketch {
	years := m.Years
	var all []float64
	for _, who := range m.Chosen {
		all = append(all, m.All[who].Trend...)
	}
	if len(years) < 2 || len(stat.Present(nil, all)) == 0 {
		return nil
	}
	p := h.newPen("trends", trendHeight)
	low, high := extent(all)
	x := func(i int) float64 {
		return plotLeft + (sheet-plotLeft-trendRight)*float64(i)/float64(len(years)-1)
	}
	y := func(v float64) float64 { return trendHeight - 28 - (trendHeight-42)*(v-low)/(high-low) }
	marks := Steps(low, high, 4)
	for _, v := range marks {
		p.line("grid", "", false, point{plotLeft, y(v)}, point{sheet - trendRight, y(v)})
		p.text("axis end", point{plotLeft - 6, y(v) + 4}, m.Fixed(v, DigitsOf(marks)))
	}
	step := (len(years) + maxYearLabels - 1) / maxYearLabels
	for i := 0; i < len(years); i += step {
		p.text("axis middle", point{x(i), trendHeight - 8}, strconv.Itoa(years[i]))
	}
	var labelled []int
	at := make([]float64, len(m.Chosen))
	for i, who := range m.Chosen {
		e := &m.All[who]
		var points []point
		for k, v := range e.Trend {
			if !math.IsNaN(v) {
				points = append(points, point{x(k), y(v)})
				p.marker(OfSeries("sign", i), m.Says(e.Name, strconv.Itoa(years[k]), v), i, point{x(k), y(v)}, 3.5)
			}
		}
		if len(points) == 0 {
			continue
		}
		p.line(OfSeries("curve", i), e.Name, false, points...)
		labelled, at[i] = append(labelled, i), points[len(points)-1].y+4
	}
	slices.SortStableFunc(labelled, func(a, b int) int { return sign(at[a] - at[b]) })
	apart(at, labelled, 14, trendHeight-22)
	for _, i := range labelled {
		p.text("label start", point{sheet - trendRight + 10, at[i]}, clipped(m.All[m.Chosen[i]].Name, 13))
	}
	return &p.Sketch
}
