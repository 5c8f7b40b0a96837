package alliance

import (
	"math"
	"slices"

	"mizan/stat"

	"mizan"
)

// maxExact is the most members whose coalitions are all valued.
const maxExact = 20

// maxExactCompared is the same where methods compare units, so that every
// coalition is a ranking of its own.
const maxExactCompared = 10

// maxCompared is about how many coalitions are valued, by default, where every
// one is a ranking of its own.
const maxCompared = 4000

// Contributions say what each member adds to an alliance, by one value function.
type Contributions struct {
	// Game is the code of the value function: score, best-of, reach, coverage,
	// self-sufficiency or pass; or the code of a pillar, whose score it is then.
	Game   string `json:"game"`
	Supply string `json:"supply,omitempty"` // the code of the table of supply that it is of
	// Declared tells the value functions of the project, the first of which is
	// the score, from the pillars.
	Declared bool         `json:"declared"`
	Summary  string       `json:"summary"`       // what a coalition is worth, in words
	Said     mizan.Saying `json:"said,omitzero"` // Summary by identity
	// Total is the value of all members together; that of nobody is 0.
	Total mizan.Number `json:"total"`
	// Exact tells that every coalition was valued; else the figures are
	// estimates from this many random circles of members.
	Exact   bool `json:"exact"`
	Circles int  `json:"circles,omitempty"`
	// Undefined is how many coalitions are worth nothing because an aggregation
	// is not defined for what they pool; 0 where they are sampled.
	Undefined int            `json:"undefined,omitempty"`
	Members   []Contribution `json:"members"` // by code
}

// Contribution is what one member adds.
type Contribution struct {
	Unit    string   `json:"unit"`
	Shapley Estimate `json:"shapley"`
	Banzhaf Estimate `json:"banzhaf"`
	// Alone is the value of the member alone, and Loss what the value of the
	// alliance loses if the member leaves.
	Alone mizan.Number `json:"alone"`
	Loss  mizan.Number `json:"loss"`
	// Redundancy is the share of what the member is worth alone that the others
	// have already: 1 - loss / alone; missing where it is worth nothing alone.
	Redundancy mizan.Number `json:"redundancy"`
}

// Pivot tells who decides that an alliance passes a unit.
type Pivot struct {
	// Passed is the unit: the best of those whose score the alliance passes.
	Passed string       `json:"passed"`
	Score  mizan.Number `json:"score"`
	// Critical are the members without any one of whom the others do not pass
	// it; Alone those who pass it by themselves.
	Critical []string      `json:"critical"`
	Alone    []string      `json:"alone"`
	Power    Contributions `json:"power"` // Shapley and Shubik (1954), Banzhaf (1965)
}

// Sampling says how contributions are estimated where there are too many
// members to value every coalition.
type Sampling struct {
	// Circles is how many random circles of members are drawn; 0 is 200, and
	// fewer where methods compare units.
	Circles int
	Seed    uint64 // of the random numbers
	// MaxExact is the most members whose coalitions are all valued; 0 is 20,
	// which is the most.
	MaxExact int
}

// Contributions values the coalitions of the members of a group by every value
// function in force, the pooled score first (see spec.Spec.Values), and by the
// score of each pillar. Errors, as mizan.Problems: figures for which an
// aggregation is not defined, and those of the tables of supply.
func (st *Study) Contributions(g *Group, s Sampling) ([]Contributions, *Pivot, error) {
	v, err := st.values(g)
	if err != nil {
		return nil, nil, err
	}
	return st.contributions(g, s, v)
}

// contributions plays the games of value functions.
func (st *Study) contributions(g *Group, s Sampling, v *valued) ([]Contributions, *Pivot, error) {
	p := st.pooler
	standing, err := st.Standing(g)
	if err != nil {
		return nil, nil, err
	}
	passed, score := p.passed(g.at, float64(standing.Scores[p.top].Score))
	if passed != "" {
		v.add(passGame(p.top, score), sayPasses.Say("unit", passed))
	}
	f := &field{p: p, members: g.at, games: v.games}
	all := f.contributions(s, v.summaries)
	for i := range all {
		all[i].Declared = i < v.declared
	}
	if passed == "" {
		return all, nil, nil
	}
	pivot := &Pivot{Passed: passed, Score: mizan.Number(score), Critical: []string{}, Alone: []string{}, Power: all[len(all)-1]}
	for _, c := range pivot.Power.Members {
		if c.Loss == 1 {
			pivot.Critical = append(pivot.Critical, c.Unit)
		}
		if c.Alone == 1 {
			pivot.Alone = append(pivot.Alone, c.Unit)
		}
	}
	return all[:len(all)-1], pivot, nil
}

