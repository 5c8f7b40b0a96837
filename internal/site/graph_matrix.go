package site

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// tieMatrix is a drawing of who is tied with whom: the darker a cell, the
// stronger the tie.
type tieMatrix struct {
	Summary       string
	Width, Height string
	Side          string // of the square of cells, and where it begins
	GroundX       string
	GroundY       string
	Cells         []matrixCells
	Rows, Heads   []matrixLabel
	Legend        []legendStep
}

// matrixCells are all cells of one colour as one path.
type matrixCells struct{ Class, Path string }

type matrixLabel struct{ X, Y, Text, Class string }

const (
	matrixUnits = 30
	tieCell     = 19.0
	matrixLeft  = 170.0 // room of the names
	matrixTop   = 46.0  // room of the codes
	matrixSteps = 7
)

// newMatrix draws the strongest units against one another, by community and
// then by strength; nil where fewer than three are tied.
func (c *visit) newMatrix(g *graph) *tieMatrix {
	n := min(len(g.nodes), matrixUnits)
	if n < 3 {
		return nil
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(g.nodes[a].community, g.nodes[b].community) })
	place := make([]int, len(g.nodes))
	for i := range place {
		place[i] = -1
	}
	for k, i := range order {
		place[i] = k
	}
	width := matrixLeft + tieCell*float64(n) + 2
	m := &tieMatrix{Summary: c.T("network.matrix.says", "n", n), Width: coordinate(width), Height: coordinate(matrixTop + tieCell*float64(n) + 2)}
	m.Side, m.GroundY = coordinate(tieCell*float64(n)), coordinate(matrixTop)
	turn := func(x, w float64) float64 { // where the script runs to the left, so do the columns
		if c.Dir == "rtl" {
			return width - x - w
		}
		return x
	}
	m.GroundX = coordinate(turn(matrixLeft, tieCell*float64(n)))
	for k, i := range order {
		a := &g.nodes[i]
		y := matrixTop + tieCell*(float64(k)+0.5)
		m.Rows = append(m.Rows, matrixLabel{coordinate(turn(matrixLeft-8, 0)), coordinate(y + 4), clipName(a.name, 24), communityClass(a.community)})
		m.Heads = append(m.Heads, matrixLabel{coordinate(turn(matrixLeft+tieCell*float64(k), tieCell) + tieCell/2 + 4), coordinate(matrixTop - 6), a.code, communityClass(a.community)})
	}
	var cells []graphLink
	for _, l := range g.links {
		if place[l.a] >= 0 && place[l.b] >= 0 {
			cells = append(cells, l)
		}
	}
	bounds := matrixBounds(cells)
	paths := make([]strings.Builder, len(bounds))
	for _, l := range cells {
		step := 0
		for step < len(bounds)-1 && l.weight >= bounds[step+1] {
			step++
		}
		for _, at := range [][2]int{{place[l.a], place[l.b]}, {place[l.b], place[l.a]}} {
			paths[step].WriteString("M" + coordinate(turn(matrixLeft+tieCell*float64(at[1]), tieCell)+0.5) + " " + coordinate(matrixTop+tieCell*float64(at[0])+0.5) + "h18v18h-18z")
		}
	}
	for k := range bounds {
		class := "q" + string(rune('0'+matrixSteps-len(bounds)+k))
		m.Cells = append(m.Cells, matrixCells{class, paths[k].String()})
		to := ""
		if k+1 < len(bounds) {
			to = c.Figure(bounds[k+1])
		}
		m.Legend = append(m.Legend, legendStep{class, c.Figure(bounds[k]), to})
	}
	return m
}

// matrixBounds are from which weights on the colours hold: about as many cells
// of each, in round figures.
func matrixBounds(cells []graphLink) []float64 {
	var bounds []float64
	if len(cells) == 0 {
		return bounds
	}
	for k := range matrixSteps {
		w := cells[len(cells)-1-k*(len(cells)-1)/matrixSteps].weight
		if k > 0 {
			unit := math.Pow(10, math.Floor(math.Log10(w))-1)
			w = math.Round(w/unit) * unit
		}
		if k == 0 || w > bounds[len(bounds)-1] {
			bounds = append(bounds, w)
		}
	}
	return bounds
}
