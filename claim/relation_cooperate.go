package claim

import (
	"cmp"
	"slices"
)

// cooperation reads two countries around a word of cooperation: "X … with Y",
// "between X and Y", or X and Y in one list before it. All else is too loose.
func (s *sentence) cooperation(i int) {
	if s.brokenOff(i) {
		return
	}
	if s.tokens[s.marks[i].from].key == "together" && s.marks[i].to == s.marks[i].from+1 && s.twoTogether(i) {
		return
	}
	if s.tokens[s.marks[i].from].key == "together" && (s.figures() && s.marks[i].to > s.marks[i].from+1 || slices.ContainsFunc(s.marks, func(m mark) bool { return m.has("alliance") })) {
		return // together they have so much, or belong to it
	}
	c := Claim{Kind: Relation, Verb: "cooperate", Year: s.onlyYear(), Confidence: High, Rule: "relation-cooperate"}
	first, last := s.marks[i].from, s.marks[i].to
	if b := s.counterpart(i); b != nil {
		c.Other = b.code
		last = s.marks[b.mark].to
		a := s.partner(b)
		if a != nil && s.marks[b.mark-1].cue(cueBetween) {
			c.Unit, c.Other = b.code, a.code
			last = max(last, s.marks[a.mark].to)
		} else if a := s.subjectBefore(b.mark, b.code); a != nil {
			c.Unit, first = a.code, min(first, a.from)
		} else if a := s.subjectAfter(b); a != nil {
			c.Unit, last = a.code, max(last, s.marks[a.mark].to)
		} else if s.subject != "" && s.subject != b.code {
			c.Unit, c.Confidence = s.subject, Medium
		}
	} else if a, b := s.pairAfter(i); a != nil {
		c.Unit, c.Other, last = a.code, b.code, max(last, s.marks[b.mark].to)
	} else if a := s.neighbour(i, 12, false); a != nil && !s.cutTo(a.mark, i) {
		if b := s.before2(a); b != nil && s.inThree(b, a) {
			return // any two of them, or all
		} else if b != nil {
			c.Unit, c.Other = b.code, a.code
			first = min(first, b.from)
		} else if c.Unit = cmp.Or(s.subjectUpTo(a.mark), s.ours(i), s.subject); a.oblique && s.marks[i].from-s.marks[a.mark].to <= s.reach(a, i) && c.Unit != a.code {
			c.Other, c.Confidence = a.code, Medium
			first = min(first, a.from)
		}
	}
	if c.Unit == "" || c.Other == "" {
		return
	}
	c.Span = s.span(first, last)
	s.relate(c)
}

// twoTogether relates two countries that stand in one list before "together", with
// their verb between: "Canada and Norway would buy their submarines together".
func (s *sentence) twoTogether(i int) bool {
	const near = 9
	for k := len(s.units) - 1; k > 0; k-- {
		b, a := &s.units[k], &s.units[k-1]
		if b.mark >= i {
			continue
		}
		gap := s.marks[i].from - s.marks[b.mark].to
		three := k > 1 && s.units[k-2].code != a.code && s.coordinated(s.units[k-2].mark, a.mark)
		if gap < 1 || gap > near || three || a.alliance() || b.alliance() || a.code == b.code || !s.coordinated(a.mark, b.mark) || s.signBetween(s.marks[b.mark].to, s.marks[i].from, ",") {
			return false
		}
		for f := range s.found {
			if q := &s.found[f]; !q.year && q.from >= s.marks[b.mark].to {
				return true // together they have so much
			}
		}
		s.relate(Claim{
			Kind: Relation, Verb: "cooperate", Unit: a.code, Other: b.code, Year: s.onlyYear(),
			Span: s.span(a.from, s.marks[i].to), Confidence: Medium, Rule: "relation-pair",
		})
		return true
	}
	return false
}

// brokenOff says whether ties are told to be cut.
func (s *sentence) brokenOff(i int) bool {
	for t := s.marks[i].from - 1; t >= 0 && s.marks[i].from-t <= 3; t-- {
		switch s.tokens[t].key {
		case "cut", "severed", "sever", "broke", "broken", "ended", "suspended", "froze", "tore", "scrapped", "cancelled", "разорвал", "разорвала", "разорвали", "порвал", "порвала", "прекратил", "прекратила", "прекратили", "заморозил", "заморозила", "расторг", "расторгла":
			return s.capitals()
		}
	}
	return false
}

// inThree says whether a third country stands in one list with two.
func (s *sentence) inThree(a, b *named) bool {
	for k := range s.units {
		if u := &s.units[k]; u.mark < a.mark && !u.alliance() && u.code != a.code && u.code != b.code && a.mark < b.mark && s.coordinated(u.mark, a.mark) && s.coordinated(a.mark, b.mark) {
			return true
		}
	}
	return false
}

