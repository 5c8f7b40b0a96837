package claim

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// remember keeps the full name of somebody whom the text let speak.
func (r *reader) remember(name string) {
	const most = 40
	if r.lexicon.language != "zh" && r.fullName(name) && !slices.Contains(r.speakers, name) {
		r.speakers = append(r.speakers[max(0, len(r.speakers)-most):], name)
	}
}

// fullNameOf is the full name of a speaker who is named by the last part of it,
// perhaps after a title: Mr Hurst; "" if none is known.
func (r *reader) fullNameOf(speaker string) string {
	words := strings.Fields(speaker)
	if len(words) == 0 || len(words) > 2 || len(words) == 2 && !addressed[strings.TrimSuffix(strings.ToLower(words[0]), ".")] {
		return ""
	}
	last := strings.TrimSuffix(words[len(words)-1], "'s")
	for k := len(r.speakers) - 1; k >= 0; k-- {
		full := r.speakers[k]
		if full != speaker && r.lexicon.language == "ru" && !strings.HasSuffix(full, " "+last) && sameSurname(full, last) {
			return nominative(full, last)
		}
		if full != speaker && (strings.HasSuffix(full, " "+last) || r.lexicon.language == "ru" && sameSurname(full, last)) {
			return full
		}
	}
	if r.capitals() {
		if full := r.surnames()[strings.ToLower(last)]; full != "" && full != speaker {
			return full
		}
		if r.lexicon.language == "ru" {
			for _, full := range r.fullNames() {
				if full != speaker && sameSurname(full, last) {
					return nominative(full, last)
				}
			}
		}
	}
	return ""
}

// sameSurname says whether a full Russian name ends in a surname, whatever its
// case.
func sameSurname(full, last string) bool {
	const least = 8 // bytes: four letters
	words := strings.Fields(full)
	surname := words[len(words)-1]
	n := 0
	for n < len(surname) && n < len(last) && surname[n] == last[n] {
		n++
	}
	return n >= least && len(surname)-n <= 4 && len(last)-n <= 6
}

// nominative gives a full Russian name of two words in the case in which its surname
// is given: Лейлу Ахундову, by Ахундова, is Лейла Ахундова.
func nominative(full, last string) string {
	words := strings.Fields(full)
	if len(words) != 2 {
		return full
	}
	first := words[0]
	endings := []string{"у", "а", "ы", "а", "е", "а", "ю", "я", "и", "я", "ой", "а", "ей", "я"}
	if !strings.HasSuffix(last, "а") && !strings.HasSuffix(last, "я") {
		endings = []string{"ом", "", "ем", "й", "а", "", "у", "", "е", "", "я", "й", "ю", "й"}
	}
	for i := 0; i < len(endings); i += 2 {
		if rest, ok := strings.CutSuffix(first, endings[i]); ok && utf8.RuneCountInString(rest) > 1 {
			first = rest + endings[i+1]
			break
		}
	}
	return first + " " + last
}

// addressed are titles before a surname.
var addressed = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "miss": true, "dr": true, "prof": true, "professor": true, "sir": true, "minister": true, "president": true, "السيد": true, "السيدة": true,
	"الوزير": true, "الوزيرة": true, "الدكتور": true, "الدكتورة": true, "المهندس": true, "المهندسة": true, "г-н": true, "г-жа": true, "господин": true, "госпожа": true, "министр": true, "профессор": true,
}

// titled says whether a title such as "professor" stands among tokens.
func (r *reader) titled(from, to int) bool {
	for _, m := range r.lexicon.marks(r.tokens[from:to]) {
		if m.has("title") {
			return true
		}
	}
	return false
}

