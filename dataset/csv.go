package dataset

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"mizan"
	"mizan/spec"
)

// row is one row of a CSV file; it is overwritten by the next.
type row struct {
	cells []string
	line  int
	block *block
	csv   *csv.Reader
	rep   *report
}

// cell is a cell without the blanks around it.
func (r *row) cell(i int) string {
	s := r.cells[i]
	if s != "" && (s[0] <= ' ' || s[len(s)-1] <= ' ') {
		return strings.TrimSpace(s)
	}
	return s
}

// problem reports a problem at cell i.
func (r *row) problem(i int, id, cause, remedy string) {
	line, column := r.csv.FieldPos(i)
	r.block.problem(r.rep, id, line, column, cause, remedy)
}

// lineText is a line of the block, counted from 1, without its end.
func (b *block) lineText(line int) []byte {
	text := b.text
	for ; line > 1; line-- {
		text = text[bytes.IndexByte(text, '\n')+1:]
	}
	text, _, _ = bytes.Cut(text, []byte{'\n'})
	return bytes.TrimSuffix(text, []byte{'\r'})
}

// characters turns a column in bytes into one in characters, both from 1.
func characters(line []byte, column int) int {
	return utf8.RuneCount(line[:min(max(column-1, 0), len(line))]) + 1
}

// problem reports a problem at a line of the block, counted from 1, and a
// column counted in bytes from 1.
func (b *block) problem(rep *report, id string, line, column int, cause, remedy string) {
	if len(rep.problems) == listed {
		rep.more++
		return
	}
	text := b.lineText(line)
	at := mizan.Place{File: b.file, Line: b.line + line - 1, Column: characters(text, column)}
	rep.add(&mizan.Problem{ID: id, Place: at, Cause: cause, Remedy: remedy, Excerpt: excerpt(string(text), at.Column)})
}

// rows visits the rows of a block that have as many cells as the header, and
// reports the others.
func (b *block) rows(width int, rep *report, visit func(r *row)) {
	r := row{block: b, rep: rep, csv: newCSV(b.text)}
	for {
		cells, err := r.csv.Read()
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			b.syntax(rep, err)
			continue
		case len(cells) != width:
			r.cells = cells
			r.ragged(width)
			continue
		}
		r.cells = cells
		line, _ := r.csv.FieldPos(0)
		r.line = b.line + line - 1
		visit(&r)
	}
}

func newCSV(text []byte) *csv.Reader {
	c := csv.NewReader(bytes.NewReader(text))
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	return c
}

// syntax reports an error of the CSV reader.
func (b *block) syntax(rep *report, err error) {
	var pe *csv.ParseError
	if !errors.As(err, &pe) {
		rep.add(&mizan.Problem{ID: "unreadable-file", Place: mizan.Place{File: b.file}, Cause: err.Error()})
		return
	}
	switch {
	case errors.Is(pe.Err, csv.ErrBareQuote):
		b.problem(rep, "stray-quote", pe.Line, pe.Column, "a quote stands inside a cell that does not begin with one",
			`put the whole cell in quotes and write the quote twice: "5"" disk"`)
	case pe.StartLine != pe.Line:
		b.problem(rep, "stray-quote", pe.StartLine, 1, "a quote opened in this row is not closed before the row should end",
			"close it, or remove it")
	default:
		b.problem(rep, "stray-quote", pe.Line, pe.Column, "a quote is not closed, or text follows a closing quote",
			`a quote inside quotes is written twice: "5"" disk"`)
	}
}

