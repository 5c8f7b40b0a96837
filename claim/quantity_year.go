package claim

import (
	"math"
	"strconv"
	"strings"
)

// yearOf finds the year of a quantity: the nearest in its segment, those after
// it first; else the only year of the sentence, unless the quantity stands in
// a comparison.
func (s *sentence) yearOf(i, from, to int) *found {
	if len(s.years) != len(s.found) {
		s.years = make([]*found, len(s.found))
		s.yearKnown = make([]bool, len(s.found))
	}
	if !s.yearKnown[i] {
		s.years[i], s.yearKnown[i] = s.findYear(i, from, to), true
	}
	return s.years[i]
}

// findYear is yearOf where it was not asked before.
func (s *sentence) findYear(i, from, to int) *found {
	f := &s.found[i]
	if s.nowadays(f) {
		return nil
	}
	if y := s.sameYear(i); y != nil {
		return y
	}
	if y := s.nextYear(i); y != nil {
		return y
	}
	var best *found
	distance := math.MaxInt
	years := 0
	for k := range s.found {
		y := &s.found[k]
		if !y.year || y.base || s.sinceYear(y) {
			continue
		}
		years++
		if y.at < from || y.at >= to || s.ofJoining(f, y) || s.starts(f) && y.at > 0 && s.marks[y.at-1].cue(cueUntil) && (y.at < f.at || s.arabic()) || s.arabic() && y.at > f.at && s.providedThat(f.to, y.from) {
			continue
		}
		d := s.away(y, f)
		if s.blocked(i, k) {
			if s.starts(f) {
				continue
			}
			d += 100
		}
		if s.claimed(i, k) {
			continue
		}
		if d < distance {
			best, distance = y, d
		}
	}
	if best != nil && best.day && best.to2 == 0 && s.within(0, f.at, cuePlan) && best.at < f.at && !s.within(max(best.at-1, 0), best.at, cueUntil) {
		return nil // the day of the news
	}
	if best == nil && years == 1 && f.Measure != Place && !s.within(from, min(from+1, to), cueAgainst) && !s.within(from, to, cueLately) {
		for k := range s.found {
			if s.carried(f, i, k) {
				return &s.found[k]
			}
		}
	}
	return best
}

// nowadays says whether "now" or "last year" stands beside a quantity, which
// then has no other year.
func (s *sentence) nowadays(f *found) bool {
	if f.next < len(s.marks) && s.marks[f.next].from-f.to <= 1 && s.marks[f.next].cue(cueLately) && !s.signBetween(f.to, s.marks[f.next].from, ",") {
		return true
	}
	if s.yearsLater(f.to) || s.recently(f) {
		return true
	}
	for i := f.at - 1; i >= 0 && f.from-s.marks[i].to <= 4; i-- {
		if s.marks[i].cue(cueLately) && !s.signBetween(s.marks[i].to, f.from, ",") && (f.Measure != Times || s.tokens[s.marks[i].to].key != "的") {
			return true
		}
		if s.marks[i].digits || s.marks[i].cue(cueTo) && (!s.arabic() || f.Measure != Place) {
			return false
		}
	}
	return false
}

// yearsLater says whether "two years later" or the like stands right behind a
// quantity, whose year the reader must reckon.
func (s *sentence) yearsLater(t int) bool {
	if s.lexicon.language != "en" || t+2 >= len(s.tokens) || s.tokens[t+1].key != "years" {
		return false
	}
	switch s.tokens[t+2].key {
	case "later", "earlier", "before", "ago", "on", "after":
		return true
	}
	return false
}

// sinceYear says whether a year is one since when something has changed.
func (s *sentence) sinceYear(y *found) bool {
	if y.at == 0 || y.to2 > 0 {
		return false
	}
	if s.marks[y.at-1].cue(cueSince) {
		return true
	}
	if s.arabic() {
		for t := y.from - 1; t >= 0 && y.from-t <= 3 && s.tokens[t].class == word; t-- {
			if s.tokens[t].key == "منذ" {
				return true // منذ تأسيسه عام 1981
			}
		}
		return false
	}
	if s.lexicon.language == "zh" {
		t := y.to
		return t+2 < len(s.tokens) && s.tokens[t].key == "年" && (s.tokens[t+1].key == "以" && s.tokens[t+2].key == "来" || s.tokens[t+1].key == "起" || s.tokens[t+1].key == "来")
	}
	return s.lexicon.language == "ru" && s.tokens[y.from-1].key == "с"
}

