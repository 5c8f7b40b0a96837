package claim

import (
	"cmp"
	"slices"
	"strings"
)

// onlyYear is the only year of the sentence; 0 if there are several.
func (s *sentence) onlyYear() int {
	year := 0
	for _, f := range s.found {
		if f.year {
			if year != 0 {
				return 0
			}
			year = int(f.Value)
		}
	}
	return year
}

// relations reads what one country does with or to another: cooperation,
// restrictions, standing behind or ahead.
func (s *sentence) relations() {
	s.comparatives()
	s.genitiveDegree()
	s.arabicDegree()
	s.chineseOrders()
	for i := range s.marks {
		m := &s.marks[i]
		switch {
		case m.has("heading") && s.headed(i):
		case len(m.senses) > 0 && !s.imagined(i) && (s.closing(i) || s.keptOut(i)):
		case m.cue(cueCooperate|cueRestrict|cueBehind|cueAhead) && (s.unsaid(i) || s.imagined(i)):
		case m.has("closing") && s.arabicClosing(i):
		case s.below(i):
		case m.cue(cueVsoLead|cueAhead) && s.relativeLead(i):
		case m.cue(cueVsoFollow):
			s.follower(i, 2, "behind")
		case m.cue(cueVsoLead) && s.neighbour(i, 5, true) != nil:
			s.follower(i, 5, "ahead")
		case m.cue(cueAhead) && s.transitive(i):
		case m.cue(cueVsoAhead|cueVsoBehind) && m.to == m.from+1 && (s.verbFirst(i) || !m.cue(cueAhead|cueBehind)):
		case m.cue(cueCooperate) && i+1 < len(s.marks) && s.marks[i+1].from == m.to && s.marks[i+1].cue(cueRestrict) && !s.marks[i+1].cue(cueCooperate) && s.lexicon.language == "zh":
		case m.cue(cueCooperate):
			s.cooperation(i)
		case m.cue(cueWeakcoop) || m.cue(cuePlan) && len(s.found) == 0 && i > 0 && s.marks[i-1].to == m.from || s.lexicon.language == "ar" && s.dual(i):
			s.pairDoes(i)
			s.doneWith(i)
		case m.cue(cueRestrict):
			s.restriction(i)
		case s.lexicon.language == "zh" && s.besideAnother(i):
		case s.lexicon.language == "zh" && s.compared(i) != "":
			s.pairs(i, s.compared(i))
		case m.cue(cueBehind) && s.leftBehind(i):
		case m.cue(cueAhead) && s.accusativeFirst(i):
		case m.cue(cueBehind) && s.followed(i):
			s.pairs(i, "behind")
		case m.cue(cueAhead) && s.followed(i):
			s.pairs(i, "ahead")
		case m.cue(cueBehind):
			s.pronounPair(i, "behind")
		case m.cue(cueAhead):
			s.pronounPair(i, "ahead")
		}
	}
}

// leftBehind reads "left Britain behind", "leaving Bulgaria behind".
func (s *sentence) leftBehind(i int) bool {
	if i == 0 || !s.capitals() || s.tokens[s.marks[i].to-1].key != "behind" && s.tokens[s.marks[i].to-1].key != "позади" || s.marks[i-1].country() == "" {
		return false
	}
	if gap := s.marks[i].from - s.marks[i-1].to; gap > 1 {
		return false
	} else if gap == 1 {
		switch s.tokens[s.marks[i].from-1].key {
		case "far", "well", "way", "trailing", "далеко", "намного":
		default:
			return false
		}
	}
	switch key := s.tokens[max(s.marks[i-1].from-1, 0)].key; key {
	case "left", "leaving", "leaves", "leave":
	default:
		if !strings.HasPrefix(key, "остав") {
			return false
		}
	}
	other := s.marks[i-1].country()
	a := s.subjectBefore(i-1, other)
	unit, first, sure := s.subject, s.marks[i-1].from, Medium
	if a != nil {
		unit, first, sure = a.code, a.from, High
	}
	if unit == "" || unit == other {
		return false
	}
	s.relate(Claim{
		Kind: Relation, Verb: "ahead", Unit: unit, Other: other, Year: s.onlyYear(),
		Span: s.span(first, s.marks[i].to), Confidence: sure, Rule: "relation-ahead",
	})
	return true
}

