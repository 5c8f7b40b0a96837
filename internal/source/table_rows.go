package source

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mizan"
)

// mostTableRows bounds a table that is read from a publisher.
const mostTableRows = 5_000_000

// rowTable is a publisher's table: a header and rows of text.
type rowTable struct {
	url   string
	head  []string
	index map[string]int // by name without capitals, blanks and marks
	rows  [][]string
}

// column finds a column by its name, exactly or but for capitals, blanks and
// marks; -1 if there is none.
func (t *rowTable) column(name string) int {
	if i := slices.Index(t.head, name); i >= 0 {
		return i
	}
	if i, ok := t.index[folded(name)]; ok && folded(name) != "" {
		return i
	}
	return -1
}

// cell is a cell of a row, "" where the row ends before it.
func cellOf(row []string, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

// tableForm says how a table is written.
type tableForm struct {
	format string // csv, xlsx, json; "" = by what it looks like
	sheet  string // of a workbook; "" = the first
	header int    // the row of the header, from 1; 0 = the first
	path   string // where the rows are in JSON: a.b.c
}

// readTable reads a table as text.
func readTable(p *Part, form tableForm) (*rowTable, error) {
	bad := func(err error) error {
		return badAnswer(p.URL, "the table cannot be read: "+oneLine(err.Error()), "is the address that of the table, and is its format the right one?")
	}
	format := form.format
	if format == "" {
		format = formatOf(p)
	}
	var rows [][]string
	var err error
	switch format {
	case "csv", "tsv":
		rows, err = csvRows(p.Body)
	case "xlsx":
		rows, err = sheetRows(p.Body, form.sheet)
	case "json":
		rows, err = jsonRows(p.Body, form.path)
	case "parquet":
		rows, err = parquetRows(p)
	default:
		err = fmt.Errorf("unknown format %s; there are csv, xlsx, json and parquet", quote(format))
	}
	if err != nil {
		return nil, bad(err)
	}
	at := max(form.header, 1) - 1
	for at < len(rows) && form.header == 0 && !slices.ContainsFunc(rows[at], func(s string) bool { return strings.TrimSpace(s) != "" }) {
		at++
	}
	if at >= len(rows) {
		return nil, bad(errors.New("it has no header"))
	}
	t := &rowTable{url: p.URL, head: rows[at], rows: rows[at+1:], index: map[string]int{}}
	for i, n := range t.head {
		t.head[i] = strings.TrimSpace(n)
		if _, twice := t.index[folded(n)]; !twice {
			t.index[folded(n)] = i
		}
	}
	return t, nil
}

// formatOf tells a format by the first bytes, for types and endings mislead.
func formatOf(p *Part) string {
	start := bytes.TrimSpace(bytes.TrimPrefix(p.Body[:min(len(p.Body), 200)], []byte("\uFEFF")))
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return "xlsx"
	case bytes.HasPrefix(start, []byte("PAR1")):
		return "parquet"
	case bytes.HasPrefix(start, []byte("{")), bytes.HasPrefix(start, []byte("[")):
		return "json"
	}
	return "csv"
}

// parquetRows reads a flat Parquet file.
func parquetRows(p *Part) ([][]string, error) {
	text, err := Parquet(Input{Name: p.URL, Text: p.Body})
	var q *mizan.Problem
	if errors.As(err, &q) {
		return nil, errors.New(q.Cause)
	}
	if err != nil {
		return nil, err
	}
	return csvRows(text)
}

// csvRows reads CSV with commas, semicolons or tabs, whichever its first line
// has most of.
func csvRows(text []byte) ([][]string, error) {
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if !utf8.Valid(text) {
		return nil, errors.New("the text is not UTF-8")
	}
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, errors.New("it has a zero byte, as text in UTF-16 and other files have")
	}
	first, _, _ := bytes.Cut(text, []byte{'\n'})
	comma, most := ',', bytes.Count(first, []byte{','})
	for _, c := range []rune{'\t', ';'} {
		if n := bytes.Count(first, []byte(string(c))); n > most {
			comma, most = c, n
		}
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		if len(rows) == mostTableRows {
			return nil, fmt.Errorf("it has more than %d rows", mostTableRows)
		}
		rows = append(rows, row)
	}
}

// sheetRows reads a sheet of a workbook.
func sheetRows(text []byte, sheet string) ([][]string, error) {
	b, err := openWorkbook(text, usualLimits)
	if err != nil {
		return nil, err
	}
	names := b.names()
	if len(names) == 0 {
		return nil, errors.New("it has no sheet")
	}
	if sheet == "" {
		sheet = names[0]
	}
	if !slices.Contains(names, sheet) {
		return nil, fmt.Errorf("it has no sheet %s; it has %s", quote(sheet), some(names))
	}
	return b.rows(sheet)
}

// jsonRows reads a list of objects; its keys are the columns, in the order in
// which they first occur. Nested values are left out.
func jsonRows(text []byte, path string) ([][]string, error) {
	raw := json.RawMessage(text)
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' }) {
		var object map[string]json.RawMessage
		if err := decode(raw, &object); err != nil {
			return nil, err
		}
		next, ok := object[step]
		if !ok {
			return nil, fmt.Errorf("it has no %s; give the way to the rows as option path", quote(step))
		}
		raw = next
	}
	var list []json.RawMessage
	if err := decode(raw, &list); err != nil {
		return nil, errors.New("it is no list of rows; give the way to them as option path")
	}
	var head []string
	index := map[string]int{}
	rows := [][]string{nil}
	for _, item := range list {
		keys, values, err := objectOf(item)
		if err != nil {
			return nil, err
		}
		row := make([]string, len(head), len(head)+len(keys))
		for i, k := range keys {
			if _, known := index[k]; !known {
				index[k] = len(head)
				head, row = append(head, k), append(row, "")
			}
			row[index[k]] = values[i]
		}
		rows = append(rows, row)
	}
	rows[0] = head
	return rows, nil
}

// objectOf reads the scalars of an object in their order.
func objectOf(text json.RawMessage) (keys, values []string, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, nil, errors.New("a row is no object")
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, nil, err
		}
		var value any
		if err := d.Decode(&value); err != nil {
			return nil, nil, err
		}
		name, _ := key.(string)
		switch v := value.(type) {
		case string:
			keys, values = append(keys, name), append(values, v)
		case json.Number:
			keys, values = append(keys, name), append(values, v.String())
		case bool:
			keys, values = append(keys, name), append(values, strconv.FormatBool(v))
		case nil:
			keys, values = append(keys, name), append(values, "")
		}
	}
	return keys, values, nil
}
