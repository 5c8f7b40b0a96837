package site

import (
	"math"

	"mizan"
)

// scale is the range on which scores are drawn and the decimals they get.
type scale struct {
	low, high float64
	digits    int
}

// newScale chooses 0 to 1 or 0 to 100 where the scores fit there, else their
// own range.
func newScale(t *mizan.Table) scale {
	low, high := 0.0, 0.0
	if t != nil {
		for _, v := range t.Values {
			if !math.IsNaN(v) {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	switch {
	case low >= 0 && high <= 1+1e-9:
		return scale{0, 1, 3}
	case low >= 0 && high > 10 && high <= 100+1e-9:
		return scale{0, 100, 1}
	case high-low > 20:
		return scale{low, high, 1}
	}
	return scale{low, high, 2}
}

// scored writes a score with the decimals of the scale.
func (c *visit) scored(v float64) string { return c.Fixed(v, c.book.scale.digits) }

// gained writes a difference of scores with its sign.
func (c *visit) gained(v float64) string { return c.Signed(v, c.book.scale.digits+1) }

// percent is the place of a score on the scale, 0 to 100; 0 if missing.
func (s scale) percent(v float64) float64 {
	if math.IsNaN(v) || s.high <= s.low {
		return 0
	}
	return 100 * min(1, max(0, (v-s.low)/(s.high-s.low)))
}
