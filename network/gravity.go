package network

import (
	"math"

	"mizan/stat"
)

// Pair is one pair of nodes that a model of ties looks at: in undirected
// networks I < J, in directed ones from I to J.
type Pair struct {
	I, J   int
	Weight float64
	X      []float64 // covariates, without the constant
}

// Fit is a model of ties fitted to pairs.
type Fit struct {
	Coefficients []float64 // the constant first, then one per covariate
	Errors       []float64 // standard errors, robust to dependence of pairs that share a node
	Expected     []float64 // per pair
	// Explained is the share of the deviance that the model explains, against
	// one with the constant alone; 0 to 1.
	Explained float64
	// Dispersion is Pearson's chi-square by its degrees of freedom: 1 where
	// ties scatter as counts of independent events do.
	Dispersion float64
	Converged  bool
}

// Poisson fits the weights of pairs by Poisson pseudo-maximum likelihood:
//
//	E[c_ij] = exp(b0 + sum over k of b_k x_ijk)
//
// Pairs without a tie count with 0, which a regression of logarithms has to
// leave out; the weights need not be counts, nor scatter as a Poisson variable.
// Standard errors are robust to any scatter and to the dependence of pairs that
// share a node:
//
//	V = A^-1 (sum over d, e that share a node of x_d r_d r_e x_e') A^-1, A = sum over d of m_d x_d x_d'
//
// and never smaller than if pairs that share a node were independent, which the
// formula may give with few nodes. nodes is how many there are. ok is false with fewer pairs than coefficients,
// and where covariates depend on one another.
//
// Source: Santos Silva and Tenreyro (2006), The log of gravity; Aronow, Samii
// and Assenova (2015), Cluster-robust variance estimation for dyadic data.
func Poisson(pairs []Pair, nodes int) (fit Fit, ok bool) {
	if len(pairs) == 0 {
		return Fit{}, false
	}
	k := len(pairs[0].X) + 1
	n := len(pairs)
	sum := 0.0
	for _, p := range pairs {
		sum += p.Weight
	}
	if n <= k || sum <= 0 {
		return Fit{}, false
	}
	mean := sum / float64(n)
	m := &poisson{pairs: pairs, k: k, scale: scales(pairs, k), x: make([]float64, k)}
	b := make([]float64, k)
	b[0] = math.Log(mean)
	expected := make([]float64, n)
	m.expect(expected, b)
	deviance := devianceOf(pairs, expected)
	fit.Converged = false
	for range mostSteps {
		step, solved := m.newton(expected)
		if !solved {
			return Fit{}, false
		}
		next := make([]float64, k)
		better := math.Inf(1)
		// A step that overshoots is halved.
		for range 30 {
			for j := range next {
				next[j] = b[j] + step[j]
			}
			m.expect(expected, next)
			if better = devianceOf(pairs, expected); better <= deviance+1e-9*math.Abs(deviance) {
				break
			}
			for j := range step {
				step[j] /= 2
			}
		}
		change := math.Abs(deviance - better)
		copy(b, next)
		deviance = better
		if change <= 1e-12*(math.Abs(deviance)+1) {
			fit.Converged = true
			break
		}
	}
	fit.Expected = expected
	alone := make([]float64, n)
	for i := range alone {
		alone[i] = mean
	}
	fit.Explained = 1 - deviance/devianceOf(pairs, alone)
	for i, p := range pairs {
		fit.Dispersion += (p.Weight - expected[i]) * (p.Weight - expected[i]) / expected[i]
	}
	fit.Dispersion /= float64(n - k)
	fit.Errors = m.errors(expected, nodes)
	fit.Coefficients = make([]float64, k)
	for j := range b {
		fit.Coefficients[j] = b[j] / m.scale[j]
		fit.Errors[j] /= m.scale[j]
	}
	return fit, fit.Errors[0] == fit.Errors[0]
}

const mostSteps = 100

// poisson is one fit. Covariates are divided by their scale, so that the
// equations are well conditioned.
type poisson struct {
	pairs []Pair
	k     int
	scale []float64
	x     []float64 // the covariates of one pair, reused
}

// scales are the largest absolute values of the constant and the covariates.
func scales(pairs []Pair, k int) []float64 {
	s := make([]float64, k)
	s[0] = 1
	for _, p := range pairs {
		for j, v := range p.X {
			s[j+1] = max(s[j+1], math.Abs(v))
		}
	}
	for j := range s {
		if s[j] == 0 {
			s[j] = 1
		}
	}
	return s
}