// speaker is where the speaker is named beside a word of saying: after it where
// the quotation stands before, and before it in Chinese or where nothing
// follows. A quotation at -1 is none.
func (s *sentence) speaker(i, open, end int) (first, last int) {
	if open >= 0 && end < s.marks[i].from {
		if s.lexicon.language == "zh" {
			// the name stands in the last part: 分析师,清华大学教授李明说
			for t := s.marks[i].from - 1; t > end; t-- {
				if s.tokens[t].class == sign && s.tokens[t].key != "·" && s.tokens[t].key != "." && s.tokens[t].key != "-" && t < s.marks[i].from-1 {
					end = t
					break
				}
			}
		}
		if from, to := s.nameBetween(end+1, s.marks[i].from); to > from && !s.onlyPronoun(from, to) {
			return from, to
		}
	}
	from := s.marks[i].to
	to := from
	for to < len(s.tokens) && to-from < 12 && !s.endsName(to) {
		to++
	}
	most := min(len(s.tokens), from+24)
	if open >= from {
		most = min(most, open)
	}
	if a, b := s.apposition(from, to, most); b > 0 {
		return a, b
	}
	if to == from && to < len(s.tokens) && s.preposition(to) && s.lexicon.language != "zh" && (open < 0 || open < from) {
		for to < len(s.tokens) && to-from < 14 && (!s.endsName(to) || s.preposition(to)) {
			to++
		}
		return from, to
	}
	if to == from || s.onlyPronoun(from, to) || s.lexicon.language == "zh" || open > s.marks[i].from && to >= open {
		to = s.marks[i].from
		if to > 1 && s.tokens[to-1].key == "," && s.lexicon.language != "zh" {
			to--
		}
		from = to
		back := 14
		if s.lexicon.language == "zh" {
			back = 40
		}
		for from > 0 && to-from < back && !s.endsName(from-1) {
			from--
		}
	}
	if s.lexicon.language != "zh" && to-from <= 4 && from >= s.marks[i].to && !s.hasName(from, to) {
		for to < len(s.tokens) && to-from < 16 && (to < open || open < from) && (!s.endsName(to) || s.preposition(to) || s.tokens[to].key == `"` && to-from > 0) {
			to++
		}
	}
	if before := s.sayBefore(i); before >= 0 && to == s.marks[i].from && from > 0 && (s.tokens[from-1].key == "في" || s.sayingNoun(i) && s.tokens[from-1].class == word) {
		return s.speaker(before, -1, -1) // لخص عمر المسألة في ندوة حين قال
	}
	if s.lexicon.language == "ar" && i > 0 && to == s.marks[i].from && s.marks[i-1].to == to && s.marks[i-1].from <= from && s.marks[i-1].cue(cueSay) {
		return 0, 0 // وتابع قائلا
	}
	if from >= to || open >= 0 && from >= open && to <= end || s.onlyPronoun(from, to) {
		return 0, 0
	}
	if before := s.sayBefore(i); before >= 0 && s.marks[before].from == from && s.marks[before].to < to-1 {
		from = s.marks[before].to // صرح مدير المعهد قائلا
	}
	for from < to && s.tokens[from].class == sign {
		from++
	}
	return from, to
}

// sayBefore is the word of saying before another one in the sentence; -1 = none.
func (s *sentence) sayBefore(i int) int {
	for k := i - 1; k >= 0 && s.lexicon.language == "ar"; k-- {
		if s.marks[k].cue(cueSay) && !s.inQuote(s.marks[k].from) {
			return k
		}
	}
	return -1
}

// speakerName is the name of who says a quotation, beside a word of saying; ""
// where a pronoun or a role stands for one who was named before.
func (s *sentence) speakerName(i int, q *quote) string {
	if s.lexicon.language == "ar" {
		return s.arabicSpeaker(i, q)
	}
	from, to := s.speaker(i, q.open, q.end)
	name := s.name(from, to)
	if s.capitals() && !s.fullName(name) && s.somebody(i) {
		return "a " + name
	}
	if !s.capitals() || name != "" && s.fullNameOf(name) != "" {
		return name
	}
	if list := s.persons(from, to); name != "" && len(list) > 0 {
		last := list[len(list)-1]
		if own := s.textOf(last); strings.HasSuffix(name, " "+own) && slices.ContainsFunc(s.lexicon.marks(s.tokens[from:last.from]), func(m mark) bool { return m.has("title") || m.country() != "" }) {
			return own // премьер-министр Вьетнама Чан Минь
		}
		return name
	}
	if s.pronounBeside(i) {
		return ""
	}
	for t := from; t < to; t++ {
		switch s.tokens[t].key {
		case "his", "her", "their", "its", "его", "ее", "их":
			if t+1 < to && !s.capital(min(t+2, to-1)) {
				return "a " + name // his daughter
			}
		}
	}
	if w, ok := s.personBeside(i, q); ok {
		return s.textOf(w)
	}
	if name == "" || s.nameless(strings.ToLower(name)) {
		return name
	}
	single := false
	for t := from; t < to; t++ {
		if s.institution(t) {
			return "a " + name // said the ministry
		}
		single = single || s.capital(t) && !opening[s.tokens[t].key] && !s.titled(t, t+1)
	}
	if single {
		return name
	}
	return ""
}

// somebody says whether "one", "they" or the like stands right beside a word of
// saying.
func (s *sentence) somebody(i int) bool {
	for _, t := range []int{s.marks[i].from - 1, s.marks[i].to, s.marks[i].from - 2} {
		if t < 0 || t >= len(s.tokens) {
			continue
		}
		switch s.tokens[t].key {
		case "one", "they", "some", "others", "many", "it", "another", "они", "некоторые", "многие", "другие", "одни":
			return true
		}
	}
	return false
}

