package claim

import "strings"

// kindOf tells ranks, changes, targets and levels apart.
func (s *sentence) kindOf(i, year, from, to int) Kind {
	f := &s.found[i]
	switch {
	case f.Measure == Place:
		return Rank
	case f.Measure == Times || f.Measure == Points:
		return Change
	case s.starts(f):
		return Level
	case f.Measure == Percent && s.changes(i, from):
		return Change
	}
	if s.options.Year > 0 && year > 0 {
		if year > s.options.Year {
			return Target
		}
		return Level
	}
	if (year == 0 || year > s.present) && f.next < len(s.marks) && s.marks[f.next].from == f.to && s.marks[f.next].cue(cuePlan) && s.lexicon.language != "zh" && s.lexicon.language != "ar" {
		return Target // "Rs 10 crore would be spent"
	}
	if year == 0 && (s.nowadays(f) && !s.planned(i) || s.paid(i)) {
		return Level
	}
	if s.capitals() && year > s.present && s.future(i, from, to) && s.later(i, year) && s.within(0, f.at, cuePlan) {
		return Target // ... by 2035, and Qatar a million by 2030
	}
	if year > 0 && (year < s.present || s.present == 0 && s.later(i, year)) && !s.planned(i) {
		return Level
	}
	if from > 0 && s.marks[from].cue(cueAgainst) || s.outdated(i, year) {
		return Level
	}
	if year > s.present && s.present > 0 && (s.within(from, to, cuePlan) || year == s.latestYear()) {
		return Target
	}
	if s.within(from, f.at, cuePlan) || s.within(0, f.at, cuePlan) && len(s.cuts) == 0 || s.future(i, from, to) {
		return Target
	}
	return Level
}

// starts says whether a quantity is where a growth began: "from 3 to 7 %".
func (s *sentence) starts(f *found) bool {
	if s.lexicon.language == "zh" && f.at > 0 && f.next < len(s.marks) && s.fromBefore(f) && s.marks[f.next].from-f.to <= 1 && s.marks[f.next].cue(cueTo|cueGrow|cueFall) {
		return true // 由26增加到33
	}
	gap := 1
	if s.lexicon.language == "ar" {
		gap = 0 // واردات الجزائر من القمح 12.5%
	}
	return f.at > 0 && f.from-s.marks[f.at-1].to <= gap && s.marks[f.at-1].cue(cueFrom) && s.grows(s.marks, f)
}

// paid says whether a word of spending in the past stands before a quantity, in
// the clause behind a promise.
func (s *sentence) paid(i int) bool {
	const near = 4
	f := &s.found[i]
	for k := f.at - 1; k >= 0 && f.from-s.marks[k].to <= near; k-- {
		if s.marks[k].cue(cueSpent) && !s.marks[k].cue(cuePlan) {
			return s.signBetween(0, s.marks[k].from, ",") && !s.within(max(k-1, 0), k, cuePlan)
		}
	}
	return false
}

// fromBefore says whether a Chinese "from" stands close before a quantity.
func (s *sentence) fromBefore(f *found) bool {
	const near = 5
	for k := f.at - 1; k >= 0 && f.from-s.marks[k].to <= near; k-- {
		if s.marks[k].digits && s.yearAt(&s.marks[k]) == 0 {
			return false
		}
		if s.marks[k].cue(cueFrom) {
			return true
		}
	}
	return false
}

// latestYear is the last of the years that the sentence names; 0 = none.
func (s *sentence) latestYear() int {
	latest := 0
	for i := range s.found {
		if s.found[i].year {
			latest = max(latest, int(s.found[i].Value), s.found[i].to2)
		}
	}
	return latest
}

// planned says whether a word of planning stands before a quantity with no
// other quantity between.
func (s *sentence) planned(i int) bool {
	from := 0
	for k := range s.found {
		if k < i && !s.found[k].year {
			from = s.found[k].next
		}
	}
	return s.within(from, s.found[i].at, cuePlan)
}

