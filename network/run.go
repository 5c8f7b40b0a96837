package network

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// Run looks at a table of ties as a network. Errors are mizan.Problems: a year
// that the table does not have, and fractions of pairs.
func Run(in Input, o Options) (*Result, error) {
	t := in.Ties
	if err := o.check(t); err != nil {
		return nil, err
	}
	r := &Result{
		Ties: Table{
			Code: t.Code, Name: t.Name, Description: t.Description, Measure: t.Measure, Directed: t.Directed,
			Least: t.Least, Totals: t.Totals, Origin: t.Origin, Note: t.Note, Years: t.Years,
		},
		Year: o.Year, Since: o.Since, Threshold: o.Threshold, Resolution: o.Resolution, Counting: "full", Findings: []mizan.Finding{},
		Lacking: []string{}, Apart: []string{}, Groups: []GroupResult{}, Divisions: []DivisionResult{},
	}
	if o.Fractional {
		r.Counting = "fractional"
	}
	for _, p := range t.Partial {
		if p.Year == o.Year {
			r.Partial = p.Note
		}
	}
	a := newAnalysis(in, o, r)
	r.graph = a.graph(o.Year)
	a.outside(r)
	r.Links, r.Weight, r.Density = r.graph.Links(), r.graph.Total(), mizan.Number(r.graph.Density())
	for _, m := range Metrics(t.Directed) {
		v := MetricValues{Metric: m, Values: m.value(r.graph)}
		v.Ranks = ranks(v.Values)
		r.Metrics = append(r.Metrics, v)
	}
	r.totals = a.totals(o.Year, r.graph)
	for _, w := range r.totals {
		if !math.IsNaN(w) {
			r.all += w
		}
	}
	a.communities(r)
	a.model(r)
	r.surprises()
	a.groups(r)
	for _, d := range in.Divisions {
		r.Divisions = append(r.Divisions, a.division(r, d))
	}
	a.change(r)
	a.intervals(r)
	a.remarks(r)
	return r, nil
}

// newAnalysis numbers the nodes.
func newAnalysis(in Input, o Options, r *Result) *analysis {
	t := in.Ties
	a := &analysis{in: in, options: o, nodes: nodes(t, o.Everyone), at: make([]int32, len(t.Units)), ties: t.Links}
	if o.Fractional {
		a.ties = Fractional(t.Works)
	}
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
	return a
}

// communities divides the network, and tells of the parts.
func (a *analysis) communities(r *Result) {
	of, q, stability := r.graph.Louvain(a.options.Resolution, a.options.Seed, beginnings)
	r.community, r.Modularity, r.Stability = of, mizan.Number(q), mizan.Number(stability)
	strength := r.graph.Strength()
	r.Communities = []Community{}
	count := 0
	for _, c := range of {
		count = max(count, c+1)
	}
	for c := range count {
		in := make([]bool, len(of))
		var members []int
		for i := range of {
			if of[i] == c {
				in[i] = true
				members = append(members, i)
			}
		}
		slices.SortStableFunc(members, func(i, j int) int { return cmp.Compare(strength[j], strength[i]) })
		part := Community{}
		for _, i := range members {
			part.Members = append(part.Members, r.Units[i])
		}
		part.Within, part.Across, _, _ = r.graph.ties(in)
		r.Communities = append(r.Communities, part)
	}
}

// groups looks at the alliances.
func (a *analysis) groups(r *Result) {
	if a.in.Groups == nil {
		return
	}
	for k, gr := range a.in.Groups(r.Year) {
		out := a.group(r, k, gr)
		in := make([]bool, r.graph.N)
		for _, code := range out.Members {
			i, _ := slices.BinarySearch(r.Units, code)
			in[i] = true
		}
		a.members = append(a.members, in)
		r.Groups = append(r.Groups, out)
	}
}

// change compares with an earlier year, and follows the network over all of
// them with the members that groups had then.
func (a *analysis) change(r *Result) {
	for _, year := range a.in.Ties.Years {
		g := a.graph(year)
		y := YearTotals{Year: year, Links: g.Links(), Weight: g.Total(), Density: mizan.Number(g.Density()), Groups: mizan.Column{}}
		out, in := g.Degree(), g.InDegree()
		for i := range out {
			if out[i]+in[i] > 0 {
				y.Units++
			}
		}
		var groups []Group
		if a.in.Groups != nil {
			groups = a.in.Groups(year)
		}
		for k, gr := range groups {
			within, across, _, _ := g.ties(a.flags(r, gr.Members))
			y.Groups = append(y.Groups, EI(within, across))
			if year == r.Since {
				r.Groups[k].Before = mizan.Number(EI(within, across))
				r.Groups[k].BeforeMembers = a.present(r, gr.Members)
			}
		}
		r.Series = append(r.Series, y)
		if year == r.Since {
			r.before = g
			for m := range r.Metrics {
				r.Metrics[m].Before = r.Metrics[m].value(g)
			}
		}
	}
	if r.Since == 0 {
		for k := range r.Groups {
			r.Groups[k].Before = mizan.Number(math.NaN())
		}
	}
}

// present are the codes of a list that are in the network, sorted.
func (a *analysis) present(r *Result, codes []string) []string {
	list := []string{}
	for _, code := range slices.Compact(slices.Sorted(slices.Values(codes))) {
		if _, ok := slices.BinarySearch(r.Units, code); ok {
			list = append(list, code)
		}
	}
	return list
}

func (a *analysis) flags(r *Result, codes []string) []bool {
	in := make([]bool, len(r.Units))
	for _, code := range a.present(r, codes) {
		i, _ := slices.BinarySearch(r.Units, code)
		in[i] = true
	}
	return in
}

// analysis is one run.
type analysis struct {
	in      Input
	options Options
	ties    []mizan.Tie // of the table, as they are counted
	nodes   []int       // positions of the network's units in the table's
	at      []int32     // per unit of the table its node, -1 if it is none
	members [][]bool    // of Result.Groups, per node
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
	counted := mizan.Ties{Links: a.ties}
	for _, l := range counted.In(year) {
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
	if r.Partial != "" {
		r.remark("partial-year", mizan.Warn, sayPartial.Say("year", r.Year, "why", r.Partial))
	}
	if r.Links == 0 {
		r.remark("no-links", mizan.Warn, sayNoLinks.Say("year", r.Year, "n", plain(r.Threshold)))
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
