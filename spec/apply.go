package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mizan"
)

// applier applies edits to a tree, one after another.
type applier struct {
	doc      *Document
	root     *node
	own      map[mizan.Place]bool // places in the edits' texts
	problems mizan.Problems
}

func (a *applier) fault(e Edit, id, cause, remedy string) {
	at := e.place()
	a.problems = append(a.problems, problemAt(a.doc, id, "", at, cause, remedy))
}

// blame places the problems of an edited project at the edits.
func (a *applier) blame(edits []Edit, problems mizan.Problems) mizan.Problems {
	for i, p := range problems {
		if a.own[p.Place] || len(edits) == 0 {
			continue
		}
		at, ok := together(edits)
		if !ok {
			continue
		}
		cause := p.Cause
		if p.Place.Line > 0 {
			cause += " (" + p.Place.String() + ")"
		}
		problems[i] = problemAt(a.doc, p.ID, "", at, cause, p.Remedy)
	}
	return problems
}

// together is the place of edits as a whole: that of a single one, or the texts
// of several that were not written in a file.
func together(edits []Edit) (mizan.Place, bool) {
	at := edits[0].place()
	for _, e := range edits[1:] {
		next := e.place()
		if at.Line > 0 || next.Line > 0 {
			return mizan.Place{}, false
		}
		at.File += " " + next.File
	}
	return at, true
}

func (a *applier) apply(e Edit) {
	a.own[e.place()] = true
	path, removes := e.Set, e.Remove != ""
	if removes {
		path = e.Remove
	}
	if cause, remedy := badPath(path); cause != "" || removes && e.Set != "" {
		if cause == "" {
			cause, remedy = "the edit both sets and removes", "make two edits of it"
		}
		a.fault(e, "bad-edit", cause, remedy)
		return
	}
	hops, rest := locate(a.root, splitPath(path))
	if removes {
		a.remove(e, hops, rest)
		return
	}
	n := e.node()
	if n == nil {
		a.fault(e, "bad-edit", path+": the value is not finite, or not a value of a project file", "give a number, text, true or false, a list or a mapping")
		return
	}
	n.places(func(at mizan.Place) { a.own[at] = true })
	a.set(e, hops, rest, n)
}

func (a *applier) remove(e Edit, hops []hop, rest []string) {
	switch {
	case len(rest) > 0:
		a.unknown(e, hops, rest)
	case len(hops) == 0:
		a.fault(e, "bad-edit", "the whole project cannot be removed", "name a key")
	default:
		a.root = replace(a.root, hops, nil)
	}
}

// unknown reports a path whose rest does not stand in the tree.
func (a *applier) unknown(e Edit, hops []hop, rest []string) {
	n := follow(a.root, hops)
	where, missing := "the project", quote(rest[0])
	if len(hops) > 0 {
		where = byCode(a.root, pathOf(hops))
	}
	remedy := "name an entry that is there"
	switch known := names(n, hops, e.Remove == ""); {
	case n.kind == list && isAggregate(hops) && len(n.items) > 1:
		if isPosition(rest[0]) {
			rest = rest[1:]
		}
		example := strings.Join(append([]string{where, "0"}, rest...), ".")
		remedy = fmt.Sprintf("it is a list of %d steps; name one by its position, such as %s", len(n.items), example)
	case len(known) > 0:
		remedy = didYouMean(rest[0], known, "known here are "+strings.Join(firstOf(known, 12), ", "))
	case n.kind == list:
		remedy = fmt.Sprintf("it is a list of %d; name an entry by its position from 0", len(n.items))
	}
	a.fault(e, "unknown-path", where+" has no "+missing, remedy)
}

func firstOf(names []string, most int) []string {
	if len(names) > most {
		return append(slices.Clone(names[:most]), "…")
	}
	return names
}

// set puts a value at a path, making what is missing on the way.
func (a *applier) set(e Edit, hops []hop, rest []string, value *node) {
	if len(rest) == 0 {
		if len(hops) == 0 {
			a.fault(e, "bad-edit", "the whole project cannot be set", "name a key")
			return
		}
		a.put(hops, value)
		return
	}
	n := follow(a.root, hops)
	if n.kind == list && isAggregate(hops) && len(n.items) == 1 && !isPosition(rest[0]) {
		hops = append(slices.Clone(hops), itemHop(0))
		n = n.items[0]
	}
	switch {
	case n.kind == list && rest[0] == strconv.Itoa(len(n.items)):
		a.put(append(slices.Clone(hops), itemHop(len(n.items))), nest(rest[1:], value, e.place()))
		return
	case isDeclared(hops) && len(rest) > 1:
		// A key of an entry that is not there is a slip; a new entry is set whole.
		a.unknown(e, hops, rest)
		return
	case n.kind == list, inFramework(hops) && !slices.Contains(nodeKeyNames(), rest[0]):
		a.unknown(e, hops, rest)
		return
	case n.kind == mapping || n.kind == nothing:
	default:
		long := shortForm(hops)
		if long == "-" {
			a.fault(e, "unknown-path", byCode(a.root, pathOf(hops))+" is "+n.kind.String()+" and has no keys", "set "+pathOf(hops)+" itself")
			return
		}
		a.root = replace(a.root, hops, &node{kind: mapping, at: n.at, entries: []entry{{key: long, at: n.at, value: n}}})
	}
	a.put(append(slices.Clone(hops), keyHop(rest[0])), nest(rest[1:], value, e.place()))
}

