package claim

import (
	"cmp"
	"sort"
	"strings"
	"unicode/utf8"
)

// quote is a quotation: the tokens of its marks, whether it has been told and of
// whom. A short one is a name, unless a word of saying stands right beside it.
type quote struct {
	open, end int
	told      bool
	short     bool
	inner     bool // a part of one that holds its tag
	speaker   string
}

// pairQuotes pairs the quotation marks of a text, the outermost only. Marks that
// open and close look alike when they are straight; one that is left open at
// the end of its paragraph opens nothing.
func (r *reader) pairQuotes() {
	least := 4 // tokens; less is a name
	if r.lexicon.language == "zh" {
		least = 7
	}
	var stack []int
	for t := range r.tokens {
		tok := &r.tokens[t]
		if tok.class == line {
			stack = stack[:0]
		}
		if tok.key != `"` || tok.to == tok.from {
			continue
		}
		mark, _ := utf8.DecodeRuneInString(r.text[tok.from:])
		if n := len(stack); n > 0 && r.closes(mark, stack[n-1]) {
			stack = stack[:n-1]
			if n == 1 && (t-r.opened >= least || r.lexicon.language != "zh" && t-r.opened > 1) {
				r.quotes = append(r.quotes, quote{open: r.opened, end: t, short: t-r.opened < least})
			}
			continue
		}
		if strings.ContainsRune("»”」』", mark) {
			continue
		}
		if len(stack) == 0 {
			r.opened = t
		}
		stack = append(stack, t)
	}
}

// closes says whether a quotation mark closes the one that was opened last.
func (r *reader) closes(mark rune, open int) bool {
	opening, _ := utf8.DecodeRuneInString(r.text[r.tokens[open].from:])
	switch opening {
	case '«':
		return mark == '»'
	case '„':
		return mark == '“' || mark == '”'
	case '“':
		return mark == '”' || mark == '"'
	case '「', '『':
		return mark == '」' || mark == '』'
	}
	return mark == opening || mark == '”'
}

// quotations reads the quotations that stand beside a word of saying, with
// what is told of the speaker, and remembers whom the text let speak last.
func (s *sentence) quotations() {
	for i := range s.marks {
		if !s.marks[i].cue(cueSay) || s.inQuote(s.marks[i].from) || s.lexicon.language == "ar" && s.onlyNoun(i) {
			continue
		}
		q := s.quoteBeside(s.marks[i].from, s.marks[i].to)
		if q == nil {
			if from, to := s.speaker(i, -1, -1); from < to && s.hasName(from, to) && (s.lexicon.language != "ar" || !s.institute(from)) {
				if name := s.nameIn(from, to); s.fullName(name) {
					s.lastSpeaker, s.spokeAt = cmp.Or(s.fullNameOf(name), name), s.marks[i].from
					s.remember(name)
				}
			}
			continue
		}
		s.tellQuote(q, s.speakerName(i, q), "quotation")
	}
}

// tellQuote makes a claim of a quotation, of the one who spoke last where its
// speaker has no name.
func (r *reader) tellQuote(q *quote, speaker, rule string) {
	c := Claim{Kind: Quotation, Span: r.span(q.open, q.end+1), Speaker: speaker, Confidence: High, Rule: rule}
	former := ""
	if speaker == "" {
		former = r.formerSpeaker(q)
	}
	switch full := r.fullNameOf(speaker); {
	case full != "":
		c.Speaker, c.Confidence = full, Medium
	case former != "":
		c.Speaker, c.Confidence = former, Medium
	case r.nameless(speaker), speaker == "":
		c.Missing, c.Confidence = []string{"speaker"}, Low
	default:
		r.remember(speaker)
	}
	if c.Confidence != Low {
		r.lastSpeaker, r.spokeAt, q.speaker = c.Speaker, q.end, c.Speaker
	}
	q.told = true
	r.claim(c)
	r.markQuoted(c.Span)
}

// formerSpeaker is who is meant by "he said": the person named last before a
// quotation, or the one who spoke last where nobody was named since.
func (r *reader) formerSpeaker(q *quote) string {
	if w, ok := r.personBefore(q.open); ok && w.from > r.spokeAt {
		return cmp.Or(r.fullNameOf(r.textOf(w)), r.textOf(w))
	}
	return r.lastSpeaker
}

// nameless says whether a speaker is told to be somebody: "an official", 一位商人,
// один из участников, أحد المسؤولين.
func (r *reader) nameless(speaker string) bool {
	if r.lexicon.language == "zh" && utf8.RuneCountInString(speaker) < 2 {
		return true // 只说
	}
	return beginsWith(speaker, "一位", "一名", "某", "有", "多位", "业内", "one ", "a ", "an ", "another ", "один ", "одна ", "некоторые ", "أحد ", "إحدى ", "مصدر ")
}

