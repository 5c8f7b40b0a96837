package network

import (
	"math"
	"slices"

	"mizan"
)

// Use is what every unit has of every supplier in one year of a table of use.
// It is made once and asked often; it may be asked by several goroutines.
type Use struct {
	supply     *mizan.Supply
	quantities [][]float64 // [unit][supplier]; nil for units that the table does not have
	// exports are those of each unit, NaN where they are not known; nil where
	// nobody's are.
	exports []float64
}

// NewUse takes the year of a table of use. In a year that the table does not
// have nobody uses anything.
func NewUse(t *mizan.Supply, year int) *Use {
	u := &Use{supply: t, quantities: make([][]float64, len(t.Units))}
	for _, row := range t.Rows {
		if row.Year != year {
			continue
		}
		if u.quantities[row.Unit] == nil {
			u.quantities[row.Unit] = make([]float64, len(t.Suppliers))
		}
		u.quantities[row.Unit][row.Supplier] += row.Quantity
	}
	for _, e := range t.Exports {
		if e.Year != year {
			continue
		}
		if u.exports == nil {
			u.exports = slices.Repeat([]float64{math.NaN()}, len(t.Units))
		}
		u.exports[e.Unit] = e.Quantity
	}
	return u
}

// exported is what units export, of whom those count that have something here,
// or whose exports are known; NaN where those of one that has something are not.
func (u *Use) exported(units []string) float64 {
	if u.exports == nil {
		return math.NaN()
	}
	sum := 0.0
	for _, code := range units {
		at := u.supply.Unit(code)
		if at < 0 || u.quantities[at] == nil && math.IsNaN(u.exports[at]) {
			continue
		}
		sum += u.exports[at]
	}
	return sum
}

// Of is what a unit has of every supplier, in the order of the table's
// suppliers; nil if the table does not have the unit.
func (u *Use) Of(unit string) []float64 {
	if at := u.supply.Unit(unit); at >= 0 {
		return u.quantities[at]
	}
	return nil
}

// Suppliers are the suppliers of the table.
func (u *Use) Suppliers() []mizan.Supplier { return u.supply.Suppliers }

// sum adds up what units have; absent are those that have nothing here.
func (u *Use) sum(codes []string) (all []float64, absent []string) {
	all = make([]float64, len(u.supply.Suppliers))
	for _, code := range codes {
		of := u.Of(code)
		if of == nil {
			absent = append(absent, code)
			continue
		}
		for k, q := range of {
			all[k] += q
		}
	}
	return all, absent
}

// Coverage is the share of quantities whose suppliers are at home in some
// units, of all whose supplier is known:
//
//	sum over k at home of q_k / sum over k of q_k
//
// from 0 to 1; 0 where there is nothing. It is 1 less the external share.
func (u *Use) Coverage(quantities []float64, home func(unit string) bool) float64 {
	inside, all := 0.0, 0.0
	for k, q := range quantities {
		s := &u.supply.Suppliers[k]
		if s.Nobody || s.Unknown {
			continue
		}
		all += q
		if s.Home != "" && home(s.Home) {
			inside += q
		}
	}
	if all == 0 {
		return 0
	}
	return inside / all
}

// NearestYear is the year of a table of supply by which another year is told:
// the latest that is not after it, else the first; 0 if there is none.
func NearestYear(t *mizan.Supply, year int) int {
	if len(t.Years) == 0 {
		return 0
	}
	at, found := slices.BinarySearch(t.Years, year)
	if !found && at > 0 {
		at--
	}
	return t.Years[at]
}
