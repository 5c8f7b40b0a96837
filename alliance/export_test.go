package alliance

import (
	"mizan"
	"mizan/build"
	"mizan/network"
	"mizan/spec"
)

// ResultOf is the build that a study looks at.
func ResultOf(st *Study) *build.Result { return st.result }

// ExactScores values every coalition of units, given by their codes, by the
// pooled score.
func ExactScores(st *Study, codes []string) ([]float64, error) {
	g, err := st.Named(codes)
	if err != nil {
		return nil, err
	}
	f := &field{p: st.pooler, members: g.at, games: []game{scoreGame("score", st.pooler.top)}}
	v, _ := f.exact()
	return v[0], nil
}

// SampledScores estimates the Shapley and the Banzhaf values of units in the
// pooled score.
func SampledScores(st *Study, codes []string, circles int, seed uint64) (shapley, banzhaf []Estimate, err error) {
	g, err := st.Named(codes)
	if err != nil {
		return nil, nil, err
	}
	f := &field{p: st.pooler, members: g.at, games: []game{scoreGame("score", st.pooler.top)}}
	return f.sampled(circles, seed)[0], f.sampledBanzhaf(circles, seed)[0], nil
}

// IntervalOf is the interval of units together over the draws of a study.
func IntervalOf(st *Study, codes []string) (*Interval, error) {
	g, err := st.Named(codes)
	if err != nil {
		return nil, err
	}
	return st.sample([][]int{g.at}, 1).interval(0, -1), nil
}

// ExactChain values every coalition of units by what it could make alone of a
// chain.
func ExactChain(st *Study, codes []string, t *mizan.Supply) []float64 {
	g := chainGame(st.pooler, t, network.NewChain(t, st.Year()), spec.ValueSelfSufficiency)
	f := &field{p: st.pooler, members: st.positions(codes), games: []game{g}}
	v, _ := f.exact()
	return v[0]
}
