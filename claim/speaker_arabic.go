package claim

import (
	"slices"
	"strings"
)

// arabicRest reads an Arabic quotation beside which no known word of saying was read
// with a name: a colon leads to it behind somebody with a title or behind a name that
// stands alone, as in an interview's headline: منى عبد الغفار: «…».
func (r *reader) arabicRest(q *quote) bool {
	if q.open < 2 || r.tokens[q.open-1].key != ":" || q.short {
		return false
	}
	from, to := r.sentenceOf(q.open), q.open-1
	if name := r.arabicPerson(from, to); name != "" {
		r.tellQuote(q, name, "quotation-colon")
		return true
	}
	return false
}

// arabicPerson is the name with its title that stands among tokens: a title and what
// follows it up to a preposition or a sign, or two to five words that are the whole of
// them and none of which the lexicon knows; "" if there is none.
func (r *reader) arabicPerson(from, to int) string {
	const most = 12
	for from < to && (r.tokens[from].class == sign || r.tokens[from].class == stop || r.tokens[from].key == `"`) {
		from++
	}
	marks := r.lexicon.marks(r.tokens[from:to])
	for k := len(marks) - 1; k >= 0; k-- {
		if !marks[k].has("title") {
			continue
		}
		for k > 0 && marks[k-1].has("title") && marks[k-1].to == marks[k].from {
			k--
		}
		start := from + marks[k].from
		end := start
		for end < to && end-start < most && !r.endsName(end) && !r.sideword(end) {
			end++
		}
		if r.namesSomebody(start, end) {
			return r.textOf(words{start, end})
		}
	}
	for _, m := range marks {
		if len(m.senses) > 0 || m.cues&^cueLately != 0 {
			return ""
		}
	}
	if n := to - from; n < 2 || n > 5 {
		return ""
	}
	for t := from; t < to; t++ {
		if r.tokens[t].class != word || r.sideword(t) || r.endsName(t) {
			return ""
		}
	}
	if strings.HasPrefix(r.tokens[from].key, "ال") || strings.HasPrefix(r.tokens[from].key, "و") && len(r.tokens[from].key) > 10 {
		return ""
	}
	return r.textOf(words{from, to})
}

// namesSomebody says whether tokens from a title on hold a name: a word without the
// article that no list knows as a title, a people or a pronoun, or the name behind the
// article of a title, الوزير العلوي.
func (r *reader) namesSomebody(from, to int) bool {
	t := from
	for t < to {
		senses, _, n := r.lexicon.match(r.tokens[:to], t)
		if n > 0 && (isTitle(senses) || namesPlace(senses)) || pronoun[r.tokens[t].key] {
			t += max(n, 1)
			continue
		}
		if r.tokens[t].class == word && !strings.HasPrefix(r.tokens[t].key, "ال") && !strings.HasPrefix(r.tokens[t].key, "لل") {
			return true
		}
		t++
	}
	return false
}

// sideword says whether a word begins what is told of how, when or to whom
// somebody spoke.
func (r *reader) sideword(t int) bool {
	key := r.tokens[t].key
	switch key {
	case "لدي", "بعد", "قبل", "مع", "عن", "من", "الي", "علي", "منذ", "حين", "عندما", "وهو", "وهي", "اذ", "كما", "مره", "ذات", "امس", "اليوم", "بينما", "التي", "الذي", "حول", "ردا", "اثر", "تعليقا", "بان", "ثم", "قايلا", "قايله", "بقوله", "بقولها", "قوله", "قولها", "مضيفا", "مضيفه":
		return key != "علي" || strings.HasSuffix(r.text[r.tokens[t].from:r.tokens[t].to], "ى")
	}
	return strings.HasPrefix(key, "للصح") || strings.HasPrefix(key, "لصح") || strings.HasPrefix(key, "لوكال") || strings.HasPrefix(key, "للجري") || strings.HasPrefix(key, "لجريد") || strings.HasPrefix(key, "بعبار") || strings.HasPrefix(key, "بنبر") || strings.HasPrefix(key, "بلهج") || strings.HasPrefix(key, "مبتسم") || strings.HasPrefix(key, "ضاحك")
}

// completeArabic gives the speakers who are named by the last part of their name only
// the full name that the text has elsewhere: عبد الغفار, of منى عبد الغفار.
func (r *reader) completeArabic() {
	for i := range r.out.Claims {
		c := &r.out.Claims[i]
		if c.Kind != Quotation || c.Speaker == "" {
			continue
		}
		short := r.withoutTitle(c.Speaker)
		if n := len(short); n == 0 || n > 2 || n == 2 && !compound[short[0]] {
			continue
		}
		if full := r.fullArabic(short); full != "" {
			c.Speaker = full
		}
	}
}

// compound are first halves of Arabic names of two words.
var compound = map[string]bool{"عبد": true, "ال": true, "بن": true, "ابن": true, "ابو": true, "بنت": true, "ابي": true, "ولد": true, "دي": true, "فان": true, "فون": true}

// withoutTitle are the words of a speaker's name, folded, without the titles before it.
func (r *reader) withoutTitle(name string) []string {
	tokens := tokenise(name)
	t := 0
	for t < len(tokens) {
		senses, _, n := r.lexicon.match(tokens, t)
		if n == 0 || !isTitle(senses) {
			break
		}
		t += n
	}
	var list []string
	for _, tok := range tokens[t:] {
		if tok.class == word {
			list = append(list, tok.key)
		}
	}
	return list
}

// fullArabic finds the first place of the text where a word that the lexicon does not
// know stands before a surname, and gives both; "" if there is none.
func (r *reader) fullArabic(surname []string) string {
	for t := 1; t+len(surname) <= len(r.tokens); t++ {
		if !slices.EqualFunc(r.tokens[t:t+len(surname)], surname, func(tok token, key string) bool { return tok.key == key }) {
			continue
		}
		first := t - 1
		tok := &r.tokens[first]
		if tok.class != word || len(tok.key) < 4 || strings.HasPrefix(tok.key, "ال") || r.sideword(first) || r.endsName(first) || pronoun[tok.key] {
			continue
		}
		if senses, cue, n := r.lexicon.match(r.tokens[:t], first); n > 0 && (len(senses) > 0 || cue != 0) {
			continue
		}
		if verbal(tok.key) {
			continue
		}
		return r.textOf(words{first, t + len(surname)})
	}
	return ""
}

// verbal says whether an Arabic word looks like a verb behind "and" or in the present:
// وضحكت, يمضي.
func verbal(key string) bool {
	return strings.HasPrefix(key, "و") && len(key) > 6 || strings.HasPrefix(key, "ف") && strings.HasSuffix(key, "ت") || strings.HasPrefix(key, "ت") && len(key) == 8
}

// sayingNoun says whether a mark is a participle or a noun of saying, whose subject stands
// before it: قائلا, قولها.
func (s *sentence) sayingNoun(i int) bool {
	switch s.tokens[s.marks[i].to-1].key {
	case "قايلا", "قايله", "قوله", "قولها", "قولهم", "بقوله", "بقولها", "مضيفا", "مضيفه", "موكدا", "موكده", "موضحا", "موضحه", "مشيرا", "مشيره", "معلقا", "معلقه", "محذرا", "محذره":
		return true
	}
	return false
}

// counted1 says whether a number or a cue stands among tokens, so that they are no
// name: وعددهم ثلاثون.
func (r *reader) counted1(from, to int) bool {
	for _, m := range r.lexicon.marks(r.tokens[from:to]) {
		if m.digits || numeric(m.senses) || m.has("what") {
			return true
		}
	}
	return false
}
