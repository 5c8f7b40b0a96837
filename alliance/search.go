package alliance

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// Goal is what an alliance is to pass: the score of a unit, or a score.
type Goal struct {
	Unit  string  // "" for a score
	Score float64 // looked at if there is no unit
}

// Search says how alliances are searched.
type Search struct {
	Goal Goal
	// Most is how many members may come in; 0 is 5.
	Most int
	// Show is how many of those found are told of; 0 is 20.
	Show int
	Seed uint64 // of the random numbers, where coalitions are sampled
}

// Found is the outcome of a search.
type Found struct {
	Format int    `json:"format"`
	ID     string `json:"id"`
	Hash   string `json:"hash"`
	Year   int    `json:"year"`
	// Goal is the score to pass, Unit whose it is.
	Unit string       `json:"unit,omitempty"`
	Goal mizan.Number `json:"goal"`
	// Start are the members that were there before; others come in.
	Start      []string `json:"start"`
	Candidates int      `json:"candidates"` // units that may come in
	Most       int      `json:"most"`       // how many of them
	// Method is "every-coalition" or "bounds", which find all there are, or
	// "sampled", which may miss some.
	Method string `json:"method"`
	Valued int    `json:"valued"` // coalitions that were valued
	Of     int    `json:"of"`     // coalitions of the sizes that were looked at
	// Size is how many members come in at least, -1 if no alliance passes; Count
	// how many alliances of that size pass, and Alliances the best of them.
	Size      int      `json:"size"`
	Count     int      `json:"count"`
	Alliances []Passer `json:"alliances"`
}

// Passer is an alliance that passes the goal.
type Passer struct {
	Members []string     `json:"members"`
	Joined  []string     `json:"joined"` // those who came in
	Score   mizan.Number `json:"score"`
	Margin  mizan.Number `json:"margin"` // its score less the goal
	// Probability is the share of draws in which it passes the goal; missing
	// without draws.
	Probability mizan.Number `json:"probability"`
}

// maxValued bounds how many coalitions are valued one by one where nothing
// bounds the others.
const maxValued = 3_000_000

// maxBounded bounds how many coalitions are valued or bounded where bounds
// exclude too few; what is left then is sampled.
const maxBounded = 20_000_000

// sampledSize is how many coalitions of a size are drawn where there are more.
const sampledSize = 200_000

// maxJoining is the most members that may come in.
const maxJoining = 8

