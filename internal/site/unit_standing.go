package site

import (
	"cmp"
	"math"
	"slices"

	"mizan/alliance"
	"mizan/internal/site/draw"
	"mizan/stat"
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
	rows := []draw.Peer{{Label: v.Name, Class: "self", Value: own}}
	if r := c.intervals(); r != nil && r.Units[u].Ranked > 0 {
		rows[0].Low, rows[0].High = float64(r.Units[u].Score.Low), float64(r.Units[u].Score.High)
	}
	scores := b.column(b.Scores, c.year, b.top)
	rows = append(rows, draw.Peer{Label: c.T("unit.peers.all"), Class: "median", Value: stat.Median(scores)})
	if best := order[0]; best != u {
		rows = append(rows, draw.Peer{Label: c.T("unit.peers.best", "name", c.unitName(best)), URL: c.unitURL(b.Units[best].Code), Class: "best", Value: b.score(c.year, b.top, best)})
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
		row := draw.Peer{Label: c.T("unit.peers.group", "group", c.GroupValue(label), "n", len(peers)), Class: "group", Value: stat.Median(peers)}
		if g == "region" {
			near = row
		}
		rows = append(rows, row)
	}
	for _, a := range allied {
		if a.Score == a.Score {
			rows = append(rows, draw.Peer{Label: c.T("unit.peers.alliance", "name", c.Text(a.Name, a.Code)), URL: c.allianceURL(a.Code), Class: "alliance", Value: float64(a.Score)})
		}
	}
	slices.SortStableFunc(rows, func(a, b draw.Peer) int { return cmp.Compare(b.Value, a.Value) })
	v.Peers = c.hand().Peers(rows, b.scale.low, b.scale.high, c.scored, func(v float64) string { return c.Fixed(v, 0) })
	f := &figureFrame{ID: "peers", File: v.Code + "-peers", Class: "peers", Sources: c.sourcesOf(b.top)}
	f.Title = c.T("unit.peers.title", "name", v.Name, "score", c.scored(own), "peer", near.Label, "median", c.scored(near.Value))
	f.Table = &figureTable{Columns: []string{c.T("unit.peers.who"), c.T("score")}}
	for _, r := range rows {
		f.Table.Rows = append(f.Table.Rows, []figureCell{{Text: r.Label}, numberCell(r.Value, c.scored)})
	}
	v.PeersFrame = f
}

// How many spokes a radar has.
const fewestSpokes, mostSpokes = 3, 12

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
	table := &figureTable{Columns: []string{c.T("pillar"), v.Name, c.T("unit.peers.all")}}
	best := 0
	var parts []draw.RadarPart
	for i, code := range codes {
		p := draw.RadarPart{Label: c.label(code), Value: c.scored(own[i]), Own: b.scale.percent(own[i]) / 100, Middle: b.scale.percent(middle[i]) / 100}
		if b.facing[code] < 0 {
			p.Label = c.T("in-brackets", "text", p.Label, "note", c.T("less-is-better"))
		}
		parts = append(parts, p)
		table.Rows = append(table.Rows, []figureCell{{Text: p.Label}, numberCell(own[i], c.scored), numberCell(middle[i], c.scored)})
		if own[i]-middle[i] > own[best]-middle[best] {
			best = i
		}
	}
	v.Radar = c.hand().Radar(parts)
	v.RadarFrame = &figureFrame{
		ID: "pillars", File: v.Code + "-pillars", Class: "radar", Sources: c.sourcesOf(b.top), Table: table,
		Title: c.T("unit.radar.title", "part", c.label(codes[best]), "name", v.Name, "score", c.scored(own[best]), "median", c.scored(middle[best])),
	}
}
