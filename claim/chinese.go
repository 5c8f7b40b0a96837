package claim

import "strings"

// chinese says whether the text is Chinese.
func (r *reader) chinese() bool { return r.lexicon.language == "zh" }

// clauseStart is the token at which the clause begins in which a token stands.
func (r *reader) clauseStart(t int) int {
	for t > 0 {
		tok := &r.tokens[t-1]
		if tok.class == stop || tok.class == line || tok.key == "," || tok.key == ";" || tok.key == ":" {
			break
		}
		t--
	}
	return t
}

// among says whether a Chinese number tells among how many a place is: 69个地区中,
// 139个参赛国家里, 63国.
func (r *reader) among(f *found) bool {
	const far = 10
	if !r.chinese() || f.Measure != Number || f.Value < 3 || f.Value > 400 || f.to >= len(r.tokens) {
		return false
	}
	switch r.tokens[f.to].key {
	case "个", "国", "家", "大", "座", "支", "名", "所":
	default:
		return false
	}
	for t := f.to; t < len(r.tokens) && t <= f.to+far && r.tokens[t].class == han; t++ {
		switch key := r.tokens[t].key; {
		case key == "中" && !strings.Contains("国心期等小部学", r.keyAt(t+1)), key == "里" && r.keyAt(t+1) != "程", key == "之" && r.keyAt(t+1) == "中", key == "内" && t > f.to+1:
			return true
		}
	}
	return false
}

// totalBefore is among how many a Chinese place is, told before it: in its own part of
// the sentence, or at the head of the sentence before any country; 0 = not told.
func (r *reader) totalBefore(marks []mark, all []found, i int) int {
	f := &all[i]
	for k := i - 1; k >= 0; k-- {
		g := &all[k]
		if g.year || g.Measure != Number || g.Value < 3 || g.Value > 400 || !r.among(g) && !r.countries(marks, g) {
			continue
		}
		if r.unitBetween(marks, g.next, f.at) && r.unitBetween(marks, 0, g.at) {
			return 0
		}
		return int(g.Value)
	}
	for k := i + 1; k < len(all); k++ {
		if g := &all[k]; !g.year && g.Measure == Number && g.Value >= 3 && g.Value <= 400 && r.countries(marks, g) && !r.unitBetween(marks, f.next, g.at) {
			return int(g.Value) // 高居榜首，共有190个经济体参评
		}
	}
	return 0
}

// inHundred reads a Chinese share of a hundred people: 每百名职工中仅有九人.
func (r *reader) inHundred(from, to int) bool {
	const far = 18
	if !r.chinese() || to >= len(r.tokens) || !strings.Contains("人名个位", r.tokens[to].key) {
		return false
	}
	had := false
	for t := from - 1; t > 0 && from-t <= far; t-- {
		tok := &r.tokens[t]
		if tok.class == stop || tok.class == line || tok.key == "," {
			return false
		}
		had = had || tok.key == "有"
		if r.tokens[t-1].key == "每" && (tok.key == "百" || tok.key == "100") {
			return had && strings.Contains("名人个位", r.keyAt(t+1))
		}
	}
	return false
}

// perMany says whether a Chinese number is one for every thousand or ten thousand:
// 每万名居民中仅有13名.
func (r *reader) perMany(from int) bool {
	const far = 18
	within := false
	for t := from - 1; r.chinese() && t > 0 && from-t <= far; t-- {
		tok := &r.tokens[t]
		within = within || tok.key == "中"
		if tok.class == stop || tok.class == line || tok.key == "," {
			return false
		}
		if within && r.tokens[t-1].key == "每" && (strings.Contains("千万十", tok.key) || tok.class == digits && len(tok.key) > 3) {
			return true
		}
	}
	return false
}

