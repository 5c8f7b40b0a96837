package site

import (
	"embed"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	xlanguage "golang.org/x/text/language"

	"mizan"
)

//go:embed messages
var messageFiles embed.FS

// languageCodes are the languages of the pages, in the order of the switch;
// the first is spoken to who asks for none of them. A language is one file in
// messages and a word here.
var languageCodes = []string{"en", "ar", "ru", "zh"}

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
	for _, code := range languageCodes {
		all[code] = sync.OnceValue(func() *language { return loadLanguage(code) })
	}
	return all
})

// speak gives a language by its code, or the first.
func speak(code string) *language {
	if load, ok := languages()[code]; ok {
		return load()
	}
	return languages()[languageCodes[0]]()
}

func loadLanguage(code string) *language {
	l := &language{code: code, dir: "ltr", tag: xlanguage.MustParse(code), messages: map[string]message{}}
	if code == "ar" {
		l.dir = "rtl"
	}
	texts := map[string]string{}
	body, err := messageFiles.ReadFile("messages/" + code + ".yaml")
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
	for _, code := range languageCodes {
		tags = append(tags, xlanguage.MustParse(code))
	}
	_, at := xlanguage.MatchStrings(xlanguage.NewMatcher(tags), header)
	return languageCodes[at]
}

// has reports whether the language has a message.
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

// rich is a message with the tags <b>, <code> and <a> in its text: what fills
// the gaps is escaped; the address of <a> is the value called "url".
func (l *language) rich(key string, pairs ...any) template.HTML {
	escaped := slices.Clone(pairs)
	url := ""
	for i := 1; i < len(escaped); i += 2 {
		if s, ok := escaped[i].(string); ok {
			escaped[i] = template.HTMLEscapeString(s)
			if escaped[i-1] == "url" && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(s)), "javascript:") {
				url = template.HTMLEscapeString(s)
			}
		}
	}
	text := l.t(key, escaped...)
	return template.HTML(strings.ReplaceAll(text, "<a>", `<a href="`+url+`">`)) //nolint:gosec // values are escaped above, and messages are ours
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

// numbers are the signs with which a language writes numbers, as CLDR has them
// for its digits; the digits are 0 to 9 in every language of the pages.
type numbers struct {
	decimal, group, minus, plus string
	percent                     [2]string // around the number
	compact                     []compact // large numbers in words, the largest first
}

// compact is a word for a power of ten.
type compact struct {
	from        float64
	front, back string
}

func newNumbers(texts map[string]string) numbers {
	n := numbers{decimal: texts["number.decimal"], group: texts["number.group"], minus: texts["number.minus"], plus: texts["number.plus"]}
	n.percent[0], n.percent[1], _ = strings.Cut(texts["number.percent"], "{n}")
	for power := 15; power > 5; power-- {
		if text, ok := texts["number.compact."+strconv.Itoa(power)]; ok {
			c := compact{from: math.Pow10(power)}
			c.front, c.back, _ = strings.Cut(text, "{n}")
			n.compact = append(n.compact, c)
		}
	}
	return n
}

// fixed writes v with a number of decimals.
func (l *language) fixed(v float64, digits int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return gap
	}
	var space [40]byte
	return l.sign(strconv.AppendFloat(space[:0], v, 'f', digits, 64))
}

// sign sets the language's signs into a number as Go writes it.
func (l *language) sign(t []byte) string {
	negative := t[0] == '-'
	if negative {
		t = t[1:]
		zero := true
		for _, c := range t {
			zero = zero && (c == '0' || c == '.')
		}
		negative = !zero
	}
	point := slices.Index(t, '.')
	if point < 0 {
		point = len(t)
	}
	b := make([]byte, 0, 32)
	if negative {
		b = append(b, l.numbers.minus...)
	}
	for i, c := range t[:point] {
		if i > 0 && (point-i)%3 == 0 {
			b = append(b, l.numbers.group...)
		}
		b = append(b, c)
	}
	if point < len(t) {
		b = append(b, l.numbers.decimal...)
		b = append(b, t[point+1:]...)
	}
	return string(b)
}

// whole writes a rank or a count.
func (l *language) whole(v float64) string { return l.fixed(v, 0) }

// count writes a count.
func (l *language) count(n int) string { return l.fixed(float64(n), 0) }

// percent writes a share between 0 and 1.
func (l *language) percent(share float64, digits int) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return gap
	}
	return l.numbers.percent[0] + l.fixed(100*share, digits) + l.numbers.percent[1]
}

// signed sets a plus before what is above zero.
func (l *language) signed(v float64, digits int) string {
	t := l.fixed(v, digits)
	if v > 0 {
		return l.numbers.plus + t
	}
	return t
}

// figure writes a raw figure so that it can be read: four significant digits,
// thousands apart, words for what is very large.
func (l *language) figure(v float64) string {
	a := math.Abs(v)
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return gap
	case v == 0:
		return "0"
	case a >= 1e15 || a < 1e-4:
		return l.scientific(v)
	}
	for _, c := range l.numbers.compact {
		if a >= c.from && c.from >= 1e8 {
			return c.front + l.short(v/c.from) + c.back
		}
	}
	if a >= 1e3 {
		return l.fixed(v, 0)
	}
	return l.short(v)
}

// amount writes a figure with words from a million upwards, as money is told.
func (l *language) amount(v float64) string {
	a := math.Abs(v)
	for _, c := range l.numbers.compact {
		if a >= c.from && a < 1e15 {
			return c.front + l.short(v/c.from) + c.back
		}
	}
	return l.figure(v)
}

// scientific writes four digits and a power of ten.
func (l *language) scientific(v float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 3, 64), "e")
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	power, _ := strconv.Atoi(exponent)
	raised := strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(strconv.Itoa(power))
	return l.sign([]byte(mantissa)) + "\u00a0×\u00a010" + raised
}

// short writes four significant digits without trailing zeros.
func (l *language) short(v float64) string {
	if v == 0 {
		return "0"
	}
	digits := max(0, 3-int(math.Floor(math.Log10(math.Abs(v)))))
	t := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(t, ".") {
		t = strings.TrimRight(strings.TrimRight(t, "0"), ".")
	}
	return l.sign([]byte(t))
}

// date writes a date known to the day, the month or the year: 2009-06-16,
// 2009-06 or 2009. Anything else is left as it is.
func (l *language) date(s string) string {
	parts := strings.Split(s, "-")
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || i > 2 || v < 1 {
			return s
		}
		n[i] = v
	}
	if n[1] > 12 {
		return s
	}
	switch len(parts) {
	case 2:
		return l.t("date.month", "year", parts[0], "month", l.t("month."+strconv.Itoa(n[1])), "number", strconv.Itoa(n[1]))
	case 3:
		return l.t("date.day", "year", parts[0], "month", l.t("month.of."+strconv.Itoa(n[1])), "number", strconv.Itoa(n[1]), "day", strconv.Itoa(n[2]))
	}
	return s
}

// text picks a label in the language, or the fallback.
func (l *language) text(t mizan.Text, fallback string) string {
	if s := t.In(l.code); s != "" {
		return tidy(s, longestText)
	}
	return tidy(fallback, longestName)
}
