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

// chineseOrders reads orders of words in which no verb stands right before the other
// country: 被瑞士和新加坡抛离, 把英国甩在身后, 是埃及的六倍, 不到法国的一半.
func (s *sentence) chineseOrders() {
	if !s.chinese() {
		return
	}
	s.withIt()
	for k := range s.units {
		b := &s.units[k]
		if b.alliance() || b.from == 0 {
			continue
		}
		if last := s.refuses(b); last > 0 && s.beforeClause(b) != "" && s.beforeClause(b) != b.code {
			s.relate(Claim{
				Kind: Relation, Verb: "restrict", Unit: s.beforeClause(b), Other: b.code, Year: s.onlyYear(),
				Span: s.span(b.from-1, last), Confidence: Medium, Rule: "relation-closing",
			})
			continue
		}
		verb, last := s.overtakenBy(b)
		if verb == "" {
			verb, last = s.leftTo(b)
		}
		if verb == "" {
			verb, last = s.partOf(b)
		}
		if verb == "" {
			continue
		}
		a := s.beforeClause(b)
		if a == "" || a == b.code {
			continue
		}
		for _, other := range s.fellows(b.code, b.mark) {
			s.relate(Claim{
				Kind: Relation, Verb: verb, Unit: a, Other: other, Year: s.onlyYear(),
				Span: s.span(b.from-1, last), Confidence: Medium, Rule: "relation-" + verb,
			})
		}
	}
}

// beforeClause is the country that is spoken of before another one: the last before it
// in the sentence that is not oblique, else the one that the text spoke of.
func (s *sentence) beforeClause(b *named) string {
	for k := len(s.units) - 1; k >= 0; k-- {
		if u := &s.units[k]; u.mark < b.mark && !u.oblique && !u.alliance() && u.code != b.code && !s.coordinated(u.mark, b.mark) && !s.signBetween(s.marks[u.mark].to, b.from, ";") {
			return u.code
		}
	}
	return s.subject
}

// overtakenBy reads 被 before a country, or before one in a list with it, and a verb of
// overtaking behind.
func (s *sentence) overtakenBy(b *named) (verb string, last int) {
	first := b
	for k := len(s.units) - 1; k >= 0; k-- {
		if u := &s.units[k]; u.mark < first.mark && s.coordinated(u.mark, first.mark) {
			first = u
		}
	}
	if before := s.keyAt(first.from - 1); before != "被" && before != "遭" {
		return "", 0
	}
	end := s.marks[b.mark].to
	for k := range s.units {
		if u := &s.units[k]; u.mark > b.mark && s.coordinated(b.mark, u.mark) {
			end = s.marks[u.mark].to
			b = u
		}
	}
	for t := end; t < len(s.tokens) && t < end+6 && s.tokens[t].class == han; t++ {
		if strings.Contains("超抛甩赶挤追", s.tokens[t].key) {
			return "behind", t + 1
		}
	}
	return "", 0
}

// leftTo reads 把英国甩在身后, 将日本挤下.
func (s *sentence) leftTo(b *named) (verb string, last int) {
	if before := s.keyAt(b.from - 1); before != "把" && before != "将" {
		return "", 0
	}
	end := s.marks[b.mark].to
	for t := end; t < len(s.tokens) && t < end+5 && s.tokens[t].class == han; t++ {
		if strings.Contains("甩抛超赶挤", s.tokens[t].key) {
			return "ahead", t + 1
		}
	}
	return "", 0
}

// partOf reads a figure that is told as a multiple or a part of another country's: 是埃
// 及的六倍, 不到法国的三分之一.
func (s *sentence) partOf(b *named) (verb string, last int) {
	end := s.marks[b.mark].to
	if s.keyAt(end) != "的" {
		return "", 0
	}
	var f *found
	for k := range s.found {
		if g := &s.found[k]; !g.year && g.from >= end+1 && g.from <= end+3 {
			f = g
			break
		}
	}
	if f == nil || f.Measure != Times && f.Measure != Percent {
		return "", 0
	}
	for t := b.from - 1; t >= 0 && b.from-t <= 4; t-- {
		switch key := s.tokens[t].key; {
		case f.Measure == Times && f.Value > 1 && strings.Contains("是为于达当", key):
			return "ahead", f.to
		case f.Measure == Percent && f.Value < 100 && s.worded(f) && strings.Contains("及到为是有足", key):
			return "behind", f.to
		}
	}
	return "", 0
}

