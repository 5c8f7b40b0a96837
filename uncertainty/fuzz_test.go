package uncertainty_test

import (
	"testing"

	"mizan/build"
	"mizan/dataset"
	"mizan/spec"
	"mizan/uncertainty"
)

// FuzzSection: whatever stands under `uncertainty`, it is refused with words or
// drawn; nothing panics, and every draw is accounted for.
func FuzzSection(f *testing.F) {
	for _, section := range kinds {
		f.Add(section)
	}
	f.Add("{preset: jrc-25, failed: count, seed: 9007199254740991}")
	f.Add("{preset: gii, vary: [{weights: {bounds: {left: [0, 0], right: [0, 1e300]}}}]}")
	f.Add("{vary: [{weights: {dirichlet: 1e-300}}, {drop: [a, b, c, d, e], nothing: 0}]}")
	f.Add("{vary: [{range: build.treat.max_points, between: [-1e18, 1e18], whole: true}]}")
	f.Add("{vary: [{error: {sd: {a: 1e308}, relative: 1e300}}, {choose: build.aggregate, from: [geometric-mean, as-is]}]}")
	f.Fuzz(func(t *testing.T, section string) {
		all := files("uncertainty: " + section + "\n")
		s, err := spec.Parse("mizan.yaml", all["mizan.yaml"].Data)
		if err != nil || s.Uncertainty == nil {
			return
		}
		read := func(s *spec.Spec) (*project, error) {
			panel, _, err := dataset.Load(s, all)
			return &project{all, s, panel}, err
		}
		p, err := read(s)
		if err != nil {
			return
		}
		plan, err := build.Compile(s)
		if err != nil {
			return
		}
		result, err := plan.Run(p.panel)
		if err != nil {
			return
		}
		m, err := uncertainty.New(s, p.panel, result, uncertainty.Options{Load: p.read})
		if err != nil || m.Check() != nil {
			return
		}
		state, err := m.Run(uncertainty.RunOptions{To: 6, Workers: 1}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r := m.Result(state); r.Kept+r.Failed != 6 {
			t.Errorf("%d kept and %d failed of 6", r.Kept, r.Failed)
		}
		for _, method := range []string{uncertainty.Sobol, uncertainty.Morris, uncertainty.PAWN} {
			r, err := m.Sensitivity(uncertainty.SensitivityOptions{Method: method, Draws: 100, Workers: 1})
			if err == nil && r.Account.Kept+r.Account.Failed != r.Account.Requested {
				t.Errorf("%s: %+v", method, r.Account)
			}
		}
	})
}
