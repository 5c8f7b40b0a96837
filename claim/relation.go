package claim

import "slices"

// memberships reads who belongs to, joins or leaves an alliance. Countries
// that stand in one list share what is said of it; "joined" takes every
// country that the sentence named before.
func (s *sentence) memberships() {
	for i := range s.marks {
		a, ok := s.marks[i].is("alliance", "")
		if !ok {
			continue
		}
		verb, at, all := s.memberCue(i)
		if verb == "" {
			continue
		}
		if head := min(i, at); verb == "member" && head > 0 && s.marks[head-1].cue("not") && s.marks[head].from-s.marks[head-1].to <= 1 {
			verb = "outside"
		}
		for _, u := range s.members(i, at, all) {
			first, last := min(u.from, s.marks[i].from), max(s.marks[u.mark].to, s.marks[i].to)
			s.claim(Claim{
				Kind: Membership, Unit: u.code, Alliance: a.name, Verb: verb, Negated: verb == "outside", Year: s.yearWithin(i),
				Span: s.span(first, last), Confidence: High, Rule: "membership-" + verb,
			})
		}
	}
}

// memberCue finds the word of membership that belongs to an alliance: close
// before it, or close after it.
func (s *sentence) memberCue(i int) (verb string, at int, all bool) {
	for k := i - 1; k >= 0 && s.marks[i].from-s.marks[k].to <= 3; k-- {
		if v, ok := s.verbOf(k); ok {
			return v, k, v != "member" && v != "outside"
		}
	}
	for k := i + 1; k < len(s.marks) && s.marks[k].from-s.marks[i].to <= 2; k++ {
		if v, ok := s.verbOf(k); ok {
			return v, k, v != "member" && v != "outside"
		}
	}
	for k := i - 1; k >= 0; k-- {
		if s.marks[k].has("alliance", "") && s.coordinated(k, i) {
			return s.memberCue(k)
		}
	}
	return "", 0, false
}

func (s *sentence) verbOf(k int) (string, bool) {
	m := &s.marks[k]
	switch {
	case m.cue("nonmember"):
		return "outside", true
	case m.cue("invite"):
		return "", false
	case m.cue("join"):
		return "join", true
	case m.cue("leave"):
		return "leave", true
	case m.cue("member"):
		for j := k - 1; j >= 0 && m.from-s.marks[j].to <= 3; j-- {
			if s.marks[j].cue("not") {
				return "outside", true
			}
			if s.marks[j].country() == "" {
				break
			}
		}
		return "member", true
	}
	return "", false
}

// members are the countries of which a membership is told.
func (s *sentence) members(alliance, cue int, all bool) []named {
	lo, hi := min(alliance, cue), max(alliance, cue)
	after := s.list(func(u named) bool { return u.mark > hi }, true)
	if len(after) > 0 && after[0].from-s.marks[hi].to <= 2 && (s.marks[hi].cue("member") || lo == 0 || len(s.before(lo)) == 0) {
		return after
	}
	if between := s.list(func(u named) bool { return u.mark > lo && u.mark < hi && !u.oblique }, true); len(between) > 0 && cue < alliance {
		return between
	}
	if all {
		return s.before(lo)
	}
	return s.lastList(s.list(func(u named) bool { return u.mark < lo }, false))
}

func (s *sentence) before(mark int) []named {
	return s.list(func(u named) bool { return u.mark < mark && !u.oblique }, false)
}

// list gives the countries that fit, each once; only those of the first
// coordination if coordinated is set.
func (s *sentence) list(fits func(named) bool, coordinated bool) []named {
	var list []named
	for _, u := range s.units {
		if u.alliance() || !fits(u) {
			continue
		}
		if n := len(list); coordinated && n > 0 && !s.coordinated(list[n-1].mark, u.mark) {
			break
		}
		if !slices.ContainsFunc(list, func(v named) bool { return v.code == u.code }) {
			list = append(list, u)
		}
	}
	return list
}

// lastList gives the last coordination among countries.
func (s *sentence) lastList(list []named) []named {
	from := len(list) - 1
	for from > 0 && s.coordinated(list[from-1].mark, list[from].mark) {
		from--
	}
	return list[max(from, 0):]
}

// yearWithin is the only year in the segment of a mark.
func (s *sentence) yearWithin(at int) int {
	from, to := s.segment(at)
	year := 0
	for _, f := range s.found {
		if !f.year || f.at < from || f.at >= to {
			continue
		}
		if year != 0 {
			return 0
		}
		year = int(f.Value)
	}
	return year
}

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
		case m.cue("cooperate"):
			s.cooperation(i)
		case m.cue("restrict"):
			s.restriction(i)
		case m.cue("behind") && s.followed(i):
			s.pairs(i, "behind")
		case m.cue("ahead") && s.followed(i):
			s.pairs(i, "ahead")
		}
	}
}

// followed says whether a country stands right after a mark.
func (s *sentence) followed(i int) bool {
	for _, u := range s.units {
		if u.mark > i && !u.alliance() {
			return u.from-s.marks[i].to <= 1
		}
	}
	return false
}

