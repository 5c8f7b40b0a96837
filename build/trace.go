package build

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
)

// Trace returns the way of a cell: what each stage did to an indicator, the
// parts of an aggregate, and what the code contributes to every aggregate
// above it. Errors, as mizan.Problems: an unknown unit, code or year.
func (r *Result) Trace(unit, code string, year int) (*Trace, error) {
	u, y, problems := r.find(unit, year)
	n := slices.IndexFunc(r.plan.nodes, func(n node) bool { return n.Code == code })
	if n < 0 {
		problems.Add("unknown-code", mizan.Place{}, fmt.Sprintf("the framework has no %q", code), "name an indicator or an aggregate of the framework")
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	t := &Trace{
		Unit: unit, Code: code, Year: year, Path: []Link{},
		Score: mizan.Number(r.Scores.At(y, n, u)), Rank: mizan.Number(r.Ranks.At(y, n, u)),
	}
	for _, v := range r.Ranks.Column(y, n) {
		if v == v {
			t.Of++
		}
	}
	if r.plan.nodes[n].Level == 1 {
		t.Steps = r.steps(y, n, u)
	} else {
		t.Parts = r.parts(y, n, u)
	}
	t.Path = r.path(y, n, u)
	return t, nil
}

// find gives the positions of a unit and a year. Units are sorted.
func (r *Result) find(unit string, year int) (u, y int, problems mizan.Problems) {
	u, ok := slices.BinarySearch(r.Units, unit)
	if !ok {
		problems.Add("unknown-unit", mizan.Place{}, fmt.Sprintf("there is no unit %q", unit), "name a unit of the panel")
	}
	if y = slices.Index(r.Years, year); y < 0 {
		problems.Add("unknown-year", mizan.Place{}, fmt.Sprintf("there is no year %d", year), "name a year of the panel")
	}
	return u, y, problems
}

// steps are what the stages did to the cell, those that do nothing left out.
func (r *Result) steps(y, c, u int) []TraceStep {
	var steps []TraceStep
	add := func(stage mizan.Stage, method string, before, after *mizan.Table, note string, params ...Parameter) {
		steps = append(steps, TraceStep{stage, method, mizan.Number(before.At(y, c, u)), mizan.Number(after.At(y, c, u)), params, note})
	}
	code := r.Indicators[c]
	if d := r.plan.indicators[c].denominator; d != nil {
		by := r.panel.At(y, r.panel.Code(d.By), u)
		params := []Parameter{{"scale", d.Scale}}
		note := ""
		if by == by {
			params = slices.Insert(params, 0, Parameter{d.By, by})
		} else {
			note = "there is no figure of " + d.By
		}
		add(mizan.Denominate, d.Operation+" by "+d.By, r.Raw, r.Denominated, note, params...)
	}
	if s := r.plan.impute.of(code); s.name() != "none" {
		add(mizan.Impute, s.name(), r.Denominated, r.Imputed, r.imputedFrom(y, c, u))
	}
	if r.plan.screen.name() != "none" {
		note := "kept"
		if v := r.verdicts[y][u]; !v.Keep {
			note = "left out: " + v.Reason
		} else if v.Reason != "" {
			note = v.Reason
		}
		add(mizan.Screen, r.plan.screen.name(), r.Imputed, r.Screened, note)
	}
	if s := r.plan.treat.of(code); s.name() != "none" {
		f := fittedOf(r.treatments[c], y)
		add(mizan.Treat, s.name(), r.Screened, r.Treated, treatedHow(f.treatment, s.name()), f.Parameters()...)
	}
	f := fittedOf(r.normalisations[c], y)
	note := ""
	if r.plan.indicators[c].direction < 0 {
		note = "less is better"
	}
	add(mizan.Normalise, r.plan.normalise.of(code).name(), r.Treated, r.Normalised, note, f.Parameters()...)
	return steps
}

// fittedOf is the fit that serves a year.
func fittedOf(fits []fitted, y int) fitted {
	for _, f := range fits {
		if slices.Contains(f.years, y) {
			return f
		}
	}
	return fitted{Transform: allMissing{}}
}

// imputedFrom says whether and from what a cell was imputed.
func (r *Result) imputedFrom(y, c, u int) string {
	before, after := r.Denominated.At(y, c, u), r.Imputed.At(y, c, u)
	switch {
	case before == before:
		return "observed, left alone"
	case r.verdicts != nil && !r.verdicts[y][u].Keep && after != after:
		return "screened out, not imputed"
	case after != after:
		return "nothing to impute from"
	}
	for _, how := range r.imputations[r.Indicators[c]] {
		row, ok := slices.BinarySearch(how.rows, y*len(r.Units)+u)
		if e, can := how.step.method.(Explainer); ok && can {
			return "imputed from " + e.Explain(how.given, c, row)
		}
	}
	return "imputed"
}

// treatedHow says what a treatment did to the indicator, and why.
func treatedHow(t *Treatment, method string) string {
	if t == nil {
		return ""
	}
	var parts []string
	if t.Applied == "none" {
		parts = append(parts, "left as it is")
	} else if t.Applied != "" && t.Applied != method {
		parts = append(parts, "by "+t.Applied)
	}
	for _, k := range sortedKeys(t.Details) {
		parts = append(parts, k+" "+t.Details[k])
	}
	if n := len(t.Checks); n > 0 && t.Checks[0].Skewness == t.Checks[0].Skewness {
		moments := func(c Check) string { return fmt.Sprintf("skewness %.2f, kurtosis %.2f", c.Skewness, c.Kurtosis) }
		text := moments(t.Checks[0])
		if n > 1 {
			text += " before, " + moments(t.Checks[n-1]) + " after"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// parts are the children of an aggregate with their shares of its score.
func (r *Result) parts(y, n, u int) []Part {
	x, w := r.childrenOf(y, n, u)
	shares := r.shares(y, n, u, x, w)
	rescaled := rescale(x, w)
	parts := make([]Part, len(x))
	for i, code := range r.plan.nodes[n].Children {
		parts[i] = Part{code, mizan.Number(x[i]), rescaled[i], mizan.Number(shares[i])}
	}
	return parts
}

// childrenOf are the scores and weights of the children of an aggregate.
func (r *Result) childrenOf(y, n, u int) (x, w []float64) {
	for i, c := range r.plan.nodes[n].children {
		x = append(x, r.Scores.At(y, c, u))
		w = append(w, r.weights[n][i])
	}
	return x, w
}

// shares split the score of an aggregate between its children; missing where
// the method cannot.
func (r *Result) shares(y, n, u int, x, w []float64) []float64 {
	out := make([]float64, len(x))
	score := r.Scores.At(y, n, u)
	told := false
	if score == score {
		switch s := r.plan.nodes[n].aggregate.method.(type) {
		case Sharer:
			s.Shares(x, w, score, out)
			told = true
		case GroupSharer:
			told = s.GroupShares(r.group(n, y), u, score, out) == nil
		}
	}
	for i := range out {
		if !told {
			out[i] = math.NaN()
		}
	}
	return out
}

// group is an aggregate with its children and the weights that were used.
func (r *Result) group(n, y int) *Group {
	node := r.plan.nodes[n]
	g := &Group{Parent: node.Code, Children: node.Children, Units: r.Units, W: r.weights[n]}
	for _, c := range node.children {
		g.X = append(g.X, r.Scores.Column(y, c))
	}
	return g
}

// rescale divides the weights by their sum over the children with a value; 0
// for a child without.
func rescale(x, w []float64) []float64 {
	sum := 0.0
	for i, v := range x {
		if v == v {
			sum += w[i]
		}
	}
	out := make([]float64, len(w))
	for i, v := range x {
		if v == v && sum != 0 {
			out[i] = w[i] / sum
		}
	}
	return out
}

// path leads from a node up to the top.
func (r *Result) path(y, n, u int) []Link {
	links := []Link{}
	part := math.NaN()
	for at := n; r.plan.nodes[at].parent >= 0; {
		parent := r.plan.nodes[at].parent
		i := slices.Index(r.plan.nodes[parent].children, at)
		x, w := r.childrenOf(y, parent, u)
		if shares := r.shares(y, parent, u, x, w); at == n {
			part = shares[i]
		} else {
			part *= r.slopes(y, parent, u, x, w, shares)[i]
		}
		links = append(links, Link{
			r.plan.nodes[parent].Code, r.plan.nodes[parent].Method, rescale(x, w)[i],
			mizan.Number(part), mizan.Number(r.Scores.At(y, parent, u)),
		})
		at = parent
	}
	return links
}

// slopes are how much of a small change of each child's score its parent's
// score takes up: the child's share of the score divided by its own score, and
// for an arithmetic mean, where a score of 0 has a slope too, the rescaled
// weight. Where a child's score is 0 and so its share, nothing below it counts;
// where its share is not, it cannot be told.
func (r *Result) slopes(y, n, u int, x, w, shares []float64) []float64 {
	if _, plain := r.plan.nodes[n].aggregate.method.(arithmetic); plain {
		slopes := rescale(x, w)
		for i, v := range x {
			if score := r.Scores.At(y, n, u); score != score || v != v {
				slopes[i] = math.NaN()
			}
		}
		return slopes
	}
	slopes := make([]float64, len(x))
	for i, share := range shares {
		switch {
		case x[i] != 0:
			slopes[i] = share / x[i]
		case share != 0:
			slopes[i] = math.NaN()
		}
	}
	return slopes
}

// Contributions returns, for one unit and year, how much of the top score is
// due to each indicator, parallel to Indicators. They add up to the score
// where every aggregation on the way is a Sharer or GroupSharer; otherwise
// missing. An
// indicator without a value contributes nothing and is missing.
//
// A contribution is the indicator's share of its parent times the product of
// the slopes on the way up (Euler's theorem, level by level). Errors, as mizan.Problems: an
// unknown unit or year.
func (r *Result) Contributions(unit string, year int) (mizan.Column, error) {
	u, y, problems := r.find(unit, year)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	out := make(mizan.Column, len(r.Indicators))
	slopes := make([]float64, len(r.plan.nodes))
	slopes[len(slopes)-1] = 1
	for n := len(r.plan.nodes) - 1; n >= len(r.Indicators); n-- {
		x, w := r.childrenOf(y, n, u)
		shares := r.shares(y, n, u, x, w)
		down := r.slopes(y, n, u, x, w, shares)
		for i, c := range r.plan.nodes[n].children {
			slopes[c] = slopes[n] * down[i]
			if c < len(out) {
				out[c] = slopes[n] * shares[i]
			}
		}
	}
	return out, nil
}
