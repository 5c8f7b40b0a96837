package build

import (
	"mizan"
)

// Frontier gives, for every unit in a year, its score by the benefit of the
// doubt over the children of the top as the top sees them:
//
//	max sum_i v_i x_i  subject to  sum_i v_i x_ji <= 1 for every unit j, v >= 0
//
// the score under the weights that are best for the unit itself. A unit with 1
// is on the frontier: under its own weights no other does better. Of the weights
// of the result only zero counts. A unit without any of the children gets NaN.
// Errors, as mizan.Problems: a year that the result lacks, a negative score of a
// child.
//
// Source: Cherchye, Moesen, Rogge and Van Puyenbroeck (2007), An introduction to
// 'benefit of the doubt' composite indicators, Social Indicators Research 82.
func (r *Result) Frontier(year int) (mizan.Column, error) {
	_, y, problems := r.find(r.Units[0], year)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	top := len(r.plan.nodes) - 1
	out := make(mizan.Column, len(r.Units))
	if err := (benefit{high: 1}).Aggregate(r.group(top, y), out); err != nil {
		told := &run{plan: r.plan, panel: r.panel}
		told.failed("framework", err)
		return nil, told.problems
	}
	return out, nil
}
