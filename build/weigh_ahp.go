package build

import (
	"fmt"
	"math"

	"mizan"
)

var weighAHP = Entry{
	Method: mizan.Method{
		Stage: mizan.Weight, Name: "ahp",
		Summary: "Weights by judgement, two children at a time: how many times as important is one as the other (analytic hierarchy process).",
		Formula: "A w = e w with the greatest e, sum w = 1, A_ij = how many times as important i is as j, A_ji = 1 / A_ij;\n" +
			"consistency ratio = ((e - n) / (n - 1)) / RI(n), RI = Saaty's mean for random comparisons",
		Missing: missingChildren + declaredElsewhere,
		Source:  "Saaty (1977), A scaling method for priorities in hierarchical structures; Saaty (1980), The Analytic Hierarchy Process; " + handbook + ", step 6",
		Options: []mizan.Option{
			{
				Name: "comparisons", Kind: mizan.TableOption, Required: true, Min: new(0.0),
				Summary: "for each pair of children of an aggregate, once: {skills: {roads: 3}} says that skills is 3 times as important as roads (Saaty: 1 equal, 3 moderately more, 5 strongly, 7 very strongly, 9 extremely)",
			},
			{
				Name: "max_inconsistency", Kind: mizan.NumberOption, Default: 0.1, Min: new(0.0),
				Summary: "comparisons that contradict one another more than this, by their consistency ratio, are refused",
			},
		},
	},
	NewWeigher: newAHP,
}

func newAHP(o Options) (Weigher, error) {
	a := ahp{o.table("comparisons"), o.number("max_inconsistency")}
	for _, i := range sortedKeys(a.table) {
		for _, j := range sortedKeys(a.table[i]) {
			v := a.table[i][j]
			back, twice := a.table[j][i]
			switch {
			case !(v > 0):
				return nil, a.wrong(fmt.Sprintf("%s is 0 times as important as %s", i, j), "give a number above 0")
			case i == j && v != 1:
				return nil, a.wrong(fmt.Sprintf("%s is %v times as important as itself", i, v), "take it away")
			// 0.33 will do as the other way round of 3.
			case twice && math.Abs(v*back-1) > 0.02:
				return nil, a.wrong(fmt.Sprintf("%s is %v times as important as %s, and that %v times as important as %s", i, v, j, back, i), "give each pair once")
			}
		}
	}
	return a, nil
}

type ahp struct {
	table map[string]map[string]float64
	most  float64
}

func (a ahp) wrong(cause, remedy string) *OptionError {
	return &OptionError{"bad-option", "comparisons", cause, remedy}
}

// Names are the codes that are compared.
func (a ahp) Names() []OptionCodes {
	seen := map[string]bool{}
	for i, row := range a.table {
		seen[i] = true
		for j := range row {
			seen[j] = true
		}
	}
	return []OptionCodes{{"comparisons", sortedKeys(seen)}}
}

// compared is A_ij, if the pair was compared, one way or the other.
func (a ahp) compared(i, j string) (float64, bool) {
	if v, ok := a.table[i][j]; ok {
		return v, true
	}
	if v, ok := a.table[j][i]; ok {
		return 1 / v, true
	}
	return 1, i == j
}

func (a ahp) Weigh(g *Group) ([]float64, error) { return learnWeights(a, g) }

// Learn tells the greatest eigenvalue and the consistency ratio.
func (a ahp) Learn(g *Group) ([]float64, []Parameter, error) {
	n := len(g.Children)
	if n == 1 {
		return []float64{1}, nil, nil
	}
	matrix, err := a.matrix(g)
	if err != nil {
		return nil, nil, err
	}
	if matrix == nil {
		w, err := (declared{}).Weigh(g)
		return w, nil, err
	}
	if n >= len(randomIndex) {
		return nil, nil, a.wrong(fmt.Sprintf("%s has %d children, and Saaty's index goes to %d", g.Parent, n, len(randomIndex)-1), "put them into groups")
	}
	w, e := perron(matrix)
	ratio := 0.0
	if n > 2 {
		ratio = math.Max(0, (e-float64(n))/float64(n-1)/randomIndex[n])
	}
	if ratio > a.most {
		i, j := worstPair(matrix, w)
		return nil, nil, a.wrong(
			fmt.Sprintf("the comparisons of the children of %s contradict one another: their consistency ratio is %.3g, above %v", g.Parent, ratio, a.most),
			fmt.Sprintf("look again at %s and %s first: %.3g by itself, %.3g by all comparisons together", g.Children[i], g.Children[j], matrix[i][j], w[i]/w[j]))
	}
	return w, []Parameter{{"eigenvalue", e}, {"consistency ratio", ratio}}, nil
}

// randomIndex is the mean consistency index of random comparisons of n things.
var randomIndex = []float64{0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59}

// matrix gathers the comparisons of a group; nil if there are none.
func (a ahp) matrix(g *Group) ([][]float64, error) {
	m := make([][]float64, len(g.Children))
	have, lacking := 0, ""
	for i, c := range g.Children {
		m[i] = make([]float64, len(g.Children))
		for j, d := range g.Children {
			v, ok := a.compared(c, d)
			m[i][j] = v
			switch {
			case ok && i < j:
				have++
			case !ok && lacking == "":
				lacking = c + " and " + d
			}
		}
	}
	switch {
	case have == 0:
		return nil, nil
	case lacking != "":
		return nil, a.wrong(fmt.Sprintf("%s, children of %s, are not compared", lacking, g.Parent), "compare every pair of its children, or none")
	}
	return m, nil
}

// perron finds the eigenvector of a positive matrix with the greatest
// eigenvalue, which is positive, by repeated multiplication; its sum is 1.
func perron(a [][]float64) (w []float64, e float64) {
	n := len(a)
	w = make([]float64, n)
	for i := range w {
		w[i] = 1 / float64(n)
	}
	next := make([]float64, n)
	for range 10_000 {
		sum, change := 0.0, 0.0
		for i, row := range a {
			next[i] = 0
			for j, v := range row {
				next[i] += float64(v * w[j])
			}
			sum += next[i]
		}
		for i := range next {
			next[i] /= sum
			change = math.Max(change, math.Abs(next[i]-w[i])/next[i])
		}
		w, next, e = next, w, sum
		if change < 1e-14 {
			break
		}
	}
	return w, e
}

// worstPair is the comparison that is farthest from the quotient of weights,
// the first of those that are as far.
func worstPair(a [][]float64, w []float64) (i, j int) {
	most := -1.0
	for p := range a {
		for q := p + 1; q < len(a); q++ {
			if d := math.Abs(math.Log(a[p][q] * w[q] / w[p])); d > most+1e-9 {
				i, j, most = p, q, d
			}
		}
	}
	return i, j
}
