package uncertainty_test

import (
	"syscall"
	"testing"
	"time"

	"mizan/spec"
	"mizan/uncertainty"
)

// section replaces what a project says of its uncertainty.
func section(vary ...any) spec.Edit {
	return spec.Edit{Set: "uncertainty", To: map[string]any{"draws": 1e9, "vary": vary}}
}

type m = map[string]any

var benchmarks = []struct {
	name string
	vary []any
}{
	{"weights", []any{m{"weights": m{"spread": 0.25}}}},
	{"weights-and-means", []any{m{"weights": m{"spread": 0.25}}, m{"choose": "framework.aggregate", "from": []any{"arithmetic-mean", "geometric-mean"}}}},
	{"structures", []any{
		m{"weights": m{"spread": 0.25}},
		m{"choose": "build.aggregate", "from": []any{"arithmetic-mean", "geometric-mean"}},
		m{"choose": "build.impute", "from": []any{"as-is", "none"}},
		m{"choose": "build.treat", "from": []any{"as-is", "none"}},
		m{"choose": "build.normalise.to", "from": []any{[]any{1.0, 100.0}, []any{10.0, 100.0}}},
	}},
	{"pillars", []any{m{"weights": m{"within": 0.1, "codes": []any{"implementation", "innovation", "investment"}}}}},
	{"rebuilt", []any{m{"weights": m{"spread": 0.25}}, m{"error": m{"relative": 0.02}}}},
	{"respelt", []any{m{"weights": m{"spread": 0.25}}, m{"range": "build.screen.min_coverage", "between": []any{0.6, 0.7}}}},
}

// BenchmarkDraws is how long a draw of the flagship project takes, drawn,
// evaluated, ranked and counted.
func BenchmarkDraws(b *testing.B) {
	for _, c := range benchmarks {
		b.Run(c.name, func(b *testing.B) {
			model := aiRace(b, section(c.vary...)).model(b)
			if err := model.Check(); err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			before := processor()
			if _, err := model.Run(uncertainty.RunOptions{To: b.N}, nil); err != nil {
				b.Fatal(err)
			}
			report(b, b.N, before)
		})
	}
}

// processor is the time that this process has had on processors, which says
// more than the clock where others use them too.
func processor() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// report tells draws a second, and draws a second of processor time.
func report(b *testing.B, draws int, before time.Duration) {
	b.ReportMetric(float64(draws)/b.Elapsed().Seconds(), "draws/s")
	b.ReportMetric(float64(draws)/(processor()-before).Seconds(), "draws/cpu-s")
}
