package spec

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"mizan"
)

// A codec is the one description of a value of the file: how it is read, how
// it is written in canonical form, and its JSON Schema.
type codec[T any] struct {
	read   func(r *reader, n *node, v *T)
	write  func(v T) *node // nil leaves the key out
	schema func(b *schemaMaker) object
}

// field is a key of a mapping that is read into an S.
type field[S any] struct {
	name, about string
	required    bool
	read        func(r *reader, n *node, s *S)
	write       func(s *S) *node
	schema      func(b *schemaMaker) object
}

// key makes the field of one member of S.
func key[S, T any](name string, c codec[T], member func(*S) *T, about string) field[S] {
	return field[S]{
		name: name, about: about, schema: c.schema,
		read:  func(r *reader, n *node, s *S) { c.read(r, n, member(s)) },
		write: func(s *S) *node { return c.write(*member(s)) },
	}
}

// must makes a field required.
func (f field[S]) must() field[S] {
	f.required = true
	return f
}

// reader collects the problems of one decoding. path is where it is.
type reader struct {
	doc      *Document
	path     []string
	problems mizan.Problems
	misread  bool // a key of the framework was not understood
}

// fault adds a problem at a place of the path that is being read.
func (r *reader) fault(id string, at mizan.Place, cause, remedy string) {
	r.report(id, strings.Join(r.path, "."), at, cause, remedy)
}

// report adds a problem, unless there are too many to be of use.
func (r *reader) report(id, path string, at mizan.Place, cause, remedy string) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, problemAt(r.doc, id, path, at, cause, remedy))
	}
}

// hint is didYouMean while problems are few; with many, looking for near names
// would take long.
func (r *reader) hint(name string, known []string, otherwise string) string {
	if len(r.problems) > manyProblems {
		return otherwise
	}
	return didYouMean(name, known, otherwise)
}

const (
	maxProblems  = 1000 // reported of one file
	manyProblems = 200  // after which names are no longer suggested
)

// within reads something one segment further down.
func (r *reader) within(segment string, f func()) {
	r.path = append(r.path, segment)
	f()
	r.path = r.path[:len(r.path)-1]
}

// want checks the kind of a value and reports a wrong one.
func (r *reader) want(n *node, k kind, what string) bool {
	if n.kind == k || n.kind == unread {
		return n.kind == k
	}
	found := n.kind.String()
	remedy := "give " + what
	switch {
	case n.kind == number && n.text != "":
		found += " (" + n.text + ")"
		if k == text {
			remedy = "put it in quotes"
		}
	case n.kind == number:
		found += " (" + string(mizan.AppendNumber(nil, n.num, "")) + ")"
	case n.kind == text:
		found += " (" + quote(n.text) + ")"
		if _, ok := readNumber(n.text); ok && k == number {
			remedy = "take off the quotes"
		}
	case n.kind == boolean:
		found = strconv.FormatBool(n.yes)
		if k == text {
			remedy = "put it in quotes"
		}
	case n.kind == nothing:
		remedy += ", or leave it out"
	}
	r.fault("wrong-type", n.at, fmt.Sprintf("expected %s, found %s", what, found), remedy)
	return false
}

// record is a mapping with a fixed set of keys. Their table is made when the
// first mapping is met, and once: a table within itself has no end otherwise.
func record[S any](what string, table func() []field[S]) codec[S] {
	fields := sync.OnceValue(table)
	return codec[S]{
		read: func(r *reader, n *node, s *S) {
			if r.want(n, mapping, what) {
				readFields(r, n, s, fields())
			}
		},
		write:  func(s S) *node { return writeFields(&s, fields()) },
		schema: func(b *schemaMaker) object { return fieldsSchema(b, fields()) },
	}
}

