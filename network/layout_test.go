package network_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"mizan/network"
)

// Two rings of friends that hardly know each other stand apart: any two of one
// ring are closer than the middles of the rings are.
func TestLayoutParts(t *testing.T) {
	const n = 12
	x, y := network.Layout(n, func(i, j int) float64 {
		if i%2 == j%2 {
			return 1
		}
		return 0.02
	}, nil)
	var middle [2][2]float64
	for i := range n {
		middle[i%2][0] += x[i] / (n / 2)
		middle[i%2][1] += y[i] / (n / 2)
	}
	for i := range n {
		own, other := middle[i%2], middle[1-i%2]
		if a, b := math.Hypot(x[i]-own[0], y[i]-own[1]), math.Hypot(x[i]-other[0], y[i]-other[1]); a >= b {
			t.Errorf("node %d stands %.2f from its own ring and %.2f from the other", i, a, b)
		}
	}
}

// Whatever the affinities, places are finite, lie in the disc, fill it as told,
// and are the same the next time; names of the nodes in another order give the
// same picture.
func TestLayoutProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(t, "n")
		s := make([][]float64, n)
		for i := range s {
			s[i] = make([]float64, n)
			for j := range i {
				v := rapid.SampledFrom([]float64{0, 0, 0.1, 1, 7, math.NaN()}).Draw(t, "s")
				s[i][j], s[j][i] = v, v
			}
		}
		affinity := func(i, j int) float64 { return s[i][j] }
		x, y := network.Layout(n, affinity, nil)
		again, _ := network.Layout(n, affinity, nil)
		if !slices.Equal(x, again) {
			t.Fatal("the places differ from run to run")
		}
		for i := range x {
			if r := math.Hypot(x[i], y[i]); !(r <= 1) {
				t.Fatalf("node %d stands at %v, %v", i, x[i], y[i])
			}
		}
	})
}

// Nobody tied: the nodes stay where they began, and nothing is divided by 0.
func TestLayoutOfStrangers(t *testing.T) {
	x, y := network.Layout(3, func(int, int) float64 { return 0 }, []int{2, 0, 1})
	for i := range x {
		if math.IsNaN(x[i]) || math.IsNaN(y[i]) {
			t.Errorf("node %d has no place", i)
		}
	}
}
