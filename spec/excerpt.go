package spec

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mizan"
)

// excerptWidth is how many characters of a source line are shown.
const excerptWidth = 76

// excerpt is the source line of a place with its number, and a caret under the
// column; "" if the place is not in this text. A long line is cut around the
// column. Characters that could act on the terminal or turn the direction of
// the text are shown as a replacement character.
func excerpt(lines []string, at mizan.Place) string {
	if at.Line < 1 || at.Line > len(lines) {
		return ""
	}
	line, column := lineWindow(strings.TrimRight(lines[at.Line-1], "\r\n"), at.Column)
	head := fmt.Sprintf("%4d | ", at.Line)
	shown := head + line
	if at.Column < 1 {
		return shown
	}
	return shown + "\n" + strings.Repeat(" ", len(head)-2) + "| " + strings.Repeat(" ", column) + "^"
}

// lineWindow cuts a line around a column (from 1) and returns how many
// characters stand before the column in what is left.
func lineWindow(line string, column int) (string, int) {
	before := max(column-1, 0)
	from := 0
	if before > excerptWidth*2/3 {
		from = before - excerptWidth/2
	}
	var b strings.Builder
	if from > 0 {
		b.WriteString("… ")
	}
	i, shown, offset := 0, 0, 0
	for pos := 0; pos < len(line); i++ {
		r, size := utf8.DecodeRuneInString(line[pos:])
		if i >= from && shown == excerptWidth {
			b.WriteString(" …")
			break
		}
		if i >= from {
			b.WriteRune(harmless(r))
			shown++
			if i < before {
				offset++
			}
		}
		pos += size
	}
	if from > 0 {
		offset += 2
	}
	return b.String(), offset
}

// harmless is the character itself, or a stand-in for one that a terminal or a
// page would act on instead of showing.
func harmless(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
		return '\uFFFD'
	}
	return r
}

// quote puts a user's word in quotation marks, cut if long; characters that do
// not print are escaped.
func quote(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return strconv.Quote(s)
}

// visible makes a text harmless in a message without quoting it.
func visible(s string) string { return strings.Map(harmless, s) }