// inQuote says whether a token lies within a quotation.
func (r *reader) inQuote(t int) bool {
	k := r.quoteAfter(t)
	return k < len(r.quotes) && r.quotes[k].open < t
}

// quoteAfter is the first quotation that ends after a token.
func (r *reader) quoteAfter(t int) int {
	return sort.Search(len(r.quotes), func(i int) bool { return r.quotes[i].end > t })
}

// quoteBeside finds the quotation that ends before or begins after a word of
// saying, with no end of a sentence between.
func (s *sentence) quoteBeside(from, to int) *quote {
	before, after := 14, 30
	if s.lexicon.language == "zh" {
		before = 60
	}
	next := s.quoteAfter(from)
	for k := next - 1; k >= 0 && from-s.quotes[k].end <= before; k-- {
		if q := &s.quotes[k]; !q.told && q.end < from && !s.stopBetween(q.end+1, from) && s.spoken(q) && (!q.short || from-q.end <= 4 && s.tagged(q)) {
			return q
		}
	}
	for k := next; k < len(s.quotes) && s.quotes[k].open-to <= after; k++ {
		q := &s.quotes[k]
		if q.told || q.open < to || q.open-to > after || s.stopBetween(to, q.open) {
			continue
		}
		if s.saysBetween(to, q.open) {
			return nil
		}
		if q.short && (q.open-to > 1 || s.tokens[q.open-1].key != ":") && !s.predicated(q) {
			if s.lexicon.language == "ar" {
				continue
			}
			return nil
		}
		if s.fragment(q) || s.trailing(q, to) {
			return q
		}
		if key := s.tokens[q.open-1].key; key != ":" && q.open-to > 1 && !s.spoken(q) {
			continue
		} else if key == ":" || leads[key] || q.open-to <= 1 || key == "," && q.open-to <= 14 || s.reported(to, q.open) || s.predicated(q) {
			return q
		}
		return nil
	}
	return nil
}

// spoken says whether a Chinese quotation is somebody's words and no name or
// slogan, “人工智能+制造”行动: it ends like a sentence, or a comma follows, or it
// is long.
func (s *sentence) spoken(q *quote) bool {
	const long = 16
	if s.lexicon.language != "zh" {
		return true
	}
	if r := s.reader; r.saying(q.end + 1) {
		return false // 外界所称“…”的说法
	}
	if q.open > 0 && q.end+1 < len(s.tokens) && s.tokens[q.open-1].key == "," && s.tokens[q.end+1].class == stop {
		return true
	}
	if q.end-q.open > long || q.end+1 < len(s.tokens) && s.tokens[q.end+1].key == "," {
		return true
	}
	last := s.tokens[q.end-1]
	return last.class == stop || last.key == ","
}

// reported says whether "that" stands among tokens: he said that it was "…".
func (s *sentence) reported(from, to int) bool {
	for t := from; t < to; t++ {
		if leads[s.tokens[t].key] && s.tokens[t].key != "the" && s.tokens[t].key != "a" {
			return true
		}
	}
	return false
}

// saysBetween says whether another word of saying stands among tokens, outside
// quotations.
func (s *sentence) saysBetween(from, to int) bool {
	for i := range s.marks {
		if m := &s.marks[i]; m.from >= from && m.to <= to && m.cue(cueSay) && !s.inQuote(m.from) {
			return true
		}
	}
	return false
}

func (r *reader) stopBetween(from, to int) bool {
	for t := from; t < to; t++ {
		if r.tokens[t].class == stop || r.tokens[t].class == line {
			return true
		}
	}
	return false
}

// leads are words after which a quotation may begin without a colon.
var leads = map[string]bool{"that": true, "что": true, "ان": true, "بان": true, "فان": true, "انه": true, "انها": true, "بانه": true, "بانها": true, "بانهم": true, "the": true, "a": true}

// markQuoted tells the claims that stand within a quotation.
func (r *reader) markQuoted(sp Span) {
	const far = 5000
	for i := len(r.out.Claims) - 1; i >= 0; i-- {
		c := &r.out.Claims[i]
		if c.Span.To < sp.From && (c.Kind != Quotation || c.Span.To+far < sp.From) {
			return // told in an earlier sentence
		}
		if c.Kind != Quotation && c.Span.From >= sp.From && c.Span.To <= sp.To {
			c.Quoted = true
		}
	}
}
