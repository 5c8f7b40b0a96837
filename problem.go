package mizan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Place is a position in an input: a file with a line and a column counted
// from 1, or the text of an edit such as `--set build.treat.method=log`. The
// column counts characters. Zero line or column means "unknown".
type Place struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// String gives file:line:column, leaving out what is unknown.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Problem is an error in what the user gave: place, cause and remedy.
type Problem struct {
	// ID names the kind of problem in kebab-case, for tests and machines:
	// "unknown-method", "duplicate-observation".
	ID string `json:"id"`
	// Place says where; it may be the zero Place.
	Place Place `json:"place"`
	// Cause is one clause in lower case, without full stop:
	// `unknown method "minmax"`.
	Cause string `json:"cause"`
	// Remedy is what to do, one clause: `did you mean "min-max"?`.
	Remedy string `json:"remedy,omitempty"`
	// Excerpt is the offending source line with a caret below, or "".
	Excerpt string `json:"excerpt,omitempty"`
}

// Error gives "place: cause; remedy", and the excerpt on the lines below.
func (p *Problem) Error() string {
	var b strings.Builder
	if s := p.Place.String(); s != "" {
		b.WriteString(s)
		b.WriteString(": ")
	}
	b.WriteString(p.Cause)
	if p.Remedy != "" {
		b.WriteString("; ")
		b.WriteString(p.Remedy)
	}
	if p.Excerpt != "" {
		b.WriteString("\n")
		b.WriteString(strings.TrimRight(p.Excerpt, "\n"))
	}
	return b.String()
}

// Problems is every problem found in one pass, as one error.
type Problems []*Problem

// Error joins the problems, one below the other.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As find a single problem.
func (ps Problems) Unwrap() []error {
	es := make([]error, len(ps))
	for i, p := range ps {
		es[i] = p
	}
	return es
}

// OrNil returns the problems sorted by file, line and column as an error, or
// nil if there are none.
func (ps Problems) OrNil() error {
	if len(ps) == 0 {
		return nil
	}
	slices.SortStableFunc(ps, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column))
	})
	return ps
}

// Add appends a problem.
func (ps *Problems) Add(id string, at Place, cause, remedy string) {
	*ps = append(*ps, &Problem{ID: id, Place: at, Cause: cause, Remedy: remedy})
}

// Severity grades a finding.
type Severity string

// The severities, from a mere remark to a fault that a reviewer would refuse.
const (
	Info Severity = "info"
	Warn Severity = "warn"
	Fail Severity = "fail"
)

// Finding is a remark about data or results that does not stop the work. It
// travels with the result, never through a log.
type Finding struct {
	// ID names the kind of finding in kebab-case: "conflicting-observations".
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
	Remedy   string   `json:"remedy,omitempty"`
	// Unit, Code and Year say what it is about; each may be empty or zero.
	Unit  string `json:"unit,omitempty"`
	Code  string `json:"code,omitempty"`
	Year  int    `json:"year,omitempty"`
	Place Place  `json:"place,omitzero"`
	// Said is Message by identity, for those who word it in another language.
	Said Saying `json:"said,omitzero"`
}
