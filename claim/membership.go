package claim

import "strings"

// memberships reads who belongs to, joins or leaves an alliance. Countries
// that stand in one list share what is said of it; "joined" takes every
// country that the sentence named before.
func (s *sentence) memberships() {
	for i := range s.marks {
		a, ok := s.marks[i].is("alliance")
		if !ok {
			continue
		}
		if s.butNot(i, a.name) || s.inSince(i, a.name) {
			continue
		}
		verb, at, all := s.memberCue(i)
		if (verb == "member" || verb == "join") && s.neither(i) {
			verb = "outside"
		}
		if verb == "join" && s.asPartner(s.marks[max(i, at)].to) {
			continue
		}
		if verb == "" {
			s.allyOf(i, a.name)
			continue
		}
		if verb == "member" && s.becomes(min(i, at)) {
			verb = "join"
		} else if v := s.becomesAfter(max(i, at)); verb == "member" && v != "" {
			verb = v
		}
		if head := min(i, at); verb == "member" && head > 0 && s.marks[head-1].cue(cueNot) && s.marks[head].from-s.marks[head-1].to <= 1 {
			verb = "outside"
		}
		if verb == "member" && i+1 < len(s.marks) && s.marks[i+1].from == s.marks[i].to && s.marks[i+1].cue(cueNonmember) {
			verb, at = "outside", i+1 // 仍在金砖之外
		}
		year := s.yearOfMembership(verb, min(i, at), max(i, at))
		if y := s.ownYear(i); y > 0 {
			year = y
		}
		for _, u := range s.members(i, at, all) {
			if s.repeats(u.code, a.name, verb) {
				continue
			}
			first, last := min(u.from, s.marks[i].from, s.marks[at].from), max(s.marks[u.mark].to, s.marks[i].to, s.marks[at].to)
			s.claim(Claim{
				Kind: Membership, Unit: u.code, Alliance: a.name, Verb: verb, Negated: verb == "outside", Year: year,
				Span: s.span(first, last), Confidence: High, Rule: "membership-" + verb,
			})
		}
	}
	s.elliptic()
	s.insideIt()
	s.includes()
	s.notIn()
	s.short()
}

// repeats says whether the sentence has told a membership already.
func (s *sentence) repeats(unit, alliance, verb string) bool {
	for k := s.claims; k < len(s.out.Claims); k++ {
		if c := &s.out.Claims[k]; c.Kind == Membership && c.Unit == unit && c.Alliance == alliance && c.Verb == verb {
			return true
		}
	}
	return false
}

// elliptic reads a word of joining or leaving that names no alliance and means
// the one that the sentence named before: "Iran joined BRICS, Saudi Arabia has
// not joined".
func (s *sentence) elliptic() {
	const near = 6
	alliance, at := "", 0
	for k := range s.marks {
		if a, ok := s.marks[k].is("alliance"); ok {
			alliance, at = a.name, k
			continue
		}
		if s.marks[k].cue(cueOtherbody) {
			alliance = ""
		}
		v, ok := s.verbOf(k)
		if ok && alliance == "" && v != "member" && s.joinsIt(k) {
			alliance, at = s.alliance, k
		}
		if !ok || alliance == "" || v == "member" || s.told(k) || at != k && s.marks[k].from-s.marks[at].to <= 1 {
			continue
		}
		u := s.doer(k)
		if near := s.neighbour(k, 2, true); s.arabic() && near != nil && s.joinsIt(k) {
			u = near // التحقت بها إندونيسيا
		}
		if u != nil && s.repeats(u.code, alliance, v) {
			continue
		}
		if v := s.whichJoined(k); v != nil {
			u = v
		}
		if u == nil || s.marks[k].from-s.marks[u.mark].to > near && u.mark > at || s.objectAfter(k) && !s.joinsIt(k) || s.whichJoined(k) == nil && u.mark > at && at != k && s.signBetween(s.marks[u.mark].to, s.marks[k].from, ",") {
			continue
		}
		s.claim(Claim{
			Kind: Membership, Unit: u.code, Alliance: alliance, Verb: v, Negated: v == "outside", Year: s.yearOfMembership(v, k, k),
			Span: s.span(min(u.from, s.marks[k].from), s.marks[k].to), Confidence: Medium, Rule: "membership-elliptic",
		})
	}
}

// whichJoined is the country right before a relative clause that begins with a word
// of joining: "from Ethiopia, which joined it in 2024".
func (s *sentence) whichJoined(k int) *named {
	t := s.marks[k].from - 1
	for t >= 0 && t > s.marks[k].from-4 && !relativeWord(s.tokens[t].key) {
		t--
	}
	if !s.capitals() || t < 2 || !relativeWord(s.tokens[t].key) || s.tokens[t-1].key != "," {
		return nil
	}
	for j := range s.units {
		if u := &s.units[j]; s.marks[u.mark].to == t-1 && !u.alliance() {
			return u
		}
	}
	return nil
}

