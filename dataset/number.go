package dataset

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// missing says whether a cell is a missing value.
func missing(s string) bool { return s == "" || s == "NA" }

// parseNumber reads a decimal number. It refuses what strconv reads besides:
// NaN, Inf, hexadecimal and underscores.
func parseNumber(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, false
	}
	if len(s) > 2 && (s[1]|0x20 == 'x' || s[2]|0x20 == 'x' || strings.IndexByte(s, '_') >= 0) {
		return 0, false
	}
	return v, true
}

// parseYear reads a year from 1 to 9999.
func parseYear(s string) (int16, bool) {
	if len(s) > 4 || s == "" {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return int16(n), n > 0
}

// badYear says what is wrong with a year that parseYear refuses.
func badYear(s string) (cause, remedy string) {
	v, ok := parseNumber(s)
	switch {
	case s == "":
		return "the year is missing", "write the year that the figure is for"
	case ok && v != math.Trunc(v):
		return fmt.Sprintf("%q is not a whole year", s), "write the year alone, such as 2023"
	case ok && (v < 1 || v > 9999):
		return fmt.Sprintf("the year %s is out of range", s), "write a year from 1 to 9999"
	case ok:
		return fmt.Sprintf("%q is not a year", s), fmt.Sprintf("write %d", int(v))
	}
	return fmt.Sprintf("%q is not a year", s), "write the year alone, such as 2023"
}

// words that other programs write for a missing value.
var missingWords = []string{"nan", "n/a", "#n/a", "n.a.", "na", "null", "none", "nil", "missing", ".", "..", "...", "-", "--", "–", "—", "?", ":"}

// leaveEmpty is what to do where a figure may be missing.
const leaveEmpty = "leave the cell empty for a missing value"

// badNumber says what is wrong with a number that parseNumber refuses, and
// what to write in its place.
func badNumber(s string) (cause, remedy string) {
	cause = fmt.Sprintf("%q is not a number", clip(s))
	word := strings.ToLower(strings.TrimLeft(s, "+-"))
	switch {
	case slices.Contains(missingWords, strings.ToLower(s)) || word == "nan":
		return cause, leaveEmpty
	case word == "inf" || word == "infinity" || word == "∞":
		return fmt.Sprintf("%q is not a finite number", clip(s)), leaveEmpty
	case strings.HasSuffix(s, "%"):
		if plain := strings.TrimSpace(strings.TrimSuffix(s, "%")); isNumber(plain) {
			return cause, fmt.Sprintf("write %s, and `measure: \"%%\"` for the indicator", plain)
		}
	}
	if _, err := strconv.ParseFloat(s, 64); err != nil && errors.Is(err, strconv.ErrRange) {
		return fmt.Sprintf("%q is too large a number", clip(s)), "numbers reach to about 1.8e308"
	}
	if plain, ok := plainNumber(s); ok {
		return cause, plain
	}
	if plain, some := unseen(s); some && isNumber(plain) {
		return cause, fmt.Sprintf("write %s anew; a character that cannot be seen stands with it", plain)
	}
	if plain := strings.Map(ascii, s); plain != s && isNumber(plain) {
		return cause, fmt.Sprintf("write %s, with the signs 0 to 9, point and minus of a plain keyboard", plain)
	}
	return cause, "write a decimal number such as 1234.5, or " + leaveEmpty
}

// plainNumber suggests how to write a number with separators.
func plainNumber(s string) (remedy string, ok bool) {
	if v, err := strconv.ParseInt(s, 0, 64); err == nil {
		return fmt.Sprintf("write it in decimal digits: %d", v), true
	}
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		return "write it in decimal digits: " + strconv.FormatFloat(v, 'g', -1, 64), true
	}
	bare := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "", "_", "").Replace(s)
	commas, points := strings.Count(bare, ","), strings.Count(bare, ".")
	switch {
	case isNumber(bare):
		return "write " + bare + ", without separators", true
	case commas == 1 && points == 0:
		whole, part, _ := strings.Cut(bare, ",")
		joined, decimal := whole+part, whole+"."+part
		if !isNumber(joined) || !isNumber(decimal) {
			return "", false
		}
		if len(part) == 3 && len(strings.TrimLeft(whole, "+-0")) > 0 {
			return fmt.Sprintf("write %s if the comma separates thousands, %s if it is a decimal comma", joined, decimal), true
		}
		return "write " + decimal + ", with a decimal point", true
	case commas > 0 && strings.LastIndexByte(bare, ',') < strings.LastIndexByte(bare, '.') || commas > 1 && points == 0:
		bare = strings.ReplaceAll(bare, ",", "")
		return "write " + bare + ", without separators", isNumber(bare)
	case points > 0 && commas == 1 || points > 1 && commas == 0:
		bare = strings.ReplaceAll(strings.ReplaceAll(bare, ".", ""), ",", ".")
		return "write " + bare + ", without separators and with a decimal point", isNumber(bare)
	}
	return "", false
}

// ascii turns the digits and signs of other scripts, and those that word
// processors set, into those that numbers are written with.
func ascii(c rune) rune {
	for _, zero := range []rune{'\u0660', '\u06F0', '\u0966', '\uFF10'} { // Arabic, Persian, Devanagari, full width
		if c >= zero && c < zero+10 {
			return '0' + c - zero
		}
	}
	switch c {
	case '\u2212', '\u2010', '\u2011', '\u2013', '\uFF0D':
		return '-'
	case '\u066B', '\uFF0E':
		return '.'
	case '\u066C':
		return -1
	}
	return c
}

func isNumber(s string) bool {
	_, ok := parseNumber(s)
	return ok
}

// clip shortens a long cell for a message.
func clip(s string) string {
	n := 0
	for i := range s {
		if n == 40 {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
