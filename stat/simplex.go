package stat

import (
	"errors"
	"math"
)

// The ways in which a linear programme has no best point.
var (
	ErrInfeasible = errors.New("no point keeps all limits")
	ErrUnbounded  = errors.New("the objective grows without limit")
	ErrBadNumbers = errors.New("a coefficient is not a finite number, or a row has the wrong length")
	ErrNoEnd      = errors.New("the search did not end")
)

// Simplex finds the x that maximises a linear objective under linear limits.
//
//	max c x   subject to   a x <= b,  x >= 0
//
// c has one coefficient per variable, a one row per limit and b its right-hand
// side, of either sign. A limit from below is a row with all signs turned; an
// equation is both. x is one optimal corner (others may be as good: value is
// unique, x need not be), the same one on every machine.
//
// Nothing may be missing. Errors: ErrInfeasible, ErrUnbounded, ErrBadNumbers,
// and ErrNoEnd where rounding keeps the search from ending.
//
// The method is the primal simplex on a dense tableau, in two phases where some
// limit is negative. The entering variable is that of the steepest objective;
// while the objective stands still, that of the lowest index, which cannot
// cycle. It is meant for hundreds of limits and tens of variables,
// with coefficients that differ by less than about a billion in the same row
// once each variable is measured in a unit of its own.
//
// Source: Dantzig (1951), in Koopmans (ed.), Activity Analysis of Production and
// Allocation, chapter 21; Bland (1977), New finite pivoting rules for the
// simplex method.
func Simplex(c []float64, a [][]float64, b []float64) (x []float64, value float64, err error) {
	if !finiteProgramme(c, a, b) {
		return nil, math.NaN(), ErrBadNumbers
	}
	t, scale, size := newTableau(c, a, b)
	if err := t.feasible(); err != nil {
		return nil, math.NaN(), err
	}
	if err := t.climb(); err != nil {
		return nil, math.NaN(), err
	}
	x = make([]float64, len(c))
	for i, v := range t.basic {
		if v < len(c) {
			x[v] = math.Max(0, t.at(i, t.n)) * scale[v] * size
		}
	}
	for j, v := range x {
		value += float64(c[j] * v)
	}
	return x, value, nil
}

func finiteProgramme(c []float64, a [][]float64, b []float64) bool {
	bad := func(list []float64) bool {
		for _, v := range list {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return true
			}
		}
		return false
	}
	if bad(c) || bad(b) || len(a) != len(b) {
		return false
	}
	for _, row := range a {
		if len(row) != len(c) || bad(row) {
			return false
		}
	}
	return true
}

// tiny is what counts as zero in a tableau whose coefficients are about 1.
const tiny = 1e-11

// tableau holds the basic variables as functions of the others: row i says
// basic[i] + sum_j t[i][j] other[j] = t[i][n]. The last row is the objective,
// with the sign of its coefficients as they are: a positive one can still raise
// it; its last entry is minus its value. Variables 0 … n-1 are those of the
// programme, n … n+m-1 the slacks of the limits.
type tableau struct {
	m, n  int
	cells []float64 // (m+1) rows of n+1
	basic []int     // variable of each row
	other []int     // variable of each column
}

func (t *tableau) row(i int) []float64    { return t.cells[i*(t.n+1) : (i+1)*(t.n+1)] }
func (t *tableau) at(i, j int) float64    { return t.cells[i*(t.n+1)+j] }
func (t *tableau) objective() []float64   { return t.row(t.m) }
func (t *tableau) auxiliary() int         { return t.n + t.m } // a variable that no programme has
func (t *tableau) column(v int) (j int)   { return indexOf(t.other, v) }
func (t *tableau) basicRow(v int) (i int) { return indexOf(t.basic, v) }

func indexOf(list []int, v int) int {
	for i, w := range list {
		if w == v {
			return i
		}
	}
	return -1
}

// newTableau scales variables, then limits and objective, then all right-hand
// sides, by powers of two so that the greatest coefficient of each is about 1;
// scale and size take a variable back.
func newTableau(c []float64, a [][]float64, b []float64) (t *tableau, scale []float64, size float64) {
	t = &tableau{m: len(a), n: len(c)}
	t.cells = make([]float64, (t.m+1)*(t.n+1))
	scale = make([]float64, t.n)
	steepest := 0.0
	for j := range c {
		t.other = append(t.other, j)
		most := 0.0
		for _, row := range a {
			most = math.Max(most, math.Abs(row[j]))
		}
		scale[j] = 1 / power(most)
		t.objective()[j] = c[j] * scale[j]
		steepest = math.Max(steepest, math.Abs(t.objective()[j]))
	}
	for j := range c {
		t.objective()[j] /= power(steepest)
	}
	for i, row := range a {
		t.basic = append(t.basic, t.n+i)
		to, most := t.row(i), 0.0
		for j, v := range row {
			to[j] = v * scale[j]
			most = math.Max(most, math.Abs(to[j]))
		}
		k := 1 / power(most)
		for j := range row {
			to[j] *= k
		}
		to[t.n] = b[i] * k
		size = math.Max(size, math.Abs(to[t.n]))
	}
	size = power(size)
	for i := range a {
		t.row(i)[t.n] /= size
	}
	return t, scale, size
}

