package site

import (
	"math"
	"testing"

	"mizan"
)

func TestScale(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   scale
	}{
		{[]float64{0.2, 0.9, math.NaN()}, scale{0, 1, 3}},
		{[]float64{1, 88}, scale{0, 100, 1}},
		{[]float64{-2, 3}, scale{-2, 3, 2}},
		{[]float64{-50, 50}, scale{-50, 50, 1}},
		{nil, scale{0, 1, 3}},
	} {
		if got := newScale(&mizan.Table{Values: c.values}); got != c.want {
			t.Errorf("newScale(%v) = %v, want %v", c.values, got, c.want)
		}
	}
	s := scale{-2, 2, 2}
	if s.percent(0) != 50 || s.percent(9) != 100 || s.percent(math.NaN()) != 0 {
		t.Error("percent should be the place on the scale, within it")
	}
}
