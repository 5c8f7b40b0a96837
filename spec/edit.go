package spec

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mizan"
)

// ParseEdit reads `PATH=VALUE`, where VALUE is a YAML value (a number, a word,
// a list in brackets, a mapping in braces). `PATH=` alone removes.
func ParseEdit(text string) (Edit, error) {
	e := Edit{at: mizan.Place{File: "--set " + visible(text)}}
	var ps mizan.Problems
	path, value, ok := strings.Cut(text, "=")
	path = strings.TrimSpace(path)
	if !ok {
		ps.Add("bad-edit", e.at, "the edit has no `=`", "write PATH=VALUE, such as build.normalise.method=z-score")
		return Edit{}, ps
	}
	if cause, remedy := badPath(path); cause != "" {
		ps.Add("bad-edit", e.at, cause, remedy)
		return Edit{}, ps
	}
	if strings.TrimSpace(value) == "" {
		e.Remove = path
		return e, nil
	}
	n, ps := readFlow(e.at, strings.TrimSpace(value))
	if len(ps) > 0 {
		return Edit{}, ps
	}
	e.Set, e.value, e.To = path, n, n.plain()
	return e, nil
}

// ParseRemoval reads the path of a key that is to be removed, as the command
// line takes it after --unset. Errors are mizan.Problems.
func ParseRemoval(text string) (Edit, error) {
	e := Edit{Remove: strings.TrimSpace(text), at: mizan.Place{File: "--unset " + visible(text)}}
	cause, remedy := badPath(e.Remove)
	switch {
	case e.Remove == "":
		remedy = "name a key, such as build.treat"
	case strings.Contains(e.Remove, "="):
		cause, remedy = "the path of what is removed holds a `=`", "write --unset PATH, or --set PATH=VALUE"
	}
	if cause != "" {
		return Edit{}, mizan.Problems{{ID: "bad-edit", Place: e.at, Cause: cause, Remedy: remedy}}
	}
	return e, nil
}

// String writes an edit as ParseEdit reads it.
func (e Edit) String() string {
	if e.Remove != "" {
		return e.Remove + "="
	}
	return e.Set + "=" + string(flow(e.node()))
}

// Touches reports whether an edit changes what stands at a path, within it, or
// around it.
func (e Edit) Touches(path string) bool {
	at := e.Set + e.Remove
	return at == path || strings.HasPrefix(at, path+".") || strings.HasPrefix(path, at+".")
}

// node is the value of an edit: as it was written, if To still says the same.
func (e Edit) node() *node {
	if e.value != nil && e.value.same(e.To) {
		return e.value
	}
	n, ok := valueNode(e.To)
	if !ok {
		return nil
	}
	return n.placed(e.place())
}

// place is where an edit was written, or the edit itself as text.
func (e Edit) place() mizan.Place {
	if e.at != (mizan.Place{}) {
		return e.at
	}
	if e.Remove != "" {
		return mizan.Place{File: "--set " + visible(e.Remove) + "="}
	}
	n, ok := valueNode(e.To)
	if !ok {
		return mizan.Place{File: "--set " + visible(e.Set)}
	}
	return mizan.Place{File: "--set " + visible(e.Set+"="+string(flow(n)))}
}

// Apply returns the spec with edits applied in order; the receiver is not
// changed. The edited project is checked whole, so it is as valid as a parsed
// one. Problems of an edit are placed at the edit's own text.
//
// A value that is missing is created. Setting a key inside a step that is
// given as a bare name, or inside another short form, writes the short form
// out. Setting `method` of a step to another method keeps `over` and `each`
// and drops the other options, which belong to the old method.
//
// Edits start from the file as it was parsed: fields of s that were changed in
// code are not seen, unless s was made in code altogether.
func (s *Spec) Apply(edits ...Edit) (*Spec, error) {
	doc := s.doc
	if doc == nil {
		doc = &Document{root: writeFields(s, specKeys())}
	}
	a := &applier{doc: doc, root: doc.root, own: map[mizan.Place]bool{}}
	for _, e := range edits {
		a.apply(e)
	}
	if len(a.problems) > 0 {
		return nil, a.problems
	}
	out, problems := decode(&Document{name: doc.name, lines: doc.lines, root: a.root})
	if len(problems) > 0 {
		return nil, a.blame(edits, problems)
	}
	return out, nil
}

// Variant applies a named variant.
func (s *Spec) Variant(code string) (*Spec, error) {
	codes := make([]string, len(s.Variants))
	for i, v := range s.Variants {
		if v.Code == code {
			return s.Apply(v.Edits...)
		}
		codes[i] = v.Code
	}
	otherwise := "the project has no variants"
	if len(codes) > 0 {
		otherwise = "the variants are " + strings.Join(codes, ", ")
	}
	return nil, mizan.Problems{s.Problem("unknown-variant", "variants", "there is no variant "+quote(code), didYouMean(code, codes, otherwise))}
}

// checkVariants applies every variant of a valid spec. A problem that does not
// stand in the variant's own text is placed at the variant.
func checkVariants(s *Spec) mizan.Problems {
	var out mizan.Problems
	for _, v := range s.Variants {
		_, err := s.Apply(v.Edits...)
		if err == nil {
			continue
		}
		path := "variants." + v.Code
		mine := map[mizan.Place]bool{}
		hops, _ := locate(s.doc.root, splitPath(path))
		follow(s.doc.root, hops).places(func(at mizan.Place) { mine[at] = true })
		var theirs mizan.Problems
		if !errors.As(err, &theirs) {
			continue
		}
		for _, p := range theirs {
			cause := "variant " + quote(v.Code) + ": " + p.Cause
			if mine[p.Place] {
				out = append(out, &mizan.Problem{ID: p.ID, Place: p.Place, Cause: cause, Remedy: p.Remedy, Excerpt: p.Excerpt})
			} else {
				if p.Place.Line > 0 {
					cause += " (" + p.Place.String() + ")"
				}
				out = append(out, s.Problem(p.ID, path, cause, p.Remedy))
			}
		}
	}
	return out
}

// badPath says what is wrong with the text of a path.
func badPath(path string) (cause, remedy string) {
	if path == "" {
		return "the edit names no path", "write PATH=VALUE, such as build.normalise.method=z-score"
	}
	if !utf8.ValidString(path) || strings.ContainsFunc(path, unicode.IsControl) {
		return "the path " + quote(path) + " has characters that no key has", "write keys joined by dots, such as build.normalise.method"
	}
	if slices.Contains(strings.Split(path, "."), "") {
		return "the path " + quote(path) + " has an empty part", "join keys with single dots, such as build.normalise.method"
	}
	return "", ""
}
