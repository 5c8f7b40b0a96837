package site

import (
	"math"
	"slices"

	"mizan/internal/site/draw"
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

// says is the tooltip of a point.
func (c *visit) says(who, what string, v float64) string {
	return c.T("compare.says", "unit", who, "what", what, "score", c.scored(v))
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

// drawn is the comparison as the charts show it.
func (c *visit) drawn(m *comparison) *draw.Comparison {
	d := &draw.Comparison{
		Units: m.units, Chosen: m.chosen, Axes: m.axes, Rows: m.rows, X: m.x, Y: m.y, Years: c.book.Years, Low: m.low, High: m.high,
		Says: c.says, Fixed: c.Fixed,
	}
	for _, e := range m.all {
		d.All = append(d.All, draw.Compared{Name: e.name, Scores: e.scores, Trend: e.trend})
	}
	for _, code := range m.codes {
		d.Parts = append(d.Parts, draw.ComparedPart{Name: code.name, Depth: code.depth})
	}
	return d
}
