package claim

import (
	"slices"
	"strings"
)

// butNot reads "a member of NATO but not of the EU", состоит в НАТО, но не в ЕС: those
// who are members of the alliance before are outside this one.
func (s *sentence) butNot(i int, alliance string) bool {
	const near = 4
	if !s.capitals() {
		return false
	}
	not := false
	for t := s.marks[i].from - 1; t >= 0 && s.marks[i].from-t <= near; t-- {
		switch key := s.tokens[t].key; key {
		case "of", "in", "to", "the", "a", "member", "в", "член", "членом", "part":
			continue
		case "not", "не":
			not = t > 0 && (s.tokens[t-1].key == "but" || s.tokens[t-1].key == "но" || s.tokens[t-1].key == "а" || s.tokens[t-1].key == "though" || s.tokens[t-1].key == "and" || s.tokens[t-1].key == "и" || s.tokens[t-1].key == ",")
		}
		break
	}
	if !not {
		return false
	}
	told := false
	for k := len(s.out.Claims) - 1; k >= s.claims; k-- {
		c := s.out.Claims[k]
		if c.Kind != Membership || c.Verb != "member" && c.Verb != "join" || c.Alliance == alliance {
			continue
		}
		told = true
		if s.repeats(c.Unit, alliance, "outside") {
			continue
		}
		s.claim(Claim{
			Kind: Membership, Unit: c.Unit, Alliance: alliance, Verb: "outside", Negated: true,
			Span: s.span(s.marks[i].from, s.marks[i].to), Confidence: High, Rule: "membership-but-not",
		})
	}
	return told
}

// neither says whether "neither" or "nor" stands right before an alliance.
func (s *sentence) neither(i int) bool {
	if s.lexicon.language != "en" {
		return false
	}
	t := s.marks[i].from - 1
	if t >= 0 && s.tokens[t].key == "the" {
		t--
	}
	if t >= 0 && (s.tokens[t].key == "of" || s.tokens[t].key == "in" || s.tokens[t].key == "to") {
		t--
	}
	return t >= 0 && (s.tokens[t].key == "neither" || s.tokens[t].key == "nor")
}

// short reads what is told of a membership with no more than a country and "not", or
// a verb: "Finland is in NATO; Austria is not", Узбекистан в ЕАЭС не входит, Казахстан
// входит.
func (s *sentence) short() {
	if !s.capitals() {
		return
	}
	for k := range s.units {
		u := &s.units[k]
		if u.alliance() || u.oblique || s.marks[u.mark].has("people") && !s.marks[u.mark].has("unit") {
			continue
		}
		alliance, before := "", -1
		for j := s.claims; j < len(s.out.Claims); j++ {
			if c := &s.out.Claims[j]; c.Kind == Membership && c.Span.To <= int(s.tokens[u.from].from) && c.Unit != u.code {
				alliance, before = c.Alliance, j
			}
		}
		if alliance == "" && (s.likewise(u) || s.alsoFollowed(s.marks[u.mark].to) > 0) {
			alliance, before = s.joinedBefore(u)
		}
		if alliance == "" || s.alsoFollowed(s.marks[u.mark].to) == 0 && s.clauseBefore(u) && !s.likewise(u) {
			continue
		}
		if s.joinedToo(u, &s.out.Claims[before]) {
			continue
		}
		verb, end := s.shortVerb(s.marks[u.mark].to)
		if verb == "same" {
			verb = s.out.Claims[before].Verb
		} else if s.likewise(u) && verb == "" {
			verb, end = s.out.Claims[before].Verb, s.marks[u.mark].to
		}
		if verb == "" || s.repeats(u.code, alliance, verb) {
			continue
		}
		if verb == "member" && s.out.Claims[before].Verb == "member" && s.lexicon.language == "en" && s.tokens[end-1].key != "does" && s.tokens[end-1].key != "is" {
			continue
		}
		list := []string{alliance}
		if s.tokens[end-1].key == "neither" {
			list = s.alliancesOf(s.out.Claims[before].Unit)
		}
		year := 0
		if s.likewise(u) && before < s.claims {
			year = s.out.Claims[before].Year // joined in 2017. So did India
		}
		for _, a := range list {
			s.claim(Claim{
				Kind: Membership, Unit: u.code, Alliance: a, Verb: verb, Negated: verb == "outside", Year: year,
				Span: s.span(u.from, end), Confidence: Medium, Rule: "membership-short",
			})
		}
	}
}

