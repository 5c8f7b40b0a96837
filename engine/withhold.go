package engine

import (
	"fmt"
	"maps"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// Withheld says who has the figures of a series that others may not publish.
type Withheld struct {
	Publisher string `json:"publisher,omitempty"`
	Title     string `json:"title,omitempty"`
	Licence   string `json:"licence,omitempty"`
	URL       string `json:"url,omitempty"`
}

// markWithheld notes at each indicator that may not be published again who has its
// figures: one that says so itself, and one of which any figure is of an origin that
// says so.
func (r *Report) markWithheld(panels ...*mizan.Panel) {
	if !r.mayWithhold(panels) {
		return // every figure would be asked for its origin
	}
	for i := range r.Indicators {
		ind := &r.Indicators[i]
		var at *mizan.Origin
		for _, p := range panels {
			at = orOrigin(at, withholding(p, ind.Code))
		}
		if own := r.Spec.Indicators[i].Redistribute; own == "yes" || own == "" && (at == nil || !at.NoRedistribution) {
			continue
		}
		ind.Withheld = &Withheld{}
		if at != nil {
			ind.Withheld = &Withheld{Publisher: at.Publisher, Title: at.Title, Licence: at.Licence, URL: at.URL}
		}
	}
}

// mayWithhold reports whether an indicator or an origin says that its figures may not
// be published again.
func (r *Report) mayWithhold(panels []*mizan.Panel) bool {
	closed := func(o mizan.Origin) bool { return o.NoRedistribution }
	return slices.ContainsFunc(r.Spec.Indicators, func(i spec.Indicator) bool { return i.Redistribute == "no" }) ||
		slices.ContainsFunc(panels, func(p *mizan.Panel) bool { return slices.ContainsFunc(p.Origins, closed) })
}

func orOrigin(a, b *mizan.Origin) *mizan.Origin {
	if a == nil || b != nil && b.NoRedistribution && !a.NoRedistribution {
		return b
	}
	return a
}

// withholding is the origin of a series that does not let it be published, else the
// first that it has; nil if it has none.
func withholding(p *mizan.Panel, code string) *mizan.Origin {
	c := p.Code(code)
	if c < 0 {
		return nil
	}
	seen := map[uint16]bool{}
	for y := range p.Years {
		for u := range p.Units {
			if o := p.Cell(y, c, u).Origin; o > 0 {
				seen[o] = true
			}
		}
	}
	var first *mizan.Origin
	for _, o := range slices.Sorted(maps.Keys(seen)) {
		first = orOrigin(first, &p.Origins[o])
	}
	return first
}

// inside is the report that analyses compute on: the one that was built.
func (r *Report) inside() *Report {
	if r.full != nil {
		return r.full
	}
	return r
}

// hidden are the series whose figures this report withholds; nil if it withholds none.
func (r *Report) hidden() map[string]bool {
	if r.full == nil {
		return nil
	}
	codes := map[string]bool{}
	for _, i := range r.Indicators {
		if i.Withheld != nil {
			codes[i.Code] = true
		}
	}
	return codes
}

// derived are the withheld series and those that are divided or multiplied by one.
func (r *Report) derived() map[string]bool {
	codes := r.hidden()
	for _, i := range r.Indicators {
		if codes[i.Denominator] {
			codes[i.Code] = true
		}
	}
	return codes
}

// Withholds lists the series whose figures the report does not show, in the order of
// the project; none unless Public made it.
func (r *Report) Withholds() []Indicator {
	if r.full == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.Indicators), func(i Indicator) bool { return i.Withheld == nil })
}

// Public is the report as it may be published: without the figures of series whose
// licence does not let them be published again, and without what they could be
// reckoned back from. Scores, ranks and everything that is made of them stay, for
// analyses compute on what was built. Where nothing has to be withheld it is the
// report itself. Errors are those of History.
func (r *Report) Public() (*Report, error) {
	if r.full != nil || r.Result == nil || r.Panel == nil || r.Spec == nil {
		return r, nil
	}
	if slices.ContainsFunc(r.Origins, func(o mizan.Origin) bool { return o.NoRedistribution }) {
		// Figures of other years may be of other origins.
		past, err := r.History()
		if err != nil {
			return nil, err
		}
		r.markWithheld(r.Panel, past)
	}
	if !slices.ContainsFunc(r.Indicators, func(i Indicator) bool { return i.Withheld != nil }) {
		return r, nil
	}
	out := &Report{
		Format: r.Format, Project: r.Project, Units: r.Units, Years: r.Years, Nodes: r.Nodes, Indicators: r.Indicators, Origins: r.Origins,
		Scores: r.Scores, Ranks: r.Ranks, Removed: r.Removed,
		Uncertainty: r.Uncertainty, Drivers: r.Drivers, Networks: r.Networks, Dependences: r.Dependences, Tried: r.Tried,
		full: r, files: r.files,
	}
	codes := out.hidden()
	out.Panel, out.Result = build.BlankPanel(r.Panel, codes), r.Result.Withhold(codes)
	out.Stages = Stages{
		Raw: out.Result.Raw, Denominated: out.Result.Denominated, Imputed: out.Result.Imputed,
		Screened: out.Result.Screened, Treated: out.Result.Treated, Normalised: out.Result.Normalised,
	}
	s := *r.Spec
	s.Figures = slices.DeleteFunc(slices.Clone(s.Figures), func(f spec.Figure) bool { return codes[f.Code] })
	out.Spec, out.whole = &s, string(s.Canonical())
	out.Findings = out.publicFindings(codes)
	return out, nil
}

// publicFindings leaves out what is said of the figures that are withheld, and says
// that they are.
func (r *Report) publicFindings(codes map[string]bool) []mizan.Finding {
	list := slices.DeleteFunc(slices.Clone(r.full.Findings), func(f mizan.Finding) bool { return codes[f.Code] })
	for _, i := range r.Withholds() {
		text := i.Code + ": its figures are not shown, for their licence does not let them be published again"
		if w := i.Withheld; w.Publisher != "" {
			text += fmt.Sprintf("; %s has them", w.Publisher)
		}
		list = append(list, mizan.Finding{ID: "withheld", Severity: mizan.Info, Code: i.Code, Message: text})
	}
	return list
}
