package site

import (
	"math"
	"strings"

	"mizan/network"
)

// flow is a drawing of who supplies whom (Sankey): suppliers on one side, units
// on the other, bands as wide as what flows.
type flow struct {
	Class         string
	Width, Height string
	Bands         []flowBand
	Nodes         []flowNode
}

type flowBand struct{ Path, Class, Title, From, To string }

type flowNode struct {
	Key, Class, Title   string
	X, Y, Width, Height string
	LabelX, Anchor      string
	Labels              []flowLine
}

// flowLine is a line of a label.
type flowLine struct{ Y, Text string }

// flowEnd is a supplier or a unit, or the rest of either.
type flowEnd struct {
	key, name, class string
	quantity         float64
	says             string
	lines            []string // of the label
}

// flowData are the quantities that are drawn.
type flowData struct {
	from, to []flowEnd
	amounts  [][]float64 // [from][to]
	total    float64
}

const (
	flowSuppliers = 6
	flowUnits     = 14
)

// flowOf sums up what flows: the largest suppliers and units by themselves, the
// others together, and what has a supplier whom nobody knows.
func (c *visit) flowOf(d *network.SupplyResult) *flowData {
	f := &flowData{}
	at := map[string]int{}
	suppliers := d.World.Suppliers
	for i, s := range suppliers[:min(len(suppliers), flowSuppliers)] {
		at[s.Supplier] = i
		f.from = append(f.from, flowEnd{key: "s-" + s.Supplier, name: supplierName(s), class: communityClass(min(i, colours-1))})
	}
	rest := -1
	if n := len(suppliers) - flowSuppliers; n > 0 {
		rest = len(f.from)
		f.from = append(f.from, flowEnd{key: "s", name: c.T("supply.other-suppliers", "n", n), class: communityClass(colours - 1)})
	}
	unknown := -1
	if float64(d.World.Unknown) > 0 {
		unknown = len(f.from)
		f.from = append(f.from, flowEnd{key: "s-?", name: c.T("supply.unknown-supplier"), class: "kn"})
	}
	for i := range d.Units {
		if u := &d.Units[i]; i < flowUnits {
			f.to = append(f.to, flowEnd{key: "u-" + u.Code, name: c.nameOf(u.Code), class: "ku"})
		}
	}
	if n := len(d.Units) - flowUnits; n > 0 {
		f.to = append(f.to, flowEnd{key: "u", name: c.T("supply.other-units", "n", n), class: "ku"})
	}
	f.amounts = make([][]float64, len(f.from))
	for k := range f.amounts {
		f.amounts[k] = make([]float64, len(f.to))
	}
	add := func(from, to int, q float64) {
		if from >= 0 {
			f.amounts[from][to] += q
			f.from[from].quantity += q
			f.to[to].quantity += q
			f.total += q
		}
	}
	for i := range d.Units {
		u := &d.Units[i]
		to := min(i, flowUnits)
		for _, s := range u.Suppliers {
			from, own := at[s.Supplier]
			if !own {
				from = rest
			}
			add(from, to, s.Quantity)
		}
		if share := float64(u.Unknown); share > 0 {
			add(unknown, to, share*u.Quantity)
		}
	}
	c.flowSays(f)
	return f
}

// supplierName is the name of a supplier, or its code.
func supplierName(s network.SupplierShare) string {
	if s.Name != "" {
		return s.Name
	}
	return s.Supplier
}

