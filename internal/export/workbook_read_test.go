package export_test

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mizan"
	"mizan/engine"
	"mizan/internal/export"
)

// book is a workbook as it was read back.
type book struct {
	*excelize.File
	t testing.TB
}

func written(t testing.TB, r *engine.Report, o export.Options) (book, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := export.Excel(&b, r, o); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	f.Theme = excelize.NewFile().Theme // without any, the library tells no colours
	return book{f, t}, b.Bytes()
}

func (b book) rows(sheet string) [][]string {
	b.t.Helper()
	rows, err := b.GetRows(sheet)
	if err != nil {
		b.t.Fatal(err)
	}
	return rows
}

// table reads a sheet below the row that begins with head: the places of the
// heads, and the rows.
func (b book) table(sheet, head string) (column map[string]int, rows [][]string, first int) {
	b.t.Helper()
	all := b.rows(sheet)
	for i, row := range all {
		if len(row) > 0 && row[0] == head {
			column = map[string]int{}
			for j, h := range row {
				column[h] = j
			}
			return column, all[i+1:], i + 2
		}
	}
	b.t.Fatalf("%s has no row that begins with %s", sheet, head)
	return nil, nil, 0
}

func field(row []string, i int) string {
	if i >= len(row) {
		return ""
	}
	return row[i]
}

// number reads a number to the last bit; an empty cell is NaN.
func number(t testing.TB, s string) float64 {
	t.Helper()
	if s == "" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// sameTable compares a sheet with a table of the report, bit by bit.
func (b book) sameTable(sheet string, want *mizan.Table, years ...int) {
	b.t.Helper()
	column, rows, _ := b.table(sheet, "unit")
	if len(rows) != len(want.Units)*len(years) {
		b.t.Fatalf("%s has %d rows, want %d", sheet, len(rows), len(want.Units)*len(years))
	}
	values := 0
	for i, row := range rows {
		u, year := i/len(years), years[i%len(years)]
		if row[column["unit"]] != want.Units[u] || row[column["year"]] != strconv.Itoa(year) {
			b.t.Fatalf("row %d of %s is %v, want %s %d", i, sheet, row[:3], want.Units[u], year)
		}
		for c, code := range want.Codes {
			at, known := column[code]
			if !known {
				b.t.Fatalf("%s has no column %s", sheet, code)
			}
			got, want := number(b.t, field(row, at)), want.At(want.Year(year), c, u)
			if got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				b.t.Errorf("%s: %s of %s is %v, want %v", sheet, code, row[0], got, want)
			}
			if !math.IsNaN(want) {
				values++
			}
		}
	}
	if values == 0 {
		b.t.Errorf("%s has no values", sheet)
	}
}

// address finds the cell of a unit and code; it is the same on every stage.
func (b book) address(sheet, unit, code string) string {
	b.t.Helper()
	column, rows, first := b.table(sheet, "unit")
	for i, row := range rows {
		if row[0] == unit {
			name, err := excelize.CoordinatesToCellName(column[code]+1, first+i)
			if err != nil {
				b.t.Fatal(err)
			}
			return name
		}
	}
	b.t.Fatalf("%s has no row of %s", sheet, unit)
	return ""
}

func (b book) style(sheet, at string) *excelize.Style {
	b.t.Helper()
	id, err := b.GetCellStyle(sheet, at)
	if err != nil {
		b.t.Fatal(err)
	}
	s, err := b.GetStyle(id)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

func colour(s *excelize.Style) string {
	if len(s.Fill.Color) == 0 {
		return ""
	}
	return strings.TrimPrefix(s.Fill.Color[0], "#")
}
