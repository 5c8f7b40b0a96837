package stat

import "math/bits"

// Stream is a sequence of random numbers that is found by its coordinates: a
// seed, a purpose and a number. Any two streams that differ in one of them
// share no block, and any place of a stream is reached without the places
// before it, so that draw k is the same whoever computes it and in which order.
//
// It is Philox4x64-10 with the key (seed, purpose) and the counter (block,
// number, 0, 0). The zero Stream is that of seed 0, purpose 0, number 0.
//
// Source: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as
// easy as 1, 2, 3.
type Stream struct {
	seed, purpose, number uint64
	block                 uint64 // the next
	words                 [4]uint64
	left                  int // words of the block that are not used yet
}

// NewStream is the stream of a number under a seed and a purpose.
func NewStream(seed, purpose, number uint64) *Stream {
	return &Stream{seed: seed, purpose: purpose, number: number}
}

// Reset makes the stream the one of another number, from its start.
func (s *Stream) Reset(number uint64) { s.number, s.block, s.left = number, 0, 0 }

// Word is the next 64 bits.
func (s *Stream) Word() uint64 {
	if s.left == 0 {
		s.words = Philox([4]uint64{s.block, s.number}, [2]uint64{s.seed, s.purpose})
		s.block++
		s.left = len(s.words)
	}
	w := s.words[len(s.words)-s.left]
	s.left--
	return w
}

// Uniform is a number between 0 and 1, neither of which it is: the middle of
// one of 2^52 equal parts.
//
//	(floor(word / 2^12) + 1/2) / 2^52
func (s *Stream) Uniform() float64 { return uniform(s.Word()) }

// Uniforms fills dst with what as many calls of Uniform give.
func (s *Stream) Uniforms(dst []float64) {
	for s.left > 0 && len(dst) > 0 {
		dst[0] = s.Uniform()
		dst = dst[1:]
	}
	key := [2]uint64{s.seed, s.purpose}
	for len(dst) >= 4 {
		w := Philox([4]uint64{s.block, s.number}, key)
		s.block++
		dst[0], dst[1], dst[2], dst[3] = uniform(w[0]), uniform(w[1]), uniform(w[2]), uniform(w[3])
		dst = dst[4:]
	}
	for i := range dst {
		dst[i] = s.Uniform()
	}
}

func uniform(word uint64) float64 { return (float64(word>>12) + 0.5) * (1.0 / (1 << 52)) }

// Below is a whole number from 0 to n-1, each as likely as the others; n must
// be above 0.
//
// Source: Lemire (2019), Fast random integer generation in an interval.
func (s *Stream) Below(n int) int {
	size := uint64(n)
	hi, lo := bits.Mul64(s.Word(), size)
	for refused := -size % size; lo < refused; {
		hi, lo = bits.Mul64(s.Word(), size)
	}
	return int(hi)
}

const (
	philoxM0, philoxM1 = 0xD2E7470EE14C6C93, 0xCA5A826395121157
	philoxW0, philoxW1 = 0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B
	philoxRounds       = 10
)

// Philox is the block of Philox4x64-10 at a counter under a key.
//
// Source: Salmon, Moraes, Dror and Shaw (2011); known answers are in their
// library Random123.
func Philox(counter [4]uint64, key [2]uint64) [4]uint64 {
	c0, c1, c2, c3 := counter[0], counter[1], counter[2], counter[3]
	k0, k1 := key[0], key[1]
	for range philoxRounds {
		h0, l0 := bits.Mul64(philoxM0, c0)
		h1, l1 := bits.Mul64(philoxM1, c2)
		c0, c1, c2, c3 = h1^c1^k0, l1, h0^c3^k1, l0
		k0 += philoxW0
		k1 += philoxW1
	}
	return [4]uint64{c0, c1, c2, c3}
}
