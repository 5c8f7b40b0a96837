package build

import (
	"fmt"
	"maps"
	"slices"

	"mizan"
)

// groups checks the group variables that steps of imputation name. Units, and
// with them their groups, are not known before Run; the check does not wait for
// a gap to be filled, so that a misspelt name is told at once.
func (r *run) groups() {
	r.groupsOf(r.plan.impute.all)
	for _, code := range slices.Sorted(maps.Keys(r.plan.impute.each)) {
		r.groupsOf(r.plan.impute.each[code])
	}
}

func (r *run) groupsOf(s stage[Imputer]) {
	for _, o := range s.entry.Options {
		name, given := s.options[o.Name].(string)
		if o.Kind != mizan.GroupOption || !given {
			continue
		}
		if _, known := r.panel.Group(name); known {
			continue
		}
		names := map[string]bool{}
		for _, u := range r.panel.Info {
			for n := range u.Groups {
				names[n] = true
			}
		}
		remedy := hint(name, slices.Sorted(maps.Keys(names)), "name a column of the file of units, such as income or region")
		r.problem("unknown-group", s.step.Path+"."+o.Name, fmt.Sprintf("no unit has a group variable %q", name), remedy)
	}
}
