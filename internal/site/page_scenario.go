package site

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strconv"

	"mizan/internal/site/draw"
	"mizan/scenario"
)

// scenarioView is the page of one scenario.
type scenarioView struct {
	Moves                   *draw.MoveChart
	MovesFrame              *figureFrame
	ID, Title, Lead, Limits string
	Unit                    link
	Before, After           string // scores
	Move                    rankMove
	Gained, Interval        string // points, over the draws
	Rises, Falls            string
	Draws                   int
	Failed                  int
	Middle                  bool // assumptions stand at their middle
	Edits                   []scenarioEdit
	Links                   []scenarioLink
	Assumptions             []assumptionRow
	Parts                   []partRow
	Whole, WholePlaces      string
	Most                    string // points at the ends of the axis of Parts
	Orders                  int
	Nodes                   []nodeMove
	Others                  []otherMove
	More                    int
	Shifted                 int // who hold other ranks only because members stand as one
	Alliances               []alliedRow
	Figures                 []figureMove
	MoreFigures             int
	Findings                []findingRow
	Command                 string
}

type scenarioEdit struct {
	ID, Says, Text string
	Shares         []pair
}

type scenarioLink struct {
	Told    template.HTML // what it does, in words
	Text    string
	Source  sourceWords
	Assumed bool
}

type assumptionRow struct {
	ID, Text, Distribution, Middle string
	Drives                         *gauge
	Source                         sourceWords
	Assumed                        bool
}

// partRow is what is due to one edit, as a bar on an axis of 0 to 200 with its
// zero at 100.
type partRow struct{ Edit, Text, Points, Places, Way, From, Width string }

type nodeMove struct {
	Label, URL                                string
	Depth                                     string
	Before, After, RankBefore, RankAfter, Gap string
}

type otherMove struct {
	Unit         link
	Points       string
	Move         rankMove
	Rises, Falls string
}

type alliedRow struct {
	Unit                                 link
	Before, After, RankBefore, RankAfter string
	Members, Interval, First             string
	United                               bool
}

type figureMove struct {
	Indicator, Unit link
	Year            string
	Before, After   string
	Link            bool
}

const (
	shownMovers  = 12 // other units on the page of a scenario
	shownFigures = 30
)

func scenarioPage(c *visit) (any, error) {
	id := c.r.PathValue("id")
	var ids []string
	if c.book.Spec != nil {
		for _, s := range c.book.Spec.Scenarios {
			ids = append(ids, s.ID)
		}
	}
	if !slices.Contains(ids, id) {
		return nil, missing("scenario", id, ids)
	}
	r, err := c.book.scenarios()
	if err != nil {
		return nil, err
	}
	o := r.Find(id)
	m := o.Move(o.Unit)
	v := &scenarioView{
		ID: id, Title: c.Text(o.Title, id), Lead: c.Text(o.Description, ""), Limits: c.Text(o.Limits, ""),
		Unit: c.unitLink(o.Unit), Before: c.scored(float64(m.Before.Score)), After: c.scored(float64(m.After.Score)), Move: c.rankMove(m),
		Draws: o.Draws, Failed: o.Failed, Middle: len(o.Assumptions) > 0, Gained: c.gained(m.Score()),
		Command: "mizan scenario " + shellWord(id) + c.projectFlag(),
	}
	if m.Over != nil {
		v.Gained = c.gained(float64(m.Over.Score.Median))
		v.Interval = c.gained(float64(m.Over.Score.Low)) + " … " + c.gained(float64(m.Over.Score.High))
		v.Rises, v.Falls = c.share(m.Over.Rises), c.share(m.Over.Falls)
	}
	c.addSuppositions(v, o)
	c.addParts(v, o)
	c.addNodes(v, o)
	c.addOthers(v, o)
	c.addChanged(v, o)
	for _, f := range o.Findings {
		v.Findings = append(v.Findings, findingRow{ID: f.ID, Severity: string(f.Severity), Message: c.remark(&f), Remedy: c.cure(&f)})
	}
	return v, nil
}

// addSuppositions tells what is edited and assumed.
func (c *visit) addSuppositions(v *scenarioView, o *scenario.Outcome) {
	for _, e := range o.Edits {
		row := scenarioEdit{ID: e.ID, Says: e.Says, Text: c.Text(e.Text, "")}
		for _, s := range e.Dependence {
			row.Shares = append(row.Shares, pair{c.unitLink(s.Unit).Label, c.Percent(float64(s.Share), 0)})
		}
		v.Edits = append(v.Edits, row)
	}
	for _, l := range o.Links {
		v.Links = append(v.Links, scenarioLink{Told: c.toldOf(l.Said, l.Says), Text: c.Text(l.Text, ""), Source: c.originOf(l.Source), Assumed: l.Source == ""})
	}
	for _, a := range o.Assumptions {
		row := assumptionRow{
			ID: a.ID, Text: c.Text(a.Text, a.ID), Distribution: a.Distribution, Middle: c.Figure(float64(a.Middle)),
			Source: c.originOf(a.Source), Assumed: a.Source == "",
		}
		if d := float64(a.Drives); d == d {
			row.Drives = &gauge{Text: c.share(d), Length: draw.Coordinate(100 * d)}
		}
		v.Assumptions = append(v.Assumptions, row)
	}
}

