package site

import (
	"math"

	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/network"
)

// stackUnits is how many units have a bar, those that have the most.
const stackUnits = 24

// stackOf is what the bars show of who leans on whom.
func (c *visit) stackOf(d *network.SupplyResult, colour map[string]int) []draw.StackUnit {
	var list []draw.StackUnit
	for i := range d.Units[:min(len(d.Units), stackUnits)] {
		u := &d.Units[i]
		known := 1 - float64(u.Unknown)
		if math.IsNaN(known) {
			known = 1
		}
		row := c.supplyRow(u, colour)
		s := draw.StackUnit{Key: "u-" + u.Code, Name: c.nameOf(u.Code), Value: c.Fixed(float64(u.HHI), 2), Title: c.nameOf(u.Code)}
		for k, x := range u.Suppliers {
			s.Parts = append(s.Parts, draw.StackShare{Share: x.Share, Of: known, Class: draw.CommunityClass(colour[x.Supplier])})
			if k < 6 {
				s.Title += c.T("list.semicolon") + row.Parts[k].Title
			}
		}
		list = append(list, s)
	}
	return list
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
