package draw

import (
	"math"
	"strconv"
	"testing"
)

var (
	english = Hand{Colon: ": ", Semicolon: "; "}
	arabic  = Hand{Mirrored: true, Colon: ": ", Semicolon: "؛ "}
	none    = math.NaN()
)

// whole writes a figure without decimals.
func whole(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }

func TestTurn(t *testing.T) {
	if got := english.turn(100)(30); got != 30 {
		t.Errorf("30 stands at %v", got)
	}
	if got := arabic.turn(100)(30); got != 70 {
		t.Errorf("mirrored, 30 of 100 stands at %v", got)
	}
	if got := english.turnWide(100)(30, 20); got != 30 {
		t.Errorf("a bar from 30 to 50 begins at %v", got)
	}
	if got := arabic.turnWide(100)(30, 20); got != 50 {
		t.Errorf("mirrored, a bar from 30 to 50 of 100 begins at %v", got)
	}
	for in, want := range map[string]string{"start": "end", "end": "start", "middle": "middle"} {
		if got := arabic.anchor(in); got != want || english.anchor(in) != in {
			t.Errorf("the anchor %s is %s, mirrored %s", in, english.anchor(in), got)
		}
	}
}
