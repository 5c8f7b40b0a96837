package site

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"mizan/alliance"
	"mizan/stat"
)

// peersChart sets a unit's score among those that it is measured by: the median
// of all and of its groups, the best, and the alliances that it belongs to.
type peersChart struct {
	Width, Height float64
	Summary       string
	Rows          []peerRow
	Start, End    string // where labels begin and figures end
	Foot          string
	Marks         []tick
}

type peerRow struct {
	Label, URL, Text, Class string
	Short                   string // the label so far as there is room
	TextY, BarY             string
	X, Length, Dot          string
	Low, High, RangeY       string // of the interval; "" = not drawn
	value, low, high        float64
}

const (
	peersWidth, peersStep = 420.0, 40.0
	peersMargin           = 6.0
)

// belongs are the alliances that pool a unit's figures in the year shown, with
// how each stands; why says what kept them from being found.
func (c *visit) belongs(code string) (list []alliance.Brief, why string) {
	if c.book.Spec == nil || len(c.book.Spec.Alliances) == 0 {
		return nil, c.T("unit.lacks.alliances")
	}
	st, err := c.study()
	if err != nil {
		return nil, c.T("unit.lacks.alliances.failed")
	}
	for _, b := range c.overview(st) {
		if slices.Contains(b.Members, code) {
			list = append(list, b)
		}
	}
	if len(list) == 0 {
		return nil, c.T("unit.lacks.member")
	}
	return list, ""
}

// addPeers draws the score of a unit among its peers; it has none where the unit
// has no score.
func (c *visit) addPeers(v *unitView, u int, allied []alliance.Brief) {
	b := c.book
	own := b.score(c.year, b.top, u)
	order := b.byRank(c.year, b.top)
	if math.IsNaN(own) || len(order) < 2 {
		return
	}
	rows := []peerRow{{Label: v.Name, Class: "self", value: own}}
	if r := c.intervals(); r != nil && r.Units[u].Ranked > 0 {
		rows[0].low, rows[0].high = float64(r.Units[u].Score.Low), float64(r.Units[u].Score.High)
	}
	scores := b.column(b.Scores, c.year, b.top)
	rows = append(rows, peerRow{Label: c.T("unit.peers.all"), Class: "median", value: stat.Median(scores)})
	if best := order[0]; best != u {
		rows = append(rows, peerRow{Label: c.T("unit.peers.best", "name", c.unitName(best)), URL: c.unitURL(b.Units[best].Code), Class: "best", value: b.score(c.year, b.top, best)})
	}
	near := rows[1] // what the title compares with
	seen := map[string]bool{}
	for _, g := range b.groups {
		label := b.Units[u].Groups[g]
		var peers []float64
		for i := range b.Units {
			if i != u && b.Units[i].Groups[g] == label && !math.IsNaN(scores[i]) {
				peers = append(peers, scores[i])
			}
		}
		if label == "" || len(peers) < 3 || seen[c.GroupValue(label)] {
			continue
		}
		seen[c.GroupValue(label)] = true
		row := peerRow{Label: c.T("unit.peers.group", "group", c.GroupValue(label), "n", len(peers)), Class: "group", value: stat.Median(peers)}
		if g == "region" {
			near = row
		}
		rows = append(rows, row)
	}
	for _, a := range allied {
		if a.Score == a.Score {
			rows = append(rows, peerRow{Label: c.T("unit.peers.alliance", "name", c.Text(a.Name, a.Code)), URL: c.allianceURL(a.Code), Class: "alliance", value: float64(a.Score)})
		}
	}
	slices.SortStableFunc(rows, func(a, b peerRow) int { return cmp.Compare(b.value, a.value) })
	v.Peers = c.newPeersChart(rows)
	f := &figureFrame{ID: "peers", File: v.Code + "-peers", Class: "peers", Sources: c.sourcesOf(b.top)}
	f.Title = c.T("unit.peers.title", "name", v.Name, "score", c.scored(own), "peer", near.Label, "median", c.scored(near.value))
	f.Table = &figureTable{Columns: []string{c.T("unit.peers.who"), c.T("score")}}
	for _, r := range rows {
		f.Table.Rows = append(f.Table.Rows, []figureCell{{Text: r.Label}, numberCell(r.value, c.scored)})
	}
	v.PeersFrame = f
}

func (c *visit) newPeersChart(rows []peerRow) *peersChart {
	low, high := c.book.scale.low, c.book.scale.high
	for _, r := range rows {
		low, high = min(low, r.value), max(high, r.value)
	}
	turn := c.hand().turn(peersWidth)
	place := func(v float64) float64 {
		return peersMargin + (peersWidth-2*peersMargin)*(v-low)/(high-low)
	}
	ch := &peersChart{
		Width: peersWidth, Height: peersStep*float64(len(rows)) + 20, Start: coordinate(turn(peersMargin)),
		End: coordinate(turn(peersWidth - peersMargin)), Foot: coordinate(peersStep*float64(len(rows)) + 14),
	}
	var words []string
	for i, r := range rows {
		top := peersStep * float64(i)
		r.Text = c.scored(r.value)
		r.Short = elide(r.Label, (peersWidth-70)/13)
		r.TextY, r.BarY, r.RangeY = coordinate(top+17), coordinate(top+24), coordinate(top+28.5)
		from, to := turn(place(low)), turn(place(r.value))
		r.X, r.Length, r.Dot = coordinate(min(from, to)), coordinate(math.Abs(to-from)), coordinate(to)
		if r.low < r.high {
			r.Low, r.High = coordinate(turn(place(r.low))), coordinate(turn(place(r.high)))
		}
		words = append(words, r.Label+c.T("colon")+r.Text)
		ch.Rows = append(ch.Rows, r)
	}
	for _, mark := range []float64{low, (low + high) / 2, high} {
		ch.Marks = append(ch.Marks, tick{coordinate(turn(place(mark))), c.Fixed(mark, 0)})
	}
	ch.Summary = strings.Join(words, c.T("list.semicolon"))
	return ch
}

