package engine_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mizan/alliance"
)

// plain is a value as its document has it.
func plain(t *testing.T, v any) any {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var p any
	if err := json.Unmarshal(b, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// What the draws say of an alliance is the same whether all are drawn at once or
// each when it is asked for.
func TestAlliancesDrawnTogether(t *testing.T) {
	r := build(t, "ai-race")
	r.Spec.Uncertainty.Draws = 200
	draws, err := r.Draws(0)
	if err != nil {
		t.Fatal(err)
	}
	study := func(whole bool) *alliance.Study {
		st, err := r.Alliances(alliance.Options{Draws: draws, Whole: whole})
		if err != nil {
			t.Fatal(err)
		}
		return st
	}
	same := func(what string, got, want any) {
		t.Helper()
		if d := cmp.Diff(plain(t, want), plain(t, got), cmpopts.EquateApprox(1e-11, 1e-11)); d != "" {
			t.Errorf("%s: apart (-), together (+):\n%.2000s", what, d)
		}
	}
	together, apart := study(true), study(false)
	same("the overview", together.Overview(), apart.Overview())
	few := alliance.Sampling{MaxExact: 4, Circles: 10}
	for _, a := range r.Spec.Alliances {
		g, err := apart.Alliance(a.Code)
		if err != nil {
			t.Fatal(err)
		}
		want, err := apart.Detail(g, few)
		if err != nil {
			t.Fatal(err)
		}
		got, err := together.Detail(g, few)
		if err != nil {
			t.Fatal(err)
		}
		if want.Interval == nil || want.Interval.Draws == 0 {
			t.Fatalf("%s has no interval", a.Code)
		}
		same(a.Code, got, want)
	}
	chn, err := together.Named([]string{"CHN", "RUS"})
	if err != nil {
		t.Fatal(err)
	}
	if d, err := together.Detail(chn, few); err != nil || d.Interval == nil {
		t.Errorf("units that were named: %v", err)
	}
}
