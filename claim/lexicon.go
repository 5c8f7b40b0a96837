package claim

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

//go:embed data/*.txt data/*.tsv
var dataFiles embed.FS

// sense is what a phrase of the lexicon means: a class such as num, scale,
// unit or cue, with its value.
type sense struct {
	class string
	name  string  // of a cue, a currency, a unit, an alliance
	value float64 // of a number or a scale
	upper bool    // counts only where it begins with a capital
}

// lexicon finds phrases. A node of its trie is a number, 0 the root; steps lead
// from a node by the form of a word to the next.
type lexicon struct {
	language string
	forms    func(key string) []string // forms of a word under which it may be listed, itself first
	words    map[string]int32
	steps    map[uint64]int32
	first    []int32                                    // the steps from the root, by word
	inner    []bool                                     // by node: whether a step leads on
	chinese  *[lastIdeograph - firstIdeograph + 1]int32 // words of one Chinese character
	senses   [][]sense                                  // by node
	cues     []cues                                     // by node
	cache    map[string][]int32
	alone    map[string][]int32 // words that have one form only: signs, Chinese characters
}

func newLexicon(language string) *lexicon {
	return &lexicon{
		language: language, forms: formsOf(language), words: map[string]int32{},
		steps: map[uint64]int32{}, first: make([]int32, 1), chinese: new([lastIdeograph - firstIdeograph + 1]int32), inner: make([]bool, 1), senses: make([][]sense, 1), cues: make([]cues, 1), cache: map[string][]int32{}, alone: map[string][]int32{},
	}
}

// exactly begins a phrase whose words count as they stand, not by their stems:
// a stem does not tell tenses apart.
const exactly = "="

// add lists a phrase with its sense.
func (l *lexicon) add(phrase string, s sense) {
	node := int32(0)
	phrase, exact := strings.CutPrefix(phrase, exactly)
	tokens := tokenise(phrase)
	for _, t := range tokens {
		if t.class == line {
			continue
		}
		key := t.key
		if exact && t.class == word {
			key = exactly + key
		} else if t.class == word {
			key = listed(l.language, key)
		}
		id, ok := l.words[key]
		if !ok {
			id = int32(len(l.words)) + 1
			l.words[key] = id
			l.alone[key] = []int32{id}
			l.first = append(l.first, 0)
			if r, size := utf8.DecodeRuneInString(key); size == len(key) && r >= firstIdeograph && r <= lastIdeograph {
				l.chinese[r-firstIdeograph] = id
			}
		}
		at := uint64(node)<<32 | uint64(id)
		next, ok := l.steps[at]
		if !ok {
			next = int32(len(l.senses))
			l.senses, l.cues = append(l.senses, nil), append(l.cues, 0)
			l.steps[at] = next
			l.inner = append(l.inner, false)
			l.inner[node] = true
			if node == 0 {
				l.first[id] = next
			}
		}
		node = next
	}
	switch {
	case node == 0:
	case s.class == "cue":
		l.cues[node] |= bitOf(s.name)
	case !slices.Contains(l.senses[node], s):
		l.senses[node] = append(l.senses[node], s)
	}
}

