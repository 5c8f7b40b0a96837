package claim

import "strings"

// local says whether a figure in a sentence that names no country is one of a firm, a
// mill or of those who were asked, and not of the country that was told of before.
func (s *sentence) local(c *Claim) bool {
	if !s.capitals() || c.Kind == Rank {
		return false
	}
	if s.asked1(c) || s.ofGroup(c) || s.atWork(c) {
		return true
	}
	if len(s.units) > 0 {
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
		case ofFirm[key], t > from && takings[s.tokens[t-1].key] && firmOwns[key]:
			return true
		case t+2 < end && workplace(key) && s.placeBehind(t+1), t+1 < end && key == "города" && s.capital(t+1):
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
	return beginsWith(key, "анкет", "опрошен", "респондент", "опросник")
}

// ofFirm are words of the figures of firms.
var ofFirm = map[string]bool{
	"profit": true, "profits": true, "turnover": true, "payroll": true, "прибыль": true, "прибыли": true,
	"company's": true, "firm's": true, "airline's": true, "carrier's": true, "retailer's": true, "lender's": true, "shareholders": true, "dividend": true, "pre-tax": true,
	"дивиденды": true, "дивидендов": true, "акционерам": true, "акционеры": true, "акционеров": true,
}

// workplace says whether a word is one for a place of work or study.
func workplace(key string) bool {
	switch key {
	case "mill", "plant", "factory", "hospital", "clinic", "school", "college", "university", "port", "airport", "shipyard", "smelter", "refinery", "warehouse", "campus", "museum", "library", "mine", "city", "town", "municipality":
		return true
	}
	return beginsWith(key, "завод", "фабрик", "больниц", "клиник", "комбинат", "верф", "школ", "университет", "аэропорт", "шахт", "музе")
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

// sentHome is the only country of a sentence, to which money is told to have been sent
// home: emigrants sent two billion dollars home to Senegal.
func (s *sentence) sentHome(f *found) string {
	if !s.capitals() || f.Measure != Money && f.Measure != Percent || len(s.units) != 1 || s.units[0].alliance() {
		return ""
	}
	u := &s.units[0]
	if u.from < 2 {
		return ""
	}
	if f.Measure == Percent && s.marks[u.mark].to == f.from && u.oblique {
		return u.code // the wind will give Poland 42 percent
	}
	to, home := s.tokens[u.from-1].key, false
	if to != "to" && to != "в" {
		return ""
	}
	for t := max(s.sentenceOf(f.from), u.from-16); t < u.from; t++ {
		key := s.tokens[t].key
		home = home || key == "home" || key == "remittances" || key == "emigrants" || key == "домой" || strings.HasPrefix(key, "перевод") || strings.HasPrefix(key, "эмигрант")
	}
	if home {
		return u.code
	}
	return ""
}

// asked1 says whether a number is that of those who were asked: a survey of 1,500
// people polled in Uganda; опросили 1200 фермеров.
func (s *sentence) asked1(c *Claim) bool {
	const near = 3
	if c.Quantity.Measure != Number || c.Quantity.High > 1e5 {
		return false
	}
	at := s.tokenAt(c.Quantity.Span.From)
	for t := max(0, at-near); t < min(len(s.tokens), at+near+1); t++ {
		if k := s.tokens[t].class; t < at && (k == stop || k == line) {
			continue
		}
		switch key := s.tokens[t].key; {
		case asking(key), key == "questioned", strings.HasPrefix(key, "опроси"), strings.HasPrefix(key, "опрош"), key == "asked" && t < at:
			return true
		}
	}
	return false
}

// ofGroup says whether the figure is that of a firm which is named with its country:
// Thailand's Charoen Group earned two billion dollars.
func (s *sentence) ofGroup(c *Claim) bool {
	if c.Kind == Target || s.lexicon.language != "en" {
		return false
	}
	at := s.tokenAt(c.Quantity.Span.From)
	for t := at - 1; t > 1 && t > s.sentenceOf(at) && at-t < 12; t-- {
		if s.tokens[t].key == "," || s.tokens[t].key == ";" {
			return false
		}
		if firmWord[s.tokens[t].key] && s.capital(t) && s.capital(t-1) && s.tokens[t-1].class == word {
			return !s.saysBetween(t+1, at)
		}
	}
	return false
}

// firmWord are last words of the names of firms.
var firmWord = map[string]bool{
	"group": true, "motors": true, "airlines": true, "airways": true, "corporation": true, "corp": true, "inc": true, "ltd": true, "plc": true, "holding": true, "holdings": true, "industries": true, "electronics": true, "telecom": true, "steel": true, "pharma": true, "foods": true, "breweries": true,
}

// takings and firmOwns are words of what a firm takes: выручка компании.
var (
	takings  = map[string]bool{"выручка": true, "выручки": true, "оборот": true, "продажи": true, "доход": true, "доходы": true, "убыток": true, "убытки": true}
	firmOwns = map[string]bool{"компании": true, "фирмы": true, "концерна": true, "холдинга": true, "предприятия": true, "корпорации": true, "сети": true, "оператора": true}
)

// atWork says whether the country of a figure is no more than where one hospital, mill
// or port is: the hospital in Nairobi treated 12,000 patients.
func (s *sentence) atWork(c *Claim) bool {
	if c.Kind == Target || c.Quantity.Measure == Place {
		return false
	}
	at := s.tokenAt(c.Quantity.Span.From)
	for k := range s.units {
		u := &s.units[k]
		if u.code != c.Unit || u.from >= at || at-u.from > 10 || u.from < 2 {
			continue
		}
		before := s.tokens[u.from-1].key
		if s.lexicon.language == "en" && (before == "in" || before == "of") && workplace(s.tokens[u.from-2].key) || s.lexicon.language == "ru" && (oneWorkplace[before] || (before == "в" || before == "во") && oneWorkplace[s.tokens[u.from-2].key]) {
			return true
		}
	}
	return false
}

// oneWorkplace are words for one place of work, which in Russian do not also stand for
// many.
var oneWorkplace = map[string]bool{
	"завод": true, "заводе": true, "фабрика": true, "фабрике": true, "больница": true, "больнице": true, "аэропорт": true, "аэропорту": true, "университет": true, "университете": true, "порт": true, "порту": true, "шахта": true, "шахте": true, "комбинат": true, "комбинате": true, "музей": true, "музее": true, "клиника": true, "клинике": true, "верфь": true,
}
