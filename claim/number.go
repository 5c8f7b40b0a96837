package claim

import (
	"math"
	"strconv"
	"strings"
)

// number is a number in digits or words: its value, half a unit of its last
// digit, and the marks that it takes.
type number struct {
	value, half float64
	marks       int
	ordinal     bool
	worded      bool
	scaled      bool // has a scale such as million
	plain       bool // one group of digits without separator or scale
}

// numeral adds up the parts of a number. Words below a hundred add, hundreds
// multiply what stands before them, thousands and more multiply the section
// before them, and all that came before where they are larger than the last:
// 一万二千亿 is (10,000 + 2,000) times 100,000,000.
type numeral struct {
	total, section, current, last float64
	have                          bool
	unit                          float64 // value of one unit of the last part
}

func (n *numeral) add(v, unit float64) {
	n.current += v
	n.have = true
	n.unit = unit
}

func (n *numeral) scale(s float64, small bool) {
	if small {
		if !n.have {
			n.current = 1
		}
		n.section += float64(n.current * s)
		n.current, n.have, n.unit = 0, false, s
		return
	}
	rest := n.section + n.current
	if rest == 0 && n.total == 0 {
		rest = 1
	}
	if n.last != 0 && s > n.last {
		n.total = float64((n.total + rest) * s)
	} else {
		n.total += float64(rest * s)
	}
	n.unit *= s
	n.last, n.section, n.current, n.have = s, 0, 0, false
}

// close ends the part of a number that is complete, as in "two billion and".
func (n *numeral) close() {
	n.total = n.value()
	n.section, n.current, n.have = 0, 0, false
	n.last = n.total
}

func (n *numeral) value() float64 { return n.total + n.section + n.current }

// readNumber reads the number that begins at a mark; ok is false where there
// is none. tokens must be those of the marks.
func (l *lexicon) readNumber(tokens []token, marks []mark, at int) (number, bool) {
	var n numeral
	out := number{plain: true}
	i := at
	for ; i < len(marks); i++ {
		m := &marks[i]
		if n := l.halfAfter(tokens, marks, i, at, &n); n > 0 {
			i += n - 1
			continue
		}
		if i > at && m.cue(cueAnd) && l.hundredsAnd(&marks[i-1], m, marks[i+1:]) {
			continue
		}
		if i > at && !l.continues(tokens, &marks[i-1], m) {
			break
		}
		if !l.part(&n, &out, tokens, marks, i, at) {
			break
		}
		if out.ordinal {
			i++
			if l.arabicTens(tokens, marks, i-1) {
				s, _ := marks[i].is("ord")
				n.add(s.value, 1)
				i++
			}
			break
		}
	}
	if i == at {
		return number{}, false
	}
	out.value, out.half, out.marks = n.value(), n.unit/2, i-at
	return out, true
}

// halfAfter adds the half in "two and a half billion", два с половиной миллиарда,
// مليارين ونصف المليار, and gives the marks that it takes; 0 if there is none.
func (l *lexicon) halfAfter(tokens []token, marks []mark, i, at int, n *numeral) int {
	if i == at || marks[i].from > marks[i-1].to+3 {
		return 0
	}
	k := i
	for k < len(marks) && k < i+3 && (marks[k].cue(cueAnd|cueWith) || marks[k].from > marks[i-1].to) && !l.half(tokens, &marks[k]) && !marks[k].digits {
		k++
	}
	if k >= len(marks) || !l.half(tokens, &marks[k]) || marks[k].from-marks[i-1].to > 2 {
		return 0
	}
	switch l.language {
	case "en":
		if k == i || tokens[marks[k].from-1].key != "a" && tokens[marks[k].from].key != "a" || k+1 >= len(marks) || !marks[k+1].has("scale") {
			return 0
		}
		n.add(0.5, 0.1)
	case "ru":
		if tokens[marks[k].from-1].key != "с" {
			return 0
		}
		n.add(0.5, 0.1)
	case "ar":
		if !strings.HasPrefix(tokens[marks[k].from].key, "و") && tokens[marks[k].from-1].key != "و" {
			return 0
		}
		scale := n.last
		if scale == 0 && n.current >= 2000 {
			scale = n.current / 2 // the dual: مليارين
		}
		if scale < 1000 {
			return 0
		}
		n.total += float64(scale / 2)
		if k+1 < len(marks) && marks[k+1].has("scale") && marks[k+1].from == marks[k].to {
			k++
		}
	default:
		return 0
	}
	return k - i + 1
}

// half says whether a mark is the word for a half.
func (l *lexicon) half(tokens []token, m *mark) bool {
	switch tokens[m.to-1].key {
	case "half", "половиной", "نصف", "ونصف", "النصف", "والنصف":
		return true
	}
	return false
}

