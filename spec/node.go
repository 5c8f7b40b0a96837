package spec

import (
	"math"
	"slices"
	"unicode/utf8"

	"mizan"
)

// kind is the shape of a value in the file.
type kind uint8

const (
	nothing kind = iota
	boolean
	number
	text
	list
	mapping
	unread // was reported when the text was read; taken for anything
)

// String names a kind as messages do.
func (k kind) String() string {
	return [...]string{"nothing", "true or false", "a number", "text", "a list", "a mapping", "nothing"}[k]
}

// node is a value of the file with its place. Nodes are never changed once
// made, so that an edited tree can share all but the edited path.
type node struct {
	kind    kind
	at      mizan.Place
	text    string // of text, and of a number as it was written
	num     float64
	yes     bool
	items   []*node
	entries []entry
}

// entry is a key of a mapping with its value.
type entry struct {
	key   string
	at    mizan.Place
	value *node
}

// get returns the value of a key, or nil.
func (n *node) get(key string) *node {
	if i := n.find(key); i >= 0 {
		return n.entries[i].value
	}
	return nil
}

// find returns the position of a key, or -1.
func (n *node) find(key string) int {
	return slices.IndexFunc(n.entries, func(e entry) bool { return e.key == key })
}

// plain is the value as a float64, string, bool, nil, []any or map[string]any.
func (n *node) plain() any {
	switch n.kind {
	case boolean:
		return n.yes
	case number:
		return n.num
	case text:
		return n.text
	case list:
		vs := make([]any, len(n.items))
		for i, it := range n.items {
			vs[i] = it.plain()
		}
		return vs
	case mapping:
		m := make(map[string]any, len(n.entries))
		for _, e := range n.entries {
			m[e.key] = e.value.plain()
		}
		return m
	}
	return nil
}

// same reports whether a value is the one of this node.
func (n *node) same(v any) bool {
	switch v := v.(type) {
	case nil:
		return n.kind == nothing
	case bool:
		return n.kind == boolean && n.yes == v
	case float64:
		return n.kind == number && n.num == v
	case string:
		return n.kind == text && n.text == v
	case []any:
		return n.kind == list && slices.EqualFunc(n.items, v, (*node).same)
	case map[string]any:
		if n.kind != mapping || len(n.entries) != len(v) {
			return false
		}
		for _, e := range n.entries {
			if w, ok := v[e.key]; !ok || !e.value.same(w) {
				return false
			}
		}
		return true
	}
	return false
}

// textNode, numberNode, boolNode, listNode and mapNode make nodes without a
// place.
func textNode(s string) *node        { return &node{kind: text, text: s} }
func numberNode(v float64) *node     { return &node{kind: number, num: v} }
func boolNode(b bool) *node          { return &node{kind: boolean, yes: b} }
func listNode(items []*node) *node   { return &node{kind: list, items: items} }
func mapNode(entries ...entry) *node { return &node{kind: mapping, entries: entries} }
func pair(key string, v *node) entry { return entry{key: key, value: v} }

// valueNode makes a node of a plain value; false if the value is of another
// type or not finite.
func valueNode(v any) (*node, bool) {
	switch v := v.(type) {
	case nil:
		return &node{}, true
	case bool:
		return boolNode(v), true
	case int:
		return numberNode(float64(v)), true
	case float64:
		return numberNode(v), !math.IsNaN(v) && !math.IsInf(v, 0)
	case string:
		return textNode(v), utf8.ValidString(v)
	case []string:
		return nodesOf(v)
	case []float64:
		return nodesOf(v)
	case []any:
		return nodesOf(v)
	case map[string]any:
		n := mapNode()
		for _, k := range sortedKeys(v) {
			e, ok := valueNode(v[k])
			if !ok || !utf8.ValidString(k) {
				return nil, false
			}
			n.entries = append(n.entries, pair(k, e))
		}
		return n, true
	}
	return nil, false
}

func nodesOf[T any](vs []T) (*node, bool) {
	n := listNode(make([]*node, len(vs)))
	for i, v := range vs {
		e, ok := valueNode(v)
		if !ok {
			return nil, false
		}
		n.items[i] = e
	}
	return n, true
}

// placed copies a tree with every node at one place.
func (n *node) placed(at mizan.Place) *node {
	c := *n
	c.at = at
	c.items = make([]*node, len(n.items))
	for i, it := range n.items {
		c.items[i] = it.placed(at)
	}
	c.entries = make([]entry, len(n.entries))
	for i, e := range n.entries {
		c.entries[i] = entry{key: e.key, at: at, value: e.value.placed(at)}
	}
	return &c
}

// places calls f with every place in a tree.
func (n *node) places(f func(mizan.Place)) {
	f(n.at)
	for _, it := range n.items {
		it.places(f)
	}
	for _, e := range n.entries {
		f(e.at)
		e.value.places(f)
	}
}
