package network

import (
	"fmt"
	"math"
	"slices"

	"mizan"
)

// Input is a table of ties with what belongs to it.
type Input struct {
	Ties *mizan.Ties
	// Totals gives the totals of the project's units in a year, parallel to
	// the first Ties.Inside of Ties.Units, NaN where missing. nil if the table
	// has none; then strengths stand for them.
	Totals func(year int) []float64
	// Groups gives the alliances with their members at the end of a year, the
	// same ones in every year; nil if there are none.
	Groups    func(year int) []Group
	Divisions []Division
	// Locations are where units lie; nil if it is not known.
	Locations mizan.Locations
}

// Options are what a user may choose.
type Options struct {
	Year int // 0 = the latest that the source has whole
	// Since is the year that change is told from; 0 = 2015, or the first of the
	// table after it.
	Since int
	// Threshold is the weight from which a tie is a link; negative = the
	// table's own.
	Threshold float64
	// Everyone takes in the units that the project does not have.
	Everyone bool
	// Fractional counts works by units, where the table knows them.
	Fractional bool
	// Resolution is that of communities; 0 = 1.
	Resolution float64
	Draws      int // of the intervals; 0 = none
	Seed       uint64
}

const (
	firstSince = 2015
	beginnings = 50 // of the search for communities
)

// check fills in what the options leave open. Errors are mizan.Problems.
func (o *Options) check(t *mizan.Ties) error {
	if o.Year == 0 {
		o.Year = t.Whole()
	}
	if o.Threshold < 0 {
		o.Threshold = t.Threshold
	}
	if o.Resolution == 0 {
		o.Resolution = 1
	}
	given := o.Since != 0
	if !given {
		if i := slices.IndexFunc(t.Years, func(y int) bool { return y >= firstSince }); i >= 0 && t.Years[i] < o.Year {
			o.Since = t.Years[i]
		}
	}
	for _, y := range []int{o.Year, o.Since} {
		if y != 0 && !t.Has(y) {
			return mizan.Problems{{ID: "unknown-year", Cause: fmt.Sprintf("the ties %s have no year %d", t.Code, y), Remedy: yearsOf(t.Years)}}
		}
	}
	switch {
	case given && o.Since >= o.Year:
		return mizan.Problems{{ID: "bad-since", Cause: fmt.Sprintf("change since %d cannot be told of %d", o.Since, o.Year), Remedy: "give an earlier year"}}
	case o.Fractional && t.Works == nil:
		return mizan.Problems{{
			ID: "no-works", Cause: fmt.Sprintf("the ties %s cannot be counted by fractions", t.Code),
			Remedy: "pairs do not say how many units made a work together; that takes a table of `form: works`",
		}}
	case !(o.Resolution > 0) || math.IsInf(o.Resolution, 0):
		return mizan.Problems{{ID: "bad-resolution", Cause: fmt.Sprintf("the resolution %v is not above 0", o.Resolution), Remedy: "1 is the usual one; more makes smaller communities"}}
	}
	return nil
}
