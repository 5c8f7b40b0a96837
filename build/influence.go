package build

import (
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// The measures of the influence of a child on its parent.
const (
	byCorrelation = "correlation"
	byRanks       = "rank-correlation"
	byRatio       = "correlation-ratio"
)

// measureOption is how influence is measured.
var measureOption = mizan.Option{
	Name: "measure", Kind: mizan.ChoiceOption, Default: byCorrelation, Choices: []string{byCorrelation, byRanks, byRatio},
	Summary: "how influence is measured; the ratio sees curved relations too and wants 50 units or more",
}

const influenceFormula = "correlation: c = Pearson's r; rank-correlation: c = Spearman's; " +
	"correlation-ratio: c = the share of the parent's variance that lies between classes of the child\n" +
	"(units sorted by the child, in round(sqrt n) classes of equal number, 2 to 10)"

// influences is the search for weights of one group by what they bring about.
type influences struct {
	g       *Group
	measure string
	target  []float64 // the influences that are wanted, with the sum 1
	sd      []float64
	class   [][]int // of each unit by each child, for the ratio; -1 = missing
	parent  Aggregator
	score   []float64 // scratch
}

func newInfluences(g *Group, measure string) *influences {
	p := &influences{g: g, measure: measure, parent: g.Aggregator, score: make([]float64, len(g.Units))}
	if p.parent == nil {
		p.parent = arithmetic{}
	}
	p.target = rescaled(slices.Repeat([]float64{1}, len(g.X)))
	for _, x := range g.X {
		p.sd = append(p.sd, stat.SD(x))
		if measure == byRatio {
			p.class = append(p.class, classes(x))
		}
	}
	return p
}

// search finds the parts with which the sum of squares of f is least. It begins
// where uncorrelated children would meet the targets and, if that leads
// nowhere, where all have the same part. The correlation of ranks goes by jumps,
// so that it is searched by ever smaller steps from what the correlation finds.
func (p *influences) search(f func(part []float64) ([]float64, error)) (part []float64, gap float64, err error) {
	measure := p.measure
	if measure == byRanks {
		p.measure = byCorrelation
	}
	same := slices.Repeat([]float64{1}, len(p.target))
	for _, start := range [][]float64{p.target, same} {
		if part, gap, err = leastGap(f, start); err != nil || !math.IsInf(gap, 1) {
			break
		}
	}
	if p.measure = measure; measure == byRanks && err == nil {
		return leastGapBySteps(f, part)
	}
	return part, gap, err
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

// weights are made of the parts that the children have in the parent's spread,
// by which they are searched, so that the measures of the children play no
// part.
func (p *influences) weights(part []float64) []float64 {
	w := make([]float64, len(part))
	for i, v := range part {
		w[i] = v / p.sd[i]
	}
	return rescaled(w)
}

// influence of each child on the parent made with weights; 0 where it cannot be
// told.
func (p *influences) influence(w []float64) ([]float64, error) {
	h := *p.g
	h.W = w
	if err := p.parent.Aggregate(&h, p.score); err != nil {
		return nil, err
	}
	c := make([]float64, len(w))
	for i, x := range p.g.X {
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

// shares are influences as shares of all; NaN where they add up to nothing.
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
