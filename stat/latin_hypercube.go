package stat

// LatinHypercube writes points of the unit cube, row by row, to dst: of n
// points, each of the n equal parts of every dimension holds one, at a random
// place within. n is the length of dst over the number of dimensions. Each
// dimension has a stream of its own, so that the first ones stay when others
// are added.
//
//	x_id = (p_d(i) + u) / n, p_d a random permutation of 0..n-1
//
// Source: McKay, Beckman and Conover (1979), A comparison of three methods for
// selecting values of input variables.
func LatinHypercube(dst []float64, dimensions int, seed uint64) {
	if dimensions <= 0 {
		return
	}
	n := len(dst) / dimensions
	places := make([]int, n)
	stream := NewStream(seed, hypercube, 0)
	for d := range dimensions {
		stream.Reset(uint64(d))
		Permute(places, stream)
		for i, place := range places {
			dst[i*dimensions+d] = (float64(place) + stream.Uniform()) / float64(n)
		}
	}
}

// Permute writes a random order of the numbers from 0 to len(dst)-1 to dst,
// every order as likely as the others.
//
// Source: Durstenfeld (1964), Algorithm 235.
func Permute(dst []int, stream *Stream) {
	for i := range dst {
		j := stream.Below(i + 1)
		dst[i] = dst[j]
		dst[j] = i
	}
}
