package source

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// What a sheet can have, as the format has it.
const (
	mostRows    = 1 << 20
	mostColumns = 1 << 14
)

// limits are what a workbook may hold, so that a file made to exhaust the
// memory is a message.
type limits struct {
	bytes int64 // unpacked, over all parts that are read
	cells int   // of a sheet, the blanks between cells among them
}

var usualLimits = limits{bytes: 1 << 30, cells: 1 << 24}

// workbook reads the cells of an Office Open XML workbook (ECMA-376), .xlsx or
// .xlsm, whose parts are XML files in a ZIP archive. Of a cell it reads the
// value as it is stored, with all its digits and whatever the format shows; of
// a formula the value that the spreadsheet last computed. Both namespaces of
// the standard, transitional and strict, are taken.
type workbook struct {
	files  *zip.Reader
	most   limits
	left   int64 // how many bytes may still be unpacked
	sheets []sheetPart
	texts  []string // the shared strings, which cells name by number
}

// sheetPart is a sheet's name and the file that holds it.
type sheetPart struct{ name, file string }

// openWorkbook reads the list of sheets and the shared strings. Errors: this is
// no ZIP archive, or no workbook; a part is broken, or too large.
func openWorkbook(text []byte, most limits) (*workbook, error) {
	files, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return nil, err
	}
	b := &workbook{files: files, most: most, left: most.bytes}
	root, err := b.relations("")
	if err != nil {
		return nil, err
	}
	main := ""
	for _, r := range root {
		if r.kind == "officeDocument" {
			main = r.target
		}
	}
	if main == "" {
		return nil, errors.New("it names no workbook within")
	}
	related, err := b.relations(main)
	if err != nil {
		return nil, err
	}
	if err := b.readSheetList(main, related); err != nil {
		return nil, err
	}
	for _, r := range related {
		if r.kind == "sharedStrings" {
			return b, b.readTexts(r.target)
		}
	}
	return b, nil
}

// part opens a file of the archive as XML. Names differ in case with some
// programs that write workbooks.
func (b *workbook) part(name string) (*xml.Decoder, io.Closer, error) {
	i := slices.IndexFunc(b.files.File, func(f *zip.File) bool { return f.Name == name })
	if i < 0 {
		i = slices.IndexFunc(b.files.File, func(f *zip.File) bool {
			return strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name)
		})
	}
	if i < 0 {
		return nil, nil, &missingPart{name}
	}
	f, err := b.files.File[i].Open()
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	return xml.NewDecoder(&bounded{from: f, book: b}), f, nil
}

// missingPart is a file that the archive lacks.
type missingPart struct{ name string }

func (m *missingPart) Error() string { return "it lacks " + m.name }

// mostText is how many bytes a text, or a tag, may have: a cell holds 32,767
// characters at most.
const mostText = 1 << 20

// errLongText tells of a longer one.
var errLongText = errors.New("a text or a tag is longer than a cell can be")

// bounded stops when too much was unpacked, over all files, and at a text or a tag
// that is too long, for the decoder keeps each as a whole.
type bounded struct {
	from io.Reader
	book *workbook
	run  int // bytes since the last <
}

func (r *bounded) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if r.book.left -= int64(n); r.book.left < 0 {
		return 0, fmt.Errorf("it is larger than %d MB unpacked", r.book.most.bytes>>20)
	}
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		r.run = n - i
	} else if r.run += n; r.run > mostText {
		return 0, errLongText
	}
	return n, err
}

// each calls visit for every element of a part that starts. visit may read on.
func (b *workbook) each(name string, visit func(d *xml.Decoder, e *xml.StartElement) error) error {
	d, closer, err := b.part(name)
	if err != nil {
		return err
	}
	defer func() { _ = closer.Close() }()
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if e, ok := token.(xml.StartElement); ok && err == nil {
			err = visit(d, &e)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
}

// relation is a line of a part's list of the parts it refers to.
type relation struct {
	id, kind, target string // the kind is the last word of its address
}

// relations reads the list of a part, "" for that of the whole archive.
func (b *workbook) relations(part string) ([]relation, error) {
	dir, file := path.Split(part)
	var list []relation
	err := b.each(dir+"_rels/"+file+".rels", func(_ *xml.Decoder, e *xml.StartElement) error {
		if e.Name.Local != "Relationship" || attribute(e, "TargetMode") == "External" {
			return nil
		}
		target := path.Join(dir, attribute(e, "Target"))
		if absolute, ok := strings.CutPrefix(attribute(e, "Target"), "/"); ok {
			target = path.Clean(absolute)
		}
		list = append(list, relation{attribute(e, "Id"), path.Base(attribute(e, "Type")), target})
		return nil
	})
	var missing *missingPart
	if part != "" && errors.As(err, &missing) {
		err = nil // a part that refers to none has no list
	}
	return list, err
}

// readSheetList reads names and files of the sheets, in their order.
func (b *workbook) readSheetList(main string, related []relation) error {
	return b.each(main, func(_ *xml.Decoder, e *xml.StartElement) error {
		if e.Name.Local != "sheet" {
			return nil
		}
		s := sheetPart{name: attribute(e, "name")}
		for _, a := range e.Attr {
			for _, r := range related {
				if a.Name.Local == "id" && r.id == a.Value {
					s.file = r.target
				}
			}
		}
		b.sheets = append(b.sheets, s)
		return nil
	})
}

// readTexts reads the shared strings.
func (b *workbook) readTexts(name string) error {
	return b.each(name, func(d *xml.Decoder, e *xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := readText(d)
		b.texts = append(b.texts, text)
		return err
	})
}

// readText reads to the end of the element that has just started and gives the
// text in it, of whatever format its runs are; how it is pronounced is left
// out.
func readText(d *xml.Decoder) (string, error) {
	var text []byte
	inside := 0 // of a <t>
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "rPh" {
				if err := d.Skip(); err != nil {
					return "", err
				}
				continue
			}
			depth++
			if token.Name.Local == "t" {
				inside++
			}
		case xml.EndElement:
			depth--
			if token.Name.Local == "t" {
				inside--
			}
		case xml.CharData:
			if inside > 0 {
				if text = append(text, token...); len(text) > mostText {
					return "", errLongText
				}
			}
		}
	}
	return unescape(string(text)), nil
}