// unsaid says whether "not" or a refusal stands right before a word, so that
// the relation is denied.
func (s *sentence) unsaid(i int) bool {
	near := 1
	if s.lexicon.language == "en" {
		near = 2
	}
	if s.exceptFor(s.marks[i].to, 2) {
		return false
	}
	if s.arabic() && s.marks[i].cue(cueCooperate) && s.deniedBefore(i) || s.marks[i].cue(cueCooperate|cueWeakcoop) && s.deniedWith(i) {
		return true
	}
	for k := i - 1; k >= 0 && s.marks[i].from-s.marks[k].to <= near; k-- {
		if s.marks[k].cue(cueNot|cueRefuse) && !s.marks[k].cue(cueRestrict|cueWhile) && s.marks[k].country() == "" {
			return true
		}
	}
	return false
}

// headed says whether a verb of leading was read as a first place.
func (s *sentence) headed(i int) bool {
	for k := range s.found {
		if s.found[k].at == i && s.found[k].Measure == Place {
			return true
		}
	}
	return false
}

// imagined says whether a deed is only possible, "may one day restrict", or a lead
// only hoped for, "is set to overtake".
func (s *sentence) imagined(i int) bool {
	if !s.capitals() {
		return s.maybe(i)
	}
	m := &s.marks[i]
	for t := m.from - 1; t >= 0 && m.from-t <= 4; t-- {
		switch tok := &s.tokens[t]; tok.key {
		case ",", ";", ".":
			return false
		case "may", "might", "could":
			return !tok.upper
		case "может", "могут", "мог", "могла", "могли", "бы":
			return true
		}
	}
	return m.cue(cueAhead|cueBehind) && i > 0 && s.marks[i-1].cue(cuePlan) && !s.marks[i-1].cue(cueAhead) && m.from-s.marks[i-1].to <= 1
}

// followed says whether a country stands right after a mark.
func (s *sentence) followed(i int) bool {
	if s.described(i) {
		return true
	}
	for _, u := range s.units {
		if u.mark > i && !u.alliance() {
			return u.from-s.marks[i].to-s.fillers(s.marks[i].to, u.from) <= 1 && !s.signBetween(s.marks[i].to, u.from, ",") || s.ourselves(i)
		}
	}
	return s.ourselves(i)
}

// fillers counts words between a verb and its object that add nothing: "not
// only", "even", "both".
func (s *sentence) fillers(from, to int) int {
	n := 0
	for t := from; t < to; t++ {
		switch s.tokens[t].key {
		case "-", "лишь", "не", "только", "даже", "как", "сразу", "both", "even", "only", "not", "also", "every", "all", "بذلك", "كلا", "كل", "حتي", "了":
			n++
		default:
			if statehood[s.tokens[t].key] {
				n++
			}
		}
	}
	return n
}

// ourselves says whether "us" stands right after a word and means the country
// that the text is about.
func (s *sentence) ourselves(i int) bool {
	if key := s.tokens[s.marks[i].to-1].key; s.lexicon.language == "ar" && s.main != "" && strings.HasSuffix(key, "نا") {
		return true // يسبقنا
	}
	return s.main != "" && i+1 < len(s.marks) && s.marks[i+1].from == s.marks[i].to && s.marks[i+1].cue(cueSelf)
}

// pairs relates the country that stands last before a mark to each of the list
// that follows it.
func (s *sentence) pairs(i int, verb string) {
	subject, sure := "", High
	first := s.marks[i].from
	if u := s.doer(i); u != nil {
		subject, first = u.code, u.from
	}
	if u := s.inverted(i); u != nil && subject == "" {
		for _, other := range s.list(func(v named) bool { return v.mark > i && v.mark < u.mark }, true) {
			for _, code := range s.fellows(u.code, i) {
				s.relate(Claim{
					Kind: Relation, Verb: verb, Unit: code, Other: other.code, Year: s.onlyYear(),
					Span: s.span(first, s.marks[u.mark].to), Confidence: High, Rule: "relation-" + verb,
				})
			}
		}
		return
	}
	if subject == "" {
		subject, sure = s.subject, Medium
	}
	if s.ourselves(i) {
		if subject != "" && subject != s.main {
			s.relate(Claim{
				Kind: Relation, Verb: verb, Unit: subject, Other: s.main, Year: s.onlyYear(),
				Span: s.span(first, max(s.marks[i].to, s.marks[min(i+1, len(s.marks)-1)].from)), Confidence: Medium, Rule: "relation-" + verb,
			})
		}
		return
	}
	objects := s.list(func(u named) bool { return u.mark > i && u.code != subject }, true)
	reversed := slices.ContainsFunc(objects, func(u named) bool { return s.nominative(i, &u) }) || s.objectFirst(i, objects)
	for _, u := range objects {
		for _, code := range s.doers(i, subject) {
			if code == "" || u.code == code {
				continue
			}
			unit, other := code, u.code
			if reversed {
				unit, other = other, unit
			}
			s.relate(Claim{
				Kind: Relation, Verb: verb, Unit: unit, Other: other, Year: s.onlyYear(),
				Span: s.span(first, s.marks[u.mark].to), Confidence: sure, Rule: "relation-" + verb,
			})
		}
	}
}