// pronounBeside says whether "he" or "she" stands right beside a word of saying.
func (s *sentence) pronounBeside(i int) bool {
	for _, t := range []int{s.marks[i].from - 1, s.marks[i].to, s.marks[i].from - 2} {
		if t < 0 || t >= len(s.tokens) {
			continue
		}
		switch s.tokens[t].key {
		case "he", "she", "он", "она":
			return true
		}
	}
	return false
}

// personBeside is the person named in the sentence of a word of saying, on the side
// on which the quotation does not stand, else on the other one.
func (s *sentence) personBeside(i int, q *quote) (words, bool) {
	m := &s.marks[i]
	var list []words
	if q.end < m.from {
		if list = s.persons(m.to, s.sentenceEnd(m.to)); len(list) > 0 {
			return list[0], true
		}
		list = s.persons(q.end+1, m.from)
	} else if list = s.persons(s.sentenceOf(m.from), m.from); len(list) == 0 {
		list = s.persons(m.to, q.open)
	}
	if len(list) == 0 {
		return words{}, false
	}
	return list[len(list)-1], true
}

// name is the text of the speaker's name among some tokens: in scripts with
// capitals the longest run of words that begin with one.
func (s *sentence) name(from, to int) string {
	if from >= to {
		return ""
	}
	return s.nameIn(from, to)
}

func (r *reader) nameIn(from, to int) string {
	if r.lexicon.language == "en" || r.lexicon.language == "ru" {
		best, most := [2]int{from, to}, 0
		for t := from; t < to; {
			end, words := t, 0
			for k := t; k < to && (r.capital(k) || words > 0 && r.joins(k)); k++ {
				if r.capital(k) {
					end, words = k+1, words+1
				} else if r.tokens[k].key == "-" && k+1 < to && r.tokens[k+1].class == word {
					k++
					end = k + 1
				}
			}
			if words > most || words == most && words > 0 && t > from {
				best, most = [2]int{t, end}, words
			}
			t = max(end, t+1)
		}
		if most == 1 && r.onlyPeople(best[0], best[1]) {
			return "a " + r.tokens[best[0]].key
		}
		if most == 0 && r.hasPronoun(from, to) {
			return ""
		}
		from, to = best[0], best[1]
	}
	if r.chinese() && to-from > 3 && (r.tokens[from].key == "据" || r.tokens[from].key == "在" || r.tokens[from].key == "用") {
		from++ // 据报告作者安娜·科瓦尔介绍
	}
	if r.onlyPronoun(from, to) || r.lexicon.language == "zh" && (pronoun[r.tokens[from].key] || strings.Contains("该这上据并还也则", r.tokens[from].key) && (r.tokens[from].key != "该" || to-from <= 5 || !r.titled(from, to))) {
		return ""
	}
	sp := r.span(from, to)
	return r.text[sp.From:sp.To]
}

// onlyPeople says whether tokens are no more than the name of a country or its
// people: the Kenyan president.
func (r *reader) onlyPeople(from, to int) bool {
	marks := r.lexicon.marks(r.tokens[from:to])
	return len(marks) == 1 && marks[0].country() != "" && marks[0].to == to-from
}

func (r *reader) capital(t int) bool {
	tok := &r.tokens[t]
	return tok.class == word && tok.upper && !pronoun[tok.key]
}

// joins says whether a token may stand within a name: a hyphen, the full stop
// of an initial, a small particle.
func (r *reader) joins(t int) bool {
	switch tok := &r.tokens[t]; tok.key {
	case "-", ".", "'":
		return true
	default:
		return particle[tok.key]
	}
}

// fullName says whether a name is more than one word.
func (r *reader) fullName(name string) bool {
	if r.lexicon.language == "zh" {
		return utf8.RuneCountInString(name) >= 2 && !strings.ContainsAny(name, "，,")
	}
	return strings.ContainsAny(strings.TrimSpace(name), " -")
}

// hasName says whether two words with capitals stand side by side among tokens,
// or, in Arabic, whether they are more than a title.
func (r *reader) hasName(from, to int) bool {
	if r.lexicon.language == "zh" {
		return to-from >= 2 && !pronoun[r.tokens[from].key]
	}
	if r.lexicon.language == "ar" {
		for t := from; t < to; t++ {
			if !strings.HasPrefix(r.tokens[t].key, "ال") {
				return to-from > 2 || to-from > 1 && !strings.HasPrefix(r.tokens[from].key, "ال") && !strings.HasPrefix(r.tokens[to-1].key, "ال")
			}
		}
		return false
	}
	for t := from; t < to; t++ {
		if r.capital(t) {
			return true
		}
	}
	return false
}

