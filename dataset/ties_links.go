package dataset

import (
	"cmp"
	"fmt"
	"slices"

	"mizan"
	"mizan/spec"
)

// once reports a pair that stands in an earlier row, and in a table that has
// each pair both ways one whose mirror image has another weight. at is the
// column of the weight.
func (r *tieReader) once(row *row, at int, t *tieRow) bool {
	if i, twice := r.index[t.tieKey]; twice {
		r.twice(row, at, &r.rows[i], t)
		return false
	}
	if r.spec.Form != spec.FormBoth {
		return true
	}
	if i, there := r.index[tieKey{t.year, t.b, t.a}]; there && r.rows[i].weight != t.weight {
		row.problem(at, "asymmetric-ties", fmt.Sprintf("the tie of %s and %s in %d has two weights, %s in line %d and %s here",
			r.rows[i].a, r.rows[i].b, t.year, plain(r.rows[i].weight), r.rows[i].line, plain(t.weight)),
			"make them equal, or write `form: directed` if ties have a direction")
	}
	return true
}

// listedTwice is how many repeated rows are told one by one.
const listedTwice = 10

// twice tells of a pair that stands in two rows: a finding if they agree. A
// pair that stands both ways in a table of pairs is a problem even then, for
// nobody can know whether both rows count.
func (r *tieReader) twice(row *row, at int, first, again *tieRow) {
	what := fmt.Sprintf("the tie of %s and %s in %d occurs twice", first.a, first.b, first.year)
	remedy := "keep one of the rows"
	switch r.spec.Form {
	case spec.FormDirected:
		what = fmt.Sprintf("the tie from %s to %s in %d occurs twice", first.a, first.b, first.year)
	case spec.FormPairs:
		remedy += "; if the table has each pair both ways write `form: both`, if its ties have a direction `form: directed`"
	}
	if first.weight != again.weight || first.swapped != again.swapped {
		row.problem(at, "conflicting-ties", fmt.Sprintf("%s, with %s in line %d and %s here", what, plain(first.weight), first.line, plain(again.weight)), remedy)
		return
	}
	if r.again++; r.again > listedTwice {
		return
	}
	r.findings = append(r.findings, mizan.Finding{
		ID: "duplicate-tie", Severity: mizan.Warn, Code: r.spec.Code, Year: first.year, Place: row.place(at),
		Message: fmt.Sprintf("%s, first in line %d; it is counted once", what, first.line), Remedy: remedy,
	})
}

// place is the place of cell i.
func (r *row) place(i int) mizan.Place {
	line, column := r.csv.FieldPos(i)
	return mizan.Place{File: r.block.file, Line: r.block.line + line - 1, Column: characters(r.block.lineText(line), column)}
}

// link makes the links of a table of pairs from its rows.
func (r *tieReader) link(t *mizan.Ties) {
	if r.spec.Form == spec.FormBoth {
		r.mirror()
	}
	t.Links = make([]mizan.Tie, len(r.rows))
	for i, row := range r.rows {
		a, b := int32(t.Unit(row.a)), int32(t.Unit(row.b))
		if !t.Directed && a > b {
			a, b = b, a
		}
		t.Links[i] = mizan.Tie{Year: row.year, A: a, B: b, Weight: row.weight}
	}
	t.Sort()
}

// mirror reports rows without their mirror image, and keeps one of both.
func (r *tieReader) mirror() {
	kept := r.rows[:0:0]
	for _, row := range r.rows {
		if _, there := r.index[tieKey{row.year, row.b, row.a}]; !there {
			r.rep.add(&mizan.Problem{
				ID: "asymmetric-ties", Place: mizan.Place{File: r.file, Line: row.line, Column: 1},
				Cause:  fmt.Sprintf("the tie from %s to %s in %d has no row from %s to %s", row.a, row.b, row.year, row.b, row.a),
				Remedy: "add it, or write `form: pairs` if each pair stands once, `form: directed` if ties have a direction",
			})
		} else if row.a < row.b {
			kept = append(kept, row)
		}
	}
	r.rows = kept
}

// countWorks makes the works of a table, and of them its links by full
// counting: a work counts one for every pair of its units. Rows that name the
// same units in the same year are added up.
func (r *tieReader) countWorks(t *mizan.Ties) {
	weights := map[mizan.Tie]float64{}
	for _, row := range r.rows {
		units := make([]int32, len(row.units))
		for i, code := range row.units {
			units[i] = int32(t.Unit(code))
		}
		slices.Sort(units)
		if len(units) > 1 {
			t.Works = append(t.Works, mizan.Works{Year: row.year, Units: units, Number: row.weight})
		}
		for i, a := range units {
			for _, b := range units[i+1:] {
				weights[mizan.Tie{Year: row.year, A: a, B: b}] += row.weight
			}
		}
	}
	slices.SortStableFunc(t.Works, func(a, b mizan.Works) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), slices.Compare(a.Units, b.Units))
	})
	for l, w := range weights {
		l.Weight = w
		t.Links = append(t.Links, l)
	}
	t.Sort()
}

func plain(v float64) string { return string(mizan.AppendNumber(nil, v, "")) }
