package stat

import (
	"fmt"
	"math"
)

// MorrisInput says how an input moves in a trajectory of Morris.
type MorrisInput struct {
	Factor int // inputs of one factor move together
	// Choices above 0 makes the input one of so many alternatives: it takes the
	// middles of as many equal parts of [0, 1], and a step goes to another
	// alternative, each as likely. Otherwise the input is continuous.
	Choices int
}

// Morris is the sampling plan of elementary effects: random trajectories
// through a grid of the unit cube, in each of which every factor moves once.
// A continuous input has an even number p of levels 0, 1/(p-1), ..., 1 and moves
// by p / (2(p-1)), so that each level is as likely as the others.
//
// Sources: Morris (1991), Factorial sampling plans for preliminary
// computational experiments; Campolongo, Cariboni and Saltelli (2007) for
// factors of several inputs.
type Morris struct {
	inputs  []MorrisInput
	factors int
	levels  int
	seed    uint64
}

// NewMorris makes the plan; levels is even and at least 2 (4 is usual), factors
// are numbered from 0 and each has an input.
func NewMorris(inputs []MorrisInput, levels int, seed uint64) (*Morris, error) {
	if levels < 2 || levels%2 == 1 {
		return nil, fmt.Errorf("%d levels: the number of levels is even and at least 2", levels)
	}
	m := &Morris{inputs: inputs, levels: levels, seed: seed}
	met := make([]bool, len(inputs))
	for _, in := range inputs {
		if in.Factor < 0 || in.Factor >= len(inputs) {
			return nil, fmt.Errorf("factor %d: %d inputs have factors 0 to %d", in.Factor, len(inputs), len(inputs)-1)
		}
		met[in.Factor] = true
		m.factors = max(m.factors, in.Factor+1)
	}
	for f := range m.factors {
		if !met[f] {
			return nil, fmt.Errorf("factor %d has no input", f)
		}
	}
	if m.factors == 0 {
		return nil, fmt.Errorf("a plan needs at least one input")
	}
	return m, nil
}

// Factors is the number of factors, one less than the points of a trajectory.
func (m *Morris) Factors() int { return m.factors }

// Step is the distance by which the change of an output is divided when a
// factor moves: that of its continuous inputs, or 1 if it has none but
// alternatives. signed is true of a factor of a single continuous input: only
// its effects have a direction.
func (m *Morris) Step(factor int) (step float64, signed bool) {
	inputs, grid := 0, 0
	for _, in := range m.inputs {
		if in.Factor == factor {
			inputs++
			if in.Choices == 0 {
				grid++
			}
		}
	}
	if grid == 0 {
		return 1, false
	}
	return m.delta(), inputs == 1
}

func (m *Morris) delta() float64 { return float64(m.levels) / float64(2*(m.levels-1)) }

// Trajectory is a path through the unit cube.
type Trajectory struct {
	Points [][]float64 // one more than factors; each has a number an input
	Moved  []int       // the factor that moved to reach point k+1
	Signs  []float64   // by factor: -1 if its (last) input moved down, else 1
}

// Trajectory is the k-th path, whatever paths were asked for before.
func (m *Morris) Trajectory(k uint64) Trajectory {
	stream := NewStream(m.seed, trajectories, k)
	t := Trajectory{Points: make([][]float64, m.factors+1), Moved: make([]int, m.factors), Signs: make([]float64, m.factors)}
	from, to := make([]float64, len(m.inputs)), make([]float64, len(m.inputs))
	for i, in := range m.inputs {
		if in.Choices > 0 {
			was := stream.Below(in.Choices)
			is := was
			if in.Choices > 1 {
				is = (was + 1 + stream.Below(in.Choices-1)) % in.Choices
			}
			from[i] = (float64(was) + 0.5) / float64(in.Choices)
			to[i] = (float64(is) + 0.5) / float64(in.Choices)
		} else {
			// The lower half of the levels moves up, the upper half down.
			was := stream.Below(m.levels)
			is := (was + m.levels/2) % m.levels
			from[i] = float64(was) / float64(m.levels-1)
			to[i] = float64(is) / float64(m.levels-1)
		}
		t.Signs[in.Factor] = 1
		if to[i] < from[i] {
			t.Signs[in.Factor] = -1
		}
	}
	Permute(t.Moved, stream)
	t.Points[0] = from
	for k, factor := range t.Moved {
		next := append([]float64(nil), t.Points[k]...)
		for i, in := range m.inputs {
			if in.Factor == factor {
				next[i] = to[i]
			}
		}
		t.Points[k+1] = next
	}
	return t
}

// EffectSums are sums of elementary effects, which can be added.
type EffectSums struct{ N, Sum, Absolute, Square float64 }

// Add adds an effect; a missing one adds nothing.
func (s *EffectSums) Add(effect float64) {
	if effect != effect {
		return
	}
	s.N++
	s.Sum += effect
	s.Absolute += math.Abs(effect)
	s.Square += float64(effect * effect)
}

// Merge adds other sums, so many times.
func (s *EffectSums) Merge(t EffectSums, times float64) {
	s.N += times * t.N
	s.Sum += times * t.Sum
	s.Absolute += times * t.Absolute
	s.Square += times * t.Square
}

// Mean is mu, the mean effect; Strength is mu*, the mean of the effects'
// absolute values, by which factors are screened. Both are NaN of no effects.
func (s EffectSums) Mean() float64 { return s.Sum / s.N }

// Strength is mu*: see Mean.
func (s EffectSums) Strength() float64 { return s.Absolute / s.N }

// Spread is sigma, the standard deviation of the effects (with n-1): great
// where a factor acts in a curve or together with others. NaN for fewer than
// two effects.
func (s EffectSums) Spread() float64 {
	if s.N < 2 {
		return math.NaN()
	}
	v := (s.Square - s.Sum*s.Sum/s.N) / (s.N - 1)
	if v <= 1e-13*s.Square/s.N {
		return 0
	}
	return math.Sqrt(v)
}
