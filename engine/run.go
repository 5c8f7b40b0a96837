package engine

import (
	"errors"

	"mizan"
	"mizan/alliance"
	"mizan/audit"
	"mizan/build"
	"mizan/dataset"
	"mizan/scenario"
	"mizan/spec"
	"mizan/target"
)

// Run builds a project: it parses the file, applies the variant and then the
// edits, compiles the methods, loads the figures and computes. Problems of the
// methods, of what is said to the audit and of the data are told together.
// Errors are mizan.Problems.
func Run(in Input) (*Report, error) {
	s, err := Parse(in)
	if err != nil {
		return nil, err
	}
	plan, compileErr := build.Compile(s)
	panel, findings, loadErr := dataset.Load(s, in.Files)
	if loadErr == nil {
		loadErr = both(target.Check(s, panel.Info, panel.Origins), scenario.Check(s, panel.Info, panel.Origins))
	}
	if err := both(both(compileErr, audit.CheckSpec(s)), loadErr); err != nil {
		return nil, err
	}
	if err := alliance.Check(s, panel); err != nil {
		return nil, err
	}
	result, err := plan.Run(panel)
	if err != nil {
		return nil, err
	}
	return newReport(in, s, panel, result, append(findings, result.Findings...)), nil
}

// Parse reads the project file of an input and applies its variant and edits.
// Errors are mizan.Problems.
func Parse(in Input) (*spec.Spec, error) {
	s, err := spec.Parse(in.Name, in.Text)
	if err != nil {
		return nil, err
	}
	if in.Variant != "" {
		if s, err = s.Variant(in.Variant); err != nil {
			return nil, err
		}
	}
	if len(in.Edits) > 0 {
		return s.Apply(in.Edits...)
	}
	return s, nil
}

// both joins the problems of two steps; what is no problem goes first.
func both(a, b error) error {
	var all mizan.Problems
	for _, err := range []error{a, b} {
		var ps mizan.Problems
		switch {
		case err == nil:
		case errors.As(err, &ps):
			all = append(all, ps...)
		default:
			return err
		}
	}
	return all.OrNil()
}

// newReport puts together what Run found. Tables are those of the result.
func newReport(in Input, s *spec.Spec, panel *mizan.Panel, r *build.Result, findings []mizan.Finding) *Report {
	whole := s.Canonical()
	report := &Report{
		Format:  Format,
		Project: Project{ID: s.ID, Title: s.Title, Description: s.Description, Variant: in.Variant, Hash: spec.Hash(whole), Imprint: s.Imprint},
		Units:   panel.Info,
		Years:   r.Years,
		Nodes:   r.Nodes,
		Origins: panel.Origins,
		Scores:  r.Scores,
		Ranks:   r.Ranks,
		Stages: Stages{
			Raw: r.Raw, Denominated: r.Denominated, Imputed: r.Imputed,
			Screened: r.Screened, Treated: r.Treated, Normalised: r.Normalised,
		},
		Removed:  r.Removed,
		Findings: findings,
		Spec:     s,
		Panel:    panel,
		Result:   r,
		files:    in.Files,
		whole:    string(whole),
	}
	for _, e := range in.Edits {
		report.Project.Edits = append(report.Project.Edits, e.String())
	}
	for _, v := range s.Variants {
		report.Project.Variants = append(report.Project.Variants, Variant{Code: v.Code, Title: v.Title, Description: v.Description})
	}
	report.Indicators = indicators(s, r)
	report.markWithheld(panel)
	return report
}

func indicators(s *spec.Spec, r *build.Result) []Indicator {
	in := make(map[string]bool, len(r.Indicators))
	for _, code := range r.Indicators {
		in[code] = true
	}
	denominator := map[string]string{}
	for _, d := range s.Build.Denominate {
		denominator[d.Code] = d.By
	}
	list := make([]Indicator, len(s.Indicators))
	for i, ind := range s.Indicators {
		list[i] = Indicator{
			Code: ind.Code, Name: ind.Name, Description: ind.Description, Measure: ind.Measure,
			Direction: ind.Direction, Denominator: denominator[ind.Code], InFramework: in[ind.Code],
		}
	}
	return list
}
