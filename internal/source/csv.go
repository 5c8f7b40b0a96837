package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mizan"
)

// sheet is a table as it was read: a header and rows of cells, which know
// where they stand.
type sheet struct {
	*reader
	file  string
	names []cell
	rows  [][]cell // each as long as names
	index map[string]int
}

// cell is a cell of a table without the blanks around it.
type cell struct {
	text string
	at   mizan.Place
}

// column gives the position of a column, or -1.
func (s *sheet) column(name string) int {
	if i, ok := s.index[name]; ok {
		return i
	}
	return -1
}

// header is the names of the columns.
func (s *sheet) header() []string {
	names := make([]string, len(s.names))
	for i, c := range s.names {
		names[i] = c.text
	}
	return names
}

// csvReader reads one CSV file into a sheet.
type csvReader struct {
	*sheet
	text  []byte
	lines [][]byte
	csv   *csv.Reader
}

// readCSV reads a CSV file: commas, UTF-8 with or without a byte order mark,
// lines ending in LF or CRLF, cells in quotes where needed. Rows without any
// text are left out, and so is a column without a name that numbers the rows,
// as R's write.csv makes one. The sheet is nil if nothing can be read.
func readCSV(r *reader, in Input) *sheet {
	c := &csvReader{sheet: &sheet{reader: r, file: in.Name, index: map[string]int{}}}
	if !c.decode(in.Text) || !c.separated() || !c.begin() {
		return nil
	}
	for {
		cells, err := c.csv.Read()
		switch {
		case errors.Is(err, io.EOF):
			c.dropUnnamed()
			c.indexNames()
			return c.sheet
		case err != nil:
			c.syntax(err)
		case !slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" }):
		case len(cells) != len(c.names):
			c.ragged(len(cells))
		default:
			c.rows = append(c.rows, c.take(cells))
		}
	}
}

