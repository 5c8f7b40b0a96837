package draw

import (
	"math"
	"strconv"
	"testing"
)

// Ranks run towards the far end, and the other way round where the script does.
func TestLadder(t *testing.T) {
	rows := []LadderRow{
		{Name: "A", At: 1, From: 5, Low: math.NaN(), High: math.NaN()},
		{Name: "B", At: 9, From: 2, Low: math.NaN(), High: math.NaN()},
		{Name: "C", At: 4, Low: 3, High: 6, From: math.NaN()},
	}
	at := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	l := english.Ladder("", rows, whole, true)
	if l.Rows[0].Way != "up" || l.Rows[1].Way != "down" || l.Rows[2].Way != "" {
		t.Errorf("ways %q, %q, %q", l.Rows[0].Way, l.Rows[1].Way, l.Rows[2].Way)
	}
	first, last := at(l.Rows[0].X), at(l.Rows[1].X)
	if got, want := at(l.Rows[2].X), last+(first-last)*5/8; first <= last || math.Abs(got-want) > 0.1 {
		t.Errorf("rank 1 at %v, 9 at %v, 4 at %v, want %v", first, last, got, want)
	}
	if at(l.Rows[2].Low) <= at(l.Rows[2].High) {
		t.Error("rank 3 stands before rank 6")
	}
	m := arabic.Ladder("", rows, whole, true)
	for i := range l.Rows {
		if x, y := at(l.Rows[i].X), at(m.Rows[i].X); math.Abs(x+y-ladderWidth) > 0.11 {
			t.Errorf("row %d stands at %v and, mirrored, at %v of %v", i, x, y, ladderWidth)
		}
	}
	if english.Ladder("", nil, whole, false) != nil {
		t.Error("a ladder without rows")
	}
}
