package draw

import (
	"strings"
	"testing"
)

func TestLineChart(t *testing.T) {
	years := []int{2019, 2020, 2021, 2022}
	c := english.Curve("Score", years, []float64{10, none, 20, 15}, whole, false)
	// 300 units of width from 40, three steps; 132 of height, 12 from the top.
	want := []string{"40.0,144.0", "240.0,12.0 340.0,78.0"}
	if c == nil || strings.Join(c.Lines, "|") != strings.Join(want, "|") {
		t.Errorf("lines %v, want %v", c, want)
	}
	if c.Summary != "Score: 2019: 10; 2021: 20; 2022: 15" {
		t.Errorf("summary %q", c.Summary)
	}
	ranks := english.Curve("Rank", years[:2], []float64{1, 2}, whole, true)
	if ranks.Lines[0] != "40.0,12.0 340.0,144.0" {
		t.Errorf("rank 1 should stand on top: %v", ranks.Lines)
	}
	if english.Curve("x", years, []float64{none, 1, none, none}, whole, false) != nil {
		t.Error("one value makes no curve")
	}
}
