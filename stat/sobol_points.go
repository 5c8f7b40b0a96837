package stat

import (
	_ "embed" // the direction numbers
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// SobolDimensions is the most dimensions that Sobol points can have here.
const SobolDimensions = 1024

// sobolBits is the number of binary digits of a coordinate, so that there are
// 2^32 points.
const sobolBits = 32

//go:embed sobol_directions.txt
var sobolDirections string

// SobolPoints are the points of a Sobol sequence, which fill the unit cube more
// evenly than random ones: of the first 2^m, each half, quarter, ... of every
// dimension holds as many as any other. Point k is found without those before
// it.
//
//	x_k = XOR of v_j over the binary digits j that are 1 in k XOR floor(k/2)
//
// v_j being the direction numbers of the dimension, as binary fractions.
//
// Sources: Sobol (1967); Antonov and Saleev (1979) for the order of the points;
// Joe and Kuo (2008) for the direction numbers, which are theirs.
type SobolPoints struct {
	directions [][sobolBits]uint32 // by dimension; digit 1 is the highest bit
	shift      []uint32
	half       float64 // half of the last digit where scrambled, else 0
}

// NewSobolPoints makes the points of a cube of the given number of dimensions,
// from 1 to SobolDimensions. The first of them, number 0, is the origin.
func NewSobolPoints(dimensions int) (*SobolPoints, error) {
	if dimensions < 1 || dimensions > SobolDimensions {
		return nil, fmt.Errorf("sobol points have 1 to %d dimensions, not %d", SobolDimensions, dimensions)
	}
	p := &SobolPoints{directions: make([][sobolBits]uint32, dimensions), shift: make([]uint32, dimensions)}
	for j := range sobolBits {
		p.directions[0][j] = 1 << (sobolBits - 1 - j)
	}
	rest := sobolDirections
	for d := 1; d < dimensions; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		p.directions[d] = directionsOf(line)
		d++
	}
	return p, nil
}

// directionsOf carries the recurrence on from a line of the table: the number
// of the primitive polynomial's inner coefficients, then the first m.
//
//	m_j = XOR of 2^i a_i m_(j-i), i = 1..s-1, with 2^s m_(j-s) and m_(j-s)
func directionsOf(line string) (v [sobolBits]uint32) {
	words := strings.Fields(line)
	number := func(i int) uint32 {
		n, _ := strconv.ParseUint(words[i], 10, 32) // the table is our own
		return uint32(n)
	}
	a, s := number(0), len(words)-1
	for j := range v {
		if j < s {
			v[j] = number(j+1) << (sobolBits - 1 - j)
			continue
		}
		v[j] = v[j-s] ^ v[j-s]>>s
		for i := 1; i < s; i++ {
			if a>>(s-1-i)&1 == 1 {
				v[j] ^= v[j-i]
			}
		}
	}
	return v
}

// Scramble turns the points, in place, into others that are as even and of
// which each is uniform, so that estimates made with them have no bias and
// their error can be told from several seeds: every dimension's digits go
// through a random lower triangular matrix and are shifted by random digits. A
// coordinate is then never 0.
//
// Source: Matoušek (1998), On the L2-discrepancy for anchored boxes.
func (p *SobolPoints) Scramble(seed uint64) {
	stream := NewStream(seed, scrambling, 0)
	for d := range p.directions {
		stream.Reset(uint64(d))
		// Row i of the matrix: digit i of the outcome is the parity of what is
		// common to the row and the digits; nothing below the diagonal's digit.
		var rows [sobolBits]uint32
		for i := range rows {
			diagonal := uint32(1) << (sobolBits - 1 - i)
			rows[i] = diagonal | uint32(stream.Word())&^(diagonal|(diagonal-1))
		}
		for j, v := range p.directions[d] {
			var w uint32
			for _, row := range rows {
				w = w<<1 | uint32(bits.OnesCount32(row&v)&1)
			}
			p.directions[d][j] = w
		}
		p.shift[d] = uint32(stream.Word())
	}
	p.half = 0.5
}

// Dimensions is the number of coordinates of a point.
func (p *SobolPoints) Dimensions() int { return len(p.directions) }

// Point writes the coordinates of point k to dst, one a dimension, each in
// [0, 1). k is below 2^32.
func (p *SobolPoints) Point(k uint32, dst []float64) {
	gray := k ^ k>>1
	for d := range p.directions {
		v := &p.directions[d]
		x := p.shift[d]
		for g := gray; g != 0; g &= g - 1 {
			x ^= v[bits.TrailingZeros32(g)]
		}
		dst[d] = (float64(x) + p.half) * (1.0 / (1 << sobolBits))
	}
}
