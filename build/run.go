package build

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// Run computes every stage. The panel must have the plan's indicators among
// its codes. Errors are mizan.Problems: values for which a method is not
// defined, a denominator of zero, group variables and units that the panel does
// not have. What the result can live with comes as its findings.
//
// A stage that changes nothing shares its table with the one before.
func (p *Plan) Run(panel *mizan.Panel) (*Result, error) { return p.run(panel, nil, true) }

// RunScores is Run without ranks: Result.Ranks is nil.
func (p *Plan) RunScores(panel *mizan.Panel) (*Result, error) { return p.run(panel, nil, false) }

// run is Run; what must be the same as in an earlier result is taken from it.
func (p *Plan) run(panel *mizan.Panel, from *base, rank bool) (*Result, error) {
	r := &run{plan: p, panel: panel, base: from}
	res := &Result{Units: panel.Units, Years: panel.Years, plan: p, panel: panel}
	for _, ind := range p.indicators {
		res.Indicators = append(res.Indicators, ind.code)
	}
	r.result = res
	for _, step := range []func(){r.groups, r.raw, r.denominate, r.screenEarly, r.impute, r.screenLate, r.treat, r.normalise, r.aggregate} {
		step()
		if err := r.problems.OrNil(); err != nil {
			return nil, err
		}
	}
	if rank {
		r.rank()
	}
	for i := range p.nodes {
		res.Nodes = append(res.Nodes, r.node(i))
	}
	return res, nil
}

// run carries one Run from stage to stage.
type run struct {
	plan     *Plan
	panel    *mizan.Panel
	base     *base
	result   *Result
	verdicts [][]Verdict // [year][unit]; nil if nothing is screened
	weights  [][]float64 // of the children of each node
	learnt   [][]Parameter
	problems mizan.Problems
	// sought are weights that were found by what they do to the top; nil if none
	// are sought so.
	sought       map[int]float64
	soughtLearnt []Parameter
}

func (r *run) problem(id, path, cause, remedy string) {
	r.problems = append(r.problems, r.plan.spec.Problem(id, path, cause, remedy))
}

func (r *run) find(f mizan.Finding) { r.result.Findings = append(r.result.Findings, f) }

// failed makes problems of the error of a method at a step's path.
func (r *run) failed(path string, err error) {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range several.Unwrap() {
			r.failed(path, one)
		}
		return
	}
	var option *OptionError
	var bad *BadValue
	var nothing *Degenerate
	switch {
	case errors.As(err, &option):
		r.problem(option.ID, path+"."+option.Option, option.Cause, option.Remedy)
	case errors.As(err, &nothing):
		r.problem(nothing.ID, path, nothing.Cause, nothing.Remedy)
	case errors.As(err, &bad):
		r.problem(bad.ID, path, bad.Cause(), bad.Remedy)
	default:
		r.problem("failed-method", path, err.Error(), "choose another method")
	}
}

// several is the year for messages: 0 where there is but one.
func (r *run) several(y int) int {
	if len(r.panel.Years) == 1 {
		return 0
	}
	return r.panel.Years[y]
}

// at names a year in a message where there are several.
func (r *run) at(y int) string {
	if len(r.panel.Years) == 1 {
		return ""
	}
	return fmt.Sprintf(" in %d", r.panel.Years[y])
}

// dated adds the year to a sentence where there are several; what to do stays.
func (r *run) dated(s mizan.Said, y int) mizan.Said {
	if len(r.panel.Years) == 1 {
		return s
	}
	in := findWhyIn.Say("why", s, "year", r.panel.Years[y])
	in.Remedy = s.Remedy
	return in
}

// raw takes the framework's indicators from the panel.
func (r *run) raw() {
	res := r.result
	if r.samePanel() && r.sameIndicators() {
		res.Raw = r.base.Raw
		return
	}
	if slices.Equal(res.Indicators, r.panel.Codes) {
		res.Raw = &r.panel.Table
		return
	}
	t := mizan.NewTable(res.Units, res.Indicators, res.Years)
	for c, code := range res.Indicators {
		from := r.panel.Code(code)
		if from < 0 {
			r.problem("unknown-indicator", "indicators."+code, "the panel has no indicator "+code, "load it with the project's own spec")
			continue
		}
		for y := range res.Years {
			copy(t.Column(y, c), r.panel.Column(y, from))
		}
	}
	res.Raw = t
}

