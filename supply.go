package mizan

import "slices"

// Supply is one table of who depends on whom for goods. A table of use says
// what each unit has of each supplier; a table of provision says what each
// unit provides of each good, and has no suppliers.
type Supply struct {
	Code        string
	Name        Text
	Description Text
	Measure     string // unit of measurement of the quantities
	Origin      string // code of an origin, "" = not stated
	Note        string // what a reader must know
	Sample      string // how much of the whole the table holds; "" = all
	// NonCommercial says that the licence does not let the figures serve
	// commerce.
	NonCommercial bool
	Provision     bool
	// Units are the codes of all units: first those of the project, then those
	// that only the table has, each sorted. Inside is how many are the
	// project's.
	Units  []string
	Inside int
	// Suppliers and Goods are sorted by code. Of a table without goods there is
	// one, with the code "".
	Suppliers []Supplier
	Goods     []Good
	Stages    []SupplyStage
	Years     []int
	// Rows are sorted by year, unit, supplier and good; each of these stands
	// once.
	Rows []SupplyRow
	// Exports are what units export of the goods, sorted by year and unit, each
	// of which stands once; none = not known of anybody.
	Exports []SupplyExport
}

// SupplyExport is what a unit exports in a year, in the measure of the table.
type SupplyExport struct {
	Year     int
	Unit     int32
	Quantity float64
}

// Supplier is a firm, or a name that stands for somebody unknown or for nobody.
type Supplier struct {
	Code string
	Name string
	Home string // the code of the unit where it is at home; "" = not known
	// Unknown says that the name stands for somebody who is not known; Nobody
	// that it marks a user who has no supplier.
	Unknown, Nobody bool
}

// Good is what is supplied.
type Good struct {
	Code string
	Name string
}

// SupplyStage is a step that the chain needs. Goods are positions in
// Supply.Goods; with Any one of them is enough, else all are needed.
type SupplyStage struct {
	Code  string
	Name  Text
	Goods []int
	Any   bool
}

// SupplyRow is one quantity. Unit, Supplier and Good are positions; Supplier is
// -1 in a table of provision. A Quantity that is NaN says that there is some,
// and not how much. Unknown marks, in a table of provision, a row of somebody
// who is not known.
type SupplyRow struct {
	Year     int
	Unit     int32
	Supplier int32
	Good     int32
	Quantity float64
	Unknown  bool
}

// Unit is the position of a unit in Units, -1 if the table does not know it.
func (s *Supply) Unit(code string) int {
	if i, ok := slices.BinarySearch(s.Units[:s.Inside], code); ok {
		return i
	}
	if i, ok := slices.BinarySearch(s.Units[s.Inside:], code); ok {
		return s.Inside + i
	}
	return -1
}
