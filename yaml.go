package mizan

import (
	"strconv"
	"strings"
	"unicode"
)

// AppendYAML appends a text as a scalar of YAML that is read back as the same
// text in every version of YAML: bare where that is safe, else in double quotes
// with all that does not print escaped.
func AppendYAML(b []byte, s string) []byte {
	if bareYAML(s) {
		return append(b, s...)
	}
	b = append(b, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', byte(c))
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\t':
			b = append(b, `\t`...)
		case unicode.IsPrint(c):
			b = append(b, string(c)...)
		case c <= 0xFF:
			b = appendEscape(b, 'x', c, 2)
		case c <= 0xFFFF:
			b = appendEscape(b, 'u', c, 4)
		default:
			b = appendEscape(b, 'U', c, 8)
		}
	}
	return append(b, '"')
}

func appendEscape(b []byte, letter byte, c rune, digits int) []byte {
	hexed := strconv.FormatInt(int64(c), 16)
	b = append(b, '\\', letter)
	b = append(b, strings.Repeat("0", digits-len(hexed))...)
	return append(b, hexed...)
}

// bareYAML reports whether a word needs no quotes anywhere in YAML: it begins
// with a letter, has only letters, digits, `_`, `-`, `.` and single blanks, and
// is not a word with a meaning of its own in any version of YAML.
func bareYAML(s string) bool {
	for i, c := range s {
		switch {
		case unicode.IsLetter(c):
		case i == 0:
			return false
		case unicode.IsDigit(c), unicode.IsMark(c), c == '_', c == '-', c == '.', c == '/':
		case c == ' ' && s[i-1] != ' ':
		default:
			return false
		}
	}
	if s == "" || s[len(s)-1] == ' ' {
		return false
	}
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return false
	}
	return true
}
