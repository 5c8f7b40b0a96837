package site

import (
	"fmt"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	xlanguage "golang.org/x/text/language"

	"mizan/internal/site/messages"
)

// languageCodes() are the languages of the pages, in the order of the switch;
// the first is spoken to who asks for none of them. A language is one file in
// messages and a word here.
func languageCodes() []string { return []string{"en", "ar", "ru", "zh"} }

// language is a language of the pages: its texts and how it writes numbers.
type language struct {
	code, dir string
	tag       xlanguage.Tag
	messages  map[string]message
	numbers   numbers
	wrong     []string // what is wrong with the file; none, say the tests
}

// languages are read when first spoken, for a start of the program reads none.
var languages = sync.OnceValue(func() map[string]func() *language {
	all := map[string]func() *language{}
	for _, code := range languageCodes() {
		all[code] = sync.OnceValue(func() *language { return loadLanguage(code) })
	}
	return all
})

// speak gives a language by its code, or the first.
func speak(code string) *language {
	if load, ok := languages()[code]; ok {
		return load()
	}
	return languages()[languageCodes()[0]]()
}

func loadLanguage(code string) *language {
	l := &language{code: code, dir: "ltr", tag: xlanguage.MustParse(code), messages: map[string]message{}}
	if code == "ar" {
		l.dir = "rtl"
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

// negotiate chooses the language that a header Accept-Language asks for.
func negotiate(header string) string {
	var tags []xlanguage.Tag
	for _, code := range languageCodes() {
		tags = append(tags, xlanguage.MustParse(code))
	}
	_, at := xlanguage.MatchStrings(xlanguage.NewMatcher(tags), header)
	return languageCodes()[at]
}

// hasMessage reports whether the language has a message.
func (l *language) hasMessage(key string) bool { return l.messages[key] != nil }

// t is the message of a key with its gaps filled from pairs of name and value.
// An unknown key stands for itself, so that it is seen.
func (l *language) t(key string, pairs ...any) string {
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
// that runs to the right is set apart, so that neither turns the other round.
func (l *language) writeValue(b *strings.Builder, v any) {
	switch x := v.(type) {
	case string:
		if l.dir == "rtl" && strings.ContainsFunc(x, func(r rune) bool {
			return r < 0x590 && (r|0x20 >= 'a' && r|0x20 <= 'z') || r >= 0xC0 && r < 0x590 || r > 0x2E80 && r < 0xFB1D
		}) {
			b.WriteRune(isolate)
			b.WriteString(x)
			b.WriteRune(endIsolate)
			return
		}
		b.WriteString(x)
	case int:
		b.WriteString(l.fixed(float64(x), 0))
	case decimal:
		b.WriteString(l.fixed(x.v, x.digits))
	default:
		fmt.Fprint(b, v)
	}
}

// list joins words as a sentence does.
func (l *language) list(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		head := strings.Join(words[:n-1], l.t("list.comma"))
		return l.t("list.and", "head", head, "last", words[n-1])
	}
}
