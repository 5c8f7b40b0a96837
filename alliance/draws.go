package alliance

import (
	"math"
	"slices"
	"sync"

	"mizan"
	"mizan/build"
	"mizan/stat"
)

// tail is the share of draws on either side of an interval: 90 % lie within.
const tail = 0.05

// Interval is a standing over many draws.
type Interval struct {
	Draws  int `json:"draws"`  // that could be built and in which it has a score
	Failed int `json:"failed"` // that could not, or in which it has none
	// Score is the pooled score, Gap that less the score of the unit which leads
	// the others in the build itself.
	Score Spread `json:"score"`
	Gap   Spread `json:"gap"`
	Rank  Spread `json:"rank"` // in place of its members
	// Ranks are the shares of draws by rank, the best first.
	Ranks []RankShare `json:"ranks"`
	// First is the share of draws in which it has rank 1, and Passes that in
	// which its score is above the leader's.
	First  float64 `json:"first"`
	Passes float64 `json:"passes"`
}

// Spread is the middle of many values and the range in which 90 % of them lie.
type Spread struct {
	Low    mizan.Number `json:"low"` // 5 % are lower
	Median mizan.Number `json:"median"`
	High   mizan.Number `json:"high"` // 5 % are higher
}

// RankShare is how often a rank was held.
type RankShare struct {
	Rank  int     `json:"rank"`
	Share float64 `json:"share"`
}

// spreadOf is the spread of the values that are not missing.
func spreadOf(x []float64) Spread {
	q := make([]float64, 3)
	stat.SelectQuantiles(q, stat.Present(make([]float64, 0, len(x)), x), []float64{tail, 0.5, 1 - tail})
	return Spread{mizan.Number(q[0]), mizan.Number(q[1]), mizan.Number(q[2])}
}

// sample is what some sets of members and all units score in many draws.
type sample struct {
	draws  int
	units  [][]float64 // [unit][draw]; NaN where there is no score
	groups [][]float64 // [group][draw]
	ranks  [][]float64 // [group][draw], among the units that are no members
	failed []bool      // [draw]
	// nodes and nodeRanks are those of the first groups, as many as were asked
	// for, in every node of the build, [group][node][draw].
	nodes, nodeRanks [][][]float64
}

// sample draws. Groups are the positions of their members, ascending; the first
// deep of them are looked at in every node. A draw that cannot be built is
// noted.
func (st *Study) sample(groups [][]int, deep int) *sample {
	draws := st.options.Draws
	n := draws.Len()
	s := &sample{draws: n, units: missing(len(st.result.Units), n), groups: missing(len(groups), n), ranks: missing(len(groups), n), failed: make([]bool, n)}
	for range deep {
		s.nodes = append(s.nodes, missing(len(st.result.Nodes), n))
		s.nodeRanks = append(s.nodeRanks, missing(len(st.result.Nodes), n))
	}
	shared := &structures{study: st, groups: groups, known: map[int]*structure{}}
	const block = 64
	stat.InParallelWith((n+block-1)/block, func() func(int) {
		w := &drawer{structures: shared, evaluators: map[*structure]*build.Evaluator{}}
		return func(b int) {
			for k := b * block; k < min((b+1)*block, n); k++ {
				s.failed[k] = w.draw(draws, k, s) != nil
			}
		}
	})
	return s
}

// missing is a grid of missing values.
func missing(rows, columns int) [][]float64 {
	g := grid(rows, columns)
	for _, row := range g {
		for i := range row {
			row[i] = math.NaN()
		}
	}
	return g
}

// structure is a build that draws share, with the groups pooled on its scale.
type structure struct {
	once       sync.Once
	err        error
	pooler     *pooler
	normalised [][]float64 // [group][indicator]
	kernel     *build.Kernel
	place      []int // of its nodes among those of the build; -1 = not there
	// leaves are the ranks of the groups in the indicators, [group][node], which
	// weights do not change; those of aggregates are 0.
	ranked sync.Once
	leaves [][]float64
}

// rankLeaves ranks the first groups in the indicators, given all nodes.
func (c *structure) rankLeaves(nodes [][]float64, groups [][]int, levels []build.Node) {
	own := c.kernel.Own()
	c.leaves = grid(len(groups), len(nodes))
	for g, members := range groups {
		for n, column := range nodes {
			if levels[n].Level == 1 {
				c.leaves[g][n] = rankBeside(column[own+g], column[:own], members)
			}
		}
	}
}

// structures keeps the structures of some draws.
type structures struct {
	study  *Study
	groups [][]int
	lock   sync.Mutex
	known  map[int]*structure
}

