package build

import (
	"math"

	"mizan"
)

// Contributions returns, for one unit and year, how much of the top score is
// due to each indicator, parallel to Indicators. They add up to the score
// where every aggregation on the way is a Sharer or GroupSharer; otherwise
// missing. An indicator without a value contributes nothing and is missing.
//
// A contribution is the indicator's share of its parent times the product of
// the slopes on the way up (Euler's theorem, level by level). On the way through
// a reversed aggregate shares change their sign, and what it is mirrored about
// is divided between its children: below an arithmetic mean each contributes
// what its own mirrored score would. Errors, as mizan.Problems: an unknown unit
// or year.
func (r *Result) Contributions(unit string, year int) (mizan.Column, error) {
	contributions, _, err := r.derive(unit, year)
	return contributions, err
}

// Slopes returns, for one unit and year, how much of a small change of each
// indicator's normalised score the top takes up, parallel to Indicators: below
// zero where the way up leads through one reversed aggregate. It is the product,
// level by level, of the rescaled weights of arithmetic means and of share by
// score of other means; 0 where a score of 0 has no share, missing where that of
// any node on the way is missing or cannot be split. Errors are those of
// Contributions.
func (r *Result) Slopes(unit string, year int) (mizan.Column, error) {
	_, slopes, err := r.derive(unit, year)
	return slopes, err
}

// derive goes down the framework for Contributions and Slopes.
func (r *Result) derive(unit string, year int) (contributions, slope mizan.Column, err error) {
	u, y, problems := r.find(unit, year)
	if err := problems.OrNil(); err != nil {
		return nil, nil, err
	}
	out := make(mizan.Column, len(r.Indicators))
	// The top is slope times score plus constant of every node above the ones
	// that have been looked at.
	slopes, constants := make([]float64, len(r.plan.nodes)), make([]float64, len(r.plan.nodes))
	slopes[len(slopes)-1] = 1
	for n := len(r.plan.nodes) - 1; n >= len(r.Indicators); n-- {
		x, w := r.childrenOf(y, n, u)
		shares := r.shares(y, n, u, x, w)
		down := r.slopes(y, n, u, x, w, shares)
		for i, c := range r.plan.nodes[n].children {
			slopes[c] = slopes[n] * down[i]
			if c < len(out) {
				out[c] = slopes[n] * shares[i]
			}
		}
		r.passConstants(n, slopes, constants, out, func() []float64 { return r.portions(n, x, w, down) })
	}
	return out, slopes[:len(out)], nil
}

// passConstants hands the constant of an aggregate on to its children, and gives
// reversed ones the constant and the sign that their mirroring brings.
func (r *Result) passConstants(n int, slopes, constants, out []float64, portions func() []float64) {
	for i, c := range r.plan.nodes[n].children {
		if constants[n] != 0 {
			constants[c] = constants[n] * portions()[i]
		}
		if c < len(out) {
			if constants[c] != 0 {
				out[c] += constants[c]
			}
			continue
		}
		if child := &r.plan.nodes[c]; child.Reversed {
			constants[c] += float64(slopes[c] * child.Mirror)
			slopes[c] = -slopes[c]
		}
	}
}

// shares split the score of an aggregate between its children; missing where
// the method cannot.
func (r *Result) shares(y, n, u int, x, w []float64) []float64 {
	out := make([]float64, len(x))
	score := r.Scores.At(y, n, u)
	told := false
	if score == score {
		switch s := r.plan.nodes[n].aggregate.method.(type) {
		case Sharer:
			s.Shares(x, w, score, out)
			told = true
		case GroupSharer:
			told = s.GroupShares(r.group(n, y), u, score, out) == nil
		}
	}
	for i := range out {
		if !told {
			out[i] = math.NaN()
		}
	}
	return out
}

// slopes are how much of a small change of each child's score its parent's
// score takes up: the child's share of the score divided by its own score, and
// for an arithmetic mean, where a score of 0 has a slope too, the rescaled
// weight. Where a child's score is 0 and so its share, nothing below it counts;
// where its share is not, it cannot be told.
func (r *Result) slopes(y, n, u int, x, w, shares []float64) []float64 {
	if _, plain := r.plan.nodes[n].aggregate.method.(arithmetic); plain {
		slopes := rescale(x, w)
		for i, v := range x {
			if score := r.Scores.At(y, n, u); score != score || v != v {
				slopes[i] = math.NaN()
			}
		}
		return slopes
	}
	slopes := make([]float64, len(x))
	for i, share := range shares {
		switch {
		case x[i] != 0:
			slopes[i] = share / x[i]
		case share != 0:
			slopes[i] = math.NaN()
		}
	}
	return slopes
}

// portions divide a constant that is added to the score of an aggregate, the
// fixed part of a mirrored score, between its children: as a small rise of all
// of them would be, and where that is not told, by their weights. They add up to
// one.
func (r *Result) portions(n int, x, w, slopes []float64) []float64 {
	if _, mean := r.plan.nodes[n].aggregate.method.(Sharer); !mean {
		return rescale(x, w)
	}
	sum := 0.0
	for i, v := range x {
		if v == v {
			sum += slopes[i]
		}
	}
	if !(sum > 0) || math.IsInf(sum, 0) {
		return rescale(x, w)
	}
	out := make([]float64, len(x))
	for i, v := range x {
		if v == v {
			out[i] = slopes[i] / sum
		}
	}
	return out
}