// denominate divides, or multiplies, by the raw values of another indicator.
func (r *run) denominate() {
	res := r.result
	if r.samePanel() && r.sameDenominators() {
		res.Denominated = r.base.Denominated
		return
	}
	res.Denominated = res.Raw
	for c, ind := range r.plan.indicators {
		d := ind.denominator
		if d == nil {
			continue
		}
		if res.Denominated == res.Raw {
			res.Denominated = res.Raw.Clone()
		}
		by := r.panel.Code(d.By)
		for y := range res.Years {
			x := res.Denominated.Column(y, c)
			for u, v := range r.panel.Column(y, by) {
				if v == 0 && x[u] == x[u] && d.Operation != "multiply" {
					r.badDenominator("zero-denominator", ind.code, y, by, u,
						fmt.Sprintf("%s of %s%s is 0, and %s is to be divided by it", d.By, r.panel.Units[u], r.at(y), ind.code))
					continue
				}
				x[u] = denominated(x[u], v, d.Scale, d.Operation)
				if math.IsInf(x[u], 0) {
					r.badDenominator("too-large", ind.code, y, by, u,
						fmt.Sprintf("%s of %s%s is %s, which makes %s larger than a number can be", d.By, r.panel.Units[u], r.at(y), figure(v), ind.code))
				}
			}
		}
	}
}

// denominated is x / (by / scale), or x (by / scale).
func denominated(x, by, scale float64, operation string) float64 {
	if scale == 0 {
		scale = 1
	}
	by /= scale
	if operation == "multiply" {
		return x * by
	}
	return x / by
}

// badDenominator is told where the denominator stands, in the file of figures.
func (r *run) badDenominator(id, code string, y, c, u int, cause string) {
	cell := r.panel.Cell(y, c, u)
	remedy := "correct the figure, leave the unit out, or take " + code + " out of build.denominate"
	if cell.Line == 0 || int(cell.File) >= len(r.panel.Files) {
		r.problem(id, "build.denominate."+code, cause, remedy)
		return
	}
	r.problems.Add(id, mizan.Place{File: r.panel.Files[cell.File], Line: int(cell.Line)}, cause, remedy)
}

// scores makes the table of scores, for all nodes.
func (r *run) scores() {
	res := r.result
	codes := make([]string, len(r.plan.nodes))
	for i, n := range r.plan.nodes {
		codes[i] = n.Code
	}
	res.Scores = &mizan.Table{
		Units: res.Units, Codes: codes, Years: res.Years,
		Values: make([]float64, len(codes)*len(res.Units)*len(res.Years)),
	}
}

// scoresRoom is the part of the scores where the normalised indicators stand,
// which with one year is one block; else nil.
func (r *run) scoresRoom() []float64 {
	if len(r.result.Years) != 1 {
		return nil
	}
	n := len(r.result.Indicators) * len(r.result.Units)
	return r.result.Scores.Values[:n:n]
}

// aggregate computes weights and scores level by level.
func (r *run) aggregate() {
	res := r.result
	for y := range res.Years {
		for c := range res.Indicators {
			copy(res.Scores.Column(y, c), res.Normalised.Column(y, c))
		}
	}
	r.weights = make([][]float64, len(r.plan.nodes))
	r.learnt = make([][]Parameter, len(r.plan.nodes))
	if t, can := r.plan.weigh.method.(TopLearner); can {
		r.seek(t)
	}
	r.levels()
	res.weights = r.weights
}

// levels weighs and aggregates level by level.
func (r *run) levels() {
	res := r.result
	for from := len(res.Indicators); from < len(r.plan.nodes) && len(r.problems) == 0; {
		to := from
		for to < len(r.plan.nodes) && r.plan.nodes[to].Level == r.plan.nodes[from].Level {
			to++
		}
		r.level(from, to)
		from = to
	}
}

// tell keeps in mind that there was something to tell of the scores of a node.
func (r *run) tell(n int) {
	if r.result.told == nil {
		r.result.told = map[int]bool{}
	}
	r.result.told[n] = true
}

// level computes the aggregates at positions from to to, which do not depend
// on one another.
func (r *run) level(from, to int) {
	years := len(r.result.Years)
	weightErrors := make([]error, to-from)
	stat.InParallel(to-from, func(i int) { r.weights[from+i], r.learnt[from+i], weightErrors[i] = r.weigh(from + i) })
	for _, err := range weightErrors {
		if err != nil {
			r.failed(r.plan.weigh.step.Path, err)
		}
	}
	if len(r.problems) > 0 {
		return
	}
	errs := make([]error, (to-from)*years)
	stat.InParallel(len(errs), func(i int) {
		n, y := from+i/years, i%years
		if r.takeScores(n, y) {
			return
		}
		g := r.group(n, y)
		g.W = r.weights[n]
		errs[i] = r.plan.nodes[n].aggregate.method.Aggregate(g, r.result.Scores.Column(y, n))
	})
	for i, err := range errs {
		code := r.plan.nodes[from+i/years].Code
		var nothing *Degenerate
		switch {
		case err == nil:
		case errors.As(err, &nothing):
			r.tell(from + i/years)
			r.find(mizan.Finding{
				ID: nothing.ID, Severity: mizan.Warn, Code: code, Year: r.several(i % years),
			}.With(r.dated(nothing.said(), i%years)))
		default:
			r.failed(r.plan.nodes[from+i/years].aggregate.step.Path, err)
		}
	}
}

