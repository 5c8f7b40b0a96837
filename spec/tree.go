package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"mizan"
)

// Tree is the project as JSON: the keys that its file gives, in their order,
// as edits have left them. It is for readers that cannot afford a reader of
// YAML, such as the engine in a page; ReadTree gives the same project back.
func (s *Spec) Tree() []byte {
	root := writeFields(s, specKeys())
	if s.doc != nil {
		root = s.doc.root
	}
	return appendTree(nil, root)
}

// ReadTree reads what Tree wrote. name is used in messages. The structure is
// checked as Parse checks it, save that variants and alternatives of factors
// are not tried. Errors are mizan.Problems; places have no line.
func ReadTree(name string, text []byte) (*Spec, error) {
	at := mizan.Place{File: visible(name)}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	t := &treeReader{d: d, at: at}
	root, err := t.value()
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			err = fmt.Errorf("more than one value")
		}
	}
	if err != nil {
		return nil, mizan.Problems{{ID: "syntax", Place: at, Cause: "not a project as JSON: " + err.Error(), Remedy: "give what Spec.Tree wrote"}}
	}
	s, problems := decode(&Document{name: at.File, root: root})
	if len(problems) > 0 {
		return nil, problems
	}
	return s, nil
}

func appendTree(b []byte, n *node) []byte {
	switch n.kind {
	case boolean, number:
		return append(b, flow(n)...)
	case text:
		return appendQuoted(b, n.text)
	case list:
		b = append(b, '[')
		for i, it := range n.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendTree(b, it)
		}
		return append(b, ']')
	case mapping:
		b = append(b, '{')
		for i, e := range n.entries {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendQuoted(b, e.key), ':')
			b = appendTree(b, e.value)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

func appendQuoted(b []byte, s string) []byte {
	q, err := json.Marshal(s)
	if err != nil { // a string is always written
		return append(b, `""`...)
	}
	return append(b, q...)
}

// treeReader reads JSON into nodes, keeping the order of keys.
type treeReader struct {
	d     *json.Decoder
	at    mizan.Place
	depth int
}

func (t *treeReader) value() (*node, error) {
	token, err := t.d.Token()
	if err != nil {
		return nil, err
	}
	n := &node{at: t.at}
	switch v := token.(type) {
	case bool:
		n.kind, n.yes = boolean, v
	case json.Number:
		n.kind, n.text = number, v.String()
		n.num, err = v.Float64()
	case string:
		n.kind, n.text = text, v
	case json.Delim:
		if t.depth++; t.depth > maxDepth {
			return nil, fmt.Errorf("nested deeper than %d", maxDepth)
		}
		n.kind = list
		if v == '{' {
			n.kind = mapping
		}
		err = t.inside(n)
		t.depth--
	}
	return n, err
}

// inside reads the entries of a list or mapping and its closing bracket.
func (t *treeReader) inside(n *node) error {
	for t.d.More() {
		if n.kind == list {
			item, err := t.value()
			if err != nil {
				return err
			}
			n.items = append(n.items, item)
			continue
		}
		key, err := t.d.Token()
		if err != nil {
			return err
		}
		e := entry{at: t.at}
		e.key, _ = key.(string) // the decoder lets nothing else be a key
		if n.find(e.key) >= 0 {
			return fmt.Errorf("the key %s is given twice", quote(e.key))
		}
		if e.value, err = t.value(); err != nil {
			return err
		}
		n.entries = append(n.entries, e)
	}
	_, err := t.d.Token()
	return err
}
