package target

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
	"mizan/stat"
)

const (
	defaultPaths   = 10_000
	defaultDamping = 0.9
)

// Run follows the targets of a spec. history has all figures of the project,
// of every year (dataset.History); it may be nil where no target is on an
// indicator. Errors are mizan.Problems: those of Check, a target that does not
// exist, and a baseline that the indicator has no figure for.
func Run(s *spec.Spec, history *mizan.Panel, o Options) (*Result, error) {
	limits, problems := resolve(s)
	problems = append(problems, checkModels(s)...)
	chosen, err := choose(s, o.IDs)
	if err != nil {
		return nil, err
	}
	r := &Result{
		Format: Format, ID: s.ID, Hash: s.Hash(), Thresholds: limits.list(), Methods: methods(limits),
		Paths: cmp.Or(o.Paths, s.Projections.Paths, defaultPaths), Seed: s.Projections.Seed,
		Targets: make([]Track, len(chosen)),
	}
	set := settings{paths: r.Paths, seed: r.Seed, damping: damping(s), models: chosenModels(s)}
	r.Models = set.models
	tracks := make([]*Track, len(chosen))
	for i, at := range chosen {
		t, more := resolveTarget(s, history, at)
		tracks[i] = t
		problems = append(problems, more...)
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	stat.InParallel(len(tracks), func(i int) { tracks[i].follow(r.Methods, limits, set) })
	for i, t := range tracks {
		t.remark(s, chosen[i])
		r.Targets[i] = *t
		r.Findings = append(r.Findings, t.Findings...)
	}
	r.Promises = promises(r.Targets)
	r.Groups = groupings(r.Targets)
	return r, nil
}

func damping(s *spec.Spec) float64 { return cmp.Or(s.Projections.Damping, defaultDamping) }

// choose finds the positions of the targets with the ids given, or of all.
func choose(s *spec.Spec, ids []string) ([]int, error) {
	var known []string
	for _, t := range s.Targets {
		known = append(known, t.ID)
	}
	var chosen []int
	if len(ids) == 0 {
		for i := range s.Targets {
			chosen = append(chosen, i)
		}
		return chosen, nil
	}
	var problems mizan.Problems
	for _, id := range ids {
		found := false
		for i, t := range s.Targets {
			if t.ID == id || t.Group() == id {
				found = true
				if !slices.Contains(chosen, i) {
					chosen = append(chosen, i)
				}
			}
		}
		switch {
		case found:
		case len(known) == 0:
			problems.Add("unknown-target", mizan.Place{}, fmt.Sprintf("%s has no target %q", s.ID, id), "it has none; add them under `targets`")
		default:
			problems.Add("unknown-target", mizan.Place{}, fmt.Sprintf("%s has no target %q", s.ID, id), hint(id, known))
		}
	}
	slices.Sort(chosen)
	return chosen, problems.OrNil()
}

func checkModels(s *spec.Spec) mizan.Problems {
	var problems mizan.Problems
	seen := map[string]bool{}
	for i, name := range s.Projections.Models {
		path := fmt.Sprintf("projections.models.%d", i)
		switch {
		case !slices.Contains(ModelNames(), name):
			problems = append(problems, s.Problem("unknown-model", path, fmt.Sprintf("there is no model %q", name), hint(name, ModelNames())))
		case seen[name]:
			problems = append(problems, s.Problem("duplicate-model", path, fmt.Sprintf("the model %q is named twice", name), "keep one"))
		}
		seen[name] = true
	}
	return problems
}

func chosenModels(s *spec.Spec) []Model {
	var list []Model
	for _, m := range models() {
		if len(s.Projections.Models) == 0 || slices.Contains(s.Projections.Models, m.Name) {
			list = append(list, m)
		}
	}
	return list
}

// follow does all that can be done for one target.
func (t *Track) follow(list []Method, l limits, set settings) {
	t.aim = t.Goal
	t.addSum()
	if t.Baseline != nil {
		t.Required = t.growth(*t.Baseline, t.aim)
		t.Path = t.requiredPath(*t.Baseline, t.aim)
	}
	if t.Baseline == nil || t.Latest == nil {
		return
	}
	t.Observed = t.growth(*t.Baseline, *t.Latest)
	if t.Latest.Year < t.Goal.Year {
		t.RequiredNow = t.growth(*t.Latest, t.aim)
		if t.Sum != nil {
			t.RequiredNow = t.sumNow()
		}
	}
	t.judge(list, l)
	t.project(set)
}

// promises lists the promises with more than one reading, in the order of
// their first target.
func promises(tracks []Track) []Promise {
	list := []Promise{}
	for _, t := range tracks {
		i := slices.IndexFunc(list, func(p Promise) bool { return p.Code == t.Promise })
		if i < 0 {
			i = len(list)
			list = append(list, Promise{Code: t.Promise})
		}
		list[i].Targets = append(list[i].Targets, t.ID)
	}
	return slices.DeleteFunc(list, func(p Promise) bool { return len(p.Targets) < 2 })
}

// Grouping is all targets by what they share: "unit", "body" or "theme".
type Grouping struct {
	By     string  `json:"by"`
	Groups []Group `json:"groups"`
}

// Group is the targets that share a unit, a body or a theme, with how they
// stand.
type Group struct {
	Key     string     `json:"key"` // code of the unit or alliance, name of the body, theme; "" = none stated
	Name    mizan.Text `json:"name,omitempty"`
	Targets []string   `json:"targets"`
	// Followed have figures after the baseline; of these, OnTrack are those on
	// which all methods that judge the pace agree that they are on track,
	// Behind those on which none says so, Open the rest.
	Followed int `json:"followed"`
	OnTrack  int `json:"on_track"`
	Behind   int `json:"behind"`
	Open     int `json:"open"`
}

// groupings groups targets three ways; groups are in the order of their keys.
func groupings(tracks []Track) []Grouping {
	list := []Grouping{{By: "unit"}, {By: "body"}, {By: "theme"}}
	for i := range list {
		groups := []Group{}
		for k := range tracks {
			t := &tracks[k]
			key, name := t.groupKey(list[i].By)
			at := slices.IndexFunc(groups, func(g Group) bool { return g.Key == key })
			if at < 0 {
				at = len(groups)
				groups = append(groups, Group{Key: key, Name: name})
			}
			groups[at].add(t)
		}
		slices.SortStableFunc(groups, func(a, b Group) int { return strings.Compare(a.Key, b.Key) })
		list[i].Groups = groups
	}
	return list
}

func (t *Track) groupKey(by string) (string, mizan.Text) {
	switch by {
	case "unit":
		return cmp.Or(t.Unit, t.Alliance), t.Holder
	case "body":
		return t.Body.In("en"), t.Body
	}
	return t.Theme, nil
}

func (g *Group) add(t *Track) {
	g.Targets = append(g.Targets, t.ID)
	if t.State != Followed && t.State != Due {
		return
	}
	g.Followed++
	on, all := t.Pace()
	switch {
	case all == 0:
		g.Open++
	case on == all:
		g.OnTrack++
	case on == 0:
		g.Behind++
	default:
		g.Open++
	}
}

// Pace counts the methods that judge the pace, and those of them that say on
// track or met.
func (t *Track) Pace() (on, all int) {
	for _, v := range t.Verdicts {
		switch v.Grade {
		case Met, OnTrack:
			on++
			all++
		case Behind, Away:
			all++
		}
	}
	return on, all
}
