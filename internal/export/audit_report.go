// Package export writes what the engine found as files for people and for
// other programs.
package export

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"
	"sync"

	"mizan"
	"mizan/audit"
	"mizan/engine"
)

//go:embed templates
var templates embed.FS

// auditTemplate is the template of the report, parsed when the first is
// written; what it writes is escaped by where it stands.
var auditTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("audit.html").Funcs(functions).ParseFS(templates, "templates/*.html"))
})

var functions = template.FuncMap{
	"correlation": func(v any) string { return correlation(value(v)) },
	"percent":     func(v any) string { return percent(value(v)) },
	"probability": func(v any) string { return probability(value(v)) },
	"number":      func(v any) string { return number(value(v), 5) },
	"brief":       func(v any) string { return brief(value(v)) },
	"marked":      marked,
	"fixed":       func(digits int, v any) string { return fixed(value(v), digits) },
	"whole":       func(v any) string { return fixed(value(v), 0) },
	"at":          func(list mizan.Column, i int) float64 { return list[i] },
}

func value(v any) float64 {
	switch x := v.(type) {
	case mizan.Number:
		return float64(x)
	case float64:
		return x
	case int:
		return float64(x)
	}
	return math.NaN()
}

// marked sets what stands between backticks as code.
func marked(text string) template.HTML {
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			b.WriteString("<code>" + template.HTMLEscapeString(part) + "</code>")
		} else {
			b.WriteString(template.HTMLEscapeString(part))
		}
	}
	return template.HTML(b.String())
}

// Bounds of pictures that grow with the index: beyond, only what the audit
// speaks of is drawn.
const (
	mostCells      = 6000
	mostHistograms = 80
)

// auditPage is what the template is told.
type auditPage struct {
	Report  *engine.Report
	Audit   *audit.Result
	Style   template.CSS
	Lang    string
	Title   string
	Edits   []string
	Parts   []auditPart
	Limits  map[string]float64
	Changed int // limits that the project sets

	GroupMaps, Screes, Histograms          []*drawing
	Across, Boxes, Means, LeftOut, Weights *drawing
	BestCase                               *drawing
	Frontier                               []frontierRow
	Names                                  map[string]string
	Units                                  map[string]string
}

// auditPart is the checks of one part of the audit.
type auditPart struct {
	Name   string
	Checks []auditCheck
}

// auditCheck is a check with its findings by kind.
type auditCheck struct {
	*audit.Check
	Kinds    []auditKind
	Answered int
}

// auditKind is the findings of one kind; the remedy is that of the kind.
type auditKind struct {
	ID, Severity, Remedy string
	Open, Answered       []audit.Finding
}

// AuditHTML writes an audit as a report for a reviewer to sign: one page with
// figures that loads nothing and runs nothing, made to be printed. Names are in
// lang. The report must be that of the build that was audited. Errors are those
// of w.
func AuditHTML(w io.Writer, r *engine.Report, a *audit.Result, lang string) error {
	style, err := templates.ReadFile("templates/audit.css")
	if err != nil {
		return err
	}
	p := &auditPage{
		Report: r, Audit: a, Style: template.CSS(style), Lang: lang, Title: cmp.Or(r.Project.Title.In(lang), r.Project.ID),
		Edits: r.Project.Edits, Limits: map[string]float64{}, Names: map[string]string{}, Units: map[string]string{},
	}
	for _, n := range r.Nodes {
		p.Names[n.Code] = n.Name.In(lang)
	}
	for _, i := range r.Indicators {
		if p.Names[i.Code] == "" {
			p.Names[i.Code] = i.Name.In(lang)
		}
	}
	for _, u := range r.Units {
		p.Units[u.Code] = u.Name.In(lang)
	}
	for _, t := range a.Thresholds {
		p.Limits[t.Name] = t.Value
		if t.Value != t.Default {
			p.Changed++
		}
	}
	p.parts()
	p.draw()
	return auditTemplate().ExecuteTemplate(w, "audit.html", p)
}

// parts gathers the checks by part and the findings by kind.
func (p *auditPage) parts() {
	for i := range p.Audit.Checks {
		c := &p.Audit.Checks[i]
		if n := len(p.Parts); n == 0 || p.Parts[n-1].Name != c.Part {
			p.Parts = append(p.Parts, auditPart{Name: c.Part})
		}
		part := &p.Parts[len(p.Parts)-1]
		one := auditCheck{Check: c, Kinds: kindsOf(c.Findings)}
		for _, k := range one.Kinds {
			one.Answered += len(k.Answered)
		}
		part.Checks = append(part.Checks, one)
	}
}

