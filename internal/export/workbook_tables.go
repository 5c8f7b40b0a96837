package export

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/engine"
	"mizan/spec"
)

// ranking lists the units by rank, those of the latest year first, and below
// them those without one, and why.
func (b *workbook) ranking() *sheet {
	groups := map[string]bool{}
	for _, u := range b.Units {
		for g := range u.Groups {
			groups[g] = true
		}
	}
	labels := slices.Sorted(maps.Keys(groups))
	top := b.Top()
	codes := append([]string{top}, b.Node(top).Children...)
	s := &sheet{
		name: "Ranking", about: "The units by rank, with the score of the index and of what it is made of, and their groups. The latest year comes first.",
		freeze: 4, columns: []column{numberColumn("year", 7), numberColumn("rank", 7), textColumn("unit", 8), textColumn("name", 28)},
	}
	for _, code := range codes {
		s.columns = append(s.columns, numberColumn(code, max(13, float64(len(code)+3)), b.names[code], "score"))
	}
	for _, g := range labels {
		s.columns = append(s.columns, textColumn(g, 22, "", "group"))
	}
	s.columns = append(s.columns, textColumn("remark", 50))
	order := b.order(top)
	s.count = len(order)
	s.row = func(i int) []any {
		u, y := order[i].unit, order[i].year
		base := look{}
		reason, gone := b.gone[order[i]]
		if gone {
			base.mark = screenedOut
		}
		shown := func(format string, bold bool) look { return look{format: format, mark: base.mark, bold: bold} }
		row := []any{
			cell{b.Years[y], base},
			cell{b.Ranks.At(y, b.Ranks.Code(top), u), shown(wholeFormat, true)},
			cell{b.Units[u].Code, base},
			cell{b.units[u], base},
		}
		for k, code := range codes {
			row = append(row, cell{b.Scores.At(y, b.Scores.Code(code), u), shown(b.scores, k == 0)})
		}
		for _, g := range labels {
			row = append(row, cell{b.Units[u].Groups[g], base})
		}
		if missing(b.Scores.At(y, b.Scores.Code(top), u)) {
			reason = "not ranked: " + cmp.Or(reason, "it has no score")
		}
		return append(row, cell{reason, base})
	}
	return s
}

// order is every unit of every year that is written: years backward, ranks
// upward, ties and those without a rank by code.
func (b *workbook) order(top string) []rowKey {
	c := b.Ranks.Code(top)
	last := map[bool]int{true: 1}
	var list []rowKey
	for _, y := range slices.Backward(b.years) {
		first := len(list)
		for u := range b.Units {
			list = append(list, rowKey{u, y})
		}
		slices.SortStableFunc(list[first:], func(p, q rowKey) int {
			x, z := b.Ranks.At(y, c, p.unit), b.Ranks.At(y, c, q.unit)
			if missing(x) || missing(z) {
				return cmp.Compare(last[missing(x)], last[missing(z)])
			}
			return cmp.Compare(x, z)
		})
	}
	return list
}

// byYear is the index as a table of units by years.
func (b *workbook) byYear(name, about string, t *mizan.Table, format string) *sheet {
	s := &sheet{name: name, about: about, freeze: 2, count: len(b.Units), columns: []column{textColumn("unit", 8), textColumn("name", 28)}}
	c := t.Code(b.Top())
	for _, y := range b.years {
		s.columns = append(s.columns, numberColumn(fmt.Sprint(b.Years[y]), 9))
	}
	s.row = func(u int) []any {
		row := []any{b.Units[u].Code, b.units[u]}
		for _, y := range b.years {
			l := look{format: cmp.Or(format, b.scores)}
			if _, gone := b.gone[rowKey{u, y}]; gone {
				l.mark = screenedOut
			}
			row = append(row, cell{t.At(y, c, u), l})
		}
		return row
	}
	return s
}

