package spec

import (
	"strings"

	"mizan"
)

// Document keeps the text of a project file and where each key stands in it.
type Document struct {
	name  string
	lines []string // of the text, for excerpts
	root  *node
}

// Place says where a path stands ("build.normalise.method"); the nearest
// enclosing key if the path itself was not given. For a spec made in code it
// is the zero Place. Paths are those of Edit.
func (s *Spec) Place(path string) mizan.Place {
	if s.doc == nil {
		return mizan.Place{}
	}
	return s.doc.place(path)
}

// Problem makes a problem at a path, with the excerpt of the source line.
// Where the place is an edit, which has no line, the cause names the path. A
// spec made in code has neither place nor excerpt.
func (s *Spec) Problem(id, path, cause, remedy string) *mizan.Problem {
	if s.doc == nil {
		return &mizan.Problem{ID: id, Cause: cause, Remedy: remedy}
	}
	return problemAt(s.doc, id, path, s.doc.place(path), cause, remedy)
}

func problemAt(doc *Document, id, path string, at mizan.Place, cause, remedy string) *mizan.Problem {
	p := &mizan.Problem{ID: id, Place: at, Cause: cause, Remedy: remedy}
	switch {
	case at.Line == 0 && path != "":
		p.Cause = byCode(doc.root, path) + ": " + cause
	case at.Line > 0 && at.File == doc.name:
		p.Excerpt = excerpt(doc.lines, at)
	}
	return p
}

// byCode names nodes of the framework by their codes in place of positions.
func byCode(root *node, path string) string {
	if root == nil || !strings.HasPrefix(path, "framework.children.") {
		return path
	}
	hops, rest := locate(root, splitPath(path))
	for i := len(hops); i > 1; i-- {
		if code := nameOf(follow(root, hops[:i])); code != "" && inFramework(hops[:i]) {
			segments := []string{"framework", code}
			for _, h := range hops[i:] {
				segments = append(segments, h.segment())
			}
			return strings.Join(append(segments, rest...), ".")
		}
	}
	return path
}

// place is the place of the key at the end of a path, or of the value where
// the path ends in a list.
func (d *Document) place(path string) mizan.Place {
	hops, _ := locate(d.root, splitPath(path))
	at := d.root.at
	n := d.root
	for _, h := range hops {
		if h.index >= 0 {
			n = n.items[h.index]
			at = n.at
			continue
		}
		i := n.find(h.key)
		at, n = n.entries[i].at, n.entries[i].value
	}
	return at
}
