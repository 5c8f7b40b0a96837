package claim

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// class is what a token is.
type class uint8

const (
	word class = iota
	digits
	han // one Chinese character
	sign
	stop // end of a sentence
	line // end of a paragraph
)

// token is a piece of the text in folded form with its bytes in the original.
type token struct {
	key    string // folded
	from   int32  // byte of the original
	to     int32
	class  class
	upper  bool // begins with a capital
	spaced bool // white space stands before it
}

// fold gives the form of a character in which texts are compared: small,
// without Arabic vowel signs and lengthening, with one form of alef, yeh and
// taa marbuta, of full-width forms and of digits. drop is true for what carries
// no meaning: vowel signs, joiners, marks of direction.
func fold(r rune) (folded rune, drop bool) {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			return r + 32, false
		}
		return r, false
	case r >= 0x64B && r <= 0x65F, r == 0x670, r == 0x640, r >= 0x300 && r <= 0x36F,
		r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F,
		r == 0xFEFF, r == 0xAD, r == 0x61C, r >= 0xFE00 && r <= 0xFE0F:
		return 0, true
	case r >= 0x660 && r <= 0x669:
		return '0' + r - 0x660, false
	case r >= 0x6F0 && r <= 0x6F9:
		return '0' + r - 0x6F0, false
	case r >= 0xFF01 && r <= 0xFF5E:
		f, _ := fold(r - 0xFEE0)
		return f, false
	}
	if r >= firstIdeograph && r <= lastIdeograph {
		if f := simplified()[r-firstIdeograph]; f != 0 {
			return rune(f), false
		}
		return r, false
	}
	if f, ok := sameAs[r]; ok {
		return f, false
	}
	if ideograph(r) {
		return r, false
	}
	return unicode.ToLower(r), false
}

// sameAs folds letters and signs that are written in several ways.
var sameAs = map[rune]rune{
	'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ى': 'ي', 'ة': 'ه', 'ؤ': 'و', 'ئ': 'ي', 'ک': 'ك', 'ی': 'ي',
	'ё': 'е', 'Ё': 'е',
	'’': '\'', '‘': '\'', 'ʼ': '\'', '´': '\'', '`': '\'',
	'“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '「': '"', '」': '"', '『': '"', '』': '"',
	'‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '−': '-', '―': '-',
	'٪': '%', '﹪': '%', '٫': '.', '٬': ',', '،': ',', '、': ',', '؛': ';', '؟': '?', '。': '.',
	'é': 'e', 'è': 'e', 'ê': 'e', 'ë': 'e', 'á': 'a', 'à': 'a', 'â': 'a', 'ä': 'a', 'ã': 'a', 'å': 'a', 'ó': 'o', 'ò': 'o', 'ô': 'o', 'ö': 'o',
	'õ': 'o', 'í': 'i', 'ì': 'i', 'î': 'i', 'ï': 'i', 'ú': 'u', 'ù': 'u', 'û': 'u', 'ü': 'u', 'ç': 'c', 'ñ': 'n', 'ø': 'o',
}

// letter says whether a folded character belongs to a word.
func letter(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z'
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
}

// ideograph says whether a character is Chinese.
func ideograph(r rune) bool {
	return r >= 0x3400 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3134F || r == '〇'
}

// tokenise cuts a text into tokens. Bytes that are no UTF-8 stand for a break.
func tokenise(text string) []token {
	s := scanner{text: text, tokens: make([]token, 0, roomFor(text)), seen: map[string]string{}, folds: map[rune]string{}}
	for s.at < len(text) {
		s.next()
	}
	s.flush()
	return s.tokens
}

// roomFor guesses how many tokens a text has, by its beginning: a Chinese
// character is three bytes, a word of other scripts with its space, or a sign, four and more.
func roomFor(text string) int {
	head := text[:min(len(text), 300)]
	chinese := 0
	for i := range len(head) {
		if head[i] >= 0xE4 && head[i] <= 0xE9 {
			chinese++
		}
	}
	if chinese*6 > len(head) {
		return len(text)/3 + len(text)/16 + 8
	}
	return len(text)/4 + 8
}

// scanner cuts a text; open is the token that is being read.
type scanner struct {
	text   string
	at     int
	tokens []token
	buf    []byte
	open   token
	busy   bool
	spaced bool
	lines  int
	seen   map[string]string // one copy of every key
	folds  map[rune]string   // and of every folded character
}

func (s *scanner) next() {
	r, size := utf8.DecodeRuneInString(s.text[s.at:])
	from := s.at
	s.at += size
	if r == utf8.RuneError && size <= 1 {
		s.flush()
		return
	}
	f, drop := fold(r)
	switch {
	case drop:
		if s.busy {
			s.open.to = int32(s.at)
		}
	case f == '\n' || f == '\u2028' || f == '\u2029':
		s.flush()
		s.spaced = true
		s.lines++
	case f == ' ' || f == '\t' || f == '\r' || f == '\f' || f >= 0x80 && unicode.IsSpace(f):
		s.flush()
		s.spaced = true
	case ideograph(f):
		s.single(f, from, han)
	case '0' <= f && f <= '9':
		s.extend(f, from, digits, false)
	case letter(f):
		s.extend(f, from, word, f != r && unicode.IsUpper(r))
	case (f == '.' || f == ',') && s.insideNumber():
		s.extend(f, from, digits, false)
	case f == '\'' && s.busy && s.open.class == word && s.letterAhead():
		s.extend(f, from, word, false)
	default:
		s.single(f, from, s.signClass(f, r))
	}
}

