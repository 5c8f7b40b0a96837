package alliance

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"mizan"
)

// Change is what becomes of an alliance when members come or go.
type Change struct {
	Format  int      `json:"format"`
	ID      string   `json:"id"`
	Hash    string   `json:"hash"`
	Year    int      `json:"year"`
	Added   []string `json:"added"`
	Removed []string `json:"removed"`
	Before  Brief    `json:"before"`
	After   Brief    `json:"after"`
	// Nodes are the scores of every node, and Difference that of the whole over
	// the draws, draw by draw; nil without.
	Nodes      []NodeChange `json:"nodes"`
	Difference *Spread      `json:"difference,omitempty"`
	// Better is the share of draws in which the score rises, and Ahead that in
	// which the rank improves; missing without draws.
	Better mizan.Number `json:"better"`
	Ahead  mizan.Number `json:"ahead"`
}

// NodeChange is the change in one node of the framework.
type NodeChange struct {
	Code       string       `json:"code"`
	Before     mizan.Number `json:"before"`
	After      mizan.Number `json:"after"`
	Difference mizan.Number `json:"difference"`
	RankBefore int          `json:"rank_before"`
	RankAfter  int          `json:"rank_after"`
}

// Change adds units, or the members of alliances, to a group and takes others
// out. Errors, as mizan.Problems: codes that there are not, who belongs already,
// who does not belong, and an alliance of nobody or of all.
func (st *Study) Change(g *Group, add, remove []string) (*Change, *Group, error) {
	in, problems := st.units(add)
	out, more := st.units(remove)
	problems = append(problems, more...)
	if len(add)+len(remove) == 0 {
		problems.Add("no-change", mizan.Place{}, "nobody is to come or to go", "name units to add or to remove")
	}
	after := *g
	after.at = slices.Clone(g.at)
	for _, u := range in {
		if slices.Contains(g.at, u) {
			problems.Add("member-already", mizan.Place{}, st.result.Units[u]+" belongs already", "leave it out")
			continue
		}
		after.at = append(after.at, u)
	}
	for _, u := range out {
		if !slices.Contains(g.at, u) {
			problems.Add("no-member", mizan.Place{}, st.result.Units[u]+" does not belong and cannot leave", "name a member")
		}
	}
	after.at = slices.DeleteFunc(after.at, func(u int) bool { return slices.Contains(out, u) })
	slices.Sort(after.at)
	if len(after.at) == 0 && len(problems) == 0 {
		problems.Add("empty-alliance", mizan.Place{}, "nobody is left in the alliance", "remove fewer members")
	}
	if err := problems.OrNil(); err != nil {
		return nil, nil, err
	}
	if err := st.checkAll(after.at, "the alliance"); err != nil {
		return nil, nil, err
	}
	c := &Change{
		Format: Format, ID: st.spec.ID, Hash: st.spec.Hash(), Year: st.options.Year,
		Added: st.pooler.codes(in), Removed: st.pooler.codes(out), Better: mizan.Number(math.NaN()), Ahead: mizan.Number(math.NaN()),
	}
	return c, &after, st.compare(c, g, &after)
}

// compare fills in the standings before and after.
func (st *Study) compare(c *Change, before, after *Group) error {
	p := st.pooler
	was, err := p.standing(st.panel, before.at)
	if err != nil {
		return err
	}
	is, err := p.standing(st.panel, after.at)
	if err != nil {
		return err
	}
	for n := range was.Scores {
		a, b := was.Scores[n], is.Scores[n]
		c.Nodes = append(c.Nodes, NodeChange{a.Code, a.Score, b.Score, b.Score - a.Score, a.Rank, b.Rank})
	}
	c.Before, c.After = st.brief(p, before), st.brief(p, after)
	if st.options.Draws == nil {
		return nil
	}
	s := st.sample([][]int{before.at, after.at}, 0)
	c.Before.Interval, c.After.Interval = s.interval(0, st.unit(c.Before.Leader)), s.interval(1, st.unit(c.After.Leader))
	difference, better, ahead := s.difference(0, 1)
	c.Difference, c.Better, c.Ahead = &difference, better, ahead
	return nil
}

// difference is that of the scores of two groups draw by draw, with the shares
// of draws in which the second is better and in which its rank is.
func (s *sample) difference(first, second int) (spread Spread, better, ahead mizan.Number) {
	var d []float64
	up, before := 0, 0
	for k := range s.draws {
		a, b := s.groups[first][k], s.groups[second][k]
		if s.failed[k] || a != a || b != b {
			continue
		}
		d = append(d, b-a)
		if b > a {
			up++
		}
		if s.ranks[second][k] < s.ranks[first][k] {
			before++
		}
	}
	if len(d) == 0 {
		return spreadOf(d), mizan.Number(math.NaN()), mizan.Number(math.NaN())
	}
	return spreadOf(d), mizan.Number(float64(up) / float64(len(d))), mizan.Number(float64(before) / float64(len(d)))
}

// Next is what one further member would bring to an alliance.
type Next struct {
	Unit   string       `json:"unit"`
	Score  mizan.Number `json:"score"` // of the alliance with it
	Rank   int          `json:"rank"`
	Gain   mizan.Number `json:"gain"`  // over the alliance without it
	Alone  mizan.Number `json:"alone"` // its own score
	Passes []string     `json:"passes"`
	// Probability is the share of draws in which the score rises; missing
	// without draws.
	Probability mizan.Number `json:"probability"`
}

// Next lists what every ranked unit outside would bring to a group as its next
// member, the most first; last those with whom an aggregation is not defined,
// so that there is no score. Errors, as mizan.Problems: that is so of the group
// itself.
func (st *Study) Next(g *Group) ([]Next, error) {
	p := st.pooler
	before, err := p.standing(st.panel, g.at)
	if err != nil {
		return nil, err
	}
	now := float64(before.Scores[p.top].Score)
	list := []Next{}
	groups := [][]int{g.at}
	for u, unit := range p.result.Units {
		if !p.ranked[u] || slices.Contains(g.at, u) || len(g.at)+1 == len(p.result.Units) {
			continue
		}
		with := append(slices.Clone(g.at), u)
		slices.Sort(with)
		top := none
		if s, err := p.standing(st.panel, with); err == nil {
			top = s.Scores[p.top]
		}
		n := Next{
			Unit: unit, Score: top.Score, Rank: top.Rank, Gain: top.Score - mizan.Number(now), Passes: []string{},
			Alone: mizan.Number(p.result.Scores.At(p.y, p.top, u)), Probability: mizan.Number(math.NaN()),
		}
		for v, score := range p.result.Scores.Column(p.y, p.top) {
			if score >= now && score < float64(top.Score) && !slices.Contains(with, v) {
				n.Passes = append(n.Passes, p.result.Units[v])
			}
		}
		list, groups = append(list, n), append(groups, with)
	}
	if st.options.Draws != nil {
		s := st.sample(groups, 0)
		for i := range list {
			_, list[i].Probability, _ = s.difference(0, i+1)
		}
	}
	slices.SortStableFunc(list, func(a, b Next) int { return cmp.Compare(b.Gain, a.Gain) }) // missing last
	return list, nil
}

// String names a goal: "USA", or "90".
func (g Goal) String() string {
	if g.Unit != "" {
		return g.Unit
	}
	return fmt.Sprint(g.Score)
}
