package engine

import (
	"cmp"
	"slices"

	"mizan"
	"mizan/dataset"
)

// Against is how a build compares with a published ranking.
type Against struct {
	A         Side      `json:"a"`
	Published string    `json:"published"` // its name
	Agreement Agreement `json:"agreement"`
	// Units are those that both rank, those furthest apart first. Ranks are
	// among these units alone, so that they can be compared.
	Units         []UnitChange `json:"units"`
	OnlyA         []string     `json:"only_a"`
	OnlyPublished []string     `json:"only_published"`
}

// Compare sets a build's scores of one year (0 = the latest) against published
// ones, over the units of both. Errors: a year that the build lacks.
func Compare(r *Report, year int, name string, published []dataset.Score) (*Against, error) {
	if year == 0 && len(r.Years) > 0 {
		year = r.Years[len(r.Years)-1]
	}
	if err := r.HasYear(year); err != nil {
		return nil, err
	}
	mine := newLook(r, year)
	g := &Against{A: side(r, year), Published: name, Units: []UnitChange{}, OnlyA: []string{}, OnlyPublished: []string{}}
	theirs := map[string]bool{}
	var x, y []float64
	for _, s := range published {
		theirs[s.Unit] = true
		_, score, ok := mine.standing(s.Unit)
		if !ok {
			g.OnlyPublished = append(g.OnlyPublished, s.Unit)
			continue
		}
		g.Units = append(g.Units, UnitChange{Unit: s.Unit, ScoreA: mizan.Number(score), ScoreB: mizan.Number(s.Value)})
		x, y = append(x, score), append(y, s.Value)
	}
	for _, u := range r.Units {
		if _, _, ranked := mine.standing(u.Code); ranked {
			g.A.Ranked++
			if !theirs[u.Code] {
				g.OnlyA = append(g.OnlyA, u.Code)
			}
		}
	}
	g.Agreement = agreement(x, y)
	rx, ry := descending(x), descending(y)
	for i := range g.Units {
		u := &g.Units[i]
		u.RankA, u.RankB, u.Move = mizan.Number(rx[i]), mizan.Number(ry[i]), int(rx[i]-ry[i])
	}
	slices.SortFunc(g.Units, func(p, q UnitChange) int {
		return cmp.Or(cmp.Compare(abs(q.Move), abs(p.Move)), cmp.Compare(p.RankA, q.RankA), cmp.Compare(p.Unit, q.Unit))
	})
	return g, nil
}
