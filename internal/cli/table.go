package cli

import (
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"mizan"
)

// noValue stands in text tables where there is no value.
const noValue = "–"

// columns measures text as a terminal shows it, the same everywhere.
var columns = &runewidth.Condition{}

// textTable is a table of aligned text.
type textTable struct {
	head  []string
	right []bool // columns of numbers stand to the right
	rows  [][]string
}

// newTable makes a table from its headings; one that begins with ">" heads a
// column of numbers.
func newTable(heads ...string) *textTable {
	t := &textTable{}
	for _, h := range heads {
		name, right := strings.CutPrefix(h, ">")
		t.head = append(t.head, name)
		t.right = append(t.right, right)
	}
	return t
}

func (t *textTable) add(cells ...string) { t.rows = append(t.rows, cells) }

// write prints the table with two blanks between columns, each line after
// indent, and without headings if all are empty.
func (t *textTable) write(w io.StringWriter, s style, indent string) {
	widths := make([]int, len(t.head))
	headed := false
	for i, h := range t.head {
		widths[i] = columns.StringWidth(h)
		headed = headed || h != ""
	}
	for _, row := range t.rows {
		for i := range row {
			row[i] = clean(row[i])
			widths[i] = max(widths[i], columns.StringWidth(row[i]))
		}
	}
	if headed {
		_, _ = w.WriteString(indent + s.bold(t.line(t.head, widths)) + "\n")
	}
	for _, row := range t.rows {
		_, _ = w.WriteString(indent + t.line(row, widths) + "\n")
	}
}

func (t *textTable) line(cells []string, widths []int) string {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteString("  ")
		}
		pad := strings.Repeat(" ", max(0, widths[i]-columns.StringWidth(c)))
		if t.right[i] {
			b.WriteString(pad + c)
		} else {
			b.WriteString(c + pad)
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// decimals is how many decimals tell the values apart that lie on one scale:
// three on a scale to 1, two on a scale to 100.
func decimals(x []float64) int {
	top := 0.0
	for _, v := range x {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			top = math.Max(top, math.Abs(v))
		}
	}
	if top > 10 {
		return 2
	}
	return 3
}

// fixed writes a value with a number of decimals.
func fixed(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return noValue
	}
	return strconv.FormatFloat(v, 'f', decimals, 64)
}

// whole writes a count or a rank.
func whole(v float64) string { return fixed(v, 0) }

// short writes a value with six significant digits, or all of those before
// the point, as people read it.
func short(v float64) string {
	a := math.Abs(v)
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return noValue
	case v == 0:
		return "0"
	case a >= 1e15 || a < 1e-5:
		return strconv.FormatFloat(v, 'g', 6, 64)
	case a >= 1e5:
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	digits := max(0, 5-int(math.Floor(math.Log10(a))))
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// exact writes a value so that it reads back to the same double.
func exact(v float64) string { return string(mizan.AppendNumber(nil, v, "")) }

// percent writes a share; only the whole is 100 %.
func percent(share float64) string {
	if share < 1 {
		share = min(share, 0.99)
	}
	return fixed(100*share, 0) + " %"
}
