package build

import (
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// The measures of influence.
const (
	byCorrelation = "correlation"
	byRanks       = "rank-correlation"
	byRatio       = "correlation-ratio"
)

var measureOption = mizan.Option{
	Name: "measure", Kind: mizan.ChoiceOption, Default: byCorrelation, Choices: []string{byCorrelation, byRanks, byRatio},
	Summary: "how influence is measured: by Pearson's or Spearman's correlation, or by the correlation ratio, which sees curved relations too and wants 50 units or more",
}

// influences is the search for weights by the influence that nodes have.
type influences struct {
	*Level
	measure string
	target  []float64 // with the sum 1
	sd      []float64
	class   [][]int // of each unit by each node, for the ratio; -1 = missing
	score   []float64
}

// newInfluences prepares a search. targets are by code, 1 where none is given.
func newInfluences(l *Level, measure string, targets map[string]float64) (*influences, error) {
	if err := spreadOut(&Group{Parent: l.Above, Children: l.Codes, X: l.X}); err != nil {
		return nil, err
	}
	p := &influences{Level: l, measure: measure, score: make([]float64, len(l.Units))}
	for i, c := range l.Codes {
		p.sd = append(p.sd, stat.SD(l.X[i]))
		t, ok := targets[c]
		if !ok {
			t = 1
		}
		p.target = append(p.target, t)
	}
	if stat.Sum(p.target) == 0 {
		return nil, &OptionError{"bad-option", "targets", "all children of " + l.Above + " have the target 0", "give one a target above 0"}
	}
	p.target = rescaled(p.target)
	if measure == byRatio {
		for _, x := range l.X {
			p.class = append(p.class, classes(x))
		}
	}
	return p, nil
}

// search seeks the parts of the nodes in the spread of what they make at which
// the squares of f are least: from where uncorrelated nodes would meet the
// targets and, if that leads nowhere, from where all have the same part. Ranks
// change by jumps, so there a search by slopes is only the beginning.
func (p *influences) search(f func(p *influences, part []float64) ([]float64, error)) (part []float64, least float64, err error) {
	smooth := *p
	if p.measure == byRanks {
		smooth.measure = byCorrelation
	}
	same := slices.Repeat([]float64{1}, len(p.target))
	for _, start := range [][]float64{p.target, same} {
		part, least, err = leastGap(func(part []float64) ([]float64, error) { return f(&smooth, part) }, start)
		if err != nil || !math.IsInf(least, 1) {
			break
		}
	}
	if p.measure == byRanks && err == nil {
		return stepwise(func(part []float64) ([]float64, error) { return f(p, part) }, part)
	}
	return part, least, err
}

// stepwise seeks the least sum of squares from a point by steps of one part at
// a time, halved when none leads down.
func stepwise(f func(x []float64) ([]float64, error), start []float64) (x []float64, best float64, err error) {
	x = rescaled(start)
	r, err := f(x)
	if err != nil {
		return nil, 0, err
	}
	best = squares(r)
	for step := 0.25; step > 1e-5; {
		moved := false
		for j := range x {
			for _, d := range []float64{step, -step} {
				next := slices.Clone(x)
				next[j] = math.Max(0, x[j]+d)
				if !(stat.Sum(next) > 0) {
					continue
				}
				next = rescaled(next)
				if r, err = f(next); err != nil {
					return nil, 0, err
				}
				if s := squares(r); s < best {
					x, best, moved = next, s, true
				}
			}
		}
		if !moved {
			step /= 2
		}
	}
	return x, best, nil
}

// weights are made of the parts that the nodes have in the spread of what they
// make, by which they are searched, so that the measures of the nodes play no
// part.
func (p *influences) weights(part []float64) []float64 {
	w := make([]float64, len(part))
	for i, v := range part {
		w[i] = v / p.sd[i]
	}
	return rescaled(w)
}

// influence of each node; 0 where it cannot be measured.
func (p *influences) influence(w []float64) ([]float64, error) {
	if err := p.Score(w, p.score); err != nil {
		return nil, err
	}
	c := make([]float64, len(w))
	for i, x := range p.X {
		switch p.measure {
		case byRatio:
			c[i] = varianceBetween(p.class[i], p.score)
		case byRanks:
			c[i] = stat.Spearman(x, p.score)
		default:
			c[i] = stat.Pearson(x, p.score)
		}
		if c[i] != c[i] {
			c[i] = 0
		}
	}
	return c, nil
}

// shares are the influences as shares of all; NaN where they add up to nothing.
func (p *influences) shares(w []float64) ([]float64, error) {
	c, err := p.influence(w)
	if err != nil {
		return nil, err
	}
	if sum := stat.Sum(c); !(sum > 0) {
		return slices.Repeat([]float64{math.NaN()}, len(c)), nil
	}
	return rescaled(c), nil
}

// gaps are the differences between shares and targets.
func (p *influences) gaps(part []float64) ([]float64, error) {
	c, err := p.shares(p.weights(part))
	if err != nil {
		return nil, err
	}
	for i := range c {
		c[i] -= p.target[i]
	}
	return c, nil
}

// without says that no weights give the nodes an influence.
func (p *influences) without() error {
	return learnsNothing("no-weights", noInfluence.Say("code", p.Above))
}

// influencesOf are the influences for the trace.
func influencesOf(codes []string, c []float64) []Parameter {
	var list []Parameter
	for i, code := range codes {
		list = append(list, Parameter{"influence of " + code, c[i]})
	}
	return list
}

// classes puts units into classes of about equal number by their values; equal
// values are in one class.
func classes(x []float64) []int {
	n := stat.Count(x)
	k := float64(max(2, min(10, int(math.Round(math.Sqrt(float64(n)))))))
	rank := make([]float64, len(x))
	stat.Ranks(rank, x, stat.TiesAverage)
	class := make([]int, len(x))
	for u, r := range rank {
		class[u] = -1
		if r == r {
			class[u] = int((r - 0.5) / float64(n) * k)
		}
	}
	return class
}

// varianceBetween is the share of the variance of y that lies between classes.
func varianceBetween(class []int, y []float64) float64 {
	var sums, counts [10]float64
	var total, n float64
	for u, v := range y {
		if k := class[u]; k >= 0 && v == v {
			sums[k] += v
			counts[k]++
			total += v
			n++
		}
	}
	mean := total / n
	var among, all float64
	for k, c := range counts {
		if c > 0 {
			d := sums[k]/c - mean
			among += float64(c * float64(d*d))
		}
	}
	for u, v := range y {
		if class[u] >= 0 && v == v {
			d := v - mean
			all += float64(d * d)
		}
	}
	return among / all
}
