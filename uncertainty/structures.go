package uncertainty

import (
	"errors"
	"math"
	"slices"
	"sync"

	"mizan"
	"mizan/build"
	"mizan/spec"
	"mizan/stat"
)

// structure is the build of one combination of structural choices, which draws
// share.
type structure struct {
	once    sync.Once
	number  int
	edits   []spec.Edit
	spec    *spec.Spec
	panel   *mizan.Panel
	plan    *build.Plan
	noise   []*noise // parallel to the factors; nil for the others
	result  *build.Result
	kernel  *build.Kernel
	weigher *weigher
	takes   []bool // per factor: it has an effect here
	place   []int  // of each node of the project among those of result, or -1
	err     error

	used uint64 // when it was last asked for
}

// structures keeps the builds of the structures that were asked for last.
type structures struct {
	m    *Model
	lock sync.Mutex
	held map[int]*structure
	most int
	time uint64
}

// keptBytes is how much memory the builds that are kept may take.
const keptBytes = 1 << 30

func (s *structures) init(m *Model) {
	s.m, s.held = m, map[int]*structure{}
	cells := len(m.base.Units) * len(m.base.Indicators) * len(m.base.Years)
	s.most = max(8, keptBytes/(1<<14+8*10*cells))
}

// at gives the build of a structure, whose err says why there is none.
func (s *structures) at(number int) *structure {
	s.lock.Lock()
	one, known := s.held[number]
	if !known {
		if len(s.held) >= s.most {
			s.forget()
		}
		one = &structure{number: number}
		s.held[number] = one
	}
	s.time++
	one.used = s.time
	s.lock.Unlock()
	one.once.Do(func() { one.err = one.build(s.m) })
	return one
}

// results are the builds on the model's own panel that are at hand, by the
// number of their structure.
func (s *structures) results() map[int]*build.Result {
	s.lock.Lock()
	defer s.lock.Unlock()
	built := map[int]*build.Result{}
	for number, one := range s.held {
		one.once.Do(func() { one.err = one.build(s.m) })
		if one.err == nil && one.panel == s.m.panel {
			built[number] = one.result
		}
	}
	return built
}

// forget drops the structure that was not asked for longest.
func (s *structures) forget() {
	var oldest *structure
	for _, one := range s.held {
		if oldest == nil || one.used < oldest.used {
			oldest = one
		}
	}
	delete(s.held, oldest.number)
}

// build makes the build of a structure.
func (s *structure) build(m *Model) error {
	at := 0
	choices := m.choicesOf(s.number)
	for _, f := range m.factors {
		if f.structural() {
			s.edits = append(s.edits, f.choices[choices[at]].edits...)
			at++
		}
	}
	s.spec, s.panel, s.result = m.bare, m.panel, m.base
	if err := s.rebuild(m); err != nil {
		return err
	}
	y := slices.Index(s.result.Years, m.Year())
	if y < 0 || !slices.Equal(s.result.Units, m.base.Units) {
		return mizan.Problems{{ID: "other-units", Cause: "the units or the years of the index change, so that its ranks cannot be compared", Remedy: "take the change out of the factor"}}
	}
	for _, f := range m.factors {
		var n *noise
		switch {
		case f.noise != nil && s.panel == m.panel:
			n = f.noise
		case f.noise != nil:
			n = newNoise(f.spec.Error, s.spec, s.panel)
		}
		s.noise = append(s.noise, n)
	}
	weights, err := weightsOf(s.result, m.Year())
	if err != nil {
		return err
	}
	s.findTakes(m)
	for _, n := range m.base.Nodes {
		s.place = append(s.place, slices.IndexFunc(s.result.Nodes, func(x build.Node) bool { return x.Code == n.Code }))
	}
	s.weigher = newWeigher(m, s.result, weights)
	s.kernel, err = build.NewKernel(s.result, m.Year(), build.KernelOptions{Vary: s.weigher.vary})
	return err
}

// rebuild applies the edits and builds; what has no edits is built already, and
// only compiled if draws will be built from it.
func (s *structure) rebuild(m *Model) (err error) {
	if len(s.edits) == 0 {
		if m.each {
			s.plan, err = build.Compile(s.spec)
		}
		return err
	}
	if s.spec, err = m.bare.Apply(s.edits...); err != nil {
		return err
	}
	if readsAnew(s.edits) {
		if s.panel, err = m.reload(s.spec); err != nil {
			return err
		}
	}
	if s.plan, err = build.Compile(s.spec); err != nil {
		return err
	}
	if s.panel == m.panel {
		earlier := m.base
		if like := m.earlier[s.number]; like != nil {
			earlier = like
		}
		s.result, err = s.plan.Rerun(earlier)
	} else {
		s.result, err = s.plan.Run(s.panel)
	}
	return err
}

