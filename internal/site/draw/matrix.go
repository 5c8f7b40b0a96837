package draw

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// TieMatrix is a drawing of who is tied with whom: the darker a cell, the
// stronger the tie.
type TieMatrix struct {
	Summary       string
	Width, Height string
	Side          string // of the square of cells, and where it begins
	GroundX       string
	GroundY       string
	Cells         []matrixCells
	Rows, Heads   []matrixLabel
	Legend        []LegendStep
}

// matrixCells are all cells of one colour as one path.
type matrixCells struct{ Class, Path string }

type matrixLabel struct{ X, Y, Text, Class string }

// MatrixUnits is how many units a matrix has, the strongest.
const MatrixUnits = 30

const (
	tieCell     = 19.0
	matrixLeft  = 170.0 // room of the names
	matrixTop   = 46.0  // room of the codes
	matrixSteps = 7
)

// Matrix draws the strongest units against one another, by community and
// then by strength; nil where fewer than three are tied.
func (h Hand) Matrix(g *Graph, summary func(units int) string, write func(float64) string) *TieMatrix {
	n := min(len(g.Nodes), MatrixUnits)
	if n < 3 {
		return nil
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(g.Nodes[a].Community, g.Nodes[b].Community) })
	place := make([]int, len(g.Nodes))
	for i := range place {
		place[i] = -1
	}
	for k, i := range order {
		place[i] = k
	}
	width := matrixLeft + tieCell*float64(n) + 2
	m := &TieMatrix{Summary: summary(n), Width: Coordinate(width), Height: Coordinate(matrixTop + tieCell*float64(n) + 2)}
	m.Side, m.GroundY = Coordinate(tieCell*float64(n)), Coordinate(matrixTop)
	turn := h.turnWide(width)
	m.GroundX = Coordinate(turn(matrixLeft, tieCell*float64(n)))
	for k, i := range order {
		a := &g.Nodes[i]
		y := matrixTop + tieCell*(float64(k)+0.5)
		m.Rows = append(m.Rows, matrixLabel{Coordinate(turn(matrixLeft-8, 0)), Coordinate(y + 4), clipName(a.Name, 24), CommunityClass(a.Community)})
		m.Heads = append(m.Heads, matrixLabel{Coordinate(turn(matrixLeft+tieCell*float64(k), tieCell) + tieCell/2 + 4), Coordinate(matrixTop - 6), a.Code, CommunityClass(a.Community)})
	}
	var cells []GraphLink
	for _, l := range g.Links {
		if place[l.A] >= 0 && place[l.B] >= 0 {
			cells = append(cells, l)
		}
	}
	bounds := matrixBounds(cells)
	paths := make([]strings.Builder, len(bounds))
	for _, l := range cells {
		step := 0
		for step < len(bounds)-1 && l.Weight >= bounds[step+1] {
			step++
		}
		for _, at := range [][2]int{{place[l.A], place[l.B]}, {place[l.B], place[l.A]}} {
			paths[step].WriteString("M" + Coordinate(turn(matrixLeft+tieCell*float64(at[1]), tieCell)+0.5) + " " + Coordinate(matrixTop+tieCell*float64(at[0])+0.5) + "h18v18h-18z")
		}
	}
	for k := range bounds {
		class := "q" + string(rune('0'+matrixSteps-len(bounds)+k))
		m.Cells = append(m.Cells, matrixCells{class, paths[k].String()})
		to := ""
		if k+1 < len(bounds) {
			to = write(bounds[k+1])
		}
		m.Legend = append(m.Legend, LegendStep{class, write(bounds[k]), to})
	}
	return m
}

// matrixBounds are from which weights on the colours hold: about as many cells
// of each, in round figures.
func matrixBounds(cells []GraphLink) []float64 {
	var bounds []float64
	if len(cells) == 0 {
		return bounds
	}
	for k := range matrixSteps {
		w := cells[len(cells)-1-k*(len(cells)-1)/matrixSteps].Weight
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
