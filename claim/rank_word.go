package claim

import (
	"slices"
	"strings"
)

// spelled reads a place that is told in words which no list holds: "the world's
// second most visited", "the third-busiest", "leads the new table of ports", "is
// the largest exporter". n is the ordinal that was read up to a mark; 0 = none.
func (r *reader) superlativeEnd(t int) int {
	if r.lexicon.language != "en" || t+1 >= len(r.tokens) {
		return 0
	}
	if r.tokens[t].key == "-" {
		t++
	}
	switch tok := &r.tokens[t]; {
	case tok.class != word || tok.upper:
		return 0
	case tok.key == "most" || tok.key == "least":
		if t+1 < len(r.tokens) && r.tokens[t+1].class == word && r.tokens[t+1].key != "of" {
			return t + 2
		}
	case superlativeWord(tok.key):
		return t + 1
	}
	return 0
}

// superlativeWord says whether an English word is an adjective in its highest
// degree.
func superlativeWord(key string) bool {
	if !strings.HasSuffix(key, "est") || len(key) < 6 {
		return false
	}
	switch key {
	case "interest", "forest", "request", "harvest", "invest", "honest", "modest", "protest", "latest", "contest", "conquest", "midwest", "northwest", "southwest", "suggest", "digest", "reinvest", "arrest", "nearest", "earliest", "closest", "everest":
		return false
	}
	return true
}

// possessors are what owns the largest: the world's, the region's.
var possessors = map[string]bool{
	"world's": true, "region's": true, "continent's": true, "bloc's": true, "europe's": true, "asia's": true, "africa's": true, "globe's": true, "planet's": true, "gulf's": true, "america's": true, "eu's": true, "nordic": true, "balkans": true, "peninsula's": true,
}

// owned reads "the world's most visited" at a mark that is a possessor or, behind
// it, at the first mark of the superlative.
func (r *reader) worldsMost(marks []mark, at int) (found, bool) {
	m := &marks[at]
	if r.lexicon.language != "en" || m.to-m.from > 1 || !possessors[r.tokens[m.from].key] {
		return found{}, false
	}
	t := m.to
	if t < len(r.tokens) && r.tokens[t].key == "single" {
		t++
	}
	end := r.superlativeEnd(t)
	if end == 0 {
		return found{}, false
	}
	return r.placeTo(marks, at, end, 1), true
}

// bestInWorld reads "the happiest country in the world" and самая счастливая страна
// мира, at the mark that ends it.
func (r *reader) bestInWorld(marks []mark, at int) (found, bool) {
	const far = 6
	m := &marks[at]
	if r.lexicon.language == "ru" && (m.cue(cueCountry) || m.has("counted")) {
		t := m.from - 1
		if t < 1 || r.tokens[t].class != word || m.to >= len(r.tokens) || !strings.HasPrefix(r.tokens[t-1].key, "сам") || strings.HasSuffix(r.tokens[t-1].key, "их") {
			return found{}, false
		}
		switch r.tokens[m.to].key {
		case "мира", "планеты", "европы", "азии", "африки", "континента", "региона", "в":
			return r.placeFrom(marks, at, t-1), true
		}
		return found{}, false
	}
	if r.lexicon.language != "en" || !m.cue(cueWorld) || m.cue(cueTable) {
		return found{}, false
	}
	for t := m.from - 1; t > 0 && m.from-t <= far; t-- {
		tok := &r.tokens[t]
		if tok.class != word || tok.key == "of" || tok.key == "second" || tok.key == "third" {
			return found{}, false
		}
		if (superlativeWord(tok.key) || tok.key == "most") && r.tokens[t-1].key == "the" && m.from-t >= 2 {
			if t > 1 && r.tokens[t-2].key == "of" {
				return found{}, false // one of the happiest
			}
			return r.placeFrom(marks, at, t), true
		}
	}
	return found{}, false
}

// placeFrom is a first place in words from a token up to the end of a mark.
func (r *reader) placeFrom(marks []mark, at, from int) found {
	f := found{at: at, from: from, sure: true}
	f.Quantity = Quantity{Value: 1, High: 1, Precision: 0.5, Measure: Place}
	return r.close(marks, f, at+1)
}

// placeTo is a place in words from a mark up to a token.
func (r *reader) placeTo(marks []mark, at, end int, value float64) found {
	f := found{at: at, from: marks[at].from, sure: true}
	f.Quantity = Quantity{Value: value, High: value, Precision: 0.5, Measure: Place}
	next := at + 1
	for next < len(marks) && marks[next].from < end {
		next++
	}
	f = r.close(marks, f, next)
	if end > f.to {
		f.to = end
		f.Span = r.span(f.from, f.to)
	}
	return f
}

