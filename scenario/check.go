package scenario

import (
	"fmt"
	"slices"
	"strconv"

	"mizan"
	"mizan/spec"
)

// Check looks at what scenarios say beside the figures of the project: that
// their units exist, and the origins that they name. It returns mizan.Problems.
func Check(s *spec.Spec, units []mizan.Unit, origins []mizan.Origin) error {
	const otherwise = "give an address with https://, or leave it out where the number is assumed"
	var ps mizan.Problems
	known := map[string]bool{}
	for _, u := range units {
		known[u.Code] = true
	}
	unit := func(path, code string) {
		// One that is left out by choice is no slip.
		leftOut := len(s.Units.Only) > 0 || slices.Contains(s.Units.Exclude, code)
		if code != "" && !known[code] && !leftOut {
			ps = append(ps, s.Problem("unknown-unit", path, fmt.Sprintf("the project has no unit %q", code), hintUnit(code, units)))
		}
	}
	for i := range s.Scenarios {
		sc := &s.Scenarios[i]
		unit(s.ScenarioPath(i, "unit"), sc.Unit)
		for k := range sc.Edits {
			e := &sc.Edits[k]
			path := "edits." + strconv.Itoa(k)
			for _, code := range e.Units {
				unit(s.ScenarioPath(i, path+".units."+code), code)
			}
			for _, code := range e.With {
				unit(s.ScenarioPath(i, path+".with."+code), code)
			}
		}
		for k, a := range sc.Assumptions {
			ps = append(ps, s.CheckOrigin(s.ScenarioPath(i, fmt.Sprintf("assumptions.%d.source", k)), a.Source, origins, otherwise)...)
		}
		for k, l := range sc.Links {
			ps = append(ps, s.CheckOrigin(s.ScenarioPath(i, fmt.Sprintf("links.%d.source", k)), l.Source, origins, otherwise)...)
		}
	}
	return ps.OrNil()
}
