package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// script is some edits of a scenario, made out on the figures of one side: which
// cells change and how, and who acts as one in the end.
type script struct {
	c        *compiled
	panel    *mizan.Panel // of the side; others have the same axes
	steps    []change
	links    []carry
	united   []group
	told     []group // alliances whose membership changes, or that act as one
	held     map[int]bool
	findings []mizan.Finding
	varies   bool // some figure hangs on an assumption that varies
}

// group is an alliance with its members at the end of a script.
type group struct {
	code    string
	members []int // positions, ascending
}

// change is one edit of figures.
type change struct {
	edit  int // position in the scenario
	op    string
	value spec.Quantity
	cells []int
	loss  *loss
	share []float64 // dependence of the unit of each cell, of a loss
	low   []float64 // bounds of each cell's indicator
	high  []float64
}

// loss is what of a dependence is lost.
type loss struct{ dependence, exposure, substitution, rerouting, elasticity *spec.Quantity }

// carry is a link with the positions of its indicators.
type carry struct {
	spec.Link
	from, to  int
	low, high float64
}

// opLoss is the operation of a loss, beside those of figures.
const opLoss = "loss"

// script makes out edits, given by their positions in the order in which they
// are made. Edits of the project file are those of the side already.
func (c *compiled) script(s *stand, edits []int) (*script, error) {
	w := &script{c: c, panel: s.Result.Panel(), held: map[int]bool{}}
	members := map[string][]string{}
	of := func(alliance string) []string {
		if _, known := members[alliance]; !known {
			members[alliance] = c.st.o.Members(s.Spec, alliance)
		}
		return members[alliance]
	}
	var named []string
	for _, i := range edits {
		e := &c.Edits[i]
		switch e.Kind() {
		case spec.EditMembership:
			code := e.Join + e.Leave + e.Unite
			now := slices.Clone(of(code))
			if e.Join != "" {
				now = append(now, e.Units...)
			}
			if e.Leave != "" {
				for _, unit := range e.Units {
					if !slices.Contains(now, unit) {
						w.find("not-a-member", i, unit, sayNoMember.Say("unit", unit, "alliance", code))
					}
				}
				now = slices.DeleteFunc(now, func(u string) bool { return slices.Contains(e.Units, u) })
			}
			slices.Sort(now)
			members[code] = slices.Compact(now)
			if !slices.Contains(named, code) {
				named = append(named, code)
			}
		case spec.EditFigures, spec.EditLoss:
			units := e.Units
			if e.Alliance != "" {
				units = of(e.Alliance)
			}
			if err := w.figures(s, i, units, of); err != nil {
				return nil, err
			}
		}
	}
	for _, code := range named {
		g := group{code: code, members: w.positions(members[code])}
		w.told = append(w.told, g)
		if slices.ContainsFunc(edits, func(i int) bool { return c.Edits[i].Unite == code }) {
			w.united = append(w.united, g)
		}
	}
	if err := w.overlap(); err != nil {
		return nil, err
	}
	w.link()
	return w, nil
}

// overlap refuses that a unit acts in two alliances at a time.
func (w *script) overlap() error {
	for i, g := range w.united {
		if len(g.members) == 0 || len(g.members) == len(w.panel.Units) {
			return w.c.problem("empty-alliance", fmt.Sprintf("%s acts as one, and has %d of %d units as members", g.code, len(g.members), len(w.panel.Units)), "let some units join, or leave")
		}
		for _, h := range w.united[:i] {
			for _, m := range g.members {
				if slices.Contains(h.members, m) {
					return w.c.problem("two-alliances", fmt.Sprintf("%s acts as one both with %s and with %s", w.panel.Units[m], h.code, g.code),
						"let it leave one of them before, or make two scenarios")
				}
			}
		}
	}
	return nil
}

func (w *script) positions(codes []string) []int {
	var at []int
	for _, code := range codes {
		if u, known := slices.BinarySearch(w.panel.Units, code); known {
			at = append(at, u)
		}
	}
	slices.Sort(at)
	return at
}

// find notes a finding about an edit.
func (w *script) find(id string, edit int, unit string, said mizan.Said) {
	if edit >= 0 {
		remedy := said.Remedy
		said = sayOfEdit.Say("edit", w.c.EditID(edit), "what", said)
		said.Remedy = remedy
	}
	f := mizan.Finding{ID: id, Severity: mizan.Warn, Unit: unit}.With(said)
	if !slices.ContainsFunc(w.findings, func(g mizan.Finding) bool { return g.ID == id && g.Unit == unit && g.Message == f.Message }) {
		w.findings = append(w.findings, f)
	}
}

