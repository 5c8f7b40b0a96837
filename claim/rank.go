package claim

import (
	"slices"
	"strings"
)

// ranks finds which numbers are places in a ranking, and of how many.
func (r *reader) ranks(marks []mark, all []found) []found {
	whole := r.total(marks, all)
	listed, list := r.listTotal(marks, all)
	for i := range all {
		total := whole
		if listed > 0 && !r.keyBetween(list.to, all[i].from, ";") {
			total = listed
		}
		if r.chinese() {
			total = r.totalBefore(marks, all, i)
			if r.among(&all[i]) && i+1 < len(all) {
				continue
			}
		}
		r.rank(marks, all, i, total)
	}
	kept := all[:0]
	for i, f := range all {
		if i+1 < len(all) && f.Measure == Place && all[i+1].Measure == Place && f.Value == all[i+1].Value && f.of == 0 && all[i+1].from-f.to <= 3 && !r.unitBetween(marks, f.next, all[i+1].at) {
			continue // leads: first place among 20
		}
		if f.Measure != "" {
			kept = append(kept, f)
		}
	}
	return r.dropTotals(kept)
}

// rank says of one number whether it is a place, and of how many; an ordinal that is
// none is dropped.
func (r *reader) rank(marks []mark, all []found, i, total int) {
	f := &all[i]
	if r.fromBottom(marks, all, i, total) {
		return
	}
	if f.year || f.Measure != Number && f.Measure != Place || f.Value != float64(int(f.Value)) || f.Value < 1 || f.Value > 1000 {
		return
	}
	if r.lastOf(marks, f) {
		f.Measure, f.of = Place, int(f.Value)
		return
	}
	if r.bare(marks, all, i) {
		f.Measure = Place
		return
	}
	if r.cameLast(marks, f) != "" {
		f.Measure, f.of = Place, int(f.Value)
		return
	}
	if r.ofList(f) || r.listing(marks, all, i) || (r.measures(marks, f) || r.paged(f)) && r.rankCue(marks, f) {
		f.Measure = ""
		return
	}
	if f.sure {
		f.of = max(r.rankOf(marks, all, i), total)
		if r.superlative(f) && !r.isSaidOf(marks, f) && !r.isSaidAfter(marks, f) {
			f.Measure = ""
		}
		return
	}
	if r.shift(marks, f) {
		if f.Measure == Place || f.next < len(marks) && marks[f.next].cue(cueRank) || f.at > 0 && marks[f.at-1].cue(cueGroup) && f.Value <= 100 {
			f.Measure = ""
		}
		return
	}
	if f.Measure == Number && i > 0 && all[i-1].Measure == Place && r.leadsTo(marks, &all[i-1], f) {
		f.Measure, f.of = Place, all[i-1].of
		return
	}
	if i > 0 && all[i-1].of == int(f.Value) && f.Measure == Number {
		return // the number of places
	}
	if r.lexicon.language == "zh" && f.Measure == Place && f.to < len(r.tokens) && strings.Contains("年届次批期季天周月轮代步条章家座个项种类产阶任课组队部卷集版页节段级线门堂层时场笔封波梯回站眼手", r.tokens[f.to].key) {
		f.Measure = "" // 第六年
		return
	}
	if r.lexicon.language == "zh" && f.Measure == Number && r.countries(marks, f) && i+1 < len(all) && all[i+1].sure {
		return // 居88国之首
	}
	if r.lexicon.language == "ar" && f.Measure == Place && f.Value == 1 && f.to == f.from+1 && strings.Contains(r.tokens[f.from].key, "تصدر") && !r.besideCountry(marks, f) {
		f.Measure = "" // تتصدر المخاوف المشهد
		return
	}
	if f.Measure == Place && r.ofNoun(marks, f) {
		f.Measure = ""
		return
	}
	if r.standing(marks, all, i) {
		f.of = max(r.rankOf(marks, all, i), total)
		return
	}
	if r.arabic() && f.Measure == Number && r.inWorld(marks, f) && strings.Contains(r.tokens[f.from].key, "ال") && r.tokens[f.from].class == word && f.Value <= 200 {
		f.Measure = Place // الخامس عربيا والخمسين عالميا
		return
	}
	r.ordinary(marks, all, i, total)
}

