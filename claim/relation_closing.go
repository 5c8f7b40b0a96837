package claim

// closing reads restrictions that are told by a verb and what it closes: "closed
// its market to", "stopped deliveries of tools to", "suspended trade with"; Польша
// закрыла рынок для украинского зерна; and by a verb that needs no more: "no longer
// sells its machines to", больше не продаёт Ирану станки.
func (s *sentence) closing(i int) bool {
	const near, far = 5, 10
	m := &s.marks[i]
	denies := m.has("denying")
	if !denies && !m.has("closing") || s.unsaid(i) {
		return false
	}
	from := m.to
	if !denies {
		at := s.closable(i, near)
		if at < 0 {
			return false
		}
		from = s.marks[at].to
	}
	by := s.closer(i)
	if by == "" {
		return false
	}
	for k := range s.units {
		u := &s.units[k]
		if u.mark <= i || u.alliance() || u.code == by {
			continue
		}
		if u.from-from > far || s.signBetween(m.to, u.from, ",") || s.signBetween(m.to, u.from, ";") {
			return false
		}
		if !denies && u.from >= from && !s.reachedBy(u, from) {
			return false
		}
		sure, first := High, m.from
		if d := s.doer(i); d == nil || d.code != by {
			sure = Medium
		} else {
			first = min(first, d.from)
		}
		if s.liftedAt(i) {
			sure = Low
		}
		for _, other := range s.fellows(u.code, i) {
			s.relate(Claim{
				Kind: Relation, Verb: "restrict", Unit: by, Other: other, Year: s.onlyYear(),
				Span: s.span(first, max(m.to, s.marks[u.mark].to)), Confidence: sure, Rule: "relation-closing",
			})
		}
		return true
	}
	return false
}

// closable is the mark behind a verb of closing that tells what is closed: the
// market, the border, exports; -1 if there is none close by.
func (s *sentence) closable(i, near int) int {
	for k := i; k < len(s.marks) && s.marks[k].from-s.marks[i].to <= near; k++ {
		if k > i && s.marks[k].has("closable") {
			return k
		}
		if k > i && s.signBetween(s.marks[i].to, s.marks[k].from, ",") {
			break
		}
	}
	return -1
}

// closer is the country that a verb of closing is said of.
func (s *sentence) closer(i int) string {
	from, _ := s.segment(i)
	for k := len(s.units) - 1; k >= 0; k-- {
		if u := &s.units[k]; u.mark < i && u.mark >= from && !u.oblique && !u.alliance() && (k == 0 || !s.onlyPeopleMark(u)) {
			return u.code
		}
	}
	if s.pronounBefore(i) {
		return s.subject
	}
	return ""
}

// reachedBy says whether a country behind what is closed is the one that it is
// closed to: behind "to", "from", "of" or "with", as a people or, in Russian, in any
// case.
func (s *sentence) reachedBy(u *named, from int) bool {
	if s.lexicon.language == "ru" || u.from == from {
		return true
	}
	for t := u.from - 1; t >= from && u.from-t <= 4; t-- {
		switch s.tokens[t].key {
		case "to", "from", "of", "with", "for", "against", "on":
			return true
		}
	}
	return false
}

// keptOut reads "shut Chinese makers out of its market", "keeps the fastest chips
// from Chinese buyers".
func (s *sentence) keptOut(i int) bool {
	const near = 9
	if s.lexicon.language != "en" || !s.marks[i].has("keeping") || s.unsaid(i) {
		return false
	}
	by := s.closer(i)
	if d := s.doer(i); by == "" || d != nil && s.signBetween(s.marks[d.mark].to, s.marks[i].from, ";") {
		return false
	}
	for k := range s.units {
		u := &s.units[k]
		if u.mark <= i || u.alliance() || u.code == by {
			continue
		}
		if u.from-s.marks[i].to > near || s.signBetween(s.marks[i].to, u.from, ",") {
			return false
		}
		kept := false
		for t := s.marks[u.mark].to; t < min(len(s.tokens), s.marks[u.mark].to+6) && s.tokens[t].class == word; t++ {
			kept = kept || s.tokens[t].key == "out" || s.tokens[t].key == "off"
		}
		before := s.tokens[u.from-1].key
		if !kept && (before != "from" || s.tokens[s.marks[i].to].key == "from") {
			return false
		}
		s.relate(Claim{
			Kind: Relation, Verb: "restrict", Unit: by, Other: u.code, Year: s.onlyYear(),
			Span: s.span(s.marks[i].from, s.marks[u.mark].to), Confidence: High, Rule: "relation-closing",
		})
		return true
	}
	return false
}

