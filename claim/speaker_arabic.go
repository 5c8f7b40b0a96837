package claim

import (
	"slices"
	"strings"
)

// arabicRest reads an Arabic quotation beside which no known word of saying was read
// with a name: a colon leads to it behind somebody with a title or behind a name that
// stands alone, as in an interview's headline: منى عبد الغفار: «…».
func (r *reader) arabicRest(q *quote) bool {
	if t := q.end + 1; t+1 < len(r.tokens) && !q.short {
		for t+1 < len(r.tokens) && (r.tokens[t].key == "," || r.tokens[t].key == "-") {
			t++
		}
		switch r.tokens[t].key {
		case "بهذه", "بهذا", "هكذا", "بتلك", "تلك", "هذه", "هذا", "عباره", "العباره", "كلمات":
			if name := r.arabicPerson(t, r.sentenceEnd(t)); name != "" && t <= q.end+3 {
				r.tellQuote(q, name, "quotation-view")
				return true
			}
		}
	}
	if q.open < 2 || r.tokens[q.open-1].key != ":" || q.short {
		return false
	}
	from, to := r.sentenceOf(q.open), q.open-1
	if name := r.arabicPerson(from, to); name != "" {
		r.tellQuote(q, name, "quotation-colon")
		return true
	}
	return false
}

// arabicPerson is the name with its title that stands among tokens: a title and what
// follows it up to a preposition or a sign, or two to five words that are the whole of
// them and none of which the lexicon knows; "" if there is none.
func (r *reader) arabicPerson(from, to int) string {
	const most = 12
	for from < to && (r.tokens[from].class == sign || r.tokens[from].class == stop || r.tokens[from].key == `"`) {
		from++
	}
	marks := r.lexicon.marks(r.tokens[from:to])
	for k := len(marks) - 1; k >= 0; k-- {
		if !marks[k].has("title") {
			continue
		}
		for k > 0 && marks[k-1].has("title") && marks[k-1].to == marks[k].from {
			k--
		}
		start := from + marks[k].from
		end := start
		for end < to && end-start < most && !r.endsName(end) && !r.sideword(end) {
			end++
		}
		if r.institute(start) {
			return ""
		}
		if end < to && end > start && r.preposition(end) && !r.namesSomebody(start, end) {
			for end++; end < to && r.tokens[end].class == word && !r.sideword(end); end++ {
			}
		}
		if r.namesSomebody(start, end) {
			return r.textOf(words{start, end})
		}
	}
	for k := from; k < to; k++ {
		if a, b := r.kunya(k, to); b > 0 {
			return r.textOf(words{a, b})
		}
	}
	for _, m := range marks {
		if len(m.senses) > 0 || m.cues&^cueLately != 0 {
			return ""
		}
	}
	if n := to - from; n < 2 || n > 5 {
		return ""
	}
	for t := from; t < to; t++ {
		if r.tokens[t].class != word || r.sideword(t) || r.endsName(t) {
			return ""
		}
	}
	if strings.HasPrefix(r.tokens[from].key, "ال") || strings.HasPrefix(r.tokens[from].key, "و") && len(r.tokens[from].key) > 10 {
		return ""
	}
	return r.textOf(words{from, to})
}

// namesSomebody says whether tokens from a title on hold a name: a word without the
// article that no list knows as a title, a people or a pronoun, or the name behind the
// article of a title, الوزير العلوي.
func (r *reader) namesSomebody(from, to int) bool {
	t := from
	for t < to {
		senses, _, n := r.lexicon.match(r.tokens[:to], t)
		if n > 0 && (isTitle(senses) || namesPlace(senses)) || pronoun[r.tokens[t].key] {
			t += max(n, 1)
			continue
		}
		if r.tokens[t].class == word && !strings.HasPrefix(r.tokens[t].key, "ال") && !strings.HasPrefix(r.tokens[t].key, "لل") && (n == 0 || givenArabic[r.tokens[t].key]) {
			return true
		}
		t++
	}
	return false
}