// sameYear is the year that "in the same year" beside a quantity means: the
// last one that the text named before it.
func (s *sentence) sameYear(i int) *found {
	const near = 4
	f := &s.found[i]
	for k := range s.marks {
		m := &s.marks[k]
		if !m.cue(cueSameyear) || !s.headsClause(m, f) && (m.from-f.to > near || f.from-m.to > near || s.lexicon.language != "zh" && m.to <= f.from && f.from-m.to > near/2) {
			continue
		}
		for j := len(s.found) - 1; j >= 0; j-- {
			if s.found[j].year && s.found[j].at < k {
				return &s.found[j]
			}
		}
		if s.lastYear > 0 {
			return &found{Quantity: Quantity{Value: float64(s.lastYear)}, from: m.from, to: m.to, at: k, next: k + 1, year: true}
		}
	}
	return nil
}

// headsClause says whether a mark begins the clause of a quantity, with no other
// quantity between: "and in that year the network carried 172 billion".
func (s *sentence) headsClause(m *mark, f *found) bool {
	const far = 12
	if !s.capitals() || m.to > f.from || f.from-m.to > far || s.quantityWithin(f, m) {
		return false
	}
	if m.from == 0 {
		return true
	}
	before := &s.tokens[m.from-1]
	return before.class != word || before.key == "and" || before.key == "и" || before.key == "а" || before.key == "but"
}

// otherClause says whether a semicolon stands between a quantity and a year, and
// the year has no quantity beside it that measures the same.
func (s *sentence) otherClause(f, y *found) bool {
	if !s.signBetween(min(f.to, y.to), max(f.from, y.from), ";") {
		return false
	}
	from, to := s.segment(y.at)
	if y.at < f.at && y.at > 0 && s.marks[y.at-1].cue(cueUntil) && !s.marks[y.at-1].cue(cueIn) {
		return true // wants 70 % by 2027; the share was 46 %
	}
	for k := range s.found {
		if g := &s.found[k]; g.at >= from && g.at < to && g.Measure == f.Measure && s.lexicon.language != "zh" {
			return false
		}
	}
	return true
}

// nextYear is the year that "the following year" beside a quantity means: the
// one after that which the text named last before it.
func (s *sentence) nextYear(i int) *found {
	const near = 4
	f := &s.found[i]
	for k := range s.marks {
		m := &s.marks[k]
		if !m.cue(cueNextyear) || m.from-f.to > near || f.from-m.to > near || s.quantityWithin(f, m) {
			continue
		}
		year := s.lastYear
		for j := range s.found {
			if s.found[j].year && s.found[j].at < k {
				year = int(s.found[j].Value)
			}
		}
		if year > 0 {
			return &found{Quantity: Quantity{Value: float64(year + 1)}, from: m.from, to: m.to, at: k, next: k + 1, year: true}
		}
	}
	return nil
}

// quantityWithin says whether another quantity stands between one and a mark.
func (s *sentence) quantityWithin(f *found, m *mark) bool {
	for j := range s.found {
		if g := &s.found[j]; !g.year && g.at != f.at && g.from >= min(f.from, m.from) && g.to <= max(f.to, m.to) {
			return true
		}
	}
	return false
}

// ofJoining says whether a year is that of joining or leaving an alliance,
// whose words stand between it and a quantity.
func (s *sentence) ofJoining(f, y *found) bool {
	const near = 5
	for m := min(f.at, y.at); m < max(f.next, y.next); m++ {
		if s.marks[m].cue(cueJoin|cueLeave) && max(s.marks[m].from-y.to, y.from-s.marks[m].to) <= near && !s.marks[m].cue(cueGrow|cueFall) {
			return true
		}
	}
	if s.capitals() && y.at > 0 && s.marks[y.at-1].cue(cueUntil) && !s.marks[y.at-1].cue(cueIn) && y.from-s.marks[y.at-1].to <= 1 {
		return false // joined in 2024, expects by 2030
	}
	for m, alliance := y.at-1, false; m >= 0 && m > f.at && y.from-s.marks[m].to <= near+near || m >= 0 && y.at < f.at && y.from-s.marks[m].to <= near+near; m-- {
		alliance = alliance || s.marks[m].has("alliance")
		if alliance && s.marks[m].cue(cueJoin|cueLeave) {
			return true
		}
	}
	return false
}

// startOf says whether a mark stands in a segment that tells where a growth
// began: "up from 3 million in 2022".
func (s *sentence) startOf(at int) bool {
	from, _ := s.segment(at)
	return from > 0 && s.marks[from].to-s.marks[from].from > 1 && s.marks[from].cue(cueAgainst) && s.tokens[s.marks[from].to-1].key == "from"
}