// framework is the tree, a row per node, children below their parent.
func (b *workbook) framework() *sheet {
	declared := map[string]float64{}
	var walk func(n spec.Node)
	walk = func(n spec.Node) {
		declared[n.Code] = 1
		if n.Weight != nil {
			declared[n.Code] = *n.Weight
		}
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(b.Spec.Framework)
	type placed struct {
		*build.Node
		depth int
	}
	var nodes []placed
	var down func(code string, depth int)
	down = func(code string, depth int) {
		n := b.Node(code)
		nodes = append(nodes, placed{n, depth})
		for _, c := range n.Children {
			down(c, depth+1)
		}
	}
	down(b.Top(), 0)
	return &sheet{
		name: "Framework", about: "The tree of the index, children below their parent: weights as the project declares them, as they were used, as a share of the parent and of the whole.",
		freeze: 2, count: len(nodes),
		columns: []column{
			textColumn("code", 20),
			textColumn("name", 40),
			numberColumn("level", 7),
			textColumn("parent", 18),
			textColumn("kind", 11),
			numberColumn("declared_weight", 16),
			numberColumn("weight", 10),
			numberColumn("share_of_parent", 16),
			numberColumn("effective_weight", 16),
			numberColumn("direction", 10),
			textColumn("measure", 24),
			textColumn("method", 24),
			textColumn("learnt", 40),
		},
		row: func(i int) []any {
			n := nodes[i]
			named := look{indent: min(n.depth, 15), bold: n.Level > 1}
			kind, direction, measure := "aggregate", map[bool]int{true: -1, false: 1}[n.Reversed], ""
			if ind := b.indicator(n.Code); ind != nil {
				kind, direction, measure = "indicator", ind.Direction, ind.Measure
			}
			share := math.NaN()
			if parent := b.Node(n.Parent); parent != nil && parent.Effective > 0 {
				share = n.Effective / parent.Effective
			}
			var learnt []string
			for _, p := range n.Learnt {
				learnt = append(learnt, fmt.Sprintf("%s %s", p.Name, mizan.AppendNumber(nil, p.Value, "missing")))
			}
			return []any{
				n.Code,
				cell{b.names[n.Code], named},
				n.Level, n.Parent, kind,
				cell{declared[n.Code], look{format: generalFormat}},
				cell{n.Weight, look{format: "0.0000"}},
				cell{share, look{format: shareFormat}},
				cell{n.Effective, look{format: "0.00%"}},
				direction, measure, n.Method, strings.Join(learnt, "; "),
			}
		},
	}
}

// indicator finds an indicator; nil for an aggregate.
func (b *workbook) indicator(code string) *engine.Indicator {
	i := slices.IndexFunc(b.Indicators, func(i engine.Indicator) bool { return i.Code == code })
	if i < 0 {
		return nil
	}
	return &b.Indicators[i]
}

// measureOf is the unit of measurement of an indicator, "" of an aggregate.
func (b *workbook) measureOf(code string) string {
	if i := b.indicator(code); i != nil {
		return i.Measure
	}
	return ""
}

// indicators describes every series and counts its figures.
func (b *workbook) indicators() *sheet {
	of := len(b.Units) * len(b.years)
	return &sheet{
		name: "Indicators", about: "Every series with its measure, direction, methods and how full it is.",
		freeze: 2, count: len(b.Indicators),
		columns: []column{
			textColumn("code", 20),
			textColumn("name", 34),
			textColumn("measure", 24),
			numberColumn("direction", 10),
			textColumn("in_framework", 13),
			textColumn("parent", 18),
			numberColumn("effective_weight", 16),
			textColumn("denominator", 14),
			numberColumn("figures", 9),
			numberColumn("of", 7),
			numberColumn("share", 8),
			numberColumn("of_another_year", 16),
			numberColumn("imputed", 9),
			textColumn("denomination", 22),
			textColumn("imputation", 20),
			textColumn("treatment", 34),
			textColumn("normalisation", 24),
			textColumn("origins", 24),
			textColumn("description", 90),
		},
		row: func(i int) []any {
			ind := &b.Indicators[i]
			n := b.count(ind.Code)
			in, parent, effective := "no", "", math.NaN()
			methods := []any{"", "", "", ""}
			if ind.InFramework {
				node := b.Node(ind.Code)
				in, parent, effective = "yes", node.Parent, node.Effective
				for k, stage := range []mizan.Stage{mizan.Denominate, mizan.Impute, mizan.Treat, mizan.Normalise} {
					methods[k] = b.how(ind.Code, stage)
				}
			}
			row := []any{
				ind.Code, b.names[ind.Code], ind.Measure, ind.Direction, in, parent,
				cell{effective, look{format: "0.00%"}},
				ind.Denominator,
				n.figures, of,
				cell{float64(n.figures) / float64(of), look{format: shareFormat}},
				n.otherYear, n.imputed,
			}
			return append(append(row, methods...), strings.Join(n.origins, ", "), cell{ind.Description.In(b.lang), look{wrap: true}})
		},
	}
}

// counted is how full a series is in the years that are written.
type counted struct {
	figures, otherYear, imputed int
	origins                     []string
}

func (b *workbook) count(code string) counted {
	var n counted
	c, stage := b.Panel.Code(code), b.Stages.Raw.Code(code)
	used := map[string]bool{}
	for _, y := range b.years {
		for u := range b.Units {
			if stage >= 0 && missing(b.Stages.Denominated.At(y, stage, u)) && !missing(b.Stages.Imputed.At(y, stage, u)) {
				n.imputed++
			}
			if missing(b.Panel.At(y, c, u)) {
				continue
			}
			n.figures++
			f := b.Panel.Cell(y, c, u)
			if f.Year != 0 && int(f.Year) != b.Years[y] {
				n.otherYear++
			}
			if o := b.Panel.Origins[f.Origin].Code; o != "" {
				used[o] = true
			}
		}
	}
	n.origins = slices.Sorted(maps.Keys(used))
	return n
}

// how says what a stage does to an indicator, as its first ranked unit saw it
// in the latest year that is written. What a treatment found is told of one
// year alone.
func (b *workbook) how(code string, stage mizan.Stage) string {
	for _, step := range b.steps(code) {
		switch {
		case step.Stage != stage:
		case step.Note != "" && (stage == mizan.Normalise || stage == mizan.Treat && len(b.years) == 1):
			return step.Method + ", " + step.Note
		default:
			return step.Method
		}
	}
	return "none"
}

// howBriefly is how without the moments.
func (b *workbook) howBriefly(code string, stage mizan.Stage) string {
	text, _, _ := strings.Cut(b.how(code, stage), "skewness ")
	return strings.TrimRight(text, ";, ")
}

// steps are those of one unit, looked up once.
func (b *workbook) steps(code string) []build.TraceStep {
	if s, ok := b.traces[code]; ok {
		return s
	}
	y := b.years[len(b.years)-1]
	u := max(0, slices.IndexFunc(b.Scores.Column(y, b.Scores.Code(code)), func(v float64) bool { return !missing(v) }))
	var steps []build.TraceStep
	if t, err := b.Result.Trace(b.Units[u].Code, code, b.Years[y]); err == nil {
		steps = t.Steps
	}
	b.traces[code] = steps
	return steps
}

// unitList describes every unit.
func (b *workbook) unitList() *sheet {
	langs, groups := map[string]bool{}, map[string]bool{}
	for _, u := range b.Units {
		for l := range u.Name {
			langs[l] = true
		}
		for g := range u.Groups {
			groups[g] = true
		}
	}
	names, labels := slices.Sorted(maps.Keys(langs)), slices.Sorted(maps.Keys(groups))
	s := &sheet{name: "Units", about: "Every unit with its names and groups, and the years in which it was screened out.", freeze: 1, count: len(b.Units), columns: []column{textColumn("unit", 8)}}
	for _, l := range names {
		s.columns = append(s.columns, textColumn(strings.TrimSuffix("name:"+l, ":"), 28))
	}
	for _, g := range labels {
		s.columns = append(s.columns, textColumn(g, 24))
	}
	s.columns = append(s.columns, textColumn("screened_out", 50))
	s.row = func(u int) []any {
		row := []any{b.Units[u].Code}
		for _, l := range names {
			row = append(row, b.Units[u].Name[l])
		}
		for _, g := range labels {
			row = append(row, b.Units[u].Groups[g])
		}
		var out []string
		for _, y := range b.years {
			if reason, gone := b.gone[rowKey{u, y}]; gone {
				out = append(out, fmt.Sprintf("%d: %s", b.Years[y], reason))
			}
		}
		return append(row, strings.Join(out, "; "))
	}
	return s
}
