package claim

import (
	"math"
	"strings"
)

// unitOf finds the unit that a quantity is about: one right after it ("5 % in
// China"), else the nearest before it in its segment, else the sentence's
// first, else the one that the text spoke of last.
func (s *sentence) unitOf(f *found, from, to int) (code string, sure Confidence) {
	if code := s.respective(f); code != "" {
		return code, High
	}
	if code := s.compareds(f); code != "" {
		return code, High
	}
	if code := s.its(f); code != "" {
		return code, High
	}
	if code := s.withIts(f); code != "" {
		return code, High
	}
	if code := s.ownerBeside(f, to); code != "" {
		return code, High
	}
	best := -1
	for k, u := range s.units {
		if u.mark >= from && u.mark < f.at && !u.oblique && (u.closed == 0 || f.from < u.closed) && (!u.alliance() || f.Measure != Place) {
			best = k
		}
	}
	if best >= 0 {
		if best > 0 && s.units[best-1].code != s.units[best].code && s.coordinated(s.units[best-1].mark, s.units[best].mark) && !s.units[best-1].oblique && !s.closed(best-1) {
			return s.units[best].code, Low
		}
		return s.units[best].code, High
	}
	if s.pronounOf(f) && s.subject != "" && s.subjectUpTo(f.at) == "" {
		return s.subject, Medium
	}
	if code := s.source(f, from); code != "" {
		return code, Medium
	}
	if code := s.source(f, 0); code != "" && from > 0 {
		return code, Medium
	}
	for _, u := range s.units {
		if u.mark >= f.next && u.mark < to && !u.oblique && u.from-f.to <= 8 && !s.hasOwn(f, u.mark) && !s.sourceAfter(f, u.from) {
			return u.code, High
		}
	}
	if c := s.behindSemicolon(f); c != "" {
		return c, High
	}
	if c := s.subjectUpTo(max(f.at, to)); c != "" && (s.subjectUpTo(f.at) != "" || !s.sourceAfter(f, s.tokenOf(to))) {
		return c, High
	}
	if s.capitals() && s.main != "" && len(s.units) == 0 && s.within(0, len(s.marks), cueSelf) {
		return s.main, Medium
	}
	if s.subject != "" {
		return s.subject, Medium
	}
	for k := len(s.units) - 1; k >= 0; k-- {
		if u := s.units[k]; u.mark >= from && u.mark < f.at {
			return u.code, Medium
		}
	}
	return "", Low
}

// ownerBeside is the country that owns a quantity by standing right beside it; "" if
// there is none.
func (s *sentence) ownerBeside(f *found, to int) string {
	if f.Measure == Place && f.of == int(f.Value) {
		last := *f
		last.Measure = Number
		if code := s.cameLast(s.marks, &last); code != "" {
			return code
		}
	}
	for _, u := range s.units {
		if s.capitals() && u.mark >= f.next && u.from-f.to <= 3 && s.signBetween(f.to, u.from, ",") && s.elided(&u) {
			continue // на 8 процентов, в Испании - на 3
		}
		if u.mark >= f.next && u.from-f.to <= 8 && s.sourceAfter(f, u.from) {
			continue // 94 %, says a laboratory in Cuba
		}
		if s.capitals() && f.Measure == Place && u.alliance() {
			continue // третья в ЕС
		}
		if u.mark >= f.next && u.mark < to && u.from-f.to <= 3 && u.mark > 0 && (s.marks[u.mark-1].cue(cueIn|cueOf) || s.genitive(f, u)) && (!s.arabic() || !s.signBetween(f.to, u.from, ",") || s.subjectUpTo(f.at) == "") && s.lexicon.language != "zh" && !s.quantityBetween(f, u.mark) {
			return u.code
		}
	}
	for _, u := range s.units {
		if s.lexicon.language == "en" && f.Measure == Percent && u.mark >= f.next && u.from-f.to <= 9 && u.from > 1 && s.tokens[u.from-1].key == "from" && strings.HasPrefix(s.tokens[u.from-2].key, "come") && !s.unitBetween(s.marks, f.next, u.mark) {
			return u.code // a quarter of the world's copper comes from Chile
		}
		if u.from == f.to && f.Measure == Percent && s.marks[u.mark].has("people") && !s.marks[u.mark].has("unit") && s.lexicon.language == "ru" {
			return u.code // каждый пятый норвежец
		}
		if s.marks[u.mark].to == f.from && s.marks[u.mark].has("people") && !u.alliance() {
			return u.code
		}
	}
	if code := s.sentHome(f); code != "" {
		return code
	}
	if code := s.wentTo(f); code != "" {
		return code
	}
	if code := s.attached(f); code != "" {
		return code
	}
	if f.sure && s.capitals() && !s.superlative(f) && f.from > 0 && s.tokens[f.from-1].key == "," {
		for _, u := range s.units {
			if s.marks[u.mark].to == f.from-1 && !u.alliance() {
				return u.code // Singapore, runners-up
			}
		}
	}
	if code := s.placed(f); code != "" && !s.superlative(f) {
		return code
	}
	return ""
}

