package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"mizan"
)

// yamlFile is a YAML file being read, for its problems' places.
type yamlFile struct {
	name string
	text []byte
	rep  *report
}

// parse gives the entries of the mapping that the file is.
func (y *yamlFile) parse() ([]*ast.MappingValueNode, bool) {
	if !y.checkSize() {
		return nil, false
	}
	file, err := parser.ParseBytes(y.text, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var se *yaml.SyntaxError
		if errors.As(err, &se) {
			cause, remedy := se.GetMessage(), "is a quote, a bracket or an indent amiss?"
			if y.tabbed(se.GetToken()) {
				cause, remedy = "a tab in the indentation", "indent with blanks"
			}
			y.problem(se.GetToken(), "bad-yaml", "the YAML cannot be read: "+cause, remedy)
		} else {
			y.rep.add(&mizan.Problem{ID: "bad-yaml", Place: mizan.Place{File: y.name}, Cause: "the YAML cannot be read: " + err.Error()})
		}
		return nil, false
	}
	switch {
	case len(file.Docs) == 0 || len(file.Docs) == 1 && file.Docs[0].Body == nil:
		return nil, true
	case len(file.Docs) > 1:
		y.problem(file.Docs[1].Start, "bad-yaml", "the file holds several documents", "keep one, without `---`")
		return nil, false
	}
	return y.entries(file.Docs[0].Body, "the file of origins", "code: {publisher: …, licence: …}")
}

// tabbed reports whether the line of a token is indented by a tab.
func (y *yamlFile) tabbed(at *token.Token) bool {
	if at == nil || at.Position == nil {
		return false
	}
	lines := bytes.Split(y.text, []byte{'\n'})
	n := at.Position.Line
	return n > 0 && n <= len(lines) && bytes.HasPrefix(bytes.TrimLeft(lines[n-1], " "), []byte{'\t'})
}

// entries gives the entries of a mapping.
func (y *yamlFile) entries(n ast.Node, what, form string) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	case *ast.NullNode:
		return nil, true
	case nil:
		return nil, true
	}
	y.problem(n.GetToken(), "not-a-mapping", what+" is not a mapping", "write "+form)
	return nil, false
}

// scalar reads a scalar as text, "" for null.
func (y *yamlFile) scalar(n ast.Node) string {
	switch n := n.(type) {
	case nil, *ast.NullNode:
		return ""
	case *ast.StringNode:
		return strings.TrimSpace(n.Value)
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value
	}
	y.problem(n.GetToken(), "not-text", "a text is wanted here", `write it in quotes: "…"`)
	return ""
}

// problem reports a problem at a token.
func (y *yamlFile) problem(at *token.Token, id, cause, remedy string) {
	p := &mizan.Problem{ID: id, Place: mizan.Place{File: y.name}, Cause: cause, Remedy: remedy}
	if at != nil && at.Position != nil && at.Position.Line > 0 {
		p.Place.Line, p.Place.Column = at.Position.Line, at.Position.Column
		if lines := bytes.Split(y.text, []byte{'\n'}); p.Place.Line <= len(lines) {
			p.Excerpt = excerpt(strings.TrimSuffix(string(lines[p.Place.Line-1]), "\r"), p.Place.Column)
		}
	}
	y.rep.add(p)
}

// The parser's time and memory grow with the square of the depth and of the
// number of entries, so that a small file could occupy it for minutes.
const (
	maxDepth   = 64
	maxEntries = 20_000
)

// checkSize refuses what is nested too deeply or has too many entries to be a
// file of origins. It goes by the marks alone, in texts too, and therefore
// leaves ample room.
func (y *yamlFile) checkSize() bool {
	open, entries := 0, 0
	for i, line := range bytes.Split(y.text, []byte{'\n'}) {
		entries += 1 + bytes.Count(line, []byte{','})
		open = max(0, open+bytes.Count(line, []byte{'['})+bytes.Count(line, []byte{'{'})-bytes.Count(line, []byte{']'})-bytes.Count(line, []byte{'}'}))
		start := line[:len(line)-len(bytes.TrimLeft(line, " \t-?"))]
		nested := bytes.Count(start, []byte("- ")) + bytes.Count(start, []byte("? "))
		p := &mizan.Problem{ID: "large-file", Place: mizan.Place{File: y.name, Line: i + 1}}
		switch {
		case open > maxDepth || nested > maxDepth:
			p.Cause = fmt.Sprintf("more than %d brackets or lists are open at once", maxDepth)
			p.Remedy = "close them; an origin is but a list of keys"
		case entries > maxEntries:
			p.Cause = fmt.Sprintf("the file has more than %d lines or commas", maxEntries)
			p.Remedy = "is it the file of origins?"
		default:
			continue
		}
		y.rep.add(p)
		return false
	}
	return true
}
