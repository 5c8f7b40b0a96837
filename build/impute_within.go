package build

import (
	"fmt"
	"slices"
	"strings"

	"mizan"
	"mizan/stat"
)

// withinOption says which indicators a method of whole units looks at.
var withinOption = mizan.Option{
	Name: "within", Kind: mizan.ChoiceOption, Default: "all", Choices: []string{"all", "parent"},
	Summary: "whether all indicators are looked at together, or those of each parent on their own",
}

// columnSets divides the columns into those that are looked at together:
// all of them, or those of each parent, parents in the order of their first
// indicator.
func columnSets(in *Matrix, within string) [][]int {
	var sets [][]int
	place := map[string]int{}
	for c := range in.Columns {
		parent := ""
		if within == "parent" && c < len(in.Parents) {
			parent = in.Parents[c]
		}
		at, seen := place[parent]
		if !seen {
			at = len(sets)
			place[parent] = at
			sets = append(sets, nil)
		}
		sets[at] = append(sets[at], c)
	}
	return sets
}

// setOf is the set of columns to which a column belongs.
func setOf(in *Matrix, within string, col int) []int {
	for _, set := range columnSets(in, within) {
		if slices.Contains(set, col) {
			return set
		}
	}
	return nil
}

// hasGaps says whether anything is missing in some columns.
func hasGaps(in *Matrix, set []int) bool {
	return slices.ContainsFunc(set, func(c int) bool { return stat.Count(in.Columns[c]) < len(in.Columns[c]) })
}

// observed is a copy of the columns as they were before any gap was filled.
func observed(in *Matrix) [][]float64 {
	x := make([][]float64, len(in.Columns))
	for c := range x {
		x[c] = slices.Clone(in.Columns[c])
	}
	return x
}

// spreadOf is the mean and the standard deviation (n - 1) of the values that
// are not missing, whatever the order of the units; sd is not above 0 where
// there are fewer than two values or all are equal.
func spreadOf(x []float64) (mean, sd float64, n int) {
	s := stat.Present(make([]float64, 0, len(x)), x)
	slices.Sort(s)
	m := stat.MomentsOf(s)
	if m.N < 2 || !(m.Min < m.Max) {
		return m.Mean, 0, m.N
	}
	return m.Mean, stat.SD(s), m.N
}

// direction of a column, +1 where none is said.
func (m *Matrix) direction(col int) int {
	if col < len(m.Directions) && m.Directions[col] < 0 {
		return -1
	}
	return 1
}

// unit and year label a row; the year is 0 where none is said.
func (m *Matrix) unit(row int) string {
	if row < len(m.Units) {
		return m.Units[row]
	}
	return ""
}

func (m *Matrix) year(row int) int {
	if row < len(m.Years) {
		return m.Years[row]
	}
	return 0
}

func (m *Matrix) code(col int) string {
	if col < len(m.Codes) {
		return m.Codes[col]
	}
	return fmt.Sprintf("indicator %d", col+1)
}

// row names a row for a note: the unit, with its year if it is another one
// than that of the row with the gap.
func (m *Matrix) row(row, gap int) string {
	if m.year(row) != m.year(gap) {
		return fmt.Sprintf("%s in %d", m.unit(row), m.year(row))
	}
	return m.unit(row)
}

// inOrder compares rows by unit, then by year: the order in which ties are
// broken, whatever the order of the rows.
func (m *Matrix) inOrder(a, b int) int {
	if c := strings.Compare(m.unit(a), m.unit(b)); c != 0 {
		return c
	}
	return m.year(a) - m.year(b)
}

// codeList joins the codes of columns for a message.
func codeList(in *Matrix, cols []int) string {
	const most = 6
	var codes []string
	for _, c := range cols {
		codes = append(codes, in.code(c))
	}
	if len(codes) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(codes[:most], ", "), len(codes)-most)
	}
	return strings.Join(codes, ", ")
}
