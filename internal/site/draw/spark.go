package draw

import (
	"math"
	"slices"
	"strings"

	"mizan/stat"
)

// Spark is a curve small enough for the cell of a table.
type Spark struct {
	Points      string // of the line
	X, Y        string // of its last point
	First, Last int    // positions of the first value that is there, and of the last
}

const sparkWidth, sparkHeight, sparkMargin = 64.0, 20.0, 3.0

// Spark draws values at equal steps; nil where fewer than two are there. What
// ranges over less than least looks as flat as if it ranged over that much.
func (h Hand) Spark(values []float64, least float64) *Spark {
	there := stat.Present(nil, values)
	if len(there) < 2 {
		return nil
	}
	low, high := slices.Min(there), slices.Max(there)
	if high-low < least {
		middle := (low + high) / 2
		low, high = middle-least/2, middle+least/2
	}
	turn := h.turn(sparkWidth)
	s := &Spark{First: -1}
	var points []string
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		if s.First < 0 {
			s.First = i
		}
		s.Last = i
		s.X = Coordinate(turn(sparkMargin + (sparkWidth-2*sparkMargin)*float64(i)/float64(len(values)-1)))
		s.Y = Coordinate(sparkHeight - sparkMargin - (sparkHeight-2*sparkMargin)*(v-low)/(high-low))
		points = append(points, s.X+","+s.Y)
	}
	s.Points = strings.Join(points, " ")
	return s
}
