package uncertainty

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/spec"
	"mizan/stat"
)

// mostChecked is up to how many combinations of choices are all built before
// anything is drawn; of more, each choice is built on its own.
const mostChecked = 256

// Check builds what can be built before anything is drawn, and refuses what
// cannot: a choice that no combination can be built with, an end of a range, a
// step without a seed; and, unless the project says `failed: count`, a
// combination of choices. Where there are more than 256 combinations each
// choice is looked at on its own, and combinations that cannot be built are
// counted as they are drawn. A project in which no unit has a rank is refused
// too. Errors are mizan.Problems, at the factors.
func (m *Model) Check() error {
	if !slices.ContainsFunc(m.Reference(), func(rank int32) bool { return rank > 0 }) {
		return mizan.Problems{{
			ID: "no-ranks", Cause: fmt.Sprintf("no unit of the project has a rank in %d, so that none can move", m.Year()),
			Remedy: "see with `mizan build` why, or choose another year",
		}}
	}
	var problems mizan.Problems
	if m.combos <= mostChecked {
		problems = m.checkAll()
	} else {
		problems = m.checkEach()
	}
	problems = append(problems, m.checkContinuous()...)
	return problems.OrNil()
}

// checkAll builds every structure.
func (m *Model) checkAll() mizan.Problems {
	failed := make([]error, m.combos)
	stat.InParallel(m.combos, func(i int) { failed[i] = m.structures.at(i).err })
	var problems mizan.Problems
	told := make([]bool, m.combos)
	at := 0
	for _, f := range m.factors {
		if !f.structural() {
			continue
		}
		for i := range f.choices {
			if err := m.always(failed, at, i); err != nil {
				problems = append(problems, m.refusal(f, i, err))
				m.mark(told, at, i)
			}
		}
		at++
	}
	if m.config.Failed == "count" {
		return problems
	}
	return append(problems, m.combinations(failed, told)...)
}

// always is why no structure with a choice can be built, or nil.
func (m *Model) always(failed []error, factor, choice int) (first error) {
	for number, err := range failed {
		if m.choicesOf(number)[factor] != choice {
			continue
		}
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

func (m *Model) mark(told []bool, factor, choice int) {
	for number := range told {
		told[number] = told[number] || m.choicesOf(number)[factor] == choice
	}
}

// shownCombinations is how many combinations a message names.
const shownCombinations = 3

// combinations refuses combinations that cannot be built though each of their
// choices can.
func (m *Model) combinations(failed []error, told []bool) mizan.Problems {
	var labels []string
	more := 0
	var first error
	for number, err := range failed {
		switch {
		case err == nil || told[number]:
		case len(labels) < shownCombinations:
			labels = append(labels, m.label(number))
			if first == nil {
				first = err
			}
		default:
			more++
		}
	}
	if labels == nil {
		return nil
	}
	which := strings.Join(labels, "; ")
	if more > 0 {
		which += fmt.Sprintf("; and %d more", more)
	}
	cause, remedy := firstOf(first)
	return mizan.Problems{m.spec.Problem("impossible-combination", "uncertainty",
		fmt.Sprintf("%d of %d combinations of choices cannot be built (%s): %s", len(labels)+more, m.combos, which, cause),
		remedy+"; or write `failed: count`, to count the draws that meet them")}
}

// label names the choices of a structure.
func (m *Model) label(number int) string {
	var parts []string
	at := 0
	choices := m.choicesOf(number)
	for _, f := range m.factors {
		if f.structural() {
			parts = append(parts, f.ID+" "+f.Choices[choices[at]].Label)
			at++
		}
	}
	return strings.Join(parts, ", ")
}

// checkEach builds the project with each choice on its own.
func (m *Model) checkEach() mizan.Problems {
	type task struct {
		f      *factor
		choice int
	}
	var tasks []task
	for _, f := range m.factors {
		for i := range f.choices {
			tasks = append(tasks, task{f, i})
		}
	}
	failed := make([]error, len(tasks))
	stat.InParallel(len(tasks), func(i int) { failed[i] = m.try(tasks[i].f.choices[tasks[i].choice].edits) })
	var problems mizan.Problems
	for i, err := range failed {
		if err != nil {
			problems = append(problems, m.refusal(tasks[i].f, tasks[i].choice, err))
		}
	}
	return problems
}

// try builds the project with edits.
func (m *Model) try(edits []spec.Edit) error {
	if len(edits) == 0 {
		return nil
	}
	s := &structure{edits: edits, panel: m.panel}
	return s.rebuild(m)
}

// checkContinuous builds the project with both ends of each range, and refuses
// ranges and seeds that have no effect, whatever is chosen.
func (m *Model) checkContinuous() mizan.Problems {
	var problems mizan.Problems
	for i, f := range m.factors {
		edit, is := f.edit(0)
		if !is {
			continue
		}
		if !m.taken(i) {
			path := edit.Set
			err := m.try([]spec.Edit{edit})
			cause := "nothing hangs on it"
			if err != nil {
				cause, _ = firstOf(err)
			}
			remedy := "name an option that the method has"
			if f.Kind == spec.FactorRedraw {
				remedy = "name a step whose method draws by a seed: hot-deck, or em with `draw: true`"
			}
			problems = append(problems, m.spec.Problem("no-effect", f.path, path+" cannot vary: "+cause, remedy))
			continue
		}
		if f.Kind != spec.FactorRange {
			continue
		}
		for _, u := range []float64{0, 1} {
			edit, _ := f.edit(u)
			if err := m.try([]spec.Edit{edit}); err != nil && !lacks(err) {
				cause, remedy := firstOf(err)
				problems = append(problems, m.spec.Problem("impossible-choice", f.path, fmt.Sprintf("%s: with %s the project cannot be built: %s", f.ID, figure(f.value(u)), cause), remedy))
			}
		}
	}
	return problems
}

// taken reports whether a factor has an effect in some structure that has been
// built; if none has, that is told already.
func (m *Model) taken(factor int) bool {
	some := false
	for number := range min(m.combos, mostChecked) {
		if s := m.structures.at(number); s.err == nil {
			some = true
			if s.takes[factor] {
				return true
			}
		}
	}
	return !some
}

// refusal says that a choice cannot be built.
func (m *Model) refusal(f *factor, choice int, err error) *mizan.Problem {
	cause, remedy := firstOf(err)
	return m.spec.Problem("impossible-choice", f.path, fmt.Sprintf("%s: with %s the project cannot be built: %s", f.ID, f.Choices[choice].Label, cause), remedy)
}

// firstOf is the cause and the remedy of the first problem of an error.
func firstOf(err error) (cause, remedy string) {
	var ps mizan.Problems
	if errors.As(err, &ps) && len(ps) > 0 {
		return ps[0].Cause, ps[0].Remedy
	}
	return err.Error(), ""
}

var _ build.Draws = (*Model)(nil)