// ids are the words of the lexicon that a token may stand for.
func (l *lexicon) ids(t *token) []int32 {
	if t.class != word {
		return l.alone[t.key]
	}
	const longest, most = 96, 1 << 16 // bytes of a word, words
	if len(t.key) > longest {
		return nil
	}
	if ids, ok := l.cache[t.key]; ok {
		return ids
	}
	if len(l.cache) >= most {
		clear(l.cache)
	}
	var ids []int32
	for _, form := range l.forms(t.key) {
		if id, ok := l.words[form]; ok && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	l.cache[t.key] = ids
	return ids
}

// match finds the longest phrase that begins at a token and how many tokens it
// takes.
func (l *lexicon) match(tokens []token, at int) (senses []sense, cue cues, length int) {
	node := int32(0)
	for i := at; i < len(tokens) && tokens[i].class != line; i++ {
		if tokens[i].class == word {
			return l.matchWords(tokens, at, i, node, senses, cue, length)
		}
		next := l.step(node, l.only(&tokens[i]))
		if next == 0 {
			break
		}
		if s, c := l.senses[next], l.cues[next]; len(s) > 0 || c != 0 {
			senses, cue, length = s, c, i+1-at
		}
		if node = next; !l.inner[node] {
			break
		}
	}
	return senses, cue, length
}

// matchWords goes on from a token whose word may be listed under several forms.
func (l *lexicon) matchWords(tokens []token, at, i int, node int32, senses []sense, cue cues, length int) ([]sense, cues, int) {
	if i >= len(tokens) || tokens[i].class == line || !l.inner[node] {
		return senses, cue, length
	}
	ids := l.ids(&tokens[i])
	for _, id := range ids {
		next := l.step(node, id)
		if next == 0 {
			continue
		}
		if s, c := l.senses[next], l.cues[next]; (len(s) > 0 || c != 0) && i+1-at > length {
			senses, cue, length = s, c, i+1-at
		}
		senses, cue, length = l.matchWords(tokens, at, i+1, next, senses, cue, length)
	}
	return senses, cue, length
}

// step is the node to which a word leads from another one; 0 = none.
func (l *lexicon) step(node, id int32) int32 {
	if node == 0 {
		return l.first[id]
	}
	return l.steps[uint64(node)<<32|uint64(id)]
}

// only is the word of the lexicon that a token which is no word of letters stands
// for; 0 = none.
func (l *lexicon) only(t *token) int32 {
	if t.class == han {
		if r, _ := utf8.DecodeRuneInString(t.key); r >= firstIdeograph && r <= lastIdeograph {
			return l.chinese[r-firstIdeograph]
		}
	}
	if ids := l.alone[t.key]; len(ids) > 0 {
		return ids[0]
	}
	return 0
}

// load reads a data file: a line is a class, a name or value, a colon and
// phrases parted by bars. Lines that begin with # are remarks.
func (l *lexicon) load(name string) error {
	text, err := dataFiles.ReadFile("data/" + name)
	if err != nil {
		return err
	}
	for i, row := range strings.Split(string(text), "\n") {
		row = strings.TrimSpace(row)
		if row == "" || row[0] == '#' {
			continue
		}
		head, phrases, ok := strings.Cut(row, ": ")
		fields := strings.Fields(head)
		if !ok || len(fields) == 0 || len(fields) > 2 {
			return fmt.Errorf("%s:%d: a line is `class name: phrase | phrase`", name, i+1)
		}
		s := sense{class: fields[0]}
		if len(fields) == 2 {
			s.name = fields[1]
		}
		if valued[s.class] && s.name != "" {
			if s.value, err = ratio(s.name); err != nil {
				return fmt.Errorf("%s:%d: %q is no number", name, i+1, s.name)
			}
			s.name = ""
		}
		if s.class == "cue" && bitOf(s.name) == 0 {
			return fmt.Errorf("%s:%d: there is no cue %q", name, i+1, s.name)
		}
		for p := range strings.SplitSeq(phrases, "|") {
			l.inflected(strings.TrimSpace(p), s)
		}
	}
	return nil
}

// valued are the classes whose second word is a number, a ratio for fractions.
var valued = map[string]bool{"num": true, "scale": true, "ord": true, "times": true, "points": true, "top": true, "bottom": true, "fraction": true}

// ratio reads "0.5" or "2/3".
func ratio(s string) (float64, error) {
	above, below, _ := strings.Cut(s, "/")
	v, err := strconv.ParseFloat(above, 64)
	if err != nil || below == "" {
		return v, err
	}
	d, err := strconv.ParseFloat(below, 64)
	return v / d, err
}

// inflected lists a phrase with the forms that a stemmer does not reach:
// adjectives of countries in Arabic in their other genders and numbers, names
// of countries in Russian in their cases. Names count with a capital only where
// the script has one.
func (l *lexicon) inflected(phrase string, s sense) {
	if s.class == "unit" && (l.language == "en" || l.language == "ru") {
		s.upper = true
	}
	l.add(phrase, s)
	switch {
	case s.class == "alliance" && l.language == "en":
		l.add("the "+phrase, s)
	case l.language == "ar" && conjugated[s.name] && s.class == "cue":
		for _, form := range arabicVerb(phrase) {
			l.add(form, s)
		}
	case s.class == "people" && l.language == "ar" && strings.HasSuffix(phrase, "ي"):
		for _, ending := range []string{"ة", "ين", "ون", "ات", "ا", "تين", "تان", "ان"} {
			if ending == "ا" && l.namesUnit(phrase+ending) {
				continue // إيطاليا is the country
			}
			l.add(phrase+ending, s)
		}
	case s.class == "unit" && l.language == "ru":
		for _, form := range russianCases(phrase) {
			l.add(form, s)
		}
	}
}

// russianCases gives a name of feminine form, or one that ends in й or ь, in
// its other cases: the stemmer leaves Корея and Кореи, Китай and Китая apart.
func russianCases(phrase string) []string {
	words := strings.Fields(strings.ToLower(phrase))
	var forms []string
	for _, ending := range [][3]string{{"ой", "и", "ы"}, {"ой", "е", "е"}, {"ую", "ю", "у"}, {"ой", "ей", "ой"}} {
		changed := false
		form := slices.Clone(words)
		for i, w := range words {
			for k, old := range []string{"ая", "я", "а"} {
				if rest, ok := strings.CutSuffix(w, old); ok {
					form[i], changed = rest+ending[k], true
					break
				}
			}
		}
		if changed {
			forms = append(forms, strings.Join(form, " "))
		}
	}
	last := words[len(words)-1]
	head := strings.TrimSuffix(strings.Join(words, " "), last)
	for _, soft := range []string{"й", "ь"} {
		if rest, ok := strings.CutSuffix(last, soft); ok {
			for _, ending := range []string{"я", "ю", "ем", "е", "и", "ью"} {
				forms = append(forms, head+rest+ending)
			}
		}
	}
	if end, _ := utf8.DecodeLastRuneInString(last); strings.ContainsRune("бвгджзклмнпрстфхцчшщ", end) {
		for _, ending := range []string{"а", "у", "ом", "е"} {
			forms = append(forms, head+last+ending)
		}
	}
	if rest, ok := strings.CutSuffix(last, "а"); ok {
		forms = append(forms, head+rest+"ей")
	}
	return forms
}