// Search finds the smallest alliances that pass a goal, made of a group (nil =
// of nobody) and any ranked units beside it, the unit to be passed left out. It
// looks at one size after the other and ends with the first that has some.
// Where better figures never lower a score it leaves out, by bounds, only what
// cannot pass; else it values every coalition, or where there are too many of
// them a sample, and says so. Coalitions for whose figures an aggregation is not
// defined have no score and pass nothing. Errors, as mizan.Problems: a unit that there is
// not or that has no score, a group that holds it, too many members.
func (st *Study) Search(g *Group, s Search) (*Found, error) {
	p := st.pooler
	if s.Most == 0 {
		s.Most = 5
	}
	if s.Show == 0 {
		s.Show = 20
	}
	goal, target, err := st.goal(g, s)
	if err != nil {
		return nil, err
	}
	x := &searcher{p: p, goal: goal, seed: s.Seed}
	if g != nil {
		x.base = g.at
	}
	for u, ranked := range p.ranked {
		if ranked && u != target && !slices.Contains(x.base, u) {
			x.candidates = append(x.candidates, u)
		}
	}
	scores := p.result.Scores.Column(p.y, p.top)
	slices.SortStableFunc(x.candidates, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	f := &Found{
		Format: Format, ID: st.spec.ID, Hash: st.spec.Hash(), Year: st.options.Year, Unit: s.Goal.Unit, Goal: mizan.Number(goal),
		Start: p.codes(x.base), Candidates: len(x.candidates), Most: s.Most, Size: -1, Alliances: []Passer{},
	}
	st.tell(f, x.smallest(f), s.Show, target)
	return f, nil
}

// goal is the score to be passed and the position of the unit whose it is; -1
// for a score that was given.
func (st *Study) goal(g *Group, s Search) (score float64, target int, err error) {
	var ps mizan.Problems
	if s.Most < 0 || s.Most > maxJoining {
		ps.Add("bad-size", mizan.Place{}, fmt.Sprintf("%d members are to come in", s.Most), fmt.Sprintf("give a number from 1 to %d", maxJoining))
	}
	if s.Goal.Unit == "" {
		if s.Goal.Score != s.Goal.Score || math.IsInf(s.Goal.Score, 0) {
			ps.Add("bad-goal", mizan.Place{}, "the score to be passed is not a number", "name a unit or a score, such as pass=USA or pass=90")
		}
		return s.Goal.Score, -1, ps.OrNil()
	}
	target = st.unit(s.Goal.Unit)
	switch {
	case target < 0:
		ps = append(ps, st.unknownUnit(s.Goal.Unit))
	case !st.pooler.ranked[target]:
		ps.Add("no-score", mizan.Place{}, s.Goal.Unit+" has no score that could be passed", "name a unit that is ranked")
	case g != nil && slices.Contains(g.at, target):
		ps.Add("bad-goal", mizan.Place{}, s.Goal.Unit+" is to be passed and belongs to the alliance", "name a unit outside")
	default:
		score = st.pooler.result.Scores.At(st.pooler.y, st.pooler.top, target)
	}
	return score, target, ps.OrNil()
}

// searcher looks for coalitions that pass a goal.
type searcher struct {
	p          *pooler
	goal       float64
	seed       uint64
	base       []int // positions of the members that are there
	candidates []int // of those who may come in, the best first
}

// smallest gives the coalitions of the least size that pass, as positions in
// ascending order, and notes in f how they were found.
func (x *searcher) smallest(f *Found) [][]int {
	monotone := x.p.outsiders.Monotone()
	f.Method = "every-coalition"
	first := 1
	if len(x.base) > 0 {
		first = 0
	}
	most := min(f.Most, len(x.candidates), len(x.p.result.Units)-len(x.base)-1) // somebody is left to pass
	for size := first; size <= most; size++ {
		of := int(choose(len(x.candidates), size))
		f.Of += of
		find := x.every
		switch {
		case monotone && size > 1:
			find, f.Method = x.bounded, "bounds"
		case of > maxValued || x.p.outsiders.Compares() && of > maxValued/1000:
			find, f.Method = x.sampled, "sampled"
		}
		sets, valued, cut := find(size)
		f.Valued += valued
		if cut {
			f.Method = "sampled"
			more, also, _ := x.sampled(size)
			f.Valued += also
			sets = append(sets, more...)
			slices.SortFunc(sets, slices.Compare)
			sets = slices.CompactFunc(sets, slices.Equal)
		}
		if len(sets) > 0 {
			f.Size = size
			return sets
		}
	}
	return nil
}

// seeker is what one goroutine searches with.
type seeker struct {
	*player
	sets   [][]int
	valued int
	looked int  // valued or bounded
	limit  int  // of looked; 0 = none
	cut    bool // the limit was reached
}

// seeker makes one with the base in.
func (x *searcher) seeker() *seeker {
	f := &field{p: x.p, members: append(slices.Clone(x.base), x.candidates...), games: []game{scoreGame("score", x.p.top)}}
	f.games[0].empty = math.Inf(-1)
	s := &seeker{}
	s.player = f.player(func(_, k int, v float64) {
		if v > x.goal {
			s.sets = append(s.sets, slices.Clone(s.batch.members[k]))
		}
	})
	for i := range x.base {
		s.push(i)
	}
	return s
}

// look asks for the coalition at hand.
func (s *seeker) look() {
	s.valued++
	s.looked++
	s.ask(s.batch.size)
}

// every values every coalition of a size.
func (x *searcher) every(size int) (sets [][]int, valued int, cut bool) {
	return x.inTasks(size, 0, func(s *seeker, from, left int) {
		x.deeper(s, from, left, func(int, int) bool { return true })
	})
}

// bounded values the coalitions of a size that may pass, by branch and bound
// (Land and Doig 1960).
func (x *searcher) bounded(size int) (sets [][]int, valued int, cut bool) {
	b := newBounds(x.p, x.candidates, size)
	return x.inTasks(size, maxBounded/max(1, len(x.candidates)-size+1), func(s *seeker, from, left int) {
		own := *b
		own.scores = grid(len(b.scores), 1)
		x.deeper(s, from, left, func(from, left int) bool {
			if s.looked++; s.limit > 0 && s.looked > s.limit {
				s.cut = true
				return false
			}
			return own.best(s.pools[len(s.in)], from, left) > x.goal
		})
	})
}

// deeper looks at the coalitions that arise from the one at hand by taking in so
// many more candidates, of those from some place on, as far as they promise to
// pass.
func (x *searcher) deeper(s *seeker, from, left int, promising func(from, left int) bool) {
	if !promising(from, left) {
		return
	}
	for i := from; i <= len(x.candidates)-left; i++ {
		s.push(len(x.base) + i)
		if left == 1 {
			s.look()
		} else {
			x.deeper(s, i+1, left-1, promising)
		}
		s.pop()
	}
}

// inTasks divides a search by the first candidate that comes in. limit bounds
// what is looked at by each task; 0 = nothing does.
func (x *searcher) inTasks(size, limit int, search func(s *seeker, from, left int)) (sets [][]int, valued int, cut bool) {
	if size == 0 {
		s := x.seeker()
		s.look()
		s.flush()
		return s.sets, s.valued, false
	}
	tasks := len(x.candidates) - size + 1
	found, counts, cuts := make([][][]int, tasks), make([]int, tasks), make([]bool, tasks)
	stat.InParallelWith(tasks, func() func(int) {
		s := x.seeker()
		return func(first int) {
			s.sets, s.valued, s.looked, s.limit, s.cut = nil, 0, 0, limit, false
			s.push(len(x.base) + first)
			if size == 1 {
				s.look()
			} else {
				search(s, first+1, size-1)
			}
			s.pop()
			s.flush()
			found[first], counts[first], cuts[first] = s.sets, s.valued, s.cut
		}
	})
	for i, n := range counts {
		valued += n
		cut = cut || cuts[i]
	}
	return slices.Concat(found...), valued, cut
}

// searchPurpose is that of the streams of random coalitions.
const searchPurpose = 0x5365_6172 // "Sear"

// sampled values random coalitions of a size, and those that arise by taking in
// the best further member one after another.
func (x *searcher) sampled(size int) (sets [][]int, valued int, cut bool) {
	s := x.seeker()
	draws := sampledSize
	if x.p.outsiders.Compares() {
		draws /= 100
	}
	for k := range draws {
		stream := stat.NewStream(x.seed, searchPurpose, uint64(k))
		var in []int
		for len(in) < size {
			if i := stream.Below(len(x.candidates)); !slices.Contains(in, i) {
				in = append(in, i)
			}
		}
		for _, i := range in {
			s.push(len(x.base) + i)
		}
		s.look()
		for range in {
			s.pop()
		}
	}
	s.flush()
	x.greedy(s, size)
	slices.SortFunc(s.sets, slices.Compare)
	return slices.CompactFunc(s.sets, slices.Equal), s.valued, false
}

// greedy takes in the candidate that helps most, as often as the size allows.
func (x *searcher) greedy(s *seeker, size int) {
	members := slices.Clone(x.base)
	for range size {
		best, at := math.Inf(-1), -1
		for _, u := range x.candidates {
			if slices.Contains(members, u) {
				continue
			}
			set := append(slices.Clone(members), u)
			slices.Sort(set)
			v := x.p.value(set)
			s.valued++
			if v > best || at < 0 {
				best, at = v, u
			}
		}
		members = append(members, at)
		slices.Sort(members)
		if best > x.goal && len(members) == len(x.base)+size {
			s.sets = append(s.sets, members)
		}
	}
}

// value is the score of members, given by their positions in ascending order;
// missing where an aggregation is not defined for their figures.
func (p *pooler) value(members []int) float64 {
	normalised, _ := p.normalised(members)
	scores, at, err := p.outsiders.Join(normalised, members, nil)
	if err != nil {
		return math.NaN()
	}
	return scores[p.top][at]
}

// tell values what was found as a standing would, keeps what passes, the best
// first, and adds the probabilities.
func (st *Study) tell(f *Found, sets [][]int, show, target int) {
	p := st.pooler
	type valued struct {
		members []int
		score   float64
	}
	var list []valued
	for _, set := range sets {
		if v := p.value(set); v > float64(f.Goal) {
			list = append(list, valued{set, v})
		}
	}
	slices.SortFunc(list, func(a, b valued) int {
		return cmp.Or(cmp.Compare(b.score, a.score), slices.Compare(a.members, b.members))
	})
	f.Count = len(list)
	list = list[:min(show, len(list))]
	var groups [][]int
	for _, one := range list {
		groups = append(groups, one.members)
		passer := Passer{
			Members: p.codes(one.members), Score: mizan.Number(one.score), Margin: mizan.Number(one.score - float64(f.Goal)),
			Probability: mizan.Number(math.NaN()), Joined: []string{},
		}
		for _, m := range passer.Members {
			if !slices.Contains(f.Start, m) {
				passer.Joined = append(passer.Joined, m)
			}
		}
		f.Alliances = append(f.Alliances, passer)
	}
	if st.options.Draws == nil || len(groups) == 0 {
		return
	}
	s := st.sample(groups, 0)
	for i := range groups {
		f.Alliances[i].Probability = mizan.Number(s.passes(i, target, float64(f.Goal)))
	}
}

// passes is the share of draws in which a group passes a unit, by its position,
// or where there is none a score; NaN if no draw could be built.
func (s *sample) passes(g, target int, score float64) float64 {
	passed, of := 0, 0
	for k, v := range s.groups[g] {
		against := score
		if target >= 0 {
			against = s.units[target][k]
		}
		if s.failed[k] || v != v || against != against {
			continue
		}
		of++
		if v > against {
			passed++
		}
	}
	if of == 0 {
		return math.NaN()
	}
	return float64(passed) / float64(of)
}