// isDeclared reports whether hops lead to a mapping whose entries others refer
// to by their codes.
func isDeclared(hops []hop) bool {
	return len(hops) == 1 && slices.Contains([]string{"indicators", "variants"}, hops[0].key)
}

func isPosition(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// nest wraps a value into mappings for the keys of a path that are missing.
func nest(keys []string, value *node, at mizan.Place) *node {
	for _, k := range slices.Backward(keys) {
		if k == "0" {
			value = &node{kind: list, at: at, items: []*node{value}}
			continue
		}
		value = &node{kind: mapping, at: at, entries: []entry{{key: k, at: at, value: value}}}
	}
	return value
}

// put sets a value; another method of a step drops the old one's options.
func (a *applier) put(hops []hop, value *node) {
	parent := hops[:len(hops)-1]
	if hops[len(hops)-1].key == "method" && isStep(parent) {
		step := follow(a.root, parent)
		old := methodOf(step, parent)
		if step.kind == mapping && (value.kind != text || value.text != old) {
			kept := *step
			kept.entries = slices.DeleteFunc(slices.Clone(step.entries), func(x entry) bool {
				return x.key != "method" && x.key != "over" && x.key != "each"
			})
			a.root = replace(a.root, parent, &kept)
		}
	}
	a.root = replace(a.root, hops, value)
}

// methodOf is the method of a step as it stands.
func methodOf(step *node, hops []hop) string {
	if m := step.get("method"); m != nil {
		return m.text
	}
	if hops[len(hops)-1].key == "screen" {
		return screenMethod
	}
	return ""
}

// isStep reports whether hops lead to a step.
func isStep(hops []hop) bool {
	last := len(hops) - 1
	switch {
	case last < 1:
		return false
	case hops[last].key == "aggregate":
		return inFramework(hops[:last]) || isAggregate(hops)
	case hops[last-1].key == "each":
		return isStep(hops[:last-1])
	case isAggregate(hops[:last]):
		return hops[last].index >= 0
	}
	return last == 1 && hops[0].key == "build" && slices.Contains([]string{"impute", "screen", "treat", "normalise", "weights"}, hops[1].key)
}

// shortForm is the key that the short form at hops stands for: a bare method
// name, a denominator's code, a label without language; "-" if there is none.
func shortForm(hops []hop) string {
	last := hops[len(hops)-1].key
	switch {
	case isStep(hops):
		return "method"
	case len(hops) == 3 && hops[0].key == "build" && hops[1].key == "denominate":
		return "by"
	case slices.Contains([]string{"title", "description", "name"}, last):
		return ""
	}
	return "-"
}

// replace returns the tree with another value at the end of hops, or without
// that entry if the value is nil. What is not on the way is shared.
func replace(n *node, hops []hop, value *node) *node {
	if len(hops) == 0 {
		return value
	}
	c := *n
	h := hops[0]
	if h.index >= 0 {
		c.items = slices.Clone(n.items)
		switch {
		case h.index == len(c.items):
			c.items = append(c.items, value)
		case len(hops) == 1 && value == nil:
			c.items = slices.Delete(c.items, h.index, h.index+1)
		default:
			c.items[h.index] = replace(c.items[h.index], hops[1:], value)
		}
		return &c
	}
	c.entries = slices.Clone(n.entries)
	i := n.find(h.key)
	switch {
	case i < 0:
		c.kind = mapping
		c.entries = append(c.entries, entry{key: h.key, at: value.at, value: value})
	case len(hops) == 1 && value == nil:
		c.entries = slices.Delete(c.entries, i, i+1)
	default:
		c.entries[i].value = replace(c.entries[i].value, hops[1:], value)
		if len(hops) == 1 {
			c.entries[i].at = value.at
		}
	}
	return &c
}

// Without is the project without some keys at its top, for work that does not
// look at them: less is read anew by every Apply. Problems keep their places.
func (s *Spec) Without(keys ...string) (*Spec, error) {
	doc := s.doc
	if doc == nil {
		doc = &Document{root: writeFields(s, specKeys())}
	}
	root := *doc.root
	root.entries = slices.DeleteFunc(slices.Clone(root.entries), func(e entry) bool { return slices.Contains(keys, e.key) })
	out, problems := decode(&Document{name: doc.name, lines: doc.lines, root: &root})
	if len(problems) > 0 {
		return nil, problems
	}
	return out, nil
}
