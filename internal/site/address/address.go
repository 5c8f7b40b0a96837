// Package address says where pages are: of a place, which is a language, a reading, a
// year and a page, the path of its file, and back; and the way from one to another. It
// knows nothing of what exists.
package address

import (
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"mizan/internal/site/language"
)

// Place is where a page is: a language, a reading, a year and the page itself.
// Its path is that of the file in a site that is written, and the address in
// one that is served: en/variant/scale/2022/unit/RUS.html.
type Place struct {
	Lang    string
	Variant string // "" = the project as written
	Year    string // "" = the last of the build
	Page    string // "" = the first page, else such as unit/RUS; its parts as Segment makes them
}

// Ending is that of the files of pages.
const Ending = ".html"

// Path is that of the page from the root of the site, its parts as file names are.
func (p Place) Path() string {
	var parts []string
	if p.Lang != "" {
		parts = append(parts, p.Lang)
	}
	if p.Variant != "" {
		parts = append(parts, "variant", Segment(p.Variant))
	}
	if p.Year != "" {
		parts = append(parts, p.Year)
	}
	page := p.Page
	if p.Lang != "" {
		if page == "" {
			page = "index"
		}
		page += Ending
	}
	return strings.Join(append(parts, page), "/")
}

var yearRule = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^-?[0-9]{1,6}$`) })

// IsYear reports whether a part of a path is that of a year.
func IsYear(part string) bool { return yearRule().MatchString(part) }

var deviceRule = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)
})

// Parse reads an escaped path, without the slash before it. It knows
// nothing of what exists: an unknown page is a page. Without a language the
// page is a file for programs, or an address that is led on to a language.
func Parse(escaped string) Place {
	var at Place
	parts := strings.Split(escaped, "/")
	for i, part := range parts {
		if plain, err := url.PathUnescape(part); err == nil {
			parts[i] = plain
		}
	}
	if language.Known(parts[0]) {
		at.Lang, parts = parts[0], parts[1:]
	}
	if len(parts) > 2 && parts[0] == "variant" {
		at.Variant, parts = unsegment(parts[1]), parts[2:]
	}
	if len(parts) > 1 && IsYear(parts[0]) {
		at.Year, parts = parts[0], parts[1:]
	}
	if n := len(parts); n > 0 && at.Lang != "" {
		parts[n-1] = strings.TrimSuffix(parts[n-1], Ending)
	}
	for i := range parts {
		parts[i] = Segment(unsegment(parts[i]))
	}
	at.Page = strings.Join(parts, "/")
	if at.Page == "index" {
		at.Page = ""
	}
	return at
}

// Inner is the page as the views are asked for it: its parts as codes, escaped.
func (p Place) Inner() string {
	parts := strings.Split(p.Page, "/")
	for i := range parts {
		parts[i] = url.PathEscape(unsegment(parts[i]))
	}
	return "/" + strings.Join(parts, "/")
}

// Segment makes a part of a path of a code: what is not a letter, a digit, a
// point inside, _ or - is written as ~ and the hexadecimal digits of its bytes,
// and so is the first letter of what Windows takes for a device, such as con.
func Segment(code string) string {
	device := deviceRule().MatchString(code)
	plain := func(i int, r rune) bool {
		if i == 0 && device {
			return false
		}
		return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || r == '_' || r == '-' || r == '.' && i > 0 && i+1 < len(code)
	}
	var b strings.Builder
	for i := 0; i < len(code); {
		r, size := utf8.DecodeRuneInString(code[i:]) // a byte that is no text is one of its own
		if plain(i, r) && r != unicode.ReplacementChar {
			b.WriteRune(r)
		} else {
			for _, c := range []byte(code[i : i+size]) {
				b.WriteString("~" + hex.EncodeToString([]byte{c}))
			}
		}
		i += size
	}
	return b.String()
}

// unsegment reads what Segment wrote.
func unsegment(s string) string {
	if !strings.Contains(s, "~") {
		return s
	}
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '~' && i+2 < len(s) {
			if c, err := hex.DecodeString(s[i+1 : i+3]); err == nil {
				b = append(b, c[0])
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

// Relative is the way from one page to another, both as paths from the root.
func Relative(from, to string) string {
	a, b := strings.Split(from, "/"), strings.Split(to, "/")
	same := 0
	for same < len(a)-1 && same < len(b)-1 && a[same] == b[same] {
		same++
	}
	var out strings.Builder
	for range len(a) - 1 - same {
		out.WriteString("../")
	}
	for i, part := range b[same:] {
		if i > 0 {
			out.WriteByte('/')
		}
		out.WriteString(url.PathEscape(part))
	}
	return out.String()
}

// PageOf reads the path of a page as the views write it, such as
// /unit/C%C3%B4te: its parts may be escaped.
func PageOf(p string) string {
	parts := strings.Split(strings.Trim(p, "/"), "/")
	for i, part := range parts {
		if plain, err := url.PathUnescape(part); err == nil {
			parts[i] = Segment(plain)
		} else {
			parts[i] = Segment(part)
		}
	}
	return strings.Join(parts, "/")
}
