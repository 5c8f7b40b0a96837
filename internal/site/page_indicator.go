package site

import (
	"html/template"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/engine"
	"mizan/internal/site/address"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
)

// indicatorView is the page of one indicator or aggregate: every unit's value.
type indicatorView struct {
	Label, Code       string
	About             template.HTML
	Indicator         bool // has raw figures
	Used              bool // stands in the framework
	Measure           string
	Direction         string
	Below             string // the reversed aggregate that it stands below, "" if none
	Denominator       string
	Parent            *link
	Children          []link
	Weight, Effective string
	Method            string
	Available         string
	Withheld          *withheldView // nil if the figures may be shown
	Raw, Scores       *draw.Strip
	Rows              []valueRow
	Missing           []link
	Top               bool
	Series            *seriesView // all figures, of whatever year
	Tiles             *draw.MapChart
	Grid              figureFrame
	Map               string // address of the map of an aggregate
	Pager             *pager
}

// valueRow is one unit's value.
type valueRow struct {
	Rank, Name, URL string
	Raw, RawExact   string
	Source          sourceView
	Score           gauge
	Marked          bool
}

func indicatorPage(c *visit) (any, error) {
	b := c.book
	code := c.r.PathValue("code")
	node, indicator := b.nodes[code], b.indicators[code]
	if node == nil && indicator == nil {
		return nil, missing("indicator", code, c.codes())
	}
	v := &indicatorView{Label: c.label(code), Code: code, Indicator: indicator != nil, Used: node != nil, Top: code == b.top}
	if indicator != nil {
		v.About, v.Measure = c.written(indicator.Description), c.Measure(indicator.Measure)
		v.Direction = c.T("indicator.more")
		if indicator.Direction < 0 {
			v.Direction = c.T("indicator.less")
		}
		v.Denominator, v.Withheld = c.denominator(indicator), c.withheld(code)
	}
	if node != nil {
		v.Weight, v.Effective, v.Method = c.Figure(node.Weight), c.Percent(node.Effective, 2), c.Word("method", node.Method)
		if node.Reversed {
			v.Direction = c.T("indicator.less.mirror", "mirror", c.mirror(node))
		} else if up := c.reversedAbove(node); up != nil {
			v.Below = c.label(up.Code)
		}
		if node.Parent != "" {
			v.Parent = &link{Label: c.label(node.Parent), URL: c.codeURL(node.Parent)}
		}
		for _, child := range node.Children {
			v.Children = append(v.Children, link{Label: c.label(child), URL: c.codeURL(child)})
		}
	}
	c.addValues(v, code)
	if v.Indicator {
		v.Series = c.series(code)
	} else if v.Tiles != nil {
		v.Map = c.mapURL(code)
	}
	return v, nil
}

// mirror says what the parent sees of a reversed aggregate.
func (c *visit) mirror(n *build.Node) string {
	if n.Mirror == 0 {
		return c.T("indicator.mirror.sign", "parent", c.label(n.Parent))
	}
	return c.T("indicator.mirror", "parent", c.label(n.Parent), "from", c.Figure(n.Mirror))
}

// reversedAbove is the nearest reversed aggregate above a node whose high score
// is bad for the top; nil if its high score is good.
func (c *visit) reversedAbove(n *build.Node) *build.Node {
	if c.book.facing[n.Code] > 0 {
		return nil
	}
	for up := c.book.nodes[n.Parent]; up != nil; up = c.book.nodes[up.Parent] {
		if up.Reversed {
			return up
		}
	}
	return nil
}

// denominator says by what an indicator is divided or multiplied; "" if by
// nothing.
func (c *visit) denominator(i *engine.Indicator) string {
	if i.Denominator == "" {
		return ""
	}
	if s := c.book.Spec; s != nil {
		for _, d := range s.Build.Denominate {
			if d.Code == i.Code {
				return c.denominated(d)
			}
		}
	}
	return c.label(i.Denominator)
}

// codes lists every code and its label, to find what was meant.
func (c *visit) codes() []string {
	var codes []string
	for _, n := range c.book.Nodes {
		codes = append(codes, n.Code)
	}
	for _, i := range c.book.Indicators {
		if !slices.Contains(codes, i.Code) {
			codes = append(codes, i.Code)
		}
	}
	return codes
}

// addValues fills the table, ranked units first, and the strips.
func (c *visit) addValues(v *indicatorView, code string) {
	b := c.book
	raw := c.rawColumn(code)
	scores := b.column(b.Scores, c.year, code)
	names := make([]string, len(b.Units))
	for u := range names {
		names[u] = c.unitName(u)
	}
	marked := -1
	if u, ok := b.units[clip(c.query.Get("mark"))]; ok {
		marked = u
	}
	if v.Indicator && v.Withheld == nil {
		v.Raw = c.hand().Strip(raw, names, c.Figure, marked)
	}
	if v.Used {
		v.Scores = c.hand().Strip(scores, names, c.scored, marked)
	}
	order := c.valueOrder(code, raw)
	from, to, pages := c.paged("indicator/"+address.Segment(code), len(order))
	v.Pager = pages
	for _, u := range order[from:to] {
		row := valueRow{
			Rank: c.Whole(b.rank(c.year, code, u)), Name: names[u], URL: c.unitURL(b.Units[u].Code),
			Score: c.gauge(scores[u]), Marked: u == marked,
		}
		if v.Indicator {
			row.Raw, row.RawExact, row.Source = c.Figure(raw[u]), language.Exact(raw[u]), c.sourceView(code, u)
		}
		v.Rows = append(v.Rows, row)
	}
	for u := range b.Units {
		if !slices.Contains(order, u) && len(v.Missing) < rowsPerPage {
			v.Missing = append(v.Missing, link{Label: names[u], URL: c.unitURL(b.Units[u].Code)})
		}
	}
	if m := c.mapOf(code); v.Used && m != nil && len(m.Tiles) > 0 {
		v.Tiles = m
		v.Grid = figureFrame{ID: "tiles", File: "tiles-" + code, Title: m.Title, Sources: c.sourcesOf(code), Table: c.mapTable(code)}
	}
	if cover := b.coverage(c.year, code); cover != nil {
		v.Available = c.T("indicator.have", "have", cover.Available, "of", cover.Of)
	}
}

// rawColumn takes the raw figures from the panel, which holds denominators
// too, else from the stage table.
func (c *visit) rawColumn(code string) mizan.Column {
	if p := c.book.Panel; p != nil && p.Code(code) >= 0 {
		return c.book.column(&p.Table, c.year, code)
	}
	return c.book.column(c.book.Stages.Raw, c.year, code)
}

// valueOrder is the order of ranks; for a series outside the framework, that
// of the figures, the largest first.
func (c *visit) valueOrder(code string, raw mizan.Column) []int {
	if c.book.nodes[code] != nil {
		return c.book.byRank(c.year, code)
	}
	return largestFirst(raw, func(u int) string { return c.book.Units[u].Code })
}
