package alliance

import (
	"math"
	"math/bits"
	"slices"

	"mizan/build"
	"mizan/stat"
)

// game is a value function on the coalitions of some members.
type game struct {
	code   string
	supply string // the code of a table of supply; "" if it needs none
	// empty is the value of nobody, and of coalitions without a score: those
	// without a ranked member, and those for whose figures an aggregation is not
	// defined.
	empty float64
	// Exactly one of the two is set. pooled tells the value from the scores of
	// a batch of coalitions, [node][coalition], and from their denominated
	// figures, [indicator][coalition].
	pooled func(b *batch, k int) float64
	set    *setGame
}

// setGame is a game that looks at the members themselves. Its state begins as
// start and takes up one member after another, in any order.
type setGame struct {
	start []float64
	add   func(state []float64, member int)
	value func(state []float64) float64
}

// batchSize is how many coalitions are scored at a time.
const batchSize = 256

// batch is coalitions that wait to be scored.
type batch struct {
	denominated [][]float64 // [indicator][coalition]
	scores      [][]float64 // [node][coalition]
	members     [][]int     // of each coalition, ascending
	target      []int       // where its values go
	size        int
}

// field plays games with the members of one alliance.
type field struct {
	p       *pooler
	members []int // positions of the units, ascending
	games   []game
}

// player is what one goroutine plays with.
type player struct {
	*field
	batch  batch
	pools  [][]pool      // by the number of members that are in
	states [][][]float64 // by the number of members that are in, per game
	in     []int         // the members that are in, as positions of units
	store  func(game, target int, v float64)
	// undefined counts the coalitions that have no score because an aggregation
	// is not defined for their figures.
	undefined int
}

func (f *field) player(store func(game, target int, v float64)) *player {
	pl := &player{field: f, store: store, in: make([]int, 0, len(f.members))}
	for range len(f.members) + 1 {
		pl.pools = append(pl.pools, make([]pool, len(f.p.series)))
		states := make([][]float64, len(f.games))
		for g, one := range f.games {
			if one.set != nil {
				states[g] = append([]float64{}, one.set.start...)
			}
		}
		pl.states = append(pl.states, states)
	}
	nodes := len(f.p.result.Nodes)
	pl.batch = batch{target: make([]int, batchSize), members: make([][]int, batchSize)}
	for n := range nodes {
		pl.batch.scores = append(pl.batch.scores, make([]float64, batchSize))
		if n < len(f.p.series) {
			pl.batch.denominated = append(pl.batch.denominated, make([]float64, batchSize))
		}
	}
	for k := range pl.batch.members {
		pl.batch.members[k] = make([]int, 0, len(f.members))
	}
	return pl
}

// push takes a member into the coalition at hand.
func (pl *player) push(i int) {
	depth, u := len(pl.in), pl.members[i]
	copy(pl.pools[depth+1], pl.pools[depth])
	for c := range pl.p.series {
		pl.p.series[c].add(&pl.pools[depth+1][c], u, pl.in)
	}
	for g, one := range pl.games {
		if one.set != nil {
			copy(pl.states[depth+1][g], pl.states[depth][g])
			one.set.add(pl.states[depth+1][g], u)
		}
	}
	pl.in = append(pl.in, u)
}

// pop lets the member go that came last.
func (pl *player) pop() { pl.in = pl.in[:len(pl.in)-1] }

// ask puts the value of the coalition at hand on the list.
func (pl *player) ask(target int) {
	depth := len(pl.in)
	pooled := false
	for g, one := range pl.games {
		if one.set == nil {
			pooled = true
			continue
		}
		pl.store(g, target, one.set.value(pl.states[depth][g]))
	}
	if !pooled {
		return
	}
	b := &pl.batch
	k := b.size
	ranked := pl.p.anyRanked(pl.in)
	for c := range pl.p.series {
		switch {
		case depth == 1:
			b.denominated[c][k] = pl.p.series[c].own[pl.in[0]]
		case !ranked:
			b.denominated[c][k] = math.NaN()
		default:
			_, b.denominated[c][k] = pl.p.series[c].value(&pl.pools[depth][c])
		}
	}
	b.target[k] = target
	b.members[k] = append(b.members[k][:0], pl.in...)
	slices.Sort(b.members[k])
	if b.size++; b.size == batchSize {
		pl.flush()
	}
}

