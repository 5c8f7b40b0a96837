package site

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan"
)

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

// decimal is a number with the decimals that are shown, for a gap of a message.
type decimal struct {
	v      float64
	digits int
}

// newDecimal is v as a message shows it, with so many decimals.
func newDecimal(v float64, digits int) decimal { return decimal{v, digits} }

// money is an amount in a currency as a sentence has it: 109 billion in USD is
// $109 billion. An unknown currency stands after the amount by its code.
func (l *language) money(currency, amount string) string {
	if key := "money." + currency; l.hasMessage(key) {
		return l.t(key, "n", amount)
	}
	return l.t("money.other", "n", amount, "currency", currency)
}

// gap stands where there is no figure.
const gap = "–"

// exact writes the shortest text that reads back to the same number.
func exact(v float64) string { return string(mizan.AppendNumber(nil, v, gap)) }

// plus is the sign before what is above zero.
func (l *language) plus() string { return l.numbers.plus }

// minus is the sign before what is below zero.
func (l *language) minus() string { return l.numbers.minus }

// percentSigns are what stands before and after a number in percent.
func (l *language) percentSigns() (before, after string) {
	return l.numbers.percent[0], l.numbers.percent[1]
}
