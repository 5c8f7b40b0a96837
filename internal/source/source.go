// Package source reads what other tools leave behind (COINr's pair of tables,
// the COIN Tool's workbook) and makes a project of it: the text of every file
// of its folder. Its functions are pure: bytes in, texts or problems out; who
// reads and writes the files is the caller.
//
// What is an error in the files is a problem with file, line and column, cause
// and remedy, and all problems come at once. What cannot be carried over, or
// had to be changed, is a finding.
package source

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"mizan"
)

// Input is a file as it was read: its name, as messages call it, and its bytes.
type Input struct {
	Name string
	Text []byte
}

// Options are what the files do not say.
type Options struct {
	// ID is the project's id; "" takes "imported".
	ID string
	// Year is the year of the figures where the files name none.
	Year int
	// Guessed says that nobody gave the year; a finding then names it.
	Guessed bool
}

// Project is a project ready to be written.
type Project struct {
	Files    []File // the project file first
	Findings []mizan.Finding
	// What it holds, for a message.
	Units, Indicators, Aggregates int
	Years                         []int
}

// File is one file of the project, named with forward slashes from its folder.
type File struct {
	Name string
	Text []byte
}

// listed is how many problems of one file are told in full.
const listed = 50

// reader gathers problems and findings.
type reader struct {
	problems mizan.Problems
	findings []mizan.Finding
}

func (r *reader) problem(id string, at mizan.Place, cause, remedy string) {
	r.problems.Add(id, at, cause, remedy)
}

func (r *reader) finding(id string, severity mizan.Severity, message, remedy string) {
	r.findings = append(r.findings, mizan.Finding{ID: id, Severity: severity, Message: message, Remedy: remedy})
}

// err gives the problems in order, of each file the first fifty and the number
// of the others.
func (r *reader) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(r.problems, func(a, b *mizan.Problem) int {
		return cmp.Or(cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column))
	})
	var out mizan.Problems
	for i := 0; i < len(r.problems); {
		file, n := r.problems[i].Place.File, i
		for n < len(r.problems) && r.problems[n].Place.File == file {
			n++
		}
		told := min(n, i+listed)
		out = append(out, r.problems[i:told]...)
		if told < n {
			out = append(out, &mizan.Problem{
				ID: "more-problems", Place: r.problems[told-1].Place,
				Cause: fmt.Sprintf("and %d more problems in this file", n-told), Remedy: "mend those above first",
			})
		}
		i = n
	}
	return out.OrNil()
}

// quote puts a word of the user in quotation marks, cut if it is long.
func quote(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// some lists names, the first ten of them.
func some(names []string) string {
	const most = 10
	text := ""
	for i, n := range names {
		if i == most {
			return text + fmt.Sprintf(", … (%d)", len(names))
		}
		if i > 0 {
			text += ", "
		}
		text += n
	}
	return text
}