// part adds one mark to a number; false where the mark is no part of it.
func (l *lexicon) part(n *numeral, out *number, tokens []token, marks []mark, i, at int) bool {
	m := &marks[i]
	if m.digits {
		if i > at && (out.worded || out.scaled) && n.value() >= 1000 && tokens[m.from-1].key == "و" {
			n.close()
			v, unit, _ := l.parseDigits(tokens[m.from].key)
			n.add(v, unit)
			return true
		}
		if i > at && l.language == "zh" && marks[i-1].has("scale") && n.last >= 1e4 {
			v, unit, _ := l.parseDigits(tokens[m.from].key) // 1兆2000亿
			if v >= n.last {
				return false
			}
			n.add(v, unit)
			return true
		}
		if i > at {
			return l.grouped(n, tokens, &marks[i-1], m)
		}
		v, unit, separated := l.parseDigits(tokens[m.from].key)
		n.add(v, unit)
		out.plain = !separated
		return true
	}
	if s, ok := m.is("scale"); ok {
		small := s.value <= 100 || l.language == "zh" && s.value == 1000
		if i == at && !small && l.language == "ru" && (m.to >= len(tokens) || tokens[m.to].class != word && tokens[m.to].class != digits) {
			return false // а тысяча - тем более
		}
		if i == at && (!small && l.language != "ar" && l.language != "ru" && !l.indefinite(tokens, m) || l.unscaled(tokens, m)) {
			return false
		}
		if n.unit == 0 {
			n.unit = 1
		}
		if i == at && l.language == "ar" && s.value >= 1000 && !n.have && strings.HasSuffix(tokens[m.from].key, "ا") {
			n.add(2, 1) // ألفا عامل are two thousand
		}
		n.scale(s.value, small)
		out.scaled, out.plain = true, false
		return true
	}
	if s, ok := m.is("num"); ok {
		if n.have && !out.worded && i > at {
			return false
		}
		if n.have && n.current > 0 && n.current < 10 && s.value < 10 && l.language != "zh" {
			return false
		}
		n.add(s.value, 1)
		out.worded, out.plain = true, false
		return true
	}
	if s, ok := m.is("ord"); ok && (i == at || out.worded || out.scaled) {
		n.add(s.value, 1)
		out.ordinal, out.worded, out.plain = true, true, false
		return true
	}
	return false
}

// arabicTens says whether the tens of an ordinal follow its ones: التاسع
// والسبعين.
func (l *lexicon) arabicTens(tokens []token, marks []mark, i int) bool {
	if l.language != "ar" || i+1 >= len(marks) || marks[i+1].from != marks[i].to || !strings.HasPrefix(tokens[marks[i+1].from].key, "و") {
		return false
	}
	ones, _ := marks[i].is("ord")
	tens, ok := marks[i+1].is("ord")
	return ok && ones.value < 10 && tens.value >= 20 && tens.value < 100 && math.Mod(tens.value, 10) == 0
}

// indefinite says whether "a" stands before a scale: "a million".
func (l *lexicon) indefinite(tokens []token, m *mark) bool {
	return l.language == "en" && m.from > 0 && tokens[m.from-1].key == "a"
}

// unscaled says whether a scale at the head of a number is no number: short
// forms such as m and bn, and letters, need digits before them.
func (l *lexicon) unscaled(tokens []token, m *mark) bool {
	return len([]rune(tokens[m.from].key)) < 2 && l.language != "zh"
}

// continues says whether two marks may be parts of one number: they touch, or
// only a hyphen or an "and" parts them.
func (l *lexicon) continues(tokens []token, a, b *mark) bool {
	switch b.from - a.to {
	case 0:
		return true
	case 1:
		k := tokens[a.to].key
		if l.language == "zh" && (k == "多" || k == "余" || k == "来") {
			return b.has("scale") // 50多亿
		}
		return k == "-" && !a.digits && !b.digits || k == "و" && (!b.digits || !a.digits)
	}
	return false
}

// hundredsAnd says whether "and" joins the parts of a number in English words:
// two hundred and five.
func (l *lexicon) hundredsAnd(before, and *mark, rest []mark) bool {
	return l.language == "en" && len(rest) > 0 && before.has("scale") && before.to == and.from && and.to == rest[0].from && (rest[0].has("num") || rest[0].has("ord"))
}

// grouped joins digits in groups of three that are parted by a space.
func (l *lexicon) grouped(n *numeral, tokens []token, a, b *mark) bool {
	left, right := tokens[a.from].key, tokens[b.from].key
	if !a.digits || a.to != b.from || !tokens[b.from].spaced || len(left) > 3 && n.value() < 1000 || n.section != 0 || n.total != 0 {
		return false
	}
	whole, decimals, _ := strings.Cut(right, ",")
	if len(whole) != 3 || strings.ContainsAny(left, ".,") || l.language == "zh" {
		return false
	}
	v, err := strconv.ParseFloat(whole, 64)
	if err != nil {
		return false
	}
	n.current = float64(n.current*1000) + v
	if decimals != "" {
		d, err := strconv.ParseFloat("0."+decimals, 64)
		if err != nil {
			return false
		}
		n.current += d
		n.unit = math.Pow10(-len(decimals))
	}
	return true
}

// parseDigits reads digits with their separators. Where one kind of separator
// stands once, it parts decimals, unless it is a comma before three digits in
// a language that parts thousands so.
func (l *lexicon) parseDigits(key string) (v, unit float64, separated bool) {
	commas, points := strings.Count(key, ","), strings.Count(key, ".")
	separated = commas+points > 0
	clean := key
	switch {
	case commas > 0 && points > 0:
		if strings.LastIndex(key, ",") > strings.LastIndex(key, ".") {
			clean = strings.ReplaceAll(strings.ReplaceAll(key, ".", ""), ",", ".")
		} else {
			clean = strings.ReplaceAll(key, ",", "")
		}
	case commas > 1 || commas == 1 && l.language != "ru" && len(key)-strings.Index(key, ",") == 4:
		clean = strings.ReplaceAll(key, ",", "")
	case commas == 1:
		clean = strings.Replace(key, ",", ".", 1)
	case points > 1:
		clean = strings.ReplaceAll(key, ".", "")
	}
	if strings.Count(clean, ".") > 1 {
		clean = strings.ReplaceAll(clean, ".", "")
	}
	v, err := strconv.ParseFloat(clean, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, 1, separated
	}
	unit = 1
	if i := strings.IndexByte(clean, '.'); i >= 0 {
		unit = math.Pow10(-(len(clean) - i - 1))
	}
	return v, unit, separated
}