// flush scores the coalitions on the list.
func (pl *player) flush() {
	b := &pl.batch
	m := b.size
	if b.size = 0; m == 0 {
		return
	}
	scores := make([][]float64, len(b.scores))
	for n := range scores {
		scores[n] = b.scores[n][:m]
	}
	for c := range pl.p.series {
		pl.p.series[c].frozen.Normalise(scores[c], b.denominated[c][:m])
		for k := range m {
			if len(b.members[k]) == 1 {
				scores[c][k] = pl.p.result.Normalised.At(pl.p.y, c, b.members[k][0])
			}
		}
	}
	if pl.p.outsiders.Score(scores, func(k int) []int { return b.members[k] }, nil) != nil {
		pl.oneByOne(scores)
	}
	for g, one := range pl.games {
		if one.pooled == nil {
			continue
		}
		for k := range m {
			v := one.pooled(b, k)
			if v != v {
				v = one.empty
			}
			pl.store(g, b.target[k], v)
		}
	}
}

// oneByOne scores the coalitions of a batch of which some have no score, because
// an aggregation is not defined for their figures.
func (pl *player) oneByOne(scores [][]float64) {
	single := make([][]float64, len(scores))
	for k := range scores[0] {
		for n := range scores {
			single[n] = scores[n][k : k+1]
		}
		if pl.p.outsiders.Score(single, func(int) []int { return pl.batch.members[k] }, nil) == nil {
			continue
		}
		pl.undefined++
		for n := len(pl.p.series); n < len(scores); n++ {
			scores[n][k] = math.NaN()
		}
	}
}

// exact gives the value of every coalition in every game, [game][coalition], and
// how many have no score because an aggregation is not defined for them.
// Members are pooled in ascending order whatever the coalition, so that the
// values are those of a standing.
func (f *field) exact() (values [][]float64, undefined int) {
	n := len(f.members)
	values = make([][]float64, len(f.games))
	for g := range values {
		values[g] = make([]float64, 1<<n)
		values[g][0] = f.games[g].empty
	}
	// A task is which of the first members belong; the others follow depth
	// first.
	first := min(n, 6)
	without := make([]int, 1<<first)
	stat.InParallelWith(1<<first, func() func(int) {
		pl := f.player(func(g, target int, v float64) { values[g][target] = v })
		return func(task int) {
			for i := range first {
				if task>>i&1 == 1 {
					pl.push(i)
				}
			}
			if task != 0 {
				pl.ask(task)
			}
			pl.deeper(task, first)
			pl.flush()
			for range bits.OnesCount(uint(task)) {
				pl.pop()
			}
			without[task], pl.undefined = pl.undefined, 0
		}
	})
	for _, k := range without {
		undefined += k
	}
	return values, undefined
}

// deeper asks for every coalition that arises from the one at hand by taking in
// members from some place on.
func (pl *player) deeper(mask, from int) {
	for i := from; i < len(pl.members); i++ {
		pl.push(i)
		pl.ask(mask | 1<<i)
		pl.deeper(mask|1<<i, i+1)
		pl.pop()
	}
}

// sampled estimates the Shapley values of every game from circles of members.
// The values add up to that of all to the last bits, not exactly, since members
// are pooled in the order in which they join.
func (f *field) sampled(circles int, seed uint64) [][]Estimate {
	n := len(f.members)
	return sampleShapley(n, circles, seed, f.empty(), func() walk {
		var values [][][]float64
		pl := f.player(func(g, target int, v float64) { values[target/n][g][target%n] = v })
		return func(circle []int, into [][][]float64) {
			values = into
			for start := range circle {
				for k := range circle {
					pl.push(circle[(start+k)%n])
					pl.ask(start*n + k)
				}
				pl.in = pl.in[:0]
			}
			pl.flush()
		}
	})
}

// sampledBanzhaf estimates the Banzhaf values of every game from random
// coalitions.
func (f *field) sampledBanzhaf(coalitions int, seed uint64) [][]Estimate {
	empty := f.empty()
	return sampleBanzhaf(len(f.members), coalitions, seed, len(f.games), func() func(in []bool, values [][]float64) {
		var values [][]float64
		pl := f.player(func(g, target int, v float64) { values[g][target] = v })
		return func(in []bool, into [][]float64) {
			values = into
			pl.askFor(in, -1, empty, values)
			for i := range in {
				pl.askFor(in, i, empty, values)
			}
			pl.flush()
		}
	})
}

