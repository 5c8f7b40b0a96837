package network

import (
	"cmp"
	"math"
	"slices"
)

// layoutSweeps is how often every node of a layout is moved.
const layoutSweeps = 150

// Layout places n nodes in the plane so that those with more affinity stand
// closer together. It minimises
//
//	sum over i < j of s_ij d_ij^2 - d_ij
//
// where d_ij is the distance of two nodes, node by node: each goes to the least
// of the sum in which its second part is replaced by its tangent, so that no
// move makes the sum greater. Then the distances from the middle are spread, in
// their order and along their directions, so that the nodes fill a disc of
// radius 1 evenly.
//
// affinity tells s_ij of 0 or more, whichever comes first; missing (NaN) counts
// as 0. start is an order of all nodes that decides where they begin; nil is
// that of their numbers. The same arguments give the same places.
//
// Source: van Eck and Waltman (2007), VOS: a new method for visualizing
// similarities between objects; Noack (2009), Modularity clustering is
// force-directed layout, on what the sum tells; the moves are those of a
// majorisation, de Leeuw (1988).
func Layout(n int, affinity func(i, j int) float64, start []int) (x, y []float64) {
	x, y = make([]float64, n), make([]float64, n)
	if start == nil {
		start = make([]int, n)
		for i := range start {
			start[i] = i
		}
	}
	turn := math.Pi * (3 - math.Sqrt(5)) // the golden angle
	for k, i := range start {
		radius, angle := math.Sqrt((float64(k)+0.5)/float64(n)), turn*float64(k)
		x[i], y[i] = radius*math.Cos(angle), radius*math.Sin(angle)
	}
	s, sums := affinities(n, affinity)
	for range layoutSweeps {
		for i := range n {
			if sums[i] > 0 {
				moveNode(i, x, y, s[i], sums[i])
			}
		}
	}
	spreadOut(x, y)
	return x, y
}

// affinities are those of all pairs on the scale on which their mean is 1, and
// their sums by node.
func affinities(n int, affinity func(i, j int) float64) (s [][]float64, sums []float64) {
	s, sums = make([][]float64, n), make([]float64, n)
	total := 0.0
	for i := range n {
		s[i] = make([]float64, n)
		for j := range n {
			if v := affinity(i, j); v > 0 && i != j {
				s[i][j] = v
				total += v
			}
		}
	}
	mean := total / max(1, float64(n*(n-1)))
	for i := range n {
		for j := range n {
			if mean > 0 {
				s[i][j] /= mean
			}
			sums[i] += s[i][j]
		}
	}
	return s, sums
}

// moveNode puts a node where the others want it.
func moveNode(i int, x, y, s []float64, sum float64) {
	var toX, toY float64
	for j := range x {
		dx, dy := x[i]-x[j], y[i]-y[j]
		d := math.Sqrt(float64(dx*dx) + float64(dy*dy))
		if j == i || d == 0 {
			continue
		}
		toX += float64(s[j]*x[j]) + float64(dx/d)/2
		toY += float64(s[j]*y[j]) + float64(dy/d)/2
	}
	x[i], y[i] = toX/sum, toY/sum
}

// spreadOut moves nodes away from or towards their middle, so that as many
// stand in every ring of the disc as it has room for.
func spreadOut(x, y []float64) {
	n := len(x)
	var middleX, middleY float64
	for i := range x {
		middleX += x[i] / float64(n)
		middleY += y[i] / float64(n)
	}
	radius, order := make([]float64, n), make([]int, n)
	for i := range x {
		x[i] -= middleX
		y[i] -= middleY
		radius[i], order[i] = math.Sqrt(float64(x[i]*x[i])+float64(y[i]*y[i])), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(radius[a], radius[b]) })
	for k, i := range order {
		if radius[i] == 0 {
			continue
		}
		to := math.Sqrt((float64(k) + 0.5) / float64(n))
		x[i], y[i] = x[i]/radius[i]*to, y[i]/radius[i]*to
	}
}
