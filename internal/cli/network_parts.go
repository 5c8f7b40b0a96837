package cli

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"mizan"
	"mizan/engine"
	"mizan/network"
)

// communities prints which units hang together.
func (w *printer) communities(n *network.Result) {
	if len(n.Communities) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s (Louvain, resolution %s, modularity %s, agreement of %s)\n", w.bold("Communities"), short(n.Resolution),
		fixed(float64(n.Modularity), 3), "beginnings "+fixed(float64(n.Stability), 2))
	t := newTable(">no.", ">units", ">within", "the strongest first")
	for i, c := range n.Communities {
		t.add(fmt.Sprint(i+1), fmt.Sprint(len(c.Members)), percent(c.Within/(c.Within+c.Across)), firstOf(c.Members))
	}
	t.write(w, w.style, "  ")
	if len(n.Divisions) > 0 {
		var parts []string
		for _, d := range n.Divisions {
			parts = append(parts, fmt.Sprintf("%s %s (modularity %s)", d.Code, fixed(float64(d.Rand), 2), fixed(float64(d.Modularity), 3)))
		}
		fmt.Fprintf(w, "  agreement with %s; 1 is the same, 0 no more than chance\n", strings.Join(parts, ", "))
	}
}

// alliancesTied prints how alliances are tied within themselves.
func (w *printer) alliancesTied(n *network.Result, lang string) {
	if len(n.Groups) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s with their full members at the end of %d\n", w.bold("Alliances"), n.Year)
	since := ">"
	if n.Since != 0 {
		since = fmt.Sprintf(">E-I %d", n.Since)
	}
	t := newTable("alliance", ">members", ">within", ">E-I index", ">90 %", ">at random", ">p", ">expected", ">effect", ">90 %", since)
	for _, g := range n.Groups {
		before := ""
		if n.Since != 0 {
			before = fixed(float64(g.Before), 2)
		}
		t.add(cmp.Or(g.Name.In(lang), g.Code), fmt.Sprint(len(g.Members)), short(g.WithinWeight), fixed(float64(g.EI.Value), 2), bounds(g.EI, 2),
			fixed(float64(g.Random), 2), fixed(float64(g.Inward), 3), whole(float64(g.Expected)), fixed(float64(g.Effect.Value), 2), bounds(g.Effect, 2), before)
	}
	t.write(w, w.style, "  ")
	fmt.Fprintf(w, "  %s\n", w.dim("E-I: -1 all ties within, 1 all with others. p: share of as many units at random tied inwards as much."))
	if n.Model != nil {
		fmt.Fprintf(w, "  %s\n", w.dim("expected: within, by the model of ties. effect: joint membership multiplies a tie by this, other things equal."))
	}
	for _, g := range n.Groups {
		if len(g.Absent) > 0 {
			fmt.Fprintf(w, "  not in the network: %s of %s\n", firstOf(g.Absent), clean(cmp.Or(g.Name.In(lang), g.Code)))
		}
	}
}

// bounds are those of an interval; "" where there is none.
func bounds(i network.Interval, decimals int) string {
	if math.IsNaN(float64(i.Low)) || math.IsNaN(float64(i.High)) {
		return ""
	}
	return fixed(float64(i.Low), decimals) + " to " + fixed(float64(i.High), decimals)
}

// model prints what sizes and distance let one expect, and who differs.
func (w *printer) model(n *network.Result, names map[string]string) {
	m := n.Model
	if m == nil {
		return
	}
	fmt.Fprintf(w, "\n%s from size (%s)%s: %s of the deviance explained, %s\n", w.bold("Expected ties"), m.Size, nearness(m), percent(m.Explained), plural(m.Pairs, "pair"))
	for _, c := range m.Terms {
		line := fmt.Sprintf("  %s: %s", c.Name, fixed(float64(c.Value.Value), 2))
		if !math.IsNaN(float64(c.Factor.Value)) {
			line = fmt.Sprintf("  %s: times %s", c.Name, fixed(float64(c.Factor.Value), 2))
			c.Value = c.Factor
		} else {
			line += " % for every 1 %"
		}
		fmt.Fprintf(w, "%s (90 %%: %s)\n", line, bounds(c.Value, 2))
	}
	const shown = 8
	for _, part := range []struct {
		title string
		list  []network.PairValue
	}{{"more than expected", n.More}, {"less than expected", n.Less}} {
		if len(part.list) == 0 {
			continue
		}
		t := newTable(part.title, ">ties", ">expected", ">ratio")
		for i, p := range part.list {
			if i == shown {
				break
			}
			dash := "–"
			if n.Ties.Directed {
				dash = "→"
			}
			t.add(cmp.Or(names[p.A], p.A)+" "+dash+" "+cmp.Or(names[p.B], p.B), short(p.Weight), fixed(p.Expected, 0), fixed(p.Ratio, 2))
		}
		t.write(w, w.style, "  ")
	}
}

