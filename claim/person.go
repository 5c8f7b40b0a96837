package claim

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// words are the tokens of a name, from up to to.
type words struct{ from, to int }

// persons finds the names of persons among tokens, outside quotations, in the
// order of the text: two words or more with capitals that name no country, no
// institution and no place. It needs a script with capitals.
func (r *reader) persons(from, to int) []words {
	var list []words
	if !r.capitals() {
		return nil
	}
	for t := from; t < to; {
		if r.tokens[t].key == `"` && r.inQuote(t+1) {
			t = r.quotes[r.quoteAfter(t+1)].end + 1
			continue
		}
		if !r.capital(t) {
			t++
			continue
		}
		end := r.nameRun(t, to)
		if w, ok := r.personIn(t, end); ok {
			list = append(list, w)
		}
		t = max(end, t+1)
	}
	return list
}

// capitals says whether the script of the language tells names by a capital.
func (r *reader) capitals() bool { return r.lexicon.language == "en" || r.lexicon.language == "ru" }

// nameRun is where the run of words with capitals ends that begins at a token.
func (r *reader) nameRun(t, to int) int {
	end := t
	for k := t; k < to; k++ {
		switch tok := &r.tokens[k]; {
		case r.capital(k) && (k == t || !strings.HasSuffix(r.tokens[k-1].key, "'s")):
			end = k + 1
		case tok.key == "-" && k > t && !tok.spaced && k+1 < to && r.tokens[k+1].class == word && !r.tokens[k+1].spaced:
			k++
			end = k + 1
		case tok.key == "." && tok.class == sign || particle[tok.key]:
		default:
			return end
		}
	}
	return end
}

// particle are small words within the names of persons.
var particle = map[string]bool{
	"bin": true, "al": true, "de": true, "van": true, "von": true, "der": true, "da": true, "di": true, "del": true, "la": true, "el": true, "ibn": true, "den": true, "dos": true, "du": true, "ter": true, "abu": true, "ul": true, "bint": true, "le": true, "y": true,
	"оглы": true, "ибн": true, "аль": true, "фон": true, "де": true, "бин": true, "бен": true, "ван": true, "дер": true, "да": true, "ди": true, "эль": true, "оглу": true, "кызы": true, "уулу": true, "ад": true, "ан": true, "ат": true, "аз": true, "ас": true, "эн": true, "эс": true, "эд": true, "эр": true, "ут": true, "ар": true, "аш": true, "дель": true,
}

// personIn is the name of a person in a run of words with capitals, without the
// titles and the words that begin the sentence before it.
func (r *reader) personIn(from, to int) (words, bool) {
	for t := from; t < to; {
		senses, _, n := r.lexicon.match(r.tokens[:to], t)
		first := &r.tokens[t]
		switch {
		case n > 0 && isTitle(senses), t == from && (first.key == "." || first.key == "-" || opening[first.key] || particle[first.key]):
			from = max(t+max(n, 1), from)
			t += max(n, 1)
			continue
		case n > 0 && namesPlace(senses):
			if t == from || n > 1 {
				from = t + n
				t += n
				continue
			}
		case r.institution(t) && t == from && r.ministerOf(from):
			from++
		case r.institution(t) && t == from && r.titled(t+1, min(t+2, to)):
			from = min(t+2, to) // Energy Minister Ibrahim Rasheed
			t++
		case r.institution(t):
			return words{}, false
		}
		t++
	}
	count := 0
	for t := from; t < to; t++ {
		if r.capital(t) && (utf8.RuneCountInString(r.tokens[t].key) > 1) {
			count++
		}
	}
	initials := to-from >= 3 && r.tokens[from+1].key == "."
	if count < 2 && (count < 1 || !initials) || r.behindArticle(from) {
		return words{}, false
	}
	return words{from, to}, true
}

// ministerOf says whether a run of words with capitals begins with what somebody is
// minister of: Minister of Electronics Ashwin Rao.
func (r *reader) ministerOf(from int) bool {
	if from < 2 || r.tokens[from-1].key != "of" && r.tokens[from-1].key != "for" {
		return false
	}
	return r.titled(from-2, from-1)
}

// behindArticle says whether a preposition of place, or in English an article, stands
// right before a name: in Silicon Valley, the Northern Lights.
func (r *reader) behindArticle(from int) bool {
	if from == 0 {
		return false
	}
	switch r.tokens[from-1].key {
	case "in", "at", "near", "the", "across", "через", "в", "во", "на":
		return true
	}
	return false
}

