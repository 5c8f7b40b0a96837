package spec

import (
	"fmt"
	"slices"

	"mizan"
)

// Parse reads a project file. name is used in messages. All problems are
// returned at once, as mizan.Problems: of the text (encoding, YAML), of the
// shape (keys, types, ranges), of the structure (codes, framework, weights,
// references between indicators), and of every variant,
// of every alternative of a factor and of every scenario, which must yield a
// valid project too.
func Parse(name string, text []byte) (*Spec, error) {
	name = visible(name)
	root, lines, problems := readYAML(name, text)
	if root == nil {
		return nil, problems.OrNil()
	}
	doc := &Document{name: name, lines: lines, root: root}
	if root.kind == nothing && len(problems) == 0 {
		problems.Add("empty-file", root.at, "the project file is empty", "start one with `mizan new`")
		return nil, problems.OrNil()
	}
	s, more := decode(doc)
	problems = append(problems, more...)
	if len(problems) == 0 {
		problems = slices.Concat(checkVariants(s), checkFactors(s), checkScenarios(s))
	}
	if len(problems) > 0 {
		return nil, tooMany(problems, root.at).OrNil()
	}
	return s, nil
}

// tooMany says that problems were left out, if any were.
func tooMany(problems mizan.Problems, at mizan.Place) mizan.Problems {
	if len(problems) >= maxProblems {
		problems = problems[:maxProblems]
		problems.Add("too-many-problems", at, fmt.Sprintf("the first %d problems are shown", maxProblems), "mend these first")
	}
	return problems
}

// decode reads a tree into a Spec and checks its structure.
func decode(doc *Document) (*Spec, mizan.Problems) {
	r := &reader{doc: doc}
	s := &Spec{doc: doc}
	if !r.want(doc.root, mapping, "a mapping with the keys of a project") {
		return nil, r.problems
	}
	readFields(r, doc.root, s, specKeys())
	fill(s)
	c := &checker{reader: r, spec: s}
	c.all()
	return s, r.problems
}

// Defaults is the spec that a file with nothing but required keys means: no
// imputation, screening or treatment, min-max normalisation, declared weights
// and arithmetic means.
func Defaults() *Spec {
	s := &Spec{Mizan: Version}
	fill(s)
	return s
}

// fill puts the defaults where the file says nothing.
func fill(s *Spec) {
	for i := range s.Observations {
		d := &s.Observations[i]
		d.Format = or(d.Format, "tidy")
		d.Unit = or(d.Unit, "unit")
		d.Extra = or(d.Extra, "error")
	}
	for i := range s.Indicators {
		if s.Indicators[i].Direction == 0 {
			s.Indicators[i].Direction = 1
		}
	}
	for i := range s.Alliances {
		for m := range s.Alliances[i].Members {
			s.Alliances[i].Members[m].Status = or(s.Alliances[i].Members[m].Status, StatusMember)
		}
	}
	for i := range s.Targets {
		t := &s.Targets[i]
		t.Kind = or(t.Kind, KindFlow)
		if t.Direction == 0 {
			t.Direction = 1
		}
	}
	for i := range s.Ties {
		s.Ties[i].Form = or(s.Ties[i].Form, FormPairs)
		s.Ties[i].Covers = or(s.Ties[i].Covers, CoversAll)
	}
	for i := range s.Supply {
		s.Supply[i].Kind = or(s.Supply[i].Kind, SupplyUse)
	}
	fillNode(&s.Framework, "framework")
	b := &s.Build
	for _, st := range []struct {
		stage mizan.Stage
		step  *Step
		name  string
	}{
		{mizan.Impute, &b.Impute, "impute"},
		{mizan.Screen, &b.Screen, "screen"},
		{mizan.Treat, &b.Treat, "treat"},
		{mizan.Normalise, &b.Normalise, "normalise"},
		{mizan.Weight, &b.Weights, "weights"},
	} {
		if st.step.Path == "" {
			*st.step = Step{Method: defaultMethods[st.stage], Path: "build." + st.name}
		}
	}
	if len(b.Aggregate) == 0 {
		b.Aggregate = []Step{{Method: defaultMethods[mizan.Aggregate], Path: "build.aggregate.0"}}
	}
}

// fillNode gives every node its weight and direction, and every step the path by its code.
func fillNode(n *Node, path string) {
	if n.Weight == nil {
		one := 1.0
		n.Weight = &one
	}
	if n.Direction == 0 {
		n.Direction = 1
	}
	if n.Aggregate != nil {
		n.Aggregate.Path = path + ".aggregate"
	}
	for i := range n.Children {
		fillNode(&n.Children[i], "framework."+n.Children[i].Code)
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
