package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/spec"
	"mizan/stat"
)

// stand is a side made ready: its own reading of the project, and where the
// units and nodes of the baseline stand in it.
type stand struct {
	Side
	own   build.Draw
	units []int // of each unit of the baseline, -1 = not there
}

func (st *Study) stand(side Side) (*stand, error) {
	k, err := build.NewKernel(side.Result, st.year, build.KernelOptions{Vary: make([]bool, len(side.Result.Nodes))})
	if err != nil {
		return nil, err
	}
	s := &stand{Side: side, own: build.Draw{Structure: -1, Result: side.Result, Weights: k.Weights()}}
	for _, code := range st.units {
		u, known := slices.BinarySearch(side.Result.Units, code)
		if !known {
			u = -1
		}
		s.units = append(s.units, u)
	}
	return s, nil
}

// draw writes draw k of a side to d.
func (s *stand) draw(k int, d *build.Draw) error {
	if s.Draws != nil {
		return s.Draws.Draw(k, d)
	}
	d.Structure, d.Result = 0, s.Result
	d.Weights = append(d.Weights[:0], s.own.Weights...)
	return nil
}

// compiled is a scenario made ready to be tried.
type compiled struct {
	*spec.Scenario
	st      *Study
	path    string // of the scenario in the project; "" if it is not of the project
	middle  []float64
	stands  map[string]*stand
	scripts map[string]*script
}

func (st *Study) compile(s *spec.Scenario) (*compiled, error) {
	c := &compiled{Scenario: s, st: st, stands: map[string]*stand{"": st.base}, scripts: map[string]*script{}}
	for i := range st.o.Baseline.Spec.Scenarios {
		if st.o.Baseline.Spec.Scenarios[i].ID == s.ID {
			c.path = st.o.Baseline.Spec.ScenarioPath(i, "")
		}
	}
	for _, a := range s.Assumptions {
		c.middle = append(c.middle, middle(a.Distribution))
	}
	_, _, err := c.world(c.all())
	return c, err
}

// problem places a problem at the scenario.
func (c *compiled) problem(id, cause, remedy string) error {
	cause = "scenario " + c.ID + ": " + cause
	if c.path == "" {
		return mizan.Problems{{ID: id, Cause: cause, Remedy: remedy}}
	}
	return mizan.Problems{c.st.o.Baseline.Spec.Problem(id, c.path, cause, remedy)}
}

// all are the positions of all edits.
func (c *compiled) all() []int {
	list := make([]int, len(c.Edits))
	for i := range list {
		list[i] = i
	}
	return list
}

// number is what a quantity is with some values of the assumptions.
func (c *compiled) number(q spec.Quantity, values []float64) float64 {
	if q.Assumption == "" {
		return q.Number
	}
	for i := range c.Assumptions {
		if c.Assumptions[i].ID == q.Assumption {
			return values[i]
		}
	}
	return math.NaN()
}

// world is the side and the script of some edits, in an order. Those of the
// project file come first, whatever the order; the others follow in theirs.
func (c *compiled) world(edits []int) (*stand, *script, error) {
	var project []spec.Edit
	var names []string
	for _, i := range edits {
		if c.Edits[i].Kind() == spec.EditProject {
			project = append(project, c.Edits[i].Edit)
			names = append(names, fmt.Sprint(i))
		}
	}
	key := strings.Join(names, " ")
	s := c.stands[key]
	if s == nil {
		side, err := c.st.o.Edited(project)
		if err != nil {
			return nil, nil, err
		}
		if !slices.Contains(side.Result.Years, c.st.year) {
			return nil, nil, c.problem("unknown-year", fmt.Sprintf("%d is no longer built", c.st.year), "take the edit of `period` away")
		}
		if s, err = c.st.stand(side); err != nil {
			return nil, nil, err
		}
		c.stands[key] = s
	}
	whole := fmt.Sprint(edits)
	w := c.scripts[whole]
	if w == nil {
		var err error
		if w, err = c.script(s, edits); err != nil {
			return nil, nil, err
		}
		c.scripts[whole] = w
	}
	return s, w, nil
}