func (m *poisson) row(p *Pair) []float64 {
	m.x[0] = 1
	for j, v := range p.X {
		m.x[j+1] = v / m.scale[j+1]
	}
	return m.x
}

func (m *poisson) expect(dst, b []float64) {
	for i := range m.pairs {
		sum := 0.0
		for j, v := range m.row(&m.pairs[i]) {
			sum += float64(b[j] * v)
		}
		// Far off the way a step may ask for more than a double holds.
		dst[i] = math.Exp(min(max(sum, -300), 300))
	}
}

// information is the sum of m x x' over pairs.
func (m *poisson) information(expected []float64) [][]float64 {
	a := square(m.k)
	for i := range m.pairs {
		x := m.row(&m.pairs[i])
		for r := range a {
			w := expected[i] * x[r]
			for c := range r + 1 {
				a[r][c] += float64(w * x[c])
			}
		}
	}
	mirror(a)
	return a
}

// newton is the step A^-1 sum (c - m) x.
func (m *poisson) newton(expected []float64) (step []float64, ok bool) {
	score := make([]float64, m.k)
	for i := range m.pairs {
		r := m.pairs[i].Weight - expected[i]
		for j, v := range m.row(&m.pairs[i]) {
			score[j] += float64(r * v)
		}
	}
	return stat.SolvePositive(m.information(expected), score)
}

// errors are the robust standard errors.
func (m *poisson) errors(expected []float64, nodes int) []float64 {
	// The sum over pairs that share a node is that over nodes of the square of
	// the node's own sum, less what counts a pair with itself twice.
	meat := square(m.k)
	byNode := make([][]float64, nodes)
	for i := range byNode {
		byNode[i] = make([]float64, m.k)
	}
	both := map[[2]int][]float64{} // in directed networks there and back
	for i := range m.pairs {
		p := &m.pairs[i]
		key := [2]int{min(p.I, p.J), max(p.I, p.J)}
		if both[key] == nil {
			both[key] = make([]float64, m.k)
		}
		r := p.Weight - expected[i]
		for j, v := range m.row(p) {
			byNode[p.I][j] += float64(r * v)
			byNode[p.J][j] += float64(r * v)
			both[key][j] += float64(r * v)
		}
	}
	for _, s := range byNode {
		outer(meat, s, 1)
	}
	for i := range m.pairs {
		p := &m.pairs[i]
		key := [2]int{min(p.I, p.J), max(p.I, p.J)}
		if s := both[key]; s != nil {
			outer(meat, s, -1)
			delete(both, key)
		}
	}
	mirror(meat)
	apart := square(m.k)
	for i := range m.pairs {
		p := &m.pairs[i]
		r := p.Weight - expected[i]
		s := make([]float64, m.k)
		for j, v := range m.row(p) {
			s[j] = r * v
		}
		outer(apart, s, 1)
	}
	mirror(apart)
	se := make([]float64, m.k)
	a := m.information(expected)
	for j := range se {
		unit := make([]float64, m.k)
		unit[j] = 1
		col, ok := stat.SolvePositive(a, unit)
		if !ok {
			se[j] = math.NaN()
			continue
		}
		se[j] = math.Sqrt(max(quadratic(meat, col), quadratic(apart, col)))
	}
	return se
}

// quadratic is x' a x.
func quadratic(a [][]float64, x []float64) float64 {
	v := 0.0
	for r := range x {
		for c := range x {
			v += float64(x[r] * float64(a[r][c]*x[c]))
		}
	}
	return v
}

func square(k int) [][]float64 {
	a := make([][]float64, k)
	for i := range a {
		a[i] = make([]float64, k)
	}
	return a
}

// outer adds sign times s s' to the lower half of a.
func outer(a [][]float64, s []float64, sign float64) {
	for r := range a {
		for c := range r + 1 {
			a[r][c] += sign * float64(s[r]*s[c])
		}
	}
}

func mirror(a [][]float64) {
	for r := range a {
		for c := range r {
			a[c][r] = a[r][c]
		}
	}
}

// devianceOf is twice the sum of c ln(c/m) - (c - m).
func devianceOf(pairs []Pair, expected []float64) float64 {
	d := 0.0
	for i, p := range pairs {
		if p.Weight > 0 {
			d += float64(p.Weight * math.Log(p.Weight/expected[i]))
		}
		d -= p.Weight - expected[i]
	}
	return 2 * d
}