// outdated says whether another quantity of the sentence is of a later year:
// then the promise is about that one.
func (s *sentence) outdated(i, year int) bool {
	if year == 0 || s.planned(i) {
		return false
	}
	for k := range s.found {
		if k == i || s.found[k].year {
			continue
		}
		from, to := s.segment(s.found[k].at)
		if y := s.yearOf(k, from, to); y != nil && int(y.Value) > year && s.found[k].Measure == s.found[i].Measure {
			return true
		}
	}
	return false
}

// future says whether the year of a quantity stands after "by" or "until".
func (s *sentence) future(i, from, to int) bool {
	y := s.yearOf(i, from, to)
	if y != nil && !s.within(0, len(s.marks), cuePlan) && s.from2(i, int(y.Value)) {
		return false // rose from 14 % in 2022 to 18 % by 2024
	}
	if y != nil && s.chinese() && s.keyAt(y.to) == "年" && (s.keyAt(y.to+1) == "前" || s.keyAt(y.to+2) == "前" && strings.Contains("以之底", s.keyAt(y.to+1))) {
		return true // 2030年以前
	}
	return y != nil && y.at > 0 && s.marks[y.at-1].cue(cueUntil) && !s.marks[y.at-1].cue(cueIn) && y.from-s.marks[y.at-1].to <= 1
}

// from2 says whether a figure that measures the same stands before a quantity with
// an earlier year, not long before.
func (s *sentence) from2(i, year int) bool {
	const long = 5
	for k := range s.found[:i] {
		if g := &s.found[k]; !g.year && g.Measure == s.found[i].Measure {
			from, to := s.segment(g.at)
			if y := s.yearOf(k, from, to); y != nil && int(y.Value) < year && year-int(y.Value) <= long {
				return true
			}
		}
	}
	return false
}

// changes says whether a percentage is a growth: a word of growth or decline
// stands close before or after it, and no "to" between.
func (s *sentence) changes(i, from int) bool {
	f := &s.found[i]
	from = max(from, 0)
	if s.differs(f) || s.growthIs(f, from) {
		return true
	}
	if s.capitals() && f.from > 0 {
		switch s.tokens[f.from-1].key {
		case "below", "above", "under", "beneath", "ниже", "выше":
			return false // should fall below 3 percent
		}
	}
	if s.lexicon.language == "ar" && strings.HasPrefix(s.tokens[f.from].key, "ب") && s.within(from, f.at, cueGrow|cueFall) {
		return true // بنحو الخمس
	}
	if s.higherBy(f) != "" {
		return true
	}
	if s.arabic() && s.within(from, f.at, cueGrow|cueFall) && s.byBefore(f) {
		return true // بنسبة تتراوح بين 8% و10%
	}
	if f.at > from && s.marks[f.at-1].cue(cueBy) && f.from-s.marks[f.at-1].to <= 1 && s.within(from, f.at, cueGrow|cueFall) {
		return true
	}
	for k := f.at - 1; k >= from && f.from-s.marks[k].to <= 5; k-- {
		m := &s.marks[k]
		switch {
		case m.cue(cueGrow|cueFall) && !m.cue(cueTo):
			return s.grown(m)
		case s.lexicon.language == "zh" && s.tokens[m.from].key == "达" && k > from && s.marks[k-1].cue(cueGrow|cueFall) && m.from-s.marks[k-1].to <= 1:
			return true // 增长将达8%
		case m.cue(cueTo) && f.from-m.to <= 1 && !m.cue(cueUntil), m.cue(cueTo) && f.from-m.to <= 0:
			return false
		}
	}
	next := f.next
	if next < len(s.marks) && s.marks[next].from == f.to && s.marks[next].has("after-atleast") {
		next++ // 20%以上的增速
	}
	return next < len(s.marks) && s.marks[next].from-s.marks[next-1].to <= 1 && s.marks[next].cue(cueGrow|cueFall)
}