// unescape puts the characters that XML cannot hold in the place of their
// escapes, as in _x000D_.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for {
		before, after, found := strings.Cut(s, "_x")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		if len(after) >= 5 && after[4] == '_' {
			if code, err := strconv.ParseUint(after[:4], 16, 16); err == nil {
				out.WriteRune(rune(code))
				s = after[5:]
				continue
			}
		}
		out.WriteString("_x")
		s = after
	}
}

// names lists the sheets.
func (b *workbook) names() []string {
	names := make([]string, len(b.sheets))
	for i, s := range b.sheets {
		names[i] = s.name
	}
	return names
}

// errNoSheet is the error of rows where there is no such sheet.
var errNoSheet = errors.New("no such sheet")

// rows reads the cells of a sheet by row and column, both from 0, "" where
// there is none. Errors: errNoSheet; the sheet is broken, or too large.
func (b *workbook) rows(sheet string) ([][]string, error) {
	for _, s := range b.sheets {
		if !strings.EqualFold(s.name, sheet) {
			continue
		}
		if s.file == "" {
			return nil, fmt.Errorf("it names no file for the sheet %q", s.name)
		}
		r := &sheetReader{book: b}
		err := b.each(s.file, r.visit)
		return r.rows, err
	}
	return nil, errNoSheet
}

// sheetReader gathers the cells of a sheet. Places that a file leaves out are
// those that follow the cell or row before.
type sheetReader struct {
	book        *workbook
	rows        [][]string
	row, column int // of the next row, of the next cell
	cells       int
}

func (r *sheetReader) visit(d *xml.Decoder, e *xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		if n := attribute(e, "r"); n != "" {
			row, err := strconv.Atoi(n)
			if err != nil || row < 1 || row > mostRows {
				return fmt.Errorf("there can be no row %s", quote(n))
			}
			r.row = row - 1
		}
		r.row++
		r.column = 0
	case "c":
		return r.cell(d, e)
	}
	return nil
}

// cell reads a cell into its place.
func (r *sheetReader) cell(d *xml.Decoder, e *xml.StartElement) error {
	row, column := max(r.row, 1), r.column+1
	if at := attribute(e, "r"); at != "" {
		var ok bool
		if row, column, ok = parseCell(at); !ok {
			return fmt.Errorf("there can be no cell %s", quote(at))
		}
	}
	if row > mostRows || column > mostColumns {
		return errors.New("the sheet has more rows or columns than a workbook can have")
	}
	r.row, r.column = row, column
	value, err := r.value(d, attribute(e, "t"))
	if err != nil || value == "" {
		return err
	}
	for len(r.rows) < row {
		r.rows = append(r.rows, nil)
	}
	cells := r.rows[row-1]
	if r.cells += max(0, column-len(cells)); r.cells > r.book.most.cells {
		return fmt.Errorf("the sheet has more than %d cells", r.book.most.cells)
	}
	for len(cells) < column {
		cells = append(cells, "")
	}
	cells[column-1] = value
	r.rows[row-1] = cells
	return nil
}

// value reads what stands in a cell of a kind.
func (r *sheetReader) value(d *xml.Decoder, kind string) (string, error) {
	value, written := "", ""
	for {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "v":
				err = d.DecodeElement(&value, &token)
			case "is":
				written, err = readText(d)
			default:
				err = d.Skip()
			}
			if err != nil {
				return "", err
			}
		case xml.EndElement:
			switch kind {
			case "inlineStr":
				return written, nil
			case "str":
				return unescape(value), nil
			case "s":
				return r.shared(value)
			}
			return value, nil
		}
	}
}

// shared is the shared string of a number.
func (r *sheetReader) shared(number string) (string, error) {
	if number == "" {
		return "", nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || n < 0 || n >= len(r.book.texts) {
		return "", fmt.Errorf("there is no text %s", quote(number))
	}
	return r.book.texts[n], nil
}

// attribute is the value of an attribute without a namespace, "" if there is
// none.
func attribute(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Space == "" && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// parseCell reads the name of a cell, as in AB12, as row and column from 1.
func parseCell(name string) (row, column int, ok bool) {
	at := 0
	for ; at < len(name) && at < 4; at++ {
		letter := name[at] &^ 0x20 // as a capital
		if letter < 'A' || letter > 'Z' {
			break
		}
		column = column*26 + int(letter-'A') + 1
	}
	if at == 0 || at == len(name) || name[at] < '1' || name[at] > '9' {
		return 0, 0, false
	}
	row, err := strconv.Atoi(name[at:])
	return row, column, err == nil && row <= mostRows && column <= mostColumns
}

// columnName writes a column, counted from 1, in letters.
func columnName(column int) string {
	name := ""
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}
