package network

import (
	"math"

	"mizan"
)

// Model is the model of ties by size and distance: what the sizes of two units
// and their nearness let one expect of their tie.
type Model struct {
	// Size names the sizes: the code of the totals, or "strength".
	Size       string        `json:"size"`
	Terms      []Coefficient `json:"terms"`
	Pairs      int           `json:"pairs"`
	Left       int           `json:"left"` // pairs left out, whose size or location is not known
	Explained  float64       `json:"explained"`
	Dispersion float64       `json:"dispersion"`
}

// Coefficient is one term of the model. For a size or a distance the value is
// an elasticity: by how many per cent the tie changes where it changes by one.
// For what is there or not Factor is what the tie is multiplied by.
type Coefficient struct {
	Name   string   `json:"name"`
	Value  Interval `json:"value"`
	Factor Interval `json:"factor"`
}

// The terms of the model of ties.
const (
	TermSize     = "size"     // ln w_i + ln w_j
	TermFrom     = "from"     // ln w_i, in directed networks
	TermTo       = "to"       // ln w_j, in directed networks
	TermDistance = "distance" // ln km between the chief places
	TermLanguage = "language" // 1 where a language is official in both
	TermBorder   = "border"   // 1 where both are neighbours by land
)

// PairValue is a pair with what is expected of it.
type PairValue struct {
	A        string  `json:"a"`
	B        string  `json:"b"`
	Weight   float64 `json:"weight"`
	Expected float64 `json:"expected"`
	Ratio    float64 `json:"ratio"`
	// Surprise is how many standard deviations of such ties it is off:
	// (c - m) / sqrt(dispersion m).
	Surprise float64 `json:"surprise"`
}

// gravity is the model with its pairs.
type gravity struct {
	pairs      []Pair
	at         map[[2]int]int // position of a pair
	fit        Fit
	dispersion float64
}

// expect returns what is expected of a pair, NaN if the model does not cover it.
func (m *gravity) expect(i, j int, directed bool) float64 {
	if m == nil {
		return math.NaN()
	}
	if !directed && i > j {
		i, j = j, i
	}
	k, ok := m.at[[2]int{i, j}]
	if !ok {
		return math.NaN()
	}
	return m.fit.Expected[k]
}

func (m *gravity) surprise(c, expected float64) float64 {
	return (c - expected) / math.Sqrt(m.dispersion*expected)
}

// model fits the model of ties to the pairs of the network. Where it cannot be
// fitted a finding says why.
func (a *analysis) model(r *Result) {
	g := r.graph
	terms := []string{TermSize}
	if g.Directed {
		terms = []string{TermFrom, TermTo}
	}
	if len(a.in.Locations) > 0 {
		terms = append(terms, TermDistance, TermLanguage, TermBorder)
	}
	pairs, left := a.pairs(r, terms)
	terms, pairs = varying(terms, pairs)
	fit, ok := Poisson(pairs, g.N)
	if !ok {
		r.remark("no-model", mizan.Info, sayNoModel.Say())
		return
	}
	m := &gravity{pairs: pairs, at: make(map[[2]int]int, len(pairs)), fit: fit, dispersion: fit.Dispersion}
	for k, p := range pairs {
		m.at[[2]int{p.I, p.J}] = k
	}
	r.gravity = m
	r.Model = &Model{Size: "strength", Pairs: len(pairs), Left: left, Explained: fit.Explained, Dispersion: fit.Dispersion}
	if a.in.Totals != nil {
		r.Model.Size = r.Ties.Totals
	}
	for k, name := range terms {
		b, se := fit.Coefficients[k+1], fit.Errors[k+1]
		c := Coefficient{Name: name, Value: around(b, se)}
		c.Factor = bare(math.NaN())
		if name == TermLanguage || name == TermBorder {
			c.Factor = c.Value.exp()
		}
		r.Model.Terms = append(r.Model.Terms, c)
	}
	if !fit.Converged {
		r.remark("no-convergence", mizan.Warn, sayUnsettled.Say())
	}
	if r.Ties.Least > 0 {
		r.remark("unlisted-pairs", mizan.Info, sayUnlisted.Say("n", plain(r.Ties.Least)))
	}
}

// z is the 95th percentile of the normal distribution: 90 % lie within.
const z = 1.6448536269514722

func around(v, se float64) Interval {
	return Interval{mizan.Number(v), mizan.Number(v - z*se), mizan.Number(v + z*se)}
}

