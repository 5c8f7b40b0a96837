package language

import (
	"html/template"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Quoted is a sentence of the engine for a page: what it sets between backticks
// stands as code. A backtick without a second is left as it is.
func Quoted(s string) template.HTML {
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

// Told is a sentence of the engine in the language, or marked as English if it is
// not known; see [Language.SaidWith].
func (l *Language) Told(s string) template.HTML {
	own, known := l.SaidWith(s, func(_, value string) string { return value })
	return Marked(own, known)
}

// Marked is a sentence for a page, marked as English unless it is of the
// language of the page.
func Marked(s string, own bool) template.HTML {
	if own {
		return Quoted(s)
	}
	return `<span lang="en" dir="ltr">` + Quoted(s) + `</span>`
}

// Rich is [Language.T] for a message with the tags <b>, <code> and <a> in its text: what fills
// the gaps is escaped; the address of <a> is the value called "url", unless it is a script.
func (l *Language) Rich(key string, pairs ...any) template.HTML {
	escaped := slices.Clone(pairs)
	url := ""
	for i := 1; i < len(escaped); i += 2 {
		if s, ok := escaped[i].(string); ok {
			escaped[i] = template.HTMLEscapeString(s)
			if escaped[i-1] == "url" && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(s)), "javascript:") {
				url = template.HTMLEscapeString(s)
			}
		}
	}
	text := l.T(key, escaped...)
	return template.HTML(strings.ReplaceAll(text, "<a>", `<a href="`+url+`">`)) //nolint:gosec // values are escaped above, and messages are ours
}

// formulaRules turn what stands for a sign in a formula of plain text into the
// sign. What they see is escaped for a page.
var formulaRules = sync.OnceValue(func() []formulaRule {
	rule := func(pattern, with string) formulaRule { return formulaRule{regexp.MustCompile(pattern), with} }
	return []formulaRule{
		rule(`\blambda\b`, "λ"), rule(`\btheta\b`, "θ"), rule(`\bmu(_|\b)`, "μ$1"),
		rule(`\b(\pL)_\{([^}]*)\}`, "$1<sub>$2</sub>"),
		rule(`\b(\pL)_\(([^)]*)\)`, "$1<sub>($2)</sub>"),
		rule(`\b(\pL)_([\pL\d]+)`, "$1<sub>$2</sub>"), rule(`μ_([\pL\d]+)`, "μ<sub>$1</sub>"),
		rule(`\b(sum|max|min)_\{([^}]*)\}`, "$1<sub>$2</sub>"),
		rule(`\b(sum|max|min)_([\pL])\b`, "$1<sub>$2</sub>"),
		rule(`\^\(([^()]*)\)`, "<sup>$1</sup>"),
		rule(`\^-([\pL\d]+)`, "<sup>−$1</sup>"), rule(`\^([\pL\d]+)`, "<sup>$1</sup>"),
		rule(`&gt;=`, "≥"), rule(`&lt;=`, "≤"), rule(`-\+`, "∓"), rule(` - `, " − "),
		rule(`\bsqrt\b`, "√"),
		rule(`\bsum (of|over)\b`, "total $1"), rule(`\bsum\b`, "∑"), rule(`\btotal (of|over)\b`, "sum $1"),
	}
})

type formulaRule struct {
	find *regexp.Regexp
	with string
}

// Formula is a formula of the register of methods for a page: indices and powers
// set low and high, signs in place of their names. Its words stay English.
func Formula(s string) template.HTML {
	text := template.HTMLEscapeString(s)
	for _, r := range formulaRules() {
		text = r.find.ReplaceAllString(text, r.with)
	}
	return template.HTML(strings.TrimSpace(text)) //nolint:gosec // it is escaped above, and the rules are ours
}
