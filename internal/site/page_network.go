package site

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

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
	Facts                      []pair
	Graph                      *ring
	Units                      []tiedUnit
	Groups                     []tiedGroup
	Before                     string // the year that change is told from; "" = none
	More, Less                 []tiedPair
	Size                       string
	Remarks                    []string
}

type tiedUnit struct {
	Name, URL, Strength, Before, Links, Between, Rank, Community string
}

type tiedGroup struct {
	Name, Members, Within, EI, Before, Expected, Effect, Range string
}

type tiedPair struct{ Names, Weight, Expected, Ratio string }

// shownUnits is how many units the table and the drawing show.
const shownUnits = 30

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
	v := c.networkView(r)
	for _, t := range all {
		v.Tables = append(v.Tables, link{Label: c.text(t.Name, t.Code), URL: c.to("/network/" + t.Code), Here: t.Code == code})
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

func (c *visit) networkView(r *network.Result) *networkView {
	v := &networkView{
		Title: c.text(r.Ties.Name, r.Ties.Code), About: c.text(r.Ties.Description, ""), Note: r.Ties.Note, Year: r.Year,
		Measure: c.tieMeasure(r.Ties.Measure), Source: c.sourceOf(r.Ties.Origin),
	}
	v.Facts = []pair{
		{c.t("network.links"), c.count(r.Links)},
		{c.t("network.tied"), c.count(len(r.Units) - len(r.Apart))},
		{c.t("network.weight"), c.figure(r.Weight)},
		{c.t("network.density"), c.fixed(float64(r.Density), 3)},
		{c.t("network.modularity"), c.fixed(float64(r.Modularity), 3)},
	}
	if r.Since != 0 {
		v.Before = strconv.Itoa(r.Since)
	}
	s, links, between := r.Metric("strength"), r.Metric("degree"), r.Metric("betweenness")
	order := make([]int, len(r.Units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.Values[b], s.Values[a]) })
	order = order[:min(len(order), shownUnits)]
	order = slices.DeleteFunc(order, func(i int) bool { return s.Values[i] == 0 })
	for _, i := range order {
		u := tiedUnit{
			Name: c.nameOf(r.Units[i]), URL: c.unitURL(r.Units[i]), Strength: c.figure(s.Values[i]), Links: c.whole(links.Values[i]),
			Between: c.fixed(between.Values[i], 1), Rank: c.whole(s.Ranks[i]), Community: c.count(r.Community(r.Units[i]) + 1),
		}
		if s.Before != nil {
			u.Before = c.figure(s.Before[i])
		}
		v.Units = append(v.Units, u)
	}
	v.Graph = c.newRing(r, order)
	for i := range r.Groups {
		v.Groups = append(v.Groups, c.tiedGroup(&r.Groups[i]))
	}
	if r.Model != nil {
		v.Size = r.Model.Size
	}
	v.More, v.Less = c.tiedPairs(r.More), c.tiedPairs(r.Less)
	for _, f := range r.Findings {
		v.Remarks = append(v.Remarks, c.ended(capital(c.said(f.Message))))
	}
	return v
}

func (c *visit) tiedGroup(g *network.GroupResult) tiedGroup {
	t := tiedGroup{
		Name: c.text(g.Name, g.Code), Members: c.count(len(g.Members)), Within: c.figure(g.WithinWeight), EI: c.fixed(float64(g.EI.Value), 2),
		Before: c.fixed(float64(g.Before), 2), Expected: c.figure(math.Round(float64(g.Expected))), Effect: c.fixed(float64(g.Effect.Value), 2),
	}
	if !math.IsNaN(float64(g.Effect.Low)) {
		t.Range = c.t("range", "low", c.fixed(float64(g.Effect.Low), 2), "high", c.fixed(float64(g.Effect.High), 2))
	}
	return t
}

