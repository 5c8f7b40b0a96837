package scenario

import (
	"errors"
	"math"
	"slices"
	"sync/atomic"

	"mizan"
	"mizan/spec"
	"mizan/stat"
)

// Run tries scenarios, each on the same draws. Errors are mizan.Problems: those
// of a build that is not possible, of tables that are not there.
func (st *Study) Run(scenarios []*spec.Scenario) (*Result, error) {
	res := &Result{Year: st.year, Seed: st.o.Seed, Scenarios: []Outcome{}}
	var list []*compiled
	for _, s := range scenarios {
		c, err := st.compile(s)
		if err != nil {
			return nil, err
		}
		if st.o.Draws >= 0 && c.varies() {
			res.Draws = st.draws
			st.total += st.draws
		}
		list = append(list, c)
	}
	for _, c := range list {
		o, err := c.run()
		if err != nil {
			return nil, err
		}
		res.Scenarios = append(res.Scenarios, *o)
	}
	return res, nil
}

// varies reports whether draws of a scenario differ.
func (c *compiled) varies() bool {
	return c.st.o.Baseline.Draws != nil ||
		slices.ContainsFunc(c.Assumptions, func(a spec.Assumption) bool { return a.Distribution.Varies() })
}

// run tries one scenario.
func (c *compiled) run() (*Outcome, error) {
	s, sc, err := c.world(c.all())
	if err != nil {
		return nil, err
	}
	o := &Outcome{ID: c.ID, Title: c.Title, Description: c.Description, Limits: c.Limits, Findings: []mizan.Finding{}, Figures: []FigureNow{}}
	if err := c.reference(o, s, sc); err != nil {
		return nil, c.blame(err)
	}
	subject := slices.Index(c.st.units, o.Unit)
	c.tell(o, s, sc)
	c.attribute(o, subject)
	c.orders(o)
	if c.st.o.Draws >= 0 && c.varies() {
		c.sample(s, sc, subject, c.st.draws).into(o)
	}
	return o, nil
}

// blame places the problems of a build that a scenario leads to at the scenario.
func (c *compiled) blame(err error) error {
	var ps mizan.Problems
	if !errors.As(err, &ps) {
		return err
	}
	var out mizan.Problems
	for _, p := range ps {
		var one mizan.Problems
		if errors.As(c.problem(p.ID, "what it leads to cannot be built: "+p.Cause, "correct the edits; "+p.Remedy), &one) {
			out = append(out, one...)
		}
	}
	return out
}

// base is the script of no edits at all, that tells of the alliances of another
// as they are.
func (c *compiled) base(sc *script) *script {
	w := &script{c: c, panel: c.st.base.Result.Panel(), held: map[int]bool{}}
	for _, g := range sc.told {
		members := w.positions(c.st.o.Members(c.st.base.Spec, g.code))
		w.told = append(w.told, group{code: g.code, members: members})
	}
	return w
}

// reference fills in what the scenario leads to at the middle of the
// assumptions, in the project as it stands.
func (c *compiled) reference(o *Outcome, s *stand, sc *script) error {
	w := c.st.newWorker()
	var before, after outcome
	subject := max(0, slices.Index(c.st.units, c.subject(sc)))
	base := c.base(sc)
	if err := w.evaluate(c.st.base, base, &c.st.base.own, nil, subject, &before); err != nil {
		return err
	}
	if err := w.evaluate(s, sc, &s.own, c.middle, subject, &after); err != nil {
		return err
	}
	if c.subject(sc) == "" { // whoever moves most
		most := -1.0
		for u := range c.st.units {
			if d := math.Abs(after.top[u] - before.top[u]); d > most {
				most, subject = d, u
			}
		}
		if err := w.evaluate(c.st.base, base, &c.st.base.own, nil, subject, &before); err != nil {
			return err
		}
		if err := w.evaluate(s, sc, &s.own, c.middle, subject, &after); err != nil {
			return err
		}
	}
	o.Unit = c.st.units[subject]
	standing := func(score, rank float64) Standing { return Standing{mizan.Number(score), mizan.Number(rank)} }
	for u, code := range c.st.units {
		m := Move{Code: code, Before: standing(before.top[u], before.ranks[u]), After: standing(after.top[u], after.ranks[u])}
		for _, g := range sc.united {
			if slices.Contains(g.members, s.units[u]) {
				m.In = g.code
			}
		}
		o.Units = append(o.Units, m)
	}
	for n, node := range c.st.base.Result.Nodes {
		o.Nodes = append(o.Nodes, Move{
			Code: node.Code, Before: standing(before.nodes[n], before.nodeRanks[n]), After: standing(after.nodes[n], after.nodeRanks[n]),
		})
	}
	codes := func(panel *mizan.Panel, at []int) []string {
		list := []string{}
		for _, u := range at {
			list = append(list, panel.Units[u])
		}
		return list
	}
	for g, one := range sc.told {
		o.Alliances = append(o.Alliances, Allied{
			Code: one.code, MembersBefore: codes(base.panel, base.told[g].members), MembersAfter: codes(sc.panel, one.members),
			United: slices.ContainsFunc(sc.united, func(u group) bool { return u.code == one.code }), First: mizan.Number(math.NaN()),
			Before: standing(before.groups[g], before.groupRanks[g]), After: standing(after.groups[g], after.groupRanks[g]),
		})
	}
	return nil
}

