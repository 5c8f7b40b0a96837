package audit

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
	"mizan/stat"
)

// Frontier sets the index beside the benefit of the doubt: what each unit would
// score under the weights of the pillars that are best for itself. Scores and
// ranks, those of a unit on the frontier 1, are in the shift, which compares
// ranks with those of the index.
type Frontier struct {
	Over  []string `json:"over"`     // the children of the top
	Units []string `json:"frontier"` // units with the score 1, in order
	Shift
}

// onFrontier is a score of 1 but for the last digits of a linear programme.
const onFrontier = 1 - 1e-9

func (a *auditor) frontier() {
	over := a.node(a.top()).Children
	// The work of the linear programmes grows with the square of the size.
	switch size := float64(len(a.kept)) * float64(len(over)); {
	case len(over) < 2:
		a.check.Note = "the index has one pillar"
		return
	case size > a.limits[maxFrontier]:
		a.find("frontier-left-out", about{code: a.code(a.top()), figure: size},
			"the linear programmes of %s and %s are too many", count(len(a.kept), "unit"), count(len(over), "pillar"))
		a.check.Note = "left out, for the index is large"
		return
	}
	scores, note, err := a.bestCase()
	if err != nil {
		a.find("not-rebuilt", about{code: a.code(a.top()), figure: math.NaN()}, "there is no benefit of the doubt: %s", firstCause(err))
		a.check.Note = firstCause(err)
		return
	}
	f := &Frontier{Over: over, Units: []string{}}
	f.Shift = a.moved(a.result, frontierRanks(scores), scores)
	f.Note = note
	a.out.Frontier = f
	a.check.Looked = f.Compared
	lower := 0.5 * float64(a.out.Ranked)
	for i, u := range a.kept {
		if !(scores[u] >= onFrontier) {
			continue
		}
		f.Units = append(f.Units, a.unit(i))
		if rank := a.ranks[a.top()][i]; rank > lower {
			a.find("on-frontier", about{unit: a.unit(i), figure: rank},
				"under the weights that are best for %s no unit does better; in the index it ranks %.0f of %d", a.unit(i), rank, a.out.Ranked)
		}
	}
	a.check.Note = f.says(a.out.Ranked)
}

// bestCase gives every unit's score by the benefit of the doubt. Where scores
// are negative it is taken of scores from 1 to 100, with a note.
func (a *auditor) bestCase() (scores mizan.Column, note string, err error) {
	if scores, err = a.result.Frontier(a.year()); err == nil {
		return scores, "", nil
	}
	scaled, again := a.build([]spec.Edit{positiveScale()})
	if again != nil {
		return nil, "", err
	}
	if scores, again = scaled.Frontier(a.year()); again != nil {
		return nil, "", err
	}
	return scores, "of scores from 1 to 100, since negative ones have no benefit of the doubt", nil
}

// frontierRanks rank the units, those on the frontier alike.
func frontierRanks(scores []float64) []float64 {
	x := slices.Clone(scores)
	for i, v := range x {
		if v >= onFrontier {
			x[i] = 1
		}
	}
	ranks := make([]float64, len(x))
	stat.RanksDown(ranks, x, stat.TiesMin)
	return ranks
}

// says is the outcome in a sentence.
func (f *Frontier) says(ranked int) string {
	const named = 8
	who := strings.Join(f.Units[:min(named, len(f.Units))], ", ")
	if n := len(f.Units) - named; n > 0 {
		who += fmt.Sprintf(" and %d more", n)
	}
	verb := "are"
	if len(f.Units) == 1 {
		verb = "is"
	}
	text := fmt.Sprintf("%d of %s %s on the frontier (%s)", len(f.Units), count(ranked, "unit"), verb, who)
	if f.Unit != "" {
		text += fmt.Sprintf("; ranks differ from those of the index by %.1f places on average, most for %s (%.0f)", float64(f.Mean), f.Unit, float64(f.Largest))
	}
	if f.Note != "" {
		text += "; " + f.Note
	}
	return text
}
