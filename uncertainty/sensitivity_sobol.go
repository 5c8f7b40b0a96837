package uncertainty

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"mizan"
	"mizan/stat"
)

// sobolBlock is what a block of rows leaves: sums of every factor and output
// and, for second order, of every pair on the tracked outputs.
type sobolBlock struct {
	sums  *stat.SobolSums
	pairs []*stat.SobolPairs
}

func (b sobolBlock) merge(c sobolBlock) {
	b.sums.Merge(c.sums)
	for i := range b.pairs {
		b.pairs[i].Merge(c.pairs[i])
	}
}

// leastRows is the smallest plan of Sobol, firstRows what convergence is first
// looked at with.
const (
	leastRows = 16
	firstRows = 256
)

// sobol doubles the rows of the plan until the intervals are as narrow as the
// rule asks, or the draws are used up. Numbers of rows are powers of 2, for
// which Sobol points are even.
func (r *sensitivityRun) sobol(targets []SensitivityTarget) error {
	plan, err := stat.NewSaltelli(r.of, r.model.seed)
	if err != nil {
		return err
	}
	d := plan.Factors()
	cost := d + 2
	if r.options.SecondOrder {
		cost = 2*d + 2
	}
	r.options.Draws = cmp.Or(r.options.Draws, max(defaultSobolDraws, cost*firstRows))
	if r.options.Draws < cost*leastRows {
		return r.atLeast(cost * leastRows)
	}
	most := 1 << (bits.Len(uint(min(r.options.Draws/cost, 1<<31))) - 1)
	r.most = most * cost
	tolerance := cmp.Or(r.options.Tolerance, defaultTolerance)
	r.result.Rule = fmt.Sprintf("the %g %% intervals of all total indices are at most %g wide", 100*confidence, tolerance)
	if tolerance < 0 {
		r.result.Rule = "all draws are used"
	}

	rows := min(most, firstRows)
	blocks := r.sobolBlocks(plan, 0, rows, min(rows, blocksAtMost))
	if r.result.Account.Stopped {
		if len(blocks) == 0 {
			return stoppedBefore()
		}
		rows = rows / min(rows, blocksAtMost) * len(blocks)
	}
	for r.assess(blocks, rows, cost, tolerance); !r.result.Converged && rows < most && !r.result.Account.Stopped; r.assess(blocks, rows, cost, tolerance) {
		before := r.account
		more := r.sobolBlocks(plan, rows, 2*rows, blocksAtMost)
		if r.result.Account.Stopped {
			r.account = before // the draws of a step that was not finished count for nothing
			break
		}
		rows *= 2
		blocks = halve(append(blocks, more...))
	}
	r.result.Rows = rows
	r.effects(blocks, targets)
	return nil
}

// sobolBlocks does rows from to to-1 in n blocks; if it is stopped, those that
// were done.
func (r *sensitivityRun) sobolBlocks(plan *stat.Saltelli, from, to, n int) []sobolBlock {
	size := (to - from) / n
	blocks := make([]sobolBlock, n)
	finished := r.parallel(n, func(k int, eval func(dst, u []float64) error, a *account) {
		blocks[k] = r.sobolBlock(plan.Clone(), from+k*size, size, eval, a)
	})
	var done []sobolBlock
	for k, ok := range finished {
		if ok {
			done = append(done, blocks[k])
		}
	}
	r.result.Account.Stopped = len(done) < n
	return done
}

func (r *sensitivityRun) sobolBlock(plan *stat.Saltelli, from, size int, eval func(dst, u []float64) error, acc *account) sobolBlock {
	inputs, outputs, d := len(r.of), r.model.outputs, plan.Factors()
	block := sobolBlock{sums: stat.NewSobolSums(d, outputs)}
	a, b, mixed := make([]float64, inputs), make([]float64, inputs), make([]float64, inputs)
	ya, yb, y := make([]float64, outputs), make([]float64, outputs), make([]float64, outputs)
	// Second order: AB_i and BA_i by tracked output.
	ab, ba := make([][]float64, len(r.tracked)), make([][]float64, len(r.tracked))
	if r.options.SecondOrder {
		for t := range r.tracked {
			block.pairs = append(block.pairs, stat.NewSobolPairs(d))
			ab[t], ba[t] = make([]float64, d), make([]float64, d)
		}
	}
	for row := range size {
		plan.Row(uint32(from+row), a, b)
		evaluate(eval, acc, ya, a)
		evaluate(eval, acc, yb, b)
		block.sums.AddBase(ya, yb)
		for i := range d {
			plan.Mix(mixed, a, b, i)
			evaluate(eval, acc, y, mixed)
			block.sums.AddFactor(i, ya, yb, y)
			if block.pairs == nil {
				continue
			}
			for t, o := range r.tracked {
				ab[t][i] = y[o]
			}
			plan.Mix(mixed, b, a, i)
			evaluate(eval, acc, y, mixed)
			for t, o := range r.tracked {
				ba[t][i] = y[o]
			}
		}
		for t, p := range block.pairs {
			p.Add(ya[r.tracked[t]], yb[r.tracked[t]], ab[t], ba[t])
		}
	}
	return block
}

