package audit_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mizan"
	"mizan/audit"
	"mizan/spec"
)

// A pillar that is mirrored and one whose indicators are turned are the same to
// the index, so its audit finds the same: correlations, alpha, components,
// importance, added value, shifts without a component.
func TestReversedIsTurned(t *testing.T) {
	p := project{
		framework: "{code: top, children: [{code: good, children: [{code: a}, {code: b}]}, {code: harm, weight: 2, children: [{code: c}, {code: d}, {code: e}]}]}",
		build:     "normalise: {method: min-max, to: [1, 100]}\naggregate: arithmetic-mean",
		figures: map[string][]float64{
			"a": {3, 1, 4, 1, 5, 9, 2, 6, 5, 3}, "b": {2, 7, 1, 8, 2, 8, 1, 8, 2, 8}, "c": {1, 6, 1, 8, 0, 3, 3, 9, 8, 8},
			"d": {1, 4, 1, 4, 2, 1, 3, 5, 6, 2}, "e": {5, 7, 7, 2, 1, 5, 6, 6, 4, 9}, "size": {1, 2, 3, 9, 8, 7, 4, 5, 6, 10},
		},
	}
	s, panel, _ := p.make(t)
	mirrored := edited(t, s, spec.Edit{Set: "framework.harm.direction", To: -1.0})
	turned := edited(t, s, spec.Edit{Set: "indicators.c.direction", To: -1.0}, spec.Edit{Set: "indicators.d.direction", To: -1.0}, spec.Edit{Set: "indicators.e.direction", To: -1.0})
	one, other := audited(t, mirrored, panel, run(t, mirrored, panel)), audited(t, turned, panel, run(t, turned, panel))
	near := cmp.Options{
		cmpopts.EquateNaNs(), cmpopts.EquateApprox(0, 1e-9),
		cmp.Comparer(func(a, b mizan.Number) bool {
			x, y := float64(a), float64(b)
			return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) < 1e-9
		}),
	}
	for what, pair := range map[string][2]any{
		"groups":         {one.Groups, other.Groups},
		"across":         {one.Across, other.Across},
		"importance":     {one.Importance, other.Importance},
		"added value":    {one.AddedValue, other.AddedValue},
		"leave one out":  {one.LeaveOneOut, other.LeaveOneOut},
		"compensability": {one.Compensability[0], other.Compensability[0]},
	} {
		if diff := cmp.Diff(pair[0], pair[1], near); diff != "" {
			t.Errorf("%s (-mirrored +turned)\n%s", what, diff)
		}
	}
	if findingsOf(one) != findingsOf(other) {
		t.Errorf("findings\n%s\nturned\n%s", findingsOf(one), findingsOf(other))
	}
	// With size scores correlate as they are: harm has the opposite sign.
	for i, c := range one.Size {
		sign := mizan.Number(1)
		switch c.Code {
		case "c", "d", "e", "harm":
			sign = -1
		}
		if d := c.R - sign*other.Size[i].R; math.Abs(float64(d)) > 1e-9 || other.Size[i].Code != c.Code {
			t.Errorf("%s correlates at %v with size, turned at %v", c.Code, c.R, other.Size[i].R)
		}
	}
}

func edited(t *testing.T, s *spec.Spec, edits ...spec.Edit) *spec.Spec {
	t.Helper()
	out, err := s.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// findingsOf lists the findings of an audit, but for those about size and
// about means at all levels, in which the two projects differ.
func findingsOf(r *audit.Result) string {
	text := ""
	for _, c := range r.Checks {
		for _, f := range c.Findings {
			if c.ID != "size-bias" && c.ID != "compensability" {
				text += f.ID + ": " + f.Message + "\n"
			}
		}
	}
	return text
}
