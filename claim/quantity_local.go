package claim

import "strings"

// local says whether a figure in a sentence that names no country is one of a firm, a
// mill or of those who were asked, and not of the country that was told of before.
func (s *sentence) local(c *Claim) bool {
	if !s.capitals() || c.Kind == Rank || len(s.units) > 0 {
		return false
	}
	at := s.tokenAt(c.Quantity.Span.From)
	from, end := s.sentenceOf(at), s.sentenceEnd(at)
	if s.firmHeads(from, at) {
		return true
	}
	for t := from; t < end; t++ {
		key := s.tokens[t].key
		switch {
		case asking(key):
			return true
		case ofFirm[key]:
			return true
		case t+2 < end && workplace(key) && s.placeBehind(t+1):
			return true
		}
	}
	return false
}

// firmHeads says whether a sentence begins with a name of several words that is
// neither a country nor somebody who speaks: Altai Power gained 4 percent.
func (s *sentence) firmHeads(from, at int) bool {
	for from < at && (s.tokens[from].class == sign || s.tokens[from].key == "shares" || s.tokens[from].key == "бумаги") {
		from++
	}
	end := from
	for end < at && s.capital(end) {
		end++
	}
	if end-from < 2 || end >= at || opening[s.tokens[from].key] || s.tokens[end].class != word {
		return false
	}
	for i := range s.marks {
		m := &s.marks[i]
		if m.from < end && m.to > from && (m.has("title") || m.has("alliance") || m.country() != "") {
			return false
		}
		if m.cue(cueSay) && m.from >= end && m.from <= end+1 {
			return false
		}
	}
	return true
}

// asking says whether a word tells of people or firms that were asked.
func asking(key string) bool {
	switch key {
	case "questionnaire", "questionnaires", "respondents", "respondent", "polled", "interviewed", "interviewees", "surveyed", "replied":
		return true
	}
	for _, p := range []string{"анкет", "опрошен", "респондент", "опросник"} {
		if strings.HasPrefix(key, p) {
			return true
		}
	}
	return false
}

// ofFirm are words of the figures of firms.
var ofFirm = map[string]bool{
	"company's": true, "firm's": true, "airline's": true, "carrier's": true, "retailer's": true, "lender's": true, "shareholders": true, "dividend": true, "pre-tax": true,
	"дивиденды": true, "дивидендов": true, "акционерам": true, "акционеры": true, "акционеров": true,
}

// workplace says whether a word is one for a place of work or study.
func workplace(key string) bool {
	switch key {
	case "mill", "plant", "factory", "hospital", "clinic", "school", "college", "university", "port", "airport", "shipyard", "smelter", "refinery", "warehouse", "campus", "museum", "library", "mine":
		return true
	}
	for _, p := range []string{"завод", "фабрик", "больниц", "клиник", "комбинат", "верф", "школ", "университет", "аэропорт", "шахт", "музе"} {
		if strings.HasPrefix(key, p) {
			return true
		}
	}
	return false
}

// placeBehind says whether "in" or "of" and a name stand at a token.
func (s *sentence) placeBehind(t int) bool {
	switch s.tokens[t].key {
	case "in", "at", "near", "of", "outside", "в", "во", "под", "близ":
		return s.capital(t + 1)
	}
	return false
}

// recently says whether "in the last three months" stands shortly before a figure, in
// its clause: it has not the year of the clause before.
func (s *sentence) recently(f *found) bool {
	const near = 9
	if !s.capitals() {
		return false
	}
	for t := f.from - 1; t > 0 && f.from-t <= near; t-- {
		tok := &s.tokens[t]
		if tok.class == stop || tok.class == line || tok.key == "," || tok.key == ";" {
			return false
		}
		switch tok.key {
		case "months", "weeks", "quarters", "days", "месяца", "месяцев", "недели", "недель", "квартала", "кварталов", "полгода", "полугодие", "месяц", "квартал":
		default:
			continue
		}
		for k := t - 1; k >= 0 && t-k <= 3; k-- {
			switch s.tokens[k].key {
			case "last", "past", "previous", "последние", "последних", "прошедшие", "минувшие", "последний", "последнее":
				return true
			}
		}
	}
	return false
}
