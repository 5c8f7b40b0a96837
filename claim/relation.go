package claim

import (
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
		case s.below(i), s.byPlaces(i):
		case m.cue(cueVsoLead|cueAhead) && s.relativeLead(i):
		case m.cue(cueVsoFollow):
			s.follower(i, 2, "behind")
		case m.cue(cueVsoLead) && s.neighbour(i, 5, true) != nil:
			s.follower(i, 5, "ahead")
		case m.cue(cueAhead) && s.transitive(i):
		case m.cue(cueVsoAhead|cueVsoBehind) && m.to == m.from+1 && (s.verbFirst(i) || !m.cue(cueAhead|cueBehind)):
		case m.cue(cueCooperate) && (s.sharesPlace(i) || s.belongsWith(i)):
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
