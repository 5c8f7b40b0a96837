package claim

import "strings"

// closedClause is the token behind the relative clause between commas in which a
// country stands: Сербия, где работают белорусские врачи, тратит; 0 if it stands in
// none.
func (s *sentence) closedClause(m *mark) int {
	const most = 16
	if !s.capitals() || len(s.units) == 0 {
		return 0
	}
	owner := s.marks[s.units[len(s.units)-1].mark].to
	if m.from-owner > most || owner >= len(s.tokens) || s.tokens[owner].key != "," {
		return 0
	}
	opened := false
	for t := owner + 1; t < m.from && t <= owner+3; t++ {
		opened = opened || relativeWord(s.tokens[t].key) || s.lexicon.language == "ru" && t == owner+1 && participle(s.tokens[t].key)
	}
	if !opened || s.signBetween(owner+1, m.from, ",") {
		return 0
	}
	for t := m.to; t < len(s.tokens) && t < m.to+most; t++ {
		if c := s.tokens[t].class; c == stop || c == line {
			return 0
		}
		if s.tokens[t].key == "," {
			return t + 1
		}
	}
	return 0
}

// receives says whether a country is given something or goods go there: lend
// Indonesia $500m; даст Индонезии взаймы; экспорт Вьетнама в США.
func (s *sentence) receives(m *mark) bool {
	if !s.capitals() || m.from == 0 || m.has("alliance") {
		return false
	}
	switch s.tokens[m.from-1].key {
	case "lend", "lends", "lent", "give", "gives", "gave", "given", "grant", "grants", "granted", "loan", "loaned", "owes", "owe", "owed", "offered", "paid", "pays",
		"даст", "дала", "дал", "дали", "выделит", "выделила", "выделил", "выделили", "предоставит", "предоставила", "предоставил", "предоставили", "одолжит", "одолжила", "должна", "должен", "выплатит", "выплатила", "подарит", "подарила":
		return m.has("unit") || !m.has("people")
	case "в":
		for t := m.from - 2; t >= 0 && m.from-t <= 5; t-- {
			if beginsWith(s.tokens[t].key, "экспорт", "вывоз", "поставк", "поставок", "продаж", "отгруз") {
				return s.lexicon.language == "ru"
			}
		}
	}
	return false
}

// participle says whether a Russian word is a participle in the nominative.
func participle(key string) bool {
	return endsWith(key, "щая", "щий", "щее", "щие", "вшая", "вший", "вшее", "вшие", "щаяся", "щийся")
}

// relativeWord says whether a word opens a relative clause.
func relativeWord(key string) bool {
	switch key {
	case "which", "where", "whose", "who", "whom", "где", "куда", "откуда", "чей", "чья", "чьи":
		return true
	}
	return strings.HasPrefix(key, "котор")
}

// newClause says whether a comma and an "and" part two countries that are no
// list of three: the second begins a clause of its own.
func (s *sentence) newClause(a, b int) bool {
	if s.lexicon.language != "en" && s.lexicon.language != "ru" || s.marks[b].from-s.marks[a].to < 2 || s.tokens[s.marks[a].to].key != "," {
		return false
	}
	if and := s.tokens[s.marks[a].to+1].key; and != "and" && and != "и" {
		return false
	}
	return a == 0 || s.marks[a-1].country() == "" || !s.coordinated(a-1, a)
}

// likeAfter says whether "like" stands behind a token: "Vietnam, which like Malaysia".
func (s *sentence) likeAfter(t int) bool {
	if t+2 >= len(s.tokens) {
		return false
	}
	return s.tokens[t+1].key == "like" || s.tokens[t+1].key == "as" || s.tokens[t+1].key == "," && (s.tokens[t+2].key == "like" || s.tokens[t+2].key == "как") || s.tokens[t+1].key == "как"
}

// ownVerb says whether a country behind a comma and "and" has a verb of its own: passed
// Slovakia, and Hungary still trails.
func (s *sentence) ownVerb(a, b int) bool {
	if !s.newClause(a, b) || b+1 >= len(s.marks) {
		return false
	}
	next := &s.marks[b+1]
	return next.from-s.marks[b].to <= 1 && next.cue(cueAhead|cueBehind|cueRank|cueCooperate|cueRestrict|cueJoin|cueLeave|cueMember|cueGrow|cueFall)
}
