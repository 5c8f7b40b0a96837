package site

import (
	"embed"
	"html/template"
	"maps"
	"slices"
)

//go:embed templates
var templateFiles embed.FS

// parseTemplates makes one template set per page: the layout, the shared
// parts, and the page.
func parseTemplates(assets map[string]asset) (map[string]*template.Template, error) {
	shared, err := template.New("").Funcs(template.FuncMap{
		"asset": func(name string) string { return "/static/" + name + "?v=" + assets[name].tag },
	}).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", "templates/drivers.html", "templates/figure.html")
	if err != nil {
		return nil, err
	}
	names := map[string]bool{"problems": true}
	for _, p := range pages {
		names[p.template] = true
	}
	sets := map[string]*template.Template{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		set, err := shared.Clone()
		if err != nil {
			return nil, err
		}
		if sets[name], err = set.ParseFS(templateFiles, "templates/"+name+".html"); err != nil {
			return nil, err
		}
	}
	return sets, nil
}
