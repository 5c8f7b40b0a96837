package claim

import "strings"

// wentTo is the country to which a place went: second place went to Israel and third
// to Canada.
func (s *sentence) wentTo(f *found) string {
	if s.lexicon.language != "en" || f.Measure != Place || f.to+1 >= len(s.tokens) {
		return ""
	}
	end, went := f.to, false
	switch s.tokens[end].key {
	case "went", "goes", "fell", "belongs", "belonged":
		end, went = end+1, true
	}
	if s.tokens[end].key != "to" {
		return ""
	}
	for t := f.from; t >= 0 && f.from-t < 16; t-- {
		key := s.tokens[t].key
		went = went || key == "went" || key == "goes" || key == "fell" || key == "gone"
	}
	for _, u := range s.units {
		if (u.from == end+1 || u.from == end+2 && s.tokens[end+1].key == "the") && went && !u.alliance() {
			return u.code
		}
	}
	return ""
}

// withIts is the country behind the comma of a clause that begins with "with" and
// speaks of what is "its": With 18% of its exports going to Germany, Austria.
func (s *sentence) withIts(f *found) string {
	const far = 14
	from := s.sentenceOf(f.from)
	if s.lexicon.language != "en" || from >= f.from || s.tokens[from].key != "with" {
		return ""
	}
	its := false
	for t := from; t < len(s.tokens) && t < f.to+far; t++ {
		its = its || s.tokens[t].key == "its"
		if s.tokens[t].key != "," || t < f.to {
			continue
		}
		for k := range s.units {
			if u := &s.units[k]; its && (u.from == t+1 || u.from == t+2 && s.tokens[t+1].key == "the") && !u.alliance() {
				return u.code
			}
		}
		return ""
	}
	return ""
}

// pronounOf says whether a Russian pronoun or "it" stands shortly before a quantity.
func (s *sentence) pronounOf(f *found) bool {
	const near = 4
	for t := f.from - 1; t >= 0 && f.from-t <= near; t-- {
		if c := s.tokens[t].class; c == stop || c == line {
			return false
		}
		switch s.tokens[t].key {
		case "он", "она", "оно", "it":
			return s.capitals()
		}
	}
	return false
}

// source is the only country of a clause where what flows into it or comes from it
// is told of: the flow into Bangladesh, departures from Bhutan, ввоз в Таджикистан.
func (s *sentence) source(f *found, from int) string {
	if !s.capitals() {
		return ""
	}
	code := ""
	for _, u := range s.units {
		if u.mark < from || u.mark >= f.at || u.alliance() {
			continue
		}
		if code != "" && u.from > 0 && (s.tokens[u.from-1].key == "to" || s.tokens[u.from-1].key == "в") {
			continue // exports from Vietnam to America
		}
		if code != "" || u.from < 2 {
			return ""
		}
		for t := s.marks[u.mark].to; t+1 < f.from; t++ {
			if next := s.tokens[t+1].key; s.tokens[t].key == "," && (next == "и" || next == "and" || next == "а" || next == "but") {
				return "" // приехали из России, и сектор вырос
			}
		}
		noun := s.tokens[u.from-2].key
		for t := u.from - 2; t >= 0 && u.from-t <= 5; t-- {
			if strings.HasPrefix(s.tokens[t].key, "import") || strings.HasPrefix(s.tokens[t].key, "purchase") || strings.HasPrefix(s.tokens[t].key, "импорт") || strings.HasPrefix(s.tokens[t].key, "ввоз") || strings.HasPrefix(s.tokens[t].key, "закуп") {
				noun = "imports"
			}
		}
		switch s.tokens[u.from-1].key {
		case "into", "for":
		case "from", "из":
			if noun == "imports" {
				return ""
			}
		case "в":
			enters := false
			for t := u.from - 2; t >= 0 && u.from-t <= 5; t-- {
				switch s.tokens[t].key {
				case "ввоз", "импорт", "приток", "инвестиции", "вложения", "въезд", "поток", "турпоток", "ввоза", "притока":
					enters = true
				}
			}
			if !enters {
				return ""
			}
		default:
			return ""
		}
		code = u.code
	}
	return code
}

// sourceAfter says whether a word of saying stands between a quantity outside
// quotations and a token: the country there is that of who said it.
func (s *sentence) sourceAfter(f *found, t int) bool {
	return s.capitals() && !s.inQuote(f.from) && s.saysBetween(f.to, t)
}

// tokenOf is the token behind the mark before a mark.
func (s *sentence) tokenOf(to int) int { return s.marks[to-1].to }

// closed says whether a figure of its own stands right before a country, so that
// the next one begins a new clause: лидирует Корея, Япония занимает второе место.
func (s *sentence) closed(k int) bool {
	for i := range s.found {
		if f := &s.found[i]; !f.year && f.to == s.units[k].from {
			return true
		}
	}
	return false
}

// compareds is the country of a Chinese share that another one is compared with:
// 远低于以色列的6.3%.
func (s *sentence) compareds(f *found) string {
	if s.lexicon.language != "zh" || f.Measure != Percent || s.marks[f.at].has("fraction") || f.from == 0 || s.tokens[f.from-1].key != "的" || s.worded(f) {
		return ""
	}
	for _, w := range s.units {
		if w.oblique && !w.alliance() && s.marks[w.mark].to == f.from-1 {
			return w.code
		}
	}
	return ""
}