// passed is the best unit outside whose score is below a score; "" if there is
// none.
func (p *pooler) passed(members []int, score float64) (unit string, best float64) {
	best = math.Inf(-1)
	for u, v := range p.result.Scores.Column(p.y, p.top) {
		if v < score && v > best && !slices.Contains(members, u) {
			unit, best = p.result.Units[u], v
		}
	}
	return unit, best
}

// contributions plays the games.
func (f *field) contributions(s Sampling, summaries []mizan.Said) []Contributions {
	limit := maxExact
	if s.MaxExact > 0 {
		limit = min(limit, s.MaxExact)
	}
	if f.p.outsiders.Compares() {
		limit = min(limit, maxExactCompared)
	}
	if len(f.members) <= limit {
		return f.exactContributions(summaries)
	}
	return f.sampledContributions(s, summaries)
}

func (f *field) exactContributions(summaries []mizan.Said) []Contributions {
	values, undefined := f.exact()
	n := len(f.members)
	out := make([]Contributions, len(f.games))
	stat.InParallelWith(len(f.games), func() func(int) {
		return func(g int) {
			v := values[g]
			all := 1<<n - 1
			out[g] = f.table(g, summaries[g], v[all])
			out[g].Exact, out[g].Undefined = true, undefined
			shapley, banzhaf := powers(v)
			for i := range n {
				m := &out[g].Members[i]
				m.Shapley.Value, m.Banzhaf.Value = shapley[i], banzhaf[i]
				m.settle(v[1<<i]-v[0], v[all]-v[all&^(1<<i)])
			}
		}
	})
	return out
}

func (f *field) sampledContributions(s Sampling, summaries []mizan.Said) []Contributions {
	if s.Circles == 0 {
		s.Circles = 200
		if n := len(f.members); f.p.outsiders.Compares() {
			s.Circles = max(4, maxCompared/(n*n))
		}
	}
	s.Circles = max(2, s.Circles) // one has no error
	shapley, banzhaf := f.sampled(s.Circles, s.Seed), f.sampledBanzhaf(s.Circles, s.Seed)
	alone, without, whole := f.edges()
	out := make([]Contributions, len(f.games))
	for g := range out {
		out[g] = f.table(g, summaries[g], whole[g])
		out[g].Circles = s.Circles
		for i := range f.members {
			m := &out[g].Members[i]
			m.Shapley, m.Banzhaf = shapley[g][i], banzhaf[g][i]
			m.settle(alone[g][i]-f.games[g].empty, whole[g]-without[g][i])
		}
	}
	return out
}

// edges values the members alone, all but one, and all, [game][member].
func (f *field) edges() (alone, without [][]float64, whole []float64) {
	n := len(f.members)
	values := grid(len(f.games), 2*n+1)
	pl := f.player(func(g, target int, v float64) { values[g][target] = v })
	one := func(target int, in func(i int) bool) {
		for i := range n {
			if in(i) {
				pl.push(i)
			}
		}
		pl.ask(target)
		for len(pl.in) > 0 {
			pl.pop()
		}
	}
	for k := range n {
		one(k, func(i int) bool { return i == k })
		one(n+k, func(i int) bool { return i != k })
	}
	one(2*n, func(int) bool { return true })
	pl.flush()
	for g := range values {
		alone, without, whole = append(alone, values[g][:n]), append(without, values[g][n:2*n]), append(whole, values[g][2*n])
	}
	return alone, without, whole
}

// table is the table of one game, its members named.
func (f *field) table(g int, summary mizan.Said, total float64) Contributions {
	c := Contributions{Game: f.games[g].code, Supply: f.games[g].supply, Summary: summary.Text, Said: summary.Saying, Total: mizan.Number(total)}
	for _, unit := range f.p.codes(f.members) {
		c.Members = append(c.Members, Contribution{Unit: unit})
	}
	return c
}

// settle fills in what a member is worth alone and to the others.
func (c *Contribution) settle(alone, loss float64) {
	c.Alone, c.Loss, c.Redundancy = mizan.Number(alone), mizan.Number(loss), mizan.Number(math.NaN())
	if alone > 0 {
		c.Redundancy = mizan.Number(1 - loss/alone)
	}
}
