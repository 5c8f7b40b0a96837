package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mizan"
)

// checker looks at what the parts of a project say of one another.
type checker struct {
	*reader
	spec  *Spec
	codes []string        // of indicators
	known map[string]bool // the same
}

func (c *checker) all() {
	c.known = map[string]bool{}
	for _, i := range c.spec.Indicators {
		c.codes = append(c.codes, i.Code)
		c.known[i.Code] = true
	}
	c.path = nil
	c.imprint()
	c.period()
	c.units()
	c.indicators()
	c.figures()
	c.framework()
	c.build()
	c.published()
	c.audit()
	c.uncertainty()
	c.alliances()
	c.valueFunctions()
	c.rates()
	c.targets()
	c.ties()
	c.supply()
	c.scenarios()
	c.dataSources()
}

// add reports a problem at a path.
func (c *checker) add(id, path, cause, remedy string) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, c.spec.Problem(id, path, cause, remedy))
	}
}

// stands reports whether the file has a path.
func (c *checker) stands(path string) bool {
	_, rest := locate(c.doc.root, splitPath(path))
	return len(rest) == 0
}

func (c *checker) period() {
	p := c.spec.Period
	const path = "period"
	year, from, to := c.stands("period.year"), c.stands("period.from"), c.stands("period.to")
	switch {
	case !c.stands(path) || follow(c.doc.root, []hop{keyHop(path)}).kind != mapping:
	case year && (from || to):
		c.add("bad-period", path, "the period has both `year` and `from`/`to`", "give `year` for one year, `from` and `to` for a panel")
	case !year && !from && !to:
		c.add("bad-period", path, "the period names no year", "give `year: 2023`, or `from:` and `to:`")
	case from != to:
		c.add("bad-period", path, "a panel needs both `from` and `to`", "give both, or `year` for one year")
	case p.From > p.To && p.To > 0:
		c.add("bad-period", "period.to", fmt.Sprintf("the period ends in %d, before it begins in %d", p.To, p.From), "swap `from` and `to`")
	case p.From > 0 && p.To-p.From >= maxYears:
		c.add("bad-period", "period.to", fmt.Sprintf("the period has %d years", p.To-p.From+1), fmt.Sprintf("at most %d years can be built", maxYears))
	}
}

func (c *checker) units() {
	c.distinct("duplicate-unit", "unit", "units.only", c.spec.Units.Only)
	c.distinct("duplicate-unit", "unit", "units.exclude", c.spec.Units.Exclude)
	only := map[string]bool{}
	for _, u := range c.spec.Units.Only {
		only[u] = true
	}
	for i, u := range c.spec.Units.Exclude {
		if u != "" && only[u] {
			c.add("duplicate-unit", "units.exclude."+strconv.Itoa(i), "unit "+quote(u)+" is both in `only` and in `exclude`", "take it out of one")
		}
	}
}

// distinct reports entries of a list that stand twice.
func (c *checker) distinct(id, what, path string, names []string) {
	seen := map[string]bool{}
	for i, n := range names {
		if n != "" && seen[n] {
			c.report(id, path, c.elementPlace(path, i), what+" "+quote(n)+" is listed twice", "keep one")
		}
		seen[n] = true
	}
}

// elementPlace is the place of an element by its position, where the name
// would find the first of two.
func (c *checker) elementPlace(path string, i int) mizan.Place {
	hops, _ := locate(c.doc.root, splitPath(path))
	return follow(c.doc.root, hops).items[i].at
}

func (c *checker) indicators() {
	if len(c.spec.Indicators) == 0 {
		if n := c.doc.root.get("indicators"); n != nil && n.kind == mapping {
			c.add("no-indicators", "indicators", "the project has no indicators", "declare at least one")
		}
		return
	}
	for _, i := range c.spec.Indicators {
		if i.Pool.By != "" {
			c.refers("indicators."+i.Code+".pool."+PoolWeightedMean, i.Code, i.Pool.By)
		}
	}
}

// refers checks a reference from one indicator to another.
func (c *checker) refers(path, from, to string) {
	switch {
	case !c.known[to]:
		c.add("unknown-indicator", path, "there is no indicator "+quote(to), c.nearest(to))
	case from == to:
		c.add("self-reference", path, "the indicator "+quote(to)+" refers to itself", "name another indicator")
	}
}

func (c *checker) nearest(code string) string {
	return c.hint(code, c.codes, "declare it under `indicators`")
}

func (c *checker) build() {
	if len(c.codes) == 0 {
		return
	}
	for i, d := range c.spec.Build.Denominate {
		path := "build.denominate." + d.Code
		if !c.known[d.Code] {
			c.add("unknown-indicator", path, "there is no indicator "+quote(d.Code), c.nearest(d.Code))
		}
		if d.By != "" {
			if long := c.doc.root.get("build").get("denominate").entries[i].value; long.kind == mapping {
				path += ".by"
			}
			c.refers(path, d.Code, d.By)
		}
	}
	for _, s := range []Step{c.spec.Build.Impute, c.spec.Build.Treat, c.spec.Build.Normalise} {
		for _, e := range s.Each {
			if !c.known[e.Code] {
				c.add("unknown-indicator", s.Path+".each."+e.Code, "there is no indicator "+quote(e.Code), c.nearest(e.Code))
			}
		}
	}
}

