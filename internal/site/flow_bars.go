package site

import (
	"math"

	"mizan/internal/site/language"
	"mizan/network"
)

// stack is a drawing of what every unit has, by supplier, as a bar in parts,
// with the concentration of its suppliers.
type stack struct {
	Class         string
	Width, Height string
	Rows          []stackRow
	Head          stackText
}

type stackRow struct {
	Name, HHI stackText
	Key       string
	Title     string
	Parts     []stackPart
	Ground    stackPart
}

type stackText struct{ X, Y, Text, Anchor string }

type stackPart struct{ X, Y, Width, Height, Class string }

// stackUnits is how many units have a bar, those that have the most.
const stackUnits = 24

// stackLook is how a drawing is laid out.
type stackLook struct {
	class             string
	width, row, label float64
	value             float64 // room of the figures
	font              float64
}

var stackLooks = []stackLook{
	{"flow-wide", 940, 23, 170, 64, 14},
	{"flow-narrow", 400, 27, 124, 44, 14},
}

// drawStack draws the bars.
func (c *visit) drawStack(d *network.SupplyResult, colour map[string]int, look stackLook) *stack {
	n := min(len(d.Units), stackUnits)
	const head = 26.0
	g := &stack{Class: look.class, Width: coordinate(look.width), Height: coordinate(head + look.row*float64(n) + 4)}
	turn := func(x, w float64) float64 {
		if c.Dir == "rtl" {
			return look.width - x - w
		}
		return x
	}
	end := "end"
	if c.Dir == "rtl" {
		end = "start"
	}
	room := look.width - look.label - look.value
	g.Head = stackText{coordinate(turn(look.width-2, 0)), "16", c.T("supply.hhi"), end}
	for i := range d.Units[:n] {
		u := &d.Units[i]
		y := head + look.row*float64(i)
		base := coordinate(y + look.row*0.5 + look.font*0.2)
		r := stackRow{
			Key: "u-" + u.Code, Name: stackText{coordinate(turn(look.label-8, 0)), base, fitName(c.nameOf(u.Code), look.label/look.font-0.8), end},
			HHI:    stackText{coordinate(turn(look.width-2, 0)), base, c.Fixed(float64(u.HHI), 2), end},
			Ground: stackPart{coordinate(turn(look.label, room)), coordinate(y + 3), coordinate(room), coordinate(look.row - 8), "kn"},
		}
		x, known := look.label, 1-float64(u.Unknown)
		if math.IsNaN(known) {
			known = 1
		}
		row := c.supplyRow(u, colour)
		r.Title = c.nameOf(u.Code)
		for k, s := range u.Suppliers {
			w := room * s.Share * known
			r.Parts = append(r.Parts, stackPart{coordinate(turn(x, w)), coordinate(y + 3), coordinate(w), coordinate(look.row - 8), communityClass(colour[s.Supplier])})
			x += w
			if k < 6 {
				r.Title += c.T("list.semicolon") + row.Parts[k].Title
			}
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}

// stackTable is the concentration of suppliers as a table.
func (c *visit) stackTable(d *network.SupplyResult, measure string) *figureTable {
	t := &figureTable{Columns: []string{
		c.T("figure.unit"), c.T("supply.quantity", "measure", measure), c.T("supply.unknown"), c.T("supply.largest-supplier"), c.T("alliance.share"),
		c.T("supply.hhi"), c.T("supply.to75"), c.T("supply.external"), c.T("supply.external-hhi"),
	}}
	share := func(v float64) string { return c.Percent(v, 1) }
	hundredth := func(v float64) string { return c.Fixed(v, 2) }
	for i := range d.Units {
		u := &d.Units[i]
		first, part := language.Gap, math.NaN()
		if len(u.Suppliers) > 0 {
			first, part = supplierName(u.Suppliers[0]), u.Suppliers[0].Share
		}
		t.Rows = append(t.Rows, []figureCell{
			{Text: c.nameOf(u.Code)},
			numberCell(u.Quantity, c.Figure), numberCell(float64(u.Unknown), share),
			{Text: first},
			numberCell(part, share),
			numberCell(float64(u.HHI), hundredth), numberCell(float64(u.To75), c.Whole), numberCell(float64(u.CDI2), share), numberCell(float64(u.CDI1), hundredth),
		})
	}
	return t
}

// leaning is how many units have more than half from one supplier.
func leaning(d *network.SupplyResult) int {
	n := 0
	for i := range d.Units {
		if u := &d.Units[i]; len(u.Suppliers) > 0 && u.Suppliers[0].Share*(1-max(0, float64(u.Unknown))) > 0.5 {
			n++
		}
	}
	return n
}
