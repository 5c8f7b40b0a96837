package engine

import (
	"fmt"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// Top is the code of the framework's root.
func (r *Report) Top() string {
	if len(r.Nodes) == 0 {
		return ""
	}
	return r.Nodes[len(r.Nodes)-1].Code
}

// Node returns the node of a code, or nil.
func (r *Report) Node(code string) *build.Node {
	for i := range r.Nodes {
		if r.Nodes[i].Code == code {
			return &r.Nodes[i]
		}
	}
	return nil
}

// HasYear reports a year that the build does not have, as a mizan.Problem.
func (r *Report) HasYear(year int) error {
	if slices.Contains(r.Years, year) {
		return nil
	}
	years := make([]string, len(r.Years))
	for i, y := range r.Years {
		years[i] = fmt.Sprint(y)
	}
	remedy := "there are " + strings.Join(years, ", ")
	if n := len(years); n > 6 {
		remedy = fmt.Sprintf("there are %s to %s", years[0], years[n-1])
	}
	return &mizan.Problem{ID: "unknown-year", Cause: fmt.Sprintf("%s has no year %d", r.Project.ID, year), Remedy: remedy}
}

// HasUnit reports a unit that the build does not have, as a mizan.Problem.
func (r *Report) HasUnit(code string) error {
	codes := make([]string, len(r.Units))
	names := map[string]string{}
	known := codes
	for i, u := range r.Units {
		codes[i] = u.Code
		if u.Code == code {
			return nil
		}
		for _, n := range u.Name {
			names[n] = u.Code
		}
	}
	for _, u := range r.Units {
		if n := u.Name.In("en"); n != "" {
			known = append(known, n)
		}
	}
	remedy := "`mizan check` lists the units"
	if near, ok := spec.Suggest(code, known); ok {
		if c, named := names[near]; named {
			near = c
		}
		remedy = fmt.Sprintf("did you mean %s?", near)
	}
	return &mizan.Problem{ID: "unknown-unit", Cause: fmt.Sprintf("%s has no unit %q", r.Project.ID, code), Remedy: remedy}
}

// HasCode reports a code that the framework does not have, as a mizan.Problem.
func (r *Report) HasCode(code string) error {
	codes := make([]string, len(r.Nodes))
	for i, n := range r.Nodes {
		if n.Code == code {
			return nil
		}
		codes[i] = n.Code
	}
	remedy := "the codes are " + strings.Join(codes, ", ")
	if near, ok := spec.Suggest(code, codes); ok {
		remedy = fmt.Sprintf("did you mean %s?", near)
	}
	return &mizan.Problem{ID: "unknown-code", Cause: fmt.Sprintf("the framework of %s has no %q", r.Project.ID, code), Remedy: remedy}
}
