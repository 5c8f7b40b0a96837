package alliance_test

import (
	"testing"

	"mizan/alliance"
)

// BenchmarkShapley: the pooled score of 20 units of the AI race, every one of
// their 2^20 coalitions; and that of the 27 of the European Union, from 200
// circles.
func BenchmarkShapley(b *testing.B) {
	st := raceStudy(b, alliance.Options{})
	members := st.Units()[:20]
	b.Run("exact-20", func(b *testing.B) {
		for b.Loop() {
			v, err := alliance.ExactScores(st, members)
			if err != nil {
				b.Fatal(err)
			}
			alliance.Shapley(v)
		}
	})
	eu, err := st.Alliance("eu")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("sampled-27", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := alliance.SampledScores(st, st.Pooled(eu), 200, 1); err != nil {
				b.Fatal(err)
			}
		}
	})
}
