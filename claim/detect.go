package claim

import (
	"strings"
	"unicode"
)

// Languages are told apart by script, and languages of one script by letters
// and small words that only one of them has. Four languages need no more, and a
// library of two hundred would cost every command its start.

// alien are letters that the readable language of a script does not have, with
// the language that they tell of.
var alien = map[rune]string{
	'і': "Ukrainian", 'ї': "Ukrainian", 'є': "Ukrainian", 'ґ': "Ukrainian", 'ў': "Belarusian", 'ј': "Serbian", 'ђ': "Serbian", 'ћ': "Serbian", 'џ': "Serbian",
	'қ': "Kazakh", 'ң': "Kazakh", 'ө': "Kazakh", 'ү': "Kazakh",
	'پ': "Persian", 'چ': "Persian", 'ژ': "Persian", 'گ': "Persian", 'ٹ': "Urdu", 'ڈ': "Urdu", 'ڑ': "Urdu", 'ں': "Urdu", 'ے': "Urdu",
}

// small are words that stand in every text of a Latin language.
var small = map[string][]string{
	"English":    {"the", "and", "of", "to", "in", "that", "is", "for", "with", "was", "by", "has", "it"},
	"French":     {"le", "la", "les", "des", "et", "est", "une", "dans", "pour", "qui", "du", "sur"},
	"German":     {"der", "die", "und", "das", "den", "ist", "mit", "von", "für", "nicht", "eine", "im"},
	"Spanish":    {"el", "los", "las", "que", "del", "una", "por", "con", "para", "es", "se", "y"},
	"Portuguese": {"o", "os", "as", "não", "uma", "com", "para", "do", "da", "em", "é", "no"},
	"Italian":    {"il", "di", "che", "è", "per", "una", "con", "gli", "della", "sono", "non", "nel"},
	"Turkish":    {"ve", "bir", "bu", "için", "ile", "olarak", "daha", "çok", "olan", "da"},
	"Indonesian": {"yang", "dan", "di", "dengan", "untuk", "dari", "pada", "ini", "itu", "dalam"},
	"Dutch":      {"het", "een", "van", "en", "de", "niet", "voor", "zijn", "met", "dat"},
}

// detect tells the language of a text by its beginning: its code if it can be
// read, and its name if that is known.
func detect(text string) (code, name string) {
	const enough = 20000
	if len(text) > enough {
		text = text[:enough]
	}
	scripts := map[string]int{}
	strange := map[string]int{}
	for _, r := range text {
		r = unicode.ToLower(r)
		if s := scriptOf(r); s != "" {
			scripts[s]++
			if a := alien[r]; a != "" {
				strange[a]++
			}
		}
	}
	script := most(scripts)
	total := scripts[script]
	if other := most(strange); strange[other]*200 > total && (script == "Cyrillic" || script == "Arabic") {
		return "", other
	}
	switch {
	case total == 0:
		return "", ""
	case scripts["Kana"]*10 > scripts["Han"] && scripts["Kana"] > 0 && script != "Latin":
		return "", "Japanese"
	case script == "Han":
		return "zh", "Chinese"
	case script == "Arabic":
		return "ar", "Arabic"
	case script == "Cyrillic":
		return "ru", "Russian"
	case script == "Latin":
		if name = latin(text); name == "English" || name == "" {
			return "en", "English" // a text too short to hold small words is tried
		}
		return "", name
	}
	return "", script
}

func scriptOf(r rune) string {
	switch {
	case r < 'a':
		return ""
	case r <= 'z' || r >= 0xC0 && r < 0x250:
		return "Latin"
	case r >= 0x400 && r < 0x530:
		return "Cyrillic"
	case r >= 0x620 && r < 0x6FF:
		return "Arabic"
	case ideograph(r):
		return "Han"
	case r >= 0x3040 && r < 0x3100:
		return "Kana"
	case r >= 0xAC00 && r < 0xD7B0:
		return "Korean"
	case r >= 0x5D0 && r < 0x5EB:
		return "Hebrew"
	case r >= 0x900 && r < 0x980:
		return "Hindi"
	case r >= 0x370 && r < 0x400:
		return "Greek"
	}
	return ""
}

// latin tells Latin languages apart by their small words.
func latin(text string) string {
	count := map[string]int{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for language, words := range small {
			for _, s := range words {
				if w == s {
					count[language]++
				}
			}
		}
	}
	return most(count)
}

// most is the key with the highest count, the first of several; "" of none.
func most(count map[string]int) string {
	best := ""
	for k, n := range count {
		if n > count[best] || n == count[best] && best != "" && k < best {
			best = k
		}
	}
	return best
}
