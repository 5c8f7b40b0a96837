package claim

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// pairDoes reads two countries in one list that do something: "Moscow and
// Beijing are building".
func (s *sentence) pairDoes(i int) {
	near := 3
	switch s.lexicon.language {
	case "zh":
		near = 8
	case "ru":
		near = 5
	}
	switch s.tokens[s.marks[i].to-1].key {
	case "other", "other's", "another", "другу", "друга", "другом":
		near = 8
	}
	for k := len(s.units) - 1; k > 0; k-- {
		b, a := &s.units[k], &s.units[k-1]
		if b.mark >= i {
			continue
		}
		if s.figures() && !s.within(0, len(s.marks), cueCooperate) && !s.jointly(b) {
			return // each of them, perhaps
		}
		three := k > 1 && s.units[k-2].code != a.code && s.coordinated(s.units[k-2].mark, a.mark)
		if a.alliance() || b.alliance() || a.oblique || a.code == b.code || three || !s.coordinated(a.mark, b.mark) || s.marks[i].from-s.behindParenthesis(b) > near || s.signBetween(s.behindParenthesis(b), s.marks[i].from, ",") {
			return
		}
		s.relate(Claim{
			Kind: Relation, Verb: "cooperate", Unit: a.code, Other: b.code, Year: s.onlyYear(),
			Span: s.span(a.from, s.marks[i].to), Confidence: Medium, Rule: "relation-pair",
		})
		return
	}
}

// jointly says whether a word such as "joint" or "together" stands shortly behind
// two countries.
func (s *sentence) jointly(b *named) bool {
	const near = 8
	end := s.marks[b.mark].to
	for t := end; t < len(s.tokens) && t < end+near; t++ {
		tok := &s.tokens[t]
		if tok.class == stop || tok.class == line || tok.key == "," || tok.key == ";" {
			return false
		}
		switch key := tok.key; key {
		case "joint", "common", "together", "jointly", "shared", "вместе", "сообща", "единый", "единую", "единое":
			return true
		default:
			if strings.HasPrefix(key, "общ") && len([]rune(key)) <= 6 || strings.HasPrefix(key, "совместн") {
				return true
			}
		}
	}
	return false
}

// behindParenthesis is the token behind a country and a few words between commas
// after it: "Jordan and Iraq, by contrast, have".
func (s *sentence) behindParenthesis(u *named) int {
	const most = 5
	end := s.marks[u.mark].to
	if !s.capitals() || end >= len(s.tokens) || s.tokens[end].key != "," {
		return end
	}
	for t := end + 1; t < len(s.tokens) && t <= end+most; t++ {
		if s.tokens[t].key == "," {
			return t + 1
		}
	}
	return end
}

// figures says whether the sentence tells quantities.
func (s *sentence) figures() bool {
	for i := range s.found {
		if !s.found[i].year {
			return true
		}
	}
	return false
}

// dual says whether an Arabic word is a verb in the dual: ستنشئان, وقعتا.
func (s *sentence) dual(i int) bool {
	key := s.tokens[s.marks[i].from].key
	if len(key) < 10 {
		return false
	}
	return strings.HasSuffix(key, "ان") && (strings.HasPrefix(key, "ست") || strings.HasPrefix(key, "سي") || strings.HasPrefix(key, "ت") || strings.HasPrefix(key, "ي")) || strings.HasSuffix(key, "تا")
}

// follower reads "followed by": the country after the word stands behind the one
// spoken of before, تليها سويسرا, or ahead of it, تسبقها سويسرا.
func (s *sentence) follower(i, near int, verb string) {
	b := s.neighbour(i, near, true)
	if b == nil || s.signBetween(s.marks[i].to, b.from, ",") {
		return
	}
	a := ""
	for k := range s.units {
		if u := &s.units[k]; u.mark < i && !u.alliance() && !u.oblique {
			a = u.code
		}
	}
	if a = cmp.Or(a, s.subject); a == "" || a == b.code {
		return
	}
	for _, code := range s.fellows(b.code, i) {
		s.relate(Claim{
			Kind: Relation, Verb: verb, Unit: code, Other: a, Year: s.onlyYear(),
			Span: s.span(s.marks[i].from, s.marks[b.mark].to), Confidence: Medium, Rule: "relation-follow",
		})
	}
}