// growthIs says whether a noun of growth or decline is what a percentage is told of:
// рост ВВП составил 5 %; growth reached 5 percent.
func (s *sentence) growthIs(f *found, from int) bool {
	const near, far = 4, 12
	if !s.capitals() {
		return false
	}
	amount := -1
	for k := f.at - 1; k >= from && f.from-s.marks[k].to <= near; k-- {
		if s.marks[k].cue(cueAmount) || s.marks[k].cue(cueTo) && s.lexicon.language == "ru" {
			amount = k
			break
		}
	}
	if amount < 0 {
		return false
	}
	for t := s.marks[amount].from - 1; t >= 0 && s.marks[amount].from-t <= far; t-- {
		tok := &s.tokens[t]
		if tok.class == stop || tok.class == line || tok.class == digits && len(tok.key) != 4 || tok.key == ";" {
			return false
		}
		switch tok.key {
		case "growth", "rise", "increase", "decline", "fall", "drop", "contraction", "рост", "прирост", "падение", "спад", "снижение", "увеличение", "сокращение", "темп", "темпы":
			return true
		}
	}
	return false
}

// grown says whether a word of growth or decline tells of growth: "up" does so
// behind a comma or a form of "to be", and not in "ate up 5 %".
func (s *sentence) grown(m *mark) bool {
	if key := s.tokens[m.from].key; m.to-m.from > 1 || key != "up" && key != "down" || m.from == 0 {
		return true
	}
	before := &s.tokens[m.from-1]
	for i := range s.marks {
		if s.marks[i].to == m.from && s.marks[i].has("what") {
			return true // exports up 5 %
		}
	}
	switch before.key {
	case "is", "was", "are", "were", "stood", "went", "moved", "go", "year", "be", "been", "and", "or", "now":
		return true
	}
	return before.class != word || before.upper
}

// differs says whether a percentage is told as more or less than before: "5 %
// more than a year earlier", на 5 % меньше.
func (s *sentence) differs(f *found) bool {
	if s.lexicon.language == "en" {
		if f.to >= len(s.tokens) || moreOrLess[s.tokens[f.to].key] == "" || !s.earlier(f.to) {
			return false
		}
		if key := s.tokens[f.to].key; key == "above" || key == "below" || key == "up" || key == "down" {
			return !s.countryWithin(f.to, 4)
		}
		return s.within(f.next, len(s.marks), cueYoy|cueThan) || s.than(f.to)
	}
	if s.lexicon.language != "ru" || f.from == 0 || s.tokens[f.from-1].key != "на" || f.to >= len(s.tokens) {
		return false
	}
	return moreOrLess[s.tokens[f.to].key] != ""
}

// than says whether "than" stands close after a token, and no country behind it.
func (s *sentence) than(t int) bool {
	const near = 6
	for k := t; k < len(s.tokens) && k <= t+near; k++ {
		if s.tokens[k].key == "than" {
			return !s.countryWithin(k, 2)
		}
	}
	return false
}

// countryWithin says whether a country is named among so many tokens.
func (s *sentence) countryWithin(t, near int) bool {
	for k := range s.units {
		if u := &s.units[k]; u.from >= t && u.from <= t+near {
			return true
		}
	}
	return false
}

// direction says whether a change goes up or down, by the nearest word of
// growth or decline.
func (s *sentence) direction(f *found, from, to int) string {
	if f.Measure == Times && f.Value < 1 {
		return "down"
	}
	if f.to < len(s.tokens) && s.differs(f) {
		return moreOrLess[s.tokens[f.to].key]
	}
	if way := s.higherBy(f); way != "" {
		return way
	}
	for k := f.at; k >= from; k-- {
		if s.marks[k].cue(cueFall) {
			return "down"
		}
		if s.marks[k].cue(cueGrow) {
			return "up"
		}
	}
	if s.within(f.next, min(to, f.next+2), cueFall) {
		return "down"
	}
	return "up"
}

// comparison says whether a multiple compares two units and tells no change:
// "nine times more than".
func (s *sentence) comparison(f *found) bool {
	const near = 8
	if s.timesAnother(f) {
		return true
	}
	if f.next >= len(s.marks) || s.marks[f.next].from-f.to > 1 || !s.marks[f.next].cue(cueThan) {
		return false
	}
	for k := f.next + 1; k < len(s.marks) && s.marks[k].from-f.to <= near; k++ {
		if s.marks[k].cue(cueYoy) || s.marks[k].digits {
			return false
		}
		if s.marks[k].country() != "" {
			return true
		}
	}
	return !s.within(f.next, len(s.marks), cueYoy)
}

