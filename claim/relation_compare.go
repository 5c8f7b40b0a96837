package claim

import "strings"

// comparatives reads a figure of one country that is told to be more or less than
// that of another: "employs more engineers than Denmark", "twice as many as
// Denmark", Инженеров в Швеции больше, чем в Дании.
func (s *sentence) comparatives() {
	if !s.capitals() {
		return
	}
	for k := range s.units {
		b := &s.units[k]
		if b.alliance() || b.from < 2 {
			continue
		}
		than := s.thanBefore(b)
		if than < 0 {
			continue
		}
		verb, at := s.degree(than)
		if verb == "" {
			continue
		}
		a := s.lesser(b, at)
		if a == nil || a.code == b.code {
			if a != nil || s.subject == "" || s.subject == b.code || !s.pronounAround(at) {
				continue
			}
			a = &named{code: s.subject, from: s.tokenOfPronoun(at), mark: -1}
		}
		sure := High
		if a.mark < 0 {
			sure = Medium
		}
		s.relate(Claim{
			Kind: Relation, Verb: verb, Unit: a.code, Other: b.code, Year: s.onlyYear(),
			Span: s.span(min(a.from, at), s.marks[b.mark].to), Confidence: sure, Rule: "relation-than",
		})
	}
}

// thanBefore is the token of "than" or "as" shortly before a country; -1 if there
// is none.
func (s *sentence) thanBefore(b *named) int {
	const near = 5
	for t := b.from - 1; t >= 1 && b.from-t <= near; t-- {
		switch key := s.tokens[t].key; key {
		case "than", "чем":
			return t
		case "as", "what":
			if b.from-t <= 2 {
				return t
			}
			return -1
		case "in", "the", "that", "those", "its", "neighbour", "neighbor", "neighbouring", "either", "does", "both", "of", "even", "every", "all", "в", "во", "у", "на", "соседней", "соседнем", "соседнего", "для", "даже", "его", "южный", "сосед": //nolint:misspell // a word of the text
		default:
			return -1
		}
	}
	return -1
}

// comparedWith says whether "than" stands shortly before a token.
func (s *sentence) comparedWith(from int) bool {
	if !s.capitals() || from < 2 {
		return false
	}
	t := s.thanBefore(&named{from: from})
	return t >= 0 && (s.tokens[t].key == "than" || s.tokens[t].key == "чем")
}

// degree is what a comparison before "than" tells, "ahead" or "behind", and the
// token of its word.
func (s *sentence) degree(than int) (verb string, at int) {
	const near = 7
	equal := s.tokens[than].key == "as"
	if s.tokens[than].key == "what" {
		if s.multiplied(than) {
			return "ahead", than
		}
		return "", 0
	}
	for t := than - 1; t >= 0 && than-t <= near; t-- {
		tok := &s.tokens[t]
		if tok.class == stop || tok.class == line || tok.key == ";" || tok.key == "," && s.lexicon.language == "en" {
			return "", 0
		}
		if equal {
			if tok.key == "as" && t > 0 && s.multiplied(t) {
				return "ahead", t
			}
			continue
		}
		if s.tokens[max(t-1, 0)].key == "no" || s.tokens[max(t-1, 0)].key == "not" || s.tokens[max(t-1, 0)].key == "не" {
			continue
		}
		if lower[tok.key] {
			return "behind", t
		}
		if higher[tok.key] {
			return "ahead", t
		}
	}
	return "", 0
}

// multiplied says whether a multiple stands right before a token: twice as many.
func (s *sentence) multiplied(t int) bool {
	for k := range s.found {
		if f := &s.found[k]; f.Measure == Times && f.Value > 1 && (f.to == t || f.from <= t && t < f.to) {
			return true
		}
	}
	return s.tokens[t-1].key == "twice" || s.tokens[t-1].key == "times"
}

