package cli

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"strings"

	"mizan"
	"mizan/engine"
	"mizan/network"
)

// dependence is `mizan network --supply`.
func (f *networkFlags) dependence(ctx context.Context, env *Env, p *project, r *engine.Report, out *outputFlags, own []network.Group) error {
	code := f.supply
	if code == firstSupply {
		code = ""
	}
	d, err := whileWaiting(ctx, func() (*network.SupplyResult, error) {
		return r.Dependence(code, network.SupplyOptions{Year: f.year, Trust: f.trust, Choke: f.choke, Limits: [3]float64(f.limits)}, own...)
	})
	if err != nil {
		return p.relocate(err)
	}
	return out.print(ctx, env, func(w *printer) error {
		switch out.format {
		case jsonFormat:
			return w.json(d)
		case csvFormat:
			return w.supplyCSV(d)
		}
		w.supplyHead(r, d, out.lang)
		switch {
		case d.Chain != nil:
			w.chain(d, f.unit, unitNames(r, out.lang), out.lang, f.top)
		case f.unit != "":
			w.oneDependence(d, f.unit, unitNames(r, out.lang))
		default:
			w.dependences(d, unitNames(r, out.lang), out.lang, f.top)
		}
		if len(d.Findings) > 0 {
			fmt.Fprintln(w)
			w.printFindings(func(p mizan.Place) mizan.Place { return p }, d.Findings)
		}
		return nil
	})
}

// supplyHead says what the table is.
func (w *printer) supplyHead(r *engine.Report, d *network.SupplyResult, lang string) {
	w.head(r, lang, d.Year)
	fmt.Fprintf(w, "%s (%s)", w.bold(clean(cmp.Or(d.Table.Name.In(lang), d.Table.Code))), d.Table.Code)
	for _, o := range r.Origins {
		if o.Code == d.Table.Origin && o.Code != "" {
			fmt.Fprintf(w, ", %s", clean(cmp.Or(o.Publisher, o.Code)))
		}
	}
	if d.Table.Measure != "" {
		fmt.Fprintf(w, ", %s", clean(d.Table.Measure))
	}
	fmt.Fprintln(w)
	for _, s := range []string{d.Table.Description.In(lang), d.Table.Note} {
		if s != "" {
			fmt.Fprintln(w, w.dim(clean(s)))
		}
	}
}

// dependences prints on whom the world, alliances and units depend.
func (w *printer) dependences(d *network.SupplyResult, names map[string]string, lang string, top int) {
	fmt.Fprintf(w, "\n%s: %s by %s; the largest %d have 75 %%\n", w.bold("All together"), short(d.World.Quantity), plural(len(d.World.Suppliers), "supplier"), d.World.To75)
	t := newTable("supplier", "home", ">quantity", ">share")
	for i, s := range d.World.Suppliers {
		if i == 10 {
			break
		}
		t.add(cmp.Or(s.Name, s.Supplier), cmp.Or(s.Home, noValue), short(s.Quantity), percent(s.Share))
	}
	t.write(w, w.style, "  ")
	heads := []string{">quantity", ">unknown", "largest supplier", ">share", ">HHI", ">bounds", ">to 75 %", ">CDI1", ">CDI2"}
	if d.Table.Exports {
		heads = append(heads, ">CDI3")
	}
	heads = append(heads, "above", ">inside", ">outside", ">distrusted")
	row := func(x *network.Dependence) []string {
		largest, share := noValue, ""
		if len(x.Suppliers) > 0 {
			s := x.Suppliers[0]
			largest, share = cmp.Or(s.Name, s.Supplier)+" ("+cmp.Or(s.Home, "?")+")", percent(s.Share)
		}
		span := ""
		if x.HHILow != x.HHIHigh {
			span = fixed(float64(x.HHILow), 2) + " to " + fixed(float64(x.HHIHigh), 2)
		}
		external := noValue
		if !math.IsNaN(float64(x.CDI2)) {
			external = percent(float64(x.CDI2))
		}
		cells := []string{
			short(x.Quantity), share01(x.Unknown), largest, share, fixed(float64(x.HHI), 2), span, fmt.Sprint(x.To75), fixed(float64(x.CDI1), 2), external,
		}
		if d.Table.Exports {
			cells = append(cells, fixed(float64(x.CDI3), 2))
		}
		return append(cells, aboveLimits(x), fixed(float64(x.Inside), 2), fixed(float64(x.Outside), 2), fixed(float64(x.Distrusted), 2))
	}
	if len(d.Groups) > 0 {
		fmt.Fprintf(w, "\n%s with their full members at the end of %d\n", w.bold("Alliances"), d.Year)
		t := newTable(append([]string{"alliance", ">members"}, heads...)...)
		for i := range d.Groups {
			g := &d.Groups[i]
			t.add(append([]string{cmp.Or(g.Name.In(lang), g.Code), fmt.Sprintf("%d of %d", len(g.Members)-len(g.Absent), len(g.Members))}, row(g)...)...)
		}
		t.write(w, w.style, "  ")
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("Units"))
	units := newTable(append([]string{"unit"}, heads...)...)
	for i := range d.Units {
		if top > 0 && i == top {
			break
		}
		units.add(append([]string{cmp.Or(names[d.Units[i].Code], d.Units[i].Code)}, row(&d.Units[i])...)...)
	}
	units.write(w, w.style, "  ")
	if more := len(d.Units) - top; top > 0 && more > 0 {
		fmt.Fprintf(w, "  and %d more (--top 0 prints all)\n", more)
	}
	legend := []string{
		"HHI: concentration of suppliers, 1 all with one; inside and outside add up to it; distrusted: HHI weighed by distrust of the suppliers' homes.",
		fmt.Sprintf("The EU's indicators of dependence, with what is in use for imports: CDI1, concentration of external suppliers by home (limit %s); CDI2, external share (%s);",
			short(d.Limits[0]), percent(d.Limits[1])),
	}
	if d.Table.Exports {
		legend = append(legend, fmt.Sprintf("CDI3, external over exports (%s). above: which of them are above their limits; what is above all three the EU calls dependent.", short(d.Limits[2])))
	} else {
		legend = append(legend, "above: which of them are above their limits. The third, external over exports, needs a file of `exports`, which this table does not have.")
	}
	for _, line := range legend {
		fmt.Fprintf(w, "  %s\n", w.dim(line))
	}
}

