package site

import (
	"math"
	"slices"
	"strconv"

	"mizan/audit"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/stat"
)

// correlations are those between the indicators, in their frame.
type correlations struct {
	*draw.PairChart
	Frame figureFrame
}

// mostCorrelated is how many indicators can be drawn against one another.
const mostCorrelated = 60

// correlationSteps are the bounds of the classes of colour: those at which the
// audit calls components weak, and redundant.
var correlationSteps = []float64{-0.6, -0.3, 0.3, 0.6, 0.9}

// correlations draws the correlations of normalised indicators, those of a reversed
// aggregate with their sign changed; nil where there are too few or too many to
// be seen.
func (c *visit) correlations() *correlations {
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
	table := &figureTable{Columns: []string{c.T("audit.heat.one"), c.T("audit.heat.other"), c.T("audit.heat.r"), c.T("audit.heat.n")}}
	var names [][2]string
	var pairs []draw.PairOf
	strongest, pair := 0.0, [2]int{}
	for i := range n {
		for j := range i {
			r, _, both := all.At(i, j)
			if math.IsNaN(r) {
				continue
			}
			pairs = append(pairs, draw.PairOf{
				I: i, J: j, Class: correlationClass(r),
				Title: c.T("audit.heat.cell", "one", c.label(codes[i]), "other", c.label(codes[j]), "r", c.Fixed(r, 2), "n", both),
			})
			table.Rows = append(table.Rows, []figureCell{{Text: c.label(codes[i])}, {Text: c.label(codes[j])}, numberCell(r, func(v float64) string { return c.Fixed(v, 2) }), numberCell(float64(both), c.Whole)})
			if math.Abs(r) > math.Abs(strongest) {
				strongest, pair = r, [2]int{i, j}
			}
		}
		names = append(names, [2]string{c.label(codes[i]), c.codeURL(codes[i])})
	}
	slices.SortStableFunc(table.Rows, func(a, b []figureCell) int { return compareStrength(b[2].Value, a[2].Value) })
	m := &correlations{PairChart: c.hand().Pairs(names, pairs)}
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

func (c *visit) correlationLegend() []draw.LegendStep {
	var steps []draw.LegendStep
	low := -1.0
	for i := 0; i <= len(correlationSteps); i++ {
		high := 1.0
		if i < len(correlationSteps) {
			high = correlationSteps[i]
		}
		steps = append(steps, draw.LegendStep{Class: "c" + strconv.Itoa(i), From: c.Fixed(low, 1), To: c.Fixed(high, 1)})
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

// framedBars are bars in their frame.
type framedBars struct {
	*draw.BarChart
	Frame figureFrame
}

// influence sets what the children of the top weigh beside what of the index's
// variance they explain; nil if that is not known.
func (c *visit) influence(r *audit.Result) *framedBars {
	var list []draw.Barred
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
		name, share, weight := c.label(i.Code), float64(i.Share), float64(i.Weight)
		list = append(list, draw.Barred{
			Label: name, URL: c.codeURL(i.Code), V: share, Mark: weight, Value: percent(share),
			Title: c.T("audit.influence.bar", "name", name, "share", percent(share), "weight", percent(weight)),
		})
	}
	drawn := c.hand().Bars(list)
	if drawn == nil {
		return nil
	}
	most := 0
	for i, b := range list {
		if math.Abs(b.V-b.Mark) > math.Abs(list[most].V-list[most].Mark) {
			most = i
		}
	}
	return &framedBars{drawn, figureFrame{
		ID: "influence", File: "influence-" + strconv.Itoa(c.yearNumber()), Sources: c.sourcesOf(c.book.top), Table: table,
		Title: c.T("audit.influence.title", "name", list[most].Label, "share", percent(list[most].V), "weight", percent(list[most].Mark)),
	}}
}

// mostLeftOut is how many components are drawn by how far ranks hang on them.
const mostLeftOut = 20

// withoutChart is how far ranks move without each component, those that move
// most first; nil if none could be left out.
func (c *visit) withoutChart(r *audit.Result) *framedBars {
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
	var list []draw.Barred
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
			list = append(list, draw.Barred{
				Label: c.label(l.Code), URL: c.codeURL(l.Code), Heavy: c.isAggregate(l.Code), V: float64(l.Mean), Mark: math.NaN(), Value: places(float64(l.Mean)), Title: says(l),
			})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	drawn := c.hand().Bars(list)
	if drawn == nil {
		return nil
	}
	return &framedBars{drawn, figureFrame{ID: "without", File: "without-" + strconv.Itoa(c.yearNumber()), Sources: c.sourcesOf(c.book.top), Table: table, Title: says(rows[0])}}
}

func (c *visit) isAggregate(code string) bool {
	n := c.book.nodes[code]
	return n != nil && len(n.Children) > 0
}
