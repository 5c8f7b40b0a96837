package language

import (
	"slices"
	"strings"
	"unicode"
)

// Slug is a label as part of a key: small letters and digits, all else hyphens.
func Slug(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "-")
}

// Word is the language's word for one of a known set, such as a status; an
// unknown one stands for itself.
func (l *Language) Word(set, name string) string {
	if key := set + "." + name; l.Has(key) {
		return l.T(key)
	}
	return name
}

// GroupName is what a group variable is called.
func (l *Language) GroupName(code string) string {
	if key := "group." + code; l.Has(key) {
		return l.T(key)
	}
	return Tidy(Human(code), LongestName)
}

// GroupValue is a label of a group. Those that many projects have, as the
// regions of the World Bank, are known in every language.
func (l *Language) GroupValue(s string) string {
	if key := "group.value." + Slug(s); l.Has(key) {
		return l.T(key)
	}
	return s
}

// Measure is the name of a unit of measurement: known ones in every language, the others as
// the project has them.
func (l *Language) Measure(s string) string {
	if key := "measure." + Slug(strings.ReplaceAll(s, "%", "percent")); l.Has(key) {
		return l.T(key)
	}
	return s
}

// Parameter is what a figure that a method learnt is called.
func (l *Language) Parameter(name string) string {
	if key := "parameter." + Slug(name); l.Has(key) {
		return l.T(key)
	}
	return Human(name)
}

// Definite is a name as it stands in a sentence: with its article where the
// language gives it one, if need be cut.
func (l *Language) Definite(name string) string {
	if slices.Contains(strings.Split(l.T("definite.names"), "|"), name) {
		name = l.T("definite", "name", name)
	}
	return Shorten(name, 60)
}

// Ended sets the stop of a sentence, unless it has one.
func (l *Language) Ended(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "。") {
		return s
	}
	return s + l.T("alliance.stop")
}
