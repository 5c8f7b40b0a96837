package uncertainty

import (
	"math"
	"math/bits"
)

// pairs counts in how many draws of a block each unit has a smaller rank than
// each other. Ranks of several draws lie side by side in a word, in lanes of 8
// bits (16 where there are more units), and are compared all at once: the top
// bit of a lane stays set in (b | top) - (a + 1) if a < b.
type pairs struct {
	n, words int
	width    uint   // bits of a lane
	top, one uint64 // the top bit and the lowest bit of every lane
	none     uint64 // a lane without a rank: greater than all ranks
	ranks    []uint64
	unranked []bool  // per unit: it has no rank in some draw of the block
	low, upp []int32 // per unit: its smallest and greatest rank in the block
	ties     bool    // some draw of the block has ties
	draws    int
}

// blockDraws is how many draws are evaluated together.
const blockDraws = 256

func newPairs(n int) *pairs {
	p := &pairs{n: n, width: 8, top: 0x8080808080808080, one: 0x0101010101010101, none: 127}
	if n > 126 {
		p.width, p.top, p.one, p.none = 16, 0x8000800080008000, 0x0001000100010001, 32767
	}
	p.words = blockDraws * int(p.width) / 64
	p.ranks = make([]uint64, n*p.words)
	p.unranked, p.low, p.upp = make([]bool, n), make([]int32, n), make([]int32, n)
	p.clear()
	return p
}

// clear begins a block: no unit has a rank in any draw.
func (p *pairs) clear() {
	for i := range p.ranks {
		p.ranks[i] = p.one * p.none
	}
	clear(p.unranked)
	for u := range p.low {
		p.low[u], p.upp[u] = math.MaxInt32, 0
	}
	p.ties, p.draws = false, 0
}

// add takes the ranks of one more draw.
func (p *pairs) add(ranks []int32, sum, ranked int) {
	lanes := 64 / int(p.width)
	word, shift := p.draws/lanes, uint(p.draws%lanes)*p.width
	none, low, upp := p.none, p.low[:len(ranks)], p.upp[:len(ranks)]
	for u, r := range ranks {
		at := word
		word += p.words
		if r == 0 {
			p.unranked[u] = true
			continue
		}
		p.ranks[at] ^= (none ^ uint64(r)) << (shift & 63)
		low[u], upp[u] = min(low[u], r), max(upp[u], r)
	}
	p.ties = p.ties || sum != ranked*(ranked+1)/2
	p.draws++
}

// count adds the block to a matrix of units by units. Two units whose ranks do
// not meet in the block need no look at its draws.
func (p *pairs) count(beats []uint32) {
	if p.draws == 0 {
		return
	}
	all := uint32(p.draws)
	for a := range p.n {
		for b := a + 1; b < p.n; b++ {
			mine, theirs := &beats[a*p.n+b], &beats[b*p.n+a]
			switch {
			case p.unranked[a] || p.unranked[b]:
				*mine += p.wins(a, b)
				*theirs += p.wins(b, a)
			case p.upp[a] < p.low[b]:
				*mine += all
			case p.upp[b] < p.low[a]:
				*theirs += all
			case p.ties:
				*mine += p.wins(a, b)
				*theirs += p.wins(b, a)
			default:
				wins := p.wins(a, b)
				*mine += wins
				*theirs += all - wins
			}
		}
	}
}

// wins counts the draws in which a has a smaller rank than b; a draw in which
// either has none does not count.
func (p *pairs) wins(a, b int) uint32 {
	if p.unranked[b] {
		return p.winsAmongRanked(a, b)
	}
	x, y := p.ranks[a*p.words:][:p.words], p.ranks[b*p.words:][:p.words]
	shift, top, one := (p.width-1)&63, p.top, p.one
	var sum uint64
	for i, r := range y[:len(x)] {
		sum += ((r | top) - (x[i] + one)) & top >> shift
	}
	return p.lanes(sum)
}

func (p *pairs) winsAmongRanked(a, b int) uint32 {
	x, y := p.ranks[a*p.words:][:p.words], p.ranks[b*p.words:][:p.words]
	var wins uint32
	none := p.one * p.none
	for i, r := range y {
		smaller := ((r | p.top) - (x[i] + p.one)) & p.top
		// (none - r + top - 1) has its top bit set unless r is none.
		ranked := (none - r + (p.top - p.one)) & p.top
		wins += uint32(bits.OnesCount64(smaller & ranked))
	}
	return wins
}

// lanes adds up the lanes of a word.
func (p *pairs) lanes(sum uint64) uint32 {
	if p.width == 8 {
		sum = sum&0x00ff00ff00ff00ff + sum>>8&0x00ff00ff00ff00ff
	}
	sum = sum&0x0000ffff0000ffff + sum>>16&0x0000ffff0000ffff
	return uint32(sum) + uint32(sum>>32)
}
