package target_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"mizan/spec"
	"mizan/target"
)

// BenchmarkRun follows 500 targets of ten observations and seven years ahead by
// 10,000 paths each: growth, six methods, four models, a fan per year. The
// subject "methods" draws 100 paths, so that the difference is that of paths.
func BenchmarkRun(b *testing.B) {
	var text strings.Builder
	text.WriteString(head + "targets:\n")
	for i := range 500 {
		fmt.Fprintf(&text, "  - {id: t%d, unit: FRA, natural_limit: 100, baseline: {2014: 10}, observations: {", i)
		for k := range 9 {
			fmt.Fprintf(&text, "%d: %.2f, ", 2015+k, 11+float64(k)+2*math.Sin(float64(i*k)))
		}
		text.WriteString("}, target: {2030: 40}}\n")
	}
	s, err := spec.Parse("mizan.yaml", []byte(text.String()))
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		paths int
	}{{"methods", 100}, {"500x10000", 10_000}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				r, err := target.Run(s, nil, target.Options{Paths: c.paths})
				if err != nil || r.Targets[499].Ensemble == nil {
					b.Fatal(err)
				}
			}
		})
	}
}