// group is an aggregate with its children in one year.
func (r *run) group(n, y int) *Group {
	node := r.plan.nodes[n]
	g := &Group{
		Parent: node.Code, Children: node.Children, Units: r.result.Units,
		X: make([][]float64, len(node.children)), W: make([]float64, len(node.children)),
	}
	for i, c := range node.children {
		g.X[i] = r.plan.nodes[c].seen(r.result.Scores.Column(y, c))
		g.W[i] = *r.plan.nodes[c].declared
	}
	return g
}

// weigh finds the weights below an aggregate. They are found once for all
// years together, so that years stay comparable.
func (r *run) weigh(n int) (w []float64, learnt []Parameter, err error) {
	if r.sought != nil {
		w, learnt = r.declaredOrSought(n)
		return w, learnt, nil
	}
	if w, learnt, ok := r.takeWeights(n); ok {
		return w, learnt, nil
	}
	g := r.group(n, 0)
	g.Aggregator, g.Outcome = r.plan.nodes[n].aggregate.method, r.outcome
	if len(r.result.Years) > 1 {
		g.Units = slices.Repeat(g.Units, len(r.result.Years))
		for i, c := range r.plan.nodes[n].children {
			g.X[i] = r.plan.nodes[c].seen(gatherYears(r.result.Scores, c))
		}
	}
	if l, can := r.plan.weigh.method.(Learner); can {
		w, learnt, err = l.Learn(g)
	} else {
		w, err = r.plan.weigh.method.Weigh(g)
	}
	if err != nil {
		return nil, nil, err
	}
	for i, v := range w {
		if v != v || math.IsInf(v, 0) {
			return nil, nil, &OptionError{"bad-weight", "method", fmt.Sprintf("%s gives %s below %s no weight",
				r.plan.weigh.name(), g.Children[i], g.Parent), "weigh this part of the framework by `declared`"}
		}
	}
	return w, learnt, nil
}

// outcome gives the raw figures of an indicator of the project times its
// direction, year below year, without those of units that were screened out.
func (r *run) outcome(code string) (x []float64, known bool) {
	c := r.panel.Code(code)
	if c < 0 {
		return nil, false
	}
	direction := 1
	for _, ind := range r.plan.spec.Indicators {
		if ind.Code == code {
			direction = ind.Direction
		}
	}
	for y := range r.panel.Years {
		for u, v := range r.panel.Column(y, c) {
			if !r.kept(y, u) {
				v = math.NaN()
			}
			x = append(x, directed(v, direction))
		}
	}
	return x, true
}

// gatherYears puts the values of a code below one another, year by year.
func gatherYears(t *mizan.Table, c int) []float64 {
	if len(t.Years) == 1 {
		return t.Column(0, c)
	}
	x := make([]float64, 0, len(t.Years)*len(t.Units))
	for y := range t.Years {
		x = append(x, t.Column(y, c)...)
	}
	return x
}

// rank ranks every code in every year: 1 is the highest score, ties share the
// smaller rank.
func (r *run) rank() {
	s := r.result.Scores
	ranks := &mizan.Table{Units: s.Units, Codes: s.Codes, Years: s.Years, Values: make([]float64, len(s.Values))}
	stat.InParallel(len(s.Years)*len(s.Codes), func(i int) {
		y, c := i/len(s.Codes), i%len(s.Codes)
		if r.takeRanks(ranks, y, c) {
			return
		}
		stat.RanksDown(ranks.Column(y, c), s.Column(y, c), stat.TiesMin)
	})
	r.result.Ranks = ranks
}

// node is a node with the weight that was used and its effective weight: the
// product of the shares on the way down from the top.
func (r *run) node(i int) Node {
	n := r.plan.nodes[i].Node
	n.Effective = 1
	n.Learnt = r.learnt[i]
	for at := i; r.plan.nodes[at].parent >= 0; at = r.plan.nodes[at].parent {
		parent := r.plan.nodes[at].parent
		own, sum := 0.0, 0.0
		for k, c := range r.plan.nodes[parent].children {
			w := r.weights[parent][k]
			sum += w
			if c == at {
				own = w
			}
		}
		if at == i {
			n.Weight = own
		}
		if sum == 0 {
			n.Effective = 0
			break
		}
		n.Effective = n.Effective * own / sum
	}
	return n
}
