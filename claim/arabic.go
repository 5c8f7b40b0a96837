package claim

import (
	"strings"
	"unicode/utf8"
)

// Arabic says in its word order and in small particles what other languages say in
// verbs: this file holds what only Arabic sentences need.

// arabic says whether the text is Arabic.
func (r *reader) arabic() bool { return r.lexicon.language == "ar" }

// keyAt is the folded word at a token; "" outside the text.
func (r *reader) keyAt(t int) string {
	if t < 0 || t >= len(r.tokens) {
		return ""
	}
	return r.tokens[t].key
}

// supposed says whether a figure is only supposed: behind "if" in its sentence, لو
// أنفقنا 3%, 如果油价上涨20%.
func (s *sentence) supposed(f *found) bool {
	const far = 40
	if s.capitals() {
		return false
	}
	for t := f.from - 1; t >= 0 && f.from-t < far; t-- {
		tok := &s.tokens[t]
		if tok.class == stop || tok.class == line {
			return false
		}
		switch key := tok.key; {
		case s.arabic():
			if key == "لو" || key == "ولو" || key == "فلو" || key == "اذا" || key == "واذا" {
				return true
			}
			if key == "ان" && s.ifVerb(t+1) {
				return true
			}
		case key == "若" || key == "倘":
			return true
		case key == "如" && s.keyAt(t+1) == "果", key == "假" && strings.Contains("如设使若", s.keyAt(t+1)), key == "要" && s.keyAt(t+1) == "是", key == "哪" && s.keyAt(t+1) == "怕", key == "即" && strings.Contains("使便", s.keyAt(t+1)), key == "万" && s.keyAt(t+1) == "一" && s.keyAt(t+2) != "千":
			return true
		}
	}
	return false
}

// ifVerb says whether a verb in the past stands at a token, so that إن before it is
// "if" and not "that", which a noun or a pronoun follows.
func (s *sentence) ifVerb(t int) bool {
	if t >= len(s.tokens) {
		return false
	}
	switch s.tokens[t].key {
	case "خفض", "انخفض", "انخفضت", "ارتفع", "ارتفعت", "زاد", "زادت", "خفضت", "رفعت", "تراجع", "تراجعت", "لم":
		return true
	}
	return false
}

// finite says whether an Arabic word of the lexicon is a verb and not its noun:
// فرضت, تعاقب, unlike عقوبات and تقييد.
func finite(key string) bool {
	for _, p := range []string{"و", "ف"} {
		if rest, ok := strings.CutPrefix(key, p); ok && utf8.RuneCountInString(rest) > 3 {
			key = rest
			break
		}
	}
	letters := []rune(key)
	if len(letters) < 4 {
		return false
	}
	last := len(letters) - 1
	switch {
	case letters[last] == 'ت':
		return letters[last-1] != 'ا'
	case letters[0] == 'ي':
		return true
	case letters[0] == 'ت':
		return !(len(letters) == 5 && letters[3] == 'ي') && letters[last] != 'ه'
	}
	return false
}

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

// defining says whether a figure only tells which ones are meant: الدول التي يقل سكانها
// عن مليون نسمة.
func (s *sentence) defining(f *found) bool {
	const near = 6
	if !s.arabic() {
		return false
	}
	for t := f.from - 1; t >= 0 && f.from-t <= near; t-- {
		switch s.tokens[t].key {
		case "يقل", "تقل", "يزيد", "تزيد", "يتجاوز", "تتجاوز", "يفوق", "تفوق":
			before := s.keyAt(t - 1)
			return (before == "التي" || before == "الذي" || before == "الذين" || before == "اللواتي" || before == "ممن" || before == "لا" && strings.HasPrefix(s.keyAt(t-2), "ال")) && !s.countryWithin(t-3, 1)
		}
	}
	return false
}

// providedThat says whether "on condition that" or the like begins another clause
// between a quantity and a year behind it: على أن تدخل المرحلة الأولى الخدمة قبل 2027.
func (s *sentence) providedThat(from, to int) bool {
	for t := from; t+1 < to; t++ {
		if s.tokens[t].key == "," && s.keyAt(t+1) == "علي" && s.keyAt(t+2) == "ان" {
			return true
		}
	}
	return false
}

// times says whether an Arabic number of times tells of growth: a word of growth or of
// doubling stands before it in the sentence.
func (s *sentence) timesGrow(f *found) bool {
	if !s.arabic() || !strings.HasPrefix(s.tokens[f.to-1].key, "مر") {
		return true
	}
	for i := f.at - 1; i >= 0 && f.from-s.marks[i].to < 16; i-- {
		if s.marks[i].cue(cueGrow | cueFall) {
			return true
		}
	}
	for t := f.from - 1; t >= 0 && f.from-t < 16 && s.tokens[t].class != stop; t-- {
		if strings.Contains(s.tokens[t].key, "ضاعف") {
			return true
		}
	}
	return false
}