// ordinary reads a place by the words beside it.
func (r *reader) ordinary(marks []mark, all []found, i, total int) {
	f := &all[i]
	near := r.rankCue(marks, f) || f.Measure == Place && (r.inWorld(marks, f) || r.worldwide(f))
	of := r.rankOf(marks, all, i)
	switch {
	case f.Measure == Place && (total > 0 || r.ranking(marks, f) || r.inList(marks, all, i) || r.capitals() && r.predicate(marks, f) && (f.Value > 10 || r.measured(marks))) && !near && of == 0:
		f.of = total
	case f.Measure == Place && (near || of > 0), f.Measure == Number && near && !f.Approx && (r.lexicon.language != "en" || r.tokens[f.from].class != word || r.numbered(f)) && (of != 0 || !r.countries(marks, f)):
		f.Measure = Place
		f.of = max(of, total)
	case f.Measure == Number && of > 0 && i+1 < len(all) && r.countries(marks, &all[i+1]):
		f.Measure = Place
		f.of = of
	case f.Measure == Place && i > 0 && all[i-1].Measure == Place && f.from-all[i-1].to <= 2 && r.lists(marks):
		f.of = all[i-1].of // 14th and 22nd respectively
	case f.Measure == Place:
		f.Measure = "" // an ordinal that is no place: the first time
	}
}

// unitBetween says whether a country stands among marks.
func (r *reader) unitBetween(marks []mark, from, to int) bool {
	for i := from; i < to; i++ {
		if marks[i].country() != "" {
			return true
		}
	}
	return false
}

// lists says whether figures stand in the order of the countries.
func (r *reader) lists(marks []mark) bool {
	for i := range marks {
		if marks[i].cue(cueRespectively) {
			return true
		}
	}
	return false
}

// superlative says whether a place is told as that of the largest or the second
// largest.
func (r *reader) superlative(f *found) bool {
	if r.lexicon.language == "en" && f.to > f.from+1 && (superlativeWord(r.tokens[f.to-1].key) || r.tokens[f.to-2].key == "most") {
		return true
	}
	for t := f.from; t < f.to; t++ {
		switch key := strings.TrimPrefix(r.tokens[t].key, "ال"); {
		case arabicMost[key]:
			return true
		case strings.HasPrefix(key, "сам") && r.lexicon.language == "ru", strings.HasSuffix(key, "est") && key != "best", key == "top", key == "leading", key == "most", key == "величине", key == "размеру", key == "объему", key == "численности", key == "اكبر", key == "اعلي", key == "اضخم", key == "اغني", key == "اهم", key == "اكثر", key == "最", key == "头" && r.keyAt(t+1) == "号", strings.HasPrefix(key, "крупнейш"):
			return true
		case key == "大" && t > f.from:
			return true
		}
	}
	return false
}

// isSaidOf says whether a superlative is said of a country: the country stands
// before it with no more than a form of "to be", a comma or an adverb between.
// "Taiwan's TSMC, the world's largest chipmaker" is not about Taiwan.
func (r *reader) isSaidOf(marks []mark, f *found) bool {
	const near = 6
	if (f.to >= len(r.tokens) || r.tokens[f.to].class != word && r.tokens[f.to].class != han) && (!r.capitals() || f.to-f.from <= 3) {
		return false // the largest what?
	}
	for i := f.at - 1; i >= 0 && f.from-marks[i].to <= near; i-- {
		if marks[i].country() == "" && !marks[i].cue(cueCountry) {
			continue
		}
		for t := marks[i].to; t < f.from; t++ {
			if tok := &r.tokens[t]; tok.upper && tok.class == word && !possessors[tok.key] || tok.class == digits || tok.class == stop || !linking[tok.key] && !possessors[tok.key] && tok.class == word && !strings.HasSuffix(tok.key, "ly") {
				return false
			}
		}
		return (!marks[i].has("people") || marks[i].has("unit")) && !strings.HasSuffix(r.tokens[marks[i].to-1].key, "'s")
	}
	for t := f.from - 1; t >= 0 && f.from-t <= near && r.capitals(); t-- {
		switch key := r.tokens[t].key; {
		case key == "it" || key == "она" || key == "он":
			return t == 0 || r.tokens[t-1].class != word || r.tokens[t-1].key == "and" || r.tokens[t-1].key == "и" || r.tokens[t-1].key == "but"
		case r.tokens[t].class == word && !linking[key] && !possessors[key] || r.tokens[t].class == stop || r.tokens[t].key == ",":
			return false
		}
	}
	return false
}