func kindsOf(findings []audit.Finding) []auditKind {
	var list []auditKind
	for _, f := range findings {
		i := slices.IndexFunc(list, func(k auditKind) bool { return k.ID == f.ID })
		if i < 0 {
			i = len(list)
			list = append(list, auditKind{ID: f.ID, Severity: string(f.Severity), Remedy: f.Remedy})
		}
		if f.Answer == "" {
			list[i].Open = append(list[i].Open, f)
		} else {
			list[i].Answered = append(list[i].Answered, f)
		}
	}
	return list
}

// draw makes the figures.
func (p *auditPage) draw() {
	a := p.Audit
	for _, g := range a.Groups {
		if len(g.Children) > 1 {
			p.GroupMaps = append(p.GroupMaps, groupMap(g))
		}
		if len(g.Eigenvalues) > 0 {
			p.Screes = append(p.Screes, scree(g, p.Limits["max_second_eigenvalue"]))
		}
	}
	if x := a.Across; len(x.Nodes)*len(x.Aggregates) <= mostCells {
		p.Across = heatMap("Correlations of every indicator and aggregate with every aggregate", x.Nodes, x.Aggregates, func(i, j int) float64 { return x.R[i][j] })
	}
	p.drawSpreads()
	if len(a.Importance) > 0 {
		p.Weights = weightsPlot(a.Importance)
	}
	p.drawShifts()
	p.frontier()
}

// drawSpreads makes box plots and histograms.
func (p *auditPage) drawSpreads() {
	y := slices.Index(p.Report.Years, p.Audit.Year)
	if y < 0 {
		return
	}
	gone := map[string]bool{}
	for _, g := range p.Report.Removed {
		gone[g.Unit] = gone[g.Unit] || g.Year == p.Audit.Year
	}
	var codes []string
	var columns [][]float64
	for c, s := range p.Audit.Statistics {
		codes = append(codes, s.Code)
		columns = append(columns, p.Report.Stages.Normalised.Column(y, c))
		if len(p.Audit.Statistics) > mostHistograms && !s.Outlier {
			continue
		}
		x := slices.Clone(p.Report.Stages.Treated.Column(y, c))
		for u, code := range p.Audit.Units {
			if gone[code] {
				x[u] = math.NaN()
			}
		}
		if h := histogram(s.Code, x, s.Outlier); h != nil {
			p.Histograms = append(p.Histograms, h)
		}
	}
	p.Boxes = boxes(codes, columns, p.Audit.Units)
}

// drawShifts makes the plots of ranks.
func (p *auditPage) drawShifts() {
	a := p.Audit
	y := slices.Index(p.Report.Years, a.Year)
	for _, c := range a.Compensability {
		if c.Levels != "top" || len(c.Ranks) == 0 || y < 0 {
			continue
		}
		p.Means = shiftPlot("Ranks with the arithmetic and with the geometric mean of the pillars", "rank, arithmetic mean", "rank, geometric mean", c.Base, c.Ranks, a.Units)
	}
	list := slices.Clone(a.LeaveOneOut)
	list = slices.DeleteFunc(list, func(l audit.LeftOut) bool { return l.Note != "" })
	slices.SortStableFunc(list, func(x, y audit.LeftOut) int { return cmp.Compare(y.Mean, x.Mean) })
	list = list[:min(len(list), mostHistograms)]
	codes, values := make([]string, len(list)), make([]float64, len(list))
	for i, l := range list {
		codes[i], values[i] = l.Code, float64(l.Mean)
	}
	if len(list) > 0 {
		p.LeftOut = bars("Mean change of rank without each component", codes, values, p.Limits["max_mean_shift"]*float64(a.Ranked))
	}
}

// Name is the name of a code, with the code.
func (p *auditPage) Name(code string) string {
	if n := p.Names[code]; n != "" && n != code {
		return fmt.Sprintf("%s (%s)", n, code)
	}
	return code
}

// Unit is the name of a unit, with its code.
func (p *auditPage) Unit(code string) string {
	if n := p.Units[code]; n != "" && n != code {
		return fmt.Sprintf("%s (%s)", n, code)
	}
	return code
}

// FirstShare is the part of the variance that a group's first component holds.
func (p *auditPage) FirstShare(g audit.Group) string {
	return percent(g.Eigenvalues[0] / float64(len(g.Eigenvalues)))
}

// Zeros is how many raw figures of an indicator are zero.
func (p *auditPage) Zeros(s audit.Statistics) int { return s.Raw.Available - s.Raw.NonZero }

// Effective writes a weight in the whole, with a decimal because it is small.
func (p *auditPage) Effective(v float64) string { return fixed(100*v, 1) + " %" }
