package spec

import (
	"slices"
	"strconv"
	"strings"
)

// hop is one step down a tree: into a key, or into the element of a list.
type hop struct {
	key   string
	index int // -1 for a key
}

func keyHop(key string) hop { return hop{key: key, index: -1} }
func itemHop(index int) hop { return hop{index: index} }

// segment is a step as it is written in a path.
func (h hop) segment() string {
	if h.index >= 0 {
		return strconv.Itoa(h.index)
	}
	return h.key
}

func splitPath(p string) []string {
	if p == "" {
		return nil
	}
	return strings.Split(p, ".")
}

// locate follows a path as far as it stands in the tree. rest are the segments
// that do not.
func locate(root *node, segments []string) (hops []hop, rest []string) {
	n := root
	for i, seg := range segments {
		next, down := enter(n, hops, seg)
		if down == nil {
			return hops, segments[i:]
		}
		hops, n = append(hops, next...), down
	}
	return hops, nil
}

// enter finds one segment below a node that is reached by hops.
func enter(n *node, hops []hop, seg string) ([]hop, *node) {
	switch n.kind {
	case mapping:
		if v := n.get(seg); v != nil {
			return []hop{keyHop(seg)}, v
		}
		if inFramework(hops) {
			return enterFramework(n, hops, seg)
		}
	case list:
		if i := element(n, seg); i >= 0 {
			return []hop{itemHop(i)}, n.items[i]
		}
		if isAggregate(hops) && len(n.items) == 1 {
			next, down := enter(n.items[0], append(slices.Clone(hops), itemHop(0)), seg)
			return append([]hop{itemHop(0)}, next...), down
		}
	}
	if n.kind != list && isAggregate(hops) && seg == "0" {
		return nil, n
	}
	return nil, nil
}

// element finds an element of a list by its code or id, its text, or its
// position, in this order.
func element(n *node, seg string) int {
	for i, it := range n.items {
		if nameOf(it) == seg {
			return i
		}
	}
	if i, err := strconv.Atoi(seg); err == nil && i >= 0 && i < len(n.items) && strconv.Itoa(i) == seg {
		return i
	}
	return -1
}

// nameOf is the code or id of an element of a list, or the element itself if
// it is text.
func nameOf(n *node) string {
	if n.kind == text {
		return n.text
	}
	for _, key := range []string{"code", "id"} {
		if v := n.get(key); v != nil && (v.kind == text || v.kind == number) {
			return v.text
		}
	}
	return ""
}

// inFramework reports whether hops lead to a node of the framework.
func inFramework(hops []hop) bool {
	if len(hops) == 0 || hops[0].key != "framework" || len(hops)%2 == 0 {
		return false
	}
	for i := 1; i < len(hops); i += 2 {
		if hops[i].key != "children" || hops[i+1].index < 0 {
			return false
		}
	}
	return true
}

// isAggregate reports whether hops lead to `build.aggregate`, which may be a
// list of steps or one step.
func isAggregate(hops []hop) bool {
	return len(hops) == 2 && hops[0].key == "build" && hops[1].key == "aggregate"
}

// enterFramework finds a node of the framework by its code below n, nearest
// first level by level, or a child by position. From the root every node is
// found, the root itself too.
func enterFramework(n *node, hops []hop, seg string) ([]hop, *node) {
	if len(hops) == 1 && nameOf(n) == seg {
		return []hop{}, n
	}
	type found struct {
		hops []hop
		n    *node
	}
	queue := []found{{nil, n}}
	for len(queue) > 0 {
		f := queue[0]
		queue = queue[1:]
		children := f.n.get("children")
		if children == nil || children.kind != list {
			continue
		}
		for i, c := range children.items {
			down := append(slices.Clone(f.hops), keyHop("children"), itemHop(i))
			if nameOf(c) == seg {
				return down, c
			}
			queue = append(queue, found{down, c})
		}
	}
	if children := n.get("children"); children != nil && children.kind == list {
		if i := element(children, seg); i >= 0 {
			return []hop{keyHop("children"), itemHop(i)}, children.items[i]
		}
	}
	return nil, nil
}

// follow returns the node at the end of hops.
func follow(n *node, hops []hop) *node {
	for _, h := range hops {
		if h.index >= 0 {
			n = n.items[h.index]
		} else {
			n = n.get(h.key)
		}
	}
	return n
}

// names lists what a segment below a node could have been, for suggestions;
// with keys that are not given yet, if one may be made.
func names(n *node, hops []hop, make bool) []string {
	var out []string
	for _, e := range n.entries {
		out = append(out, e.key)
	}
	for _, it := range n.items {
		if s := nameOf(it); s != "" {
			out = append(out, s)
		}
	}
	if inFramework(hops) {
		for _, k := range nodeKeyNames() {
			if make && n.find(k) < 0 {
				out = append(out, k)
			}
		}
		out = append(out, codesBelow(n)...)
	}
	return out
}

func codesBelow(n *node) []string {
	var out []string
	if children := n.get("children"); children != nil {
		for _, c := range children.items {
			out = append(out, nameOf(c))
			out = append(out, codesBelow(c)...)
		}
	}
	return out
}

// pathOf writes hops as a path.
func pathOf(hops []hop) string {
	var parts []string
	for _, h := range hops {
		parts = append(parts, h.segment())
	}
	return strings.Join(parts, ".")
}
