package uncertainty

import (
	"cmp"
	"fmt"
	"math"

	"mizan"
	"mizan/stat"
)

// mostCells bounds the memory of PAWN: so many inputs and outputs in all draws.
const mostCells = 1 << 27

// pawn looks at a plain sample, such as that of the analysis of uncertainty.
func (r *sensitivityRun) pawn(targets []SensitivityTarget) error {
	n := cmp.Or(r.options.Draws, defaultPAWNDraws)
	r.options.Draws = n
	if n < 2*pawnSlices {
		return r.atLeast(2 * pawnSlices)
	}
	if most := mostCells / (len(r.of) + r.model.outputs); n > most {
		return mizan.Problems{{
			ID:     "too-many-draws",
			Cause:  fmt.Sprintf("%d draws are more than the method %s can hold in memory here", n, PAWN),
			Remedy: fmt.Sprintf("allow at most %d, or use the method %s", most, Sobol),
		}}
	}
	r.most = n
	const size = 64
	inputs, outputs := len(r.of), r.model.outputs
	u, y := columns(inputs, n), columns(outputs, n)
	blocks := (n + size - 1) / size
	finished := r.parallel(blocks, func(k int, eval func(dst, u []float64) error, a *account) {
		in, out := make([]float64, inputs), make([]float64, outputs)
		for i := k * size; i < min(n, (k+1)*size); i++ {
			r.model.plain(i, in)
			evaluate(eval, a, out, in)
			for c, v := range in {
				u[c][i] = v
			}
			for c, v := range out {
				y[c][i] = v
			}
		}
	})
	// What was not done in a run that was stopped does not count.
	for k, ok := range finished {
		if !ok {
			r.result.Account.Stopped = true
			for i := k * size; i < min(n, (k+1)*size); i++ {
				for c := range y {
					y[c][i] = missing
				}
			}
		}
	}
	r.result.Rows = r.account.kept + r.account.failed
	if r.result.Rows == 0 {
		return stoppedBefore()
	}
	r.result.Rule = fmt.Sprintf("a factor tells if its median distance over %d slices is above what 95 %% of inputs stay below that do nothing", pawnSlices)
	r.pawnEffects(u, y, targets)
	return nil
}

func columns(n, rows int) [][]float64 {
	all := make([]float64, n*rows)
	c := make([][]float64, n)
	for i := range c {
		c[i] = all[i*rows:][:rows]
	}
	return c
}

func (r *sensitivityRun) pawnEffects(u, y [][]float64, targets []SensitivityTarget) {
	slices := make([]stat.PAWNSlices, len(u))
	r.each(len(u), func(i int) {
		in := &r.model.inputs[i]
		if len(in.ends) > 0 {
			for k, v := range u[i] {
				u[i][k] = float64(in.choice(v))
			}
		}
		slices[i] = stat.NewPAWNSlices(u[i], max(pawnSlices, len(in.ends)))
	})
	shuffled := r.shuffled(slices)
	r.each(len(targets), func(o int) {
		t := &targets[o]
		m := stat.MomentsOf(y[o])
		t.Mean, t.SD = mizan.Number(m.Mean+float64(t.Reference)), mizan.Number(math.Sqrt(stat.Variance(y[o])))
		steps := stat.NewSteps(y[o])
		dummies := dummies(shuffled, steps)
		best, most := make([]*PAWNEffect, len(r.factors)), make([]int, len(r.factors))
		for i, s := range slices {
			x := s.Index(steps)
			if old := best[r.of[i]]; old != nil && !(x.Median > float64(old.Median)) {
				continue
			}
			most[r.of[i]] = i
			dummy := dummies[s.Count()]
			best[r.of[i]] = &PAWNEffect{
				Median: mizan.Number(x.Median), Low: mizan.Number(missing), High: mizan.Number(missing), Mean: mizan.Number(x.Mean), Max: mizan.Number(x.Max), Slices: x.Slices,
				Input: r.model.inputs[i].id, Dummy: mizan.Number(dummy), Tells: x.Median > dummy,
			}
		}
		for f, e := range best {
			if r.tracks(o) {
				low, high := slices[most[f]].Interval(steps, resamples, confidence, r.model.seed)
				e.Low, e.High = mizan.Number(low), mizan.Number(high)
			}
			t.Effects = append(t.Effects, Effect{Factor: r.factors[f].ID, Rows: m.N, PAWN: e})
		}
	})
}

func (r *sensitivityRun) tracks(output int) bool {
	for _, o := range r.tracked {
		if o == output {
			return true
		}
	}
	return false
}

// shuffled are slices of inputs that do nothing, by number of slices.
func (r *sensitivityRun) shuffled(slices []stat.PAWNSlices) map[int][]stat.PAWNSlices {
	out := map[int][]stat.PAWNSlices{}
	for _, s := range slices {
		if _, known := out[s.Count()]; known {
			continue
		}
		all := make([]stat.PAWNSlices, pawnDummies)
		r.each(len(all), func(k int) { all[k] = s.Shuffled(r.model.seed, uint64(k)) })
		out[s.Count()] = all
	}
	return out
}

// dummies tells, by number of slices, what 95 % of inputs stay below that have
// nothing to do with an output.
func dummies(shuffled map[int][]stat.PAWNSlices, y stat.Steps) map[int]float64 {
	out := map[int]float64{}
	for n, all := range shuffled {
		medians := make([]float64, len(all))
		for k, s := range all {
			medians[k] = s.Index(y).Median
		}
		out[n] = stat.Quantile(medians, 0.95)
	}
	return out
}
