package site

import (
	"math"
	"sync"

	"mizan/internal/site/address"
	"mizan/internal/site/draw"
	"mizan/uncertainty"
)

// shownChance is how likely a rank is at least that is drawn at either end.
const shownChance = 0.0005

// addChances draws how often the unit has each rank.
func (c *visit) addChances(v *unitView, u int) {
	r := c.intervals()
	if r == nil || r.Units[u].Ranked == 0 {
		return
	}
	x := &r.Units[u]
	from, to := x.First, x.First+len(x.Acceptability)-1
	for from < to && x.Share(from) < shownChance {
		from++
	}
	for to > from && x.Share(to) < shownChance {
		to--
	}
	most, mode := 0.0, from
	for rank := from; rank <= to; rank++ {
		if s := x.Share(rank); s > most {
			most, mode = s, rank
		}
	}
	drawn := draw.Chances{
		First: from, Here: float64(x.Rank), Share: c.share, Rank: c.Count,
		Title: func(rank int, share float64) string {
			return c.T("unit.chances.says", "rank", rank, "share", c.share(share))
		},
	}
	table := &figureTable{Columns: []string{c.T("rank"), c.T("unit.chances.share")}}
	for rank := from; rank <= to; rank++ {
		drawn.Shares = append(drawn.Shares, x.Share(rank))
		table.Rows = append(table.Rows, []figureCell{numberCell(float64(rank), c.Whole), numberCell(x.Share(rank), c.share)})
	}
	v.Chances = c.hand().Chances(drawn)
	v.ChancesFrame = &figureFrame{
		ID: "ranks", File: v.Code + "-ranks", Class: "chances", Table: table, Sources: c.sourcesOf(c.book.top),
		Title: c.T("unit.chances.title", "name", v.Name, "low", c.Whole(float64(x.Low)), "high", c.Whole(float64(x.High)), "mode", mode, "share", c.share(most)),
	}
	v.Draws, v.Sure = r.Kept, c.to("/uncertainty")
	for i, k := range r.Top {
		if s := float64(x.Top[i]); k < len(c.book.Units) && s == s {
			name := c.T("unit.chances.top", "n", k)
			if k == 1 {
				name = c.T("unit.chances.first")
			}
			v.Tops = append(v.Tops, pair{name, c.share(s)})
		}
	}
}

// courses are the intervals of a build in each of its years, drawn when first
// asked for.
type courses struct {
	once   sync.Once
	byYear []*uncertainty.Result // parallel to the years; nil where not known
}

// courseDraws is how many draws each year has: enough for a band, and quick.
const courseDraws = 200

// courseOf draws the years of a build side by side. A build of one year has no
// course.
func (b *book) courseOf() []*uncertainty.Result {
	b.course.once.Do(func() {
		if len(b.Years) < 2 || b.Spec == nil || b.Spec.Uncertainty == nil || b.Result == nil {
			return
		}
		b.course.byYear = make([]*uncertainty.Result, len(b.Years))
		var all sync.WaitGroup
		for y, number := range b.Years {
			all.Go(func() {
				if r := b.IntervalsIn(number, courseDraws); r != nil && len(r.Units) == len(b.Units) {
					b.course.byYear[y] = r
				}
			})
		}
		all.Wait()
	})
	return b.course.byYear
}

// addTrend draws score and rank over the years, with the range in which 90 % of
// the draws lie, in the reading of the page or in one that has several years.
func (c *visit) addTrend(v *unitView) {
	b, reading := c.trendBook()
	if b == nil {
		return
	}
	u, ok := b.units[v.Code]
	if !ok {
		return
	}
	course := b.courseOf()
	var scores, ranks, scoreLow, scoreHigh, rankLow, rankHigh []float64
	for y := range b.Years {
		scores, ranks = append(scores, b.score(y, b.top, u)), append(ranks, b.rank(y, b.top, u))
		sl, sh, rl, rh := math.NaN(), math.NaN(), math.NaN(), math.NaN()
		if course != nil && course[y] != nil {
			x := &course[y].Units[u]
			sl, sh, rl, rh = float64(x.Score.Low), float64(x.Score.High), float64(x.Low), float64(x.High)
		}
		scoreLow, scoreHigh, rankLow, rankHigh = append(scoreLow, sl), append(scoreHigh, sh), append(rankLow, rl), append(rankHigh, rh)
	}
	written := func(x float64) string { return c.Fixed(x, b.scale.digits) }
	for _, of := range []struct {
		id, title         string
		values, low, high []float64
		write             func(float64) string
	}{
		{"score", c.T("chart.score"), scores, scoreLow, scoreHigh, written},
		{"rank", c.T("chart.rank"), ranks, rankLow, rankHigh, c.Whole},
	} {
		ch := c.hand().Banded(of.title, b.Years, of.values, of.low, of.high, of.write, of.id == "rank")
		if ch == nil {
			continue
		}
		v.Banded = v.Banded || ch.Band != ""
		v.Charts = append(v.Charts, &framedCurve{ch, c.courseFrame(of.id, of.title, v.Code, b.Years, of.values, of.low, of.high, of.write)})
	}
	v.CourseDraws = courseDraws
	if len(v.Charts) > 0 && reading != c.variant {
		v.CourseOf = c.readingName(reading)
		at := address.Place{Lang: c.at.Lang, Variant: reading, Page: "ranking"}
		v.CourseURL = c.link(at, nil, nil)
	}
}

// courseFrame is the frame of a curve with its band.
func (c *visit) courseFrame(id, what, unit string, years []int, values, low, high []float64, write func(float64) string) *figureFrame {
	t := &figureTable{Columns: []string{c.T("year"), what, c.T("unit.course.low"), c.T("unit.course.high")}}
	first, last := -1, -1
	for y, v := range values {
		if math.IsNaN(v) {
			continue
		}
		if first < 0 {
			first = y
		}
		last = y
		t.Rows = append(t.Rows, []figureCell{{Text: year(years[y]), Value: year(years[y])}, numberCell(v, write), numberCell(low[y], write), numberCell(high[y], write)})
	}
	title := what
	if first < last {
		title = c.T("figure.line", "what", what, "from", write(values[first]), "to", write(values[last]), "first", year(years[first]), "last", year(years[last]))
	}
	return &figureFrame{ID: id, File: unit + "-" + id, Class: "line", Title: title, Sources: c.sourcesOf(c.book.top), Table: t}
}
