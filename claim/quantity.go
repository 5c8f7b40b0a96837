package claim

import (
	"math"
	"strings"
)

// found is a quantity, a year or a rank at its place among the marks.
type found struct {
	Quantity
	from, to int // tokens
	at, next int // marks
	year     bool
	day      bool     // a year with month and day
	base     bool     // a year that a change is measured from: "compared with 2022"
	sure     bool     // a place by its own word: "tops the list"
	scaled   bool     // told in thousands or millions
	to2      int      // last year of a span of years; 0 = none
	of       int      // of a rank
	bottom   int      // a place counted from the last, which is 1; 0 = none
	money    []string // currencies that its name may mean
}

// quantities reads the numbers of a sentence: years, ranks and quantities, in
// the order of the text.
func (r *reader) quantities(marks []mark) []found {
	all := r.foundBuffer[:0]
	for i := 0; i < len(marks); {
		f, ok := r.quantity(marks, i)
		if !ok {
			i++
			continue
		}
		if n := len(all); n > 0 && r.joinRange(marks, &all[n-1], &f) {
			i = f.next
			continue
		}
		all = append(all, f)
		i = f.next
	}
	r.foundBuffer = all[:0]
	return r.ranks(marks, oneMultiple(all))
}

// oneMultiple drops a multiple that is told by a verb ("doubled") where the
// number of times follows: تضاعفت ثلاث مرات.
func oneMultiple(all []found) []found {
	kept := all[:0]
	for i, f := range all {
		if f.Measure == Times && f.next == f.at+1 && i+1 < len(all) && all[i+1].Measure == Times && all[i+1].from-f.to <= 8 {
			continue
		}
		kept = append(kept, f)
	}
	return kept
}

// inOneWord reads a quantity that words of the lexicon tell whole: doubled, a third
// of, tops the list.
func (r *reader) inOneWord(marks []mark, at int) (found, bool) {
	f := found{at: at, from: marks[at].from}
	i := at
	if s, ok := marks[i].is("times"); ok && s.value > 0 && !marks[i].has("num") {
		f.Quantity = Quantity{Value: s.value, High: s.value, Precision: 0.5, Measure: Times}
		return r.close(marks, f, i+1), true
	}
	if f, ok := r.worldsMost(marks, at); ok {
		return f, true
	}
	if f, ok := r.greatest(marks, at); ok {
		return f, true
	}
	if f, ok := r.bestInWorld(marks, at); ok {
		return f, true
	}
	if f, ok := r.largest(marks, at); ok {
		return f, true
	}
	if f, ok := r.heads(marks, at); ok {
		return f, true
	}
	if s, ok := marks[i].is("fraction"); ok && !r.inOrder(marks, at) {
		v := float64(100 * s.value)
		f.Quantity = Quantity{Value: v, High: v, Precision: 0.5, Measure: Percent}
		return r.close(marks, f, i+1), true
	}
	if s, ok := marks[i].is("top"); ok {
		f.Quantity, f.sure = Quantity{Value: s.value, High: s.value, Precision: 0.5, Measure: Place}, true
		return r.close(marks, f, i+1), true
	}
	if s, ok := marks[i].is("bottom"); ok {
		f.Quantity, f.bottom = Quantity{Value: s.value, High: s.value, Precision: 0.5, Measure: Place}, int(s.value)
		return r.close(marks, f, i+1), true
	}
	if s, ok := marks[i].is("points"); ok && s.value > 0 {
		f.Quantity = Quantity{Value: s.value, High: s.value, Precision: 0.5, Measure: Points} // نقطتين
		return r.close(marks, f, i+1), true
	}
	return found{}, false
}

