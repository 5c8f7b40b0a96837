package spec

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"mizan"
)

const (
	maxBytes   = 16 << 20 // largest project file
	maxDepth   = 100      // deepest nesting of lists and mappings
	maxEntries = 20000    // of one block list or mapping
	maxTokens  = 500000   // words, brackets, colons and dashes of the whole file
)

// yamlReader turns the YAML of one text into nodes.
type yamlReader struct {
	name     string
	lines    []string // nil if the text has no lines to show, as an edit
	at       mizan.Place
	problems mizan.Problems
}

// readYAML reads one YAML document. A nil node means that there are problems
// which left nothing to read.
func readYAML(name string, src []byte) (*node, []string, mizan.Problems) {
	r := &yamlReader{name: name}
	src, ok := r.decodeText(src)
	if !ok {
		return nil, nil, r.problems
	}
	r.lines = strings.Split(string(src), "\n")
	n := r.document(string(src))
	return n, r.lines, r.problems
}

// readFlow reads the value of an edit; every place is the edit's own.
func readFlow(at mizan.Place, src string) (*node, mizan.Problems) {
	r := &yamlReader{name: at.File, at: at}
	raw, ok := r.decodeText([]byte(src))
	if !ok {
		return nil, r.problems
	}
	return r.document(string(raw)), r.problems
}

// document parses a text and converts its only document.
func (r *yamlReader) document(src string) (n *node) {
	// The YAML library may panic on odd input; for the user that is a text
	// that cannot be read.
	defer func() {
		if recover() != nil {
			n = nil
			r.problems.Add("syntax", r.place(nil), "the YAML cannot be read", "simplify it; check quotes, brackets and indentation")
		}
	}()
	tokens := lexer.Tokenize(src)
	if t, id, cause, remedy := tooMuch(tokens); t != nil {
		r.add(id, t.Position, cause, remedy)
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.syntax(err)
		return nil
	}
	var bodies []ast.Node
	for _, d := range file.Docs {
		if d.Body == nil {
			continue
		}
		if _, ok := d.Body.(*ast.DirectiveNode); ok {
			continue
		}
		if len(bodies) == 1 {
			r.add("several-documents", start(d.Body), "the file holds several YAML documents", "keep one, and delete the line `---` before the others")
		}
		bodies = append(bodies, d.Body)
	}
	if len(bodies) == 0 {
		return &node{at: r.place(nil)}
	}
	return r.convert(bodies[0])
}

// tooMuch returns the token at which nesting, or the number of entries of one
// block, passes its limit, with what to say of it; else nil. The parser is
// recursive in both, so this must be known before it runs.
func tooMuch(tokens token.Tokens) (t *token.Token, id, cause, remedy string) {
	type level struct{ column, entries int }
	var open []level
	flow := 0
	for _, t := range tokens {
		column := t.Position.Column
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			flow++
		case token.MappingEndType, token.SequenceEndType:
			flow--
		case token.MappingValueType, token.SequenceEntryType, token.MappingKeyType, token.TagType, token.AnchorType:
			if flow > 0 {
				continue
			}
			if key := t.Prev; t.Type == token.MappingValueType && key != nil && key.Position.Line == t.Position.Line {
				column = key.Position.Column
			}
			for len(open) > 0 && open[len(open)-1].column > column {
				open = open[:len(open)-1]
			}
			if len(open) == 0 || open[len(open)-1].column < column {
				open = append(open, level{column: column})
			}
			top := &open[len(open)-1]
			if top.entries++; top.entries > maxEntries {
				return t, "too-many-entries", fmt.Sprintf("a list or mapping has more than %d entries", maxEntries), "put figures into data files that the project names"
			}
		}
		if flow+len(open) > maxDepth {
			return t, "too-deep", fmt.Sprintf("lists and mappings are nested deeper than %d", maxDepth), "flatten the file"
		}
	}
	if len(tokens) > maxTokens {
		t := tokens[maxTokens]
		return t, "too-many-entries", fmt.Sprintf("the file has more than %d words and signs", maxTokens), "put figures into data files that the project names"
	}
	return nil, "", "", ""
}

// syntax reports a parser's error with its place.
func (r *yamlReader) syntax(err error) {
	var at *token.Position
	cause := err.Error()
	var positioned yaml.Error
	if errors.As(err, &positioned) {
		cause = positioned.GetMessage()
		if t := positioned.GetToken(); t != nil {
			at = t.Position
		}
	}
	cause, _, _ = strings.Cut(cause, "\n")
	remedy := "check quotes, brackets and indentation"
	if strings.Contains(cause, "tab") || at != nil && r.tabbed(at.Line) {
		cause, remedy = "a tab in the indentation", "indent with blanks"
	}
	if strings.Contains(cause, "mapping value is not allowed") {
		remedy = "check the indentation of this line and the next; put text that holds `: ` in quotes"
	}
	r.add("syntax", at, "not valid YAML: "+visible(cause), remedy)
}

// tabbed reports whether the indentation of a line has a tab.
func (r *yamlReader) tabbed(line int) bool {
	if line < 1 || line > len(r.lines) {
		return false
	}
	l := r.lines[line-1]
	return strings.Contains(l[:len(l)-len(strings.TrimLeft(l, " \t"))], "\t")
}

