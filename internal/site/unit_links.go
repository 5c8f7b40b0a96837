package site

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"sync"

	"mizan"
	"mizan/alliance"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/network"
	"mizan/target"
)

// tiesOf are the strongest partners of a unit in one table of ties.
type tiesOf struct {
	Title, URL, Year string
	Measure, Source  string
	Partners         []partnerRow
	More             int
	Nothing          string // why there are none
}

type partnerRow struct {
	Unit            link
	Weight, Share   string
	Length          string
	Back            string // from the other, in directed tables
	weight, reverse float64
}

const (
	shownPartners  = 6
	shownSuppliers = 5
)

// addTies lists the strongest partners of a unit in every table of ties.
func (c *visit) addTies(v *unitView) {
	tables, _, err := c.book.Ties()
	if err != nil || len(tables) == 0 {
		v.Lacks = append(v.Lacks, c.T("unit.lacks.ties"))
		return
	}
	for _, t := range tables {
		v.Ties = append(v.Ties, c.tiesOf(t, v.Code))
	}
}

func (c *visit) tiesOf(t *mizan.Ties, code string) tiesOf {
	out := tiesOf{Title: c.Text(t.Name, t.Code), URL: c.to("/network/" + url.PathEscape(t.Code)), Year: year(t.Whole()), Measure: c.Measure(t.Measure), Source: c.publisherOf(t.Origin)}
	at := t.Unit(code)
	switch {
	case !t.Covers(code):
		out.Nothing = c.T("unit.ties.uncovered")
		return out
	case at < 0:
		out.Nothing = c.T("unit.ties.none")
		return out
	}
	rows := map[int32]*partnerRow{}
	row := func(other int32) *partnerRow {
		if rows[other] == nil {
			rows[other] = &partnerRow{Unit: link{Label: c.nameOf(t.Units[other])}}
			if _, known := c.book.units[t.Units[other]]; known {
				rows[other].Unit.URL = c.unitURL(t.Units[other])
			}
		}
		return rows[other]
	}
	total := 0.0
	for _, l := range t.In(t.Whole()) {
		switch int32(at) { //nolint:gosec // a position in a table of units
		case l.A:
			row(l.B).weight += l.Weight
			total += l.Weight
		case l.B:
			if t.Directed {
				row(l.A).reverse += l.Weight
				break
			}
			row(l.A).weight += l.Weight
			total += l.Weight
		}
	}
	var list []*partnerRow
	for _, other := range slices.Sorted(keysOf(rows)) {
		list = append(list, rows[other])
	}
	slices.SortStableFunc(list, func(a, b *partnerRow) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.reverse, a.reverse))
	})
	if len(list) == 0 {
		out.Nothing = c.T("unit.ties.none")
		if t.Least > 0 {
			out.Nothing = c.T("unit.ties.least", "least", c.Figure(t.Least))
		}
		return out
	}
	out.More = max(0, len(list)-shownPartners)
	for _, r := range list[:len(list)-out.More] {
		r.Weight, r.Share, r.Length = c.Figure(r.weight), language.Gap, "0"
		if total > 0 {
			r.Share, r.Length = c.Percent(r.weight/total, 1), draw.Coordinate(100*r.weight/max(list[0].weight, math.SmallestNonzeroFloat64))
		}
		if t.Directed {
			r.Back = c.Figure(r.reverse)
		}
		out.Partners = append(out.Partners, *r)
	}
	return out
}

