package projects_test

import (
	"os"
	"strconv"
	"testing"
)

func TestHDIEqualsThePublishedIndex(t *testing.T) {
	hdi := os.DirFS("hdi")
	type key struct {
		year int
		unit string
	}
	published := map[key]string{}
	for _, row := range table(t, hdi, "published/hdi-1990-2022.csv") {
		year, _ := strconv.Atoi(row["year"])
		score, err := strconv.ParseFloat(row["score"], 64)
		if err != nil {
			t.Fatal(err)
		}
		published[key{year, row["unit"]}] = strconv.FormatFloat(score, 'f', 3, 64)
	}
	if len(published) != 5808 {
		t.Fatalf("%d published scores, want 5808", len(published))
	}
	r := run(t, hdi, "")
	compared := 0
	for _, year := range r.Years {
		scores, _ := top(t, r, year)
		for unit, score := range scores {
			compared++
			if got, want := strconv.FormatFloat(score, 'f', 3, 64), published[key{year, unit}]; got != want {
				t.Errorf("%s %d: %s, published is %s", unit, year, got, want)
			}
		}
	}
	if compared != len(published) {
		t.Errorf("%d scores computed, %d are published", compared, len(published))
	}
}

// The publisher ranks by three decimals, so that a rank of ours, which is by
// all decimals, lies among the places that a published tie shares.
func TestHDIRanksOf2022(t *testing.T) {
	hdi := os.DirFS("hdi")
	_, rank := top(t, run(t, hdi, ""), 2022)
	rows := table(t, hdi, "published/hdi-2022.csv")
	if len(rows) != 193 || len(rank) != 193 {
		t.Fatalf("%d published, %d ranked, want 193", len(rows), len(rank))
	}
	for _, row := range rows {
		better, level := 0, 0
		for _, other := range rows {
			switch {
			case other["score"] > row["score"]: // 0.ddd as text sorts as numbers do
				better++
			case other["score"] == row["score"]:
				level++
			}
		}
		if got := rank[row["unit"]]; got <= better || got > better+level {
			t.Errorf("%s is ranked %d, published place is %d, shared by %d", row["unit"], got, better+1, level)
		}
	}
}
