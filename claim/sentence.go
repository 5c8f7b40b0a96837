package claim

import (
	"cmp"
	"slices"
	"strings"
)

// named is a country of a sentence with its place and its part in it.
type named struct {
	code    string
	mark    int
	from    int
	oblique bool // stands after "with", "against", "behind": not what the sentence is about
}

// allied marks the code of an alliance among countries.
const allied = "@"

func (n named) alliance() bool { return strings.HasPrefix(n.code, allied) }

// sentence is one sentence in the making.
type sentence struct {
	*reader
	marks  []mark
	units  []named
	found  []found
	cuts   []int // marks at which a segment begins: "compared with", "while"
	claims int   // claims before this sentence
}

// sentence reads the claims of one sentence.
func (r *reader) sentence(marks []mark) {
	s := &sentence{reader: r, marks: marks, claims: len(r.out.Claims)}
	s.recall()
	s.countries()
	s.found = r.quantities(marks)
	s.bases()
	for i := range marks {
		if s.comparesYear(i) {
			continue
		}
		if (marks[i].cue(cueAgainst|cueWhile) || i > 0 && s.signBetween(marks[i-1].to, marks[i].from, ";")) && !s.insideNumber(i) {
			s.cuts = append(s.cuts, s.clauseOf(i))
		}
	}
	s.quantityClaims()
	r.ranked = s.within(0, len(s.marks), cueGroup|cueTable) || slices.ContainsFunc(r.out.Claims[s.claims:], func(c Claim) bool { return c.Kind == Rank })
	for k := range s.found {
		if s.found[k].year {
			s.lastYear = int(s.found[k].Value)
		}
	}
	s.memberships()
	s.relations()
	if asked := s.asked(); asked >= 0 {
		for k := s.claims; k < len(r.out.Claims); k++ {
			if c := &r.out.Claims[k]; c.Span.From >= asked {
				c.Confidence = Low
			}
		}
	}
	s.quotations()
	if c := s.firstSubject(); c != "" {
		r.subject, r.last = c, c
	}
	if c := s.onlyCountry(); c != "" || len(s.units) > 0 {
		r.before1 = c
	}
}

// onlyCountry is the only country of the sentence; "" if it names several or none.
func (s *sentence) onlyCountry() string {
	only := ""
	for _, u := range s.units {
		if u.alliance() {
			continue
		}
		if only != "" && only != u.code {
			return ""
		}
		only = u.code
	}
	return only
}

// asked is the byte at which the question begins that the sentence is, after the
// last colon; -1 if it is none.
func (s *sentence) asked() int {
	const far = 40
	t := s.marks[len(s.marks)-1].to
	for end := min(len(s.tokens), t+far); t < end; t++ {
		if c := s.tokens[t].class; c == stop || c == line {
			break
		}
	}
	if t >= len(s.tokens) || s.tokens[t].key != "?" {
		return -1
	}
	for t--; t > s.marks[0].from && s.tokens[t].key != ":"; t-- {
	}
	return int(s.tokens[t].from)
}

// clauseOf is the mark at which the clause of a word begins: the word itself,
// save for 则, which stands behind its subject.
func (s *sentence) clauseOf(i int) int {
	if s.tokens[s.marks[i].from].key != "则" {
		return i
	}
	for i > 0 && !s.signBetween(s.marks[i-1].to, s.marks[i].from, ",") {
		i--
	}
	return i
}

