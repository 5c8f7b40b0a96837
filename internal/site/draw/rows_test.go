package draw

import (
	"math"
	"testing"
)

// 440 units of width from 10 for the ranks 1 to 6: 88 for each.
func TestMoves(t *testing.T) {
	list := []Shift{
		{Label: "A", Text: "5 to 3", Way: "up", About: true, Before: 5, After: 3, Low: 2, High: 6},
		{Label: "B", Text: "3 to 4", Way: "down", Before: 3, After: 4, Low: none, High: none},
		{Label: "C", Before: none, After: 1},
	}
	ch := english.Moves(list, whole)
	if len(ch.Rows) != 2 || ch.Height != 96 || ch.Summary != "A: 5 to 3; B: 3 to 4" {
		t.Errorf("%d rows, %v high, %q", len(ch.Rows), ch.Height, ch.Summary)
	}
	if a := ch.Rows[0]; a.From != "362.0" || a.To != "186.0" || a.Low != "98.0" || a.High != "450.0" || !a.About {
		t.Errorf("%+v", a)
	}
	if ch.Rows[1].Low != "" {
		t.Error("a row without an interval has one")
	}
	if ch.Ticks[0] != (Tick{"10.0", "1"}) || ch.Ticks[1] != (Tick{"274.0", "4"}) || ch.Ticks[2] != (Tick{"450.0", "6"}) {
		t.Errorf("marks %v", ch.Ticks)
	}
	if a := arabic.Moves(list, whole).Rows[0]; a.From != "98.0" || a.To != "274.0" {
		t.Errorf("mirrored %+v", a)
	}
	if english.Moves(list[2:], whole) != nil {
		t.Error("nobody moves, and there is a chart")
	}
}

// Three bars of 440/6 each in the middle of 460; the largest is 138 high.
func TestChances(t *testing.T) {
	of := Chances{
		First: 2, Shares: []float64{.2, .5, .3}, Here: 3, Share: func(v float64) string { return whole(100 * v) }, Rank: func(r int) string { return whole(float64(r)) },
		Title: func(r int, share float64) string { return whole(float64(r)) + ": " + whole(100*share) + " %" },
	}
	ch := english.Chances(of)
	if a, b := ch.Bars[0], ch.Bars[1]; a.LabelX != "156.7" || a.Height != "55.2" || a.Here || b.LabelX != "230.0" || b.Height != "138.0" || b.Y != "24.0" || !b.Here {
		t.Errorf("%+v", ch.Bars)
	}
	if ch.Ticks[0] != (Tick{"156.7", "2"}) || ch.Summary != "2: 20 %; 3: 50 %; 4: 30 %" {
		t.Errorf("%v, %q", ch.Ticks, ch.Summary)
	}
	if ch = arabic.Chances(of); ch.Ticks[0].At != "303.3" {
		t.Errorf("mirrored %v", ch.Ticks)
	}
}

// 408 units of width from 6 for 0 to 100.
func TestPeers(t *testing.T) {
	list := []Peer{{Label: "A", Value: 50, Low: 40, High: 60}, {Label: "B", Value: 25}}
	ch := english.Peers(list, 0, 100, whole, whole)
	if a, b := ch.Rows[0], ch.Rows[1]; a.X != "6.0" || a.Length != "204.0" || a.Dot != "210.0" || a.Low != "169.2" || a.High != "250.8" || b.Dot != "108.0" || b.Low != "" {
		t.Errorf("%+v", ch.Rows)
	}
	if ch.Marks[1] != (Tick{"210.0", "50"}) || ch.Summary != "A: 50; B: 25" {
		t.Errorf("%v, %q", ch.Marks, ch.Summary)
	}
	if b := arabic.Peers(list, 0, 100, whole, whole).Rows[1]; b.X != "312.0" || b.Length != "102.0" || b.Dot != "312.0" {
		t.Errorf("mirrored %+v", b)
	}
	// Who goes beyond the scale stretches it.
	if a := english.Peers(list, 0, 25, whole, whole).Rows[0]; a.Dot != "414.0" {
		t.Errorf("the largest stands at %s", a.Dot)
	}
}

