package claim

import (
	"slices"
	"strings"
)

// restriction reads who restricts whom: "restrictions of X", "X … restricts",
// "sanctions on Y", "stopped exporting to Y". One of the two may be missing.
func (s *sentence) restriction(i int) {
	c := Claim{Kind: Relation, Verb: "restrict", Year: s.onlyYear(), Confidence: Medium, Rule: "relation-restrict"}
	first, last := s.marks[i].from, s.marks[i].to
	if u, v := s.whichImposed(i); u != nil {
		c.Unit, c.Other, last = u.code, v.code, s.marks[v.mark].to
	} else if u, v := s.cutOffFrom(i); u != nil {
		c.Unit, c.Other, first, last = u.code, v.code, min(first, v.from), s.marks[u.mark].to
	} else if u, v := s.svo(i); u != nil {
		c.Unit, c.Other, first, last = u.code, v.code, min(first, u.from), max(last, s.marks[v.mark].to)
	} else if u, v := s.theirs(i); u != nil {
		c.Unit, c.Other, first, last = u.code, v.code, min(first, u.from, v.from), max(last, s.marks[v.mark].to)
	} else if u, v := s.suffered(i); u != nil {
		c.Unit, c.Other, first = u.code, v.code, min(first, v.from)
	} else if u := s.object(i); u != nil {
		last = max(last, s.marks[u.mark].to)
		first = min(first, u.from)
		if s.actor(i, u) {
			c.Unit = u.code
			if v := s.undergoing(i, u); v != nil {
				c.Other, first = v.code, min(first, v.from)
			} else if v := s.reached(u); v != nil {
				c.Other, last = v.code, max(last, s.marks[v.mark].to)
			}
		} else if v := s.destination(u); v != nil {
			c.Unit, c.Other, last = u.code, v.code, max(last, s.marks[v.mark].to)
		} else {
			c.Other = u.code
		}
	}
	if a, b := s.twoBefore(i); c.Unit+c.Other == "" && a != nil {
		c.Unit, c.Other = a.code, b.code
		if s.lexicon.language == "ru" && s.into(&s.marks[a.mark]) && s.marks[b.mark].to == s.marks[i].from && !s.marks[b.mark].has("people") && s.doer(i) == b {
			c.Unit, c.Other = b.code, a.code // поставки в Китай США ограничили
		}
		first = min(first, a.from)
		if s.marks[b.mark].to == s.marks[i].from && (s.marks[b.mark].has("people") || s.undergone(b)) && s.lexicon.language != "zh" {
			c.Unit, c.Other = b.code, a.code // under American sanctions
		}
		if s.restricts(c.Other, c.Unit) {
			return // told the other way round in so many words
		}
	} else if u := s.subjectBefore(i, c.Unit+c.Other); (c.Unit == "" || c.Other == "") && u != nil && (c.Unit != "" || c.Other != "" || s.marks[i].from-u.from <= 4) {
		first = min(first, u.from)
		if c.Unit == "" {
			c.Unit = u.code
		} else {
			c.Other = u.code
		}
	}
	carried := false
	if u := s.doer(i); u != nil && c.Unit == "" && u.code != c.Other && !s.signBetween(s.marks[u.mark].to, s.marks[i].from, ";") {
		c.Unit, first = u.code, min(first, u.from)
	}
	if c.Unit == "" && c.Other != "" && s.subject != c.Other {
		c.Unit, carried = s.subject, true
	}
	switch {
	case carried && c.Unit != "", s.liftedAt(i):
		c.Confidence = Low
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
	for _, unit := range append(s.fellows(c.Unit, i), s.forerunner(i, c.Unit, c.Other)...) {
		for _, other := range s.fellows(c.Other, i) {
			if unit != other || unit == "" {
				c.Unit, c.Other = unit, other
				s.relate(c)
			}
		}
	}
}

// whichImposed reads the Russian relative clause: эмбарго, которое США ввели против
// Кубы.
func (s *sentence) whichImposed(i int) (by, whom *named) {
	const near = 12
	end := s.marks[i].to
	if s.lexicon.language != "ru" || end+1 >= len(s.tokens) || s.tokens[end].key != "," || !relativeWord(s.tokens[end+1].key) {
		return nil, nil
	}
	for k := range s.units {
		u := &s.units[k]
		if u.mark <= i || u.alliance() || u.from-end > near || s.signBetween(end+1, u.from, ",") {
			continue
		}
		if by == nil {
			by = u
			continue
		}
		switch s.tokens[u.from-1].key {
		case "против", "на", "для", "к", "в":
			return by, u
		}
		return nil, nil
	}
	return nil, nil
}

// cutOffFrom reads the passive "Ukraine was cut off from Russian gas", "Chinese firms
// were barred from American tenders".
func (s *sentence) cutOffFrom(i int) (by, whom *named) {
	const near = 5
	if s.lexicon.language != "en" || s.marks[i].from == 0 {
		return nil, nil
	}
	switch s.tokens[s.marks[i].from-1].key {
	case "was", "were", "been", "is", "are", "being":
	default:
		return nil, nil
	}
	for k := range s.units {
		u := &s.units[k]
		if u.alliance() {
			continue
		}
		if u.mark < i {
			if s.marks[i].from-s.marks[u.mark].to <= near {
				whom = u
			}
			continue
		}
		if u.from-s.marks[i].to > near || whom == nil || u.code == whom.code {
			return nil, nil
		}
		for t := s.marks[i].to - 1; t < u.from; t++ {
			if key := s.tokens[t].key; key == "from" || key == "out" && s.tokens[t+1].key == "of" {
				return u, whom
			}
		}
		return nil, nil
	}
	return nil, nil
}

// forerunner is the country that followed the one that restricts: "Japan followed
// America in curbing exports to China".
func (s *sentence) forerunner(i int, unit, other string) []string {
	for k := range s.units {
		u := &s.units[k]
		if u.code != unit || u.mark >= i || u.from == 0 {
			continue
		}
		switch s.tokens[u.from-1].key {
		case "followed", "follows", "following", "joined", "joins", "joining":
			if a := s.subjectBefore(u.mark, unit); a != nil && a.code != other {
				return []string{a.code}
			}
		}
	}
	return nil
}

// fellows are the country and those that stand in one list with it, all on the
// same side of a mark.
func (s *sentence) fellows(code string, i int) []string {
	list := []string{code}
	if code == "" {
		return list
	}
	nearest, distance := -1, 0
	for k := range s.units {
		if s.units[k].code != code {
			continue
		}
		if d := max(s.units[k].from-s.marks[i].to, s.marks[i].from-s.marks[s.units[k].mark].to); nearest < 0 || d < distance {
			nearest, distance = k, d
		}
	}
	for k := range s.units {
		if s.units[k].code != code || s.capitals() && k != nearest {
			continue
		}
		for _, step := range []int{-1, 1} {
			for j := k + step; j >= 0 && j < len(s.units); j += step {
				a, b := &s.units[min(j, j-step)], &s.units[max(j, j-step)]
				if a.alliance() || b.alliance() || a.mark == b.mark || a.mark < i && b.mark > i || !s.coordinated(a.mark, b.mark) || s.newClause(a.mark, b.mark) {
					break
				}
				if !slices.Contains(list, s.units[j].code) {
					list = append(list, s.units[j].code)
				}
			}
		}
	}
	return list
}

// undergoing is the country before a passive that is done "by" another one:
// "exports to America were restricted by China".
func (s *sentence) undergoing(i int, by *named) *named {
	if s.lexicon.language != "en" || s.tokens[by.from-1].key != "by" {
		return nil
	}
	from, _ := s.segment(i)
	for k := len(s.units) - 1; k >= 0; k-- {
		if u := &s.units[k]; u.mark >= from && u.mark < i && !u.alliance() && u.code != by.code {
			return u
		}
	}
	return nil
}

// undergone says whether the country before a noun of restriction is the one
// that restricts: "under US sanctions", "despite US tariffs".
func (s *sentence) undergone(u *named) bool {
	if u.from == 0 || s.lexicon.language != "en" {
		return false
	}
	switch s.tokens[u.from-1].key {
	case "by", "under", "despite", "amid", "facing", "faces", "face", "from", "of", "to", "through", "over", "new", "tough", "tougher", "because":
		return true
	}
	return false
}

// theirs reads a people right before a noun of restriction, or in English a country
// right before its verb, and the country that it is about: из-за американских
// санкций Иран; since America imposed sanctions.
func (s *sentence) theirs(i int) (by, whom *named) {
	near := 9
	for k := range s.units {
		u := &s.units[k]
		if u.alliance() || s.marks[u.mark].to != s.marks[i].from {
			continue
		}
		if s.lexicon.language == "ru" && s.marks[u.mark].has("people") || s.lexicon.language == "en" && (s.marks[u.mark].has("people") || s.undergone(u) || s.subordinate(u)) {
			by = u
		}
	}
	if by == nil {
		return nil, nil
	}
	if o := s.neighbour(i, near, true); o != nil && o.code != by.code && !s.signBetween(s.marks[i].to, o.from, ",") && (s.lexicon.language == "ru" || onto[s.tokens[o.from-1].key] || o.from-s.marks[i].to <= 1) {
		return by, o
	}
	if s.subordinate(by) || s.lexicon.language == "ru" {
		if o := s.subjectBefore(by.mark, by.code); o != nil {
			return by, o
		}
	}
	return nil, nil
}

// subordinate says whether "since", "after" or the like stands right before a
// country.
func (s *sentence) subordinate(u *named) bool {
	if u.from == 0 {
		return false
	}
	switch s.tokens[u.from-1].key {
	case "since", "after", "because", "when", "until", "before", "once":
		return true
	}
	return false
}

// suffered reads the Chinese passive 俄罗斯被美国制裁, 受到美国制裁: who restricts
// stands after 被, 遭 or 受 and before the word, who is restricted before them.
func (s *sentence) suffered(i int) (by, whom *named) {
	if s.lexicon.language != "zh" {
		return nil, nil
	}
	for k := len(s.units) - 1; k >= 0; k-- {
		u := &s.units[k]
		if u.mark >= i || u.alliance() {
			continue
		}
		if by == nil {
			t := u.from - 1
			if t > 0 && s.tokens[t].key == "到" {
				t--
			}
			if t < 0 || !strings.Contains("被遭受", s.tokens[t].key) || s.marks[i].from-s.marks[u.mark].to > 8 {
				return nil, nil
			}
			by = u
			continue
		}
		if u.code != by.code {
			return by, u
		}
	}
	return nil, nil
}

// restricts says whether the sentence has told that one country restricts
// another.
func (s *sentence) restricts(unit, other string) bool {
	for k := s.claims; k < len(s.out.Claims); k++ {
		if c := &s.out.Claims[k]; c.Kind == Relation && c.Verb == "restrict" && c.Unit == unit && c.Other == other {
			return true
		}
	}
	return false
}

// destination is the country after "to" behind one whose goods are restricted:
// "limits on sales of American chips to China".
func (s *sentence) destination(u *named) *named {
	if s.lexicon.language != "en" {
		return nil
	}
	for k := range s.units {
		v := &s.units[k]
		if v.mark > u.mark && !v.alliance() && v.code != u.code && v.from-s.marks[u.mark].to <= 5 && s.tokens[v.from-1].key == "to" {
			return v
		}
	}
	return nil
}

// liftedAt says whether a restriction is told to have ended.
func (s *sentence) liftedAt(i int) bool {
	near := 10
	if s.lexicon.language == "zh" {
		near = 24
	}
	if s.arabicLifted(i) {
		return true
	}
	for k := range s.marks {
		if s.marks[k].cue(cueLifted) && max(s.marks[k].from-s.marks[i].to, s.marks[i].from-s.marks[k].to) <= near {
			return true
		}
	}
	return false
}

// reached is the country that stands after the one that restricts: "وشددت
// هولندا ضوابط التصدير إلى الصين".
func (s *sentence) reached(u *named) *named {
	for k := range s.units {
		v := &s.units[k]
		if v.mark > u.mark && !v.alliance() && v.code != u.code && v.from-s.marks[u.mark].to <= 10 && !s.signBetween(s.marks[u.mark].to, v.from, ",") && !s.coordinated(u.mark, v.mark) {
			return v
		}
	}
	return nil
}

// twoBefore are the first and the last country in the clause before a word of
// restriction, where they are two and no list: "the US put Chinese firms on its
// blacklist".
func (s *sentence) twoBefore(i int) (a, b *named) {
	for k := range s.units {
		u := &s.units[k]
		if u.mark >= i || u.alliance() || s.marks[i].from-u.from > 14 || s.signBetween(s.marks[u.mark].to, s.marks[i].from, ",") {
			continue
		}
		if a == nil {
			a = u
		} else {
			b = u
		}
	}
	if a == nil || b == nil || a.code == b.code || s.coordinated(a.mark, b.mark) {
		return nil, nil
	}
	return a, b
}

// object is the country that a restriction is about: right after its word, or
// after "on" or "to" a little later, or, in Chinese, after 对 before it.
func (s *sentence) object(i int) *named {
	if s.lexicon.language == "zh" {
		if u := s.neighbour(i, 16, false); u != nil && u.oblique && !s.signBetween(s.marks[u.mark].to, s.marks[i].from, ",") {
			return u
		}
	}
	if u := s.neighbour(i, 16, true); u != nil && (s.towards(u.mark) || s.chinese() && s.marks[u.mark].to < len(s.tokens) && strings.Contains("向对给往", s.tokens[u.from-1].key)) && !s.signBetween(s.marks[i].to, u.from, ",") {
		return u // 限制设备对华出口
	}
	if u := s.neighbour(i, 3, true); u != nil && !s.signBetween(s.marks[i].to, u.from, ",") {
		return u
	}
	if u := s.neighbour(i, 9, true); u != nil && !s.signBetween(s.marks[i].to, u.from, ",") && (onto[s.tokens[u.from-1].key] || s.marks[u.mark-1].cue(cueWith|cueTo|cueOblique) && u.from-s.marks[u.mark-1].to <= 1 || s.into(&s.marks[u.mark]) || s.intoShort(i, u) || s.lexicon.language == "ar" && strings.HasPrefix(s.tokens[u.from].key, "لل")) {
		return u
	}
	return nil
}

// intoShort says whether goods are told to go into a country whose Russian name has
// no cases: поставки в КНДР.
func (s *sentence) intoShort(i int, u *named) bool {
	if s.lexicon.language != "ru" || s.tokens[u.from-1].key != "в" {
		return false
	}
	for t := s.marks[i].from; t < u.from; t++ {
		if beginsWith(s.tokens[t].key, "постав", "экспорт", "вывоз", "продаж", "отгруз") {
			return true
		}
	}
	return false
}

// onto are words between a restriction and the country that it is about.
var onto = map[string]bool{"on": true, "against": true, "upon": true, "против": true, "علي": true, "ضد": true}

// actor says whether the country after a word of restriction restricts, as in
// the Arabic genitive and after "of" or "by", rather than is restricted.
func (s *sentence) actor(i int, u *named) bool {
	if s.lexicon.language == "ar" {
		return u.from == s.marks[i].to && !s.tied(u.from, "ل")
	}
	if s.lexicon.language == "ru" && u.from == s.marks[i].to && !s.marks[u.mark].has("people") {
		return true // санкции США
	}
	before := s.tokens[u.from-1].key
	return (before == "of" || before == "by") && u.from-s.marks[i].to == 1
}
