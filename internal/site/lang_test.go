package site

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	xlanguage "golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
	"golang.org/x/text/number"
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
	english := speak("en")
	for _, code := range languageCodes {
		l := speak(code)
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
	english := speak("en")
	for _, code := range languageCodes[1:] {
		l := speak(code)
		for key := range english.messages {
			if strings.HasPrefix(key, "number.") {
				continue
			}
			if text := english.t(key); text == l.t(key) && letters.MatchString(regexp.MustCompile(`\{[a-zA-Z0-9]+\}`).ReplaceAllString(text, "")) {
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
		"en": {0: "none", 1: "1 one", 2: "2 other", decimal{1, 1}: "1.0 other", 1234: "1,234 other"},
		"ru": {1: "1 one", 2: "2 few", 5: "5 many", 11: "11 many", 21: "21 one", 22: "22 few", 112: "112 many", decimal{1.5, 1}: "1,5 other", 10000: "10\u00a0000 many"},
		"ar": {1: "1 one", 2: "2 two", 3: "3 few", 10: "10 few", 11: "11 many", 99: "99 many", 100: "100 other", 103: "103 few", decimal{2.5, 1}: "2.5 other"},
		"zh": {1: "1 other", 5: "5 other"},
	} {
		for n, want := range cases {
			var b strings.Builder
			m.write(&b, speak(code), []any{"n", n}, nil)
			if b.String() != want {
				t.Errorf("%s: %v is %q, want %q", code, n, b.String(), want)
			}
		}
	}
}

func TestMessages(t *testing.T) {
	l := speak("en")
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
		m.write(&b, speak("ar"), []any{"n", 3}, nil)
	})
}

// Numbers are written as CLDR has it for the digits 0 to 9 of each language
// (x/text carries its tables), but for the minus, which is the true one.
func TestNumbersAreThoseOfCLDR(t *testing.T) {
	tags := map[string]string{"en": "en", "ru": "ru", "zh": "zh", "ar": "ar-u-nu-latn"}
	for _, code := range languageCodes {
		l, p := speak(code), xmessage.NewPrinter(xlanguage.MustParse(tags[code]))
		for _, c := range []struct {
			v      float64
			digits int
		}{{0, 0}, {7, 2}, {999, 0}, {1234.5, 1}, {1234567.25, 2}, {-3.5, 1}, {-98765, 0}} {
			want := strings.NewReplacer("-", "−", "\u200f", "\u200e").Replace(p.Sprint(number.Decimal(c.v, number.Scale(c.digits))))
			if got := l.fixed(c.v, c.digits); got != want {
				t.Errorf("%s: %v is %q, want %q", code, c.v, got, want)
			}
		}
		if got, want := l.percent(0.125, 1), p.Sprint(number.Percent(0.125, number.Scale(1))); got != want {
			t.Errorf("%s: 12.5 percent is %q, want %q", code, got, want)
		}
	}
}

func TestFiguresInWords(t *testing.T) {
	for code, cases := range map[string]map[float64]string{
		"en": {0: "0", 12345.6: "12,346", 2.345e9: "2.345 billion", -1.5e12: "−1.5 trillion", 0.00001234: "1.234 × 10⁻⁵", 3.4e16: "3.4 × 10¹⁶"},
		"ru": {0.5: "0,5", 12345.6: "12\u00a0346", 2.345e9: "2,345\u00a0млрд"},
		"zh": {2.345e9: "23.45亿", 3.2e12: "3.2万亿", 12345: "12,345"},
		"ar": {2.345e9: "2.345\u00a0مليار", -2: "\u200e−2"},
	} {
		for v, want := range cases {
			if got := speak(code).figure(v); strings.ReplaceAll(got, "\u00a0×\u00a0", " × ") != want {
				t.Errorf("%s: %v is %q, want %q", code, v, got, want)
			}
		}
	}
	if got := speak("en").amount(2.5e6); got != "2.5 million" {
		t.Error(got)
	}
}

func TestDates(t *testing.T) {
	for code, want := range map[string][3]string{
		"en": {"16 June 2009", "June 2009", "2009"},
		"ru": {"16\u00a0июня 2009\u00a0г.", "июнь 2009\u00a0г.", "2009"},
		"zh": {"2009年6月16日", "2009年6月", "2009"},
		"ar": {"16 يونيو 2009", "يونيو 2009", "2009"},
	} {
		for i, in := range []string{"2009-06-16", "2009-06", "2009"} {
			if got := speak(code).date(in); got != want[i] {
				t.Errorf("%s: %s is %q, want %q", code, in, got, want[i])
			}
		}
	}
	for _, odd := range []string{"", "soon", "2009-13-01", "1-2-3-4"} {
		if got := speak("en").date(odd); got != odd {
			t.Errorf("%q became %q", odd, got)
		}
	}
}

