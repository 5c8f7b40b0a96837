package stat_test

import (
	"math"
	"testing"

	"mizan/stat"
)

// The known answers are those of Random123 (Salmon and others, 2011), file
// kat_vectors, rows philox4x64 10.
func TestPhiloxKnownAnswers(t *testing.T) {
	const ones = math.MaxUint64
	for _, c := range []struct {
		counter [4]uint64
		key     [2]uint64
		want    [4]uint64
	}{
		{
			[4]uint64{},
			[2]uint64{},
			[4]uint64{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b},
		},
		{
			[4]uint64{ones, ones, ones, ones},
			[2]uint64{ones, ones},
			[4]uint64{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0},
		},
		{ // the digits of pi
			[4]uint64{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
			[2]uint64{0x452821e638d01377, 0xbe5466cf34e90c6c},
			[4]uint64{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6},
		},
	} {
		if got := stat.Philox(c.counter, c.key); got != c.want {
			t.Errorf("Philox(%x, %x) = %x, want %x", c.counter, c.key, got, c.want)
		}
	}
}

func TestStreamIsItsBlocks(t *testing.T) {
	s := stat.NewStream(7, 3, 41)
	for block := range uint64(3) {
		for _, want := range stat.Philox([4]uint64{block, 41}, [2]uint64{7, 3}) {
			if got := s.Word(); got != want {
				t.Fatalf("block %d: got %x, want %x", block, got, want)
			}
		}
	}
}

// However the numbers are taken they are the same, and Reset begins anew.
func TestUniformsAreUniform(t *testing.T) {
	one := stat.NewStream(1, 0, 5)
	var want [23]float64
	for i := range want {
		want[i] = one.Uniform()
	}
	for first := range 6 {
		s := stat.NewStream(1, 0, 4)
		s.Word()
		s.Reset(5)
		var got [23]float64
		s.Uniforms(got[:first])
		s.Uniforms(got[first:])
		if got != want {
			t.Errorf("split after %d: got %v, want %v", first, got, want)
		}
	}
}

func TestUniformsFillTheInterval(t *testing.T) {
	const n, parts = 200_000, 20
	x := make([]float64, n)
	stat.NewStream(1, 2, 3).Uniforms(x)
	var counts [parts]int
	for _, v := range x {
		if !(v > 0 && v < 1) {
			t.Fatalf("%v is not between 0 and 1", v)
		}
		counts[int(v*parts)]++
	}
	// Chi-square with 19 degrees of freedom passes 43.8 once in a thousand.
	var chi float64
	for _, c := range counts {
		d := float64(c) - n/parts
		chi += d * d / (n / parts)
	}
	if chi > 43.8 {
		t.Errorf("chi-square of %d parts is %v: %v", parts, chi, counts)
	}
}

func TestBelowIsEven(t *testing.T) {
	s := stat.NewStream(9, 0, 0)
	var counts [7]int
	const n = 70_000
	for range n {
		counts[s.Below(7)]++
	}
	var chi float64
	for _, c := range counts {
		d := float64(c) - n/7
		chi += d * d / (n / 7)
	}
	if chi > 22.5 { // 6 degrees of freedom, once in a thousand
		t.Errorf("chi-square %v: %v", chi, counts)
	}
	if got := s.Below(1); got != 0 {
		t.Errorf("Below(1) = %d", got)
	}
}