// accusativeFirst reads the Russian order in which the object stands first and the
// subject right before the verb: Грузию Армения опередила.
func (s *sentence) accusativeFirst(i int) bool {
	if s.lexicon.language != "ru" || s.followed(i) {
		return false
	}
	for k := 1; k < len(s.units); k++ {
		a, b := &s.units[k-1], &s.units[k]
		if b.mark >= i || s.marks[i].from-s.marks[b.mark].to > 1 {
			continue
		}
		if a.alliance() || b.alliance() || !s.accusative(&s.marks[a.mark]) || s.accusative(&s.marks[b.mark]) || a.code == b.code || s.signBetween(s.marks[a.mark].to, b.from, ",") {
			return false
		}
		s.relate(Claim{
			Kind: Relation, Verb: "ahead", Unit: b.code, Other: a.code, Year: s.onlyYear(),
			Span: s.span(a.from, s.marks[i].to), Confidence: High, Rule: "relation-ahead",
		})
		return true
	}
	return false
}

// inverted is the country that stands behind a verb of being and behind the one that
// it is ahead of or behind: впереди Италии оказалась Испания; ahead of Italy stands
// Spain.
func (s *sentence) inverted(i int) *named {
	const most = 3
	if !s.capitals() {
		return nil
	}
	for k := 0; k+1 < len(s.units); k++ {
		a, b := &s.units[k], &s.units[k+1]
		if a.mark <= i || a.from-s.marks[i].to > 1 {
			continue
		}
		if d := b.from - s.marks[a.mark].to; d < 1 || d > most || b.alliance() || a.code == b.code || s.coordinated(a.mark, b.mark) {
			return nil
		}
		for t := s.marks[a.mark].to; t < b.from; t++ {
			switch s.tokens[t].key {
			case "оказалась", "оказался", "оказались", "идет", "идут", "стоит", "стоят", "находится", "расположилась", "расположился", "только", "лишь", "stands", "comes", "is", "sits", "stand", "come", "are", "was", "came", "only":
				return b
			}
		}
		return nil
	}
	return nil
}

// objectFirst says whether in Russian the country before a word is its object, in
// the accusative, and the one behind it its subject: Ирландию опережает Бельгия.
func (s *sentence) objectFirst(i int, objects []named) bool {
	u := s.doer(i)
	if s.lexicon.language != "ru" || u == nil || len(objects) == 0 {
		return false
	}
	return s.accusative(&s.marks[u.mark]) && !s.accusative(&s.marks[objects[0].mark])
}

// accusative says whether a Russian name stands in the accusative of the feminine.
func (s *sentence) accusative(m *mark) bool {
	key := s.tokens[m.to-1].key
	return s.lexicon.language == "ru" && (strings.HasSuffix(key, "ию") || strings.HasSuffix(key, "ею") || strings.HasSuffix(key, "у") && key != "перу" && key != "баку")
}

// doers are the country that a word is said of and those in one list before it.
func (s *sentence) doers(i int, subject string) []string {
	list := []string{subject}
	at := s.doer(i)
	for k := len(s.units) - 1; k >= 0 && at != nil; k-- {
		if u := &s.units[k]; u.mark < at.mark && !u.alliance() && !u.oblique && s.coordinated(u.mark, at.mark) {
			list, at = append(list, u.code), u
		}
	}
	return list
}

