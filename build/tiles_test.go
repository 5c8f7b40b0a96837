package build

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The sums of tiles have the same bits on every kind of processor: those of
// adding up one after another.
func TestSumTiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count, inputs := rapid.IntRange(0, 5).Draw(t, "tiles"), rapid.IntRange(0, 7).Draw(t, "inputs")
		number := rapid.Float64Range(-1e6, 1e6)
		shares := rapid.SliceOfN(number, inputs, inputs).Draw(t, "shares")
		total := number.Draw(t, "total")
		tiles := make([]tile, count*inputs)
		for i := range tiles {
			copy(tiles[i][:], rapid.SliceOfN(number, lanes, lanes).Draw(t, "tile"))
		}
		out := make([]float64, count*lanes)
		sumTiles(out, tiles, shares, total)
		for slot, got := range out {
			sum := 0.0
			for i, share := range shares {
				sum += float64(share * tiles[slot/lanes*inputs+i][slot%lanes])
			}
			want := sum / total
			if math.Float64bits(got) != math.Float64bits(want) && (got == got || want == want) {
				t.Fatalf("unit %d: %v, want %v", slot, got, want)
			}
		}
	})
}
