package build_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"mizan"
	"mizan/build"
	"mizan/spec"
	"mizan/stat"
)

// pillars is a project of two sub-indices of two and three indicators each.
func pillars(t *testing.T, edits ...spec.Edit) *build.Result {
	t.Helper()
	s, err := spec.Parse("mizan.yaml", []byte(`mizan: 1
id: p
period: {year: 2020}
observations: [{file: x.csv}]
indicators: {a: {}, b: {}, c: {direction: -1}, d: {}, e: {}}
framework:
  code: top
  children:
    - {code: left, weight: 2, children: [{code: a}, {code: b, weight: 3}]}
    - {code: right, children: [{code: c}, {code: d}, {code: e}]}
build: {normalise: {method: min-max, to: [1, 100]}}
`))
	if err != nil {
		t.Fatal(err)
	}
	if s, err = s.Apply(edits...); err != nil {
		t.Fatal(err)
	}
	var units []string
	for u := range 30 {
		units = append(units, string(rune('A'+u/26))+string(rune('A'+u%26)))
	}
	panel := &mizan.Panel{Table: *mizan.NewTable(units, []string{"a", "b", "c", "d", "e"}, []int{2020}), Origins: []mizan.Origin{{}}}
	panel.Cells = make([]mizan.Cell, len(panel.Values))
	for u, unit := range units {
		panel.Info = append(panel.Info, mizan.Unit{Code: unit})
		common := float64((u * 7) % 30)
		for c := range panel.Codes {
			panel.Values[c*len(units)+u] = common*float64(4-c) + float64((u*(11+2*c)+c*u*u)%29)*3
		}
		panel.Values[2*len(units)+u] *= -1
	}
	return runWide(t, s, panel)
}

func edit(path string, to any) spec.Edit { return spec.Edit{Set: path, To: to} }

// reached is the sum of the correlations of codes with the top, and the mean
// squared distance of their shares from equal ones.
func reached(r *build.Result, codes []string, by func(x, y []float64) float64) (sum, gap float64) {
	top := r.Scores.Column(0, len(r.Nodes)-1)
	var c []float64
	for _, code := range codes {
		c = append(c, by(r.Scores.Column(0, r.Scores.Code(code)), top))
	}
	sum = stat.Sum(c)
	for _, v := range c {
		gap += math.Pow(v/sum-1/float64(len(c)), 2)
	}
	return sum, gap / float64(len(c))
}

// What is found on the top is what a user finds who tries weights in the
// project: no weight a little greater or less does better.
func TestInfluenceOnTop(t *testing.T) {
	type o = map[string]any
	indicators := []string{"a", "b", "c", "d", "e"}
	for _, mean := range []string{"arithmetic-mean", "geometric-mean"} {
		for _, method := range []string{"equal-influence", "infomax"} {
			for _, measure := range []string{"correlation", "rank-correlation"} {
				by := map[string]func(x, y []float64) float64{"correlation": stat.Pearson, "rank-correlation": stat.Spearman}[measure]
				step := o{"method": method, "on": "top", "level": 1.0, "measure": measure}
				found := pillars(t, edit("build.aggregate", mean), edit("build.weights", step))
				sum, gap := reached(found, indicators, by)
				learnt := found.Nodes[len(found.Nodes)-1].Learnt
				if want := map[string]float64{"equal-influence": gap, "infomax": sum}[method]; math.Abs(learnt[0].Value-want) > 1e-12 {
					t.Errorf("%s, %s: it says %v, and reaches %v", mean, method, learnt[0], want)
				}
				declared := pillars(t, edit("build.aggregate", mean))
				if before, was := reached(declared, indicators, by); method == "infomax" && before > sum || method == "equal-influence" && was < gap {
					t.Errorf("%s, %s: the declared weights do better", mean, method)
				}
				for _, code := range indicators {
					for _, times := range []float64{0.98, 1.02} {
						edits := []spec.Edit{edit("build.aggregate", mean)}
						for _, n := range found.Nodes[:len(indicators)] {
							w := n.Weight
							if n.Code == code {
								w *= times
							}
							edits = append(edits, edit("framework."+n.Code+".weight", w))
						}
						s, g := reached(pillars(t, edits...), indicators, by)
						if method == "infomax" && s > sum+1e-9 || method == "equal-influence" && g < gap-1e-9 {
							t.Errorf("%s, %s by %s: %s times %v reaches %v %v, found was %v %v", mean, method, measure, code, times, s, g, sum, gap)
						}
					}
				}
			}
		}
	}
}

// The other levels keep the weights that are declared, and two children of the
// top can always be made equal. The sum of the weights is kept.
func TestInfluenceOnTopOfTwo(t *testing.T) {
	onTop := pillars(t, edit("build.weights", map[string]any{"method": "equal-influence", "on": "top"}))
	declared := pillars(t)
	for i, n := range onTop.Nodes[:5] {
		if n.Weight != declared.Nodes[i].Weight {
			t.Errorf("%s weighs %v, declared is %v", n.Code, n.Weight, declared.Nodes[i].Weight)
		}
	}
	if sum := onTop.Nodes[5].Weight + onTop.Nodes[6].Weight; math.Abs(sum-3) > 1e-12 {
		t.Errorf("the weights add up to %v, declared were 3", sum)
	}
	if _, gap := reached(onTop, []string{"left", "right"}, stat.Pearson); gap > 1e-20 {
		t.Errorf("two can always be made equal, and differ by %v", gap)
	}
}

// A reversed aggregate counts as it is seen from the top.
func TestInfluenceOnTopReversed(t *testing.T) {
	r := pillars(t, edit("framework.right.direction", -1.0), edit("indicators.c.direction", 1.0), edit("build.weights", map[string]any{"method": "infomax", "on": "top", "level": 1.0}))
	if sum := r.Nodes[len(r.Nodes)-1].Learnt[0]; sum.Name != "sum of correlations" || !(sum.Value > 0) {
		t.Errorf("learnt %v", sum)
	}
}

func TestInfluenceOnNoLevel(t *testing.T) {
	s, panel := wide(60, 8, 5)
	s = set(t, s, "build.weights", map[string]any{"method": "infomax", "on": "top", "level": 9.0})
	plan, err := build.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	_, err = plan.Run(panel)
	var ps mizan.Problems
	if !errors.As(err, &ps) || ps[0].ID != "bad-option" || !slices.Contains([]string{"give one from 1 to 2", "give one from 1 to 3"}, ps[0].Remedy) {
		t.Errorf("%v", err)
	}
}
