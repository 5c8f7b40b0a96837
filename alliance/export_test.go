package alliance

// ExactScores values every coalition of units, given by their codes, by the
// pooled score.
func ExactScores(st *Study, codes []string) ([]float64, error) {
	g, err := st.Named(codes)
	if err != nil {
		return nil, err
	}
	f := &field{p: st.pooler, members: g.at, games: []game{scoreGame("score", st.pooler.top)}}
	v, err := f.exact()
	if err != nil {
		return nil, err
	}
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
	s, err := f.sampled(circles, seed)
	if err != nil {
		return nil, nil, err
	}
	b, err := f.sampledBanzhaf(circles, seed)
	if err != nil {
		return nil, nil, err
	}
	return s[0], b[0], nil
}
