package draw

import (
	"strings"
	"testing"
)

// Cells are 14 wide beside 260 units for the names.
func TestPairs(t *testing.T) {
	names := [][2]string{{"a", "a.html"}, {"b", ""}, {"c", ""}}
	list := []PairOf{{I: 2, J: 0, Class: "c5", Title: "c and a"}}
	m := english.Pairs(names, list)
	if m.Cells[0] != (pairCell{"0.0", "28", "c5", "c and a"}) || m.Names[1] != (pairName{"18.0", "24.5", "b", ""}) || m.Height != "42" || m.Width != "302.0" {
		t.Errorf("%+v", m)
	}
	if m = arabic.Pairs(names, list); m.Cells[0].X != "289.0" || m.Names[0].X != "298.0" {
		t.Errorf("mirrored %+v", m)
	}
}

// Two columns are 62 wide each, the second ten units apart; 398 is the whole.
func TestHeatMap(t *testing.T) {
	rows := []HeatRow{{Name: "talent", Cells: []HeatValue{{V: 40, Class: "q3", Text: "40"}, {V: none, Class: "none", Strong: true}}}}
	g := english.HeatMap([]string{"all", "A"}, rows)
	if a, b := g.Cells[0], g.Cells[1]; a.X != "201.0" || a.Y != "119.0" || a.Width != "60.0" || a.TextX != "231.0" || a.Text != "40" || b.X != "273.0" || b.Text != "" || !b.Strong {
		t.Errorf("%+v", g.Cells)
	}
	if g = arabic.HeatMap([]string{"all", "A"}, rows); g.Cells[0].X != "137.0" || g.Rows[0].Anchor != "start" {
		t.Errorf("mirrored %+v", g)
	}
}

// One supplier of 30 for units of 20 and 10. With room of 620 less gaps a unit of
// quantity is 606/30 = 20.2 high; what is left over stands above and below.
func TestFlows(t *testing.T) {
	data := func() *FlowData {
		return &FlowData{
			From: []FlowEnd{{Key: "s", Name: "S", Quantity: 30}}, To: []FlowEnd{{Key: "a", Name: "A", Quantity: 20}, {Key: "b", Name: "B", Quantity: 10}},
			Amounts: [][]float64{{20, 10}}, Total: 30,
		}
	}
	words := FlowWords{
		Write: whole, Share: func(v float64, _ int) string { return whole(100*v) + " %" }, Part: func(name, share string) string { return name + " " + share },
	}
	g := english.Flows(data(), words)[0]
	if got, want := g.Bands[0].Path, "M233.0 4.5C475.0 4.5 475.0 1.0 717.0 1.0V405.0C475.0 405.0 475.0 408.5 233.0 408.5Z"; got != want {
		t.Errorf("the band is %s, want %s", got, want)
	}
	if g.Bands[1].Title != "S – B: 10" {
		t.Errorf("the second band says %q", g.Bands[1].Title)
	}
	if n := g.Nodes[0]; n.X != "220.0" || n.Height != "606.0" || n.LabelX != "213.0" || n.Anchor != "end" || n.Labels[0].Text != "S 100 %" {
		t.Errorf("%+v", n)
	}
	if n := arabic.Flows(data(), words)[0].Nodes[0]; n.X != "707.0" || n.LabelX != "727.0" || n.Anchor != "start" {
		t.Errorf("mirrored %+v", n)
	}
	if english.Flows(&FlowData{From: data().From}, words) != nil {
		t.Error("nothing flows, and there is a drawing")
	}
}

// tied are two units in opposite corners: the circle of the first, with a radius of
// 21, is moved from 40 to 41 so that it stays 20 units from the edge.
func tied(h Hand) *Graph {
	nodes := []GraphNode{{Code: "A", Name: "Aland", Strength: 4}, {Code: "B", Name: "Bland", Strength: 1, Community: 1}}
	return h.Graph(nodes, []GraphLink{{0, 1, 1}}, []float64{0, 1}, []float64{5, 5}, GraphWords{
		Comma: ", ", URL: func(code string) string { return code + ".html" }, Write: whole,
		Community: func(k int) (number, label string) { return whole(float64(k + 1)), "group " + whole(float64(k+1)) },
	})
}

func TestGraph(t *testing.T) {
	g := tied(english)
	if d := g.Dots[0]; d != (graphDot{"41.0", "210.0", "21.0", "k0", "A", "Aland: 4", "A.html"}) {
		t.Errorf("%+v", d)
	}
	if d := g.Dots[1]; d.X != "720.0" || d.Y != "550.0" || d.R != "12.5" {
		t.Errorf("%+v", d)
	}
	if l := g.Lines[0]; g.Shown != 1 || l.Width != "7.5" || l.Class != "kx" || l.X1 != "41.0" {
		t.Errorf("%d lines, the first %+v", g.Shown, l)
	}
	if len(g.Key) != 2 || g.Key[1] != (graphKey{"2", "k1", "group 2", "Bland"}) {
		t.Errorf("key %+v", g.Key)
	}
	if d := tied(arabic).Dots[0]; d.X != "719.0" {
		t.Errorf("mirrored %+v", d)
	}
}

