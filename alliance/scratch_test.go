package alliance_test

import (
	"fmt"
	"os"
	"testing"

	"mizan/alliance"
	"mizan/engine"
)

func TestScratch(t *testing.T) {
	text, _ := os.ReadFile("../projects/ai-race/mizan.yaml")
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: os.DirFS("../projects/ai-race")})
	if err != nil {
		t.Fatal(err)
	}
	st, err := alliance.New(r.Spec, r.Panel, r.Result, alliance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range [][]string{{"USA"}, {"RUS", "CHN"}, {"BRA", "RUS", "IND", "CHN", "ZAF"}, {"CHN", "IND"}, {"CHN", "JPN"}, {"CHN", "DEU"},{"CHN","GBR"}, {"BRA", "RUS", "IND", "CHN", "ZAF", "EGY", "ETH", "IRN", "ARE", "IDN"},
		{"DEU", "FRA", "ITA", "ESP", "NLD", "POL", "SWE", "BEL", "AUT", "IRL", "DNK", "FIN"}, {"FRA", "DEU", "ITA", "JPN", "GBR", "USA", "CAN"}} {
		gr, err := st.Named(g)
		if err != nil {
			t.Fatal(err)
		}
		s, err := st.Standing(gr)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(s.Members)
		for _, x := range s.Scores {
			if n := r.Node(x.Code); n.Level > 1 {
				fmt.Printf("   %-22s %7.2f rank %d/%d leader %s %.2f gap %.2f best %s %.2f\n", x.Code, x.Score, x.Rank, x.Of, x.Leader, x.LeaderScore, x.Gap, x.Best, x.BestScore)
			}
		}
		for _, x := range s.Pooled {
			if x.Reach != "within" {
				fmt.Print(x.Code, ":", x.Reach, " ")
			}
		}
		fmt.Println()
	}
}
