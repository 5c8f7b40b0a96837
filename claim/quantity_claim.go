package claim

import (
	"math"
	"strings"
)

// quantityClaims makes ranks, levels, changes and targets of the quantities.
func (s *sentence) quantityClaims() {
	main := ""    // the claim that a "compared with" refers to
	var of *Claim // and what it says
	for i := range s.found {
		f := &s.found[i]
		if f.year {
			continue
		}
		from, to := s.segment(f.at)
		compared := from > 0 && s.marks[from].cue("against") && of != nil
		ends := main != "" && s.ends2(i)
		goesOn := of != nil && f.Value >= 1000 && (of.Quantity.Measure == Number || of.Kind == Change && f.at > 0 && s.marks[f.at-1].cue("to") && f.from-s.marks[f.at-1].to <= 1)
		if f.Measure == Number && !s.counts(f) && !compared && !ends && !goesOn || f.Measure == Times && s.comparison(f) {
			s.out.Unread = append(s.out.Unread, f.Quantity)
			continue
		}
		c := s.quantityClaim(i, from, to)
		if s.starts(f) && s.nextMeasure(i) == f.Measure {
			start := c
			s.grade(&start)
			main, of = s.claim(start), &start
			continue
		}
		s.gapped(&c, of, f)
		if compared || (ends || goesOn) && len(c.Topic) == 0 {
			s.inherit(&c, of)
		}
		s.grade(&c)
		id := s.claim(c)
		if compared {
			for k := len(s.out.Claims) - 1; k >= s.claims; k-- {
				if s.out.Claims[k].ID == main {
					s.out.Claims[k].Baseline = id
				}
			}
			continue
		}
		if ends {
			s.out.Claims[len(s.out.Claims)-1].Baseline = main
		}
		main, of = id, &c
	}
}

// gapped makes a change of a percentage whose verb was told before: "grew by
// 5 % in China and 3 % in Japan".
func (s *sentence) gapped(c, of *Claim, f *found) {
	if c.Kind != Level || of == nil || of.Kind != Change || f.Measure != Percent || of.Quantity.Measure != Percent || c.Unit == of.Unit {
		return
	}
	if f.next+1 < len(s.marks) && s.marks[f.next].cue("in") && s.marks[f.next+1].country() != "" && s.marks[f.next+1].from-f.to <= 3 {
		c.Kind, c.Verb = Change, of.Verb
	}
}

// ends2 says whether a quantity is where a growth ended of which the one
// before it is the start.
func (s *sentence) ends2(i int) bool {
	for k := i - 1; k >= 0; k-- {
		if !s.found[k].year {
			return s.starts(&s.found[k]) && s.found[i].at > 0 && s.marks[s.found[i].at-1].cue("to")
		}
	}
	return false
}

// nextMeasure is the measure of the next quantity, years apart.
func (s *sentence) nextMeasure(i int) Measure {
	for k := i + 1; k < len(s.found); k++ {
		if !s.found[k].year {
			return s.found[k].Measure
		}
	}
	return ""
}

// counts says whether a bare number counts something that the lexicon knows.
func (s *sentence) counts(f *found) bool {
	if f.to < len(s.tokens) && metric[s.tokens[f.to].key] || f.to+1 < len(s.tokens) && s.tokens[f.to].key == "-" && metric[s.tokens[f.to+1].key] {
		return false
	}
	if f.Value >= 1000 && f.at > 0 && s.marks[f.at-1].cue("amount") && f.from-s.marks[f.at-1].to <= 2 {
		return true
	}
	if f.Value >= 100 && f.to < len(s.tokens) && s.tokens[f.to].class == word && (f.next >= len(s.marks) || s.marks[f.next].from > f.to) && s.within(0, f.at, "plan") && s.onlyYear() > 0 {
		return true // planned, of what the lexicon does not know
	}
	for i := f.next; i < len(s.marks) && s.marks[i].from-f.to <= 2; i++ {
		if s.marks[i].has("what", "") || s.marks[i].has("indicator", "") {
			return true
		}
	}
	for i := f.at - 1; i >= 0 && (f.Value >= 1000 || s.lexicon.language == "zh" && f.to < len(s.tokens) && strings.Contains("所家个名人台座项件篇种户款", s.tokens[f.to].key)) && f.from-s.marks[i].to <= 4; i-- {
		if s.marks[i].has("what", "") || s.marks[i].has("indicator", "") {
			return true
		}
	}
	return false
}

