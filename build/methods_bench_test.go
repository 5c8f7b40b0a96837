package build

import (
	"fmt"
	"math"
	"slices"
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
	y, units := make([]float64, len(x)), letters(len(x))
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
						f, err = fitNormalise(n, x, units, 1)
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

// drawn is a group of children with long tails and three different weights.
func drawn(units, children int) *Group {
	g := &Group{Parent: "top", Units: make([]string, units)}
	for i := range children {
		g.Children = append(g.Children, fmt.Sprint("c", i))
		g.X = append(g.X, longTail(units, uint64(i)))
		g.W = append(g.W, 1+float64(i%3))
	}
	return g
}

// BenchmarkAggregates makes one aggregate of 49 children for 100,000 units;
// methods that compare every pair of units have their own benchmarks.
func BenchmarkAggregates(b *testing.B) {
	g := drawn(manyUnits, 49)
	out := make([]float64, manyUnits)
	for _, e := range entries() {
		if e.Stage != mizan.Aggregate || e.Name == "copeland" || e.Name == "benefit-of-the-doubt" {
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

// BenchmarkCopeland lets 5,000 units meet one another in 50 children, with
// equal and with unequal weights.
func BenchmarkCopeland(b *testing.B) {
	g := drawn(5000, 50)
	gaps := drawn(5000, 50)
	even := drawn(5000, 50)
	for i := range gaps.X {
		gaps.X[i][i] = nan
		even.W[i] = 1
	}
	for _, tt := range []struct {
		name string
		g    *Group
	}{{"unequal", g}, {"gaps", gaps}, {"equal", even}} {
		benchmarkAggregate(b, tt.name, "copeland", tt.g)
	}
}

// BenchmarkBenefit finds the best weights of 200 units over 30 children.
func BenchmarkBenefit(b *testing.B) {
	benchmarkAggregate(b, "200x30", "benefit-of-the-doubt", drawn(200, 30))
}

func benchmarkAggregate(b *testing.B, name, method string, g *Group) {
	ag := aggregator(b, method, map[string]any{})
	out := make([]float64, len(g.Units))
	b.Run(name, func(b *testing.B) {
		for b.Loop() {
			if err := ag.Aggregate(g, out); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkWeights makes weights of 30 children from 200 units.
func BenchmarkWeights(b *testing.B) {
	g := drawn(200, 30)
	outcome := longTail(200, 99)
	g.Outcome = func(string) ([]float64, bool) { return outcome, true }
	for _, method := range []string{"principal-components", "factor-analysis", "equal-influence", "entropy", "critic", "regression"} {
		given := map[string]any{}
		if method == "regression" {
			given["outcome"] = "outcome"
		}
		w := weigher(b, method, given)
		b.Run(method, func(b *testing.B) {
			for b.Loop() {
				if _, err := w.Weigh(g); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkEM fits 60 indicators of 200 units, a tenth of the figures missing.
func BenchmarkEM(b *testing.B) { benchmarkImputer(b, "em") }

// BenchmarkImputers fills the gaps of 60 indicators of 200 units by every
// method that looks at one year.
func BenchmarkImputers(b *testing.B) {
	for _, e := range entries() {
		if e.Stage == mizan.Impute && e.Name != "em" && !slices.ContainsFunc(e.Options, func(o mizan.Option) bool { return o.Name == "over" }) {
			b.Run(e.Name, func(b *testing.B) { benchmarkImputer(b, e.Name) })
		}
	}
}

// benchmarkImputer fills 200 units by 60 indicators, which have three causes
// in common and something of their own.
func benchmarkImputer(b *testing.B, method string) {
	const units, indicators = 200, 60
	m := &Matrix{Units: letters(units)}
	labels := make([]string, units)
	for u := range labels {
		labels[u] = []string{"north", "south", "east", "west"}[u%4]
	}
	m.Groups = func(string) ([]string, bool) { return labels, true }
	draws := longTail(units*(indicators+3), 7)
	for i := range draws {
		draws[i] = math.Log(draws[i])
	}
	for c := range indicators {
		x := make([]float64, units)
		for u := range x {
			x[u] = draws[u*3]*float64(1+c%3) + draws[u*3+1]*float64(c%5) + draws[u*3+2]*float64(c%7) + draws[3*units+c*units+u]
			if c > 0 && mix(uint64(u*indicators+c))%10 == 0 {
				x[u] = nan
			}
		}
		m.Codes = append(m.Codes, fmt.Sprint("x", c+1))
		m.Columns = append(m.Columns, x)
	}
	e, ok := entry(mizan.Impute, method)
	if !ok {
		b.Fatalf("no method %s", method)
	}
	more := map[string]any{}
	if method == "em" {
		more["ridge"] = 0.0
	}
	im, err := e.NewImputer(optionsFor(b, e, more))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		filled := *m
		filled.Columns = observed(m)
		if err := im.Impute(&filled); err != nil {
			b.Fatal(err)
		}
	}
}
