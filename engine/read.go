package engine

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"mizan"
	"mizan/spec"
)

// ReadReport reads a document that WriteJSON wrote. It has a Spec if the
// document's spec can be read, but no Panel and no Result. Errors are
// mizan.Problems: the text is no JSON, or not the document of a report.
func ReadReport(text []byte) (*Report, error) {
	type plain Report // without MarshalJSON and its kin
	r := &plain{}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, notJSON(text, err)
	}
	report := (*Report)(r)
	if report.Format != Format {
		return nil, notAReport(fmt.Sprintf("the document has format %d, and this program reads %d", report.Format, Format))
	}
	units := make([]string, len(report.Units))
	for i, u := range report.Units {
		units[i] = u.Code
	}
	tables := append(report.Stages.list(), stage{"scores", &report.Scores}, stage{"ranks", &report.Ranks}, stage{"contributions", &report.Contributions})
	for _, s := range tables {
		t := *s.table
		if t == nil {
			t = mizan.NewTable(units, nil, report.Years)
			*s.table = t
		}
		if len(t.Values) != len(units)*len(t.Codes)*len(report.Years) {
			return nil, notAReport(fmt.Sprintf("the table %q does not fit the document's units and years", s.name))
		}
		t.Units, t.Years = units, report.Years
	}
	if err := report.checkNodes(); err != nil {
		return nil, err
	}
	if err := report.checkProvenance(); err != nil {
		return nil, err
	}
	if s, err := spec.Parse("spec", []byte(report.Canonical)); err == nil {
		report.Spec = s
	}
	return report, nil
}

// checkNodes refuses a framework in which a child does not stand before its
// parent, or that holds a code twice.
func (r *Report) checkNodes() error {
	before := map[string]bool{}
	for _, n := range r.Nodes {
		for _, c := range n.Children {
			if !before[c] {
				return notAReport(fmt.Sprintf("the node %q stands before its child %q", n.Code, c))
			}
		}
		if before[n.Code] {
			return notAReport(fmt.Sprintf("the node %q occurs twice", n.Code))
		}
		before[n.Code] = true
	}
	return nil
}

// checkProvenance refuses provenance that does not fit the axes.
func (r *Report) checkProvenance() error {
	p := &r.Cells
	years, codes, units := len(r.Years), len(p.Codes), len(r.Units)
	ok := fits(p.Year, years, codes, units) && fits(p.Status, years, codes, units) && fits(p.Origin, years, codes, units)
	for _, year := range p.Status {
		for _, column := range year {
			for _, status := range column {
				_, known := mizan.ParseStatus(status)
				ok = ok && known && status != ""
			}
		}
	}
	if !ok && codes > 0 {
		return notAReport("the provenance does not fit the document's units and years")
	}
	if codes == 0 {
		r.Cells = Provenance{}
	}
	return nil
}

func fits[T any](cube [][][]T, years, codes, units int) bool {
	if len(cube) != years {
		return false
	}
	for _, year := range cube {
		if len(year) != codes {
			return false
		}
		for _, column := range year {
			if len(column) != units {
				return false
			}
		}
	}
	return true
}

// notJSON says in plain words, and where, a text is not the JSON of a report.
func notJSON(text []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	what, offset := err.Error(), int64(0)
	switch {
	case errors.As(err, &syntax) && syntax.Offset >= int64(len(text)):
		what = "it is empty, or breaks off"
	case errors.As(err, &syntax):
		what, offset = "here it is no JSON", syntax.Offset
	case errors.As(err, &kind):
		what, offset = fmt.Sprintf("%s cannot be a %s", kind.Field, kind.Value), kind.Offset
	}
	p := &mizan.Problem{ID: "not-a-report", Cause: "this is not the document of a report: " + what, Remedy: reportRemedy}
	if before := text[:min(max(offset-1, 0), int64(len(text)))]; offset > 0 {
		p.Place.Line = 1 + bytes.Count(before, []byte{'\n'})
		p.Place.Column = 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	}
	return mizan.Problems{p}
}

const reportRemedy = "name the report.json that `mizan build -o` wrote"

func notAReport(cause string) error {
	return mizan.Problems{{ID: "not-a-report", Cause: cause, Remedy: reportRemedy}}
}
