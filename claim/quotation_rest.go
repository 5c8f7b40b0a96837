package claim

import "strings"

// tagged says whether a quotation ends as one behind which a word of saying
// follows: "…," said; «…», — сказал.
func (r *reader) tagged(q *quote) bool {
	switch r.tokens[q.end-1].key {
	case ",", "?", "!":
		return true
	}
	if q.inner {
		return true
	}
	if q.end+1 >= len(r.tokens) || r.lexicon.language != "ru" && r.lexicon.language != "ar" {
		return false
	}
	next := r.tokens[q.end+1].key
	if r.lexicon.language == "ar" {
		return next == ","
	}
	return next == "," || next == "-" && r.tokens[q.end-1].class == stop
}

// fragment says whether a quotation is a part of a sentence of somebody's, and no
// title: it begins with a small letter, and no word stands before it that makes it
// a name.
func (r *reader) fragment(q *quote) bool {
	if !r.capitals() || q.short || q.open == 0 {
		return false
	}
	first := &r.tokens[q.open+1]
	if first.class != word || first.upper {
		return false
	}
	switch r.tokens[q.open-1].key {
	case "called", "named", "so-called", "titled", "entitled", "slogan", "motto", "word", "words", "phrase", "term", "reads", "read", "under", "called:", "лозунгом", "девизом", "названием", "слова", "слово":
		return false
	}
	return true
}

// restQuotes reads the quotations beside which no known word of saying stands: the
// second part of one that is split by its tag, a tag told by punctuation, a colon
// behind a person, a part of a sentence behind a verb of naming, a sentence that
// says whose view that is.
func (r *reader) restQuotes() {
	for k := range r.quotes {
		q := &r.quotes[k]
		if q.told {
			if q.speaker != "" {
				r.lastSpeaker, r.spokeAt = q.speaker, q.end
			}
			continue
		}
		if r.lexicon.language == "zh" {
			if k > 0 && r.goesOn(&r.quotes[k-1], q) {
				r.tellQuote(q, r.quotes[k-1].speaker, "quotation-split")
				continue
			}
			r.chineseRest(q)
			continue
		}
		if k > 0 && r.goesOn(&r.quotes[k-1], q) {
			r.tellQuote(q, r.quotes[k-1].speaker, "quotation-split")
			continue
		}
		if r.lexicon.language == "ar" && r.arabicRest(q) {
			continue
		}
		if !r.capitals() || r.tag(q) || q.short {
			continue
		}
		if r.colon(q) || r.naming(q) {
			continue
		}
		r.viewOf(q)
	}
	if r.lexicon.language == "ar" {
		r.completeArabic()
	}
	if r.chinese() {
		r.completeChinese()
	}
}

// goesOn says whether a quotation is the second part of the one before it, split by
// a tag: "…," said Weber, "…"; "…," said Weber. "…".
func (r *reader) goesOn(before, q *quote) bool {
	far := 24
	if r.chinese() {
		far = 44
	}
	if !before.told || before.speaker == "" || q.open-before.end > far || q.open-before.end < 3 {
		return false
	}
	stops := 0
	for t := before.end + 1; t < q.open; t++ {
		switch r.tokens[t].class {
		case line:
			return false
		case stop:
			stops++
		}
	}
	ended := r.tokens[q.end-1].class == stop || q.end+1 < len(r.tokens) && r.tokens[q.end+1].class == stop
	last := &r.tokens[q.open-1]
	if stops == 0 {
		return r.tagged(before) && (last.key == "," || last.key == "-" || last.key == ":")
	}
	return stops == 1 && last.class == stop && r.tagged(before) && ended
}

