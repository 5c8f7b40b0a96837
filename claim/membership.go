package claim

import (
	"math"
	"slices"
)

// memberships reads who belongs to, joins or leaves an alliance. Countries
// that stand in one list share what is said of it; "joined" takes every
// country that the sentence named before.
func (s *sentence) memberships() {
	for i := range s.marks {
		a, ok := s.marks[i].is("alliance", "")
		if !ok {
			continue
		}
		verb, at, all := s.memberCue(i)
		if verb == "" {
			continue
		}
		if verb == "member" && s.becomes(min(i, at)) {
			verb = "join"
		}
		if head := min(i, at); verb == "member" && head > 0 && s.marks[head-1].cue("not") && s.marks[head].from-s.marks[head-1].to <= 1 {
			verb = "outside"
		}
		for _, u := range s.members(i, at, all) {
			first, last := min(u.from, s.marks[i].from), max(s.marks[u.mark].to, s.marks[i].to)
			s.claim(Claim{
				Kind: Membership, Unit: u.code, Alliance: a.name, Verb: verb, Negated: verb == "outside", Year: s.yearWithin(i),
				Span: s.span(first, last), Confidence: High, Rule: "membership-" + verb,
			})
		}
	}
}

// memberCue finds the word of membership that belongs to an alliance: close
// before it, or close after it.
func (s *sentence) memberCue(i int) (verb string, at int, all bool) {
	for k, gap := i-1, 0; k >= 0 && s.marks[i].from-s.marks[k].to-gap <= 3; k-- {
		if s.marks[k].country() != "" {
			gap = s.marks[i].from - s.marks[k].from
		}
		if v, ok := s.verbOf(k); ok {
			return v, k, v != "member" && v != "outside"
		}
	}
	after := 2
	if s.lexicon.language == "zh" {
		after = 4
	}
	for k := i + 1; k < len(s.marks) && s.marks[k].from-s.marks[i].to <= after; k++ {
		if v, ok := s.verbOf(k); ok {
			return v, k, v != "member" && v != "outside"
		}
	}
	for k := i - 1; k >= 0; k-- {
		if s.marks[k].has("alliance", "") && s.coordinated(k, i) {
			return s.memberCue(k)
		}
	}
	return "", 0, false
}

// becomes says whether a word such as "became" stands close before a mark, with
// no other country between.
func (s *sentence) becomes(i int) bool {
	for k := i - 1; k >= 0 && s.marks[i].from-s.marks[k].to <= 4; k-- {
		if s.marks[k].cue("become") {
			return true
		}
		if s.marks[k].country() != "" && s.lexicon.language != "ar" {
			return false
		}
	}
	return false
}

// refused says whether "not" or a refusal stands before a word of joining, or
// closely after the alliance.
func (s *sentence) refused(k int) bool {
	for j := k - 1; j >= 0 && s.marks[k].from-s.marks[j].to <= 3; j-- {
		if s.marks[j].cue("not", "refuse") {
			return true
		}
		if s.marks[j].has("alliance", "") {
			break
		}
	}
	for j := k + 1; j < len(s.marks) && s.marks[j].from-s.marks[k].to <= 4; j++ {
		if s.marks[j].cue("refuse") {
			return true
		}
	}
	return false
}

func (s *sentence) verbOf(k int) (string, bool) {
	m := &s.marks[k]
	switch {
	case m.cue("nonmember"):
		return "outside", true
	case m.cue("invite"):
		return "", false
	case m.cue("join"):
		if k > 0 && m.from-s.marks[k-1].to <= 2 && s.marks[k-1].cue("invite") {
			return "", false
		}
		if s.refused(k) {
			return "outside", true
		}
		return "join", true
	case m.cue("leave"):
		return "leave", true
	case m.cue("member"):
		for j := k - 1; j >= 0 && m.from-s.marks[j].to <= 3; j-- {
			if s.marks[j].cue("not") {
				return "outside", true
			}
			if s.marks[j].country() == "" {
				break
			}
		}
		return "member", true
	}
	return "", false
}

// members are the countries of which a membership is told.
func (s *sentence) members(alliance, cue int, all bool) []named {
	lo, hi := min(alliance, cue), max(alliance, cue)
	after := s.list(func(u named) bool { return u.mark > hi }, true)
	if len(after) > 0 && after[0].from-s.marks[hi].to <= 2 && (s.marks[hi].cue("member") || lo == 0 || len(s.before(lo)) == 0) {
		return after
	}
	if between := s.list(func(u named) bool { return u.mark > lo && u.mark < hi && !u.oblique }, true); len(between) > 0 && cue < alliance {
		return between
	}
	if all {
		return s.before(lo)
	}
	return s.lastList(s.list(func(u named) bool { return u.mark < lo }, false))
}

func (s *sentence) before(mark int) []named {
	return s.list(func(u named) bool { return u.mark < mark && !u.oblique }, false)
}

// list gives the countries that fit, each once; only those of the first
// coordination if coordinated is set.
func (s *sentence) list(fits func(named) bool, coordinated bool) []named {
	var list []named
	for _, u := range s.units {
		if u.alliance() || !fits(u) {
			continue
		}
		if n := len(list); coordinated && n > 0 && !s.coordinated(list[n-1].mark, u.mark) {
			break
		}
		if !slices.ContainsFunc(list, func(v named) bool { return v.code == u.code }) {
			list = append(list, u)
		}
	}
	return list
}

// lastList gives the last coordination among countries.
func (s *sentence) lastList(list []named) []named {
	from := len(list) - 1
	for from > 0 && s.coordinated(list[from-1].mark, list[from].mark) {
		from--
	}
	return list[max(from, 0):]
}

// yearWithin is the year nearest to a mark in the segment of a mark.
func (s *sentence) yearWithin(at int) int {
	from, to := s.segment(at)
	year, distance := 0, math.MaxInt
	for _, f := range s.found {
		if !f.year || f.at < from || f.at >= to {
			continue
		}
		d := max(f.from-s.marks[at].to, s.marks[at].from-f.to)
		if d < distance {
			year, distance = int(f.Value), d
		}
	}
	return year
}