func (c *checker) published() {
	var codes []string
	for _, p := range c.spec.Published {
		codes = append(codes, p.Code)
	}
	c.distinct("duplicate-code", "the code", "published", codes)
}

// audit checks the answers to findings. Their codes may be gone, since an edit
// can take a part of the framework away; the audit tells of answers that fit
// nothing.
func (c *checker) audit() {
	for i, s := range c.spec.Audit.Silence {
		if s.With != "" && len(s.Code) == 0 {
			c.report("missing-key", "audit.silence."+strconv.Itoa(i), c.elementPlace("audit.silence", i),
				"`with` stands without `code`", "add `code:`, or write `code` in place of `with`")
		}
	}
}

// framework checks the tree: every leaf is an indicator, no code stands twice,
// no aggregate is empty, and every group has some weight.
func (c *checker) framework() {
	root := c.doc.root.get("framework")
	if root == nil || root.kind != mapping {
		return
	}
	if len(c.spec.Framework.Children) == 0 && c.spec.Framework.Code != "" && !c.misread {
		if n := root.get("children"); n == nil || n.kind == list {
			c.add("empty-aggregate", "framework", "the framework "+quote(c.spec.Framework.Code)+" has no children", "list aggregates or indicators under `children`")
		}
		return
	}
	t := &treeCheck{checker: c, seen: map[string]mizan.Place{}}
	t.visit(&c.spec.Framework, root, "framework", nil)
	if c.spec.Framework.Direction == -1 {
		c.add("direction-of-top", "framework.direction", "the top of the framework has direction -1 and no parent that could see it mirrored",
			"take it away, and turn the directions below it if a high score is to be good")
	}
}

type treeCheck struct {
	*checker
	seen map[string]mizan.Place
}

// visit checks a node; ancestors are the codes above it.
func (t *treeCheck) visit(n *Node, at *node, path string, ancestors []string) {
	place := at.at
	if code := at.get("code"); code != nil {
		place = code.at
	}
	fault := func(id, cause, remedy string) {
		t.report(id, path, place, cause, remedy)
	}
	first, twice := t.seen[n.Code]
	switch {
	case n.Code == "":
	case slices.Contains(ancestors, n.Code):
		fault("cyclic-framework", "the code "+quote(n.Code)+" stands below itself ("+strings.Join(append(ancestors, n.Code), " > ")+")", "give every node a code of its own")
		return
	case twice:
		fault("duplicate-code", "the code "+quote(n.Code)+" has two parents"+lineOf(first), "keep one, or give one of them another code")
	case slices.Contains(nodeKeyNames(), n.Code):
		fault("bad-code", "the code "+quote(n.Code)+" is also a key of the framework", "choose another code")
	}
	if !twice {
		t.seen[n.Code] = place
	}
	if len(n.Children) == 0 {
		t.leaf(n, at, path, fault)
		return
	}
	if t.known[n.Code] {
		fault("code-clash", "the code "+quote(n.Code)+" is both an aggregate and an indicator", "give the aggregate another code")
	}
	items := at.get("children").items
	total, counted := 0.0, true
	for i := range n.Children {
		if w := n.Children[i].Weight; w != nil {
			total += *w
		}
		given := items[i].get("weight")
		counted = counted && (given == nil || given.kind == number && given.num >= 0)
		t.visit(&n.Children[i], items[i], path+".children."+strconv.Itoa(i), append(slices.Clone(ancestors), n.Code))
	}
	if total == 0 && counted {
		fault("weights-all-zero", "all weights below "+quote(n.Code)+" are zero", "give at least one child a weight above 0")
	}
}

func (t *treeCheck) leaf(n *Node, at *node, path string, fault func(id, cause, remedy string)) {
	children := at.get("children")
	switch {
	case n.Code == "" || children != nil && children.kind != list:
	case t.known[n.Code]:
		if n.Aggregate != nil {
			fault("step-on-indicator", "the indicator "+quote(n.Code)+" has `aggregate` but no children", "take `aggregate` away")
		}
		if d := at.get("direction"); d != nil {
			t.report("direction-on-indicator", path+".direction", d.at, "the direction of the indicator "+quote(n.Code)+" does not belong in the framework",
				"write it in `indicators."+n.Code+".direction`")
		}
	case children != nil:
		fault("empty-aggregate", "the aggregate "+quote(n.Code)+" has no children", "list its children, or remove it")
	case len(t.codes) > 0 && !t.misread:
		fault("unknown-indicator", quote(n.Code)+" has no children and is not an indicator",
			t.hint(n.Code, t.codes, "declare it under `indicators`, or give it `children`"))
	}
}

// lineOf says where something stood first.
func lineOf(p mizan.Place) string {
	if p.Line == 0 {
		return ""
	}
	return fmt.Sprintf("; it stands in line %d too", p.Line)
}