// 590 units of width from 240 for the largest figure, which is 2.
func TestBars(t *testing.T) {
	list := []Barred{{Label: "A", V: 1, Mark: 2, Value: "1"}, {Label: "B", V: .5, Mark: none, Value: "0.5"}}
	ch := english.Bars(list)
	if a, b := ch.Bars[0], ch.Bars[1]; a.X != "240.0" || a.Length != "295.0" || a.Mark != "830.0" || a.ValueX != "838.0" || b.Length != "147.5" || b.Mark != "" || b.ValueX != "395.5" {
		t.Errorf("%+v", ch.Bars)
	}
	if a := arabic.Bars(list).Bars[0]; a.X != "365.0" || a.Mark != "70.0" {
		t.Errorf("mirrored %+v", a)
	}
	if english.Bars([]Barred{{Label: "A", Mark: none}}) != nil {
		t.Error("nothing but 0 has bars")
	}
}

// 640 units of width from 240 for 0 to 80: 8 for each point.
func TestPooled(t *testing.T) {
	list := []Pooled{{Name: "X", Score: 50, Best: 40, Low: 45, High: 60}, {Name: "Y", Score: none, Best: none, Low: none, High: none}}
	charts := english.Pooled(list, 80, whole)
	if len(charts) != 2 || charts[0].Class != "flow-wide" || charts[1].Class != "flow-narrow" || len(charts[0].Rows) != 1 {
		t.Fatalf("%+v", charts)
	}
	g := charts[0]
	if r := g.Rows[0]; r.Score != "640.0" || r.Ring != "560.0" || r.From != "560.0" || r.To != "640.0" || r.Down || r.Low != "600.0" || r.Length != "120.0" || g.Best != "880.0" {
		t.Errorf("%+v, best at %s", r, g.Best)
	}
	if len(g.Ticks) != 5 || g.Ticks[1] != (Tick{"400.0", "20"}) {
		t.Errorf("marks %v", g.Ticks)
	}
	if r := arabic.Pooled(list, 80, whole)[0].Rows[0]; r.Score != "300.0" || r.Low != "220.0" || r.Name.Anchor != "start" {
		t.Errorf("mirrored %+v", r)
	}
	if english.Pooled(list[1:], 80, whole) != nil {
		t.Error("no alliance has a score, and there is a chart")
	}
}

// 640 units of width from 240 for -1 to 2.5: 0 is at 240 + 640/3.5.
func TestAddings(t *testing.T) {
	list := []Added{{Name: "A", Value: 2, Error: .5}, {Name: "B", Value: -1}}
	g := english.Addings(list)[0]
	if a, b := g.Rows[0], g.Rows[1]; g.Zero != "422.9" || a.Bar.X != "422.9" || a.Bar.Width != "365.7" || a.Bar.Class != "k0" || a.Low != "697.1" || a.High != "880.0" ||
		b.Bar.X != "240.0" || b.Bar.Width != "182.9" || b.Bar.Class != "k1" || b.Low != "" {
		t.Errorf("0 at %s, %+v", g.Zero, g.Rows)
	}
	if b := arabic.Addings(list)[0].Rows[1]; b.Bar.X != "517.1" {
		t.Errorf("mirrored %+v", b)
	}
}

// 706 units of width from 170 for the whole.
func TestStacks(t *testing.T) {
	units := []StackUnit{{Key: "u-A", Name: "A", Value: "0.38", Parts: []StackShare{{.5, 1, "k0"}, {.25, 1, "k1"}}}}
	g := english.Stacks(units, "HHI")[0]
	if p := g.Rows[0].Parts; p[0] != (stackPart{"170.0", "29.0", "353.0", "15.0", "k0"}) || p[1] != (stackPart{"523.0", "29.0", "176.5", "15.0", "k1"}) || g.Head.Text != "HHI" {
		t.Errorf("%+v", g)
	}
	if p := arabic.Stacks(units, "HHI")[0].Rows[0].Parts; p[0].X != "417.0" || p[1].X != "240.5" {
		t.Errorf("mirrored %+v", p)
	}
}