func (i Interval) exp() Interval {
	e := func(v mizan.Number) mizan.Number { return mizan.Number(math.Exp(float64(v))) }
	return Interval{e(i.Value), e(i.Low), e(i.High)}
}

// pairs are all pairs of nodes whose sizes and locations are known, and how
// many are left out.
func (a *analysis) pairs(r *Result, terms []string) (pairs []Pair, left int) {
	g := r.graph
	from, to := r.totals, r.totals
	if g.Directed && a.in.Totals == nil {
		from, to = g.Strength(), g.InStrength()
	}
	where := make([]*mizan.Location, g.N)
	for i, code := range r.Units {
		where[i] = a.in.Locations.Of(code)
	}
	weights := make([]float64, g.N)
	for i := range g.N {
		ends, w := g.out.of(i)
		for k, j := range ends {
			weights[j] = w[k]
		}
		first := i + 1
		if g.Directed {
			first = 0
		}
		for j := first; j < g.N; j++ {
			if i == j {
				continue
			}
			x, ok := covariates(terms, from[i], to[j], where[i], where[j])
			if !ok {
				left++
				continue
			}
			pairs = append(pairs, Pair{I: i, J: j, Weight: weights[j], X: x})
		}
		for _, j := range ends {
			weights[j] = 0
		}
	}
	return pairs, left
}

// covariates are the terms of one pair; false if one is not known.
func covariates(terms []string, from, to float64, a, b *mizan.Location) ([]float64, bool) {
	x := make([]float64, len(terms))
	for k, name := range terms {
		near := name == TermDistance || name == TermLanguage || name == TermBorder
		if near && (a == nil || b == nil) {
			return nil, false
		}
		switch name {
		case TermSize:
			x[k] = math.Log(from) + math.Log(to)
		case TermFrom:
			x[k] = math.Log(from)
		case TermTo:
			x[k] = math.Log(to)
		case TermDistance:
			// Chief places of two neighbours may be one, as those of Congo nearly are.
			x[k] = math.Log(max(1, a.Distance(b)))
		case TermLanguage:
			x[k] = indicator(a.Speaks(b))
		case TermBorder:
			x[k] = indicator(a.Touches(b))
		}
		if math.IsNaN(x[k]) || math.IsInf(x[k], 0) {
			return nil, false
		}
	}
	return x, true
}

// fewestInside is how many pairs a group must have for its effect to have an
// interval: the term of one pair fits that pair exactly, and its error says
// nothing.
const fewestInside = 6

func indicator(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// varying leaves out the terms that are the same for all pairs.
func varying(terms []string, pairs []Pair) ([]string, []Pair) {
	var keep []int
	var kept []string
	for k, name := range terms {
		for _, p := range pairs {
			if p.X[k] != pairs[0].X[k] {
				keep = append(keep, k)
				kept = append(kept, name)
				break
			}
		}
	}
	for i := range pairs {
		x := make([]float64, len(keep))
		for k, at := range keep {
			x[k] = pairs[i].X[at]
		}
		pairs[i].X = x
	}
	return kept, pairs
}

// effect holds a group against the model: what is expected within it, and what
// joint membership multiplies a tie by, by the model with a term for it.
func (a *analysis) effect(r *Result, in []bool, out *GroupResult) {
	nan := mizan.Number(math.NaN())
	out.Expected, out.Counted, out.Ratio, out.Effect = nan, nan, nan, bare(math.NaN())
	m := r.gravity
	if m == nil {
		return
	}
	expected, counted := 0.0, 0.0
	together := make([]Pair, len(m.pairs))
	inside := 0
	for k, p := range m.pairs {
		both := in[p.I] && in[p.J]
		if both {
			expected += m.fit.Expected[k]
			counted += p.Weight
			inside++
		}
		together[k] = p
		together[k].X = append(append(make([]float64, 0, len(p.X)+1), p.X...), indicator(both))
	}
	out.Expected, out.Counted, out.Ratio = mizan.Number(expected), mizan.Number(counted), mizan.Number(ratio(counted, expected))
	if inside == 0 || inside == len(m.pairs) || counted == 0 {
		return
	}
	if fit, ok := Poisson(together, r.graph.N); ok {
		last := len(fit.Coefficients) - 1
		out.Effect = around(fit.Coefficients[last], fit.Errors[last]).exp()
		if inside < fewestInside {
			out.Effect = bare(float64(out.Effect.Value))
		}
	}
}
