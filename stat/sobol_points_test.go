package stat_test

import (
	"math"
	"slices"
	"testing"

	"mizan/stat"

	"pgregory.net/rapid"
)

func sobolPoint(t testing.TB, dimensions int, k uint32) []float64 {
	t.Helper()
	p, err := stat.NewSobolPoints(dimensions)
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float64, dimensions)
	p.Point(k, x)
	return x
}

// The first points in three dimensions as Joe and Kuo print them with their
// table.
func TestSobolPointsJoeKuo(t *testing.T) {
	for k, want := range [][]float64{
		{0, 0, 0},
		{0.5, 0.5, 0.5},
		{0.75, 0.25, 0.25},
		{0.25, 0.75, 0.75},
		{0.375, 0.375, 0.625},
		{0.875, 0.875, 0.125},
		{0.625, 0.125, 0.875},
		{0.125, 0.625, 0.375},
		{0.1875, 0.3125, 0.9375},
		{0.6875, 0.8125, 0.4375},
	} {
		if got := sobolPoint(t, 3, uint32(k)); !slices.Equal(got, want) {
			t.Errorf("point %d: got %v, want %v", k, got, want)
		}
	}
}

// Coordinates as multiples of 2^-30 by scipy.stats.qmc.Sobol(1024,
// scramble=False) of SciPy 1.10.1.
func TestSobolPointsSciPy(t *testing.T) {
	dimensions := []int{0, 1, 2, 9, 99, 511, 1023}
	for k, want := range map[uint32][]float64{
		2:    {805306368, 268435456, 268435456, 805306368, 805306368, 805306368, 805306368},
		1000: {235929600, 103809024, 556793856, 74448896, 200278016, 424673280, 766509056},
		4999: {144048128, 749600768, 701366272, 324665344, 271712256, 1065222144, 796524544},
	} {
		x := sobolPoint(t, stat.SobolDimensions, k)
		for i, d := range dimensions {
			if got := x[d] * (1 << 30); got != want[i] {
				t.Errorf("point %d, dimension %d: got %v, want %v", k, d+1, got, want[i])
			}
		}
	}
}

func TestSobolPointsBadDimensions(t *testing.T) {
	for _, d := range []int{-1, 0, stat.SobolDimensions + 1} {
		if _, err := stat.NewSobolPoints(d); err == nil {
			t.Errorf("%d dimensions pass", d)
		}
	}
}

// Scrambled or not, any 2^m points from a multiple of 2^m on put one into each
// of 2^m equal parts of every dimension, and the first two dimensions together
// one into each box of area 2^-m.
func TestSobolPointsAreEven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dimensions := rapid.IntRange(2, 60).Draw(t, "dimensions")
		p, err := stat.NewSobolPoints(dimensions)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "scrambled") {
			p.Scramble(rapid.Uint64().Draw(t, "seed"))
		}
		m := rapid.IntRange(0, 7).Draw(t, "m")
		n := 1 << m
		from := uint32(n * rapid.IntRange(0, 50).Draw(t, "block"))
		split := rapid.IntRange(0, m).Draw(t, "split")
		seen := make([][]bool, dimensions)
		for d := range seen {
			seen[d] = make([]bool, n)
		}
		boxes := make([]bool, n)
		x := make([]float64, dimensions)
		for k := range n {
			p.Point(from+uint32(k), x)
			for d, v := range x {
				if v < 0 || v >= 1 {
					t.Fatalf("coordinate %v", v)
				}
				seen[d][int(v*float64(n))] = true
			}
			wide, high := 1<<split, 1<<(m-split)
			boxes[int(x[0]*float64(wide))*high+int(x[1]*float64(high))] = true
		}
		for d := range seen {
			if slices.Contains(seen[d], false) {
				t.Fatalf("dimension %d has an empty part", d+1)
			}
		}
		if slices.Contains(boxes, false) {
			t.Fatal("a box of the first two dimensions is empty")
		}
	})
}

