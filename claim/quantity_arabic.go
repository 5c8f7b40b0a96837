package claim

import "strings"

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
