package claim

import (
	"slices"
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
		if key == "الفان" || key == "الفين" {
			return key // two thousand, and not فان with an article
		}
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
	forms := []string{exactly + key, key}
	add := func(s string) {
		if s != "" {
			forms = append(forms, s)
		}
	}
	without := func(s string) {
		add(s)
		if rest, ok := strings.CutSuffix(s, "ا"); ok && utf8.RuneCountInString(rest) > 3 {
			add(rest) // the accusative: مركزا
		}
		for _, owner := range []string{"ها", "هم", "هما", "نا", "ه"} {
			if counting[s] {
				break
			}
			if rest, ok := strings.CutSuffix(s, owner); ok && utf8.RuneCountInString(rest) > 2 {
				add(rest)
				if stem, ok := strings.CutSuffix(rest, "ت"); ok {
					add(stem + "ه")
				}
			}
		}
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

// counting are the Arabic numerals that end in what looks like "his".
var counting = map[string]bool{
	"ثلاثه": true, "اربعه": true, "خمسه": true, "سته": true, "سبعه": true, "ثمانيه": true, "تسعه": true, "عشره": true,
}

// conjugated are the cues whose Arabic words are mostly verbs.
var conjugated = map[string]bool{
	"grow": true, "fall": true, "plan": true, "join": true, "leave": true, "restrict": true, "behind": true, "ahead": true, "say": true, "cooperate": true, "rank": true,
}

// arabicVerb gives the feminine and the dual of a verb in the past, and both
// persons of one in the present: its first word, where that is all or only a
// particle follows.
func arabicVerb(phrase string) []string {
	verb, rest, _ := strings.Cut(phrase, " ")
	if rest != "" {
		rest = " " + rest
	}
	if utf8.RuneCountInString(verb) < 3 || strings.HasPrefix(verb, "ال") || strings.HasSuffix(verb, "ة") {
		return nil
	}
	var forms []string
	if present, ok := strings.CutPrefix(verb, "ي"); ok {
		return append(forms, "ت"+present+rest)
	}
	if present, ok := strings.CutPrefix(verb, "ت"); ok {
		forms = append(forms, "ي"+present+rest)
	}
	if !strings.HasSuffix(verb, "ت") {
		forms = append(forms, verb+"ت"+rest, verb+"ا"+rest)
	} else {
		forms = append(forms, verb+"ا"+rest)
	}
	return forms
}

// notFuture are beginnings of Arabic words that look like a verb in the future
// and are none.
var notFuture = []string{
	"سيار", "سياس", "سياق", "سياح", "سياد", "سيده", "سيدات", "سيدي", "سيناء", "سينار", "سينما", "سيليك", "سيول", "سيبر", "سيبي", "سيمنس", "سيسكو",
	"ستوك", "ستانف", "ستارغ", "ستارت", "ستمئ", "ستماي", "سيطر", "سيرفر", "سيرج", "ستراتيج",
}

// future says whether an Arabic word is a verb in the future: it begins with
// the particle of the future and a person's prefix.
func future(key string) bool {
	for _, p := range []string{"و", "ف"} {
		if rest, ok := strings.CutPrefix(key, p); ok && strings.HasPrefix(rest, "س") {
			key = rest
		}
	}
	if !strings.HasPrefix(key, "سي") && !strings.HasPrefix(key, "ست") || utf8.RuneCountInString(key) < 5 {
		return false
	}
	for _, p := range notFuture {
		if strings.HasPrefix(key, p) {
			return false
		}
	}
	return true
}

// beginsWith says whether a word begins with one of several stems.
func beginsWith(word string, stems ...string) bool {
	return slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(word, stem) })
}

// endsWith says whether a word ends in one of several endings.
func endsWith(word string, endings ...string) bool {
	return slices.ContainsFunc(endings, func(ending string) bool { return strings.HasSuffix(word, ending) })
}
