package site

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan/internal/site/draw"
	"mizan/internal/site/language"
)

// radarTitle says who is ahead in most parts.
func (c *visit) radarTitle(m *comparison) string {
	wins := make([]int, len(m.chosen))
	for _, code := range m.axes {
		best, at := math.Inf(-1), -1
		for i, who := range m.chosen {
			if s := float64(m.codes[code].facing) * m.all[who].scores[code]; s > best {
				best, at = s, i
			}
		}
		if at >= 0 {
			wins[at]++
		}
	}
	most := 0
	for i, n := range wins {
		if n > wins[most] {
			most = i
		}
	}
	return c.T("compare.radar.title", "unit", language.Shorten(m.all[m.chosen[most]].name, 60), "n", c.Count(wins[most]), "of", c.Count(len(m.axes)))
}

// bellsTitle says where they lie furthest apart, below the top.
func (c *visit) bellsTitle(m *comparison) string {
	widest, low, high, at := -1.0, 0, 0, -1
	for _, code := range m.rows {
		if m.codes[code].depth == 0 && len(m.rows) > 1 {
			continue
		}
		least, most := -1, -1
		for _, who := range m.chosen {
			s := m.all[who].scores[code]
			if math.IsNaN(s) {
				continue
			}
			if least < 0 || s < m.all[least].scores[code] {
				least = who
			}
			if most < 0 || s > m.all[most].scores[code] {
				most = who
			}
		}
		if least < 0 {
			continue
		}
		if d := m.all[most].scores[code] - m.all[least].scores[code]; d > widest {
			widest, low, high, at = d, least, most, code
		}
	}
	if at < 0 {
		return c.T("compare.bells.none")
	}
	return c.T("compare.bells.title", "what", m.codes[at].name, "high", language.Shorten(m.all[high].name, 60), "most", c.scored(m.all[high].scores[at]),
		"low", language.Shorten(m.all[low].name, 60), "least", c.scored(m.all[low].scores[at]))
}

// scatterTitle says how the two codes go together.
func (c *visit) scatterTitle(m *comparison) (title, hint string) {
	r, rho, n := m.correlation()
	x, y := m.codes[m.x].name, m.codes[m.y].name
	if math.IsNaN(r) {
		return c.T("compare.scatter.unknown", "x", x, "y", y), ""
	}
	return c.T("compare.scatter."+togetherness(r), "x", x, "y", y), c.T("compare.scatter.hint", "r", c.Fixed(r, 2), "rho", c.Fixed(rho, 2), "n", c.Count(n))
}

// togetherness is a correlation in a word: the key of a message.
func togetherness(r float64) string {
	switch {
	case r >= .7:
		return "closely"
	case r >= .3:
		return "loosely"
	case r > -.3:
		return "hardly"
	}
	return "against"
}

// trendsTitle says how far each came.
func (c *visit) trendsTitle(m *comparison) string {
	var changes []string
	first := -1
	for y := range c.book.Years {
		for _, who := range m.chosen {
			if e := &m.all[who]; first < 0 && y < len(e.trend) && !math.IsNaN(e.trend[y]) {
				first = y
			}
		}
	}
	if first < 0 {
		return ""
	}
	last := len(c.book.Years) - 1
	for _, who := range m.chosen {
		if e := &m.all[who]; len(e.trend) > 0 && !math.IsNaN(e.trend[last]-e.trend[first]) {
			changes = append(changes, c.T("compare.trends.one", "unit", language.Shorten(e.name, 40), "change", c.gained1(e.trend[last]-e.trend[first])))
		}
	}
	return c.T("compare.trends.title", "year", strconv.Itoa(c.book.Years[first]), "changes", strings.Join(changes, c.T("list.semicolon")))
}

func (c *visit) partsTable(m *comparison, codes []int) *figureTable {
	t := &figureTable{Columns: []string{c.T("compare.part")}}
	for _, who := range m.chosen {
		t.Columns = append(t.Columns, m.all[who].name)
	}
	for _, code := range codes {
		row := []figureCell{{Text: m.codes[code].name}}
		for _, who := range m.chosen {
			row = append(row, numberCell(m.all[who].scores[code], c.scored))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (c *visit) scatterTable(m *comparison) *figureTable {
	t := &figureTable{Columns: []string{c.T("figure.unit"), c.T("figure.code"), m.codes[m.x].name, m.codes[m.y].name}}
	for i, e := range m.all {
		if i < min(m.units, draw.ScatterMost) || slices.Contains(m.chosen, i) {
			t.Rows = append(t.Rows, []figureCell{{Text: e.name}, {Text: e.code}, numberCell(e.scores[m.x], c.scored), numberCell(e.scores[m.y], c.scored)})
		}
	}
	return t
}

func (c *visit) trendsTable(m *comparison) *figureTable {
	t := &figureTable{Columns: []string{c.T("year")}}
	for _, who := range m.chosen {
		t.Columns = append(t.Columns, m.all[who].name)
	}
	for y, year := range c.book.Years {
		row := []figureCell{{Text: strconv.Itoa(year)}}
		for _, who := range m.chosen {
			v := math.NaN()
			if e := &m.all[who]; y < len(e.trend) {
				v = e.trend[y]
			}
			row = append(row, numberCell(v, c.scored))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
