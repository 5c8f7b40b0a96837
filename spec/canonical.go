package spec

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"mizan"
)

// Canonical is the project as YAML in canonical form: every key in the order
// of the Spec, defaults written out, short forms written in full, comments
// gone. Parsing it gives an equal spec, and the same project always gives the
// same bytes. The variants of an edited spec are kept as they are, also those
// that no longer fit it.
func (s *Spec) Canonical() []byte {
	w := &writer{}
	w.mapping(writeFields(s, specKeys()), 0)
	return w.b
}

// Hash is the SHA-256 of the canonical form, in hexadecimal.
func (s *Spec) Hash() string { return Hash(s.Canonical()) }

// Hash is the SHA-256 of a canonical form, in hexadecimal.
func Hash(canonical []byte) string {
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}

// writer writes nodes as YAML.
type writer struct{ b []byte }

func (w *writer) indent(n int) {
	for range n {
		w.b = append(w.b, "  "...)
	}
}

// block reports whether a value is written over several lines: one that holds
// lists or mappings. Other lists and mappings are written in brackets.
func block(n *node) bool {
	for _, it := range n.items {
		if it.kind == list || it.kind == mapping {
			return true
		}
	}
	for _, e := range n.entries {
		if e.value.kind == list || e.value.kind == mapping {
			return true
		}
	}
	return false
}

// value writes what follows a colon or a dash.
func (w *writer) value(n *node, depth int) {
	switch {
	case n.kind == mapping && block(n):
		w.b = append(w.b, '\n')
		w.mapping(n, depth)
	case n.kind == list && block(n):
		w.b = append(w.b, '\n')
		w.list(n, depth)
	default:
		w.b = append(w.b, ' ')
		w.flow(n)
		w.b = append(w.b, '\n')
	}
}

func (w *writer) mapping(n *node, depth int) {
	for i, e := range n.entries {
		if i > 0 || depth == 0 || w.b[len(w.b)-1] == '\n' {
			w.indent(depth)
		}
		w.text(e.key)
		w.b = append(w.b, ':')
		w.value(e.value, depth+1)
	}
}

func (w *writer) list(n *node, depth int) {
	for _, it := range n.items {
		w.indent(depth)
		w.b = append(w.b, '-')
		if it.kind == mapping && block(it) {
			w.b = append(w.b, ' ')
			w.mapping(it, depth+1)
			continue
		}
		w.value(it, depth+1)
	}
}

// flow writes a value on one line.
func (w *writer) flow(n *node) {
	switch n.kind {
	case nothing:
		w.b = append(w.b, "null"...)
	case boolean:
		w.b = strconv.AppendBool(w.b, n.yes)
	case number:
		w.b = mizan.AppendNumber(w.b, n.num, "null")
	case text:
		w.text(n.text)
	case list:
		w.b = append(w.b, '[')
		for i, it := range n.items {
			if i > 0 {
				w.b = append(w.b, ", "...)
			}
			w.flow(it)
		}
		w.b = append(w.b, ']')
	case mapping:
		w.b = append(w.b, '{')
		for i, e := range n.entries {
			if i > 0 {
				w.b = append(w.b, ", "...)
			}
			w.text(e.key)
			w.b = append(w.b, ": "...)
			w.flow(e.value)
		}
		w.b = append(w.b, '}')
	}
}

// flow is a value as YAML on one line.
func flow(n *node) []byte {
	w := &writer{}
	w.flow(n)
	return w.b
}

// text writes a word.
func (w *writer) text(s string) { w.b = mizan.AppendYAML(w.b, s) }
