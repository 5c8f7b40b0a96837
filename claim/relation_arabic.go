package claim

import "strings"

// arabicClosing reads restrictions that are told by a verb and what it closes or stops:
// أغلقت بولندا حدودها مع بيلاروسيا, قطعت روسيا الغاز عن فنلندا, لم تعد هولندا تبيع آلاتها
// للصين. The subject stands right before or right behind the verb.
func (s *sentence) arabicClosing(i int) bool {
	const near, far = 6, 10
	m := &s.marks[i]
	if !s.arabic() || !m.has("closing") || s.unsaid(i) || s.imagined(i) {
		return false
	}
	by := s.beside(i)
	if by == nil {
		return false
	}
	from := m.to
	if by.mark > i {
		from = s.marks[by.mark].to
	}
	at := -1
	for t := from; t < len(s.tokens) && t <= from+near && s.tokens[t].class == word; t++ {
		if closable[bare(s.tokens[t].key)] {
			at = t
			break
		}
	}
	if at < 0 {
		return false
	}
	for k := range s.units {
		u := &s.units[k]
		if u.alliance() || u.mark <= max(i, by.mark) || u.code == by.code {
			continue
		}
		if u.from-at > far || s.signBetween(m.to, u.from, ",") {
			return false
		}
		if !s.aimed(u) {
			continue
		}
		sure := High
		if s.liftedAt(i) {
			sure = Low
		}
		for _, other := range s.fellows(u.code, i) {
			s.relate(Claim{
				Kind: Relation, Verb: "restrict", Unit: by.code, Other: other, Year: s.onlyYear(),
				Span: s.span(min(by.from, m.from), s.marks[u.mark].to), Confidence: sure, Rule: "relation-closing",
			})
		}
		return true
	}
	return false
}

// aimed says whether a country is the one at which something is aimed: behind إلى, عن,
// مع, أمام, في وجه, على, with ل, or as a people.
func (s *sentence) aimed(u *named) bool {
	if s.marks[u.mark].has("people") || s.tied(u.from, "ل") {
		return true
	}
	for t := u.from - 1; t >= 0 && u.from-t <= 2; t-- {
		switch s.tokens[t].key {
		case "الي", "عن", "مع", "امام", "وجه", "علي", "من", "ضد", "نحو":
			return true
		}
	}
	return false
}

// beside is the country right behind a verb, or right before it.
func (s *sentence) beside(i int) *named {
	m := &s.marks[i]
	for k := range s.units {
		if u := &s.units[k]; !u.alliance() && u.mark > i && u.from-m.to <= 1 && !s.tied(u.from, "ل") && !s.signBetween(m.to, u.from, ",") {
			if u.from == m.to || statehood[s.tokens[m.to].key] || s.tokens[m.to].key == "السلطات" || s.tokens[m.to].key == "الحكومه" {
				return u
			}
		}
	}
	for k := len(s.units) - 1; k >= 0; k-- {
		if u := &s.units[k]; !u.alliance() && u.mark < i && !u.oblique && m.from-s.marks[u.mark].to <= 1 {
			return u
		}
	}
	if s.subject != "" && finite(s.tokens[m.from].key) && !s.marks[min(i+1, len(s.marks)-1)].has("unit") {
		return &named{code: s.subject, mark: i, from: m.from}
	}
	return nil
}

// bare is an Arabic word without the particles and the article before it and the
// possessor behind it.
func bare(key string) string {
	for _, p := range []string{"و", "ب", "ل"} {
		if rest, ok := strings.CutPrefix(key, p); ok && len(rest) > 6 && !closable[key] {
			key = rest
			break
		}
	}
	key = strings.TrimPrefix(key, "ال")
	for _, p := range []string{"ها", "هم", "ه"} {
		if rest, ok := strings.CutSuffix(key, p); ok && len(rest) > 4 && !closable[key] {
			if stem, ok := strings.CutSuffix(rest, "ت"); ok && closable[stem+"ه"] {
				return stem + "ه"
			}
			return rest
		}
	}
	return key
}

// closable are what a country closes to another one or stops.
var closable = map[string]bool{
	"حدود": true, "معبر": true, "معابر": true, "سوق": true, "اسواق": true, "مجال": true, "اجواء": true, "مواني": true, "ميناء": true, "باب": true, "ابواب": true, "صادرات": true, "تصدير": true, "واردات": true, "استيراد": true, "توريد": true, "توريدات": true, "امدادات": true, "امداد": true, "شحنات": true, "شحن": true,
	"مبيعات": true, "بيع": true, "تبيع": true, "تبيعه": true, "يبيع": true, "تصدر": true, "تورد": true, "تشتري": true, "شراء": true, "غاز": true, "نفط": true, "كهرباء": true, "مياه": true, "تجاره": true, "تعاون": true, "علاقات": true, "رحلات": true, "مساعدات": true, "تاشيرات": true, "تمويل": true, "تزويد": true, "تزود": true, "تسليم": true, "دخول": true, "عبور": true, "منافذ": true, "قمح": true, "وقود": true, "شبكات": true, "تستورد": true, "تستقبل": true, "استقبال": true, "تراخيص": true, "ترخيص": true, "استثمارات": true, "معاملات": true,
}

