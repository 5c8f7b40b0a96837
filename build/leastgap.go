package build

import (
	"math"
	"slices"

	"mizan/stat"
)

// leastGap searches, from start, the x >= 0 at which the sum of squares of f is
// least: downhill, and downhill again from any point that does better though
// one part is a hundredth of the sum greater or less, until there is none. It
// returns the best x and its sum of squares, infinite if f is missing at start.
// f may be missing (NaN) elsewhere, and may have several least points, of which
// one is found. The size of x plays no part in f; the sum of x is kept at 1.
// Errors are those of f.
func leastGap(f func(x []float64) ([]float64, error), start []float64) (x []float64, best float64, err error) {
	x, best, err = downhill(f, start)
	for range 50 {
		if err != nil || math.IsInf(best, 1) || best < 1e-20 {
			break
		}
		var next []float64
		if next, err = betterNearby(f, x, best); next == nil {
			break
		}
		x, best, err = downhill(f, next)
	}
	return x, best, err
}

// betterNearby is the best of the points that differ in one part, nil if none
// is better than x.
func betterNearby(f func(x []float64) ([]float64, error), x []float64, best float64) (found []float64, err error) {
	for j := range x {
		for _, d := range []float64{-0.01, 0.01} {
			next := slices.Clone(x)
			next[j] = math.Max(0, x[j]+d)
			if !(stat.Sum(next) > 0) {
				continue
			}
			r, err := f(next)
			if err != nil {
				return nil, err
			}
			if s := squares(r); s < best*(1-1e-9) {
				found, best = rescaled(next), s
			}
		}
	}
	return found, nil
}

// downhill searches by damped least squares with slopes taken from
// differences; what a step would take below 0 is held there.
//
// Source: Levenberg (1944); Marquardt (1963), An algorithm for least-squares
// estimation of nonlinear parameters.
func downhill(f func(x []float64) ([]float64, error), start []float64) (x []float64, best float64, err error) {
	x = rescaled(start)
	r, err := f(x)
	if err != nil {
		return nil, 0, err
	}
	best = squares(r)
	damping := 1e-3
	for range 300 {
		if !(best > 1e-30) || math.IsInf(best, 1) {
			break
		}
		slopes, err := slopesOf(f, x)
		if err != nil {
			return nil, 0, err
		}
		before := best
		for damping < 1e12 {
			next, ok := dampedStep(slopes, r, x, damping)
			if !ok {
				damping *= 10
				continue
			}
			there, err := f(next)
			if err != nil {
				return nil, 0, err
			}
			if s := squares(there); s < best {
				x, r, best = next, there, s
				damping = math.Max(damping/10, 1e-9)
				break
			}
			damping *= 10
		}
		if damping >= 1e12 || before-best <= 1e-14*before {
			break
		}
	}
	return x, best, nil
}

// squares is a sum of squares, infinite if something is missing.
func squares(r []float64) float64 {
	s := 0.0
	for _, v := range r {
		s += float64(v * v)
	}
	if s != s {
		return math.Inf(1)
	}
	return s
}

// slopesOf gives df/dx_j for each j by the difference of two points, of which
// none has x_j below 0.
func slopesOf(f func(x []float64) ([]float64, error), x []float64) ([][]float64, error) {
	slopes := make([][]float64, len(x))
	for j := range x {
		h := 1e-5 / float64(len(x))
		up, down := slices.Clone(x), slices.Clone(x)
		up[j] += h
		down[j] = math.Max(0, down[j]-h)
		a, err := f(up)
		if err != nil {
			return nil, err
		}
		b, err := f(down)
		if err != nil {
			return nil, err
		}
		for i := range a {
			if a[i] = (a[i] - b[i]) / (up[j] - down[j]); a[i] != a[i] {
				a[i] = 0
			}
		}
		slopes[j] = a
	}
	return slopes, nil
}

// dampedStep is the point to which damped least squares leads. Where x_j is 0
// and would sink, it takes no part.
func dampedStep(slopes [][]float64, r, x []float64, damping float64) ([]float64, bool) {
	gram, down := products(slopes, r)
	var free []int
	size := 0.0
	for j := range x {
		if x[j] > 0 || down[j] < 0 {
			free = append(free, j)
			size = math.Max(size, gram[j][j])
		}
	}
	part := make([][]float64, len(free))
	for i, j := range free {
		part[i] = pick(gram[j], free)
		part[i][i] += float64(damping*gram[j][j]) + float64(damping*1e-3*size)
	}
	step, ok := stat.SolvePositive(part, pick(down, free))
	if !ok {
		return nil, false
	}
	next := slices.Clone(x)
	for i, j := range free {
		next[j] = math.Max(0, x[j]-step[i])
	}
	if !(stat.Sum(next) > 0) {
		return nil, false
	}
	return rescaled(next), true
}
