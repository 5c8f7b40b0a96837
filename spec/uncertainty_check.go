package spec

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"mizan"
)

// uncertainty checks the factors as far as the project's own text goes.
func (c *checker) uncertainty() {
	u := c.spec.Uncertainty
	if u == nil {
		return
	}
	ids := map[string]bool{}
	for i := range u.Vary {
		f := &u.Vary[i]
		n := c.element("uncertainty.vary", i)
		if n == nil || n.kind != mapping {
			continue
		}
		fault := func(id, key, cause, remedy string) {
			at := f.at
			if k := n.find(key); k >= 0 {
				at = n.entries[k].at
			}
			c.report(id, "uncertainty.vary."+strconv.Itoa(i), at, cause, remedy)
		}
		if f.ID != "" && ids[f.ID] {
			fault("duplicate-code", "id", "two factors are called "+quote(f.ID), "give one of them another id")
		}
		ids[f.ID] = true
		c.factor(f, n, fault)
	}
}

// element is an element of a list as it stands in the file.
func (c *checker) element(path string, i int) *node {
	hops, rest := locate(c.doc.root, splitPath(path))
	if n := follow(c.doc.root, hops); len(rest) == 0 && n.kind == list && i < len(n.items) {
		return n.items[i]
	}
	return nil
}

// factor checks what a factor, as it stands in the file, gives together. What
// was misread is given all the same.
func (c *checker) factor(f *Factor, n *node, fault func(id, key, cause, remedy string)) {
	const kinds = "weights, choose and from, range and between, drop, error, or redraw"
	given := countKeys(n, "weights", "range", "drop", "error", "redraw")
	if countKeys(n, "choose", "from") > 0 {
		given++
	}
	switch {
	case given == 0:
		fault("bad-factor", "", "the factor varies nothing", "give one of "+kinds)
	case given > 1:
		fault("bad-factor", "", "the factor varies several things", "make a factor of each")
	case n.get("choose") != nil && n.get("from") == nil:
		fault("bad-factor", "choose", "there is nothing to choose from", "add `from:`, a list of values")
	case n.get("range") != nil && n.get("between") == nil:
		fault("bad-factor", "range", "the range has no bounds", "add `between: [low, high]`")
	case n.get("chances") != nil && n.get("from") == nil:
		fault("bad-factor", "chances", "`chances` stands without `from`", "take it away")
	case f.Chances != nil && len(f.Chances) != len(f.From):
		fault("bad-factor", "chances", fmt.Sprintf("there are %d chances for %d values", len(f.Chances), len(f.From)), "give one for each of `from`")
	case n.get("nothing") != nil && n.get("drop") == nil:
		fault("bad-factor", "nothing", "`nothing` stands without `drop`", "take it away")
	case countKeys(n, "between", "whole") > 0 && n.get("range") == nil:
		fault("bad-factor", "", "`between` and `whole` belong to `range`", "name the path of a number in `range`")
	case f.Weights != nil:
		c.weightsFactor(f.Weights, n.get("weights"), fault)
	case f.Error != nil && countKeys(n.get("error"), "sd", "relative", "rounding", "data") == 0:
		fault("bad-factor", "error", "the error has no size", "give `sd`, `relative`, `rounding`, or `data: true`")
	}
	for i := range f.From {
		if a := &f.From[i]; f.Choose == "" && !a.AsIs && a.Edits == nil {
			fault("bad-factor", "from", "a value has no path", "name the path in `choose`, or give {edits: […]}")
			break
		}
	}
}

// countKeys counts which of some keys a mapping has.
func countKeys(n *node, keys ...string) int {
	count := 0
	for _, k := range keys {
		if n.find(k) >= 0 {
			count++
		}
	}
	return count
}

func (c *checker) weightsFactor(w *VaryWeights, n *node, fault func(id, key, cause, remedy string)) {
	ways := countKeys(n, "spread", "within", "dirichlet", "simplex", "bounds")
	if n.kind == text {
		return
	}
	const remedy = "give one of spread, within, dirichlet, simplex and bounds"
	switch {
	case ways == 0:
		fault("bad-factor", "weights", "the weights do not vary", remedy)
	case ways > 1:
		fault("bad-factor", "weights", "the weights vary in several ways", remedy+"; make a factor of each")
	case w.Bounds != nil && (w.Levels != nil || w.Codes != nil):
		fault("bad-factor", "weights", "`bounds` name their codes themselves", "take `levels` and `codes` away")
	case w.Simplex == "indicators" && (w.Levels != nil || w.Codes != nil):
		fault("bad-factor", "weights", "`simplex: indicators` varies all weights", "take `levels` and `codes` away, or write `simplex: siblings`")
	}
	for _, b := range w.Bounds {
		if b.Between != nil && b.Between[0] < 0 {
			fault("bad-weight", "weights", "the weight of "+quote(b.Code)+" may be negative", "give bounds of at least 0")
		}
	}
}

// checkFactors applies every alternative of a valid spec, and both ends of
// every range, so that a path that is not there is told before anything is
// built.
func checkFactors(s *Spec) mizan.Problems {
	var out mizan.Problems
	if s.Uncertainty == nil {
		return nil
	}
	try := func(edits ...Edit) {
		_, err := s.Apply(edits...)
		var ps mizan.Problems
		if errors.As(err, &ps) {
			for _, p := range ps {
				if !slices.ContainsFunc(out, func(q *mizan.Problem) bool { return *p == *q }) {
					out = append(out, p)
				}
			}
		}
	}
	for i := range s.Uncertainty.Vary {
		f := &s.Uncertainty.Vary[i]
		for k := range f.From {
			try(f.EditsOf(k)...)
		}
		if f.Range != "" {
			for _, x := range f.Between {
				try(f.RangeEdit(x))
			}
		}
	}
	return out
}
