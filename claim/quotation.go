package claim

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// quote is a quotation: the tokens of its marks, and whether it has been told.
type quote struct {
	open, end int
	told      bool
}

// pairQuotes pairs the quotation marks of a text, the outermost only. Marks that
// open and close look alike when they are straight; one that is left open at
// the end of its paragraph opens nothing.
func (r *reader) pairQuotes() {
	least := 4 // tokens; less is a name
	if r.lexicon.language == "zh" {
		least = 7
	}
	var stack []int
	for t := range r.tokens {
		tok := &r.tokens[t]
		if tok.class == line {
			stack = stack[:0]
		}
		if tok.key != `"` || tok.to == tok.from {
			continue
		}
		mark, _ := utf8.DecodeRuneInString(r.text[tok.from:])
		if n := len(stack); n > 0 && r.closes(mark, stack[n-1]) {
			stack = stack[:n-1]
			if n == 1 && t-r.opened >= least {
				r.quotes = append(r.quotes, quote{open: r.opened, end: t})
			}
			continue
		}
		if strings.ContainsRune("»”」』", mark) {
			continue
		}
		if len(stack) == 0 {
			r.opened = t
		}
		stack = append(stack, t)
	}
}

// closes says whether a quotation mark closes the one that was opened last.
func (r *reader) closes(mark rune, open int) bool {
	opening, _ := utf8.DecodeRuneInString(r.text[r.tokens[open].from:])
	switch opening {
	case '«':
		return mark == '»'
	case '„':
		return mark == '“' || mark == '”'
	case '“':
		return mark == '”' || mark == '"'
	case '「', '『':
		return mark == '」' || mark == '』'
	}
	return mark == opening || mark == '”'
}

// quotations reads the quotations that stand beside a word of saying, with
// what is told of the speaker, and remembers whom the text let speak last.
func (s *sentence) quotations() {
	for i := range s.marks {
		if !s.marks[i].cue(cueSay) || s.inQuote(s.marks[i].from) {
			continue
		}
		q := s.quoteBeside(s.marks[i].from, s.marks[i].to)
		if q == nil {
			if from, to := s.speaker(i, -1, -1); from < to && s.hasName(from, to) {
				if name := s.nameIn(from, to); s.fullName(name) {
					s.lastSpeaker = name
					s.remember(name)
				}
			}
			continue
		}
		s.tellQuote(q, s.name(s.speaker(i, q.open, q.end)), "quotation")
	}
}

// tellQuote makes a claim of a quotation, of the one who spoke last where its
// speaker has no name.
func (r *reader) tellQuote(q *quote, speaker, rule string) {
	c := Claim{Kind: Quotation, Span: r.span(q.open, q.end+1), Speaker: speaker, Confidence: High, Rule: rule}
	switch {
	case r.fullNameOf(speaker) != "":
		c.Speaker, c.Confidence = r.fullNameOf(speaker), Medium
		r.lastSpeaker = c.Speaker
	case speaker == "" && r.lastSpeaker != "":
		c.Speaker, c.Confidence = r.lastSpeaker, Medium
	case r.nameless(speaker):
		c.Missing, c.Confidence = []string{"speaker"}, Low
	case speaker == "":
		c.Missing, c.Confidence = []string{"speaker"}, Low
	default:
		r.lastSpeaker = speaker
		r.remember(speaker)
	}
	q.told = true
	r.claim(c)
	r.markQuoted(c.Span)
}

