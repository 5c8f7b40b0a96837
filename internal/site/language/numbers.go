package language

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

// Fixed writes v with so many decimals; [Gap] if it is missing or not finite.
func (l *Language) Fixed(v float64, digits int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Gap
	}
	var space [40]byte
	return l.sign(strconv.AppendFloat(space[:0], v, 'f', digits, 64))
}

// sign sets the language's signs into a number as Go writes it.
func (l *Language) sign(t []byte) string {
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

// Whole writes a rank or a count that came as a float; [Gap] if it is missing.
func (l *Language) Whole(v float64) string { return l.Fixed(v, 0) }

// Count writes a count.
func (l *Language) Count(n int) string { return l.Fixed(float64(n), 0) }

// Percent writes a share, of which 1 is the whole, in percent with so many
// decimals; [Gap] if it is missing.
func (l *Language) Percent(share float64, digits int) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return Gap
	}
	return l.numbers.percent[0] + l.Fixed(100*share, digits) + l.numbers.percent[1]
}

// Signed is [Language.Fixed] with a plus before what is above zero.
func (l *Language) Signed(v float64, digits int) string {
	t := l.Fixed(v, digits)
	if v > 0 {
		return l.numbers.plus + t
	}
	return t
}

// Figure writes a raw figure so that it can be read: four significant digits,
// thousands apart, words for what is very large; [Gap] if it is missing.
func (l *Language) Figure(v float64) string {
	a := math.Abs(v)
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return Gap
	case v == 0:
		return "0"
	case a >= 1e15 || a < 1e-4:
		return l.scientific(v)
	}
	for _, c := range l.numbers.compact {
		if a >= c.from && c.from >= 1e8 {
			return c.front + l.Short(v/c.from) + c.back
		}
	}
	if a >= 1e3 {
		return l.Fixed(v, 0)
	}
	return l.Short(v)
}

// Amount writes a figure with words from a million upwards, as money is told.
func (l *Language) Amount(v float64) string {
	a := math.Abs(v)
	for _, c := range l.numbers.compact {
		if a >= c.from && a < 1e15 {
			return c.front + l.Short(v/c.from) + c.back
		}
	}
	return l.Figure(v)
}

// scientific writes four digits and a power of ten.
func (l *Language) scientific(v float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 3, 64), "e")
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	power, _ := strconv.Atoi(exponent)
	raised := strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(strconv.Itoa(power))
	return l.sign([]byte(mantissa)) + "\u00a0×\u00a010" + raised
}

// Short writes four significant digits without trailing zeros.
func (l *Language) Short(v float64) string {
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

// Date writes a date known to the day, the month or the year: 2009-06-16,
// 2009-06 or 2009. Anything else is left as it is.
func (l *Language) Date(s string) string {
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
		return l.T("date.month", "year", parts[0], "month", l.T("month."+strconv.Itoa(n[1])), "number", strconv.Itoa(n[1]))
	case 3:
		return l.T("date.day", "year", parts[0], "month", l.T("month.of."+strconv.Itoa(n[1])), "number", strconv.Itoa(n[1]), "day", strconv.Itoa(n[2]))
	}
	return s
}

// Decimal is a number with the decimals that are shown, for a gap of a message.
type Decimal struct {
	v      float64
	digits int
}

// NewDecimal is v as a message shows it, with so many decimals.
func NewDecimal(v float64, digits int) Decimal { return Decimal{v, digits} }

// Money is an amount in a currency as a sentence has it: 109 billion in USD is
// $109 billion. An unknown currency stands after the amount by its code.
func (l *Language) Money(currency, amount string) string {
	if key := "money." + currency; l.Has(key) {
		return l.T(key, "n", amount)
	}
	return l.T("money.other", "n", amount, "currency", currency)
}

// Gap stands where there is no figure.
const Gap = "–"

// Exact writes the shortest text that reads back to the same number.
func Exact(v float64) string { return string(mizan.AppendNumber(nil, v, Gap)) }

// Plus is the sign before what is above zero.
func (l *Language) Plus() string { return l.numbers.plus }

// Minus is the sign before what is below zero.
func (l *Language) Minus() string { return l.numbers.minus }

// PercentSigns are what stands before and after a number in percent.
func (l *Language) PercentSigns() (before, after string) {
	return l.numbers.percent[0], l.numbers.percent[1]
}
