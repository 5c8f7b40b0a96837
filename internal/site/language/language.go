// Package language is how the pages speak: the messages of each language with
// their gaps filled, numbers and dates as the language writes them, the names of
// what many projects have, and the sentences of the engine told again. It knows
// texts alone: what a page says, and of what, is for those who draw the page.
//
// The texts are files in [mizan/internal/site/messages]; a language is one file
// there and a code in [Codes].
package language

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	xlanguage "golang.org/x/text/language"

	"mizan/internal/site/messages"
)

// Codes are the languages of the pages, in the order of the switch; the first is
// spoken to who asks for none of them.
func Codes() []string { return []string{"en", "ar", "ru", "zh"} }

// Known reports whether there is a language of a code.
func Known(code string) bool { return slices.Contains(Codes(), code) }

// Language is a language of the pages: its texts and how it writes numbers. It
// does not change, and any number of pages can speak it at once.
type Language struct {
	Code string // of ISO 639-1, as in addresses
	Dir  string // of its script, as HTML has it: ltr or rtl

	tag      xlanguage.Tag
	messages map[string]message
	numbers  numbers
	wrong    []string // what is wrong with the file; none, say the tests
}

// languages are read when first spoken, for a start of the program reads none.
var languages = sync.OnceValue(func() map[string]func() *Language {
	all := map[string]func() *Language{}
	for _, code := range Codes() {
		all[code] = sync.OnceValue(func() *Language { return loadLanguage(code) })
	}
	return all
})

// Speak gives a language by its code, or the first of [Codes] if there is none of
// that code.
func Speak(code string) *Language {
	if load, ok := languages()[code]; ok {
		return load()
	}
	return languages()[Codes()[0]]()
}

func loadLanguage(code string) *Language {
	l := &Language{Code: code, Dir: "ltr", tag: xlanguage.MustParse(code), messages: map[string]message{}}
	if code == "ar" {
		l.Dir = "rtl"
	}
	texts := map[string]string{}
	body, err := messages.Files.ReadFile(code + ".yaml")
	if err == nil {
		err = yaml.Unmarshal(body, &texts)
	}
	if err != nil {
		l.wrong = append(l.wrong, err.Error())
	}
	for key, text := range texts {
		m, err := parseMessage(text)
		if err != nil {
			l.wrong = append(l.wrong, key+": "+err.Error())
		}
		l.messages[key] = m
	}
	l.numbers = newNumbers(texts)
	return l
}

// Negotiate gives the code of the language that a header Accept-Language asks
// for; of the first, if it asks for none of ours.
func Negotiate(header string) string {
	var tags []xlanguage.Tag
	for _, code := range Codes() {
		tags = append(tags, xlanguage.MustParse(code))
	}
	_, at := xlanguage.MatchStrings(xlanguage.NewMatcher(tags), header)
	return Codes()[at]
}

// Has reports whether the language has a message.
func (l *Language) Has(key string) bool { return l.messages[key] != nil }

// T is the message of a key with its gaps filled from pairs of name and value. A
// value is text, an int or a [Decimal]. An unknown key stands for itself, and a gap
// without a value for its name in braces, so that either is seen.
func (l *Language) T(key string, pairs ...any) string {
	m, ok := l.messages[key]
	if !ok {
		return key
	}
	if len(m) == 1 && m[0].name == "" && !m[0].counts {
		return m[0].text
	}
	var b strings.Builder
	m.write(&b, l, pairs, nil)
	return b.String()
}

// Marks that keep a piece of text with its own direction together.
const (
	isolate    = '\u2068' // first strong isolate
	endIsolate = '\u2069' // pop directional isolate
)

// writeValue writes what fills a gap. Where the script runs to the left, text
// that runs to the right is set apart, so that neither turns the other round; what
// begins with a mark is set apart already.
func (l *Language) writeValue(b *strings.Builder, v any) {
	switch x := v.(type) {
	case string:
		if l.Dir == "rtl" && !strings.HasPrefix(x, string(isolate)) && strings.ContainsFunc(x, func(r rune) bool {
			return r < 0x590 && (r|0x20 >= 'a' && r|0x20 <= 'z') || r >= 0xC0 && r < 0x590 || r > 0x2E80 && r < 0xFB1D
		}) {
			b.WriteRune(isolate)
			b.WriteString(x)
			b.WriteRune(endIsolate)
			return
		}
		b.WriteString(x)
	case int:
		b.WriteString(l.Fixed(float64(x), 0))
	case Decimal:
		b.WriteString(l.Fixed(x.v, x.digits))
	default:
		fmt.Fprint(b, v)
	}
}

// Apart joins names that may run in either direction by semicolons. Where the script
// runs to the left each is set apart, so that the first of them stands first.
func (l *Language) Apart(names []string) string {
	if l.Dir == "rtl" {
		marked := make([]string, len(names))
		for i, name := range names {
			marked[i] = string(isolate) + name + string(endIsolate)
		}
		names = marked
	}
	return strings.Join(names, l.T("list.semicolon"))
}

// List joins words as a sentence does.
func (l *Language) List(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		head := strings.Join(words[:n-1], l.T("list.comma"))
		return l.T("list.and", "head", head, "last", words[n-1])
	}
}
