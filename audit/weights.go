package audit

import (
	"math"

	"mizan"
	"mizan/stat"
)

// importance sets what each component explains of its parent beside its
// weight.
func (a *auditor) importance() {
	var children []int
	for _, g := range a.aggregates() {
		if len(a.children[g]) > 1 {
			children = append(children, a.children[g]...)
		}
	}
	rows := make([]Importance, len(children))
	stat.InParallel(len(rows), func(i int) {
		c := children[i]
		x, y := a.scores[c], a.scores[a.parent[c]]
		rows[i] = Importance{
			Code: a.code(c), Parent: a.node(c).Parent, Weight: mizan.Number(a.share(c)),
			Linear: mizan.Number(stat.LinearImportance(x, y)), Curve: mizan.Number(stat.Importance(x, y)),
		}
	})
	sums := map[string]float64{}
	for _, r := range rows {
		sums[r.Parent] += float64(r.Curve)
	}
	for i := range rows {
		r := &rows[i]
		r.Share = mizan.Number(float64(r.Curve) / sums[r.Parent])
		r.Ratio = r.Share / r.Weight
		if r.Ratio != r.Ratio || r.Weight == 0 {
			r.Ratio = mizan.Number(math.NaN())
			continue
		}
		a.check.Looked++
		limit := mizan.Number(a.limits[importanceRatio])
		if r.Ratio > limit || r.Ratio < 1/limit {
			a.find("importance-off-weight", about{code: r.Code, with: r.Parent, figure: float64(r.Ratio)},
				"%s weighs %s below %s and has %s of the importance", r.Code, part(float64(r.Weight)), r.Parent, part(float64(r.Share)))
		}
	}
	a.out.Importance = append(a.out.Importance, rows...)
	if a.check.Looked == 0 {
		a.check.Note = "no component has the five different scores that it takes to tell"
	}
}

func (a *auditor) effectiveWeights() {
	for i, n := range a.result.Nodes {
		if n.Level > 1 {
			break
		}
		a.check.Looked++
		switch of := (about{code: a.code(i), figure: n.Effective}); {
		case n.Effective == 0:
			a.find("no-weight", of, "%s weighs nothing in %s", n.Code, a.code(a.top()))
		case n.Effective > a.limits[maxEffective]:
			a.find("heavy-indicator", of, "%s has %s of the weight of %s", n.Code, part(n.Effective), a.code(a.top()))
		}
	}
}

// addedValue sets the ranks in every pillar beside those in the index.
func (a *auditor) addedValue() {
	top := a.top()
	for _, c := range a.children[top] {
		if len(a.children[top]) < 2 {
			continue
		}
		s := a.shift(a.ranks[top], a.facingRanks(c))
		if s.Compared == 0 {
			continue
		}
		a.check.Looked++
		row := AddedValue{Code: a.code(c), Differ: s.Moved, Mean: s.Mean, R: mizan.Number(stat.Spearman(a.facing[top], a.facing[c])), Compare: s.Compared}
		a.out.AddedValue = append(a.out.AddedValue, row)
		if row.Differ < mizan.Number(a.limits[minAddedValue]) {
			a.find("no-added-value", about{code: row.Code, with: a.code(top), figure: float64(row.Differ)},
				"the ranks of %s differ from those of %s by %s or more for %s of the units", row.Code, a.code(top), count(a.places(), "place"), part(float64(row.Differ)))
		}
	}
	if a.check.Looked == 0 {
		a.check.Note = "the index has one pillar"
	}
}

// facingRanks are the ranks in a node of the kept units, the best for the top
// first.
func (a *auditor) facingRanks(node int) []float64 {
	if !a.node(node).Reversed {
		return a.ranks[node]
	}
	ranks := make([]float64, len(a.kept))
	stat.RanksDown(ranks, a.facing[node], stat.TiesMin)
	return ranks
}

// shift compares two rankings of the kept units.
func (a *auditor) shift(from, to []float64) Shift {
	s := Shift{Mean: mizan.Number(math.NaN()), Largest: mizan.Number(math.NaN()), Moved: mizan.Number(math.NaN()), Spearman: mizan.Number(math.NaN())}
	sum, largest, moved := 0.0, 0.0, 0
	places := float64(a.places())
	for i, r := range from {
		d := math.Abs(to[i] - r)
		if d != d {
			continue
		}
		s.Compared++
		sum += d
		if d >= places {
			moved++
		}
		if d > largest {
			largest, s.Unit = d, a.unit(i)
		}
	}
	if n := float64(s.Compared); n > 0 {
		s.Mean, s.Largest, s.Moved = mizan.Number(sum/n), mizan.Number(largest), mizan.Number(float64(moved)/n)
	}
	return s
}

// shadowImputation names the scores that were computed over the children that
// happen to be there.
func (a *auditor) shadowImputation() {
	for _, g := range a.aggregates() {
		for i, v := range a.scores[g] {
			if v != v {
				continue
			}
			a.check.Looked++
			missing, gone, weight := 0, 0.0, 0.0
			for _, c := range a.children[g] {
				weight += a.node(c).Weight
				if x := a.scores[c][i]; x != x && a.node(c).Weight > 0 {
					missing++
					gone += a.node(c).Weight
				}
			}
			if missing > 0 {
				a.find("shadow-imputation", about{unit: a.unit(i), code: a.code(g), figure: gone / weight},
					"%s of %s is taken over %d of its %d children; those without a score weigh %s",
					a.code(g), a.unit(i), len(a.children[g])-missing, len(a.children[g]), part(gone/weight))
			}
		}
	}
}