// ofNoun says whether an Arabic ordinal belongs to a noun with the article that is no
// place: الصف الأول, الدورة الخامسة.
func (r *reader) ofNoun(marks []mark, f *found) bool {
	if !r.arabic() || f.from == 0 || !strings.HasPrefix(r.tokens[f.from].key, "ال") {
		return false
	}
	before := &r.tokens[f.from-1]
	switch before.key {
	case "الي", "التي", "الذي", "والي":
		return false
	}
	if before.class != word || !strings.HasPrefix(strings.TrimLeft(before.key, "وفب"), "ال") && !strings.HasPrefix(before.key, "لل") {
		return false
	}
	for i := f.at - 1; i >= 0 && marks[i].to == f.from; i-- {
		if marks[i].cue(cueRank|cueCountry|cueTable|cueWorld) || marks[i].country() != "" || marks[i].has("top") {
			return false
		}
	}
	return true
}

// standing says whether an Arabic ordinal without an article is the place that a
// country came to: جاءت السعودية أولى, وحلّت روسيا ثانية, والصين ثالثة.
func (r *reader) standing(marks []mark, all []found, i int) bool {
	f := &all[i]
	if !r.arabic() || f.Measure != Place || f.sure || strings.HasPrefix(r.tokens[f.from].key, "ال") || f.at == 0 {
		return false
	}
	if f.to < len(r.tokens) && r.tokens[f.to].class == word {
		switch key := r.tokens[f.to].key; key {
		case "في", "بين", "من", "عالميا", "عربيا", "خلف", "بعد", "قبل", "ضمن", "عند", "علي", "حسب", "وفق":
		default:
			if !strings.HasPrefix(key, "و") && !strings.HasPrefix(key, "ب") {
				return false
			}
		}
	}
	k := f.at - 1
	if marks[k].country() == "" || f.from-marks[k].to > 0 {
		return r.came(marks, f.at, f.from)
	}
	if r.came(marks, k, marks[k].from) {
		return true
	}
	for j := range all[:i] {
		if all[j].Measure == Place && (all[j].of > 0 || r.came(marks, max(all[j].at-1, 0), all[j].from)) {
			return true // والصين ثالثة
		}
	}
	return false
}

