package scenario_test

import (
	"fmt"
	"testing"

	"mizan/scenario"
	"mizan/spec"
)

// BenchmarkScenarios tries 20 scenarios of the flagship project on 10,000 draws
// each: figures scaled by a drawn factor, losses, links, a weight, an alliance
// as one.
func BenchmarkScenarios(b *testing.B) {
	type m = map[string]any
	var list []any
	for i := range 20 {
		one := m{"id": fmt.Sprintf("s%d", i), "unit": "RUS"}
		x := []any{m{"id": "x", "text": "a share", "distribution": m{"triangular": []any{0.1, 0.3, 0.8}}}}
		switch i % 5 {
		case 0:
			one["assumptions"], one["edits"] = x, []any{m{"indicators": []any{"gh_devs", "rd_gdp"}, "units": "RUS", "op": "scale", "value": "x"}}
		case 1:
			one["assumptions"], one["edits"] = x, []any{m{"supply": "accelerators", "homes": "USA", "rerouting": "x", "indicators": "top500_rmax", "units": []any{"RUS", "CHN", "IND"}}}
		case 2:
			one["assumptions"], one["edits"] = x, []any{m{"dependence": "x", "indicators": "gdp_usd", "units": "RUS"}}
			one["links"] = []any{m{"from": "gdp_usd", "to": "ai_invest_eto", "elasticity": 1.0}}
		case 3:
			one["edits"] = []any{m{"set": "framework.investment.weight", "to": float64(3 + i)}}
		case 4:
			one["edits"] = []any{m{"unite": []string{"brics", "russia-china", "sco", "g7"}[i/5]}}
		}
		list = append(list, one)
	}
	r := aiRace(b, spec.Edit{Set: "scenarios", To: list})
	for b.Loop() {
		try(b, r, scenario.Options{})
	}
}
