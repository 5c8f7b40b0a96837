package network

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"mizan"
)

// Partner is the tie of a unit with another, in relation to what both have.
type Partner struct {
	Unit   string  `json:"unit"`
	Weight float64 `json:"weight"` // in directed networks to the other
	Back   float64 `json:"back"`   // from the other; in undirected networks Weight
	// Share is the weight of all that the unit has.
	Share mizan.Number `json:"share"`
	// Normalised are the tie by every normalisation, in the order of Measures;
	// in directed networks of both directions together.
	Normalised mizan.Column `json:"normalised"`
	Expected   mizan.Number `json:"expected"` // by the model of ties; in directed networks to the other
	Ratio      mizan.Number `json:"ratio"`
	Surprise   mizan.Number `json:"surprise"`
	// Before is the weight of Result.Since, NaN if there is none.
	Before mizan.Number `json:"before"`
}

// Partners are the ties of a unit with all others it is tied to, or was tied to
// in Result.Since, the strongest first. Errors are mizan.Problems: a unit that
// is not in the network.
func (r *Result) Partners(unit string) ([]Partner, error) {
	i, ok := slices.BinarySearch(r.Units, unit)
	if !ok {
		cause, remedy := fmt.Sprintf("%s is not in the network %s", unit, r.Ties.Code), "the table of ties does not know it"
		if slices.Contains(r.Lacking, unit) {
			remedy = "its source does not cover the unit"
		}
		return nil, mizan.Problems{{ID: "unknown-unit", Cause: cause, Remedy: remedy}}
	}
	var list []Partner
	strength := r.graph.Strength()[i]
	for j, code := range r.Units {
		p := r.partner(i, j, strength)
		if j != i && (p.Weight > 0 || p.Back > 0 || p.Before > 0) {
			p.Unit = code
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b Partner) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(b.Back, a.Back)) })
	return list, nil
}

func (r *Result) partner(i, j int, strength float64) Partner {
	p := Partner{Weight: r.graph.Weight(i, j), Back: r.graph.Weight(j, i), Before: mizan.Number(math.NaN())}
	p.Share = mizan.Number(ratio(p.Weight, strength))
	p.Normalised = r.Normalised(i, j)
	expected := r.gravity.expect(i, j, r.graph.Directed)
	p.Expected, p.Ratio = mizan.Number(expected), mizan.Number(ratio(p.Weight, expected))
	p.Surprise = mizan.Number(math.NaN())
	if r.gravity != nil {
		p.Surprise = mizan.Number(r.gravity.surprise(p.Weight, expected))
	}
	if r.before != nil {
		p.Before = mizan.Number(r.before.Weight(i, j))
	}
	return p
}

// Normalised is the tie of two nodes by every normalisation, in the order of
// Measures. Directed ties count in both directions together.
func (r *Result) Normalised(i, j int) mizan.Column {
	c := r.graph.Weight(i, j)
	if r.graph.Directed {
		c += r.graph.Weight(j, i)
	}
	var out mizan.Column
	for _, m := range Measures() {
		out = append(out, m.Value(c, r.totals[i], r.totals[j], r.all))
	}
	return out
}

// Pairs calls visit for every link, in the order of its units.
func (r *Result) Pairs(visit func(a, b string, p Partner)) {
	strength := r.graph.Strength()
	for i := range r.Units {
		ends, _ := r.graph.out.of(i)
		for _, j := range ends {
			if r.graph.Directed || int(j) > i {
				visit(r.Units[i], r.Units[j], r.partner(i, int(j), strength[i]))
			}
		}
	}
}

// listedPairs is how many pairs beyond and below expectation are listed.
const listedPairs = 15

// surprises lists the pairs that are the most above and below what the model
// lets one expect.
func (r *Result) surprises() {
	r.More, r.Less = []PairValue{}, []PairValue{}
	if r.gravity == nil {
		return
	}
	var all []PairValue
	for k, p := range r.gravity.pairs {
		m := r.gravity.fit.Expected[k]
		all = append(all, PairValue{
			A: r.Units[p.I], B: r.Units[p.J], Weight: p.Weight, Expected: m, Ratio: p.Weight / m, Surprise: r.gravity.surprise(p.Weight, m),
		})
	}
	slices.SortStableFunc(all, func(a, b PairValue) int { return cmp.Compare(b.Surprise, a.Surprise) })
	for i := 0; i < listedPairs && i < len(all) && all[i].Surprise > 0; i++ {
		r.More = append(r.More, all[i])
	}
	for i := len(all) - 1; i >= 0 && len(r.Less) < listedPairs && all[i].Surprise < 0; i-- {
		r.Less = append(r.Less, all[i])
	}
}
