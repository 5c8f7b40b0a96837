package site

import (
	"cmp"
	"math"
	"slices"

	"mizan/alliance"
)

// pooledChart is a drawing of alliances one below the other: each as one unit, with
// its interval, beside its best member.
type pooledChart struct {
	Class         string
	Width, Height string
	Rows          []pooledRow
	Ticks         []pooledTick
	Top, Bottom   string
	Best          string // where the best unit of the ranking stands
}

type pooledRow struct {
	Name, Value              stackText
	Title, URL               string
	Y, Band                  string
	Low, Length, Score, Ring string // places; "" = none
	From, To                 string // of the line from the best member to the alliance
	Down                     bool   // the alliance stands below its best member
}

type pooledTick struct{ X, Label string }

// pooledLook is how a drawing is laid out.
type pooledLook struct {
	class                    string
	width, row, label, value float64
	font                     float64
}

var pooledLooks = []pooledLook{
	{"flow-wide", 940, 30, 240, 60, 14},
	{"flow-narrow", 400, 34, 130, 44, 14},
}

// drawPooled draws the alliances that have a score, in the order of the rows;
// nil where none has.
func (c *visit) drawPooled(rows []allianceRow, best float64, look pooledLook) *pooledChart {
	high, low := best, 0.0
	var shown []allianceRow
	for _, r := range rows {
		if math.IsNaN(r.score) {
			continue
		}
		shown = append(shown, r)
		high, low = math.Max(high, r.score), math.Min(low, r.score)
		if i := r.brief.Interval; i != nil && i.Score.High == i.Score.High {
			high, low = math.Max(high, float64(i.Score.High)), math.Min(low, float64(i.Score.Low))
		}
	}
	if len(shown) == 0 || math.IsNaN(high) || high <= low {
		return nil
	}
	const head, foot = 8.0, 24.0
	turn := func(x float64) float64 {
		if c.Dir == "rtl" {
			return look.width - x
		}
		return x
	}
	end := "end"
	if c.Dir == "rtl" {
		end = "start"
	}
	room := look.width - look.label - look.value
	x := func(v float64) float64 { return turn(look.label + room*(v-low)/(high-low)) }
	bottom := head + look.row*float64(len(shown))
	g := &pooledChart{Class: look.class, Width: coordinate(look.width), Height: coordinate(bottom + foot), Top: coordinate(head), Bottom: coordinate(bottom)}
	if !math.IsNaN(best) {
		g.Best = coordinate(x(best))
	}
	step := niceStep((high - low) / 5)
	for v := math.Ceil(low/step) * step; v <= high; v += step {
		g.Ticks = append(g.Ticks, pooledTick{coordinate(x(v)), c.Short(v)})
	}
	for k, r := range shown {
		y := head + look.row*(float64(k)+0.5)
		row := pooledRow{
			Name:  stackText{coordinate(turn(look.label - 12)), coordinate(y + look.font*0.34), fitName(r.Name, look.label/look.font-1.2), end},
			Value: stackText{coordinate(turn(look.width - 4)), coordinate(y + look.font*0.34), r.Score.Text, end},
			URL:   r.URL, Y: coordinate(y), Band: coordinate(y - 5), Score: coordinate(x(r.score)),
			Title: r.Name + c.T("colon") + r.Score.Text + c.T("list.semicolon") + r.Best + " " + c.points(r.brief.BestScore),
		}
		if b := float64(r.brief.BestScore); !math.IsNaN(b) {
			row.Ring, row.From, row.To, row.Down = coordinate(x(b)), coordinate(x(b)), coordinate(x(r.score)), r.score < b
		}
		if i := r.brief.Interval; i != nil && i.Score.Low == i.Score.Low {
			a, b := x(float64(i.Score.Low)), x(float64(i.Score.High))
			row.Low, row.Length = coordinate(min(a, b)), coordinate(math.Abs(b-a))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// addPooledChart draws the alliances beside the units.
func (c *visit) addPooledChart(v *alliancesView) {
	if len(v.Rows) == 0 || math.IsNaN(v.Rows[0].score) {
		return
	}
	best := math.NaN()
	if order := c.book.byRank(c.year, c.book.top); len(order) > 0 {
		best = c.book.score(c.year, c.book.top, order[0])
		v.BestUnit = c.unitName(order[0])
	}
	for _, look := range pooledLooks {
		if g := c.drawPooled(v.Rows, best, look); g != nil {
			v.Pooled = append(v.Pooled, g)
		}
	}
	first := v.Rows[0]
	pairs := []any{"name", first.Name, "score", first.Score.Text, "leader", first.Leader, "other", c.points(first.brief.LeaderScore), "rank", first.brief.Rank}
	title := c.T("alliances.chart.behind", pairs...)
	if first.brief.Rank == 1 {
		title = c.T("alliances.chart.first", pairs...)
	}
	t := &figureTable{Columns: []string{
		c.T("alliances.name"), c.T("score"), c.T("alliances.low"), c.T("alliances.high"), c.T("rank"), c.T("alliances.chart.member"), c.T("alliances.chart.member-score"),
	}}
	for _, r := range v.Rows {
		low, high := math.NaN(), math.NaN()
		if i := r.brief.Interval; i != nil {
			low, high = float64(i.Score.Low), float64(i.Score.High)
		}
		t.Rows = append(t.Rows, []figureCell{
			{Text: r.Name},
			numberCell(r.score, c.scored), numberCell(low, c.scored), numberCell(high, c.scored),
			numberCell(rankNumber(r.brief.Rank), c.Whole),
			{Text: r.Best},
			numberCell(float64(r.brief.BestScore), c.scored),
		})
	}
	v.Frame = figureFrame{ID: "alliances", File: "alliances-" + c.yearText(), Class: "flow", Title: title, Sources: c.sourcesOf(c.book.top), Table: t}
}

// rankNumber is a rank as a number, missing for none.
func rankNumber(rank int) float64 {
	if rank == 0 {
		return math.NaN()
	}
	return float64(rank)
}

// adding is a drawing of what the members of an alliance add to it.
type adding struct {
	Class         string
	Width, Height string
	Rows          []addingRow
	Zero, Bottom  string
}

type addingRow struct {
	Name, Value stackText
	Title       string
	Bar         stackPart
	Low, High   string // of the standard error, 0 wide where it is exact
	Y           string
}

// addingMembers is how many members are drawn, those that add the most.
const addingMembers = 30

// addContributionChart draws the Shapley values of the pooled score.
func (c *visit) addContributionChart(v *allianceView, d *alliance.Detail) {
	if len(d.Members) < 2 {
		return
	}
	score := &d.Contributions[0]
	members := slices.Clone(score.Members)
	slices.SortStableFunc(members, func(a, b alliance.Contribution) int { return cmp.Compare(b.Shapley.Value, a.Shapley.Value) })
	for _, look := range pooledLooks {
		v.Adding = append(v.Adding, c.drawAdding(members[:min(len(members), addingMembers)], look))
	}
	points := func(x float64) string { return c.Fixed(x, 2) }
	t := &figureTable{Columns: []string{c.T("alliance.member"), c.T("alliance.points"), "±", c.T("alliance.share"), c.T("alliance.alone"), c.T("alliance.left")}}
	for _, m := range members {
		t.Rows = append(t.Rows, []figureCell{
			{Text: c.nameOf(m.Unit)},
			numberCell(m.Shapley.Value, points), numberCell(m.Shapley.StandardError, points),
			numberCell(m.Shapley.Value/float64(score.Total), func(x float64) string { return c.Percent(x, 1) }),
			numberCell(float64(m.Alone), c.scored), numberCell(-float64(m.Loss), c.gained),
		})
	}
	v.AddingFrame = figureFrame{
		ID: "contributions", File: "contributions-" + cmp.Or(d.Code, "alliance") + "-" + c.yearText(), Class: "flow", Sources: c.sourcesOf(c.book.top), Table: t,
		Title: c.T("alliance.adds.title", "name", v.Name, "unit", c.nameOf(members[0].Unit), "points", c.Fixed(members[0].Shapley.Value, 1), "total", c.points(score.Total)),
	}
}

func (c *visit) drawAdding(members []alliance.Contribution, look pooledLook) *adding {
	high, low := 0.0, 0.0
	for _, m := range members {
		high, low = math.Max(high, m.Shapley.Value+m.Shapley.StandardError), math.Min(low, m.Shapley.Value-m.Shapley.StandardError)
	}
	if high <= low {
		high = low + 1
	}
	end := "end"
	turn := func(x, _ float64) float64 { return x }
	if c.Dir == "rtl" {
		end = "start"
		turn = func(x, w float64) float64 { return look.width - x - w }
	}
	row := look.row - 5
	room := look.width - look.label - look.value
	x := func(v float64) float64 { return look.label + room*(v-low)/(high-low) }
	g := &adding{Class: look.class, Width: coordinate(look.width), Height: coordinate(row*float64(len(members)) + 8), Zero: coordinate(turn(x(0), 0)), Bottom: coordinate(row*float64(len(members)) + 6)}
	for k, m := range members {
		y := 4 + row*float64(k)
		value := m.Shapley.Value
		from, to := math.Min(x(0), x(value)), math.Max(x(0), x(value))
		class := "k0"
		if value < 0 {
			class = "k1"
		}
		base := coordinate(y + row/2 + look.font*0.32)
		r := addingRow{
			Name:  stackText{coordinate(turn(look.label-10, 0)), base, fitName(c.nameOf(m.Unit), look.label/look.font-1), end},
			Value: stackText{coordinate(turn(look.width-4, 0)), base, c.Fixed(value, 2), end},
			Title: c.nameOf(m.Unit) + c.T("colon") + c.Fixed(value, 2),
			Bar:   stackPart{coordinate(turn(from, to-from)), coordinate(y + 4), coordinate(to - from), coordinate(row - 8), class}, Y: coordinate(y + row/2),
		}
		if s := m.Shapley.StandardError; s > 0 {
			r.Low, r.High = coordinate(turn(x(value-s), 0)), coordinate(turn(x(value+s), 0))
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}
