package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"

	"mizan"
	"mizan/internal/parquetfile"
)

// maxParquetCells bounds the cells that are read of a Parquet file: a few bytes
// can promise as many as they like.
const maxParquetCells = 50 << 20

// parquetTextLimit bounds the text that is made of them: a dictionary lets a long text
// stand in every row for a few bits.
var parquetTextLimit = 1 << 30 // a variable for the test alone

// Parquet reads a flat Parquet file (no lists, no nested columns) as CSV text: a
// row of names, then the rows in their order. Numbers are the shortest text that
// reads back to the same value, null and NaN are empty cells, times and dates are
// as ISO 8601 has them. Errors are mizan.Problems: what is no Parquet file, is
// damaged, nested, or too large.
func Parquet(in Input) (text []byte, err error) {
	at := mizan.Place{File: in.Name}
	// The library trusts what a file says of itself, and panics where it lies.
	defer func() {
		if p := recover(); p != nil {
			text, err = nil, &mizan.Problem{ID: "damaged-parquet", Place: at, Cause: fmt.Sprintf("the Parquet file is damaged (%v)", p), Remedy: "fetch it anew"}
		}
	}()
	file, err := parquetfile.Open(bytes.NewReader(in.Text), int64(len(in.Text)))
	if err != nil {
		return nil, parquetProblem(at, err)
	}
	fields := file.Schema().Fields()
	if cells := file.NumRows() * int64(len(fields)); file.NumRows() < 0 || len(fields) == 0 || cells > maxParquetCells || cells/int64(len(fields)) != file.NumRows() {
		return nil, &mizan.Problem{
			ID: "too-large", Place: at, Cause: fmt.Sprintf("%d rows of %d columns are not between 1 and %d cells", file.NumRows(), len(fields), maxParquetCells),
			Remedy: "choose rows and columns by SQL, with `mizan data sql`",
		}
	}
	var names []string
	var all []int
	for i, f := range fields {
		names, all = append(names, f.Name()), append(all, i)
	}
	for i := range file.RowGroups() {
		if err := file.Check(i, all); err != nil {
			return nil, parquetProblem(at, err)
		}
	}
	return parquetText(file.File, fields, names, at)
}

// parquetProblem is what is wrong with a file, with its remedy.
func parquetProblem(at mizan.Place, err error) error {
	p := &mizan.Problem{ID: "damaged-parquet", Place: at, Cause: err.Error(), Remedy: "fetch it anew"}
	var nested *parquetfile.NestedError
	switch {
	case errors.As(err, &nested):
		p.ID, p.Remedy = "nested-parquet", "flatten it first"
	case errors.Is(err, parquetfile.ErrNotParquet):
		p.ID, p.Remedy = "not-parquet", "check what it is, or fetch it anew"
	case errors.Is(err, parquetfile.ErrTooLarge):
		p.ID, p.Remedy = "too-large", "write it anew with smaller pages and groups of rows"
	}
	return p
}

// parquetText writes the rows of a file.
func parquetText(file *parquet.File, fields []parquet.Field, names []string, at mizan.Place) ([]byte, error) {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	_ = out.Write(names) // a buffer does not fail
	reader := parquet.NewReader(file)
	defer func() { _ = reader.Close() }()
	rows, cells := make([]parquet.Row, 256), make([]string, len(fields))
	var read int64
	for {
		n, err := reader.ReadRows(rows)
		for _, row := range rows[:n] {
			clear(cells)
			for _, v := range row {
				if c := v.Column(); c >= 0 && c < len(cells) {
					cells[c] = parquetCell(fields[c], v)
				}
			}
			_ = out.Write(cells)
			if b.Len() > parquetTextLimit {
				return nil, &mizan.Problem{ID: "too-large", Place: at, Cause: fmt.Sprintf("as text the table is larger than %d MiB", parquetTextLimit>>20), Remedy: "choose rows and columns by SQL, with `mizan data sql`"}
			}
		}
		read += int64(n)
		if err == nil && n > 0 {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) || read != file.NumRows() {
			return nil, &mizan.Problem{ID: "damaged-parquet", Place: at, Cause: fmt.Sprintf("the Parquet file ends after %d of %d rows", read, file.NumRows()), Remedy: "fetch it anew"}
		}
		break
	}
	out.Flush()
	return b.Bytes(), out.Error()
}

// parquetCell is a value as text.
func parquetCell(f parquet.Field, v parquet.Value) string {
	if v.IsNull() {
		return ""
	}
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean())
	case parquet.Int32, parquet.Int64:
		return parquetWhole(f, v)
	case parquet.Int96:
		return int96Time(v.Int96()).Format(time.RFC3339Nano)
	case parquet.Float:
		return finite(float64(v.Float()), 32)
	case parquet.Double:
		return finite(v.Double(), 64)
	}
	if d, ok := logicalOf(f).(*format.DecimalType); ok {
		return scaled(bytesToInt(v.ByteArray()), int(d.Scale))
	}
	return string(v.ByteArray())
}

// finite is a number as text; what is not finite is missing.
func finite(x float64, bits int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', -1, bits)
}

// parquetWhole is a whole number, or what is kept as one: a date, a time, a
// decimal.
func parquetWhole(f parquet.Field, v parquet.Value) string {
	n := v.Int64()
	if v.Kind() == parquet.Int32 {
		n = int64(v.Int32())
	}
	switch logical := logicalOf(f).(type) {
	case *format.DateType:
		return time.Unix(n*86400, 0).UTC().Format(time.DateOnly)
	case *format.DecimalType:
		return scaled(n, int(logical.Scale))
	case *format.TimestampType:
		if logical.Unit.Value == nil {
			break
		}
		per := int64(time.Second / logical.Unit.Value.Duration())
		return time.Unix(n/per, n%per*int64(logical.Unit.Value.Duration())).UTC().Format(time.RFC3339Nano)
	case *format.IntType:
		switch {
		case logical.IsSigned:
		case v.Kind() == parquet.Int32:
			return strconv.FormatUint(uint64(uint32(n)), 10)
		default:
			return strconv.FormatUint(uint64(n), 10)
		}
	}
	return strconv.FormatInt(n, 10)
}

// logicalOf is what a column's values stand for, nil if for themselves.
func logicalOf(f parquet.Field) format.LogicalTypeValue {
	if t := f.Type().LogicalType(); t != nil {
		return t.Value
	}
	return nil
}

// scaled is n with a number of digits behind the point.
func scaled(n int64, scale int) string {
	if scale <= 0 || scale > 18 {
		return strconv.FormatInt(n, 10)
	}
	sign := ""
	text := strconv.FormatInt(n, 10)
	if n < 0 {
		sign, text = "-", text[1:]
	}
	for len(text) <= scale {
		text = "0" + text
	}
	return sign + text[:len(text)-scale] + "." + text[len(text)-scale:]
}

// bytesToInt is a big-endian whole number in two's complement, of at most eight
// bytes; of longer ones the last eight.
func bytesToInt(b []byte) int64 {
	var n int64
	if len(b) > 0 && b[0] >= 0x80 {
		n = -1
	}
	for _, x := range b[max(0, len(b)-8):] {
		n = n<<8 | int64(x)
	}
	return n
}

// int96Time is a time as old writers keep it: nanoseconds of the day, then the
// Julian day.
func int96Time(v deprecated.Int96) time.Time {
	const epoch = 2440588 // Julian day of 1970-01-01
	nanos := int64(uint64(v[1])<<32 | uint64(v[0]))
	return time.Unix((int64(v[2])-epoch)*86400, nanos).UTC()
}