// higher and lower are comparatives that tell of more and of less.
var (
	higher = map[string]bool{
		"more": true, "higher": true, "larger": true, "bigger": true, "greater": true, "better": true, "faster": true, "stronger": true, "richer": true, "longer": true, "wealthier": true, "earlier": true, "quicker": true, "wider": true, "heavier": true, "deeper": true,
		"больше": true, "выше": true, "лучше": true, "быстрее": true, "сильнее": true, "богаче": true, "дольше": true, "крупнее": true, "чаще": true, "шире": true, "активнее": true, "охотнее": true,
	}
	lower = map[string]bool{
		"less": true, "fewer": true, "lower": true, "smaller": true, "worse": true, "slower": true, "weaker": true, "poorer": true, "shorter": true, "narrower": true,
		"меньше": true, "ниже": true, "хуже": true, "медленнее": true, "слабее": true, "беднее": true, "реже": true, "скромнее": true,
	}
)

// lesser is the country that is compared: the last before the word of degree in its
// clause, else the first of the sentence.
func (s *sentence) lesser(b *named, at int) *named {
	var best *named
	for k := range s.units {
		a := &s.units[k]
		if a.mark >= b.mark || a.alliance() {
			continue
		}
		if s.comparedWith(a.from) {
			continue
		}
		if a.from > at && !s.coordinated(a.mark, b.mark) && (best == nil || !s.locative(a) || s.locative(b)) {
			best = a // more engineers in Sweden than in Denmark
		}
		if a.from < at && (best == nil || !a.oblique || s.locative(a)) && !s.signBetween(s.marks[a.mark].to, at, ";") {
			best = a
		}
	}
	return best
}

// locative says whether "in" stands before a country: Sweden in "in Sweden there are".
func (s *sentence) locative(a *named) bool {
	if a.from == 0 {
		return false
	}
	switch s.tokens[a.from-1].key {
	case "in", "в", "во", "у":
		return true
	}
	return false
}

// pronounAround says whether "it" or "the country" stands before a word of degree.
func (s *sentence) pronounAround(at int) bool { return s.tokenOfPronoun(at) >= 0 }

// tokenOfPronoun is the token of a pronoun shortly before another one; -1 = none.
func (s *sentence) tokenOfPronoun(at int) int {
	for t := at - 1; t >= 0 && at-t < 10; t-- {
		if c := s.tokens[t].class; c == stop || c == line {
			return -1
		}
		switch s.tokens[t].key {
		case "it", "она", "он", "там":
			return t
		}
	}
	return -1
}

// wordlessDegree says whether a comparison begins a clause: больше Франции тратит
// только Германия, "only Germany spends more than France". It is read as any other
// in English; in Russian the country in the genitive is the one compared with.
func (s *sentence) genitiveDegree() {
	if s.lexicon.language != "ru" {
		return
	}
	for k := range s.units {
		b := &s.units[k]
		if b.alliance() || b.from == 0 || s.marks[b.mark].has("people") {
			continue
		}
		key := s.tokens[b.from-1].key
		if !higher[key] && !lower[key] || b.from > 1 && (s.tokens[b.from-2].key == "не" || s.tokens[b.from-2].key == "на" || s.tokens[b.from-2].class == digits) {
			continue
		}
		if name := s.tokens[s.marks[b.mark].to-1].key; !strings.HasSuffix(name, "и") && !strings.HasSuffix(name, "ы") && !strings.HasSuffix(name, "а") && !strings.HasSuffix(name, "я") && name != "сша" {
			continue
		}
		for j := range s.units {
			a := &s.units[j]
			if a.alliance() || a.oblique || a.code == b.code || a.mark == b.mark {
				continue
			}
			if a.mark > b.mark && a.from-s.marks[b.mark].to <= 3 && !s.signBetween(s.marks[b.mark].to, a.from, ",") {
				verb := "ahead"
				if lower[key] {
					verb = "behind"
				}
				s.relate(Claim{
					Kind: Relation, Verb: verb, Unit: a.code, Other: b.code, Year: s.onlyYear(),
					Span: s.span(b.from-1, s.marks[a.mark].to), Confidence: Medium, Rule: "relation-than",
				})
			}
			break
		}
	}
}