func isTitle(senses []sense) bool {
	for _, s := range senses {
		if s.class == "title" {
			return true
		}
	}
	return false
}

func namesPlace(senses []sense) bool {
	for _, s := range senses {
		if s.class == "unit" || s.class == "people" || s.class == "alliance" {
			return true
		}
	}
	return false
}

// institution says whether a word is one of names that are no person's, or made
// of capitals only.
func (r *reader) institution(t int) bool {
	key := strings.TrimSuffix(r.tokens[t].key, "'s")
	if noPerson[key] {
		return true
	}
	for _, p := range noPersonRussian {
		if strings.HasPrefix(key, p) && r.lexicon.language == "ru" {
			return true
		}
	}
	if r.lexicon.language == "ru" && wholeRussian[key] {
		return true
	}
	original := r.text[r.tokens[t].from:r.tokens[t].to]
	return utf8.RuneCountInString(original) > 1 && strings.ToUpper(original) == original && !strings.ContainsAny(original, "'’")
}

// noPerson are words of the names of institutions, places and days.
var noPerson = map[string]bool{
	"bank": true, "ministry": true, "institute": true, "university": true, "commission": true, "council": true, "agency": true, "union": true, "party": true, "academy": true, "association": true, "federation": true, "centre": true, "center": true, "company": true, "corporation": true, "group": true, "forum": true, "index": true, "report": true, "survey": true, "office": true, "department": true,
	"authority": true, "board": true, "chamber": true, "committee": true, "court": true, "house": true, "fund": true, "foundation": true, "bureau": true, "service": true, "services": true, "school": true, "college": true, "news": true, "times": true, "post": true, "street": true, "city": true, "river": true, "sea": true, "ocean": true, "gulf": true, "valley": true, "strait": true, "canal": true, "island": true, "islands": true,
	"act": true, "law": true, "plan": true, "programme": true, "program": true, "strategy": true, "initiative": true, "network": true, "alliance": true, "organisation": true, "organization": true, "summit": true, "conference": true, "development": true, "statistics": true, "north": true, "south": true, "east": true, "west": true, "northern": true, "southern": true, "eastern": true, "western": true, "middle": true, "central": true, "national": true, "international": true, "global": true, "world": true, "european": true, "african": true, "asian": true, "arab": true, "united": true, "european's": true, "new": true, "silicon": true, "electronics": true, "motors": true, "systems": true, "technologies": true, "airlines": true, "energy": true, "oil": true, "gas": true, //nolint:misspell // a word of the text
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true, "january": true, "february": true, "march": true, "april": true, "june": true, "july": true, "august": true, "september": true, "october": true, "november": true, "december": true,
}

// noPersonRussian are the beginnings of such words in Russian.
var noPersonRussian = []string{
	"банк", "министерств", "институт", "университет", "комисси", "совет", "агентств", "союз", "парти", "академи", "ассоциаци", "федераци", "центр", "компани", "корпораци", "групп", "форум", "индекс", "служб", "фонд", "высш", "государственн", "национальн", "международн", "мировой", "мирово", "всемирн", "европейск", "восточн", "западн", "северн", "южн",
	"востоковед", "новгород", "петербург", "залив", "област", "краев", "красноярск", "краснодар", "улиц", "завод", "комбинат", "палат", "госдум", "сенат", "кремл", "верховн", "центральн", "счетн", "росстат", "организаци", "конференци", "саммит", "стратеги", "программ", "ростов", "ближн", "дальн", "персидск", "латинск",
}

// wholeRussian are such words that also begin surnames: Кравчук, Думитру, Северин.
var wholeRussian = map[string]bool{
	"край": true, "края": true, "краю": true, "краем": true, "крае": true, "дума": true, "думы": true, "думе": true, "думу": true, "думой": true,
	"восток": true, "востока": true, "востоке": true, "востоку": true, "запад": true, "запада": true, "западе": true, "западу": true, "север": true, "севера": true, "севере": true, "северу": true,
}