// alliancesOf lists those that the sentence has told a country to belong to.
func (s *sentence) alliancesOf(unit string) []string {
	var list []string
	for k := s.claims; k < len(s.out.Claims); k++ {
		if c := &s.out.Claims[k]; c.Kind == Membership && c.Unit == unit && !slices.Contains(list, c.Alliance) {
			list = append(list, c.Alliance)
		}
	}
	return list
}

// likewise says whether "neither is" or "so did" stands right before a country.
func (s *sentence) likewise(u *named) bool {
	t := u.from - 1
	if t >= 0 && s.tokens[t].key == "the" {
		t--
	}
	if s.lexicon.language != "en" || t < 1 {
		return false
	}
	switch s.tokens[t].key {
	case "is", "are", "does", "do", "did", "has", "have", "was":
		before := s.tokens[t-1].key
		return before == "neither" || before == "nor" || before == "so"
	}
	return false
}

// joinedToo reads who joined or left with no more than a year: "Laos joined ASEAN in
// 1997, Cambodia two years later", Камбоджа - в 1999-м.
func (s *sentence) joinedToo(u *named, before *Claim) bool {
	if before.Verb != "join" && before.Verb != "leave" {
		return false
	}
	t := s.marks[u.mark].to
	if t < len(s.tokens) && s.tokens[t].key == "-" {
		t++
	}
	t += s.alsoFollowed(t)
	year, end := 0, 0
	for k := range s.found {
		if y := &s.found[k]; y.year && y.from == t+1 && (s.tokens[t].key == "in" || s.tokens[t].key == "в") {
			year, end = int(y.Value), y.to
		}
	}
	later := t < len(s.tokens) && (s.yearsLater(t) || s.tokens[t].key == "a" && t+2 < len(s.tokens) && s.tokens[t+1].key == "year" && (s.tokens[t+2].key == "later" || s.tokens[t+2].key == "earlier"))
	if later && year == 0 {
		end = t + 3
	}
	if end == 0 || s.repeats(u.code, before.Alliance, before.Verb) {
		return false
	}
	s.claim(Claim{
		Kind: Membership, Unit: u.code, Alliance: before.Alliance, Verb: before.Verb, Year: year,
		Span: s.span(u.from, end), Confidence: Medium, Rule: "membership-short",
	})
	return true
}

// alsoFollowed is how many tokens "followed" or "did so" takes at a token, before "in"
// and a year; 0 if neither stands there.
func (s *sentence) alsoFollowed(t int) int {
	var n int
	switch {
	case !s.capitals() || t+2 >= len(s.tokens):
		return 0
	case s.tokens[t].key == "followed":
		n = 1
	case s.tokens[t].key == "did" && s.tokens[t+1].key == "so":
		n = 2
	default:
		return 0
	}
	if s.tokens[t+n].key != "in" {
		return 0
	}
	return n
}

// joinedBefore is the alliance of the last claim of the sentence before, where that told
// who joined or left, and its place among the claims.
func (s *sentence) joinedBefore(u *named) (string, int) {
	const far = 120
	k := s.claims - 1
	if k < 0 {
		return "", -1
	}
	c := &s.out.Claims[k]
	if c.Kind != Membership || c.Verb != "join" && c.Verb != "leave" || c.Unit == u.code || int(s.tokens[u.from].from)-c.Span.To > far {
		return "", -1
	}
	return c.Alliance, k
}

// clauseBefore says whether no sign or "and" parts a country from what stands before
// it, so that it begins no clause.
func (s *sentence) clauseBefore(u *named) bool {
	t := u.from - 1
	if t >= 0 && s.tokens[t].key == "the" {
		t--
	}
	if t < 0 {
		return true
	}
	switch s.tokens[t].key {
	case ",", ";", "and", "but", "while", "а", "и", "но", "-", ":", "whereas", "зато", "though":
		return false
	}
	return s.tokens[t].class != stop
}

