package dataset

import (
	"fmt"
	"math"
	"strings"
)

// amountWords are how a column of amounts is spoken of.
type amountWords struct {
	name     string // "weight"
	absent   string // what to do where it is missing
	least    string // what it can be
	optional bool   // it may be missing
}

var (
	weightWords   = amountWords{name: "weight", absent: "write 0 where there is no tie, or remove the row", least: "a tie has a weight of 0 or more"}
	quantityWords = amountWords{name: "quantity", absent: "write 0 where there is none, or remove the row", least: "a quantity is 0 or more"}
)

// amount reads cell i, a number of 0 or more; NaN where it may be missing and
// is. What is wrong is reported.
func (r *row) amount(i int, w amountWords) (v float64, ok bool) {
	text := r.cell(i)
	v, ok = parseNumber(text)
	switch {
	case missing(text) && w.optional:
		return math.NaN(), true
	case missing(text):
		r.problem(i, "missing-"+w.name, "the "+w.name+" is missing", w.absent)
		return v, false
	case !ok:
		cause, remedy := badNumber(text)
		if remedy = strings.TrimSuffix(remedy, ", or "+leaveEmpty); remedy == leaveEmpty {
			remedy = w.absent
		}
		r.problem(i, "bad-number", cause, remedy)
	case v < 0:
		r.problem(i, "negative-"+w.name, fmt.Sprintf("the %s %s is negative", w.name, text), w.least)
		return v, false
	}
	return v, ok
}

// year reads cell i, the year of a row. What is wrong is reported.
func (r *row) year(i int) (year int, ok bool) {
	text := r.cell(i)
	y, ok := parseYear(text)
	if !ok {
		cause, remedy := badYear(text)
		if text == "" {
			remedy = "write the year; a whole file of one year may say `year:` in the project file instead"
		}
		r.problem(i, "bad-year", cause, remedy)
	}
	return int(y), ok
}