// linking are words between a country and what it is.
var linking = map[string]bool{
	"is": true, "was": true, "are": true, "remains": true, "remained": true, "became": true, "become": true, "has": true, "now": true, "still": true, "the": true, "as": true, "already": true,
	"nevertheless": true, "nonetheless": true, "also": true, "by": true, "far": true, "ranked": true, "ranks": true, "itself": true, "being": true, "once": true, "long": true, "been": true, "had": true, "which": true, "then": true, "today": true, "stayed": true,
	"kept": true, "its": true, "title": true, "crown": true, "named": true, "voted": true, "again": true, "judged": true, "declared": true, "held": true, "keeps": true, "holds": true, "retained": true, "considered": true,
	"признана": true, "признан": true, "названа": true, "назван": true, "вновь": true, "снова": true, "опять": true, "считалась": true,
	"это": true, "является": true, "остается": true, "стала": true, "стал": true, "стало": true, "была": true, "был": true, "оставалась": true, "остался": true, "осталась": true, "теперь": true, "уже": true, "сегодня": true, "по-прежнему": true, "она": true, "он": true, "ныне": true, "считается": true, "как": true, "и": true, "пока": true,
	"هي": true, "هو": true, "وهي": true, "وهو": true, "تعد": true, "يعد": true, "تعتبر": true, "يعتبر": true, "اصبحت": true, "اصبح": true, "باتت": true, "التي": true, "الذي": true, "صارت": true, "بوصفها": true, "باعتبارها": true, "كانت": true, "كان": true, "تبقي": true, "تظل": true,
}

// total is the number of countries that a sentence begins with: "Of 193
// countries, …".
func (r *reader) total(marks []mark, all []found) int {
	for i := range all {
		f := &all[i]
		if !f.year && f.Measure == Number && r.countries(marks, f) && f.at > 0 && marks[f.at-1].cue(cueCovers) && f.from-marks[f.at-1].to <= 2 {
			return int(f.Value)
		}
		if f.year || f.Measure != Number || f.at == 0 && r.lexicon.language != "zh" {
			continue
		}
		if r.capitals() && f.at == 1 && marks[0].cue(cueOf|cueCovers) && f.from-marks[0].to <= 1 && f.Value >= 3 && f.Value < 300 && f.to < len(r.tokens) && r.tokens[f.to].class == word && r.tokens[marks[0].from].upper {
			for k := i + 1; k < len(all); k++ {
				if all[k].Measure == Place {
					return int(f.Value) // Среди 32 союзников
				}
			}
		}
		if r.countries(marks, f) && (r.lexicon.language == "zh" || marks[f.at-1].cue(cueOf) && f.at == 1) {
			return int(f.Value)
		}
	}
	return 0
}

// afterPlace are the cues that may follow a place that stands alone.
const afterPlace = cueOf | cueIn | cueFrom | cueTo | cueAnd | cueWhile | cueWith | cueBehind | cueAhead | cueAgainst | cueUntil | cueAfterPlace

// ranking says whether a sentence speaks of places and an ordinal in it stands
// alone, with nothing after it that it could count: "slipped to fourth".
func (r *reader) ranking(marks []mark, f *found) bool {
	if r.capitals() && f.next < len(marks) && marks[f.next].from == f.to && marks[f.next].cue(cueLately) {
		return r.predicate(marks, &found{at: f.at, from: f.from, to: marks[f.next].to})
	}
	if r.lexicon.language == "ru" && f.to < len(r.tokens) && linking[r.tokens[f.to].key] && r.countryAt(marks, f.to+1) && (f.from == 0 || r.tokens[f.from-1].class != word) {
		return r.ranked || r.moved(marks) || r.measured(marks) // Первой стала Швейцария
	}
	wordAfter := f.to < len(r.tokens) && (r.tokens[f.to].class == word || r.tokens[f.to].class == han)
	markAfter := f.next < len(marks) && marks[f.next].from == f.to
	if wordAfter && (!markAfter || marks[f.next].country() == "" && !marks[f.next].cue(afterPlace)) {
		return false
	}
	for i := range marks {
		if i != f.at && (marks[i].cue(cueRank|cueGroup|cueWorld|cueTable) || marks[i].has("top")) {
			return true
		}
		if r.capitals() && (marks[i].cue(cueTo) || marks[i].cue(cueFrom)) && f.from-marks[i].to <= 1 && f.from >= marks[i].to && r.moved(marks) {
			return true // climbed to 38th
		}
		if i+1 < len(marks) && marks[i].cue(cueOf) && marks[i+1].has("counted") && marks[i+1].from-marks[i].to <= 2 && (i == 0 || r.tokens[marks[i].from].key != "of") {
			return true // среди стран
		}
	}
	return r.ranked
}

