package site

import (
	"cmp"
	"encoding/json"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/network"
)

// networks keeps what was found out of ties in one build.
type networks struct {
	lock  sync.Mutex
	known map[string]*network.Result
}

// network looks at a table of ties in a year, once; 0 is the latest.
func (c *visit) network(code string, year int) (*network.Result, error) {
	n := &c.book.networks
	key := code + " " + strconv.Itoa(year)
	n.lock.Lock()
	defer n.lock.Unlock()
	if r := n.known[key]; r != nil {
		return r, nil
	}
	r, err := c.book.Network(code, network.Options{Year: year, Threshold: -1})
	if err != nil {
		return nil, err
	}
	if n.known == nil {
		n.known = map[string]*network.Result{}
	}
	n.known[key] = r
	return r, nil
}

// networkView is the page of ties.
type networkView struct {
	Title, About, Note, Source string
	Measure                    string
	Year                       int
	Tables, Years              []link
	Numbers                    []pair
	Graph                      *draw.Graph
	Frame                      figureFrame
	LinksDrawn                 int // those that can be drawn
	Matrix                     *draw.TieMatrix
	Grid                       figureFrame
	Charts                     []*framedCurve
	Strongest                  []tiedPair
	Communities                []tiedCommunity
	Apart                      string      // units without a link
	Facts                      template.JS // for the script
	Units                      []tiedUnit
	Groups                     []tiedGroup
	Before                     string // the year that change is told from; "" = none
	More, Less                 []tiedPair
	Size                       string
	Remarks                    []string
}

type tiedUnit struct {
	Code, Name, URL, Strength, Before, Links, Between, Rank, Community string
}

type tiedGroup struct {
	Name, Members, Within, EI, Before, Expected, Effect, Range string
}

type tiedCommunity struct{ Number, Class, Members, Within, Across string }

type tiedPair struct{ Names, Weight, Expected, Ratio string }

func networkPage(c *visit) (any, error) {
	all, _, err := c.book.Ties()
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, t := range all {
		codes = append(codes, t.Code)
	}
	code := c.chosen("ties")
	if code == "" && len(codes) > 0 {
		code = codes[0]
	}
	at := slices.Index(codes, code)
	if at < 0 {
		return nil, missing("table of ties", code, codes)
	}
	year := 0
	if asked := c.chosen("of"); asked != "" {
		if year, _ = strconv.Atoi(asked); !all[at].Has(year) {
			return nil, missing("year of these ties", asked, yearTexts(all[at].Years))
		}
	}
	r, err := c.network(code, year)
	if err != nil {
		return nil, err
	}
	v, err := c.networkView(r)
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		v.Tables = append(v.Tables, link{Label: c.Text(t.Name, t.Code), URL: c.to("/network/" + t.Code), Here: t.Code == code})
	}
	if c.site.config.Written {
		return v, nil // each year takes a good part of a second
	}
	for _, y := range all[at].Years {
		v.Years = append(v.Years, link{Label: strconv.Itoa(y), URL: c.to("/network/" + code + "/" + strconv.Itoa(y)), Here: y == r.Year})
	}
	return v, nil
}

