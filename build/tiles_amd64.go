package build

// sumTwoTiles writes sum_i shares_i x_i / total for the 16 units of two tiles
// of n > 0 inputs that lie one after the other.
//
//go:noescape
func sumTwoTiles(out, x, shares *float64, n int, total float64)

// sumTiles writes sum_i share_i x_i / total to out, tile by tile.
func sumTiles(out []float64, tiles []tile, shares []float64, total float64) {
	n := len(shares)
	for n > 0 && len(out) >= 2*lanes {
		two := tiles[:2*n]
		sumTwoTiles(&out[:2*lanes][0], &two[0][0], &shares[0], n, total)
		tiles, out = tiles[2*n:], out[2*lanes:]
	}
	sumTilesPlainly(out, tiles, shares, total)
}