// away is how far a year is from a quantity, in tokens: a comma between them
// counts for more, and so does standing on the side on which the language does
// not put it.
func (s *sentence) away(y, f *found) int {
	const side, comma = 2, 3
	from, to, usual := f.to, y.from, s.lexicon.language != "zh"
	if y.at < f.at {
		from, to, usual = y.to, f.from, s.lexicon.language == "zh"
	}
	d := to - from
	if !usual {
		d += side
	}
	for t := from; t < to; t++ {
		if s.tokens[t].key == "," {
			d += comma
		}
	}
	return d
}

// claimed says whether a year belongs to another quantity: a comma or an "and"
// parts it from this one, and nothing from that one. A year that stands before
// both goes for both; one behind the other figure goes for this one too where
// this one measures the same or tells how that one changed.
func (s *sentence) claimed(i, k int) bool {
	f, y := &s.found[i], &s.found[k]
	if y.at < f.at && y.at > 0 && s.marks[y.at-1].cue(cueUntil) && !s.marks[y.at-1].cue(cueIn) && s.signBetween(y.to, f.from, ";") {
		return true
	}
	if s.capitals() && f.Measure == Money && y.at < f.at && int(y.Value) > s.present && !s.within(max(y.at-1, 0), y.at, cueUntil) && s.within(0, y.at, cuePlan) && s.within(y.next, f.at, cuePlan) && !s.signBetween(y.to, f.from, ";") {
		return false // forecasts growth in 2026, and expects so many dollars
	}
	if y.at < f.at && s.perfect(y, f) {
		return true
	}
	if y.at < f.at && s.thatBetween(y.to, f.from) || y.at > f.at && s.andComma(f, y) {
		return true
	}
	if y.at < f.at && y.at > 0 && s.marks[y.at-1].cue(cueUntil) && s.within(y.next, f.at, cueSpent) && s.signBetween(y.to, f.from, ",") {
		return true // promised by then, and paid already
	}
	if s.lexicon.language == "zh" && y.at < f.at && s.newSubject(i, k) || s.promisedElse(i, k) || s.placeElse(i, k) {
		return true
	}
	if s.lexicon.language == "zh" && y.at > f.at && s.signBetween(f.to, y.from, ",") || s.ofStart(i, k) {
		return true
	}
	if y.at <= 1 && y.at < f.at || s.lexicon.language == "zh" && y.at < f.at || !s.parted(f, y) || f.at > 0 && s.marks[f.at-1].cue(cueTo|cueOf|cueThatis) && y.at < f.at {
		return false
	}
	for j := range s.found {
		g := &s.found[j]
		if j == i || g.year || y.at < min(f.at, g.at) || s.blocked(j, k) || s.parted(g, y) {
			continue
		}
		if f.at < y.at {
			if f.at < g.at && g.at < y.at && s.within(f.next, g.at, cuePlan) && !s.within(0, f.at, cuePlan) {
				return true // 72 %, and is to reach 95 % by 2030
			}
			if g.Measure == f.Measure && f.at < g.at && g.at < y.at && !s.marks[max(y.at-1, 0)].cue(cueUntil) && (s.changes(i, f.at-3) == s.changes(j, f.next) || !s.signBetween(f.to, g.from, ",")) {
				continue // both of one year: "5 % in China and 3 % in Japan in 2023"
			}
			return true
		}
		if g.Measure == Place || g.Measure == f.Measure || s.changes(i, f.at-3) && (y.at <= 0 || !s.marks[y.at-1].cue(cueUntil)) {
			continue
		}
		return true
	}
	return false
}

// perfect says whether a clause of its own in the perfect holds a quantity behind a
// year: "filed so many in 2023, and the spending has grown 2.5-fold".
func (s *sentence) perfect(y, f *found) bool {
	if s.lexicon.language != "en" {
		return false
	}
	clause := false
	for t := y.to; t < f.from; t++ {
		switch s.tokens[t].key {
		case "and", "while", "but", ";", "though":
			clause = clause || s.tokens[t].key == ";" || t > 0 && s.tokens[t-1].key == ","
		case "has", "have":
			if clause {
				return true
			}
		}
	}
	return false
}

// andComma says whether "and" and a comma stand between a quantity and a year, which
// belongs to what follows: to train so many and, by 2030, to spend.
func (s *sentence) andComma(f, y *found) bool {
	for t := f.to; t+1 < y.from; t++ {
		if (s.tokens[t].key == "and" || s.tokens[t].key == "и") && s.tokens[t+1].key == "," {
			return true
		}
	}
	return false
}

// thatBetween says whether "and that" stands among tokens, which begins another
// thing that was said.
func (s *sentence) thatBetween(from, to int) bool {
	for t := from; t < to; t++ {
		switch s.tokens[t].key {
		case "وان", "وانها", "وانه", "وبان", "وبانها", "وبانه":
			return true
		case "that", "что":
			if t > from && (s.tokens[t-1].key == "and" || s.tokens[t-1].key == "и") {
				return true
			}
		}
	}
	return false
}

