package site

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"sync"

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
	t.spoken[key] = set.Funcs(functions(l))
	return set, nil
}
