package source

import (
	"errors"
	"fmt"
	"math"
	"path"
	"strconv"
	"strings"
	"unicode"
)

// missing says whether a cell is a missing value. R writes NA, and NaN where a
// calculation had no result; COINr takes them for the same.
func missing(s string) bool { return s == "" || s == "NA" || s == "NaN" }

// parseNumber reads a finite decimal number, as Mizan's own files may hold it.
func parseNumber(s string) (float64, bool) {
	if strings.ContainsAny(s, "xX_") {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, false
	}
	return v, true
}

// badNumber says what is wrong with a number that parseNumber refuses.
func badNumber(s string) (cause, remedy string) {
	cause = quote(s) + " is not a number"
	_, err := strconv.ParseFloat(s, 64)
	switch word := strings.ToLower(strings.TrimLeft(s, "+-")); {
	case errors.Is(err, strconv.ErrRange):
		return quote(s) + " is too large a number", "numbers reach to about 1.8e308"
	case word == "inf" || word == "infinity":
		return quote(s) + " is not a finite number", "leave the cell empty for a missing value"
	case word == "true" || word == "false":
		return cause, "write 1 for TRUE and 0 for FALSE"
	case strings.Count(s, ",") == 1 && decimal(strings.Replace(s, ",", ".", 1)):
		return cause, fmt.Sprintf("write %s if the comma is a decimal one, %s if it separates thousands",
			strings.Replace(s, ",", ".", 1), strings.Replace(s, ",", "", 1))
	}
	bare := strings.Map(func(r rune) rune {
		if r == ',' || r == '\'' || r == '’' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	if bare != s && decimal(bare) {
		return cause, "write " + bare + ", without separators"
	}
	return cause, "write a decimal number such as 1234.5, or leave the cell empty for a missing value"
}

func decimal(s string) bool {
	_, ok := parseNumber(s)
	return ok
}

// parseYear reads a year from 1 to 9999. R writes 2020 and, for some columns,
// 2020.0 or 2.02e3.
func parseYear(s string) (int, bool) {
	v, ok := parseNumber(s)
	if !ok || v != math.Trunc(v) || v < 1 || v > 9999 {
		return 0, false
	}
	return int(v), true
}

// parseFlag reads a logical value as R writes it.
func parseFlag(s string) (yes, ok bool) {
	switch s {
	case "TRUE", "true", "True", "T", "1":
		return true, true
	case "FALSE", "false", "False", "F", "0":
		return false, true
	}
	return false, false
}

// tidy puts a text of several lines or with other control characters into one
// line, without the blanks around it.
func tidy(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// baseName is a file's name without its folders, for a comment.
func baseName(name string) string {
	return tidy(path.Base(strings.ReplaceAll(name, `\`, "/")))
}

// maxCode is the longest code, in bytes.
const maxCode = 100

// codeRune says whether Mizan's codes may hold a character.
func codeRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || r == '_' || r == '-'
}

// words that may not be codes: the keys of a node of the framework, and the
// names of the first columns of data/observations.csv.
var reserved = map[string]bool{
	"code": true, "name": true, "weight": true, "direction": true, "aggregate": true, "children": true, "unit": true, "year": true,
}

// namer gives every code of another tool one that Mizan takes: the same where
// that is possible.
type namer struct {
	taken map[string]bool
	names map[string]string // from the other tool's code
	// Changed lists the codes that are not the same, in order.
	changed []string
}

// newNamer names all codes, which must be distinct. Those that Mizan takes as
// they are keep their names; the others get `_` for every character that it
// refuses, and a number where that is taken.
func newNamer(codes []string) *namer {
	n := &namer{taken: map[string]bool{}, names: map[string]string{}}
	for _, c := range codes {
		if c != "" && cleanCode(c) == c && !reserved[c] {
			n.taken[c] = true
			n.names[c] = c
		}
	}
	for _, c := range codes {
		if n.names[c] != "" {
			continue
		}
		n.names[c] = n.free(cleanCode(c))
		n.changed = append(n.changed, c)
	}
	return n
}

// cleanCode replaces what may not stand in a code.
func cleanCode(s string) string {
	s = strings.Map(func(r rune) rune {
		if codeRune(r) {
			return r
		}
		return '_'
	}, s)
	for len(s) > maxCode {
		s = s[:strings.LastIndexFunc(s, func(rune) bool { return true })]
	}
	return s
}

// free is the code itself, or with a number that makes it free.
func (n *namer) free(code string) string {
	c := code
	for i := 2; n.taken[c] || reserved[c]; i++ {
		end := "_" + strconv.Itoa(i)
		for len(code)+len(end) > maxCode {
			code = code[:strings.LastIndexFunc(code, func(rune) bool { return true })]
		}
		c = code + end
	}
	n.taken[c] = true
	return c
}

// nearest is the known word that differs only in capitals and in the marks
// between letters, or "". It stops looking once there are many problems.
func (r *reader) nearest(word string, known func() []string) string {
	if len(r.problems) > 4*listed {
		return ""
	}
	for _, k := range known() {
		if f := folded(word); k != word && f != "" && folded(k) == f {
			return k
		}
	}
	return ""
}

func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
