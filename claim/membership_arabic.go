package claim

import "strings"

// exceptFor says whether what is denied is allowed for after all: لم تنضم إلا في عام
// 2024, ولم تسبقها سوى قطر.
func (s *sentence) exceptFor(from, near int) bool {
	if !s.arabic() {
		return false
	}
	for t := from; t < len(s.tokens) && t <= from+near; t++ {
		tok := &s.tokens[t]
		if tok.class == stop || tok.class == line || tok.key == "," || tok.key == ";" {
			return false
		}
		switch tok.key {
		case "الا", "سوي":
			return true
		}
	}
	return false
}

// insideIt reads members that are told by a pronoun for the alliance that was named:
// بخلاف إسبانيا والبرتغال، العضوين فيها.
func (s *sentence) insideIt() {
	if !s.arabic() || s.alliance == "" {
		return
	}
	for k := range s.marks {
		m := &s.marks[k]
		if !m.cue(cueMember) || s.told(k) || k > 0 && s.marks[k-1].cue(cueNot) && m.from-s.marks[k-1].to <= 1 {
			continue
		}
		if !strings.Contains(s.tokens[m.from].key, "عضو") && !strings.Contains(s.tokens[m.from].key, "اعضاء") {
			continue
		}
		switch s.keyAt(m.to) {
		case "فيها", "فيه", "بها":
		default:
			continue
		}
		list := s.lastList(s.list(func(u named) bool { return u.mark < k && m.from-s.marks[u.mark].to <= 3 }, false))
		for _, u := range list {
			s.claim(Claim{
				Kind: Membership, Unit: u.code, Alliance: s.alliance, Verb: "member",
				Span: s.span(u.from, m.to+1), Confidence: Medium, Rule: "membership-elliptic",
			})
		}
	}
}

// wished says whether joining is only wished for, some words before: تسعى صربيا إلى
// الانضمام.
func (s *sentence) wished(k int) bool {
	const far = 6
	if !s.arabic() {
		return false
	}
	for t := s.marks[k].from - 1; t >= 0 && s.marks[k].from-t <= far; t-- {
		if c := s.tokens[t].class; c == stop || c == line || s.tokens[t].key == "," {
			return false
		}
		switch strings.TrimLeft(s.tokens[t].key, "وف") {
		case "قد":
			if strings.HasPrefix(s.keyAt(t+1), "ت") || strings.HasPrefix(s.keyAt(t+1), "ي") {
				return true
			}
		case "تسعي", "يسعي", "ترغب", "يرغب", "تامل", "يامل", "تطمح", "يطمح", "تريد", "يريد", "تدرس", "يدرس", "طلبت", "طلب", "تفاوض", "مفاوضات", "محادثات", "تستعد", "يستعد", "تنتظر", "ينتظر", "مرشحه", "مرشح", "تحلم", "دعيت", "حلم":
			return true
		}
	}
	return false
}

// includes reads an alliance that is told to count countries among its members: وتضم
// مجموعة السبع كلا من اليابان وكندا; 金砖国家包括埃及和伊朗.
func (s *sentence) includes() {
	const near = 5
	for i := range s.marks {
		a, ok := s.marks[i].is("alliance")
		if !ok {
			continue
		}
		end := s.marks[i].to
		if s.arabic() {
			switch strings.TrimLeft(s.keyAt(s.marks[i].from-1), "وف") {
			case "تضم", "يضم", "ضمت", "ضم":
			default:
				continue
			}
		} else if s.lexicon.language != "zh" || !s.tokensAre(end, "包", "括") && !s.tokensAre(end, "成", "员", "国", "包", "括") && !s.tokensAre(end, "成", "员", "包", "括") && !s.tokensAre(end, "国", "家", "包", "括") {
			continue
		}
		after := s.list(func(u named) bool { return u.mark > i && u.from >= end }, true)
		if len(after) == 0 || after[0].from-end > near || s.numberAmong(end, after[0].from) {
			continue
		}
		for _, u := range after {
			if s.repeats(u.code, a.name, "member") {
				continue
			}
			s.claim(Claim{
				Kind: Membership, Unit: u.code, Alliance: a.name, Verb: "member",
				Span: s.span(s.marks[i].from, s.marks[u.mark].to), Confidence: High, Rule: "membership-includes",
			})
		}
	}
}

// tokensAre says whether some words stand at a token.
func (r *reader) tokensAre(t int, keys ...string) bool {
	for k, key := range keys {
		if r.keyAt(t+k) != key {
			return false
		}
	}
	return true
}

// numberAmong says whether a number of the sentence stands among tokens.
func (s *sentence) numberAmong(from, to int) bool {
	for k := range s.found {
		if s.found[k].from >= from && s.found[k].from < to {
			return true
		}
	}
	return false
}

// notIn reads "and not in": عضو في الناتو لا في الاتحاد الأوروبي.
func (s *sentence) notIn() {
	if !s.arabic() {
		return
	}
	for i := range s.marks {
		a, ok := s.marks[i].is("alliance")
		if !ok || s.keyAt(s.marks[i].from-1) != "في" && s.keyAt(s.marks[i].from-1) != "الي" {
			continue
		}
		key := s.keyAt(s.marks[i].from - 2)
		if key == "ولا" {
			s.norIn(i, a.name)
			continue
		}
		if key != "لا" && key != "وليس" && key != "ليس" {
			continue
		}
		for k := s.claims; k < len(s.out.Claims); k++ {
			c := s.out.Claims[k]
			if c.Kind == Membership && c.Verb == "member" && c.Alliance != a.name && !s.repeats(c.Unit, a.name, "outside") {
				s.claim(Claim{
					Kind: Membership, Unit: c.Unit, Alliance: a.name, Verb: "outside", Negated: true,
					Span: s.span(s.marks[i].from-2, s.marks[i].to), Confidence: Medium, Rule: "membership-short",
				})
			}
		}
	}
}

// norIn reads "nor in" behind what else a country is no member of: ليست عضوا في منظمة
// التجارة العالمية ولا في بريكس.
func (s *sentence) norIn(i int, alliance string) {
	for k := i - 1; k >= 0; k-- {
		if v, ok := s.verbOf(k); !ok || v != "outside" {
			continue
		}
		for _, u := range s.lastList(s.before(k)) {
			if !s.repeats(u.code, alliance, "outside") {
				s.claim(Claim{
					Kind: Membership, Unit: u.code, Alliance: alliance, Verb: "outside", Negated: true,
					Span: s.span(u.from, s.marks[i].to), Confidence: Medium, Rule: "membership-short",
				})
			}
		}
		return
	}
}
