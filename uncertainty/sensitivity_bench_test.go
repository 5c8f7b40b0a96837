package uncertainty_test

import (
	"testing"

	"mizan/uncertainty"
)

// BenchmarkSensitivity is what an analysis of the flagship project costs in
// all: drawn, evaluated, ranked, summed for every unit, resampled. Beside it,
// what as many plain draws of BenchmarkDraws cost is the yardstick.
func BenchmarkSensitivity(b *testing.B) {
	vary := []any{
		m{"weights": m{"spread": 0.25}},
		m{"choose": "build.aggregate", "from": []any{"arithmetic-mean", "geometric-mean"}},
		m{"choose": "build.impute", "from": []any{"as-is", "none"}},
	}
	for _, c := range []struct {
		name string
		o    uncertainty.SensitivityOptions
	}{
		{"sobol", uncertainty.SensitivityOptions{Tolerance: -1}},
		{"sobol-by-input", uncertainty.SensitivityOptions{Tolerance: -1, By: uncertainty.ByInput}},
		{"morris-by-input", uncertainty.SensitivityOptions{Method: uncertainty.Morris, By: uncertainty.ByInput}},
		{"pawn", uncertainty.SensitivityOptions{Method: uncertainty.PAWN}},
	} {
		b.Run(c.name, func(b *testing.B) {
			model := aiRace(b, section(vary...)).model(b)
			if err := model.Check(); err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			before, draws := processor(), 0
			for b.Loop() {
				r, err := model.Sensitivity(c.o)
				if err != nil {
					b.Fatal(err)
				}
				draws += r.Account.Requested
			}
			report(b, draws, before)
		})
	}
}
