package mizan_test

import (
	"math"
	"testing"

	"mizan"
)

// A quarter of the equator is a quarter of the circumference; from pole to pole
// is half of it. Paris to London is 344 km, New York (40 42 N, 74 00 W) to Tokyo
// (35 41 N, 139 45 E) 10,850 km by the usual tables, within 0.5 %.
func TestDistance(t *testing.T) {
	at := func(latitude, longitude float64) *mizan.Location {
		return &mizan.Location{Latitude: latitude, Longitude: longitude}
	}
	round := 2 * math.Pi * mizan.EarthRadius
	for _, c := range []struct {
		a, b      *mizan.Location
		want, off float64
	}{
		{at(0, 0), at(0, 90), round / 4, 1e-9},
		{at(90, 0), at(-90, 77), round / 2, 1e-6},
		{at(0, 179), at(0, -179), round / 180, 1e-6},
		{at(12, 34), at(12, 34), 0, 0},
		{at(48.8566, 2.3522), at(51.5074, -0.1278), 344, 344 * 0.005},
		{at(40.7, -74), at(35.68, 139.75), 10850, 10850 * 0.005},
	} {
		for _, got := range []float64{c.a.Distance(c.b), c.b.Distance(c.a)} {
			if math.Abs(got-c.want) > c.off {
				t.Errorf("%v km, want %v", got, c.want)
			}
		}
	}
	if !math.IsNaN(at(math.NaN(), 0).Distance(at(0, 0))) {
		t.Error("what is not known is not near")
	}
}

func TestNearness(t *testing.T) {
	ls := mizan.Locations{
		{Unit: "A", Languages: []string{"x", "y"}, Borders: []string{"B"}},
		{Unit: "B", Languages: []string{"y"}, Borders: []string{"A"}},
		{Unit: "D"},
	}
	a, b, d := ls.Of("A"), ls.Of("B"), ls.Of("D")
	if !a.Touches(b) || a.Touches(d) || !a.Speaks(b) || a.Speaks(d) || d.Speaks(d) || ls.Of("C") != nil {
		t.Error("A and B are neighbours and share y, D is alone and C unknown")
	}
}