// ragged reports a row with too few or too many cells.
func (r *row) ragged(width int) {
	n := len(r.cells)
	if n < width {
		r.problem(n-1, "ragged-row", fmt.Sprintf("the row has %s, the header has %d", plural(n, "cell"), width),
			"write the missing cells, empty ones too, with their commas")
		return
	}
	r.problem(width, "ragged-row", fmt.Sprintf("the row has %s, the header has %d", plural(n, "cell"), width),
		"put a cell that holds a comma in quotes, or remove what is too much")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// header is the first row of a file: the names of its columns.
type header struct {
	names []string
	row   *row
	rep   *report
	bad   bool // a problem makes the rows unreadable
}

// readHeader reads the first row of the first block and takes it off. It is
// false if there is no header to go on with.
func readHeader(b *block, rep *report) (*header, bool) {
	r := &row{block: &block{file: b.file, text: b.text, line: b.line, whole: b.whole}, rep: rep, csv: newCSV(b.text)}
	cells, err := r.csv.Read()
	switch {
	case errors.Is(err, io.EOF):
		rep.add(emptyFile(b.file))
		return nil, false
	case err != nil:
		b.syntax(rep, err)
		return nil, false
	}
	r.cells = cells
	h := &header{row: r, rep: rep, names: make([]string, len(cells))}
	for i := range cells {
		h.names[i] = strings.Clone(r.cell(i))
	}
	if i := strings.IndexByte(strings.Join(cells, ""), '\r'); i >= 0 {
		r.problem(0, "bare-cr", "lines end in a carriage return alone", "save the file with LF or CRLF line ends")
		return nil, false
	}
	if len(cells) == 1 {
		for _, sep := range []struct{ mark, name string }{{";", "semicolons"}, {"\t", "tabs"}, {"|", "bars"}} {
			if strings.Contains(cells[0], sep.mark) {
				r.problem(0, "not-comma-separated", "the columns are separated by "+sep.name,
					"save the file with commas, and with points in the numbers")
				return nil, false
			}
		}
	}
	used := int(r.csv.InputOffset())
	b.line += bytes.Count(b.text[:used], []byte{'\n'})
	b.text = b.text[used:]
	return h, true
}

func emptyFile(name string) *mizan.Problem {
	return &mizan.Problem{ID: "empty-file", Place: mizan.Place{File: name}, Cause: "the file is empty", Remedy: "its first row must name the columns"}
}

// find gives the position of a column, or -1.
func (h *header) find(name string) int {
	return slices.Index(h.names, name)
}

// need gives the position of a column that must be there. known are the names
// that the file may have besides, so that no rightly spelt name is suggested.
func (h *header) need(name string, known ...string) int {
	i := h.find(name)
	if i >= 0 {
		return i
	}
	h.bad = true
	var others []string
	for _, n := range h.names {
		if n != "" && !slices.Contains(known, n) {
			others = append(others, n)
		}
	}
	remedy := fmt.Sprintf("add it; the columns are: %s", shorten(h.names))
	if near, ok := spec.Suggest(name, others); ok {
		remedy = fmt.Sprintf("is it the column %q? rename it to %q", near, name)
	}
	h.row.problem(0, "missing-column", fmt.Sprintf("the column %q is missing", name), remedy)
	return -1
}

// distinct reports names that occur twice among the columns that are used.
func (h *header) distinct(used func(name string) bool) {
	first := map[string]int{}
	for i, n := range h.names {
		j, twice := first[n]
		if !twice {
			first[n] = i
			continue
		}
		if n != "" && used(n) {
			h.bad = true
			h.row.problem(i, "duplicate-column", fmt.Sprintf("the column %q occurs twice, first as column %d", n, j+1), "rename or remove one of them")
		}
	}
}

// unknown reports a column that the project does not know.
func (h *header) unknown(i int, known []string) {
	if h.names[i] == "" {
		h.row.problem(i, "unnamed-column", fmt.Sprintf("column %d has no name", i+1), "name it, remove it, or write `extra: ignore` for the file")
		return
	}
	remedy := "remove it, or write `extra: ignore` for the file in the project file"
	if near, ok := spec.Suggest(h.names[i], known); ok {
		remedy = fmt.Sprintf("did you mean %q? else write `extra: ignore` for the file", near)
	}
	h.row.problem(i, "unknown-column", fmt.Sprintf("unknown column %q", h.names[i]), remedy)
}

// shorten lists names, the first ten of them.
func shorten(names []string) string {
	if len(names) > 10 {
		return strings.Join(names[:10], ", ") + fmt.Sprintf(", … (%d)", len(names))
	}
	return strings.Join(names, ", ")
}

// eachBlock parses the blocks of a file, several at a time, and gives the
// results in the order of the file. b is the rest of the first block.
func eachBlock[T any](bs *blocks, b block, parse func(b *block, out *T)) []*T {
	if bs.ended {
		out := new(T)
		parse(&b, out)
		return []*T{out}
	}
	var (
		all  []*T
		wg   sync.WaitGroup
		free = make(chan []byte, runtime.GOMAXPROCS(0)+1)
	)
	for range cap(free) {
		free <- nil
	}
	for ok := true; ok; {
		out := new(T)
		all = append(all, out)
		mine := b
		wg.Go(func() {
			parse(&mine, out)
			free <- mine.whole
		})
		b, ok = bs.next(<-free)
	}
	wg.Wait()
	return all
}
