package draw

import (
	"math"
	"testing"
)

// The marks of the first axis rise from -1 over 0, 60 % and 95 % to 190 %; those of
// the second fall from 200 over 100 and 10 to 0.
var (
	rising  = JudgeAxis{At: []float64{-1, 0, .6, .95, 1.9}, Place: []float64{0, 1, 2, 3, 4}, Classes: []string{"away", "weak", "behind", "on-track"}}
	falling = JudgeAxis{At: []float64{200, 100, 10, 0}, Place: []float64{0, 1, 3, 4}, Classes: []string{"away", "behind", "on-track"}}
)

func TestJudgeAxis(t *testing.T) {
	for _, c := range []struct {
		axis  JudgeAxis
		v, at float64
	}{
		{rising, -5, 0},
		{rising, -.5, .5},
		{rising, .3, 1.5},
		{rising, .95, 3},
		{rising, 1.425, 3.5},
		{rising, 9, 4},
		{falling, 300, 0},
		{falling, 150, .5},
		{falling, 55, 2},
		{falling, 5, 3.5},
		{falling, 0, 4},
	} {
		if got := c.axis.of(c.v); math.Abs(got-c.at) > 1e-9 {
			t.Errorf("%v stands at %v, want %v", c.v, got, c.at)
		}
	}
}

// 384 units of width from 8: a place of 3.5 is at 344, or at 56 from the right.
func TestVerdicts(t *testing.T) {
	rows := []Judged{
		{Method: "A", Says: "on track", Grade: "on-track", Axis: rising, Figure: 1.425, Write: whole},
		{Method: "B", Says: "unknown", Axis: rising, Figure: none},
		{Method: "C", Says: "no axis", Figure: 1},
	}
	ch := english.Verdicts(rows)
	if ch.Rows[0].MarkX != "344.0" || len(ch.Rows[0].Bands) != 4 || len(ch.Rows[0].Limits) != 3 || ch.Rows[0].Bands[3].X != "296.0" {
		t.Errorf("%+v", ch.Rows[0])
	}
	if ch.Rows[1].Judged || ch.Rows[2].Judged || ch.Rows[2].MarkX != "" {
		t.Errorf("rows without a figure or an axis have a mark: %+v", ch.Rows[1:])
	}
	if want := "A: on track; B: unknown; C: no axis; "; ch.Summary != want {
		t.Errorf("summary %q, want %q", ch.Summary, want)
	}
	if ch = arabic.Verdicts(rows); ch.Rows[0].MarkX != "56.0" || ch.Rows[0].Bands[3].X != "8.0" {
		t.Errorf("mirrored: %+v", ch.Rows[0])
	}
}
