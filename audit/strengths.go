package audit

import (
	"cmp"
	"math"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/stat"
)

// Standing is how a unit stands in one indicator among all units.
type Standing struct {
	Code   string       `json:"code"`
	Parent string       `json:"parent"`
	Rank   int          `json:"rank"` // 1 = best
	Value  mizan.Number `json:"value"`
}

// StrengthOptions say how strengths are found.
type StrengthOptions struct {
	Table *mizan.Table // one of the result's, on whose figures units are ranked
	// Directions are +1 or -1 for each indicator, where less is better in the
	// table; nil where more is better throughout, as in the normalised one.
	Directions []int
	Most       int // of each kind
	// Unique drops indicators whose share of different values is not above it:
	// where many units are first, it is no strength.
	Unique float64
	// Last keeps indicators in which the unit is last of all.
	Last bool
}

// Strengths are the indicators in which a unit ranks best and worst in a year
// (a position), ties in the order of the spec. An indicator may be among both
// where there are few. Indicators without a figure of the unit are left out.
//
// The rule is that of COINr's get_str_weak.
func Strengths(r *build.Result, unit, year int, o StrengthOptions) (strengths, weaknesses []Standing) {
	parents := map[string]string{}
	for _, n := range r.Nodes {
		parents[n.Code] = n.Parent
	}
	var list []Standing
	for c, code := range r.Indicators {
		x := slices.Clone(o.Table.Column(year, c))
		if o.Directions != nil && o.Directions[c] < 0 {
			for i := range x {
				x[i] = -x[i]
			}
		}
		if s := stat.Summarise(x); o.Unique > 0 && !(s.UniqueShare() > o.Unique) {
			continue
		}
		ranks := make([]float64, len(x))
		stat.RanksDown(ranks, x, stat.TiesMin)
		if _, worst := stat.MinMax(ranks); math.IsNaN(ranks[unit]) || !o.Last && ranks[unit] == worst {
			continue
		}
		list = append(list, Standing{code, parents[code], int(ranks[unit]), mizan.Number(o.Table.At(year, c, unit))})
	}
	slices.SortStableFunc(list, func(a, b Standing) int { return cmp.Compare(a.Rank, b.Rank) })
	n := min(o.Most, len(list))
	return list[:n:n], list[len(list)-n:]
}