// doer is the country that a word such as "behind" is said of: the last before
// it that is not oblique.
func (s *sentence) doer(i int) *named {
	var object *named
	for k := len(s.units) - 1; k >= 0; k-- {
		u := &s.units[k]
		if u.mark >= i || u.oblique || u.alliance() || u.closed > 0 && u.closed <= s.marks[i].from {
			continue
		}
		if !s.accusative(&s.marks[u.mark]) {
			if object != nil && s.signBetween(s.marks[u.mark].to, object.from, ";") {
				break
			}
			return u
		}
		if object == nil {
			object = u
		}
	}
	return object
}

// relate adds a relation, unless the sentence has told it in the same words, or
// told of the cooperation of "the two sides" with their names before.
func (s *sentence) relate(c Claim) {
	if (c.Verb == "ahead" || c.Verb == "behind") && s.result(c.Span) {
		return
	}
	again := c.Kind == Relation && c.Verb == "cooperate" && s.bothSides(c.Span)
	for k := s.claims; k < len(s.out.Claims); k++ {
		o := &s.out.Claims[k]
		if again && o.Kind == Relation && o.Verb == "cooperate" && (o.Unit == c.Unit && o.Other == c.Other || o.Unit == c.Other && o.Other == c.Unit) {
			return
		}
		if o.Kind == Relation && !s.capitals() && o.Unit == c.Other && o.Other == c.Unit && (o.Verb == "ahead" && c.Verb == "behind" || o.Verb == "behind" && c.Verb == "ahead") {
			o.Span = Span{min(o.Span.From, c.Span.From), max(o.Span.To, c.Span.To)}
			return // the same the other way round
		}
		if o.Kind == Relation && o.Verb == c.Verb && (o.Unit == c.Unit && o.Other == c.Other || c.Verb == "cooperate" && o.Unit == c.Other && o.Other == c.Unit) && o.Span.To > c.Span.From {
			o.Span = Span{min(o.Span.From, c.Span.From), max(o.Span.To, c.Span.To)}
			return
		}
	}
	s.claim(c)
}

// result says whether the result of a match stands right behind some words: beat
// Chile 2-0.
func (s *sentence) result(sp Span) bool {
	t := s.tokenAt(sp.To)
	if t+2 >= len(s.tokens) || s.tokens[t].class != digits || s.tokens[t+2].class != digits || s.tokens[t+1].spaced || s.tokens[t+2].spaced {
		return false
	}
	return s.tokens[t+1].key == "-" || s.tokens[t+1].key == ":"
}

// bothSides says whether "the two sides" stands among some bytes.
func (s *sentence) bothSides(sp Span) bool {
	for i := range s.marks {
		if at := int(s.tokens[s.marks[i].from].from); s.marks[i].cue(cueBothsides) && at >= sp.From && at < sp.To {
			switch t := s.marks[i].to; {
			case t < len(s.tokens) && (s.tokens[t].key == "还" || s.tokens[t].key == "也" || s.tokens[t].key == "又" || s.tokens[t].key == "also"):
				return false // something more
			}
			return true
		}
	}
	return false
}

// neighbour finds the country nearest to a mark on one side of it, at most so
// many tokens away, with the marks between them.
func (s *sentence) neighbour(i, within int, after bool) *named {
	var best *named
	for k := range s.units {
		u := &s.units[k]
		if u.alliance() {
			continue
		}
		if after && u.mark > i && u.from-s.marks[i].to <= within {
			return u
		}
		if !after && u.mark < i && s.marks[i].from-s.marks[u.mark].to <= within {
			best = u
		}
	}
	return best
}

// cooperation reads two countries around a word of cooperation: "X … with Y",
// "between X and Y", or X and Y in one list before it. All else is too loose.
func (s *sentence) cooperation(i int) {
	if s.brokenOff(i) {
		return
	}
	if s.tokens[s.marks[i].from].key == "together" && s.marks[i].to == s.marks[i].from+1 && s.together2(i) {
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

// together2 relates two countries that stand in one list before "together", with
// their verb between: "Canada and Norway would buy their submarines together".
func (s *sentence) together2(i int) bool {
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

// subjectBefore is the first country before a mark that is not the other one.
func (s *sentence) subjectBefore(i int, other string) *named {
	var best *named
	from, _ := s.segment(i)
	for k := range s.units {
		u := &s.units[k]
		if u.mark >= from && u.mark < i && !u.oblique && !u.alliance() && u.code != other {
			best = u
		}
	}
	return best
}
