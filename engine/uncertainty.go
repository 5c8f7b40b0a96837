package engine

import (
	"mizan"
	"mizan/dataset"
	"mizan/spec"
	"mizan/uncertainty"
)

// Uncertain makes ready to draw what the project says is uncertain. Errors are
// mizan.Problems: those of uncertainty.New, and a report that was read from a
// document, which does not hold what is drawn from. A project that does not say
// what is uncertain has the problem "no-uncertainty".
func (r *Report) Uncertain() (*uncertainty.Model, error) {
	if r.Spec == nil || r.Panel == nil || r.Result == nil {
		return nil, mizan.Problems{{
			ID: "not-a-build", Cause: "a report that was read from a document cannot be drawn anew",
			Remedy: "draw from the project it was built from",
		}}
	}
	r = r.inside()
	o := uncertainty.Options{}
	if r.files != nil {
		o.Load = func(s *spec.Spec) (*mizan.Panel, error) {
			panel, _, err := dataset.Load(s, r.files)
			return panel, err
		}
	}
	return uncertainty.New(r.Spec, r.Panel, r.Result, o)
}

// Intervals are the ranks with their intervals: those that the report has, else
// drawn now where the project says what is uncertain. It is nil where the
// project does not say, or where what it says cannot be drawn.
func (r *Report) Intervals() *uncertainty.Result { return r.IntervalsOf(0) }

// IntervalsOf are Intervals of so many draws at most; 0 = all that the project
// asks for. Result.Made is how many were made, Result.Requested what the project
// asks for.
func (r *Report) IntervalsOf(most int) *uncertainty.Result {
	if r.Uncertainty != nil {
		return r.Uncertainty
	}
	if r.Spec == nil || r.Spec.Uncertainty == nil {
		return nil
	}
	m, err := r.Uncertain()
	if err != nil || m.Check() != nil {
		return nil
	}
	if most > m.Len() {
		most = 0
	}
	state, err := m.Run(uncertainty.RunOptions{To: most}, nil)
	if err != nil {
		return nil
	}
	return m.Result(state)
}

// IntervalsIn are the ranks with their intervals in another year than the one
// that the project names, of so many draws at most (0 = all that the project
// asks for): for the course of a unit over the years. It is nil where the project
// does not say what is uncertain, where that cannot be drawn, and where the year
// is not one of the build.
func (r *Report) IntervalsIn(year, most int) *uncertainty.Result {
	if r.Spec == nil || r.Spec.Uncertainty == nil || r.HasYear(year) != nil {
		return nil
	}
	r = r.inside()
	s, u := *r.Spec, *r.Spec.Uncertainty
	u.Year = year
	s.Uncertainty = &u
	of := Report{Spec: &s, Panel: r.Panel, Result: r.Result, files: r.files}
	return of.IntervalsOf(most)
}