// Circles that would lie on one another are pushed apart, five units between them.
func TestPushApart(t *testing.T) {
	g := &Graph{Nodes: []GraphNode{{X: 300, Y: 300, R: 10}, {X: 300, Y: 300, R: 15}}}
	for range 80 {
		g.pushApart()
	}
	if d := g.Nodes[1].X - g.Nodes[0].X; d*d < 29.99*29.99 {
		t.Errorf("%v apart, want 30", d)
	}
}

// Three units: the second, of another community, comes first. 19 units for each
// cell, beside 170 for the names and below 46 for the codes.
func TestMatrix(t *testing.T) {
	g := &Graph{Nodes: []GraphNode{{Code: "A", Name: "A", Community: 1}, {Code: "B", Name: "B"}, {Code: "C", Name: "C", Community: 1}}, Links: []GraphLink{{0, 1, 5}}}
	says := func(n int) string { return whole(float64(n)) + " units" }
	m := english.Matrix(g, says, whole)
	if m.Rows[0].Text != "B" || m.Rows[1].Text != "A" || m.Summary != "3 units" || m.Width != "229.0" {
		t.Errorf("%+v", m)
	}
	if c := m.Cells[0]; c != (matrixCells{"q6", "M170.5 65.5h18v18h-18zM189.5 46.5h18v18h-18z"}) || m.Legend[0] != (LegendStep{"q6", "5", ""}) {
		t.Errorf("%+v, legend %+v", m.Cells, m.Legend)
	}
	if c := arabic.Matrix(g, says, whole).Cells[0]; c.Path != "M40.5 65.5h18v18h-18zM21.5 46.5h18v18h-18z" {
		t.Errorf("mirrored %s", c.Path)
	}
	if english.Matrix(&Graph{Nodes: g.Nodes[:2]}, says, whole) != nil {
		t.Error("two units make a matrix")
	}
}

// From 10 to 50 there are four classes of 10, which take every other of the seven
// colours.
func TestWorldMap(t *testing.T) {
	w := ReadWorld([]byte(`{"width": 900, "height": 450, "shapes": [{"id": "250", "d": "Mf", "x": 300, "y": 100}, {"id": "276", "d": "Mg", "x": 330, "y": 90},
		{"id": "442", "x": 320, "y": 95}, {"id": "724", "d": "Ms", "x": 280, "y": 140}], "disputed": [{"name": "x", "d": "Mx"}]}`))
	units := []MapUnit{{"DEU", "Germany", 50}, {"LUX", "Luxembourg", 30}, {"XAA", "Nowhere", 20}, {"FR", "France", 10}}
	words := MapWords{
		Title: "who leads", Says: func(i int) string { return units[i].Name }, URL: func(i int) string { return units[i].Code + ".html" },
		Write: func(v float64, _ int) string { return whole(v) },
	}
	m := WorldMap(w, units, words)
	if len(m.Shapes) != 2 || m.Shapes[0] != (mapMark{"Mg", "330.0", "90.0", "q6", "DEU.html", "Germany"}) || m.Shapes[1].Class != "q0" {
		t.Errorf("shapes %+v", m.Shapes)
	}
	if len(m.Dots) != 1 || m.Dots[0].Class != "q4" || strings.Join(m.Land, " ") != "Ms" || strings.Join(m.Missing, " ") != "Nowhere" || strings.Join(m.Disputed, " ") != "Mx" {
		t.Errorf("dots %+v, land %v, missing %v", m.Dots, m.Land, m.Missing)
	}
	if len(m.Legend) != 4 || m.Legend[0] != (LegendStep{"q0", "10", "20"}) || m.Legend[3] != (LegendStep{"q6", "40", "50"}) {
		t.Errorf("legend %+v", m.Legend)
	}
	at := map[[2]string]bool{}
	for _, tile := range m.Tiles {
		at[[2]string{tile.X, tile.Y}] = true
	}
	if len(m.Tiles) != 3 || len(at) != 3 {
		t.Errorf("tiles %+v", m.Tiles)
	}
	if WorldMap(w, []MapUnit{{"XAA", "", 1}, {"XBB", "", 2}, {"FRA", "", 3}}, words) != nil || WorldMap(nil, units, words) != nil {
		t.Error("there is a map without countries, or without outlines")
	}
	if ReadWorld([]byte("{")) != nil {
		t.Error("half a file has outlines")
	}
}
