//go:build !amd64

package build

// sumTiles writes sum_i share_i x_i / total to out, tile by tile.
func sumTiles(out []float64, tiles []tile, shares []float64, total float64) {
	sumTilesPlainly(out, tiles, shares, total)
}
