package cli

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/engine"
	"mizan/network"
)

// network prints the place of every unit in the network, the strongest first.
func (w *printer) network(r *engine.Report, n *network.Result, lang string, top int) {
	w.networkHead(r, n, lang)
	names := unitNames(r, lang)
	heads := []string{">rank", "unit", "name"}
	shown := []string{"strength", "strength-in", "degree", "degree-in", "betweenness", "closeness", "pagerank", "eigenvector"}
	var columns []*network.MetricValues
	for _, name := range shown {
		if m := n.Metric(name); m != nil {
			columns = append(columns, m)
			heads = append(heads, ">"+m.Title)
			if m.Name == "strength" && m.Low != nil {
				heads = append(heads, ">90 %")
			}
			if m.Name == "strength" && m.Before != nil {
				heads = append(heads, fmt.Sprintf(">%d", n.Since))
			}
		}
	}
	heads = append(heads, ">community")
	t := newTable(heads...)
	order := strongest(n)
	for i, u := range order {
		if top > 0 && i == top {
			break
		}
		row := []string{whole(columns[0].Ranks[u]), n.Units[u], names[n.Units[u]]}
		for _, m := range columns {
			row = append(row, metricText(m, m.Values[u]))
			if m.Name == "strength" && m.Low != nil {
				row = append(row, metricText(m, m.Low[u])+" to "+metricText(m, m.High[u]))
			}
			if m.Name == "strength" && m.Before != nil {
				row = append(row, metricText(m, m.Before[u]))
			}
		}
		t.add(append(row, community(n, n.Units[u]))...)
	}
	fmt.Fprintln(w)
	t.write(w, w.style, "")
	if more := len(order) - top; top > 0 && more > 0 {
		fmt.Fprintf(w, "and %d more (--top 0 prints all)\n", more)
	}
	if len(n.Apart) > 0 {
		fmt.Fprintf(w, "without a link: %s\n", firstOf(n.Apart))
	}
	w.communities(n)
	w.alliancesTied(n, lang)
	w.model(n, names)
	w.series(n)
	w.networkRemarks(n)
}

// networkHead says which ties are looked at, and how many there are.
func (w *printer) networkHead(r *engine.Report, n *network.Result, lang string) {
	w.head(r, lang, n.Year)
	name := cmp.Or(n.Ties.Name.In(lang), n.Ties.Code)
	fmt.Fprintf(w, "%s (%s)", w.bold(clean(name)), n.Ties.Code)
	for _, o := range r.Origins {
		if o.Code == n.Ties.Origin && o.Code != "" {
			fmt.Fprintf(w, ", %s", clean(cmp.Or(o.Publisher, o.Code)))
		}
	}
	fmt.Fprintln(w)
	unit := cmp.Or(n.Ties.Measure, "ties")
	fmt.Fprintf(w, "%s between %s, %s %s, density %s", plural(n.Links, "link"), plural(len(n.Units)-len(n.Apart), "unit"),
		short(n.Weight), clean(unit), fixed(float64(n.Density), 3))
	if n.Threshold > 0 {
		fmt.Fprintf(w, "; a link from %s up", short(n.Threshold))
	}
	if n.Ties.Least > 0 {
		fmt.Fprintf(w, "; nothing below %s is listed", short(n.Ties.Least))
	}
	fmt.Fprintln(w)
	if n.Outside.Links > 0 {
		fmt.Fprintf(w, "kept outside: %s with %s that the project does not have, %s %s\n", plural(n.Outside.Links, "link"), plural(n.Outside.Units, "unit"), short(n.Outside.Weight), clean(unit))
	}
	if len(n.Lacking) > 0 {
		fmt.Fprintf(w, "not covered by the source: %s\n", firstOf(n.Lacking))
	}
	if n.Ties.Note != "" {
		fmt.Fprintln(w, w.dim(clean(n.Ties.Note)))
	}
}

// firstOf names the first of many.
func firstOf(codes []string) string {
	const most = 15
	if len(codes) > most {
		return strings.Join(codes[:most], ", ") + fmt.Sprintf(" and %d more", len(codes)-most)
	}
	return strings.Join(codes, ", ")
}

// networkRemarks prints what the analysis found.
func (w *printer) networkRemarks(n *network.Result) {
	if len(n.Findings) > 0 {
		fmt.Fprintln(w)
		w.printFindings(func(p mizan.Place) mizan.Place { return p }, n.Findings)
	}
}

// strongest are the positions of the units that have a link, by strength.
func strongest(n *network.Result) []int {
	s := n.Metric("strength")
	var order []int
	for u, code := range n.Units {
		if !slices.Contains(n.Apart, code) {
			order = append(order, u)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.Values[b], s.Values[a]) })
	return order
}

// metricText writes a value as its metric wants it: amounts and counts whole,
// shares with three decimals.
func metricText(m *network.MetricValues, v float64) string {
	switch {
	case math.IsNaN(v):
		return noValue
	case strings.HasPrefix(m.Name, "strength") && math.Abs(v) >= 100:
		return whole(v)
	case strings.HasPrefix(m.Name, "strength"), strings.HasPrefix(m.Name, "degree"):
		return short(v)
	case strings.HasPrefix(m.Name, "betweenness"):
		return fixed(v, 1)
	}
	return fixed(v, 3)
}

// community is the number of a unit's community, "" if it is in none.
func community(n *network.Result, unit string) string {
	if c := n.Community(unit); c >= 0 {
		return fmt.Sprint(c + 1)
	}
	return ""
}

// unitNames are the names of the build's units by code.
func unitNames(r *engine.Report, lang string) map[string]string {
	names := make(map[string]string, len(r.Units))
	for _, u := range r.Units {
		names[u.Code] = u.Name.In(lang)
	}
	return names
}

// networkCSV writes a row per unit with the values and ranks of all metrics.
func (w *printer) networkCSV(n *network.Result) error {
	c := newCSV(w)
	head := []string{"unit"}
	for _, m := range n.Metrics {
		name := strings.ReplaceAll(m.Name, "-", "_")
		head = append(head, name, name+"_rank", name+"_low", name+"_high", name+"_before")
	}
	head = append(head, "community")
	_ = c.Write(head)
	for u, code := range n.Units {
		row := []string{code}
		for _, m := range n.Metrics {
			row = append(row, exact(m.Values[u]), exact(m.Ranks[u]))
			for _, more := range []mizan.Column{m.Low, m.High, m.Before} {
				if more == nil {
					row = append(row, "")
				} else {
					row = append(row, exact(more[u]))
				}
			}
		}
		row = append(row, community(n, code))
		_ = c.Write(row)
	}
	c.Flush()
	return c.Error()
}
