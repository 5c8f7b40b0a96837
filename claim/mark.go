package claim

import (
	"slices"
	"strings"
)

// mark is a phrase of the lexicon, or a number in digits, at its place.
type mark struct {
	from, to int // tokens
	senses   []sense
	cues     cues
	digits   bool
}

// is returns the sense of a class.
func (m *mark) is(class string) (sense, bool) {
	for _, s := range m.senses {
		if s.class == class {
			return s, true
		}
	}
	return sense{}, false
}

func (m *mark) has(class string) bool {
	_, ok := m.is(class)
	return ok
}

// cue says whether a mark is one of some cues.
func (m *mark) cue(of cues) bool { return m.cues&of != 0 }

// country gives the unit that a mark names, by its name, its capital or its
// people.
func (m *mark) country() string {
	for _, s := range m.senses {
		if s.class == "unit" || s.class == "people" {
			return s.name
		}
	}
	return ""
}

// marks finds the phrases of the lexicon among tokens.
func (l *lexicon) marks(tokens []token) []mark {
	found := make([]mark, 0, len(tokens)/2+4)
	for i := 0; i < len(tokens); {
		t := &tokens[i]
		if t.class == digits {
			found = append(found, mark{from: i, to: i + 1, digits: true})
			i++
			continue
		}
		if pair, ok := l.pairHere(tokens, i); ok {
			found = append(found, mark{from: i, to: i + 2, senses: []sense{{class: "pair", name: pair}}})
			i += 2
			continue
		}
		senses, cue, n := l.match(tokens, i)
		if l.language == "ar" && n <= 1 && t.class == word && !numeric(senses) && future(t.key) {
			cue, n = cue|cuePlan, 1
		}
		if n == 0 {
			i++
			continue
		}
		if len(senses) > 0 && senses[0].class == "skip" && (l.language != "zh" || i == 0 || !strings.Contains("十百千万零第", tokens[i-1].key) || !strings.Contains("一二三四五六七八九", t.key)) {
			i += n
			continue
		}
		if len(senses) > 0 && senses[0].class == "skip" {
			senses, cue, n = l.match(tokens[:i+1], i) // the one in 第六十一位
			if n == 0 {
				i++
				continue
			}
		}
		if !t.upper {
			senses = withoutNames(senses)
		}
		if len(senses) > 0 || cue != 0 {
			found = append(found, mark{from: i, to: i + n, senses: senses, cues: cue})
		}
		i += n
	}
	return found
}

// withoutNames drops the senses that need a capital: us is no country, того
// is not Togo.
func withoutNames(senses []sense) []sense {
	for _, s := range senses {
		if s.upper {
			kept := make([]sense, 0, len(senses))
			for _, s := range senses {
				if !s.upper {
					kept = append(kept, s)
				}
			}
			return kept
		}
	}
	return senses
}

// numeric says whether senses are those of a number.
func numeric(senses []sense) bool {
	return slices.ContainsFunc(senses, func(s sense) bool { return s.class == "num" || s.class == "scale" || s.class == "ord" })
}