// countries lists the countries of the sentence. One after "with", "against"
// or "behind", and those coordinated with it, are oblique.
func (s *sentence) countries() {
	oblique := false
	last := -1
	for i := range s.marks {
		m := &s.marks[i]
		code := m.country()
		if a, b := s.both(i); a != "" {
			s.units = append(s.units, named{a, i, m.from, false}, named{b, i, m.from, false})
			last = i
			continue
		}
		if code == "" && s.standsFor(i) {
			s.units = append(s.units, named{s.meant(m), i, m.from, false})
			last = i
			continue
		}
		if a, ok := m.is("alliance"); ok {
			code = allied + a.name
		}
		if code == "" {
			continue
		}
		s.out.Units = append(s.out.Units, Mention{strings.TrimPrefix(code, allied), s.span(m.from, m.to)})
		if s.dateline(i) {
			continue
		}
		if last >= 0 && s.coordinated(last, i) && !s.newClause(last, i) && s.marks[last].has("alliance") == m.has("alliance") {
			// keeps the part of the one before
		} else {
			oblique = s.towards(i) || i > 0 && m.from-s.marks[i-1].to <= 1 && !s.signBetween(s.marks[i-1].to, m.from, ",") && s.marks[i-1].cue(cueWith|cueBehind|cueAhead|cueRestrict|cueOblique) && !s.marks[i-1].cue(cueWhile|cueVsoAhead|cueVsoBehind)
			oblique = oblique || m.from > 0 && s.tokens[m.from-1].key == "比" || i > 0 && s.marks[i-1].to == m.from && (s.embeds(i-1) || s.between(m)) || s.inRanking(i) || s.into(m)
		}
		if strings.HasPrefix(code, allied) {
			verb, _, _ := s.memberCue(i)
			oblique = oblique || verb != ""
		}
		s.units = append(s.units, named{code, i, m.from, oblique})
		last = i
		if kingdoms[code] {
			s.kingdom = code
		}
		if !strings.HasPrefix(code, allied) && s.recent[1] != code {
			s.recent = [2]string{s.recent[1], code}
		}
	}
}

// newClause says whether a comma and an "and" part two countries that are no
// list of three: the second begins a clause of its own.
func (s *sentence) newClause(a, b int) bool {
	if s.lexicon.language != "en" && s.lexicon.language != "ru" || s.marks[b].from-s.marks[a].to < 2 || s.tokens[s.marks[a].to].key != "," {
		return false
	}
	if and := s.tokens[s.marks[a].to+1].key; and != "and" && and != "и" {
		return false
	}
	return a == 0 || s.marks[a-1].country() == "" || !s.coordinated(a-1, a)
}

// both gives the two countries that one word names, 中美, or means, "the two
// countries": those that were named last.
func (s *sentence) both(i int) (a, b string) {
	m := &s.marks[i]
	if p, ok := m.is("pair"); ok {
		a, b, _ = strings.Cut(p.name, "+")
		s.recent = [2]string{a, b}
		return a, b
	}
	if !m.cue(cueBothsides) || s.recent[0] == "" || i > 0 && s.marks[i-1].to == m.from && s.marks[i-1].has("pair") {
		return "", ""
	}
	a, b = cmp.Or(s.firstSubject(), s.subject), s.recent[1]
	if a == "" || a == b {
		a = s.recent[0]
	}
	return a, b
}

// towards says whether a Chinese name holds a preposition: 对华.
func (s *sentence) towards(i int) bool {
	m := &s.marks[i]
	return s.lexicon.language == "zh" && m.to-m.from == 2 && (s.tokens[m.from].key == "对" || s.tokens[m.from].key == "涉")
}

// between says whether a Chinese name stands between 在 and 前 or 后: 排在泰国前面.
func (s *sentence) between(m *mark) bool {
	if s.lexicon.language != "zh" || m.from == 0 || m.to >= len(s.tokens) || !strings.Contains("在居排列位", s.tokens[m.from-1].key) {
		return false
	}
	switch s.tokens[m.to].key {
	case "前", "后", "之":
		return true
	}
	return false
}

// into says whether a Russian name is where something goes, not where it is:
// в Россию and в Китай, unlike в России and в Китае.
func (s *sentence) into(m *mark) bool {
	if s.lexicon.language != "ru" || m.from == 0 || m.has("people") || s.tokens[m.from-1].key != "в" && s.tokens[m.from-1].key != "на" {
		return false
	}
	key := []rune(s.tokens[m.to-1].key)
	return len(key) > 4 && strings.ContainsRune("юуйбвгджзклмнпрстфхцчшщ", key[len(key)-1]) && key[len(key)-1] != 'х'
}

// inRanking says whether a Chinese name is that of who made a ranking:
// 在瑞士洛桑学院的排名中.
func (s *sentence) inRanking(i int) bool {
	const near = 24
	m := &s.marks[i]
	if s.lexicon.language != "zh" || m.from == 0 || s.tokens[m.from-1].key != "在" || m.has("people") {
		return false
	}
	for k := i + 1; k < len(s.marks) && s.marks[k].from-m.to <= near && !s.signBetween(m.to, s.marks[k].from, ","); k++ {
		if s.marks[k].cue(cueRank | cueTable) {
			return true
		}
	}
	return false
}