// power is the power of two next to v, 1 for 0.
func power(v float64) float64 {
	if v == 0 {
		return 1
	}
	return math.Ldexp(1, math.Ilogb(v))
}

// feasible finds a first corner. Where a limit is negative, the point 0 breaks
// it: then an auxiliary variable loosens all limits alike, and is brought down
// to 0 if that can be done.
func (t *tableau) feasible() error {
	worst := -1
	for i := range t.m {
		if v := t.at(i, t.n); v < 0 && (worst < 0 || v < t.at(worst, t.n)) {
			worst = i
		}
	}
	if worst < 0 {
		return nil
	}
	wide := &tableau{m: t.m, n: t.n + 1, basic: t.basic, other: append(t.other, t.auxiliary())}
	wide.cells = make([]float64, (wide.m+1)*(wide.n+1))
	for i := range t.m {
		from, to := t.row(i), wide.row(i)
		copy(to, from[:t.n])
		to[t.n], to[wide.n] = -1, from[t.n]
	}
	wide.objective()[t.n] = -1
	wide.pivot(worst, t.n)
	if err := wide.climb(); err != nil {
		return err
	}
	if -wide.objective()[wide.n] < -tiny {
		return ErrInfeasible
	}
	wide.expel(t.auxiliary())
	t.shrink(wide)
	return nil
}

// expel takes a variable that is 0 out of the basis.
func (t *tableau) expel(v int) {
	i := t.basicRow(v)
	if i < 0 {
		return
	}
	best := 0
	for j := range t.n {
		if math.Abs(t.at(i, j)) > math.Abs(t.at(i, best)) {
			best = j
		}
	}
	if t.at(i, best) != 0 {
		t.pivot(i, best)
	}
}

// shrink takes over the rows of a tableau that has the auxiliary variable as
// one more column, and writes the objective in the variables that are not in
// the basis now.
func (t *tableau) shrink(wide *tableau) {
	c := append([]float64(nil), t.objective()...)
	gone := wide.column(t.auxiliary())
	t.basic, t.other = wide.basic, nil
	clear(t.objective())
	k := 0
	for j, v := range wide.other {
		if j == gone {
			continue
		}
		for i := range t.m {
			t.row(i)[k] = wide.at(i, j)
		}
		if v < t.n {
			t.objective()[k] = c[v]
		}
		t.other = append(t.other, v)
		k++
	}
	for i, v := range t.basic {
		t.row(i)[t.n] = math.Max(0, wide.at(i, wide.n))
		if v >= t.n {
			continue
		}
		for j, a := range t.row(i) {
			t.objective()[j] -= float64(c[v] * a)
		}
	}
}

// climb pivots until no variable can raise the objective.
func (t *tableau) climb() error {
	value, still := -t.objective()[t.n], 0
	for range 100*(t.m+t.n) + 1000 {
		careful := still > t.m+t.n
		j := t.entering(careful)
		if j < 0 {
			return nil
		}
		i := t.leaving(j, careful)
		if i < 0 {
			return ErrUnbounded
		}
		t.pivot(i, j)
		if now := -t.objective()[t.n]; now > value+1e-12*math.Abs(value) {
			value, still = now, 0
		} else {
			still++
		}
	}
	return ErrNoEnd
}

// entering chooses the column that raises the objective most, or, when careful,
// that of the lowest variable that raises it; -1 if there is none.
func (t *tableau) entering(careful bool) int {
	best := -1
	c := t.objective()
	for j := range t.n {
		if c[j] <= tiny {
			continue
		}
		if best < 0 || careful && t.other[j] < t.other[best] ||
			!careful && (c[j] > c[best] || c[j] == c[best] && t.other[j] < t.other[best]) {
			best = j
		}
	}
	return best
}

// leaving chooses the row whose basic variable is the first to reach 0 as the
// variable of column j grows; -1 if none does. Of those that reach it together
// it takes the one with the greatest coefficient, which keeps rounding small,
// or, when careful, the lowest variable.
func (t *tableau) leaving(j int, careful bool) int {
	best, least := -1, math.Inf(1)
	for i := range t.m {
		if a := t.at(i, j); a > tiny {
			least = math.Min(least, t.at(i, t.n)/a)
		}
	}
	for i := range t.m {
		a := t.at(i, j)
		if a <= tiny || t.at(i, t.n)/a > least*(1+1e-12) {
			continue
		}
		if best < 0 || careful && t.basic[i] < t.basic[best] ||
			!careful && (a > t.at(best, j) || a == t.at(best, j) && t.basic[i] < t.basic[best]) {
			best = i
		}
	}
	return best
}

// pivot exchanges the basic variable of row r with the variable of column s.
func (t *tableau) pivot(r, s int) {
	head := t.row(r)
	p := 1 / head[s]
	head[s] = 1
	for j := range head {
		head[j] *= p
	}
	for i := range t.m + 1 {
		row := t.row(i)
		f := row[s]
		if i == r || f == 0 {
			continue
		}
		row[s] = 0
		for j, h := range head {
			row[j] -= float64(f * h)
		}
		// The row that leaves is chosen so that no limit becomes negative; what
		// is below 0 is rounding.
		if i < t.m && row[t.n] < 0 {
			row[t.n] = 0
		}
	}
	t.basic[r], t.other[s] = t.other[s], t.basic[r]
}