// newSubject says whether a year stands in a clause with a figure of its own and
// this quantity in a later one, behind another country: 南韩2030年前培养20万人，日本
// 编列10兆.
func (s *sentence) newSubject(i, k int) bool {
	f, y := &s.found[i], &s.found[k]
	g := -1
	for j := k + 1; j < i; j++ {
		if !s.found[j].year {
			g = j
		}
	}
	if g < 0 {
		return false
	}
	before, after := "", ""
	for _, u := range s.units {
		switch {
		case u.oblique || u.alliance():
		case u.mark < s.found[g].at:
			before = u.code
		case u.mark < f.at && s.signBetween(s.found[g].to, u.from, ","):
			after = u.code
		}
	}
	return before != "" && after != "" && before != after && y.at > 1
}

// ofStart says whether a year stands behind another figure that a change began
// from: "up 13 % from $6.1bn in 2023".
func (s *sentence) ofStart(i, k int) bool {
	if k == 0 || k-1 == i || s.found[k-1].year || s.found[k].at < s.found[i].at {
		return false
	}
	g := &s.found[k-1]
	return g.at > 0 && s.marks[g.at-1].cue(cueFrom|cueAgainst) && s.marks[g.at-1].to == g.from && s.found[k].from-g.to <= 2
}

// parted says whether a comma or an "and" stands between two places.
func (s *sentence) parted(a, b *found) bool {
	from, to := min(a.to, b.to), max(a.from, b.from)
	for t := from; t < to; t++ {
		switch key := s.tokens[t].key; key {
		case ",", ";", "and", "и", "а", "但":
			return true
		case "-":
			if s.tokens[t].spaced && s.lexicon.language != "zh" && !s.behindYear(t) {
				return true
			}
		default:
			if s.lexicon.language == "ar" && strings.HasPrefix(key, "وا") && t > from && s.tokens[t-1].class != sign && len(key) > 6 && !s.noun(t) {
				return true
			}
		}
	}
	return false
}

// behindYear says whether a Russian dash stands right behind a year, in the place of
// a verb: в 2023-м - 28 процентов.
func (s *sentence) behindYear(t int) bool {
	if s.lexicon.language != "ru" {
		return false
	}
	for k := t - 1; k >= 0 && t-k <= 3; k-- {
		switch tok := &s.tokens[k]; {
		case tok.class == digits:
			return len(tok.key) == 4
		case tok.key != "-" && tok.key != "м" && tok.key != "году" && tok.key != "г" && tok.key != "." && tok.key != "й" && tok.key != "год":
			return false
		}
	}
	return false
}

// noun says whether a token after "and" is a noun with its article.
func (s *sentence) noun(t int) bool { return strings.HasPrefix(s.tokens[t].key, "وال") }

// later says whether the sentence holds a later year that is told as one to
// come, so that a quantity of an earlier one is no promise.
func (s *sentence) later(i, year int) bool {
	for k := range s.found {
		y := &s.found[k]
		if y.year && int(y.Value) > year && y.at > 0 && s.marks[y.at-1].cue(cueUntil) && s.owner(k) != i {
			return true
		}
	}
	return false
}

// presence finds the year in which a text is set: the latest of which it tells
// without a word of planning in the sentence; 0 if there is none.
func (r *reader) presence(all []mark) int {
	present := 0
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && to-from < longest && !r.ends(all[to-1].to, all[to].from) {
			to++
		}
		latest, plans := 0, false
		for i := from; i < to; i++ {
			plans = plans || all[i].cue(cuePlan) || i > from && r.yearAt(&all[i]) > 0 && all[i-1].cue(cueUntil) && !all[i-1].cue(cueIn) && all[i].from-all[i-1].to <= 1
			if y := r.yearAt(&all[i]); y > latest {
				latest = y
			}
		}
		if !plans && latest > present {
			present = latest
		}
		from = to
	}
	return present
}

// yearAt is the year that a mark of digits is; 0 if it is none.
func (r *reader) yearAt(m *mark) int {
	key := r.tokens[m.from].key
	if !m.digits || len(key) != 4 || key < "1900" || key > "2100" {
		return 0
	}
	y, err := strconv.Atoi(key)
	if err != nil {
		return 0
	}
	return y
}

// blocked says whether another quantity stands between a quantity and a year.
func (s *sentence) blocked(i, k int) bool {
	for j := min(i, k) + 1; j < max(i, k); j++ {
		if !s.found[j].year {
			return true
		}
	}
	return false
}
