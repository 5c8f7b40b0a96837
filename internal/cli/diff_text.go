package cli

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"mizan"
	"mizan/engine"
)

// diff prints what separates two builds.
func (w *printer) diff(l *labels, d *engine.Difference, top int) {
	fmt.Fprintf(w, "%s %s\n%s %s\n", w.bold("A:"), sideOf(d.A), w.bold("B:"), sideOf(d.B))
	if len(d.Spec) > 0 {
		fmt.Fprintf(w, "\n%s\n", w.bold("Settings that differ"))
		t := newTable("path", "A", "B")
		for _, c := range d.Spec {
			t.add(c.Path, cut(or(c.A, noValue), 60), cut(or(c.B, noValue), 60))
		}
		t.write(w, w.style, "  ")
	}
	fmt.Fprintln(w)
	w.agreement(d.Agreement)
	moved := apart(d.Units)
	if len(moved) == 0 {
		fmt.Fprintln(w, "No score and no rank differs.")
	} else {
		w.movers(l, moved, top, []string{"A", "B"})
	}
	w.only("A", d.OnlyA)
	w.only("B", d.OnlyB)
}

// apart leaves out the units that are alike in both.
func apart(list []engine.UnitChange) []engine.UnitChange {
	var out []engine.UnitChange
	for _, u := range list {
		if u.Move != 0 || u.ScoreA != u.ScoreB {
			out = append(out, u)
		}
	}
	return out
}

// against prints how a build compares with a published ranking.
func (w *printer) against(l *labels, g *engine.Against, top int) {
	fmt.Fprintf(w, "%s %s\n%s %s\n\n", w.bold("A:"), sideOf(g.A), w.bold("B:"), clean(g.Published))
	w.agreement(g.Agreement)
	if len(g.Units) > 0 {
		w.movers(l, g.Units, top, []string{"A", "B"})
		fmt.Fprintf(w, "Ranks are among the %s of both.\n", plural(len(g.Units), "unit"))
	}
	w.only("A", g.OnlyA)
	w.only("B", g.OnlyPublished)
}

func sideOf(s engine.Side) string {
	line := s.ID
	if s.Variant != "" {
		line += ", variant " + s.Variant
	}
	for _, e := range s.Edits {
		line += ", " + clean(e)
	}
	return fmt.Sprintf("%s, %d (%d ranked)", line, s.Year, s.Ranked)
}

func (w *printer) agreement(a engine.Agreement) {
	fmt.Fprintf(w, "%s over %s: Spearman %s, Kendall %s, Pearson %s; ranks differ by %s on average\n", w.bold("Agreement"),
		plural(a.Common, "unit"), fixed(float64(a.Spearman), 4), fixed(float64(a.Kendall), 4), fixed(float64(a.Pearson), 4), fixed(float64(a.MeanMove), 2))
}

// movers prints the units that moved, those that moved most first.
func (w *printer) movers(l *labels, list []engine.UnitChange, top int, sides []string) {
	fmt.Fprintf(w, "\n%s\n", w.bold("Units, furthest apart first"))
	why := false
	for _, u := range list {
		why = why || len(u.Causes) > 0
	}
	heads := []string{"unit", "name", ">rank " + sides[0], ">rank " + sides[1], ">move", ">score " + sides[0], ">score " + sides[1]}
	if why {
		heads = append(heads, "because of")
	}
	t := newTable(heads...)
	var a, b []float64
	for _, u := range list {
		a, b = append(a, float64(u.ScoreA)), append(b, float64(u.ScoreB))
	}
	da, db := decimals(a), decimals(b)
	for i, u := range list {
		if top > 0 && i == top {
			break
		}
		row := []string{
			u.Unit, l.unit[u.Unit], whole(float64(u.RankA)), whole(float64(u.RankB)), signed(float64(u.Move), 0),
			fixed(float64(u.ScoreA), da), fixed(float64(u.ScoreB), db),
		}
		if why {
			row = append(row, because(u.Causes, db))
		}
		t.add(row...)
	}
	t.write(w, w.style, "  ")
	if top > 0 && len(list) > top {
		fmt.Fprintf(w, "  and %d more (--top 0 prints all)\n", len(list)-top)
	}
}

// because names the three indicators that changed the score most.
func because(causes []engine.Cause, digits int) string {
	var parts []string
	for _, c := range causes {
		if len(parts) == 3 || math.Abs(float64(c.Change)) < 0.5*math.Pow10(-digits) {
			break
		}
		parts = append(parts, c.Code+" "+signed(float64(c.Change), digits))
	}
	return strings.Join(parts, ", ")
}

func signed(v float64, digits int) string {
	s := fixed(v, digits)
	if v > 0 {
		s = "+" + s
	}
	return s
}

func (w *printer) only(side string, units []string) {
	if len(units) > 0 {
		fmt.Fprintf(w, "Only in %s (%d): %s\n", side, len(units), clean(cut(strings.Join(units, ", "), 200)))
	}
}

func (w *printer) changesCSV(list []engine.UnitChange) {
	c := newCSV(w)
	_ = c.Write([]string{"unit", "rank_a", "rank_b", "move", "score_a", "score_b"})
	text := func(n mizan.Number) string { return exact(float64(n)) }
	for _, u := range list {
		_ = c.Write([]string{u.Unit, text(u.RankA), text(u.RankB), strconv.Itoa(u.Move), text(u.ScoreA), text(u.ScoreB)})
	}
	c.Flush()
}

// cut shortens a long text.
func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