// flowSays writes what is to be said of every end: its parts, the largest
// first.
func (c *visit) flowSays(f *flowData) {
	say := func(e *flowEnd, others []flowEnd, amount func(int) float64) {
		var parts []string
		for k, o := range others {
			if q := amount(k); q > 0.0005*e.quantity {
				parts = append(parts, c.T("supply.part", "name", o.name, "share", c.Percent(q/e.quantity, 1)))
			}
		}
		e.says = e.name + c.T("colon") + strings.Join(parts, c.T("list.semicolon"))
	}
	for i := range f.from {
		say(&f.from[i], f.to, func(k int) float64 { return f.amounts[i][k] })
	}
	for i := range f.to {
		say(&f.to[i], f.from, func(k int) float64 { return f.amounts[k][i] })
	}
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

// drawFlow lays the ends out and bends the bands; nil where nothing flows.
func (c *visit) drawFlow(f *flowData, look flowLook) *flow {
	if f.total <= 0 || len(f.to) == 0 {
		return nil
	}
	g := &flow{Class: look.class, Width: coordinate(look.width), Height: coordinate(look.height)}
	const bar = 13.0
	c.labelEnds(f.from, f.total, look.left, look)
	c.labelEnds(f.to, f.total, look.right, look)
	scale := min(flowScale(f.from, look), flowScale(f.to, look))
	turn := func(x float64) float64 { // where the script runs to the left, so does what flows
		if c.Dir == "rtl" {
			return look.width - x
		}
		return x
	}
	fromTops, toTops := flowTops(f.from, look, scale), flowTops(f.to, look, scale)
	x0, x1 := look.left+bar, look.width-look.right-bar
	used, filled := make([]float64, len(f.from)), make([]float64, len(f.to))
	for i := range f.from {
		for k := range f.to {
			q := f.amounts[i][k] * scale
			if q <= 0 {
				continue
			}
			a, b := fromTops[i]+used[i], toTops[k]+filled[k]
			used[i] += q
			filled[k] += q
			g.Bands = append(g.Bands, flowBand{
				Path: flowPath(turn(x0), turn(x1), a, b, max(q, 0.4)), Class: f.from[i].class, From: f.from[i].key, To: f.to[k].key,
				Title: f.from[i].name + " – " + f.to[k].name + c.T("colon") + c.Figure(f.amounts[i][k]),
			})
		}
	}
	node := func(e *flowEnd, x, labelX, top float64, anchor string) {
		h := max(e.quantity*scale, 1)
		if c.Dir == "rtl" {
			anchor = map[string]string{"start": "end", "end": "start"}[anchor]
		}
		n := flowNode{
			Key: e.key, Class: e.class, Title: e.says, X: coordinate(min(turn(x), turn(x+bar))), Y: coordinate(top), Width: coordinate(bar), Height: coordinate(h),
			LabelX: coordinate(turn(labelX)), Anchor: anchor,
		}
		for k, line := range e.lines {
			shift := (float64(k) - float64(len(e.lines)-1)/2) * look.font * 1.2
			n.Labels = append(n.Labels, flowLine{coordinate(top + h/2 + look.font*0.36 + shift), line})
		}
		g.Nodes = append(g.Nodes, n)
	}
	for i := range f.from {
		node(&f.from[i], look.left, look.left-7, fromTops[i], "end")
	}
	for k := range f.to {
		node(&f.to[k], look.width-look.right-bar, look.width-look.right+7, toTops[k], "start")
	}
	return g
}

// labelEnds writes the labels of the ends of one side: name and share of the
// whole, in two lines where there is no room for one.
func (c *visit) labelEnds(ends []flowEnd, total, room float64, look flowLook) {
	width := room/look.font - 1
	for i := range ends {
		e := &ends[i]
		share := c.Percent(e.quantity/total, shareDigits(e.quantity/total))
		label := c.T("supply.part", "name", e.name, "share", share)
		if textWidth(label) <= width {
			e.lines = []string{label}
			continue
		}
		first, rest := "", e.name
		for {
			word, after, more := strings.Cut(rest, " ")
			if !more || textWidth(first+" "+word) > width {
				break
			}
			first, rest = strings.TrimSpace(first+" "+word), after
		}
		last := c.T("supply.part", "name", fitName(rest, width-textWidth(share)-0.4), "share", share)
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
func (l flowLook) slot(e *flowEnd) float64 {
	return l.font * (0.05 + 1.2*float64(max(1, len(e.lines))))
}

const flowGap = 5.0

// flowScale is how high one unit of quantity is at most, so that all ends fit
// with their names.
func flowScale(ends []flowEnd, look flowLook) float64 {
	room := look.height - flowGap*float64(len(ends)) - 4
	small := make([]bool, len(ends))
	for {
		left, quantity := room, 0.0
		for i := range ends {
			if small[i] {
				left -= look.slot(&ends[i])
			} else {
				quantity += ends[i].quantity
			}
		}
		scale, more := left/quantity, false
		for i := range ends {
			if !small[i] && ends[i].quantity*scale < look.slot(&ends[i]) {
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
func flowTops(ends []flowEnd, look flowLook, scale float64) []float64 {
	need := 0.0
	for i := range ends {
		need += max(ends[i].quantity*scale, look.slot(&ends[i])) + flowGap
	}
	extra := max(0, look.height-need) / float64(len(ends))
	tops, y := make([]float64, len(ends)), extra/2
	for i := range ends {
		q := ends[i].quantity * scale
		h := max(q, look.slot(&ends[i]))
		tops[i] = y + (h-q)/2
		y += h + flowGap + extra
	}
	return tops
}

// flowPath is a band from x0 to x1 whose upper edge goes from a to b.
func flowPath(x0, x1, a, b, h float64) string {
	m := coordinate((x0 + x1) / 2)
	at := func(x, y float64) string { return coordinate(x) + " " + coordinate(y) }
	return "M" + at(x0, a) + "C" + m + " " + coordinate(a) + " " + m + " " + coordinate(b) + " " + at(x1, b) +
		"V" + coordinate(b+h) + "C" + m + " " + coordinate(b+h) + " " + m + " " + coordinate(a+h) + " " + at(x0, a+h) + "Z"
}

// flowTable is what flows as a table, every supplier of every unit.
func (c *visit) flowTable(d *network.SupplyResult, measure string) *figureTable {
	t := &figureTable{Columns: []string{c.T("supply.supplier"), c.T("figure.unit"), c.T("supply.quantity", "measure", measure), c.T("alliance.share")}}
	for i := range d.Units {
		u := &d.Units[i]
		for _, s := range u.Suppliers {
			t.Rows = append(t.Rows, []figureCell{
				{Text: supplierName(s)},
				{Text: c.nameOf(u.Code)},
				numberCell(s.Quantity, c.Figure),
				numberCell(s.Share, func(v float64) string { return c.Percent(v, 1) }),
			})
		}
		if share := float64(u.Unknown); share > 0 {
			t.Rows = append(t.Rows, []figureCell{
				{Text: c.T("supply.unknown-supplier")},
				{Text: c.nameOf(u.Code)},
				numberCell(share*u.Quantity, c.Figure),
				numberCell(math.NaN(), c.Whole),
			})
		}
	}
	return t
}
