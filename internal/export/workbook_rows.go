package export

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"mizan"
)

// rowWriter writes the rows of a sheet as the file has them.
type rowWriter struct {
	book    *workbook
	sheet   *bookSheet
	to      *bytes.Buffer
	letters []string
}

// sheet begins a sheet.
func (b *workbook) sheet(name string, columns []column) *rowWriter {
	s := &bookSheet{name: name}
	b.file.sheets = append(b.file.sheets, s)
	w := &rowWriter{book: b, sheet: s, to: &s.rows}
	for i, c := range columns {
		s.widths = append(s.widths, c.width)
		w.letters = append(w.letters, columnName(i+1))
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
	w.sheet.lastRow++
	fmt.Fprintf(w.to, `<row r="%d"`, w.sheet.lastRow)
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
func (w *rowWriter) skip() { w.sheet.lastRow++ }

func (w *rowWriter) cell(column int, c cell) {
	kind, value := "", []byte(nil)
	switch x := c.value.(type) {
	case string:
		c.look.format = textFormat
		c.look.indent++
		if x != "" {
			kind, value = ` t="inlineStr"`, []byte("<is>"+richText(x)+"</is>")
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
	w.to.WriteString(`<c r="`)
	w.to.WriteString(w.letters[column])
	w.to.WriteString(strconv.Itoa(w.sheet.lastRow))
	w.to.WriteString(`" s="`)
	w.to.WriteString(strconv.Itoa(w.book.style(c.look)))
	w.to.WriteString(`"` + kind + ">")
	w.to.Write(value)
	w.to.WriteString("</c>")
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
				n = max(n, linesOf(text, w.sheet.widths[i]))
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