// metric are units of measure, behind which nothing is counted.
var metric = map[string]bool{
	"nm": true, "nanometre": true, "nanometer": true, "nanometres": true, "mm": true, "km": true, "kg": true, "mw": true, "gw": true, "kwh": true, "gwh": true, "twh": true,
	"megawatt": true, "megawatts": true, "gigawatt": true, "gigawatts": true, "gb": true, "tb": true, "hectares": true, "acres": true, "tonnes": true, "years": true, "days": true,
	"months": true, "hours": true, "minutes": true, "нм": true, "мвт": true, "гвт": true, "мегаватт": true, "гигаватт": true, "га": true, "гектаров": true, "лет": true, "года": true,
	"дней": true, "месяцев": true, "тонн": true, "км": true, "ميغاواط": true, "غيغاواط": true, "جيجاواط": true, "نانومتر": true, "هكتار": true, "سنوات": true, "اشهر": true, "يوما": true,
	"纳": true, "兆": true, "吉": true, "千": true, "年": true, "天": true, "岁": true, "公": true, "小": true, "分": true,
}

// quantityClaim reads the claim around one quantity, in its segment.
func (s *sentence) quantityClaim(i, from, to int) Claim {
	f := &s.found[i]
	q := f.Quantity
	c := Claim{Quantity: &q, Of: f.of, Rule: string(q.Measure)}
	c.Unit, c.Confidence = s.unitOf(f, from, to)
	if code, ok := strings.CutPrefix(c.Unit, allied); ok {
		c.Unit, c.Alliance = "", code
	}
	if len(f.money) > 1 {
		q.Currency = issued(f.money, c.Unit, s.firstSubject(), s.subject, s.main)
	}
	q.Value, q.High = s.multiple(f), max(s.multiple(f), q.High)
	c.Topic = s.topics(from, to)
	if len(c.Topic) == 0 {
		c.Topic = s.topics(0, len(s.marks))
	}
	first, last := f.from, f.to
	if y := s.yearOf(i, from, to); y != nil {
		c.Year = int(y.Value)
		if y.to2 > 0 {
			c.From, c.Year = c.Year, y.to2
		}
		first, last = min(first, y.from), max(last, y.to)
	}
	c.Negated = s.negated(f)
	c.Kind = s.kindOf(i, c.Year, from, to)
	if c.Kind == Change {
		c.Verb = s.direction(f, from, to)
		if since := s.since(i); since != nil && c.From == 0 {
			c.From, c.Year = int(since.Value), 0
			first, last = min(first, since.from), max(last, since.to)
		} else if y := s.baseOf(i); y != nil && c.From == 0 && int(y.Value) != c.Year {
			c.From = int(y.Value)
			first, last = min(first, y.from), max(last, y.to)
		}
	}
	for _, u := range s.units {
		if (u.code == c.Unit || u.code == allied+c.Alliance) && u.mark >= from && u.mark < to && u.from-f.to <= 3 {
			first, last = min(first, u.from), max(last, s.marks[u.mark].to)
			break
		}
	}
	c.Span = s.span(first, last)
	return c
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
	for k := f.at; k >= from; k-- {
		if s.marks[k].cue("fall") {
			return "down"
		}
		if s.marks[k].cue("grow") {
			return "up"
		}
	}
	if s.within(f.next, min(to, f.next+2), "fall") {
		return "down"
	}
	return "up"
}