// subject is whom a scenario is about; "" if its edits name nobody.
func (c *compiled) subject(sc *script) string {
	if c.st.o.Unit != "" {
		return c.st.o.Unit
	}
	if c.Unit != "" && slices.Contains(c.st.units, c.Unit) {
		return c.Unit
	}
	for i := range c.Edits {
		for _, unit := range c.Edits[i].Units {
			if slices.Contains(c.st.units, unit) {
				return unit
			}
		}
	}
	for _, g := range sc.united {
		return sc.panel.Units[g.members[0]]
	}
	return ""
}

// sample is both sides of a scenario over the draws.
type sample struct {
	c       *compiled
	sc      *script
	values  [][]float64 // [assumption][draw]
	failed  []error     // [draw]
	before  grid        // of the units
	after   grid
	nodes   grid // of the subject, before
	nodesTo grid
	groups  [2][][]float64 // scores and ranks after, [alliance][draw]
	subject int
}

// grid is scores and ranks, [unit or node][draw]; NaN where there is none.
type grid struct{ scores, ranks [][]float64 }

func newGrid(rows, draws int) grid { return grid{missing(rows, draws), missing(rows, draws)} }

func missing(rows, draws int) [][]float64 {
	g := make([][]float64, rows)
	for i := range g {
		g[i] = make([]float64, draws)
		for k := range g[i] {
			g[i][k] = math.NaN()
		}
	}
	return g
}

// draw notes an outcome as that of draw k.
func (g *grid) draw(k int, scores, ranks []float64) {
	for i := range scores {
		g.scores[i][k], g.ranks[i][k] = scores[i], ranks[i]
	}
}

// errStopped is the error of draws that were not made.
var errStopped = errors.New("stopped")

// sample draws a scenario and the baseline side by side, n times.
func (c *compiled) sample(s *stand, sc *script, subject, n int) *sample {
	nodes := len(c.st.base.Result.Nodes)
	out := &sample{
		c: c, sc: sc, subject: subject, failed: make([]error, n),
		before: newGrid(len(c.st.units), n), after: newGrid(len(c.st.units), n), nodes: newGrid(nodes, n), nodesTo: newGrid(nodes, n),
		groups: [2][][]float64{missing(len(sc.told), n), missing(len(sc.told), n)},
	}
	for _, a := range c.Assumptions {
		out.values = append(out.values, drawAll(a.Distribution, a.ID, c.st.o.Seed, n))
	}
	base := &script{c: c, panel: c.st.base.Result.Panel()}
	var done atomic.Int64
	const block = 32
	stat.InParallelWith((n+block-1)/block, func() func(int) {
		w := c.st.newWorker()
		values := make([]float64, len(c.Assumptions))
		var before, after outcome
		return func(b int) {
			for k := b * block; k < min((b+1)*block, n); k++ {
				if c.st.o.Stop != nil && c.st.o.Stop() {
					out.failed[k] = errStopped
					continue
				}
				for i := range values {
					values[i] = out.values[i][k]
				}
				out.failed[k] = out.draw(w, s, base, k, values, &before, &after)
				if c.st.o.Progress != nil {
					c.st.o.Progress(c.st.done+int(done.Add(1)), c.st.total)
				}
			}
		}
	})
	c.st.done += n
	return out
}