// sideword says whether a word begins what is told of how, when or to whom
// somebody spoke.
func (r *reader) sideword(t int) bool {
	key := r.tokens[t].key
	switch key {
	case "لدي", "بعد", "قبل", "مع", "عن", "من", "الي", "علي", "منذ", "حين", "عندما", "وهو", "وهي", "اذ", "كما", "مره", "ذات", "امس", "اليوم", "بينما", "التي", "الذي", "حول", "ردا", "اثر", "تعليقا", "بان", "ثم", "قايلا", "قايله", "بقوله", "بقولها", "قوله", "قولها", "مضيفا", "مضيفه":
		return key != "علي" || strings.HasSuffix(r.text[r.tokens[t].from:r.tokens[t].to], "ى")
	}
	return strings.HasPrefix(key, "للصح") || strings.HasPrefix(key, "لصح") || strings.HasPrefix(key, "لوكال") || strings.HasPrefix(key, "للجري") || strings.HasPrefix(key, "لجريد") || strings.HasPrefix(key, "بعبار") || strings.HasPrefix(key, "بنبر") || strings.HasPrefix(key, "بلهج") || strings.HasPrefix(key, "مبتسم") || strings.HasPrefix(key, "ضاحك")
}

// completeArabic gives the speakers who are named by the last part of their name only
// the full name that the text has elsewhere: عبد الغفار, of منى عبد الغفار.
func (r *reader) completeArabic() {
	known := map[string]string{} // full names by what was asked for
	for i := range r.out.Claims {
		c := &r.out.Claims[i]
		if c.Kind != Quotation || c.Speaker == "" {
			continue
		}
		short := r.withoutTitle(c.Speaker)
		if n := len(short); n == 0 || n > 2 || n == 2 && !compound[short[0]] {
			continue
		}
		key := strings.Join(short, " ")
		full, asked := known[key]
		if !asked {
			full = r.fullArabic(short)
			known[key] = full
		}
		if full != "" {
			c.Speaker = full
		}
	}
}

// compound are first halves of Arabic names of two words.
var compound = map[string]bool{"عبد": true, "ال": true, "بن": true, "ابن": true, "ابو": true, "بنت": true, "ابي": true, "ولد": true, "دي": true, "فان": true, "فون": true}

// withoutTitle are the words of a speaker's name, folded, without the titles before it.
func (r *reader) withoutTitle(name string) []string {
	tokens := tokenise(name)
	t := 0
	for t < len(tokens) {
		senses, _, n := r.lexicon.match(tokens, t)
		if n == 0 || !isTitle(senses) {
			break
		}
		t += n
	}
	var list []string
	for _, tok := range tokens[t:] {
		if tok.class == word {
			list = append(list, tok.key)
		}
	}
	return list
}

// fullArabic finds the first place of the text where a word that the lexicon does not
// know stands before a surname, and gives both; "" if there is none.
func (r *reader) fullArabic(surname []string) string {
	for t := 1; t+len(surname) <= len(r.tokens); t++ {
		if !slices.EqualFunc(r.tokens[t:t+len(surname)], surname, func(tok token, key string) bool { return tok.key == key }) {
			continue
		}
		first := t - 1
		tok := &r.tokens[first]
		if tok.class != word || len(tok.key) < 4 || strings.HasPrefix(tok.key, "ال") || r.sideword(first) || r.endsName(first) || pronoun[tok.key] {
			continue
		}
		if senses, cue, n := r.lexicon.match(r.tokens[:t], first); n > 0 && (len(senses) > 0 || cue != 0) {
			continue
		}
		if verbal(tok.key) {
			continue
		}
		return r.textOf(words{first, t + len(surname)})
	}
	return ""
}

// verbal says whether an Arabic word looks like a verb behind "and" or in the present:
// وضحكت, يمضي.
func verbal(key string) bool {
	return strings.HasPrefix(key, "و") && len(key) > 6 || strings.HasPrefix(key, "ف") && strings.HasSuffix(key, "ت") || strings.HasPrefix(key, "ت") && len(key) == 8
}

// sayingNoun says whether a mark is a participle or a noun of saying, whose subject stands
// before it: قائلا, قولها.
func (s *sentence) sayingNoun(i int) bool {
	switch s.tokens[s.marks[i].to-1].key {
	case "قايلا", "قايله", "قوله", "قولها", "قولهم", "بقوله", "بقولها", "مضيفا", "مضيفه", "موكدا", "موكده", "موضحا", "موضحه", "مشيرا", "مشيره", "معلقا", "معلقه", "محذرا", "محذره":
		return true
	}
	return false
}

