package build

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"mizan/stat"
)

// leastVariance is the share of an indicator's variance that must be left when
// the other indicators are taken out; below it they say the same.
const leastVariance = 1e-10

// normalFit is a multivariate normal distribution on its way to fit some
// columns, in standard deviations from the mean.
type normalFit struct {
	cols      []int     // columns with a spread
	mean, sd  []float64 // of the observed values
	constant  []int     // columns that have but one value
	x         [][]float64
	patterns  []pattern
	mu        []float64
	s         [][]float64 // covariance
	precision [][]float64 // its inverse
	factor    [][]float64 // room for a Cholesky factor
	spare     [][]float64 // room for the next covariance
}

// pattern is a set of columns that are missing together, with its rows.
type pattern struct{ missing, present, rows []int }

func newNormalFit(in *Matrix, set []int) *normalFit {
	f := &normalFit{}
	for _, c := range set {
		mean, sd, n := spreadOf(in.Columns[c])
		switch {
		case sd > 0:
			f.cols, f.mean, f.sd = append(f.cols, c), append(f.mean, mean), append(f.sd, sd)
		case n > 0:
			f.constant = append(f.constant, c)
		}
	}
	p := len(f.cols)
	f.mu, f.s, f.precision, f.factor, f.spare = make([]float64, p), square(p), square(p), square(p), square(p)
	f.x = make([][]float64, len(in.Columns[set[0]]))
	for row := range f.x {
		f.x[row] = make([]float64, p)
		for i, c := range f.cols {
			f.x[row][i] = (in.Columns[c][row] - f.mean[i]) / f.sd[i]
		}
	}
	f.findPatterns()
	f.start()
	return f
}

func square(p int) [][]float64 {
	cells := make([]float64, p*p)
	m := make([][]float64, p)
	for i := range m {
		m[i] = cells[i*p : (i+1)*p]
	}
	return m
}

// findPatterns sorts the rows by what they lack.
func (f *normalFit) findPatterns() {
	place := map[string]int{}
	key := make([]byte, len(f.cols))
	for row, x := range f.x {
		for i, v := range x {
			key[i] = '.'
			if v != v {
				key[i] = 'm'
			}
		}
		at, seen := place[string(key)]
		if !seen {
			at = len(f.patterns)
			place[string(key)] = at
			var p pattern
			for i, k := range key {
				if k == 'm' {
					p.missing = append(p.missing, i)
				} else {
					p.present = append(p.present, i)
				}
			}
			f.patterns = append(f.patterns, p)
		}
		f.patterns[at].rows = append(f.patterns[at].rows, row)
	}
}

// start is the mean and the variance of the observed values, without any
// covariance.
func (f *normalFit) start() {
	column := make([]float64, len(f.x))
	for i := range f.cols {
		for row := range f.x {
			column[row] = f.x[row][i]
		}
		m := stat.MomentsOf(column)
		f.mu[i] = m.Mean
		f.s[i][i] = m.S2 / float64(m.N)
	}
}

func (f *normalFit) hasGaps() bool {
	for _, p := range f.patterns {
		if len(p.missing) > 0 {
			return true
		}
	}
	return false
}

// others are the columns but one.
func (f *normalFit) others(but int) []int {
	var cols []int
	for i, c := range f.cols {
		if i != but {
			cols = append(cols, c)
		}
	}
	return cols
}

// turn is one E step and one M step. It returns the greatest change of a mean
// or a covariance, or the position of a column that follows from the others.
//
// With K the inverse of S, the regression of what is missing on what is
// observed is -K_mm^-1 K_mo, and what it leaves has the covariance K_mm^-1: one
// inverse serves all rows.
func (f *normalFit) turn(ridge float64) (change float64, dependent int) {
	for i, row := range f.s {
		copy(f.factor[i], row)
	}
	if dependent = stat.Cholesky(f.factor, leastVariance); dependent >= 0 {
		return math.Inf(1), dependent
	}
	stat.CholeskyInverse(f.factor, f.precision)
	next := f.spare
	for _, row := range next {
		clear(row)
	}
	for _, p := range f.patterns {
		if dependent = f.expect(p, next); dependent >= 0 {
			return math.Inf(1), dependent
		}
	}
	change = f.maximise(next, ridge)
	f.s, f.spare = next, f.s
	return change, -1
}

