package draw

import (
	"math"
	"slices"

	"mizan/stat"
)

// Strip shows how the values of all units are spread: a thin line for each on
// an axis of 0 to 1000.
type Strip struct {
	Lines             []stripLine
	BoxFrom, BoxWidth string // the middle half
	Median            string
	Low, Middle, High string // written values
	LowName, HighName string
	Logarithmic       bool
	Count             int
	Marked            string // name of the unit set off, if any
}

type stripLine struct {
	X, Title string
	Marked   bool
}

// Strip draws values with the names of their units; nil where fewer than
// two are there. Positive values that reach over more than two powers of ten
// above the median stand on a logarithmic axis. marked is the position of a
// unit to set off, or -1.
func (h Hand) Strip(values []float64, names []string, write func(float64) string, marked int) *Strip {
	there := stat.Present(nil, values)
	if len(there) < 2 {
		return nil
	}
	slices.Sort(there)
	low, high, mid := there[0], there[len(there)-1], stat.Median(there)
	s := &Strip{
		Low: write(low), Middle: write(mid), High: write(high), Count: len(there),
		Logarithmic: low > 0 && high/mid > 100,
	}
	place := func(v float64) float64 { return v }
	if s.Logarithmic {
		place = math.Log10
	}
	from, width := place(low), place(high)-place(low)
	x := func(v float64) float64 {
		if width == 0 {
			return 500
		}
		return 4 + 992*(place(v)-from)/width
	}
	q1, q3 := there[len(there)/4], there[(3*len(there)-1)/4]
	s.BoxFrom, s.BoxWidth = Coordinate(x(q1)), Coordinate(x(q3)-x(q1))
	s.Median = Coordinate(x(mid))
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		if v == low && s.LowName == "" {
			s.LowName = names[i]
		}
		if v == high && s.HighName == "" {
			s.HighName = names[i]
		}
		if i == marked {
			s.Marked = names[i]
		}
		s.Lines = append(s.Lines, stripLine{X: Coordinate(x(v)), Title: names[i] + h.Colon + write(v), Marked: i == marked})
	}
	return s
}
