package claim

import "sort"

// hypothetical says whether a figure is only imagined: if Germany spent 5 %, если бы
// Германия тратила; or feared.
func (s *sentence) hypothetical(c *Claim) bool {
	if !s.capitals() {
		return false
	}
	at := s.tokenAt(c.Quantity.Span.From)
	from := s.sentenceOf(at)
	would := false
	for t := from; t < min(len(s.tokens), s.sentenceEnd(at)); t++ {
		switch s.tokens[t].key {
		case "would", "could", "might", "бы", "может", "могут", "могло", "мог", "могла", "могли":
			would = true
		}
	}
	for t := from; t < at; t++ {
		switch tok := &s.tokens[t]; tok.key {
		case "if":
			if (would || t == from && c.Year == 0) && (t == from || s.tokens[t-1].class != word) {
				return true
			}
		case "unless", "were":
			if would && t == from {
				return true
			}
		case "если", "будь":
			if would || t == from && c.Year == 0 {
				return true
			}
		case "fear", "fears", "feared", "worry", "worries", "dread", "боятся", "опасаются", "опасается", "боится", "страшатся":
			if c.Year == 0 && !s.inQuote(t) {
				return true
			}
		}
	}
	return false
}

// tokenAt is the token that begins at a byte, or the first behind it.
func (r *reader) tokenAt(at int) int {
	return sort.Search(len(r.tokens), func(t int) bool { return int(r.tokens[t].from) >= at })
}

// priced says whether a small sum is the price of a thing, or a sum a fine.
func (s *sentence) priced(c *Claim) bool {
	const near, small = 6, 1e5
	if !s.capitals() || c.Quantity.Measure != Money {
		return false
	}
	at := s.tokenAt(c.Quantity.Span.From)
	for t := at - 1; t >= 0 && at-t <= near; t-- {
		if k := s.tokens[t].class; k == stop || k == line {
			return false
		}
		switch s.tokens[t].key {
		case "fined", "оштрафовал", "оштрафовала", "оштрафовали", "штраф", "fine":
			return true
		case "costs", "cost", "priced", "ticket", "tickets", "стоит", "стоят", "стоил", "стоила", "обойдется", "билет":
			return c.Quantity.High < small
		}
	}
	return false
}

// worldly says whether a sentence that names no country tells of the world.
func (s *sentence) worldly(c *Claim) bool {
	if !s.capitals() || c.Kind == Rank || len(s.units) > 0 {
		return false
	}
	for i := range s.marks {
		if s.marks[i].cue(cueWorld) && !s.marks[i].cue(cueTable|cueRank) {
			return true
		}
	}
	return false
}

// foreign says whether people or firms of another country are counted: "the US
// listed 42 Chinese companies".
func (s *sentence) foreign(c *Claim) bool {
	for i := range s.marks {
		m := &s.marks[i]
		if m.country() != "" && m.country() != c.Unit && int(s.tokens[m.from].from)-c.Quantity.Span.To <= 2 && int(s.tokens[m.from].from) >= c.Quantity.Span.To {
			return true
		}
	}
	return false
}

// tariff says whether a percentage is that of a tariff.
func (s *sentence) tariff(sp Span) bool {
	near := 3
	if s.chinese() {
		near = 7 // 征收25%的报复性关税
	}
	return s.cueNear(cueRestrict, sp, near)
}

// cueNear says whether a cue stands at most so many tokens from a quantity.
func (s *sentence) cueNear(of cues, sp Span, near int) bool {
	for i := range s.marks {
		m := &s.marks[i]
		if !m.cue(of) {
			continue
		}
		for k := range s.found {
			if f := &s.found[k]; f.Span == sp && max(m.from-f.to, f.from-m.to) <= near {
				return true
			}
		}
	}
	return false
}

// ofAnother says whether a Chinese share is one of another country's figure.
func (s *sentence) ofAnother(sp Span) bool {
	if s.lexicon.language != "zh" {
		return false
	}
	for k := range s.found {
		f := &s.found[k]
		if f.Span != sp || f.from == 0 || s.tokens[f.from-1].key != "的" || s.compareds(f) != "" {
			continue
		}
		for _, w := range s.units {
			if w.oblique && s.marks[w.mark].to == f.from-1 {
				return true
			}
		}
	}
	return false
}

// thing says whether a figure counts things that the lexicon does not know.
func (s *sentence) thing(sp Span) bool {
	for k := range s.found {
		if f := &s.found[k]; f.Span == sp {
			return f.Measure == Number && f.Value >= 1000 && s.countsThings(f)
		}
	}
	return false
}

// crowd says whether those who came to an event are counted.
func (s *sentence) crowd(sp Span) bool {
	return s.cueNear(cueCrowd, sp, 5)
}

// noise says whether a figure stands among prices of shares and goods or the
// results of matches, which are no figures of a country.
func (s *sentence) noise(sp Span) bool {
	for i := range s.marks {
		if s.marks[i].cue(cueNoise) && !s.cutBetween(sp, i) && !s.counted(i) {
			return true
		}
	}
	return false
}

// counted says whether a mark is what a number right before it counts: "3.6
// million barrels a day".
func (s *sentence) counted(i int) bool {
	for k := range s.found {
		if f := &s.found[k]; f.Measure == Number && !f.year && f.to == s.marks[i].from && f.Value >= 1e5 {
			return true
		}
	}
	return false
}

// cutBetween says whether a segment begins between a span and a mark.
func (s *sentence) cutBetween(sp Span, mark int) bool {
	at := int(s.tokens[s.marks[mark].from].from)
	for _, c := range s.cuts {
		cut := int(s.tokens[s.marks[c].from].from)
		if cut > at && cut <= sp.From || cut > sp.From && cut <= at {
			return true
		}
	}
	return false
}

// negated says whether "not" stands close before a quantity.
func (s *sentence) negated(f *found) bool {
	from, to := s.segment(f.at)
	for from > 0 && !s.signBetween(s.marks[from-1].to, s.marks[from].from, ";") {
		from, _ = s.segment(from - 1)
	}
	for to < len(s.marks) && !s.signBetween(s.marks[to-1].to, s.marks[to].from, ";") {
		_, to = s.segment(to)
	}
	if s.within(from, to, cueDeny) {
		return true
	}
	for k := f.at - 1; k >= 0 && f.from-s.marks[k].to <= 1; k-- {
		if s.marks[k].cue(cueNot) && !s.marks[k].has("atmost") {
			return true
		}
	}
	return false
}

// inDigits says whether a quantity is written in digits.
func (s *sentence) inDigits(sp Span) bool {
	t := s.tokenAt(sp.From)
	return t < len(s.tokens) && s.tokens[t].class == digits
}