// outcome is what the units, and the subject in every node, score in one world.
type outcome struct {
	top, ranks       []float64 // by unit of the baseline
	nodes, nodeRanks []float64 // of the subject, by node of the baseline
	groups           []float64 // scores of the alliances that are told of
	groupRanks       []float64
}

// worker evaluates worlds; it belongs to one goroutine.
type worker struct {
	st      *Study
	kept    map[kept]*evaluation
	d       build.Draw
	ranks   []int32
	scratch []float64
	panel   mizan.Panel // figures after a script, overwritten draw by draw
}

// kept is by what an evaluation is found again: the script, nil for none, and
// the structure of a draw.
type kept struct {
	script    *script
	structure int
}

// evaluation is a build with what evaluates its framework.
type evaluation struct {
	result    *build.Result
	e         *build.Evaluator
	nodes     []int // of each node of the baseline, -1 = not there
	outsiders *build.Outsiders
	pooled    [][]float64 // normalised figures of the alliances of the script
	// altered evaluates other figures of the indicators of the script quickly;
	// nil where all must be built anew.
	altered *build.Altered
}

func (st *Study) newWorker() *worker { return &worker{st: st, kept: map[kept]*evaluation{}} }

// mostKept is how many evaluations a worker keeps.
const mostKept = 2048

// evaluation makes what evaluates a draw after a script.
func (w *worker) evaluation(s *stand, sc *script, d *build.Draw, values []float64) (*evaluation, error) {
	changes := sc.changes()
	key := kept{sc, d.Structure}
	if !changes && len(sc.told) == 0 {
		key.script = nil
	}
	shared := d.Structure >= 0 && (!changes || !sc.varies)
	// Two sides may number their structures alike.
	if ev := w.kept[key]; ev != nil && shared && (changes || ev.result == d.Result) {
		return ev, nil
	}
	ev := &evaluation{result: d.Result}
	var err error
	if changes {
		if ev.result, err = d.Result.With(sc.apply(d.Result.Panel(), values, false), false); err != nil {
			return nil, err
		}
	}
	k, err := build.NewKernel(ev.result, w.st.year, build.KernelOptions{})
	if err != nil {
		return nil, err
	}
	ev.e, ev.nodes = k.Evaluator(), w.st.places(ev.result)
	if len(sc.told) > 0 {
		if err := ev.pool(w.st, s, sc); err != nil {
			return nil, err
		}
	}
	if shared {
		w.keep(key, ev)
	}
	return ev, nil
}

// pool finds the normalised figures of the alliances of a script.
func (ev *evaluation) pool(st *Study, s *stand, sc *script) error {
	p, err := st.o.Pool(s.Spec, ev.result, st.year)
	if err != nil {
		return err
	}
	if ev.outsiders, err = ev.result.Outsiders(st.year); err != nil {
		return err
	}
	for _, g := range sc.told {
		ev.pooled = append(ev.pooled, p.Normalised(g.members))
	}
	if ev.outsiders.Compares() && len(sc.united) > 1 {
		return sc.c.problem("two-alliances", "several alliances act as one, and a method of aggregation compares units with one another", "make a scenario of each")
	}
	return nil
}

// nodes are the scores of every node in a draw after a script, and the ranks at
// the top in w.ranks.
func (w *worker) nodes(s *stand, sc *script, d *build.Draw, values []float64) (*evaluation, [][]float64, error) {
	rank := func(of interface{ Ranks([]int32, []float64) }, columns [][]float64) {
		own := columns[len(columns)-1]
		w.ranks = slices.Grow(w.ranks[:0], len(own))[:len(own)]
		of.Ranks(w.ranks, own)
	}
	if sc.varies && d.Structure >= 0 && len(sc.told) == 0 && sc.changes() {
		ev, columns, err := w.quick(sc, d, values)
		if columns != nil || err != nil {
			if err == nil {
				rank(ev.altered, columns)
			}
			return ev, columns, err
		}
	}
	ev, err := w.evaluation(s, sc, d, values)
	if err != nil {
		return nil, nil, err
	}
	columns, err := ev.e.Nodes(d.Weights)
	if err != nil {
		return nil, nil, err
	}
	rank(ev.e, columns)
	return ev, columns, nil
}