// pairs relates the country that stands last before a mark to each of the list
// that follows it.
func (s *sentence) pairs(i int, verb string) {
	subject, sure := "", High
	first := s.marks[i].from
	for k := len(s.units) - 1; k >= 0; k-- {
		if u := s.units[k]; u.mark < i && !u.oblique && !u.alliance() {
			subject, first = u.code, u.from
			break
		}
	}
	if subject == "" {
		subject, sure = s.subject, Medium
	}
	for _, u := range s.list(func(u named) bool { return u.mark > i }, true) {
		if subject == "" || u.code == subject {
			continue
		}
		s.relate(Claim{
			Kind: Relation, Verb: verb, Unit: subject, Other: u.code, Year: s.onlyYear(),
			Span: s.span(first, s.marks[u.mark].to), Confidence: sure, Rule: "relation-" + verb,
		})
	}
}

// relate adds a relation, unless the sentence has told it in the same words.
func (s *sentence) relate(c Claim) {
	for k := s.claims; k < len(s.out.Claims); k++ {
		o := &s.out.Claims[k]
		if o.Kind == Relation && o.Verb == c.Verb && o.Unit == c.Unit && o.Other == c.Other && o.Span.To > c.Span.From {
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
		if a != nil && s.marks[b.mark-1].cue("between") {
			c.Unit, c.Other = b.code, a.code
			last = max(last, s.marks[a.mark].to)
		} else if a := s.subjectBefore(b.mark, b.code); a != nil {
			c.Unit, first = a.code, min(first, a.from)
		} else if s.subject != "" && s.subject != b.code {
			c.Unit, c.Confidence = s.subject, Medium
		}
	} else if a := s.neighbour(i, 12, false); a != nil {
		if b := s.before2(a); b != nil {
			c.Unit, c.Other = b.code, a.code
			first = min(first, b.from)
		}
	}
	if c.Unit == "" || c.Other == "" {
		return
	}
	c.Span = s.span(first, last)
	s.relate(c)
}

// counterpart is the country after "with" or "between", close after a word of
// cooperation.
func (s *sentence) counterpart(i int) *named {
	for k := range s.units {
		u := &s.units[k]
		if u.alliance() || u.mark <= i {
			continue
		}
		if u.from-s.marks[i].to > 6 {
			return nil
		}
		if s.marks[u.mark-1].cue("with", "between") && u.from-s.marks[u.mark-1].to <= 1 || u.mark == i+1 && s.embeds(i) {
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
		if u.mark >= a.mark || u.code == a.code || u.alliance() {
			continue
		}
		if s.coordinated(u.mark, a.mark) || a.oblique && a.from-s.marks[u.mark].to <= 3 {
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

// restriction reads who restricts whom: "restrictions of X", "X … restricts",
// "sanctions on Y", "stopped exporting to Y". One of the two may be missing.
func (s *sentence) restriction(i int) {
	c := Claim{Kind: Relation, Verb: "restrict", Year: s.onlyYear(), Confidence: Medium, Rule: "relation-restrict"}
	first, last := s.marks[i].from, s.marks[i].to
	if u := s.object(i); u != nil {
		last = max(last, s.marks[u.mark].to)
		first = min(first, u.from)
		if s.actor(i, u) {
			c.Unit = u.code
		} else {
			c.Other = u.code
		}
	}
	if u := s.subjectBefore(i, c.Unit+c.Other); u != nil && (c.Unit != "" || c.Other != "" || s.marks[i].from-u.from <= 4) {
		first = min(first, u.from)
		if c.Unit == "" {
			c.Unit = u.code
		} else {
			c.Other = u.code
		}
	}
	switch {
	case c.Unit == "" && c.Other == "":
		return
	case c.Unit == "":
		c.Missing = []string{"unit"}
		c.Confidence = Low
	case c.Other == "":
		c.Missing = []string{"other"}
		c.Confidence = Low
	}
	c.Span = s.span(first, last)
	s.relate(c)
}

// object is the country that a restriction is about: right after its word, or
// after "on" or "to" a little later, or, in Chinese, after 对 before it.
func (s *sentence) object(i int) *named {
	if u := s.neighbour(i, 3, true); u != nil {
		return u
	}
	if u := s.neighbour(i, 6, true); u != nil && s.marks[u.mark-1].cue("with", "to", "oblique") && u.from-s.marks[u.mark-1].to <= 1 {
		return u
	}
	if s.lexicon.language != "zh" {
		return nil
	}
	if u := s.neighbour(i, 4, false); u != nil && u.oblique {
		return u
	}
	return nil
}

// actor says whether the country after a word of restriction restricts, as in
// the Arabic genitive and after "of" or "by", rather than is restricted.
func (s *sentence) actor(i int, u *named) bool {
	if s.lexicon.language == "ar" {
		return u.from == s.marks[i].to && s.tokens[u.from].key[0] != "ل"[0]
	}
	before := s.tokens[u.from-1].key
	return before == "of" || before == "by"
}
