package draw

import "strconv"

// PairChart is what holds between each two of a list, as the lower half of a
// square: a cell for each pair, and a name at the end of its line, where its column
// begins.
type PairChart struct {
	Width, Height string
	Cells         []pairCell
	Names         []pairName
	Legend        []LegendStep
}

// pairCell is a pair.
type pairCell struct{ X, Y, Class, Title string }

// pairName is the name of a line and of the column that begins at its end.
type pairName struct{ X, Y, Label, URL string }

// PairOf is what is known of the Ith and the Jth of a list, J being before I.
type PairOf struct {
	I, J         int
	Class, Title string
}

const (
	pairSize = 14
	pairRoom = 260 // for names
)

// Pairs draws the pairs of a list of named addresses: of each the label and the URL.
func (h Hand) Pairs(names [][2]string, list []PairOf) *PairChart {
	n := len(names)
	width := float64(n*pairSize + pairRoom)
	m := &PairChart{Width: Coordinate(width), Height: strconv.Itoa(n * pairSize)}
	turn := h.turnWide(width)
	for _, p := range list {
		m.Cells = append(m.Cells, pairCell{X: Coordinate(turn(float64(p.J*pairSize), pairSize-1)), Y: strconv.Itoa(p.I * pairSize), Class: p.Class, Title: p.Title})
	}
	for i, name := range names {
		m.Names = append(m.Names, pairName{X: Coordinate(turn(float64(i*pairSize)+4, 0)), Y: Coordinate(float64(i*pairSize) + 10.5), Label: name[0], URL: name[1]})
	}
	return m
}
