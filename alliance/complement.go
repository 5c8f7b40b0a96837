package alliance

import (
	"math"
	"slices"

	"mizan"
)

// strongRank is the rank up to which a member is strong in something.
const strongRank = 10

// Complement tells how the members of an alliance fill one another's gaps.
type Complement struct {
	// Strong is the rank, among all units of the index, up to which a member is
	// strong.
	Strong     int       `json:"strong"`
	Members    []string  `json:"members"`
	Pillars    []Profile `json:"pillars"`
	Indicators []Profile `json:"indicators"`
}

// Profile is the members of an alliance in one pillar or indicator.
type Profile struct {
	Code   string         `json:"code"`
	Weight float64        `json:"weight"` // effective
	Scores []mizan.Number `json:"scores"` // parallel to the members
	Ranks  []int          `json:"ranks"`  // among all units of the index; 0 = none
	// Pooled is the score of the alliance, and Without that of the alliance
	// without each member.
	Pooled  mizan.Number   `json:"pooled"`
	Without []mizan.Number `json:"without"`
	Best    string         `json:"best,omitempty"`
	// Strong are the members that are strong. One alone fills a gap that the
	// others leave; with several each is redundant; with none the gap remains.
	Strong []string `json:"strong"`
}

// Complement sets the members of a group beside one another. Errors, as
// mizan.Problems: figures for which an aggregation is not defined.
func (st *Study) Complement(g *Group) (*Complement, error) {
	p := st.pooler
	whole, err := p.standing(st.panel, g.at)
	if err != nil {
		return nil, err
	}
	without := make([][]float64, len(g.at))
	for i := range g.at {
		rest := slices.Delete(slices.Clone(g.at), i, i+1)
		normalised, _ := p.normalised(rest)
		columns, at, err := p.outsiders.Join(normalised, rest, nil)
		for _, column := range columns {
			if err != nil { // an aggregation is not defined for what the others pool
				column[at] = math.NaN()
			}
			without[i] = append(without[i], column[at])
		}
	}
	c := &Complement{Strong: strongRank, Members: p.codes(g.at)}
	for _, n := range pillarsOf(p.result.Nodes) {
		c.Pillars = append(c.Pillars, p.profile(n, g.at, whole, without))
	}
	for n := range p.series {
		c.Indicators = append(c.Indicators, p.profile(n, g.at, whole, without))
	}
	return c, nil
}

func (p *pooler) profile(n int, members []int, whole *Standing, without [][]float64) Profile {
	node := &p.result.Nodes[n]
	f := Profile{Code: node.Code, Weight: node.Effective, Pooled: whole.Scores[n].Score, Best: whole.Scores[n].Best, Strong: []string{}}
	for i, u := range members {
		rank := p.result.Ranks.At(p.y, n, u)
		f.Scores = append(f.Scores, mizan.Number(p.result.Scores.At(p.y, n, u)))
		f.Without = append(f.Without, mizan.Number(without[i][n]))
		if math.IsNaN(rank) {
			f.Ranks = append(f.Ranks, 0)
			continue
		}
		f.Ranks = append(f.Ranks, int(rank))
		if int(rank) <= strongRank {
			f.Strong = append(f.Strong, p.result.Units[u])
		}
	}
	return f
}

// Alone lists the codes of profiles in which a member is the only strong one.
func Alone(profiles []Profile, unit string) []string {
	var list []string
	for _, f := range profiles {
		if len(f.Strong) == 1 && f.Strong[0] == unit {
			list = append(list, f.Code)
		}
	}
	return list
}
