package site

import (
	"cmp"
	"math"
	"slices"

	"mizan/alliance"
	"mizan/internal/site/draw"
)

// heatMembers is how many members are drawn, those with the highest scores.
const heatMembers = 40

// drawHeat draws the pillars against the members, with what they have together
// first.
func (c *visit) drawHeat(d *alliance.Detail) *draw.HeatMap {
	n := len(d.Members)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	if n > 1 {
		total := make([]float64, n)
		for _, p := range d.Complement.Pillars {
			for i, s := range p.Scores {
				if v := float64(s); v == v {
					total[i] += v * p.Weight
				}
			}
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(total[b], total[a]) })
	}
	order = order[:min(n, heatMembers)]
	columns := []string{c.T("alliance.matrix.pooled")}
	for _, i := range order {
		columns = append(columns, c.nameOf(d.Members[i]))
	}
	var rows []draw.HeatRow
	for _, p := range d.Complement.Pillars {
		row := draw.HeatRow{Name: c.label(p.Code)}
		add := func(score float64, strong bool, title string) {
			row.Cells = append(row.Cells, draw.HeatValue{
				V: score, Class: c.scoreClass(score), Text: c.Whole(score), Strong: strong,
				Title: title + c.T("list.semicolon") + row.Name + c.T("colon") + c.scored(score),
			})
		}
		add(float64(p.Pooled), false, columns[0])
		for k, i := range order {
			add(float64(p.Scores[i]), slices.Contains(p.Strong, d.Members[i]), columns[k+1])
		}
		rows = append(rows, row)
	}
	return c.hand().HeatMap(columns, rows)
}

// scoreClass is the colour of a score on the scale of the index.
func (c *visit) scoreClass(v float64) string {
	if math.IsNaN(v) {
		return "none"
	}
	return "q" + string(rune('0'+min(6, int(7*c.book.scale.percent(v)/100.001))))
}

// addHeat sets the members beside one another as a drawing.
func (c *visit) addHeat(v *allianceView, d *alliance.Detail) {
	if len(d.Members) < 2 || len(d.Complement.Pillars) == 0 {
		return
	}
	v.Heat = c.drawHeat(d)
	t := &figureTable{Columns: []string{c.T("pillar"), c.T("alliance.matrix.pooled")}}
	for _, m := range d.Members {
		t.Columns = append(t.Columns, c.nameOf(m))
	}
	var gaps []string
	for _, p := range d.Complement.Pillars {
		row := []figureCell{{Text: c.label(p.Code)}, numberCell(float64(p.Pooled), c.scored)}
		for _, s := range p.Scores {
			row = append(row, numberCell(float64(s), c.scored))
		}
		t.Rows = append(t.Rows, row)
		if len(p.Strong) == 0 {
			gaps = append(gaps, c.label(p.Code))
		}
	}
	title := c.T("alliance.matrix.whole", "name", v.Name, "n", d.Complement.Strong)
	if len(gaps) > 0 {
		title = c.T("alliance.matrix.gaps", "name", v.Name, "n", d.Complement.Strong, "pillars", c.List(gaps))
	}
	v.HeatFrame = figureFrame{
		ID: "complements", File: "complements-" + cmp.Or(d.Code, "alliance") + "-" + c.yearText(), Class: "heat", Title: title, Sources: c.sourcesOf(c.book.top), Table: t,
	}
}