func nearness(m *network.Model) string {
	for _, c := range m.Terms {
		if c.Name == network.TermDistance {
			return ", distance, language and border"
		}
	}
	return ""
}

// series prints how the network has changed.
func (w *printer) series(n *network.Result) {
	if len(n.Series) < 2 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", w.bold("Over the years"))
	t := newTable(">year", ">units", ">links", ">"+cmp.Or(n.Ties.Measure, "weight"), ">density")
	for _, y := range n.Series {
		t.add(fmt.Sprint(y.Year), fmt.Sprint(y.Units), fmt.Sprint(y.Links), short(y.Weight), fixed(float64(y.Density), 3))
	}
	t.write(w, w.style, "  ")
}

// partners prints the ties of one unit.
func (w *printer) partners(r *engine.Report, n *network.Result, unit string, partners []network.Partner, lang string, top int) {
	w.networkHead(r, n, lang)
	names := unitNames(r, lang)
	fmt.Fprintf(w, "\n%s (%s): %s", w.bold(clean(cmp.Or(names[unit], unit))), unit, plural(len(partners), "partner"))
	at := -1
	for i, code := range n.Units {
		if code == unit {
			at = i
		}
	}
	for _, m := range n.Metrics {
		fmt.Fprintf(w, "\n  %s %s%s, rank %s", m.Title, metricText(&m, m.Values[at]), between(&m, at), whole(m.Ranks[at]))
		if m.Before != nil {
			fmt.Fprintf(w, "; %d: %s", n.Since, metricText(&m, m.Before[at]))
		}
	}
	fmt.Fprintln(w)
	if c := n.Community(unit); c >= 0 {
		fmt.Fprintf(w, "  community %d: %s\n", c+1, firstOf(n.Communities[c].Members))
	}
	heads := []string{"partner", ">" + cmp.Or(n.Ties.Measure, "weight"), ">share", ">expected", ">ratio", ">affinity", ">Salton", ">Jaccard", ">inclusion"}
	if n.Ties.Directed {
		heads = append(heads[:2], append([]string{">from it"}, heads[2:]...)...)
	}
	if n.Since != 0 {
		heads = append(heads, fmt.Sprintf(">%d", n.Since))
	}
	t := newTable(heads...)
	for i, p := range partners {
		if top > 0 && i == top {
			break
		}
		row := []string{cmp.Or(names[p.Unit], p.Unit), short(p.Weight)}
		if n.Ties.Directed {
			row = append(row, short(p.Back))
		}
		row = append(row, percent(float64(p.Share)), fixed(float64(p.Expected), 0), fixed(float64(p.Ratio), 2))
		for k, v := range p.Normalised {
			row = append(row, fixed(v, []int{2, 4, 4, 4}[k]))
		}
		if n.Since != 0 {
			row = append(row, short(float64(p.Before)))
		}
		t.add(row...)
	}
	fmt.Fprintln(w)
	t.write(w, w.style, "")
	if more := len(partners) - top; top > 0 && more > 0 {
		fmt.Fprintf(w, "and %d more (--top 0 prints all)\n", more)
	}
	w.networkRemarks(n)
}

// between is the interval of a value, in brackets; "" where there is none.
func between(m *network.MetricValues, i int) string {
	if m.Low == nil {
		return ""
	}
	return " [" + metricText(m, m.Low[i]) + ", " + metricText(m, m.High[i]) + "]"
}

// tieColumns are the columns of a tie in CSV, after its units.
func tieColumns(n *network.Result) []string {
	head := []string{"weight"}
	if n.Ties.Directed {
		head = append(head, "back")
	}
	for _, m := range network.MeasureNames() {
		head = append(head, strings.ReplaceAll(m, "-", "_"))
	}
	return append(head, "share", "expected", "ratio", "surprise", "before")
}

func tieCells(n *network.Result, p *network.Partner) []string {
	row := []string{exact(p.Weight)}
	if n.Ties.Directed {
		row = append(row, exact(p.Back))
	}
	for _, v := range p.Normalised {
		row = append(row, exact(v))
	}
	for _, v := range []mizan.Number{p.Share, p.Expected, p.Ratio, p.Surprise, p.Before} {
		row = append(row, exact(float64(v)))
	}
	return row
}

// partnersCSV writes a row per partner.
func (w *printer) partnersCSV(n *network.Result, partners []network.Partner) error {
	c := newCSV(w)
	_ = c.Write(append([]string{"partner"}, tieColumns(n)...))
	for i := range partners {
		_ = c.Write(append([]string{partners[i].Unit}, tieCells(n, &partners[i])...))
	}
	c.Flush()
	return c.Error()
}

// pairsCSV writes a row per link.
func (w *printer) pairsCSV(n *network.Result) error {
	c := newCSV(w)
	_ = c.Write(append([]string{"a", "b"}, tieColumns(n)...))
	n.Pairs(func(a, b string, p network.Partner) {
		_ = c.Write(append([]string{a, b}, tieCells(n, &p)...))
	})
	c.Flush()
	return c.Error()
}