// figures makes out an edit of figures, or a loss.
func (w *script) figures(s *stand, i int, units []string, members func(string) []string) error {
	e := &w.c.Edits[i]
	ch := change{edit: i, op: e.Op, value: e.Value}
	var shares map[string]float64
	if e.Kind() == spec.EditLoss {
		ch.op = opLoss
		ch.loss = &loss{e.Dependence, e.Exposure, e.Substitution, e.Rerouting, e.Elasticity}
		if e.Dependence == nil {
			var err error
			if shares, err = w.dependence(i, units, members); err != nil {
				return err
			}
		}
	}
	years := e.Years
	if len(years) == 0 {
		years = w.panel.Years
	}
	var absent []string
	for _, code := range indicatorsOf(s.Spec, e) {
		c := w.panel.Code(code)
		if c < 0 {
			continue
		}
		low, high := rangeOf(s.Spec, code)
		for _, year := range years {
			y := slices.Index(w.panel.Years, year)
			for _, unit := range units {
				u, known := slices.BinarySearch(w.panel.Units, unit)
				if !known || y < 0 {
					continue
				}
				at := (y*len(w.panel.Codes)+c)*len(w.panel.Units) + u
				if v := w.panel.Values[at]; v != v && ch.op != spec.OpSet {
					absent = append(absent, code+" of "+unit)
					continue
				}
				if ch.op == spec.OpSet {
					w.held[at] = true
				}
				ch.cells = append(ch.cells, at)
				ch.low, ch.high = append(ch.low, low), append(ch.high, high)
				if shares != nil {
					ch.share = append(ch.share, shares[unit])
				}
			}
		}
	}
	if len(absent) > 0 {
		w.find("no-figure", i, "", sayNoFigure.Say("units", listed(absent)))
	}
	if len(ch.cells) == 0 && len(absent) == 0 {
		w.find("changes-nothing", i, "", sayNobody.Say())
	}
	list, _ := e.Quantities()
	for _, q := range list {
		if a := w.c.Assumed(q.Assumption); a != nil && a.Distribution.Varies() {
			w.varies = true
		}
	}
	w.steps = append(w.steps, ch)
	return nil
}

// link puts the links in an order in which each comes after those that reach
// where it begins.
func (w *script) link() {
	left := slices.Clone(w.c.Links)
	for len(left) > 0 {
		i := slices.IndexFunc(left, func(l spec.Link) bool {
			return !slices.ContainsFunc(left, func(m spec.Link) bool { return m.To == l.From })
		})
		i = max(i, 0) // a circle is refused before
		l := left[i]
		left = slices.Delete(left, i, i+1)
		one := carry{Link: l, from: w.panel.Code(l.From), to: w.panel.Code(l.To)}
		if one.from < 0 || one.to < 0 {
			continue
		}
		one.low, one.high = rangeOf(w.c.st.o.Baseline.Spec, l.To)
		w.links = append(w.links, one)
		if a := w.c.Assumed(l.Elasticity.Assumption); a != nil && a.Distribution.Varies() {
			w.varies = true
		}
	}
}

// apply gives the figures of a panel after the script; the panel itself if none
// changes. values are those of the assumptions, in their order. With tell, what
// a reader must know is noted as findings.
func (w *script) apply(panel *mizan.Panel, values []float64, tell bool) *mizan.Panel {
	if !w.changes() {
		return panel
	}
	var out mizan.Panel
	return w.write(&out, panel, values, tell)
}

// applyTo is apply to a panel whose room for figures is used again.
func (w *script) applyTo(out, panel *mizan.Panel, values []float64) *mizan.Panel {
	return w.write(out, panel, values, false)
}

// indicators are the codes whose figures may change.
func (w *script) indicators() []string {
	var list []string
	add := func(code string) {
		if !slices.Contains(list, code) {
			list = append(list, code)
		}
	}
	for _, ch := range w.steps {
		for _, at := range ch.cells {
			add(w.panel.Codes[at/len(w.panel.Units)%len(w.panel.Codes)])
		}
	}
	for _, l := range w.links {
		add(l.To)
	}
	return list
}

