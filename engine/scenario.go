package engine

import (
	"slices"

	"mizan/alliance"
	"mizan/build"
	"mizan/dataset"
	"mizan/scenario"
	"mizan/spec"
)

// Scenarios makes ready to try what-ifs on the project: the options say how
// often and for whom, and the rest is filled in here. Errors are mizan.Problems:
// those of scenario.New and of the section `uncertainty`, and a report that was
// read from a document.
func (r *Report) Scenarios(o scenario.Options) (*scenario.Study, error) {
	if r.Spec == nil || r.Panel == nil || r.Result == nil {
		return nil, notABuild("has no figures to change")
	}
	if o.Year != 0 {
		if err := r.HasYear(o.Year); err != nil {
			return nil, err
		}
	}
	o.Hidden = r.hidden()
	r = r.inside()
	o.Baseline = scenario.Side{Spec: r.Spec, Result: r.Result}
	if u := r.Spec.Uncertainty; u != nil && o.Draws >= 0 {
		if o.Seed == 0 {
			o.Seed = uint64(u.Seed)
		}
		year := o.Year
		if year == 0 {
			year = u.Year
		}
		draws, err := r.Draws(year)
		if err != nil {
			return nil, err
		}
		o.Baseline.Draws = draws
	}
	if o.Seed == 0 {
		o.Seed = spec.DefaultSeed
	}
	o.Edited = func(edits []spec.Edit) (scenario.Side, error) { return r.edited(edits, o.Year, o.Draws >= 0) }
	o.Supply, o.Ties = r.FindSupply, r.FindTies
	o.Members = func(s *spec.Spec, code string) []string {
		for i := range s.Alliances {
			if a := &s.Alliances[i]; a.Code == code {
				return alliance.Members(s, a, alliance.Now)
			}
		}
		return nil
	}
	o.Pool = func(s *spec.Spec, b *build.Result, year int) (scenario.Pooler, error) {
		var ties alliance.Ties
		if r.poolsTies() {
			all, _, err := r.Ties()
			if err != nil {
				return nil, err
			}
			ties = tieTables(all)
		}
		return alliance.NewPooler(s, b, year, ties)
	}
	return scenario.New(o)
}

// edited is the project with edits, built and ready to be drawn.
func (r *Report) edited(edits []spec.Edit, year int, draws bool) (scenario.Side, error) {
	s, err := r.Spec.Apply(edits...)
	if err != nil {
		return scenario.Side{}, err
	}
	panel := r.Panel
	if r.files != nil && slices.ContainsFunc(edits, reads) {
		if panel, _, err = dataset.Load(s, r.files); err != nil {
			return scenario.Side{}, err
		}
	}
	plan, err := build.Compile(s)
	if err != nil {
		return scenario.Side{}, err
	}
	var result *build.Result
	if panel == r.Panel {
		result, err = plan.Rerun(r.Result)
	} else {
		result, err = plan.Run(panel)
	}
	if err != nil {
		return scenario.Side{}, err
	}
	side := scenario.Side{Spec: s, Result: result}
	if draws {
		of := Report{Spec: s, Panel: panel, Result: result, Years: result.Years, files: r.files}
		if year == 0 && s.Uncertainty != nil {
			year = s.Uncertainty.Year
		}
		side.Draws, err = of.Draws(year)
	}
	return side, err
}

// reads reports whether an edit changes what is read from the files.
func reads(e spec.Edit) bool {
	return slices.ContainsFunc([]string{"period", "units", "observations", "origins", "indicators", "figures"}, e.Touches)
}