// remember keeps the full name of somebody whom the text let speak.
func (r *reader) remember(name string) {
	if r.lexicon.language != "zh" && r.fullName(name) && !slices.Contains(r.speakers, name) {
		r.speakers = append(r.speakers, name)
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
		if full != speaker && (strings.HasSuffix(full, " "+last) || r.lexicon.language == "ru" && sameSurname(full, last)) {
			return full
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

// addressed are titles before a surname.
var addressed = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "miss": true, "dr": true, "prof": true, "professor": true, "sir": true, "minister": true, "president": true, "السيد": true, "السيدة": true,
	"الوزير": true, "الوزيرة": true, "الدكتور": true, "الدكتورة": true, "المهندس": true, "المهندسة": true, "г-н": true, "г-жа": true, "господин": true, "госпожа": true, "министр": true, "профессор": true,
}

// nameless says whether a speaker is told to be somebody: "an official", 一位商人,
// один из участников, أحد المسؤولين.
func (r *reader) nameless(speaker string) bool {
	for _, p := range []string{"一位", "一名", "某", "有", "多位", "业内", "one ", "a ", "an ", "another ", "один ", "одна ", "некоторые ", "أحد ", "إحدى ", "مصدر "} {
		if strings.HasPrefix(speaker, p) {
			return true
		}
	}
	return false
}

// inQuote says whether a token lies within a quotation.
func (r *reader) inQuote(t int) bool {
	k := r.quoteAfter(t)
	return k < len(r.quotes) && r.quotes[k].open < t
}

// quoteAfter is the first quotation that ends after a token.
func (r *reader) quoteAfter(t int) int {
	return sort.Search(len(r.quotes), func(i int) bool { return r.quotes[i].end > t })
}

// quoteBeside finds the quotation that ends before or begins after a word of
// saying, with no end of a sentence between.
func (s *sentence) quoteBeside(from, to int) *quote {
	before, after := 14, 30
	if s.lexicon.language == "zh" {
		before = 60
	}
	next := s.quoteAfter(from)
	for k := next - 1; k >= 0 && from-s.quotes[k].end <= before; k-- {
		if q := &s.quotes[k]; !q.told && q.end < from && !s.stopBetween(q.end+1, from) && s.spoken(q) {
			return q
		}
	}
	for k := next; k < len(s.quotes) && s.quotes[k].open-to <= after; k++ {
		q := &s.quotes[k]
		if q.told || q.open < to || q.open-to > after || s.stopBetween(to, q.open) {
			continue
		}
		if s.saysBetween(to, q.open) {
			return nil
		}
		if key := s.tokens[q.open-1].key; key != ":" && q.open-to > 1 && !s.spoken(q) {
			continue
		} else if key == ":" || leads[key] || q.open-to <= 1 || key == "," && q.open-to <= 14 || s.reported(to, q.open) {
			return q
		}
		return nil
	}
	return nil
}

// spoken says whether a Chinese quotation is somebody's words and no name or
// slogan, “人工智能+制造”行动: it ends like a sentence, or a comma follows, or it
// is long.
func (s *sentence) spoken(q *quote) bool {
	const long = 16
	if s.lexicon.language != "zh" {
		return true
	}
	if q.end-q.open > long || q.end+1 < len(s.tokens) && s.tokens[q.end+1].key == "," {
		return true
	}
	last := s.tokens[q.end-1]
	return last.class == stop || last.key == ","
}

// reported says whether "that" stands among tokens: he said that it was "…".
func (s *sentence) reported(from, to int) bool {
	for t := from; t < to; t++ {
		if leads[s.tokens[t].key] && s.tokens[t].key != "the" && s.tokens[t].key != "a" {
			return true
		}
	}
	return false
}

// saysBetween says whether another word of saying stands among tokens, outside
// quotations.
func (s *sentence) saysBetween(from, to int) bool {
	for i := range s.marks {
		if m := &s.marks[i]; m.from >= from && m.to <= to && m.cue(cueSay) && !s.inQuote(m.from) {
			return true
		}
	}
	return false
}

func (r *reader) stopBetween(from, to int) bool {
	for t := from; t < to; t++ {
		if r.tokens[t].class == stop || r.tokens[t].class == line {
			return true
		}
	}
	return false
}

// leads are words after which a quotation may begin without a colon.
var leads = map[string]bool{"that": true, "что": true, "ان": true, "بان": true, "the": true, "a": true}

// restQuotes reads the quotations beside which no known word of saying stands,
// by their punctuation: «…», — вздыхает Анна Белова; "…," sighs Ann White. The
// speaker must have a full name.
func (r *reader) restQuotes() {
	for k := range r.quotes {
		q := &r.quotes[k]
		if q.told {
			continue
		}
		t := q.end + 1
		switch r.lexicon.language {
		case "ru":
			for t < len(r.tokens) && r.tokens[t].key == "," {
				t++
			}
			if t >= len(r.tokens) || r.tokens[t].key != "-" {
				continue
			}
			t++
		case "zh":
			if key := r.tokens[q.end-1].class; key != stop {
				continue
			}
			end := t
			for end < len(r.tokens) && end-t < 40 && r.tokens[end].class != stop && r.tokens[end].class != line && r.tokens[end].key != "," {
				end++
			}
			if end < len(r.tokens) && r.tokens[end].class == stop && end-t > 4 && r.titled(t, end) {
				r.tellQuote(q, r.nameIn(t, end), "quotation-punctuation")
			}
			continue
		case "en":
			if key := r.tokens[q.end-1].key; key != "," && key != "?" && key != "!" {
				continue
			}
		default:
			continue
		}
		end := t
		for end < len(r.tokens) && end-t < 12 && !r.endsName(end) {
			end++
		}
		if end <= t {
			continue
		}
		if name := r.nameIn(t, end); r.fullName(name) {
			r.tellQuote(q, name, "quotation-punctuation")
		}
	}
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
	if before := s.sayBefore(i); before >= 0 && to == s.marks[i].from && from > 0 && s.tokens[from-1].key == "في" {
		return s.speaker(before, -1, -1) // لخص عمر المسألة في ندوة حين قال
	}
	if s.lexicon.language == "ar" && i > 0 && to == s.marks[i].from && s.marks[i-1].to == to && s.marks[i-1].from <= from && s.marks[i-1].cue(cueSay) {
		return 0, 0 // وتابع قائلا
	}
	if from >= to || open >= 0 && from >= open && to <= end || s.onlyPronoun(from, to) {
		return 0, 0
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
		if most == 0 && r.hasPronoun(from, to) {
			return ""
		}
		from, to = best[0], best[1]
	}
	if r.onlyPronoun(from, to) || r.lexicon.language == "zh" && (pronoun[r.tokens[from].key] || strings.Contains("该这上据并还也则", r.tokens[from].key)) {
		return ""
	}
	sp := r.span(from, to)
	return r.text[sp.From:sp.To]
}

func (r *reader) capital(t int) bool {
	tok := &r.tokens[t]
	return tok.class == word && tok.upper && !pronoun[tok.key]
}

// joins says whether a token may stand within a name: a hyphen, the full stop
// of an initial, a small particle.
func (r *reader) joins(t int) bool {
	switch tok := &r.tokens[t]; tok.key {
	case "-", ".", "'", "bin", "al", "de", "van", "von", "der", "da", "di", "del", "la", "el", "ibn", "оглы", "ибн", "аль", "фон", "де":
		return true
	}
	return false
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
	if s.lexicon.language != "ar" && (!s.capital(first) || !s.capital(end-1)) || s.lexicon.language == "ar" && (strings.HasPrefix(s.tokens[first].key, "ال") || !s.titled(from, to) || s.titled(first, end)) {
		return 0, 0
	}
	return first, end
}

// pronoun are words that stand for a speaker and name none.
var pronoun = map[string]bool{
	"he": true, "she": true, "they": true, "it": true, "он": true, "она": true, "они": true, "他": true, "她": true, "هو": true, "هي": true, "we": true, "i": true,
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

// markQuoted tells the claims that stand within a quotation.
func (r *reader) markQuoted(sp Span) {
	for i := len(r.out.Claims) - 1; i >= 0; i-- {
		c := &r.out.Claims[i]
		if c.Span.To < sp.From && c.Kind != Quotation {
			return // told in an earlier sentence
		}
		if c.Kind != Quotation && c.Span.From >= sp.From && c.Span.To <= sp.To {
			c.Quoted = true
		}
	}
}