// verbFirst reads the Arabic order in which the verb stands before its subject:
// تتقدم الصين على أميركا.
func (s *sentence) verbFirst(i int) bool {
	const near = 6
	verb := "ahead"
	if s.marks[i].cue(cueVsoBehind) {
		verb = "behind"
	}
	a := s.neighbour(i, 2, true)
	if a != nil && (s.tokens[a.from-1].key == "علي" || s.tokens[a.from-1].key == "عن") {
		return false // its subject was told before
	}
	if a == nil {
		a = s.doer(i)
	}
	if a == nil {
		return false
	}
	for k := range s.units {
		b := &s.units[k]
		if b.mark <= max(i, a.mark) || b.alliance() || b.code == a.code || b.from-s.marks[max(i, a.mark)].to > near || s.within(max(i, a.mark)+1, b.mark, cueVsoAhead|cueVsoBehind) {
			continue
		}
		if key := s.tokens[b.from-1].key; key == "علي" || key == "عن" || key == "خلف" {
			s.relate(Claim{
				Kind: Relation, Verb: verb, Unit: a.code, Other: b.code, Year: s.onlyYear(),
				Span: s.span(min(a.from, s.marks[i].from), s.marks[b.mark].to), Confidence: High, Rule: "relation-" + verb,
			})
			return true
		}
		return false
	}
	return false
}

// transitive reads the Arabic order in which the verb, its subject and its object
// follow each other: سبقت فنلندا السويد.
func (s *sentence) transitive(i int) bool {
	if s.lexicon.language != "ar" {
		return false
	}
	a := s.neighbour(i, 0, true)
	if a == nil || a.mark != i+1 {
		return false
	}
	for k := range s.units {
		b := &s.units[k]
		if b.mark != a.mark+1 || b.alliance() || b.code == a.code || b.from != s.marks[a.mark].to && (b.from != s.marks[a.mark].to+1 || s.tokens[b.from-1].key != "سوي" && s.tokens[b.from-1].key != "الا") || s.coordinated(a.mark, b.mark) || s.marks[b.mark].has("people") {
			continue
		}
		s.relate(Claim{
			Kind: Relation, Verb: "ahead", Unit: a.code, Other: b.code, Year: s.onlyYear(),
			Span: s.span(s.marks[i].from, s.marks[b.mark].to), Confidence: High, Rule: "relation-ahead",
		})
		return true
	}
	return false
}

// nominative says whether a Russian country behind "ahead" or "behind" is the one
// that is there: впереди Китай и Индия, unlike впереди Китая и Индии.
func (s *sentence) nominative(i int, u *named) bool {
	if s.lexicon.language != "ru" {
		return false
	}
	switch s.tokens[s.marks[i].to-1].key {
	case "впереди", "позади", "выше", "ниже":
	default:
		return false
	}
	if s.onlyPeopleMark(u) {
		return false // выше испанской
	}
	key := s.tokens[s.marks[u.mark].to-1].key
	if strings.HasSuffix(key, "ия") || strings.HasSuffix(key, "ея") {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(key)
	return strings.ContainsRune("йбвгджзклмнпрстфцчшщ", last)
}

// pronounPair reads "China has overtaken it", Китай ее обогнал: the other is the
// country spoken of before.
func (s *sentence) pronounPair(i int, verb string) {
	t := s.marks[i].from - 1
	if s.lexicon.language != "ru" {
		t = s.marks[i].to
	}
	u := s.doer(i)
	if u != nil && s.lexicon.language == "zh" && s.tokens[s.marks[i].to-2].key == "其" && len(s.units) > 0 {
		if first := s.firstSubject(); first != u.code {
			s.relate(Claim{
				Kind: Relation, Verb: verb, Unit: u.code, Other: first, Year: s.onlyYear(),
				Span: s.span(u.from, s.marks[i].to), Confidence: Medium, Rule: "relation-" + verb,
			})
		}
		return
	}
	other := s.subject
	if s.lexicon.language == "en" {
		// Italy trails Spain, and its neighbour Austria is ahead of it
		for k := range s.units {
			if v := &s.units[k]; u != nil && v.mark < u.mark && !v.oblique && !v.alliance() && v.code != u.code {
				other = v.code
				break
			}
		}
	}
	if u == nil || t < 0 || t >= len(s.tokens) || other == "" || u.code == other || s.marks[i].from-s.marks[u.mark].to > 4 {
		return
	}
	switch s.tokens[t].key {
	case "ее", "его", "их", "it", "them", "она", "оно":
	default:
		return
	}
	s.relate(Claim{
		Kind: Relation, Verb: verb, Unit: u.code, Other: other, Year: s.onlyYear(),
		Span: s.span(u.from, s.marks[i].to), Confidence: Medium, Rule: "relation-" + verb,
	})
}
