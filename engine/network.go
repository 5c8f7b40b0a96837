package engine

import (
	"fmt"
	"maps"
	"slices"

	"mizan"
	"mizan/alliance"
	"mizan/dataset"
	"mizan/network"
	"mizan/spec"
)

// Ties reads the tables of ties that the project declares, once; a build that
// does not need them does not read them. Errors are mizan.Problems: those of
// the tables, and a report that was read from a document.
func (r *Report) Ties() ([]*mizan.Ties, []mizan.Finding, error) {
	return r.ties.of(r, "ties", dataset.LoadTies)
}

// FindTies is the table of ties of a code; "" is the first. Errors are
// mizan.Problems.
func (r *Report) FindTies(code string) (*mizan.Ties, error) {
	all, _, err := r.Ties()
	if err != nil {
		return nil, err
	}
	return findTable(r.Project.ID, all, code, func(t *mizan.Ties) string { return t.Code },
		tableWords{"ties", "ties", "ties", "[{code: articles, file: data/ties.csv}]"})
}

// Network looks at a table of ties as a network, with the alliances of the
// project, or with groups of one's own in their place. Errors are
// mizan.Problems.
func (r *Report) Network(code string, o network.Options, own ...network.Group) (*network.Result, error) {
	t, err := r.FindTies(code)
	if err != nil {
		return nil, err
	}
	in := network.Input{Ties: t, Groups: r.groups(own)}
	if in.Locations, err = dataset.LoadLocations(r.Spec, r.files); err != nil {
		return nil, err
	}
	if t.Totals != "" {
		in.Totals, err = r.totalsOf(t)
		if err != nil {
			return nil, err
		}
	}
	in.Divisions = r.divisions()
	if o.Seed == 0 {
		o.Seed = 1
	}
	return network.Run(in, o)
}

// groups gives the alliances of the project with their members on the last day
// of a year, or groups whose members do not change.
func (r *Report) groups(own []network.Group) func(year int) []network.Group {
	return func(year int) []network.Group {
		if len(own) > 0 {
			return own
		}
		var list []network.Group
		day := fmt.Sprintf("%04d-12-31", year)
		for i := range r.Spec.Alliances {
			a := &r.Spec.Alliances[i]
			list = append(list, network.Group{Code: a.Code, Name: a.Name, Members: alliance.Members(r.Spec, a, day)})
		}
		return list
	}
}

// divisions are the group variables of the units.
func (r *Report) divisions() []network.Division {
	labels := map[string]map[string]string{}
	for _, u := range r.Units {
		for variable, label := range u.Groups {
			if labels[variable] == nil {
				labels[variable] = map[string]string{}
			}
			labels[variable][u.Code] = label
		}
	}
	var list []network.Division
	for _, variable := range slices.Sorted(maps.Keys(labels)) {
		list = append(list, network.Division{Code: variable, Labels: labels[variable]})
	}
	return list
}

// totalsOf reads the totals of the ties for every year of theirs: figures of
// the year itself, without look-back.
func (r *Report) totalsOf(t *mizan.Ties) (func(year int) []float64, error) {
	s := *r.Spec
	s.Period = spec.Period{From: t.Years[0], To: t.Years[len(t.Years)-1]}
	s.Figures = nil // those of other years do not fit the period
	s.Indicators = slices.Clone(s.Indicators)
	none := 0
	for i := range s.Indicators {
		s.Indicators[i].LookBack, s.Indicators[i].StandIn = &none, &none
	}
	panel, _, err := dataset.Load(&s, r.files)
	if err != nil {
		return nil, err
	}
	c := panel.Code(t.Totals)
	return func(year int) []float64 {
		y := slices.Index(panel.Years, year)
		if y < 0 || c < 0 {
			return nil
		}
		return panel.Column(y, c)
	}, nil
}

// tieTables finds the ties of a pair in the tables of a build, for alliances.
type tieTables []*mizan.Ties

// Between is the weight of the tie between two units by the code of the table,
// in directed tables of both directions together.
func (ts tieTables) Between(code string, year int, a, b string) (weight float64, known bool) {
	i := slices.IndexFunc(ts, func(t *mizan.Ties) bool { return t.Code == code })
	if i < 0 {
		return 0, false
	}
	weight, known = ts[i].Between(year, a, b)
	if ts[i].Directed {
		back, _ := ts[i].Between(year, b, a)
		weight += back
	}
	return weight, known
}
