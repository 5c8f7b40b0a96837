package draw

import "math"

// HeatMap is a drawing of rows against columns: the darker a cell, the higher its
// figure; some are framed.
type HeatMap struct {
	Width, Height string
	Rows          []stackText
	Heads         []stackText
	Cells         []heatMapCell
}

// heatMapCell is a cell.
type heatMapCell struct {
	X, Y, Width, Class, Title string
	Text, TextX, TextY        string
	Strong                    bool
}

// HeatRow is a row of a heat map with its cells, one for each column. The first
// column stands a little apart.
type HeatRow struct {
	Name  string
	Cells []HeatValue
}

// HeatValue is what a cell shows; V is missing where there is nothing.
type HeatValue struct {
	V                  float64
	Class, Text, Title string
	Strong             bool
}

// HeatMap draws rows below the names of the columns.
func (h Hand) HeatMap(columns []string, rows []HeatRow) *HeatMap {
	const label, top, font, row = 200.0, 118.0, 13.0, 34.0
	cell := math.Max(18, math.Min(62, 720/float64(len(columns))))
	width := label + cell*float64(len(columns)) + 14 + 60
	g := &HeatMap{Width: Coordinate(width), Height: Coordinate(top + row*float64(len(rows)) + 4)}
	turn, end := h.turnWide(width), h.anchor("end")
	columnX := func(k int) float64 {
		x := label + cell*float64(k)
		if k > 0 {
			x += 10
		}
		return x
	}
	for k, name := range columns {
		g.Heads = append(g.Heads, stackText{X: Coordinate(turn(columnX(k), cell) + cell/2), Y: Coordinate(top - 8), Text: fitName(name, 9.5)})
	}
	for r, of := range rows {
		y := top + row*float64(r)
		g.Rows = append(g.Rows, stackText{Coordinate(turn(label-10, 0)), Coordinate(y + row/2 + font*0.34), fitName(of.Name, label/font-1), end})
		for k, v := range of.Cells {
			c := heatMapCell{X: Coordinate(turn(columnX(k), cell) + 1), Y: Coordinate(y + 1), Width: Coordinate(cell - 2), Class: v.Class, Strong: v.Strong, Title: v.Title}
			if cell >= 30 && !math.IsNaN(v.V) {
				c.Text, c.TextX, c.TextY = v.Text, Coordinate(turn(columnX(k), cell)+cell/2), Coordinate(y+row/2+font*0.34)
			}
			g.Cells = append(g.Cells, c)
		}
	}
	return g
}