// multiple is the value of a quantity; where Chinese tells by how many times
// something grew, it is one more: 增加1.8倍 makes 2.8 times. Whole numbers are
// mostly meant as they stand, whatever the grammar says.
func (s *sentence) multiple(f *found) float64 {
	if f.Measure != Times || s.lexicon.language != "zh" || f.next == f.at+1 || f.Value == math.Trunc(f.Value) {
		return f.Value
	}
	for i := f.at - 1; i >= 0 && f.from-s.marks[i].to <= 2; i-- {
		if s.marks[i].cue(cueTo) {
			return f.Value
		}
		if s.marks[i].cue(cueGrow) && s.tokens[s.marks[i].from].key != "翻" {
			return f.Value + 1
		}
	}
	return f.Value
}

// grade says what is missing from a claim and lowers its confidence by it.
func (s *sentence) grade(c *Claim) {
	if c.Unit == "" && c.Alliance == "" {
		c.Missing = append(c.Missing, "unit")
	}
	if c.Year == 0 && c.Kind != Rank && c.Kind != Change {
		c.Missing = append(c.Missing, "year")
	}
	if len(c.Topic) == 0 && c.Kind != Rank && !s.thing(c.Quantity.Span) && (c.Kind != Target || c.Quantity.Measure != Money) && (c.Quantity.Measure != Percent || c.Confidence != High) {
		c.Missing = append(c.Missing, "topic")
	}
	const few, some = 10, 1000 // "five firms", "one of its models": mostly told in passing
	switch {
	case c.Quantity.Measure == Number && c.Quantity.High == few && s.capitals() && c.Kind != Target && !s.inDigits(c.Quantity.Span):
		c.Confidence = Low
	case c.Quantity.Measure == Number && (c.Quantity.High < few && (c.Kind != Target || c.Year == 0 || len(c.Missing) > 0) || s.foreign(c) || c.Quantity.High < some && c.Confidence != High):
		c.Confidence = Low
	case s.uncertain(c.Quantity.Span):
		c.Confidence = Low
	case c.Quantity.Measure == Number && c.Quantity.High < 1e5 && s.crowd(c.Quantity.Span):
		c.Confidence = Low
	case c.Quantity.Measure == Points && c.Quantity.Value > 100: // of a share index
		c.Confidence = Low
	case c.Quantity.Measure == Percent && s.ofAnother(c.Quantity.Span): // 不及阿联酋的三分之一
		c.Confidence = Low
	case c.Quantity.Measure == Percent && s.tariff(c.Quantity.Span): // of whom against whom?
		c.Confidence = Low
	case s.worldly(c), s.hypothetical(c), s.priced(c), s.local(c), s.ofCities(c):
		c.Confidence = Low
	case c.Kind != Rank && s.noise(c.Span), c.Unit == "" && c.Alliance != "":
		c.Confidence = Low
	case len(c.Missing) > 1 && c.Confidence == High && c.Quantity.Measure == Money && c.Unit != "" && !c.Negated:
		c.Confidence = Medium
	case c.Negated || c.Unit+c.Alliance == "" || len(c.Missing) > 1:
		c.Confidence = Low
	case len(c.Missing) == 1 && c.Confidence == High:
		c.Confidence = Medium
	}
}
