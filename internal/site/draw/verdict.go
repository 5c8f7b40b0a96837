package draw

import "math"

// VerdictChart sets verdicts of several methods under one another. Each has an
// axis of its own, on which limits part stretches, so that methods with different
// measures can be compared.
type VerdictChart struct {
	Width, Height float64
	Summary       string
	Rows          []verdictScale
}

// verdictScale is a row: the stretches with their limits, and the mark.
type verdictScale struct {
	Method, Says, Grade  string
	MethodAt, SaysAt     string // heights
	TextX                string
	Judged               bool
	Bands                []verdictBand
	Limits               []Tick // heights are LimitAt
	LimitAt              string
	BarAt, MarkX, MarkAt string
}

// verdictBand is a stretch of an axis in the colour of its class.
type verdictBand struct{ X, Width, Class string }

// JudgeAxis are the ends and limits of a method's axis, from the worst to the
// best, and the class of the stretches between them.
type JudgeAxis struct {
	At      []float64 // values of the marks, rising or falling
	Place   []float64 // of each on a scale of 0 to 4
	Classes []string  // one fewer than marks
}

// of is the place of a value on the scale of 0 to 4, linear between the marks; what
// lies beyond an end stands there.
func (a JudgeAxis) of(v float64) float64 {
	falling := a.At[0] > a.At[len(a.At)-1]
	sign := 1.0
	if falling {
		sign = -1
	}
	if sign*v <= sign*a.At[0] {
		return a.Place[0]
	}
	for i := 1; i < len(a.At); i++ {
		if sign*v < sign*a.At[i] {
			return a.Place[i-1] + (a.Place[i]-a.Place[i-1])*(v-a.At[i-1])/(a.At[i]-a.At[i-1])
		}
	}
	return a.Place[len(a.Place)-1]
}

// Judged is what a row of a verdict chart is made of. Without a figure, which is
// missing then, or without an axis, there are only words.
type Judged struct {
	Method, Says, Grade string
	Axis                JudgeAxis
	Figure              float64
	Write               func(float64) string // a limit
}

// Known reports whether there is a figure and an axis to set it on.
func (j Judged) Known() bool { return len(j.Axis.At) > 0 && !math.IsNaN(j.Figure) }

const (
	verdictWidth, verdictStep = 400.0, 74.0
	verdictMargin             = 8.0
)

// Verdicts draws rows below one another.
func (h Hand) Verdicts(rows []Judged) *VerdictChart {
	ch := &VerdictChart{Width: verdictWidth, Height: verdictStep * float64(len(rows))}
	turn := h.turn(verdictWidth)
	x := func(place float64) float64 { return turn(verdictMargin + (verdictWidth-2*verdictMargin)*place/4) }
	for i, row := range rows {
		top := verdictStep * float64(i)
		s := verdictScale{
			Method: row.Method, Says: row.Says, Grade: row.Grade, TextX: Coordinate(x(0)),
			MethodAt: Coordinate(top + 14), SaysAt: Coordinate(top + 31), BarAt: Coordinate(top + 38), LimitAt: Coordinate(top + 63), MarkAt: Coordinate(top + 44),
			Judged: row.Known(),
		}
		if s.Judged {
			a := row.Axis
			s.MarkX = Coordinate(x(a.of(row.Figure)))
			for k, class := range a.Classes {
				from, to := x(a.Place[k]), x(a.Place[k+1])
				s.Bands = append(s.Bands, verdictBand{Coordinate(min(from, to)), Coordinate(math.Abs(to - from)), class})
				if k > 0 {
					s.Limits = append(s.Limits, Tick{Coordinate(from), row.Write(a.At[k])})
				}
			}
		}
		ch.Summary += row.Method + h.Colon + s.Says + h.Semicolon
		ch.Rows = append(ch.Rows, s)
	}
	return ch
}
