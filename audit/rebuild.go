package audit

import (
	"math"
	"slices"
	"strings"
	"sync"

	"mizan"
	"mizan/build"
	"mizan/spec"
	"mizan/stat"
)

// rebuilt is the shift of ranks at the top in a build of the project with
// edits. Where it cannot be built the shift has a note that says why.
func (a *auditor) rebuilt(edits ...spec.Edit) Shift {
	result, err := a.build(edits)
	if err != nil {
		return a.notBuilt(err)
	}
	return a.between(a.result, result)
}

// notBuilt is the shift to a build that cannot be made.
func (a *auditor) notBuilt(err error) Shift {
	s := a.shift(nil, nil)
	s.Ranks, s.Scores, s.Note = mizan.Column{}, mizan.Column{}, firstCause(err)
	return s
}

func (a *auditor) build(edits []spec.Edit) (*build.Result, error) {
	edited, err := a.spec.Apply(edits...)
	if err != nil {
		return nil, err
	}
	plan, err := build.Compile(edited)
	if err != nil {
		return nil, err
	}
	return plan.Rerun(a.result)
}

// between compares the ranks at the top of two builds.
func (a *auditor) between(from, to *build.Result) Shift {
	return a.moved(from, columnOf(to, to.Ranks, a.y), columnOf(to, to.Scores, a.y))
}

// moved compares the ranks at the top of a build with others.
func (a *auditor) moved(from *build.Result, ranks, scores []float64) Shift {
	s := a.shift(a.pick(columnOf(from, from.Ranks, a.y)), a.pick(ranks))
	s.Spearman = mizan.Number(stat.Spearman(a.pick(columnOf(from, from.Scores, a.y)), a.pick(scores)))
	s.Ranks, s.Scores = ranks, scores
	return s
}

// columnOf is the top in a year of a table of a build.
func columnOf(r *build.Result, t *mizan.Table, year int) mizan.Column {
	return t.Column(year, len(r.Nodes)-1)
}

