package build

import (
	"math"
	"testing"

	"mizan"
)

// longTail draws n figures with a long tail, the same every time.
func longTail(n int, seed uint64) []float64 {
	x := make([]float64, n)
	for i := range x {
		seed = seed*6364136223846793005 + 1442695040888963407
		x[i] = math.Exp(float64(seed>>11) / (1 << 53) * 8)
	}
	return x
}

const manyUnits = 100_000

// BenchmarkTransforms fits and applies each treatment and normalisation on a
// column of 100,000 units.
func BenchmarkTransforms(b *testing.B) {
	x := longTail(manyUnits, 1)
	y := make([]float64, len(x))
	for _, e := range entries() {
		if e.Stage != mizan.Treat && e.Stage != mizan.Normalise {
			continue
		}
		more := map[string]any{}
		if e.Name == "distance-to-target" {
			more["target"] = 1e6
		}
		opts := optionsFor(b, e, more)
		b.Run(string(e.Stage)+"/"+e.Name, func(b *testing.B) {
			for b.Loop() {
				var f Transform
				var err error
				if e.Stage == mizan.Treat {
					var t Treater
					if t, err = e.NewTreater(opts); err == nil {
						f, err = t.FitTreat(x)
					}
				} else {
					var n Normaliser
					if n, err = e.NewNormaliser(opts); err == nil {
						f, err = n.FitNormalise(x, 1)
					}
				}
				if err != nil {
					b.Fatal(err)
				}
				applyTo(f, y, x)
			}
		})
	}
}

// BenchmarkAggregates makes one aggregate of 49 children for 100,000 units.
func BenchmarkAggregates(b *testing.B) {
	g := &Group{Parent: "top", Units: make([]string, manyUnits)}
	for i := range 49 {
		g.Children = append(g.Children, "c")
		g.X = append(g.X, longTail(manyUnits, uint64(i)))
		g.W = append(g.W, 1+float64(i%3))
	}
	out := make([]float64, manyUnits)
	for _, e := range entries() {
		if e.Stage != mizan.Aggregate {
			continue
		}
		opts := optionsFor(b, e, nil)
		b.Run(e.Name, func(b *testing.B) {
			ag, err := e.NewAggregator(opts)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := ag.Aggregate(g, out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
