package claim

import (
	"cmp"
	"slices"
)

// namedMembers are those of the countries of the sentence.
func (s *sentence) namedMembers(alliance, cue int, all bool) []named {
	lo, hi := min(alliance, cue), max(alliance, cue)
	if cue > alliance && s.within(alliance+1, cue, cueRelative) {
		if inside := s.list(func(u named) bool { return u.mark > lo && u.mark < hi && !u.oblique }, true); len(inside) > 0 {
			return inside
		}
		return s.list(func(u named) bool { return u.mark > hi }, true)
	}
	for cue < alliance && hi+1 < len(s.marks) && (s.marks[hi+1].has("alliance") && s.coordinated(hi, hi+1) || s.marks[hi+1].cue(cueMember) && s.marks[hi+1].from-s.marks[hi].to <= 1) {
		hi++
	}
	if s.alike(lo, hi) {
		if pair := s.alikeOf(lo, hi); len(pair) > 0 {
			return pair
		}
		if before := s.together(lo); len(before) > 0 {
			return before
		}
		return s.list(func(u named) bool { return u.mark > hi }, true)
	}
	if s.arabic() && cue < alliance {
		if between := s.list(func(u named) bool { return u.mark > lo && u.mark < hi && !u.oblique }, true); len(between) > 0 {
			return between // ولم تنضم كينيا إلى بريكس، خلافا لإثيوبيا
		}
	}
	after := s.list(func(u named) bool {
		return u.mark > hi && !s.differing(u.mark) && !s.signBetween(s.marks[hi].to, u.from, ";")
	}, true)
	if len(after) > 0 && after[0].from-s.marks[hi].to <= 2 && (s.marks[hi].cue(cueMember) && !s.ownClause(lo, hi, after[0]) || lo == 0 || len(s.before(lo)) == 0) || len(after) > 0 && lo == 0 && s.marks[lo].cue(cueMember) && after[0].from-s.marks[hi].to <= 6 {
		return after
	}
	if s.capitals() && len(after) > 0 && lo == 0 && s.marks[lo].cue(cueJoin|cueLeave) && after[0].from-s.marks[hi].to <= 8 && s.signBetween(s.marks[hi].to, after[0].from, ",") {
		return after // Вступив в ЕАЭС в 2015 году, республика
	}
	if between := s.list(func(u named) bool { return u.mark > lo && u.mark < hi && !u.oblique }, true); len(between) > 0 && cue < alliance {
		return between
	}
	if all {
		list := s.beyond(lo, s.before(lo))
		if from, _ := s.segment(lo); from > 0 && s.capitals() {
			if own := s.list(func(u named) bool {
				return u.mark >= from && u.mark < lo && !u.oblique && (u.closed == 0 || s.marks[lo].from < u.closed)
			}, false); len(own) > 0 {
				list = own // тогда как Киргизия вступила
			}
		}
		if len(list) == 0 && s.lexicon.language == "ru" && cue > alliance {
			return s.list(func(u named) bool { return u.mark > lo && u.mark < hi && !u.oblique }, true) // В НАТО Швеция вошла
		}
		return list
	}
	if list := s.lastList(s.list(func(u named) bool { return u.mark < lo && (u.closed == 0 || s.marks[lo].from < u.closed) }, false)); len(list) > 0 || cue < alliance {
		return list
	}
	return s.list(func(u named) bool { return u.mark > lo && u.mark < hi && !u.oblique }, true) // В ЕАЭС республика не входит
}

// beyond leaves out the countries before another alliance, where one stands
// behind it in a clause of its own: "Indonesia joined BRICS, and East Timor joined
// ASEAN". One that only tells whose members they are does not part them.
func (s *sentence) beyond(lo int, list []named) []named {
	for k := lo - 1; k > 0; k-- {
		if !s.marks[k].has("alliance") || s.coordinated(k, lo) {
			continue
		}
		if _, _, joins := s.memberCue(k); !joins {
			continue // the members of BRICS, and Serbia, joined the network
		}
		for i, u := range list {
			if u.mark > k && s.signBetween(s.marks[k].to, u.from, ",") {
				return list[i:]
			}
		}
	}
	return list
}

// ownClause says whether a country stands before a membership in its clause, so
// that one behind the next comma is not meant.
func (s *sentence) ownClause(lo, hi int, after named) bool {
	if !s.signBetween(s.marks[hi].to, after.from, ",") {
		return false
	}
	for _, u := range s.before(lo) {
		if !s.signBetween(s.marks[u.mark].to, s.marks[lo].from, ",") {
			return true
		}
	}
	return false
}

// alike says whether a Chinese word such as 同为 stands before an alliance: those
// named before it, and those with them, are members.
func (s *sentence) alike(lo, hi int) bool {
	if s.lexicon.language != "zh" {
		return false
	}
	for k := max(lo-1, 0); k <= hi; k++ {
		if key := s.tokens[s.marks[k].from].key; key == "同" && s.marks[k].cue(cueMember) || key == "均" || key == "都" {
			return true
		}
	}
	return false
}

// together are the countries before a mark in its clause, oblique ones too,
// with the one spoken of before where the clause names only one.
func (s *sentence) together(lo int) []named {
	const near = 16
	list := s.list(func(u named) bool { return u.mark < lo && s.marks[lo].from-u.from <= near }, false)
	if len(list) == 1 {
		subject := cmp.Or(s.subjectUpTo(list[0].mark), s.subject)
		if subject != "" && subject != list[0].code {
			list = append(list, named{code: subject, mark: list[0].mark, from: list[0].from})
		}
	}
	return list
}

func (s *sentence) before(mark int) []named {
	return s.list(func(u named) bool {
		return u.mark < mark && !u.oblique && (u.closed == 0 || s.marks[mark].from < u.closed) && (!s.arabic() || !s.thatBetween(s.marks[u.mark].to, s.marks[mark].from)) && !s.signBetween(s.marks[u.mark].to, s.marks[mark].from, ";")
	}, false)
}

// list gives the countries that fit, each once; only those of the first
// coordination if coordinated is set.
func (s *sentence) list(fits func(named) bool, coordinated bool) []named {
	var list []named
	for _, u := range s.units {
		if u.alliance() || !fits(u) {
			continue
		}
		if n := len(list); coordinated && n > 0 && (!s.coordinated(list[n-1].mark, u.mark) || s.ownVerb(list[n-1].mark, u.mark)) {
			break
		}
		if k := slices.IndexFunc(list, func(v named) bool { return v.code == u.code }); k >= 0 && !coordinated {
			list = slices.Delete(list, k, k+1)
		} else if k >= 0 {
			continue
		}
		list = append(list, u)
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
