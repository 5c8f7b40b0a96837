package site

import (
	"math"
	"net/url"
	"sync"

	"mizan/internal/site/draw"
	"mizan/scenario"
)

// siteDraws is on how many draws the pages try scenarios: enough to be read,
// and quick; the command makes as many as the project asks for.
const siteDraws = 1000

// whatIfs are the scenarios of a book, tried once when first asked for.
type whatIfs struct {
	once   sync.Once
	result *scenario.Result // nil without scenarios
	err    error
}

func (b *book) scenarios() (*scenario.Result, error) {
	w := &b.tried
	w.once.Do(func() {
		if !b.hasScenarios() {
			return
		}
		st, err := b.Scenarios(scenario.Options{Draws: siteDraws})
		if err != nil {
			w.err = err
			return
		}
		list, err := scenario.Find(b.Spec, nil)
		if err == nil {
			w.result, err = st.Run(list)
		}
		w.err = err
	})
	return w.result, w.err
}

func (b *book) hasScenarios() bool {
	return b.Spec != nil && len(b.Spec.Scenarios) > 0 && b.Result != nil
}

func (c *visit) scenarioURL(id string) string { return c.to("/scenario/" + url.PathEscape(id)) }

// scenariosView sets the scenarios of a project side by side.
type scenariosView struct {
	Count   int
	Draws   int
	Year    string
	Rows    []scenarioRow
	Command string
	Problem string
}

// scenarioRow is a scenario with what becomes of the unit that it is about.
type scenarioRow struct {
	Title, URL, Lead string
	Unit             link
	Score            string // by how much it moves
	Move             rankMove
	Rises, Falls     string
}

// rankMove is how a unit's rank moves, on an axis of 0 to 200 on which the best
// rank lies at the start.
type rankMove struct {
	Before, After, Interval string
	In                      string // the alliance as a part of which it stands
	Way                     string // up, down or none
	At, To                  string // of both ranks
	From, Width             string // of the bar between them
	Low, High               string // of the interval after; "" = not drawn
}

func scenariosPage(c *visit) (any, error) {
	v := &scenariosView{Command: "mizan scenario" + c.projectFlag()}
	r, err := c.book.scenarios()
	if err != nil {
		v.Problem = firstLine(err)
	}
	if r == nil {
		return v, nil
	}
	v.Count, v.Draws, v.Year = len(r.Scenarios), r.Draws, year(r.Year)
	for i := range r.Scenarios {
		o := &r.Scenarios[i]
		m := o.Move(o.Unit)
		row := scenarioRow{
			Title: c.Text(o.Title, o.ID), URL: c.scenarioURL(o.ID), Lead: c.Text(o.Description, ""),
			Unit: c.unitLink(o.Unit), Score: c.gained(m.Score()), Move: c.rankMove(m),
		}
		if m.Over != nil {
			row.Rises, row.Falls = c.share(m.Over.Rises), c.share(m.Over.Falls)
		}
		v.Rows = append(v.Rows, row)
	}
	return v, nil
}

func (c *visit) unitLink(code string) link {
	u, known := c.book.units[code]
	if !known {
		return link{Label: code}
	}
	return link{Label: c.unitName(u), URL: c.unitURL(code)}
}

// rankMove places a movement on its axis.
func (c *visit) rankMove(m *scenario.Move) rankMove {
	out := rankMove{Before: c.Whole(float64(m.Before.Rank)), After: c.Whole(float64(m.After.Rank)), In: m.In, Way: "none"}
	n := max(2, len(c.book.Units))
	place := func(rank float64) float64 { return 200 * (rank - 1) / float64(n-1) }
	before, after := float64(m.Before.Rank), float64(m.After.Rank)
	if math.IsNaN(before) || math.IsNaN(after) {
		return out
	}
	switch {
	case after < before:
		out.Way = "up"
	case after > before:
		out.Way = "down"
	}
	out.At, out.To = draw.Coordinate(place(before)), draw.Coordinate(place(after))
	out.From, out.Width = draw.Coordinate(place(min(before, after))), draw.Coordinate(math.Abs(place(after)-place(before)))
	if m.Over != nil {
		low, high := float64(m.Over.RankAfter.Low), float64(m.Over.RankAfter.High)
		if low == low {
			if out.Interval = c.Whole(low); low != high {
				out.Interval += "–" + c.Whole(high)
			}
			out.Low, out.High = draw.Coordinate(place(low)), draw.Coordinate(place(high))
		}
	}
	return out
}