// shortVerb reads "is not", "does not", "- нет", "входит" at a token, up to the end of
// a clause.
func (s *sentence) shortVerb(t int) (verb string, end int) {
	ends := func(k int) bool { return s.endsClause(k) || k < len(s.tokens) && s.tokens[k].key == "-" }
	key := func(k int) string {
		if k < len(s.tokens) {
			return s.tokens[k].key
		}
		return ""
	}
	if key(t) == "-" {
		t++
	}
	switch key(t) {
	case "is", "are", "does", "do", "has", "have", "was", "did":
		if key(t+1) == "not" && ends(t+2) {
			return "outside", t + 2
		}
		if key(t+1) == "in" && key(t+2) == "neither" && ends(t+3) {
			return "outside", t + 3
		}
	case "isn't", "doesn't", "hasn't", "aren't", "didn't", "нет":
		if ends(t + 1) {
			return "outside", t + 1
		}
	case "belongs", "belong":
		if key(t+1) == "to" && key(t+2) == "neither" && ends(t+3) {
			return "outside", t + 3
		}
	case "not":
		if ends(t + 1) {
			return "outside", t + 1
		}
	case "too", "either", "likewise", "тоже", "также":
		if ends(t + 1) {
			return "same", t + 1
		}
	case "входит", "состоит", "участвует":
		if ends(t + 1) {
			return "member", t + 1
		}
	}
	return "", 0
}

// inSince reads a membership without a verb: "Costa Rica, in the OECD since 2021",
// Хорватия в ЕС с 2013 года.
func (s *sentence) inSince(i int, alliance string) bool {
	if !s.capitals() || i == 0 {
		return false
	}
	t := s.marks[i].from - 1
	if s.tokens[t].key == "the" {
		t--
	}
	if t < 1 || s.tokens[t].key != "in" && s.tokens[t].key != "в" {
		return false
	}
	t--
	if s.tokens[t].key == "," || s.tokens[t].key == "-" {
		t--
	}
	for k := range s.units {
		u := &s.units[k]
		if u.alliance() || s.marks[u.mark].to != t+1 {
			continue
		}
		for f := range s.found {
			if y := &s.found[f]; y.year && s.sinceYear(y) && y.from >= s.marks[i].to && y.from-s.marks[i].to <= 2 {
				s.claim(Claim{
					Kind: Membership, Unit: u.code, Alliance: alliance, Verb: "member", Year: int(y.Value),
					Span: s.span(u.from, y.to), Confidence: High, Rule: "membership-since",
				})
				return true
			}
		}
	}
	return false
}

// asPartner says whether somebody joins only as a partner or an observer.
func (s *sentence) asPartner(t int) bool {
	for k := t; s.capitals() && k < len(s.tokens) && k < t+5; k++ {
		key := s.tokens[k].key
		switch {
		case s.tokens[k].class != word:
			return false
		case key == "partner", key == "observer", key == "associate", strings.HasPrefix(key, "партнер"), strings.HasPrefix(key, "наблюдател"):
			return true
		}
	}
	return false
}

// yearsApart says whether no more than a year and an "and" part two alliances: joined
// the EU in 2004 and NATO in 1999; в ЕС в 2004 году, а в НАТО - в 1999-м.
func (s *sentence) yearsApart(a, b int) bool {
	const most = 7
	from, to := s.marks[a].to, s.marks[b].from
	if !s.capitals() || to-from > most {
		return false
	}
	year := false
	for t := from; t < to; t++ {
		tok := &s.tokens[t]
		if tok.class == digits && len(tok.key) == 4 {
			year = true
			continue
		}
		switch tok.key {
		case "in", "and", ",", "the", "then", "to", "в", "году", "а", "и", "г", ".", "год", "затем", "потом", "-", "м":
		default:
			return false
		}
	}
	return year
}

// ownYear is the year right behind an alliance that another one with a year of its
// own stands before; 0 if there is none.
func (s *sentence) ownYear(i int) int {
	apart := false
	for k := i - 1; k >= 0 && !apart; k-- {
		apart = s.marks[k].has("alliance") && s.yearsApart(k, i)
	}
	for k := range s.found {
		if y := &s.found[k]; apart && y.year && y.from >= s.marks[i].to && y.from-s.marks[i].to <= 3 {
			return int(y.Value)
		}
	}
	return 0
}
