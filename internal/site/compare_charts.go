package site

import (
	"math"
	"slices"
	"strconv"

	"mizan/stat"
)

// comparison is what is compared: everything there is to choose from, the codes
// from the top of the framework down, and what was chosen.
type comparison struct {
	all    []compared
	units  int // the first of all are units, the rest alliances
	codes  []comparedCode
	chosen []int // positions in all
	axes   []int // of the radar, positions in codes
	rows   []int // of the dumbbell
	x, y   int   // of the scatter

	low, high float64 // of the charts of scores
}

// compared is a unit, or an alliance that stands as one.
type compared struct {
	code, name, url string
	scores, ranks   []float64 // parallel to the codes
	trend           []float64 // of the top, by years; nil for alliances
	interval        string
}

type comparedCode struct {
	code, name string
	depth      int
	parent     int // position in codes; -1 = none
	facing     int
	indicator  bool
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
	plotMost    = 1000 // units that are drawn beside those that were chosen
	trendHeight = 250.0
	trendRight  = 110.0
)

func series(kind string, i int) string { return kind + " s" + strconv.Itoa(i) }

// share is the place of a score on the scale of the charts, from 0 to 1.
func (m *comparison) share(v float64) float64 {
	return math.Min(1, math.Max(0, (v-m.low)/(m.high-m.low)))
}

// reach sets the scale of the charts: that of the index, or as far as the chosen
// go, for scores of alliances may lie beyond it.
func (m *comparison) reach(s scale) {
	m.low, m.high = s.low, s.high
	for _, who := range m.chosen {
		for _, code := range slices.Concat(m.axes, m.rows) {
			if v := m.all[who].scores[code]; !math.IsNaN(v) {
				m.low, m.high = math.Min(m.low, v), math.Max(m.high, v)
			}
		}
	}
	if m.low == m.high {
		m.high = m.low + 1
	}
}

// radar draws the chosen over the axes; nil where there are fewer than three.
func (c *visit) radar(m *comparison) *sketch {
	n := len(m.axes)
	if n < 3 {
		return nil
	}
	p := c.hand().newPen("radar", sheet, starHeight)
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
	for k, code := range m.axes {
		p.line("spoke", "", false, point{starX, starY}, at(k, 1))
		c.radarName(p, at(k, 1+12/starRadius), wrapped(m.codes[code].name, starLabel))
	}
	for i, who := range m.chosen {
		e := &m.all[who]
		var points []point
		for k, code := range m.axes {
			if v := e.scores[code]; !math.IsNaN(v) {
				points = append(points, at(k, m.share(v)))
			}
		}
		p.line(series("area", i), e.name, true, points...)
		for k, code := range m.axes {
			if v := e.scores[code]; !math.IsNaN(v) {
				p.marker(series("sign", i), c.says(e.name, m.codes[code].name, v), i, at(k, m.share(v)), 4)
			}
		}
	}
	return &p.sketch
}