// counted1 says whether a number or a cue stands among tokens, so that they are no
// name: وعددهم ثلاثون.
func (r *reader) counted1(from, to int) bool {
	if r.lexicon.language == "ar" && r.sideword(from) {
		return true
	}
	for _, m := range r.lexicon.marks(r.tokens[from:to]) {
		if m.digits || numeric(m.senses) {
			return true
		}
	}
	return false
}

// onlyNoun says whether a word that looks like a verb of saying is a noun: رأي, unlike
// رأى.
func (s *sentence) onlyNoun(i int) bool {
	m := &s.marks[i]
	if m.to-m.from > 1 || !strings.HasSuffix(s.tokens[m.from].key, "راي") {
		return false
	}
	return strings.HasSuffix(s.text[s.tokens[m.from].from:s.tokens[m.from].to], "ي")
}

// predicated says whether a quotation of a few words is what somebody is told to have
// called something: وصف القرار بأنه «خطأ تاريخي».
func (r *reader) predicated(q *quote) bool {
	if r.lexicon.language != "ar" || q.open == 0 {
		return false
	}
	switch r.tokens[q.open-1].key {
	case "ب", "بانه", "بانها", "بانهم", "انه", "انها", "كونه", "كونها", "ان", "بان", "فان":
		return true
	}
	return false
}

// arabicSpeaker is the speaker beside a word of saying: behind it, else behind a comma
// after a title, else before it in its clause, else anywhere in the tag with a title; ""
// where a pronoun stands or nothing. An institution and somebody without a name are
// given in words that name nobody.
func (s *sentence) arabicSpeaker(i int, q *quote) string {
	m := &s.marks[i]
	end := s.sentenceEnd(m.to)
	if q.open >= m.to {
		end = q.open
	}
	for k := range s.quotes {
		if o := s.quotes[k].open; o >= m.to && o < end {
			end = o
		}
	}
	if s.sayingNoun(i) {
		if name := s.saidBefore(i); name != "" {
			return name
		}
	}
	from, to := s.arabicPhrase(m.to, end)
	if from < to && !s.onlyPronoun(from, to) {
		if s.institute(from) {
			return "أحد " + s.textOf(words{from, to})
		}
		if a, b := s.apposition(from, to, min(end+1, len(s.tokens))); b > 0 && !s.givenWithin(from, to) {
			return s.textOf(words{a, b})
		}
		if s.namesSomebody(from, to) {
			return s.textOf(words{from, to})
		}
		if a, b := s.arabicPhrase(to+1, end); to < end && s.preposition(to) {
			for b < end && b-from < 16 && s.tokens[b].class == word {
				b++
			}
			if a < b && s.titled(from, to) && s.namesSomebody(a, b) {
				return s.textOf(words{from, b}) // مدير المرصد في إسطنبول كمال يلدز
			}
		}
		if !s.titled(from, to) && to-from <= 2 {
			name := s.textOf(words{from, to})
			if s.fullNameOf(name) != "" || s.fullArabic(s.withoutTitle(name)) != "" {
				return name
			}
		}
	}
	before := s.sentenceOf(m.from)
	if q.end < m.from {
		before = q.end + 1
	}
	if name := s.arabicPerson(before, m.from); name != "" && !s.institute(m.to) {
		return name
	}
	if name := s.arabicPerson(m.to, end); name != "" {
		return name
	}
	if from < to && !s.onlyPronoun(from, to) {
		name := s.textOf(words{from, to})
		if !s.titled(from, to) {
			return "أحد " + name
		}
		return s.byTitle(name)
	}
	return ""
}

// byTitle is who is meant by a title alone, الوزير: the one who spoke before with that
// title, else nobody but the title.
func (s *sentence) byTitle(name string) string {
	head := tokenise(name)[0].key
	head = strings.TrimPrefix(head, "ال")
	for k := len(s.speakers) - 1; k >= 0; k-- {
		for _, t := range tokenise(s.speakers[k]) {
			if strings.TrimPrefix(t.key, "ال") == head {
				return s.speakers[k]
			}
		}
	}
	if s.lastSpeaker != "" && !strings.Contains(s.lastSpeaker, " ") {
		return ""
	}
	return name
}

