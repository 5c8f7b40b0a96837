package uncertainty

import (
	"slices"
	"strconv"

	"mizan/build"
	"mizan/spec"
)

// expand lists the factors of a project, those of its preset first, with the
// path of each in the project.
func expand(s *spec.Spec, u *spec.Uncertainty, base *build.Result) (list []spec.Factor, paths []string) {
	switch u.Preset {
	case "jrc-25":
		list = append([]spec.Factor{{ID: "weights", Weights: &spec.VaryWeights{Spread: 0.25}}}, methods(s)...)
	case "gii":
		list = append([]spec.Factor{{ID: "weights", Weights: &spec.VaryWeights{Within: 0.1, Codes: base.Nodes[len(base.Nodes)-1].Children}}}, methods(s)...)
	}
	for range list {
		paths = append(paths, "uncertainty.preset")
	}
	for i := range u.Vary {
		list, paths = append(list, u.Vary[i]), append(paths, "uncertainty.vary."+strconv.Itoa(i))
	}
	return list, paths
}

// methods are the two choices of method that the statistical audits of the
// Joint Research Centre vary: with or without imputation, and an arithmetic or
// a geometric mean of the pillars.
//
// Source: Saisana, Domínguez-Torreiro and Vértesy (2015 and later), Joint
// Research Centre statistical audit of the Global Innovation Index.
func methods(s *spec.Spec) []spec.Factor {
	impute := spec.Alternative{To: "none"}
	if s.Build.Impute.Method == "none" && len(s.Build.Impute.Each) == 0 {
		impute = spec.Alternative{To: map[string]any{"method": "em", "within": "parent", "ridge": 0.01}}
	}
	return []spec.Factor{
		{ID: "imputation", Choose: "build.impute", From: []spec.Alternative{{AsIs: true}, impute}},
		{ID: "mean-of-pillars", Choose: "framework.aggregate", From: []spec.Alternative{{To: "arithmetic-mean"}, {To: "geometric-mean"}}},
	}
}

// unsure leaves out the factors that change what edits set.
func unsure(list []spec.Factor, paths []string, fixed []spec.Edit) ([]spec.Factor, []string) {
	if len(fixed) == 0 {
		return list, paths
	}
	var left []spec.Factor
	var at []string
	for i := range list {
		if !changes(&list[i], fixed) {
			left, at = append(left, list[i]), append(at, paths[i])
		}
	}
	return left, at
}

// changes reports whether a factor changes what one of the edits sets.
func changes(f *spec.Factor, fixed []spec.Edit) bool {
	of := []string{f.Choose, f.Range, f.Redraw}
	for i := range f.From {
		for _, e := range f.EditsOf(i) {
			of = append(of, e.Set+e.Remove)
		}
	}
	return slices.ContainsFunc(fixed, func(e spec.Edit) bool {
		return slices.ContainsFunc(of, func(path string) bool { return path != "" && e.Touches(path) })
	})
}
