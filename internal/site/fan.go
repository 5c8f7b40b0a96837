package site

import (
	"math"
	"slices"

	"mizan/internal/site/draw"
	"mizan/target"
)

// earliestBeforeBaseline is how many years before the baseline of a promise are
// drawn.
const earliestBeforeBaseline = 12

// fanView is the picture of a target; Sum tells that it is of a total.
type fanView struct {
	*draw.FanChart
	Sum bool
}

// fanOfTarget draws a target; nil where there is no baseline.
func (c *visit) fanOfTarget(t *target.Track, title string) *fanView {
	if t.Baseline == nil {
		return nil
	}
	p := c.promise(t)
	p.Title = title
	goal := c.ofTarget(t, p.Goal.V)
	p.GoalTitle, p.GoalLabel = c.T("target.fan.goal", "year", year(p.Goal.Year), "value", goal), c.T("target.fan.label", "value", goal)
	if n := len(p.Fan); n > 0 {
		end := p.Fan[n-1]
		p.FanTitle = c.T("target.fan.end", "p25", p.Write(end.P25), "p75", p.Write(end.P75), "p05", p.Write(end.P05), "p95", p.Write(end.P95))
	}
	if t.NaturalLimit != nil {
		p.LimitLabel = c.T("target.limit", "value", c.ofTarget(t, *t.NaturalLimit))
	}
	return &fanView{c.hand().Fan(p), t.Sum != nil}
}

// pathOfTarget draws a target small; nil where there is no baseline.
func (c *visit) pathOfTarget(t *target.Track) *draw.PathChart {
	if t.Baseline == nil {
		return nil
	}
	return c.hand().Path(c.promise(t))
}

// promise is what is known of a target as a picture takes it.
func (c *visit) promise(t *target.Track) draw.Promise {
	p := draw.Promise{
		Observed: observedOf(t), Fan: fanOf(t), Goal: draw.Plotted{Year: t.Goal.Year, V: float64(t.Goal.Value)}, Limit: math.NaN(),
		Write: func(v float64) string { return c.ofTarget(t, v) }, WriteYear: year,
	}
	p.Linear, p.Compound = pathsOf(t)
	if t.NaturalLimit != nil {
		p.Limit = *t.NaturalLimit
	}
	return p
}

// observedOf is what was observed, with some years before the baseline; of a
// total it is what came together.
func observedOf(t *target.Track) []draw.Plotted {
	var list []draw.Plotted
	if t.Sum != nil {
		total := 0.0
		list = append(list, draw.Plotted{Year: t.Sum.From - 1, V: 0})
		for _, p := range t.Series {
			if p.Year >= t.Sum.From && p.Year <= t.Sum.To {
				total += float64(p.Value)
				list = append(list, draw.Plotted{Year: p.Year, V: total})
			}
		}
		return list
	}
	for _, p := range t.Series {
		if p.Year >= t.Baseline.Year-earliestBeforeBaseline {
			list = append(list, draw.Plotted{Year: p.Year, V: float64(p.Value)})
		}
	}
	return list
}

// pathsOf are the curves through baseline and target.
func pathsOf(t *target.Track) (linear, compound []draw.Plotted) {
	if t.Sum != nil {
		linear = append(linear, draw.Plotted{Year: t.Sum.From - 1, V: 0})
		compound = append(compound, draw.Plotted{Year: t.Sum.From - 1, V: 0})
		for i, y := range t.Sum.Path {
			linear = append(linear, draw.Plotted{Year: y.Year, V: float64(t.Sum.Even) * float64(i+1)})
			compound = append(compound, draw.Plotted{Year: y.Year, V: float64(y.Sum)})
		}
		return linear, compound
	}
	for _, y := range t.Path {
		linear = append(linear, draw.Plotted{Year: y.Year, V: float64(y.Linear)})
		if !math.IsNaN(float64(y.Compound)) {
			compound = append(compound, draw.Plotted{Year: y.Year, V: float64(y.Compound)})
		}
	}
	return linear, compound
}

