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

// told is a sentence of the engine in the language of the page, or marked as
// English.
func (l *language) told(s string) template.HTML {
	own, known := l.saidWith(s, func(_, value string) string { return value })
	return marked(own, known)
}

// marked is a sentence for a page, marked as English unless it is of the
// language of the page.
func marked(s string, own bool) template.HTML {
	if own {
		return quoted(s)
	}
	return `<span lang="en" dir="ltr">` + quoted(s) + `</span>`
}
