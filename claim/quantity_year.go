package claim

import "math"

// yearOf finds the year of a quantity: the nearest in its segment, those after
// it first; else the only year of the sentence, unless the quantity stands in
// a comparison.
func (s *sentence) yearOf(i, from, to int) *found {
	f := &s.found[i]
	var best *found
	distance := math.MaxInt
	years := 0
	for k := range s.found {
		y := &s.found[k]
		if !y.year || y.base || y.at > 0 && s.marks[y.at-1].cue("since") {
			continue
		}
		years++
		if y.at < from || y.at >= to {
			continue
		}
		d := s.away(y, f)
		if s.blocked(i, k) {
			d += 100
		}
		if d < distance {
			best, distance = y, d
		}
	}
	if best == nil && years == 1 && !s.within(from, min(from+1, to), "against") && !s.within(from, to, "lately") {
		for k := range s.found {
			if s.found[k].year && !s.found[k].base && !s.startOf(s.found[k].at) {
				return &s.found[k]
			}
		}
	}
	return best
}

// startOf says whether a mark stands in a segment that tells where a growth
// began: "up from 3 million in 2022".
func (s *sentence) startOf(at int) bool {
	from, _ := s.segment(at)
	return from > 0 && s.marks[from].to-s.marks[from].from > 1 && s.marks[from].cue("against") && s.tokens[s.marks[from].to-1].key == "from"
}

// away is how far a year is from a quantity, in tokens: a comma between them
// counts for more, and so does standing on the side on which the language does
// not put it.
func (s *sentence) away(y, f *found) int {
	const side, comma = 2, 3
	from, to, usual := f.to, y.from, s.lexicon.language != "zh"
	if y.at < f.at {
		from, to, usual = y.to, f.from, s.lexicon.language == "zh"
	}
	d := to - from
	if !usual {
		d += side
	}
	for t := from; t < to; t++ {
		if s.tokens[t].key == "," {
			d += comma
		}
	}
	return d
}

// blocked says whether another quantity stands between a quantity and a year.
func (s *sentence) blocked(i, k int) bool {
	for j := min(i, k) + 1; j < max(i, k); j++ {
		if !s.found[j].year {
			return true
		}
	}
	return false
}
