package draw

import "testing"

// 58 units of width from 3, two steps; 14 of height, 3 from the foot.
func TestSpark(t *testing.T) {
	s := english.Spark([]float64{none, 2, 4}, 0)
	if s.Points != "32.0,17.0 61.0,3.0" || s.First != 1 || s.Last != 2 || s.X != "61.0" || s.Y != "3.0" {
		t.Errorf("%+v", s)
	}
	// What changes by 2 of 8 fills a quarter of the height, in its middle.
	if s = english.Spark([]float64{none, 2, 4}, 8); s.Points != "32.0,11.8 61.0,8.2" {
		t.Errorf("flat: %s", s.Points)
	}
	if s = arabic.Spark([]float64{2, 4}, 0); s.Points != "61.0,17.0 3.0,3.0" {
		t.Errorf("mirrored: %s", s.Points)
	}
	if english.Spark([]float64{none, 1}, 0) != nil {
		t.Error("one value makes no curve")
	}
}