// joinsIt says whether a pronoun for the alliance that the text named last stands
// right after a word of joining: "joined it", присоединилась к нему, انضمت إليه.
func (s *sentence) joinsIt(k int) bool {
	if s.alliance == "" {
		return false
	}
	reach := 2
	if s.lexicon.language == "en" {
		reach = 1
	}
	for t := s.marks[k].to; t < len(s.tokens) && t < s.marks[k].to+reach; t++ {
		switch s.tokens[t].key {
		case "it", "нему", "него", "ней", "нее", "неи", "اليه", "اليها", "منه", "منها", "بها", "به":
			return true
		}
	}
	return false
}

// told says whether a mark lies within a membership of the sentence already, or
// an alliance stands close after it that is its object.
func (s *sentence) told(k int) bool {
	const near = 6
	at := int(s.tokens[s.marks[k].from].from)
	for i := s.claims; i < len(s.out.Claims); i++ {
		if c := &s.out.Claims[i]; c.Kind == Membership && c.Span.From <= at && at < c.Span.To {
			return true
		}
	}
	for j := k + 1; j < len(s.marks) && s.marks[j].from-s.marks[k].to <= near; j++ {
		if s.marks[j].has("alliance") {
			return true
		}
	}
	return false
}

// objectAfter says whether a word of joining has an object of its own: "joined
// forces", "left the market".
func (s *sentence) objectAfter(k int) bool {
	t := s.marks[k].to
	if t >= len(s.tokens) || s.tokens[t].class != word && s.tokens[t].class != han {
		return false
	}
	return k+1 >= len(s.marks) || s.marks[k+1].from != t && (!s.marks[k+1].cue(cueMember) || s.marks[k+1].from-t > 2) || !s.marks[k+1].cue(cueIn|cueWhile|cueAnd|cueLately|cueMember)
}

// memberCue finds the word of membership that belongs to an alliance: close
// before it, or close after it.
func (s *sentence) memberCue(i int) (verb string, at int, all bool) {
	near, after := 3, 2
	if s.lexicon.language == "zh" {
		near, after = 8, 14
	}
	if v, ok := s.verbOf(i); ok && v != "member" {
		return v, i, true // 脱欧
	}
	for k, gap := i-1, s.quotesBefore(i); k >= 0 && s.marks[i].from-s.marks[k].to-gap <= near && (near <= 3 || !s.signBetween(s.marks[k].to, s.marks[i].from, ",")); k-- {
		if s.marks[k].country() != "" {
			gap = s.marks[i].from - s.marks[k].from
		}
		if v, ok := s.verbOf(k); ok {
			return v, k, v != "member" && v != "outside"
		}
	}
	for k := i + 1; k < len(s.marks) && s.marks[k].from-s.marks[i].to <= after && (after <= 3 || !s.signBetween(s.marks[i].to, s.marks[k].from, ",")); k++ {
		if v, ok := s.verbOf(k); ok {
			return v, k, v != "member" && v != "outside"
		}
	}
	if s.andOthers(i) || s.onlyOneIn(i) {
		return "member", i, false
	}
	if k := s.entered(i); k > 0 {
		return "member", k, false
	}
	if v, k := s.relative(i); v != "" {
		return v, k, false
	}
	for k := i - 1; k >= 0; k-- {
		if s.marks[k].has("alliance") && (s.coordinated(k, i) || s.yearsApart(k, i)) {
			return s.memberCue(k)
		}
	}
	for k := i + 1; k < len(s.marks) && s.marks[k].from-s.marks[i].to <= 4; k++ {
		if !s.marks[k].has("alliance") || !s.coordinated(i, k) {
			continue
		}
		for j := k + 1; j < len(s.marks) && s.marks[j].from-s.marks[k].to <= after; j++ {
			if v, ok := s.verbOf(j); ok {
				return v, j, v != "member" && v != "outside"
			}
		}
	}
	return "", 0, false
}

// entered finds the Russian verb behind an alliance that stands first in its
// sentence, with a country right after it: В сеть, созданную в Москве, входит и
// Сербия.
func (s *sentence) entered(i int) int {
	const far = 14
	if s.lexicon.language != "ru" {
		return 0
	}
	head := false
	for t := s.marks[i].from - 1; t >= 0 && t >= s.marks[i].from-3; t-- {
		head = head || s.tokens[t].key == "в" && s.tokens[t].upper
	}
	for k := i + 1; head && k < len(s.marks) && s.marks[k].from-s.marks[i].to <= far; k++ {
		if v, ok := s.verbOf(k); ok && v == "member" {
			if u := s.neighbour(k, 2, true); u != nil {
				return k
			}
		}
	}
	return 0
}

// becomes says whether a word such as "became" stands close before a mark, with
// no other country between.
func (s *sentence) becomes(i int) bool {
	for k := i - 1; k >= 0 && s.marks[i].from-s.marks[k].to <= 4; k-- {
		if s.marks[k].cue(cueBecome) {
			return true
		}
		if s.marks[k].country() != "" && s.lexicon.language != "ar" {
			return false
		}
	}
	return false
}

