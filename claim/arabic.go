package claim

import (
	"strings"
	"unicode/utf8"
)

// Arabic says in its word order and in small particles what other languages say in
// verbs: this file holds what only Arabic sentences need.

// arabic says whether the text is Arabic.
func (r *reader) arabic() bool { return r.lexicon.language == "ar" }

// keyAt is the folded word at a token; "" outside the text.
func (r *reader) keyAt(t int) string {
	if t < 0 || t >= len(r.tokens) {
		return ""
	}
	return r.tokens[t].key
}

// finite says whether an Arabic word of the lexicon is a verb and not its noun:
// فرضت, تعاقب, unlike عقوبات and تقييد.
func finite(key string) bool {
	for _, p := range []string{"و", "ف"} {
		if rest, ok := strings.CutPrefix(key, p); ok && utf8.RuneCountInString(rest) > 3 {
			key = rest
			break
		}
	}
	letters := []rune(key)
	if len(letters) < 4 {
		return false
	}
	last := len(letters) - 1
	switch {
	case letters[last] == 'ت':
		return letters[last-1] != 'ا'
	case letters[0] == 'ي':
		return true
	case letters[0] == 'ت':
		return (len(letters) != 5 || letters[3] != 'ي') && letters[last] != 'ه'
	}
	return false
}

// ofNoun says whether an Arabic ordinal belongs to a noun with the article that is no
// place: الصف الأول, الدورة الخامسة.
func (r *reader) ofNoun(marks []mark, f *found) bool {
	if !r.arabic() || f.from == 0 || !strings.HasPrefix(r.tokens[f.from].key, "ال") {
		return false
	}
	before := &r.tokens[f.from-1]
	switch before.key {
	case "الي", "التي", "الذي", "والي":
		return false
	}
	if before.class != word || !strings.HasPrefix(strings.TrimLeft(before.key, "وفب"), "ال") && !strings.HasPrefix(before.key, "لل") {
		return false
	}
	for i := f.at - 1; i >= 0 && marks[i].to == f.from; i-- {
		if marks[i].cue(cueRank|cueCountry|cueTable|cueWorld) || marks[i].country() != "" || marks[i].has("top") {
			return false
		}
	}
	return true
}

// standing says whether an Arabic ordinal without an article is the place that a
// country came to: جاءت السعودية أولى, وحلّت روسيا ثانية, والصين ثالثة.
func (r *reader) standing(marks []mark, all []found, i int) bool {
	f := &all[i]
	if !r.arabic() || f.Measure != Place || f.sure || strings.HasPrefix(r.tokens[f.from].key, "ال") || f.at == 0 {
		return false
	}
	if f.to < len(r.tokens) && r.tokens[f.to].class == word {
		switch key := r.tokens[f.to].key; key {
		case "في", "بين", "من", "عالميا", "عربيا", "خلف", "بعد", "قبل", "ضمن", "عند", "علي", "حسب", "وفق":
		default:
			if !strings.HasPrefix(key, "و") && !strings.HasPrefix(key, "ب") {
				return false
			}
		}
	}
	k := f.at - 1
	if marks[k].country() == "" || f.from-marks[k].to > 0 {
		return r.came(f.from)
	}
	if r.came(marks[k].from) {
		return true
	}
	for j := range all[:i] {
		if all[j].Measure == Place && (all[j].of > 0 || r.came(all[j].from)) {
			return true // والصين ثالثة
		}
	}
	return false
}

// came says whether a verb of coming to a place stands shortly before a token.
func (r *reader) came(t int) bool {
	const near = 4
	for k := t - 1; k >= 0 && t-k <= near; k-- {
		if r.tokens[k].class == stop || r.tokens[k].class == line {
			return false
		}
		switch strings.TrimLeft(r.tokens[k].key, "وف") {
		case "جاءت", "جاء", "حلت", "حل", "اتت", "اتي", "تاتي", "ياتي", "تحل", "يحل", "كانت", "صنفت", "صنف", "انتهت", "بقيت", "ظلت", "جاءتا":
			return true
		}
	}
	return false
}