// timesAnother says whether a multiple is one of another country's figure and
// nothing is told to have grown: "twice as much as Denmark", 是埃及的六倍.
func (s *sentence) timesAnother(f *found) bool {
	const near = 9
	from, to := s.segment(f.at)
	if s.within(from, f.at, cueGrow|cueFall) || s.within(f.next, to, cueYoy|cueSince) || f.next == f.at+1 && f.Measure == Times && !s.comparing(f) {
		return false
	}
	for _, u := range s.units {
		switch {
		case u.alliance():
		case s.lexicon.language == "zh":
			if f.from > 0 && s.tokens[f.from-1].key == "的" && s.marks[u.mark].to == f.from-1 && u.mark > 0 {
				return true
			}
		case u.mark >= f.next && u.mark < to && u.from-f.to <= near:
			for t := f.to; t < u.from; t++ {
				switch s.tokens[t].key {
				case "as", "than", "that", "what", "чем", "ما":
					return true
				}
				if t == u.from-1 && comparative(s.tokens[t].key) {
					return true // вдвое богаче Португалии
				}
			}
		}
	}
	return false
}

// comparative says whether a Russian word is an adjective that compares.
func comparative(key string) bool {
	return endsWith(key, "ее", "аче", "оче", "ыше", "иже", "оже", "льше", "ньше")
}

// comparing says whether a multiple in one word compares: "twice as many as".
func (s *sentence) comparing(f *found) bool {
	switch s.tokens[f.to-1].key {
	case "as", "many", "much", "that", "the", "what", "ضعف", "вдвое", "втрое", "вчетверо", "впятеро":
		return true
	}
	return s.marks[f.at].to-s.marks[f.at].from > 1
}

// since is the year after "since" that stands near a change.
func (s *sentence) since(i int) *found {
	for k := range s.found {
		y := &s.found[k]
		if y.year && s.sinceYear(y) && s.owner(k) == i {
			return y
		}
	}
	return nil
}

// baseOf is the year that a change is measured from.
func (s *sentence) baseOf(i int) *found {
	for k := range s.found {
		if s.found[k].base && !s.blocked(i, k) {
			return &s.found[k]
		}
	}
	return nil
}

// owner is the quantity that a year after "since" belongs to: the last before
// it, else the first after it; -1 if there is none.
func (s *sentence) owner(k int) int {
	for j := k - 1; j >= 0; j-- {
		if !s.found[j].year {
			return j
		}
	}
	for j := k + 1; j < len(s.found); j++ {
		if !s.found[j].year {
			return j
		}
	}
	return -1
}

// earlier says whether a year or "before", "earlier" stands close after a token.
func (s *sentence) earlier(t int) bool {
	const near = 7
	for k := t; k < len(s.tokens) && k < t+near; k++ {
		switch tok := &s.tokens[k]; tok.key {
		case "before", "earlier", "ago", "previous", "last", "preceding":
			return true
		default:
			if tok.class == digits && len(tok.key) == 4 && (tok.key[0] == '1' || tok.key[0] == '2') {
				return true
			}
		}
	}
	return false
}

// moreOrLess are words after a percentage that tell of a change.
var moreOrLess = map[string]string{
	"bigger": "up", "greater": "up", "richer": "up", "dearer": "up", "stronger": "up", "above": "up", "up": "up", "cheaper": "down", "weaker": "down", "poorer": "down", "below": "down", "down": "down", "shorter": "down", "longer": "up",
	"more": "up", "higher": "up", "larger": "up", "less": "down", "lower": "down", "fewer": "down", "smaller": "down",
	"больше": "up", "выше": "up", "дороже": "up", "более": "up", "меньше": "down", "ниже": "down", "менее": "down", "дешевле": "down",
}