// worded says whether a quantity is told in words.
func (s *sentence) worded(f *found) bool {
	for t := f.from; t < f.to; t++ {
		if s.tokens[t].class == digits {
			return false
		}
	}
	return true
}

// respective is the unit of a quantity where a sentence tells as many figures
// as it lists countries, and says "respectively".
func (s *sentence) respective(f *found) string {
	if !s.within(0, len(s.marks), cueRespectively) {
		return ""
	}
	before := s.list(func(u named) bool { return u.mark < f.at }, false)
	list := s.lastList(before)
	place, n := -1, 0
	for i := range s.found {
		g := &s.found[i]
		if g.year || g.Measure != f.Measure || len(list) == 0 || g.at < list[0].mark {
			continue
		}
		if g.at == f.at {
			place = n
		}
		n++
	}
	if place < 0 || n != len(list) || n < 2 {
		return ""
	}
	return list[place].code
}

// placed is the unit that stands right behind its place, at the head of a clause
// of its own: "in second place, Denmark"; на второй строчке Дания.
func (s *sentence) placed(f *found) string {
	if f.Measure != Place || s.lexicon.language == "zh" {
		return ""
	}
	for _, u := range s.units {
		if s.marks[u.mark].to == f.from && !u.alliance() && s.lexicon.language != "ar" && !s.marks[u.mark].has("people") {
			return u.code // with China second and Britain third
		}
	}
	end := f.to
	if f.next < len(s.marks) && s.marks[f.next].from == f.to && s.marks[f.next].cue(cueRank) {
		end = s.marks[f.next].to
	}
	for _, u := range s.units {
		if u.alliance() || u.oblique || u.from >= f.from && (u.from-end > 1 || s.arabic() && s.tied(u.from, "و")) {
			continue
		}
		if u.from > end && s.tokens[end].key == "," && s.ownPlace(&u) {
			return "" // он третий, Катар - шестой
		}
		if u.from >= end {
			return u.code
		}
		if u.mark < f.at && !s.signBetween(s.marks[u.mark].to, f.from, ",") && !s.signBetween(s.marks[u.mark].to, f.from, ";") {
			return ""
		}
	}
	return ""
}

// elided says whether a quantity of its own stands close behind a country, with no
// more than a dash between: на 8 процентов, в Испании - на 3; у Хорватии 42-е.
func (s *sentence) elided(u *named) bool {
	end := s.marks[u.mark].to
	if s.signBetween(end, min(end+1, len(s.tokens)), ",") {
		return false
	}
	for k := range s.found {
		if g := &s.found[k]; !g.year && g.from >= end && g.from-end <= 3 {
			return true
		}
	}
	return false
}

// attached is the country to which a quantity in brackets, or a place in a relative
// clause or an apposition, belongs: Austria (17th); Chad, which is 139th; the
// Philippines, now 56th; Чада, занявшего 139-е место.
func (s *sentence) attached(f *found) string {
	const most = 4
	if !s.capitals() || f.from < 2 {
		return ""
	}
	t := f.from - 1
	if s.tokens[t].key != "(" {
		if f.Measure != Place {
			return ""
		}
		for n := 0; t > 0 && n < most && s.tokens[t].key != ","; n++ {
			if key := s.tokens[t].key; !linking[key] && !attaching[key] && !relativeWord(key) && !strings.HasPrefix(key, "заняв") && !strings.HasPrefix(key, "занима") {
				return ""
			}
			t--
		}
		if t == f.from-1 || s.tokens[t].key != "," {
			return ""
		}
	}
	for k := range s.units {
		if u := &s.units[k]; s.marks[u.mark].to == t && !u.alliance() && (s.marks[u.mark].has("unit") || !s.marks[u.mark].has("people")) {
			return u.code
		}
	}
	return ""
}

// attaching are words between a country with a comma and its place.
var attaching = map[string]bool{
	"currently": true, "only": true, "at": true, "in": true, "number": true, "who": true, "come": true, "came": true, "comes": true, "placed": true, "last": true, "down": true, "up": true, "merely": true, "stuck": true, "on": true, "with": true,
	"лишь": true, "только": true, "на": true, "идущая": true, "идущий": true, "стоящая": true, "стоящий": true, "ставшая": true, "ставший": true, "ставшей": true,
}

// ownPlace says whether a place follows a country closely.
func (s *sentence) ownPlace(u *named) bool {
	end := s.marks[u.mark].to
	for k := range s.found {
		if g := &s.found[k]; g.Measure == Place && g.from >= end && g.from-end <= 2 {
			return true
		}
	}
	return false
}

// genitive says whether a country stands right after a quantity and owns it:
// in Arabic without a particle, in Russian a place "у Китая".
func (s *sentence) genitive(f *found, u named) bool {
	switch s.lexicon.language {
	case "ar":
		return u.from == f.to && !s.tied(u.from, "و")
	case "ru":
		return f.Measure == Place && s.tokens[u.from-1].key == "у"
	}
	return false
}

func (s *sentence) quantityBetween(f *found, mark int) bool {
	for _, g := range s.found {
		if g.at >= f.next && g.at < mark && !g.year {
			return true
		}
	}
	return false
}