func (r *yamlReader) place(p *token.Position) mizan.Place {
	switch {
	case r.at.File != "":
		return r.at
	case p == nil:
		return mizan.Place{File: r.name, Line: 1, Column: 1}
	}
	return mizan.Place{File: r.name, Line: min(p.Line, max(len(r.lines), 1)), Column: p.Column}
}

func (r *yamlReader) add(id string, p *token.Position, cause, remedy string) {
	if len(r.problems) >= maxProblems {
		return
	}
	at := r.place(p)
	r.problems = append(r.problems, &mizan.Problem{ID: id, Place: at, Cause: cause, Remedy: remedy, Excerpt: excerpt(r.lines, at)})
}

// start is the position of the first token of a value: a block mapping begins
// at its first key.
func start(n ast.Node) *token.Position {
	for {
		switch v := n.(type) {
		case *ast.MappingNode:
			if v.IsFlowStyle || len(v.Values) == 0 {
				return position(n)
			}
			n = v.Values[0]
		case *ast.MappingValueNode:
			n = v.Key
		default:
			return position(n)
		}
	}
}

func position(n ast.Node) *token.Position {
	if n == nil || n.GetToken() == nil {
		return nil
	}
	return n.GetToken().Position
}

// convert makes a node of a parsed value; what cannot be used is reported and
// becomes nothing.
func (r *yamlReader) convert(n ast.Node) *node {
	if n == nil {
		return &node{at: r.place(nil)}
	}
	at := r.place(start(n))
	switch v := n.(type) {
	case *ast.MappingNode:
		return r.mapping(at, v.Values)
	case *ast.MappingValueNode:
		return r.mapping(at, []*ast.MappingValueNode{v})
	case *ast.SequenceNode:
		out := &node{kind: list, at: at, items: make([]*node, 0, len(v.Values))}
		for _, item := range v.Values {
			out.items = append(out.items, r.convert(item))
		}
		return out
	case *ast.LiteralNode:
		return &node{kind: text, at: at, text: v.Value.Value}
	case *ast.AnchorNode:
		r.add("yaml-anchor", position(n), "anchors (&) are not used in a project file", "write the value out where it is needed")
		return r.convert(v.Value)
	case *ast.AliasNode:
		r.add("yaml-alias", position(n), "aliases (*) are not used in a project file", "write the value out; put text that starts with * in quotes")
	case *ast.TagNode:
		r.add("yaml-tag", position(n), "tags (!) are not used in a project file", "delete the tag; put text that starts with ! in quotes")
		return r.convert(v.Value)
	case ast.ScalarNode:
		return r.scalar(at, n)
	default:
		r.add("syntax", position(n), "a form of YAML that is not used in a project file", "write plain keys and values")
	}
	return &node{kind: unread, at: at}
}

// scalar reads a word, quoted or not.
func (r *yamlReader) scalar(at mizan.Place, n ast.Node) *node {
	t := n.GetToken()
	switch t.Type {
	case token.SingleQuoteType, token.DoubleQuoteType:
		return &node{kind: text, at: at, text: t.Value}
	case token.ImplicitNullType:
		return &node{at: at}
	}
	out, finite := plainScalar(t.Value)
	if !finite {
		r.add("not-finite", t.Position, quote(t.Value)+" is not a finite number", "give a finite number, or leave it out")
		return &node{kind: unread, at: at}
	}
	out.at = at
	return out
}

// mapping converts keys and values; of a key given twice the first counts.
func (r *yamlReader) mapping(at mizan.Place, values []*ast.MappingValueNode) *node {
	out := &node{kind: mapping, at: at, entries: make([]entry, 0, len(values))}
	seen := make(map[string]int, len(values))
	for _, v := range values {
		p := position(v.Key)
		key, ok := r.key(v.Key)
		if !ok {
			continue
		}
		if line, twice := seen[key]; twice {
			cause := fmt.Sprintf("the key %s is given twice", quote(key))
			if line > 0 {
				cause += fmt.Sprintf(", first in line %d", line)
			}
			r.add("duplicate-key", p, cause, "keep one")
			continue
		}
		e := entry{key: key, at: r.place(p), value: r.convert(v.Value)}
		seen[key] = e.at.Line
		out.entries = append(out.entries, e)
	}
	return out
}

// key reads the key of a mapping: a word, quoted or not, taken as text.
func (r *yamlReader) key(k ast.MapKeyNode) (string, bool) {
	switch v := k.(type) {
	case *ast.MergeKeyNode:
		r.add("yaml-merge", position(k), "merge keys (<<) are not used in a project file", "write the keys out")
		return "", false
	case *ast.MappingKeyNode:
		if inner, ok := v.Value.(ast.MapKeyNode); ok {
			return r.key(inner)
		}
	case *ast.StringNode:
		return v.Value, true
	case ast.ScalarNode:
		if t := k.GetToken(); t != nil {
			if _, literal := k.(*ast.LiteralNode); !literal {
				return t.Value, true
			}
		}
	}
	r.add("syntax", position(k), "a key must be one word", "write the key as plain text")
	return "", false
}
