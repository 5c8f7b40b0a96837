package alliance

import (
	"fmt"
	"os"
	"testing"
	"time"

	"mizan/build"
	"mizan/dataset"
	"mizan/spec"
)

func scratchStudy(t testing.TB) *Study {
	text, _ := os.ReadFile("../projects/ai-race/mizan.yaml")
	s, err := spec.Parse("mizan.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	panel, _, err := dataset.Load(s, os.DirFS("../projects/ai-race"))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := build.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	r, err := plan.Run(panel)
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(s, panel); err != nil {
		t.Fatal(err)
	}
	st, err := New(s, panel, r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func TestScratchShapley(t *testing.T) {
	st := scratchStudy(t)
	p := st.pooler
	pillars := pillarsOf(p.result.Nodes)
	for _, code := range []string{"brics", "g7", "eu", "oecd", "russia-china", "us-allies", "sco", "ai-alliance-network"} {
		g, err := st.Alliance(code)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := st.Standing(g)
		top := s.Scores[p.top]
		fmt.Printf("%s %d members score %.2f rank %d gap %.2f\n", code, len(g.at), top.Score, top.Rank, top.Gap)
		f := &field{p: p, members: g.at, games: []game{scoreGame("score", p.top), bestOfGame(p, pillars), reachGame(p, 3)}}
		if len(g.at) <= 12 {
			v, err := f.exact()
			if err != nil {
				t.Fatal(err)
			}
			if v[0][len(v[0])-1] != float64(top.Score) {
				t.Error("not equal", v[0][len(v[0])-1], top.Score)
			}
			for k := range v {
				fmt.Print("  ", f.games[k].code)
				for i, x := range Shapley(v[k]) {
					fmt.Printf(" %s %.2f", p.result.Units[g.at[i]], x)
				}
				fmt.Println()
			}
		} else {
			at := time.Now()
			e, err := f.sampled(200, 1)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Println(time.Since(at))
			for k := range e {
				fmt.Print("  ", f.games[k].code)
				for i, x := range e[k] {
					fmt.Printf(" %s %.2f±%.2f", p.result.Units[g.at[i]], x.Value, x.StandardError)
				}
				fmt.Println()
			}
		}
	}
	f := &field{p: p, members: []int{0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45, 48, 51, 54, 57}, games: []game{scoreGame("score", p.top)}}
	at := time.Now()
	v, err := f.exact()
	fmt.Println("exact 20:", time.Since(at), err)
	at = time.Now()
	Shapley(v[0])
	fmt.Println("shapley:", time.Since(at))
}