// preposition says whether a token begins the place or the occasion that stands
// between a title and a name.
func (r *reader) preposition(t int) bool {
	switch tok := &r.tokens[t]; tok.key {
	case "في", "in", "at", "on", "в", "на", "из", "по", "для", "خلال", "عقب":
		return tok.class == word
	}
	return false
}

// onlyPronoun says whether tokens are no more than a word that names nobody.
func (r *reader) onlyPronoun(from, to int) bool {
	for t := from; t < to; t++ {
		if tok := &r.tokens[t]; (tok.class == word || tok.class == han) && !pronoun[tok.key] {
			return false
		}
	}
	return true
}

func (r *reader) hasPronoun(from, to int) bool {
	for t := from; t < to; t++ {
		if pronoun[r.tokens[t].key] {
			return true
		}
	}
	return false
}

// nameBetween is the name that stands between a quotation and the word of
// saying: up to its first comma.
func (s *sentence) nameBetween(from, to int) (first, last int) {
	for from < to && s.tokens[from].class != word && s.tokens[from].class != han {
		from++
	}
	last = from
	for last < to && !s.endsName(last) {
		last++
	}
	if from, end := s.apposition(from, last, to); end > 0 {
		return from, end
	}
	return from, last
}

// apposition finds the name that stands between commas behind a title: "the oil
// minister, Tunde Balogun, told"; مدير المرصد في إسطنبول، كمال يلدز، أن. The title
// goes from from up to to; end is 0 where there is no such name.
func (s *sentence) apposition(from, to, most int) (first, end int) {
	const far, words = 12, 5
	if s.lexicon.language == "zh" || to <= from || s.lexicon.language != "ar" && s.hasName(from, to) {
		return 0, 0
	}
	for to < most && to-from < far && s.tokens[to].key != "," {
		if c := s.tokens[to].class; c != word || s.lexicon.language != "ar" && s.capital(to) && s.capital(min(to+1, most-1)) {
			return 0, 0
		}
		to++
	}
	if to >= most || s.tokens[to].key != "," {
		return 0, 0
	}
	first = to + 1
	for end = first; end < most && !s.endsName(end); end++ {
	}
	if end-first < 2 || end-first > words || end < len(s.tokens) && s.tokens[end].class == word && s.lexicon.language != "ar" {
		return 0, 0
	}
	if s.lexicon.language != "ar" && (!s.capital(first) || !s.capital(end-1)) || s.lexicon.language == "ar" && (strings.HasPrefix(s.tokens[first].key, "ال") || !s.titled(from, to) || s.titled(first, end) || s.counted1(first, end)) {
		return 0, 0
	}
	return first, end
}

// pronoun are words that stand for a speaker and name none.
var pronoun = map[string]bool{
	"he": true, "she": true, "they": true, "it": true, "он": true, "она": true, "они": true, "他": true, "她": true, "هو": true, "هي": true, "we": true, "i": true,
	"معاليه": true, "معاليها": true, "سعادته": true, "سعادتها": true, "سيادته": true, "سيادتها": true, "فخامته": true, "فخامتها": true, "جلالته": true, "سموه": true, "سموها": true, "دولته": true, "فضيلته": true, "نيافته": true, "حضرته": true, "لي": true,
	"me": true, "us": true, "reporters": true, "journalists": true, "parliament": true, "lawmakers": true, "delegates": true, "ему": true, "ей": true, "мне": true,
	"нам": true, "журналистам": true, "هكذا": true, "هذا": true, "ما": true, "لنا": true, "له": true, "لها": true, "وهكذا": true, "так": true, "thus": true, "also": true, "then": true, "и": true, "ايضا": true, "and": true, "но": true, "the": true,
	"также": true, "затем": true, "при": true, "этом": true, "has": true, "have": true, "was": true, "but": true,
}

// endsName says whether a token ends the naming of a speaker.
func (r *reader) endsName(t int) bool {
	switch tok := &r.tokens[t]; tok.class {
	case stop, line:
		return true
	case sign:
		return tok.key != "-" && tok.key != "." && tok.key != "·"
	case word:
		switch tok.key {
		case "علي":
			return strings.HasSuffix(r.text[tok.from:tok.to], "ى") // the preposition, not the name
		case "في", "إن", "ان", "بان", "خلال", "عقب", "امام", "that", "in", "at", "on", "to", "who", "during", "after", "что", "в", "на", "о", "во", "из", "для", "по":
			return true
		}
	}
	return false
}