// quantity reads the quantity that begins at a mark.
func (r *reader) quantity(marks []mark, at int) (found, bool) {
	f := found{at: at, from: marks[at].from}
	i := at
	if whole, ok := r.inOneWord(marks, at); ok {
		return whole, true
	}
	if s, ok := marks[i].is("currency"); ok && r.prefixes(&marks[i]) {
		f.Currency, f.money, i = s.name, marks[i].currencies(), i+1
	} else if marks[i].has("percentof") {
		f.Measure, i = Percent, i+1
	} else if marks[i].has("ordprefix") {
		f.Measure, i = Place, i+1
	}
	if i > at && (i >= len(marks) || marks[i].from > marks[i-1].to) {
		return found{}, false
	}
	n, ok := r.lexicon.readNumber(r.tokens, marks, i)
	if !ok || r.each(marks, i, n) {
		return found{}, false
	}
	f.Value, f.High, f.Precision, f.scaled = n.value, n.value, n.half, n.scaled
	i += n.marks
	if n.plain && i == at+1 && r.named(marks, at) || r.hyphened(marks[at].from) && marks[at].digits {
		return found{}, false
	}
	if n.ordinal && i == at+1 && r.fractional(marks, at, n) {
		f.Value = float64(100 / n.value)
		f.High, f.Precision, f.Measure = f.Value, 0.5, Percent
		return r.close(marks, f, i), true
	}
	if n.ordinal {
		f.Measure = Place
		if end := r.superlativeEnd(marks[i-1].to); end > 0 {
			return r.placeTo(marks, at, end, n.value), true
		}
	}
	if share, k, ok := r.outOf(marks, at, i, n); ok {
		f.Value, f.High, f.Precision, f.Measure = share, share, 0.5, Percent
		return r.close(marks, f, k), true
	}
	if whole, k, ok := r.over(marks, i); ok && f.Value > 0 {
		f.Value = float64(100 * whole / f.Value)
		f.High, f.Precision, f.Measure = f.Value, 0.5, Percent
		return r.close(marks, f, k), true
	}
	if n.value == 0.5 && n.marks == 1 && r.alone(marks, i) {
		f.Value, f.High, f.Precision, f.Measure = 50, 50, 0.5, Percent
		return r.close(marks, f, i), true
	}
	i = r.measure(marks, &f, i)
	if f.Measure == Place {
		if end := r.superlativeEnd(marks[i-1].to); end > 0 {
			return r.placeTo(marks, at, end, n.value), true
		}
	}
	if f.Measure == "" && r.inHundred(f.from, marks[i-1].to) {
		f.Measure = Percent
		return r.close(marks, f, i), true
	}
	if f.Measure == "" && (r.perMany(f.from) || r.spanOfTime(marks[i-1].to)) {
		return found{}, false
	}
	if f.Measure == "" {
		f.Measure = Number
		f.day = r.dated(marks[at].from)
		f.year = n.plain && !r.lettered(marks[at].from) && f.Value >= 1900 && f.Value <= 2100 && r.tokens[marks[at].from].class == digits
	}
	return r.close(marks, f, i), true
}

// inOrder says whether an English fraction is an ordinal, since another ordinal
// stands before it: a second satellite, and a third.
func (r *reader) inOrder(marks []mark, at int) bool {
	if r.lexicon.language != "en" || r.tokens[marks[at].to-1].key == "of" || r.tokens[marks[at].from].key != "a" {
		return false
	}
	for i := range marks[:at] {
		if marks[i].has("ord") {
			return true
		}
	}
	return false
}

// fractional says whether an English ordinal is a fraction behind a word of growth or
// decline: "down by a third in 2023".
func (r *reader) fractional(marks []mark, at int, n number) bool {
	const near = 3
	t := marks[at].from
	if r.lexicon.language != "en" || n.value < 3 || n.value > 10 || t == 0 || r.tokens[t-1].key != "a" && r.tokens[t-1].key != "an" {
		return false
	}
	if end := marks[at].to; end < len(r.tokens) && r.tokens[end].class == word {
		switch r.tokens[end].key {
		case "in", "since", "from", "over", "on", "last", "this", "by", "between", "and", "to", "while", "but", "during", "after", "as":
		default:
			return false
		}
	}
	for k := at - 1; k >= 0 && t-marks[k].to <= near; k-- {
		if marks[k].cue(cueGrow | cueFall) {
			return true
		}
	}
	return false
}

