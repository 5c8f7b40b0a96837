// Package alliance looks at sets of units as one: it pools the quantities of
// their members, measures them on the scale of the index as it stands without
// them, and asks what rank the alliance would hold, what each member adds to
// it, who lacks what, which alliances would pass whom, and what changes when
// members come or go.
//
// # Pooling
//
// Figures are pooled as published, by the rule that each indicator declares:
// sums of amounts, means of rates weighted by what they are rates of, the
// greatest, the least. Then they are denominated by the pooled denominator, and
// treated, normalised, weighted and aggregated by what the index has learnt
// from its own units. Scores are never added. The reference set stays as it is,
// so that no unit's score changes by a bit.
//
// A member's figure that is missing and was imputed by the index counts as
// imputed; one that was not counts for nothing, and the member is left out of
// this figure, of its weights and of its denominator. A pooled figure is
// missing where no member has one; the index's rule for missing values decides
// then. An alliance of one has the figures of its member as the index has them.
// An alliance none of whose members has a score has none.
package alliance

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// Format is the version of the documents of this package.
const Format = 1

// Ties tells what members have in common: the weight of the tie between two
// units in a year, by the code of the ties. It does not hang on the order of
// the units; a pair that is not listed has the weight 0. known is false where
// there are no such ties, none of that year, or none of one of the units, which
// the source does not cover.
type Ties interface {
	Between(code string, year int, a, b string) (weight float64, known bool)
}

// Options say how alliances are looked at.
type Options struct {
	// Year is the year of the figures; 0 is the latest of the build.
	Year int
	// Day is the day of the memberships, as 2009-12-31; "" is Now.
	Day string
	// Statuses are those of the memberships that are pooled; nil is members
	// alone.
	Statuses []string
	// Ties are those that rules of pooling name; nil if there are none.
	Ties Ties
	// Supply gives a table of supply by its code, for the value functions that
	// name one; nil if there are none. It is asked when contributions are.
	Supply func(code string) (*mizan.Supply, error)
	// Draws are readings of the project for intervals and probabilities; nil for
	// the build alone. They are of the year of the study.
	Draws build.Draws
	// Whole says that every alliance of the project will be looked at from all
	// sides: what the draws say is then found out of all at once, when the first
	// is asked for. The results are the same but for rounding.
	Whole bool
	// Hidden are indicators whose pooled figures are not told, for their licence does
	// not let them be published; scores are computed with them all the same.
	Hidden map[string]bool
}

// Study looks at the alliances of one build in one year. It may be used by
// several goroutines.
type Study struct {
	spec    *spec.Spec
	panel   *mizan.Panel
	result  *build.Result
	options Options
	joint   map[string][][]float64
	pooler  *pooler
	drawn   drawn
}

// New prepares a study. Errors are mizan.Problems: indicators without a rule of
// pooling, a year that the build lacks, a day that is no date.
func New(s *spec.Spec, panel *mizan.Panel, result *build.Result, o Options) (*Study, error) {
	if err := rulesLacking(s).OrNil(); err != nil {
		return nil, err
	}
	if o.Year == 0 {
		o.Year = result.Years[len(result.Years)-1]
	}
	if o.Day == "" {
		o.Day = Now
	} else if day, ok := spec.ParseDate(o.Day); !ok {
		return nil, mizan.Problems{{
			ID: "bad-date", Cause: fmt.Sprintf("%q is not a date", o.Day),
			Remedy: "write the year, month and day, as in 2024-12-31",
		}}
	} else {
		o.Day = day.Last()
	}
	if len(o.Statuses) == 0 {
		o.Statuses = []string{spec.StatusMember}
	}
	for _, status := range o.Statuses {
		if !slices.Contains(spec.Statuses(), status) {
			remedy := "the statuses are " + strings.Join(spec.Statuses(), ", ")
			if near, ok := spec.Suggest(status, spec.Statuses()); ok {
				remedy = fmt.Sprintf("did you mean %q?", near)
			}
			return nil, mizan.Problems{{ID: "unknown-status", Cause: fmt.Sprintf("there is no status %q", status), Remedy: remedy}}
		}
	}
	st := &Study{spec: s, panel: panel, result: result, options: o}
	if o.Draws != nil && o.Draws.Year() != o.Year {
		return nil, mizan.Problems{{
			ID: "other-year", Cause: fmt.Sprintf("the draws are of %d, and the alliances are to be looked at in %d", o.Draws.Year(), o.Year),
			Remedy: "draw that year",
		}}
	}
	st.joint = st.tiesOf(o.Year)
	var err error
	if st.pooler, err = newPooler(s, result, o.Year, st.joint); err == nil {
		st.pooler.hidden = o.Hidden
	}
	return st, err
}

// Year is the year of the figures.
func (st *Study) Year() int { return st.options.Year }

// tiesOf reads the joint works of all pairs of units in a year, once for all
// rules that name the same ties. Ties that are not known are left out.
func (st *Study) tiesOf(year int) map[string][][]float64 {
	joint := map[string][][]float64{}
	if st.options.Ties == nil {
		return joint
	}
	for _, i := range st.spec.Indicators {
		code := i.Pool.Joint + i.Pool.Internal
		if code == "" || joint[code] != nil {
			continue
		}
		if m := tieMatrix(st.options.Ties, code, year, st.result.Units); m != nil {
			joint[code] = m
		}
	}
	return joint
}

// tieMatrix is the weights of the ties of all pairs of units, 0 for a unit and
// itself and missing (NaN) where a pair is not known; nil if none is.
func tieMatrix(ties Ties, code string, year int, units []string) [][]float64 {
	m := grid(len(units), len(units))
	some := false
	for a := range units {
		for b := range a {
			w, known := ties.Between(code, year, units[a], units[b])
			if !known {
				w = math.NaN()
			}
			some = some || known
			m[a][b], m[b][a] = w, w
		}
	}
	if !some {
		return nil
	}
	return m
}

