package claim

import (
	"slices"
	"strings"
)

// named is a country of a sentence with its place and its part in it.
type named struct {
	code    string
	mark    int
	from    int
	oblique bool // stands after "with", "against", "behind": not what the sentence is about
	closed  int  // token behind the clause between commas in which it stands; 0 = none
}

// allied marks the code of an alliance among countries.
const allied = "@"

func (n named) alliance() bool { return strings.HasPrefix(n.code, allied) }

// sentence is one sentence in the making.
type sentence struct {
	*reader
	marks     []mark
	units     []named
	found     []found
	years     []*found // by quantity, once they are known
	yearKnown []bool
	cuts      []int // marks at which a segment begins: "compared with", "while"
	claims    int   // claims before this sentence
}

// sentence reads the claims of one sentence.
func (r *reader) sentence(marks []mark) {
	s := &sentence{reader: r, marks: marks, claims: len(r.out.Claims), units: r.unitBuffer[:0]}
	s.recall()
	s.countries()
	r.unitBuffer = s.units[:0]
	s.found = r.quantities(marks)
	s.bases()
	for i := range marks {
		if s.comparesYear(i) || s.noMoreThan(i) {
			continue
		}
		if (marks[i].cue(cueAgainst|cueWhile) && (!s.capitals() || !s.parenthesis(i)) || i > 0 && s.signBetween(marks[i-1].to, marks[i].from, ";")) && !s.insideNumber(i) {
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
	if c := s.heading(); c != "" {
		r.subject, r.last = c, c
	}
	if c := s.onlyCountry(); c != "" || len(s.units) > 0 {
		r.before1 = c
	}
}

// heading is the country of a sentence that is no more than its name, at the head of
// an item of a list: "— Белоруссия."; "" if it is none.
func (s *sentence) heading() string {
	if !s.capitals() || len(s.units) != 1 || len(s.marks) > 2 {
		return ""
	}
	m := &s.marks[s.units[0].mark]
	if m.to >= len(s.tokens) || s.tokens[m.to].class != stop || s.units[0].alliance() {
		return ""
	}
	for t := m.from - 1; t >= 0 && s.tokens[t].class != stop && s.tokens[t].class != line; t-- {
		if s.tokens[t].class == word || s.tokens[t].class == digits {
			return ""
		}
	}
	return s.units[0].code
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
		if s.chinese() && s.tokens[t].key == "," && strings.Contains("但可那谁", s.keyAt(t+1)) && s.keyAt(t+1) != "" {
			break
		}
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
			s.units = append(s.units, named{code: a, mark: i, from: m.from}, named{code: b, mark: i, from: m.from})
			last = i
			continue
		}
		if code == "" && s.standsFor(i) {
			s.units = append(s.units, named{code: s.meant(m), mark: i, from: m.from})
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
			oblique = s.towards(i) || i > 0 && m.from-s.marks[i-1].to <= 1 && !s.signBetween(s.marks[i-1].to, m.from, ",") && s.marks[i-1].cue(cueWith|cueBehind|cueAhead|cueRestrict|cueOblique) && (!s.arabic() || !s.marks[i-1].cue(cueRestrict) || !finite(s.tokens[s.marks[i-1].from].key)) && !s.marks[i-1].cue(cueWhile|cueVsoAhead|cueVsoBehind)
			oblique = oblique || s.receives(m) || s.comparedWith(m.from) || m.from > 1 && s.tokens[m.from-1].key == "in" && (s.tokens[m.from-2].key == "based" || s.tokens[m.from-2].key == "headquartered")
			oblique = oblique || m.from > 0 && s.tokens[m.from-1].key == "比" || i > 0 && s.marks[i-1].to == m.from && (s.embeds(i-1) || s.between(m)) || s.inRanking(i) || s.into(m)
		}
		if strings.HasPrefix(code, allied) {
			verb, _, _ := s.memberCue(i)
			oblique = oblique || verb != ""
		}
		s.units = append(s.units, named{code: code, mark: i, from: m.from, oblique: oblique, closed: s.closedClause(m)})
		last = i
		if kingdoms[code] {
			s.kingdom = code
		}
		if !strings.HasPrefix(code, allied) && s.recent[1] != code {
			s.recent = [2]string{s.recent[1], code}
		}
	}
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
		return next == "-" || !s.capitals() || m.to+1 >= len(s.tokens) || s.tokens[m.to+1].class != digits
	}
	if next != "," {
		return false
	}
	dated := false
	for t := m.to; t < min(m.to+6, len(s.tokens)); t++ {
		dated = dated || s.tokens[t].class == digits
		if s.tokens[t].key == "-" && s.tokens[t].spaced {
			return dated
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
		} else if m.cue(cueBloc) && s.alliance != "" && !s.namesAlliance(i+1) && (s.lexicon.language != "ar" || strings.Contains(s.tokens[m.from].key, "ال") || strings.Contains(s.tokens[m.from].key, "لل")) {
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
	if a > 0 && s.marks[b].from-s.marks[a].to == 1 && s.tokens[s.marks[a].to].key == "," && s.differing(a) {
		return false // unlike Turkey, Serbia
	}
	if a != b && s.marks[a].to == s.marks[b].from {
		return s.arabic() && s.tied(s.marks[b].from, "و")
	}
	for t := s.marks[a].to; t < s.marks[b].from; t++ {
		k := s.tokens[t].key
		if k != "," && k != "و" && k != "and" && k != "и" && k != "和" && k != "与" && k != "as" && k != "well" && k != "both" && k != "the" && k != "及" && k != "even" && k != "даже" && k != "также" && k != "كل" && k != "من" && k != "以" && !statehood[k] && k != `"` && k != "nor" && k != "ни" && (s.marks[a].has("alliance") || k != "но" && k != "не" && k != "только" && k != "but" && k != "also" && k != "only" && k != "not" && k != "как" && k != "like" && (!relativeWord(k) || !s.likeAfter(t))) && (k != "в" && k != "وفي" && k != "والي" || !s.marks[a].has("alliance")) {
			return false
		}
	}
	return true
}

// differing says whether "unlike" or the like stands right before a country.
func (s *sentence) differing(a int) bool {
	t := s.marks[a].from - 1
	if t < 0 {
		return false
	}
	switch s.tokens[t].key {
	case "unlike", "عكس", "خلاف", "بخلاف", "خلافا", "بعكس", "وبخلاف", "وخلافا", "after", "besides", "кроме", "помимо":
		return true
	case "от":
		return t > 0 && s.tokens[t-1].key == "отличие"
	}
	return false
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
		if s.thanYear(k) || s.thanItWas(y) {
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
		case "on", "over", "from":
			if s.tokens[t].key == "from" && (s.lexicon.language != "en" || y.to < len(s.tokens) && (s.tokens[y.to].key == "to" || s.tokens[y.to].key == "-") || k > 0 && s.found[k-1].Measure == Times) {
				return false
			}
			return k > 0 && t == y.from-1 && !s.found[k-1].year && (s.found[k-1].Measure == Percent || s.found[k-1].Measure == Times) && y.from-s.found[k-1].to <= 2
		}
	}
	if k == 0 || s.found[k-1].Measure != Times || s.lexicon.language != "en" {
		return false
	}
	from := s.found[k-1].to
	if y.at > 0 && s.marks[y.at-1].cue(cueUntil) && !s.marks[y.at-1].cue(cueIn) {
		return false
	}
	if s.capitals() && from > 0 && (s.tokens[from-1].key == "the" || s.tokens[from-1].key == "its" || s.tokens[from-1].key == "what") && y.from-from <= 4 {
		return true // twice the share of 2018
	}
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
		if u.mark < mark && !u.oblique && !u.alliance() && u.closed == 0 {
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