// moved says whether a sentence tells of rising or falling.
func (r *reader) moved(marks []mark) bool {
	for i := range marks {
		if marks[i].cue(cueGrow | cueFall) {
			return true
		}
	}
	return false
}

// inList says whether two ordinals or more of a sentence each stand alone behind a
// country: Ireland is third, Switzerland fifth.
func (r *reader) inList(marks []mark, all []found, i int) bool {
	if !r.capitals() || !r.predicate(marks, &all[i]) {
		return false
	}
	for k := range all {
		if k != i && all[k].Measure == Place && (all[k].sure || r.predicate(marks, &all[k])) {
			return true
		}
	}
	return false
}

// numbered says whether "number" or "place" stands right before a number in
// words: "number one".
func (r *reader) numbered(f *found) bool {
	if f.from == 0 {
		return false
	}
	switch r.tokens[f.from-1].key {
	case "number", "no", "place", "position", "rank", "spot", "slot", ".":
		return true
	}
	return false
}

// besideCountry says whether a country stands right beside a word.
func (r *reader) besideCountry(marks []mark, f *found) bool {
	return f.next < len(marks) && marks[f.next].country() != "" && marks[f.next].from-f.to <= 1 ||
		f.at > 0 && marks[f.at-1].country() != "" && f.from-marks[f.at-1].to <= 1
}

// inWorld says whether "in the world" or the like stands right after an
// ordinal, or, in Chinese, before it, and no "to" after that: "the first in the
// world to".
func (r *reader) inWorld(marks []mark, f *found) bool {
	if r.lexicon.language == "zh" {
		return f.at > 0 && marks[f.at-1].cue(cueWorld) && marks[f.at-1].to == f.from
	}
	if r.capitals() && f.next+1 < len(marks) && marks[f.next].from == f.to && marks[f.next].cue(cueIn) && marks[f.next+1].has("alliance") && marks[f.next+1].from-marks[f.next].to <= 1 {
		return true // третья в ЕС
	}
	if f.next >= len(marks) || !marks[f.next].cue(cueWorld) || marks[f.next].from > f.to {
		return false
	}
	t := marks[f.next].to
	return t >= len(r.tokens) || r.tokens[t].key != "to"
}

// shift says whether a number counts places won, lost or lying between two
// countries ("up two places", "three places behind"), or the places of a group
// ("the top ten"), so that it is no place itself.
func (r *reader) shift(marks []mark, f *found) bool {
	if f.from > 0 && r.tokens[f.from-1].key == "前" || f.at > 0 && f.from-marks[f.at-1].to <= 1 && r.tokens[f.from-1].key != ":" && marks[f.at-1].cue(cueGroup) {
		return true
	}
	if f.next < len(marks) && marks[f.next].from == f.to && marks[f.next].cue(cueGroup) {
		return true
	}
	if r.lexicon.language == "ar" && f.Measure == Place && f.at > 0 && marks[f.at-1].to == f.from && (marks[f.at-1].digits || marks[f.at-1].has("num")) {
		return true // المراكز العشرة الأولى
	}
	if f.Measure != Number {
		return false
	}
	if r.lexicon.language == "ru" && f.to < len(r.tokens) && f.from > 0 && r.tokens[f.from-1].key == "на" {
		switch r.tokens[f.to].key {
		case "мест", "места", "позиций", "позиции", "строчек", "строк", "ступеней", "ступени", "пунктов", "место", "строчку", "позицию":
			return true // перескочила на 12 мест
		}
	}
	if f.next < len(marks) && marks[f.next].from == f.to && marks[f.next].cue(cueBehind|cueAhead) && !marks[f.next].cue(cueRank|cuePlace) && r.lexicon.language != "ar" {
		return true
	}
	if r.lexicon.language == "ar" && f.next < len(marks) && marks[f.next].has("what") && (f.at <= 0 || !marks[f.at-1].cue(cueBehind|cueAhead|cueBy|cueGrow|cueFall)) {
		return false // 56 مركزا
	}
	if f.next < len(marks) && marks[f.next].from == f.to && marks[f.next].cue(cueRank|cuePlace) {
		for i := f.at - 1; i >= 0 && f.from-marks[i].to <= 2; i-- {
			if marks[i].cue(cueGrow | cueFall | cueBehind | cueAhead) {
				return true
			}
		}
		return r.lexicon.language != "ru" && r.lexicon.language != "zh" || f.next+1 < len(marks) && marks[f.next+1].from-marks[f.next].to <= 1 && marks[f.next+1].cue(cueBehind|cueAhead|cueGrow|cueFall)
	}
	return false
}