// fanOf is where the models see a target go; nil where there are none.
func fanOf(t *target.Track) []draw.FanYear {
	if t.Ensemble == nil {
		return nil
	}
	years := t.Ensemble.Fan
	if t.Sum != nil {
		years = t.Ensemble.FanSum
	}
	var fan []draw.FanYear
	for _, f := range years {
		fan = append(fan, draw.FanYear{Year: f.Year, P05: float64(f.P05), P25: float64(f.P25), P50: float64(f.P50), P75: float64(f.P75), P95: float64(f.P95)})
	}
	return fan
}

// fanFrame is the frame of the picture of a target; the title says where its
// course leads.
func (c *visit) fanFrame(t *target.Track) *figureFrame {
	f := &figureFrame{ID: "path", File: "target-" + t.ID, Class: "line fan", Sources: c.sourcesOfTarget(t), Table: c.fanTable(t)}
	goal := c.ofTarget(t, float64(t.Goal.Value))
	by := year(t.Goal.Year)
	switch {
	case t.Reached():
		f.Title = c.T("target.fan.title.met", "what", c.targetTitle(t), "value", c.ofTarget(t, float64(t.Latest.Value)), "year", year(t.Latest.Year))
	case t.Ensemble != nil:
		f.Title = c.T("target.fan.title", "median", c.ofTarget(t, float64(t.Ensemble.Median)), "goal", goal, "year", by, "p", c.probability(float64(t.Ensemble.Probability)))
	case t.Required != nil && !math.IsNaN(float64(t.Required.Compound)):
		f.Title = c.T("target.fan.title.needs", "growth", c.yearlyGrowth(float64(t.Required.Compound)), "goal", goal, "year", by)
	case t.Required != nil:
		f.Title = c.T("target.fan.title.needs", "growth", c.stepOfTarget(t, float64(t.Required.Step)), "goal", goal, "year", by)
	default:
		f.Title = c.targetTitle(t)
	}
	return f
}

// fanTable is what the picture shows, year by year.
func (c *visit) fanTable(t *target.Track) *figureTable {
	table := &figureTable{Columns: []string{c.T("year"), c.T("target.fan.observed"), c.T("target.path.linear"), c.T("target.path.growth")}}
	fan := fanOf(t)
	if len(fan) > 0 {
		table.Columns = append(table.Columns, c.T("target.fan.quantile", "n", 5), c.T("target.fan.quantile", "n", 25), c.T("median.head"), c.T("target.fan.quantile", "n", 75), c.T("target.fan.quantile", "n", 95))
	}
	linear, compound := pathsOf(t)
	columns := [][]draw.Plotted{observedOf(t), linear, compound}
	if len(fan) > 0 {
		for _, of := range []func(f draw.FanYear) float64{
			func(f draw.FanYear) float64 { return f.P05 }, func(f draw.FanYear) float64 { return f.P25 },
			func(f draw.FanYear) float64 { return f.P50 }, func(f draw.FanYear) float64 { return f.P75 },
			func(f draw.FanYear) float64 { return f.P95 },
		} {
			var list []draw.Plotted
			for _, f := range fan {
				list = append(list, draw.Plotted{Year: f.Year, V: of(f)})
			}
			columns = append(columns, list)
		}
	}
	values := map[int][]float64{}
	var years []int
	for i, list := range columns {
		for _, p := range list {
			if values[p.Year] == nil {
				values[p.Year] = slices.Repeat([]float64{math.NaN()}, len(columns))
				years = append(years, p.Year)
			}
			values[p.Year][i] = p.V
		}
	}
	slices.Sort(years)
	for _, y := range years {
		row := []figureCell{{Text: year(y), Value: year(y)}}
		for _, v := range values[y] {
			row = append(row, numberCell(v, func(v float64) string { return c.ofTarget(t, v) }))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}
