package claim

import "strings"

// ofList says whether a number tells how many a list or a ranking holds: in a list
// of 52 destinations; в списке 119 направлений; it is a place itself nowhere.
func (r *reader) ofList(f *found) bool {
	const near = 4
	if !r.capitals() || f.year || f.Measure != Number || f.Value < 3 || f.Value > 300 || f.Value != float64(int(f.Value)) || f.from < 2 || f.to >= len(r.tokens) || r.tokens[f.to].class != word || r.tokens[f.to].upper || smallWords[r.tokens[f.to].key] {
		return false
	}
	t := f.from - 1
	switch r.tokens[t].key {
	case "of", "among", "covering", "across", "из", "среди":
		t--
	default:
		if r.lexicon.language == "en" {
			return false
		}
	}
	for n := 0; t >= 0 && n < near && r.tokens[t].class == word; n++ {
		if tableNoun(r.tokens[t].key) {
			return true
		}
		if r.lexicon.language == "en" {
			return false
		}
		t--
	}
	return false
}

// tableNoun says whether a word is one for a list in an order.
func tableNoun(key string) bool {
	switch key {
	case "list", "index", "ranking", "rankings", "table", "league", "rating", "survey", "comparison", "scoreboard", "field":
		return true
	}
	return beginsWith(key, "списк", "список", "рейтинг", "таблиц", "перечн", "индекс", "сравнени")
}

// headsPlaces says whether a number of countries stands before a colon, behind which their
// places are told: данные по 31 стране: Эстония; figures for 31 countries: Estonia.
func (r *reader) headsPlaces(marks []mark, f *found) bool {
	const near = 3
	if !r.capitals() || f.from == 0 || !r.countries(marks, f) {
		return false
	}
	switch r.tokens[f.from-1].key {
	case "по", "for", "from", "on", "of":
	default:
		return false
	}
	for t := f.to; t < len(r.tokens) && t <= f.to+near; t++ {
		if r.tokens[t].key == ":" {
			return true
		}
	}
	return false
}

// listTotal is how many a list holds that a sentence names before the place of a
// country in it, and where; 0 if it names none, or a list only behind the place.
func (r *reader) listTotal(marks []mark, all []found) (int, *found) {
	for i := range all {
		f := &all[i]
		if f.year || !r.ofList(f) && (f.Measure != Number || !r.headsPlaces(marks, f)) {
			continue
		}
		for k := range all {
			if all[k].Measure != Place || all[k].year || all[k].Value > f.Value {
				continue
			}
			if k < i {
				return 0, nil
			}
			list := *f
			return int(f.Value), &list
		}
	}
	return 0, nil
}

// keyBetween says whether a sign stands among tokens.
func (r *reader) keyBetween(from, to int, sign string) bool {
	for t := from; t < to; t++ {
		if r.tokens[t].key == sign {
			return true
		}
	}
	return false
}

// cameLast says whether a country is told to have come last in the list whose number
// was told before, and which: in a ranking of 47 grids Mongolia came last.
func (r *reader) cameLast(marks []mark, f *found) string {
	const far = 24
	if !r.ofList(f) && !r.amongAll(marks, f) {
		return ""
	}
	for t := f.to + 1; t < len(r.tokens) && t < f.to+far; t++ {
		if c := r.tokens[t].class; c == stop || c == line {
			return ""
		}
		key, at := r.tokens[t].key, t-1
		switch {
		case !lastVerb[r.tokens[at].key]:
			continue
		case key == "last":
		case strings.HasPrefix(key, "последн"):
			if t+1 < len(r.tokens) && strings.HasPrefix(r.tokens[t+1].key, "мест") {
				t++
			}
		default:
			continue
		}
		if at > 0 && r.tokens[at-1].key == "на" {
			at--
		}
		for i := range marks {
			if marks[i].to == at && marks[i].country() != "" && (r.endsAt(t+1) || smallWords[r.tokens[t+1].key]) {
				return marks[i].country()
			}
		}
		return ""
	}
	return ""
}