// radarName sets the name of an axis beside its end.
func (c *visit) radarName(p *pen, at point, lines []string) {
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

// says is the tooltip of a point.
func (c *visit) says(who, what string, v float64) string {
	return c.T("compare.says", "unit", who, "what", what, "score", c.scored(v))
}

// bells sets the chosen on one line for each of the rows.
func (c *visit) bells(m *comparison) *sketch {
	bottom := bellHead + bellStep*float64(len(m.rows))
	p := c.hand().newPen("bells", sheet, bottom+4)
	x := func(share float64) float64 { return bellNames + 10 + (sheet-bellNames-26)*share }
	marks := steps(m.low, m.high, 5)
	for _, v := range marks {
		p.line("grid", "", false, point{x(m.share(v)), bellHead - 8}, point{x(m.share(v)), bottom})
		p.text("axis middle", point{x(m.share(v)), bellHead - 12}, c.Fixed(v, digitsOf(marks)))
	}
	for k, code := range m.rows {
		y := bellHead + bellStep*(float64(k)+.5)
		low, high := math.Inf(1), math.Inf(-1)
		for _, who := range m.chosen {
			if v := m.all[who].scores[code]; !math.IsNaN(v) {
				low, high = math.Min(low, m.share(v)), math.Max(high, m.share(v))
			}
		}
		class := "name start"
		if m.codes[code].depth < 2 {
			class = "name start strong"
		}
		p.text(class, point{2, y + 4}, clipped(m.codes[code].name, bellLabel))
		if low < high {
			p.line("span", "", false, point{x(low), y}, point{x(high), y})
		}
		for i, who := range m.chosen {
			if v := m.all[who].scores[code]; !math.IsNaN(v) {
				p.marker(series("sign", i), c.says(m.all[who].name, m.codes[code].name, v), i, point{x(m.share(v)), y}, 5)
			}
		}
	}
	return &p.sketch
}

// scatter draws all units by two codes, and sets off the chosen.
func (c *visit) scatter(m *comparison) *sketch {
	p := c.hand().newPen("scatter", sheet, plotHeight)
	var xs, ys []float64
	for _, e := range m.all {
		xs, ys = append(xs, e.scores[m.x]), append(ys, e.scores[m.y])
	}
	lowX, highX := extent(xs)
	lowY, highY := extent(ys)
	x := func(v float64) float64 { return plotLeft + (sheet-plotLeft-plotRight)*(v-lowX)/(highX-lowX) }
	y := func(v float64) float64 {
		return plotHeight - plotBottom - (plotHeight-plotTop-plotBottom)*(v-lowY)/(highY-lowY)
	}
	marksX, marksY := steps(lowX, highX, 5), steps(lowY, highY, 5)
	for _, v := range marksX {
		p.line("grid", "", false, point{x(v), plotTop}, point{x(v), plotHeight - plotBottom})
		p.text("axis middle", point{x(v), plotHeight - plotBottom + 15}, c.Fixed(v, digitsOf(marksX)))
	}
	for _, v := range marksY {
		p.line("grid", "", false, point{plotLeft, y(v)}, point{sheet - plotRight, y(v)})
		p.text("axis end", point{plotLeft - 6, y(v) + 4}, c.Fixed(v, digitsOf(marksY)))
	}
	arrow := "→"
	if p.rtl {
		arrow = "←"
	}
	p.text("name end", point{sheet - plotRight, plotHeight - 8}, clipped(m.codes[m.x].name, 44)+" "+arrow)
	p.text("name start", point{plotLeft + 4, plotTop + 4}, "↑ "+clipped(m.codes[m.y].name, 44))
	for u := range m.all[:min(m.units, plotMost)] {
		if slices.Contains(m.chosen, u) || math.IsNaN(xs[u]) || math.IsNaN(ys[u]) {
			continue
		}
		p.marker("other", m.all[u].name, 0, point{x(xs[u]), y(ys[u])}, 3)
	}
	var labelled []int
	at := make([]float64, len(m.chosen))
	for i, who := range m.chosen {
		if math.IsNaN(xs[who]) || math.IsNaN(ys[who]) {
			continue
		}
		p.marker(series("sign", i), m.all[who].name, i, point{x(xs[who]), y(ys[who])}, 6)
		labelled, at[i] = append(labelled, i), y(ys[who])+4
	}
	slices.SortStableFunc(labelled, func(a, b int) int { return sign(at[a] - at[b]) })
	apart(at, labelled, 14, plotHeight-plotBottom-2)
	for _, i := range labelled {
		who := m.chosen[i]
		class, dx := "label start", 10.0
		if x(xs[who]) > sheet*.62 {
			class, dx = "label end", -10
		}
		p.text(class, point{x(xs[who]) + dx, at[i]}, clipped(m.all[who].name, plotLabel))
	}
	return &p.sketch
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

// correlation is that of Pearson and of Spearman between the two codes of the
// scatter, over the units that have both.
func (m *comparison) correlation() (r, rho float64, n int) {
	var xs, ys []float64
	for _, e := range m.all[:m.units] {
		if v, w := e.scores[m.x], e.scores[m.y]; !math.IsNaN(v) && !math.IsNaN(w) {
			xs, ys = append(xs, v), append(ys, w)
		}
	}
	return stat.Pearson(xs, ys), stat.Spearman(xs, ys), len(xs)
}

// courses draws the scores of the chosen units over the years; nil for one year.
func (c *visit) courses(m *comparison) *sketch {
	years := c.book.Years
	var all []float64
	for _, who := range m.chosen {
		all = append(all, m.all[who].trend...)
	}
	if len(years) < 2 || len(stat.Present(nil, all)) == 0 {
		return nil
	}
	p := c.hand().newPen("trends", sheet, trendHeight)
	low, high := extent(all)
	x := func(i int) float64 {
		return plotLeft + (sheet-plotLeft-trendRight)*float64(i)/float64(len(years)-1)
	}
	y := func(v float64) float64 { return trendHeight - 28 - (trendHeight-42)*(v-low)/(high-low) }
	marks := steps(low, high, 4)
	for _, v := range marks {
		p.line("grid", "", false, point{plotLeft, y(v)}, point{sheet - trendRight, y(v)})
		p.text("axis end", point{plotLeft - 6, y(v) + 4}, c.Fixed(v, digitsOf(marks)))
	}
	step := (len(years) + maxYearLabels - 1) / maxYearLabels
	for i := 0; i < len(years); i += step {
		p.text("axis middle", point{x(i), trendHeight - 8}, strconv.Itoa(years[i]))
	}
	var labelled []int
	at := make([]float64, len(m.chosen))
	for i, who := range m.chosen {
		e := &m.all[who]
		var points []point
		for k, v := range e.trend {
			if !math.IsNaN(v) {
				points = append(points, point{x(k), y(v)})
				p.marker(series("sign", i), c.says(e.name, strconv.Itoa(years[k]), v), i, point{x(k), y(v)}, 3.5)
			}
		}
		if len(points) == 0 {
			continue
		}
		p.line(series("curve", i), e.name, false, points...)
		labelled, at[i] = append(labelled, i), points[len(points)-1].y+4
	}
	slices.SortStableFunc(labelled, func(a, b int) int { return sign(at[a] - at[b]) })
	apart(at, labelled, 14, trendHeight-22)
	for _, i := range labelled {
		p.text("label start", point{sheet - trendRight + 10, at[i]}, clipped(m.all[m.chosen[i]].name, 13))
	}
	return &p.sketch
}
