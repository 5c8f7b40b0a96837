package engine

import (
	"cmp"
	"math"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/stat"
)

// Difference is what separates two builds in one year: B against A.
type Difference struct {
	A    Side         `json:"a"`
	B    Side         `json:"b"`
	Spec []SpecChange `json:"spec"`
	// Agreement is over the units that both rank.
	Agreement Agreement `json:"agreement"`
	// Units are those that both rank, those that moved most first.
	Units []UnitChange `json:"units"`
	OnlyA []string     `json:"only_a"` // ranked by A alone
	OnlyB []string     `json:"only_b"` // ranked by B alone
}

// Side is one of two builds that are compared.
type Side struct {
	ID      string     `json:"id"`
	Title   mizan.Text `json:"title,omitempty"`
	Variant string     `json:"variant,omitempty"`
	Edits   []string   `json:"edits,omitempty"`
	Hash    string     `json:"hash,omitempty"`
	Year    int        `json:"year,omitempty"`
	Ranked  int        `json:"ranked"` // units with a rank
}

// Agreement is how alike two rankings are, over the units of both. Pearson is
// of the scores, the others of the ranks; missing with fewer than two units or
// where all scores of a side are equal.
type Agreement struct {
	Common   int          `json:"common"` // units that both have
	Spearman mizan.Number `json:"spearman"`
	Kendall  mizan.Number `json:"kendall"` // tau-b
	Pearson  mizan.Number `json:"pearson"`
	// MeanMove is the mean of the absolute change of rank, among common units.
	MeanMove mizan.Number `json:"mean_move"`
}

// UnitChange is how one unit moved from A to B.
type UnitChange struct {
	Unit   string       `json:"unit"`
	RankA  mizan.Number `json:"rank_a"`
	RankB  mizan.Number `json:"rank_b"`
	Move   int          `json:"move"` // places gained: rank A less rank B
	ScoreA mizan.Number `json:"score_a"`
	ScoreB mizan.Number `json:"score_b"`
	// Causes split the change of the score by indicators, the largest first.
	// They are absent where a score cannot be split.
	Causes []Cause `json:"causes,omitempty"`
}

// Cause is how much an indicator's contribution to a unit's score changed, and
// the figures behind it.
type Cause struct {
	Code   string       `json:"code"`
	A      mizan.Number `json:"a"` // contribution
	B      mizan.Number `json:"b"`
	Change mizan.Number `json:"change"`
	RawA   mizan.Number `json:"raw_a"`
	RawB   mizan.Number `json:"raw_b"`
}

// Diff compares two builds in a year: which units moved, and by which
// indicators; which settings differ; how alike the rankings are. Year 0 is the
// latest year that both have, else the latest of each. The change of a score
// is split by the difference of contributions; an indicator that one side does
// not have contributes nothing there. Errors: a year that one side lacks.
func Diff(a, b *Report, year int) (*Difference, error) {
	ya, yb, err := commonYear(a, b, year)
	if err != nil {
		return nil, err
	}
	a.Complete()
	b.Complete()
	d := &Difference{A: side(a, ya), B: side(b, yb), Spec: []SpecChange{}, Units: []UnitChange{}, OnlyA: []string{}, OnlyB: []string{}}
	if a.Spec != nil && b.Spec != nil {
		d.Spec = append(d.Spec, DiffSpecs(a.Spec, b.Spec)...)
	}
	left, right := newLook(a, ya), newLook(b, yb)
	codes := union(a.Contributions.Codes, b.Contributions.Codes)
	var x, y []float64
	for _, unit := range units(a, b) {
		rankA, scoreA, inA := left.standing(unit)
		rankB, scoreB, inB := right.standing(unit)
		if inA {
			d.A.Ranked++
		}
		if inB {
			d.B.Ranked++
		}
		switch {
		case inA && inB:
			d.Units = append(d.Units, UnitChange{
				Unit: unit, RankA: mizan.Number(rankA), RankB: mizan.Number(rankB), Move: int(rankA - rankB),
				ScoreA: mizan.Number(scoreA), ScoreB: mizan.Number(scoreB), Causes: causes(left, right, codes, unit),
			})
			x, y = append(x, scoreA), append(y, scoreB)
		case inA:
			d.OnlyA = append(d.OnlyA, unit)
		case inB:
			d.OnlyB = append(d.OnlyB, unit)
		}
	}
	d.Agreement = agreement(x, y)
	slices.SortFunc(d.Units, func(p, q UnitChange) int {
		return cmp.Or(cmp.Compare(abs(q.Move), abs(p.Move)), cmp.Compare(p.RankB, q.RankB), cmp.Compare(p.Unit, q.Unit))
	})
	return d, nil
}

func abs(i int) int { return max(i, -i) }

func side(r *Report, year int) Side {
	return Side{ID: r.Project.ID, Title: r.Project.Title, Variant: r.Project.Variant, Edits: r.Project.Edits, Hash: r.Project.Hash, Year: year}
}

