package build

import (
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// TopLearner is a Weigher that can find the weights of a whole level by what
// they do to the top of the framework, and not those of one group by what they
// do to their parent.
type TopLearner interface {
	// TopLevel is the level whose weights are found so; 0 = none, and the method
	// looks at one group at a time.
	TopLevel() int
	// LearnTop returns the weight of each node of the level, not rescaled and
	// none of them negative, and what a reviewer wants to know of them. The sum
	// of the declared weights is kept, which counts where siblings of another
	// level have weights too. Errors are those of Weigh.
	LearnTop(l *Level) (weights []float64, learnt []Parameter, err error)
}

// Level is nodes whose weights are sought by what they bring about: the
// children of one aggregate, or a whole level of the framework.
type Level struct {
	Above string      // the node that they bring about: their parent, or the top
	Codes []string    // of the nodes
	X     [][]float64 // [node][unit], turned so that more is better for Above
	W     []float64   // declared
	Units []string
	// Score writes the scores of Above with these weights of the nodes, all else
	// being as it is, to out. Errors are those of Aggregate.
	Score func(w, out []float64) error
}

// levelOf is the children of a group.
func levelOf(g *Group) *Level {
	ag := g.Aggregator
	if ag == nil {
		ag = arithmetic{}
	}
	h := *g
	return &Level{Above: g.Parent, Codes: g.Children, X: g.X, W: g.W, Units: g.Units, Score: func(w, out []float64) error {
		h.W = w
		return ag.Aggregate(&h, out)
	}}
}

// onTop are the options of a method that can look at the top.
func onTop(options ...mizan.Option) []mizan.Option {
	return append(
		options,
		mizan.Option{
			Name: "on", Kind: mizan.ChoiceOption, Default: "parent", Choices: []string{"parent", "top"},
			Summary: "on what the children have their influence: on their parent, every aggregate for itself, or all nodes of one level on the top, the other weights being as declared",
		},
		mizan.Option{Name: "level", Kind: mizan.WholeOption, Default: 2, Min: new(1.0), Summary: "with on: top, the level whose weights are found; 1 = indicators"},
	)
}

// topLevel reads these options.
func topLevel(o Options) int {
	if o.text("on") != "top" {
		return 0
	}
	return o.whole("level")
}

// seek finds the weights of a level by what they do to the top. First all is
// weighed as declared; what there is to tell of that is told when the weights
// are found.
func (r *run) seek(t TopLearner) {
	level := t.TopLevel()
	if level == 0 {
		return
	}
	r.sought = map[int]float64{}
	findings, told := len(r.result.Findings), r.result.told
	r.levels()
	r.result.Findings, r.result.told = r.result.Findings[:findings], told
	if len(r.problems) > 0 {
		return
	}
	l, nodes := r.beneathTop(level)
	if len(nodes) == 0 {
		top := r.plan.nodes[len(r.plan.nodes)-1]
		r.failed(r.plan.weigh.step.Path, &OptionError{
			"bad-option", "level", fmt.Sprintf("below %s there is no level %d", top.Code, level), fmt.Sprintf("give one from 1 to %d", top.Level-1),
		})
		return
	}
	w, learnt, err := t.LearnTop(l)
	if err != nil {
		r.failed(r.plan.weigh.step.Path, err)
		return
	}
	scale := stat.Sum(l.W) / stat.Sum(w)
	for i, n := range nodes {
		r.sought[n] = w[i] * scale
	}
	r.soughtLearnt = learnt
}

// beneathTop is a level with its nodes' positions; years stand below one
// another.
func (r *run) beneathTop(level int) (l *Level, nodes []int) {
	top := len(r.plan.nodes) - 1
	columns := make([][]float64, len(r.plan.nodes))
	varies := make([]bool, len(r.plan.nodes)) // whether a node's score hangs on the weights
	plain := make([]Node, len(r.plan.nodes))
	for n := range r.plan.nodes {
		plain[n] = r.plan.nodes[n].Node
		if r.plan.nodes[n].Level == level && n != top {
			nodes = append(nodes, n)
		}
		columns[n] = slices.Clone(gatherYears(r.result.Scores, n))
		for _, c := range r.plan.nodes[n].children {
			varies[n] = varies[n] || varies[c] || r.plan.nodes[c].Level == level
		}
	}
	facing := Facing(plain)
	l = &Level{Above: r.plan.nodes[top].Code, Units: slices.Repeat(r.result.Units, len(r.result.Years))}
	at := make(map[int]int, len(nodes))
	for i, n := range nodes {
		x := columns[n]
		if facing[n] < 0 {
			x = slices.Clone(x)
			for u := range x {
				x[u] = -x[u]
			}
		}
		at[n] = i
		l.Codes, l.X, l.W = append(l.Codes, plain[n].Code), append(l.X, x), append(l.W, *r.plan.nodes[n].declared)
	}
	total := stat.Sum(l.W)
	l.Score = func(w, out []float64) error {
		scale := total / stat.Sum(w)
		for n := range r.plan.nodes {
			if !varies[n] {
				continue
			}
			node := &r.plan.nodes[n]
			g := &Group{Parent: node.Code, Children: node.Children, Units: l.Units}
			for _, c := range node.children {
				weight := *r.plan.nodes[c].declared
				if i, sought := at[c]; sought {
					weight = w[i] * scale
				}
				g.X, g.W = append(g.X, r.plan.nodes[c].seen(columns[c])), append(g.W, weight)
			}
			if !(stat.Sum(g.W) > 0) { // a whole group left out is no answer
				fillMissing(out)
				return nil
			}
			if err := node.aggregate.method.Aggregate(g, columns[n]); err != nil {
				return err
			}
		}
		copy(out, columns[top])
		return nil
	}
	return l, nodes
}

func fillMissing(x []float64) {
	for i := range x {
		x[i] = math.NaN()
	}
}

// declaredOrSought are the weights of a group where a level is sought.
func (r *run) declaredOrSought(n int) (w []float64, learnt []Parameter) {
	for _, c := range r.plan.nodes[n].children {
		weight, found := r.sought[c]
		if !found {
			weight = *r.plan.nodes[c].declared
		}
		w = append(w, weight)
	}
	if n == len(r.plan.nodes)-1 {
		learnt = r.soughtLearnt
	}
	return w, learnt
}