// findTakes finds the ranges and seeds that have an effect with the choices of
// the structure: the option of a method is gone where another is chosen.
func (s *structure) findTakes(m *Model) {
	s.takes = make([]bool, len(m.factors))
	for i, f := range m.factors {
		s.takes[i] = true
		edit, is := f.edit(0.5)
		if !is {
			continue
		}
		edited, err := s.spec.Apply(edit)
		if err == nil {
			_, err = build.Compile(edited)
		}
		s.takes[i] = !lacks(err)
	}
}

// lacks reports whether an error says that there is no such option or seed.
func lacks(err error) bool {
	var ps mizan.Problems
	if !errors.As(err, &ps) {
		return false
	}
	return slices.ContainsFunc(ps, func(p *mizan.Problem) bool {
		return p.ID == "unknown-option" || p.ID == "unknown-path" || p.ID == "needless-option"
	})
}

// continuous are the edits of factors whose numbers no other draw has.
func (s *structure) continuous(m *Model, u []float64) []spec.Edit {
	var edits []spec.Edit
	for i, f := range m.factors {
		if edit, is := f.edit(u[f.first]); is && s.takes[i] {
			edits = append(edits, edit)
		}
	}
	return edits
}

// edit is the edit of a factor whose numbers no other draw has, at a number
// from 0 to 1.
func (f *factor) edit(u float64) (spec.Edit, bool) {
	switch {
	case f.choices != nil || f.rule != nil:
	case f.Kind == spec.FactorRange:
		return f.spec.RangeEdit(f.value(u)), true
	case f.Kind == spec.FactorRedraw:
		return spec.Edit{Set: f.spec.Redraw + ".seed", To: math.Floor(u * mostSeed)}, true
	}
	return spec.Edit{}, false
}

// reload reads the panel of an edited spec.
func (m *Model) reload(s *spec.Spec) (*mizan.Panel, error) {
	if m.load == nil {
		return nil, mizan.Problems{{ID: "cannot-read", Cause: "what is read from the files cannot vary here", Remedy: "vary methods, weights or figures"}}
	}
	return m.load(s)
}

// readsAnew reports whether edits change what is read from the files.
func readsAnew(edits []spec.Edit) bool {
	for _, e := range edits {
		for _, path := range []string{"period", "units", "observations", "origins", "indicators", "figures"} {
			if e.Touches(path) {
				return true
			}
		}
	}
	return false
}

// own builds a draw that shares its build with no other: numbers from a range,
// seeds, errors of measurement; without ranks unless they are wanted.
func (s *structure) own(m *Model, u []float64, rank bool) (*build.Result, error) {
	edits := s.continuous(m, u)
	panel, plan := s.panel, s.plan
	if len(edits) > 0 {
		edited, err := s.spec.Apply(edits...)
		if err != nil {
			return nil, err
		}
		if readsAnew(edits) {
			if panel, err = m.reload(edited); err != nil {
				return nil, err
			}
		}
		if plan, err = build.Compile(edited); err != nil {
			return nil, err
		}
	}
	figures := s.noisy(m, panel, u)
	switch {
	case figures == s.panel:
		return plan.Rerun(s.result)
	case rank:
		return plan.Run(figures)
	}
	return plan.RunScores(figures)
}

// noisy is a panel with errors of measurement at a point, or the panel itself.
func (s *structure) noisy(m *Model, panel *mizan.Panel, u []float64) *mizan.Panel {
	out := panel
	for i, n := range s.noise {
		if n == nil {
			continue
		}
		if out == panel {
			copied := *panel
			copied.Values = slices.Clone(panel.Values)
			out = &copied
		}
		first := m.factors[i].first
		n.apply(out.Values, out, stat.NewStream(uint64(m.config.Seed), purposeNoise+uint64(first), numberOf(u[first])))
	}
	return out
}

// figures lists the figures at a point where they are not those of the data:
// those with errors, and those that the project gives itself. They are given
// for every year of the unit and indicator.
func (s *structure) figures(m *Model, u []float64) (list []spec.Figure, changed bool) {
	panel := s.noisy(m, s.panel, u)
	if panel == s.panel {
		return nil, false
	}
	type pair struct{ code, unit string }
	given := map[pair]bool{}
	for _, f := range s.spec.Figures {
		given[pair{f.Code, f.Unit}] = true
	}
	for c, code := range panel.Codes {
		for n, unit := range panel.Units {
			is := given[pair{code, unit}]
			for y := range panel.Years {
				v, was := panel.At(y, c, n), s.panel.At(y, c, n)
				is = is || v == v && v != was
			}
			for y, year := range panel.Years {
				if len(panel.Years) == 1 {
					year = 0
				}
				if is {
					list = append(list, spec.Figure{Code: code, Unit: unit, Year: year, Value: panel.At(y, c, n)})
				}
			}
		}
	}
	return list, true
}
