package language

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"mizan"

	"golang.org/x/text/cases"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// How long texts of a project may be on a page, in characters. Longer ones end
// in three points; the files to download have them whole.
const (
	LongestName = 120
	LongestText = 5000
)

// Tidy makes a text of a project fit to stand within a sentence of ours: without
// control characters, on one line, without marks that turn the direction of what
// follows it (overrides, embeddings and isolates, which a name may leave open),
// and of bounded length. Paragraphs, which are two line breaks, stay.
func Tidy(s string, most int) string {
	if len(s) <= most && plainly(s) {
		return s
	}
	var b strings.Builder
	n := 0
	for _, r := range s {
		switch {
		case r == utf8.RuneError, turns(r):
			continue
		case r == '\n' && most > LongestName:
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			r = ' '
		}
		if n++; n > most {
			return cutMarks(b.String()) + "…"
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cutMarks drops the marks and joiners at the end of a text that was cut.
func cutMarks(s string) string {
	return strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsMark(r) || unicode.IsSpace(r) || r == '\u200D' })
}

// plainly reports whether there is nothing in a text to be tidied.
func plainly(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return !strings.ContainsFunc(s[i:], func(r rune) bool {
				return r == utf8.RuneError || turns(r) || unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
			})
		}
		if s[i] < ' ' || s[i] == 0x7f {
			return false
		}
	}
	return true
}

// turns reports whether a character changes the direction of those after it, up
// to another that ends it.
func turns(r rune) bool { return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' }

// Tidied is the text in every language, tidied; the text itself if that changes
// nothing.
func Tidied[M ~map[string]string](t M, most int) M {
	out, copied := t, false
	for key, s := range t {
		clean := Tidy(s, most)
		if clean == s {
			continue
		}
		if !copied {
			out, copied = maps.Clone(t), true
		}
		out[key] = clean
	}
	return out
}

// Fold makes text comparable in a search: no case, no marks on letters, one
// blank between words.
func Fold(s string) string {
	t, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		t = s
	}
	return strings.Join(strings.Fields(cases.Fold().String(t)), " ")
}

// Human makes a label of a code or the name of a group variable.
func Human(code string) string {
	s := strings.ReplaceAll(code, "_", " ")
	if s == "" {
		return s
	}
	r := []rune(s)
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}

// Paragraphs parts a description at blank lines.
func Paragraphs(s string) []string {
	var ps []string
	for p := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			ps = append(ps, p)
		}
	}
	return ps
}

// Capital begins a sentence.
func Capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// Shorten bounds a text: what is longer ends in three points.
func Shorten(text string, most int) string {
	r := []rune(text)
	if len(r) <= most {
		return text
	}
	return strings.TrimSpace(string(r[:most-1])) + "…"
}

// Text picks a label in the language, or the fallback.
func (l *Language) Text(t mizan.Text, fallback string) string {
	if s := t.In(l.Code); s != "" {
		return Tidy(s, LongestText)
	}
	return Tidy(fallback, LongestName)
}
