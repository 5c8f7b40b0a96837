package site

import (
	"math"

	"mizan/target"
)

// verdictChart sets the verdicts of all methods under one another. Each has an
// axis from away from the target to on track, on which its own limits part the
// same three stretches, so that methods with different measures can be
// compared; inside a stretch the place is linear.
type verdictChart struct {
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
	Limits               []tick // heights are LimitAt
	LimitAt              string
	BarAt, MarkX, MarkAt string
}

type verdictBand struct{ X, Width, Class string }

const (
	verdictWidth, verdictStep = 400.0, 74.0
	verdictMargin             = 8.0
)

// judgeAxis are the ends and limits of a method's axis, from the worst to the
// best, and the class of the stretches between them.
type judgeAxis struct {
	at      []float64 // values of the marks, rising or falling
	place   []float64 // of each on a scale of 0 to 4
	classes []string
	percent bool
}

// axisOf is the axis of a method under the limits in effect; false for an
// unknown method.
func axisOf(name string, limits map[string]float64) (judgeAxis, bool) {
	ratio := func(low, high float64, percent bool) judgeAxis {
		return judgeAxis{[]float64{-1, 0, low, high, 2 * high}, []float64{0, 1, 2, 3, 4}, []string{"away", "weak", "behind", "on-track"}, percent}
	}
	gap := func(small, large float64, classes ...string) judgeAxis {
		return judgeAxis{[]float64{2 * large, large, small, 0}, []float64{0, 1, 3, 4}, classes, false}
	}
	switch name {
	case "eurostat":
		return ratio(limits["eurostat_moderate"], limits["eurostat_on_track"], true), true
	case "logistic":
		return ratio(limits["logistic_moderate"], limits["logistic_on_track"], true), true
	case "sdsn":
		return ratio(limits["sdsn_improving"], limits["sdsn_on_track"], false), true
	case "un-desa":
		return ratio(limits["un_desa_progress"], limits["un_desa_met"], false), true
	case "un-escap":
		return gap(limits["un_escap_maintain"], limits["un_escap_accelerate"], "away", "behind", "on-track"), true
	case "oecd":
		return gap(limits["oecd_small"], limits["oecd_large"], "far", "middle", "near"), true
	}
	return judgeAxis{}, false
}

// of is the place of a value on the scale of 0 to 4; what lies beyond an end
// stands there.
func (a judgeAxis) of(v float64) float64 {
	falling := a.at[0] > a.at[len(a.at)-1]
	sign := 1.0
	if falling {
		sign = -1
	}
	if sign*v <= sign*a.at[0] {
		return a.place[0]
	}
	for i := 1; i < len(a.at); i++ {
		if sign*v < sign*a.at[i] {
			return a.place[i-1] + (a.place[i]-a.place[i-1])*(v-a.at[i-1])/(a.at[i]-a.at[i-1])
		}
	}
	return a.place[len(a.place)-1]
}

// newVerdictChart draws the verdicts on a target; rows are their texts.
func (c *visit) newVerdictChart(r *target.Result, t *target.Track, rows []verdictRow) *verdictChart {
	limits := map[string]float64{}
	for _, l := range r.Thresholds {
		limits[l.Name] = l.Value
	}
	ch := &verdictChart{Width: verdictWidth, Height: verdictStep * float64(len(rows))}
	x := func(place float64) float64 {
		v := verdictMargin + (verdictWidth-2*verdictMargin)*place/4
		if c.Dir == "rtl" {
			v = verdictWidth - v
		}
		return v
	}
	for i, row := range rows {
		top := verdictStep * float64(i)
		s := verdictScale{
			Method: row.Method, Says: row.Says, Grade: row.Grade, TextX: coordinate(x(0)),
			MethodAt: coordinate(top + 14), SaysAt: coordinate(top + 31), BarAt: coordinate(top + 38), LimitAt: coordinate(top + 63), MarkAt: coordinate(top + 44),
		}
		a, known := axisOf(t.Verdicts[i].Method, limits)
		v := float64(t.Verdicts[i].Figure)
		if s.Judged = known && !math.IsNaN(v); s.Judged {
			s.Says = c.T("colon.pair", "a", row.Says, "b", row.Figure)
			s.MarkX = coordinate(x(a.of(v)))
			for k, class := range a.classes {
				from, to := x(a.place[k]), x(a.place[k+1])
				s.Bands = append(s.Bands, verdictBand{coordinate(min(from, to)), coordinate(math.Abs(to - from)), class})
				if k > 0 {
					s.Limits = append(s.Limits, tick{coordinate(from), c.limitWords(a.at[k], a.percent)})
				}
			}
		} else if row.Why != "" {
			s.Says = row.Why
		}
		ch.Summary += row.Method + c.T("colon") + s.Says + c.T("list.semicolon")
		ch.Rows = append(ch.Rows, s)
	}
	return ch
}

func (c *visit) limitWords(v float64, percent bool) string {
	if percent {
		return c.Percent(v, 0)
	}
	return c.Figure(v)
}