func yearTexts(years []int) []string {
	var out []string
	for _, y := range years {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

func (c *visit) networkView(r *network.Result) (*networkView, error) {
	v := &networkView{
		Title: c.Text(r.Ties.Name, r.Ties.Code), About: c.Text(r.Ties.Description, ""), Note: r.Ties.Note, Year: r.Year,
		Measure: c.tieMeasure(r.Ties.Measure), Source: c.sourceOf(r.Ties.Origin),
	}
	v.Numbers = []pair{
		{c.T("network.links"), c.Count(r.Links)},
		{c.T("network.tied"), c.Count(len(r.Units) - len(r.Apart))},
		{c.T("network.weight"), c.Figure(r.Weight)},
		{c.T("network.density"), c.Fixed(float64(r.Density), 3)},
		{c.T("network.modularity"), c.Fixed(float64(r.Modularity), 3)},
	}
	if r.Since != 0 {
		v.Before = strconv.Itoa(r.Since)
	}
	s, links, between := r.Metric("strength"), r.Metric("degree"), r.Metric("betweenness")
	for _, i := range byStrength(s.Values) {
		u := tiedUnit{
			Code: r.Units[i], Name: c.nameOf(r.Units[i]), URL: c.unitURL(r.Units[i]), Strength: c.Figure(s.Values[i]), Links: c.Whole(links.Values[i]),
			Between: c.Fixed(between.Values[i], 1), Rank: c.Whole(s.Ranks[i]), Community: c.Count(r.Community(r.Units[i]) + 1),
		}
		if s.Before != nil {
			u.Before = c.Figure(s.Before[i])
		}
		v.Units = append(v.Units, u)
	}
	if err := c.addGraph(v, r); err != nil {
		return nil, err
	}
	for k, m := range r.Communities {
		v.Communities = append(v.Communities, tiedCommunity{
			Number: c.Count(k + 1), Class: draw.CommunityClass(k), Members: c.namesOf(m.Members), Within: c.Figure(m.Within), Across: c.Figure(m.Across),
		})
	}
	v.Apart = c.namesOf(r.Apart)
	v.Charts = c.tieCharts(r)
	for i := range r.Groups {
		v.Groups = append(v.Groups, c.tiedGroup(&r.Groups[i]))
	}
	if r.Model != nil {
		v.Size = r.Model.Size
	}
	v.More, v.Less = c.tiedPairs(r.More), c.tiedPairs(r.Less)
	for _, f := range r.Findings {
		v.Remarks = append(v.Remarks, c.Ended(language.Capital(c.remark(&f))))
	}
	return v, nil
}

// addGraph draws the network as a graph and as a matrix.
func (c *visit) addGraph(v *networkView, r *network.Result) error {
	g := c.graphOf(r)
	if g == nil || len(g.Links) == 0 {
		return nil
	}
	v.Graph, v.Matrix, v.LinksDrawn = g, c.matrixOf(g), len(g.Links)
	top := g.Links[0]
	a, b := g.Nodes[top.A].Name, g.Nodes[top.B].Name
	year := strconv.Itoa(r.Year)
	sources := c.sourcesOfTies(r)
	v.Frame = figureFrame{
		ID: "graph", File: "ties-" + r.Ties.Code + "-" + year, Class: "graph", Sources: sources, Table: c.tieTable(g, v.Measure),
		Title: c.T("network.graph.title", "year", year, "a", a, "b", b, "weight", c.Figure(top.Weight), "measure", v.Measure),
	}
	for _, l := range g.Links[:min(len(g.Links), 12)] {
		v.Strongest = append(v.Strongest, tiedPair{Names: c.T("network.pair.names", "a", g.Nodes[l.A].Name, "b", g.Nodes[l.B].Name), Weight: c.Figure(l.Weight)})
	}
	if v.Matrix != nil {
		n, first := min(len(g.Nodes), draw.MatrixUnits), 0
		for _, l := range g.Links {
			if (l.A == 0 || l.B == 0) && max(l.A, l.B) < n {
				first++
			}
		}
		v.Grid = figureFrame{
			ID: "matrix", File: "matrix-" + r.Ties.Code + "-" + year, Class: "tie-matrix", Sources: sources, Table: v.Frame.Table,
			Title: c.T("network.matrix.title", "unit", g.Nodes[0].Name, "n", first, "of", n-1),
		}
	}
	facts, err := json.Marshal(c.graphFacts(g, v))
	v.Facts = template.JS(facts) //nolint:gosec // encoding/json writes <, > and & so that no tag can end
	return err
}

// matrixOf draws the strongest units of a network against one another.
func (c *visit) matrixOf(g *draw.Graph) *draw.TieMatrix {
	return c.hand().Matrix(g, func(units int) string { return c.T("network.matrix.says", "n", units) }, c.Figure)
}

// sourcesOfTies names the publisher of a table of ties.
func (c *visit) sourcesOfTies(r *network.Result) []string {
	if s := c.sourceOf(r.Ties.Origin); s != "" {
		return []string{s}
	}
	return nil
}

// tieTable is the links that are drawn, as a table.
func (c *visit) tieTable(g *draw.Graph, measure string) *figureTable {
	t := &figureTable{Columns: []string{c.T("figure.unit"), c.T("network.partner"), measure}}
	for _, l := range g.Drawn() {
		t.Rows = append(t.Rows, []figureCell{{Text: g.Nodes[l.A].Name}, {Text: g.Nodes[l.B].Name}, numberCell(l.Weight, c.Figure)})
	}
	return t
}

// graphFacts are what the script must know to bring the drawing to life.
type graphFacts struct {
	Locale string            `json:"locale"`
	Nodes  [][]any           `json:"nodes"` // code, name, x, y, radius, community from 0, strength
	Links  [][]float64       `json:"links"` // two nodes, weight
	Shown  int               `json:"shown"`
	Words  map[string]string `json:"words"`
}

func (c *visit) graphFacts(g *draw.Graph, v *networkView) graphFacts {
	tenth := func(x float64) float64 { return math.Round(x*10) / 10 }
	f := graphFacts{Locale: locale(c.Code), Shown: g.Shown, Words: map[string]string{
		"ties": c.T("network.ties-of"), "says": c.T("network.says.unit"), "strongest": c.T("network.strongest"), "measure": v.Measure,
	}}
	for i := range g.Nodes {
		a := &g.Nodes[i]
		f.Nodes = append(f.Nodes, []any{a.Code, a.Name, tenth(a.X), tenth(a.Y), tenth(a.R), a.Community, a.Strength})
	}
	for _, l := range g.Links {
		f.Links = append(f.Links, []float64{float64(l.A), float64(l.B), l.Weight})
	}
	return f
}

// tieCharts draws all ties, and how many links there are, over the years.
func (c *visit) tieCharts(r *network.Result) []*framedCurve {
	var years []int
	var weight, links []float64
	for _, y := range r.Series {
		years, weight, links = append(years, y.Year), append(weight, y.Weight), append(links, float64(y.Links))
	}
	var charts []*framedCurve
	for _, of := range []struct {
		id, title string
		values    []float64
	}{{"years", c.T("network.years"), weight}, {"links", c.T("network.years.links"), links}} {
		ch := c.hand().Curve(of.title, years, of.values, c.Figure, false)
		if ch == nil {
			continue
		}
		f := &figureFrame{
			ID: of.id, File: of.id + "-" + r.Ties.Code, Class: "line", Sources: c.sourcesOfTies(r),
			Table: &figureTable{Columns: []string{c.T("year"), of.title}},
		}
		last := len(years) - 1
		f.Title = c.T("figure.line", "what", of.title, "from", c.Figure(of.values[0]), "to", c.Figure(of.values[last]), "first", strconv.Itoa(years[0]), "last", strconv.Itoa(years[last]))
		for i, y := range years {
			f.Table.Rows = append(f.Table.Rows, []figureCell{{Text: strconv.Itoa(y), Value: strconv.Itoa(y)}, numberCell(of.values[i], c.Figure)})
		}
		charts = append(charts, &framedCurve{ch, f})
	}
	return charts
}

func (c *visit) tiedGroup(g *network.GroupResult) tiedGroup {
	t := tiedGroup{
		Name: c.Text(g.Name, g.Code), Members: c.Count(len(g.Members)), Within: c.Figure(g.WithinWeight), EI: c.Fixed(float64(g.EI.Value), 2),
		Before: c.Fixed(float64(g.Before), 2), Expected: c.Figure(math.Round(float64(g.Expected))), Effect: c.Fixed(float64(g.Effect.Value), 2),
	}
	if !math.IsNaN(float64(g.Effect.Low)) {
		t.Range = c.T("range", "low", c.Fixed(float64(g.Effect.Low), 2), "high", c.Fixed(float64(g.Effect.High), 2))
	}
	return t
}

func (c *visit) tiedPairs(list []network.PairValue) []tiedPair {
	var out []tiedPair
	for i, p := range list {
		if i < 10 {
			out = append(out, tiedPair{c.T("network.pair.names", "a", c.nameOf(p.A), "b", c.nameOf(p.B)), c.Figure(p.Weight), c.Whole(p.Expected), c.Fixed(p.Ratio, 2)})
		}
	}
	return out
}

// tieMeasure is what ties count: known measures in every language, the others
// as the project has them.
func (c *visit) tieMeasure(measure string) string {
	if measure == "" {
		return c.T("figure.weight")
	}
	if key := "network.measure." + language.Slug(measure); c.Has(key) {
		return c.T(key)
	}
	return measure
}

// sourceOf is the publisher of an origin.
func (c *visit) sourceOf(code string) string {
	for _, o := range c.book.Origins {
		if o.Code == code && code != "" {
			return strings.TrimSuffix(cmp.Or(o.Publisher, o.Code)+" · "+o.Licence, " · ")
		}
	}
	return ""
}
