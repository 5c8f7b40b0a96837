package mizan

import (
	"math"
	"slices"
)

// ColumnKind is the type of a column of a Relation.
type ColumnKind string

// The kinds of columns. Whole numbers are years, counts, ranks and levels, all
// of which a double holds exactly.
const (
	TextColumn   ColumnKind = "text"
	WholeColumn  ColumnKind = "integer"
	NumberColumn ColumnKind = "number"
)

// Relation is a table as other programs know it: named columns of one kind each,
// rows identified by a key. Cells are read on demand by row, from 0, so that a
// large table costs nothing until it is written.
type Relation struct {
	Name    string // snake_case: "results"
	About   string // what a row is, one sentence
	Key     []string
	Rows    int
	Columns []RelationColumn
}

// RelationColumn is one column of a Relation. Text or Number is set, by its
// kind.
type RelationColumn struct {
	Name     string
	About    string // one clause
	Kind     ColumnKind
	Measure  string // unit of measurement, "" = none or mixed
	Required bool   // never missing
	// Refers names the column of another relation that has every value of this
	// one, as "units.unit"; "" if there is none.
	Refers string
	// Text gives a cell of a TextColumn; "" is missing.
	Text func(row int) string
	// Number gives a cell of any other column; NaN is missing.
	Number func(row int) float64
}

// Column finds a column by its name, or returns nil.
func (r *Relation) Column(name string) *RelationColumn {
	i := slices.IndexFunc(r.Columns, func(c RelationColumn) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &r.Columns[i]
}

// Append appends a cell as text: numbers as the shortest text that reads back to
// the same double, missing as nothing.
func (c *RelationColumn) Append(b []byte, row int) []byte {
	if c.Kind == TextColumn {
		return append(b, c.Text(row)...)
	}
	return AppendNumber(b, c.Number(row), "")
}

// Missing reports whether a cell has no value.
func (c *RelationColumn) Missing(row int) bool {
	if c.Kind == TextColumn {
		return c.Text(row) == ""
	}
	v := c.Number(row)
	return math.IsNaN(v) || math.IsInf(v, 0)
}

// Where is the relation with the rows that keep says, in their order.
func (r *Relation) Where(keep func(row int) bool) *Relation {
	var rows []int
	for i := range r.Rows {
		if keep(i) {
			rows = append(rows, i)
		}
	}
	out := *r
	out.Rows, out.Columns = len(rows), slices.Clone(r.Columns)
	for i := range out.Columns {
		c := &out.Columns[i]
		if text := c.Text; text != nil {
			c.Text = func(row int) string { return text(rows[row]) }
		}
		if number := c.Number; number != nil {
			c.Number = func(row int) float64 { return number(rows[row]) }
		}
	}
	return &out
}

// Slice is the relation with the rows from offset on, limit of them at most.
func (r *Relation) Slice(offset, limit int) *Relation {
	offset = min(offset, r.Rows)
	out := *r
	out.Rows, out.Columns = min(limit, r.Rows-offset), slices.Clone(r.Columns)
	for i := range out.Columns {
		c := &out.Columns[i]
		if text := c.Text; text != nil {
			c.Text = func(row int) string { return text(row + offset) }
		}
		if number := c.Number; number != nil {
			c.Number = func(row int) float64 { return number(row + offset) }
		}
	}
	return &out
}
