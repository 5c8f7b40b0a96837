package mizan

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
)

// Column is the values of one code in one year, one per unit. Missing is NaN;
// in JSON it is null. Numbers are written as the shortest text that reads back
// to the same double.
type Column []float64

// MarshalJSON writes an array with null for every value that is not finite.
func (c Column) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, 2+8*len(c))
	b = append(b, '[')
	for i, v := range c {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendNumber(b, v, "null")
	}
	return append(b, ']'), nil
}

// UnmarshalJSON reads an array in which null stands for missing.
func (c *Column) UnmarshalJSON(data []byte) error {
	var ps []*float64
	if err := json.Unmarshal(data, &ps); err != nil {
		return err
	}
	*c = make(Column, len(ps))
	for i, p := range ps {
		(*c)[i] = math.NaN()
		if p != nil {
			(*c)[i] = *p
		}
	}
	return nil
}

// Number is one value that may be missing: NaN in memory, null in JSON.
type Number float64

// MarshalJSON writes null for a value that is not finite.
func (n Number) MarshalJSON() ([]byte, error) {
	return AppendNumber(nil, float64(n), "null"), nil
}

// UnmarshalJSON reads null as NaN.
func (n *Number) UnmarshalJSON(data []byte) error {
	var p *float64
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	*n = Number(math.NaN())
	if p != nil {
		*n = Number(*p)
	}
	return nil
}

// AppendNumber appends v as the shortest decimal text that reads back to the
// same double, or missing where v is NaN or infinite. The text is valid JSON
// and valid CSV.
func AppendNumber(b []byte, v float64, missing string) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, missing...)
	}
	if v == 0 {
		return append(b, '0')
	}
	if a := math.Abs(v); a < 1e-6 || a >= 1e21 {
		return strconv.AppendFloat(b, v, 'e', -1, 64)
	}
	return strconv.AppendFloat(b, v, 'f', -1, 64)
}

// Table is values on three axes: years, codes, units. It is stored flat, year
// first, then code, then unit, so that a column (one code in one year) is a
// contiguous slice. Axes are shared between the tables of one build.
type Table struct {
	Units  []string  // sorted
	Codes  []string  // in the order of the project file
	Years  []int     // ascending
	Values []float64 // len = len(Years)*len(Codes)*len(Units); missing is NaN
}

// NewTable returns a table of the given axes, every value missing.
func NewTable(units, codes []string, years []int) *Table {
	t := &Table{
		Units: units, Codes: codes, Years: years,
		Values: make([]float64, len(units)*len(codes)*len(years)),
	}
	for i := range t.Values {
		t.Values[i] = math.NaN()
	}
	return t
}

// Clone returns a table with the same axes and a copy of the values.
func (t *Table) Clone() *Table {
	c := *t
	c.Values = slices.Clone(t.Values)
	return &c
}

// Column returns the values of code c in year y (both positions), one per
// unit. It shares memory with the table.
func (t *Table) Column(y, c int) Column {
	n := len(t.Units)
	i := (y*len(t.Codes) + c) * n
	return Column(t.Values[i : i+n : i+n])
}

// At returns the value at positions year y, code c, unit u.
func (t *Table) At(y, c, u int) float64 {
	return t.Values[(y*len(t.Codes)+c)*len(t.Units)+u]
}

// Unit returns the position of a unit, or -1.
func (t *Table) Unit(code string) int { return slices.Index(t.Units, code) }

// Code returns the position of a code, or -1.
func (t *Table) Code(code string) int { return slices.Index(t.Codes, code) }

// Year returns the position of a year, or -1.
func (t *Table) Year(year int) int { return slices.Index(t.Years, year) }

// tableJSON is a table without its unit and year axes, which the document
// around it holds once: values[year][code][unit].
type tableJSON struct {
	Codes  []string   `json:"codes"`
	Values [][]Column `json:"values"`
}

// MarshalJSON writes {"codes": […], "values": [year][code][unit]}. The axes of
// units and years are written once by the document that holds the table.
func (t *Table) MarshalJSON() ([]byte, error) {
	doc := tableJSON{Codes: t.Codes, Values: make([][]Column, len(t.Years))}
	for y := range t.Years {
		doc.Values[y] = make([]Column, len(t.Codes))
		for c := range t.Codes {
			doc.Values[y][c] = t.Column(y, c)
		}
	}
	return json.Marshal(doc)
}

// UnmarshalJSON reads what MarshalJSON wrote. Units and Years are left for the
// reader of the document to set.
func (t *Table) UnmarshalJSON(data []byte) error {
	var doc tableJSON
	if err := json.Unmarshal(data, &doc); err != nil {
		return err
	}
	t.Codes = doc.Codes
	t.Values = t.Values[:0]
	for _, year := range doc.Values {
		for _, col := range year {
			t.Values = append(t.Values, col...)
		}
	}
	return nil
}
