package uncertainty_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/uncertainty"

	"pgregory.net/rapid"
)

// sections draws a section with up to four kinds of factors together.
func sections(t *rapid.T) string {
	names := slices.Sorted(maps.Keys(kinds))
	var items []string
	for range rapid.IntRange(1, 4).Draw(t, "factors") {
		name := rapid.SampledFrom(names).Draw(t, "kind")
		list := strings.TrimSuffix(strings.TrimPrefix(kinds[name], "{vary: ["), "]}")
		items = append(items, list)
	}
	failed := rapid.SampledFrom([]string{"refuse", "count"}).Draw(t, "failed")
	return "uncertainty: {seed: " + rapid.StringMatching(`[0-9]{1,6}`).Draw(t, "seed") + ", failed: " + failed + ", vary: [" + strings.Join(items, ", ") + "]}\n"
}

// Whatever varies together, uncertainty and PAWN, which looks at the same draws,
// account for the same draws and have the same means; and what can be refused is
// refused by both, with words.
func TestUncertaintyAndSensitivityAgree(t *testing.T) {
	const draws = 48
	rapid.Check(t, func(rt *rapid.T) {
		section := sections(rt)
		p := load(t, files(section))
		model, err := uncertainty.New(p.spec, p.panel, p.build(t), uncertainty.Options{Load: p.read})
		if err != nil {
			told(rt, err)
			return
		}
		s, err := model.Sensitivity(uncertainty.SensitivityOptions{Method: uncertainty.PAWN, Draws: draws, By: uncertainty.ByInput})
		if check := model.Check(); (check != nil) != (err != nil) {
			rt.Fatalf("check: %v; sensitivity: %v\n%s", check, err, section)
		}
		if err != nil {
			told(rt, err)
			return
		}
		state, err := model.Run(uncertainty.RunOptions{To: draws}, nil)
		if err != nil {
			rt.Fatal(err)
		}
		u := model.Result(state)
		if u.Kept != s.Account.Kept || u.Failed != s.Account.Failed || u.Made != draws {
			rt.Fatalf("uncertainty kept %d and failed %d of %d, sensitivity %+v\n%s", u.Kept, u.Failed, u.Made, s.Account, section)
		}
		same := func(what string, a, b mizan.Number) {
			if math.Abs(float64(a-b)) > 1e-9 || (a == a) != (b == b) {
				rt.Fatalf("%s: %v by uncertainty, %v by sensitivity\n%s", what, a, b, section)
			}
		}
		same("R_S", u.Shift.Mean, s.Overall.Mean)
		same("its deviation", u.Shift.SD, s.Overall.SD)
		for _, unit := range s.Units {
			at := slices.IndexFunc(u.Units, func(x uncertainty.Unit) bool { return x.Unit == unit.Unit })
			same(unit.Unit, u.Units[at].Mean, unit.Mean)
		}
	})
}

// told checks that an error says what and what to do.
func told(t *rapid.T, err error) {
	var ps mizan.Problems
	if !errors.As(err, &ps) {
		t.Fatalf("no problem: %v", err)
	}
	for _, p := range ps {
		if p.Cause == "" || p.Remedy == "" || p.ID == "" {
			t.Fatalf("a problem without words: %+v", p)
		}
	}
}

// Whatever varies together: every method accounts for its draws, total indices
// are at least 0, the least of the effects and the bytes do not hang on the
// number of workers.
func TestSensitivityTogether(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		section := sections(rt)
		p := load(t, files(section))
		model, err := uncertainty.New(p.spec, p.panel, p.build(t), uncertainty.Options{Load: p.read})
		if err != nil {
			told(rt, err)
			return
		}
		o := uncertainty.SensitivityOptions{
			Method:      rapid.SampledFrom([]string{uncertainty.Sobol, uncertainty.Morris}).Draw(rt, "method"),
			By:          rapid.SampledFrom([]string{uncertainty.ByFactor, uncertainty.ByLevel, uncertainty.ByInput}).Draw(rt, "by"),
			Draws:       rapid.IntRange(1, 400).Draw(rt, "draws"),
			SecondOrder: rapid.Bool().Draw(rt, "pairs"),
			Workers:     1,
		}
		one, err := model.Sensitivity(o)
		if err != nil {
			told(rt, err)
			return
		}
		if a := one.Account; a.Requested != a.Kept+a.Failed || a.Requested > o.Draws || a.Requested == 0 {
			rt.Fatalf("%+v of %d", a, o.Draws)
		}
		for _, target := range append(one.Units, one.Overall) {
			for _, e := range target.Effects {
				if e.Sobol != nil && (e.Sobol.Total < 0 || target.SD > 0 && e.Rows > 0 && e.Sobol.Total != e.Sobol.Total) {
					rt.Fatalf("%s of %q: %+v\n%s", e.Factor, target.Unit, e.Sobol, section)
				}
				if e.Morris != nil && math.Abs(float64(e.Morris.Mean)) > float64(e.Morris.Strength)+1e-9 {
					rt.Fatalf("%s of %q: %+v\n%s", e.Factor, target.Unit, e.Morris, section)
				}
			}
		}
		o.Workers = 3
		three, err := model.Sensitivity(o)
		if err != nil {
			rt.Fatal(err)
		}
		a, _ := json.Marshal(one)
		b, _ := json.Marshal(three)
		if !bytes.Equal(a, b) {
			rt.Fatalf("three workers give other bytes\n%s", section)
		}
	})
}
