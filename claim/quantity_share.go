package claim

// opens says whether "between" stands right before a number.
func (r *reader) opens(marks []mark, at int) bool {
	for i := at - 1; i >= 0 && i >= at-2 && marks[i+1].from-marks[i].to <= 1; i-- {
		if marks[i].cue(cueBetween) {
			return true
		}
	}
	return false
}

// prefixes says whether a currency may stand before its number: a sign or a
// code may, a word may not.
func (r *reader) prefixes(m *mark) bool {
	t := &r.tokens[m.from]
	return r.lexicon.language == "zh" || t.class != word || t.upper || m.to-m.from > 1
}

// lettered says whether digits are a part of a name: RTX2000, NXT:2000.
func (r *reader) lettered(at int) bool {
	if at == 0 || r.tokens[at].spaced || r.lexicon.language == "zh" {
		return false
	}
	before := &r.tokens[at-1]
	return before.class == word && before.upper || before.key == ":" && at > 1 && !before.spaced && r.tokens[at-2].class == word
}

// hyphened says whether digits are tied to a name: Garuda-12B.
func (r *reader) hyphened(t int) bool {
	return t > 1 && !r.tokens[t].spaced && r.tokens[t-1].key == "-" && !r.tokens[t-1].spaced && r.tokens[t-2].class == word && r.tokens[t-2].upper
}

// addressing are words before the number of a door or of a telephone, paper words
// behind a number of pages.
var (
	addressing = map[string]bool{
		"extension": true, "ext": true, "room": true, "suite": true, "page": true, "pages": true, "tel": true, "telephone": true, "phone": true, "channel": true, "flight": true, "gate": true, "article": true, "section": true, "form": true, "figure": true, "chapter": true, "decree": true, "resolution": true, "order": true,
		"доб": true, "добавочный": true, "кабинет": true, "кабинете": true, "страница": true, "странице": true, "страницах": true, "стр": true, "телефон": true, "телефону": true, "рейс": true, "автобус": true, "аудитория": true, "аудитории": true, "каб": true, "глава": true, "статья": true,
		"هاتف": true, "صفحه": true, "الصفحه": true, "غرفه": true, "مكتب": true, "تحويله": true, "الطابق": true, "القاعه": true, "قاعه": true, "رحله": true, "الماده": true,
	}
	paper = map[string]bool{
		"pages": true, "page": true, "страниц": true, "страницы": true, "страница": true, "страницах": true, "листов": true, "صفحه": true, "صفحات": true, "页": true, "頁": true,
		"minutes": true, "минут": true, "دقيقه": true, "دقايق": true,
	}
)

// dated says whether digits are the year of a full date: 2025年7月8日, 8 July 2025,
// July 8, 2025.
func (r *reader) dated(t int) bool {
	if r.lexicon.language == "zh" {
		return t+4 < len(r.tokens) && r.tokens[t+1].key == "年" && r.tokens[t+2].class == digits && r.tokens[t+3].key == "月" && r.tokens[t+4].class == digits
	}
	day := func(k int) bool { return k >= 0 && r.tokens[k].class == digits && len(r.tokens[k].key) <= 2 }
	return t > 1 && r.tokens[t-1].class == word && day(t-2) || t > 2 && r.tokens[t-1].key == "," && day(t-2) && r.tokens[t-3].class == word
}

// named says whether digits are the beginning or the end of a name, such as 5G
// or H20: a letter that is no unit stands against them.
func (r *reader) named(marks []mark, at int) bool {
	m := &marks[at]
	if m.from > 0 && addressing[r.tokens[m.from-1].key] || m.to < len(r.tokens) && paper[r.tokens[m.to].key] {
		return true
	}
	if key := r.tokens[m.from].key; r.clock(m.from) || len(key) > 3 && key[0] == '0' && key[1] != '.' && key[1] != ',' {
		return true
	}
	if r.lexicon.language == "zh" {
		return m.from > 0 && !r.tokens[m.from].spaced && r.tokens[m.from-1].class == word
	}
	return m.to < len(r.tokens) && !r.tokens[m.to].spaced && r.tokens[m.to].class == word && (at+1 >= len(marks) || marks[at+1].from > m.to)
}

// clock says whether digits are a part of a time of day or of a result: 12:10.
func (r *reader) clock(t int) bool {
	glued := func(k int) bool {
		return k > 0 && k+1 < len(r.tokens) && r.tokens[k].key == ":" && !r.tokens[k].spaced && !r.tokens[k+1].spaced && r.tokens[k-1].class == digits && r.tokens[k+1].class == digits
	}
	return glued(t+1) || glued(t-1)
}

