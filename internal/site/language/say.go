package language

import (
	"maps"
	"slices"
	"strconv"

	"mizan"
)

// Say is a sentence of the engine in the language, found by its identity: the
// message "said." and its ID, whose gaps its values fill. english is the sentence as
// the engine says it, which English takes as it is; it stands too where there is no
// message, and the second result is then false. exchange turns what fills a gap into
// what stands on the page, such as a name in place of a code; numbers are then
// written as the language writes them.
func (l *Language) Say(s mizan.Saying, english string, exchange func(gap, value string) string) (string, bool) {
	if l.Code == "en" || english == "" {
		return english, true
	}
	if key := "said." + s.ID; l.Has(key) {
		return l.fill(key, s, exchange)
	}
	return english, false
}

// Cure is what to do about what a sentence of the engine says, as Say.
func (l *Language) Cure(s mizan.Saying, english string, exchange func(gap, value string) string) (string, bool) {
	if l.Code == "en" || english == "" {
		return english, true
	}
	if key := "said." + s.ID + ".remedy"; l.Has(key) {
		return l.fill(key, s, exchange)
	}
	for _, gap := range slices.Sorted(maps.Keys(s.Parts)) {
		if own, known := l.Cure(s.Parts[gap], english, exchange); known {
			return own, true
		}
	}
	return english, false
}

// fill is a message with the values of a sentence; it is not known if a sentence
// within it is not.
func (l *Language) fill(key string, s mizan.Saying, exchange func(gap, value string) string) (string, bool) {
	known := true
	var pairs []any
	for _, gap := range slices.Sorted(maps.Keys(s.Values)) {
		value := s.Values[gap]
		if part, ok := s.Parts[gap]; ok {
			own, is := l.Say(part, value, exchange)
			pairs, known = append(pairs, gap, own), known && is
			continue
		}
		if n, err := strconv.Atoi(value); err == nil && gap == "n" {
			pairs = append(pairs, gap, n) // a plural may hang on it
			continue
		}
		pairs = append(pairs, gap, l.Localised(Tidy(exchange(gap, value), LongestText)))
	}
	return l.T(key, pairs...), known
}
