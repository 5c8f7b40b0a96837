package mizan

import (
	"maps"
	"slices"
)

// Text is a label in several languages, keyed by BCP 47 tag ("en", "ar", "ru",
// "zh"). A label given without a language is stored under "".
type Text map[string]string

// In returns the label in lang; failing that the untagged label, then English,
// then the first language in alphabetical order, then "".
func (t Text) In(lang string) string {
	for _, k := range []string{lang, "", "en"} {
		if s, ok := t[k]; ok && s != "" {
			return s
		}
	}
	for _, k := range slices.Sorted(maps.Keys(t)) {
		if t[k] != "" {
			return t[k]
		}
	}
	return ""
}
