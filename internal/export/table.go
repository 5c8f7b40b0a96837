package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"mizan"
	"mizan/engine"
)

// File is a file of a form that is a folder.
type File struct {
	Name  string // below the folder, with slashes
	Write func(w io.Writer) error
}

// fileOf is a file of which the text is known.
func fileOf(name string, text []byte) File {
	return File{name, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	}}
}

// CSV writes a relation as CSV (RFC 4180): a row of names, lines ending in LF,
// numbers as the shortest text that reads back to the same double, missing as an
// empty cell. Text that a spreadsheet would take for a formula (it begins with =,
// +, -, @, a tab or a carriage return) gets an apostrophe before it, unless raw.
// Errors are those of w.
func CSV(w io.Writer, t *mizan.Relation, raw bool) error {
	out := bufio.NewWriterSize(w, 1<<16)
	var b []byte
	for i, c := range t.Columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, c.Name, raw)
	}
	b = append(b, '\n')
	for row := range t.Rows {
		for i := range t.Columns {
			c := &t.Columns[i]
			if i > 0 {
				b = append(b, ',')
			}
			if c.Kind == mizan.TextColumn {
				b = appendText(b, c.Text(row), raw)
			} else {
				b = c.Append(b, row)
			}
		}
		b = append(b, '\n')
		if _, err := out.Write(b); err != nil {
			return err
		}
		b = b[:0]
	}
	if _, err := out.Write(b); err != nil {
		return err
	}
	return out.Flush()
}

// formula are the characters with which a spreadsheet lets a formula begin.
const formula = "=+-@\t\r"

// guarded is text that no spreadsheet computes.
func guarded(s string) string {
	if s != "" && strings.ContainsRune(formula, rune(s[0])) {
		return "'" + s
	}
	return s
}

// appendText appends a cell of text, in quotes where it needs them.
func appendText(b []byte, s string, raw bool) []byte {
	if !raw {
		s = guarded(s)
	}
	if s == "" || !strings.ContainsAny(s, ",\"\r\n") && s[0] != ' ' && s[len(s)-1] != ' ' {
		return append(b, s...)
	}
	return append(append(append(b, '"'), strings.ReplaceAll(s, `"`, `""`)...), '"')
}

// codesAreSafe refuses codes of units that the guard against formulas would
// change: the project file names them as they are.
func codesAreSafe(r *engine.Report, o Options) error {
	if o.Raw {
		return nil
	}
	for _, u := range r.Units {
		if guarded(u.Code) != u.Code {
			return &mizan.Problem{
				ID: "formula-code", Cause: fmt.Sprintf("a spreadsheet would take the code of the unit %q for a formula", u.Code),
				Remedy: "give the unit another code, or write the text as it is with --raw",
			}
		}
	}
	return nil
}