// givenWithin says whether a common given name stands among tokens.
func (r *reader) givenWithin(from, to int) bool {
	for t := from; t < to; t++ {
		if givenArabic[r.tokens[t].key] || r.tokens[t].key == "بن" {
			return true
		}
	}
	return false
}

// kunya finds a name that is told by its form at a token: أم خالد, عبد الله, سالم بن
// حمد; b is 0 if there is none.
func (r *reader) kunya(t, to int) (a, b int) {
	if t+1 >= to || r.tokens[t+1].class != word {
		return 0, 0
	}
	switch key := strings.TrimPrefix(r.tokens[t].key, "و"); key {
	case "ام", "ابو", "عبد":
		if senses, cue, n := r.lexicon.match(r.tokens[:to], t+1); n > 0 && (len(senses) > 0 || cue != 0) && key != "عبد" {
			return 0, 0
		}
		return t, min(t+2, to)
	case "بن", "بنت":
		if t > 0 && r.tokens[t-1].class == word {
			return t - 1, min(t+2, to)
		}
	}
	return 0, 0
}

// saidBefore is the speaker before a participle or a noun of saying: behind the verb of
// saying before it, or behind "from": نقلت الصحيفة عن المحللة لولوة الخاجة قولها.
func (s *sentence) saidBefore(i int) string {
	m := &s.marks[i]
	start := s.sentenceOf(m.from)
	for t := m.from - 1; t > start; t-- {
		if s.tokens[t].key != "عن" {
			continue
		}
		if from, to := s.arabicPhrase(t+1, m.from); from < to && s.namesSomebody(from, to) {
			return s.textOf(words{from, to})
		}
	}
	for k := i - 1; k >= 0; k-- {
		if !s.marks[k].cue(cueSay) || s.inQuote(s.marks[k].from) {
			continue
		}
		if from, to := s.arabicPhrase(s.marks[k].to, m.from); from < to && s.namesSomebody(from, to) && !s.institute(from) {
			return s.textOf(words{from, to})
		}
	}
	return s.arabicPerson(start, m.from)
}

// arabicPhrase is what stands from a token on up to the end of the naming of a speaker.
func (r *reader) arabicPhrase(t, most int) (from, to int) {
	const long = 12
	for t < most && (pronoun[r.tokens[t].key] || r.tokens[t].key == "-" || r.tokens[t].key == "ل") {
		t++
	}
	to = t
	for to < most && to < len(r.tokens) && to-t < long && !r.endsName(to) && !r.sideword(to) && r.tokens[to].class != digits && r.tokens[to].key != "-" {
		if _, cue, n := r.lexicon.match(r.tokens[:most], to); to > t && n > 0 && cue&cueSay != 0 && cue&cueBetween == 0 {
			break
		}
		to++
	}
	return t, to
}

// institute says whether what begins at a token is an institution or a paper, or
// somebody without a name.
func (r *reader) institute(t int) bool {
	if t >= len(r.tokens) {
		return false
	}
	key := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(r.tokens[t].key, "ل"), "ل"), "ال")
	switch key {
	case "وزاره", "تقرير", "هييه", "بنك", "مصرف", "شركه", "حكومه", "منظمه", "بيان", "وكاله", "صحيفه", "جريده", "دراسه", "مصدر", "مصادر", "اتحاد", "موسسه", "مكتب", "لجنه", "مجلس", "برلمان", "مركز", "معهد", "جامعه", "صندوق", "مسوولون", "خبراء", "محللون", "كثيرون", "بعضهم", "بعض", "اخرون", "اخر", "احد", "احدهم", "احدي", "وثيقه", "مذكره", "خطه", "نص", "قرار", "قانون", "رييس", "الناس", "ناس", "سكان", "مثل", "جدول", "نشره", "اداره", "سلطات", "جمعيه", "غرفه", "رساله", "نقابه", "حزب", "جيران", "اسمه", "اسمها", "هويته", "هويتها":
		return key != "رييس" || t+1 < len(r.tokens) && r.tokens[t+1].class != word
	case "مسوول", "خبير", "محلل", "دبلوماسي", "تاجر", "موظف", "مسوولة", "مهندس", "باحث":
		if strings.HasPrefix(r.tokens[t].key, "ال") || t+1 >= len(r.tokens) {
			return false
		}
		switch next := r.tokens[t+1].key; next {
		case "رفض", "رفضت", "فضل", "فضلت", "طلب", "طلبت", "اشترط", "اشترطت", "اثر", "لم", "كبير", "كبيره", "مطلع", "مطلعه", "حكومي", "حكوميه", "محلي", "محليه", "بارز", "اخر":
			return true
		}
		return r.endsName(t + 1)
	}
	return false
}