// Four parts: the corners lie above, to the right, below and to the left of the
// centre, 112 units away for a full score.
func TestRadar(t *testing.T) {
	parts := []RadarPart{{"N", "100", 1, .5}, {"E", "50", .5, .5}, {"S", "0", 0, .5}, {"W", "100", 1, .5}}
	r := english.Radar(parts)
	if r.Own != "250.0,68.0 306.0,180.0 250.0,180.0 138.0,180.0" || r.Summary != "N: 100; E: 50; S: 0; W: 100" || len(r.Rings) != 4 {
		t.Errorf("%+v", r)
	}
	for i, want := range []string{"middle", "start", "middle", "end"} {
		if got := r.Spokes[i].Anchor; got != want {
			t.Errorf("the name of %s has its %s there, want %s", parts[i].Label, got, want)
		}
	}
	if r = arabic.Radar(parts); r.Own != "250.0,68.0 194.0,180.0 250.0,180.0 362.0,180.0" {
		t.Errorf("mirrored %s", r.Own)
	}
}

// 276 units of width from 168 for a full score; the first line is at 39.
func TestBells(t *testing.T) {
	m := &Comparison{
		Parts: []ComparedPart{{Name: "a"}}, Rows: []int{0}, Chosen: []int{0, 1}, High: 100,
		All:  []Compared{{Name: "A", Scores: []float64{50}}, {Name: "B", Scores: []float64{100}}},
		Says: func(who, what string, v float64) string { return who + what + whole(v) }, Fixed: func(v float64, _ int) string { return whole(v) },
	}
	find := func(s *Sketch, class string) string {
		for _, k := range s.Marks {
			if k.Class == class {
				return k.D
			}
		}
		return ""
	}
	s := english.Bells(m)
	if got, want := find(s, "span"), "M306.0 39.0L444.0 39.0"; got != want {
		t.Errorf("the span is %s, want %s", got, want)
	}
	if got, want := find(s, "sign s0"), "M301.0 39.0a5.0 5.0 0 1 0 10.0 0a5.0 5.0 0 1 0 -10.0 0Z"; got != want {
		t.Errorf("the sign is %s, want %s", got, want)
	}
	if got, want := find(arabic.Bells(m), "span"), "M154.0 39.0L16.0 39.0"; got != want {
		t.Errorf("mirrored %s, want %s", got, want)
	}
	if m.Years = []int{2020}; english.Courses(m) != nil {
		t.Error("one year makes no course")
	}
}

// 33 units of height for each step from 144 upwards, 300 of width from 40.
func TestBanded(t *testing.T) {
	ch := english.Banded("x", []int{2020, 2021}, []float64{1, 3}, []float64{0, 2}, []float64{2, 4}, whole, false)
	if want := "40.0,78.0 340.0,12.0 340.0,78.0 40.0,144.0"; ch.Band != want || ch.Lines[0] != "40.0,111.0 340.0,45.0" {
		t.Errorf("band %s, want %s; line %s", ch.Band, want, ch.Lines[0])
	}
	if ch = english.Banded("x", []int{2020, 2021}, []float64{1, 3}, []float64{none, 2}, []float64{none, 4}, whole, false); ch.Band != "" {
		t.Errorf("an interval of one year makes the band %s", ch.Band)
	}
	if english.Banded("x", []int{2020, 2021}, []float64{1, math.NaN()}, []float64{0, 2}, []float64{2, 4}, whole, false) != nil {
		t.Error("one value makes no curve")
	}
}
