// Package scenario tries what-ifs: it runs the index as it stands and with the
// edits of a scenario through the same draws, and tells what moved, by how much,
// how surely, and which edit moved it.
//
// A scenario is mechanical: figures are set, scaled or added to, what suppliers
// no longer give is taken off, declared links carry changes over, units join or
// act as one; then the index is built as ever. Nothing answers that is not
// declared, and so it is no forecast.
//
// Sources: Saltelli et al. (2008), Global sensitivity analysis, for draws in
// common; Shapley (1953), A value for n-person games, for the attribution.
package scenario

import (
	"fmt"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// Side is a project as it stands, or with edits of its file: its build, and the
// readings of it that were drawn.
type Side struct {
	Spec   *spec.Spec
	Result *build.Result
	Draws  build.Draws // nil if the project does not say what is uncertain
}

// Pooler gives the normalised figures of an alliance on the scale of a build,
// parallel to its indicators. Members are positions of units, ascending.
type Pooler interface {
	Normalised(members []int) []float64
}

// Options say what scenarios are tried on.
type Options struct {
	Baseline Side
	// Edited makes the side that edits of the project file lead to.
	Edited func(edits []spec.Edit) (Side, error)
	// Supply and Ties find tables by their codes.
	Supply func(code string) (*mizan.Supply, error)
	Ties   func(code string) (*mizan.Ties, error)
	// Members lists the members of an alliance of a project.
	Members func(s *spec.Spec, alliance string) []string
	// Pool prepares the pooling of alliances in a build.
	Pool func(s *spec.Spec, r *build.Result, year int) (Pooler, error)

	Year int // that is looked at; 0 = that of the draws, else the latest
	// Draws is how often assumptions are drawn: at most as often as the
	// baseline's draws where it has some; 0 = as often as these, else 10000.
	// Less than 0 = not at all.
	Draws int
	Seed  uint64 // of the assumptions
	// Hidden are indicators whose figures are not told, for their licence does not let
	// them be published.
	Hidden map[string]bool
	Unit   string // whom all scenarios are told of; "" = each of its own

	// Progress is told how many of so many draws are done; Stop is asked whether
	// to end. Either may be nil.
	Progress func(done, total int)
	Stop     func() bool
}

// Study tries scenarios on one project.
type Study struct {
	o      Options
	year   int
	draws  int // of a scenario in which anything varies
	units  []string
	base   *stand
	pooled map[*build.Result]Pooler
	done   int
	total  int
}

// defaultDraws is how often assumptions are drawn where the project does not
// say.
const defaultDraws = 10000

// New prepares a study. Errors, as mizan.Problems: a year that is not built, a
// unit that does not exist.
func New(o Options) (*Study, error) {
	r := o.Baseline.Result
	st := &Study{o: o, year: o.Year, units: r.Units, pooled: map[*build.Result]Pooler{}}
	if st.year == 0 {
		st.year = r.Years[len(r.Years)-1]
		if o.Baseline.Draws != nil {
			st.year = o.Baseline.Draws.Year()
		}
	}
	if !slices.Contains(r.Years, st.year) {
		return nil, mizan.Problems{{ID: "unknown-year", Cause: fmt.Sprintf("there is no year %d", st.year), Remedy: "name a year of `period`"}}
	}
	if o.Unit != "" && !slices.Contains(r.Units, o.Unit) {
		return nil, mizan.Problems{{ID: "unknown-unit", Cause: fmt.Sprintf("there is no unit %q", o.Unit), Remedy: hintUnit(o.Unit, r.Panel().Info)}}
	}
	st.draws = o.Draws
	if d := o.Baseline.Draws; d != nil && (st.draws == 0 || st.draws > d.Len()) {
		st.draws = d.Len()
	}
	if st.draws == 0 {
		st.draws = defaultDraws
	}
	var err error
	st.base, err = st.stand(o.Baseline)
	return st, err
}

// Year is the year that is looked at.
func (st *Study) Year() int { return st.year }

// Find gives the scenarios of the project by their IDs; all if none is named.
// Errors, as mizan.Problems: one that does not exist.
func Find(s *spec.Spec, ids []string) ([]*spec.Scenario, error) {
	var list []*spec.Scenario
	var known []string
	for i := range s.Scenarios {
		known = append(known, s.Scenarios[i].ID)
		if len(ids) == 0 {
			list = append(list, &s.Scenarios[i])
		}
	}
	var ps mizan.Problems
	for _, id := range ids {
		if i := slices.Index(known, id); i >= 0 {
			list = append(list, &s.Scenarios[i])
			continue
		}
		remedy := "the project has no scenarios; declare some under `scenarios`, or try edits with --edit"
		if near, ok := spec.Suggest(id, known); ok {
			remedy = fmt.Sprintf("did you mean %q?", near)
		} else if len(known) > 0 {
			remedy = "the scenarios are " + strings.Join(known, ", ")
		}
		ps.Add("unknown-scenario", mizan.Place{}, fmt.Sprintf("there is no scenario %q", id), remedy)
	}
	return list, ps.OrNil()
}

// hintUnit suggests a unit by its code or its name.
func hintUnit(code string, units []mizan.Unit) string {
	if near, ok := spec.SuggestUnit(code, units); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "name a unit of the project"
}