// tag reads the name that stands behind a quotation in a tag without a known word
// of saying: «…», — вздыхает Анна Белова; "…," sighs Ann White.
func (r *reader) tag(q *quote) bool {
	const far = 12
	t := q.end + 1
	firm := r.tagged(q)
	if r.lexicon.language == "ru" && !q.inner {
		for t < len(r.tokens) && r.tokens[t].key == "," {
			t++
		}
		if t >= len(r.tokens) || r.tokens[t].key != "-" {
			return false
		}
		t++
	} else if !firm {
		return false
	}
	end := t
	for end < len(r.tokens) && end-t < far && (!r.endsName(end) || firm && r.tokens[end].class != stop && r.tokens[end].class != line && r.tokens[end].key != `"`) {
		end++
	}
	if end <= t {
		return false
	}
	if list := r.persons(t, end); len(list) > 0 {
		r.tellQuote(q, r.textOf(list[0]), "quotation-punctuation")
		return true
	}
	for k := t; k < end && firm; k++ {
		if !r.capital(k) {
			continue
		}
		if full := r.fullNameOf(r.textOf(words{k, k + 1})); full != "" {
			r.tellQuote(q, full, "quotation-punctuation")
			return true
		}
	}
	return false
}

// colon reads a quotation behind a colon in whose sentence a person is named:
// Maria van der Berg was blunt: "…".
func (r *reader) colon(q *quote) bool {
	if q.open < 2 || r.tokens[q.open-1].key != ":" || !r.tokens[q.open+1].upper {
		return false
	}
	from := r.sentenceOf(q.open)
	if list := r.persons(from, q.open); len(list) > 0 {
		r.tellQuote(q, r.textOf(list[0]), "quotation-colon")
		return true
	}
	for t := from + 2; t < q.open-1; t++ {
		if key := r.tokens[t-1].key; r.capital(t) && !r.capital(t-1) && !r.capital(t+1) && !opening[r.tokens[t].key] && !r.institution(t) && kin[key] {
			r.tellQuote(q, r.textOf(words{t, t + 1}), "quotation-colon") // his daughter Elif
			return true
		}
	}
	for t := from; t < q.open; t++ {
		switch r.tokens[t].key {
		case "his", "her", "their", "его", "ее", "их":
			return false
		case "he", "she", "он", "она":
			if r.formerSpeaker(q) != "" {
				r.tellQuote(q, "", "quotation-colon")
				return true
			}
		}
	}
	return false
}

// kin are words before the first name of somebody.
var kin = map[string]bool{
	"daughter": true, "son": true, "brother": true, "sister": true, "wife": true, "husband": true, "colleague": true, "neighbour": true, "friend": true, "mother": true, "father": true, "cousin": true,
	"дочь": true, "сын": true, "брат": true, "сестра": true, "жена": true, "муж": true, "сосед": true, "соседка": true, "коллега": true, "мать": true, "отец": true,
}

// naming reads a part of a sentence in quotation marks behind a verb of naming
// or saying whose subject is a person: Weber calls the plan "a bridge from both banks".
func (r *reader) naming(q *quote) bool {
	if !r.fragment(q) {
		return false
	}
	from := r.sentenceOf(q.open)
	for t := q.open - 1; t >= from; t-- {
		if r.tokens[t].class != word || r.inQuote(t) {
			continue
		}
		senses, cue, n := r.lexicon.match(r.tokens[:q.open], t)
		if n == 0 || cue&cueSay == 0 && !hasClass(senses, "naming") {
			continue
		}
		list := r.persons(from, t)
		if len(list) > 0 {
			r.tellQuote(q, r.textOf(list[len(list)-1]), "quotation-naming")
			return true
		}
		if t > from {
			switch r.tokens[t-1].key {
			case "he", "she", "он", "она":
				if r.formerSpeaker(q) != "" {
					r.tellQuote(q, "", "quotation-naming")
					return true
				}
			}
		}
	}
	if first := &r.tokens[from]; first.key == "for" || first.key == "to" || first.key == "для" {
		if list := r.persons(from, q.open); len(list) > 0 && list[0].from-from <= 4 {
			r.tellQuote(q, r.textOf(list[0]), "quotation-naming") // to Lars Eriksson, the rule is
			return true
		}
	}
	return false
}

func hasClass(senses []sense, class string) bool {
	for _, s := range senses {
		if s.class == class {
			return true
		}
	}
	return false
}

