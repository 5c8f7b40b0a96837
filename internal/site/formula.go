package site

import (
	"html/template"
	"regexp"
	"strings"
	"sync"
)

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

// formula is a formula of the register of methods for a page: indices and powers
// set low and high, signs in place of their names. Its words stay English.
func formula(s string) template.HTML {
	text := template.HTMLEscapeString(s)
	for _, r := range formulaRules() {
		text = r.find.ReplaceAllString(text, r.with)
	}
	return template.HTML(strings.TrimSpace(text)) //nolint:gosec // it is escaped above, and the rules are ours
}
