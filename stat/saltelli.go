package stat

import "fmt"

// Saltelli is the sampling plan of variance-based sensitivity: two independent
// points A and B of the unit cube a row, and for every factor i the point AB_i,
// which is A with the inputs of factor i from B. A factor is one input or
// several that go together.
//
// The points A and B of row k are the two halves of scrambled Sobol point k of
// twice as many dimensions. Dimensions beyond SobolDimensions are random.
//
// Source: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010),
// Variance based sensitivity analysis of model output.
type Saltelli struct {
	factorOf []int
	factors  int
	seed     uint64
	points   *SobolPoints
	row      []float64
}

// NewSaltelli makes the plan for inputs of which factorOf says to which factor
// each belongs; factors are numbered from 0 and each has an input. The plan is
// for one goroutine: Clone gives another.
func NewSaltelli(factorOf []int, seed uint64) (*Saltelli, error) {
	s := &Saltelli{factorOf: factorOf, seed: seed, row: make([]float64, 2*len(factorOf))}
	met := make([]bool, len(factorOf))
	for _, f := range factorOf {
		if f < 0 || f >= len(factorOf) {
			return nil, fmt.Errorf("factor %d: %d inputs have factors 0 to %d", f, len(factorOf), len(factorOf)-1)
		}
		met[f] = true
		s.factors = max(s.factors, f+1)
	}
	for f := range s.factors {
		if !met[f] {
			return nil, fmt.Errorf("factor %d has no input", f)
		}
	}
	var err error
	s.points, err = NewSobolPoints(min(2*len(factorOf), SobolDimensions))
	if err != nil {
		return nil, fmt.Errorf("a plan needs at least one input: %w", err)
	}
	s.points.Scramble(seed)
	return s, nil
}

// Clone is the same plan for another goroutine.
func (s *Saltelli) Clone() *Saltelli {
	c := *s
	c.row = make([]float64, len(s.row))
	return &c
}

// Factors is the number of factors.
func (s *Saltelli) Factors() int { return s.factors }

// Row writes points A and B of row k, one number an input, to a and b.
func (s *Saltelli) Row(k uint32, a, b []float64) {
	s.points.Point(k, s.row)
	if rest := s.row[s.points.Dimensions():]; len(rest) > 0 {
		NewStream(s.seed, padding, uint64(k)).Uniforms(rest)
	}
	copy(a, s.row)
	copy(b, s.row[len(s.factorOf):])
}

// Mix writes a with the inputs of one factor from b to dst: AB_i of A and B, or
// BA_i of B and A.
func (s *Saltelli) Mix(dst, a, b []float64, factor int) {
	copy(dst, a)
	for i, f := range s.factorOf {
		if f == factor {
			dst[i] = b[i]
		}
	}
}