// givenArabic are given names that begin a person's name, as newspapers write them.
var givenArabic = map[string]bool{}

func init() {
	for _, n := range strings.Fields(givenNames) {
		givenArabic[n] = true
	}
}

// givenNames are common given names in folded form.
const givenNames = `محمد احمد محمود علي حسن حسين عمر عثمان خالد سعيد سعد سعود فهد فيصل سلمان سلطان ناصر منصور ماجد مازن مروان هاني هشام وليد ياسر ياسين يوسف يونس ابراهيم اسماعيل اسحق ادم ادريس امين انس ايمن ايهاب باسم باسل بدر بسام بشار بلال تامر توفيق جابر جاسم جعفر جلال جمال جميل جهاد حاتم حازم حامد حسام حكيم حلمي حمد حمدان حمزه حيدر راشد رامي رايد رشيد رضا رفيق رمزي رياض زاهر زكريا زياد زيد زين سالم سامح سامر سامي سليم سليمان سمير سيف شادي شاكر شريف شفيق صابر صالح صباح صلاح ضياء طارق طاهر طلال طه عادل عارف عاصم عامر عباس عبدالله عبدالرحمن عبدالعزيز عبدالكريم عدنان عصام عماد عمار عمرو عيسي غازي غسان فادي فاروق فاضل فايز فتحي فراس فواد فوزي قاسم قيس كاظم كامل كريم كمال لوي ماهر مالك مجدي محسن مراد مصطفي معاذ معتز معن مكرم منذر منير مهدي مهند موسي موفق نادر ناجي نبيل نجيب نزار نضال نعيم نواف نور هادي هارون هيثم وايل وسام وسيم يحيي يزن يعقوب
فاطمه عايشه خديجه مريم زينب ساره سلمي سلوي سميره سهام سهي سناء سوسن شيماء صفاء عبير عفاف علياء غاده فريده فوزيه كوثر لبني لطيفه لمي لولوه لينا ليلي مني مها مي ميساء نادين ناديه نجلاء نجوي نهي نوال نوره هاجر هاله هبه هدي هناء هند هيفاء وفاء ياسمين يسري دينا رانيا رباب ريم ريما رنا رولا رندا دلال دعاء جميله جنان جواهر حنان حياه امال اماني اسماء اسراء ايمان انتصار الهام بثينه بدريه بسمه
جون جورج جيمس جاك جان جوزيف جولي جوليا جين مايكل مارك ماريا ماري مارتن ماركو مارتا مانويل ميشيل ميغيل نيكولا نيكولاس باولو بول بيتر بيدرو بيير توماس توم تيم روبرت روبرتو ريتشارد ستيفن سيرغي ساندرا سيمون صوفي صوفيا غابرييل فرانك فرانسوا فيليب فيكتور فلاديمير كارل كارلا كارلوس كاترين كاثرين كريستينا كلارا كلود كيم لارس لوسيا لوسي لورا لويس لويز لين ليو اليكس الكسندر الكسندرا انا انطونيو انطوان اندريه اندريا ايفان ايلينا ايلين اولغا ايما ايميلي اريك اشوك اميت انجيلا برايان بن بيل تشانغ تشن تاكيشي تاتيانا داود دانيال دانييل دافيد ديفيد ديميتري دييغو رافاييل راجيش راج رافي روزا سونيل سوزان شينجي هيروشي يوكي يان يانغ وانغ ناتاليا نينا هانس هيلين هيلينا هنري هوارد يسبر كارين اميناتا اولوف`
