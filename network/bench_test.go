package network_test

import (
	"testing"

	"mizan/network"
)

// BenchmarkCentralities compares each measure with the strength of the same
// network, the AI articles of 2023.
func BenchmarkCentralities(b *testing.B) {
	g := realGraph(b, "ai-articles", "2023", false)
	for _, c := range []struct {
		name string
		of   func() []float64
	}{
		{"strength", g.Strength},
		{"betweenness", func() []float64 { return g.Betweenness(false) }},
		{"betweenness-weighted", func() []float64 { return g.Betweenness(true) }},
		{"closeness-weighted", func() []float64 { return g.Closeness(true) }},
		{"pagerank", func() []float64 { return g.PageRank(network.Damping) }},
		{"eigenvector", g.Eigenvector},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				c.of()
			}
		})
	}
	b.Run("louvain", func(b *testing.B) {
		for b.Loop() {
			g.Louvain(1, 1, 1)
		}
	})
}
