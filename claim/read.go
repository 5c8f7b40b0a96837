package claim

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"mizan"
)

// Options are what a reader may know beforehand.
type Options struct {
	// Language is the text's, "ar", "en", "ru" or "zh"; "" = to be detected.
	Language string
	// Year is the year of publication: later years are promises. 0 = unknown,
	// and only words such as "plans to" tell promises.
	Year int
	// Units, Alliances and Indicators are those of a project, whose names are
	// read beside those that the lexicon has.
	Units      []mizan.Unit
	Alliances  []Named
	Indicators []Named
}

// Named is a code with its names.
type Named struct {
	Code string
	Name mizan.Text
}

// Languages lists the languages that can be read.
func Languages() []string { return []string{"ar", "en", "ru", "zh"} }

// Read finds the claims of a text. Bytes that are no UTF-8 are skipped. A text
// in a language that cannot be read gives an empty Reading that names it. The
// error is a fault of the data files.
func Read(text string, o Options) (*Reading, error) {
	out := &Reading{Bytes: len(text), Year: o.Year, Units: []Mention{}, Claims: []Claim{}, Unread: []Quantity{}}
	out.Language, out.Detected = o.Language, o.Language
	if o.Language == "" {
		out.Language, out.Detected = detect(text)
	}
	if !slices.Contains(Languages(), out.Language) {
		out.Language = ""
		return out, nil
	}
	l, err := lexiconOf(out.Language, o)
	if err != nil {
		return nil, err
	}
	for at := 0; at < len(text); {
		size := partOf(text[at:])
		out.add(l, o, text[at:at+size], at)
		at += size
	}
	for i := range out.Claims {
		c := &out.Claims[i]
		c.Text = strings.ToValidUTF8(text[c.Span.From:c.Span.To], "\uFFFD")
	}
	return out, nil
}

// mostAtOnce is how many bytes are read at once. No article is as long: what is
// longer is a collection, and is read in parts, so that it needs no more room than
// one of them.
const mostAtOnce = 1 << 20

// partOf is how many bytes of a text are read at once: up to the end of a
// paragraph, else of a line, else of a word, else of a character.
func partOf(text string) int {
	if len(text) <= mostAtOnce {
		return len(text)
	}
	head := text[:mostAtOnce]
	for _, end := range []string{"\n\n", "\n", "。", " "} {
		if i := strings.LastIndex(head, end); i > mostAtOnce/2 {
			return i + len(end)
		}
	}
	size := mostAtOnce
	for size > mostAtOnce-utf8.UTFMax && !utf8.RuneStart(text[size]) {
		size--
	}
	return size
}

// add reads a part of a text that begins at a byte of it.
func (out *Reading) add(l *lexicon, o Options, text string, at int) {
	part := &Reading{}
	r := &reader{text: text, lexicon: l, options: o, tokens: chineseYears(tokenise(text), l.language), out: part}
	r.run(len(out.Claims))
	shift := func(sp *Span) { sp.From, sp.To = sp.From+at, sp.To+at }
	for i := range part.Claims {
		c := &part.Claims[i]
		shift(&c.Span)
		if c.Quantity != nil {
			shift(&c.Quantity.Span)
		}
	}
	for i := range part.Units {
		shift(&part.Units[i].Span)
	}
	for i := range part.Unread {
		shift(&part.Unread[i].Span)
	}
	out.Units, out.Claims, out.Unread = append(out.Units, part.Units...), append(out.Claims, part.Claims...), append(out.Unread, part.Unread...)
	out.Sentences += part.Sentences
}

// Topics lists, for each of some texts in a language, what it speaks of, in the
// words that claims have as topics. The error is a fault of the data files.
func Topics(language string, texts []string) ([][]string, error) {
	l, err := lexiconOf(language, Options{})
	if err != nil {
		return nil, err
	}
	lists := make([][]string, len(texts))
	for i, text := range texts {
		tokens := tokenise(text)
		s := &sentence{marks: l.marks(tokens)}
		lists[i] = s.topics(0, len(s.marks))
	}
	return lists, nil
}

// ownLexicons are the lexicons of the languages without the names of a project.
var ownLexicons = func() map[string]func() (*lexicon, error) {
	m := map[string]func() (*lexicon, error){}
	for _, language := range Languages() {
		m[language] = sync.OnceValues(func() (*lexicon, error) { return ownLexicon(language) })
	}
	return m
}()

// ownLexicon makes the lexicon of a language.
func ownLexicon(language string) (*lexicon, error) {
	l := newLexicon(language)
	if err := l.territories(); err != nil {
		return nil, err
	}
	return l, l.load(language + ".txt")
}

// lexiconOf makes the lexicon of a language with the names of a project.
func lexiconOf(language string, o Options) (*lexicon, error) {
	if own := ownLexicons[language]; own != nil && len(o.Units)+len(o.Alliances)+len(o.Indicators) == 0 {
		shared, err := own()
		if err != nil {
			return nil, err
		}
		l := *shared
		l.cache = map[string][]int32{} // all else is only read
		return &l, nil
	}
	l, err := ownLexicon(language)
	if err != nil {
		return nil, err
	}
	for _, u := range o.Units {
		l.names(u.Name, sense{class: "unit", name: u.Code})
	}
	for _, a := range o.Alliances {
		if l.listsCountries(a.Name[language]) {
			continue // "Russia and China" are two countries
		}
		l.names(a.Name, sense{class: "alliance", name: a.Code})
	}
	for _, ind := range o.Indicators {
		l.names(ind.Name, sense{class: "indicator", name: ind.Code})
	}
	clear(l.cache) // words were added since it was used
	return l, nil
}

