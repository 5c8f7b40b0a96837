package claim

import "strings"

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

// belongsWith says whether "together with" tells no more than that two countries are
// members of one alliance: вместе с Индией входит в Quad.
func (s *sentence) belongsWith(i int) bool {
	const near = 6
	if !s.capitals() {
		return false
	}
	switch s.tokens[s.marks[i].from].key {
	case "together", "вместе", "наряду":
	default:
		return false
	}
	member := false
	for k := i + 1; k < len(s.marks) && s.marks[k].from-s.marks[i].to <= near; k++ {
		member = member || s.marks[k].cue(cueMember)
		if member && s.marks[k].has("alliance") {
			return true
		}
	}
	return false
}
