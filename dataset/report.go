package dataset

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"mizan"
)

// listed is how many problems of one file are told in full.
const listed = 50

// report gathers the problems of one file, the first ones in full and of the
// others the number.
type report struct {
	file     string
	problems mizan.Problems
	more     int
}

func (r *report) add(p *mizan.Problem) {
	if len(r.problems) == listed {
		r.more++
		return
	}
	r.problems = append(r.problems, p)
}

// merge appends what another report of the same file holds.
func (r *report) merge(o *report) {
	for _, p := range o.problems {
		r.add(p)
	}
	r.more += o.more
}

// list gives the problems, and the number of those not told as a last one.
func (r *report) list() mizan.Problems {
	if r.more == 0 {
		return r.problems
	}
	at := mizan.Place{File: r.file}
	for _, p := range r.problems {
		if p.Place.Line > at.Line || p.Place.Line == at.Line && p.Place.Column > at.Column {
			at = p.Place
		}
	}
	return append(r.problems, &mizan.Problem{
		ID: "more-problems", Place: at,
		Cause: fmt.Sprintf("and %d more problems in this file", r.more), Remedy: "mend those above first",
	})
}

// widest is the longest line, in characters, that is worth showing.
const widest = 120

// excerpt shows a line with a caret below the column, both counted in
// characters from 1, or nothing if the line is too long to be of help. A
// character that cannot be seen is shown as a mark.
func excerpt(line string, column int) string {
	if column < 1 || utf8.RuneCountInString(line) > widest {
		return ""
	}
	var caret strings.Builder
	i := 1
	for _, c := range line {
		if i == column {
			break
		}
		if c == '\t' {
			caret.WriteByte('\t')
		} else {
			caret.WriteByte(' ')
		}
		i++
	}
	return "  " + strings.Map(seen, line) + "\n  " + caret.String() + "^"
}

// seen is the character itself, or a mark for one that leaves no trace on the
// screen, or turns the text around.
func seen(c rune) rune {
	if c != '\t' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c)) {
		return utf8.RuneError
	}
	return c
}

// unseen says whether a text holds characters that seen replaces, and gives
// the text without them.
func unseen(s string) (plain string, some bool) {
	plain = strings.Map(func(c rune) rune {
		if seen(c) != c {
			return -1
		}
		return c
	}, s)
	return plain, plain != s
}