// standsFor says whether a mark such as "the kingdom" stands for the country
// that the text spoke of last: no country is named beside it.
func (s *sentence) standsFor(i int) bool {
	m := &s.marks[i]
	arabic := s.lexicon.language == "ar"
	if s.subject == "" || !m.cue(cueCountry) || m.has("counted") && (!arabic || m.to != m.from+1 || !strings.HasPrefix(s.tokens[m.from].key, "ال")) {
		return false
	}
	if arabic && i+1 < len(s.marks) && strings.HasPrefix(s.tokens[s.marks[i+1].from].key, "و") {
		return true
	}
	if i > 0 && m.from-s.marks[i-1].to <= 1 && s.marks[i-1].country() != "" {
		return false
	}
	if i+2 < len(s.marks) && s.marks[i+1].from == m.to && s.marks[i+1].cue(cueOf) && s.marks[i+2].country() != "" && s.marks[i+2].from-s.marks[i+1].to <= 1 {
		return false // the government of Canada
	}
	return i+1 == len(s.marks) || s.marks[i+1].from-m.to > 1 || s.marks[i+1].country() == ""
}

// meant is the country that "the country" stands for: the one that the text is
// about; for a kingdom the one named last.
func (s *sentence) meant(m *mark) string {
	switch key := s.tokens[m.to-1].key; {
	case (key == "kingdom" || strings.HasSuffix(key, "مملكه") || strings.HasPrefix(key, "королевств")) && s.kingdom != "":
		return s.kingdom
	}
	return cmp.Or(s.firstSubject(), s.before1, s.main, s.last, s.subject)
}

// kingdoms are the countries of which newspapers write "the kingdom".
var kingdoms = map[string]bool{
	"SAU": true, "MAR": true, "JOR": true, "BHR": true, "GBR": true, "NLD": true, "ESP": true, "DNK": true, "NOR": true, "SWE": true, "BEL": true, "THA": true,
}

// dateline says whether a name is where an article was sent from: "DUBAI -",
// "BRASILIA, March 4 -", 北京3月4日电.
func (s *sentence) dateline(i int) bool {
	m := &s.marks[i]
	if m.has("people") || m.has("alliance") {
		return false
	}
	if s.lexicon.language == "zh" {
		return s.signBetween(m.to, min(m.to+8, len(s.tokens)), "电") && s.signBetween(m.to, min(m.to+8, len(s.tokens)), "日")
	}
	if i > 0 || m.from > 0 && s.tokens[m.from-1].class != stop && s.tokens[m.from-1].class != line || m.to >= len(s.tokens) {
		return false
	}
	next := s.tokens[m.to].key
	if next == "(" || next == "-" && s.lexicon.language != "ru" {
		return true
	}
	if next != "," {
		return false
	}
	for t := m.to; t < min(m.to+6, len(s.tokens)); t++ {
		if s.tokens[t].key == "-" && s.tokens[t].spaced {
			return true
		}
	}
	return false
}

// recall makes "the bloc" stand for the alliance that was named last.
func (s *sentence) recall() {
	for i := range s.marks {
		m := &s.marks[i]
		if a, ok := m.is("alliance"); ok {
			s.alliance = a.name
		} else if m.cue(cueBloc) && s.alliance != "" && !s.namesAlliance(i+1) {
			m.senses = append(slices.Clone(m.senses), sense{class: "alliance", name: s.alliance})
		}
	}
}

func (s *sentence) namesAlliance(i int) bool {
	return i < len(s.marks) && s.marks[i].from-s.marks[i-1].to <= 1 && s.marks[i].has("alliance")
}

// coordinated says whether two countries belong to one list: only "and" and
// commas part them.
func (s *sentence) coordinated(a, b int) bool {
	if a != b && s.marks[a].to == s.marks[b].from {
		return s.lexicon.language == "ar" && strings.HasPrefix(s.tokens[s.marks[b].from].key, "و")
	}
	for t := s.marks[a].to; t < s.marks[b].from; t++ {
		k := s.tokens[t].key
		if k != "," && k != "و" && k != "and" && k != "и" && k != "和" && k != "与" && k != "as" && k != "well" && k != "both" && k != "the" && k != "及" && k != "even" && k != "даже" && k != "также" && k != "كل" && k != "من" && k != "以" && !statehood[k] && k != `"` && k != "nor" && k != "ни" && (s.marks[a].has("alliance") || k != "но" && k != "не" && k != "только" && k != "but" && k != "also" && k != "only" && k != "not") && (k != "в" || !s.marks[a].has("alliance")) {
			return false
		}
	}
	return true
}

