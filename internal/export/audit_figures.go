package export

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"mizan/audit"
	"mizan/stat"
)

// shade is the colour of a correlation: from the red of -1 over white to the
// green of 1.
func shade(r float64) string {
	if r != r {
		return "#eceff0"
	}
	to := [3]float64{11, 93, 104}
	if r < 0 {
		to = [3]float64{156, 51, 35}
	}
	part := math.Min(1, math.Abs(r))
	c := [3]int{}
	for i, v := range to {
		c[i] = int(math.Round(255 + part*(v-255)))
	}
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}

// heatMap draws correlations of rows with columns, with the figure in each
// cell.
func heatMap(title string, rows, columns []string, at func(i, j int) float64) *drawing {
	const cell, high = 38.0, 20.0
	left := widest(rows) + 10
	top := widest(columns)*0.87 + 16
	d := newDrawing(title, left+cell*float64(len(columns))+widest(columns)*0.5+8, top+high*float64(len(rows))+4)
	for j, name := range columns {
		d.upright(left+cell*(float64(j)+0.55), top-6, "label", name)
	}
	for i, name := range rows {
		y := top + high*float64(i)
		d.text(left-6, y+14, "end", "label", name)
		for j, other := range columns {
			r := at(i, j)
			x := left + cell*float64(j)
			d.Rects = append(d.Rects, rect{px(x), px(y), px(cell - 1), px(high - 1), "cell", shade(r), name + ", " + other + ": " + correlation(r)})
			class := "figure"
			if math.Abs(r) > 0.6 {
				class = "figure light"
			}
			d.text(x+cell/2, y+14, "middle", class, correlation(r))
		}
	}
	return d
}

// groupMap is the heat map of an aggregate's children with one another and
// with it.
func groupMap(g audit.Group) *drawing {
	columns := append(slices.Clone(g.Children), g.Code)
	return heatMap("Correlations of the components of "+g.Code+" with one another and with it", g.Children, columns, func(i, j int) float64 {
		if j == len(g.Children) {
			return g.Parent[i]
		}
		return g.R[i][j]
	})
}

// scree draws the eigenvalues of a group, and the limit of the second.
func scree(g audit.Group, limit float64) *drawing {
	const step, high, left, top, bottom = 22.0, 90.0, 26.0, 20.0, 18.0
	n := len(g.Eigenvalues)
	d := newDrawing(fmt.Sprintf("Scree plot of %s: eigenvalues of %d principal components", g.Code, n),
		math.Max(left+step*float64(n)+12, left+widest([]string{g.Code})+8), top+high+bottom)
	y := span{0, math.Max(g.Eigenvalues[0], limit), top + high, top}
	d.text(left, 12, "start", "label strong", g.Code)
	for _, v := range []float64{0, limit, g.Eigenvalues[0]} {
		d.text(left-4, y.at(v)+4, "end", "label", fixed(v, 1))
	}
	d.line(left, y.at(0), left+step*float64(n)+6, y.at(0), "axis")
	d.line(left, y.at(limit), left+step*float64(n)+6, y.at(limit), "limit")
	before := 0.0
	for i, v := range g.Eigenvalues {
		x := left + step*(float64(i)+0.5)
		if i > 0 {
			d.line(x-step, y.at(before), x, y.at(v), "curve")
		}
		d.dot(x, y.at(v), 3.2, "mark", fmt.Sprintf("component %d: %s", i+1, number(v, 5)))
		if n <= 12 || i%2 == 0 {
			d.text(x, top+high+14, "middle", "label", strconv.Itoa(i+1))
		}
		before = v
	}
	return d
}