// leadsTo says whether a "to" alone parts a number from a place before it:
// "from 56 to 60".
func (r *reader) leadsTo(marks []mark, a, b *found) bool {
	return b.at > 0 && b.at-1 == a.next && marks[b.at-1].cue(cueTo) && b.from-a.to <= 3
}

// rankCue says whether a word such as "ranked" or "place" stands beside a
// number.
func (r *reader) rankCue(marks []mark, f *found) bool {
	near := 2
	if r.lexicon.language == "ar" && f.Measure == Number {
		near = 1 // المركز الوطني 25 باحثا is no place
	}
	for i := f.at - 1; i >= 0 && f.from-marks[i].to <= near; i-- {
		if marks[i].cue(cueRank) {
			return true
		}
	}
	if r.lexicon.language == "en" && f.Measure == Place && r.goesTo(marks, f) {
		return true // the top spot went to Switzerland
	}
	if r.lexicon.language == "ru" && f.Measure == Place && f.to < len(r.tokens) && strings.HasPrefix(r.tokens[f.to].key, "результат") {
		return true // показала тридцать восьмой результат
	}
	for i := f.next; i < len(marks) && marks[i].from-f.to <= 2; i++ {
		if marks[i].cue(cueRank) || marks[i].cue(cuePlace) && r.lexicon.language == "zh" && f.Measure == Place {
			return f.Measure == Place || marks[i].from-f.to <= 1 && r.lexicon.language == "ru"
		}
	}
	return false
}

// rankOf gives the number that follows "of" after a rank, or, in Chinese, that
// stands before "中".
func (r *reader) rankOf(marks []mark, all []found, i int) int {
	f := &all[i]
	if i+1 < len(all) {
		g := &all[i+1]
		if !g.year && g.Measure == Number && g.Value >= f.Value && g.Value < 1000 && g.from-f.to <= 8 {
			for k := f.next; k < g.at; k++ {
				if marks[k].cue(cueOf) && g.from-marks[k].to <= 3 {
					return int(g.Value)
				}
			}
		}
	}
	if i > 0 && r.lexicon.language == "zh" {
		g := &all[i-1]
		if !g.year && g.Measure == Number && g.Value >= f.Value && g.next < len(marks) && marks[g.next].cue(cueOf) && marks[g.next].from-g.to <= 4 {
			return int(g.Value)
		}
	}
	return 0
}

// countries says whether what is counted after a number are countries: the
// word for them stands there, or nothing that the lexicon knows.
func (r *reader) countries(marks []mark, f *found) bool {
	return f.next < len(marks) && marks[f.next].from-f.to <= 1 &&
		(marks[f.next].has("counted") || r.lexicon.language == "zh" && marks[f.next].cue(cueOf) && marks[f.next].to-marks[f.next].from > 1)
}

// dropTotals takes the totals of ranks ("of 83") out of the list.
func (r *reader) dropTotals(all []found) []found {
	if !slices.ContainsFunc(all, func(f found) bool { return f.of > 0 }) {
		return all
	}
	kept := make([]found, 0, len(all))
	for i := range all {
		total := false
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(all) && all[j].Measure == Place && all[j].of > 0 && all[j].of == int(all[i].Value) && all[i].Measure == Number {
				total = true
			}
		}
		if !total {
			kept = append(kept, all[i])
		}
	}
	return kept
}