// insideNumber says whether a separator stands between two digits.
func (s *scanner) insideNumber() bool {
	if !s.busy || s.open.class != digits {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s.text[s.at:])
	f, _ := fold(r)
	return '0' <= f && f <= '9'
}

func (s *scanner) letterAhead() bool {
	r, _ := utf8.DecodeRuneInString(s.text[s.at:])
	f, _ := fold(r)
	return letter(f)
}

// signClass tells the end of a sentence from other signs. A full stop within
// an abbreviation such as U.S. is followed by no space, or by a small letter.
func (s *scanner) signClass(f, original rune) class {
	switch f {
	case '!', '?', '…':
		return stop
	case '.':
		if original == '。' || s.at >= len(s.text) {
			return stop
		}
		return s.afterFullStop()
	}
	return sign
}

func (s *scanner) afterFullStop() class {
	rest := s.text[s.at:]
	for i, r := range rest {
		switch {
		case unicode.IsSpace(r) || r == '"' || r == '”' || r == '»' || r == ')':
			if i > 8 {
				return stop
			}
			continue
		case i == 0:
			return sign
		case unicode.IsLower(r):
			return sign
		}
		return s.initial()
	}
	return stop
}

// initial says what a full stop after the present word is: after a single
// letter, as in J. Smith, it ends no sentence.
func (s *scanner) initial() class {
	if s.busy && s.open.class == word && s.open.upper && (utf8.RuneCount(s.buf) == 1 || shortened[string(s.buf)]) {
		return sign
	}
	if s.busy && s.open.class == word && shortenedSmall[string(s.buf)] {
		return sign
	}
	return stop
}

func (s *scanner) extend(f rune, from int, c class, upper bool) {
	if s.busy && s.open.class != c {
		s.flush()
	}
	if !s.busy {
		s.busy, s.open = true, token{from: int32(from), class: c, upper: upper}
		s.breakLine(from)
	}
	s.buf = utf8.AppendRune(s.buf, f)
	s.open.to = int32(s.at)
}

func (s *scanner) single(f rune, from int, c class) {
	s.flush()
	s.breakLine(from)
	key := s.text[from:s.at]
	if first, size := utf8.DecodeRuneInString(key); first != f || size != len(key) {
		key = s.folded(f)
	}
	s.tokens = append(s.tokens, token{key: key, from: int32(from), to: int32(s.at), class: c, spaced: s.spaced})
	s.spaced = false
}

// folded is the text of a character that is folded to another one.
func (s *scanner) folded(f rune) string {
	if f < 0x80 {
		return signs[f : f+1]
	}
	key, known := s.folds[f]
	if !known {
		key = string(f)
		s.folds[f] = key
	}
	return key
}

// signs holds every ASCII character at its place.
var signs = func() string {
	var b [0x80]byte
	for i := range b {
		b[i] = byte(i)
	}
	return string(b[:])
}()

// breakLine puts the end of a paragraph before a token that follows an empty
// line.
func (s *scanner) breakLine(at int) {
	if s.lines > 1 && len(s.tokens) > 0 {
		s.tokens = append(s.tokens, token{key: "\n", from: int32(at), to: int32(at), class: line, spaced: true})
	}
	s.lines = 0
}

func (s *scanner) flush() {
	if !s.busy {
		return
	}
	key := s.text[s.open.from:s.open.to]
	if key != string(s.buf) {
		var known bool
		if key, known = s.seen[string(s.buf)]; !known {
			key = string(s.buf)
			s.seen[key] = key
		}
	}
	s.open.key, s.open.spaced = key, s.spaced
	s.tokens = append(s.tokens, s.open)
	s.buf, s.busy, s.spaced = s.buf[:0], false, false
}

// chineseYears makes one token of digits of every year that is written in
// Chinese characters: 二〇三〇年.
func chineseYears(tokens []token, language string) []token {
	if language != "zh" {
		return tokens
	}
	const signs = "〇一二三四五六七八九"
	first := 0
	for first+4 < len(tokens) && (tokens[first+4].key != "年" || tokens[first].key != "二" && tokens[first].key != "一") {
		first++
	}
	if first+4 >= len(tokens) {
		return tokens
	}
	kept := tokens[:first]
	for i := first; i < len(tokens); i++ {
		t := tokens[i]
		if i+4 < len(tokens) && tokens[i+4].key == "年" && (t.key == "二" || t.key == "一") {
			key := ""
			for _, d := range tokens[i : i+4] {
				k := strings.Index(signs, strings.Replace(d.key, "零", "〇", 1))
				if d.class != han || k < 0 {
					key = ""
					break
				}
				key += strconv.Itoa(k / 3)
			}
			if len(key) == 4 {
				t.key, t.class, t.to = key, digits, tokens[i+3].to
				i += 3
			}
		}
		kept = append(kept, t)
	}
	return kept
}

// shortened are titles that are written with a full stop before a name; those of
// shortenedSmall begin with a small letter.
var (
	shortened      = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true, "gen": true, "sen": true, "rep": true, "gov": true, "st": true, "sgt": true, "lt": true, "col": true, "capt": true, "hon": true, "rev": true, "messrs": true}
	shortenedSmall = map[string]bool{"проф": true, "акад": true, "им": true}
)
