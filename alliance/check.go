package alliance

import (
	"fmt"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// Check looks at what a project says of alliances beside its figures: that
// every member is a unit, or said to be none; that some units are left to
// compare an alliance with; that every indicator has a rule of pooling. It
// returns mizan.Problems. A project without alliances has none.
func Check(s *spec.Spec, panel *mizan.Panel) error {
	if len(s.Alliances) == 0 {
		return nil
	}
	ps := rulesLacking(s)
	for i := range s.Alliances {
		ps = append(ps, checkMembers(s, i, panel.Units)...)
	}
	return ps.OrNil()
}

// checkMembers checks the members of one alliance.
func checkMembers(s *spec.Spec, i int, units []string) mizan.Problems {
	var ps mizan.Problems
	a := &s.Alliances[i]
	known := map[string]bool{}
	for _, u := range units {
		known[u] = true
	}
	inside, unknown := false, false
	for m, one := range a.Members {
		path := fmt.Sprintf("alliances.%d.members.%d", i, m)
		switch {
		case one.Unit == "":
			inside = true // its members are checked where they stand
		case known[one.Unit] && one.Outside:
			ps = append(ps, s.Problem("not-outside", path+".outside", fmt.Sprintf("%q is a unit of the project, and %s says that it is outside", one.Unit, a.Code),
				"take `outside` away"))
		case known[one.Unit]:
			inside = true
		case !one.Outside && !leftOut(s, one.Unit):
			unknown = true
			remedy := "correct the code, or add `outside: true` if the project has no figures of it"
			if near, ok := spec.Suggest(one.Unit, units); ok {
				remedy = fmt.Sprintf("did you mean %q? If the project has no figures of it, add `outside: true`", near)
			}
			ps = append(ps, s.Problem("unknown-unit", path+".unit", fmt.Sprintf("%q is in %s, and there is no such unit", one.Unit, a.Code), remedy))
		}
	}
	path := fmt.Sprintf("alliances.%d", i)
	now := positions(memberships(s, a, Now, units), spec.Statuses(), units)
	switch {
	case !inside && !unknown && len(s.Units.Only)+len(s.Units.Exclude) == 0:
		ps = append(ps, s.Problem("empty-alliance", path, fmt.Sprintf("no member of %s is a unit of the project", a.Code), "remove it, or add figures of its members"))
	case len(now) == len(units) && len(units) > 0:
		ps = append(ps, allUnits(s, path, a.Code, len(units)))
	}
	return ps
}

// leftOut reports whether a unit was left out by the project's own choice, so
// that alliances need not change with it.
func leftOut(s *spec.Spec, unit string) bool {
	return len(s.Units.Only) > 0 || slices.Contains(s.Units.Exclude, unit)
}

func allUnits(s *spec.Spec, path, who string, units int) *mizan.Problem {
	return s.Problem("all-units", path, fmt.Sprintf("%s has all %d units as members, so that nobody is left to compare it with", who, units), "take some members out")
}

// rulesLacking are the problems of indicators without a rule of pooling: those
// of the framework and those by which they are divided.
func rulesLacking(s *spec.Spec) mizan.Problems {
	needed := map[string]bool{}
	for _, code := range leaves(&s.Framework, nil) {
		needed[code] = true
	}
	for _, d := range s.Build.Denominate {
		if needed[d.Code] {
			needed[d.By] = true
		}
	}
	var lacking []string
	for _, i := range s.Indicators {
		if needed[i.Code] && i.Pool.Rule == "" {
			lacking = append(lacking, i.Code)
		}
	}
	const most = 10
	var ps mizan.Problems
	for i, code := range lacking {
		if i == most {
			ps = append(ps, s.Problem("no-pool", "indicators", fmt.Sprintf("%d more indicators say nothing of how alliances pool them: %s", len(lacking)-i, strings.Join(lacking[i:], ", ")), poolRemedy))
			break
		}
		ps = append(ps, s.Problem("no-pool", "indicators."+code, fmt.Sprintf("%s does not say how alliances pool it", code), poolRemedy))
	}
	return ps
}

const poolRemedy = "add `pool: sum` for amounts, `pool: {weighted_mean: CODE}` for rates, or `pool: none`"

func leaves(n *spec.Node, list []string) []string {
	if len(n.Children) == 0 {
		return append(list, n.Code)
	}
	for i := range n.Children {
		list = leaves(&n.Children[i], list)
	}
	return list
}
