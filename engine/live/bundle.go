// Package live is the engine as a page holds it: a project without what a build
// does not look at, its panel, and a session that ranks anew while a reader
// moves weights and switches methods. The numbers are those of package build
// and package uncertainty, bit by bit.
//
// A Bundle is made where the project was built and read where there is neither
// disk nor YAML; package engine is left out because it would bring both.
package live

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// Format is the version of the document of a bundle.
const Format = 1

// left are the keys of a project that a build does not look at.
var left = []string{
	"title", "description", "origins", "figures", "ties", "locations", "supply", "variants", "alliances",
	"value_functions", "targets", "rates", "projections", "published", "audit", "scenarios",
}

// bundle is the document: values[year][code][unit], missing as null.
type bundle struct {
	Format int             `json:"format"`
	Year   int             `json:"year"`
	Spec   json.RawMessage `json:"spec"`
	Units  []mizan.Unit    `json:"units"`
	Years  []int           `json:"years"`
	Panel  *mizan.Table    `json:"panel"`
	// Zeros are the cells, by position, that are zero because the source lists
	// only who has some: no error of measurement is drawn for them.
	Zeros []int `json:"zeros,omitempty"`
	// SDs are the standard deviations of figures, where the data give them.
	SDs mizan.Column `json:"sds,omitempty"`
}

// Bundle writes what a session needs to rank the units of a year anew. Where
// one year alone gives the same scores the others are left out. result is the
// build of s on panel. Errors are mizan.Problems: a year that is not built.
func Bundle(s *spec.Spec, panel *mizan.Panel, result *build.Result, year int) ([]byte, error) {
	return bundleOf(s, panel, result, year, plainer(s), left)
}

// PoolBundle is a Bundle that keeps the rules by which alliances are pooled, for
// those who pool them with package alliance from what Read gives.
func PoolBundle(s *spec.Spec, panel *mizan.Panel, result *build.Result, year int) ([]byte, error) {
	edits := slices.DeleteFunc(plainer(s), func(e spec.Edit) bool { return strings.HasSuffix(e.Remove, ".pool") })
	for _, t := range s.Ties { // rules of pooling name them
		if t.Origin != "" {
			edits = append(edits, spec.Edit{Remove: "ties." + t.Code + ".origin"})
		}
	}
	return bundleOf(s, panel, result, year, edits, slices.DeleteFunc(slices.Clone(left), func(key string) bool { return key == "ties" }))
}

// Read reads a bundle: the project without what a build does not look at, the
// panel, and the year that the bundle is of. Errors are mizan.Problems.
func Read(text []byte) (s *spec.Spec, panel *mizan.Panel, year int, err error) {
	b, s, panel, err := read(text)
	if err != nil {
		return nil, nil, 0, err
	}
	return s, panel, b.Year, nil
}

// bundleOf makes a bundle of the project with edits and without some keys.
func bundleOf(s *spec.Spec, panel *mizan.Panel, result *build.Result, year int, edits []spec.Edit, without []string) ([]byte, error) {
	y := slices.Index(result.Years, year)
	if y < 0 {
		return nil, mizan.Problems{{ID: "unknown-year", Cause: fmt.Sprintf("there is no year %d", year), Remedy: "name a year of the panel"}}
	}
	bare, err := s.Apply(append(edits, drawn(s, year)...)...)
	if err != nil {
		return nil, err
	}
	if bare, err = bare.Without(without...); err != nil {
		return nil, err
	}
	if one := alone(panel, y); len(panel.Years) > 1 && sameScores(bare, one, result, y) {
		panel = one
	}
	b := bundle{Format: Format, Year: year, Spec: bare.Tree(), Units: make([]mizan.Unit, len(panel.Info)), Years: panel.Years, Panel: &panel.Table, SDs: panel.SDs}
	for i, u := range panel.Info {
		b.Units[i] = mizan.Unit{Code: u.Code, Groups: u.Groups}
	}
	for i, c := range panel.Cells {
		if c.Status == mizan.StructuralZero {
			b.Zeros = append(b.Zeros, i)
		}
	}
	return json.Marshal(b)
}

// spread is how far weights vary where a project does not say what is uncertain.
const spread = 0.25

