package uncertainty

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// RunOptions say how to draw.
type RunOptions struct {
	// From and To are the draws, from 0, that are made: From up to To. To = 0
	// is all that the project asks for.
	From, To int
	// Workers is how many draw side by side; 0 = as many as there are
	// processors. It changes nothing but the time.
	Workers int
	// Stable stops as soon as every unit's median and interval are known to so
	// many places (see Stability); 0 = never. It needs From = 0.
	Stable float64
	// Progress is told, now and then, how many draws are done; it may be called
	// by several goroutines. nil = nobody is told.
	Progress func(done int)
	// Stop is asked now and then whether to end early. What is done by then is
	// whole.
	Stop func() bool
	// Save is given the state now and then, between draws.
	Save func(*State) error
}

// Run makes draws, going on from a state unless it is nil, and returns what
// was counted. It ends early where Stop says so; the state then holds draws up
// to State.To. Errors: those of Save.
func (m *Model) Run(o RunOptions, from *State) (*State, error) {
	if o.To == 0 {
		o.To = m.config.Draws
	}
	state := from
	if state == nil {
		state = m.newState(o.From, o.From)
	}
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	r := &runner{m: m, o: o}
	for range workers {
		r.counters = append(r.counters, m.newCounter())
	}
	check := m.nextCheck(state.To)
	for state.To < o.To && !r.stopped() {
		end := min(o.To, state.To+r.round())
		if o.Stable > 0 {
			end = min(end, check)
		}
		r.until(state, end)
		if o.Save != nil && state.To < o.To {
			if err := o.Save(state); err != nil {
				return state, err
			}
		}
		if o.Stable > 0 && state.To == check {
			if m.stability(state.counts).Places <= o.Stable {
				break
			}
			check = m.nextCheck(state.To)
		}
	}
	return state, nil
}

// firstCheck is after how many draws it is first asked whether the results are
// stable; then after twice as many, and so on.
const firstCheck = 1024

func (m *Model) nextCheck(done int) int {
	n := firstCheck
	for n <= done {
		n *= 2
	}
	return n
}

// runner shares draws out among counters.
type runner struct {
	m        *Model
	o        RunOptions
	counters []*counter
	next     atomic.Int64
	done     atomic.Int64
}

func (r *runner) stopped() bool { return r.o.Stop != nil && r.o.Stop() }

// size is how many draws a worker takes at a time. Where each is a build of its
// own they are few, so that stopping does not take long.
func (r *runner) size() int {
	if r.m.each {
		return 8
	}
	return blockDraws
}

// round is how many draws are made between looks at the state.
func (r *runner) round() int { return 256 * r.size() }

// until makes draws up to end, or fewer if it is stopped: those that are made
// have no gap.
func (r *runner) until(state *State, end int) {
	r.next.Store(int64(state.To))
	r.done.Store(int64(state.To - state.From))
	var all sync.WaitGroup
	for _, c := range r.counters {
		all.Go(func() { r.work(c, end) })
	}
	all.Wait()
	for _, c := range r.counters {
		state.counts.merge(c.counts)
		c.counts = newCounts(r.m)
	}
	state.To = min(end, int(r.next.Load()))
	state.counts.trim()
}

func (r *runner) work(c *counter, end int) {
	size := r.size()
	for !r.stopped() {
		first := int(r.next.Add(int64(size))) - size
		if first >= end {
			return
		}
		last := min(first+size, end)
		c.run(first, last)
		if done := r.done.Add(int64(last - first)); r.o.Progress != nil {
			r.o.Progress(int(done))
		}
	}
}
