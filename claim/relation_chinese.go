package claim

import "strings"

// compared reads 比X高, 排在X之后 and the like, in which the word that says who
// is ahead follows the country.
func (s *sentence) compared(i int) string {
	if i+1 >= len(s.marks) || s.marks[i+1].country() == "" || s.marks[i+1].from != s.marks[i].to {
		return ""
	}
	key := s.tokens[s.marks[i].to-1].key
	after := s.marks[i+1].to
	if key == "把" || key == "将" {
		for t := after; t < len(s.tokens) && t < after+3 && s.tokens[t].class == han; t++ {
			if strings.Contains("甩抛超赶挤", s.tokens[t].key) {
				return "ahead"
			}
		}
	}
	for t := after; t < len(s.tokens) && t < after+5 && s.tokens[t].class == han; t++ {
		switch k := s.tokens[t].key; {
		case key == "比" && strings.Contains("高强快多优", k), strings.Contains("在居排列位", key) && strings.Contains("前上", k):
			return "ahead"
		case key == "比" && strings.Contains("低弱慢少差", k), strings.Contains("在居排列位", key) && strings.Contains("后下", k):
			return "behind"
		}
	}
	return ""
}

// besideAnother reads 与日本相比，韩国的密度更高: the country behind 相比 is ahead of
// the one before it, or behind it.
func (s *sentence) besideAnother(i int) bool {
	const far = 18
	if i+1 >= len(s.marks) || s.marks[i+1].country() == "" || s.marks[i+1].from != s.marks[i].to || !strings.Contains("与同跟和", s.tokens[s.marks[i].to-1].key) {
		return false
	}
	after := s.marks[i+1].to
	if after+1 >= len(s.tokens) || s.tokens[after].key != "相" || s.tokens[after+1].key != "比" {
		return false
	}
	verb := ""
	for t := after + 2; t+1 < len(s.tokens) && t < after+far && s.tokens[t].class != stop && verb == ""; t++ {
		switch k := s.tokens[t+1].key; {
		case !strings.Contains("更较偏", s.tokens[t].key) || s.tokens[t].class != han:
		case strings.Contains("高强快多优大好", k):
			verb = "ahead"
		case strings.Contains("低弱慢少差小", k):
			verb = "behind"
		}
	}
	for j := i + 2; j < len(s.marks) && s.marks[j].from < after+far && verb == ""; j++ {
		switch {
		case s.marks[j].cue(cueBehind):
			verb = "behind"
		case s.marks[j].cue(cueAhead):
			verb = "ahead"
		}
	}
	u := s.neighbour(i+1, 6, true)
	unit, last, sure := s.subject, s.marks[i+1].to, Medium
	if u != nil {
		unit, last, sure = u.code, s.marks[u.mark].to, High
	} else if d := s.doer(i); d != nil {
		unit = d.code
	}
	if other := s.marks[i+1].country(); verb != "" && unit != "" && unit != other {
		s.relate(Claim{Kind: Relation, Verb: verb, Unit: unit, Other: other, Year: s.onlyYear(), Span: s.span(s.marks[i].from, last), Confidence: sure, Rule: "relation-" + verb})
	}
	return true
}