// askFor puts a coalition on the list in which one member, if any, is in that was
// out, or out that was in. Members join in ascending order.
func (pl *player) askFor(in []bool, turned int, empty []float64, values [][]float64) {
	for i, belongs := range in {
		if belongs != (i == turned) {
			pl.push(i)
		}
	}
	if len(pl.in) > 0 {
		pl.ask(turned + 1)
	} else {
		for g, v := range empty {
			values[g][turned+1] = v
		}
	}
	pl.in = pl.in[:0]
}

func (f *field) empty() []float64 {
	empty := make([]float64, len(f.games))
	for g := range empty {
		empty[g] = f.games[g].empty
	}
	return empty
}

// scoreGame is the pooled score of one node of the framework. Nobody has 0.
func scoreGame(code string, node int) game {
	return game{code: code, pooled: func(b *batch, k int) float64 { return b.scores[node][k] }}
}

// bestOfGame is the score of an alliance whose members each do what they do
// best: the mean of the best member's score in every pillar, by their effective
// weights. Nobody has 0.
func bestOfGame(p *pooler, pillars []int) game {
	total := 0.0
	for _, n := range pillars {
		total += p.result.Nodes[n].Effective
	}
	s := &setGame{start: make([]float64, len(pillars))}
	for i := range s.start {
		s.start[i] = math.NaN()
	}
	s.add = func(state []float64, u int) {
		for i, n := range pillars {
			// A pillar that counts against the top is best where it is lowest.
			v, face := p.result.Scores.At(p.y, n, u), float64(p.facing[n])
			if v == v && !(face*state[i] >= face*v) {
				state[i] = v
			}
		}
	}
	s.value = func(state []float64) float64 {
		sum := 0.0
		for i, n := range pillars {
			if state[i] == state[i] {
				sum += float64(p.result.Nodes[n].Seen(state[i]) * p.result.Nodes[n].Effective)
			}
		}
		return sum / total
	}
	return game{code: "best-of", set: s}
}

// reachGame is the share of the indicators, by their effective weights and in
// per cent, in which an alliance would stand among the first k: its pooled
// figure is at least as good as that of the unit of rank k. Nobody has 0.
func reachGame(p *pooler, k int) game {
	limits, weights, total := make([]float64, len(p.series)), make([]float64, len(p.series)), 0.0
	for c := range p.series {
		limits[c] = kth(p, c, k)
		weights[c] = p.result.Nodes[c].Effective
		total += weights[c]
	}
	return game{code: "reach", pooled: func(b *batch, i int) float64 {
		sum := 0.0
		for c, limit := range limits {
			if face := float64(p.facing[c]); face*b.scores[c][i] >= face*limit {
				sum += weights[c]
			}
		}
		return 100 * sum / total
	}}
}

// kth is the k-th best normalised value of an indicator, the last if there are
// fewer; NaN if there is none.
func kth(p *pooler, c, k int) float64 {
	values := stat.Present(nil, p.result.Normalised.Column(p.y, c))
	slices.Sort(values)
	if p.facing[c] > 0 {
		slices.Reverse(values)
	}
	if len(values) == 0 {
		return math.NaN()
	}
	return values[min(k, len(values))-1]
}

// passGame is won (1) by a coalition whose pooled score passes a score, and lost
// (0) by the others.
func passGame(node int, score float64) game {
	return game{code: "pass", pooled: func(b *batch, k int) float64 {
		if b.scores[node][k] > score {
			return 1
		}
		return 0
	}}
}

// pillarsOf are the positions of the aggregates above indicators, in the order
// of the framework; those of the indicators where the top is the only
// aggregate.
func pillarsOf(nodes []build.Node) []int {
	var list, leaves []int
	for n, node := range nodes {
		if node.Level == 1 {
			leaves = append(leaves, n)
		}
	}
	for n, node := range nodes[:len(nodes)-1] {
		if node.Level == 2 {
			list = append(list, n)
		}
	}
	if list == nil {
		return leaves
	}
	return list
}
