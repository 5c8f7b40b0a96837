package site

import (
	"html/template"
	"strings"
)

// quoted is a sentence of the engine for a page: what it sets between backticks
// stands as code. A backtick without a second is left as it is.
func quoted(s string) template.HTML {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(s, "`")
		inside, after, closed := strings.Cut(rest, "`")
		if !open || !closed {
			b.WriteString(template.HTMLEscapeString(s))
			return template.HTML(b.String()) //nolint:gosec // all text is escaped
		}
		b.WriteString(template.HTMLEscapeString(before) + `<code dir="ltr">` + template.HTMLEscapeString(inside) + "</code>")
		s = after
	}
}

// told is a sentence of the engine in the language of the page. One that is
// known in English alone is marked as such, for those who read it aloud.
func (l *language) told(s string) template.HTML {
	if l.code == "en" || s == "" {
		return quoted(s)
	}
	if own := l.said(s); own != s {
		return quoted(own)
	}
	return `<span lang="en" dir="ltr">` + quoted(s) + `</span>`
}