// of is the structure of a draw, made when it is first met.
func (c *structures) of(d *build.Draw) *structure {
	s := &structure{}
	if d.Structure >= 0 {
		c.lock.Lock()
		if known := c.known[d.Structure]; known != nil {
			s = known
		}
		c.known[d.Structure] = s
		c.lock.Unlock()
	}
	result, year := d.Result, c.study.options.Year
	s.once.Do(func() {
		if s.pooler, s.err = newPooler(c.study.spec, result, year, c.study.joint); s.err != nil {
			return
		}
		for _, n := range result.Nodes {
			s.place = append(s.place, slices.IndexFunc(c.study.result.Nodes, func(m build.Node) bool { return m.Code == n.Code }))
		}
		var extra []build.ExtraUnit
		for _, members := range c.groups {
			normalised, _ := s.pooler.normalised(members)
			s.normalised = append(s.normalised, normalised)
			extra = append(extra, build.ExtraUnit{Code: "the alliance", Normalised: normalised})
		}
		if s.pooler.outsiders.Compares() {
			extra = nil // each stands in place of its members, one at a time
		}
		s.kernel, s.err = build.NewKernel(result, year, build.KernelOptions{Extra: extra})
	})
	return s
}

// drawer is what one goroutine draws with.
type drawer struct {
	*structures
	evaluators map[*structure]*build.Evaluator
	d          build.Draw
}

// draw fills in what the units and the groups score in one draw.
func (w *drawer) draw(draws build.Draws, k int, s *sample) error {
	if err := draws.Draw(k, &w.d); err != nil {
		return err
	}
	c := w.of(&w.d)
	if c.err != nil {
		return c.err
	}
	e := w.evaluators[c]
	if e == nil {
		e = c.kernel.Evaluator()
		if w.d.Structure >= 0 {
			w.evaluators[c] = e
		}
	}
	top, err := w.top(c, e, k, s)
	if err != nil {
		return err
	}
	own := c.kernel.Own()
	for u := range own {
		s.units[u][k] = top[u]
	}
	for g, members := range w.groups {
		if !c.pooler.outsiders.Compares() {
			v := top[own+g]
			s.groups[g][k] = v
			s.ranks[g][k] = rankBeside(v, top[:own], members)
			continue
		}
		joined, at, err := c.pooler.outsiders.Join(c.normalised[g], members, w.d.Weights)
		if err != nil {
			return err
		}
		for n, column := range joined {
			rank, _ := build.PlaceOf(column, at)
			if rank > 0 && n == len(joined)-1 {
				s.groups[g][k], s.ranks[g][k] = column[at], float64(rank)
			}
			if place := c.place[n]; rank > 0 && g < len(s.nodes) && place >= 0 {
				s.nodes[g][place][k], s.nodeRanks[g][place][k] = column[at], float64(rank)
			}
		}
	}
	return nil
}

// top gives the scores of all at the top, and notes those of the groups that are
// looked at in every node.
func (w *drawer) top(c *structure, e *build.Evaluator, k int, s *sample) ([]float64, error) {
	if s.nodes == nil || c.pooler.outsiders.Compares() {
		return e.Top(w.d.Weights)
	}
	nodes, err := e.Nodes(w.d.Weights)
	if err != nil {
		return nil, err
	}
	own, levels := c.kernel.Own(), w.d.Result.Nodes
	c.ranked.Do(func() { c.rankLeaves(nodes, w.groups[:len(s.nodes)], levels) })
	for n, column := range nodes {
		place := c.place[n]
		if place < 0 {
			continue
		}
		for g := range s.nodes {
			rank := c.leaves[g][n]
			if rank == 0 {
				rank = rankBeside(column[own+g], column[:own], w.groups[g])
			}
			s.nodes[g][place][k], s.nodeRanks[g][place][k] = column[own+g], rank
		}
	}
	return nodes[len(nodes)-1], nil
}

// rankBeside is the rank of a score beside those of the units that are not
// members; NaN for a missing score.
func rankBeside(score float64, units []float64, members []int) float64 {
	if score != score {
		return score
	}
	rank := 1.0
	for _, v := range units {
		if v > score {
			rank++
		}
	}
	for _, u := range members {
		if units[u] > score {
			rank--
		}
	}
	return rank
}

// interval sums up a group of a sample. leader is the position of the unit
// which leads the others; -1 if there is none.
func (s *sample) interval(g, leader int) *Interval {
	in := &Interval{Score: spreadOf(s.groups[g]), Rank: spreadOf(s.ranks[g])}
	gap := make([]float64, s.draws)
	counts := map[int]int{}
	passes := 0
	for k, v := range s.groups[g] {
		gap[k] = math.NaN()
		if s.failed[k] || v != v {
			in.Failed++
			continue
		}
		in.Draws++
		counts[int(s.ranks[g][k])]++
		if leader >= 0 {
			gap[k] = v - s.units[leader][k]
		}
		if gap[k] > 0 {
			passes++
		}
	}
	in.Gap = spreadOf(gap)
	for rank := 1; len(in.Ranks) < len(counts); rank++ {
		if n := counts[rank]; n > 0 {
			in.Ranks = append(in.Ranks, RankShare{rank, float64(n) / float64(in.Draws)})
		}
	}
	if in.Draws > 0 {
		in.First, in.Passes = float64(counts[1])/float64(in.Draws), float64(passes)/float64(in.Draws)
	}
	return in
}

// unit is the position of a unit; -1 if there is none of that code.
func (st *Study) unit(code string) int {
	u, known := slices.BinarySearch(st.result.Units, code)
	if !known {
		return -1
	}
	return u
}
