package claim

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/russian"
)

// listed is the form under which the lexicon lists a word of a language.
func listed(language, key string) string {
	switch language {
	case "ru":
		return stem(key, russian.Stem)
	case "en":
		return stem(possessor(key), english.Stem)
	case "ar":
		if rest, ok := strings.CutPrefix(key, "ال"); ok && utf8.RuneCountInString(rest) > 2 {
			return rest
		}
	}
	return key
}

// formsOf gives the forms under which a word of the text may be listed.
func formsOf(language string) func(string) []string {
	if language == "ar" {
		return arabicForms
	}
	return func(key string) []string { return []string{exactly + key, listed(language, key)} }
}

func stem(key string, with func(*snowballstem.Env) bool) string {
	const least = 3 // runes; shorter stems run words together: aed, a
	env := snowballstem.NewEnv(key)
	with(env)
	if s := env.Current(); utf8.RuneCountInString(s) >= least {
		return s
	}
	return key
}

// possessor takes 's from a word.
func possessor(key string) string {
	if rest, ok := strings.CutSuffix(key, "'s"); ok {
		return rest
	}
	return strings.TrimSuffix(key, "'")
}

// arabicForms takes from a word, one after the other, the particles that are
// written as one with it: and, so; by, like, for; the article.
func arabicForms(key string) []string {
	forms := []string{key}
	add := func(s string) {
		if s != "" {
			forms = append(forms, s)
		}
	}
	without := func(s string) {
		add(s)
		if rest, ok := strings.CutPrefix(s, "ال"); ok {
			add(rest)
		}
		if rest, ok := strings.CutPrefix(s, "لل"); ok {
			add(rest)
			add("ل" + rest)
		}
	}
	particle := func(s string) {
		without(s)
		for _, p := range []string{"ب", "ل", "ك", "س"} {
			if rest, ok := strings.CutPrefix(s, p); ok {
				without(rest)
			}
		}
	}
	particle(key)
	for _, p := range []string{"و", "ف"} {
		if rest, ok := strings.CutPrefix(key, p); ok {
			particle(rest)
		}
	}
	return forms
}
