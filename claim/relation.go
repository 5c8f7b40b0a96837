package claim

import (
	"cmp"
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
	for i := range s.marks {
		m := &s.marks[i]
		switch {
		case m.cue(cueCooperate|cueRestrict|cueBehind|cueAhead) && s.unsaid(i):
		case m.cue(cueVsoFollow):
			s.follower(i)
		case m.cue(cueVsoAhead|cueVsoBehind) && m.to == m.from+1:
			s.verbFirst(i)
		case m.cue(cueCooperate):
			s.cooperation(i)
		case m.cue(cueWeakcoop) || m.cue(cuePlan) && len(s.found) == 0 && i > 0 && s.marks[i-1].to == m.from || s.lexicon.language == "ar" && s.dual(i):
			s.pairDoes(i)
		case m.cue(cueRestrict):
			s.restriction(i)
		case s.lexicon.language == "zh" && s.compared(i) != "":
			s.pairs(i, s.compared(i))
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
	for k := i - 1; k >= 0 && s.marks[i].from-s.marks[k].to <= near; k-- {
		if s.marks[k].cue(cueNot|cueRefuse) && !s.marks[k].cue(cueRestrict|cueWhile) && s.marks[k].country() == "" {
			return true
		}
	}
	return false
}

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
	for k := len(s.units) - 1; k > 0; k-- {
		b, a := &s.units[k], &s.units[k-1]
		if b.mark >= i {
			continue
		}
		if s.figures() && !s.within(0, len(s.marks), cueCooperate) {
			return // each of them, perhaps
		}
		three := k > 1 && s.coordinated(s.units[k-2].mark, a.mark)
		if a.alliance() || b.alliance() || a.oblique || a.code == b.code || three || !s.coordinated(a.mark, b.mark) || s.marks[i].from-s.marks[b.mark].to > near || s.signBetween(s.marks[b.mark].to, s.marks[i].from, ",") {
			return
		}
		s.relate(Claim{
			Kind: Relation, Verb: "cooperate", Unit: a.code, Other: b.code, Year: s.onlyYear(),
			Span: s.span(a.from, s.marks[i].to), Confidence: Medium, Rule: "relation-pair",
		})
		return
	}
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

// follower reads "followed by": the country behind the word stands behind the one
// spoken of before: تليها سويسرا.
func (s *sentence) follower(i int) {
	b := s.neighbour(i, 2, true)
	if b == nil {
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
	s.relate(Claim{
		Kind: Relation, Verb: "behind", Unit: b.code, Other: a, Year: s.onlyYear(),
		Span: s.span(s.marks[i].from, s.marks[b.mark].to), Confidence: Medium, Rule: "relation-follow",
	})
}

// verbFirst reads the Arabic order in which the verb stands before its subject:
// تتقدم الصين على أميركا.
func (s *sentence) verbFirst(i int) {
	const near = 6
	verb := "ahead"
	if s.marks[i].cue(cueVsoBehind) {
		verb = "behind"
	}
	a := s.neighbour(i, 2, true)
	if a == nil {
		a = s.doer(i)
	}
	if a == nil {
		return
	}
	for k := range s.units {
		b := &s.units[k]
		if b.mark <= max(i, a.mark) || b.alliance() || b.code == a.code || b.from-s.marks[max(i, a.mark)].to > near {
			continue
		}
		if key := s.tokens[b.from-1].key; key == "علي" || key == "عن" || key == "خلف" {
			s.relate(Claim{
				Kind: Relation, Verb: verb, Unit: a.code, Other: b.code, Year: s.onlyYear(),
				Span: s.span(min(a.from, s.marks[i].from), s.marks[b.mark].to), Confidence: High, Rule: "relation-" + verb,
			})
		}
		return
	}
}

// compared reads 比X高, 排在X之后 and the like, in which the word that says who
// is ahead follows the country.
func (s *sentence) compared(i int) string {
	if i+1 >= len(s.marks) || s.marks[i+1].country() == "" || s.marks[i+1].from != s.marks[i].to {
		return ""
	}
	key := s.tokens[s.marks[i].to-1].key
	after := s.marks[i+1].to
	for t := after; t < len(s.tokens) && t < after+5 && s.tokens[t].class == han; t++ {
		switch k := s.tokens[t].key; {
		case key == "比" && strings.Contains("高强快多优", k), strings.Contains("在居排列位", key) && strings.Contains("前上", k):
			return "ahead"
		case key == "比" && strings.Contains("低弱慢少差", k), strings.Contains("在居排列位", key) && strings.Contains("后下", k):
			return "behind"
		}
	}
	if strings.Contains("与同跟和", key) && after+1 < len(s.tokens) && s.tokens[after].key == "相" && s.tokens[after+1].key == "比" {
		for j := i + 2; j < len(s.marks) && s.marks[j].from < after+12; j++ {
			if s.marks[j].cue(cueBehind) {
				return "behind"
			}
			if s.marks[j].cue(cueAhead) {
				return "ahead"
			}
		}
	}
	return ""
}

// followed says whether a country stands right after a mark.
func (s *sentence) followed(i int) bool {
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
		case "не", "только", "даже", "как", "сразу", "both", "even", "only", "not", "also", "every", "all", "بذلك", "كلا", "كل", "حتي", "了":
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
	for _, u := range s.list(func(u named) bool { return u.mark > i }, true) {
		for _, code := range s.doers(i, subject) {
			if code == "" || u.code == code {
				continue
			}
			s.relate(Claim{
				Kind: Relation, Verb: verb, Unit: code, Other: u.code, Year: s.onlyYear(),
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
	for k := len(s.units) - 1; k >= 0; k-- {
		if u := &s.units[k]; u.mark < i && !u.oblique && !u.alliance() {
			return u
		}
	}
	return nil
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
	if u == nil || t < 0 || t >= len(s.tokens) || s.subject == "" || u.code == s.subject || s.marks[i].from-s.marks[u.mark].to > 4 {
		return
	}
	switch s.tokens[t].key {
	case "ее", "его", "их", "it", "them", "她", "它":
		s.relate(Claim{
			Kind: Relation, Verb: verb, Unit: u.code, Other: s.subject, Year: s.onlyYear(),
			Span: s.span(u.from, s.marks[i].to), Confidence: Medium, Rule: "relation-" + verb,
		})
	}
}

// relate adds a relation, unless the sentence has told it in the same words.
func (s *sentence) relate(c Claim) {
	for k := s.claims; k < len(s.out.Claims); k++ {
		o := &s.out.Claims[k]
		if o.Kind == Relation && o.Verb == c.Verb && o.Unit == c.Unit && o.Other == c.Other && o.Span.To > c.Span.From {
			o.Span = Span{min(o.Span.From, c.Span.From), max(o.Span.To, c.Span.To)}
			return
		}
	}
	s.claim(c)
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
	} else if a := s.neighbour(i, 12, false); a != nil {
		if b := s.before2(a); b != nil {
			c.Unit, c.Other = b.code, a.code
			first = min(first, b.from)
		} else if c.Unit = cmp.Or(s.subjectUpTo(a.mark), s.subject); a.oblique && s.marks[i].from-s.marks[a.mark].to <= 4 && c.Unit != a.code {
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

// pairAfter are two countries in one list right after an Arabic verb of
// cooperation: يتعاون الأردن والعراق.
func (s *sentence) pairAfter(i int) (a, b *named) {
	if s.lexicon.language != "ar" {
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
		if s.marks[u.mark-1].cue(cueWith|cueBetween) && u.from-s.marks[u.mark-1].to-s.fillers(s.marks[u.mark-1].to, u.from) <= 1 || u.mark == i+1 && s.embeds(i) {
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