// described says whether the country behind a word of being ahead or behind, is the next one and what is
// told of it stands between: 领先同为东协成员的菲律宾, 超越邻近的巴拿马.
func (s *sentence) described(i int) bool {
	const far = 14
	if !s.chinese() {
		return false
	}
	for k := range s.units {
		u := &s.units[k]
		if u.mark <= i || u.alliance() {
			continue
		}
		d := u.from - s.marks[i].to
		if d <= 1 || d > far || s.signBetween(s.marks[i].to, u.from, ",") {
			return false
		}
		return strings.Contains("的国邻手敌居", s.tokens[u.from-1].key) && s.tokens[u.from-1].class == han && !s.numberAmong(s.marks[i].to, u.from)
	}
	return false
}

// withIt reads what a pronoun does with another country: 它与韩国重启了对话.
func (s *sentence) withIt() {
	const near = 16
	if !s.chinese() || s.subject == "" {
		return
	}
	for k := range s.units {
		b := &s.units[k]
		if b.alliance() || b.from < 2 || b.code == s.subject || !strings.Contains("与和同跟", s.tokens[b.from-1].key) {
			continue
		}
		switch {
		case s.tokens[b.from-2].key == "它":
		case s.tokens[b.from-2].key == "还" && s.keyAt(b.from-3) == "它":
		default:
			continue
		}
		for i := b.mark + 1; i < len(s.marks) && s.marks[i].from-s.marks[b.mark].to <= near && !s.signBetween(s.marks[b.mark].to, s.marks[i].from, ","); i++ {
			if s.marks[i].cue(cueCooperate | cueWeakcoop) {
				s.relate(Claim{
					Kind: Relation, Verb: "cooperate", Unit: s.subject, Other: b.code, Year: s.onlyYear(),
					Span: s.span(b.from-2, s.marks[i].to), Confidence: Medium, Rule: "relation-with",
				})
				break
			}
		}
	}
}

// refuses reads what a country no longer does for another: 荷兰不再向中国出售机器,
// 禁止本国机构向中国出口部件, 关闭了与白俄罗斯的边境.
func (s *sentence) refuses(b *named) (last int) {
	const far, near = 14, 7
	if b.from < 2 {
		return 0
	}
	to := strings.Contains("向对从给往自", s.tokens[b.from-1].key)
	with := strings.Contains("与同和", s.tokens[b.from-1].key)
	if !to && !with {
		return 0
	}
	stopped := false
	for t := b.from - 2; t > 0 && b.from-t <= far; t-- {
		tok := &s.tokens[t]
		if tok.class != han && tok.class != digits {
			break
		}
		switch pair := s.tokens[t-1].key + tok.key; pair {
		case "不再", "拒绝", "停止", "禁止", "不准", "不许", "暂停", "中止":
			stopped = stopped || to
		case "关闭", "封闭", "关上", "封锁", "切断", "中断", "断绝":
			stopped = stopped || b.from-t <= 4
		case "取消", "解除", "放宽", "恢复", "重启", "可能", "考虑":
			return 0
		}
	}
	if !stopped {
		return 0
	}
	end := s.marks[b.mark].to
	for t := end; t+1 < len(s.tokens) && t <= end+near && s.tokens[t].class == han; t++ {
		switch pair := s.tokens[t].key + s.tokens[t+1].key; pair {
		case "出售", "销售", "供应", "出口", "提供", "采购", "购买", "进口", "交付", "转让", "输出", "输送", "供气", "供电", "发放", "边境", "边界", "口岸", "市场", "领空", "贸易", "往来", "联系", "开放", "运送", "购入":
			return t + 2
		}
	}
	return 0
}

// deniedWith says whether what is done with another country is denied before "with":
// 没有与尼日利亚签署协议.
func (s *sentence) deniedWith(i int) bool {
	const far = 16
	for t := s.marks[i].from - 1; s.chinese() && t > 1 && s.marks[i].from-t <= far; t-- {
		tok := &s.tokens[t]
		if tok.class != han {
			return false
		}
		if !strings.Contains("与同跟和", tok.key) {
			continue
		}
		switch before := s.tokens[t-1].key; before {
		case "未", "没":
			return true
		case "有", "会", "再", "绝":
			return strings.Contains("没不拒", s.tokens[t-2].key)
		}
	}
	return false
}

// handInHand says whether a country stands right behind a Chinese verb that holds a
// "with": 越南携手日本.
func (s *sentence) handInHand(i int, u *named) bool {
	if !s.chinese() || u.from != s.marks[i].to || s.marks[i].to-s.marks[i].from != 2 {
		return false
	}
	switch s.tokens[s.marks[i].from].key + s.tokens[s.marks[i].from+1].key {
	case "携手", "联手", "牵手", "联合":
		return true
	}
	return false
}