// heads reads "tops the new table", "leads a list of ports": a verb of leading
// whose object is a ranking, or that has none and stands in a sentence about one.
func (r *reader) heads(marks []mark, at int) (found, bool) {
	const far = 6
	m := &marks[at]
	if !m.has("heading") {
		return found{}, false
	}
	t := m.to
	if t < len(r.tokens) {
		switch r.tokens[t].key {
		case "of", "the", "this", "that", "its", "a", "both", "our", "their", "new", "этот", "новый", "общий", "мировой", "в", "по":
			for k := at + 1; k < len(marks) && marks[k].from-t <= far; k++ {
				if (marks[k].cue(cueTable) || marks[k].cue(cueWorld) && marks[k].from == t) && !r.signWithin(t, marks[k].from) {
					return r.placeTo(marks, at, m.to, 1), true
				}
			}
		}
	}
	if r.lexicon.language == "en" && r.ranked && t < len(r.tokens) && r.tokens[t].key == "it" {
		return r.placeTo(marks, at, m.to, 1), true
	}
	alone := t >= len(r.tokens) || r.tokens[t].class != word
	if r.lexicon.language == "ru" && at+1 < len(marks) && marks[at+1].from == t && marks[at+1].country() != "" {
		alone = true // лидирует Южная Корея
	}
	if alone && r.measured(marks) {
		return r.placeTo(marks, at, m.to, 1), true
	}
	if !alone {
		switch r.tokens[t].key {
		case "with", "followed", "and", "по", "с", "а", "и", "here", "again", "overall":
			alone = true
		}
	}
	if alone && slices.ContainsFunc(marks, func(m mark) bool { return m.cue(cueTable|cueRank|cueWorld) || m.has("ord") && m.from > t }) {
		return r.placeTo(marks, at, m.to, 1), true
	}
	return found{}, false
}

// largest reads крупнейшим экспортёром пшеницы, "the largest exporter of wheat": the
// first place among those who do so.
func (r *reader) largest(marks []mark, at int) (found, bool) {
	m := &marks[at]
	if !m.has("largest") || at > 0 && marks[at-1].has("ord") && marks[at-1].to == m.from {
		return found{}, false
	}
	for t := m.to; t < len(r.tokens) && t <= m.to+1; t++ {
		if r.role(r.tokens[t].key) {
			if key := r.tokens[m.to-1].key; strings.HasSuffix(key, "их") || r.lexicon.language == "en" && !r.definite(m.from) {
				return found{}, false
			}
			return r.placeTo(marks, at, m.to, 1), true
		}
	}
	return found{}, false
}

// definite says whether "the" stands before a token, and no "one of" before that.
func (r *reader) definite(t int) bool {
	return t > 1 && r.tokens[t-1].key == "the" && r.tokens[t-2].key != "of" && r.tokens[t-2].key != "among"
}

// role says whether a word tells what a country is in the world's economy.
func (r *reader) role(key string) bool {
	switch key {
	case "exporter", "producer", "importer", "consumer", "economy", "supplier", "buyer", "market", "manufacturer", "grower", "miner", "investor", "maker", "emitter", "seller", "lender", "donor":
		return true
	}
	if r.lexicon.language != "ru" {
		return false
	}
	return beginsWith(key, "экспортер", "импортер", "производител", "потребител", "экономик", "поставщик", "покупател", "рынок", "рынком", "держав", "добытчик", "инвестор", "страна", "страной", "донор", "кредитор", "продавц", "продавец")
}

// worldwide says whether an ordinal is followed by what a country is and by "of the
// world": четвёртая экономика мира.
func (r *reader) worldwide(f *found) bool {
	if !r.capitals() || f.to+1 >= len(r.tokens) || !r.role(r.tokens[f.to].key) {
		return false
	}
	if key := r.tokens[f.to].key; r.lexicon.language == "en" {
		return key != "market" && key != "economy" && key != "supplier" && key != "buyer"
	} else if strings.HasPrefix(key, "экспортер") || strings.HasPrefix(key, "импортер") || strings.HasPrefix(key, "производител") || strings.HasPrefix(key, "потребител") {
		return true
	}
	switch r.tokens[f.to+1].key {
	case "мира", "планеты", "европы", "азии", "африки", "континента", "региона", "евразии", "снг":
		return true
	}
	return false
}

