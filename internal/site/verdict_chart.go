package site

import (
	"mizan/internal/site/draw"
	"mizan/target"
)

// axisOf is the axis of a method under the limits in effect, from away from the
// target to on track, and whether its values are shares; no axis for an unknown
// method.
func axisOf(name string, limits map[string]float64) (axis draw.JudgeAxis, share bool) {
	ratio := func(low, high float64) draw.JudgeAxis {
		return draw.JudgeAxis{At: []float64{-1, 0, low, high, 2 * high}, Place: []float64{0, 1, 2, 3, 4}, Classes: []string{"away", "weak", "behind", "on-track"}}
	}
	gap := func(small, large float64, classes ...string) draw.JudgeAxis {
		return draw.JudgeAxis{At: []float64{2 * large, large, small, 0}, Place: []float64{0, 1, 3, 4}, Classes: classes}
	}
	switch name {
	case "eurostat":
		return ratio(limits["eurostat_moderate"], limits["eurostat_on_track"]), true
	case "logistic":
		return ratio(limits["logistic_moderate"], limits["logistic_on_track"]), true
	case "sdsn":
		return ratio(limits["sdsn_improving"], limits["sdsn_on_track"]), false
	case "un-desa":
		return ratio(limits["un_desa_progress"], limits["un_desa_met"]), false
	case "un-escap":
		return gap(limits["un_escap_maintain"], limits["un_escap_accelerate"], "away", "behind", "on-track"), false
	case "oecd":
		return gap(limits["oecd_small"], limits["oecd_large"], "far", "middle", "near"), false
	}
	return draw.JudgeAxis{}, false
}

// verdictChart draws the verdicts on a target, each on the axis of its method; rows
// are their texts.
func (c *visit) verdictChart(r *target.Result, t *target.Track, rows []verdictRow) *draw.VerdictChart {
	limits := map[string]float64{}
	for _, l := range r.Thresholds {
		limits[l.Name] = l.Value
	}
	var list []draw.Judged
	for i, row := range rows {
		axis, share := axisOf(t.Verdicts[i].Method, limits)
		j := draw.Judged{Method: row.Method, Says: row.Says, Grade: row.Grade, Axis: axis, Figure: float64(t.Verdicts[i].Figure), Write: c.Figure}
		if share {
			j.Write = func(v float64) string { return c.Percent(v, 0) }
		}
		if j.Known() {
			j.Says = c.T("colon.pair", "a", row.Says, "b", row.Figure)
		} else if row.Why != "" {
			j.Says = row.Why
		}
		list = append(list, j)
	}
	return c.hand().Verdicts(list)
}