// addParts tells what is due to each edit.
func (c *visit) addParts(v *scenarioView, o *scenario.Outcome) {
	a := o.Attribution
	if len(a.Parts) < 2 {
		return
	}
	most := 0.0
	for _, p := range a.Parts {
		most = max(most, math.Abs(float64(p.Score)))
	}
	v.Whole, v.WholePlaces, v.Orders, v.Most = c.gained(float64(a.Score)), c.Signed(float64(a.Places), 0), a.Orders, c.Fixed(most, c.book.scale.digits+1)
	for i, p := range a.Parts {
		x := float64(p.Score)
		length := 0.0
		if most > 0 {
			length = 100 * math.Abs(x) / most
		}
		row := partRow{
			Edit: p.Edit, Text: c.Text(o.Edits[i].Text, ""), Points: c.gained(x), Places: c.Signed(float64(p.Places), 1),
			Way: "up", From: "100", Width: draw.Coordinate(length),
		}
		if x < 0 {
			row.Way, row.From = "down", draw.Coordinate(100-length)
		}
		v.Parts = append(v.Parts, row)
	}
}

// mostNodes is how many nodes are shown with the indicators.
const mostNodes = 25

// addNodes tells where in the framework the unit moves.
func (c *visit) addNodes(v *scenarioView, o *scenario.Outcome) {
	moves := map[string]*scenario.Move{}
	for i := range o.Nodes {
		if m := &o.Nodes[i]; m.Before != m.After && !math.IsNaN(m.Score()) {
			moves[m.Code] = m
		}
	}
	var walk func(code string, depth int)
	walk = func(code string, depth int) {
		n := c.book.nodes[code]
		if m := moves[code]; m != nil && (n.Level > 1 || len(moves) <= mostNodes) {
			row := nodeMove{
				Label: c.label(code), URL: c.codeURL(code), Depth: strconv.Itoa(min(depth, 4)),
				Before: c.scored(float64(m.Before.Score)), After: c.scored(float64(m.After.Score)),
				RankBefore: c.Whole(float64(m.Before.Rank)), RankAfter: c.Whole(float64(m.After.Rank)),
			}
			if m.Over != nil {
				row.Gap = c.gained(float64(m.Over.Score.Low)) + " … " + c.gained(float64(m.Over.Score.High))
			}
			v.Nodes = append(v.Nodes, row)
		}
		for _, child := range n.Children {
			walk(child, depth+1)
		}
	}
	walk(c.book.top, 0)
}

// addOthers tells who else moves, and how alliances stand.
func (c *visit) addOthers(v *scenarioView, o *scenario.Outcome) {
	united := false
	for _, a := range o.Alliances {
		united = united || a.United
		row := alliedRow{
			Unit: link{Label: a.Code, URL: c.to("/alliance/" + a.Code)}, United: a.United, Members: c.Count(len(a.MembersAfter)),
			Before: c.scored(float64(a.Before.Score)), After: c.scored(float64(a.After.Score)),
			RankBefore: c.Whole(float64(a.Before.Rank)), RankAfter: c.Whole(float64(a.After.Rank)),
		}
		for i := range c.book.Spec.Alliances {
			if x := &c.book.Spec.Alliances[i]; x.Code == a.Code {
				row.Unit.Label = c.Text(x.Name, a.Code)
			}
		}
		if a.RankAfter != nil {
			row.Interval, row.First = c.Whole(float64(a.RankAfter.Low))+"–"+c.Whole(float64(a.RankAfter.High)), c.share(float64(a.First))
		}
		v.Alliances = append(v.Alliances, row)
	}
	var list []*scenario.Move
	for i := range o.Units {
		m := &o.Units[i]
		still := math.Abs(m.Score()) < 1e-9
		switch {
		case m.Code == o.Unit || math.IsNaN(m.Score()) || still && m.Before.Rank == m.After.Rank:
		case united && m.In == "" && still:
			v.Shifted++
		default:
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b *scenario.Move) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Places()), math.Abs(a.Places())), cmp.Compare(math.Abs(b.Score()), math.Abs(a.Score())))
	})
	v.More = max(0, len(list)-shownMovers)
	c.addShifts(v, o, list[:len(list)-v.More])
	for _, m := range list[:len(list)-v.More] {
		row := otherMove{Unit: c.unitLink(m.Code), Points: c.gained(m.Score()), Move: c.rankMove(m)}
		if m.Over != nil {
			row.Rises, row.Falls = c.share(m.Over.Rises), c.share(m.Over.Falls)
		}
		v.Others = append(v.Others, row)
	}
}

// addChanged tells which figures change.
func (c *visit) addChanged(v *scenarioView, o *scenario.Outcome) {
	v.MoreFigures = max(0, len(o.Figures)-shownFigures)
	for _, f := range o.Figures[:len(o.Figures)-v.MoreFigures] {
		v.Figures = append(v.Figures, figureMove{
			Indicator: link{Label: c.label(f.Indicator), URL: c.codeURL(f.Indicator)}, Unit: c.unitLink(f.Unit), Year: year(f.Year),
			Before: c.Figure(float64(f.Before)), After: c.Figure(float64(f.After)), Link: f.Link,
		})
	}
}

// year writes a year, without a sign between thousands.
func year(y int) string { return strconv.Itoa(y) }