// aboveLimits names the indicators of dependence that are above their limits.
func aboveLimits(x *network.Dependence) string {
	numbers := make([]string, len(x.Above))
	for i, code := range x.Above {
		numbers[i] = strings.TrimPrefix(code, "cdi")
	}
	return strings.Join(numbers, "+")
}

// oneDependence prints on whom one unit depends.
func (w *printer) oneDependence(d *network.SupplyResult, unit string, names map[string]string) {
	for i := range d.Units {
		x := &d.Units[i]
		if x.Code != unit {
			continue
		}
		fmt.Fprintf(w, "\n%s (%s): %s, of no supplier %s\n", w.bold(clean(cmp.Or(names[unit], unit))), unit, short(x.Quantity), short(x.Without))
		t := newTable("supplier", "home", ">quantity", ">share")
		for _, s := range x.Suppliers {
			t.add(cmp.Or(s.Name, s.Supplier), cmp.Or(names[s.Home], s.Home, noValue), short(s.Quantity), percent(s.Share))
		}
		if x.Unknown > 0 {
			t.add("not known", "", short(float64(x.Unknown)*x.Quantity), "")
		}
		t.write(w, w.style, "  ")
		third := ""
		if d.Table.Exports {
			third = ", CDI3 " + fixed(float64(x.CDI3), 2)
		}
		fmt.Fprintf(w, "  HHI %s (%s to %s), %s to 75 %%, external %s (CDI2), HHI external %s (CDI1)%s\n", fixed(float64(x.HHI), 2), fixed(float64(x.HHILow), 2),
			fixed(float64(x.HHIHigh), 2), plural(x.To75, "supplier"), percent(float64(x.CDI2)), fixed(float64(x.CDI1), 2), third)
		return
	}
	fmt.Fprintf(w, "\n%s has nothing in this table\n", unit)
}

// chain prints who holds which good, and what units and alliances could make.
func (w *printer) chain(d *network.SupplyResult, unit string, names map[string]string, lang string, top int) {
	c := d.Chain
	named := func(code string) string { return cmp.Or(names[code], code) }
	if unit == "" {
		fmt.Fprintf(w, "\n%s: %s; a choke point is a good of which one unit has %s or more\n", w.bold("The chain"), plural(len(c.Goods), "good"), percent(c.Choke))
		t := newTable("good", "name", "largest holder", ">share", "next", ">HHI", ">to 75 %", "choke point")
		for i, g := range c.Goods {
			if top > 0 && i == top {
				break
			}
			row := []string{g.Good, g.Name, noValue, "", "", fixed(float64(g.HHI), 2), fmt.Sprint(g.To75), named(g.Choke)}
			if len(g.Holders) > 0 {
				row[2], row[3] = named(g.Holders[0].Unit), percent(g.Holders[0].Share)
			}
			if len(g.Holders) > 1 {
				row[4] = fmt.Sprintf("%s %s", named(g.Holders[1].Unit), percent(g.Holders[1].Share))
			}
			t.add(row...)
		}
		t.write(w, w.style, "  ")
		if more := len(c.Goods) - top; top > 0 && more > 0 {
			fmt.Fprintf(w, "  and %d more (--top 0 prints all)\n", more)
		}
		if len(c.Silent) > 0 {
			fmt.Fprintf(w, "  no shares are known of: %s\n", firstOf(c.Silent))
		}
	}
	for _, part := range []struct {
		title string
		list  []network.ChainHolder
	}{{"Alliances", c.Groups}, {"Units", c.Units}} {
		w.holders(part.title, part.list, unit, named, lang, top)
	}
}

