package language

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// saying is a sentence of the engine as a pattern: its English message with a
// group for each gap.
type saying struct {
	key   string
	rule  *regexp.Regexp
	gaps  []string
	start string // text before the first gap
}

// byText are the beginnings of the messages of sentences with gaps that are found by
// their text: those of the audit and of the data. All others are found by
// identity, see [Language.Say].
var byText = []string{
	"rule-", "note-", "cure.", "option.", "unused-answer",
	"find.no-data", "find.other-years", "find.unit-without-data", "find.undescribed", "find.unused", "find.no-licence", "find.duplicate", "find.withheld",
}

// sayings are the messages "said.…": those without gaps by their English text,
// the others as patterns, the most definite first.
var sayings = sync.OnceValues(func() (plain map[string]string, patterns []saying) {
	plain = map[string]string{}
	for key, m := range Speak("en").messages {
		if !strings.HasPrefix(key, "said.") {
			continue
		}
		if len(m) == 1 && m[0].name == "" {
			plain[m[0].text] = key
			continue
		}
		if !slices.ContainsFunc(byText, func(start string) bool { return strings.HasPrefix(key, "said."+start) }) {
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

// SaidWith is a sentence of the engine in the language, and whether it is known.
// The engine speaks English; its sentences are known as the messages "said.…". One
// that is not known is left as it is. What fills the gaps is exchanged by the name
// of the gap, and its numbers are written as the language writes them.
func (l *Language) SaidWith(s string, exchange func(gap, value string) string) (string, bool) {
	if l.Code == "en" || s == "" {
		return s, true
	}
	plain, patterns := sayings()
	if key, ok := plain[s]; ok {
		return l.T(key), true
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
			pairs = append(pairs, name, l.Localised(exchange(name, found[i+1])))
		}
		return l.T(known.key, pairs...), true
	}
	return l.bySentences(s, exchange)
}

// bySentences is SaidWith for a text of several sentences, which is known if all
// of them are.
func (l *Language) bySentences(s string, exchange func(gap, value string) string) (string, bool) {
	sentences := strings.SplitAfter(s, ". ")
	if len(sentences) < 2 {
		return s, false
	}
	for i, one := range sentences {
		own, known := l.SaidWith(strings.TrimSuffix(one, " "), exchange)
		if !known {
			return s, false
		}
		sentences[i] = own
	}
	space := " "
	if l.Code == "zh" {
		space = ""
	}
	return strings.Join(sentences, space), true
}

// engineNumber is a number as the engine writes it in a sentence.
var engineNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(-?\d+(?:\.(\d+))?(?:e[+-]?\d+)?)(?: (million|billion|trillion))?( %)?$`)
})

// Localised is a number from a sentence of the engine as the language writes it;
// anything else, and what may be a year, is left as it is.
func (l *Language) Localised(s string) string {
	found := engineNumber().FindStringSubmatch(s)
	if found == nil {
		return s
	}
	v, err := strconv.ParseFloat(found[1], 64)
	switch decimals := len(found[2]); {
	case err != nil:
		return s
	case found[4] != "":
		return l.Percent(v/100, decimals)
	case found[3] != "":
		return l.Amount(v * map[string]float64{"million": 1e6, "billion": 1e9, "trillion": 1e12}[found[3]])
	case strings.Contains(found[1], "e"):
		return l.Figure(v)
	case decimals == 0 && v >= 0 && v < 10000:
		return s
	default:
		return l.Fixed(v, decimals)
	}
}