func readFields[S any](r *reader, n *node, s *S, fields []field[S]) {
	var meant map[string]bool // by misspelt keys
	for at, e := range n.entries {
		i := 0
		for i < len(fields) && fields[i].name != e.key {
			i++
		}
		r.within(e.key, func() {
			if i < len(fields) {
				fields[i].read(r, e.value, s)
				return
			}
			known := fieldNames(fields)
			if near, ok := Suggest(e.key, known); ok {
				if meant == nil {
					meant = map[string]bool{}
				}
				meant[near] = true
			}
			remedy := r.hint(e.key, known, "the keys here are "+strings.Join(known, ", "))
			if whole, ok := decimalComma(n, at); ok {
				remedy = fmt.Sprintf("write %s.%s, with a decimal point", whole, e.key)
			}
			r.fault("unknown-key", e.at, "unknown key "+quote(e.key), remedy)
			r.misread = r.misread || r.path[0] == "framework"
		})
	}
	for _, f := range fields {
		if f.required && !meant[f.name] && n.find(f.name) < 0 {
			r.fault("missing-key", n.at, fmt.Sprintf("the key %s is missing", quote(f.name)), "add `"+f.name+":`, "+f.about)
		}
	}
}

// decimalComma recognises {weight: 1,5}, which YAML reads as the weight 1 and
// a key 5 without a value. It gives what stands before the comma.
func decimalComma(n *node, at int) (whole string, ok bool) {
	e := n.entries[at]
	if at == 0 || e.key == "" || e.value.kind != nothing || strings.Trim(e.key, "0123456789") != "" {
		return "", false
	}
	before := n.entries[at-1].value
	return before.text, before.kind == number
}

func fieldNames[S any](fields []field[S]) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.name
	}
	return out
}

func writeFields[S any](s *S, fields []field[S]) *node {
	n := mapNode()
	for _, f := range fields {
		if v := f.write(s); v != nil {
			n.entries = append(n.entries, pair(f.name, v))
		}
	}
	return n
}

// word is text that passes a check; check returns a cause and a remedy, or
// two empty texts.
func word(what string, schema object, check func(s string) (cause, remedy string)) codec[string] {
	return codec[string]{
		read: func(r *reader, n *node, v *string) {
			if !r.want(n, text, what) {
				return
			}
			if cause, remedy := check(n.text); cause != "" {
				r.fault("bad-value", n.at, cause, remedy)
				return
			}
			*v = n.text
		},
		write:  writeText,
		schema: func(*schemaMaker) object { return schema.clone() },
	}
}

func writeText(s string) *node {
	if s == "" {
		return nil
	}
	return textNode(s)
}

// choice is one of some names.
func choice(names ...string) codec[string] {
	return word("one of "+strings.Join(names, ", "), object{"enum": names}, func(s string) (string, string) {
		for _, n := range names {
			if n == s {
				return "", ""
			}
		}
		all := "use " + strings.Join(names, " or ")
		return "unknown word " + quote(s), didYouMean(s, names, all)
	})
}

// whole is a whole number from low to high.
func whole(low, high int) codec[int] {
	return codec[int]{
		read: func(r *reader, n *node, v *int) {
			if !r.want(n, number, "a whole number") {
				return
			}
			if n.num != math.Trunc(n.num) {
				r.fault("wrong-type", n.at, "expected a whole number, found "+show(n.num), "give a whole number")
				return
			}
			if n.num < float64(low) || n.num > float64(high) {
				r.fault("out-of-range", n.at, fmt.Sprintf("%s is out of range", show(n.num)), fmt.Sprintf("give a number from %d to %d", low, high))
				return
			}
			*v = int(n.num)
		},
		write:  func(v int) *node { return numberNode(float64(v)) },
		schema: func(*schemaMaker) object { return object{"type": "integer", "minimum": low, "maximum": high} },
	}
}

// given writes a whole number only if it is not zero.
func given(c codec[int]) codec[int] {
	write := c.write
	c.write = func(v int) *node {
		if v == 0 {
			return nil
		}
		return write(v)
	}
	return c
}

func show(v float64) string { return string(mizan.AppendNumber(nil, v, "")) }

// real is any finite number.
var real = codec[float64]{
	read: func(r *reader, n *node, v *float64) {
		if r.want(n, number, "a number") {
			*v = n.num
		}
	},
	write:  numberNode,
	schema: func(*schemaMaker) object { return object{"type": "number"} },
}