// noMoreThan says whether 不过 stands right before a number and means "no more than",
// not "but".
func (s *sentence) noMoreThan(i int) bool {
	m := &s.marks[i]
	if !s.chinese() || s.tokens[m.from].key != "不" || s.keyAt(m.from+1) != "过" || i+1 >= len(s.marks) {
		return false
	}
	n := &s.marks[i+1]
	return n.from-m.to <= 1 && (n.digits || numeric(n.senses) || n.has("percentof") || n.has("currency") || n.has("approx"))
}

// wondered says whether a Chinese figure is only asked or wondered about: 会不会涨三倍.
func (s *sentence) wondered(f *found) bool {
	const far = 12
	for t := f.from - 1; s.chinese() && t > 0 && f.from-t <= far; t-- {
		tok := &s.tokens[t]
		if tok.class == stop || tok.class == line || tok.key == "," {
			return false
		}
		switch prev := s.tokens[t-1].key; {
		case prev == "不" && (tok.key == "会" || tok.key == "能") && s.keyAt(t-2) == tok.key, prev == "是" && tok.key == "否", prev == "能" && tok.key == "否", prev == "会" && tok.key == "否":
			return true
		}
	}
	return false
}

// promisedElse says whether a Chinese year by which something is promised belongs to
// another figure, before a comma, and this one is the money for it: 到2030年培养900万人，
// 为此设立20万亿的基金.
func (s *sentence) promisedElse(i, k int) bool {
	f, y := &s.found[i], &s.found[k]
	if !s.chinese() || y.at > f.at || f.Measure != Money {
		return false
	}
	for j := k + 1; j < i; j++ {
		g := &s.found[j]
		if !g.year && g.Measure != Money && s.signBetween(g.to, f.from, ",") && s.plansAnew(g.to, f.from) {
			return true
		}
	}
	return false
}

// plansAnew says whether a word of what is to be stands among tokens: 为此将, 并会, 另规划.
func (s *sentence) plansAnew(from, to int) bool {
	for t := from; t < to; t++ {
		switch s.tokens[t].key {
		case "将", "会", "拟":
			return true
		case "规", "计":
			if s.keyAt(t+1) == "划" {
				return true
			}
		}
	}
	return false
}

// placeElse says whether a Chinese year belongs to another figure of the clause before
// a place: 中国2024年出口汽车641万辆，居首位.
func (s *sentence) placeElse(i, k int) bool {
	f, y := &s.found[i], &s.found[k]
	if !s.chinese() || f.Measure != Place || y.at > f.at || y.at == 0 || !s.unitBetween(s.marks, 0, y.at) {
		return false
	}
	for j := k + 1; j < i; j++ {
		if g := &s.found[j]; !g.year && g.Measure != Place && s.signBetween(g.to, f.from, ",") {
			return true
		}
	}
	return false
}

// its is the country that 其 or 该国 at the head of a clause means: the last one before
// it that the sentence is about; "" if it stands for none.
func (s *sentence) its(f *found) string {
	if !s.chinese() {
		return ""
	}
	start := s.clauseStart(f.from)
	for t := start; t < f.from && t < start+3; t++ {
		if s.tokens[t].key != "其" || s.keyAt(t+1) == "中" || s.keyAt(t+1) == "他" || s.keyAt(t+1) == "余" {
			continue
		}
		for k := len(s.units) - 1; k >= 0; k-- {
			if u := &s.units[k]; u.from < start && !u.oblique && !u.alliance() {
				return u.code
			}
		}
	}
	return ""
}

// itAfter says whether "it" begins the clause behind a membership, of which it is told:
// 作为七国集团成员，它推动制定规则.
func (s *sentence) itAfter(hi int) bool {
	const far = 12
	for t := s.marks[hi].to; s.chinese() && t < len(s.tokens) && t < s.marks[hi].to+far && s.tokens[t].class != stop; t++ {
		if s.tokens[t].key == "," {
			next := s.keyAt(t + 1)
			return next == "它" || next == "该" && s.keyAt(t+2) == "国"
		}
	}
	return false
}