// arabicDegree reads a figure of one country that is told to be more or less than that
// of another: أعلى من إنفاق الدنمارك, أكثر مما تنفقه الدنمارك, ثلاثة أضعاف ما تنفقه
// الدنمارك.
func (s *sentence) arabicDegree() {
	if !s.arabic() {
		return
	}
	for k := range s.units {
		b := &s.units[k]
		if b.alliance() || b.from < 2 {
			continue
		}
		verb, at := s.moreThan(b)
		if verb == "" {
			continue
		}
		var a *named
		for j := range s.units {
			u := &s.units[j]
			if u.mark < b.mark && u.from < at && !u.alliance() && u.code != b.code && (a == nil || !u.oblique) && !s.signBetween(s.marks[u.mark].to, at, ";") {
				a = u
			}
		}
		if a == nil && s.subject != "" && s.subject != b.code {
			a = &named{code: s.subject, from: at}
		}
		if a == nil {
			continue
		}
		s.relate(Claim{
			Kind: Relation, Verb: verb, Unit: a.code, Other: b.code, Year: s.onlyYear(),
			Span: s.span(min(a.from, at), s.marks[b.mark].to), Confidence: High, Rule: "relation-than",
		})
	}
}

// moreThan is what a comparison before a country tells, and the token of its word.
func (s *sentence) moreThan(b *named) (verb string, at int) {
	const near = 4
	than := -1
	for t := b.from - 1; t >= 1 && b.from-t <= near; t-- {
		tok := &s.tokens[t]
		if tok.class != word {
			return "", 0
		}
		switch tok.key {
		case "من", "مما", "منها", "منه", "عما":
			than = t
		case "ما", "نظيرتها", "نظيره", "نظيرتهما", "مثيلتها", "مثيله":
			if s.multipliedBy(t) {
				return "ahead", t - 1
			}
			continue
		default:
			continue
		}
		break
	}
	if than < 0 {
		return "", 0
	}
	for t := than + 1; t < b.from; t++ {
		switch key := s.tokens[t].key; {
		case key == "في", key == "جارتها", key == "جاره", key == "جارها", key == "نظيرتها", key == "نظيره", key == "مثيلتها", key == "مثيله", key == "كل", key == "لدي", key == "عليه":
		case s.tokens[than].key == "مما", s.tokens[than].key == "عما":
		case t == than+1 && b.from-t == 1 && !strings.HasPrefix(key, "ال") && !s.quantityAt(t):
		default:
			return "", 0
		}
	}
	for t := than - 1; t >= 0 && than-t <= 5; t-- {
		tok := &s.tokens[t]
		if tok.class == stop || tok.class == line || tok.key == "," || tok.key == "-" {
			return "", 0
		}
		before := s.keyAt(t - 1)
		if before == "ليس" || before == "ليست" || before == "احد" || before == "احدي" || before == "من" || before == "لا" {
			continue
		}
		switch strings.TrimPrefix(tok.key, "ال") {
		case "اكثر", "اعلي", "اكبر", "افضل", "اسرع", "اقوي", "اغني", "اطول", "اوسع", "اضخم", "احسن", "اكثف", "اكفا", "ارفع":
			return "ahead", t
		case "اقل", "ادني", "اصغر", "ابطا", "اضعف", "اسوا", "افقر", "اقصر":
			return "behind", t
		}
	}
	return "", 0
}

// multipliedBy says whether a multiple stands right before a token: ضعف ما, ثلاثة أضعاف
// نظيرتها.
func (s *sentence) multipliedBy(t int) bool {
	switch s.keyAt(t - 1) {
	case "ضعف", "ضعفي", "ضعفا", "اضعاف", "امثال", "مثلي":
		return true
	}
	return false
}

// quantityAt says whether a number of the sentence begins at a token.
func (s *sentence) quantityAt(t int) bool {
	for k := range s.found {
		if s.found[k].from <= t && t < s.found[k].to {
			return true
		}
	}
	return false
}

// arabicLifted says whether a restriction is told to have been lifted by a verb before
// its subject: رفعت أستراليا قيودها على اللحوم الأميركية. Tariffs that are raised are not.
func (s *sentence) arabicLifted(i int) bool {
	if !s.arabic() {
		return false
	}
	noun := bareNoun(s.tokens[s.marks[i].from].key)
	for t := s.marks[i].from - 1; t >= 0 && s.marks[i].from-t <= 4; t-- {
		switch strings.TrimLeft(s.tokens[t].key, "وف") {
		case "رفعت", "رفع", "ترفع", "يرفع", "رفعها", "رفعهم":
			return noun
		case "الغت", "الغي", "تلغي", "يلغي", "خففت", "خفف", "تخفف", "انهت", "انهي", "ازالت", "ازال":
			return true
		}
	}
	return false
}

