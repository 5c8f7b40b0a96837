package claim

import (
	"slices"
	"strings"
)

// named is a country of a sentence with its place and its part in it.
type named struct {
	code    string
	mark    int
	from    int
	oblique bool // stands after "with", "against", "behind": not what the sentence is about
}

// allied marks the code of an alliance among countries.
const allied = "@"

func (n named) alliance() bool { return strings.HasPrefix(n.code, allied) }

// sentence is one sentence in the making.
type sentence struct {
	*reader
	marks  []mark
	units  []named
	found  []found
	cuts   []int // marks at which a segment begins: "compared with", "while"
	claims int   // claims before this sentence
}

// sentence reads the claims of one sentence.
func (r *reader) sentence(marks []mark) {
	s := &sentence{reader: r, marks: marks, claims: len(r.out.Claims)}
	s.countries()
	s.found = r.quantities(marks)
	for i := range marks {
		if marks[i].cue("against", "while") && !s.insideNumber(i) {
			s.cuts = append(s.cuts, i)
		}
	}
	s.quantityClaims()
	s.memberships()
	s.relations()
	s.quotations()
	if c := s.firstSubject(); c != "" {
		r.subject = c
	}
}

// countries lists the countries of the sentence. One after "with", "against"
// or "behind", and those coordinated with it, are oblique.
func (s *sentence) countries() {
	oblique := false
	last := -1
	for i := range s.marks {
		m := &s.marks[i]
		code := m.country()
		if a, ok := m.is("alliance", ""); ok {
			code = allied + a.name
		}
		if code == "" {
			continue
		}
		s.out.Units = append(s.out.Units, Mention{strings.TrimPrefix(code, allied), s.span(m.from, m.to)})
		if last >= 0 && s.coordinated(last, i) && s.marks[last].has("alliance", "") == m.has("alliance", "") {
			// keeps the part of the one before
		} else {
			oblique = i > 0 && m.from-s.marks[i-1].to <= 1 && s.marks[i-1].cue("with", "behind", "ahead", "restrict", "oblique") && !s.marks[i-1].cue("while")
		}
		if strings.HasPrefix(code, allied) {
			verb, _, _ := s.memberCue(i)
			oblique = oblique || verb != ""
		}
		s.units = append(s.units, named{code, i, m.from, oblique})
		last = i
	}
}

// coordinated says whether two countries belong to one list: only "and" and
// commas part them.
func (s *sentence) coordinated(a, b int) bool {
	for t := s.marks[a].to; t < s.marks[b].from; t++ {
		k := s.tokens[t].key
		if k != "," && k != "و" && k != "and" && k != "и" && k != "和" && k != "与" && k != "as" && k != "well" && k != "both" && k != "the" && k != "及" {
			return false
		}
	}
	return true
}

func (s *sentence) insideNumber(i int) bool {
	for _, f := range s.found {
		if i >= f.at && i < f.next {
			return true
		}
	}
	return false
}

// segment gives the marks between the cuts around a mark.
func (s *sentence) segment(at int) (from, to int) {
	to = len(s.marks)
	for _, c := range s.cuts {
		if c <= at {
			from = c
		} else {
			return from, c
		}
	}
	return from, to
}

func (s *sentence) firstSubject() string {
	for _, u := range s.units {
		if !u.oblique && !u.alliance() {
			return u.code
		}
	}
	return ""
}

// within says whether one of the named cues stands among marks.
func (s *sentence) within(from, to int, names ...string) bool {
	for i := from; i < to; i++ {
		if s.marks[i].cue(names...) {
			return true
		}
	}
	return false
}

// topics lists what the marks speak of.
func (s *sentence) topics(from, to int) []string {
	var list []string
	for i := from; i < to; i++ {
		for _, x := range s.marks[i].senses {
			name := x.name
			if x.class == "indicator" {
				name = "indicator:" + x.name
			}
			if (x.class == "what" || x.class == "indicator") && !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}
