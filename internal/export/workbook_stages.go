package export

import (
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// wide is a sheet of a table: a row per unit and year, a column per code. Rows
// and columns are the same on every sheet, also those of units that were
// screened out, so that a formula finds a cell by its address.
type wide struct {
	name, about string
	table       *mizan.Table
	format      string                     // of every column; "" = by its numbers
	scoped      bool                       // units that were screened out are grey
	above       func(code string) []string // lines above the head, after the name
	mark        func(y, c, u int) mark     // nil = none
	pulled      func(y, c, u int) bool     // nil = none
	comments    func(y, c, u int) string   // nil = none
}

func (b *workbook) wide(o wide) *sheet {
	s := &sheet{name: o.name, about: o.about, freeze: 3, count: len(b.Units) * len(b.years)}
	s.columns = []column{textColumn("unit", 8), textColumn("name", 26), numberColumn("year", 7)}
	formats := make([]string, len(o.table.Codes))
	for c, code := range o.table.Codes {
		above := []string{b.names[code]}
		if o.above != nil {
			above = append(above, o.above(code)...)
		}
		var columns [][]float64
		for _, y := range b.years {
			columns = append(columns, o.table.Column(y, c))
		}
		format, width := formatOf(columns...)
		if formats[c] = format; o.format != "" {
			formats[c], width = o.format, 0
		}
		s.columns = append(s.columns, numberColumn(code, max(13, float64(len(code)+3), width), above...))
	}
	s.row = func(i int) []any {
		u, y := i/len(b.years), b.years[i%len(b.years)]
		base := look{}
		if _, gone := b.gone[rowKey{u, y}]; gone && o.scoped {
			base.mark = screenedOut
		}
		cells := make([]any, 0, len(s.columns))
		cells = append(cells, cell{b.Units[u].Code, base}, cell{b.units[u], base}, cell{b.Years[y], base})
		for c := range o.table.Codes {
			l := base
			l.format = formats[c]
			if o.mark != nil && l.mark == none {
				l.mark = o.mark(y, c, u)
			}
			l.pulled = o.pulled != nil && o.pulled(y, c, u)
			cells = append(cells, cell{o.table.At(y, c, u), l})
		}
		return cells
	}
	if o.comments != nil {
		s.comments = b.comments(o)
	}
	return s
}

// comments are the remarks on single cells, or none where there are too many
// for a spreadsheet to bear.
func (b *workbook) comments(o wide) func(func(int, int, string)) {
	each := func(yield func(int, int, string)) {
		for u := range b.Units {
			for i, y := range b.years {
				for c := range o.table.Codes {
					if text := o.comments(y, c, u); text != "" {
						yield(u*len(b.years)+i, 3+c, text)
					}
				}
			}
		}
	}
	count := 0
	each(func(int, int, string) { count++ })
	if count > mostComments {
		return nil
	}
	return each
}

// results are the scores and ranks of every node and the contributions.
func (b *workbook) results() []*sheet {
	level := func(code string) []string {
		n := b.Node(code)
		if n.Level == 1 {
			return []string{"indicator"}
		}
		return []string{fmt.Sprintf("level %d, %s", n.Level, n.Method)}
	}
	contributions := b.wide(wide{
		name: "Contributions", about: "Points of the index that are due to each indicator; a row adds up to the index. Empty where the method of aggregation cannot be divided.",
		table: b.Contributions, format: b.parts, scoped: true, above: func(code string) []string { return []string{b.measureOf(code)} },
	})
	b.addSum(contributions)
	return []*sheet{
		b.wide(wide{name: "Scores", about: "Scores of every indicator (normalised) and aggregate, level by level.", table: b.Scores, format: b.scores, scoped: true, above: level}),
		b.wide(wide{name: "Ranks", about: "Ranks of every indicator and aggregate; 1 is the highest score, ties share the smaller rank.", table: b.Ranks, format: wholeFormat, scoped: true, above: level}),
		contributions,
	}
}

// addSum puts the score of the index behind the contributions.
func (b *workbook) addSum(s *sheet) {
	top, row := b.Scores.Code(b.Top()), s.row
	s.columns = append(s.columns, numberColumn(b.Top(), 13, b.names[b.Top()], "score of the index"))
	s.row = func(i int) []any {
		u, y := i/len(b.years), b.years[i%len(b.years)]
		return append(row(i), cell{b.Scores.At(y, top, u), look{format: b.parts, bold: true}})
	}
}

// stages are the tables of the indicators, from the raw figures on.
func (b *workbook) stages() []*sheet {
	t := &b.Stages
	measure := func(code string) []string { return []string{b.measureOf(code)} }
	how := func(stage mizan.Stage) func(string) []string {
		return func(code string) []string { return []string{b.how(code, stage)} }
	}
	imputed := func(y, c, u int) mark {
		if missing(t.Denominated.At(y, c, u)) && !missing(t.Imputed.At(y, c, u)) {
			return imputed
		}
		return b.origin(y, c, u)
	}
	return []*sheet{
		b.wide(wide{
			name: "Raw", about: "The figures as they were chosen for each year.", table: t.Raw, above: measure,
			mark: b.origin, comments: b.remark,
		}),
		b.wide(wide{name: "Denominated", about: "After division by another series, where the project asks for one.", table: t.Denominated, above: how(mizan.Denominate), mark: b.origin}),
		b.wide(wide{name: "Imputed", about: "With missing figures filled in.", table: t.Imputed, above: how(mizan.Impute), mark: imputed}),
		b.wide(wide{name: "Screened", about: "Without the units that have too few figures.", table: t.Screened, above: how(mizan.Screen), mark: imputed, scoped: true}),
		b.wide(wide{
			name: "Treated", about: "After the treatment of outliers. Values that were pulled in to another's are bold and red.",
			table: t.Treated, above: func(code string) []string { return []string{b.howBriefly(code, mizan.Treat)} }, mark: imputed, scoped: true, pulled: b.pulled(),
		}),
		b.wide(wide{
			name: "Normalised", about: "On one scale, higher being better.", table: t.Normalised, above: how(mizan.Normalise),
			mark: imputed, scoped: true, format: b.scores,
		}),
	}
}

func missing(v float64) bool { return math.IsNaN(v) }

// origin is the mark of a raw figure of the framework's indicator c.
func (b *workbook) origin(y, c, u int) mark {
	if missing(b.Stages.Raw.At(y, c, u)) {
		return none
	}
	return markOf(b.Panel.Cell(y, b.series[c], u), b.Years[y])
}

func markOf(c mizan.Cell, year int) mark {
	switch {
	case c.Status == mizan.StandIn:
		return standIn
	case c.Status == mizan.StructuralZero:
		return structuralZero
	case c.Status == mizan.Edited:
		return edited
	case c.Status == mizan.Estimated:
		return estimated
	case c.Status == mizan.Provisional:
		return provisional
	case c.Year != 0 && int(c.Year) < year:
		return earlierYear
	}
	return none
}

// remark is the comment on a raw figure that is not simply that of its year.
func (b *workbook) remark(y, c, u int) string {
	if b.origin(y, c, u) == none {
		return ""
	}
	f := b.Panel.Cell(y, b.series[c], u)
	text := ""
	if f.Year != 0 && int(f.Year) != b.Years[y] {
		text = fmt.Sprintf("Figure of %d. ", f.Year)
	}
	if f.Status != mizan.Observed {
		text += "Status: " + f.Status.String() + ". "
	}
	if o := b.Panel.Origins[f.Origin]; o.Publisher != "" {
		text += "From " + o.Publisher + "."
	}
	return text
}

// pulled finds the values that a treatment pulled in to another's: of different
// values that it made one at an end of their column, all but the innermost. A
// logarithm makes no two values one.
func (b *workbook) pulled() func(y, c, u int) bool {
	before, after := b.Stages.Screened, b.Stages.Treated
	type end struct{ at, inner float64 } // of a column: its value, and the innermost that it was made of
	type ends struct{ low, high end }
	of := make([][]ends, len(b.Years))
	for _, y := range b.years {
		of[y] = make([]ends, len(after.Codes))
		for c := range after.Codes {
			x, z := before.Column(y, c), after.Column(y, c)
			low, high := stat.MinMax(z)
			e := ends{end{low, math.Inf(-1)}, end{high, math.Inf(1)}}
			for u := range x {
				if z[u] == low {
					e.low.inner = max(e.low.inner, x[u])
				}
				if z[u] == high {
					e.high.inner = min(e.high.inner, x[u])
				}
			}
			of[y][c] = e
		}
	}
	return func(y, c, u int) bool {
		x, z, e := before.At(y, c, u), after.At(y, c, u), of[y][c]
		return e.low.at < e.high.at && (z == e.low.at && x < e.low.inner || z == e.high.at && x > e.high.inner)
	}
}

// yearUsed is the years of the raw figures, cell by cell.
func (b *workbook) yearUsed() *sheet {
	t := mizan.NewTable(b.Stages.Raw.Units, b.Stages.Raw.Codes, b.Stages.Raw.Years)
	for y := range t.Years {
		for c := range t.Codes {
			for u := range t.Units {
				if f := b.Panel.Cell(y, b.series[c], u); f.Year != 0 {
					t.Column(y, c)[u] = float64(f.Year)
				}
			}
		}
	}
	return b.wide(wide{
		name: "Year used", about: "The year of each raw figure, in the same cell as the figure on Raw.", table: t, format: wholeFormat,
		above: func(code string) []string { return []string{b.measureOf(code)} }, mark: b.origin,
	})
}

// otherSeries are the series beside the framework; nil if there are none.
func (b *workbook) otherSeries() *sheet {
	var codes []string
	var at []int
	for c, code := range b.Panel.Codes {
		if !slices.Contains(b.series, c) {
			codes, at = append(codes, code), append(at, c)
		}
	}
	if codes == nil {
		return nil
	}
	t := mizan.NewTable(b.Panel.Units, codes, b.Panel.Years)
	for y := range t.Years {
		for i, c := range at {
			copy(t.Column(y, i), b.Panel.Column(y, c))
		}
	}
	return b.wide(wide{
		name: "Other series", about: "Raw figures of the series that are not in the framework, such as denominators.", table: t,
		above: func(code string) []string { return []string{b.measureOf(code)} },
		mark:  func(y, c, u int) mark { return markOf(b.Panel.Cell(y, at[c], u), b.Years[y]) },
	})
}
