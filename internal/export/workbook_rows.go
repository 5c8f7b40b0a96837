package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"mizan"
)

// rowWriter writes the rows of a sheet as the file has them. The library's own
// writers cut numbers to 15 digits, which is not the number; so the sheet is
// made by the library without rows, and these are put in when the file is
// written.
type rowWriter struct {
	book    *workbook
	to      *bytes.Buffer
	columns []column
	letters []string
	rows    int
	err     error
}

// rows begins the rows of a sheet that was just made.
func (b *workbook) rows(sheet string, columns []column) *rowWriter {
	w := &rowWriter{book: b, to: &bytes.Buffer{}, columns: columns}
	at, err := b.file.GetSheetIndex(sheet)
	w.err = err
	b.written[fmt.Sprintf("xl/worksheets/sheet%d.xml", at+1)] = w.to
	for i := range columns {
		w.letters = append(w.letters, strings.TrimRight(cellName(i+1, 1), "1"))
	}
	return w
}

// cell is a value with its look. Value is nil, a string, an int or a float64.
type cell struct {
	value any
	look  look
}

// add writes a row, high enough for its text where that is wrapped. A value
// without a look is plain; an empty string, NaN and infinities are empty cells.
func (w *rowWriter) add(values ...any) {
	w.rows++
	fmt.Fprintf(w.to, `<row r="%d"`, w.rows)
	if lines := w.lines(values); lines > 1 {
		fmt.Fprintf(w.to, ` ht="%s" customHeight="1"`, mizan.AppendNumber(nil, min(float64(lines)*lineHeight+2, mostHeight), ""))
	}
	w.to.WriteByte('>')
	for i, v := range values {
		c, dressed := v.(cell)
		if !dressed {
			c.value = v
		}
		w.cell(i, c)
	}
	w.to.WriteString("</row>")
}

// skip leaves rows empty.
func (w *rowWriter) skip() { w.rows++ }

func (w *rowWriter) cell(column int, c cell) {
	kind, value := "", []byte(nil)
	switch x := c.value.(type) {
	case string:
		c.look.format = textFormat
		c.look.indent++
		if x != "" {
			kind, value = ` t="inlineStr"`, appendText(nil, x)
		}
	case int:
		if c.look.format == "" {
			c.look.format = wholeFormat
		}
		value = fmt.Appendf(nil, "<v>%d</v>", x)
	case float64:
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			value = append(mizan.AppendNumber([]byte("<v>"), x, ""), "</v>"...)
		}
	}
	if value == nil && c.look.kind == plain && c.look.mark == none {
		return
	}
	style, err := w.book.style(c.look)
	if w.err == nil {
		w.err = err
	}
	w.to.WriteString(`<c r="`)
	w.to.WriteString(w.letters[column])
	w.to.WriteString(strconv.Itoa(w.rows))
	w.to.WriteString(`" s="`)
	w.to.WriteString(strconv.Itoa(style))
	w.to.WriteString(`"` + kind + ">")
	w.to.Write(value)
	w.to.WriteString("</c>")
}

// coded is what readers take for a character by its code; an underscore by its
// code before it makes it plain text again.
var coded = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// appendText writes text as it is, cut where a cell cannot hold it. What XML
// cannot hold becomes U+FFFD.
func appendText(b []byte, s string) []byte {
	var text bytes.Buffer
	_ = xml.EscapeText(&text, []byte(coded.ReplaceAllString(clipText(s), "_x005F$0")))
	return append(append(append(b, `<is><t xml:space="preserve">`...), text.Bytes()...), "</t></is>"...)
}

// mostText is how many UTF-16 units a cell holds.
const mostText = 32_767

// clipText cuts text that is longer than a cell may hold, and says so.
func clipText(s string) string {
	const tail = " … (cut)"
	if len(s) <= mostText {
		return s
	}
	units, cut := 0, len(s)
	for i, r := range s {
		if units++; r > 0xffff {
			units++
		}
		if units <= mostText-len(tail) {
			cut = i
		}
	}
	if units <= mostText {
		return s
	}
	return s[:cut] + tail
}

// Heights in points.
const (
	lineHeight = 13.5
	mostHeight = 400
)

// lines is about how many lines the wrapped text of a row takes.
func (w *rowWriter) lines(values []any) int {
	n := 1
	for i, v := range values {
		if c, dressed := v.(cell); dressed && c.look.wrap {
			if text, is := c.value.(string); is {
				n = max(n, linesOf(text, w.columns[i].width))
			}
		}
	}
	return n
}

func linesOf(text string, width float64) int {
	n := 0
	for part := range strings.SplitSeq(text, "\n") {
		n += max(1, int(math.Ceil(float64(runewidth.StringWidth(part))/max(1, 1.02*width-2.5))))
	}
	return n
}
