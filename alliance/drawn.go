package alliance

import (
	"fmt"
	"slices"
	"sync"

	"mizan/stat"
)

// told is what the draws say of one set of members.
type told struct {
	interval      *Interval
	scores, ranks []Spread // in every node of the build; nil if they were not asked for
}

// drawn keeps what the draws say of all alliances of a project.
type drawn struct {
	once  sync.Once
	known map[string]told // by members and leader
}

// together is how many alliances are looked at in every node at a time: each
// takes sixteen bytes a node and draw until its spreads are found.
const together = 8

// drawnOf finds out what the draws say of some sets of members, the first deep
// of them in every node.
func (st *Study) drawnOf(list []Brief, deep int) []told {
	if st.options.Whole {
		st.drawn.once.Do(st.drawAll)
	}
	all := make([]told, len(list))
	for i := range list {
		t, known := st.drawn.known[list[i].drawnAs()]
		if !known || i < deep && t.scores == nil {
			return st.draw(list, deep)
		}
		all[i] = t
	}
	return all
}

// drawAll draws for every alliance of the project, and for those that count
// more statuses as members.
func (st *Study) drawAll() {
	var whole, further []Brief
	for i := range st.spec.Alliances {
		g := st.group(&st.spec.Alliances[i], st.options.Day)
		whole = append(whole, st.brief(st.pooler, g))
		further = append(further, st.otherwise(g)...)
	}
	known := map[string]told{}
	keep := func(list []Brief, deep int) {
		for i, t := range st.draw(list, deep) {
			known[list[i].drawnAs()] = t
		}
	}
	for list := range slices.Chunk(whole, together) {
		// Each round scores all units anew; what is looked at at the top alone
		// goes along with the first.
		keep(slices.Concat(list, further), len(list))
		further = nil
	}
	st.drawn.known = known
}

// drawnAs is the key of a set of members in what is kept.
func (b *Brief) drawnAs() string { return fmt.Sprint(b.Members, b.Leader) }

// draw draws for some sets of members.
func (st *Study) draw(list []Brief, deep int) []told {
	groups := make([][]int, len(list))
	for i := range list {
		groups[i] = st.positions(list[i].Members)
	}
	s := st.sample(groups, deep)
	all := make([]told, len(list))
	for i := range list {
		all[i].interval = s.interval(i, st.unit(list[i].Leader))
		if i >= deep {
			continue
		}
		all[i].scores, all[i].ranks = make([]Spread, len(s.nodes[i])), make([]Spread, len(s.nodes[i]))
		stat.InParallelWith(len(s.nodes[i]), func() func(int) {
			return func(n int) {
				all[i].scores[n], all[i].ranks[n] = spreadOf(s.nodes[i][n]), spreadOf(s.nodeRanks[i][n])
			}
		})
	}
	return all
}