// commonYear chooses the year of each side.
func commonYear(a, b *Report, year int) (ya, yb int, err error) {
	if year != 0 {
		for _, r := range []*Report{a, b} {
			if err := r.HasYear(year); err != nil {
				return 0, 0, err
			}
		}
		return year, year, nil
	}
	for _, y := range slices.Backward(a.Years) {
		if slices.Contains(b.Years, y) {
			return y, y, nil
		}
	}
	if len(a.Years) == 0 || len(b.Years) == 0 {
		return 0, 0, notAReport("a build has no years")
	}
	return a.Years[len(a.Years)-1], b.Years[len(b.Years)-1], nil
}

// look is one side of a comparison, with the positions of what is looked up.
type look struct {
	*Report
	y    int // position of the year
	unit map[string]int
	// facing is -1 for a code whose high score is bad for the top, else 1.
	facing map[string]int
}

func newLook(r *Report, year int) *look {
	l := &look{Report: r, y: slices.Index(r.Years, year), unit: make(map[string]int, len(r.Units)), facing: make(map[string]int, len(r.Nodes))}
	for i, u := range r.Units {
		l.unit[u.Code] = i
	}
	for i, f := range build.Facing(r.Nodes) {
		l.facing[r.Nodes[i].Code] = f
	}
	return l
}

// at reads a cell by names; missing if the table lacks one of them.
func (l *look) at(t *mizan.Table, code, unit string) float64 {
	u, ok := l.unit[unit]
	c := t.Code(code)
	if !ok || c < 0 || l.y < 0 {
		return math.NaN()
	}
	return t.At(l.y, c, u)
}

// standing is the rank and the score at the top, and whether there is a rank.
func (l *look) standing(unit string) (rank, score float64, ok bool) {
	rank = l.at(l.Ranks, l.Top(), unit)
	return rank, l.at(l.Scores, l.Top(), unit), !math.IsNaN(rank)
}

// units are the codes of either build, in order.
func units(a, b *Report) []string {
	var list []string
	for _, r := range []*Report{a, b} {
		for _, u := range r.Units {
			list = append(list, u.Code)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// union is the codes of both, in the order of the first.
func union(a, b []string) []string {
	list := slices.Clone(a)
	for _, c := range b {
		if !slices.Contains(a, c) {
			list = append(list, c)
		}
	}
	return list
}

// causes splits the change of a unit's score; nil if one side cannot be split.
func causes(a, b *look, codes []string, unit string) []Cause {
	list := make([]Cause, 0, len(codes))
	for _, code := range codes {
		ca, okA := a.part(code, unit)
		cb, okB := b.part(code, unit)
		if !okA || !okB {
			return nil
		}
		list = append(list, Cause{
			Code: code, A: mizan.Number(ca), B: mizan.Number(cb), Change: mizan.Number(cb - ca),
			RawA: mizan.Number(a.at(a.Stages.Raw, code, unit)), RawB: mizan.Number(b.at(b.Stages.Raw, code, unit)),
		})
	}
	slices.SortStableFunc(list, func(p, q Cause) int {
		return cmp.Compare(math.Abs(float64(q.Change)), math.Abs(float64(p.Change)))
	})
	return list
}

// part is the contribution of an indicator, 0 for one that the build does not
// have or for which the unit has no value, and whether it is known.
func (l *look) part(code, unit string) (float64, bool) {
	if l.Contributions.Code(code) < 0 {
		return 0, true
	}
	c := l.at(l.Contributions, code, unit)
	if math.IsNaN(c) && math.IsNaN(l.at(l.Scores, code, unit)) {
		return 0, true
	}
	return c, !math.IsNaN(c)
}

// agreement compares the scores of the same units.
func agreement(x, y []float64) Agreement {
	g := Agreement{
		Common: len(x), Spearman: mizan.Number(math.NaN()), Kendall: mizan.Number(math.NaN()),
		Pearson: mizan.Number(math.NaN()), MeanMove: mizan.Number(math.NaN()),
	}
	if len(x) < 2 {
		return g
	}
	g.Spearman = mizan.Number(stat.Spearman(x, y))
	g.Kendall = mizan.Number(stat.Kendall(x, y))
	g.Pearson = mizan.Number(stat.Pearson(x, y))
	rx, ry := descending(x), descending(y)
	sum := 0.0
	for i := range rx {
		sum += math.Abs(rx[i] - ry[i])
	}
	g.MeanMove = mizan.Number(sum / float64(len(x)))
	return g
}

// descending is the rank of every value, 1 the highest, ties the smaller.
func descending(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(x[j], x[i]) })
	ranks := make([]float64, len(x))
	for k, i := range order {
		ranks[i] = float64(k + 1)
		if k > 0 && x[order[k-1]] == x[i] {
			ranks[i] = ranks[order[k-1]]
		}
	}
	return ranks
}
