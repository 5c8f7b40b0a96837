package site

import (
	"cmp"
	"math"
	"slices"

	"mizan/alliance"
	"mizan/internal/site/draw"
)

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
	var list []draw.Pooled
	for _, r := range v.Rows {
		p := draw.Pooled{
			Name: r.Name, Value: r.Score.Text, URL: r.URL, Score: r.score, Best: float64(r.brief.BestScore), Low: math.NaN(), High: math.NaN(),
			Title: r.Name + c.T("colon") + r.Score.Text + c.T("list.semicolon") + r.Best + " " + c.points(r.brief.BestScore),
		}
		if i := r.brief.Interval; i != nil {
			p.Low, p.High = float64(i.Score.Low), float64(i.Score.High)
		}
		list = append(list, p)
	}
	v.Pooled = c.hand().Pooled(list, best, c.Short)
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
	var list []draw.Added
	for _, m := range members[:min(len(members), addingMembers)] {
		name, text := c.nameOf(m.Unit), c.Fixed(m.Shapley.Value, 2)
		list = append(list, draw.Added{Name: name, Text: text, Title: name + c.T("colon") + text, Value: m.Shapley.Value, Error: m.Shapley.StandardError})
	}
	v.Adding = c.hand().Addings(list)
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