// measured says whether a sentence tells by what it ranks: по числу патентов, in
// terms of output.
func (r *reader) measured(marks []mark) bool {
	const far = 40
	from, to := marks[0].from, marks[len(marks)-1].to
	for t := max(0, from-4); t+1 < min(len(r.tokens), to+far) && t < to; t++ {
		switch key := r.tokens[t+1].key; r.tokens[t].key {
		case "по":
			switch key {
			case "числу", "объему", "доле", "количеству", "уровню", "темпам", "добыче", "выпуску", "производству", "экспорту", "импорту", "площади", "населению", "запасам", "протяженности", "внедрению", "расходам", "показателю", "урожаю", "сбору", "поголовью", "потреблению", "продажам", "выработке", "качеству":
				return true
			}
		case "by":
			if key == "number" || key == "volume" || key == "share" || key == "output" || key == "value" || key == "size" {
				return true
			}
		case "terms":
			return key == "of"
		case "per":
			if key == "head" || key == "capita" {
				return true
			}
		}
	}
	return false
}

// signWithin says whether a sign or the end of a sentence stands among tokens.
func (r *reader) signWithin(from, to int) bool {
	for t := from; t < to; t++ {
		if c := r.tokens[t].class; c == sign && r.tokens[t].key != "-" && r.tokens[t].key != `"` || c == stop || c == line {
			return true
		}
	}
	return false
}

// lastOf says whether a number is that of all places and the last of them is meant:
// last of 27 countries, последним из двадцати участников.
func (r *reader) lastOf(marks []mark, f *found) bool {
	near := 4
	if r.capitals() {
		near = 8 // the bottom of a table of 40 countries
	}
	if f.year || f.Measure != Number || f.Value < 3 || f.Value > 300 || f.Value != float64(int(f.Value)) {
		return false
	}
	last, of := false, r.lexicon.language == "ru" && r.closesList(f)
	if of {
		return true
	}
	for t := f.from - 1; t >= 0 && f.from-t <= near; t-- {
		if c := r.tokens[t].class; c == sign || c == stop || c == line || c == digits {
			break
		}
		next := r.tokens[t+1].key
		beside := next == "of" || next == "among" || next == "out" || next == "из" || next == "среди"
		switch key := r.tokens[t].key; key {
		case "of", "among", "out", "из", "среди":
			of = true
		case "bottom":
			last = last || of
		case "last":
			last = last || of && beside
		default:
			last = last || of && (beside || strings.HasPrefix(next, "мест") || strings.HasPrefix(next, "строч")) && strings.HasPrefix(key, "последн")
		}
	}
	if !last || f.to >= len(r.tokens) {
		return false
	}
	if f.next < len(marks) && marks[f.next].from == f.to && marks[f.next].has("counted") {
		return true
	}
	switch key := r.tokens[f.to].key; key {
	case "members", "economies", "states", "nations", "participants", "places", "участников", "стран", "государств", "экономик", "мест":
		return true
	case "in", "on", "for", "and", "в", "на", "по", "и":
		return r.capitals()
	default:
		return r.tokens[f.to].class != word && (r.capitals() || r.lists(marks))
	}
}

// closesList says whether a Russian list of so many is told to be closed by a
// country: замыкает список из 62 стран Ангола.
func (r *reader) closesList(f *found) bool {
	if f.from < 3 || r.tokens[f.from-1].key != "из" {
		return false
	}
	switch key := r.tokens[f.from-2].key; {
	case strings.HasPrefix(key, "спис"), strings.HasPrefix(key, "рейтинг"), strings.HasPrefix(key, "таблиц"), strings.HasPrefix(key, "переч"):
		verb := r.tokens[f.from-3].key
		return strings.HasPrefix(verb, "замык") || strings.HasPrefix(verb, "замкн") || strings.HasPrefix(verb, "закрыва")
	}
	return false
}

// endsAt says whether a clause ends before a token.
func (r *reader) endsAt(t int) bool {
	return t >= len(r.tokens) || r.tokens[t].class != word && r.tokens[t].class != digits
}

// bare says whether a bare number is a place: in the ranking, Malta, at 14, is; from 25
// to 22 in the ranking.
func (r *reader) bare(marks []mark, all []found, i int) bool {
	f := &all[i]
	if r.lexicon.language != "en" || f.Measure != Number || f.year || f.Value > 200 || f.from < 2 || r.tokens[f.from].class != digits || f.to > f.from+1 {
		return false
	}
	if r.tokens[f.from-1].key == "at" && r.tokens[f.from-2].key == "," && r.endsAt(f.to) && r.countryEnds(marks, f.from-2) {
		return slices.ContainsFunc(marks, func(m mark) bool { return m.cue(cueRank|cueTable|cueWorld) || m.has("top") })
	}
	if i > 0 && all[i-1].Measure == Place && r.countryEnds(marks, f.from) && (r.endsAt(f.to) || r.tokens[f.to].key == "and") && !r.signAt(f.to, "%") {
		return true // Hungary ranks 35, Croatia 42
	}
	table := func(g *found) bool {
		return g.next < len(marks) && marks[g.next].from == g.to && marks[g.next].cue(cueWorld)
	}
	if i+1 < len(all) && r.tokens[f.from-1].key == "from" && all[i+1].Measure == Number && all[i+1].from-f.to == 1 && r.tokens[f.to].key == "to" {
		return table(&all[i+1]) && r.moved(marks)
	}
	return r.tokens[f.from-1].key == "to" && i > 0 && all[i-1].Measure == Place && f.from-all[i-1].to == 1 && table(f)
}

