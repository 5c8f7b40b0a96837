package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/spec"
)

// Check looks at what scenarios say beside the figures of the project: that
// their units exist, and the origins that they name. It returns mizan.Problems.
func Check(s *spec.Spec, units []mizan.Unit, origins []mizan.Origin) error {
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
			ps = append(ps, checkSource(s, s.ScenarioPath(i, fmt.Sprintf("assumptions.%d.source", k)), a.Source, origins)...)
		}
		for k, l := range sc.Links {
			ps = append(ps, checkSource(s, s.ScenarioPath(i, fmt.Sprintf("links.%d.source", k)), l.Source, origins)...)
		}
	}
	return ps.OrNil()
}

// checkSource reports a source that is neither an address nor an origin.
func checkSource(s *spec.Spec, path, source string, origins []mizan.Origin) mizan.Problems {
	if source == "" || strings.Contains(source, "://") || s.Origins.File == "" {
		return nil
	}
	var codes []string
	for _, o := range origins {
		if o.Code == source {
			return nil
		}
		if o.Code != "" {
			codes = append(codes, o.Code)
		}
	}
	remedy := "add it to " + s.Origins.File + ", give an address with https://, or leave it out where the number is assumed"
	if near, ok := spec.Suggest(source, codes); ok {
		remedy = fmt.Sprintf("did you mean %q?", near)
	}
	return mizan.Problems{s.Problem("unknown-origin", path, fmt.Sprintf("unknown origin %q", source), remedy)}
}