// boxes draws how the normalised scores of every indicator are spread: the
// middle half as a box, the rest as a line, units beyond 1.5 times the box as
// dots.
func boxes(codes []string, columns [][]float64, units []string) *drawing {
	const row, left0, wide = 17.0, 12.0, 520.0
	left := widest(codes) + left0
	d := newDrawing("Box plots of the normalised scores of every indicator", left+wide+24, row*float64(len(codes))+30)
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range columns {
		if lo, hi := stat.MinMax(x); lo == lo {
			low, high = math.Min(low, lo), math.Max(high, hi)
		}
	}
	if low > high {
		return nil
	}
	scale := span{low, high, left, left + wide}
	bottom := row*float64(len(codes)) + 6
	for k := range 5 {
		v := low + (high-low)*float64(k)/4
		d.line(scale.at(v), 2, scale.at(v), bottom, "grid")
		d.text(scale.at(v), bottom+16, "middle", "label", number(v, 5))
	}
	for i, code := range codes {
		y := row*float64(i) + row/2 + 2
		d.text(left-6, y+4, "end", "label", code)
		x := columns[i]
		q1, q3 := stat.Quantile(x, 0.25), stat.Quantile(x, 0.75)
		if q1 != q1 {
			continue
		}
		reach := 1.5 * (q3 - q1)
		from, to := q3, q1
		for u, v := range x {
			if v < q1-reach || v > q3+reach {
				d.dot(scale.at(v), y, 2, "outlier", units[u]+": "+number(v, 5))
			} else if v == v {
				from, to = math.Min(from, v), math.Max(to, v)
			}
		}
		d.line(scale.at(from), y, scale.at(to), y, "whisker")
		d.rect(scale.at(q1), y-4.5, math.Max(1, scale.at(q3)-scale.at(q1)), 9, "box", code+": the middle half from "+number(q1, 5)+" to "+number(q3, 5))
		m := scale.at(stat.Median(x))
		d.line(m, y-5.5, m, y+5.5, "median")
	}
	return d
}

// bins is how many bars a histogram has.
const bins = 12

// histogram draws how the figures of an indicator are spread after treatment.
func histogram(code string, x []float64, flagged bool) *drawing {
	low, high := stat.MinMax(x)
	if !(low < high) {
		return nil
	}
	const wide, tall = 150.0, 62.0
	counts := [bins]int{}
	top := 0
	for _, v := range x {
		if v == v {
			i := min(bins-1, int(float64(bins)*(v-low)/(high-low)))
			counts[i]++
			top = max(top, counts[i])
		}
	}
	d := newDrawing(fmt.Sprintf("Histogram of %s after treatment, from %s to %s", code, number(low, 5), number(high, 5)), wide+8, tall+36)
	class := "label strong"
	if flagged {
		class = "label strong flagged"
	}
	d.text(2, 12, "start", class, code)
	step := wide / bins
	for i, n := range counts {
		h := tall * float64(n) / float64(top)
		from := low + (high-low)*float64(i)/bins
		d.rect(2+step*float64(i), 18+tall-h, step-1, h, "bar", fmt.Sprintf("%s to %s: %d", number(from, 5), number(from+(high-low)/bins, 5), n))
	}
	d.line(2, 18+tall, 2+wide, 18+tall, "axis")
	d.text(2, tall+32, "start", "label", number(low, 5))
	d.text(2+wide, tall+32, "end", "label", number(high, 5))
	return d
}

