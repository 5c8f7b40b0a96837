package site

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"mizan/network"
)

// graph is a drawing of a network: units where their ties draw them, as circles
// by strength and community.
type graph struct {
	Summary string
	Size    string // of the square that it fills
	Shown   int    // links that are drawn
	Lines   []graphLine
	Dots    []graphDot
	Labels  []graphLabel // of wide pictures
	Short   []graphLabel // of narrow ones, larger and fewer
	Key     []graphKey

	nodes []graphNode
	links []graphLink // all of them, the strongest first
}

type graphLine struct {
	X1, Y1, X2, Y2, Width, Class string
}

type graphDot struct {
	X, Y, R, Class, Code, Title, URL string
}

type graphLabel struct{ X, Y, Text, Code string }

// graphKey is a community: its number, colour and strongest members.
type graphKey struct {
	Number, Class, Label, Members string
}

// graphNode is a unit with its place.
type graphNode struct {
	code, name string
	x, y, r    float64
	community  int
	strength   float64
}

// graphLink is a tie of two nodes by their positions; in directed networks of
// both directions together.
type graphLink struct {
	a, b   int
	weight float64
}

const (
	graphSize = 760.0
	// drawnUnits is how many units are drawn, the strongest.
	drawnUnits = 120
	// drawnTies is how many of the strongest ties are drawn, and drawnOwn how
	// many of every unit at least.
	drawnTies, drawnOwn = 110, 2
	communityColours    = 6
)

// newGraph draws a network; nil where fewer than two units are tied.
func (c *visit) newGraph(r *network.Result) *graph {
	g := &graph{Size: coordinate(graphSize)}
	s := r.Metric("strength").Values
	order := byStrength(s)
	order = order[:min(len(order), drawnUnits)]
	if len(order) < 2 {
		return nil
	}
	at := map[string]int{}
	for _, i := range order {
		at[r.Units[i]] = len(g.nodes)
		g.nodes = append(g.nodes, graphNode{
			code: r.Units[i], name: c.nameOf(r.Units[i]), strength: s[i], community: max(0, r.Community(r.Units[i])),
			r: 4 + 17*math.Sqrt(s[i]/s[order[0]]),
		})
	}
	g.links = linksAmong(r, at)
	g.place(r, order)
	if c.Dir == "rtl" {
		for i := range g.nodes {
			g.nodes[i].x = graphSize - g.nodes[i].x
		}
	}
	c.drawGraph(g)
	g.Summary = c.T("network.graph.says", "n", len(g.nodes))
	return g
}

// byStrength lists the units that are tied, the strongest first.
func byStrength(s []float64) []int {
	var order []int
	for i, v := range s {
		if v > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s[b], s[a]) })
	return order
}

// linksAmong are the links of the drawn units, the strongest first.
func linksAmong(r *network.Result, at map[string]int) []graphLink {
	var links []graphLink
	r.Pairs(func(a, b string, p network.Partner) {
		i, known := at[a]
		j, other := at[b]
		// The two directions of a pair are one line, told by the first of them.
		if !known || !other || r.Ties.Directed && a > b && p.Back > 0 {
			return
		}
		l := graphLink{a: i, b: j, weight: p.Weight}
		if r.Ties.Directed {
			l.weight += p.Back
		}
		links = append(links, l)
	})
	slices.SortStableFunc(links, func(a, b graphLink) int { return cmp.Compare(b.weight, a.weight) })
	return links
}

// place finds a place for every node: that of the layout, with overlapping
// circles pushed apart.
func (g *graph) place(r *network.Result, order []int) {
	n := len(g.nodes)
	start := make([]int, n)
	for i := range start {
		start[i] = i
	}
	slices.SortStableFunc(start, func(a, b int) int { return cmp.Compare(g.nodes[a].community, g.nodes[b].community) })
	strength := slices.Index(network.MeasureNames(), "association-strength")
	x, y := network.Layout(n, func(i, j int) float64 { return r.Normalised(order[i], order[j])[strength] }, start)
	const margin = 40
	half := graphSize/2 - margin
	x, y = evened(x), evened(y)
	for i := range g.nodes {
		g.nodes[i].x, g.nodes[i].y = graphSize/2+float64(half*x[i]), graphSize/2+float64(half*y[i])
	}
	for range 80 {
		g.pushApart()
	}
}

// evened sets values half-way between where they are in their range and where
// they would stand if they filled -1 to 1 evenly, so that the square is used.
func evened(v []float64) []float64 {
	order := make([]int, len(v))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(v[a], v[b]) })
	low, high := v[order[0]], v[order[len(order)-1]]
	out := make([]float64, len(v))
	for k, i := range order {
		even, own := 2*float64(k)/float64(len(v)-1)-1, 0.0
		if high > low {
			own = 2*(v[i]-low)/(high-low) - 1
		}
		out[i] = (even + own) / 2
	}
	return out
}