// Over many seeds a scrambled point is uniform and its coordinates have
// nothing to do with one another: means of 1/2, squares of 1/3, products of
// 1/4, within five standard errors.
func TestScrambledPointsAreUniform(t *testing.T) {
	const seeds = 4000
	var mean, square, product float64
	for seed := range uint64(seeds) {
		p, err := stat.NewSobolPoints(3)
		if err != nil {
			t.Fatal(err)
		}
		p.Scramble(seed)
		var x [3]float64
		p.Point(5, x[:])
		mean += x[2] / seeds
		square += x[2] * x[2] / seeds
		product += x[1] * x[2] / seeds
	}
	for _, c := range []struct {
		name              string
		got, want, spread float64
	}{
		{"mean", mean, 1. / 2, math.Sqrt(1. / 12)},
		{"mean square", square, 1. / 3, math.Sqrt(4. / 45)},
		{"mean product", product, 1. / 4, math.Sqrt(7. / 144)},
	} {
		if math.Abs(c.got-c.want) > 5*c.spread/math.Sqrt(seeds) {
			t.Errorf("%s %v, want about %v", c.name, c.got, c.want)
		}
	}
}

// An integral of 1 to which each of 10 dimensions adds is met a hundred times
// more closely than by as many random points: (Sobol's g-function, a = 1, 2, ...).
func TestSobolPointsIntegrate(t *testing.T) {
	const n, dimensions = 4096, 10
	p, err := stat.NewSobolPoints(dimensions)
	if err != nil {
		t.Fatal(err)
	}
	p.Scramble(1)
	f := func(x []float64) float64 {
		y := 1.0
		for d, v := range x {
			a := float64(d + 1)
			y *= (math.Abs(4*v-2) + a) / (1 + a)
		}
		return y
	}
	var even, random float64
	x := make([]float64, dimensions)
	for k := range n {
		p.Point(uint32(k), x)
		even += f(x) / n
		stat.NewStream(1, 0, uint64(k)).Uniforms(x)
		random += f(x) / n
	}
	if e, r := math.Abs(even-1), math.Abs(random-1); e > 1e-3 || e > r {
		t.Errorf("errors %v of Sobol points, %v of random ones", e, r)
	}
}

func TestLatinHypercube(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		dimensions := rapid.IntRange(1, 6).Draw(t, "dimensions")
		seed := rapid.Uint64().Draw(t, "seed")
		x := make([]float64, n*dimensions)
		stat.LatinHypercube(x, dimensions, seed)
		more := make([]float64, n*(dimensions+1))
		stat.LatinHypercube(more, dimensions+1, seed)
		for d := range dimensions {
			seen := make([]bool, n)
			for i := range n {
				v := x[i*dimensions+d]
				seen[int(v*float64(n))] = true
				if v != more[i*(dimensions+1)+d] {
					t.Fatal("a further dimension changes those before")
				}
			}
			if slices.Contains(seen, false) {
				t.Fatalf("dimension %d has an empty part: %v", d, x)
			}
		}
	})
	stat.LatinHypercube(nil, 0, 1) // nothing to fill
}

// Every order of three is met as often as the others.
func TestPermute(t *testing.T) {
	const n = 60_000
	counts := map[[3]int]int{}
	s := stat.NewStream(4, 0, 0)
	for range n {
		var p [3]int
		stat.Permute(p[:], s)
		counts[p]++
	}
	chi := 0.0
	for _, c := range counts {
		d := float64(c) - n/6
		chi += d * d / (n / 6)
	}
	if len(counts) != 6 || chi > 20.5 { // 5 degrees of freedom, once in a thousand
		t.Errorf("chi-square %v: %v", chi, counts)
	}
}

func BenchmarkSobolPoint(b *testing.B) {
	p, err := stat.NewSobolPoints(100)
	if err != nil {
		b.Fatal(err)
	}
	p.Scramble(1)
	x := make([]float64, 100)
	for k := 0; b.Loop(); k++ {
		p.Point(uint32(k), x)
	}
}
