package engine

import (
	"cmp"
	"math"
	"slices"

	"mizan"
)

// Explanation says why a unit ranks as it does in one year.
type Explanation struct {
	Unit  string       `json:"unit"`
	Year  int          `json:"year"`
	Score mizan.Number `json:"score"`
	Rank  mizan.Number `json:"rank"`
	Of    int          `json:"of"` // units with a rank
	// NotRanked is why the unit has no rank; then nothing follows.
	NotRanked string `json:"not_ranked,omitempty"`
	// Pillars are the children of the top, in the order of the framework.
	Pillars []Standing `json:"pillars"`
	// Indicators are all with a value, the largest contribution first.
	Indicators []Standing `json:"indicators"`
	// Strengths and Weaknesses are the indicators with the best and with the
	// worst rank, ties by effective weight; no more than half of all each.
	Strengths  []Standing `json:"strengths"`
	Weaknesses []Standing `json:"weaknesses"`
	Peers      []Peer     `json:"peers"`
	// Up is what would bring the unit past the one ahead, Down what would let
	// the one behind past it; nil at the ends of the ranking.
	Up   *Gap `json:"up"`
	Down *Gap `json:"down"`
}

// Standing is how a unit stands in one node.
type Standing struct {
	Code   string       `json:"code"`
	Value  mizan.Number `json:"value"` // the raw figure of an indicator
	Score  mizan.Number `json:"score"`
	Rank   mizan.Number `json:"rank"`
	Of     int          `json:"of"`
	Weight float64      `json:"weight"` // effective
	// LessIsBetter is a node whose high score is bad for the top: a reversed
	// aggregate, or one below it. Its first rank then is the worst.
	LessIsBetter bool         `json:"less_is_better,omitempty"`
	Contribution mizan.Number `json:"contribution"` // to the top score
}

// Peer is a unit with a like profile.
type Peer struct {
	Unit     string       `json:"unit"`
	Rank     mizan.Number `json:"rank"`
	Score    mizan.Number `json:"score"`
	Distance float64      `json:"distance"`
}

// Gap is the distance to a neighbour in the ranking, and the single changes
// that would close it, the smallest first.
type Gap struct {
	Unit    string       `json:"unit"`
	Rank    mizan.Number `json:"rank"`
	Gap     float64      `json:"gap"` // in points of score, positive
	Changes []Change     `json:"changes"`
}

// Change is one indicator that alone would close a gap, all else and every
// scale as it is. Like is the unit whose score is the nearest beyond. Value and
// LikeValue are the figures of both after denomination.
type Change struct {
	Code      string       `json:"code"`
	Value     mizan.Number `json:"value"`
	Score     float64      `json:"score"`
	Needed    float64      `json:"needed"` // normalised score
	Like      string       `json:"like"`
	LikeValue mizan.Number `json:"like_value"`
}

// most is how many strengths, weaknesses, peers and changes are named.
const most = 5

// Explain says why a unit ranks as it does: what makes up its score, its
// strengths and weaknesses, the units most like it, and what would move it a
// rank.
//
// Peers are nearest by the distance over normalised indicators x with their
// effective weights w, over the indicators that both have:
//
//	d = sqrt( sum w (x - y)^2 / sum w )
//
// A change of indicator i that closes a gap g is found by the derivative of
// the score (build.Result.Slopes):
//
//	needed = x + g / derivative
//
// This is exact for arithmetic means and a linear estimate for others. A change
// that no unit's score reaches is not named.
//
// Errors: an unknown unit or year, as a mizan.Problem.
func (r *Report) Explain(unit string, year int) (*Explanation, error) {
	if err := r.HasUnit(unit); err != nil {
		return nil, err
	}
	if err := r.HasYear(year); err != nil {
		return nil, err
	}
	l := newLook(r, year)
	e := &Explanation{Unit: unit, Year: year, Of: l.ranked(r.Top())}
	rank, score, ok := l.standing(unit)
	e.Rank, e.Score = mizan.Number(rank), mizan.Number(score)
	if !ok {
		e.NotRanked = r.whyNot(unit, year)
		return e, nil
	}
	contributions, err := l.contributionsOf(unit)
	if err != nil {
		return nil, err
	}
	for _, code := range r.Node(r.Top()).Children {
		e.Pillars = append(e.Pillars, l.standingIn(code, unit, l.under(code, contributions)))
	}
	for _, n := range r.Nodes {
		if n.Level != 1 {
			continue
		}
		if s := l.standingIn(n.Code, unit, contributions[n.Code]); !math.IsNaN(float64(s.Score)) {
			e.Indicators = append(e.Indicators, s)
		}
	}
	slices.SortStableFunc(e.Indicators, func(a, b Standing) int { return cmp.Compare(b.Contribution, a.Contribution) })
	e.Strengths = l.byRank(e.Indicators, e.Indicators, 1)
	e.Weaknesses = l.byRank(without(e.Indicators, e.Strengths), e.Indicators, -1)
	e.Peers = l.peers(unit)
	e.Up, e.Down = l.neighbours(unit, score, e.Indicators)
	return e, nil
}

func (r *Report) whyNot(unit string, year int) string {
	for _, g := range r.Removed {
		if g.Unit == unit && g.Year == year {
			return g.Reason
		}
	}
	return "it has no score"
}

// ranked is how many units have a rank in a node.
func (l *look) ranked(code string) int {
	c := l.Ranks.Code(code)
	n := 0
	for _, v := range l.Ranks.Column(l.y, c) {
		if !math.IsNaN(v) {
			n++
		}
	}
	return n
}
