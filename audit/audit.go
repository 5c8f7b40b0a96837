// Package audit asks of a finished index what a statistical reviewer would:
// are the data full and sound, does the framework hold together, do weights
// and means do what they are meant to, how far do the ranks hang on single
// choices. Each check has a rule with its limits, a verdict, and findings that
// say what was found and what can be done about it; a project can answer a
// finding with a reason.
//
// The checks follow the Handbook on Constructing Composite Indicators
// (OECD/JRC, 2008) and the statistical audits that the Joint Research Centre
// writes for published indices.
package audit

import (
	"fmt"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// Format is the version of the document of a Result.
const Format = 1

// Options say how to audit.
type Options struct {
	// Year is the year that is looked at; 0 is the latest of the panel.
	Year int
}

// Verdict is the outcome of a check.
type Verdict string

// The verdicts. None is that of a check that had nothing to look at.
const (
	Pass    Verdict = "pass"
	Warning Verdict = "warn"
	Failed  Verdict = "fail"
	None    Verdict = "none"
)

// Result is an audit. As JSON it is stable: keys and rows in a fixed order,
// missing as null.
type Result struct {
	Format     int         `json:"format"`
	ID         string      `json:"id"`   // of the project
	Hash       string      `json:"hash"` // of the project as it was built
	Year       int         `json:"year"`
	Units      []string    `json:"units"`  // all, in order; columns of ranks are parallel to it
	Ranked     int         `json:"ranked"` // units with a rank in the year
	Summary    Summary     `json:"summary"`
	Thresholds []Threshold `json:"thresholds"`
	Checks     []Check     `json:"checks"`

	Nodes          []build.Node      `json:"nodes"` // with effective weights
	Statistics     []Statistics      `json:"statistics"`
	Availability   []Availability    `json:"availability"`
	Size           []SizeCorrelation `json:"size"`
	Groups         []Group           `json:"groups"`
	Across         Across            `json:"across"`
	Importance     []Importance      `json:"importance"`
	AddedValue     []AddedValue      `json:"added_value"`
	Compensability []Comparison      `json:"compensability"`
	Frontier       *Frontier         `json:"frontier"` // nil if it is left out
	LeaveOneOut    []LeftOut         `json:"leave_one_out"`
	Trends         *Trends           `json:"trends,omitempty"` // nil for one year
}

// Summary counts the checks by verdict, and the findings.
type Summary struct {
	Pass     int `json:"pass"`
	Warn     int `json:"warn"`
	Fail     int `json:"fail"`
	None     int `json:"none"`
	Findings int `json:"findings"` // that weigh
	Answered int `json:"answered"` // silenced by the project, with a reason
	Remarks  int `json:"remarks"`  // that do not weigh
}

// Check is one question with its verdict: that of the gravest finding that is
// not answered.
type Check struct {
	ID       string    `json:"id"`
	Part     string    `json:"part"`  // the part of the audit it belongs to
	Title    string    `json:"title"` // the question
	Rule     string    `json:"rule"`  // with its limits
	Source   string    `json:"source"`
	Verdict  Verdict   `json:"verdict"`
	Looked   int       `json:"looked"`         // how many things were looked at
	Note     string    `json:"note,omitempty"` // what was assumed, or why nothing was looked at
	Findings []Finding `json:"findings"`
}

// Finding is what a check has to say of one thing.
type Finding struct {
	mizan.Finding
	// With is the other code of a pair.
	With string `json:"with,omitempty"`
	// Figure is what the rule was held against.
	Figure mizan.Number `json:"figure"`
	// Answer is the reason for which the project silences the finding.
	Answer string `json:"answer,omitempty"`
}

// Run audits a result of a spec and a panel. Errors are mizan.Problems: names
// in the project's `audit` that do not exist, a year that the result lacks, a
// framework whose units have no scores.
func Run(s *spec.Spec, panel *mizan.Panel, result *build.Result, options Options) (*Result, error) {
	limits, err := resolve(s)
	if err != nil {
		return nil, err
	}
	a, err := newAuditor(s, panel, result, options, limits)
	if err != nil {
		return nil, err
	}
	for _, c := range checks() {
		a.check = a.open(c)
		c.run(a)
	}
	a.answer()
	a.sum()
	return a.out, nil
}

// CheckSpec tells of names in a project's `audit` that do not exist: thresholds,
// and IDs of findings. It returns mizan.Problems.
func CheckSpec(s *spec.Spec) error {
	_, err := resolve(s)
	return err
}

// Findings are the findings that are not answered, the gravest first.
func (r *Result) Findings() []Finding {
	var list []Finding
	for _, c := range r.Checks {
		for _, f := range c.Findings {
			if f.Answer == "" {
				list = append(list, f)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Finding) int { return gravity(b.Severity) - gravity(a.Severity) })
	return list
}

func gravity(s mizan.Severity) int {
	return slices.Index([]mizan.Severity{mizan.Info, mizan.Warn, mizan.Fail}, s)
}

// open begins a check.
func (a *auditor) open(c check) *Check {
	a.out.Checks = append(a.out.Checks, Check{ID: c.id, Part: c.part, Title: c.title, Rule: c.rule(a), Source: c.source, Findings: []Finding{}})
	return &a.out.Checks[len(a.out.Checks)-1]
}

// about is what a finding is about.
type about struct {
	unit, code, with string
	year             int
	figure           float64
}

// find adds a finding of a kind, with the remedy of the kind.
func (a *auditor) find(id string, of about, format string, args ...any) {
	k := kindOf(id)
	f := Finding{Finding: mizan.Finding{
		ID: id, Severity: k.severity, Message: fmt.Sprintf(format, args...), Remedy: k.remedy,
		Unit: of.unit, Code: of.code, Year: of.year,
	}, With: of.with, Figure: mizan.Number(of.figure)}
	a.check.Findings = append(a.check.Findings, f)
}

// answer marks the findings that the project silences, and tells of answers
// that fit nothing.
func (a *auditor) answer() {
	list := answersOf(a.spec)
	for i := range a.out.Checks {
		for j := range a.out.Checks[i].Findings {
			f := &a.out.Checks[i].Findings[j]
			for k := range list {
				if list[k].fits(f, a.out.Year) {
					list[k].used = true
					if f.Answer == "" {
						f.Answer = list[k].Reason
					}
				}
			}
		}
	}
	a.check = a.open(answers)
	a.check.Looked = len(list)
	for _, s := range list {
		if s.used {
			continue
		}
		a.find("unused-answer", about{unit: s.Unit, code: s.code, with: s.With, figure: float64(s.at)}, "the answer to %s%s fits no finding", s.Finding, s.whom())
		a.check.Findings[len(a.check.Findings)-1].Place = a.spec.Place(fmt.Sprintf("audit.silence.%d", s.at))
	}
}

// reply is the answer of a project to the findings about one code, or about
// any ("").
type reply struct {
	spec.Silence
	at   int // position in the project
	code string
	used bool
}

func answersOf(s *spec.Spec) []reply {
	var list []reply
	for i, one := range s.Audit.Silence {
		if len(one.Code) == 0 {
			list = append(list, reply{Silence: one, at: i})
		}
		for _, code := range one.Code {
			list = append(list, reply{Silence: one, at: i, code: code})
		}
	}
	return list
}

func (s reply) whom() string {
	parts := slices.DeleteFunc([]string{s.code, s.With, s.Unit}, func(p string) bool { return p == "" })
	if len(parts) == 0 {
		return ""
	}
	return " of " + strings.Join(parts, ", ")
}

// fits reports whether an answer is about a finding. The codes of a pair may
// stand in either order.
func (s reply) fits(f *Finding, year int) bool {
	at := f.Year
	if at == 0 {
		at = year
	}
	switch {
	case s.Finding != f.ID, s.Unit != "" && s.Unit != f.Unit, s.Year != 0 && s.Year != at:
		return false
	case s.With != "":
		return s.code == f.Code && s.With == f.With || s.code == f.With && s.With == f.Code
	}
	return s.code == "" || s.code == f.Code || s.code == f.With
}

// sum gives the verdicts and counts them.
func (a *auditor) sum() {
	s := &a.out.Summary
	for i := range a.out.Checks {
		c := &a.out.Checks[i]
		c.Verdict = Pass
		if c.Looked == 0 {
			c.Verdict = None
		}
		for _, f := range c.Findings {
			switch {
			case f.Severity == mizan.Info:
				s.Remarks++
				continue
			case f.Answer != "":
				s.Answered++
				continue
			}
			s.Findings++
			if f.Severity == mizan.Fail {
				c.Verdict = Failed
			} else if c.Verdict != Failed {
				c.Verdict = Warning
			}
		}
		switch c.Verdict {
		case Pass:
			s.Pass++
		case Warning:
			s.Warn++
		case Failed:
			s.Fail++
		default:
			s.None++
		}
	}
}