// listsCountries says whether a name is no more than those of countries.
func (l *lexicon) listsCountries(name string) bool {
	n := 0
	for _, m := range l.marks(tokenise(name)) {
		if m.country() != "" {
			n++
		}
	}
	return n > 1
}

func (l *lexicon) names(t mizan.Text, s sense) {
	for _, lang := range []string{l.language, ""} {
		if name := t[lang]; name != "" {
			l.inflected(name, s)
		}
	}
}

// territories lists the names of countries from the CLDR.
func (l *lexicon) territories() error {
	text, err := dataFiles.ReadFile("data/territories.tsv")
	if err != nil {
		return err
	}
	column := 1 + slices.Index([]string{"en", "ar", "ru", "zh"}, l.language)
	for i, row := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if row[0] == '#' || strings.HasPrefix(row, "code\t") {
			continue
		}
		fields := strings.Split(row, "\t")
		if len(fields) != 5 {
			return fmt.Errorf("territories.tsv:%d: %d columns where 5 are wanted", i+1, len(fields))
		}
		for name := range strings.SplitSeq(fields[column], "|") {
			short, _, _ := strings.Cut(name, " (")
			if short != "" {
				l.inflected(short, sense{class: "unit", name: fields[0]})
			}
		}
	}
	return nil
}

// reader carries one reading.
type reader struct {
	text        string
	lexicon     *lexicon
	options     Options
	tokens      []token
	out         *Reading
	subject     string   // unit that the last sentences were about
	foundBuffer []found  // room for the quantities of a sentence
	unitBuffer  []named  // and for its countries
	lastTopic   []string // of the figure that was told last
	before1     string   // the only country of the sentence before, in the same paragraph
	main        string   // unit that the text names most
	last        string   // unit that stood last as a subject, whatever the paragraph
	quotes      []quote
	opened      int      // token of the quotation mark that is open
	lastSpeaker string   // whom the text let speak last
	spokeAt     int      // token at which it did
	speakers    []string // full names of those whom it let speak
	people      []words  // persons that it names
	peopleKnown bool
	surname     map[string]string // their full names by their last word
	allNames    []string          // the same, each once
	ranked      bool              // the sentence before told a rank
	kingdom     string            // that was named last
	recent      [2]string         // the two countries that were named last
	present     int               // year in which the text is set; 0 = unknown
	lastYear    int               // that was named last
	// alliance is the one that was named last.
	alliance string
}

// longest is how many marks a sentence may have. What is longer is a list or a
// table without stops, and is read in parts.
const longest = 150

// longestSpan is how many tokens it may have.
const longestSpan = 1000

// run reads the text sentence by sentence, after so many claims that were told
// before it.
func (r *reader) run(before int) {
	all := r.lexicon.marks(r.tokens)
	r.pairQuotes()
	r.singleQuotes()
	r.innerTags()
	r.spokeAt = -1
	r.main, r.present = mostNamed(all), r.presence(all)
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && to-from < longest && all[to].to-all[from].from < longestSpan && !r.ends(all[to-1].to, all[to].from) {
			to++
		}
		if from > 0 && r.main != "" && r.paragraph(all[from-1].to, all[from].from) {
			r.last, r.subject = r.subject, r.main
		}
		if from > 0 && r.paragraph(all[from-1].to, all[from].from) {
			r.before1 = ""
		}
		r.sentence(all[from:to])
		from = to
	}
	r.restQuotes()
	r.out.Sentences = r.countSentences()
	slices.SortStableFunc(r.out.Claims, func(a, b Claim) int { return a.Span.From - b.Span.From })
	r.number(before)
}

// ends says whether a sentence ends between two tokens.
func (r *reader) ends(from, to int) bool {
	for _, t := range r.tokens[from:to] {
		if t.class == stop || t.class == line {
			return true
		}
	}
	return false
}

// paragraph says whether a paragraph ends between two tokens.
func (r *reader) paragraph(from, to int) bool {
	for _, t := range r.tokens[from:to] {
		if t.class == line {
			return true
		}
	}
	return false
}

// mostNamed is the country that a text is about: the one that it names first,
// if it names it about as often as any other, or at least twice as often as any
// other; "" if there is none.
func mostNamed(all []mark) string {
	count, lead := map[string]int{}, ""
	for i := range all {
		if c := all[i].country(); c != "" {
			lead = cmp.Or(lead, c)
			count[c]++
		}
	}
	first := most(count)
	if n := count[lead]; n >= 3 && n >= count[first]-1 {
		return lead
	}
	n := count[first]
	delete(count, first)
	if n < 3 || n < 2*count[most(count)] {
		return ""
	}
	return first
}

func (r *reader) countSentences() int {
	n, open := 0, false
	for _, t := range r.tokens {
		switch t.class {
		case stop, line:
			if open {
				n++
			}
			open = false
		case word, digits, han:
			open = true
		}
	}
	if open {
		n++
	}
	return n
}

// number gives the claims their final IDs in the order of the text.
func (r *reader) number(before int) {
	names := map[string]string{}
	for i := range r.out.Claims {
		names[r.out.Claims[i].ID] = "c" + strconv.Itoa(before+i+1)
	}
	for i := range r.out.Claims {
		c := &r.out.Claims[i]
		c.ID = names[c.ID]
		if c.Baseline != "" {
			c.Baseline = names[c.Baseline]
		}
	}
}

// span is the bytes of tokens from up to to.
func (r *reader) span(from, to int) Span {
	return Span{int(r.tokens[from].from), int(r.tokens[to-1].to)}
}

// claim adds a claim and returns its provisional ID.
func (r *reader) claim(c Claim) string {
	c.ID = "p" + strconv.Itoa(len(r.out.Claims)+1)
	r.out.Claims = append(r.out.Claims, c)
	return c.ID
}