// over reads the second part of a Chinese fraction, 三分之一: the number of
// parts stands after 分之.
func (r *reader) over(marks []mark, i int) (value float64, next int, ok bool) {
	if i+1 >= len(marks) || !marks[i].has("over") || marks[i].from != marks[i-1].to || marks[i+1].from != marks[i].to {
		return 0, 0, false
	}
	n, ok := r.lexicon.readNumber(r.tokens, marks, i+1)
	return n.value, i + 1 + n.marks, ok
}

// measure reads what stands after a number: percent, points, currency, times,
// an ordinal's ending.
func (r *reader) measure(marks []mark, f *found, i int) int {
	if f.Currency != "" {
		f.Measure = Money
	}
	if f.Measure != "" && f.Measure != Money {
		return i
	}
	next := i
	if next < len(marks) && r.gap(marks, next) && marks[next].has("people") && next+1 < len(marks) && marks[next+1].has("currency") {
		next++
	}
	if next >= len(marks) || !r.gap(marks, next) {
		return i
	}
	m := &marks[next]
	switch {
	case m.has("points") && !m.has("percent"):
		f.Measure = Points
	case m.has("tenths"):
		f.Value, f.High, f.Precision, f.Measure = f.Value*10, f.Value*10, f.Precision*10, Percent
		if m.to < len(r.tokens) && r.tokens[m.to].key == "半" && r.keyAt(m.to+1) != "数" {
			f.Value, f.High, f.Precision = f.Value+5, f.Value+5, 0.5 // 一成半
		} else if next+1 < len(marks) && marks[next+1].from == m.to {
			if s, ok := marks[next+1].is("num"); ok && s.value >= 1 && s.value < 10 && (next+2 >= len(marks) || marks[next+2].from > marks[next+1].to || !marks[next+2].has("scale")) {
				f.Value, f.High, f.Precision, next = f.Value+s.value, f.Value+s.value, 0.5, next+1 // 三成五
			}
		}
	case m.has("percent"):
		f.Measure = Percent
		if next+1 < len(marks) && r.gap(marks, next+1) && marks[next+1].has("points") {
			f.Measure, next = Points, next+1
		}
	case m.has("currency"):
		s, _ := m.is("currency")
		if f.Currency == "" { // 美金5亿元
			f.Currency, f.money = s.name, m.currencies()
		}
		f.Measure = Money
	case m.has("times") && f.Value > 0:
		f.Measure = Times
	case m.has("ordinal") && m.from == marks[next-1].to && !r.tokens[m.from].spaced:
		if r.lexicon.language != "ru" || f.Value < 1900 {
			f.Measure = Place
		}
	default:
		return i
	}
	return next + 1
}

// gap says whether a mark follows the one before it at once, save for a
// hyphen.
func (r *reader) gap(marks []mark, i int) bool {
	switch marks[i].from - marks[i-1].to {
	case 0:
		return true
	case 1:
		k := r.tokens[marks[i-1].to].key
		return k == "-" || k == "("
	}
	return false
}

// close ends a quantity before a mark and looks around for "about" and "more
// than".
func (r *reader) close(marks []mark, f found, next int) found {
	f.next, f.to = next, marks[next-1].to
	for i := f.at - 1; i >= 0 && i >= f.at-2 && f.from-marks[i].to <= 2; i-- {
		r.qualify(&marks[i], &f)
	}
	if next < len(marks) && marks[next].from-f.to <= 1 {
		m := &marks[next]
		switch {
		case m.has("after-atleast"):
			f.Bound = "at-least"
		case m.has("after-atmost"):
			f.Bound = "at-most"
		case m.has("approx") && r.lexicon.language != "en" && r.lexicon.language != "ru":
			f.Approx = true
		}
	}
	f.Span = r.span(f.from, f.to)
	return f
}

