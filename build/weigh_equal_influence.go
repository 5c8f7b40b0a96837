package build

import (
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

var weighEqualInfluence = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "equal-influence",
		Summary: "Weights by what they bring about: those with which the children have the same influence on their parent, or the influences that are asked for.",
		Formula: "min mean_i (c_i / sum c - t_i / sum t)^2 over w >= 0, c_i = the influence of child i on the parent made with w, t = targets;\n" +
			"correlation: c = Pearson's r; correlation-ratio: c = the share of the parent's variance that lies between classes of the child\n" +
			"(units sorted by the child, in round(sqrt n) classes of equal number, 2 to 10)",
		Missing: "Influence is measured in the units with both values. " + missingChildren,
		Source: "Becker, Saisana, Paruolo and Vandecasteele (2017), Weights and importance in composite indicators: closing the gap; " +
			"Paruolo, Saisana and Saltelli (2013), Ratings and rankings: voodoo or science?; Pearson (1905) for the ratio. " +
			"COINr has the same objective and lets weights become negative",
		Options: []mizan.Option{
			{
				Name: "targets", Kind: mizan.MapOption, Min: new(0.0),
				Summary: "the influence of each child in proportion, such as {skills: 2, roads: 1}; a child that is not named has 1",
			},
			{
				Name: "measure", Kind: mizan.ChoiceOption, Default: "correlation", Choices: []string{"correlation", "correlation-ratio"},
				Summary: "how influence is measured; the ratio sees curved relations too and wants 50 units or more",
			},
		},
	},
	NewWeigher: func(o Options) (Weigher, error) {
		return equalInfluence{o.numbers("targets"), o.text("measure") == "correlation-ratio"}, nil
	},
}

type equalInfluence struct {
	targets map[string]float64
	ratio   bool
}

// Names are the codes that have targets.
func (e equalInfluence) Names() []OptionCodes {
	if e.targets == nil {
		return nil
	}
	return []OptionCodes{{"targets", sortedKeys(e.targets)}}
}

func (e equalInfluence) Weigh(g *Group) ([]float64, error) { return learnWeights(e, g) }

// Learn tells the objective that was reached, 0 where the targets are met, and
// the influence of each child as a share of all.
func (e equalInfluence) Learn(g *Group) ([]float64, []Parameter, error) {
	if len(g.Children) == 1 {
		return []float64{1}, nil, nil
	}
	if err := spreadOut(g); err != nil {
		return nil, nil, err
	}
	p, err := e.problem(g)
	if err != nil {
		return nil, nil, err
	}
	part, gap, err := p.search()
	if err != nil {
		return nil, nil, err
	}
	w := p.weights(part)
	influence, err := p.influence(w)
	if err != nil {
		return nil, nil, err
	}
	if math.IsInf(gap, 1) {
		return nil, nil, &Degenerate{
			"no-weights", fmt.Sprintf("the children of %s run against one another, so that none has an influence on it that can be shared", g.Parent),
			"check directions, or use other weights, such as equal",
		}
	}
	learnt := []Parameter{{"objective", gap / float64(len(w))}}
	for i, c := range g.Children {
		learnt = append(learnt, Parameter{"influence of " + c, influence[i]})
	}
	return w, learnt, nil
}

// influences is the search for the weights of one group.
type influences struct {
	g      *Group
	ratio  bool
	target []float64 // with the sum 1
	sd     []float64
	class  [][]int // of each unit by each child, for the ratio; -1 = missing
	parent Aggregator
	score  []float64 // scratch
}

func (e equalInfluence) problem(g *Group) (*influences, error) {
	p := &influences{g: g, ratio: e.ratio, parent: g.Aggregator, score: make([]float64, len(g.Units))}
	if p.parent == nil {
		p.parent = arithmetic{}
	}
	for i, c := range g.Children {
		p.sd = append(p.sd, stat.SD(g.X[i]))
		t, ok := e.targets[c]
		if !ok {
			t = 1
		}
		p.target = append(p.target, t)
	}
	if stat.Sum(p.target) == 0 {
		return nil, &OptionError{"bad-option", "targets", "all children of " + g.Parent + " have the target 0", "give one a target above 0"}
	}
	p.target = rescaled(p.target)
	if e.ratio {
		for _, x := range g.X {
			p.class = append(p.class, classes(x))
		}
	}
	return p, nil
}

// search begins where uncorrelated children would meet the targets and, if
// that leads nowhere, where all have the same part.
func (p *influences) search() (part []float64, gap float64, err error) {
	same := slices.Repeat([]float64{1}, len(p.target))
	for _, start := range [][]float64{p.target, same} {
		if part, gap, err = leastGap(p.gaps, start); err != nil || !math.IsInf(gap, 1) {
			break
		}
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

// influence of each child as a share of all; NaN where they add up to nothing.
func (p *influences) influence(w []float64) ([]float64, error) {
	h := *p.g
	h.W = w
	if err := p.parent.Aggregate(&h, p.score); err != nil {
		return nil, err
	}
	c := make([]float64, len(w))
	for i, x := range p.g.X {
		if p.ratio {
			c[i] = varianceBetween(p.class[i], p.score)
		} else {
			c[i] = stat.Pearson(x, p.score)
		}
		if c[i] != c[i] {
			c[i] = 0
		}
	}
	if sum := stat.Sum(c); !(sum > 0) {
		return slices.Repeat([]float64{math.NaN()}, len(c)), nil
	}
	return rescaled(c), nil
}

// gaps are the differences between influence and target.
func (p *influences) gaps(part []float64) ([]float64, error) {
	c, err := p.influence(p.weights(part))
	if err != nil {
		return nil, err
	}
	for i := range c {
		c[i] -= p.target[i]
	}
	return c, nil
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
