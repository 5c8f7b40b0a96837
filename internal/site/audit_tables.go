package site

import (
	"math"

	"mizan"
	"mizan/audit"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
)

// addedRow is how far the ranks in a pillar are from those in the index.
type addedRow struct {
	Label, URL        string
	Differ, Length    string
	Mean, Correlation string
}

// meansRow sets the arithmetic against the geometric mean.
type meansRow struct {
	Levels, Mean, Largest, Unit, URL, Moved, Note string
}

// shapeRow is the spread of an indicator before and after treatment.
type shapeRow struct {
	Label, URL                       string
	N, Other, Imputed                int
	Skewness, Kurtosis               string // of the figures as they came
	TreatedSkewness, TreatedKurtosis string
	Outlier                          bool
}

// leftTable is the ranks of the units without each component of the top.
type leftTable struct {
	Columns []link
	Rows    []leftRow
	Cut     string // that the table shows not all units
}

type leftRow struct {
	Name, URL, Rank string
	Cells           []leftCell
}

// leftCell is a rank, and which way it is off that of the whole.
type leftCell struct{ Rank, Way string }

// addMeans fills the tables of means, pillars and the frontier.
func (c *visit) addMeans(v *auditView, r *audit.Result) {
	for _, a := range r.AddedValue {
		v.Added = append(v.Added, addedRow{
			Label: c.label(a.Code), URL: c.codeURL(a.Code), Differ: c.Percent(float64(a.Differ), 0), Length: draw.Coordinate(100 * orZero(a.Differ)),
			Mean: c.Fixed(float64(a.Mean), 1), Correlation: c.Fixed(float64(a.R), 2),
		})
	}
	for _, m := range r.Compensability {
		row := meansRow{Levels: c.Word("audit.levels", m.Levels), Note: m.Note}
		if m.Compared > 0 {
			row.Mean, row.Largest, row.Moved = c.Fixed(float64(m.Mean), 1), c.Whole(float64(m.Largest)), c.Percent(float64(m.Moved), 0)
			if u, ok := c.book.units[m.Unit]; ok {
				row.Unit, row.URL = c.unitName(u), c.unitURL(m.Unit)
			}
		}
		v.Means = append(v.Means, row)
	}
	if f := r.Frontier; f != nil {
		for _, code := range f.Units {
			v.Frontier = append(v.Frontier, link{Label: c.unitName(c.book.units[code]), URL: c.unitURL(code)})
		}
		unit := f.Unit
		if u, ok := c.book.units[unit]; ok {
			unit = c.unitName(u)
		}
		v.FrontierIs = c.T("audit.frontier", "n", len(f.Units), "of", r.Ranked, "mean", language.NewDecimal(float64(f.Mean), 1), "unit", unit, "most", int(orZero(f.Largest)))
	}
}

// orZero is a number, or zero where it is missing.
func orZero(n mizan.Number) float64 {
	if v := float64(n); !math.IsNaN(v) {
		return v
	}
	return 0
}

// shapes are the spreads of the indicators in the order of the framework.
func (c *visit) shapes(r *audit.Result) []shapeRow {
	var rows []shapeRow
	for i := range r.Statistics {
		s := &r.Statistics[i]
		rows = append(rows, shapeRow{
			Label: c.label(s.Code), URL: c.codeURL(s.Code), N: s.Raw.Available, Other: s.OtherYear, Imputed: s.Imputed, Outlier: s.Outlier,
			Skewness: c.Fixed(float64(s.Untreated.Skewness), 2), Kurtosis: c.Fixed(float64(s.Untreated.Kurtosis), 2),
			TreatedSkewness: c.Fixed(float64(s.Treated.Skewness), 2), TreatedKurtosis: c.Fixed(float64(s.Treated.Kurtosis), 2),
		})
	}
	return rows
}

// leftTable is the ranks without each child of the top; nil if none could be
// left out.
func (c *visit) leftTable(r *audit.Result) *leftTable {
	t := &leftTable{}
	var columns []mizan.Column
	for i := range r.LeaveOneOut {
		l := &r.LeaveOneOut[i]
		if n := c.book.nodes[l.Code]; n == nil || n.Parent != c.book.top || len(l.Ranks) != len(c.book.Units) {
			continue
		}
		columns = append(columns, l.Ranks)
		t.Columns = append(t.Columns, link{Label: c.label(l.Code), URL: c.codeURL(l.Code)})
	}
	if len(columns) == 0 {
		return nil
	}
	var order []int
	order, t.Cut = c.cut(c.book.byRank(c.year, c.book.top))
	for _, u := range order {
		rank := c.book.rank(c.year, c.book.top, u)
		row := leftRow{Name: c.unitName(u), URL: c.unitURL(c.book.Units[u].Code), Rank: c.Whole(rank)}
		for _, col := range columns {
			cell := leftCell{Rank: c.Whole(col[u])}
			switch {
			case col[u] < rank:
				cell.Way = "up"
			case col[u] > rank:
				cell.Way = "down"
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
