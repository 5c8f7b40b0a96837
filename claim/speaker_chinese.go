package claim

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
		}
		return
	}
	if r.tokens[q.end-1].class != stop {
		return
	}
	t := q.end + 1
	end := t
	for end < len(r.tokens) && end-t < far && r.tokens[end].class == han {
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