// quick evaluates a draw whose figures alone differ from those of a structure;
// columns are nil where it must be built anew.
func (w *worker) quick(sc *script, d *build.Draw, values []float64) (*evaluation, [][]float64, error) {
	key := kept{sc, d.Structure}
	ev := w.kept[key]
	if ev == nil || ev.result != d.Result {
		k, err := build.NewKernel(d.Result, w.st.year, build.KernelOptions{})
		if err != nil {
			return nil, nil, err
		}
		ev = &evaluation{result: d.Result, nodes: w.st.places(d.Result)}
		ev.altered, _ = k.Altered(sc.indicators())
		w.keep(key, ev)
	}
	if ev.altered == nil {
		return nil, nil, nil
	}
	columns, ok, err := ev.altered.Nodes(sc.applyTo(&w.panel, d.Result.Panel(), values), d.Weights)
	if !ok {
		return nil, nil, nil
	}
	return ev, columns, err
}

// places are the positions of the nodes of the baseline in a build, -1 where one
// is not there.
func (st *Study) places(r *build.Result) []int {
	var list []int
	for _, n := range st.base.Result.Nodes {
		list = append(list, slices.IndexFunc(r.Nodes, func(x build.Node) bool { return x.Code == n.Code }))
	}
	return list
}

func (w *worker) keep(key kept, ev *evaluation) {
	if len(w.kept) >= mostKept {
		clear(w.kept)
	}
	w.kept[key] = ev
}

// evaluate writes what a world scores in a draw to out, whose subject is a
// position among the units of the baseline.
func (w *worker) evaluate(s *stand, sc *script, d *build.Draw, values []float64, subject int, out *outcome) error {
	ev, columns, err := w.nodes(s, sc, d, values)
	if err != nil {
		return err
	}
	out.room(w.st, len(sc.told))
	own := columns[len(columns)-1]
	for u, at := range s.units {
		if at < 0 || w.ranks[at] == 0 {
			out.top[u], out.ranks[u] = math.NaN(), math.NaN()
			continue
		}
		out.top[u], out.ranks[u] = own[at], float64(w.ranks[at])
	}
	for n, at := range ev.nodes {
		out.nodes[n], out.nodeRanks[n] = math.NaN(), math.NaN()
		if u := s.units[subject]; at >= 0 && u >= 0 {
			out.nodes[n], out.nodeRanks[n] = columns[at][u], rankIn(columns[at][u], columns[at])
		}
	}
	if len(sc.told) == 0 {
		return nil
	}
	return w.allied(s, sc, ev, d, columns, subject, out)
}

// rankIn is the rank of a score among those of a column; NaN if it is missing.
func rankIn(score float64, column []float64) float64 {
	if score != score {
		return score
	}
	rank := 1.0
	for _, v := range column {
		if v > score {
			rank++
		}
	}
	return rank
}