// drawn are the edits for the year that is drawn, and for weights that vary if
// a project says nothing of its uncertainty.
func drawn(s *spec.Spec, year int) []spec.Edit {
	edits := []spec.Edit{{Set: "uncertainty.year", To: year}}
	if s.Uncertainty == nil {
		edits = append([]spec.Edit{weightsVary()}, edits...)
	}
	return edits
}

// plainer are the edits that take away words and what only alliances look at.
func plainer(s *spec.Spec) []spec.Edit {
	var edits []spec.Edit
	remove := func(given bool, path string) {
		if given {
			edits = append(edits, spec.Edit{Remove: path})
		}
	}
	for _, i := range s.Indicators {
		at := "indicators." + i.Code
		remove(i.Pool != spec.Pool{}, at+".pool")
		remove(i.PoolReason != "", at+".pool_reason")
		remove(i.Name != nil, at+".name")
		remove(i.Description != nil, at+".description")
		remove(i.Origin != "", at+".origin")
		remove(i.Redistribute != "", at+".redistribute")
	}
	var walk func(n spec.Node, path string)
	walk = func(n spec.Node, path string) {
		remove(n.Name != nil, path+".name")
		for _, c := range n.Children {
			walk(c, "framework."+c.Code)
		}
	}
	walk(s.Framework, "framework")
	return edits
}

func weightsVary() spec.Edit {
	return spec.Edit{Set: "uncertainty", To: map[string]any{
		"vary": []any{map[string]any{"id": "weights", "weights": map[string]any{"spread": spread}}},
	}}
}

// alone is one year of a panel.
func alone(p *mizan.Panel, y int) *mizan.Panel {
	n := len(p.Codes) * len(p.Units)
	one := *p
	one.Years = p.Years[y : y+1]
	one.Values, one.Cells = p.Values[y*n:(y+1)*n], p.Cells[y*n:(y+1)*n]
	if p.SDs != nil {
		one.SDs = p.SDs[y*n : (y+1)*n]
	}
	return &one
}

// sameScores reports whether a panel of one year gives the scores that a result
// has of it.
func sameScores(s *spec.Spec, one *mizan.Panel, result *build.Result, y int) bool {
	plan, err := build.Compile(s)
	if err != nil {
		return false
	}
	r, err := plan.RunScores(one)
	if err != nil || len(r.Nodes) != len(result.Nodes) {
		return false
	}
	for n := range r.Nodes {
		if !slices.EqualFunc(r.Scores.Column(0, n), result.Scores.Column(y, n), func(a, b float64) bool {
			return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
		}) {
			return false
		}
	}
	return true
}

// read reads a bundle.
func read(text []byte) (*bundle, *spec.Spec, *mizan.Panel, error) {
	var b bundle
	err := json.Unmarshal(text, &b)
	switch {
	case err != nil:
		return nil, nil, nil, bad(err.Error())
	case b.Format != Format:
		return nil, nil, nil, bad(fmt.Sprintf("it is of format %d, and this engine reads %d", b.Format, Format))
	case b.Panel == nil || !slices.Contains(b.Years, b.Year) || len(b.Panel.Values) != len(b.Units)*len(b.Panel.Codes)*len(b.Years):
		return nil, nil, nil, bad("the figures do not fit the units, codes and years")
	case b.SDs != nil && len(b.SDs) != len(b.Panel.Values):
		return nil, nil, nil, bad("the standard deviations do not fit the figures")
	}
	s, err := spec.ReadTree("the bundle", b.Spec)
	if err != nil {
		return nil, nil, nil, err
	}
	p := &mizan.Panel{Table: *b.Panel, Info: b.Units, SDs: b.SDs, Cells: make([]mizan.Cell, len(b.Panel.Values)), Origins: make([]mizan.Origin, 1)}
	p.Years = b.Years
	for _, u := range b.Units {
		p.Units = append(p.Units, u.Code)
	}
	for i := range p.Cells {
		p.Cells[i].Status = mizan.Observed
	}
	for _, i := range b.Zeros {
		if i < 0 || i >= len(p.Cells) {
			return nil, nil, nil, bad("a structural zero lies outside the panel")
		}
		p.Cells[i].Status = mizan.StructuralZero
	}
	return &b, s, p, nil
}

func bad(cause string) error {
	return mizan.Problems{{ID: "bad-bundle", Cause: "the bundle cannot be read: " + cause, Remedy: "load the page anew; if that does not help, publish the site anew"}}
}