// shiftPlot sets two rankings against each other: a dot per unit, the equal
// ranks on the diagonal. Units that move furthest are named.
func shiftPlot(title, across, up string, from, to []float64, units []string) *drawing {
	const size, left, bottom = 360.0, 44.0, 40.0
	d := newDrawing(title, left+size+70, size+bottom+12)
	_, most := stat.MinMax(append(slices.Clone(from), to...))
	if most != most {
		return nil
	}
	x, y := span{1, most, left + 8, left + size}, span{1, most, 8, size}
	d.line(x.at(1), y.at(1), x.at(most), y.at(most), "limit")
	d.line(left, 4, left, size+6, "axis")
	d.line(left, size+6, left+size+4, size+6, "axis")
	for _, v := range []float64{1, math.Round((1 + most) / 2), most} {
		d.text(x.at(v), size+20, "middle", "label", fixed(v, 0))
		d.text(left-6, y.at(v)+4, "end", "label", fixed(v, 0))
	}
	d.text(left+size/2, size+36, "middle", "label", across)
	d.Texts = append(d.Texts, words{X: "12", Y: px(size / 2), Anchor: "middle", Class: "label", Turn: "-90", Text: up})
	named := furthest(from, to, 6)
	for u := range units {
		if d0 := to[u] - from[u]; d0 == d0 {
			d.dot(x.at(from[u]), y.at(to[u]), 3, "mark", fmt.Sprintf("%s: %.0f and %.0f", units[u], from[u], to[u]))
		}
	}
	for _, u := range named {
		d.text(x.at(from[u])+5, y.at(to[u])+4, "start", "label strong", units[u])
	}
	return d
}

// furthest are the positions of the units whose ranks differ most, none where
// they do not.
func furthest(from, to []float64, most int) []int {
	var list []int
	for u := range from {
		if to[u] != from[u] && to[u] == to[u] && from[u] == from[u] {
			list = append(list, u)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int {
		return int(math.Abs(to[b]-from[b]) - math.Abs(to[a]-from[a]))
	})
	return list[:min(most, len(list))]
}

// bars draws what ranks change on average without each component, the most
// important first, and the limit.
func bars(title string, codes []string, values []float64, limit float64) *drawing {
	const row, wide = 17.0, 420.0
	left := widest(codes) + 12
	_, top := stat.MinMax(values)
	if top != top {
		return nil
	}
	scale := span{0, math.Max(top, limit), left, left + wide}
	d := newDrawing(title, left+wide+50, row*float64(len(codes))+22)
	for i, code := range codes {
		y := row * float64(i)
		d.text(left-6, y+13, "end", "label", code)
		if v := values[i]; v == v {
			d.rect(left, y+3, scale.at(v)-left, row-5, "bar", code+": "+fixed(v, 2))
			d.text(scale.at(v)+5, y+13, "start", "label", fixed(v, 2))
		}
	}
	end := row*float64(len(codes)) + 4
	d.line(left, 0, left, end, "axis")
	d.line(scale.at(limit), 0, scale.at(limit), end, "limit")
	d.text(scale.at(limit), end+14, "middle", "label", "limit "+fixed(limit, 2))
	return d
}

// weightsPlot sets the weight of every component beside its share of
// importance within its parent.
func weightsPlot(list []audit.Importance) *drawing {
	const row, wide = 17.0, 420.0
	codes := make([]string, len(list))
	top := 0.0
	for i, x := range list {
		codes[i] = x.Code
		for _, v := range []float64{float64(x.Weight), float64(x.Share)} {
			if v == v {
				top = math.Max(top, v)
			}
		}
	}
	if top == 0 {
		return nil
	}
	left := widest(codes) + 12
	scale := span{0, top, left, left + wide}
	d := newDrawing("Weight of every component beside its share of importance within its parent", left+wide+40, row*float64(len(list))+26)
	bottom := row*float64(len(list)) + 4
	for k := range 5 {
		v := top * float64(k) / 4
		d.line(scale.at(v), 0, scale.at(v), bottom, "grid")
		d.text(scale.at(v), bottom+15, "middle", "label", percent(v))
	}
	for i, x := range list {
		y := row*float64(i) + row/2
		d.text(left-6, y+4, "end", "label", x.Code)
		w, s := float64(x.Weight), float64(x.Share)
		if s == s && w == w {
			d.line(scale.at(w), y, scale.at(s), y, "whisker")
			d.dot(scale.at(s), y, 4, "mark", x.Code+": importance "+percent(s))
		}
		if w == w {
			d.rect(scale.at(w)-1.5, y-5, 3, 10, "tick", x.Code+": weight "+percent(w))
		}
	}
	return d
}