// Group is a set of units that is looked at: an alliance of the project, or
// units that were named.
type Group struct {
	Code        string       `json:"code,omitempty"` // "" for units that were named
	Name        mizan.Text   `json:"name,omitempty"`
	Description mizan.Text   `json:"description,omitempty"`
	Incomplete  bool         `json:"incomplete,omitempty"`
	Note        string       `json:"note,omitempty"`
	Day         string       `json:"day"` // of the memberships
	Statuses    []string     `json:"statuses,omitempty"`
	Memberships []Membership `json:"memberships"` // of any status

	at []int // positions of the units that are pooled
}

// Pooled are the codes of the units whose figures are pooled, sorted.
func (st *Study) Pooled(g *Group) []string { return st.pooler.codes(g.at) }

// Alliance is an alliance of the project by its code, with its members on the
// day of the study. Errors, as mizan.Problems: there is none of that code, or
// nobody belonged to it then who is a unit of the index.
func (st *Study) Alliance(code string) (*Group, error) {
	a, err := find(st.spec, code)
	if err != nil {
		return nil, err
	}
	g := st.group(a, st.options.Day)
	if len(g.at) > 0 {
		return g, st.checkAll(g.at, a.Code)
	}
	cause := fmt.Sprintf("%s has no member of the status %s that is a unit of the project", a.Code, strings.Join(st.options.Statuses, " or "))
	if st.options.Day != Now {
		cause += " on " + st.options.Day
	}
	return nil, mizan.Problems{{ID: "empty-alliance", Cause: cause, Remedy: "choose another day or status"}}
}

func (st *Study) group(a *spec.Alliance, day string) *Group {
	g := &Group{
		Code: a.Code, Name: a.Name, Description: a.Description, Incomplete: a.Incomplete, Note: a.Note,
		Day: day, Statuses: st.options.Statuses, Memberships: memberships(st.spec, a, day, st.result.Units),
	}
	g.at = positions(g.Memberships, st.options.Statuses, st.result.Units)
	return g
}

// Named is a set of units by their codes, of the alliances whose codes stand
// among them too. Errors, as mizan.Problems: a code that is neither, a unit
// that is named twice, no unit at all, all units.
func (st *Study) Named(codes []string) (*Group, error) {
	at, problems := st.units(codes)
	if len(codes) == 0 {
		problems.Add("empty-alliance", mizan.Place{}, "no unit is named", "name some, such as --members RUS,CHN")
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	g := &Group{Day: st.options.Day, Memberships: []Membership{}, at: at}
	for _, code := range st.pooler.codes(at) {
		g.Memberships = append(g.Memberships, Membership{Unit: code, Status: spec.StatusMember})
	}
	return g, st.checkAll(at, "the alliance")
}

// units finds the positions of units by their codes, of alliances their
// members'.
func (st *Study) units(codes []string) (at []int, problems mizan.Problems) {
	named := map[string]bool{}
	for _, code := range codes {
		if named[code] {
			problems.Add("duplicate-member", mizan.Place{}, fmt.Sprintf("%q is named twice", code), "name it once")
			continue
		}
		named[code] = true
		if u, known := slices.BinarySearch(st.result.Units, code); known {
			at = append(at, u)
			continue
		}
		if a, err := find(st.spec, code); err == nil {
			at = append(at, st.group(a, st.options.Day).at...)
			continue
		}
		problems = append(problems, st.unknownUnit(code))
	}
	slices.Sort(at)
	return slices.Compact(at), problems
}

// unknownUnit says that something is neither a unit nor an alliance.
func (st *Study) unknownUnit(code string) *mizan.Problem {
	known := slices.Clone(st.result.Units)
	names := map[string]string{}
	for _, a := range st.spec.Alliances {
		known = append(known, a.Code)
	}
	for _, u := range st.panel.Info {
		if n := u.Name.In("en"); n != "" {
			known = append(known, n)
			names[n] = u.Code
		}
	}
	remedy := "name units by their codes, such as " + strings.Join(st.result.Units[:min(3, len(st.result.Units))], ", ")
	if near, ok := spec.Suggest(code, known); ok {
		if unit := names[near]; unit != "" {
			near = unit
		}
		remedy = fmt.Sprintf("did you mean %q?", near)
	}
	return &mizan.Problem{ID: "unknown-unit", Cause: fmt.Sprintf("there is no unit or alliance %q", code), Remedy: remedy}
}

// checkAll refuses an alliance that leaves nobody to compare it with.
func (st *Study) checkAll(at []int, who string) error {
	if len(at) < len(st.result.Units) {
		return nil
	}
	return mizan.Problems{{
		ID: "all-units", Cause: fmt.Sprintf("%s has all %d units as members, so that nobody is left to compare it with", who, len(at)),
		Remedy: "leave some out",
	}}
}

// Standing is how a group stands as one unit in the year of the study. Errors,
// as mizan.Problems: figures for which an aggregation is not defined.
func (st *Study) Standing(g *Group) (*Standing, error) {
	return st.pooler.standing(st.panel, g.at)
}

// Units are the codes of the units of the index, sorted.
func (st *Study) Units() []string { return st.result.Units }

// Memberships lists who belongs to an alliance of the project on the day of the
// study, of any status, by unit; nil if there is no such alliance.
func (st *Study) Memberships(code string) []Membership {
	a, err := find(st.spec, code)
	if err != nil {
		return nil
	}
	return memberships(st.spec, a, st.options.Day, st.result.Units)
}
