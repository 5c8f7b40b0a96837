// Package uncertainty says how sure every rank is: it draws, at random, what
// might have been chosen or measured otherwise, builds the index anew for every
// draw, and counts how often each unit holds each rank.
//
// A draw is the project with typed edits, as a user could write them: any draw
// can be printed as a project and built by hand. What makes many of them fast
// is that structural choices are few, so that their builds are kept and
// shared, and that a draw of weights is a product of flat arrays
// (build.Kernel).
//
// Sources: Saisana, Saltelli and Tarantola (2005), Uncertainty and sensitivity
// analysis techniques as tools for the quality assessment of composite
// indicators; OECD/JRC (2008), Handbook on Constructing Composite Indicators,
// step 7; Lahdelma and Salminen (2001), SMAA-2.
package uncertainty

import (
	"fmt"
	"slices"

	"mizan"
	"mizan/build"
	"mizan/spec"
	"mizan/stat"
)

// Model is what varies in a project, ready to be drawn. It may be used by
// several goroutines.
type Model struct {
	spec   *spec.Spec
	bare   *spec.Spec // what a build looks at
	config spec.Uncertainty
	panel  *mizan.Panel
	load   func(*spec.Spec) (*mizan.Panel, error)
	base   *build.Result // of the project as it stands
	y      int

	list       []spec.Factor // with those of the preset
	factors    []*factor
	inputs     []Input
	structural int // so many inputs choose the structure; they are the first
	sizes      []int
	combos     int  // how many structures there are
	each       bool // every draw has a build of its own

	structures structures
	earlier    map[int]*build.Result // of structures of a model like this one
}

// Options say what a model needs beside the project.
type Options struct {
	// Load reads the panel of an edited spec. It is needed where a factor
	// changes what is read (the period, units, figures); without it such a
	// factor is refused.
	Load func(*spec.Spec) (*mizan.Panel, error)
	// Like is a model of nearly the same project on the same panel, such as one
	// with other weights; nil = none. The new model takes from its builds what
	// must come out the same. It changes nothing but the time.
	Like *Model
	// Fixed are edits of which the project is sure: factors that change the same
	// do not vary.
	Fixed []spec.Edit
}

// mostCombinations bounds the combinations of structural choices.
const mostCombinations = 1 << 40

// New compiles what a project says of its uncertainty. result is the build of
// the project as it stands. Nothing is built anew; Check does that. Errors, as
// mizan.Problems: a project that says nothing of its uncertainty, names that do
// not exist, a year that is not built.
func New(s *spec.Spec, panel *mizan.Panel, result *build.Result, o Options) (*Model, error) {
	m := &Model{spec: s, panel: panel, base: result, load: o.Load}
	if s.Uncertainty == nil {
		return nil, mizan.Problems{s.Problem("no-uncertainty", "uncertainty", "the project does not say what is uncertain",
			"add a section `uncertainty`, such as {preset: jrc-25}, or use --preset jrc-25")}
	}
	m.config = *s.Uncertainty
	var err error
	if m.bare, err = s.Without("title", "description", "variants", "published", "audit", "alliances", "targets", "scenarios", "uncertainty"); err != nil {
		return nil, err
	}
	m.y = len(result.Years) - 1
	if y := m.config.Year; y != 0 {
		if m.y = slices.Index(result.Years, y); m.y < 0 {
			return nil, mizan.Problems{s.Problem("unknown-year", "uncertainty.year", fmt.Sprintf("there is no year %d", y), "name a year of `period`")}
		}
	}
	c := &compiler{Model: m}
	var paths []string
	m.list, paths = expand(s, &m.config, result)
	m.list, paths = unsure(m.list, paths, o.Fixed)
	if len(m.list) == 0 {
		return nil, mizan.Problems{s.Problem("no-uncertainty", "uncertainty", "nothing varies", "name a preset, or list factors under `vary`")}
	}
	c.compile(m.list, paths)
	m.count(c)
	if err := c.problems.OrNil(); err != nil {
		return nil, err
	}
	m.structures.init(m)
	if o.Like != nil && o.Like.panel == panel {
		m.earlier = o.Like.structures.results()
	}
	return m, nil
}

// count finds how many structures there are.
func (m *Model) count(c *compiler) {
	m.combos = 1
	for _, f := range m.factors {
		switch {
		case f.structural():
			m.sizes = append(m.sizes, len(f.choices))
			if m.combos *= len(f.choices); m.combos > mostCombinations {
				c.add(f, "too-many-combinations", "there are too many combinations of choices to number", "vary fewer things at a time")
				m.combos = 1
			}
		case f.rule == nil && !f.light:
			m.each = true
		}
	}
}

