package dataset

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Score is the score that a published index gives a unit.
type Score struct {
	Unit  string
	Value float64
}

// ReadScores reads a published ranking: CSV with the columns unit and score,
// others are passed over. name is the file's name in messages. The scores are
// sorted by unit; a unit whose score is missing is left out. Errors come all
// at once, as mizan.Problems.
func ReadScores(name string, r io.Reader) ([]Score, error) {
	bs, b, h, rep := begin(name, r, -1)
	var list []Score
	if h != nil {
		list = scores(bs, b, h, rep)
	}
	problems := rep.list()
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b Score) int { return strings.Compare(a.Unit, b.Unit) })
	return list, nil
}

func scores(bs *blocks, b block, h *header, rep *report) []Score {
	h.distinct(func(name string) bool { return name == "unit" || name == "score" })
	unit, score := h.need("unit", "score"), h.need("score", "unit")
	if h.bad {
		return nil
	}
	var list []Score
	lines := map[string]int{}
	for ok := true; ok; b, ok = bs.next(nil) {
		b.rows(len(h.names), rep, func(r *row) {
			code := strings.Clone(r.cell(unit))
			if code == "" {
				r.problem(unit, "missing-unit", "the unit is missing", "write the unit's code, or remove the row")
				return
			}
			if line, twice := lines[code]; twice {
				r.problem(unit, "duplicate-unit", fmt.Sprintf("the unit %q occurs twice, first in line %d", code, line), "keep one of the rows")
				return
			}
			lines[code] = r.line
			text := r.cell(score)
			if missing(text) {
				return
			}
			v, ok := parseNumber(text)
			if !ok {
				cause, remedy := badNumber(text)
				r.problem(score, "bad-number", cause, remedy)
				return
			}
			list = append(list, Score{Unit: code, Value: v})
		})
	}
	if bs.fault != nil {
		rep.add(bs.fault)
	}
	return list
}