// allied puts alliances that act as one in place of their members, and finds
// how those stand that are told of.
func (w *worker) allied(s *stand, sc *script, ev *evaluation, d *build.Draw, columns [][]float64, subject int, out *outcome) error {
	columns = slices.Clone(columns)
	scores := make([][]float64, len(columns)) // [node][alliance]
	for n := range scores {
		scores[n] = make([]float64, len(sc.told))
		if n < len(ev.result.Indicators) {
			for g := range sc.told {
				scores[n][g] = ev.pooled[g][n]
			}
		}
	}
	instead := func(g int) []int { return sc.told[g].members }
	if err := ev.outsiders.Score(scores, instead, d.Weights); err != nil {
		return err
	}
	acting := func(g int) bool {
		return slices.ContainsFunc(sc.united, func(u group) bool { return u.code == sc.told[g].code })
	}
	in := make([]int, len(ev.result.Units)) // 1 + the alliance in which a unit acts
	for g := range sc.told {
		for _, m := range sc.told[g].members {
			if acting(g) {
				in[m] = g + 1
			}
		}
	}
	if ev.outsiders.Compares() && len(sc.united) > 0 {
		for n := range columns {
			columns[n] = slices.Clone(columns[n])
		}
		if err := w.joined(sc, ev, d, columns); err != nil {
			return err
		}
	}
	// rest is a column without those who act in an alliance, and with the
	// alliances that act; without one alliance's members if it only stands beside.
	rest := func(n int, beside []int) []float64 {
		w.scratch = w.scratch[:0]
		for u, v := range columns[n] {
			if in[u] == 0 && !slices.Contains(beside, u) {
				w.scratch = append(w.scratch, v)
			}
		}
		for g := range sc.told {
			if acting(g) {
				w.scratch = append(w.scratch, scores[n][g])
			}
		}
		return w.scratch
	}
	top := len(columns) - 1
	for u, at := range s.units {
		if at < 0 || len(sc.united) == 0 {
			continue
		}
		if g := in[at]; g > 0 {
			out.top[u] = scores[top][g-1]
		} else {
			out.top[u] = columns[top][at]
		}
		out.ranks[u] = rankIn(out.top[u], rest(top, nil))
	}
	if at := s.units[subject]; at >= 0 && len(sc.united) > 0 {
		for n, place := range ev.nodes {
			if place < 0 {
				continue
			}
			if g := in[at]; g > 0 {
				out.nodes[n] = scores[place][g-1]
			}
			out.nodeRanks[n] = rankIn(out.nodes[n], rest(place, nil))
		}
	}
	for g := range sc.told {
		out.groups[g], out.groupRanks[g] = scores[top][g], rankIn(scores[top][g], rest(top, sc.told[g].members))
	}
	return nil
}

// joined gives the units that are left their scores beside the one alliance
// that acts, where methods compare units.
func (w *worker) joined(sc *script, ev *evaluation, d *build.Draw, columns [][]float64) error {
	g := slices.IndexFunc(sc.told, func(g group) bool { return g.code == sc.united[0].code })
	members := sc.told[g].members
	scores, at, err := ev.outsiders.Join(ev.pooled[g], members, d.Weights)
	if err != nil {
		return err
	}
	for n := range columns {
		k := 0
		for u := range columns[n] {
			if slices.Contains(members, u) {
				continue
			}
			if k == at {
				k++
			}
			columns[n][u] = scores[n][k]
			k++
		}
	}
	return nil
}

// room makes an outcome as large as a study needs.
func (o *outcome) room(st *Study, groups int) {
	size := func(x []float64, n int) []float64 { return slices.Grow(x[:0], n)[:n] }
	o.top, o.ranks = size(o.top, len(st.units)), size(o.ranks, len(st.units))
	nodes := len(st.base.Result.Nodes)
	o.nodes, o.nodeRanks = size(o.nodes, nodes), size(o.nodeRanks, nodes)
	o.groups, o.groupRanks = size(o.groups, groups), size(o.groupRanks, groups)
}

// spread is the middle of many values and the range in which 90 % of them lie.
func spread(x []float64) Spread {
	x = stat.Present(make([]float64, 0, len(x)), x)
	if len(x) == 0 {
		return Spread{mizan.Number(math.NaN()), mizan.Number(math.NaN()), mizan.Number(math.NaN())}
	}
	q := make([]float64, 3)
	stat.SelectQuantiles(q, x, []float64{tail, 0.5, 1 - tail})
	return Spread{mizan.Number(q[0]), mizan.Number(q[1]), mizan.Number(q[2])}
}

// tail is the share of draws on either side of an interval: 90 % lie within.
const tail = 0.05
