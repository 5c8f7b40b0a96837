package draw

import (
	"math"
	"slices"
	"testing"
)

func TestDigitsOf(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   int
	}{{[]float64{10, 20}, 0}, {[]float64{0.5, 1}, 1}, {[]float64{0.25, 0.5}, 2}, {nil, 0}, {[]float64{1e6}, 0}} {
		if got := DigitsOf(c.values); got != c.want {
			t.Errorf("%v need %d decimals, got %d", c.values, c.want, got)
		}
	}
}

func TestRoundStep(t *testing.T) {
	for v, want := range map[float64]float64{0.03: 0.05, 1: 1, 17: 20, 61: 100, 2.2e9: 5e9} {
		if got := roundStep(v); math.Abs(got/want-1) > 1e-9 {
			t.Errorf("the round step of %v is %v, want %v", v, got, want)
		}
	}
}

func TestSteps(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      []float64
	}{{0, 10, []float64{0, 2, 4, 6, 8, 10}}, {3, 97, []float64{20, 40, 60, 80}}, {-1, 1, []float64{-1, -.5, 0, .5, 1}}} {
		if got := Steps(c.low, c.high, 5); !slices.Equal(got, c.want) {
			t.Errorf("from %v to %v: %v, want %v", c.low, c.high, got, c.want)
		}
	}
}
