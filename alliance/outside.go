package alliance

import (
	"mizan/build"
	"mizan/spec"
)

// Pooler pools alliances on the scale of one build in one year, for those who
// score them by themselves. It may be used by several goroutines.
type Pooler struct{ p *pooler }

// NewPooler prepares the pooling of a build by the rules of a project. Ties are
// those that the rules name; nil if there are none. Errors are mizan.Problems:
// indicators without a rule of pooling, a year that the build lacks.
func NewPooler(s *spec.Spec, r *build.Result, year int, ties Ties) (*Pooler, error) {
	if err := rulesLacking(s).OrNil(); err != nil {
		return nil, err
	}
	st := &Study{spec: s, result: r, options: Options{Ties: ties}}
	p, err := newPooler(s, r, year, st.tiesOf(year))
	return &Pooler{p}, err
}

// Normalised are the normalised figures of an alliance of members, given by
// their positions among the units in ascending order: parallel to the
// indicators of the build, missing (NaN) where they cannot be pooled.
func (p *Pooler) Normalised(members []int) []float64 {
	normalised, _ := p.p.normalised(members)
	return normalised
}