func (c *visit) tiedPairs(list []network.PairValue) []tiedPair {
	var out []tiedPair
	for i, p := range list {
		if i < 10 {
			out = append(out, tiedPair{c.t("network.pair.names", "a", c.nameOf(p.A), "b", c.nameOf(p.B)), c.figure(p.Weight), c.whole(p.Expected), c.fixed(p.Ratio, 2)})
		}
	}
	return out
}

// tieMeasure is what ties count: known measures in every language, the others
// as the project has them.
func (c *visit) tieMeasure(measure string) string {
	if measure == "" {
		return c.t("figure.weight")
	}
	if key := "network.measure." + slug(measure); c.hasMessage(key) {
		return c.t(key)
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

// ring is a drawing of a network: units on a circle by community, ties as
// curves, the stronger the thicker.
type ring struct {
	Summary string
	Curves  []curve
	Dots    []ringDot
}

type curve struct{ Path, Width, Title string }

type ringDot struct {
	X, Y, R, LX, LY, Anchor, Code, Title string
	Colour                               int
}

// drawnTies is how many ties are drawn, the strongest.
const drawnTies = 150

// newRing draws the units at some positions. The order on the circle is that of
// communities, then of strength, so that the same network is drawn the same.
func (c *visit) newRing(r *network.Result, order []int) *ring {
	if len(order) < 2 {
		return nil
	}
	s := r.Metric("strength").Values
	order = slices.Clone(order)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(r.Community(r.Units[a]), r.Community(r.Units[b])) })
	const middle, radius = 320.0, 250.0
	x, y := map[string]float64{}, map[string]float64{}
	g := &ring{Summary: c.t("network.graph.says", "n", len(order))}
	top := 0.0
	for _, i := range order {
		top = max(top, s[i])
	}
	for k, i := range order {
		angle := 2*math.Pi*float64(k)/float64(len(order)) - math.Pi/2
		code := r.Units[i]
		x[code], y[code] = middle+radius*math.Cos(angle), middle+radius*math.Sin(angle)
		size := 4 + 12*math.Sqrt(s[i]/top)
		d := ringDot{
			X: coordinate(x[code]), Y: coordinate(y[code]), R: coordinate(size), Code: code, Colour: r.Community(code) % 6,
			LX: coordinate(middle + (radius+26)*math.Cos(angle)), LY: coordinate(middle + (radius+26)*math.Sin(angle) + 5), Anchor: "middle",
			Title: c.nameOf(code) + c.t("colon") + c.figure(s[i]),
		}
		g.Dots = append(g.Dots, d)
	}
	type tie struct {
		a, b   string
		weight float64
	}
	var ties []tie
	r.Pairs(func(a, b string, p network.Partner) {
		if _, drawn := x[a]; drawn && (!r.Ties.Directed || a < b || p.Back == 0) {
			if _, drawn := x[b]; drawn {
				w := p.Weight
				if r.Ties.Directed {
					w += p.Back
				}
				ties = append(ties, tie{a, b, w})
			}
		}
	})
	slices.SortStableFunc(ties, func(a, b tie) int { return cmp.Compare(b.weight, a.weight) })
	ties = ties[:min(len(ties), drawnTies)]
	for _, t := range slices.Backward(ties) {
		// The curve bends towards the middle.
		bx, by := (x[t.a]+x[t.b])/2*0.45+middle*0.55, (y[t.a]+y[t.b])/2*0.45+middle*0.55
		g.Curves = append(g.Curves, curve{
			Path:  "M" + coordinate(x[t.a]) + " " + coordinate(y[t.a]) + "Q" + coordinate(bx) + " " + coordinate(by) + " " + coordinate(x[t.b]) + " " + coordinate(y[t.b]),
			Width: coordinate(0.6 + 8*math.Sqrt(t.weight/ties[0].weight)), Title: c.t("network.pair.names", "a", c.nameOf(t.a), "b", c.nameOf(t.b)) + c.t("colon") + c.figure(t.weight),
		})
	}
	return g
}
