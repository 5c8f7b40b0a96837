package site

import (
	"math"
	"slices"
	"strconv"

	"mizan/internal/site/draw"
	"mizan/internal/site/language"
)

const (
	topRows    = 10 // units at the head of the first page
	moverRows  = 5  // that rose or fell
	unsureRows = 8
)

// overviewView is the first page: what the index finds, in short.
type overviewView struct {
	Finding   string // the headline
	Lead      string // what it rests on
	About     []string
	Chart     *draw.MapChart
	World     figureFrame
	Top       *draw.Ladder
	TopFrame  figureFrame
	Draws     int // that intervals are of; 0 = none
	Moves     *draw.Ladder
	MoveFrame figureFrame
	MoveHint  string
	Story     []storyCard
	Ranking   string // addresses
	Compare   string
	Sure      string
}

func overviewPage(c *visit) (any, error) {
	b := c.book
	v := &overviewView{
		About: language.Paragraphs(c.Text(b.Project.Description, "")), Chart: c.mapOf(b.top),
		Ranking: c.to("/ranking"), Sure: c.to("/uncertainty"), Compare: c.to("/compare"), Story: c.story(),
	}
	v.Finding, v.Lead = c.headline()
	if v.Chart != nil {
		v.World = c.worldFrame(b.top, v.Chart)
	}
	if r := c.intervals(); r != nil {
		v.Draws = r.Kept
	}
	c.topOf(v)
	c.movesOf(v)
	return v, nil
}

// certain and even are the shares of draws from which on a lead is called safe,
// and contested.
const certain, even = 0.9, 0.5

// headline says who leads, and how surely.
func (c *visit) headline() (finding, lead string) {
	b := c.book
	order := b.byRank(c.year, b.top)
	switch len(order) {
	case 0:
		return c.Text(b.Project.Title, b.Project.ID), c.T("overview.nobody")
	case 1:
		return language.Capital(c.T("overview.alone", "first", c.inText(order[0]))), ""
	}
	one, two := b.score(c.year, b.top, order[0]), b.score(c.year, b.top, order[1])
	pairs := []any{
		"first", c.inText(order[0]), "second", c.inText(order[1]), "count", len(order),
		"score", c.scored(one), "gap", c.scored(math.Abs(one - two)),
	}
	r := c.intervals()
	if r == nil || r.Units[order[0]].Ranked == 0 {
		return language.Capital(c.T("overview.leads", pairs...)), language.Capital(c.T("overview.lead", pairs...))
	}
	share := r.Units[order[0]].Share(1)
	key := "overview.open"
	switch {
	case share >= certain:
		key = "overview.holds"
	case share >= even:
		key = "overview.contested"
	}
	pairs = append(pairs, "share", c.chance(share), "draws", r.Kept)
	return language.Capital(c.T(key, pairs...)), language.Capital(c.T("overview.lead", pairs...)) + " " + c.T("overview.drawn", pairs...)
}

// chance writes a share of draws in whole percent; all and none only where they
// are so.
func (c *visit) chance(share float64) string {
	switch {
	case share < 1 && share >= 0.995:
		return c.T("overview.more-than", "share", c.Percent(0.99, 0))
	case share > 0 && share < 0.005:
		return c.T("overview.less-than", "share", c.Percent(0.01, 0))
	}
	return c.Percent(share, 0)
}

// topOf draws the head of the ranking: scores with the range in which they lie.
func (c *visit) topOf(v *overviewView) {
	b := c.book
	order := b.byRank(c.year, b.top)
	if len(order) == 0 {
		return
	}
	order = order[:min(topRows, len(order))]
	r := c.intervals()
	t := &figureTable{Columns: []string{c.T("figure.rank"), c.T("figure.unit"), c.T("figure.code"), c.T("figure.score")}}
	if r != nil {
		t.Columns = append(t.Columns, c.T("overview.low"), c.T("overview.high"), c.T("overview.ranks"))
	}
	var rows []draw.LadderRow
	for _, u := range order {
		score := b.score(c.year, b.top, u)
		row := draw.LadderRow{Name: c.unitName(u), URL: c.unitURL(b.Units[u].Code), At: score, Text: c.scored(score), Says: c.mapSays(b.top, u), Low: math.NaN(), High: math.NaN(), From: math.NaN()}
		cells := []figureCell{numberCell(b.rank(c.year, b.top, u), c.Whole), {Text: row.Name}, {Text: b.Units[u].Code}, numberCell(score, c.scored)}
		if r != nil {
			low, high := float64(r.Units[u].Score.Low), float64(r.Units[u].Score.High)
			row.Low, row.High = low, high
			cells = append(cells, numberCell(low, c.scored), numberCell(high, c.scored), figureCell{Text: c.interval(u)})
		}
		rows, t.Rows = append(rows, row), append(t.Rows, cells)
	}
	title := c.T("overview.top.title", "n", len(order), "first", c.inText(order[0]), "last", c.inText(order[len(order)-1]),
		"from", c.scored(b.score(c.year, b.top, order[0])), "to", c.scored(b.score(c.year, b.top, order[len(order)-1])))
	v.Top = c.hand().Ladder(title, rows, c.tickWriter(rows), false)
	v.TopFrame = figureFrame{ID: "top", File: "top", Class: "half", Title: title, Sources: c.sourcesOf(b.top), Table: t}
}