// A sentence of the engine is known again and told in the language of the page.
func TestSentencesOfTheEngine(t *testing.T) {
	if got, want := speak("ru").said("figures for 1 of 3 indicators, 65 % asked for"), "есть данные по 1 показателям из 3, требуется 65\u00a0%"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := speak("zh").said("never heard"); got != "never heard" {
		t.Error(got)
	}
}

func TestPlaces(t *testing.T) {
	for path, p := range map[string]place{
		"en/index.html":                       {lang: "en"},
		"ar/unit/RUS.html":                    {lang: "ar", page: "unit/RUS"},
		"zh/variant/scale/2022/unit/RUS.html": {lang: "zh", variant: "scale", year: "2022", page: "unit/RUS"},
		"ru/1990/index.html":                  {lang: "ru", year: "1990"},
		"variant/scale/download/scores.csv":   {variant: "scale", page: "download/scores.csv"},
		"en/unit/~2e.~2f~3c.html":             {lang: "en", page: "unit/~2e.~2f~3c"},
	} {
		if got := p.path(); got != path {
			t.Errorf("%+v has the path %q, want %q", p, got, path)
		}
		if got := parsePlace(path); got != p {
			t.Errorf("%q is %+v, want %+v", path, got, p)
		}
	}
	for in, want := range map[string]place{
		"en/":         {lang: "en"},
		"en":          {lang: "en"},
		"":            {},
		"unit/C%2fD":  {page: "unit/C~2fD"},
		"en/variant/": {lang: "en", page: "variant/"},
	} {
		if got := parsePlace(in); got != want {
			t.Errorf("%q is %+v, want %+v", in, got, want)
		}
	}
	for _, c := range [][3]string{
		{"en/index.html", "en/unit/A.html", "unit/A.html"},
		{"en/unit/A.html", "en/unit/B.html", "B.html"},
		{"en/unit/A.html", "ar/unit/A.html", "../../ar/unit/A.html"},
		{"en/variant/x/2020/index.html", "en/data.html", "../../../data.html"},
		{"", "en/a b.html", "en/a%20b.html"},
	} {
		if got := relative(c[0], c[1]); got != c[2] {
			t.Errorf("from %q to %q the way is %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// An address without a language leads to the one that the reader prefers; what
// was told in the query is told in the path.
func TestLanguageIsChosen(t *testing.T) {
	s := newSample(t)
	for _, c := range []struct{ target, header, want string }{
		{"/", "", "/en/index.html"},
		{"/", "ru-RU,ru;q=0.9,en;q=0.8", "/ru/index.html"},
		{"/", "fr, zh-TW;q=0.5", "/zh/index.html"},
		{"/unit/BRA?year=2022&variant=intensity&mark=x", "ar", "/ar/variant/intensity/2022/unit/BRA.html?mark=x"},
		{"/en/?year=2022", "ar", "/en/2022/index.html"},
		{"//evil.example/x", "en", "/en/evil.example/x.html"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL, _ = r.URL.Parse(c.target)
		if strings.HasPrefix(c.target, "//") {
			r.URL.Host, r.URL.Path = "", c.target
		}
		r.Header.Set("Accept-Language", c.header)
		w := httptest.NewRecorder()
		s.route(w, r)
		if got := w.Header().Get("Location"); w.Code != http.StatusFound || got != c.want {
			t.Errorf("%s in %q leads to %q, want %q", c.target, c.header, got, c.want)
		}
	}
}

func TestPagesInEveryLanguage(t *testing.T) {
	s := newSample(t)
	for code, want := range map[string][]string{
		"ar": {`<html lang="ar" dir="rtl">`, "المرتبة", `<a href="../../en/unit/BRA.html" lang="en" dir="ltr" hreflang="en">English</a>`},
		"ru": {`<html lang="ru" dir="ltr">`, "Сильные стороны", `<a href="BRA.html" lang="ru" dir="ltr" hreflang="ru" aria-current="true">Русский</a>`, "58,0"},
		"zh": {`<html lang="zh" dir="ltr">`, "优势"},
	} {
		w := request(s, "/"+code+"/unit/BRA.html")
		for _, text := range want {
			if !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s lacks %q", code, text)
			}
		}
	}
	// The switch keeps page, reading, year and what was chosen.
	if body := request(s, "/en/variant/intensity/2022/ranking.html?sort=talent").Body.String(); !strings.Contains(body, `href="../../../../ar/variant/intensity/2022/ranking.html?sort=talent"`) {
		t.Error("the switch of languages loses the state")
	}
}