// amongAll says whether a number of countries stands behind "of" or "among": of the 31
// countries surveyed.
func (r *reader) amongAll(marks []mark, f *found) bool {
	if !r.capitals() || f.year || f.Measure != Number || f.Value < 3 || f.Value > 300 || f.from == 0 || !r.countries(marks, f) {
		return false
	}
	t := f.from - 1
	if r.tokens[t].key == "the" && t > 0 {
		t--
	}
	switch r.tokens[t].key {
	case "of", "among", "из", "среди":
		return true
	}
	return false
}

// listing says whether an ordinal counts paragraphs or things and no places: "Third,
// the ministry"; "The first of 12 reactors".
func (r *reader) listing(marks []mark, all []found, i int) bool {
	f := &all[i]
	if !r.capitals() || f.Measure != Place || f.to >= len(r.tokens) {
		return false
	}
	head := f.from == 0 || r.tokens[f.from-1].class == stop || r.tokens[f.from-1].class == line
	if head && !f.sure && r.tokens[f.to].key == "," && f.to+1 < len(r.tokens) {
		switch r.tokens[f.to+1].key {
		case "with", "behind", "ahead", "just", "after", "с", "со", "за", "сразу", "опередив", "позади", "уступив", "at", "on":
			return false
		}
		return true
	}
	if r.hoped(f) {
		return true
	}
	the := f.from
	if r.tokens[the].key != "the" {
		the--
	}
	if r.lexicon.language != "en" || the < 0 || r.tokens[the].key != "the" || the > 0 && r.tokens[the-1].class == word || i+1 >= len(all) || r.tokens[f.to].key != "of" {
		return false
	}
	of := &all[i+1]
	if of.Measure != Number || of.from-f.to > 2 || of.to >= len(r.tokens) || r.tokens[of.to].class != word || r.countries(marks, of) {
		return false
	}
	of.Measure = "" // nor are the twelve a figure of their own
	return true
}

// lastVerb are words between a country and "last".
var lastVerb = map[string]bool{
	"came": true, "comes": true, "is": true, "was": true, "finished": true, "finishes": true, "ranked": true, "ranks": true, "placed": true, "stands": true, "stood": true,
	"занял": true, "заняла": true, "заняло": true, "занимает": true, "стоит": true, "идет": true, "стала": true, "стал": true, "стало": true, "оказалась": true, "оказался": true, "осталась": true, "остался": true, "оказалось": true, "осталось": true,
}

// measures says whether a Russian number in a sentence with a verb that also tells of
// places counts something: идёт сорок километров.
func (r *reader) measures(marks []mark, f *found) bool {
	if r.lexicon.language != "ru" || f.Measure != Number || f.to >= len(r.tokens) || r.tokens[f.to].class != word || smallWords[r.tokens[f.to].key] || r.tokens[f.to].upper {
		return false
	}
	return f.next >= len(marks) || marks[f.next].from > f.to
}

// hoped says whether a place is one that a country wants: wants to be first by 2030;
// хочет стать первой.
func (r *reader) hoped(f *found) bool {
	if f.from < 2 {
		return false
	}
	switch r.tokens[f.from-1].key {
	case "be", "become":
		return r.tokens[f.from-2].key == "to"
	case "стать":
		return true
	}
	return false
}

// paged says whether a number is joined with a word: the 12-page report.
func (r *reader) paged(f *found) bool {
	return r.lexicon.language == "en" && f.Measure == Number && f.to+1 < len(r.tokens) && r.tokens[f.to].key == "-" && r.tokens[f.to+1].class == word && !r.tokens[f.to+1].spaced
}

// ofCities says whether the places of cities are told: of the 62 cities compared,
// Vienna came fourth.
func (s *sentence) ofCities(c *Claim) bool {
	if !s.capitals() || c.Kind != Rank {
		return false
	}
	at := s.tokenAt(c.Quantity.Span.From)
	for t := max(1, s.sentenceOf(at)); t < s.sentenceEnd(at); t++ {
		switch s.tokens[t].key {
		case "cities", "городов", "столиц":
			if s.tokens[t-1].class == digits || s.tokens[t-1].key == "of" || s.tokens[t-1].key == "рейтинге" || s.tokens[t-1].key == "списке" {
				return true
			}
		}
	}
	return false
}
