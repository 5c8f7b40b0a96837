package build

import (
	"fmt"

	"mizan/stat"
)

const (
	missingChildren = "A unit's missing children are left out and the others' weights count alone."
	// completeUnits is the rule for missing values of weights that are learnt
	// from all children at once.
	completeUnits = "Learnt from the units that have values for all children. " + missingChildren
	// declaredElsewhere is what weights by judgement do where nobody judged.
	declaredElsewhere = " An aggregate of which no child is named keeps its declared weights."
)

// learnWeights is Weigh for a Learner.
func learnWeights(l Learner, g *Group) ([]float64, error) {
	w, _, err := l.Learn(g)
	return w, err
}

// spreadOut checks that every child of a group has values that differ.
func spreadOut(g *Group) error {
	if len(g.X) != len(g.Children) {
		return tooFew(g, 0, 1)
	}
	for i, x := range g.X {
		lo, hi := stat.MinMax(x)
		switch {
		case lo != lo:
			return learnsNothing("no-values", noChildValues.Say("code", g.Children[i], "with", g.Parent))
		case lo == hi:
			return learnsNothing("no-spread", noChildSpread.Say("code", g.Children[i], "with", g.Parent, "value", lo))
		}
	}
	return nil
}

// tooFew says that a group has not enough units with values for all children.
func tooFew(g *Group, have, need int) *Degenerate {
	return learnsNothing("no-values", tooFewUnits.Say("code", g.Parent, "have", have, "need", need))
}

// correlated is the matrix of correlations of the children of a group, over
// the units that have all of them.
func correlated(g *Group) (r [][]float64, units int, err error) {
	if err := spreadOut(g); err != nil {
		return nil, 0, err
	}
	full := stat.CompleteRows(g.X)
	if units = len(full[0]); units < 3 {
		return nil, units, tooFew(g, units, 3)
	}
	h := *g
	h.X = full
	if err := spreadOut(&h); err != nil {
		return nil, units, err
	}
	r, _ = stat.Correlations(full)
	return r, units, nil
}

// rescaled are weights with the sum 1.
func rescaled(w []float64) []float64 {
	total := stat.Sum(w)
	out := make([]float64, len(w))
	for i, v := range w {
		out[i] = v / total
	}
	return out
}

// judged takes the judgements of the children of a group from a map; nil
// without an error if none of them is named. It is an error if some are named
// and others not. who gives the points: "points", or "expert anna".
func judged(g *Group, who string, points map[string]float64) ([]float64, error) {
	var found []float64
	lacking := ""
	for _, c := range g.Children {
		if p, ok := points[c]; ok {
			found = append(found, p)
		} else if lacking == "" {
			lacking = c
		}
	}
	switch {
	case found == nil:
		return nil, nil
	case lacking != "":
		return nil, &OptionError{
			"bad-option", "points", fmt.Sprintf("%s names some children of %s, but not %s", who, g.Parent, lacking),
			"give a number for it too, 0 if it is not to count",
		}
	case stat.Sum(found) == 0:
		return nil, &OptionError{"bad-option", "points", fmt.Sprintf("%s gives 0 to all children of %s", who, g.Parent), "give one a number above 0"}
	}
	return found, nil
}
