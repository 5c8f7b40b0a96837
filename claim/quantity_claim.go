package claim

import (
	"cmp"
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
		compared := from > 0 && s.marks[from].cue(cueAgainst) && of != nil
		ends := main != "" && s.ends2(i)
		gaps := of != nil && s.endsClause(f.to) && s.ownUnit(f, from) != "" && f.Measure == Number && (of.Quantity.Measure == Percent || of.Quantity.Measure == Money)
		goesOn := of != nil && f.Value >= 1000 && (of.Quantity.Measure == Number || of.Kind == Change && f.at > 0 && s.marks[f.at-1].cue(cueTo) && f.from-s.marks[f.at-1].to <= 1)
		if f.Measure == Number && !s.counts(f) && !compared && !ends && !goesOn && !gaps || f.Measure == Times && (s.comparison(f) || !s.timesGrow(f)) || f.Measure == Points && s.scored(f) {
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
		if s.shortened(f, &c, of, from) {
			c.Quantity.Measure, c.Quantity.Currency, c.Topic = of.Quantity.Measure, of.Quantity.Currency, of.Topic
			c.Year, c.From, c.Kind, c.Verb = cmp.Or(c.Year, of.Year), cmp.Or(c.From, of.From), of.Kind, of.Verb
		} else if compared && of.Kind == Rank && f.Measure == Number && f.Value <= 200 && !s.worded(f) && !s.counts(f) {
			c.Kind, c.Unit, c.Of, c.Quantity.Measure, c.Confidence = Rank, of.Unit, of.Of, Place, of.Confidence // after 85th in 2022
		} else if compared && !s.counts(f) || compared && c.Quantity.Measure == of.Quantity.Measure || (ends || goesOn) && len(c.Topic) == 0 {
			s.inherit(&c, of)
		}
		if s.ofThem(f) && len(c.Topic) == 0 {
			c.Topic = s.lastTopic
		}
		if of != nil && c.Year == 0 && s.ofThem(f) {
			c.Year, c.From = of.Year, of.From
			if c.Confidence != High || len(s.units) == 0 {
				c.Unit = of.Unit
			}
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
		s.lastTopic = c.Topic
	}
}

// ownUnit is the country that a segment begins with, before a quantity, and no
// other quantity with it; "" if there is none.
func (s *sentence) ownUnit(f *found, from int) string {
	code := ""
	for _, u := range s.units {
		if u.mark >= from && u.mark < f.at && !u.oblique && !u.alliance() && f.from-s.marks[u.mark].to <= 4 {
			code = u.code
		}
	}
	return code
}

// shortened says whether a bare number at the end of a clause with a country of
// its own measures what the number before it does: "Russia spends 1 % of GDP,
// and Korea almost five".
func (s *sentence) shortened(f *found, c, of *Claim, from int) bool {
	return of != nil && f.Measure == Number && c.Unit != of.Unit && (of.Quantity.Measure == Percent || of.Quantity.Measure == Money) &&
		s.endsClause(f.to) && s.ownUnit(f, from) == c.Unit && c.Unit != ""
}

// endsClause says whether a clause ends before a token.
func (s *sentence) endsClause(t int) bool {
	if t >= len(s.tokens) {
		return true
	}
	tok := &s.tokens[t]
	return tok.class == stop || tok.class == line || tok.key == "," || tok.key == ";"
}

// ofThem says whether "of them" stands close after a quantity, or before it in
// Chinese.
func (s *sentence) ofThem(f *found) bool {
	if f.next < len(s.marks) && s.marks[f.next].cue(cueOfthem) && s.marks[f.next].from-f.to <= 1 {
		return true
	}
	for k := f.at - 1; k >= 0 && f.from-s.marks[k].to <= 8; k-- {
		if s.marks[k].cue(cueOfthem) {
			return s.lexicon.language == "zh" || f.from-s.marks[k].to <= 3
		}
	}
	return false
}

// gapped makes a change of a percentage whose verb was told before: "grew by
// 5 % in China and 3 % in Japan".
func (s *sentence) gapped(c, of *Claim, f *found) {
	if c.Kind != Level || of == nil || of.Kind != Change || f.Measure != Percent || of.Quantity.Measure != Percent || c.Unit == of.Unit {
		return
	}
	if s.follows(f) {
		c.Kind, c.Verb = Change, of.Verb // والأردن 8 في المئة
	}
	if f.next+1 < len(s.marks) && s.marks[f.next].cue(cueIn) && s.marks[f.next+1].country() != "" && s.marks[f.next+1].from-f.to <= 3 {
		c.Kind, c.Verb = Change, of.Verb
	}
}

// scored says whether points are those of a score and tell no change: they are
// not called percentage points, and nothing grows or falls beside them.
func (s *sentence) scored(f *found) bool {
	const near = 4
	for i := f.at; i < f.next; i++ {
		if s.marks[i].has("percent") || s.marks[i].has("points") && s.marks[i].to-s.marks[i].from > 1 {
			return false
		}
	}
	for i := range s.marks {
		if s.marks[i].cue(cueGrow|cueFall) && max(s.marks[i].from-f.to, f.from-s.marks[i].to) <= near {
			return false
		}
	}
	return true
}

// ends2 says whether a quantity is where a growth ended of which the one
// before it is the start.
func (s *sentence) ends2(i int) bool {
	for k := i - 1; k >= 0; k-- {
		if !s.found[k].year {
			return s.starts(&s.found[k]) && s.found[i].at > 0 && s.marks[s.found[i].at-1].cue(cueTo)
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
	if f.Value >= 1e5 && f.to < len(s.tokens) && weighed[s.tokens[f.to].key] && s.countsThings(f) {
		return true // 2.4 million tonnes of copper
	}
	if f.Value >= 10 && s.capitals() && s.ofNumber(f) {
		return true
	}
	if f.to < len(s.tokens) && metric[s.tokens[f.to].key] || f.to+1 < len(s.tokens) && s.tokens[f.to].key == "-" && metric[s.tokens[f.to+1].key] {
		return false
	}
	if s.lexicon.language == "zh" && f.Value < 1000 && f.to < len(s.tokens) && strings.Contains("类类项种条份次", s.tokens[f.to].key) {
		return false
	}
	if f.Value >= 1000 && s.countsThings(f) {
		return true
	}
	if f.Value >= 1000 && f.at > 0 && s.marks[f.at-1].cue(cueAmount) && f.from-s.marks[f.at-1].to <= 2 {
		return true
	}
	if f.Value >= 1000 && f.next < len(s.marks) && s.marks[f.next].from == f.to && s.marks[f.next].has("people") && (f.next+1 >= len(s.marks) || s.marks[f.next+1].from > s.marks[f.next].to || !s.marks[f.next+1].has("what")) && strings.HasSuffix(s.tokens[f.to].key, "s") {
		return true // a million Brazilians
	}
	if (f.Value >= 100 || f.Value >= 10 && s.capitals() && !s.tokens[min(f.to, len(s.tokens)-1)].upper) && f.to < len(s.tokens) && s.tokens[f.to].class == word && !smallWords[s.tokens[f.to].key] && (f.next >= len(s.marks) || s.marks[f.next].from > f.to) && (s.within(0, f.at, cuePlan) && s.onlyYear() > 0 || s.untilYear()) {
		return true // planned, of what the lexicon does not know
	}
	if s.lexicon.language == "zh" && f.Value >= 10 && f.to < len(s.tokens) && strings.Contains("所家个名人台座项件篇种户款套条", s.tokens[f.to].key) && s.within(0, f.at, cuePlan) && s.onlyYear() > 0 {
		return true
	}
	if s.lexicon.language == "zh" && f.Value >= 100 && f.to < len(s.tokens) && (s.tokens[f.to].key == "名" || s.tokens[f.to].key == "人") {
		return true
	}
	for i := f.next; i < len(s.marks) && s.marks[i].from-f.to <= 2; i++ {
		if s.marks[i].has("what") || s.marks[i].has("indicator") {
			return true
		}
	}
	for i := f.at - 1; i >= 0 && (f.Value >= 1000 || s.lexicon.language == "zh" && f.to < len(s.tokens) && strings.Contains("所家个名人台座项件篇种户款", s.tokens[f.to].key)) && f.from-s.marks[i].to <= 4; i-- {
		if s.marks[i].has("what") || s.marks[i].has("indicator") {
			return true
		}
	}
	return false
}

// weighed are units of what countries produce.
var weighed = map[string]bool{"tonnes": true, "tons": true, "barrels": true, "bottles": true, "тонн": true, "баррелей": true, "бутылок": true}

// ofNumber says whether a bare number is where a growth of a number of things began
// or ended: the number of start-ups has grown from 250 to 700.
func (s *sentence) ofNumber(f *found) bool {
	if f.at == 0 || f.from-s.marks[f.at-1].to > 1 || !s.marks[f.at-1].cue(cueFrom|cueTo) || f.to < len(s.tokens) && s.tokens[f.to].class == word && !smallWords[s.tokens[f.to].key] {
		return false
	}
	from, _ := s.segment(f.at)
	number := false
	for i := from; i < f.at; i++ {
		for _, x := range s.marks[i].senses {
			number = number || x.class == "what" && (x.name == "number" || x.name == "companies" || x.name == "specialists" || x.name == "students")
		}
	}
	return number && s.within(from, f.at, cueGrow|cueFall|cuePlan)
}

// countsThings says whether a noun that the lexicon does not know, or that it
// knows as visitors or goods, stands right after a large number, behind a country
// in its clause.
func (s *sentence) countsThings(f *found) bool {
	if f.Value < 1e5 && s.tokens[f.from].class != digits && s.capitals() {
		return false // a thousand reasons
	}
	if f.to >= len(s.tokens) || s.tokens[f.to].class != word || s.tokens[f.to].upper || f.next < len(s.marks) && s.marks[f.next].from == f.to && !s.marks[f.next].cue(cueCrowd|cueNoise) {
		return false
	}
	if smallWords[s.tokens[f.to].key] {
		return false
	}
	from, _ := s.segment(f.at)
	for _, u := range s.units {
		if u.mark >= from && u.mark < f.at && !u.oblique && !u.alliance() {
			return true
		}
	}
	return s.subject != "" && from == 0 && f.at <= 3
}

// smallWords stand behind a number and are nothing that it counts.
var smallWords = map[string]bool{
	"can": true, "will": true, "may": true, "is": true, "are": true, "was": true, "were": true, "and": true, "or": true, "of": true, "in": true, "to": true, "for": true, "by": true, "on": true, "at": true, "from": true,
	"more": true, "less": true, "a": true, "the": true, "that": true, "as": true, "would": true, "could": true, "but": true, "with": true, "has": true, "have": true, "each": true, "per": true,
	"и": true, "а": true, "в": true, "на": true, "к": true, "до": true, "за": true, "по": true, "с": true, "из": true, "или": true, "но": true, "для": true, "от": true, "при": true, "у": true, "тем": true, "не": true,
	"في": true, "من": true, "علي": true, "الي": true, "عن": true, "مع": true, "بين": true, "او": true, "اي": true, "خلال": true, "عام": true, "سنة": true, "حتي": true, "بحلول": true, "لكل": true, "سنويا": true,
}

// untilYear says whether a year of the sentence stands after "by" or "until".
func (s *sentence) untilYear() bool {
	for i := range s.found {
		if y := &s.found[i]; y.year && y.at > 0 && s.marks[y.at-1].cue(cueUntil) && !s.marks[y.at-1].cue(cueIn) && y.from-s.marks[y.at-1].to <= 1 {
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
