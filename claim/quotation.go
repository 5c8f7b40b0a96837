package claim

// quotations reads words in quotation marks that stand beside a word of saying,
// with what is told of the speaker. A quotation may hold several sentences, so
// that quotation marks are sought in the text around the sentence.
func (s *sentence) quotations() {
	for i := range s.marks {
		if !s.marks[i].cue("say") {
			continue
		}
		open, end, ok := s.quoted(s.marks[i].from)
		if !ok {
			continue
		}
		speaker := s.speaker(i, open, end)
		c := Claim{
			Kind: Quotation, Span: s.span(open, end+1), Speaker: speaker, Confidence: High, Rule: "quotation",
		}
		if speaker == "" {
			c.Missing, c.Confidence = []string{"speaker"}, Low
		}
		s.claim(c)
		s.markQuoted(c.Span)
		return
	}
}

// quoted finds the quotation that ends before or begins after a word of
// saying: at most a dozen tokens may part them.
func (s *sentence) quoted(at int) (open, end int, ok bool) {
	const near = 14
	for t := at - 1; t >= 0 && t >= at-near; t-- {
		if s.tokens[t].key == `"` {
			for o := t - 1; o >= 0 && t-o < 400; o-- {
				if s.tokens[o].key == `"` {
					return o, t, t-o > 3
				}
			}
			break
		}
		if s.tokens[t].class == line {
			break
		}
	}
	for t := at + 1; t < len(s.tokens) && t <= at+near; t++ {
		if s.tokens[t].key == `"` {
			if k := s.tokens[t-1].key; k != ":" && k != "," {
				break
			}
			for e := t + 1; e < len(s.tokens) && e-t < 400; e++ {
				if s.tokens[e].key == `"` {
					return t, e, e-t > 3
				}
			}
			break
		}
		if s.tokens[t].class == line {
			break
		}
	}
	return 0, 0, false
}

// speaker is the text beside a word of saying: after it where the quotation
// stands before, and before it in Chinese or where nothing follows.
func (s *sentence) speaker(i, open, end int) string {
	if end < s.marks[i].from {
		if from, to := s.nameBetween(end+1, s.marks[i].from); to > from {
			sp := s.span(from, to)
			return s.text[sp.From:sp.To]
		}
	}
	from := s.marks[i].to
	to := from
	for to < len(s.tokens) && to-from < 10 && !s.endsName(to) {
		to++
	}
	if to == from || s.lexicon.language == "zh" || open > s.marks[i].from && to >= open {
		to = s.marks[i].from
		from = to
		for from > 0 && to-from < 12 && !s.endsName(from-1) {
			from--
		}
	}
	if from >= to || from >= open && to <= end || to == from+1 && pronoun[s.tokens[from].key] {
		return ""
	}
	sp := s.span(from, to)
	return s.text[sp.From:sp.To]
}

// nameBetween is the name that stands between a quotation and the word of
// saying: up to its first comma.
func (s *sentence) nameBetween(from, to int) (first, last int) {
	for from < to && s.tokens[from].class != word && s.tokens[from].class != han {
		from++
	}
	last = from
	for last < to && !s.endsName(last) {
		last++
	}
	return from, last
}

// pronoun are words that stand for a speaker and name none.
var pronoun = map[string]bool{
	"he": true, "she": true, "they": true, "it": true, "он": true, "она": true, "они": true, "他": true, "她": true, "هو": true, "هي": true, "we": true, "i": true,
}

// endsName says whether a token ends the naming of a speaker.
func (s *sentence) endsName(t int) bool {
	switch tok := &s.tokens[t]; tok.class {
	case stop, line:
		return true
	case sign:
		return tok.key != "-" && tok.key != "." && tok.key != "·"
	case word:
		switch tok.key {
		case "في", "إن", "ان", "بان", "that", "in", "at", "on", "to", "что", "в", "на":
			return true
		}
	}
	return false
}

// markQuoted tells the claims that stand within a quotation.
func (s *sentence) markQuoted(sp Span) {
	for i := range s.out.Claims {
		c := &s.out.Claims[i]
		if c.Kind != Quotation && c.Span.From >= sp.From && c.Span.To <= sp.To {
			c.Quoted = true
		}
	}
}