// holders prints what units or alliances could make, and where they are weak.
func (w *printer) holders(title string, list []network.ChainHolder, unit string, named func(string) string, lang string, top int) {
	t := newTable("", ">self-sufficiency", ">coverage", ">holds", "weakest", ">share", "held by", ">share")
	var of *network.ChainHolder
	for i := range list {
		h := &list[i]
		if unit != "" && h.Code != unit || top > 0 && len(t.rows) == top {
			continue
		}
		of = h
		row := []string{cmp.Or(h.Name.In(lang), named(h.Code)), percentOr(h.SelfSufficiency), percentOr(h.Coverage), fmt.Sprint(len(h.Holds)), "", "", "", ""}
		if len(h.Weakest) > 0 {
			x := h.Weakest[0]
			row[4], row[5], row[6], row[7] = cmp.Or(x.Name.In(lang), x.Stage), percent(x.Share), named(x.Holder), percent(x.Held)
		}
		t.add(row...)
	}
	if len(t.rows) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold(title))
	t.write(w, w.style, "  ")
	if len(t.rows) > 1 || len(of.Weakest) < 2 {
		return
	}
	weak := newTable("weak stage", ">share", "lacking", "held by", ">share")
	for _, x := range of.Weakest {
		weak.add(cmp.Or(x.Name.In(lang), x.Stage), percent(x.Share), x.Good, named(x.Holder), percent(x.Held))
	}
	weak.write(w, w.style, "    ")
}

// share01 is a share in per cent, "" for none.
func share01(v mizan.Number) string {
	if !(v > 0) {
		return ""
	}
	return percent(float64(v))
}

func percentOr(v mizan.Number) string {
	if math.IsNaN(float64(v)) {
		return noValue
	}
	return percent(float64(v))
}

// supplyCSV writes a row per holder and supplier of a table of use, a row per
// good and holder of one of provision.
func (w *printer) supplyCSV(d *network.SupplyResult) error {
	c := newCSV(w)
	if d.Chain != nil {
		_ = c.Write([]string{"good", "name", "year", "unit", "share", "hhi", "to_75", "choke"})
		for _, g := range d.Chain.Goods {
			for _, h := range g.Holders {
				_ = c.Write([]string{g.Good, g.Name, number(g.Year), h.Unit, exact(h.Share), exact(float64(g.HHI)), number(g.To75), g.Choke})
			}
		}
		c.Flush()
		return c.Error()
	}
	_ = c.Write(strings.Split("kind,code,supplier,home,external,quantity,share,unknown,hhi,hhi_low,hhi_high,to_75,cdi1,cdi2,cdi3,exports,above,inside,outside,distrusted", ","))
	rows := func(kind string, list []network.Dependence) {
		for i := range list {
			x := &list[i]
			for _, s := range x.Suppliers {
				row := []string{kind, x.Code, s.Supplier, s.Home, fmt.Sprint(s.External), exact(s.Quantity), exact(s.Share)}
				for _, v := range []mizan.Number{x.Unknown, x.HHI, x.HHILow, x.HHIHigh} {
					row = append(row, exact(float64(v)))
				}
				row = append(row, number(x.To75))
				for _, v := range []mizan.Number{x.CDI1, x.CDI2, x.CDI3, x.Exports} {
					row = append(row, exact(float64(v)))
				}
				row = append(row, strings.Join(x.Above, " "))
				for _, v := range []mizan.Number{x.Inside, x.Outside, x.Distrusted} {
					row = append(row, exact(float64(v)))
				}
				_ = c.Write(row)
			}
		}
	}
	rows("world", []network.Dependence{*d.World})
	rows("alliance", d.Groups)
	rows("unit", d.Units)
	c.Flush()
	return c.Error()
}
