package draw

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wideLetters are much wider than the others of their scripts.
const wideLetters = "mwMW%@жмшщыюфЖМШЩЫЮФ…"

// narrowLetters are much narrower.
const narrowLetters = "Iijlftr.,:;'|!()[]"

// textWidth is about how wide a text is, as a multiple of its size.
func textWidth(s string) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			w++
		case unicode.Is(unicode.Mn, r):
		case unicode.Is(unicode.Arabic, r):
			w += 0.52
		case strings.ContainsRune(wideLetters, r):
			w += 0.92
		case strings.ContainsRune(narrowLetters, r):
			w += 0.38
		case unicode.IsUpper(r):
			w += 0.72
		case unicode.Is(unicode.Cyrillic, r):
			w += 0.64
		case unicode.IsSpace(r):
			w += 0.32
		default:
			w += 0.6
		}
	}
	return w
}

// clipName bounds a name in a drawing.
func clipName(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// fitName shortens a name to a width, as a multiple of the size of its letters.
func fitName(name string, width float64) string {
	r := []rune(name)
	for n := len(r); n > 3; n-- {
		if s := clipName(name, n); textWidth(s) <= width {
			return s
		}
	}
	return clipName(name, 3)
}

// Marks around a piece of text with its own direction: what is cut may leave one
// open.
const isolate, endIsolate = '\u2068', '\u2069'

// elide cuts a label that is wider than there is room, told in sizes of its
// letters.
func elide(label string, room float64) string {
	if textWidth(label) <= room {
		return label
	}
	runes := []rune(label)
	for len(runes) > 1 && textWidth(string(runes)+"…") > room {
		runes = runes[:len(runes)-1]
	}
	cut := strings.TrimSpace(string(runes)) + "…"
	if open := strings.Count(cut, string(isolate)) - strings.Count(cut, string(endIsolate)); open > 0 {
		cut += strings.Repeat(string(endIsolate), open)
	}
	return cut
}

// twoLines parts a label that is long at the blank nearest to its middle.
func twoLines(label string) []string {
	runes := []rune(label)
	if len(runes) <= 14 {
		return []string{label}
	}
	at := -1
	for i, r := range runes {
		if r == ' ' && (at < 0 || max(i, len(runes)-i) < max(at, len(runes)-at)) {
			at = i
		}
	}
	if at < 0 {
		return []string{label}
	}
	return []string{string(runes[:at]), string(runes[at+1:])}
}

// breadth is about how wide a text is, in letters of the Latin script.
func breadth(s string) float64 {
	n := 0.0
	for _, r := range s {
		if r >= 0x2E80 {
			n += 1.8
		} else {
			n++
		}
	}
	return n
}

// clipped cuts a text to a breadth.
func clipped(s string, most float64) string {
	if breadth(s) <= most {
		return s
	}
	for breadth(s) > most-1 {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.TrimRight(s, " ") + "…"
}

// wrapped breaks a text into two lines at most, between words.
func wrapped(s string, most float64) []string {
	words := strings.Fields(s)
	if len(words) == 1 && breadth(s) > most {
		return []string{clipped(s, most)}
	}
	line := ""
	for i, w := range words {
		if line != "" && breadth(line+" "+w) > most {
			return []string{clipped(line, most), clipped(strings.Join(words[i:], " "), most)}
		}
		line = strings.TrimSpace(line + " " + w)
	}
	return []string{clipped(line, most)}
}

// apart keeps labels at least a distance apart, moving them down, and all of
// them up again where the last goes past the end.
func apart(at []float64, order []int, distance, end float64) {
	for i := 1; i < len(order); i++ {
		at[order[i]] = math.Max(at[order[i]], at[order[i-1]]+distance)
	}
	for i := len(order) - 1; i >= 0; i-- {
		at[order[i]] = math.Min(at[order[i]], end-distance*float64(len(order)-1-i))
	}
}
