package claim

import "math"

// yearOfMembership is the year of a membership whose words lie between two
// marks: any near one for joining and leaving, only one that stands beside it
// for being a member.
func (s *sentence) yearOfMembership(verb string, lo, hi int) int {
	const beside, near = 3, 8
	within := near
	if s.lexicon.language == "zh" {
		within += beside + beside
	}
	if verb == "member" || verb == "outside" {
		within = beside
	}
	sinces := within
	if s.chinese() {
		sinces = near // 自2010年起就是金砖成员
	}
	if verb == "join" || verb == "leave" {
		if y := s.sameBefore(lo); y > 0 {
			return y
		}
	}
	year, distance := 0, math.MaxInt
	for k := range s.found {
		y := &s.found[k]
		if !y.year || y.at > 0 && s.marks[y.at-1].cue(cueUntil) && !s.marks[y.at-1].cue(cueIn) && s.lexicon.language != "zh" {
			continue
		}
		from, to := s.segment(hi)
		if lo2, _ := s.segment(lo); y.at < min(lo2, from) || y.at >= to {
			continue
		}
		d := max(y.from-s.marks[hi].to, s.marks[lo].from-y.to)
		if y.at <= 1 && within > beside && distance == math.MaxInt && d > within {
			year = int(y.Value) // at the head of the sentence
			continue
		}
		for t := min(y.to, s.marks[hi].to); t < max(y.from, s.marks[lo].from); t++ {
			if s.tokens[t].key == "," {
				d += beside
			}
		}
		if (verb == "member" || verb == "outside") && !s.sinceYear(y) && !s.marks[max(y.at-1, 0)].cue(cueFrom|cueSince) || within == beside && s.parted(&found{from: s.marks[lo].from, to: s.marks[hi].to}, y) {
			continue
		}
		if d <= max(within, sinces) && (d <= within || s.sinceYear(y)) && d < distance {
			year, distance = int(y.Value), d
		}
	}
	return year
}

// sameBefore is the year that "in the same year" in the clause before a mark
// means; 0 if it does not stand there.
func (s *sentence) sameBefore(lo int) int {
	const near = 10
	for k := lo - 1; k >= 0 && s.marks[lo].from-s.marks[k].to <= near; k-- {
		if !s.marks[k].cue(cueSameyear) {
			continue
		}
		for j := len(s.found) - 1; j >= 0; j-- {
			if s.found[j].year && s.found[j].at < k {
				return int(s.found[j].Value)
			}
		}
		return s.lastYear
	}
	return 0
}

// relative finds the word of membership in a clause about an alliance: "BRICS,
// which Ethiopia joined in 2024".
func (s *sentence) relative(i int) (verb string, at int) {
	const near = 7
	for k := i + 1; k < len(s.marks) && s.marks[k].from-s.marks[i].to <= 3; k++ {
		if !s.marks[k].cue(cueRelative) {
			continue
		}
		for j := k + 1; j < len(s.marks) && s.marks[j].from-s.marks[k].to <= near; j++ {
			if s.marks[j].has("alliance") || s.signBetween(s.marks[k].to, s.marks[j].from, ",") {
				break
			}
			if v, ok := s.verbOf(j); ok && s.countryBeside(k, j) {
				return v, j
			}
		}
	}
	return "", 0
}

// countryBeside says whether a country stands between two marks or right after
// the second.
func (s *sentence) countryBeside(from, to int) bool {
	for _, u := range s.units {
		if !u.alliance() && (u.mark > from && u.mark < to || u.mark > to && u.from-s.marks[to].to <= 2) {
			return true
		}
	}
	return false
}

// allyOf reads "the NATO ally Norway", "G7 countries such as Italy": a word for
// members stands right after the alliance, and countries close after it.
func (s *sentence) allyOf(i int, alliance string) {
	if s.lexicon.language == "ru" && i > 0 && s.marks[i-1].cue(cueOfbloc) && (s.marks[i-1].to == s.marks[i].from || s.marks[i-1].to+1 == s.marks[i].from && s.tokens[s.marks[i-1].to].key == `"`) {
		for k := range s.units {
			if u := &s.units[k]; (u.from == s.marks[i].to || s.marks[u.mark].to+1 == s.marks[i-1].from && s.tokens[s.marks[u.mark].to].key == ",") && !u.alliance() {
				s.claim(Claim{
					Kind: Membership, Unit: u.code, Alliance: alliance, Verb: "member",
					Span: s.span(min(u.from, s.marks[i-1].from), max(s.marks[u.mark].to, s.marks[i].to)), Confidence: High, Rule: "membership-ally",
				})
			}
		}
		return
	}
	if i+1 >= len(s.marks) || !s.marks[i+1].cue(cueOfbloc) || s.marks[i+1].from-s.marks[i].to > 1 {
		return
	}
	if t := s.marks[i].from - 1; s.lexicon.language == "en" && t > 0 && s.tokens[t].key == "a" && s.tokens[t-1].key == "," {
		for k := range s.units {
			if u := &s.units[k]; s.marks[u.mark].to == t-1 && !u.alliance() {
				s.claim(Claim{
					Kind: Membership, Unit: u.code, Alliance: alliance, Verb: "member",
					Span: s.span(u.from, s.marks[i+1].to), Confidence: High, Rule: "membership-ally",
				})
				return // Canada, a G7 country
			}
		}
	}
	end := s.marks[i+1].to
	after := s.list(func(u named) bool { return u.mark > i+1 && u.from >= end }, true)
	if len(after) == 0 || after[0].from-end > 2 || s.signBetween(end, after[0].from, ",") && after[0].from-end > 3 {
		return
	}
	for t := end; t < after[0].from; t++ {
		if k := s.tokens[t].key; k != "," && k != "such" && k != "as" && k != "like" && k != "including" && k != "как" && k != "مثل" && k != "the" {
			return
		}
	}
	for _, u := range after {
		s.claim(Claim{
			Kind: Membership, Unit: u.code, Alliance: alliance, Verb: "member",
			Span: s.span(s.marks[i].from, s.marks[u.mark].to), Confidence: High, Rule: "membership-ally",
		})
	}
}

// quotesBefore counts the quotation marks, and the word for a group, that stand
// right before an alliance: انضمت رسميا إلى مجموعة "بريكس".
func (s *sentence) quotesBefore(i int) int {
	n := 0
	for t := s.marks[i].from - 1; t >= 0 && n < 3 && (s.tokens[t].key == `"` || s.tokens[t].key == "مجموعه" || s.tokens[t].key == "تكتل"); t-- {
		n++
	}
	return n
}

// andOthers says whether countries stand right before an alliance as some of its
// members: 巴西,印度等金砖国家; Бразилия и другие страны БРИКС.
func (s *sentence) andOthers(i int) bool {
	if i == 0 || s.marks[i].from < 2 {
		return false
	}
	last := -1
	for k := range s.units {
		if u := &s.units[k]; u.mark < i && !u.alliance() {
			last = u.mark
		}
	}
	if last < 0 || s.marks[i].from-s.marks[last].to > 5 {
		return false
	}
	for t := s.marks[last].to; t < s.marks[i].from; t++ {
		switch s.tokens[t].key {
		case "等", "other", "другие", "других", "другими", "وغيرها", "وغيرهما", "وسايرها":
			return true
		case ",", ";":
			return false
		}
	}
	return false
}
