package api

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"mizan/spec"

	"github.com/danielgtaylor/huma/v2"
)

// docsPage is made of the API's own description, so that it can say nothing else.
// It loads nothing from elsewhere but the site's style.
var docsPage = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("docs").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API of {{.Title}}</title>
<link rel="stylesheet" href="/static/style.css">
</head>
<body>
<main class="wide">
<h1>API of {{.Title}}</h1>
<p>{{.About}}</p>
{{with .By}}<p>{{.}}</p>{{end}}
<p>Described as OpenAPI 3.1 in <a href="{{.Base}}/openapi.json">openapi.json</a> and
<a href="{{.Base}}/openapi.yaml">openapi.yaml</a>. Every answer has an ETag: send it back as
If-None-Match and you get 304 while nothing has changed. Long lists come in pages; the header
Link leads to the next. Errors are problem documents (RFC 9457) that name everything that is wrong.
Pages of other sites may read it. Assistants ask the same by the Model Context Protocol, at
<code>/mcp</code> or with <code>mizan mcp</code>.</p>
{{range .Operations}}
<section id="{{.ID}}">
<h2>{{.Summary}}</h2>
<p><code>GET {{.Path}}</code></p>
<p>{{.About}}</p>
{{if .Example}}<pre><code>curl '{{$.Host}}{{.Example}}'</code></pre>
<p><a href="{{.Example}}">{{.Example}}</a></p>{{end}}
{{if .Parameters}}<table>
<thead><tr><th scope="col">Parameter</th><th scope="col">Where</th><th scope="col">What</th></tr></thead>
<tbody>{{range .Parameters}}
<tr><td><code>{{.Name}}</code></td><td>{{.In}}</td><td>{{.About}}{{if .Default}} Default: {{.Default}}.{{end}}</td></tr>{{end}}
</tbody></table>{{end}}
<p>Answers: {{range $i, $a := .Answers}}{{if $i}}, {{end}}{{$a}}{{end}}</p>
</section>
{{end}}
</main>
</body>
</html>
`))
})

type docsView struct {
	Title, About, Base, Host string
	By                       string // who publishes the index, under which licence
	Operations               []docsOperation
}

type docsOperation struct {
	ID, Summary, Path, About, Example string
	Parameters                        []docsParameter
	Answers                           []string
}

type docsParameter struct{ Name, In, About, Default string }

// docs answers with the page.
func (h *handler) docs(w http.ResponseWriter, r *http.Request) {
	doc := h.api.OpenAPI()
	host := "http://" + r.Host
	v := docsView{Title: doc.Info.Title, About: doc.Info.Description, Base: Base, Host: host}
	if report, err := h.Report(""); err == nil {
		v.Title = cmp.Or(report.Project.Title.In("en"), report.Project.ID)
		v.By = credit(&report.Project.Imprint)
		unit, code := "", ""
		if len(report.Units) > 0 {
			unit = report.Units[0].Code
		}
		if len(report.Result.Indicators) > 0 {
			code = report.Result.Indicators[0]
		}
		v.Operations = operations(doc, strings.NewReplacer("{unit}", unit, "{code}", code, "{table}", "results"))
	} else {
		v.Operations = operations(doc, nil)
	}
	var b bytes.Buffer
	if err := docsPage().Execute(&b, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes()) // who asked may have gone
}

// credit says who publishes an index, or else who made it, and under which licence.
func credit(i *spec.Imprint) string {
	text := cmp.Or(i.Publisher.Name.In("en"), strings.Join(i.Names("en"), ", "))
	if i.Licence == "" {
		return text
	}
	return strings.TrimPrefix(text+". Scores and texts: "+i.Licence, ". ")
}

// operations lists what the API answers, in the order of paths.
func operations(doc *huma.OpenAPI, example *strings.Replacer) []docsOperation {
	var list []docsOperation
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		op := doc.Paths[path].Get
		if op == nil {
			continue
		}
		d := docsOperation{ID: op.OperationID, Summary: op.Summary, Path: path, About: op.Description, Answers: slices.Sorted(maps.Keys(op.Responses))}
		if example != nil {
			d.Example = example.Replace(path)
		}
		for _, p := range op.Parameters {
			def := ""
			if p.Schema != nil && p.Schema.Default != nil {
				def = fmt.Sprint(p.Schema.Default)
			}
			d.Parameters = append(d.Parameters, docsParameter{p.Name, p.In, p.Description, def})
		}
		list = append(list, d)
	}
	return list
}