// alone says whether nothing follows "half" that it could be a half of in
// number: "down to half by 2030".
func (r *reader) alone(marks []mark, i int) bool {
	t := marks[i-1].to
	if t >= len(r.tokens) || r.tokens[t].class == sign || r.tokens[t].class == stop || r.tokens[t].class == line {
		return true
	}
	return i < len(marks) && marks[i].from == t && marks[i].cue(cueIn|cueUntil|cueWhile|cueAgainst|cueSince) && !marks[i].has("num")
}

// each says whether a number is that of which each has so many: per million
// inhabitants, на миллион жителей, لكل مليون, 每万名.
func (r *reader) each(marks []mark, i int, n number) bool {
	m := &marks[i]
	if m.digits || m.has("num") || !n.scaled || m.from == 0 {
		return false
	}
	switch r.tokens[m.from-1].key {
	case "per", "на", "لكل", "每", "каждый", "every":
		return true
	}
	return false
}

// outOf reads a share that is told in two numbers: one in five, семь из десяти,
// واحد من كل خمسة, 每五名中就有一名. It is given in percent.
func (r *reader) outOf(marks []mark, at, i int, n number) (share float64, next int, ok bool) {
	const most = 100
	if n.ordinal || n.scaled || n.value < 1 || n.value >= most {
		return 0, 0, false
	}
	if r.lexicon.language == "zh" {
		return r.ofEvery(marks, at, i, n)
	}
	spread := n.worded && n.value == 1
	for spread && i < len(marks) && !r.parts(&marks[i]) && marks[i].from-marks[i-1].to <= 1 && !marks[i].digits && !numeric(marks[i].senses) {
		i++ // one British adult in five
	}
	if i+1 >= len(marks) || !r.parts(&marks[i]) || marks[i].from > marks[i-1].to+1 || marks[i].from > marks[i-1].to && !spread {
		return 0, 0, false
	}
	k := i + 1
	if marks[k].from-marks[i].to > 1 {
		return 0, 0, false
	}
	whole, found := r.lexicon.readNumber(r.tokens, marks, k)
	if !found || whole.ordinal || whole.scaled || whole.value <= n.value || !round(whole.value) || whole.marks+k < len(marks) && r.unitOfTime(&marks[k+whole.marks-1]) {
		return 0, 0, false
	}
	return float64(100 * n.value / whole.value), k + whole.marks, true
}

// parts says whether a mark stands between a part and its whole.
func (r *reader) parts(m *mark) bool {
	switch key := r.tokens[m.to-1].key; r.lexicon.language {
	case "en":
		return key == "in" && m.to-m.from == 1 || m.cue(cueOf) && r.tokens[m.from].key == "out"
	case "ru":
		return key == "из"
	default:
		return key == "من" || key == "كل"
	}
}

// round says whether a number is a usual whole of a share.
func round(v float64) bool {
	switch v {
	case 2, 3, 4, 5, 6, 8, 10, 20, 100:
		return true
	}
	return false
}

// unitOfTime says whether what follows a mark is counted in time: one in five
// years.
func (r *reader) unitOfTime(m *mark) bool {
	if m.to >= len(r.tokens) {
		return false
	}
	switch r.tokens[m.to].key {
	case "years", "months", "days", "weeks", "minutes", "hours", "лет", "года", "месяцев", "дней", "سنوات", "أشهر", "ايام":
		return true
	}
	return false
}

// ofEvery reads 每五名…就有一名: the whole stands after 每, the part after 有.
func (r *reader) ofEvery(marks []mark, at, i int, n number) (share float64, next int, ok bool) {
	const near = 16
	from := marks[at].from
	if from == 0 || r.tokens[from-1].key != "每" && (from <= 1 || r.tokens[from-2].key != "每") {
		return 0, 0, false
	}
	end := marks[i-1].to
	for t := end; t < len(r.tokens) && t < end+near; t++ {
		if r.tokens[t].class == stop || r.tokens[t].key == "," && t > end+near/2 {
			break
		}
		if r.tokens[t].key != "有" || t+1 >= len(r.tokens) {
			continue
		}
		part := float64(0)
		switch r.tokens[t+1].key {
		case "一", "1":
			part = 1
		case "两", "二", "2":
			part = 2
		case "三", "3":
			part = 3
		case "四", "4":
			part = 4
		}
		if part == 0 || part >= n.value {
			return 0, 0, false
		}
		k := i
		for k < len(marks) && marks[k].from <= t+1 {
			k++
		}
		return float64(100 * part / n.value), k, true
	}
	return 0, 0, false
}
