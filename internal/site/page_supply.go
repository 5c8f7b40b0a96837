package site

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/network"
)

// supplyView is the page of dependence on suppliers.
type supplyView struct {
	Title, About, Note, Source, Measure string
	Year                                int
	Tables                              []link
	Key                                 []supplyKey
	Units, Groups                       []supplyRow
	Goods                               []goodRow
	Holders                             []holderRow
	Remarks                             []string
	NonCommercial                       bool
	Flows                               []*draw.Flow // a wide and a narrow drawing of the same
	Flow                                figureFrame
	Stacks                              []*draw.Stack
	Stack                               figureFrame
	Picks                               [2][]flowPick // suppliers and units that can be shown alone
	World                               string        // how concentrated all together are
}

// supplyKey is one supplier with its colour.
type supplyKey struct {
	Name, Share string
	Colour      int
}

// supplyRow is one unit or alliance: a bar in parts, and its indices.
type supplyRow struct {
	Name, URL, Quantity, Unknown             string
	Parts                                    []barPart
	HHI, To75, External, Inside, CDI1, Above string
}

// barPart is a part of a bar of 0 to 100.
type barPart struct {
	X, Width, Title string
	Colour          int
}

type goodRow struct{ Name, Holder, Share, HHI, To75, Choke string }

type holderRow struct{ Name, Self, Coverage, Weakest, Share, Holder string }

// colours is how many colours bars have; suppliers after them share the last.
const colours = 6

func supplyPage(c *visit) (any, error) {
	all, _, err := c.book.Supply()
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, t := range all {
		codes = append(codes, t.Code)
	}
	code := c.chosen("table")
	if code == "" && len(codes) > 0 {
		code = codes[0]
	}
	if !slices.Contains(codes, code) {
		return nil, missing("table of supply", code, codes)
	}
	d, err := c.book.Dependence(code, network.SupplyOptions{Trust: 1})
	if err != nil {
		return nil, err
	}
	v := &supplyView{
		Title: c.Text(d.Table.Name, d.Table.Code), About: c.Text(d.Table.Description, ""), Note: d.Table.Note, Source: c.sourceOf(d.Table.Origin),
		Measure: c.supplyMeasure(d.Table.Measure), Year: d.Year, NonCommercial: d.Table.NonCommercial,
	}
	for _, t := range all {
		v.Tables = append(v.Tables, link{Label: c.Text(t.Name, t.Code), URL: c.to("/supply/" + t.Code), Here: t.Code == code})
	}
	for _, f := range d.Findings {
		v.Remarks = append(v.Remarks, c.Ended(language.Capital(c.remark(&f))+c.T("list.semicolon")+c.cure(&f)))
	}
	if d.Chain != nil {
		c.chainRows(v, d.Chain)
		return v, nil
	}
	colour := map[string]int{}
	for i, s := range d.World.Suppliers {
		colour[s.Supplier] = min(i, colours-1)
		name := s.Supplier
		if s.Name != "" {
			name = s.Name
		}
		v.Key = append(v.Key, supplyKey{name, c.Percent(s.Share, 1), colour[s.Supplier]})
	}
	c.addFlows(v, d, colour)
	for i := range d.Units {
		row := c.supplyRow(&d.Units[i], colour)
		row.Name, row.URL = c.nameOf(d.Units[i].Code), c.unitURL(d.Units[i].Code)
		if _, known := c.book.units[d.Units[i].Code]; !known {
			row.URL = ""
		}
		v.Units = append(v.Units, row)
	}
	for i := range d.Groups {
		if g := &d.Groups[i]; g.Quantity > 0 {
			row := c.supplyRow(g, colour)
			row.Name = c.Text(g.Name, g.Code)
			v.Groups = append(v.Groups, row)
		}
	}
	return v, nil
}

// flowPick is an end of what flows that can be shown alone.
type flowPick struct{ Key, Name string }

