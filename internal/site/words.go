package site

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
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
	if key := "parameter." + name; l.hasMessage(key) {
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

// sayings are the messages "said.…" as patterns, the most definite first.
var sayings = sync.OnceValue(func() []saying {
	var all []saying
	for key, m := range speak("en").messages {
		if !strings.HasPrefix(key, "said.") {
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
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b saying) int {
		if n := len(b.start) - len(a.start); n != 0 {
			return n
		}
		return strings.Compare(a.key, b.key)
	})
	return all
})

// said is a sentence of the engine in the language of the page. The engine
// speaks English; its sentences are known as the messages "said.…". One that is
// not known is left as it is.
func (l *language) said(s string) string {
	if l.code == "en" || s == "" {
		return s
	}
	for _, known := range sayings() {
		if !strings.HasPrefix(s, known.start) {
			continue
		}
		found := known.rule.FindStringSubmatch(s)
		if found == nil {
			continue
		}
		var pairs []any
		for i, name := range known.gaps {
			pairs = append(pairs, name, l.localised(found[i+1]))
		}
		return l.t(known.key, pairs...)
	}
	return s
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