// statehood are words of the names of states: "and the Republic of Korea".
var statehood = map[string]bool{
	"republic": true, "kingdom": true, "of": true, "республика": true, "республики": true, "республикой": true, "королевство": true,
	"وجمهوريه": true, "جمهوريه": true, "وسلطنه": true, "سلطنه": true, "ودوله": true, "دوله": true, "ومملكه": true, "مملكه": true, "وامبراطوريه": true,
}

// bases marks the years that a change is measured from: they stand right after
// a word of comparison and no figure of their own follows.
func (s *sentence) bases() {
	for k := range s.found {
		y := &s.found[k]
		if !y.year || y.to2 > 0 {
			continue
		}
		at := y.at - 1
		if at > 0 && s.marks[at].cue(cueIn) && y.from-s.marks[at].to <= 1 {
			at--
		}
		if s.thanYear(k) {
			y.base = true
			continue
		}
		if at < 0 || !s.marks[at].cue(cueAgainst) || y.from-s.marks[at].to > 3 {
			continue
		}
		y.base = k+1 == len(s.found) || s.found[k+1].year || s.within(y.next, s.found[k+1].at+1, cueGrow|cueFall) || s.found[k+1].Measure == Times
	}
}

// thanYear says whether a change is told against a year: "more than in 2020",
// больше, чем в 2023-м, "up 5 % on 2020", "three times the number in 2020".
func (s *sentence) thanYear(k int) bool {
	y := &s.found[k]
	for t := y.from - 1; t >= 0 && t >= y.from-3; t-- {
		switch s.tokens[t].key {
		case "than", "чем":
			return true
		case "on", "over":
			return k > 0 && t == y.from-1 && !s.found[k-1].year && (s.found[k-1].Measure == Percent || s.found[k-1].Measure == Times) && y.from-s.found[k-1].to <= 2
		}
	}
	if k == 0 || s.found[k-1].Measure != Times || s.lexicon.language != "en" {
		return false
	}
	from := s.found[k-1].to
	return from < len(s.tokens) && (s.tokens[from].key == "the" || s.tokens[from].key == "its") && y.from-from <= 6
}

// comparesYear says whether a word of comparison stands before a year that a
// change is measured from, and begins no segment.
func (s *sentence) comparesYear(i int) bool {
	if !s.marks[i].cue(cueAgainst) || s.marks[i].cue(cueWhile) {
		return false
	}
	for k := range s.found {
		if y := &s.found[k]; y.base && y.at > i && y.from-s.marks[i].to <= 3 {
			return true
		}
	}
	return false
}

// signBetween says whether a sign stands among tokens.
func (s *sentence) signBetween(from, to int, sign string) bool {
	for t := from; t < to; t++ {
		if s.tokens[t].key == sign {
			return true
		}
	}
	return false
}

func (s *sentence) insideNumber(i int) bool {
	for _, f := range s.found {
		if i >= f.at && i < f.next {
			return true
		}
	}
	return false
}

// segment gives the marks between the cuts around a mark.
func (s *sentence) segment(at int) (from, to int) {
	to = len(s.marks)
	for _, c := range s.cuts {
		if c <= at {
			from = c
		} else {
			return from, c
		}
	}
	return from, to
}

func (s *sentence) firstSubject() string { return s.subjectUpTo(len(s.marks)) }

// subjectUpTo is the first country before a mark that is not oblique.
func (s *sentence) subjectUpTo(mark int) string {
	for _, u := range s.units {
		if u.mark < mark && !u.oblique && !u.alliance() {
			return u.code
		}
	}
	return ""
}

// within says whether one of the named cues stands among marks.
func (s *sentence) within(from, to int, of cues) bool {
	for i := from; i < to; i++ {
		if s.marks[i].cue(of) {
			return true
		}
	}
	return false
}

// topics lists what the marks speak of.
func (s *sentence) topics(from, to int) []string {
	var list []string
	for i := from; i < to; i++ {
		for _, x := range s.marks[i].senses {
			name := x.name
			if x.class == "indicator" {
				name = "indicator:" + x.name
			}
			if (x.class == "what" || x.class == "indicator") && !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}
