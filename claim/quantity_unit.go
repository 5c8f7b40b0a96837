package claim

import (
	"math"
	"sort"
	"strings"
)

// unitOf finds the unit that a quantity is about: one right after it ("5 % in
// China"), else the nearest before it in its segment, else the sentence's
// first, else the one that the text spoke of last.
func (s *sentence) unitOf(f *found, from, to int) (code string, sure Confidence) {
	if code := s.respective(f); code != "" {
		return code, High
	}
	if code := s.compareds(f); code != "" {
		return code, High
	}
	if code := s.its(f); code != "" {
		return code, High
	}
	for _, u := range s.units {
		if s.capitals() && u.mark >= f.next && u.from-f.to <= 3 && s.signBetween(f.to, u.from, ",") && s.elided(&u) {
			continue // на 8 процентов, в Испании - на 3
		}
		if u.mark >= f.next && u.from-f.to <= 8 && s.sourceAfter(f, u.from) {
			continue // 94 %, says a laboratory in Cuba
		}
		if u.mark >= f.next && u.mark < to && u.from-f.to <= 3 && u.mark > 0 && (s.marks[u.mark-1].cue(cueIn|cueOf) || s.genitive(f, u)) && s.lexicon.language != "zh" && !s.quantityBetween(f, u.mark) {
			return u.code, High
		}
	}
	for _, u := range s.units {
		if u.from == f.to && f.Measure == Percent && s.marks[u.mark].has("people") && !s.marks[u.mark].has("unit") && s.lexicon.language == "ru" {
			return u.code, High // каждый пятый норвежец
		}
		if s.marks[u.mark].to == f.from && s.marks[u.mark].has("people") && !u.alliance() {
			return u.code, High
		}
	}
	if code := s.wentTo(f); code != "" {
		return code, High
	}
	if code := s.attached(f); code != "" {
		return code, High
	}
	if f.sure && s.capitals() && !s.superlative(f) && f.from > 0 && s.tokens[f.from-1].key == "," {
		for _, u := range s.units {
			if s.marks[u.mark].to == f.from-1 && !u.alliance() {
				return u.code, High // Singapore, runners-up
			}
		}
	}
	if code := s.placed(f); code != "" && !s.superlative(f) {
		return code, High
	}
	best := -1
	for k, u := range s.units {
		if u.mark >= from && u.mark < f.at && !u.oblique && (u.closed == 0 || f.from < u.closed) && (!u.alliance() || f.Measure != Place) {
			best = k
		}
	}
	if best >= 0 {
		if best > 0 && s.units[best-1].code != s.units[best].code && s.coordinated(s.units[best-1].mark, s.units[best].mark) && !s.units[best-1].oblique && !s.closed(best-1) {
			return s.units[best].code, Low
		}
		return s.units[best].code, High
	}
	if s.pronounOf(f) && s.subject != "" && s.subjectUpTo(f.at) == "" {
		return s.subject, Medium
	}
	if code := s.source(f, from); code != "" {
		return code, Medium
	}
	if code := s.source(f, 0); code != "" && from > 0 {
		return code, Medium
	}
	for _, u := range s.units {
		if u.mark >= f.next && u.mark < to && !u.oblique && u.from-f.to <= 8 && !s.sourceAfter(f, u.from) {
			return u.code, High
		}
	}
	if c := s.behindSemicolon(f); c != "" {
		return c, High
	}
	if c := s.subjectUpTo(max(f.at, to)); c != "" && (s.subjectUpTo(f.at) != "" || !s.sourceAfter(f, s.tokenOf(to))) {
		return c, High
	}
	if s.capitals() && s.main != "" && len(s.units) == 0 && s.within(0, len(s.marks), cueSelf) {
		return s.main, Medium
	}
	if s.subject != "" {
		return s.subject, Medium
	}
	for k := len(s.units) - 1; k >= 0; k-- {
		if u := s.units[k]; u.mark >= from && u.mark < f.at {
			return u.code, Medium
		}
	}
	return "", Low
}

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
		if code != "" || u.from < 2 {
			return ""
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

// hypothetical says whether a figure is only imagined: if Germany spent 5 %, если бы
// Германия тратила; or feared.
func (s *sentence) hypothetical(c *Claim) bool {
	if !s.capitals() {
		return false
	}
	at := s.tokenAt(c.Quantity.Span.From)
	from := s.sentenceOf(at)
	would := false
	for t := from; t < min(len(s.tokens), s.sentenceEnd(at)); t++ {
		would = would || s.tokens[t].key == "would" || s.tokens[t].key == "could" || s.tokens[t].key == "бы"
	}
	for t := from; t < at; t++ {
		switch tok := &s.tokens[t]; tok.key {
		case "if":
			if would && (t == from || s.tokens[t-1].class != word) {
				return true
			}
		case "если", "будь":
			if would {
				return true
			}
		case "fear", "fears", "feared", "worry", "worries", "dread", "боятся", "опасаются", "опасается", "боится", "страшатся":
			if c.Year == 0 && !s.inQuote(t) {
				return true
			}
		}
	}
	return false
}

// sourceAfter says whether a word of saying stands between a quantity outside
// quotations and a token: the country there is that of who said it.
func (s *sentence) sourceAfter(f *found, t int) bool {
	return s.capitals() && !s.inQuote(f.from) && s.saysBetween(f.to, t)
}

// tokenOf is the token behind the mark before a mark.
func (s *sentence) tokenOf(to int) int { return s.marks[to-1].to }

// tokenAt is the token that begins at a byte, or the first behind it.
func (r *reader) tokenAt(at int) int {
	return sort.Search(len(r.tokens), func(t int) bool { return int(r.tokens[t].from) >= at })
}

// priced says whether a small sum is the price of a thing, or a sum a fine.
func (s *sentence) priced(c *Claim) bool {
	const near, small = 6, 1e5
	if !s.capitals() || c.Quantity.Measure != Money {
		return false
	}
	at := s.tokenAt(c.Quantity.Span.From)
	for t := at - 1; t >= 0 && at-t <= near; t-- {
		if k := s.tokens[t].class; k == stop || k == line {
			return false
		}
		switch s.tokens[t].key {
		case "fined", "оштрафовал", "оштрафовала", "оштрафовали", "штраф", "fine":
			return true
		case "costs", "cost", "priced", "ticket", "tickets", "стоит", "стоят", "стоил", "стоила", "обойдется", "билет":
			return c.Quantity.High < small
		}
	}
	return false
}

// worldly says whether a sentence that names no country tells of the world.
func (s *sentence) worldly(c *Claim) bool {
	if !s.capitals() || c.Kind == Rank || len(s.units) > 0 {
		return false
	}
	for i := range s.marks {
		if s.marks[i].cue(cueWorld) && !s.marks[i].cue(cueTable|cueRank) {
			return true
		}
	}
	return false
}

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
		if u.alliance() || u.oblique || u.from >= f.from && u.from-end > 1 {
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

// elided says whether a dash and a quantity of its own stand behind a country.
func (s *sentence) elided(u *named) bool {
	end := s.marks[u.mark].to
	if end >= len(s.tokens) || s.tokens[end].key != "-" {
		return false
	}
	for k := range s.found {
		if g := &s.found[k]; !g.year && g.from > end && g.from-end <= 4 {
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

// foreign says whether people or firms of another country are counted: "the US
// listed 42 Chinese companies".
func (s *sentence) foreign(c *Claim) bool {
	for i := range s.marks {
		m := &s.marks[i]
		if m.country() != "" && m.country() != c.Unit && int(s.tokens[m.from].from)-c.Quantity.Span.To <= 2 && int(s.tokens[m.from].from) >= c.Quantity.Span.To {
			return true
		}
	}
	return false
}

// tariff says whether a percentage is that of a tariff.
func (s *sentence) tariff(sp Span) bool {
	const near = 3
	for i := range s.marks {
		m := &s.marks[i]
		if !m.cue(cueRestrict) {
			continue
		}
		for k := range s.found {
			if f := &s.found[k]; f.Span == sp && max(m.from-f.to, f.from-m.to) <= near {
				return true
			}
		}
	}
	return false
}

// ofAnother says whether a Chinese share is one of another country's figure.
func (s *sentence) ofAnother(sp Span) bool {
	if s.lexicon.language != "zh" {
		return false
	}
	for k := range s.found {
		f := &s.found[k]
		if f.Span != sp || f.from == 0 || s.tokens[f.from-1].key != "的" || s.compareds(f) != "" {
			continue
		}
		for _, w := range s.units {
			if w.oblique && s.marks[w.mark].to == f.from-1 {
				return true
			}
		}
	}
	return false
}

// thing says whether a figure counts things that the lexicon does not know.
func (s *sentence) thing(sp Span) bool {
	for k := range s.found {
		if f := &s.found[k]; f.Span == sp {
			return f.Measure == Number && f.Value >= 1000 && s.countsThings(f)
		}
	}
	return false
}

// crowd says whether those who came to an event are counted.
func (s *sentence) crowd(sp Span) bool {
	const near = 5
	for i := range s.marks {
		m := &s.marks[i]
		if !m.cue(cueCrowd) {
			continue
		}
		for k := range s.found {
			if f := &s.found[k]; f.Span == sp && max(m.from-f.to, f.from-m.to) <= near {
				return true
			}
		}
	}
	return false
}

// noise says whether a figure stands among prices of shares and goods or the
// results of matches, which are no figures of a country.
func (s *sentence) noise(sp Span) bool {
	for i := range s.marks {
		if s.marks[i].cue(cueNoise) && !s.cutBetween(sp, i) && !s.counted(i) {
			return true
		}
	}
	return false
}

// counted says whether a mark is what a number right before it counts: "3.6
// million barrels a day".
func (s *sentence) counted(i int) bool {
	for k := range s.found {
		if f := &s.found[k]; f.Measure == Number && !f.year && f.to == s.marks[i].from && f.Value >= 1e5 {
			return true
		}
	}
	return false
}

// cutBetween says whether a segment begins between a span and a mark.
func (s *sentence) cutBetween(sp Span, mark int) bool {
	at := int(s.tokens[s.marks[mark].from].from)
	for _, c := range s.cuts {
		cut := int(s.tokens[s.marks[c].from].from)
		if cut > at && cut <= sp.From || cut > sp.From && cut <= at {
			return true
		}
	}
	return false
}

// negated says whether "not" stands close before a quantity.
func (s *sentence) negated(f *found) bool {
	from, to := s.segment(f.at)
	for from > 0 && !s.signBetween(s.marks[from-1].to, s.marks[from].from, ";") {
		from, _ = s.segment(from - 1)
	}
	for to < len(s.marks) && !s.signBetween(s.marks[to-1].to, s.marks[to].from, ";") {
		_, to = s.segment(to)
	}
	if s.within(from, to, cueDeny) {
		return true
	}
	for k := f.at - 1; k >= 0 && f.from-s.marks[k].to <= 1; k-- {
		if s.marks[k].cue(cueNot) && !s.marks[k].has("atmost") {
			return true
		}
	}
	return false
}

// multiple is the value of a quantity; where Chinese tells by how many times
// something grew, it is one more: 增加1.8倍 makes 2.8 times. Whole numbers are
// mostly meant as they stand, whatever the grammar says.
func (s *sentence) multiple(f *found) float64 {
	if f.Measure != Times || s.lexicon.language != "zh" || f.next == f.at+1 || f.Value == math.Trunc(f.Value) {
		return f.Value
	}
	for i := f.at - 1; i >= 0 && f.from-s.marks[i].to <= 2; i-- {
		if s.marks[i].cue(cueTo) {
			return f.Value
		}
		if s.marks[i].cue(cueGrow) && s.tokens[s.marks[i].from].key != "翻" {
			return f.Value + 1
		}
	}
	return f.Value
}

// grade says what is missing from a claim and lowers its confidence by it.
func (s *sentence) grade(c *Claim) {
	if c.Unit == "" && c.Alliance == "" {
		c.Missing = append(c.Missing, "unit")
	}
	if c.Year == 0 && c.Kind != Rank && c.Kind != Change {
		c.Missing = append(c.Missing, "year")
	}
	if len(c.Topic) == 0 && c.Kind != Rank && !s.thing(c.Quantity.Span) && (c.Kind != Target || c.Quantity.Measure != Money) && (c.Quantity.Measure != Percent || c.Confidence != High) {
		c.Missing = append(c.Missing, "topic")
	}
	const few, some = 10, 1000 // "five firms", "one of its models": mostly told in passing
	switch {
	case c.Quantity.Measure == Number && (c.Quantity.High < few && (c.Kind != Target || c.Year == 0 || len(c.Missing) > 0) || s.foreign(c) || c.Quantity.High < some && c.Confidence != High):
		c.Confidence = Low
	case s.uncertain(c.Quantity.Span):
		c.Confidence = Low
	case c.Quantity.Measure == Number && c.Quantity.High < 1e5 && s.crowd(c.Quantity.Span):
		c.Confidence = Low
	case c.Quantity.Measure == Points && c.Quantity.Value > 100: // of a share index
		c.Confidence = Low
	case c.Quantity.Measure == Percent && s.ofAnother(c.Quantity.Span): // 不及阿联酋的三分之一
		c.Confidence = Low
	case c.Quantity.Measure == Percent && s.tariff(c.Quantity.Span): // of whom against whom?
		c.Confidence = Low
	case s.worldly(c), s.hypothetical(c), s.priced(c):
		c.Confidence = Low
	case c.Kind != Rank && s.noise(c.Span), c.Unit == "" && c.Alliance != "":
		c.Confidence = Low
	case len(c.Missing) > 1 && c.Confidence == High && c.Quantity.Measure == Money && c.Unit != "" && !c.Negated:
		c.Confidence = Medium
	case c.Negated || c.Unit+c.Alliance == "" || len(c.Missing) > 1:
		c.Confidence = Low
	case len(c.Missing) == 1 && c.Confidence == High:
		c.Confidence = Medium
	}
}