// decode checks the encoding.
func (c *csvReader) decode(text []byte) bool {
	first := mizan.Place{File: c.file, Line: 1, Column: 1}
	const remedy = "save the file as CSV in UTF-8"
	if bytes.HasPrefix(text, []byte{0xFF, 0xFE}) || bytes.HasPrefix(text, []byte{0xFE, 0xFF}) {
		c.problem("not-utf8", first, "the file is in UTF-16", remedy)
		return false
	}
	if bytes.HasPrefix(text, []byte("PK\x03\x04")) {
		c.problem("not-csv", first, "this is a workbook, not a CSV file", "save the sheet as CSV in UTF-8")
		return false
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	c.text = text
	c.lines = bytes.Split(text, []byte{'\n'})
	if i := bytes.IndexByte(text, 0); i >= 0 {
		c.problem("not-utf8", c.placeOf(i), "the file has a zero byte, as text in UTF-16 and other files have", remedy)
		return false
	}
	if !utf8.Valid(text) {
		i := 0
		for {
			r, size := utf8.DecodeRune(text[i:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			i += size
		}
		c.problem("not-utf8", c.placeOf(i), "the text is not UTF-8", remedy)
		return false
	}
	if i := bytes.IndexByte(text, '\r'); i >= 0 && !bytes.Contains(text, []byte{'\n'}) {
		c.problem("bare-cr", c.placeOf(i), "lines end in a carriage return alone", "save the file with LF or CRLF line ends")
		return false
	}
	return true
}

// placeOf is the place of a byte of the text.
func (c *csvReader) placeOf(i int) mizan.Place {
	start := bytes.LastIndexByte(c.text[:i], '\n') + 1
	return mizan.Place{File: c.file, Line: 1 + bytes.Count(c.text[:i], []byte{'\n'}), Column: 1 + utf8.RuneCount(c.text[start:i])}
}

// begin reads the header.
func (c *csvReader) begin() bool {
	c.csv = csv.NewReader(bytes.NewReader(c.text))
	c.csv.FieldsPerRecord = -1
	c.csv.ReuseRecord = true
	cells, err := c.csv.Read()
	switch {
	case errors.Is(err, io.EOF):
		c.problem("empty-file", mizan.Place{File: c.file}, "the file is empty", "its first row must name the columns")
		return false
	case err != nil:
		c.syntax(err)
		return false
	}
	c.names = c.take(cells)
	return true
}

// separated checks that the columns are separated by commas, by what the first
// line has most of outside of quotes.
func (c *csvReader) separated() bool {
	counts := map[rune]int{}
	quoted := false
	for _, r := range string(c.lines[0]) {
		if r == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[r]++
		}
	}
	for _, m := range []struct {
		mark rune
		name string
	}{{';', "semicolons"}, {'\t', "tabs"}, {'|', "bars"}} {
		if counts[m.mark] > counts[','] {
			c.problem("not-comma-separated", mizan.Place{File: c.file, Line: 1, Column: 1}, "the columns are separated by "+m.name,
				"save the file with commas between the cells and points in the numbers: in R with write.csv, not write.csv2; "+
					"in a spreadsheet with the comma as separator")
			return false
		}
	}
	return true
}

// take keeps a record with the places of its cells.
func (c *csvReader) take(cells []string) []cell {
	row := make([]cell, len(cells))
	for i, s := range cells {
		line, column := c.csv.FieldPos(i)
		row[i] = cell{strings.Clone(strings.TrimSpace(s)), c.at(line, column)}
	}
	return row
}

// at is a place, given the column in bytes.
func (c *csvReader) at(line, column int) mizan.Place {
	at := mizan.Place{File: c.file, Line: line, Column: column}
	if line >= 1 && line <= len(c.lines) {
		text := c.lines[line-1]
		at.Column = 1 + utf8.RuneCount(text[:min(max(column-1, 0), len(text))])
	}
	return at
}

// syntax reports an error of the CSV library.
func (c *csvReader) syntax(err error) {
	var pe *csv.ParseError
	if !errors.As(err, &pe) {
		c.problem("unreadable-file", mizan.Place{File: c.file}, err.Error(), "")
		return
	}
	switch {
	case errors.Is(pe.Err, csv.ErrBareQuote):
		c.problem("stray-quote", c.at(pe.Line, pe.Column), "a quote stands inside a cell that does not begin with one",
			`put the whole cell in quotes and write the quote twice: "5"" disk"`)
	case pe.StartLine != pe.Line:
		c.problem("stray-quote", c.at(pe.StartLine, 1), "a quote opened in this row is not closed before the row should end",
			"close it, or remove it")
	default:
		c.problem("stray-quote", c.at(pe.Line, pe.Column), "a quote is not closed, or text follows a closing quote",
			`a quote inside quotes is written twice: "5"" disk"`)
	}
}

// ragged reports a row with too few or too many cells.
func (c *csvReader) ragged(n int) {
	remedy, i := "write the missing cells, empty ones too, with their commas", n-1
	if n > len(c.names) {
		remedy, i = "put a cell that holds a comma in quotes, or remove what is too much", len(c.names)
	}
	c.problem("ragged-row", c.at(c.csv.FieldPos(i)), fmt.Sprintf("the row has %d cells, the header has %d", n, len(c.names)), remedy)
}

// dropUnnamed leaves out columns without a name that hold nothing, or nothing
// but the row numbers that R's write.csv puts in front.
func (c *csvReader) dropUnnamed() {
	for i := len(c.names) - 1; i >= 0; i-- {
		if c.names[i].text != "" {
			continue
		}
		empty, numbers := true, i == 0
		for _, row := range c.rows {
			_, err := strconv.Atoi(row[i].text)
			empty = empty && row[i].text == ""
			numbers = numbers && err == nil
		}
		if !empty && !numbers {
			c.problem("unnamed-column", c.names[i].at, fmt.Sprintf("column %d has no name", i+1), "name it, or remove it")
			continue
		}
		c.names = slices.Delete(c.names, i, i+1)
		for k, row := range c.rows {
			c.rows[k] = slices.Delete(row, i, i+1)
		}
	}
}

// indexNames finds columns by name and reports those that occur twice.
func (c *csvReader) indexNames() {
	for i, n := range c.names {
		first, twice := c.index[n.text]
		switch {
		case n.text == "":
		case twice:
			c.problem("duplicate-column", n.at, fmt.Sprintf("the column %s occurs twice, first as column %d", quote(n.text), first+1),
				"rename or remove one of them")
		default:
			c.index[n.text] = i
		}
	}
}
