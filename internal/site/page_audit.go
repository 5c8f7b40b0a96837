package site

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strconv"
	"sync"

	"mizan"
	"mizan/audit"
	"mizan/internal/site/language"
)

// audits are what an auditor says of each year of a book: made once, when first
// asked for.
type audits struct {
	mu   sync.Mutex
	done map[int]*audited
}

type audited struct {
	result *audit.Result
	err    error
}

// audited is the audit of the year shown.
func (c *visit) audited() (*audit.Result, error) {
	s := &c.book.audits
	s.mu.Lock()
	defer s.mu.Unlock()
	year := c.yearNumber()
	if s.done[year] == nil {
		if s.done == nil {
			s.done = map[int]*audited{}
		}
		r, err := c.book.Audit(audit.Options{Year: year})
		s.done[year] = &audited{r, err}
	}
	return s.done[year].result, s.done[year].err
}

// auditView is the page of what a statistical reviewer would ask.
type auditView struct {
	Problem  string // why there is no audit
	Command  string
	Ranked   int
	Summary  audit.Summary
	Parts    []auditPart
	Open     []auditKind // findings that nobody answers, the gravest first
	Answered []auditKind
	Heat     *correlations
	Influence,
	Without *framedBars
	Left       *leftTable
	Added      []addedRow
	Means      []meansRow
	Frontier   []link // units that no other surpasses under their own weights
	FrontierIs string
	Shapes     []shapeRow
	Limits     []limitRow
}

// auditPart is a part of the audit with its checks.
type auditPart struct {
	Title  string
	Checks []auditCheck
}

// auditCheck is a question with its answer.
type auditCheck struct {
	Title, Rule, Note, Source string
	Verdict, Grade            string // as the engine has it, and in words
	Looked, Open, Answered    int
}

// auditKind is the findings of one kind with one answer.
type auditKind struct {
	ID, Title, Severity, Grade string
	Remedy, Reason             string
	Messages                   []template.HTML
}

type limitRow struct {
	Name, Summary, Value string
	Own                  bool // set by the project
}

func auditPage(c *visit) (any, error) {
	v := &auditView{Command: "mizan audit" + c.arguments()}
	r, err := c.audited()
	if err != nil {
		v.Problem = firstLine(err)
		return v, nil
	}
	v.Ranked, v.Summary = r.Ranked, r.Summary
	c.addChecks(v, r)
	v.Heat = c.correlations()
	v.Influence, v.Without = c.influence(r), c.withoutChart(r)
	v.Left = c.leftTable(r)
	c.addMeans(v, r)
	v.Shapes = c.shapes(r)
	for _, t := range r.Thresholds {
		v.Limits = append(v.Limits, limitRow{Name: t.Name, Summary: t.Summary, Value: c.Figure(t.Value), Own: t.Value != t.Default})
	}
	return v, nil
}

// addChecks fills the list of checks and that of findings.
func (c *visit) addChecks(v *auditView, r *audit.Result) {
	for i := range r.Checks {
		check := &r.Checks[i]
		row := auditCheck{
			Title: c.auditWord("check", check.ID, check.Title), Rule: check.Rule, Note: check.Note, Source: check.Source,
			Verdict: string(check.Verdict), Grade: c.Word("audit.verdict", string(check.Verdict)), Looked: check.Looked,
		}
		for k := range check.Findings {
			f := &check.Findings[k]
			if f.Answer == "" {
				if f.Severity != mizan.Info {
					row.Open++
				}
				v.Open = c.gather(v.Open, f)
			} else {
				row.Answered++
				v.Answered = c.gather(v.Answered, f)
			}
		}
		title := c.Word("audit.part", language.Slug(check.Part))
		if n := len(v.Parts); n == 0 || v.Parts[n-1].Title != title {
			v.Parts = append(v.Parts, auditPart{Title: title})
		}
		part := &v.Parts[len(v.Parts)-1]
		part.Checks = append(part.Checks, row)
	}
	for _, list := range [][]auditKind{v.Open, v.Answered} {
		slices.SortStableFunc(list, func(a, b auditKind) int {
			return cmp.Compare(gravity[mizan.Severity(a.Severity)], gravity[mizan.Severity(b.Severity)])
		})
	}
}

// gravity orders findings, the gravest first.
var gravity = map[mizan.Severity]int{mizan.Fail: 0, mizan.Warn: 1, mizan.Info: 2}

// gather adds a finding to those of its kind and answer.
func (c *visit) gather(list []auditKind, f *audit.Finding) []auditKind {
	at := slices.IndexFunc(list, func(k auditKind) bool { return k.ID == f.ID && k.Reason == f.Answer })
	if at < 0 {
		at = len(list)
		list = append(list, auditKind{
			ID: f.ID, Title: c.auditWord("kind", f.ID, f.ID), Severity: string(f.Severity), Grade: c.Word("severity", string(f.Severity)),
			Remedy: f.Remedy, Reason: f.Answer,
		})
	}
	list[at].Messages = append(list[at].Messages, c.auditFinding(f))
	return list
}

// auditWord is what one of the audit's own things is called in the language of
// the page; one that no message knows stands as the engine has it.
func (c *visit) auditWord(set, id, fallback string) string {
	if key := "audit." + set + "." + id; c.Has(key) {
		return c.T(key)
	}
	return fallback
}

// auditFinding says what a finding found, with the names of the page in place
// of codes; one of an unknown kind stands as the engine says it.
func (c *visit) auditFinding(f *audit.Finding) template.HTML {
	key := "audit.find." + f.ID
	if !c.Has(key) {
		return c.Told(f.Message)
	}
	v := float64(f.Figure)
	unit := f.Unit
	if u, ok := c.book.units[f.Unit]; ok {
		unit = c.unitName(u)
	}
	n := 0
	if !math.IsNaN(v) {
		n = int(v)
	}
	return language.Marked(c.T(key, "code", c.label(f.Code), "with", c.label(f.With), "unit", unit, "n", n, "share", c.Percent(v, 0),
		"figure", c.Fixed(v, 2), "year", strconv.Itoa(c.yearNumber())), true)
}
