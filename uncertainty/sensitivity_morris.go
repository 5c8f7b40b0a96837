package uncertainty

import (
	"cmp"
	"fmt"

	"mizan"
	"mizan/stat"
)

// morrisBlock is what a block of trajectories leaves: effects by factor, then
// output, and the moments of the outputs over all points.
type morrisBlock struct {
	effects [][]stat.EffectSums
	points  []stat.EffectSums // of the outputs themselves
}

func (r *sensitivityRun) morris(targets []SensitivityTarget) error {
	inputs := make([]stat.MorrisInput, len(r.of))
	for i, f := range r.of {
		inputs[i] = stat.MorrisInput{Factor: f, Choices: len(r.model.inputs[i].ends)}
	}
	plan, err := stat.NewMorris(inputs, morrisLevels, r.model.seed)
	if err != nil {
		return err
	}
	cost := plan.Factors() + 1
	r.options.Draws = cmp.Or(r.options.Draws, defaultMorrisRuns*cost)
	runs := r.options.Draws / cost
	if runs < 2 {
		return r.atLeast(2 * cost)
	}
	r.most = runs * cost
	r.result.Rule = fmt.Sprintf("%d trajectories on %d levels", runs, morrisLevels)
	n := min(runs, blocksAtMost)
	blocks := make([]morrisBlock, n)
	finished := r.parallel(n, func(k int, eval func(dst, u []float64) error, a *account) {
		blocks[k] = r.morrisBlock(plan, k*runs/n, (k+1)*runs/n, eval, a)
	})
	var done []morrisBlock
	for k, ok := range finished {
		if ok {
			done = append(done, blocks[k])
			r.result.Rows += (k+1)*runs/n - k*runs/n
		}
	}
	r.result.Account.Stopped = len(done) < n
	if len(done) == 0 {
		return stoppedBefore()
	}
	r.morrisEffects(plan, done, targets)
	return nil
}

func (r *sensitivityRun) morrisBlock(plan *stat.Morris, from, to int, eval func(dst, u []float64) error, acc *account) morrisBlock {
	outputs := r.model.outputs
	block := morrisBlock{make([][]stat.EffectSums, plan.Factors()), make([]stat.EffectSums, outputs)}
	for f := range block.effects {
		block.effects[f] = make([]stat.EffectSums, outputs)
	}
	was, is, u := make([]float64, outputs), make([]float64, outputs), make([]float64, len(r.of))
	for k := from; k < to; k++ {
		path := plan.Trajectory(uint64(k))
		for i, point := range path.Points {
			r.within(u, point)
			evaluate(eval, acc, is, u)
			for o, y := range is {
				block.points[o].Add(y)
			}
			if i > 0 {
				factor := path.Moved[i-1]
				step, signed := plan.Step(factor)
				if signed {
					step *= path.Signs[factor]
				}
				for o := range is {
					block.effects[factor][o].Add((is[o] - was[o]) / step)
				}
			}
			was, is = is, was
		}
	}
	return block
}

// within moves the levels of continuous inputs from the ends of 0 to 1, where
// some distributions have no number, to the middles of as many equal parts, and
// alternatives to where their chances put them.
func (r *sensitivityRun) within(u, point []float64) {
	for i, x := range point {
		in := &r.model.inputs[i]
		if n := len(in.ends); n > 0 {
			u[i] = in.middle(int(x * float64(n)))
		} else {
			u[i] = (x*(morrisLevels-1) + 0.5) / morrisLevels
		}
	}
}

func (r *sensitivityRun) morrisEffects(plan *stat.Morris, blocks []morrisBlock, targets []SensitivityTarget) {
	// The points are nearer together than the levels of the plan, and effects
	// are told for the whole range.
	narrow := float64(morrisLevels) / (morrisLevels - 1)
	again := stat.NewResamples(len(blocks), resamples, r.model.seed)
	r.each(len(targets), func(o int) {
		t := &targets[o]
		var points stat.EffectSums
		for _, b := range blocks {
			points.Merge(b.points[o], 1)
		}
		t.Mean, t.SD = mizan.Number(points.Mean()+float64(t.Reference)), mizan.Number(points.Spread())
		for f := range r.factors {
			step, signed := plan.Step(f)
			scale := narrow
			if step == 1 {
				scale = 1
			}
			of := make([]stat.EffectSums, len(blocks))
			var all stat.EffectSums
			for k, b := range blocks {
				of[k] = b.effects[f][o]
				all.Merge(of[k], 1)
			}
			e := &MorrisEffect{Mean: mizan.Number(missing), Strength: mizan.Number(scale * all.Strength()), Spread: mizan.Number(scale * all.Spread())}
			if signed {
				e.Mean = mizan.Number(scale * all.Mean())
			}
			e.Low, e.High = strengths(of, again, scale)
			t.Effects = append(t.Effects, Effect{Factor: r.factors[f].ID, Rows: int(all.N), Morris: e})
		}
	})
}

// strengths is the interval of mu*.
func strengths(blocks []stat.EffectSums, again stat.Resamples, scale float64) (low, high mizan.Number) {
	if len(blocks) < 2 {
		return mizan.Number(missing), mizan.Number(missing)
	}
	x := make([]float64, len(again))
	for k, counts := range again {
		n, sum := 0.0, 0.0
		for b, times := range counts {
			n += float64(times * blocks[b].N)
			sum += float64(times * blocks[b].Absolute)
		}
		x[k] = scale * sum / n
	}
	l, h := stat.PercentileInterval(x, confidence)
	return mizan.Number(l), mizan.Number(h)
}
