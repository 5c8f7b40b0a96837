package draw

import "testing"

func TestStrip(t *testing.T) {
	names := []string{"a", "b", "c", "d", "e"}
	s := english.Strip([]float64{0, 10, none, 5, 2}, names, whole, 1)
	if s.Count != 4 || s.LowName != "a" || s.HighName != "b" || s.Middle != "4" || s.Marked != "b" || s.Logarithmic {
		t.Errorf("strip %+v", s)
	}
	if s.Lines[0].X != "4.0" || s.Lines[1].X != "996.0" || s.Lines[2].X != "500.0" {
		t.Errorf("lines %v", s.Lines)
	}
	if s = english.Strip([]float64{1, 2, 3, 10000}, names, whole, -1); !s.Logarithmic {
		t.Error("figures over four powers of ten want a logarithmic axis")
	}
	if s = english.Strip([]float64{7, 7, 7}, names, whole, -1); s.Lines[0].X != "500.0" {
		t.Error("equal values stand in the middle")
	}
	if english.Strip([]float64{none, 1}, names, whole, -1) != nil {
		t.Error("one value makes no strip")
	}
}
