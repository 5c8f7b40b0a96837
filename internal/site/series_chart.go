package site

import (
	"math"
	"slices"
	"strconv"

	"mizan/stat"

	"mizan"
	"mizan/internal/site/draw"
)

// setOff is how many curves are set off at first.
const setOff = 5

// seriesChart draws every unit's curve and sets off the first few of the index,
// or of the series if it has no rank.
func (c *visit) seriesChart(p *mizan.Panel, code string, years []int) *framedSeries {
	at := p.Code(code)
	chosen := c.setOff(p, at, years)
	numbers := make([]int, len(years))
	var all []float64
	for i, y := range years {
		numbers[i] = p.Years[y]
		all = append(all, p.Column(y, at)...)
	}
	var list []draw.SeriesCourse
	for _, u := range c.seriesOrder(p, at, years) {
		if len(list) >= rowsPerPage && !slices.Contains(chosen, u) {
			continue // nobody tells so many curves apart
		}
		course := draw.SeriesCourse{Code: p.Units[u], Name: c.panelName(p, u), Chosen: slices.Index(chosen, u) + 1}
		for _, y := range years {
			course.Values = append(course.Values, p.At(y, at, u))
		}
		list = append(list, course)
	}
	return &framedSeries{c.hand().Series(numbers, list, all, c.Figure), c.seriesFrame(p, code, years, chosen)}
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
