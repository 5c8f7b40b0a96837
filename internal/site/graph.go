package site

import (
	"cmp"
	"slices"

	"mizan/internal/site/draw"
	"mizan/network"
)

// drawnUnits is how many units of a network are drawn, the strongest.
const drawnUnits = 120

// graphOf draws a network; nil where fewer than two units are tied.
func (c *visit) graphOf(r *network.Result) *draw.Graph {
	s := r.Metric("strength").Values
	order := byStrength(s)
	order = order[:min(len(order), drawnUnits)]
	if len(order) < 2 {
		return nil
	}
	at := map[string]int{}
	var nodes []draw.GraphNode
	for _, i := range order {
		at[r.Units[i]] = len(nodes)
		nodes = append(nodes, draw.GraphNode{Code: r.Units[i], Name: c.nameOf(r.Units[i]), Strength: s[i], Community: max(0, r.Community(r.Units[i]))})
	}
	start := make([]int, len(nodes))
	for i := range start {
		start[i] = i
	}
	slices.SortStableFunc(start, func(a, b int) int { return cmp.Compare(nodes[a].Community, nodes[b].Community) })
	strength := slices.Index(network.MeasureNames(), "association-strength")
	x, y := network.Layout(len(nodes), func(i, j int) float64 { return r.Normalised(order[i], order[j])[strength] }, start)
	return c.hand().Graph(nodes, linksAmong(r, at), x, y, draw.GraphWords{
		Summary: c.T("network.graph.says", "n", len(nodes)), Comma: c.T("list.comma"), URL: c.unitURL, Write: c.Figure,
		Community: func(k int) (number, label string) { return c.Count(k + 1), c.T("network.community", "n", k+1) },
	})
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
func linksAmong(r *network.Result, at map[string]int) []draw.GraphLink {
	var links []draw.GraphLink
	r.Pairs(func(a, b string, p network.Partner) {
		i, known := at[a]
		j, other := at[b]
		// The two directions of a pair are one line, told by the first of them.
		if !known || !other || r.Ties.Directed && a > b && p.Back > 0 {
			return
		}
		l := draw.GraphLink{A: i, B: j, Weight: p.Weight}
		if r.Ties.Directed {
			l.Weight += p.Back
		}
		links = append(links, l)
	})
	slices.SortStableFunc(links, func(a, b draw.GraphLink) int { return cmp.Compare(b.Weight, a.Weight) })
	return links
}