// becomesAfter reads the Russian order in which the verb stands last: членом ОЭСР
// страна не стала.
func (s *sentence) becomesAfter(i int) string {
	const near = 4
	if s.lexicon.language != "ru" {
		return ""
	}
	for k := i + 1; k < len(s.marks) && s.marks[k].from-s.marks[i].to <= near && !s.signBetween(s.marks[i].to, s.marks[k].from, ","); k++ {
		if s.marks[k].cue(cueNot) && s.marks[k].to < len(s.tokens) && strings.HasPrefix(s.tokens[s.marks[k].to].key, "явля") {
			return "outside" // членом БРИКС страна не является
		}
		if !s.marks[k].cue(cueBecome) {
			continue
		}
		if s.marks[k-1].cue(cueNot) && s.marks[k-1].to == s.marks[k].from {
			return "outside"
		}
		return "join"
	}
	return ""
}

// refused says whether "not" or a refusal stands before a word of joining, or
// closely after the alliance.
func (s *sentence) refused(k int) bool {
	for j := k - 1; j >= 0 && s.marks[k].from-s.marks[j].to <= 3; j-- {
		if s.marks[j].cue(cueNot | cueRefuse) {
			return true
		}
		if s.marks[j].has("alliance") {
			break
		}
	}
	for j := k + 1; j < len(s.marks) && s.marks[j].from-s.marks[k].to <= 4; j++ {
		if s.marks[j].cue(cueRefuse) {
			return true
		}
	}
	return false
}

func (s *sentence) verbOf(k int) (string, bool) {
	m := &s.marks[k]
	switch {
	case m.cue(cueNonmember) && strings.HasPrefix(strings.TrimLeft(s.tokens[m.from].key, "وف"), "لم") && s.exceptFor(m.to, 8):
		return "join", true // لم تنضم إلا في عام 2024
	case m.cue(cueNonmember):
		return "outside", true
	case m.cue(cueInvite):
		for j := k - 1; j >= 0 && m.from-s.marks[j].to <= 8; j-- {
			if s.marks[j].cue(cueRefuse | cueNot) {
				return "outside", true
			}
		}
		return "", false
	case m.cue(cueJoin):
		if k > 0 && m.from-s.marks[k-1].to <= 2 && s.marks[k-1].cue(cueInvite) || s.wished(k) {
			return "", false
		}
		if s.refused(k) {
			return "outside", true
		}
		return "join", true
	case m.cue(cueRefuse) && k+1 < len(s.marks) && s.marks[k+1].from-m.to <= 4 && (s.marks[k+1].cue(cueInvite) || s.marks[k+1].has("alliance")) && !s.marks[k+1].cue(cueLeave):
		return "outside", true
	case m.cue(cueRefuse) && s.capitals() && k+2 < len(s.marks) && s.marks[k+1].cue(cueTo|cueOblique|cueIn) && s.marks[k+2].has("alliance") && s.marks[k+2].from-m.to <= 4:
		return "outside", true // declined an invitation to BRICS
	case m.cue(cueLeave):
		if s.refused(k) {
			return "", false
		}
		return "leave", true
	case m.cue(cueMember):
		if k > 0 && s.marks[k-1].cue(cueInvite) && m.from-s.marks[k-1].to <= 2 {
			return "", false // a candidate for membership
		}
		for j := k - 1; j >= 0 && m.from-s.marks[j].to <= 3; j-- {
			if s.marks[j].cue(cueNot) {
				return "outside", true
			}
			if s.marks[j].country() == "" && !s.marks[j].cue(cueOf|cueIn|cueFrom|cueWith) {
				break
			}
		}
		return "member", true
	}
	return "", false
}

// members are the countries of which a membership is told.
func (s *sentence) members(alliance, cue int, all bool) []named {
	list := s.namedMembers(alliance, cue, all)
	lo := min(alliance, cue)
	implied := (s.lexicon.language == "ar" || s.itAfter(max(alliance, cue))) && len(list) == 0
	if s.subject == "" || !s.pronounBefore(lo) && !s.pronounBefore(max(alliance, cue)) && !implied || len(list) > 0 && list[0].mark < lo {
		return list
	}
	subject := s.subject
	if s.chinese() && s.main != "" && s.itAfter(max(alliance, cue)) {
		subject = s.main
	}
	return []named{{code: subject, mark: lo, from: s.marks[lo].from}}
}

// pronounBefore says whether "it" stands close before a mark, so that the unit
// spoken of before is meant.
func (s *sentence) pronounBefore(lo int) bool {
	near := 4
	if lo > 0 {
		near = min(near, s.marks[lo].from-s.marks[lo-1].to+2)
	}
	for t := s.marks[lo].from - 1; t >= 0 && t >= s.marks[lo].from-near && s.tokens[t].class != stop && s.tokens[t].class != line; t-- {
		switch s.tokens[t].key {
		case "it", "它", "она", "он", "оно", "وهي", "وهو", "هي", "هو":
			return true
		}
	}
	return false
}