// draw makes draw k of both sides.
func (o *sample) draw(w *worker, s *stand, base *script, k int, values []float64, before, after *outcome) error {
	if err := o.c.st.base.draw(k, &w.d); err != nil {
		return err
	}
	if err := w.evaluate(o.c.st.base, base, &w.d, nil, o.subject, before); err != nil {
		return err
	}
	if s != o.c.st.base {
		if err := s.draw(k, &w.d); err != nil {
			return err
		}
	}
	if err := w.evaluate(s, o.sc, &w.d, values, o.subject, after); err != nil {
		return err
	}
	o.before.draw(k, before.top, before.ranks)
	o.after.draw(k, after.top, after.ranks)
	o.nodes.draw(k, before.nodes, before.nodeRanks)
	o.nodesTo.draw(k, after.nodes, after.nodeRanks)
	for g := range o.sc.told {
		o.groups[0][g][k], o.groups[1][g][k] = after.groups[g], after.groupRanks[g]
	}
	return nil
}

// into writes what was drawn to an outcome.
func (o *sample) into(out *Outcome) {
	causes := map[string]int{}
	for _, err := range o.failed {
		if err != nil {
			out.Failed++
			causes[causeOf(err)]++
			continue
		}
		out.Draws++
	}
	for cause, draws := range causes {
		out.Causes = append(out.Causes, Cause{cause, draws})
	}
	slices.SortFunc(out.Causes, func(a, b Cause) int {
		if a.Draws != b.Draws {
			return b.Draws - a.Draws
		}
		if a.Cause < b.Cause {
			return -1
		}
		return 1
	})
	stat.InParallel(len(out.Units), func(u int) {
		out.Units[u].Over = over(o.before.scores[u], o.after.scores[u], o.before.ranks[u], o.after.ranks[u])
	})
	stat.InParallel(len(out.Nodes), func(n int) {
		out.Nodes[n].Over = over(o.nodes.scores[n], o.nodesTo.scores[n], o.nodes.ranks[n], o.nodesTo.ranks[n])
	})
	for g := range out.Alliances {
		scores, ranks := spread(o.groups[0][g]), spread(o.groups[1][g])
		out.Alliances[g].ScoreAfter, out.Alliances[g].RankAfter = &scores, &ranks
		first, of := 0.0, 0.0
		for _, r := range o.groups[1][g] {
			if r == r {
				of++
			}
			if r == 1 {
				first++
			}
		}
		out.Alliances[g].First = mizan.Number(first / of)
	}
	moved := difference(o.after.scores[o.subject], o.before.scores[o.subject])
	for i := range out.Assumptions {
		a := &out.Assumptions[i]
		if !o.c.Assumptions[i].Distribution.Varies() {
			continue
		}
		rho := stat.Spearman(o.values[i], moved)
		a.Correlation, a.Drives = mizan.Number(rho), mizan.Number(rho*rho)
	}
}

func causeOf(err error) string {
	var ps mizan.Problems
	if errors.As(err, &ps) && len(ps) > 0 {
		return ps[0].Cause
	}
	return err.Error()
}

// difference is a less b, draw by draw.
func difference(a, b []float64) []float64 {
	d := make([]float64, len(a))
	for k := range a {
		d[k] = a[k] - b[k]
	}
	return d
}

// over sums up a movement over the draws.
func over(before, after, rankBefore, rankAfter []float64) *MoveOver {
	places := difference(rankBefore, rankAfter)
	m := &MoveOver{
		ScoreBefore: spread(before), ScoreAfter: spread(after), RankBefore: spread(rankBefore), RankAfter: spread(rankAfter),
		Score: spread(difference(after, before)), Places: spread(places),
	}
	rises, falls, of := 0.0, 0.0, 0.0
	for _, p := range places {
		switch {
		case p != p:
			continue
		case p > 0:
			rises++
		case p < 0:
			falls++
		}
		of++
	}
	if of > 0 {
		m.Rises, m.Falls = rises/of, falls/of
	}
	return m
}