// pushApart moves circles that overlap half of the way each.
func (g *graph) pushApart() {
	const between, margin = 5, 20
	for i := range g.nodes {
		for j := range i {
			a, b := &g.nodes[i], &g.nodes[j]
			dx, dy := a.x-b.x, a.y-b.y
			d := math.Sqrt(float64(dx*dx) + float64(dy*dy))
			want := a.r + b.r + between
			if d >= want {
				continue
			}
			if d == 0 {
				dx, d = 1, 1
			}
			by := (want - d) / d / 2
			a.x, a.y = a.x+float64(dx*by), a.y+float64(dy*by)
			b.x, b.y = b.x-float64(dx*by), b.y-float64(dy*by)
		}
	}
	for i := range g.nodes {
		a := &g.nodes[i]
		a.x = min(max(a.x, margin+a.r), graphSize-margin-a.r)
		a.y = min(max(a.y, margin+a.r), graphSize-margin-a.r)
	}
}

// drawGraph writes what is drawn: the strongest links and those of every unit,
// below circles and labels.
func (c *visit) drawGraph(g *graph) {
	shown := g.shown()
	g.Shown = len(shown)
	for _, l := range slices.Backward(shown) {
		a, b := &g.nodes[l.a], &g.nodes[l.b]
		class := "kx"
		if a.community == b.community {
			class = communityClass(a.community)
		}
		g.Lines = append(g.Lines, graphLine{
			X1: coordinate(a.x), Y1: coordinate(a.y), X2: coordinate(b.x), Y2: coordinate(b.y), Class: class,
			Width: coordinate(tieWidth(l.weight, g.links[0].weight)),
		})
	}
	for i := range g.nodes {
		a := &g.nodes[i]
		g.Dots = append(g.Dots, graphDot{
			X: coordinate(a.x), Y: coordinate(a.y), R: coordinate(a.r), Class: communityClass(a.community), Code: a.code,
			Title: a.name + c.T("colon") + c.Figure(a.strength), URL: c.unitURL(a.code),
		})
	}
	g.Labels, g.Short = g.labels(12.5, 60), g.labels(30, 16)
	for k := 0; ; k++ {
		var names []string
		of := 0
		for i := range g.nodes {
			if g.nodes[i].community == k {
				if of++; of <= 3 {
					names = append(names, g.nodes[i].name)
				}
			}
		}
		if of == 0 {
			break
		}
		if of > 3 {
			names = append(names, "…")
		}
		g.Key = append(g.Key, graphKey{Number: c.Count(k + 1), Class: communityClass(k), Label: c.T("network.community", "n", k+1), Members: strings.Join(names, c.T("list.comma"))})
	}
}

// tieWidth is how thick the line of a tie is.
func tieWidth(weight, most float64) float64 { return 0.5 + 7*math.Sqrt(weight/most) }

// communityClass is the colour of a community in the style sheet.
func communityClass(k int) string { return "k" + string(rune('0'+k%communityColours)) }

// shown are the links that are drawn: the strongest, and of every unit some of
// its own, so that nobody stands without a line.
func (g *graph) shown() []graphLink {
	own := make([]int, len(g.nodes))
	var list []graphLink
	for k, l := range g.links {
		if k < drawnTies || own[l.a] < drawnOwn || own[l.b] < drawnOwn {
			own[l.a]++
			own[l.b]++
			list = append(list, l)
		}
	}
	return list
}

// box is a part of the picture that is taken.
type box struct{ left, top, right, bottom float64 }

func (a box) meets(b box) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

// labels names as many units as there is room for, the strongest first: right
// of the circle, left of it, below or above.
func (g *graph) labels(size float64, most int) []graphLabel {
	var taken []box
	for i := range g.nodes {
		a := &g.nodes[i]
		if a.r > 7 {
			taken = append(taken, box{a.x - a.r, a.y - a.r, a.x + a.r, a.y + a.r})
		}
	}
	var list []graphLabel
	for i := range g.nodes {
		a := &g.nodes[i]
		if len(list) == most {
			break
		}
		w, h := textWidth(a.name)*size, size*1.1
		aside := a.r + w/2 + size*0.25
		for _, to := range [][2]float64{{a.x + aside, a.y}, {a.x - aside, a.y}, {a.x, a.y + a.r + h*0.6}, {a.x, a.y - a.r - h*0.6}} {
			b := box{to[0] - w/2, to[1] - h/2, to[0] + w/2, to[1] + h/2}
			if b.left < 2 || b.top < 2 || b.right > graphSize-2 || b.bottom > graphSize-2 || slices.ContainsFunc(taken, b.meets) {
				continue
			}
			taken = append(taken, b)
			list = append(list, graphLabel{coordinate(to[0]), coordinate(to[1] + size*0.34), a.name, a.code})
			break
		}
	}
	return list
}