// keysOf walks through the keys of a map.
func keysOf[K comparable, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// publisherOf is who published a table; "" if that is not stated.
func (c *visit) publisherOf(origin string) string {
	if origin == "" {
		return ""
	}
	o := c.originOf(origin)
	if o.Licence != "" {
		return c.T("in-brackets", "text", o.Publisher, "note", o.Licence)
	}
	return o.Publisher
}

// leanings are the results of the tables of supply of a build, found once.
type leanings struct {
	once   sync.Once
	tables []*network.SupplyResult
	known  bool // the project has tables
}

func (b *book) dependence() *leanings {
	l := &b.leaning
	l.once.Do(func() {
		all, _, err := b.Supply()
		if err != nil {
			return
		}
		for _, t := range all {
			l.known = true
			if t.Provision {
				continue
			}
			if d, err := b.Dependence(t.Code, network.SupplyOptions{Trust: 1}); err == nil {
				l.tables = append(l.tables, d)
			}
		}
	})
	return l
}

// supplyOf is on whom a unit depends in one table of supply.
type supplyOf struct {
	Title, URL, Year string
	Measure          string
	Quantity         string
	HHI, Outside     string
	Suppliers        []supplierRow
	Nothing          bool
	NonCommercial    bool
}

type supplierRow struct{ Name, Home, Share, Length string }

// addSupply lists on whose goods a unit depends.
func (c *visit) addSupply(v *unitView) {
	l := c.book.dependence()
	if !l.known {
		v.Lacks = append(v.Lacks, c.T("unit.lacks.supply"))
		return
	}
	for _, d := range l.tables {
		out := supplyOf{
			Title: c.Text(d.Table.Name, d.Table.Code), URL: c.to("/supply/" + url.PathEscape(d.Table.Code)), Year: year(d.Year),
			Measure: c.Measure(d.Table.Measure), Nothing: true, NonCommercial: d.Table.NonCommercial,
		}
		for i := range d.Units {
			x := &d.Units[i]
			if x.Code != v.Code || x.Quantity <= 0 {
				continue
			}
			out.Nothing = false
			out.Quantity, out.HHI, out.Outside = c.Figure(x.Quantity), c.Fixed(float64(x.HHI), 2), c.Percent(float64(x.CDI2), 0)
			for _, s := range x.Suppliers[:min(len(x.Suppliers), shownSuppliers)] {
				row := supplierRow{Name: cmp.Or(s.Name, s.Supplier), Share: c.Percent(s.Share, 1), Length: draw.Coordinate(100 * s.Share)}
				if s.Home != "" {
					row.Home = c.nameOf(s.Home)
				}
				out.Suppliers = append(out.Suppliers, row)
			}
		}
		v.Supply = append(v.Supply, out)
	}
}

// addTargets lists what a unit, or an alliance that it belongs to, has promised.
func (c *visit) addTargets(v *unitView, allied []alliance.Brief) {
	r, err := c.book.targets()
	if err != nil || r == nil {
		v.Lacks = append(v.Lacks, c.T("unit.lacks.targets"))
		return
	}
	for i := range r.Targets {
		t := &r.Targets[i]
		its := t.Unit == v.Code
		if _, inside := c.book.units[t.Unit]; t.Unit != "" && !inside {
			its = false
		}
		if !its && !slices.ContainsFunc(allied, func(a alliance.Brief) bool { return a.Code == t.Alliance && t.Alliance != "" }) {
			continue
		}
		v.Promises = append(v.Promises, c.unitTarget(r, t))
	}
	if len(v.Promises) == 0 {
		v.Lacks = append(v.Lacks, c.T("unit.lacks.promise"))
	}
}

func (c *visit) unitTarget(r *target.Result, t *target.Track) targetRow {
	row := c.targetRow(r, t)
	if t.Alliance != "" {
		row.Holder = c.Text(t.Holder, t.Alliance)
	}
	return row
}

// touched is a scenario that moves a unit.
type touched struct {
	Title, URL, Points string
	About              bool // it is about the unit
	Move               rankMove
}

// addScenarios lists the scenarios that move a unit, those about it first.
func (c *visit) addScenarios(v *unitView) {
	r, err := c.book.scenarios()
	if err != nil || r == nil {
		v.Lacks = append(v.Lacks, c.T("unit.lacks.scenarios"))
		return
	}
	for i := range r.Scenarios {
		o := &r.Scenarios[i]
		m := o.Move(v.Code)
		if m == nil || math.IsNaN(m.Score()) {
			continue
		}
		if about := o.Unit == v.Code; about || math.Abs(m.Score()) >= 1e-9 {
			v.Scenarios = append(v.Scenarios, touched{Title: c.Text(o.Title, o.ID), URL: c.scenarioURL(o.ID), Points: c.gained(m.Score()), About: about, Move: c.rankMove(m)})
		}
	}
	slices.SortStableFunc(v.Scenarios, func(a, b touched) int { return bit(b.About) - bit(a.About) })
	if len(v.Scenarios) == 0 {
		v.Lacks = append(v.Lacks, c.T("unit.lacks.scenario"))
	}
}
