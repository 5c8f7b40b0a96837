package site

import (
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"mizan"
)

// slug is a label as part of a key: small letters and digits, all else hyphens.
func slug(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "-")
}

// word is the language's word for one of a known set, such as a status; an
// unknown one stands for itself.
func (l *language) word(set, name string) string {
	if key := set + "." + name; l.hasMessage(key) {
		return l.t(key)
	}
	return name
}

// groupName is what a group variable is called.
func (l *language) groupName(code string) string {
	if key := "group." + code; l.hasMessage(key) {
		return l.t(key)
	}
	return tidy(human(code), longestName)
}

// groupValue is a label of a group. Those that many projects have, as the
// regions of the World Bank, are known in every language.
func (l *language) groupValue(s string) string {
	if key := "group.value." + slug(s); l.hasMessage(key) {
		return l.t(key)
	}
	return s
}

// measure is a unit of measurement: known ones in every language, the others as
// the project has them.
func (l *language) measure(s string) string {
	if key := "measure." + slug(strings.ReplaceAll(s, "%", "percent")); l.hasMessage(key) {
		return l.t(key)
	}
	return s
}

// parameter is what a figure that a method learnt is called.
func (l *language) parameter(name string) string {
	if key := "parameter." + slug(name); l.hasMessage(key) {
		return l.t(key)
	}
	return human(name)
}

// saying is a sentence of the engine as a pattern: its English message with a
// group for each gap.
type saying struct {
	key   string
	rule  *regexp.Regexp
	gaps  []string
	start string // text before the first gap
}

// sayings are the messages "said.…": those without gaps by their English text,
// the others as patterns, the most definite first.
var sayings = sync.OnceValues(func() (plain map[string]string, patterns []saying) {
	plain = map[string]string{}
	for key, m := range speak("en").messages {
		if !strings.HasPrefix(key, "said.") {
			continue
		}
		if len(m) == 1 && m[0].name == "" {
			plain[m[0].text] = key
			continue
		}
		s := saying{key: key}
		rule := "^"
		for i, p := range m {
			if p.name != "" {
				s.gaps = append(s.gaps, p.name)
				rule += "(.+?)"
				continue
			}
			if i == 0 {
				s.start = p.text
			}
			rule += regexp.QuoteMeta(p.text)
		}
		s.rule = regexp.MustCompile(rule + "$")
		patterns = append(patterns, s)
	}
	slices.SortFunc(patterns, func(a, b saying) int {
		if n := len(b.start) - len(a.start); n != 0 {
			return n
		}
		return strings.Compare(a.key, b.key)
	})
	return plain, patterns
})

// said is a sentence of the engine in the language of the page. The engine
// speaks English; its sentences are known as the messages "said.…". One that is
// not known is left as it is.
func (l *language) said(s string) string {
	own, _ := l.saidWith(s, func(_, value string) string { return value })
	return own
}

// saidWith is said with what fills the gaps exchanged by name, and whether the
// sentence is known. Its numbers are written as the language writes them.
func (l *language) saidWith(s string, exchange func(gap, value string) string) (string, bool) {
	if l.code == "en" || s == "" {
		return s, true
	}
	plain, patterns := sayings()
	if key, ok := plain[s]; ok {
		return l.t(key), true
	}
	for _, known := range patterns {
		if !strings.HasPrefix(s, known.start) {
			continue
		}
		found := known.rule.FindStringSubmatch(s)
		if found == nil {
			continue
		}
		var pairs []any
		for i, name := range known.gaps {
			pairs = append(pairs, name, l.localised(exchange(name, found[i+1])))
		}
		return l.t(known.key, pairs...), true
	}
	return l.bySentences(s, exchange)
}

// bySentences is saidWith for a text of several sentences, which is known if all
// of them are.
func (l *language) bySentences(s string, exchange func(gap, value string) string) (string, bool) {
	sentences := strings.SplitAfter(s, ". ")
	if len(sentences) < 2 {
		return s, false
	}
	for i, one := range sentences {
		own, known := l.saidWith(strings.TrimSuffix(one, " "), exchange)
		if !known {
			return s, false
		}
		sentences[i] = own
	}
	space := " "
	if l.code == "zh" {
		space = ""
	}
	return strings.Join(sentences, space), true
}

// said is a sentence of the engine in the language of the page, with names in
// place of codes.
func (c *visit) said(s string) string {
	own, _ := c.saidWith(s, c.named)
	return own
}

// named is the name of what fills a gap that stands for a code, or for several.
func (c *visit) named(gap, value string) string {
	if c.book == nil {
		return value
	}
	switch gap {
	case "why":
		return c.said(value)
	case "method":
		return c.word("method", value)
	case "code", "with", "unit", "codes", "units":
	default:
		return value
	}
	words := strings.Split(value, ", ")
	for i, w := range words {
		if u, ok := c.book.units[w]; ok {
			words[i] = c.unitName(u)
		} else if c.book.nodes[w] != nil || c.book.indicators[w] != nil {
			words[i] = c.label(w)
		}
	}
	return strings.Join(words, c.t("list.comma"))
}

// told is said for a page: one that is known in English alone is marked as such,
// for those who read it aloud.
func (c *visit) told(s string) template.HTML {
	own, known := c.saidWith(s, c.named)
	return marked(own, known)
}

// engineNumber is a number as the engine writes it in a sentence.
var engineNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(-?\d+(?:\.(\d+))?(?:e[+-]?\d+)?)(?: (million|billion|trillion))?( %)?$`)
})

// localised is a number from a sentence of the engine as the language writes it;
// anything else, and what may be a year, is left as it is.
func (l *language) localised(s string) string {
	found := engineNumber().FindStringSubmatch(s)
	if found == nil {
		return s
	}
	v, err := strconv.ParseFloat(found[1], 64)
	switch decimals := len(found[2]); {
	case err != nil:
		return s
	case found[4] != "":
		return l.percent(v/100, decimals)
	case found[3] != "":
		return l.amount(v * map[string]float64{"million": 1e6, "billion": 1e9, "trillion": 1e12}[found[3]])
	case strings.Contains(found[1], "e"):
		return l.figure(v)
	case decimals == 0 && v >= 0 && v < 10000:
		return s
	default:
		return l.fixed(v, decimals)
	}
}

// written is a text of the project for a page. Where the project has it in
// another language alone it is marked so, for those who have it read to them.
func (c *visit) written(t mizan.Text) template.HTML {
	text := template.HTML(template.HTMLEscapeString(tidy(t.In(c.code), longestText))) //nolint:gosec // it is escaped
	switch {
	case text == "" || t[c.code] != "":
		return text
	case t[""] != "":
		return `<span lang="" dir="auto">` + text + `</span>`
	}
	for _, code := range append([]string{"en"}, slices.Sorted(maps.Keys(t))...) {
		if t[code] != "" {
			return template.HTML(`<span lang="`+template.HTMLEscapeString(code)+`" dir="auto">`) + text + `</span>` //nolint:gosec // it is escaped
		}
	}
	return text
}
