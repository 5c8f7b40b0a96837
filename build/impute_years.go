package build

import (
	"math"
	"slices"

	"mizan"
)

// yearFill fills the gaps of a unit's series from the unit's own other years.
type yearFill struct {
	// pick says which observations a gap is filled from, given the positions
	// of the nearest ones before and after it (-1 where there is none) and
	// the number of all. Two different ones are joined by a straight line; -1
	// leaves the gap.
	pick  func(before, after, observed int) (a, b int)
	limit int // the most years to the nearer of them; 0 = any
}

// yearMethod is an entry of a method over years.
func yearMethod(m mizan.Method, pick func(before, after, observed int) (a, b int)) Entry {
	m.Stage = mizan.Impute
	m.Options = []mizan.Option{
		{
			Name: "limit", Kind: mizan.WholeOption, Min: new(1.0),
			Summary: "the most years between a gap and the nearest observation it is filled from; any number if it is left out",
		},
		panelOption,
	}
	return Entry{Method: m, ColumnByColumn: true, NewImputer: func(o Options) (Imputer, error) {
		return yearFill{pick, o.whole("limit")}, nil
	}}
}

// yearSource is where the methods over years come from together.
const yearSource = "Becker et al. (2022), COINr, impute_panel"

// Impute wants the rows of all years. Errors: an *OptionError if there is but
// one year and a gap, which then no method over years can fill.
func (f yearFill) Impute(in *Matrix) error {
	all := make([]int, len(in.Columns))
	for c := range all {
		all[c] = c
	}
	if !hasGaps(in, all) {
		return nil
	}
	if len(in.Years) < len(in.Units) || distinct(in.Years) < 2 {
		return &OptionError{
			"bad-option", "method", "there is only one year, so that no value can come from another",
			"add figures of other years, or choose a method that looks at other units",
		}
	}
	for _, rows := range series(in) {
		for _, x := range in.Columns {
			f.fill(in, x, rows)
		}
	}
	return nil
}

func distinct(years []int) int {
	s := slices.Clone(years)
	slices.Sort(s)
	return len(slices.Compact(s))
}

// series lists the rows of each unit from the first year to the last, units in
// the order of their first row.
func series(in *Matrix) [][]int {
	var list [][]int
	place := map[string]int{}
	for row, unit := range in.Units {
		at, seen := place[unit]
		if !seen {
			at = len(list)
			place[unit] = at
			list = append(list, nil)
		}
		list[at] = append(list[at], row)
	}
	for _, rows := range list {
		slices.SortStableFunc(rows, func(a, b int) int { return in.Years[a] - in.Years[b] })
	}
	return list
}

// fill fills the gaps of one unit's series of one indicator; rows are those of
// the unit from the first year to the last.
func (f yearFill) fill(in *Matrix, x []float64, rows []int) {
	filled := make([]float64, len(rows))
	for i := range rows {
		filled[i] = math.NaN()
		if a, b := f.sources(in, x, rows, i); a >= 0 {
			filled[i] = onLine(in, x, rows[a], rows[b], rows[i])
		}
	}
	for i, row := range rows {
		if x[row] != x[row] {
			x[row] = filled[i]
		}
	}
}

// sources are the positions among rows of the two observations (or twice the
// same) that position i is filled from; -1 if it has a value or stays a gap.
func (f yearFill) sources(in *Matrix, x []float64, rows []int, i int) (a, b int) {
	before, after, observed := -1, -1, 0
	for k, row := range rows {
		if x[row] != x[row] {
			continue
		}
		observed++
		switch {
		case k < i:
			before = k
		case k == i:
			return -1, -1
		case after < 0:
			after = k
		}
	}
	if a, b = f.pick(before, after, observed); a < 0 || b < 0 {
		return -1, -1
	}
	here := in.Years[rows[i]]
	if f.limit > 0 && min(distance(here, in.Years[rows[a]]), distance(here, in.Years[rows[b]])) > f.limit {
		return -1, -1
	}
	return a, b
}

func distance(a, b int) int { return max(a-b, b-a) }

// onLine is the value that the straight line through two observations has in
// the year of a gap, or that of the one observation.
func onLine(in *Matrix, x []float64, a, b, gap int) float64 {
	if a == b || x[a] == x[b] {
		return x[a]
	}
	share := float64(in.Years[gap]-in.Years[a]) / float64(in.Years[b]-in.Years[a])
	return float64((x[b]-x[a])*share) + x[a]
}

// Explain names the years that a value comes from.
func (f yearFill) Explain(in *Matrix, col, row int) mizan.Said {
	for _, rows := range series(in) {
		i := slices.Index(rows, row)
		if i < 0 {
			continue
		}
		a, b := f.sources(in, in.Columns[col], rows, i)
		switch {
		case a < 0:
			return fromNothing.Say()
		case a == b:
			return fromYear.Say("year", in.Years[rows[a]])
		}
		return fromLine.Say("first", in.Years[rows[a]], "last", in.Years[rows[b]])
	}
	return fromNothing.Say()
}

// nearestTwo are the nearest observations on either side, or twice the one
// there is.
func nearestTwo(before, after int) (a, b int) {
	switch {
	case before < 0:
		return after, after
	case after < 0:
		return before, before
	}
	return before, after
}