// tickWriter writes the marks of an axis of scores with the decimals that they
// need.
func (c *visit) tickWriter(rows []draw.LadderRow) func(float64) string {
	low, high := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		for _, x := range []float64{r.At, r.Low, r.High, r.From} {
			if !math.IsNaN(x) {
				low, high = math.Min(low, x), math.Max(high, x)
			}
		}
	}
	digits := 0
	if low < high {
		digits = draw.DigitsOf(draw.Steps(low, high, draw.LadderMarks))
	}
	return func(x float64) string { return c.Fixed(x, digits) }
}

// movesOf draws who moved since the year before; where the project has one year
// only, whose rank is least certain.
func (c *visit) movesOf(v *overviewView) {
	if c.year > 0 {
		c.movedSince(v)
		return
	}
	c.leastSure(v)
}

// shifted is a unit whose rank changed.
type shifted struct {
	unit          int
	before, after float64
}

func (c *visit) movedSince(v *overviewView) {
	b := c.book
	var moves []shifted
	for _, u := range b.byRank(c.year, b.top) {
		before, after := b.rank(c.year-1, b.top, u), b.rank(c.year, b.top, u)
		if before != after && !math.IsNaN(before) {
			moves = append(moves, shifted{u, before, after})
		}
	}
	if len(moves) == 0 {
		return
	}
	slices.SortStableFunc(moves, func(a, b shifted) int { return int((b.before - b.after) - (a.before - a.after)) })
	shown := slices.Clone(moves)
	if len(moves) > 2*moverRows {
		shown = slices.Concat(moves[:moverRows], moves[len(moves)-moverRows:])
	}
	before, after := strconv.Itoa(b.Years[c.year-1]), strconv.Itoa(c.yearNumber())
	t := &figureTable{Columns: []string{c.T("figure.unit"), c.T("figure.code"), c.T("overview.rank-in", "year", before), c.T("overview.rank-in", "year", after), c.T("overview.places")}}
	var rows []draw.LadderRow
	for _, m := range shown {
		rose := m.before - m.after
		rows = append(rows, draw.LadderRow{
			Name: c.unitName(m.unit), URL: c.unitURL(b.Units[m.unit].Code), At: m.after, From: m.before, Low: math.NaN(), High: math.NaN(),
			Text: c.Signed(rose, 0), Says: c.T("overview.moved", "unit", c.unitName(m.unit), "before", c.Whole(m.before), "after", c.Whole(m.after)),
		})
		t.Rows = append(t.Rows, []figureCell{{Text: c.unitName(m.unit)}, {Text: b.Units[m.unit].Code}, numberCell(m.before, c.Whole), numberCell(m.after, c.Whole), numberCell(rose, func(x float64) string { return c.Signed(x, 0) })})
	}
	first := moves[0]
	key := "overview.moves.title"
	if first.before < first.after { // nobody rose
		first, key = moves[len(moves)-1], "overview.moves.falls"
	}
	title := language.Capital(c.T(key, "unit", c.inText(first.unit), "n", int(math.Abs(first.before-first.after)), "before", c.Whole(first.before), "after", c.Whole(first.after), "year", before))
	v.Moves = c.hand().Ladder(title, rows, c.Whole, true)
	v.MoveFrame = figureFrame{ID: "moves", File: "moves", Class: "half", Title: title, Sources: c.sourcesOf(b.top), Table: t}
	v.MoveHint = c.T("overview.moves.hint")
}

func (c *visit) leastSure(v *overviewView) {
	b := c.book
	r := c.intervals()
	if r == nil {
		return
	}
	width := func(u int) float64 { return float64(r.Units[u].High) - float64(r.Units[u].Low) }
	var units []int
	for _, u := range b.byRank(c.year, b.top) {
		if width(u) > 0 {
			units = append(units, u)
		}
	}
	if len(units) == 0 {
		return
	}
	slices.SortStableFunc(units, func(a, b int) int { return int(math.Ceil(width(b)) - math.Ceil(width(a))) })
	units = units[:min(unsureRows, len(units))]
	t := &figureTable{Columns: []string{c.T("figure.unit"), c.T("figure.code"), c.T("figure.rank"), c.T("overview.low"), c.T("overview.high")}}
	var rows []draw.LadderRow
	for _, u := range units {
		low, high, rank := float64(r.Units[u].Low), float64(r.Units[u].High), b.rank(c.year, b.top, u)
		rows = append(rows, draw.LadderRow{
			Name: c.unitName(u), URL: c.unitURL(b.Units[u].Code), At: rank, Low: low, High: high, From: math.NaN(), Text: c.interval(u),
			Says: c.T("overview.between", "unit", c.unitName(u), "low", c.Whole(low), "high", c.Whole(high), "rank", c.Whole(rank)),
		})
		t.Rows = append(t.Rows, []figureCell{{Text: c.unitName(u)}, {Text: b.Units[u].Code}, numberCell(rank, c.Whole), numberCell(low, c.Whole), numberCell(high, c.Whole)})
	}
	title := c.T("overview.unsure.title", "unit", c.inText(units[0]), "low", c.Whole(rows[0].Low), "high", c.Whole(rows[0].High))
	v.Moves = c.hand().Ladder(title, rows, c.Whole, true)
	v.MoveFrame = figureFrame{ID: "unsure", File: "unsure", Class: "half", Title: title, Sources: c.sourcesOf(b.top), Table: t}
	v.MoveHint = c.T("overview.unsure.hint", "draws", r.Kept)
}
