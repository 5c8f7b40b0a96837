package claim

// arabicMost are Arabic adjectives in the highest degree, which tell of the largest or
// the fastest, and what a country is in the world's economy behind an ordinal: ثاني
// منتج.
var arabicMost = map[string]bool{
	"اكبر": true, "اعلي": true, "اضخم": true, "اغني": true, "اهم": true, "اكثر": true, "اسرع": true, "افضل": true, "اقوي": true, "اكثف": true, "انظف": true, "اكفا": true, "اوسع": true, "اطول": true, "انشط": true, "احسن": true, "اقدم": true, "ارخص": true, "اغلي": true,
	"اقتصاد": true, "منتج": true, "مصدر": true, "مستورد": true, "مستهلك": true, "سوق": true, "بلد": true, "دوله": true, "وجهه": true, "قوه": true,
}

// fromBottom reads a place that is counted from the last one: المرتبة الأخيرة بين 32
// دولة, 63国中敬陪末座, 倒数第二. It is a place only where the text says among how many; ok
// is true where the quantity is one, read or dropped.
func (r *reader) fromBottom(marks []mark, all []found, i, total int) (ok bool) {
	f := &all[i]
	back := f.bottom
	if r.lexicon.language == "zh" && f.Measure == Place && f.from > 1 && r.tokens[f.from-1].key == "数" && r.tokens[f.from-2].key == "倒" {
		back = int(f.Value)
	}
	if back == 0 {
		return false
	}
	of := max(r.rankOf(marks, all, i), total)
	for k := i - 1; of == 0 && k >= 0; k-- {
		if all[k].Measure == Place && all[k].of > 0 {
			of = all[k].of
		}
	}
	if of < back {
		f.Measure = ""
		return true
	}
	f.Value = float64(of - back + 1)
	f.High, f.Precision, f.Measure, f.of = f.Value, 0.5, Place, of
	return true
}

// greatest reads أكبر مصدر لزيت النخيل في العالم: the first place among those who do so.
func (r *reader) greatest(marks []mark, at int) (found, bool) {
	m := &marks[at]
	if !m.has("greatest") || !arabicRole[r.keyAt(m.to)] {
		return found{}, false
	}
	switch before := r.keyAt(m.from - 1); before {
	case "من", "احد", "احدي", "بين", "ضمن", "مع", "لدي":
		return found{}, false
	}
	return r.placeTo(marks, at, m.to, 1), true
}

// arabicRole are words for what a country is in the world's economy.
var arabicRole = map[string]bool{
	"مصدر": true, "منتج": true, "مستورد": true, "مستهلك": true, "اقتصاد": true, "سوق": true, "مورد": true, "مستثمر": true, "مشتر": true, "مانح": true, "مزود": true, "مصدره": true, "منتجه": true, "مستورده": true, "مستهلكه": true, "قوه": true, "دوله": true, "بلد": true, "باعث": true, "ملوث": true, "مقرض": true, "داين": true, "مصنع": true,
}