// signAt says whether a sign stands at a token.
func (r *reader) signAt(t int, sign string) bool {
	return t < len(r.tokens) && r.tokens[t].key == sign
}

// countryEnds says whether a country is named right before a token.
func (r *reader) countryEnds(marks []mark, t int) bool {
	for i := range marks {
		if marks[i].to == t && marks[i].country() != "" {
			return true
		}
	}
	return false
}

// goesTo says whether a place is told to have gone to a country: the top spot went to
// Switzerland, and the fifth to Korea.
func (r *reader) goesTo(marks []mark, f *found) bool {
	const far = 16
	t := f.to
	if t+1 >= len(r.tokens) {
		return false
	}
	switch r.tokens[t].key {
	case "went", "goes", "fell", "belongs", "belonged":
		return r.tokens[t+1].key == "to" && r.countryAt(marks, t+2)
	case "to":
		for k := f.from; k > 0 && f.from-k < far; k-- {
			if key := r.tokens[k].key; key == "went" || key == "goes" {
				return r.countryAt(marks, t+1)
			}
		}
	}
	return false
}

// countryAt says whether a country is named at a token, or behind "the" there.
func (r *reader) countryAt(marks []mark, t int) bool {
	if t < len(r.tokens) && r.tokens[t].key == "the" {
		t++
	}
	for i := range marks {
		if marks[i].from == t && marks[i].country() != "" {
			return true
		}
	}
	return false
}

// isSaidAfter says whether a superlative at the head of a sentence is said of the
// country behind the next comma: "As the world's second-largest buyer of gold, Poland".
func (r *reader) isSaidAfter(marks []mark, f *found) bool {
	const far = 8
	if r.lexicon.language != "en" {
		return false
	}
	head := false
	for t := f.from; t >= 0 && f.from-t <= 3; t-- {
		switch r.tokens[t].key {
		case "as", "already", "once", "long", "being":
			head = t == 0 || r.tokens[t-1].class == stop || r.tokens[t-1].class == line
		}
	}
	for t := f.to; head && t+1 < len(r.tokens) && t < f.to+far; t++ {
		if c := r.tokens[t].class; c == stop || c == line {
			return false
		}
		if r.tokens[t].key == "," {
			return r.countryAt(marks, t+1)
		}
	}
	return false
}

// predicate says whether an ordinal stands right behind a country, or behind a
// form of "to be" or a dash after it, with nothing after it: Ireland is third, Катар
// - шестой.
func (r *reader) predicate(marks []mark, f *found) bool {
	if f.from > 0 && f.Value > 10 && r.endsAt(f.to) {
		switch r.tokens[f.from-1].key {
		case "теперь", "сейчас", "сегодня", "now", "лишь":
			return true
		}
	}
	if f.to < len(r.tokens) && r.tokens[f.to].class == word {
		switch r.tokens[f.to].key {
		case "and", "while", "with", "but", "и", "а", "в", "in", "of", "among", "из", "среди", "behind", "after", "for", "at", "on", "this", "overall", "by", "по", "ahead":
		default:
			return false
		}
	}
	for i := f.at - 1; i >= 0; i-- {
		if marks[i].country() == "" {
			if f.from-marks[i].to > 3 {
				return false
			}
			continue
		}
		if marks[i].has("people") && !marks[i].has("unit") {
			return false
		}
		for t := marks[i].to; t < f.from; t++ {
			if tok := &r.tokens[t]; tok.key == "," && t+1 < f.from && (relativeWord(r.tokens[t+1].key) || r.tokens[t+1].key == "now") {
				continue
			} else if (tok.key == "," || tok.key == ":") && t+1 == f.from && f.Value > 10 && r.endsAt(f.to) {
				continue
			}
			if tok := &r.tokens[t]; !linking[tok.key] && tok.key != "-" && tok.key != "came" && tok.key != "finished" && tok.key != "come" && tok.key != "comes" && tok.key != "placed" && tok.key != "оказалась" && tok.key != "оказался" && tok.key != "оказались" && tok.key != "лишь" && tok.key != "только" && tok.key != "only" {
				return false
			}
		}
		return f.from-marks[i].to <= 4
	}
	return false
}
