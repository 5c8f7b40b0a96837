package draw

import "testing"

// Four axes, two points: the corner of a full score lies on the rim, above, and
// that of half a score half-way to the right; mirrored to the left.
func TestStar(t *testing.T) {
	m := &Comparison{
		Parts: []ComparedPart{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}},
		All:   []Compared{{Name: "A", Scores: []float64{100, 50, none, 0}}}, Chosen: []int{0}, High: 100, Axes: []int{0, 1, 2, 3},
		Says: func(who, what string, v float64) string { return who + " " + what + " " + whole(v) },
	}
	for _, c := range []struct {
		Hand Hand
		want string
	}{{english, "M230.0 64.0L289.0 182.0L230.0 182.0Z"}, {arabic, "M230.0 64.0L171.0 182.0L230.0 182.0Z"}} {
		areas, signs := 0, 0
		for _, mark := range c.Hand.Star(m).Marks {
			switch mark.Class {
			case "area s0":
				if areas++; mark.D != c.want {
					t.Errorf("the area is %s, want %s", mark.D, c.want)
				}
			case "sign s0":
				if signs++; signs == 2 && mark.Title != "A b 50" {
					t.Errorf("the second sign says %q", mark.Title)
				}
			}
		}
		if areas != 1 || signs != 3 {
			t.Errorf("%d areas and %d signs, want 1 and 3", areas, signs)
		}
	}
	if m.Axes = m.Axes[:2]; english.Star(m) != nil {
		t.Error("two axes make a star")
	}
}
