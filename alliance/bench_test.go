package alliance

import "testing"

func BenchmarkExact20(b *testing.B) {
	st := scratchStudy(b)
	p := st.pooler
	f := &field{p: p, members: []int{0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45, 48, 51, 54, 57}, games: []game{scoreGame("score", p.top)}}
	for b.Loop() {
		v, _ := f.exact()
		Shapley(v[0])
	}
}
