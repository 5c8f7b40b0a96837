package claim

import "strings"

// chineseRest reads a Chinese quotation beside which no word of saying stands: a
// colon leads to it behind somebody with a title, 工程师龚德茂开门见山：“…”, or
// somebody with a title follows, “…。”教授邹启明的这句话.
func (r *reader) chineseRest(q *quote) {
	const far = 40
	if q.open > 2 && r.tokens[q.open-1].key == ":" {
		from := q.open - 1
		for from > 0 && q.open-from < far && !r.endsName(from-1) {
			from--
		}
		if r.titled(from, q.open-1) {
			r.tellQuote(q, r.chineseName(from, q.open-1), "quotation-punctuation")
		} else if name := r.chineseSpeaker(from, q.open-1); name != "" {
			r.tellQuote(q, name, "quotation-punctuation")
		}
		return
	}
	if r.tokens[q.end-1].class != stop {
		return
	}
	t := q.end + 1
	end := t
	for end < len(r.tokens) && end-t < far && (r.tokens[end].class == han || r.tokens[end].key == "·") {
		end++
	}
	if end >= len(r.tokens) || end-t <= 4 || !r.titled(t, end) {
		return
	}
	if r.tokens[end].class == stop || r.tokens[end].key == "·" || r.saying(end-3) || r.saying(end-2) {
		r.tellQuote(q, r.chineseName(t, end), "quotation-punctuation")
	}
}

// saying says whether 的这句话, 的话, 的说法 or the like begins at a token or two
// behind it.
func (r *reader) saying(t int) bool {
	for k := max(t, 0); k < min(t+3, len(r.tokens)); k++ {
		switch key := r.tokens[k].key; {
		case r.tokens[k].class != han:
			return false
		case key == "话", key == "说" && k+1 < len(r.tokens) && r.tokens[k+1].key == "法", key == "传" && k > 0 && r.tokens[k-1].key == "的", key == "谣":
			return r.tokens[max(t, 0)].key == "的" || r.tokens[max(t, 0)].key == "这"
		}
	}
	return false
}

// chineseName is the text of a speaker with the title, without what is told of how
// and where it was said.
func (r *reader) chineseName(from, to int) string {
	const least = 2 // characters of a name
	end := from
	for _, m := range r.lexicon.marks(r.tokens[from:to]) {
		if m.has("title") {
			end = from + m.to
		}
	}
	for t := end + least; t < to; t++ {
		switch r.tokens[t].key {
		case "在", "于", "对", "向", "接", "受", "的", "如", "这", "开", "直", "笑", "则", "也", "还", "说", "用", "把", "认":
			to = t
		}
	}
	sp := r.span(from, to)
	return r.text[sp.From:sp.To]
}

// chineseSpeaker reads who speaks before a colon or behind a quotation without a title: a
// foreign name with its point, 克洛伊·马丁, or a surname with one or two characters at the
// head or the end of the words.
func (r *reader) chineseSpeaker(from, to int) string {
	for t := to - 1; t > from; t-- {
		if r.tokens[t].key != "·" {
			continue
		}
		a, b := t, t+1
		for a > from && (r.tokens[a-1].class == han || r.tokens[a-1].key == "·") && t-a < 12 {
			a--
		}
		for b < to && r.tokens[b].class == han && b-t < 6 && !strings.Contains("的在于说对向则也指着回笑摇点补把用这那", r.tokens[b].key) {
			b++
		}
		if b > t+1 {
			return r.textOf(words{a, b})
		}
	}
	return ""
}

// completeChinese gives the speakers who are named by the last part of a foreign name
// the full name that the text has elsewhere: 马丁, of 克洛伊·马丁.
func (r *reader) completeChinese() {
	var full []string
	known := map[string]bool{}
	for t := 1; t+1 < len(r.tokens); t++ {
		if r.tokens[t].key != "·" || r.tokens[t-1].class != han || r.tokens[t+1].class != han {
			continue
		}
		a := t
		for a > 0 && r.tokens[a-1].class == han && t-a < 5 {
			a--
		}
		b := t + 1
		for b < len(r.tokens) && r.tokens[b].class == han && b-t <= 4 {
			b++
		}
		if name := r.textOf(words{a, b}); !known[name] {
			known[name] = true
			full = append(full, name)
		}
	}
	completed := map[string]string{}
	for i := range r.out.Claims {
		c := &r.out.Claims[i]
		if c.Kind != Quotation || c.Speaker == "" || strings.Contains(c.Speaker, "·") {
			continue
		}
		name, done := completed[c.Speaker]
		if !done {
			name = completedBy(full, c.Speaker)
			completed[c.Speaker] = name
		}
		c.Speaker = name
	}
}

// completedBy is the first of some full names with the part of its last name that a
// speaker is named by; the speaker as named if there is none.
func completedBy(full []string, speaker string) string {
	for _, name := range full {
		first, rest, _ := strings.Cut(name, "·")
		letters := []rune(rest)
		for n := len(letters); n >= 2; n-- {
			if last := string(letters[:n]); strings.HasPrefix(speaker, last) || strings.HasSuffix(speaker, last) {
				return first + "·" + last
			}
		}
	}
	return speaker
}

// trailing says whether a Chinese quotation ends the sentence that begins with "said,"
// and is a part of a sentence, no name of a plan: 表示，这项计划“像一座没有桥墩的桥”。
func (s *sentence) trailing(q *quote, to int) bool {
	const least = 8
	if !s.chinese() || s.keyAt(to) != "," || q.end-q.open < least || q.end+1 >= len(s.tokens) || s.tokens[q.end+1].class != stop {
		return false
	}
	said := false
	for t := q.open + 1; t < q.end; t++ {
		said = said || strings.Contains("的了是不像没就也会要能都把被还比让", s.tokens[t].key)
	}
	last := s.tokens[q.end-2].key + s.tokens[q.end-1].key
	switch last {
	case "计划", "行动", "战略", "工程", "倡议", "联盟", "网络", "指数", "大会", "论坛", "法案", "项目", "机制", "政策":
		return false
	}
	return said
}
