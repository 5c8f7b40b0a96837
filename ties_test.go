package mizan_test

import (
	"slices"
	"testing"

	"mizan"
)

// songs are ties of four units of a project, of which D is not covered, and one
// of outside: A-B 30 and A-C 25 in 2020, A-B 40 and B-X 50 in 2021. Pairs below
// 25 are not listed.
func songs(directed bool) *mizan.Ties {
	return &mizan.Ties{
		Directed: directed, Least: 25, Units: []string{"A", "B", "C", "D", "X"}, Inside: 4, Lacks: []string{"D"}, Years: []int{2020, 2021},
		Partial: []mizan.PartialYear{{Year: 2021, Note: "half"}},
		Links: []mizan.Tie{
			{Year: 2020, A: 0, B: 1, Weight: 30},
			{Year: 2020, A: 0, B: 2, Weight: 25},
			{Year: 2021, A: 0, B: 1, Weight: 40},
			{Year: 2021, A: 1, B: 4, Weight: 50},
		},
	}
}

func TestTiesBetween(t *testing.T) {
	for _, c := range []struct {
		year     int
		a, b     string
		directed bool
		want     float64
		known    bool
	}{
		{2020, "A", "B", false, 30, true},
		{2020, "B", "A", false, 30, true},
		{2020, "B", "A", true, 0, true},
		{2020, "B", "C", false, 0, true}, // not listed
		{2021, "X", "B", false, 50, true},
		{2021, "A", "C", false, 0, true},
		{2020, "A", "D", false, 0, false}, // not covered
		{2020, "A", "E", false, 0, false}, // not a unit
		{2020, "A", "A", false, 0, false},
		{2019, "A", "B", false, 0, false},
	} {
		if got, known := songs(c.directed).Between(c.year, c.a, c.b); got != c.want || known != c.known {
			t.Errorf("%+v: %v %v", c, got, known)
		}
	}
}

func TestTiesWithin(t *testing.T) {
	// In 2020 A-B and A-C are listed, B-C may hold up to 24 songs.
	sum, unlisted, uncovered, known := songs(false).Within(2020, []string{"C", "A", "B", "D", "A"})
	if sum != 55 || unlisted != 24 || !slices.Equal(uncovered, []string{"D"}) || !known {
		t.Errorf("%v %v %v %v", sum, unlisted, uncovered, known)
	}
	// Both ways there are six places of three units, four of them not listed.
	if sum, unlisted, _, _ := songs(true).Within(2020, []string{"A", "B", "C"}); sum != 55 || unlisted != 4*24 {
		t.Errorf("%v %v", sum, unlisted)
	}
	if _, _, _, known := songs(false).Within(2019, []string{"A", "B"}); known {
		t.Error("2019 is not in the table")
	}
	if sum, unlisted, uncovered, known := songs(false).Within(2020, nil); sum != 0 || unlisted != 0 || uncovered != nil || !known {
		t.Error("nobody has no ties")
	}
}

func TestTiesYears(t *testing.T) {
	s := songs(false)
	if s.Whole() != 2020 {
		t.Errorf("the latest whole year is %d", s.Whole())
	}
	s.Partial = append(s.Partial, mizan.PartialYear{Year: 2020})
	if s.Whole() != 2021 {
		t.Errorf("where no year is whole it is the latest, found %d", s.Whole())
	}
	if (&mizan.Ties{}).Whole() != 0 {
		t.Error("a table without rows has no year")
	}
	if n := len(s.In(2020)); n != 2 || s.In(2022) != nil && len(s.In(2022)) != 0 {
		t.Errorf("%d ties in 2020", n)
	}
}
