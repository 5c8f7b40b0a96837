package site

import (
	"cmp"
	"math"
	"slices"

	"mizan/alliance"
)

// memberHeat is a drawing of the members of an alliance in every pillar: the darker a
// cell, the higher the score; who is strong there is framed.
type memberHeat struct {
	Width, Height string
	Rows          []stackText
	Heads         []stackText
	Cells         []memberCell
}

type memberCell struct {
	X, Y, Width, Class, Title string
	Text, TextX, TextY        string
	Strong                    bool
}

// heatMembers is how many members are drawn, those with the highest scores.
const heatMembers = 40

// drawHeat draws the pillars against the members, with what they have together
// first.
func (c *visit) drawHeat(d *alliance.Detail) *memberHeat {
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
	const label, top, font, row = 200.0, 118.0, 13.0, 34.0
	cell := math.Max(18, math.Min(62, 720/float64(len(order)+1)))
	width := label + cell*float64(len(order)+1) + 14 + 60
	g := &memberHeat{Width: coordinate(width), Height: coordinate(top + row*float64(len(d.Complement.Pillars)) + 4)}
	end := "end"
	turn := func(x, _ float64) float64 { return x }
	if c.Dir == "rtl" {
		end = "start"
		turn = func(x, w float64) float64 { return width - x - w }
	}
	columnX := func(k int) float64 { // the first column is of all together
		x := label + cell*float64(k)
		if k > 0 {
			x += 10
		}
		return x
	}
	head := func(k int, name string) {
		g.Heads = append(g.Heads, stackText{X: coordinate(turn(columnX(k), cell) + cell/2), Y: coordinate(top - 8), Text: fitName(name, 9.5)})
	}
	head(0, c.T("alliance.matrix.pooled"))
	for k, i := range order {
		head(k+1, c.nameOf(d.Members[i]))
	}
	for r, p := range d.Complement.Pillars {
		y := top + row*float64(r)
		g.Rows = append(g.Rows, stackText{coordinate(turn(label-10, 0)), coordinate(y + row/2 + font*0.34), fitName(c.label(p.Code), label/font-1), end})
		add := func(k int, score float64, strong bool, title string) {
			h := memberCell{
				X: coordinate(turn(columnX(k), cell) + 1), Y: coordinate(y + 1), Width: coordinate(cell - 2), Class: c.scoreClass(score), Strong: strong,
				Title: title + c.T("list.semicolon") + c.label(p.Code) + c.T("colon") + c.scored(score),
			}
			if cell >= 30 && score == score {
				h.Text, h.TextX, h.TextY = c.Whole(score), coordinate(turn(columnX(k), cell)+cell/2), coordinate(y+row/2+font*0.34)
			}
			g.Cells = append(g.Cells, h)
		}
		add(0, float64(p.Pooled), false, c.T("alliance.matrix.pooled"))
		for k, i := range order {
			add(k+1, float64(p.Scores[i]), slices.Contains(p.Strong, d.Members[i]), c.nameOf(d.Members[i]))
		}
	}
	return g
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
