package engine

import (
	"cmp"
	"math"
	"slices"

	"mizan"
)

// contributionsOf is the contribution of every indicator to the top score, 0
// for one that has no value, missing where the score cannot be split.
func (l *look) contributionsOf(unit string) (map[string]float64, error) {
	m := map[string]float64{}
	if l.Result == nil {
		for _, code := range l.Contributions.Codes {
			m[code], _ = l.part(code, unit)
		}
		return m, nil
	}
	parts, err := l.Result.Contributions(unit, l.Years[l.y])
	for c, v := range parts {
		code := l.Result.Indicators[c]
		if math.IsNaN(v) && math.IsNaN(l.at(l.Scores, code, unit)) {
			v = 0
		}
		m[code] = v
	}
	return m, err
}

// under sums the contributions of the indicators below a node.
func (l *look) under(code string, contributions map[string]float64) float64 {
	n := l.Node(code)
	if len(n.Children) == 0 {
		return contributions[code]
	}
	sum := 0.0
	for _, c := range n.Children {
		sum += l.under(c, contributions)
	}
	return sum
}

func (l *look) standingIn(code, unit string, contribution float64) Standing {
	return Standing{
		Code: code, Value: mizan.Number(l.at(l.Stages.Raw, code, unit)), Score: mizan.Number(l.at(l.Scores, code, unit)),
		Rank: mizan.Number(l.at(l.Ranks, code, unit)), Of: l.ranked(code), Weight: l.Node(code).Effective, Contribution: mizan.Number(contribution),
		LessIsBetter: l.facing[code] < 0,
	}
}

// place is the share of the ranked units that stand no worse than the unit:
// those with its rank or a smaller one, or where less is better, those with no
// higher a score.
func (l *look) place(s Standing) float64 {
	if !s.LessIsBetter {
		return float64(s.Rank) / float64(s.Of)
	}
	rank := 1
	for _, v := range l.Scores.Column(l.y, l.Scores.Code(s.Code)) {
		if v < float64(s.Score) {
			rank++
		}
	}
	return float64(rank) / float64(s.Of)
}

// byRank is the indicators with the best rank (sign 1) or the worst (-1), as a
// share of the units that have one, ties by effective weight; no more than half
// of all.
func (l *look) byRank(list, all []Standing, sign int) []Standing {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Standing) int {
		return cmp.Or(sign*cmp.Compare(l.place(a), l.place(b)), cmp.Compare(b.Weight, a.Weight))
	})
	return list[:min(most, len(list), len(all)/2)]
}

// without is the list without some of its indicators.
func without(list, some []Standing) []Standing {
	return slices.DeleteFunc(slices.Clone(list), func(s Standing) bool {
		return slices.ContainsFunc(some, func(o Standing) bool { return o.Code == s.Code })
	})
}

// peers are the units with the most alike profile.
func (l *look) peers(unit string) []Peer {
	var list []Peer
	me := l.unit[unit]
	for u, other := range l.Units {
		if rank, score, ok := l.standing(other.Code); ok && u != me {
			if d := l.distance(me, u); !math.IsNaN(d) {
				list = append(list, Peer{other.Code, mizan.Number(rank), mizan.Number(score), d})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Peer) int { return cmp.Compare(a.Distance, b.Distance) })
	return list[:min(most, len(list))]
}

// distance is the weighted distance of two units' normalised indicators.
func (l *look) distance(a, b int) float64 {
	sum, weights := 0.0, 0.0
	for _, n := range l.Nodes {
		c := l.Scores.Code(n.Code)
		if n.Level != 1 || c < 0 {
			continue
		}
		if d := l.Scores.At(l.y, c, a) - l.Scores.At(l.y, c, b); !math.IsNaN(d) {
			sum += float64(n.Effective * float64(d*d))
			weights += n.Effective
		}
	}
	if weights <= 0 {
		return math.NaN()
	}
	return math.Sqrt(sum / weights)
}

// neighbours are the gaps to the unit with the next higher score and to the
// one with the next lower.
func (l *look) neighbours(unit string, score float64, indicators []Standing) (up, down *Gap) {
	for _, other := range l.Units {
		rank, s, ok := l.standing(other.Code)
		if !ok || other.Code == unit {
			continue
		}
		if gap := s - score; gap > 0 && (up == nil || gap < up.Gap) {
			up = &Gap{Unit: other.Code, Rank: mizan.Number(rank), Gap: gap}
		} else if gap < 0 && (down == nil || -gap < down.Gap) {
			down = &Gap{Unit: other.Code, Rank: mizan.Number(rank), Gap: -gap}
		}
	}
	if up != nil {
		up.Changes = l.changes(unit, up.Gap, indicators)
	}
	if down != nil {
		down.Changes = l.changes(unit, -down.Gap, indicators)
	}
	return up, down
}

// changes are the single indicators that would move the score by gap.
func (l *look) changes(unit string, gap float64, indicators []Standing) []Change {
	list := []Change{}
	slopes := l.slopesOf(unit, indicators)
	for _, s := range indicators {
		x, slope := float64(s.Score), slopes[s.Code]
		if slope == 0 || math.IsNaN(slope) {
			continue
		}
		needed := x + gap/slope
		like := l.first(s.Code, unit, needed, needed > x)
		if like == "" {
			continue
		}
		list = append(list, Change{
			Code: s.Code, Value: mizan.Number(l.at(l.Stages.Denominated, s.Code, unit)), Score: x,
			Needed: needed, Like: like, LikeValue: mizan.Number(l.at(l.Stages.Denominated, s.Code, like)),
		})
	}
	slices.SortStableFunc(list, func(a, b Change) int {
		return cmp.Compare(math.Abs(a.Needed-a.Score), math.Abs(b.Needed-b.Score))
	})
	return list[:min(most, len(list))]
}

// slopesOf is the derivative of the top score by that of every indicator. A
// report that was read and not built has contributions alone; they tell it where
// no aggregate on the way is reversed, but for a score of 0.
func (l *look) slopesOf(unit string, indicators []Standing) map[string]float64 {
	m := map[string]float64{}
	if l.Result == nil {
		for _, s := range indicators {
			m[s.Code] = math.NaN()
			if s.Score != 0 && s.Contribution != 0 && !l.mirrored(s.Code) {
				m[s.Code] = float64(s.Contribution / s.Score)
			}
		}
		return m
	}
	slopes, err := l.Result.Slopes(unit, l.Years[l.y])
	for c := range slopes {
		if err == nil {
			m[l.Result.Indicators[c]] = slopes[c]
		}
	}
	return m
}

// mirrored reports whether some aggregate above a code is reversed.
func (l *look) mirrored(code string) bool {
	for n := l.Node(code); n != nil; n = l.Node(n.Parent) {
		if n.Reversed {
			return true
		}
	}
	return false
}

// first is the unit whose score in an indicator is the first to reach a level,
// from below or, going down, from above; "" if none does.
func (l *look) first(code, unit string, level float64, upwards bool) string {
	c := l.Scores.Code(code)
	found, best := "", math.Inf(1)
	for u, v := range l.Scores.Column(l.y, c) {
		over := v - level
		if !upwards {
			over = -over
		}
		if other := l.Units[u].Code; over >= 0 && over < best && other != unit {
			found, best = other, over
		}
	}
	return found
}