// viewOf reads the sentence behind a quotation that tells whose view it is: "…."
// That is the view of Helen Marsh.
func (r *reader) viewOf(q *quote) {
	const far = 14
	t := q.end + 1
	if t >= len(r.tokens) || r.tokens[q.end-1].class != stop && r.tokens[t].class != stop && r.tokens[t].key != ":" {
		return
	}
	if r.tokens[t].class == stop || r.tokens[t].key == ":" {
		t++
	}
	if t >= len(r.tokens) || !view[r.tokens[t].key] {
		return
	}
	end := min(t+far, r.sentenceEnd(t))
	if !r.opinion(t, end) {
		return
	}
	if list := r.persons(t, end); len(list) > 0 {
		r.tellQuote(q, r.textOf(list[0]), "quotation-view")
	}
}

// view are words that begin a sentence about what was said.
var view = map[string]bool{
	"that": true, "this": true, "these": true, "those": true, "so": true, "thus": true, "such": true, "with": true, "it": true,
	"это": true, "эти": true, "эту": true, "этими": true, "этой": true, "так": true, "такова": true, "таково": true, "таким": true, "этот": true, "с": true,
}

// opinion says whether a word for something said stands among tokens.
func (r *reader) opinion(from, to int) bool {
	for t := from; t < to; t++ {
		key := r.tokens[t].key
		switch key {
		case "view", "opinion", "verdict", "words", "argument", "how", "motto", "line", "answer", "conclusion", "warning", "advice", "мнение", "слова", "слов", "словами", "фразу", "фраза", "фразой", "вывод", "ответ", "говорит", "говорил", "говорила", "считает", "думает", "says", "said", "puts", "put", "sums", "summed", "begins", "began", "ends", "ended", "opens", "opened":
			return true
		}
		if strings.HasPrefix(key, "сформулир") {
			return true
		}
	}
	return false
}

// singleQuotes pairs single quotation marks in a text that has no double ones: the
// first stands behind a space, the last behind a stop or a comma, so that it is no
// apostrophe.
func (r *reader) singleQuotes() {
	const least, most = 4, 150
	if r.lexicon.language != "en" || len(r.quotes) > 0 {
		return
	}
	open := -1
	for t := range r.tokens {
		tok := &r.tokens[t]
		switch {
		case tok.class == line || open >= 0 && t-open > most:
			open = -1
		case tok.key != "'":
		case open < 0 && (tok.spaced || t == 0 || r.tokens[t-1].class == line) && t+1 < len(r.tokens) && !r.tokens[t+1].spaced:
			open = t
		case open >= 0 && !tok.spaced && (r.tokens[t-1].class == stop || r.tokens[t-1].key == ","):
			if t-open >= least {
				r.quotes = append(r.quotes, quote{open: open, end: t})
			}
			open = -1
		}
	}
}

// innerTags splits Russian quotations that hold their tag: «Деньги есть, — вздыхает
// ректор, — людей нет».
func (r *reader) innerTags() {
	const most = 16
	if r.lexicon.language != "ru" {
		return
	}
	all := r.quotes
	kept := make([]quote, 0, len(all))
	r.quotes = nil // names within quotations are looked for
	for _, q := range all {
		first := r.dash(q.open+1, q.end)
		second := -1
		if first > 0 {
			second = r.dash(first+1, q.end)
		}
		if second < 0 || second-first > most || second-first < 3 || q.end-second < 2 || !r.saysWithin(first+1, second) && len(r.persons(first+1, second)) == 0 {
			kept = append(kept, q)
			continue
		}
		kept = append(kept, quote{open: q.open, end: first, short: first-q.open < 4, inner: true}, quote{open: second, end: q.end, short: q.end-second < 4, inner: true})
	}
	r.quotes = kept
}

// dash is the first dash behind a comma or the end of a sentence among tokens;
// -1 if there is none.
func (r *reader) dash(from, to int) int {
	for t := from + 1; t < to; t++ {
		if before := &r.tokens[t-1]; r.tokens[t].key == "-" && r.tokens[t].spaced && (before.class == stop || before.key == ",") {
			return t
		}
	}
	return -1
}

// saysWithin says whether a word of saying stands among tokens.
func (r *reader) saysWithin(from, to int) bool {
	for _, m := range r.lexicon.marks(r.tokens[from:to]) {
		if m.cue(cueSay) {
			return true
		}
	}
	return false
}