// bareNoun says whether a word is one of restrictions that are lifted, not raised.
func bareNoun(key string) bool {
	return beginsWith(key, "قيود", "عقوب", "حظر", "الحظر", "القيود", "العقوب", "حصار", "الحصار", "ضوابط", "الضوابط")
}

// maybe says whether a deed in Arabic or Chinese is only possible or threatened: قد تفرض,
// هددت بفرض, 可能加征, 威胁对…加征.
func (s *sentence) maybe(i int) bool {
	m := &s.marks[i]
	near := 5
	if s.lexicon.language == "zh" {
		near = 16
	}
	for t := m.from; t >= 0 && m.from-t <= near; t-- {
		tok := &s.tokens[t]
		if tok.class == stop || tok.class == line || tok.key == "," || tok.key == ";" {
			return false
		}
		if s.arabic() {
			switch strings.TrimLeft(tok.key, "وف") {
			case "قد":
				next := s.keyAt(t + 1)
				return strings.HasPrefix(next, "ت") || strings.HasPrefix(next, "ي")
			case "ربما", "تهدد", "هددت", "يهدد", "هدد", "لوحت", "لوح", "تلوح", "يلوح", "تدرس", "يدرس", "يمكن", "احتمال", "بامكان", "تهديد", "تهديدات", "مقترح", "اقترح":
				return true
			}
			continue
		}
		switch next := s.keyAt(t + 1); tok.key {
		case "可", "或", "恐":
			if next == "能" && t+1 < m.from || tok.key == "或" && (next == "将" || next == "会") || tok.key == "恐" && (next == "将" || next == "会") {
				return true
			}
		case "威":
			if next == "胁" || next == "脅" {
				return true
			}
		case "考":
			if next == "虑" {
				return true
			}
		case "扬", "酝":
			if next == "言" || next == "酿" {
				return true
			}
		}
	}
	return false
}

// deniedBefore says whether an Arabic verb is denied some words before what is done: ولم
// توقع غانا أي اتفاق مع نيجيريا.
func (s *sentence) deniedBefore(i int) bool {
	const far = 6
	for t := s.marks[i].from - 1; t >= 0 && s.marks[i].from-t <= far; t-- {
		tok := &s.tokens[t]
		if tok.class == stop || tok.class == line || tok.class == sign {
			return false
		}
		switch tok.key {
		case "لم", "ولم", "فلم", "لن", "ولن":
			return !s.exceptFor(t, 10) && s.keyAt(t+1) != "تكتف" && s.keyAt(t+1) != "يكتف"
		}
	}
	return false
}

// sharesPlace says whether what two countries share is a place in a ranking: تقاسمت
// الإمارات المرتبة السابعة مع ألمانيا.
func (s *sentence) sharesPlace(i int) bool {
	if !s.arabic() || !strings.Contains(s.tokens[s.marks[i].from].key, "تقاسم") && !strings.Contains(s.tokens[s.marks[i].from].key, "تشارك") {
		return false
	}
	for k := i + 1; k < len(s.marks) && s.marks[k].from-s.marks[i].to <= 3; k++ {
		if s.marks[k].cue(cueRank) || s.marks[k].has("top") {
			return true
		}
	}
	return false
}

// byPlaces reads متقدمة بسبع مراتب على المغرب: by how much stands between the word and the
// country.
func (s *sentence) byPlaces(i int) bool {
	const near = 5
	b := &s.marks[i]
	if !s.arabic() || b.country() == "" {
		return false
	}
	with := s.keyAt(b.from - 1)
	if with != "علي" && with != "عن" {
		return false
	}
	for t := b.from - 2; t >= 0 && b.from-t <= near+2 && s.tokens[t].class == word || t >= 0 && b.from-t <= near+2 && s.tokens[t].class == digits; t-- {
		var verb string
		switch strings.TrimPrefix(s.tokens[t].key, "و") {
		case "متقدمه", "متقدما", "متقدم", "متفوقه", "متفوقا", "متفوق":
			verb = "ahead"
		case "متاخره", "متاخرا", "متاخر", "متخلفه", "متخلفا":
			verb = "behind"
		default:
			continue
		}
		if b.from-t < 3 {
			return false // told by the phrase itself
		}
		for k := len(s.units) - 1; k >= 0; k-- {
			if a := &s.units[k]; a.from < t && !a.oblique && !a.alliance() && a.code != b.country() {
				s.relate(Claim{
					Kind: Relation, Verb: verb, Unit: a.code, Other: b.country(), Year: s.onlyYear(),
					Span: s.span(t, b.to), Confidence: High, Rule: "relation-" + verb,
				})
				return true
			}
		}
		return false
	}
	return false
}