// opening are words that begin a sentence and are no part of a name.
var opening = map[string]bool{
	"the": true, "a": true, "an": true, "in": true, "as": true, "at": true, "for": true, "on": true, "by": true, "to": true, "of": true, "from": true, "with": true, "but": true, "and": true, "yet": true, "so": true, "when": true, "while": true, "after": true, "before": true, "according": true, "asked": true, "like": true, "even": true, "only": true, "here": true, "there": true, "this": true, "that": true, "these": true, "those": true, "it": true, "he": true, "she": true, "they": true, "we": true, "his": true, "her": true, "its": true, "our": true, "my": true, "their": true, "nor": true, "not": true, "no": true, "if": true, "since": true, "still": true, "then": true, "thus": true, "unlike": true, "among": true, "perhaps": true, "one": true, "two": true, "three": true, "what": true, "who": true, "why": true, "how": true, "where": true, "former": true, "both": true, "some": true, "many": true, "most": true, "all": true, "last": true, "also": true, "mr": true, "mrs": true, "ms": true, "miss": true, "dr": true, "prof": true, "sir": true, "dame": true, "lord": true, "lady": true, "madam": true, "general": true, "sheikh": true, "datuk": true, "seri": true, "tan": true, "sri": true,
	"в": true, "во": true, "на": true, "по": true, "из": true, "как": true, "но": true, "а": true, "и": true, "для": true, "с": true, "со": true, "у": true, "к": true, "о": true, "об": true, "от": true, "до": true, "за": true, "при": true, "это": true, "эта": true, "этот": true, "эти": true, "так": true, "тот": true, "он": true, "она": true, "они": true, "мы": true, "его": true, "ее": true, "их": true, "наш": true, "наша": true, "после": true, "перед": true, "если": true, "когда": true, "пока": true, "хотя": true, "впрочем": true, "однако": true, "между": true, "среди": true, "еще": true, "уже": true, "сам": true, "сама": true, "только": true, "бывший": true, "бывшая": true, "господин": true, "госпожа": true, "доктор": true, "зато": true, "здесь": true, "там": true, "теперь": true, "раньше": true, "сегодня": true, "вчера": true,
}

// sentenceOf is where the sentence begins in which a token stands: behind the
// last end of a sentence outside quotations, at most so many tokens before.
func (r *reader) sentenceOf(t int) int {
	const far = 60
	for k := t - 1; k >= 0 && t-k < far; k-- {
		if c := r.tokens[k].class; c == line || c == stop && !r.inQuote(k) {
			return k + 1
		}
	}
	return max(0, t-far)
}

// sentenceEnd is where the sentence ends in which a token stands.
func (r *reader) sentenceEnd(t int) int {
	const far = 60
	k := t
	for k < len(r.tokens) && k-t < far {
		if c := r.tokens[k].class; c == line || c == stop && !r.inQuote(k) {
			break
		}
		k++
	}
	return k
}

// allPersons are the persons that the text names, in its order.
func (r *reader) allPersons() []words {
	if !r.peopleKnown {
		r.people, r.peopleKnown = r.persons(0, len(r.tokens)), true
	}
	return r.people
}

// fullNames are the persons of the text by name, each once.
func (r *reader) fullNames() []string {
	if r.allNames == nil {
		known := map[string]bool{}
		r.allNames = []string{}
		for _, w := range r.allPersons() {
			if name := r.textOf(w); !known[name] {
				known[name] = true
				r.allNames = append(r.allNames, name)
			}
		}
	}
	return r.allNames
}

// surnames are the full names of the persons of the text by their last word.
func (r *reader) surnames() map[string]string {
	if r.surname == nil {
		r.surname = map[string]string{}
		for _, w := range r.allPersons() {
			if last := r.tokens[w.to-1].key; r.surname[last] == "" {
				r.surname[strings.TrimSuffix(last, "'s")] = r.textOf(w)
			}
		}
	}
	return r.surname
}

// personBefore is the person of whom the text spoke last before a token: the
// first of the nearest sentence that names one, in the same paragraph or the one
// before.
func (r *reader) personBefore(t int) (words, bool) {
	const far = 110
	list := r.allPersons()
	k := sort.Search(len(list), func(i int) bool { return list[i].from >= t }) - 1
	if k < 0 || t-list[k].from > far {
		return words{}, false
	}
	lines := 0
	for i := list[k].to; i < t; i++ {
		if r.tokens[i].class == line {
			lines++
		}
	}
	if lines > 1 {
		return words{}, false
	}
	from := r.sentenceOf(list[k].from)
	for k > 0 && list[k-1].from >= from {
		k--
	}
	return list[k], true
}

// textOf is the text of a name, without a possessive ending.
func (r *reader) textOf(w words) string {
	sp := r.span(w.from, w.to)
	return strings.TrimSuffix(strings.TrimSuffix(r.text[sp.From:sp.To], "'s"), "’s")
}