// behindSemicolon is the country that the part of a sentence is about, behind the last
// semicolon, in which a figure stands; "" if the sentence has no such part.
func (s *sentence) behindSemicolon(f *found) string {
	if s.capitals() {
		return ""
	}
	start := -1
	for t := f.from - 1; t >= s.marks[0].from; t-- {
		if s.tokens[t].key == ";" {
			start = t
			break
		}
	}
	if start < 0 {
		return ""
	}
	for k := range s.units {
		if u := &s.units[k]; u.from > start && u.mark < f.at && !u.oblique && !u.alliance() {
			return u.code
		}
	}
	return ""
}

// alikeOf are the two countries of 马来西亚…领先同为东盟成员的菲律宾: the one that the clause
// is about and the one behind 的.
func (s *sentence) alikeOf(lo, hi int) []named {
	end := s.marks[hi].to
	if s.keyAt(end) != "的" && s.keyAt(end+1) != "的" {
		return nil
	}
	for k := range s.units {
		u := s.units[k]
		if u.mark <= hi || u.alliance() || u.from-end > 3 {
			continue
		}
		for j := k - 1; j >= 0; j-- {
			if a := s.units[j]; a.mark < lo && !a.oblique && !a.alliance() && a.code != u.code {
				return []named{a, u}
			}
		}
	}
	return nil
}

// ofOther says whether a Chinese share is told of another country's figure: 不到匈牙利的
// 一半.
func (s *sentence) ofOther(f *found) bool {
	if !s.chinese() || f.Measure != Percent || s.keyAt(f.from-1) != "的" {
		return false
	}
	for k := range s.units {
		if u := &s.units[k]; !u.alliance() && s.marks[u.mark].to == f.from-1 {
			if verb, _ := s.partOf(u); verb != "" {
				return true
			}
		}
	}
	return false
}

// upTo says whether 至 or 到 between two Chinese figures of one measure makes a range of
// them: 增加8%至10%, unlike 从8%升至10%.
func (r *reader) upTo(a, b *found) bool {
	const far = 14
	if !r.chinese() || b.from != a.to+1 || r.tokens[a.to].key != "至" && r.tokens[a.to].key != "到" || a.Measure != Percent {
		return false
	}
	for t := a.from - 1; t >= 0 && a.from-t <= far; t-- {
		switch tok := &r.tokens[t]; {
		case tok.class == stop || tok.class == line || tok.key == ",":
			return true
		case tok.key == "从" || tok.key == "由" || tok.key == "自":
			return false
		}
	}
	return true
}

// onlyOneIn says whether a country is told to be one of an alliance: 匈牙利是欧盟中唯一投
// 反对票的国家, 作为二十国集团中唯一的阿拉伯国家.
func (s *sentence) onlyOneIn(i int) bool {
	const far = 14
	end := s.marks[i].to
	if !s.chinese() || s.keyAt(end) != "中" && s.keyAt(end) != "内" && s.keyAt(end) != "里" {
		return false
	}
	if before := s.keyAt(s.marks[i].from - 1); before != "是" && before != "为" {
		return false
	}
	if s.keyAt(s.marks[i].from-2) == "不" {
		return false
	}
	for t := end; t+1 < len(s.tokens) && t < end+far && s.tokens[t].class == han; t++ {
		if s.tokens[t].key == "的" && (s.keyAt(t+1) == "国" || s.keyAt(t+3) == "国" || s.keyAt(t+4) == "国" || s.keyAt(t+5) == "国" || s.keyAt(t+1) == "成") {
			return true
		}
	}
	return false
}

// hasOwn says whether a country behind a figure has one of its own that measures the
// same, so that the figure before it is another's: 第二十三位，新加坡第一.
func (s *sentence) hasOwn(f *found, mark int) bool {
	if s.capitals() || s.subject == "" || !s.signBetween(f.to, s.marks[mark].from, ",") {
		return false
	}
	for k := range s.found {
		if g := &s.found[k]; g.at > mark && !g.year && g.Measure == f.Measure && g.from-s.marks[mark].to <= 6 {
			return true
		}
	}
	return false
}