// cutTo says whether a segment begins between two marks with a word such as "but".
func (s *sentence) cutTo(a, b int) bool {
	from, _ := s.segment(b)
	return from > a && s.marks[from].cue(cueWhile) && !s.parenthesis(from)
}

// parenthesis says whether a mark stands between two commas of its own: Jordan and
// Iraq, by contrast, have.
func (s *sentence) parenthesis(i int) bool {
	m := &s.marks[i]
	return m.from > 0 && s.tokens[m.from-1].key == "," && m.to < len(s.tokens) && s.tokens[m.to].key == ","
}

// reach is how far before a word of cooperation the country may stand with which
// it is: in Chinese the whole of what they do comes between.
func (s *sentence) reach(a *named, i int) int {
	if s.lexicon.language == "zh" && !s.signBetween(s.marks[a.mark].to, s.marks[i].from, ",") {
		return 12
	}
	return 4
}

// ours is the country that "we" beside a word means.
func (s *sentence) ours(i int) string {
	for k := max(i-2, 0); k < min(i+2, len(s.marks)); k++ {
		if s.marks[k].cue(cueSelf) {
			return s.main
		}
	}
	return ""
}

// pairAfter are two countries in one list right after an Arabic verb of
// cooperation: يتعاون الأردن والعراق.
func (s *sentence) pairAfter(i int) (a, b *named) {
	if s.lexicon.language != "ar" && (s.lexicon.language != "ru" || i == 0 && s.marks[i].from > 1 || s.doer(i) != nil) {
		return nil, nil
	}
	if a = s.neighbour(i, 1, true); a != nil {
		b = s.partner(a)
	}
	if b == nil {
		return nil, nil
	}
	return a, b
}

// subjectAfter is the country that stands last where what it does stands first:
// о сотрудничестве с Баку объявила Астана.
func (s *sentence) subjectAfter(b *named) *named {
	if s.lexicon.language == "en" {
		for k := range s.units { // Under a deal with Norway, Germany will
			if u := &s.units[k]; u.mark > b.mark && !u.alliance() && u.code != b.code && u.from-s.marks[b.mark].to <= 2 && s.tokens[s.marks[b.mark].to].key == "," {
				if end := s.marks[u.mark].to; end < len(s.tokens) && s.tokens[end].class == word && s.tokens[end].key != "and" {
					return u
				}
			}
		}
		return nil
	}
	if s.lexicon.language != "ru" {
		return nil
	}
	for k := range s.units {
		if u := &s.units[k]; u.mark > b.mark && !u.oblique && !u.alliance() && u.code != b.code && u.from-s.marks[b.mark].to <= 4 && !s.signBetween(s.marks[b.mark].to, u.from, ",") {
			return u
		}
	}
	return nil
}

// counterpart is the country after "with" or "between", close after a word of
// cooperation.
func (s *sentence) counterpart(i int) *named {
	_, end := s.segment(i)
	for k := range s.units {
		u := &s.units[k]
		if u.alliance() || u.mark <= i || u.mark >= end && s.signBetween(s.marks[i].to, u.from, ";") {
			continue
		}
		if u.from-s.marks[i].to > 6 || s.lexicon.language == "zh" && s.signBetween(s.marks[i].to, u.from, ",") {
			return nil
		}
		if s.marks[u.mark-1].cue(cueWith|cueBetween) && u.from-s.marks[u.mark-1].to-s.fillers(s.marks[u.mark-1].to, u.from) <= 1 || u.mark == i+1 && (s.embeds(i) || s.handInHand(i, u)) {
			return u
		}
	}
	return nil
}

// embeds says whether the word itself holds a "with": "partnership with".
func (s *sentence) embeds(i int) bool {
	key := s.tokens[s.marks[i].to-1].key
	return s.marks[i].to-s.marks[i].from > 1 && (key == "with" || key == "с" || key == "مع")
}

// partner is the country that follows another in one list.
func (s *sentence) partner(b *named) *named {
	for k := range s.units {
		if u := &s.units[k]; !u.alliance() && u.mark > b.mark && u.code != b.code && s.coordinated(b.mark, u.mark) {
			return u
		}
	}
	return nil
}

// before2 is the country in one list before another, or before its "with".
func (s *sentence) before2(a *named) *named {
	for k := len(s.units) - 1; k >= 0; k-- {
		u := &s.units[k]
		if u.mark > a.mark || u.code == a.code || u.alliance() {
			continue
		}
		if u.mark == a.mark || s.coordinated(u.mark, a.mark) || a.oblique && a.from-s.marks[u.mark].to <= 3 {
			return u
		}
		return nil
	}
	return nil
}