func (r *reader) qualify(m *mark, f *found) {
	switch {
	case m.has("approx"):
		f.Approx = true
	case m.has("atleast"):
		f.Bound = "at-least"
	case m.has("atmost") && !m.cue(cueTo):
		f.Bound = "at-most"
	}
}

// joinRange makes one quantity of two that are parted by a dash or a "to", of
// which only the second has a measure, or one span of two years.
func (r *reader) joinRange(marks []mark, a, b *found) bool {
	between := b.from - a.to
	arabic := between == 0 && strings.HasPrefix(r.tokens[b.from].key, "و")
	if between < 1 && !arabic || between > 2 || a.Measure == Place || b.Measure == Place || a.year && !b.year && b.Value >= 100 {
		return false
	}
	key := r.tokens[a.to].key
	if arabic {
		key = "و"
	}
	dash := key == "-" || key == "/" || key == "~"
	opened := r.opens(marks, a.at)
	worded := b.at > 0 && b.at-1 >= a.next && (marks[b.at-1].cue(cueTo) || marks[b.at-1].cue(cueAnd) && opened || marks[b.at-1].cue(cueThrough) && a.year)
	worded = worded || opened && (key == "و" || strings.HasPrefix(r.tokens[b.from].key, "و") && r.lexicon.language == "ar")
	if !dash && !worded {
		return false
	}
	if a.year && b.year {
		a.to2, a.to, a.next = int(b.Value), b.to, b.next
		a.Span = r.span(a.from, a.to)
		return true
	}
	if a.year && dash && b.Value < 100 && b.Measure == Number && r.tokens[b.from].key[0] != '0' {
		a.to2 = int(a.Value/100)*100 + int(b.Value)
		a.to, a.next = b.to, b.next
		return true
	}
	paired := dash || r.opens(marks, a.at) || r.lexicon.language == "zh" && b.next < len(marks) && marks[b.next].from == b.to && marks[b.next].cue(cueBetween) || r.upTo(a, b)
	if worded && !b.year && a.Measure == Number && b.Value <= a.Value && r.capitals() && r.grows(marks, a) {
		a.Measure, a.Currency = b.Measure, b.Currency // from 45 to 32 percent
		return false
	}
	if b.year || a.Measure != Number && (a.Measure != b.Measure || !paired) || b.Value <= a.Value && !rescaled(a, b) || a.Approx && worded && !dash {
		return false
	}
	if worded && r.grows(marks, a) {
		if rescaled(a, b) && r.capitals() {
			a.Value = float64(a.Value * math.Pow(1000, math.Floor(math.Log10(b.Value)/3)))
			a.High = a.Value
		}
		a.Measure, a.Currency = b.Measure, b.Currency
		return false
	}
	low := a.Value
	if rescaled(a, b) {
		low = float64(a.Value * math.Pow(1000, math.Floor(math.Log10(b.Value)/3)))
	}
	a.Quantity = Quantity{
		Value: low, High: b.Value, Precision: b.Precision, Measure: b.Measure, Currency: b.Currency,
		Approx: a.Approx || b.Approx, Bound: a.Bound,
	}
	a.to, a.next = b.to, b.next
	a.Span = r.span(a.from, a.to)
	return true
}

// grows says whether a number stands after "from" and a word of growth or
// decline, so that a "to" leads to the end and makes no range.
func (r *reader) grows(marks []mark, a *found) bool {
	if a.at == 0 || !marks[a.at-1].cue(cueFrom) || r.tokens[marks[a.at-1].from].key == "от" {
		return false // роста от 4 до 5 %
	}
	for i := a.at - 2; i >= 0 && a.from-marks[i].to <= 9; i-- {
		if marks[i].cue(cueGrow | cueFall) {
			return true
		}
	}
	return false
}

// rescaled says whether the scale of the second number is meant for the first
// too, as in "5 to 7 billion".
func rescaled(a, b *found) bool {
	return a.Value < 1000 && b.Value >= 1000 && a.Measure == Number && b.scaled && !a.scaled
}
