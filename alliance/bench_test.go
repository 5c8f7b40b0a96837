package alliance_test

import (
	"fmt"
	"testing"

	"mizan"
	"mizan/alliance"
)

// BenchmarkShapley: the pooled score of 20 units of the AI race, every one of
// their 2^20 coalitions; what they have of a chain; and the pooled score of the 27 of the European Union, from 200
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
	// The same by what each has of a chain of 113 goods, figures made up.
	chain := &mizan.Supply{Code: "chain", Provision: true, Units: st.Units(), Inside: len(st.Units()), Years: []int{2023}}
	for g := range 113 {
		chain.Goods = append(chain.Goods, mizan.Good{Code: fmt.Sprintf("g%03d", g)})
		chain.Stages = append(chain.Stages, mizan.SupplyStage{Code: chain.Goods[g].Code, Goods: []int{g}})
		for u := range 20 {
			chain.Rows = append(chain.Rows, mizan.SupplyRow{Year: 2023, Unit: int32(u), Supplier: -1, Good: int32(g), Quantity: float64((g + 1) * (u + 7) % 11)})
		}
	}
	b.Run("chain-20", func(b *testing.B) {
		for b.Loop() {
			alliance.Shapley(alliance.ExactChain(st, members, chain))
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

// BenchmarkSearch: alliances of up to five of 88 ranked units of the AI race
// that pass a score which none does, so that all 41.6 million combinations have
// to be valued or excluded; and those that pass the United States.
func BenchmarkSearch(b *testing.B) {
	st := raceStudy(b, alliance.Options{})
	for _, s := range []struct {
		name string
		goal alliance.Goal
	}{{"score=103", alliance.Goal{Score: 103}}, {"pass=USA", alliance.Goal{Unit: "USA"}}} {
		b.Run(s.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := st.Search(nil, alliance.Search{Goal: s.goal}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDraws: the twelve alliances of the AI race in 10,000 draws of
// weights.
func BenchmarkDraws(b *testing.B) {
	plain := raceStudy(b, alliance.Options{})
	draws := newWeightDraws(b, alliance.ResultOf(plain), 15_000, false) // a third of them fails
	draws.year = plain.Year()
	st := raceStudy(b, alliance.Options{Draws: draws})
	for b.Loop() {
		st.Overview()
	}
}
