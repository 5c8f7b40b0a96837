package draw

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Graph is a picture of a network: units where their ties draw them, as circles
// by strength and community.
type Graph struct {
	Summary string
	Size    string // of the square that it fills
	Shown   int    // links that are drawn
	Lines   []graphLine
	Dots    []graphDot
	Labels  []graphLabel // of wide pictures
	Short   []graphLabel // of narrow ones, larger and fewer
	Key     []graphKey

	Nodes []GraphNode
	Links []GraphLink // all of them, the strongest first
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

// GraphNode is a unit with its community, counted from 0. Its place and radius are
// found by the drawing.
type GraphNode struct {
	Code, Name string
	X, Y, R    float64
	Community  int
	Strength   float64
}

// GraphLink is a tie of two nodes by their positions.
type GraphLink struct {
	A, B   int
	Weight float64
}

// GraphWords is what a graph says.
type GraphWords struct {
	Summary   string
	Comma     string
	URL       func(code string) string
	Write     func(float64) string // a strength
	Community func(k int) (number, label string)
}

const (
	graphSize = 760.0
	// drawnTies is how many of the strongest ties are drawn, and drawnOwn how
	// many of every unit at least.
	drawnTies, drawnOwn = 110, 2
	communityColours    = 6
)

// Graph draws a network. Nodes are given with the strongest first, of which there
// are two at least, links likewise; x and y are where a layout has the nodes, in any
// scale. Circles that overlap are pushed apart.
func (h Hand) Graph(nodes []GraphNode, links []GraphLink, x, y []float64, words GraphWords) *Graph {
	g := &Graph{Size: Coordinate(graphSize), Summary: words.Summary, Nodes: nodes, Links: links}
	const margin = 40
	half := graphSize/2 - margin
	x, y = evened(x), evened(y)
	for i := range g.Nodes {
		g.Nodes[i].X, g.Nodes[i].Y = graphSize/2+float64(half*x[i]), graphSize/2+float64(half*y[i])
		g.Nodes[i].R = 4 + 17*math.Sqrt(g.Nodes[i].Strength/g.Nodes[0].Strength)
	}
	for range 80 {
		g.pushApart()
	}
	turn := h.turn(graphSize)
	for i := range g.Nodes {
		g.Nodes[i].X = turn(g.Nodes[i].X)
	}
	h.drawGraph(g, words)
	return g
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
func (g *Graph) pushApart() {
	const between, margin = 5, 20
	for i := range g.Nodes {
		for j := range i {
			a, b := &g.Nodes[i], &g.Nodes[j]
			dx, dy := a.X-b.X, a.Y-b.Y
			d := math.Sqrt(float64(dx*dx) + float64(dy*dy))
			want := a.R + b.R + between
			if d >= want {
				continue
			}
			if d == 0 {
				dx, d = 1, 1
			}
			by := (want - d) / d / 2
			a.X, a.Y = a.X+float64(dx*by), a.Y+float64(dy*by)
			b.X, b.Y = b.X-float64(dx*by), b.Y-float64(dy*by)
		}
	}
	for i := range g.Nodes {
		a := &g.Nodes[i]
		a.X = min(max(a.X, margin+a.R), graphSize-margin-a.R)
		a.Y = min(max(a.Y, margin+a.R), graphSize-margin-a.R)
	}
}

// drawGraph writes what is drawn: the strongest links and those of every unit,
// below circles and labels.
func (h Hand) drawGraph(g *Graph, words GraphWords) {
	shown := g.Drawn()
	g.Shown = len(shown)
	for _, l := range slices.Backward(shown) {
		a, b := &g.Nodes[l.A], &g.Nodes[l.B]
		class := "kx"
		if a.Community == b.Community {
			class = CommunityClass(a.Community)
		}
		g.Lines = append(g.Lines, graphLine{
			X1: Coordinate(a.X), Y1: Coordinate(a.Y), X2: Coordinate(b.X), Y2: Coordinate(b.Y), Class: class,
			Width: Coordinate(tieWidth(l.Weight, g.Links[0].Weight)),
		})
	}
	for i := range g.Nodes {
		a := &g.Nodes[i]
		g.Dots = append(g.Dots, graphDot{
			X: Coordinate(a.X), Y: Coordinate(a.Y), R: Coordinate(a.R), Class: CommunityClass(a.Community), Code: a.Code,
			Title: a.Name + h.Colon + words.Write(a.Strength), URL: words.URL(a.Code),
		})
	}
	g.Labels, g.Short = g.labels(12.5, 60), g.labels(30, 16)
	for k := 0; ; k++ {
		var names []string
		of := 0
		for i := range g.Nodes {
			if g.Nodes[i].Community == k {
				if of++; of <= 3 {
					names = append(names, g.Nodes[i].Name)
				}
			}
		}
		if of == 0 {
			break
		}
		if of > 3 {
			names = append(names, "…")
		}
		number, label := words.Community(k)
		g.Key = append(g.Key, graphKey{Number: number, Class: CommunityClass(k), Label: label, Members: strings.Join(names, words.Comma)})
	}
}

// tieWidth is how thick the line of a tie is.
func tieWidth(weight, most float64) float64 { return 0.5 + 7*math.Sqrt(weight/most) }

// CommunityClass is the colour of a community in the style sheet.
func CommunityClass(k int) string { return "k" + string(rune('0'+k%communityColours)) }

// Drawn are the links that are drawn: the strongest, and of every unit some of
// its own, so that nobody stands without a line.
func (g *Graph) Drawn() []GraphLink {
	own := make([]int, len(g.Nodes))
	var list []GraphLink
	for k, l := range g.Links {
		if k < drawnTies || own[l.A] < drawnOwn || own[l.B] < drawnOwn {
			own[l.A]++
			own[l.B]++
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
func (g *Graph) labels(size float64, most int) []graphLabel {
	var taken []box
	for i := range g.Nodes {
		a := &g.Nodes[i]
		if a.R > 7 {
			taken = append(taken, box{a.X - a.R, a.Y - a.R, a.X + a.R, a.Y + a.R})
		}
	}
	var list []graphLabel
	for i := range g.Nodes {
		a := &g.Nodes[i]
		if len(list) == most {
			break
		}
		w, h := textWidth(a.Name)*size, size*1.1
		aside := a.R + w/2 + size*0.25
		for _, to := range [][2]float64{{a.X + aside, a.Y}, {a.X - aside, a.Y}, {a.X, a.Y + a.R + h*0.6}, {a.X, a.Y - a.R - h*0.6}} {
			b := box{to[0] - w/2, to[1] - h/2, to[0] + w/2, to[1] + h/2}
			if b.left < 2 || b.top < 2 || b.right > graphSize-2 || b.bottom > graphSize-2 || slices.ContainsFunc(taken, b.meets) {
				continue
			}
			taken = append(taken, b)
			list = append(list, graphLabel{Coordinate(to[0]), Coordinate(to[1] + size*0.34), a.Name, a.Code})
			break
		}
	}
	return list
}