// expect fills the gaps of the rows of a pattern with their expectations, and
// adds the covariance that these leave out to sum. It returns the position of a
// column that follows from the others, or -1.
func (f *normalFit) expect(p pattern, sum [][]float64) (dependent int) {
	m := len(p.missing)
	if m == 0 {
		return -1
	}
	left := square(m)
	for a, i := range p.missing {
		for b, k := range p.missing[:a+1] {
			left[a][b] = f.precision[i][k]
		}
	}
	if d := stat.Cholesky(left, 0); d >= 0 {
		return p.missing[d]
	}
	pull := make([]float64, m)
	for _, row := range p.rows {
		x := f.x[row]
		for a, i := range p.missing {
			pull[a] = 0
			for _, k := range p.present {
				pull[a] -= float64(f.precision[i][k] * (x[k] - f.mu[k]))
			}
		}
		stat.CholeskySolve(left, pull)
		for a, i := range p.missing {
			x[i] = f.mu[i] + pull[a]
		}
	}
	covariance := square(m)
	stat.CholeskyInverse(left, covariance)
	for a, i := range p.missing {
		for b, k := range p.missing {
			sum[i][k] += float64(float64(len(p.rows)) * covariance[a][b])
		}
	}
	return -1
}

// informed is the number of rows with at least one value.
func (f *normalFit) informed() int {
	n := 0
	for _, p := range f.patterns {
		if len(p.present) > 0 {
			n += len(p.rows)
		}
	}
	return n
}

// maximise takes the mean and the covariance of the filled rows; s comes in as
// the sum of what the expectations leave out.
func (f *normalFit) maximise(s [][]float64, ridge float64) (change float64) {
	n := float64(len(f.x))
	for i, old := range f.mu {
		var sum float64
		for _, x := range f.x {
			sum += x[i]
		}
		f.mu[i] = sum / n
		change = max(change, math.Abs(f.mu[i]-old))
	}
	d := make([]float64, len(f.mu))
	for _, x := range f.x {
		for i, v := range x {
			d[i] = v - f.mu[i]
		}
		for i, di := range d {
			row := s[i]
			for k, dk := range d[:i+1] {
				row[k] += float64(di * dk)
			}
		}
	}
	for i := range s {
		for k := range i + 1 {
			s[i][k] /= n
			if i == k {
				s[i][k] += ridge
			}
			s[k][i] = s[i][k]
			change = max(change, math.Abs(s[i][k]-f.s[i][k]))
		}
	}
	return change
}

// scatter adds to the expectations of each row a draw from the normal
// distribution that they leave out. Its covariance is K_mm^-1 = L'^-1 L^-1, L
// being the factor of K_mm, so that L'^-1 z has it, z being independent.
func (f *normalFit) scatter(in *Matrix, seed uint64) {
	for i, row := range f.s {
		copy(f.factor[i], row)
	}
	if stat.Cholesky(f.factor, 0) >= 0 {
		return // cannot be: the fit has settled
	}
	stat.CholeskyInverse(f.factor, f.precision)
	for _, p := range f.patterns {
		m := len(p.missing)
		left, z := square(m), make([]float64, m)
		for a, i := range p.missing {
			for b, k := range p.missing[:a+1] {
				left[a][b] = f.precision[i][k]
			}
		}
		if stat.Cholesky(left, 0) >= 0 {
			continue
		}
		for _, row := range p.rows {
			for a, i := range p.missing {
				u := (float64(cellKey(seed, in, f.cols[i], row)>>12) + 0.5) / (1 << 52)
				z[a] = mathext.NormalQuantile(u)
			}
			for a := m - 1; a >= 0; a-- {
				z[a] /= left[a][a]
				for b, v := range left[a][:a] {
					z[b] -= float64(v * z[a])
				}
				f.x[row][p.missing[a]] += z[a]
			}
		}
	}
}

// write puts the expectations into the gaps.
func (f *normalFit) write(in *Matrix) {
	for i, c := range f.cols {
		x := in.Columns[c]
		for row := range x {
			if x[row] != x[row] {
				x[row] = float64(f.x[row][i]*f.sd[i]) + f.mean[i]
			}
		}
	}
	for _, c := range f.constant {
		lo, _ := stat.MinMax(in.Columns[c])
		fill(in.Columns[c], lo)
	}
}
