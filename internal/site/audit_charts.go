package site

import (
	"math"
	"slices"
	"strconv"

	"mizan/audit"
	"mizan/internal/site/language"
	"mizan/stat"
)

// heatMatrix is the correlations between the indicators, as the lower half of a
// square: one cell for each pair, and the name of an indicator at the end of its
// line, where its column begins.
type heatMatrix struct {
	Frame         figureFrame
	Width, Height string
	Cells         []pairCell
	Names         []pairName
	Legend        []legendStep
}

type pairCell struct{ X, Y, Class, Title string }

type pairName struct{ X, Y, Label, URL string }

const (
	matrixCellSize = 14
	matrixRoom     = 260 // for names
	mostCorrelated = 60  // indicators
)

// correlationSteps are the bounds of the classes of colour: those at which the
// audit calls components weak, and redundant.
var correlationSteps = []float64{-0.6, -0.3, 0.3, 0.6, 0.9}

// heatMatrix draws the correlations of normalised indicators, those of a reversed
// aggregate with their sign changed; nil where there are too few or too many to
// be seen.
func (c *visit) heatMatrix() *heatMatrix {
	codes := c.leaves()
	n := len(codes)
	if n < 2 || n > mostCorrelated {
		return nil
	}
	columns := make([][]float64, n)
	for i, code := range codes {
		columns[i] = c.book.column(c.book.Scores, c.year, code)
		if c.book.facing[code] < 0 {
			for u := range columns[i] {
				columns[i][u] = -columns[i][u]
			}
		}
	}
	all := stat.Correlate(columns, stat.ByPearson)
	width := float64(n*matrixCellSize + matrixRoom)
	m := &heatMatrix{Width: coordinate(width), Height: strconv.Itoa(n * matrixCellSize)}
	from := func(x, wide float64) string {
		if c.Dir == "rtl" {
			x = width - x - wide
		}
		return coordinate(x)
	}
	table := &figureTable{Columns: []string{c.T("audit.heat.one"), c.T("audit.heat.other"), c.T("audit.heat.r"), c.T("audit.heat.n")}}
	strongest, pair := 0.0, [2]int{}
	for i := range n {
		for j := range i {
			r, _, both := all.At(i, j)
			if math.IsNaN(r) {
				continue
			}
			m.Cells = append(m.Cells, pairCell{
				X: from(float64(j*matrixCellSize), matrixCellSize-1), Y: strconv.Itoa(i * matrixCellSize), Class: correlationClass(r),
				Title: c.T("audit.heat.cell", "one", c.label(codes[i]), "other", c.label(codes[j]), "r", c.Fixed(r, 2), "n", both),
			})
			table.Rows = append(table.Rows, []figureCell{{Text: c.label(codes[i])}, {Text: c.label(codes[j])}, numberCell(r, func(v float64) string { return c.Fixed(v, 2) }), numberCell(float64(both), c.Whole)})
			if math.Abs(r) > math.Abs(strongest) {
				strongest, pair = r, [2]int{i, j}
			}
		}
		m.Names = append(m.Names, pairName{X: from(float64(i*matrixCellSize)+4, 0), Y: coordinate(float64(i*matrixCellSize) + 10.5), Label: c.label(codes[i]), URL: c.codeURL(codes[i])})
	}
	slices.SortStableFunc(table.Rows, func(a, b []figureCell) int { return compareStrength(b[2].Value, a[2].Value) })
	m.Legend = c.correlationLegend()
	m.Frame = figureFrame{
		ID: "correlations", File: "correlations-" + strconv.Itoa(c.yearNumber()), Sources: c.sourcesOf(c.book.top), Table: table,
		Title: c.T("audit.heat.title", "one", c.label(codes[pair[0]]), "other", c.label(codes[pair[1]]), "r", c.Fixed(strongest, 2)),
	}
	return m
}

