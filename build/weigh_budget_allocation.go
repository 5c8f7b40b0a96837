package build

import (
	"fmt"

	"mizan"
)

var weighBudget = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "budget-allocation",
		Summary: "Weights by experts, each of whom divides a budget of points among the children.",
		Formula: "w_i = the mean over experts of p_i / sum p, p = the points of one expert within the aggregate",
		Missing: missingChildren + " An expert who names no child of an aggregate is left out there." + declaredElsewhere,
		Source:  handbook + ", step 6 (budget allocation process)",
		Options: []mizan.Option{
			{
				Name: "points", Kind: mizan.TableOption, Required: true, Min: new(0.0),
				Summary: "the points of each expert by child, such as {anna: {skills: 60, roads: 40}, ben: {skills: 50, roads: 50}}",
			},
		},
	},
	NewWeigher: func(o Options) (Weigher, error) {
		points := o.table("points")
		if len(points) == 0 {
			return nil, &OptionError{"bad-option", "points", "no expert gives points", "name at least one expert"}
		}
		return budget{points}, nil
	},
}

type budget struct {
	points map[string]map[string]float64 // expert -> child -> points
}

// Names are the codes that experts give points.
func (b budget) Names() []OptionCodes {
	seen := map[string]bool{}
	for _, row := range b.points {
		for c := range row {
			seen[c] = true
		}
	}
	return []OptionCodes{{"points", sortedKeys(seen)}}
}

func (b budget) Weigh(g *Group) ([]float64, error) { return learnWeights(b, g) }

// Learn tells the number of experts and, for each child, the range of the
// weights that they give it.
func (b budget) Learn(g *Group) ([]float64, []Parameter, error) {
	w, experts := make([]float64, len(g.Children)), 0.0
	low, high := make([]float64, len(w)), make([]float64, len(w))
	for _, expert := range sortedKeys(b.points) {
		p, err := judged(g, "expert "+expert, b.points[expert])
		if err != nil {
			return nil, nil, err
		}
		if p == nil {
			continue
		}
		for i, v := range rescaled(p) {
			w[i] += v
			if experts == 0 || v < low[i] {
				low[i] = v
			}
			high[i] = max(high[i], v)
		}
		experts++
	}
	if experts == 0 {
		w, err := (declared{}).Weigh(g)
		return w, nil, err
	}
	learnt := []Parameter{{"experts", experts}}
	for i, c := range g.Children {
		w[i] /= experts
		learnt = append(learnt, Parameter{fmt.Sprintf("least weight of %s", c), low[i]}, Parameter{fmt.Sprintf("greatest weight of %s", c), high[i]})
	}
	return w, learnt, nil
}
