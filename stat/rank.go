package stat

import (
	"math"
	"slices"
)

// Ties says which rank equal values share.
type Ties int

// The rules for ties. With values 5, 7, 7, 9 the two in the middle get rank 2
// and 2 (TiesMin), 3 and 3 (TiesMax), 2.5 and 2.5 (TiesAverage), 2 and 3
// (TiesFirst: the one that stands first gets the smaller rank).
const (
	TiesMin Ties = iota
	TiesMax
	TiesAverage
	TiesFirst
)

// Ranks writes the ascending rank of every value to dst: 1 is the lowest.
// Missing values get no rank (NaN) and count for nothing. dst has the length
// of x and may be x itself.
func Ranks(dst, x []float64, ties Ties) { rank(dst, x, ties, 0) }

// RanksDown is Ranks from above: 1 is the highest value, as in a ranking.
func RanksDown(dst, x []float64, ties Ties) { rank(dst, x, ties, ^uint64(0)) }

func rank(dst, x []float64, ties Ties, flip uint64) {
	s := sortedKeys(x, flip)
	for i := range dst {
		dst[i] = math.NaN()
	}
	for i := 0; i < len(s); {
		j := i + 1
		for j < len(s) && s[j].key == s[i].key {
			j++
		}
		r := float64(i + 1)
		switch ties {
		case TiesMax:
			r = float64(j)
		case TiesAverage:
			r = float64(i+1+j) / 2
		}
		for k := i; k < j; k++ {
			if ties == TiesFirst {
				r = float64(k + 1)
			}
			dst[s[k].at] = r
		}
		i = j
	}
}

// Order returns the positions of the values that are not missing, from the
// lowest value to the highest; equal values stay in their order.
func Order(x []float64) []int {
	s := sortedKeys(x, 0)
	order := make([]int, len(s))
	for i, k := range s {
		order[i] = int(k.at)
	}
	return order
}

// keyed is a number as an unsigned integer of the same order, with its place.
type keyed struct {
	key uint64
	at  uint32
}

// radixFrom is the length from which sorting by digits beats comparing.
const radixFrom = 400

const (
	digitBits = 11
	digits    = 6 // 6 x 11 >= 64
	digitMask = 1<<digitBits - 1
)

// sortedKeys sorts the values that are not missing, equal ones in their order;
// flip of all ones turns the order round.
func sortedKeys(x []float64, flip uint64) []keyed {
	s := make([]keyed, 0, len(x))
	for i, v := range x {
		if v != v {
			continue
		}
		b := math.Float64bits(v + 0) // -0 becomes 0
		// The bits of positive doubles are ordered as integers, those of
		// negative ones the other way round.
		b ^= uint64(int64(b)>>63) | 1<<63
		s = append(s, keyed{b ^ flip, uint32(i)})
	}
	if len(s) < radixFrom {
		slices.SortFunc(s, func(a, b keyed) int {
			switch {
			case a.key < b.key:
				return -1
			case a.key > b.key:
				return 1
			}
			return int(a.at) - int(b.at)
		})
		return s
	}
	return radix(s)
}

// radix sorts by digits from the lowest to the highest, each pass stable, and
// leaves out the passes in which all digits are the same.
func radix(s []keyed) []keyed {
	var counts [digits][digitMask + 1]uint32
	for _, k := range s {
		for d := range digits {
			counts[d][k.key>>(d*digitBits)&digitMask]++
		}
	}
	spare := make([]keyed, len(s))
	for d := range digits {
		shift := d * digitBits
		count := &counts[d]
		if count[s[0].key>>shift&digitMask] == uint32(len(s)) {
			continue
		}
		next := uint32(0)
		for i, c := range count {
			count[i] = next
			next += c
		}
		for _, k := range s {
			i := k.key >> shift & digitMask
			spare[count[i]] = k
			count[i]++
		}
		s, spare = spare, s
	}
	return s
}
