package language

import (
	"math"
	"strings"
	"testing"

	xlanguage "golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Numbers are written as CLDR has it for the digits 0 to 9 of each language
// (x/text carries its tables), but for the minus, which is the true one.
func TestNumbersAreThoseOfCLDR(t *testing.T) {
	tags := map[string]string{"en": "en", "ru": "ru", "zh": "zh", "ar": "ar-u-nu-latn"}
	for _, code := range Codes() {
		l, p := Speak(code), xmessage.NewPrinter(xlanguage.MustParse(tags[code]))
		for _, c := range []struct {
			v      float64
			digits int
		}{{0, 0}, {7, 2}, {999, 0}, {1234.5, 1}, {1234567.25, 2}, {-3.5, 1}, {-98765, 0}} {
			want := strings.NewReplacer("-", "−", "\u200f", "\u200e").Replace(p.Sprint(number.Decimal(c.v, number.Scale(c.digits))))
			if got := l.Fixed(c.v, c.digits); got != want {
				t.Errorf("%s: %v is %q, want %q", code, c.v, got, want)
			}
		}
		if got, want := l.Percent(0.125, 1), p.Sprint(number.Percent(0.125, number.Scale(1))); got != want {
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
			if got := Speak(code).Figure(v); strings.ReplaceAll(got, "\u00a0×\u00a0", " × ") != want {
				t.Errorf("%s: %v is %q, want %q", code, v, got, want)
			}
		}
	}
	if got := Speak("en").Amount(2.5e6); got != "2.5 million" {
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
			if got := Speak(code).Date(in); got != want[i] {
				t.Errorf("%s: %s is %q, want %q", code, in, got, want[i])
			}
		}
	}
	for _, odd := range []string{"", "soon", "2009-13-01", "1-2-3-4"} {
		if got := Speak("en").Date(odd); got != odd {
			t.Errorf("%q became %q", odd, got)
		}
	}
}

func TestFigure(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{
		{0, "0"},
		{1, "1"},
		{0.5, "0.5"},
		{12.3456, "12.35"},
		{-3.25, "−3.25"},
		{999.96, "1,000"},
		{1234, "1,234"},
		{12345.6, "12,346"},
		{1234567, "1,234,567"},
		{2.345e9, "2.345 billion"},
		{-1.5e12, "−1.5 trillion"},
		{0.00001234, "1.234\u00a0×\u00a010⁻⁵"},
		{0.01234, "0.01234"},
		{math.NaN(), Gap},
		{math.Inf(1), Gap},
	} {
		if got := Speak("en").Figure(c.v); got != c.want {
			t.Errorf("figure(%v) = %q, want %q", c.v, got, c.want)
		}
	}
}

func TestFixed(t *testing.T) {
	for _, c := range []struct {
		v      float64
		digits int
		want   string
	}{{-0.04, 1, "0.0"}, {-0.06, 1, "−0.1"}, {56.25, 1, "56.2"}, {100, 0, "100"}, {math.NaN(), 2, Gap}} {
		if got := Speak("en").Fixed(c.v, c.digits); got != c.want {
			t.Errorf("fixed(%v, %d) = %q, want %q", c.v, c.digits, got, c.want)
		}
	}
}
