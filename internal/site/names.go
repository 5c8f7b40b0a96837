package site

import (
	"strings"
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
	if key := "parameter." + slug(name); l.hasMessage(key) {
		return l.t(key)
	}
	return human(name)
}