// radar is a unit's scores in the parts of the index around a centre, beside the
// median of all.
type radar struct {
	Width, Height       float64
	Summary             string
	Rings               []string // polygons of equal score
	Spokes              []spoke
	Own, Middle         string
	Dots                []dot
	CentreX, CentreY, R string
}

// spoke is the axis of one part, with its name in one line or two.
type spoke struct {
	X, Y, TextX, TextY, Anchor, Label, Value string
	Lines                                    []string
}

const (
	radarWidth, radarHeight, radarRadius = 500.0, 360.0, 112.0
	fewestSpokes, mostSpokes             = 3, 12
)

// radarCodes are the parts to draw: the pillars, or where they are few, what
// lies below them, so far as they are not too many; nil where too few are left.
func (c *visit) radarCodes() []string {
	codes := c.pillars()
	if len(codes) < 5 {
		var below []string
		for _, p := range codes {
			for _, child := range c.book.nodes[p].Children {
				if n := c.book.nodes[child]; n != nil && len(n.Children) > 0 {
					below = append(below, child)
				}
			}
		}
		if len(below) >= max(fewestSpokes, len(codes)) && len(below) <= mostSpokes {
			codes = below
		}
	}
	if len(codes) < fewestSpokes || len(codes) > mostSpokes {
		return nil
	}
	return codes
}

// addRadar draws a unit's scores around a centre.
func (c *visit) addRadar(v *unitView, u int) {
	b := c.book
	codes := c.radarCodes()
	if codes == nil {
		return
	}
	var own, middle []float64
	for _, code := range codes {
		own = append(own, b.score(c.year, code, u))
		middle = append(middle, stat.Median(b.column(b.Scores, c.year, code)))
	}
	if len(stat.Present(nil, own)) < len(codes) {
		return
	}
	turn := c.hand().turn(radarWidth)
	at := func(i int, share float64) (x, y float64) {
		angle := 2*math.Pi*float64(i)/float64(len(codes)) - math.Pi/2
		return turn(radarWidth/2 + radarRadius*share*math.Cos(angle)), radarHeight/2 + radarRadius*share*math.Sin(angle)
	}
	polygon := func(share func(i int) float64) string {
		var points []string
		for i := range codes {
			x, y := at(i, share(i))
			points = append(points, coordinate(x)+","+coordinate(y))
		}
		return strings.Join(points, " ")
	}
	r := &radar{Width: radarWidth, Height: radarHeight, CentreX: coordinate(radarWidth / 2), CentreY: coordinate(radarHeight / 2)}
	for _, ring := range []float64{.25, .5, .75, 1} {
		r.Rings = append(r.Rings, polygon(func(int) float64 { return ring }))
	}
	r.Own = polygon(func(i int) float64 { return b.scale.percent(own[i]) / 100 })
	r.Middle = polygon(func(i int) float64 { return b.scale.percent(middle[i]) / 100 })
	table := &figureTable{Columns: []string{c.T("pillar"), v.Name, c.T("unit.peers.all")}}
	var words []string
	best := 0
	for i, code := range codes {
		x, y := at(i, 1)
		tx, ty := at(i, 1.13)
		s := spoke{X: coordinate(x), Y: coordinate(y), TextX: coordinate(tx), TextY: coordinate(ty + 4), Label: c.label(code), Value: c.scored(own[i])}
		switch cos := math.Cos(2*math.Pi*float64(i)/float64(len(codes)) - math.Pi/2); {
		case cos > .2:
			s.Anchor = "start"
		case cos < -.2:
			s.Anchor = "end"
		default:
			s.Anchor = "middle"
		}
		if b.facing[code] < 0 {
			s.Label = c.T("in-brackets", "text", s.Label, "note", c.T("less-is-better"))
		}
		s.Lines = twoLines(s.Label)
		if up := 15 * float64(len(s.Lines)-1); y < radarHeight/2-1 {
			s.TextY = coordinate(ty + 4 - up)
		} else if y < radarHeight/2+radarRadius/2 {
			s.TextY = coordinate(ty + 4 - up/2)
		}
		r.Spokes = append(r.Spokes, s)
		dx, dy := at(i, b.scale.percent(own[i])/100)
		r.Dots = append(r.Dots, dot{coordinate(dx), coordinate(dy), s.Label + c.T("colon") + s.Value})
		words = append(words, s.Label+c.T("colon")+s.Value)
		table.Rows = append(table.Rows, []figureCell{{Text: s.Label}, numberCell(own[i], c.scored), numberCell(middle[i], c.scored)})
		if own[i]-middle[i] > own[best]-middle[best] {
			best = i
		}
	}
	r.Summary = strings.Join(words, c.T("list.semicolon"))
	v.Radar = r
	v.RadarFrame = &figureFrame{
		ID: "pillars", File: v.Code + "-pillars", Class: "radar", Sources: c.sourcesOf(b.top), Table: table,
		Title: c.T("unit.radar.title", "part", c.label(codes[best]), "name", v.Name, "score", c.scored(own[best]), "median", c.scored(middle[best])),
	}
}
