package spec

import (
	"strings"
)

// Suggest returns the known name nearest to name if it is near enough to be a
// misspelling, and whether there is one. Nearness is the number of letters
// put in, left out, changed or swapped with their neighbour (the optimal
// string alignment distance of Damerau, 1964, and Levenshtein, 1966); capitals
// are equal to small letters, and underscore, hyphen and blank to one another.
// At most one slip in three letters is taken for a misspelling, or four in
// all. Of names equally near the first is taken.
func Suggest(name string, known []string) (string, bool) {
	a := folded(name)
	if len(a) == 0 || len(a) > 100 {
		return "", false
	}
	best, at := 5, -1
	for i, k := range known {
		b := folded(k)
		limit := min(4, max(len(a), len(b))/3)
		if len(a) <= 2 && len(b) <= 3 {
			limit = 1
		}
		if abs(len(a)-len(b)) > min(limit, best-1) {
			continue
		}
		if d := distance(a, b); d <= limit && d < best && d < max(len(a), len(b)) {
			best, at = d, i
		}
	}
	if at < 0 {
		return "", false
	}
	return known[at], true
}

func abs(i int) int { return max(i, -i) }

func folded(s string) []rune {
	s = strings.ToLower(s)
	s = strings.NewReplacer("-", "_", " ", "_").Replace(s)
	return []rune(s)
}

// distance is the optimal string alignment distance of two words.
func distance(a, b []rune) int {
	before := make([]int, len(b)+1)
	last := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(row[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// didYouMean is the remedy for a misspelt name: the nearest known name, or
// else.
func didYouMean(name string, known []string, otherwise string) string {
	if s, ok := Suggest(name, known); ok {
		return "did you mean " + quote(s) + "?"
	}
	return otherwise
}
