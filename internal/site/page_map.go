package site

import (
	"slices"

	"mizan/internal/site/draw"
)

// mapView is the page of the map of one code.
type mapView struct {
	Code, Name string
	URL        string // of the page of the code
	Chart      *draw.MapChart
	World      figureFrame
	Grid       figureFrame
	Built      bool // the program has outlines in it
	Others     []link
	Absent     string // units that are on no map
}

func mapPage(c *visit) (any, error) {
	b := c.book
	code := c.r.PathValue("code")
	if code == "" {
		code = b.top
	}
	if b.nodes[code] == nil {
		var known []string
		for _, n := range b.Nodes {
			known = append(known, n.Code)
		}
		return nil, missing("indicator", code, known)
	}
	v := &mapView{Code: code, Name: c.label(code), URL: c.codeURL(code), Chart: c.mapOf(code), Built: theWorld() != nil}
	for _, n := range slices.Backward(b.Nodes) {
		if n.Level > 1 {
			v.Others = append(v.Others, link{Label: c.label(n.Code), URL: c.mapURL(n.Code), Here: n.Code == code})
		}
	}
	if v.Chart == nil {
		return v, nil
	}
	v.Absent = c.few(v.Chart.Missing, 60)
	v.World = c.worldFrame(code, v.Chart)
	v.Grid = figureFrame{ID: "tiles", File: "tiles-" + code, Title: v.Chart.Title, Sources: c.sourcesOf(code), Table: v.World.Table}
	return v, nil
}

// worldFrame is the frame of the world map of a code.
func (c *visit) worldFrame(code string, m *draw.MapChart) figureFrame {
	return figureFrame{
		ID: "world", File: "map-" + code, Title: m.Title,
		Sources: append(c.sourcesOf(code), c.T("map.boundaries")), Table: c.mapTable(code),
	}
}

// mapURL is the address of the map of a code.
func (c *visit) mapURL(code string) string {
	if code == c.book.top {
		return c.to("/map")
	}
	return c.to("/map/" + code)
}

// mapTable is what the map shows as a table.
func (c *visit) mapTable(code string) *figureTable {
	b := c.book
	t := &figureTable{Columns: []string{c.T("figure.rank"), c.T("figure.unit"), c.T("figure.code"), c.T("figure.score")}}
	for _, u := range b.byRank(c.year, code) {
		t.Rows = append(t.Rows, []figureCell{
			numberCell(b.rank(c.year, code, u), c.Whole),
			{Text: c.unitName(u)},
			{Text: b.Units[u].Code},
			numberCell(b.score(c.year, code, u), c.scored),
		})
	}
	return t
}