// came says whether a verb of coming to a place stands shortly before a token.
func (r *reader) came(marks []mark, at, t int) bool {
	const near = 4
	for k := t - 1; k >= 0 && t-k <= near; k-- {
		if r.tokens[k].class == stop || r.tokens[k].class == line {
			return false
		}
		switch strings.TrimLeft(r.tokens[k].key, "وف") {
		case "جاءت", "جاء", "حلت", "حل", "اتت", "اتي", "تاتي", "ياتي", "تحل", "يحل", "كانت", "صنفت", "صنف", "انتهت", "بقيت", "ظلت", "جاءتا":
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

// svo says whether a country right before an Arabic verb is its subject and the one
// right behind it its object: الولايات المتحدة تعاقب إيران.
func (s *sentence) svo(i int) (by, whom *named) {
	if !s.arabic() || !finite(s.tokens[s.marks[i].from].key) {
		return nil, nil
	}
	for k := range s.units {
		u := &s.units[k]
		switch {
		case u.alliance() || s.marks[u.mark].has("people") && !s.marks[u.mark].has("unit"):
		case s.marks[u.mark].to == s.marks[i].from && u.mark < i:
			by = u
		case u.from == s.marks[i].to && u.mark > i && !s.tied(u.from, "و"):
			whom = u
		}
	}
	if by == nil || whom == nil || by.code == whom.code || s.reached(whom) != nil && s.keyAt(by.from-1) != "ان" {
		return nil, nil
	}
	return by, whom
}

// relativeLead reads a country behind a comma whose relative clause tells that it is
// ahead of the one spoken of: ولم يفصلها عن روسيا، التي سبقتها، سوى إطلاقين.
func (s *sentence) relativeLead(i int) bool {
	m := &s.marks[i]
	if !s.arabic() || strings.HasSuffix(s.tokens[m.to-1].key, "نا") {
		return false
	}
	switch s.keyAt(m.from - 1) {
	case "التي", "الذي":
	default:
		return false
	}
	var a *named
	for k := range s.units {
		if u := &s.units[k]; u.mark < i && !u.alliance() && m.from-s.marks[u.mark].to <= 3 {
			a = u
		}
	}
	if a == nil {
		return false
	}
	other := ""
	for k := range s.units {
		if u := &s.units[k]; u.mark < a.mark && !u.alliance() && u.code != a.code {
			other = u.code
			break
		}
	}
	if other == "" && s.subject != a.code {
		other = s.subject
	}
	if other == "" {
		return false
	}
	s.relate(Claim{
		Kind: Relation, Verb: "ahead", Unit: a.code, Other: other, Year: s.onlyYear(),
		Span: s.span(a.from, m.to), Confidence: Medium, Rule: "relation-follow",
	})
	return true
}

// less says whether دون behind a place stands before a country that is ahead: في المرتبة
// 71، دون سوريا.
func (s *sentence) below(i int) bool {
	m := &s.marks[i]
	if !s.arabic() || s.tokens[m.from].key != "دون" || m.to-m.from > 1 || s.keyAt(m.from-1) == "من" {
		return false
	}
	u := s.neighbour(i, 0, true)
	a := s.doer(i)
	if u == nil || a == nil || a.code == u.code || u.from != m.to {
		return false
	}
	placed := false
	for k := range s.found {
		placed = placed || s.found[k].Measure == Place && s.found[k].at < i && m.from-s.found[k].to <= 8
	}
	if !placed {
		return false
	}
	s.relate(Claim{
		Kind: Relation, Verb: "behind", Unit: a.code, Other: u.code, Year: s.onlyYear(),
		Span: s.span(a.from, s.marks[u.mark].to), Confidence: High, Rule: "relation-behind",
	})
	return true
}

// uncertain says whether the figure at some bytes is only supposed, tells which ones are
// meant, or is a part of what was told before: نصفها.
func (s *sentence) uncertain(sp Span) bool {
	for k := range s.found {
		f := &s.found[k]
		if f.Span != sp {
			continue
		}
		if s.arabic() && f.to == f.from+1 && s.marks[f.at].has("fraction") && strings.HasSuffix(s.tokens[f.from].key, "ها") && s.endsClause(f.to) {
			return true
		}
		return s.supposed(f) || s.defining(f) || s.wondered(f) || s.ofOther(f)
	}
	return false
}

// byBefore says whether "by" stands a few words before an Arabic figure: بنسبة تتراوح بين
// 8% و10%.
func (s *sentence) byBefore(f *found) bool {
	const near = 4
	for k := f.at - 1; k >= 0 && f.from-s.marks[k].to <= near; k-- {
		if s.marks[k].cue(cueBy) {
			return true
		}
		if s.marks[k].cue(cueTo) || s.marks[k].digits {
			return false
		}
	}
	return false
}

// tied says whether a particle of one letter is written as one with the name of a
// country at a token: للصين and وروسيا, unlike لاهاي and واشنطن.
func (r *reader) tied(t int, particle string) bool {
	key := r.tokens[t].key
	if !strings.HasPrefix(key, particle) {
		return false
	}
	id, ok := r.lexicon.words[key]
	return !ok || r.lexicon.first[id] == 0 || !namesPlace(r.lexicon.senses[r.lexicon.first[id]])
}

// namesUnit says whether one word is listed as the name of a country.
func (l *lexicon) namesUnit(phrase string) bool {
	tokens := tokenise(phrase)
	if len(tokens) != 1 {
		return false
	}
	id, ok := l.words[listed(l.language, tokens[0].key)]
	if !ok || l.first[id] == 0 {
		return false
	}
	for _, s := range l.senses[l.first[id]] {
		if s.class == "unit" {
			return true
		}
	}
	return false
}

// follows says whether a figure stands right behind a country of its own, behind a comma
// or "and", so that it goes on with the verb of the figure before it: زادت مصر صادراتها
// 15 في المئة، والأردن 8 في المئة; 中国增长5%，日本3%.
func (s *sentence) follows(f *found) bool {
	if s.capitals() || f.at == 0 || s.marks[f.at-1].country() == "" || s.marks[f.at-1].to != f.from {
		return false
	}
	m := &s.marks[f.at-1]
	return s.arabic() && s.tied(m.from, "و") || !s.arabic() && s.keyAt(m.from-1) == ","
}

// higherBy reads أعلى بنسبة 12% مما كانت عليه: "up" or "down", or "" where an Arabic
// figure is not told so.
func (s *sentence) higherBy(f *found) string {
	const near, far = 3, 6
	if !s.arabic() {
		return ""
	}
	than := false
	for t := f.to; t < len(s.tokens) && t <= f.to+far && s.tokens[t].class != stop; t++ {
		switch s.tokens[t].key {
		case "مما", "عما", "مستواه", "مستواها", "مستوياتها", "السابق", "الماضي", "قبل":
			than = true
		}
	}
	for t := f.from - 1; than && t >= 0 && f.from-t <= near; t-- {
		switch s.tokens[t].key {
		case "اعلي", "اكثر", "اكبر":
			return "up"
		case "اقل", "ادني", "اصغر":
			return "down"
		}
	}
	return ""
}

// thanItWas says whether a year is the one behind "than it was": مما كانت عليه في 2022.
func (s *sentence) thanItWas(y *found) bool {
	for t := y.from - 1; s.arabic() && t >= 0 && y.from-t <= 6 && s.tokens[t].class == word; t-- {
		if k := s.tokens[t].key; k == "مما" || k == "عما" {
			return true
		}
	}
	return false
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

// spanOfTime says whether years, months or days are counted at a token: قبل خمس سنوات.
func (r *reader) spanOfTime(t int) bool {
	if !r.arabic() {
		return false
	}
	switch r.keyAt(t) {
	case "سنوات", "سنه", "اعوام", "عاما", "اشهر", "شهرا", "ايام", "يوما", "اسابيع", "اسبوعا", "ساعات", "ساعه", "دقايق", "دقيقه", "قرون", "عقود":
		return true
	}
	return false
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
