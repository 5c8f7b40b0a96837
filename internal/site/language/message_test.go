package language

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// every gap of a message, with those inside its cases.
func gaps(m message, into map[string]bool) {
	for _, p := range m {
		if p.name != "" {
			into[p.name] = true
		}
		for _, c := range p.cases {
			gaps(c, into)
		}
	}
}

// choices calls visit for every choice in a message.
func choices(m message, visit func(piece)) {
	for _, p := range m {
		if p.choice != "" {
			visit(p)
		}
		for _, c := range p.cases {
			choices(c, visit)
		}
	}
}

// free are the keys that a language has as it needs them: its words for powers
// of ten, its order of the parts of a date.
func free(key string) bool {
	return strings.HasPrefix(key, "number.compact.") || strings.HasPrefix(key, "date.")
}

// Every language has every message of English and no other, with the same gaps;
// plurals have the forms of the language and none that it has not.
func TestMessagesAreAllThere(t *testing.T) {
	forms := map[string][]string{
		"en": {"one", "other"}, "ar": {"few", "many", "one", "other", "two", "zero"},
		"ru": {"few", "many", "one", "other"}, "zh": {"other"},
	}
	english := Speak("en")
	for _, code := range Codes() {
		l := Speak(code)
		for _, wrong := range l.wrong {
			t.Errorf("%s: %s", code, wrong)
		}
		for key, m := range english.messages {
			if free(key) {
				continue
			}
			own, ok := l.messages[key]
			if !ok {
				t.Errorf("%s lacks %s", code, key)
				continue
			}
			want, got := map[string]bool{}, map[string]bool{}
			gaps(m, want)
			gaps(own, got)
			for name := range got {
				if !want[name] {
					t.Errorf("%s: %s has the gap {%s}, which English has not", code, key, name)
				}
			}
			// A sentence of the engine may be told without all its parts.
			for name := range want {
				if !got[name] && !strings.HasPrefix(key, "said.") {
					t.Errorf("%s: %s lacks the gap {%s}", code, key, name)
				}
			}
		}
		for key, m := range l.messages {
			if english.messages[key] == nil && !free(key) {
				t.Errorf("%s has %s, which English has not", code, key)
			}
			choices(m, func(p piece) {
				if p.choice != "plural" {
					return
				}
				if got := slices.Sorted(maps.Keys(p.cases)); !slices.Equal(got, forms[code]) {
					t.Errorf("%s: %s has the forms %v of {%s}, want %v", code, key, got, p.name, forms[code])
				}
			})
		}
	}
}

// A language other than English that says the same as English was forgotten,
// save where there is nothing to translate.
func TestMessagesAreTranslated(t *testing.T) {
	letters := regexp.MustCompile(`[A-Za-z]{3,}`)
	english := Speak("en")
	for _, code := range Codes()[1:] {
		l := Speak(code)
		for key := range english.messages {
			if strings.HasPrefix(key, "number.") {
				continue
			}
			if text := english.T(key); text == l.T(key) && letters.MatchString(regexp.MustCompile(`\{[a-zA-Z0-9]+\}`).ReplaceAllString(text, "")) {
				t.Errorf("%s: %s is English: %q", code, key, text)
			}
		}
	}
}

// The forms of Russian and Arabic numbers are those of CLDR (48, plurals.xml).
func TestPlurals(t *testing.T) {
	text := "{n, plural, =0 {none} zero {# zero} one {# one} two {# two} few {# few} many {# many} other {# other}}"
	m, err := parseMessage(text)
	if err != nil {
		t.Fatal(err)
	}
	for code, cases := range map[string]map[any]string{
		"en": {0: "none", 1: "1 one", 2: "2 other", NewDecimal(1, 1): "1.0 other", 1234: "1,234 other"},
		"ru": {1: "1 one", 2: "2 few", 5: "5 many", 11: "11 many", 21: "21 one", 22: "22 few", 112: "112 many", NewDecimal(1.5, 1): "1,5 other", 10000: "10\u00a0000 many"},
		"ar": {1: "1 one", 2: "2 two", 3: "3 few", 10: "10 few", 11: "11 many", 99: "99 many", 100: "100 other", 103: "103 few", NewDecimal(2.5, 1): "2.5 other"},
		"zh": {1: "1 other", 5: "5 other"},
	} {
		for n, want := range cases {
			var b strings.Builder
			m.write(&b, Speak(code), []any{"n", n}, nil)
			if b.String() != want {
				t.Errorf("%s: %v is %q, want %q", code, n, b.String(), want)
			}
		}
	}
}

func TestMessages(t *testing.T) {
	l := Speak("en")
	for text, want := range map[string]string{
		"plain":                               "plain",
		"{a} and {b}":                         "x and {b}",
		"it''s '{a}' '#'":                     "it's {a} #",
		"it's":                                "it's",
		"{a, select, x {yes {a}} other {no}}": "yes x",
		"{n, plural, one {{m, plural, one {#/1} other {#/many}}} other {#}}": "2/many",
		"{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}":      "1st",
		"": "",
	} {
		m, err := parseMessage(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		var b strings.Builder
		if m.write(&b, l, []any{"a", "x", "n", 1, "m", 2}, nil); b.String() != want {
			t.Errorf("%q is %q, want %q", text, b.String(), want)
		}
	}
	for _, text := range []string{"{", "}", "{a", "{}", "{a,b}", "{a, plural}", "{a, plural, one {x}}", "{a, plural, one x other {y}}", "{a, plural, other {", "x}"} {
		if m, err := parseMessage(text); err == nil {
			t.Errorf("%q is read as %v", text, m)
		}
	}
}

func FuzzParseMessage(f *testing.F) {
	f.Add("{n, plural, one {# a} other {{b} '{' #}}")
	f.Fuzz(func(_ *testing.T, text string) {
		m, err := parseMessage(text)
		if err != nil {
			return
		}
		var b strings.Builder
		m.write(&b, Speak("ar"), []any{"n", 3}, nil)
	})
}
