package mizan

import (
	"cmp"
	"slices"
)

// Ties is one table of weighted links between units, over years: joint
// articles, pushes from one country to projects of another.
type Ties struct {
	Code        string
	Name        Text
	Description Text
	Measure     string // unit of measurement of the weights
	Origin      string // code of an origin, "" = not stated
	Note        string // what a reader must know
	// Directed says that a tie leads from A to B; else A and B have the same
	// part in it, and A < B in Links.
	Directed bool
	// Least is the smallest weight that the source lists: a pair that is not
	// listed may have any weight below it. 0 where a pair not listed has none.
	Least float64
	// Threshold is the weight from which the project counts a tie as a link of
	// the network; 0 = every tie counts.
	Threshold float64
	// Totals is the code of the indicator of which the ties are a part (all
	// articles of a unit); "" if none.
	Totals string
	// Units are the codes of all units: first those of the project, then those
	// that only the table has, each sorted. Inside is how many are the
	// project's.
	Units  []string
	Inside int
	// Lacks are the units that the source does not cover, sorted.
	Lacks []string
	// Years are those of the table, ascending. Partial are those that the
	// source has not got whole.
	Years   []int
	Partial []PartialYear
	// Links are sorted by year, A and B; each pair stands once a year, in
	// directed tables once in each direction.
	Links []Tie
	// Works are the sets of units of which the ties were counted, sorted by
	// year; nil where only pairs are known.
	Works []Works
}

// Tie is one weighted link of one year. A and B are positions in Ties.Units.
type Tie struct {
	Year   int
	A, B   int32
	Weight float64 // not negative
}

// Works are a number of works of one year that the same units, two or more,
// have made together. Units are positions in Ties.Units, ascending.
type Works struct {
	Year   int
	Units  []int32
	Number float64
}

// PartialYear is a year that is not whole, and how far it goes.
type PartialYear struct {
	Year int    `json:"year"`
	Note string `json:"note"`
}

// compareTies orders ties by year, A and B.
func compareTies(a, b Tie) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
}

// Sort puts the links into the order that Ties promises.
func (t *Ties) Sort() { slices.SortStableFunc(t.Links, compareTies) }

// In are the links of one year, in order; nil if the table lacks the year.
func (t *Ties) In(year int) []Tie {
	from, _ := slices.BinarySearchFunc(t.Links, year, func(l Tie, y int) int { return cmp.Compare(l.Year, y) })
	to, _ := slices.BinarySearchFunc(t.Links, year+1, func(l Tie, y int) int { return cmp.Compare(l.Year, y) })
	return t.Links[from:to]
}

// Has reports whether the table has a year.
func (t *Ties) Has(year int) bool { return slices.Contains(t.Years, year) }

// Whole is the latest year that is not partial, else the latest; 0 if the table
// has none.
func (t *Ties) Whole() int {
	for _, y := range slices.Backward(t.Years) {
		if !slices.ContainsFunc(t.Partial, func(p PartialYear) bool { return p.Year == y }) {
			return y
		}
	}
	if len(t.Years) == 0 {
		return 0
	}
	return t.Years[len(t.Years)-1]
}

// Unit is the position of a unit in Units, -1 if the table does not know it.
func (t *Ties) Unit(code string) int {
	if i, ok := slices.BinarySearch(t.Units[:t.Inside], code); ok {
		return i
	}
	if i, ok := slices.BinarySearch(t.Units[t.Inside:], code); ok {
		return t.Inside + i
	}
	return -1
}

// Covers reports whether the source covers a unit: it is one of Units and not
// among those that the source is said to lack.
func (t *Ties) Covers(code string) bool { return t.Unit(code) >= 0 && !slices.Contains(t.Lacks, code) }

// find is the position of a listed tie in Links.
func (t *Ties) find(year int, a, b int32) (int, bool) {
	if !t.Directed && a > b {
		a, b = b, a
	}
	return slices.BinarySearchFunc(t.Links, Tie{Year: year, A: a, B: b}, compareTies)
}

// Between is the weight of the tie between two units in a year: from a to b in
// directed tables, in either order in others. A pair that is not listed has
// the weight 0, which may stand for anything below Least. known is false where
// the table lacks the year or does not cover one of the units, and for a unit
// and itself.
func (t *Ties) Between(year int, a, b string) (weight float64, known bool) {
	if a == b || !t.Has(year) || !t.Covers(a) || !t.Covers(b) {
		return 0, false
	}
	if i, listed := t.find(year, int32(t.Unit(a)), int32(t.Unit(b))); listed {
		return t.Links[i].Weight, true
	}
	return 0, true
}

// Within is the sum of the ties among some units in a year, each pair once (in
// directed tables both directions), and how much the pairs that are not listed
// may hold at most, since the source leaves out what is below Least. Units
// that the source does not cover are passed over and returned. known is false
// where the table lacks the year.
func (t *Ties) Within(year int, units []string) (sum, unlisted float64, uncovered []string, known bool) {
	if !t.Has(year) {
		return 0, 0, nil, false
	}
	var covered []int32
	for _, code := range slices.Compact(slices.Sorted(slices.Values(units))) {
		if t.Covers(code) {
			covered = append(covered, int32(t.Unit(code)))
		} else {
			uncovered = append(uncovered, code)
		}
	}
	missing := 0
	add := func(a, b int32) {
		if i, listed := t.find(year, a, b); listed {
			sum += t.Links[i].Weight
		} else {
			missing++
		}
	}
	for i, a := range covered {
		for _, b := range covered[i+1:] {
			add(a, b)
			if t.Directed {
				add(b, a)
			}
		}
	}
	return sum, float64(missing) * t.below(), uncovered, true
}

// below is the largest weight that a pair not listed may have: whole numbers
// below a whole Least, else Least itself.
func (t *Ties) below() float64 {
	whole := t.Least == float64(int64(t.Least))
	if t.Least > 0 && whole {
		return t.Least - 1
	}
	return t.Least
}