func (w *script) write(out, panel *mizan.Panel, values []float64, tell bool) *mizan.Panel {
	room := out.Values
	*out = *panel
	out.Values = append(room[:0], panel.Values...)
	number := func(q *spec.Quantity, otherwise float64) float64 {
		if q == nil {
			return otherwise
		}
		return w.c.number(*q, values)
	}
	for _, ch := range w.steps {
		by := 0.0
		if ch.op != opLoss {
			by = w.c.number(ch.value, values)
		}
		for k, at := range ch.cells {
			v := out.Values[at]
			switch ch.op {
			case spec.OpSet:
				v = by
			case spec.OpScale:
				v *= by
			case spec.OpAdd:
				v += by
			default:
				share := number(ch.loss.dependence, 1)
				if ch.share != nil {
					share = ch.share[k]
				}
				lost := share * number(ch.loss.exposure, 1) * (1 - number(ch.loss.substitution, 0)) * (1 - number(ch.loss.rerouting, 0))
				v *= math.Pow(1-lost, number(ch.loss.elasticity, 1))
			}
			if tell && (v < ch.low[k] || v > ch.high[k]) {
				w.find("held-at-range", ch.edit, "", sayHeld.Say("cell", w.cell(at), "value", figure(v)))
			}
			out.Values[at] = min(max(v, ch.low[k]), ch.high[k])
		}
	}
	for i := range w.links {
		w.carry(&w.links[i], panel, out, values, tell)
	}
	return out
}

// changes reports whether the script changes any figure.
func (w *script) changes() bool {
	return slices.ContainsFunc(w.steps, func(ch change) bool { return len(ch.cells) > 0 })
}

// carry multiplies the figures of an indicator by what a link brings.
func (w *script) carry(l *carry, before, after *mizan.Panel, values []float64, tell bool) {
	e := w.c.number(l.Elasticity, values)
	if l.Inverse {
		e = -e
	}
	for y := l.Lag; y < len(before.Years); y++ {
		was, is, to := before.Column(y-l.Lag, l.from), after.Column(y-l.Lag, l.from), after.Column(y, l.to)
		first := (y*len(before.Codes) + l.to) * len(before.Units)
		for u := range was {
			if was[u] == is[u] || was[u] != was[u] || to[u] != to[u] || w.held[first+u] {
				continue
			}
			if was[u] <= 0 || is[u] <= 0 && e < 0 {
				if tell {
					w.find("no-ratio", -1, before.Units[u], sayNoRatio.Say("code", l.From, "with", l.To, "unit", before.Units[u], "was", figure(was[u]), "is", figure(is[u])))
				}
				continue
			}
			to[u] = min(max(to[u]*math.Pow(max(is[u], 0)/was[u], e), l.low), l.high)
		}
	}
}

// cell names a cell.
func (w *script) cell(at int) string {
	units, codes := len(w.panel.Units), len(w.panel.Codes)
	name := w.panel.Codes[at/units%codes] + " of " + w.panel.Units[at%units]
	if len(w.panel.Years) > 1 {
		name += fmt.Sprintf(" in %d", w.panel.Years[at/units/codes])
	}
	return name
}

// indicatorsOf lists the indicators that an edit changes, each once.
func indicatorsOf(s *spec.Spec, e *spec.ScenarioEdit) []string {
	list := slices.Clone(e.Indicators)
	for _, code := range e.Nodes {
		if n := nodeOf(&s.Framework, code); n != nil {
			list = leaves(n, list)
		}
	}
	var once []string
	for _, code := range list {
		if !slices.Contains(once, code) {
			once = append(once, code)
		}
	}
	return once
}

func nodeOf(n *spec.Node, code string) *spec.Node {
	if n.Code == code {
		return n
	}
	for i := range n.Children {
		if found := nodeOf(&n.Children[i], code); found != nil {
			return found
		}
	}
	return nil
}

func leaves(n *spec.Node, list []string) []string {
	if len(n.Children) == 0 {
		return append(list, n.Code)
	}
	for i := range n.Children {
		list = leaves(&n.Children[i], list)
	}
	return list
}

// rangeOf is the range of the figures of an indicator; infinite where none is
// declared.
func rangeOf(s *spec.Spec, code string) (low, high float64) {
	for _, i := range s.Indicators {
		if i.Code == code && i.Range != nil {
			return i.Range[0], i.Range[1]
		}
	}
	return math.Inf(-1), math.Inf(1)
}

func figure(v float64) string { return string(mizan.AppendNumber(nil, v, "missing")) }

// listed names a few and counts the rest.
func listed(names []string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
