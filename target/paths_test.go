package target_test

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mizan/spec"
	"mizan/target"
)

// Values 10, 12, 10, 12, 10 change by +2 and -2 around no drift; for four
// changes they are scaled by sqrt(4/3) to c = 2.309. A year ahead the value is
// 10 + mean of four draws + a draw, each draw c or -c. It is at least 10.1 if
// the last is +c and not all four are -c: 15/16 of a half.
func TestPathsByHand(t *testing.T) {
	tr := run(t, `projections: {models: [linear], paths: 200000}
targets: [{id: x, unit: FRA, baseline: {2015: 10}, observations: {2016: 12, 2017: 10, 2018: 12, 2019: 10}, target: {2020: 10.1}}]
`, "").Targets[0]
	e := tr.Ensemble
	near(t, "probability", float64(e.Probability), 15.0/32, 5*math.Sqrt(15.0/32*17.0/32/200000))
	near(t, "error", float64(e.Error), math.Sqrt(15.0/32*17.0/32/200000), 1e-5)
	c := 2 * math.Sqrt(4.0/3)
	// The greatest values are 10 + c + c (1/32) and 10 + c/2 + c (4/32).
	near(t, "95 %", float64(e.Fan[0].P95), 10+1.5*c, 1e-9)
	near(t, "5 %", float64(e.Fan[0].P05), 10-1.5*c, 1e-9)
	if e.Changes != 4 || e.Few {
		t.Errorf("%d changes, few: %t", e.Changes, e.Few)
	}
}

// A series that goes on without any change of its pace is foretold surely, by
// each model on its own scale.
func TestSureModels(t *testing.T) {
	for _, c := range []struct {
		model, record string
		want          float64
	}{
		{"linear", "observations: {2016: 12, 2017: 14, 2018: 16}, target: {2021: 22}", 22},
		{"growth", "observations: {2016: 20, 2017: 40, 2018: 80}, target: {2021: 600}", 640},
		{"damped", "observations: {2016: 20, 2017: 40, 2018: 80}, target: {2020: 200}", 80 * math.Pow(2, 0.5+0.25)},
		{"logistic", "natural_limit: 110, observations: {2016: 18.333333333333332, 2017: 31.42857142857143, 2018: 48.888888888888886}, target: {2019: 60}", 110 / (1 + 10/16.0)},
	} {
		tr := run(t, fmt.Sprintf("projections: {models: [%s], paths: 100, damping: 0.5}\ntargets: [{id: x, unit: FRA, baseline: {2015: 10}, %s}]\n", c.model, c.record), "").Targets[0]
		fan := tr.Ensemble.Fan
		last := fan[len(fan)-1]
		near(t, c.model, float64(last.P05), c.want, 1e-6*c.want)
		near(t, c.model, float64(last.P95), c.want, 1e-6*c.want)
	}
}

// The paths of a target hang neither on its neighbours nor on the number of
// processors, and do on the seed.
func TestPathsAreTheirOwn(t *testing.T) {
	const x = "  - {id: x, unit: FRA, baseline: {2015: 10}, observations: {2016: 12, 2017: 15, 2018: 13, 2019: 19}, target: {2025: 30}}\n"
	const y = "  - {id: y, unit: FRA, baseline: {2015: 10}, observations: {2016: 12, 2017: 15, 2018: 13, 2019: 19}, target: {2025: 30}}\n"
	alone := run(t, "targets:\n"+x, "").Targets[0]
	old := runtime.GOMAXPROCS(1)
	both := run(t, "targets:\n"+y+x, "").Targets
	runtime.GOMAXPROCS(old)
	if d := cmp.Diff(document(t, alone.Ensemble), document(t, both[1].Ensemble)); d != "" {
		t.Errorf("(-alone +beside another)\n%s", d)
	}
	if both[0].Ensemble.Probability == both[1].Ensemble.Probability {
		t.Error("two targets share their paths")
	}
	if other := run(t, "projections: {seed: 7}\ntargets:\n"+x, "").Targets[0]; other.Ensemble.Probability == alone.Ensemble.Probability {
		t.Error("the seed changes nothing")
	}
}

func TestPathsBehave(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "observations")
		var obs []string
		for i := range n {
			obs = append(obs, fmt.Sprintf("%d: %v", 2016+i, rapid.Float64Range(1, 99).Draw(t, "value")))
		}
		goal := rapid.Float64Range(1, 99).Draw(t, "goal")
		record := func(id string, goal float64) string {
			return fmt.Sprintf("  - {id: %s, unit: FRA, natural_limit: 100, baseline: {2015: 50}, observations: {%s}, target: {2030: %v}}\n", id, strings.Join(obs, ", "), goal)
		}
		s, err := spec.Parse("mizan.yaml", []byte(head+"projections: {paths: 400}\ntargets:\n"+record("x", goal)))
		if err != nil {
			t.Fatal(err)
		}
		r, err := target.Run(s, nil, target.Options{})
		if err != nil {
			t.Fatal(err)
		}
		e := r.Targets[0].Ensemble
		if p := float64(e.Probability); !(p >= 0 && p <= 1) {
			t.Fatalf("probability %v", p)
		}
		for _, f := range e.Fan {
			q := []float64{float64(f.P05), float64(f.P25), float64(f.P50), float64(f.P75), float64(f.P95)}
			if !slices.IsSorted(q) || q[4] > 100 {
				t.Fatalf("fan %v", q)
			}
		}
		s, _ = spec.Parse("mizan.yaml", []byte(head+"projections: {paths: 400}\ntargets:\n"+record("x", goal/2)))
		if easier, _ := target.Run(s, nil, target.Options{}); easier.Targets[0].Ensemble.Probability < e.Probability {
			t.Fatal("an easier target is less likely")
		}
	})
}

// Of a total the paths are of the flow, and the sum decides.
func TestPathsOfASum(t *testing.T) {
	tr := run(t, `projections: {models: [linear], paths: 100}
targets: [{id: x, unit: FRA, kind: cumulative, baseline: {2015: 10}, observations: {2016: 12, 2017: 14, 2018: 16}, target: {2017: 20, 2020: 82}}]
`, "").Targets[0]
	// 12 + 14 + 16 so far, then 18 and 20: 80.
	near(t, "sum", float64(tr.Ensemble.FanSum[1].P50), 80, 1e-9)
	near(t, "flow", float64(tr.Ensemble.Fan[1].P50), 20, 1e-9)
	near(t, "probability", float64(tr.Ensemble.Probability), 0, 0)
}

func TestMilestones(t *testing.T) {
	tr := run(t, `projections: {models: [linear], paths: 100}
targets: [{id: x, unit: FRA, baseline: {2015: 10}, observations: {2016: 12, 2017: 14, 2018: 16}, target: {2019: 17, 2020: 21, 2021: 22}}]
`, "").Targets[0]
	want := []target.Milestone{{Year: 2019, Value: 17, Probability: 1}, {Year: 2020, Value: 21, Probability: 0}}
	if d := cmp.Diff(want, tr.Ensemble.Milestones); d != "" {
		t.Error(d)
	}
}
