package site

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"mizan/internal/site/language"
)

//go:embed templates
var templateFiles embed.FS

// templates are the pages as templates, in each language once it is spoken.
type templates struct {
	parsed map[string]*template.Template // as written; never executed, so that they can be copied

	mu     sync.Mutex
	spoken map[string]*template.Template
}

// parseTemplates makes one template set per page: the layout, the shared
// parts, and the page.
func parseTemplates() (*templates, error) {
	shared, err := template.New("").Funcs(functions(nil)).
		ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", "templates/drivers.html", "templates/figure.html", "templates/world.html", "templates/ladder.html", "templates/sketch.html",
			"templates/publish.html")
	if err != nil {
		return nil, err
	}
	names := map[string]bool{"problems": true}
	for _, p := range pages {
		names[p.template] = true
	}
	all := &templates{parsed: map[string]*template.Template{}, spoken: map[string]*template.Template{}}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		set, err := shared.Clone()
		if err != nil {
			return nil, err
		}
		if all.parsed[name], err = set.ParseFS(templateFiles, "templates/"+name+".html"); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// functions are what templates can call; in the language l, which is nil while
// they are only parsed.
func functions(l *language.Language) template.FuncMap {
	return template.FuncMap{
		"t":       l.T,     // a message: its key, then pairs of name and value
		"rich":    l.Rich,  // a message with tags in its text
		"n":       l.Count, // a whole number
		"date":    l.Date,
		"apart":   l.Apart,
		"said":    l.Told,           // a sentence of the engine in the language of the page, or marked as English
		"formula": language.Formula, // one of the register of methods
		"code":    language.Quoted,  // a sentence of the engine, with what stands between backticks as code
	}
}

// execute fills the template of a page in the language of its frame.
func (t *templates) execute(w io.Writer, name string, f *frame) error {
	set, err := t.in(name, f.visit.Language)
	if err != nil {
		return err
	}
	if err := f.introduce(set, name); err != nil {
		return err
	}
	return set.ExecuteTemplate(w, "layout", f)
}

// in gives the template of a page in a language.
func (t *templates) in(name string, l *language.Language) (*template.Template, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := l.Code + "/" + name
	if set := t.spoken[key]; set != nil {
		return set, nil
	}
	parsed := t.parsed[name]
	if parsed == nil {
		return nil, fmt.Errorf("there is no template %q", name)
	}
	set, err := parsed.Clone()
	if err != nil {
		return nil, err
	}
	set.Funcs(functions(l))
	for _, part := range set.Templates() {
		if part.Tree != nil {
			speakOut(part.Tree.Root, l)
		}
	}
	t.spoken[key] = set
	return set, nil
}

// speakOut puts messages without gaps into a template as its text: they are the
// same each time, and a page has thousands.
func speakOut(n parse.Node, l *language.Language) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for i, node := range n.Nodes {
			if text, ok := plainly(node, l); ok {
				n.Nodes[i] = text
			} else {
				speakOut(node, l)
			}
		}
	case *parse.IfNode:
		speakOut(n.List, l)
		speakOut(n.ElseList, l)
	case *parse.WithNode:
		speakOut(n.List, l)
		speakOut(n.ElseList, l)
	case *parse.RangeNode:
		speakOut(n.List, l)
		speakOut(n.ElseList, l)
	}
}

// plainly is the text of a node {{t "key"}}, escaped as the template would: such a
// node stands in text or between the quotes of an attribute that is no address.
func plainly(n parse.Node, l *language.Language) (*parse.TextNode, bool) {
	action, ok := n.(*parse.ActionNode)
	if !ok || len(action.Pipe.Decl) > 0 || len(action.Pipe.Cmds) != 1 || len(action.Pipe.Cmds[0].Args) != 2 {
		return nil, false
	}
	name, called := action.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	key, given := action.Pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !called || !given || name.Ident != "t" {
		return nil, false
	}
	text := strings.ReplaceAll(template.HTMLEscapeString(l.T(key.Text)), "+", "&#43;")
	return &parse.TextNode{NodeType: parse.NodeText, Pos: action.Pos, Text: []byte(text)}, true
}
