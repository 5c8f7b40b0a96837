package site

import (
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"mizan/internal/site/language"
)

// place is where a page is: a language, a reading, a year and the page itself.
// Its path is that of the file in a site that is written, and the address in
// one that is served: en/variant/scale/2022/unit/RUS.html.
type place struct {
	lang    string
	variant string // "" = the project as written
	year    string // "" = the last of the build
	page    string // "" = the first page, else such as unit/RUS; its parts as segment makes them
}

// ending of the files of pages.
const ending = ".html"

// path of the page from the root of the site, its parts as file names are.
func (p place) path() string {
	var parts []string
	if p.lang != "" {
		parts = append(parts, p.lang)
	}
	if p.variant != "" {
		parts = append(parts, "variant", segment(p.variant))
	}
	if p.year != "" {
		parts = append(parts, p.year)
	}
	page := p.page
	if p.lang != "" {
		if page == "" {
			page = "index"
		}
		page += ending
	}
	return strings.Join(append(parts, page), "/")
}

var yearRule = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^-?[0-9]{1,6}$`) })

var deviceRule = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)
})

// parsePlace reads an escaped path, without the slash before it. It knows
// nothing of what exists: an unknown page is a page. Without a language the
// page is a file for programs, or an address that is led on to a language.
func parsePlace(escaped string) place {
	var at place
	parts := strings.Split(escaped, "/")
	for i, part := range parts {
		if plain, err := url.PathUnescape(part); err == nil {
			parts[i] = plain
		}
	}
	if known(parts[0]) {
		at.lang, parts = parts[0], parts[1:]
	}
	if len(parts) > 2 && parts[0] == "variant" {
		at.variant, parts = unsegment(parts[1]), parts[2:]
	}
	if len(parts) > 1 && yearRule().MatchString(parts[0]) {
		at.year, parts = parts[0], parts[1:]
	}
	if n := len(parts); n > 0 && at.lang != "" {
		parts[n-1] = strings.TrimSuffix(parts[n-1], ending)
	}
	for i := range parts {
		parts[i] = segment(unsegment(parts[i]))
	}
	at.page = strings.Join(parts, "/")
	if at.page == "index" {
		at.page = ""
	}
	return at
}

// inner is the page as the views are asked for it: its parts as codes, escaped.
func (p place) inner() string {
	parts := strings.Split(p.page, "/")
	for i := range parts {
		parts[i] = url.PathEscape(unsegment(parts[i]))
	}
	return "/" + strings.Join(parts, "/")
}

func known(code string) bool {
	for _, c := range language.Codes() {
		if c == code {
			return true
		}
	}
	return false
}

// segment makes a part of a path of a code: what is not a letter, a digit, a
// point inside, _ or - is written as ~ and the hexadecimal digits of its bytes,
// and so is the first letter of what Windows takes for a device, such as con.
func segment(code string) string {
	device := deviceRule().MatchString(code)
	plain := func(i int, r rune) bool {
		if i == 0 && device {
			return false
		}
		return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || r == '_' || r == '-' || r == '.' && i > 0 && i+1 < len(code)
	}
	var b strings.Builder
	for i, r := range code {
		if plain(i, r) && r != unicode.ReplacementChar {
			b.WriteRune(r)
			continue
		}
		for _, c := range []byte(code[i : i+len(string(r))]) {
			b.WriteString("~" + hex.EncodeToString([]byte{c}))
		}
	}
	return b.String()
}

// unsegment reads what segment wrote.
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

// relative is the way from one page to another, both as paths from the root.
func relative(from, to string) string {
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

// address joins a path and a query from pairs of key and value added to q; an
// empty value removes the key.
func address(p string, q url.Values, pairs []string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return p
	}
	return p + "?" + q.Encode()
}

// pageOf reads the path of a page as the views write it, such as
// /unit/C%C3%B4te: its parts may be escaped.
func pageOf(p string) string {
	parts := strings.Split(strings.Trim(p, "/"), "/")
	for i, part := range parts {
		if plain, err := url.PathUnescape(part); err == nil {
			parts[i] = segment(plain)
		} else {
			parts[i] = segment(part)
		}
	}
	return strings.Join(parts, "/")
}