// Factors lists what varies.
func (m *Model) Factors() []Factor {
	list := make([]Factor, len(m.factors))
	for i, f := range m.factors {
		list[i] = f.Factor
	}
	return list
}

// Inputs lists the numbers from 0 to 1 on which a draw hangs; At takes them in
// this order.
func (m *Model) Inputs() []Input { return slices.Clone(m.inputs) }

// Len is how many draws the project asks for.
func (m *Model) Len() int { return m.config.Draws }

// Year is the year that is looked at.
func (m *Model) Year() int { return m.base.Years[m.y] }

// Units lists the units.
func (m *Model) Units() []string { return m.base.Units }

// Base is the build of the project as it stands.
func (m *Model) Base() *build.Result { return m.base }

// Reference writes the ranks of the project as it stands to a new slice; 0 for
// a unit without one.
func (m *Model) Reference() []int32 {
	column := m.base.Ranks.Column(m.y, len(m.base.Nodes)-1)
	ranks := make([]int32, len(column))
	for u, r := range column {
		if r == r {
			ranks[u] = int32(r)
		}
	}
	return ranks
}

// Point writes the inputs of draw k, from 0, to u, which is as long as Inputs.
// They hang on the seed and on k alone.
func (m *Model) Point(k int, u []float64) {
	seed := uint64(m.config.Seed)
	stat.NewStream(seed, purposeStructure, uint64(k)).Uniforms(u[:m.structural])
	stat.NewStream(seed, purposeInputs, uint64(k)).Uniforms(u[m.structural:])
}

// structureAt numbers the structure that inputs choose.
func (m *Model) structureAt(u []float64) int {
	number, i := 0, 0
	for _, f := range m.factors {
		if f.structural() {
			number = number*m.sizes[i] + f.choose(u[f.first])
			i++
		}
	}
	return number
}

// choicesOf lists the choices of a structure, one per structural factor.
func (m *Model) choicesOf(number int) []int {
	list := make([]int, len(m.sizes))
	for i := len(m.sizes) - 1; i >= 0; i-- {
		list[i] = number % m.sizes[i]
		number /= m.sizes[i]
	}
	return list
}

// Edits are the typed edits that make of the project what inputs say. The
// figures with errors of measurement are an edit of `figures`.
func (m *Model) Edits(u []float64) ([]spec.Edit, error) {
	s := m.structures.at(m.structureAt(u))
	if s.err != nil {
		return nil, s.err
	}
	edits := append(slices.Clone(s.edits), s.continuous(m, u)...)
	if figures, changed := s.figures(m, u); changed {
		edits = append(edits, spec.FiguresEdit(figures))
	}
	if !slices.Contains(s.weigher.vary, true) {
		return edits, nil
	}
	result, weigher, err := m.read(s, u, false)
	if err != nil {
		return nil, err
	}
	weights := make([]float64, len(result.Nodes))
	if err := weigher.into(weights, u); err != nil {
		return nil, err
	}
	return append(edits, m.weightEdits(s, result, weigher, weights)...), nil
}

// weightEdits set weights. Where they are found from the data, all are set, to
// what was found if they do not vary.
func (m *Model) weightEdits(s *structure, result *build.Result, w *weigher, weights []float64) []spec.Edit {
	var edits []spec.Edit
	declared := s.spec.Build.Weights.Method == "declared"
	if !declared {
		edits = append(edits, spec.Edit{Set: "build.weights", To: "declared"})
	}
	for n, node := range result.Nodes[:len(result.Nodes)-1] {
		if w.vary[n] || !declared {
			edits = append(edits, spec.Edit{Set: "framework." + node.Code + ".weight", To: weights[n]})
		}
	}
	return edits
}

// Spec is the project that inputs say, without its variants and its
// uncertainty, so that it can be built by hand.
func (m *Model) Spec(u []float64) (*spec.Spec, error) {
	edits, err := m.Edits(u)
	if err != nil {
		return nil, err
	}
	edits = append(edits, spec.Edit{Remove: "uncertainty"})
	if len(m.spec.Variants) > 0 {
		edits = append(edits, spec.Edit{Remove: "variants"})
	}
	return m.spec.Apply(edits...)
}

// mostSeed bounds the seeds that are drawn: options take whole numbers up to
// 10^9.
const mostSeed = 1e9

// Seed is the seed of the draws.
func (m *Model) Seed() int { return m.config.Seed }