// compareStrength orders two correlations as text by how strong they are.
func compareStrength(a, b string) int {
	x, _ := strconv.ParseFloat(a, 64)
	y, _ := strconv.ParseFloat(b, 64)
	switch x, y = math.Abs(x), math.Abs(y); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// correlationClass is the class of colour: c0 against, to c5 redundant.
func correlationClass(r float64) string {
	at := 0
	for at < len(correlationSteps) && r >= correlationSteps[at] {
		at++
	}
	return "c" + strconv.Itoa(at)
}

func (c *visit) correlationLegend() []legendStep {
	var steps []legendStep
	low := -1.0
	for i := 0; i <= len(correlationSteps); i++ {
		high := 1.0
		if i < len(correlationSteps) {
			high = correlationSteps[i]
		}
		steps = append(steps, legendStep{"c" + strconv.Itoa(i), c.Fixed(low, 1), c.Fixed(high, 1)})
		low = high
	}
	return steps
}

// leaves lists the indicators of the framework depth first.
func (c *visit) leaves() []string {
	var codes []string
	var walk func(code string)
	walk = func(code string) {
		n := c.book.nodes[code]
		if n == nil {
			return
		}
		if len(n.Children) == 0 {
			codes = append(codes, code)
		}
		for _, child := range n.Children {
			walk(child)
		}
	}
	walk(c.book.top)
	return codes
}

// barChart is a list of bars, each with a second mark or an interval.
type barChart struct {
	Frame         figureFrame
	Width, Height string
	Bars          []bar
}

type bar struct {
	Label, URL           string
	Y, TextY             string
	X, Length            string
	LabelX               string
	Mark                 string // place of the second figure, "" if none
	MarkFrom, MarkTo     string
	Value, ValueX, Title string
	Heavy                bool // of an aggregate
}

const (
	barHeight, barRoom, barWidth = 24.0, 240.0, 900.0
	barValueRoom                 = 70.0
)

// bars places figures of 0 and more beside their names, each with a mark for the
// second figure where marks are given.
func (c *visit) bars(labels []link, values, marks []float64, write func(float64) string, title func(i int) string) *barChart {
	most := 0.0
	for _, v := range slices.Concat(values, marks) {
		if v > most {
			most = v
		}
	}
	if most == 0 {
		return nil
	}
	place := func(x, wide float64) string {
		if c.Dir == "rtl" {
			x = barWidth - x - wide
		}
		return coordinate(x)
	}
	length := func(v float64) float64 { return (barWidth - barRoom - barValueRoom) * max(0, finite(v)) / most }
	ch := &barChart{Width: coordinate(barWidth), Height: coordinate(barHeight * float64(len(labels)))}
	for i, l := range labels {
		y := barHeight * float64(i)
		end := length(values[i])
		b := bar{
			Label: l.Label, URL: l.URL, Y: coordinate(y + 4), TextY: coordinate(y + 17), X: place(barRoom, end), Length: coordinate(end),
			Value: write(values[i]), Title: title(i), Heavy: l.Here, LabelX: place(barRoom-8, 0), MarkFrom: coordinate(y + 1), MarkTo: coordinate(y + 23),
		}
		if marks != nil && !math.IsNaN(marks[i]) {
			b.Mark = place(barRoom+length(marks[i]), 0)
			end = max(end, length(marks[i]))
		}
		b.ValueX = place(barRoom+end+8, 0)
		ch.Bars = append(ch.Bars, b)
	}
	return ch
}

// influence sets what the children of the top weigh beside what of the index's
// variance they explain; nil if that is not known.
func (c *visit) influence(r *audit.Result) *barChart {
	var labels []link
	var shares, weights []float64
	table := &figureTable{Columns: []string{c.T("methodology.node"), c.T("audit.parent"), c.T("methodology.within"), c.T("audit.importance"), c.T("audit.ratio")}}
	percent := func(v float64) string { return c.Percent(v, 1) }
	for _, i := range r.Importance {
		table.Rows = append(table.Rows, []figureCell{
			{Text: c.label(i.Code)},
			{Text: c.label(i.Parent)},
			numberCell(float64(i.Weight), percent), numberCell(float64(i.Share), percent),
			numberCell(float64(i.Ratio), func(v float64) string { return c.Fixed(v, 2) }),
		})
		if i.Parent != c.book.top || math.IsNaN(float64(i.Share)) {
			continue
		}
		labels = append(labels, link{Label: c.label(i.Code), URL: c.codeURL(i.Code)})
		shares, weights = append(shares, float64(i.Share)), append(weights, float64(i.Weight))
	}
	ch := c.bars(labels, shares, weights, percent, func(i int) string {
		return c.T("audit.influence.bar", "name", labels[i].Label, "share", percent(shares[i]), "weight", percent(weights[i]))
	})
	if ch == nil {
		return nil
	}
	most := 0
	for i := range shares {
		if math.Abs(shares[i]-weights[i]) > math.Abs(shares[most]-weights[most]) {
			most = i
		}
	}
	ch.Frame = figureFrame{
		ID: "influence", File: "influence-" + strconv.Itoa(c.yearNumber()), Sources: c.sourcesOf(c.book.top), Table: table,
		Title: c.T("audit.influence.title", "name", labels[most].Label, "share", percent(shares[most]), "weight", percent(weights[most])),
	}
	return ch
}

// mostLeftOut is how many components are drawn by how far ranks hang on them.
const mostLeftOut = 20

// withoutChart is how far ranks move without each component, those that move
// most first; nil if none could be left out.
func (c *visit) withoutChart(r *audit.Result) *barChart {
	rows := slices.DeleteFunc(slices.Clone(r.LeaveOneOut), func(l audit.LeftOut) bool { return l.Compared == 0 || math.IsNaN(float64(l.Mean)) })
	slices.SortStableFunc(rows, func(a, b audit.LeftOut) int {
		switch {
		case a.Mean > b.Mean:
			return -1
		case a.Mean < b.Mean:
			return 1
		}
		return 0
	})
	table := &figureTable{Columns: []string{c.T("audit.left"), c.T("audit.mean-shift"), c.T("audit.largest"), c.T("audit.furthest"), c.T("audit.moved")}}
	var labels []link
	var means []float64
	places := func(v float64) string { return c.Fixed(v, 2) }
	says := func(l audit.LeftOut) string {
		unit := language.Gap
		if u, ok := c.book.units[l.Unit]; ok {
			unit = c.unitName(u)
		}
		return c.T("audit.left.bar", "name", c.label(l.Code), "mean", language.NewDecimal(float64(l.Mean), 2), "unit", unit, "most", int(orZero(l.Largest)))
	}
	for i, l := range rows {
		unit := ""
		if u, ok := c.book.units[l.Unit]; ok {
			unit = c.unitName(u)
		}
		table.Rows = append(table.Rows, []figureCell{
			{Text: c.label(l.Code)},
			numberCell(float64(l.Mean), places), numberCell(float64(l.Largest), c.Whole),
			{Text: unit},
			numberCell(float64(l.Moved), func(v float64) string { return c.Percent(v, 0) }),
		})
		if i < mostLeftOut {
			labels = append(labels, link{Label: c.label(l.Code), URL: c.codeURL(l.Code), Here: c.isAggregate(l.Code)})
			means = append(means, float64(l.Mean))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	ch := c.bars(labels, means, nil, places, func(i int) string { return says(rows[i]) })
	if ch == nil {
		return nil
	}
	ch.Frame = figureFrame{ID: "without", File: "without-" + strconv.Itoa(c.yearNumber()), Sources: c.sourcesOf(c.book.top), Table: table, Title: says(rows[0])}
	return ch
}

func (c *visit) isAggregate(code string) bool {
	n := c.book.nodes[code]
	return n != nil && len(n.Children) > 0
}