func firstCause(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

// compensability rebuilds the index with arithmetic and with geometric means:
// at the top, and at all levels.
func (a *auditor) compensability() {
	for _, levels := range []string{"top", "all"} {
		c := a.compared(levels)
		if c.Compared == 0 && c.Note == "" {
			continue
		}
		a.out.Compensability = append(a.out.Compensability, c)
		switch {
		case c.Note != "" && c.Compared == 0:
			a.find("not-rebuilt", about{code: a.code(a.top()), figure: math.NaN()}, "the index cannot be built with geometric means (%s): %s", levels, c.Note)
			continue
		case levels != "top":
			continue
		}
		a.check.Looked++
		if moved := float64(c.Moved); moved > a.limits[maxMoved] {
			a.find("compensable", about{unit: c.Unit, code: a.code(a.top()), figure: moved},
				"%s of the units move by %s or more between the arithmetic and the geometric mean of the pillars; %s moves by %.0f",
				part(moved), count(a.places(), "place"), c.Unit, float64(c.Largest))
		}
	}
	if a.check.Looked == 0 && a.check.Note == "" {
		a.check.Note = "the index could not be built with geometric means"
	}
}

// compared sets arithmetic against geometric means. Where the geometric mean is
// not defined because scores begin at zero, both are taken of scores from 1 to
// 100, with a note.
func (a *auditor) compared(levels string) Comparison {
	c := Comparison{Levels: levels, Base: mizan.Column{}}
	for _, before := range [][]spec.Edit{nil, {positiveScale()}} {
		arithmetic, err := a.build(append(before, a.means("arithmetic-mean", levels)...))
		if err != nil {
			c.Shift = Shift{Note: firstCause(err)}
			continue
		}
		geometric, err := a.build(append(before, a.means("geometric-mean", levels)...))
		if err != nil {
			c.Shift = Shift{Note: firstCause(err)}
			continue
		}
		c.Shift = a.between(arithmetic, geometric)
		c.Base = arithmetic.Ranks.Column(a.y, a.top())
		if before != nil {
			c.Note = "both with scores from 1 to 100, since the geometric mean needs positive ones"
		}
		return c
	}
	nan := mizan.Number(math.NaN())
	c.Mean, c.Largest, c.Moved, c.Spearman, c.Ranks, c.Scores = nan, nan, nan, nan, mizan.Column{}, mizan.Column{}
	return c
}

// positiveScale is the edit that brings all scores onto a scale above zero.
func positiveScale() spec.Edit {
	return spec.Edit{Set: "build.normalise", To: map[string]any{"method": "min-max", "to": []any{1.0, 100.0}}}
}

// means are the edits that set one mean at the top, or everywhere.
func (a *auditor) means(method, levels string) []spec.Edit {
	top := spec.Edit{Set: "framework.aggregate", To: method}
	if levels == "top" {
		return []spec.Edit{top}
	}
	edits := []spec.Edit{{Set: "build.aggregate", To: []any{method}}, top}
	for _, g := range a.aggregates() {
		if g != a.top() {
			edits = append(edits, spec.Edit{Set: "framework." + a.code(g) + ".aggregate", To: method})
		}
	}
	return edits
}

// leaveOneOut builds the index without each component in turn. An only child
// is left out together with its parent.
func (a *auditor) leaveOneOut() {
	var rows []LeftOut
	var gone []int // what is left out, for each row
	for i := range a.result.Nodes[:a.top()] {
		if node, ok := a.removable(i); ok {
			rows, gone = append(rows, LeftOut{Code: a.code(i)}), append(gone, node)
		}
	}
	a.shiftWithout(rows, gone)
	a.out.LeaveOneOut = append(a.out.LeaveOneOut, rows...)
	for _, row := range rows {
		a.check.Looked++
		limit := a.limits[maxMeanShift] * float64(a.out.Ranked)
		switch {
		case row.Note != "":
			a.find("not-rebuilt", about{code: row.Code, figure: math.NaN()}, "the index cannot be built without %s: %s", row.Code, row.Note)
		case float64(row.Mean) > limit:
			a.find("rank-driver", about{code: row.Code, figure: float64(row.Mean)},
				"without %s ranks change by %s places on average; %s moves by %.0f", row.Code, figure(float64(row.Mean)), row.Unit, float64(row.Largest))
		}
	}
	if a.check.Looked == 0 {
		a.check.Note = "no component can be left out"
	}
}

// removable is what has to go so that a component does: the component, or where
// it alone has weight among its siblings, their parent. Without the top nothing
// is left (false).
func (a *auditor) removable(node int) (int, bool) {
	for a.parent[node] >= 0 && a.share(node) == 1 {
		node = a.parent[node]
	}
	return node, a.parent[node] >= 0
}

// shiftWithout fills in how ranks move without each of some components. Where
// weights are declared the weight of the component becomes 0, so that all else
// stays as it is and only the means above it change; else the component goes
// from the framework, and the weights of the others are found anew.
func (a *auditor) shiftWithout(rows []LeftOut, gone []int) {
	if a.spec.Build.Weights.Method != "declared" {
		stat.InParallel(len(rows), func(i int) {
			rows[i].Shift = a.rebuilt(spec.Edit{Remove: "framework." + a.code(gone[i])})
		})
		return
	}
	kernel, err := build.NewKernel(a.result, a.year(), build.KernelOptions{})
	if err != nil {
		panic(err) // the year is the result's, and there are no extra units
	}
	pool := sync.Pool{New: func() any { return kernel.Evaluator() }}
	stat.InParallel(len(rows), func(i int) {
		e := pool.Get().(*build.Evaluator)
		defer pool.Put(e)
		weights := kernel.Weights()
		weights[gone[i]] = 0
		columns, err := e.Nodes(weights)
		if err != nil {
			rows[i].Shift = a.notBuilt(err)
			return
		}
		scores := slices.Clone(columns[a.top()])
		ranks := make([]float64, len(scores))
		stat.RanksDown(ranks, scores, stat.TiesMin)
		rows[i].Shift = a.moved(a.result, ranks, scores)
	})
}
