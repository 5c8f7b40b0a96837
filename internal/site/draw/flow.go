package draw

import "strings"

// Flow is a drawing of who supplies whom (Sankey): suppliers on one side, units
// on the other, bands as wide as what flows.
type Flow struct {
	Class         string
	Width, Height string
	Bands         []flowBand
	Nodes         []flowNode
}

// flowBand is what flows from one end to another.
type flowBand struct{ Path, Class, Title, From, To string }

// flowNode is the bar of an end with its label.
type flowNode struct {
	Key, Class, Title   string
	X, Y, Width, Height string
	LabelX, Anchor      string
	Labels              []flowLine
}

// flowLine is a line of a label.
type flowLine struct{ Y, Text string }

// FlowEnd is a supplier or a unit, or the rest of either.
type FlowEnd struct {
	Key, Name, Class string
	Quantity         float64
	Says             string

	lines []string // of the label
}

// FlowData are the quantities that are drawn.
type FlowData struct {
	From, To []FlowEnd
	Amounts  [][]float64 // [from][to]
	Total    float64
}

// FlowWords is what a flow says.
type FlowWords struct {
	Write func(float64) string                   // a quantity
	Share func(share float64, digits int) string // a part of the whole
	Part  func(name, share string) string        // a name with its share
}

// flowLook is how a drawing is laid out.
type flowLook struct {
	class               string
	width, height, font float64
	left, right         float64 // room of the names
}

var flowLooks = []flowLook{
	{"flow-wide", 940, 620, 14, 220, 210},
	{"flow-narrow", 400, 720, 14, 112, 126},
}

// Flows draws what flows, wide and narrow; none where nothing flows.
func (h Hand) Flows(f *FlowData, words FlowWords) []*Flow {
	if f.Total <= 0 || len(f.To) == 0 {
		return nil
	}
	var list []*Flow
	for _, look := range flowLooks {
		list = append(list, h.flow(f, words, look))
	}
	return list
}

// flow lays the ends out and bends the bands.
func (h Hand) flow(f *FlowData, words FlowWords, look flowLook) *Flow {
	g := &Flow{Class: look.class, Width: Coordinate(look.width), Height: Coordinate(look.height)}
	const bar = 13.0
	labelEnds(f.From, f.Total, look.left, look, words)
	labelEnds(f.To, f.Total, look.right, look, words)
	scale := min(flowScale(f.From, look), flowScale(f.To, look))
	turn := h.turn(look.width) // where the script runs to the left, so does what flows
	fromTops, toTops := flowTops(f.From, look, scale), flowTops(f.To, look, scale)
	x0, x1 := look.left+bar, look.width-look.right-bar
	used, filled := make([]float64, len(f.From)), make([]float64, len(f.To))
	for i := range f.From {
		for k := range f.To {
			q := f.Amounts[i][k] * scale
			if q <= 0 {
				continue
			}
			a, b := fromTops[i]+used[i], toTops[k]+filled[k]
			used[i] += q
			filled[k] += q
			g.Bands = append(g.Bands, flowBand{
				Path: flowPath(turn(x0), turn(x1), a, b, max(q, 0.4)), Class: f.From[i].Class, From: f.From[i].Key, To: f.To[k].Key,
				Title: f.From[i].Name + " – " + f.To[k].Name + h.Colon + words.Write(f.Amounts[i][k]),
			})
		}
	}
	node := func(e *FlowEnd, x, labelX, top float64, anchor string) {
		high := max(e.Quantity*scale, 1)
		n := flowNode{
			Key: e.Key, Class: e.Class, Title: e.Says, X: Coordinate(min(turn(x), turn(x+bar))), Y: Coordinate(top), Width: Coordinate(bar), Height: Coordinate(high),
			LabelX: Coordinate(turn(labelX)), Anchor: h.anchor(anchor),
		}
		for k, line := range e.lines {
			shift := (float64(k) - float64(len(e.lines)-1)/2) * look.font * 1.2
			n.Labels = append(n.Labels, flowLine{Coordinate(top + high/2 + look.font*0.36 + shift), line})
		}
		g.Nodes = append(g.Nodes, n)
	}
	for i := range f.From {
		node(&f.From[i], look.left, look.left-7, fromTops[i], "end")
	}
	for k := range f.To {
		node(&f.To[k], look.width-look.right-bar, look.width-look.right+7, toTops[k], "start")
	}
	return g
}

// labelEnds writes the labels of the ends of one side: name and share of the
// whole, in two lines where there is no room for one.
func labelEnds(ends []FlowEnd, total, room float64, look flowLook, words FlowWords) {
	width := room/look.font - 1
	for i := range ends {
		e := &ends[i]
		share := words.Share(e.Quantity/total, shareDigits(e.Quantity/total))
		label := words.Part(e.Name, share)
		if textWidth(label) <= width {
			e.lines = []string{label}
			continue
		}
		first, rest := "", e.Name
		for {
			word, after, more := strings.Cut(rest, " ")
			if !more || textWidth(first+" "+word) > width {
				break
			}
			first, rest = strings.TrimSpace(first+" "+word), after
		}
		last := words.Part(fitName(rest, width-textWidth(share)-0.4), share)
		if e.lines = []string{first, last}; first == "" {
			e.lines = []string{last}
		}
	}
}

// shareDigits are the decimals of a share: small ones need some.
func shareDigits(share float64) int {
	switch {
	case share < 0.001:
		return 2
	case share < 0.01:
		return 1
	}
	return 0
}

// slot is the least height that an end takes, so that names do not touch.
func (l flowLook) slot(e *FlowEnd) float64 {
	return l.font * (0.05 + 1.2*float64(max(1, len(e.lines))))
}

const flowGap = 5.0

// flowScale is how high one unit of quantity is at most, so that all ends fit
// with their names.
func flowScale(ends []FlowEnd, look flowLook) float64 {
	room := look.height - flowGap*float64(len(ends)) - 4
	small := make([]bool, len(ends))
	for {
		left, quantity := room, 0.0
		for i := range ends {
			if small[i] {
				left -= look.slot(&ends[i])
			} else {
				quantity += ends[i].Quantity
			}
		}
		scale, more := left/quantity, false
		for i := range ends {
			if !small[i] && ends[i].Quantity*scale < look.slot(&ends[i]) {
				small[i], more = true, true
			}
		}
		if !more || quantity == 0 {
			return max(scale, 0)
		}
	}
}

// flowTops are where the bars of the ends begin, in the middle of their slots;
// what room is left is shared out between them.
func flowTops(ends []FlowEnd, look flowLook, scale float64) []float64 {
	need := 0.0
	for i := range ends {
		need += max(ends[i].Quantity*scale, look.slot(&ends[i])) + flowGap
	}
	extra := max(0, look.height-need) / float64(len(ends))
	tops, y := make([]float64, len(ends)), extra/2
	for i := range ends {
		q := ends[i].Quantity * scale
		h := max(q, look.slot(&ends[i]))
		tops[i] = y + (h-q)/2
		y += h + flowGap + extra
	}
	return tops
}

// flowPath is a band from x0 to x1 whose upper edge goes from a to b.
func flowPath(x0, x1, a, b, h float64) string {
	m := Coordinate((x0 + x1) / 2)
	at := func(x, y float64) string { return Coordinate(x) + " " + Coordinate(y) }
	return "M" + at(x0, a) + "C" + m + " " + Coordinate(a) + " " + m + " " + Coordinate(b) + " " + at(x1, b) +
		"V" + Coordinate(b+h) + "C" + m + " " + Coordinate(b+h) + " " + m + " " + Coordinate(a+h) + " " + at(x0, a+h) + "Z"
}