// doneWith reads what a country does with another: "is launching with Turkey a
// common fund", Вьетнам вместе с Японией готовит медсестёр: the verb is one of those
// that two do together, and "with" stands before the other close by.
func (s *sentence) doneWith(i int) bool {
	const near = 9
	if !s.capitals() && !s.arabic() || !s.marks[i].cue(cueWeakcoop) || s.figures() {
		return false
	}
	for k := range s.units {
		u := &s.units[k]
		if u.alliance() || u.mark == 0 || u.mark == i || !s.marks[u.mark-1].cue(cueWith) || s.marks[u.mark-1].cue(cueAgainst) || u.from-s.marks[u.mark-1].to-s.fillers(s.marks[u.mark-1].to, u.from) > 1 || s.divided(s.marks[u.mark-1].from) {
			continue
		}
		if max(u.from-s.marks[i].to, s.marks[i].from-s.marks[u.mark].to) > near || s.signBetween(min(s.marks[i].to, s.marks[u.mark].to), max(s.marks[i].from, u.from), ",") {
			continue
		}
		a := s.subjectBefore(min(i, u.mark), u.code)
		if s.arabic() {
			a = s.subjectBefore(u.mark, u.code) // تعمل قطر مع كندا
			if s.keyAt(u.from-1) == "ضد" {
				continue
			}
		}
		for j := range s.units {
			if v := &s.units[j]; a != nil && a.from > 0 && s.tokens[a.from-1].key == "у" && v.mark < a.mark && !v.oblique && !v.alliance() && v.code != u.code {
				a = v // закупает газ у России и строит с Венгрией
			}
		}
		if a == nil || s.onlyPeopleMark(a) && s.onlyPeopleMark(u) || s.signBetween(s.marks[a.mark].to, min(s.marks[i].from, u.from), ";") {
			continue
		}
		s.relate(Claim{
			Kind: Relation, Verb: "cooperate", Unit: a.code, Other: u.code, Year: s.onlyYear(),
			Span: s.span(a.from, max(s.marks[i].to, s.marks[u.mark].to)), Confidence: Medium, Rule: "relation-with",
		})
		return true
	}
	return false
}

// divided says whether the noun before "with" is one of what parts two countries or
// no deed: a border, a war, a deficit.
func (s *sentence) divided(t int) bool {
	if t == 0 {
		return false
	}
	key := s.tokens[t-1].key
	switch key {
	case "حدودها", "حدوده", "الحدود", "حدود", "حرب", "الحرب", "حربها", "نزاع", "نزاعها", "خلاف", "خلافها", "توتر", "منافسه", "المنافسه", "منافستها", "مقارنه", "سباق", "عجز", "فايض", "مباراه", "مواجهه", "صراع", "صراعها", "حدا", "الفجوه", "تنافس":
		return true
	case "border", "war", "dispute", "deficit", "surplus", "gap", "frontier", "conflict", "row", "match", "compared", "year", "case", "rivalry", "competition", "race", "along", "contrast", "line", "begin", "start":
		return true
	}
	return beginsWith(key, "границ", "войн", "спор", "конфликт", "разрыв", "соперничеств", "сравнени", "гонк", "матч")
}

// onlyPeopleMark says whether a country is named by its people alone.
func (s *sentence) onlyPeopleMark(u *named) bool {
	return s.marks[u.mark].has("people") && !s.marks[u.mark].has("unit")
}