// halve merges neighbours until there are no more than blocksAtMost.
func halve(blocks []sobolBlock) []sobolBlock {
	for len(blocks) > blocksAtMost {
		for k := range len(blocks) / 2 {
			blocks[2*k].merge(blocks[2*k+1])
			blocks[k] = blocks[2*k]
		}
		blocks = blocks[:len(blocks)/2]
	}
	return blocks
}

// assess adds a step of convergence. The intervals of an output that does not
// vary have no width: overall that is no convergence, for a unit it is.
func (r *sensitivityRun) assess(blocks []sobolBlock, rows, cost int, tolerance float64) {
	step := SensitivityStep{Rows: rows, Draws: rows * cost, Width: mizan.Number(missing), Change: mizan.Number(missing)}
	var totals []float64
	again := stat.NewResamples(len(blocks), resamples, r.model.seed)
	for _, o := range r.tracked {
		for _, x := range stat.SobolBootstrap(plain(blocks), o, again, confidence) {
			step.Width = larger(step.Width, x.TotalHigh-x.TotalLow)
			totals = append(totals, x.Total)
		}
	}
	for i := range r.totals {
		step.Change = larger(step.Change, math.Abs(totals[i]-r.totals[i]))
	}
	r.totals = totals
	r.result.Convergence = append(r.result.Convergence, step)
	r.result.Converged = float64(step.Width) <= tolerance
}

func larger(a mizan.Number, b float64) mizan.Number {
	if a != a || b > float64(a) {
		return mizan.Number(b)
	}
	return a
}

func plain(blocks []sobolBlock) []*stat.SobolSums {
	sums := make([]*stat.SobolSums, len(blocks))
	for k, b := range blocks {
		sums[k] = b.sums
	}
	return sums
}

// effects fills the targets in.
func (r *sensitivityRun) effects(blocks []sobolBlock, targets []SensitivityTarget) {
	all := sobolBlock{sums: stat.NewSobolSums(len(r.factors), r.model.outputs)}
	for range blocks[0].pairs {
		all.pairs = append(all.pairs, stat.NewSobolPairs(len(r.factors)))
	}
	for _, b := range blocks {
		all.merge(b)
	}
	again := stat.NewResamples(len(blocks), resamples, r.model.seed)
	r.each(len(targets), func(o int) {
		t := &targets[o]
		t.Mean = mizan.Number(all.sums.Mean(o) + float64(t.Reference))
		t.SD = mizan.Number(math.Sqrt(all.sums.Variance(o)))
		for f, x := range stat.SobolBootstrap(plain(blocks), o, again, confidence) {
			t.Effects = append(t.Effects, Effect{Factor: r.factors[f].ID, Rows: x.Rows, Sobol: &SobolEffect{
				First: mizan.Number(x.First), FirstLow: mizan.Number(x.FirstLow), FirstHigh: mizan.Number(x.FirstHigh),
				Total: mizan.Number(x.Total), TotalLow: mizan.Number(x.TotalLow), TotalHigh: mizan.Number(x.TotalHigh),
			}})
		}
	})
	for t, pairs := range all.pairs {
		target := &targets[r.tracked[t]]
		target.Pairs = r.interactions(all.sums, pairs, r.tracked[t], target.Effects)
	}
}

// interactions are those of every pair on one output, the strongest first.
func (r *sensitivityRun) interactions(sums *stat.SobolSums, pairs *stat.SobolPairs, o int, effects []Effect) []Interaction {
	var list []Interaction
	for j := range r.factors {
		for i := range j {
			closed := pairs.Closed(i, j, sums.Mean(o), sums.Variance(o))
			share := closed - float64(effects[i].Sobol.First) - float64(effects[j].Sobol.First)
			list = append(list, Interaction{[2]string{r.factors[i].ID, r.factors[j].ID}, mizan.Number(share)})
		}
	}
	slices.SortStableFunc(list, func(x, y Interaction) int {
		return cmp.Compare(math.Abs(float64(y.Share)), math.Abs(float64(x.Share)))
	})
	return list
}