// svo says whether a country right before an Arabic verb is its subject and the one
// right behind it its object: الولايات المتحدة تعاقب إيران.
func (s *sentence) svo(i int) (by, whom *named) {
	if !s.arabic() || !finite(s.tokens[s.marks[i].from].key) {
		return nil, nil
	}
	for k := range s.units {
		u := &s.units[k]
		switch {
		case u.alliance() || s.marks[u.mark].has("people") && !s.marks[u.mark].has("unit"):
		case s.marks[u.mark].to == s.marks[i].from && u.mark < i:
			by = u
		case u.from == s.marks[i].to && u.mark > i && !s.tied(u.from, "و"):
			whom = u
		}
	}
	if by == nil || whom == nil || by.code == whom.code || s.reached(whom) != nil && s.keyAt(by.from-1) != "ان" {
		return nil, nil
	}
	return by, whom
}

// relativeLead reads a country behind a comma whose relative clause tells that it is
// ahead of the one spoken of: ولم يفصلها عن روسيا، التي سبقتها، سوى إطلاقين.
func (s *sentence) relativeLead(i int) bool {
	m := &s.marks[i]
	if !s.arabic() || strings.HasSuffix(s.tokens[m.to-1].key, "نا") {
		return false
	}
	switch s.keyAt(m.from - 1) {
	case "التي", "الذي":
	default:
		return false
	}
	var a *named
	for k := range s.units {
		if u := &s.units[k]; u.mark < i && !u.alliance() && m.from-s.marks[u.mark].to <= 3 {
			a = u
		}
	}
	if a == nil {
		return false
	}
	other := ""
	for k := range s.units {
		if u := &s.units[k]; u.mark < a.mark && !u.alliance() && u.code != a.code {
			other = u.code
			break
		}
	}
	if other == "" && s.subject != a.code {
		other = s.subject
	}
	if other == "" {
		return false
	}
	s.relate(Claim{
		Kind: Relation, Verb: "ahead", Unit: a.code, Other: other, Year: s.onlyYear(),
		Span: s.span(a.from, m.to), Confidence: Medium, Rule: "relation-follow",
	})
	return true
}

// less says whether دون behind a place stands before a country that is ahead: في المرتبة
// 71، دون سوريا.
func (s *sentence) below(i int) bool {
	m := &s.marks[i]
	if !s.arabic() || s.tokens[m.from].key != "دون" || m.to-m.from > 1 || s.keyAt(m.from-1) == "من" {
		return false
	}
	u := s.neighbour(i, 0, true)
	a := s.doer(i)
	if u == nil || a == nil || a.code == u.code || u.from != m.to {
		return false
	}
	placed := false
	for k := range s.found {
		placed = placed || s.found[k].Measure == Place && s.found[k].at < i && m.from-s.found[k].to <= 8
	}
	if !placed {
		return false
	}
	s.relate(Claim{
		Kind: Relation, Verb: "behind", Unit: a.code, Other: u.code, Year: s.onlyYear(),
		Span: s.span(a.from, s.marks[u.mark].to), Confidence: High, Rule: "relation-behind",
	})
	return true
}

// tied says whether a particle of one letter is written as one with the name of a
// country at a token: للصين and وروسيا, unlike لاهاي and واشنطن.
func (r *reader) tied(t int, particle string) bool {
	key := r.tokens[t].key
	if !strings.HasPrefix(key, particle) {
		return false
	}
	id, ok := r.lexicon.words[key]
	return !ok || r.lexicon.first[id] == 0 || !namesPlace(r.lexicon.senses[r.lexicon.first[id]])
}

// namesUnit says whether one word is listed as the name of a country.
func (l *lexicon) namesUnit(phrase string) bool {
	tokens := tokenise(phrase)
	if len(tokens) != 1 {
		return false
	}
	id, ok := l.words[listed(l.language, tokens[0].key)]
	if !ok || l.first[id] == 0 {
		return false
	}
	for _, s := range l.senses[l.first[id]] {
		if s.class == "unit" {
			return true
		}
	}
	return false
}

// higherBy reads أعلى بنسبة 12% مما كانت عليه: "up" or "down", or "" where an Arabic