// addFlows draws who supplies whom, and how far every unit leans on whom.
func (c *visit) addFlows(v *supplyView, d *network.SupplyResult, colour map[string]int) {
	if len(d.World.Suppliers) == 0 || len(d.Units) == 0 {
		return
	}
	f := c.flowOf(d)
	v.Flows = c.hand().Flows(f, c.flowWords())
	for side, ends := range [][]draw.FlowEnd{f.From, f.To} {
		for _, e := range ends {
			v.Picks[side] = append(v.Picks[side], flowPick{e.Key, e.Name})
		}
	}
	var sources []string
	if v.Source != "" {
		sources = []string{v.Source}
	}
	first, year := d.World.Suppliers[0], strconv.Itoa(d.Year)
	v.Flow = figureFrame{
		ID: "flow", File: "supply-" + d.Table.Code, Class: "flow", Sources: sources, Table: c.flowTable(d, v.Measure),
		Title: c.T("supply.flow.title", "supplier", supplierName(first), "share", c.Percent(first.Share, 0),
			"unit", c.nameOf(d.Units[0].Code), "part", c.Percent(d.Units[0].Quantity/d.World.Quantity, 0), "year", year),
	}
	v.Stacks = c.hand().Stacks(c.stackOf(d, colour), c.T("supply.hhi"))
	v.Stack = figureFrame{
		ID: "dependence", File: "dependence-" + d.Table.Code, Class: "flow", Sources: sources, Table: c.stackTable(d, v.Measure),
		Title: c.T("supply.bars.title", "n", leaning(d), "of", len(d.Units)),
	}
	v.World = c.T("supply.world", "hhi", c.Fixed(float64(d.World.HHI), 2), "n", d.World.To75)
}

func (c *visit) supplyRow(d *network.Dependence, colour map[string]int) supplyRow {
	r := supplyRow{
		Quantity: c.Figure(d.Quantity), HHI: c.Fixed(float64(d.HHI), 2), To75: c.Count(d.To75), External: c.Percent(float64(d.CDI2), 0),
		Inside: c.Fixed(float64(d.Inside), 2), CDI1: c.Fixed(float64(d.CDI1), 2),
	}
	var above []string
	for _, code := range d.Above {
		above = append(above, strings.ToUpper(code))
	}
	if d.CDI3 == d.CDI3 && !slices.Contains(d.Above, "cdi3") {
		above = append(above, c.T("supply.not-above", "value", c.Fixed(float64(d.CDI3), 2)))
	}
	r.Above = strings.Join(above, c.T("list.comma"))
	if d.Unknown > 0 {
		r.Unknown = c.Percent(float64(d.Unknown), 0)
	}
	x, known := 0.0, 1-float64(d.Unknown)
	if math.IsNaN(known) {
		known = 1
	}
	for _, s := range d.Suppliers {
		name := s.Supplier
		if s.Name != "" {
			name = s.Name
		}
		w := 100 * s.Share * known
		r.Parts = append(r.Parts, barPart{position(x), position(w), name + c.T("colon") + c.Percent(s.Share, 1), colour[s.Supplier]})
		x += w
	}
	return r
}

// position writes a length within a bar of 0 to 100.
func position(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// supplyMeasure is what a table of supply counts: known measures in every
// language, the others as the project has them.
func (c *visit) supplyMeasure(measure string) string {
	if key := "supply.measure." + language.Slug(measure); c.Has(key) {
		return c.T(key)
	}
	return measure
}

func (c *visit) chainRows(v *supplyView, chain *network.ChainResult) {
	for _, g := range chain.Goods {
		row := goodRow{Name: g.Good, Holder: language.Gap, Share: language.Gap, HHI: c.Fixed(float64(g.HHI), 2), To75: c.Count(g.To75)}
		if g.Name != "" {
			row.Name = g.Name
		}
		if len(g.Holders) > 0 {
			row.Holder, row.Share = c.nameOf(g.Holders[0].Unit), c.Percent(g.Holders[0].Share, 0)
		}
		if g.Choke != "" {
			row.Choke = c.nameOf(g.Choke)
		}
		v.Goods = append(v.Goods, row)
	}
	for _, h := range slices.Concat(chain.Groups, chain.Units) {
		row := holderRow{Name: c.Text(h.Name, c.nameOf(h.Code)), Self: c.Percent(float64(h.SelfSufficiency), 0), Coverage: c.Percent(float64(h.Coverage), 0), Weakest: language.Gap}
		if len(h.Weakest) > 0 {
			w := h.Weakest[0]
			row.Weakest, row.Share, row.Holder = c.Text(w.Name, w.Stage), c.Percent(w.Share, 0), c.nameOf(w.Holder)
		}
		v.Holders = append(v.Holders, row)
	}
}
