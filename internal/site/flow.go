package site

import (
	"math"
	"strings"

	"mizan/internal/site/draw"
	"mizan/network"
)

const (
	flowSuppliers = 6
	flowUnits     = 14
)

// flowOf sums up what flows: the largest suppliers and units by themselves, the
// others together, and what has a supplier whom nobody knows.
func (c *visit) flowOf(d *network.SupplyResult) *draw.FlowData {
	f := &draw.FlowData{}
	at := map[string]int{}
	suppliers := d.World.Suppliers
	for i, s := range suppliers[:min(len(suppliers), flowSuppliers)] {
		at[s.Supplier] = i
		f.From = append(f.From, draw.FlowEnd{Key: "s-" + s.Supplier, Name: supplierName(s), Class: draw.CommunityClass(min(i, colours-1))})
	}
	rest := -1
	if n := len(suppliers) - flowSuppliers; n > 0 {
		rest = len(f.From)
		f.From = append(f.From, draw.FlowEnd{Key: "s", Name: c.T("supply.other-suppliers", "n", n), Class: draw.CommunityClass(colours - 1)})
	}
	unknown := -1
	if float64(d.World.Unknown) > 0 {
		unknown = len(f.From)
		f.From = append(f.From, draw.FlowEnd{Key: "s-?", Name: c.T("supply.unknown-supplier"), Class: "kn"})
	}
	for i := range d.Units {
		if u := &d.Units[i]; i < flowUnits {
			f.To = append(f.To, draw.FlowEnd{Key: "u-" + u.Code, Name: c.nameOf(u.Code), Class: "ku"})
		}
	}
	if n := len(d.Units) - flowUnits; n > 0 {
		f.To = append(f.To, draw.FlowEnd{Key: "u", Name: c.T("supply.other-units", "n", n), Class: "ku"})
	}
	f.Amounts = make([][]float64, len(f.From))
	for k := range f.Amounts {
		f.Amounts[k] = make([]float64, len(f.To))
	}
	add := func(from, to int, q float64) {
		if from >= 0 {
			f.Amounts[from][to] += q
			f.From[from].Quantity += q
			f.To[to].Quantity += q
			f.Total += q
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
func (c *visit) flowSays(f *draw.FlowData) {
	say := func(e *draw.FlowEnd, others []draw.FlowEnd, amount func(int) float64) {
		var parts []string
		for k, o := range others {
			if q := amount(k); q > 0.0005*e.Quantity {
				parts = append(parts, c.T("supply.part", "name", o.Name, "share", c.Percent(q/e.Quantity, 1)))
			}
		}
		e.Says = e.Name + c.T("colon") + strings.Join(parts, c.T("list.semicolon"))
	}
	for i := range f.From {
		say(&f.From[i], f.To, func(k int) float64 { return f.Amounts[i][k] })
	}
	for i := range f.To {
		say(&f.To[i], f.From, func(k int) float64 { return f.Amounts[k][i] })
	}
}

// flowWords are the words of the drawing.
func (c *visit) flowWords() draw.FlowWords {
	return draw.FlowWords{Write: c.Figure, Share: c.Percent, Part: func(name, share string) string { return c.T("supply.part", "name", name, "share", share) }}
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