// since is the year after "since" that stands near a change.
func (s *sentence) since(i int) *found {
	for k := range s.found {
		y := &s.found[k]
		if y.year && y.to2 == 0 && y.at > 0 && s.marks[y.at-1].cue("since") && s.owner(k) == i {
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

// comparison says whether a multiple compares two units and tells no change:
// "nine times more than".
func (s *sentence) comparison(f *found) bool {
	const near = 5
	for k := f.next; k < len(s.marks) && s.marks[k].from-f.to <= near; k++ {
		if s.marks[k].cue("yoy") {
			return false
		}
	}
	return f.next < len(s.marks) && s.marks[f.next].from-f.to <= 1 && s.marks[f.next].cue("than")
}

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
	if year > 0 && (year < s.present || s.present == 0 && s.later(i, year)) && !s.planned(i) {
		return Level
	}
	if from > 0 && s.marks[from].cue("against") || s.outdated(i, year) {
		return Level
	}
	if year > s.present && s.present > 0 && s.within(from, to, "plan") {
		return Target
	}
	if s.within(from, f.at, "plan") || s.within(0, f.at, "plan") && len(s.cuts) == 0 || s.future(i, from, to) {
		return Target
	}
	return Level
}

// starts says whether a quantity is where a growth began: "from 3 to 7 %".
func (s *sentence) starts(f *found) bool {
	return f.at > 0 && f.from-s.marks[f.at-1].to <= 1 && s.marks[f.at-1].cue("from") && s.grows(s.marks, f)
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
	return s.within(from, s.found[i].at, "plan")
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
	return y != nil && y.at > 0 && s.marks[y.at-1].has("cue", "until") && !s.marks[y.at-1].cue("in") && y.from-s.marks[y.at-1].to <= 1
}

// changes says whether a percentage is a growth: a word of growth or decline
// stands close before or after it, and no "to" between.
func (s *sentence) changes(i, from int) bool {
	f := &s.found[i]
	if s.differs(f) {
		return true
	}
	if f.at > from && s.marks[f.at-1].cue("by") && f.from-s.marks[f.at-1].to <= 1 && s.within(from, f.at, "grow", "fall") {
		return true
	}
	for k := f.at - 1; k >= from && f.from-s.marks[k].to <= 5; k-- {
		m := &s.marks[k]
		switch {
		case m.cue("grow", "fall") && !m.cue("to"):
			return true
		case m.cue("to") && f.from-m.to <= 1 && !m.cue("until"), m.cue("to") && f.from-m.to <= 0:
			return false
		}
	}
	return f.next < len(s.marks) && s.marks[f.next].from-f.to <= 1 && s.marks[f.next].cue("grow", "fall")
}

// differs says whether a percentage is told as more or less than before: "5 %
// more than a year earlier", на 5 % меньше.
func (s *sentence) differs(f *found) bool {
	if s.lexicon.language != "ru" || f.from == 0 || s.tokens[f.from-1].key != "на" || f.to >= len(s.tokens) {
		return false
	}
	return moreOrLess[s.tokens[f.to].key] != ""
}

// moreOrLess are Russian words after a percentage that tell of a change.
var moreOrLess = map[string]string{
	"больше": "up", "выше": "up", "дороже": "up", "более": "up", "меньше": "down", "ниже": "down", "менее": "down", "дешевле": "down",
}

// unitOf finds the unit that a quantity is about: one right after it ("5 % in
// China"), else the nearest before it in its segment, else the sentence's
// first, else the one that the text spoke of last.
func (s *sentence) unitOf(f *found, from, to int) (code string, sure Confidence) {
	for _, u := range s.units {
		if u.mark >= f.next && u.mark < to && u.from-f.to <= 3 && u.mark > 0 && (s.marks[u.mark-1].cue("in", "of") || s.genitive(f, u)) && s.lexicon.language != "zh" && !s.quantityBetween(f, u.mark) {
			return u.code, High
		}
	}
	for _, u := range s.units {
		if s.marks[u.mark].to == f.from && s.marks[u.mark].has("people", "") && !u.alliance() {
			return u.code, High
		}
	}
	best := -1
	for k, u := range s.units {
		if u.mark >= from && u.mark < f.at && !u.oblique && (!u.alliance() || f.Measure != Place) {
			best = k
		}
	}
	if best >= 0 {
		if best > 0 && s.coordinated(s.units[best-1].mark, s.units[best].mark) && !s.units[best-1].oblique {
			return s.units[best].code, Low
		}
		return s.units[best].code, High
	}
	for _, u := range s.units {
		if u.mark >= f.next && u.mark < to && !u.oblique && u.from-f.to <= 8 {
			return u.code, High
		}
	}
	if c := s.subjectUpTo(max(f.at, to)); c != "" {
		return c, High
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

// genitive says whether a country stands right after a quantity and owns it:
// in Arabic without a particle, in Russian a place "у Китая".
func (s *sentence) genitive(f *found, u named) bool {
	switch s.lexicon.language {
	case "ar":
		return u.from == f.to && !strings.HasPrefix(s.tokens[u.from].key, "و")
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

// negated says whether "not" stands close before a quantity.
func (s *sentence) negated(f *found) bool {
	if s.within(0, len(s.marks), "deny") {
		return true
	}
	for k := f.at - 1; k >= 0 && f.from-s.marks[k].to <= 1; k-- {
		if s.marks[k].cue("not") && !s.marks[k].has("atmost", "") {
			return true
		}
	}
	return false
}

// inherit completes a compared quantity by what it is compared with.
func (s *sentence) inherit(c *Claim, of *Claim) {
	if c.Unit == "" || c.Confidence != High {
		c.Unit = of.Unit
	}
	if c.Year == 0 && c.Unit != of.Unit {
		c.Year, c.From = of.Year, of.From
	}
	if c.Confidence == Low || of.Confidence == High {
		c.Confidence = of.Confidence
	}
	c.Topic = of.Topic
	if c.Quantity.Measure == Number && of.Quantity.Measure != Place {
		c.Quantity.Measure, c.Quantity.Currency = of.Quantity.Measure, of.Quantity.Currency
	}
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

// noise says whether a figure stands among prices of shares and goods or the
// results of matches, which are no figures of a country.
func (s *sentence) noise(sp Span) bool {
	for i := range s.marks {
		if s.marks[i].cue("noise") && !s.cutBetween(sp, i) {
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

// multiple is the value of a quantity; where Chinese tells by how many times
// something grew, it is one more: 增加1.8倍 makes 2.8 times. Whole numbers are
// mostly meant as they stand, whatever the grammar says.
func (s *sentence) multiple(f *found) float64 {
	if f.Measure != Times || s.lexicon.language != "zh" || f.next == f.at+1 || f.Value == math.Trunc(f.Value) {
		return f.Value
	}
	for i := f.at - 1; i >= 0 && f.from-s.marks[i].to <= 2; i-- {
		if s.marks[i].cue("to") {
			return f.Value
		}
		if s.marks[i].cue("grow") && s.tokens[s.marks[i].from].key != "翻" {
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
	if len(c.Topic) == 0 && c.Kind != Rank {
		c.Missing = append(c.Missing, "topic")
	}
	const few, some = 10, 1000 // "five firms", "one of its models": mostly told in passing
	switch {
	case c.Quantity.Measure == Number && (c.Quantity.High < few || s.foreign(c) || c.Quantity.High < some && c.Confidence != High):
		c.Confidence = Low
	case s.noise(c.Span), c.Unit == "" && c.Alliance != "":
		c.Confidence = Low
	case c.Negated || c.Unit+c.Alliance == "" || len(c.Missing) > 1:
		c.Confidence = Low
	case len(c.Missing) == 1 && c.Confidence == High:
		c.Confidence = Medium
	}
}
