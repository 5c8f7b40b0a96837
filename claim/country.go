package claim

import (
	"cmp"
	"strings"
)

// both gives the two countries that one word names, 中美, or means, "the two
// countries": those that were named last.
func (s *sentence) both(i int) (a, b string) {
	m := &s.marks[i]
	if p, ok := m.is("pair"); ok {
		a, b, _ = strings.Cut(p.name, "+")
		s.recent = [2]string{a, b}
		return a, b
	}
	if !m.cue(cueBothsides) || s.recent[0] == "" || i > 0 && s.marks[i-1].to == m.from && s.marks[i-1].has("pair") {
		return "", ""
	}
	a, b = cmp.Or(s.firstSubject(), s.subject), s.recent[1]
	if a == "" || a == b {
		a = s.recent[0]
	}
	return a, b
}

// towards says whether a Chinese name holds a preposition: 对华.
func (s *sentence) towards(i int) bool {
	m := &s.marks[i]
	return s.lexicon.language == "zh" && m.to-m.from == 2 && (s.tokens[m.from].key == "对" || s.tokens[m.from].key == "涉")
}

// between says whether a Chinese name stands between 在 and 前 or 后: 排在泰国前面.
func (s *sentence) between(m *mark) bool {
	if s.lexicon.language != "zh" || m.from == 0 || m.to >= len(s.tokens) || !strings.Contains("在居排列位", s.tokens[m.from-1].key) {
		return false
	}
	switch s.tokens[m.to].key {
	case "前", "后", "之":
		return true
	}
	return false
}

// into says whether a Russian name is where something goes, not where it is:
// в Россию and в Китай, unlike в России and в Китае.
func (s *sentence) into(m *mark) bool {
	if s.lexicon.language != "ru" || m.from == 0 || m.has("people") || s.tokens[m.from-1].key != "в" && s.tokens[m.from-1].key != "на" {
		return false
	}
	if s.tokens[m.from-1].key == "на" {
		for t := m.to; t < len(s.tokens) && t < m.to+2; t++ {
			if k := s.tokens[t].key; strings.HasPrefix(k, "приход") || strings.HasPrefix(k, "приш") || strings.HasPrefix(k, "придет") {
				return false // на Россию пришлось
			}
		}
	}
	key := []rune(s.tokens[m.to-1].key)
	return len(key) > 4 && strings.ContainsRune("юуйбвгджзклмнпрстфхцчшщ", key[len(key)-1]) && key[len(key)-1] != 'х'
}

// inRanking says whether a Chinese name is that of who made a ranking:
// 在瑞士洛桑学院的排名中.
func (s *sentence) inRanking(i int) bool {
	const near = 24
	m := &s.marks[i]
	if s.lexicon.language != "zh" || m.from == 0 || s.tokens[m.from-1].key != "在" || m.has("people") {
		return false
	}
	for k := i + 1; k < len(s.marks) && s.marks[k].from-m.to <= near && !s.signBetween(m.to, s.marks[k].from, ","); k++ {
		if s.marks[k].cue(cueRank | cueTable) {
			return true
		}
	}
	return false
}

// standsFor says whether a mark such as "the kingdom" stands for the country
// that the text spoke of last: no country is named beside it.
func (s *sentence) standsFor(i int) bool {
	m := &s.marks[i]
	arabic := s.lexicon.language == "ar"
	if s.subject == "" || !m.cue(cueCountry) || m.has("counted") && (!arabic || m.to != m.from+1 || !strings.HasPrefix(s.tokens[m.from].key, "ال")) {
		return false
	}
	if arabic && i+1 < len(s.marks) && strings.HasPrefix(s.tokens[s.marks[i+1].from].key, "و") {
		return true
	}
	if i > 0 && m.from-s.marks[i-1].to <= 1 && s.marks[i-1].country() != "" {
		return false
	}
	if i+2 < len(s.marks) && s.marks[i+1].from == m.to && s.marks[i+1].cue(cueOf) && s.marks[i+2].country() != "" && s.marks[i+2].from-s.marks[i+1].to <= 1 {
		return false // the government of Canada
	}
	return i+1 == len(s.marks) || s.marks[i+1].from-m.to > 1 || s.marks[i+1].country() == ""
}

// meant is the country that "the country" stands for: the one that the text is
// about; for a kingdom the one named last.
func (s *sentence) meant(m *mark) string {
	switch key := s.tokens[m.to-1].key; {
	case (key == "kingdom" || strings.HasSuffix(key, "مملكه") || strings.HasPrefix(key, "королевств")) && s.kingdom != "":
		return s.kingdom
	}
	return cmp.Or(s.firstSubject(), s.before1, s.main, s.last, s.subject)
}

// kingdoms are the countries of which newspapers write "the kingdom".
var kingdoms = map[string]bool{
	"SAU": true, "MAR": true, "JOR": true, "BHR": true, "GBR": true, "NLD": true, "ESP": true, "DNK": true, "NOR": true, "SWE": true, "BEL": true, "THA": true,
}
