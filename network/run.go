package network

import (
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// Input is a table of ties with what belongs to it.
type Input struct {
	Ties *mizan.Ties
	// Totals gives the totals of the project's units in a year, parallel to
	// the first Ties.Inside of Ties.Units, NaN where missing. nil if the table
	// has none; then strengths stand for them.
	Totals func(year int) []float64
}

// Options are what a user may choose.
type Options struct {
	Year int // 0 = the latest that the source has whole
	// Threshold is the weight from which a tie is a link; negative = the
	// table's own.
	Threshold float64
	// Everyone takes in the units that the project does not have.
	Everyone bool
}

// Run looks at a table of ties as a network. Errors are mizan.Problems: a year
// that the table does not have.
func Run(in Input, o Options) (*Result, error) {
	t := in.Ties
	if o.Year == 0 {
		o.Year = t.Whole()
	}
	if !t.Has(o.Year) {
		return nil, mizan.Problems{{
			ID: "unknown-year", Cause: fmt.Sprintf("the ties %s have no year %d", t.Code, o.Year), Remedy: yearsOf(t.Years),
		}}
	}
	if o.Threshold < 0 {
		o.Threshold = t.Threshold
	}
	r := &Result{
		Ties: Table{
			Code: t.Code, Name: t.Name, Description: t.Description, Measure: t.Measure, Directed: t.Directed,
			Least: t.Least, Totals: t.Totals, Origin: t.Origin, Note: t.Note,
		},
		Year: o.Year, Years: t.Years, Threshold: o.Threshold, Findings: []mizan.Finding{},
	}
	for _, p := range t.Partial {
		if p.Year == o.Year {
			r.Partial = p.Note
		}
	}
	a := &analysis{in: in, options: o, nodes: nodes(t, o.Everyone)}
	a.at = make([]int32, len(t.Units))
	for i := range a.at {
		a.at[i] = -1
	}
	for i, n := range a.nodes {
		a.at[n] = int32(i)
		r.Units = append(r.Units, t.Units[n])
	}
	for _, code := range t.Lacks {
		if i := t.Unit(code); i >= 0 && i < t.Inside {
			r.Lacking = append(r.Lacking, code)
		}
	}
	r.graph = a.graph(o.Year)
	a.outside(r)
	r.Links, r.Weight, r.Density = r.graph.Links(), r.graph.Total(), mizan.Number(r.graph.Density())
	for _, m := range Metrics(t.Directed) {
		v := MetricValues{Metric: m, Values: m.value(r.graph)}
		v.Ranks = ranks(v.Values)
		r.Metrics = append(r.Metrics, v)
	}
	r.totals = a.totals(o.Year, r.graph)
	a.remarks(r)
	return r, nil
}

// analysis is one run.
type analysis struct {
	in      Input
	options Options
	nodes   []int   // positions of the network's units in the table's
	at      []int32 // per unit of the table its node, -1 if it is none
}

// nodes are the units that may have links: those of the project which the
// source covers, or all.
func nodes(t *mizan.Ties, everyone bool) []int {
	var list []int
	for i, code := range t.Units {
		if (everyone || i < t.Inside) && !slices.Contains(t.Lacks, code) {
			list = append(list, i)
		}
	}
	slices.SortFunc(list, func(a, b int) int {
		if t.Units[a] < t.Units[b] {
			return -1
		}
		return 1
	})
	return list
}

// links are the ties of a year between nodes, numbered as those are.
func (a *analysis) links(year int) []mizan.Tie {
	t := mizan.Ties{}
	for _, l := range a.in.Ties.In(year) {
		i, j := a.at[l.A], a.at[l.B]
		if i < 0 || j < 0 {
			continue
		}
		if !a.in.Ties.Directed && i > j {
			i, j = j, i
		}
		t.Links = append(t.Links, mizan.Tie{Year: year, A: i, B: j, Weight: l.Weight})
	}
	t.Sort()
	return t.Links
}

// graph is the network of a year.
func (a *analysis) graph(year int) *Graph {
	return NewGraph(len(a.nodes), a.in.Ties.Directed, a.links(year), a.options.Threshold)
}

// outside counts the ties that are no part of the network.
func (a *analysis) outside(r *Result) {
	units := map[int32]bool{}
	for _, l := range a.in.Ties.In(a.options.Year) {
		if a.at[l.A] >= 0 && a.at[l.B] >= 0 || l.Weight <= 0 || l.Weight < a.options.Threshold {
			continue
		}
		for _, u := range [2]int32{l.A, l.B} {
			if a.at[u] < 0 {
				units[u] = true
			}
		}
		r.Outside.Links++
		r.Outside.Weight += l.Weight
	}
	r.Outside.Units = len(units)
}

// totals are the sizes of the nodes: the declared totals, or the strengths (in
// directed networks both ways together).
func (a *analysis) totals(year int, g *Graph) []float64 {
	if a.in.Totals != nil {
		all := a.in.Totals(year)
		w := make([]float64, len(a.nodes))
		for i, n := range a.nodes {
			w[i] = math.NaN()
			if n < len(all) {
				w[i] = all[n]
			}
		}
		return w
	}
	w := g.Strength()
	if g.Directed {
		for i, in := range g.InStrength() {
			w[i] += in
		}
	}
	return w
}

// remarks finds what a reader must know.
func (a *analysis) remarks(r *Result) {
	degree, in := r.graph.Degree(), r.graph.InDegree()
	for i, code := range r.Units {
		if degree[i]+in[i] == 0 {
			r.Apart = append(r.Apart, code)
		}
	}
	add := func(id string, s mizan.Severity, message, remedy string) {
		r.Findings = append(r.Findings, mizan.Finding{ID: id, Severity: s, Code: r.Ties.Code, Year: r.Year, Message: message, Remedy: remedy})
	}
	if r.Partial != "" {
		add("partial-year", mizan.Warn, fmt.Sprintf("the source has not got %d whole: %s", r.Year, r.Partial), "compare it with no other year")
	}
	if r.Links == 0 {
		add("no-links", mizan.Warn, fmt.Sprintf("no tie of %d is a link at the threshold %s", r.Year, plain(r.Threshold)), "lower the threshold")
	}
}

// ranks are the ranks of values, 1 for the largest; values that are equal but
// for rounding share the best.
func ranks(x []float64) []float64 {
	rounded, out := make([]float64, len(x)), make([]float64, len(x))
	top := 0.0
	for _, v := range x {
		top = max(top, math.Abs(v))
	}
	for i, v := range x {
		rounded[i] = v
		if top > 0 && !math.IsNaN(v) {
			rounded[i] = math.Round(v/top*1e10) / 1e10
		}
	}
	stat.RanksDown(out, rounded, stat.TiesMin)
	return out
}

func plain(v float64) string { return string(mizan.AppendNumber(nil, v, "")) }

// yearsOf says which years there are, as a span where none is left out.
func yearsOf(years []int) string {
	n := len(years)
	switch {
	case n == 0:
		return "there is none"
	case n == 1:
		return fmt.Sprintf("the only year is %d", years[0])
	case years[n-1]-years[0] == n-1:
		return fmt.Sprintf("there are %d to %d", years[0], years[n-1])
	}
	s := fmt.Sprintf("there are %d", years[0])
	for _, y := range years[1:] {
		s += fmt.Sprintf(", %d", y)
	}
	return s
}
