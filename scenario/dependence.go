package scenario

import (
	"fmt"
	"slices"
	"strings"

	"mizan"
)

// dependence is the share of a loss's goods, or works, that each unit has from
// those who no longer give.
func (w *script) dependence(i int, units []string, members func(string) []string) (map[string]float64, error) {
	e := &w.c.Edits[i]
	if e.Supply != "" {
		t, err := w.c.st.o.Supply(e.Supply)
		if err != nil {
			return nil, err
		}
		return w.supplied(i, t, units), nil
	}
	t, err := w.c.st.o.Ties(e.Ties)
	if err != nil {
		return nil, err
	}
	with := e.With
	if e.Partners != "" {
		with = slices.Concat(with, members(e.Partners))
	}
	return w.tied(i, t, units, with), nil
}

// supplied is the share of what units have of a good that comes from suppliers
// who no longer deliver, or are at home where nobody delivers any more.
//
//	quantity from these / quantity from all, those that are not known included
//
// A unit of which the table has nothing depends on nobody, with a finding.
func (w *script) supplied(i int, t *mizan.Supply, units []string) map[string]float64 {
	e := &w.c.Edits[i]
	year := 0
	if len(t.Years) > 0 {
		year = t.Years[len(t.Years)-1]
	}
	cut := make([]bool, len(t.Suppliers))
	var missed []string
	for _, code := range e.Suppliers {
		if !slices.ContainsFunc(t.Suppliers, func(s mizan.Supplier) bool { return s.Code == code }) {
			missed = append(missed, code)
		}
	}
	for _, home := range e.Homes {
		if !slices.ContainsFunc(t.Suppliers, func(s mizan.Supplier) bool { return s.Home == home }) {
			missed = append(missed, home)
		}
	}
	if len(missed) > 0 {
		w.find("no-such-supplier", i, "", sayNoSupplier.Say("table", t.Code, "names", listed(missed)))
	}
	for k, s := range t.Suppliers {
		cut[k] = slices.Contains(e.Suppliers, s.Code) || s.Home != "" && slices.Contains(e.Homes, s.Home)
	}
	shares := map[string]float64{}
	var absent []string
	for _, unit := range units {
		at := t.Unit(unit)
		lost, unknown, all := 0.0, 0.0, 0.0
		for _, r := range t.Rows {
			if r.Year != year || int(r.Unit) != at || r.Supplier < 0 || r.Quantity != r.Quantity || t.Suppliers[r.Supplier].Nobody {
				continue
			}
			all += r.Quantity
			switch {
			case cut[r.Supplier]:
				lost += r.Quantity
			case t.Suppliers[r.Supplier].Unknown || t.Suppliers[r.Supplier].Home == "" && len(e.Homes) > 0:
				unknown += r.Quantity
			}
		}
		if at < 0 || all == 0 {
			absent = append(absent, unit)
			continue
		}
		shares[unit] = lost / all
		if unknown > 0 {
			w.find("unknown-suppliers", i, unit, sayUnknown.Say("share", fmt.Sprintf("%.3g", 100*unknown/all), "unit", unit, "table", t.Code))
		}
	}
	if len(absent) > 0 {
		w.find("no-dependence", i, "", sayNoUse.Say("table", t.Code, "units", listed(absent)))
	}
	if t.Sample != "" {
		w.find("sample", i, "", saySample.Say("table", t.Code, "what", t.Sample))
	}
	return shares
}

// tied is the share of the works of units that are joint with partners.
//
//	sum over partners of joint works / works of the unit, at most 1
//
// Works with several partners count for each, so that it is an upper bound.
func (w *script) tied(i int, t *mizan.Ties, units, with []string) map[string]float64 {
	totals := ""
	for _, s := range w.c.st.o.Baseline.Spec.Ties {
		if s.Code == t.Code {
			totals = s.Totals
		}
	}
	shares := map[string]float64{}
	c, y := w.panel.Code(totals), slices.Index(w.panel.Years, w.c.st.year)
	var absent []string
	for _, unit := range units {
		u, known := slices.BinarySearch(w.panel.Units, unit)
		if !known || c < 0 || y < 0 {
			continue
		}
		all, joint, counted := w.panel.At(y, c, u), 0.0, false
		for _, other := range with {
			if other == unit {
				continue
			}
			if v, ok := t.Between(w.c.st.year, unit, other); ok {
				joint += v
				counted = true
			}
		}
		if !counted || !(all > 0) {
			absent = append(absent, unit)
			continue
		}
		shares[unit] = min(joint/all, 1)
	}
	if len(absent) > 0 {
		w.find("no-dependence", i, "", sayNoTies.Say("table", t.Code, "units", listed(absent), "with", strings.Join(with, ", "), "year", w.c.st.year))
	}
	if len(with) > 1 {
		w.find("joint-twice", i, "", sayJointTwice.Say())
	}
	return shares
}
