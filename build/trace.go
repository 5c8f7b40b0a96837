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
		t.Steps = r.hideSteps(code, r.steps(y, n, u))
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
	add := func(stage mizan.Stage, method string, before, after *mizan.Table, note []mizan.Said, params ...Parameter) {
		steps = append(steps, TraceStep{
			Stage: stage, Method: method, Before: mizan.Number(before.At(y, c, u)), After: mizan.Number(after.At(y, c, u)),
			Parameters: params, Note: noteText(note), Said: mizan.Sayings(note...),
		})
	}
	code := r.Indicators[c]
	if d := r.plan.indicators[c].denominator; d != nil {
		by := r.panel.At(y, r.panel.Code(d.By), u)
		params := []Parameter{{"scale", d.Scale}}
		var note []mizan.Said
		if by == by {
			params = slices.Insert(params, 0, Parameter{d.By, by})
		} else {
			note = []mizan.Said{sayNoneOf.Say("code", d.By)}
		}
		how := sayDivided
		if d.Operation == "multiply" {
			how = sayMultiplied
		}
		done := how.Say("code", d.By)
		add(mizan.Denominate, done.Text, r.Raw, r.Denominated, note, params...)
		steps[len(steps)-1].How = done.Saying
	}
	if s := r.plan.impute.of(code); s.name() != "none" {
		add(mizan.Impute, s.name(), r.Denominated, r.Imputed, []mizan.Said{r.imputedFrom(y, c, u)})
	}
	if r.plan.screen.name() != "none" {
		note := sayKept.Say()
		if v := r.verdicts[y][u]; !v.Keep {
			note = sayLeftOut.Say("why", v.why())
		} else if v.Reason != "" {
			note = v.why()
		}
		add(mizan.Screen, r.plan.screen.name(), r.Imputed, r.Screened, []mizan.Said{note})
	}
	if s := r.plan.treat.of(code); s.name() != "none" {
		f := fittedOf(r.treatments[c], y)
		add(mizan.Treat, s.name(), r.Screened, r.Treated, treatedHow(f.treatment, s.name()), f.Parameters()...)
	}
	f := fittedOf(r.normalisations[c], y)
	var note []mizan.Said
	if r.plan.indicators[c].direction < 0 {
		note = []mizan.Said{sayLess.Say()}
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
func (r *Result) imputedFrom(y, c, u int) mizan.Said {
	before, after := r.Denominated.At(y, c, u), r.Imputed.At(y, c, u)
	switch {
	case before == before:
		return sayObserved.Say()
	case r.verdicts != nil && !r.verdicts[y][u].Keep && after != after:
		return sayScreened.Say()
	case after != after:
		return sayNothing.Say()
	}
	for _, how := range r.imputations[r.Indicators[c]] {
		row, ok := slices.BinarySearch(how.rows, y*len(r.Units)+u)
		if e, can := how.step.method.(Explainer); ok && can {
			return sayFrom.Say("what", e.Explain(how.given, slices.Index(how.given.Codes, r.Indicators[c]), row))
		}
	}
	return sayImputed.Say()
}

// treatedHow says what a treatment did to the indicator, and why.
func treatedHow(t *Treatment, method string) []mizan.Said {
	if t == nil {
		return nil
	}
	var parts []mizan.Said
	if t.Applied == "none" {
		parts = append(parts, sayLeft.Say())
	} else if t.Applied != "" && t.Applied != method {
		parts = append(parts, sayBy.Say("method", t.Applied))
	}
	for _, k := range sortedKeys(t.Details) {
		if k == "points" {
			parts = append(parts, sayPoints.Say("n", t.Details[k]))
			continue
		}
		parts = append(parts, mizan.Said{Text: k + " " + t.Details[k]})
	}
	if n := len(t.Checks); n > 0 && t.Checks[0].Skewness == t.Checks[0].Skewness {
		first, last, two := t.Checks[0], t.Checks[n-1], func(v float64) string { return fmt.Sprintf("%.2f", v) }
		moments := sayMoments.Say("skewness", two(first.Skewness), "kurtosis", two(first.Kurtosis))
		if n > 1 {
			moments = sayMended.Say("skewness", two(first.Skewness), "kurtosis", two(first.Kurtosis), "skewness_after", two(last.Skewness), "kurtosis_after", two(last.Kurtosis))
		}
		parts = append(parts, moments)
	}
	return parts
}

// noteText is a note of several parts.
func noteText(parts []mizan.Said) string {
	var texts []string
	for _, p := range parts {
		texts = append(texts, p.Text)
	}
	return strings.Join(texts, "; ")
}

// parts are the children of an aggregate with their shares of its score.
func (r *Result) parts(y, n, u int) []Part {
	x, w := r.childrenOf(y, n, u)
	shares := r.shares(y, n, u, x, w)
	rescaled := rescale(x, w)
	parts := make([]Part, len(x))
	for i, code := range r.plan.nodes[n].Children {
		child := &r.plan.nodes[r.plan.nodes[n].children[i]]
		parts[i] = Part{code, mizan.Number(r.Scores.At(y, r.plan.nodes[n].children[i], u)), child.seenIn(x[i]), rescaled[i], mizan.Number(shares[i])}
	}
	return parts
}

// childrenOf are the scores of the children of an aggregate, as it sees them,
// and their weights.
func (r *Result) childrenOf(y, n, u int) (x, w []float64) {
	for i, c := range r.plan.nodes[n].children {
		x = append(x, r.plan.nodes[c].Seen(r.Scores.At(y, c, u)))
		w = append(w, r.weights[n][i])
	}
	return x, w
}

// group is an aggregate with its children and the weights that were used.
func (r *Result) group(n, y int) *Group {
	node := r.plan.nodes[n]
	g := &Group{Parent: node.Code, Children: node.Children, Units: r.Units, W: r.weights[n]}
	for _, c := range node.children {
		g.X = append(g.X, r.plan.nodes[c].seen(r.Scores.Column(y, c)))
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
	part, portion := math.NaN(), 1.0
	for at := n; r.plan.nodes[at].parent >= 0; {
		child, parent := &r.plan.nodes[at], r.plan.nodes[at].parent
		i := slices.Index(r.plan.nodes[parent].children, at)
		x, w := r.childrenOf(y, parent, u)
		shares := r.shares(y, parent, u, x, w)
		down := r.slopes(y, parent, u, x, w, shares)
		switch {
		case at == n:
			part = shares[i]
		case child.Reversed:
			part = down[i] * (float64(child.Mirror*portion) - part)
		default:
			part *= down[i]
		}
		portion *= r.portions(parent, x, w, down)[i]
		links = append(links, Link{
			r.plan.nodes[parent].Code, r.plan.nodes[parent].Method, child.seenIn(x[i]), rescale(x, w)[i],
			mizan.Number(part), mizan.Number(r.Scores.At(y, parent, u)),
		})
		at = parent
	}
	return links
}
